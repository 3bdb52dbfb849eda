//! Diagnostics of problems, samples and outputs for sensitivity analysis (I001 and up).

use engine::diagnostic::{Code, Page};

/// The text is not TOML.
pub const NOT_TOML: Code = Code("I001");
/// A key that means nothing here.
pub const UNKNOWN_KEY: Code = Code("I002");
/// A key that is needed is missing.
pub const MISSING_KEY: Code = Code("I003");
/// A value of the wrong kind.
pub const WRONG_KIND: Code = Code("I004");
/// A schema that this version does not know.
pub const UNKNOWN_SCHEMA: Code = Code("I005");
/// A number that cannot be computed with.
pub const NOT_FINITE: Code = Code("I006");
/// One thing written twice.
pub const WRITTEN_TWICE: Code = Code("I007");
/// A number outside its range.
pub const OUT_OF_RANGE: Code = Code("I008");
/// Bounds the wrong way round, or one without the other.
pub const BOUNDS: Code = Code("I009");
/// A group that names no input, or an input of another group.
pub const GROUPS: Code = Code("I010");
/// Groups for a method that has none.
pub const NO_GROUPS: Code = Code("I011");
/// Rows of different lengths, or no rows.
pub const ROWS_DIFFER: Code = Code("I012");
/// A cell that holds no number.
pub const NOT_A_NUMBER: Code = Code("I013");
/// Columns that are not those of the problem.
pub const COLUMNS: Code = Code("I014");
/// Inputs and outputs with different numbers of rows.
pub const LENGTHS: Code = Code("I015");
/// A number of rows that does not fit the layout.
pub const LAYOUT: Code = Code("I016");
/// A base that is no power of two.
pub const NO_POWER_OF_TWO: Code = Code("I017");
/// Rows that do not follow the layout.
pub const MISPLACED: Code = Code("I018");
/// Too few rows for the method.
pub const TOO_FEW: Code = Code("I019");
/// An output that does not vary.
pub const NO_VARIATION: Code = Code("I020");
/// The method needs more than was given.
pub const NEEDED: Code = Code("I021");
/// Inputs that depend on each other.
pub const DEPENDENT: Code = Code("I022");

/// An input that never varies.
pub const STILL_INPUT: Code = Code("I023");
/// Rows that fit two layouts.
pub const TWO_LAYOUTS: Code = Code("I024");
/// Draws that are all the same.
pub const IDENTICAL_DRAWS: Code = Code("I025");

/// The pages of this room's diagnostics.
pub const PAGES: &[Page] = &[
    Page {
        code: NOT_TOML,
        title: "The text is not TOML",
        meaning: "The problem file cannot be read because its form is broken at the place shown. Nothing after it can \
                  be trusted, so nothing else is reported of it.",
        example: "[[input]]\nname = wage growth",
        remedy: "Put text in double quotes, and close every quote and bracket.",
    },
    Page {
        code: UNKNOWN_KEY,
        title: "A key that means nothing here",
        meaning: "Keys that nobody reads are refused, because a misspelled key would silently leave the default in \
                  force.",
        example: "[morris]\nlevel = 6",
        remedy: "Correct the spelling; the nearest key is suggested.",
    },
    Page {
        code: MISSING_KEY,
        title: "A key that is needed is missing",
        meaning: "A problem file has `schema` and at least one [[input]], and each input has a name.",
        example: "[[input]]\nlow = 0\nhigh = 1",
        remedy: "Write the key; the hint shows how.",
    },
    Page {
        code: WRONG_KIND,
        title: "A value of the wrong kind",
        meaning: "Text stands where a number is needed, or a number where a list is needed, and so on.",
        example: "[pawn]\nslices = \"ten\"",
        remedy: "Numbers stand without quotes, text in quotes, lists in square brackets.",
    },
    Page {
        code: UNKNOWN_SCHEMA,
        title: "A schema that this version does not know",
        meaning: "`schema` is the version of the file format. A file written for a later version may mean something \
                  else by the same key.",
        example: "schema = 7",
        remedy: "Use the Wellspring that the file was written for, or write schema = 1 and follow docs/formats.md.",
    },
    Page {
        code: NOT_FINITE,
        title: "A number that cannot be computed with",
        meaning: "TOML allows `nan` and `inf`; bounds and settings cannot be either.",
        example: "[[input]]\nname = \"x\"\nlow = 0\nhigh = inf",
        remedy: "Write a finite number.",
    },
    Page {
        code: WRITTEN_TWICE,
        title: "One thing written twice",
        meaning: "Two inputs or two columns have one name, or a key stands twice. It would not be clear which is meant.",
        example: "[[input]]\nname = \"x\"\n\n[[input]]\nname = \"x\"",
        remedy: "Keep one of the two, or give one of them another name.",
    },
    Page {
        code: OUT_OF_RANGE,
        title: "A number outside its range",
        meaning: "Levels are even and at least 2; slices at least 2; curves, harmonics, interference and candidates at \
                  least 1; the level of confidence lies between 0 and 1; `narrow` is above 0; seeds and resamples are \
                  not negative; a sample has one row at least.",
        example: "[morris]\nlevels = 5",
        remedy: "Write a number inside the range that the hint gives.",
    },
    Page {
        code: BOUNDS,
        title: "Bounds the wrong way round, or one without the other",
        meaning: "`low` must be below `high`. Both may be left out, if no sample is to be drawn: a sample made \
                  elsewhere need not be even between two bounds.",
        example: "[[input]]\nname = \"x\"\nlow = 1\nhigh = 0",
        remedy: "Exchange the two, or write the one that is missing.",
    },
    Page {
        code: GROUPS,
        title: "A group that cannot be as written",
        meaning: "A group is a list of names of inputs, each in one group at most. An input in no group is one of its \
                  own, and a group cannot have the name of an input outside it.",
        example: "[groups]\nWages = [\"nurses\", \"doktors\"]",
        remedy: "Write the names as they stand under [[input]].",
    },
    Page {
        code: NO_GROUPS,
        title: "Groups for a method that has none",
        meaning: "Only `sobol` and `morris` move inputs together. The other methods look at one input at a time, and \
                  would leave the groups out without saying so.",
        example: "wellspring sensitivity --problem with-groups.toml --method pawn ...",
        remedy: "Use `sobol` or `morris`, or take the groups out of the problem file.",
    },
    Page {
        code: ROWS_DIFFER,
        title: "Rows of different lengths, or no rows",
        meaning: "A table of numbers has as many cells in each row as in the first. Cells are divided by commas, \
                  semicolons, tabs or spaces, whichever the first row has.",
        example: "0.1,0.2,0.3\n0.4,0.5",
        remedy: "Look at the row shown: a comma may stand for a decimal point, or a line may be cut off.",
    },
    Page {
        code: NOT_A_NUMBER,
        title: "A cell that holds no number",
        meaning: "Every cell below the header is a finite number with a decimal point. A run that failed has no output; \
                  leaving its row out of a sample with a layout would move all others.",
        example: "12.5\nnan\n13.1",
        remedy: "Run that row again. For a method that needs no layout (rbd-fast, pawn, delta, ranks) the row may also \
                 be taken out of both tables.",
    },
    Page {
        code: COLUMNS,
        title: "Columns that are not those of the problem",
        meaning: "With a header, the columns of the inputs are found by name, in any order. Without one they stand in \
                  the order of the problem file, and there must be as many.",
        example: "x1,x3\n0.1,0.2",
        remedy: "Give the table the columns that the problem file names, or correct the names there.",
    },
    Page {
        code: LENGTHS,
        title: "Inputs and outputs with different numbers of rows",
        meaning: "Row by row, the outputs are what the model made of the inputs. If one table is longer, they do not \
                  belong together.",
        example: "wellspring sensitivity --inputs X.csv --outputs older-Y.csv ...",
        remedy: "Take inputs and outputs of the same runs. A header counts as one only if it holds a word.",
    },
    Page {
        code: LAYOUT,
        title: "A number of rows that does not fit the layout",
        meaning: "Some methods need rows in a fixed order: sobol has 2D+2 rows for each base point with second order \
                  and D+2 without, D being the number of inputs or groups; morris D+1 for each trajectory; efast as many \
                  points for each input and curve.",
        example: "[sobol]\nsecond_order = true          # 8 rows for each base point of 3 inputs, and the table has 5,120",
        remedy: "Set the layout in the problem file to that of the sample; the hint says which would fit.",
    },
    Page {
        code: NO_POWER_OF_TWO,
        title: "A base that is no power of two",
        meaning: "Points of a Sobol' sequence fill the space evenly in blocks of 2, 4, 8, 16 and so on. A base in \
                  between loses a good part of their precision; for random base points it makes no difference.",
        example: "wellspring sensitivity --problem p.toml --method sobol --sample 1000",
        remedy: "Take one of the two powers in the hint.",
    },
    Page {
        code: MISPLACED,
        title: "Rows that do not follow the layout",
        meaning: "The inputs show that the rows are not in the order that the method needs: for sobol each row between \
                  A and B differs from one of them in one input or group; in a trajectory of morris each row moves one \
                  input or group by one step of the grid. The indices would be wrong without looking so.",
        example: "[sobol]\nsecond_order = false         # and the sample was made with it",
        remedy: "Keep the rows in the order in which the sample was made, and describe that sample in the problem file.",
    },
    Page {
        code: TOO_FEW,
        title: "Too few rows for the method",
        meaning: "Below these numbers a method gives no answer at all: efast 4 M^2 + 1 points for each curve, M being \
                  `interference`; rbd-fast more than 4 rows for each harmonic; pawn 2 rows for each slice; delta 10 rows; \
                  ranks 4. A sound answer needs hundreds.",
        example: "wellspring sensitivity --method pawn ...     # 15 rows, 10 slices",
        remedy: "Make a larger sample, or set the number in the problem file lower.",
    },
    Page {
        code: NO_VARIATION,
        title: "An output that does not vary",
        meaning: "All its values are one number, or differ by rounding only. No input moves it within the sample, and \
                  shares of nothing cannot be told. It is left without indices; other outputs are not touched.",
        example: "beds\n120\n120\n120",
        remedy: "Look whether it is the right column, and whether the sample varies what it depends on.",
    },
    Page {
        code: NEEDED,
        title: "The method needs more than was given",
        meaning: "morris, rbd-fast, pawn, delta and ranks look at the inputs, and so need --inputs; sobol and efast know \
                  them from the order of the rows. To draw a sample, every input needs `low` and `high`.",
        example: "wellspring sensitivity --problem p.toml --method pawn --outputs Y.csv",
        remedy: "Give what the hint names.",
    },
    Page {
        code: DEPENDENT,
        title: "Inputs that depend on each other",
        meaning: "An input never varies or is (nearly) a sum of the inputs before it. What is its own part and what is \
                  theirs cannot be told apart, so there are no partial correlations and no regression coefficients.",
        example: "nurses,doctors,staff\n10,5,15\n12,4,16",
        remedy: "Leave the input out of the problem file, or look at the plain correlations alone.",
    },
    Page {
        code: STILL_INPUT,
        title: "An input that never varies",
        meaning: "All values of the input are one number, so the sample cannot tell whether it moves anything. rbd-fast, pawn and \
                  delta put rows in the order of an input; for this one they would take the order of the file, and tell noise. \
                  It is left without indices; the other inputs are not touched.",
        example: "beds,staff\n120,3\n120,5\n120,4",
        remedy: "Vary the input in the sample, or leave it out of the problem file.",
    },
    Page {
        code: TWO_LAYOUTS,
        title: "Rows that fit two layouts",
        meaning: "The number of rows is a whole number of base points both with and without second order, the problem file does \
                  not say which, and without --inputs nothing else tells. Read by the wrong layout, every index is wrong without \
                  looking so.",
        example: "wellspring sensitivity --problem p.toml --method sobol --outputs Y.csv     # 40 rows of 3 inputs: 5 times 8, or 8 times 5",
        remedy: "Write second_order = true or false under [sobol], as the sample was made, or give --inputs, by which the layout \
                 is checked.",
    },
    Page {
        code: IDENTICAL_DRAWS,
        title: "Draws that are all the same",
        meaning: "A study of many draws tells how far its results may lie from what is expected. Here nothing is uncertain, or the \
                  scenario sets all that is, so that every draw is the same run: intervals have no width and chances are 0 or 1, \
                  which looks like certainty and is none.",
        example: "draws = 1000          # and no [[uncertainty]]",
        remedy: "Give constants a low and a high, or ask for one draw.",
    },
];
