//! Diagnostics of evidence cards and place baselines (E001 and up).

use engine::diagnostic::{Code, Page};

use super::names::{hidden_letter, no_word};

/// The text is not TOML.
pub const NOT_TOML: Code = Code("E001");
/// A key that means nothing here.
pub const UNKNOWN_KEY: Code = Code("E002");
/// A key that is needed is missing.
pub const MISSING_KEY: Code = Code("E003");
/// A value of the wrong kind.
pub const WRONG_KIND: Code = Code("E004");
/// A schema that this version does not know.
pub const UNKNOWN_SCHEMA: Code = Code("E005");
/// A number that cannot be computed with.
pub const NOT_FINITE: Code = Code("E006");
/// A word that is not one of those that can stand here.
pub const UNKNOWN_WORD: Code = Code("E007");
/// Low, central value and high are out of order.
pub const OUT_OF_ORDER: Code = Code("E008");
/// A probability outside 0 to 1.
pub const NOT_A_PROBABILITY: Code = Code("E009");
/// The numbers make no distribution of this family.
pub const NO_DISTRIBUTION: Code = Code("E010");
/// A source that is not in the register.
pub const UNKNOWN_SOURCE: Code = Code("E011");
/// A price year that cannot be brought to the base year.
pub const UNKNOWN_PRICE_YEAR: Code = Code("E012");
/// One thing written twice in a file.
pub const WRITTEN_TWICE: Code = Code("E013");
/// Two files with one id.
pub const SAME_ID: Code = Code("E014");
/// Not the name of a constant.
pub const MALFORMED_LABEL: Code = Code("E015");
/// Rows of different lengths.
pub const RAGGED_VALUES: Code = Code("E016");
/// The file does not say what it is, or says two things.
pub const NO_KIND: Code = Code("E017");
/// A number given in no way or in two ways.
pub const TWO_WAYS: Code = Code("E018");
/// A card that sets a number not its own.
pub const OTHER_PROGRAMME: Code = Code("E019");
/// The path of prices is broken.
pub const DEFLATOR_PATH: Code = Code("E020");
/// A key without the one that belongs to it.
pub const LONE_KEY: Code = Code("E021");
/// A number that must be above zero.
pub const NOT_POSITIVE: Code = Code("E022");
/// A figure that was copied for a new file and not looked at.
pub const STILL_DEFAULT: Code = Code("E025");
/// Draws that are not the interval that was declared.
pub const NOT_AS_DECLARED: Code = Code("E050");
/// A control character in a text.
pub const HIDDEN_LETTER: Code = Code("E060");
/// An id that is no plain word.
pub const NO_WORD: Code = Code("E061");

/// The pages of this room's diagnostics.
pub const PAGES: &[Page] = &[
    Page {
        code: NOT_TOML,
        title: "The text is not TOML",
        meaning: "The file cannot be read because its form is broken at the place shown: a quote or bracket that \
                  is not closed, a value without quotes, a key without a value. Nothing after it can be trusted, \
                  so nothing else is reported.",
        example: r#"name = Warm homes"#,
        remedy: "Put text in double quotes, and close every quote and bracket.",
    },
    Page {
        code: UNKNOWN_KEY,
        title: "A key that means nothing here",
        meaning: "Keys that nobody reads are refused, because a misspelled key would otherwise be a number that \
                  silently does not count.",
        example: r#"["Unit cost[H01]"]
valuee = 7500"#,
        remedy: "Correct the spelling; the nearest key is suggested. Put remarks in `note`.",
    },
    Page {
        code: MISSING_KEY,
        title: "A key that is needed is missing",
        meaning: "Every figure states its grade and its source, and every file what it is. A number without them \
                  cannot be shown with the results, and is not accepted.",
        example: r#"["Unit cost[H01]"]
value = 7500
grade = "C""#,
        remedy: "Write the key. If the number is your own assumption, its grade is \"C\", and the source says \
                  whose judgement it is.",
    },
    Page {
        code: WRONG_KIND,
        title: "A value of the wrong kind",
        meaning: "Text stands where a number is needed, or a number where a list is needed, and so on.",
        example: r#"value = "7500""#,
        remedy: "Numbers stand without quotes, text in quotes, lists in square brackets.",
    },
    Page {
        code: UNKNOWN_SCHEMA,
        title: "A schema that this version does not know",
        meaning: "`schema` is the version of the file format. A file written for a later version may mean \
                  something else by the same key.",
        example: r#"[card]
schema = 7"#,
        remedy: "Use the Wellspring that the file was written for, or write schema = 1 and follow \
                  docs/formats.md.",
    },
    Page {
        code: NOT_FINITE,
        title: "A number that cannot be computed with",
        meaning: "TOML allows `nan` and `inf`; a model cannot start from them. Numbers beyond the range of a \
                  double are refused too.",
        example: r#"value = nan"#,
        remedy: "Write the number, or leave the figure out: the model then uses its neutral value.",
    },
    Page {
        code: UNKNOWN_WORD,
        title: "A word that is not one of those that can stand here",
        meaning: "Some keys take one of a few words: distribution, grade, route.",
        example: r#"distribution = "log-normal""#,
        remedy: "Write one of the words in the hint.",
    },
    Page {
        code: OUT_OF_ORDER,
        title: "Low, central value and high are out of order",
        meaning: "The central value lies outside its own range, or low is above high. Often a digit is missing or \
                  the two ends were exchanged.",
        example: r#"value = 75000
low = 1500
high = 20000
distribution = "gamma""#,
        remedy: "Look at the source again. The order is low, value, high; for a relative risk low is the \
                  strongest effect.",
    },
    Page {
        code: NOT_A_PROBABILITY,
        title: "A probability outside 0 to 1",
        meaning: "`p_null` is the chance that there is no effect at all.",
        example: r#"p_null = 25"#,
        remedy: "Write a part of one: 0.25 for 25 %.",
    },
    Page {
        code: NO_DISTRIBUTION,
        title: "The numbers make no distribution of this family",
        meaning: "No distribution of the family named has this central value and this range: a lognormal cannot \
                  reach zero, a beta cannot leave 0 to 1 or spread too widely.",
        example: r#"value = 0.9
low = -0.1
high = 1.9
distribution = "lognormal""#,
        remedy: "Choose a family that can take these values (normal, pert, uniform), or correct the range.",
    },
    Page {
        code: UNKNOWN_SOURCE,
        title: "A source that is not in the register",
        meaning: "`source` is a key of sources.toml, where publisher, title, year and licence stand.",
        example: r#"source = "ons-2024-wrong-key""#,
        remedy: "Correct the key, or add the source to the register.",
    },
    Page {
        code: UNKNOWN_PRICE_YEAR,
        title: "A price year that cannot be brought to the base year",
        meaning: "Sums of money are brought to 2024/25 prices by the GDP deflator. The year is not a financial \
                  year, or the deflator file does not reach back to it.",
        example: r#"price_year = "2012""#,
        remedy: "Write a financial year as \"2011/12\". For a calendar year take the financial year that begins in \
                  it and say so in the note.",
    },
    Page {
        code: WRITTEN_TWICE,
        title: "One thing written twice in a file",
        meaning: "Two figures set the same constant. Case, spaces, underscores and quotes make no difference to a \
                  name.",
        example: r#"["Unit cost[H01]"]
["unit_cost[h01]"]"#,
        remedy: "Keep one of the two.",
    },
    Page {
        code: SAME_ID,
        title: "Two files with one id",
        meaning: "A scenario could not say which of the two it means.",
        example: r#"[card]
id = "H01"   # in two files"#,
        remedy: "Give one of them another id, or leave one out.",
    },
    Page {
        code: MALFORMED_LABEL,
        title: "Not the name of a constant",
        meaning: "The heading of a figure is the name of a constant of the model, with elements in square \
                  brackets if it has subscripts.",
        example: r#"["Unit cost[H01"]"#,
        remedy: "Close the bracket, and put one element for each subscript between commas.",
    },
    Page {
        code: RAGGED_VALUES,
        title: "Rows of different lengths",
        meaning: "`values` holds one number for each element, row by row, the last subscript running fastest. \
                  Rows of one depth have the same length.",
        example: r#"values = [[1.0, 2.0], [3.0]]"#,
        remedy: "Complete the short row, or remove what is too much.",
    },
    Page {
        code: NO_KIND,
        title: "The file does not say what it is, or says two things",
        meaning: "An evidence file is a card, a place or a file about the system: exactly one of the headings \
                  [card], [place] and [system] stands in it.",
        example: r#"[crad]
schema = 1"#,
        remedy: "Write one of the three headings. Two kinds of evidence are two files.",
    },
    Page {
        code: TWO_WAYS,
        title: "A number given in no way or in two ways",
        meaning: "A figure has one of `value`, `values`, or `log_mean` with `log_sd`; and its range either as low \
                  and high, or as a common factor in `spread`. Two at once may contradict each other.",
        example: r#"value = 5
values = [5, 6]"#,
        remedy: "Keep one of the two.",
    },
    Page {
        code: OTHER_PROGRAMME,
        title: "A card that sets a number not its own",
        meaning: "The elements of a figure in a card do not include the card's own id: mostly a subscript \
                  forgotten when a card was copied.",
        example: r#"[card]
id = "H02"

["Unit cost[H01]"]"#,
        remedy: "Write the card's own id as the element. What is no programme's alone belongs in a [system] \
                  file.",
    },
    Page {
        code: DEFLATOR_PATH,
        title: "The path of prices is broken",
        meaning: "The index of prices must be above zero, leave out no year, and join at the base year: the past \
                  ends with it, the future begins with the year after.",
        example: r#"[past]
index = { "2022/23" = 90.0, "2024/25" = 100.0 }"#,
        remedy: "Add the year that is missing, or move it to the other part.",
    },
    Page {
        code: LONE_KEY,
        title: "A key without the one that belongs to it",
        meaning: "Some keys make sense only together: low with high and distribution, log_mean with log_sd, \
                  p_null with nothing.",
        example: r#"value = 5
low = 3"#,
        remedy: "Write the other one too, or remove this one.",
    },
    Page {
        code: NOT_POSITIVE,
        title: "A number that must be above zero",
        meaning: "`per` says how many people or pounds the written number is for; the model's constant is the \
                  number divided by it.",
        example: r#"per = 0"#,
        remedy: "Write per = 1000 for a rate per 1,000, or leave it out.",
    },
    Page {
        code: STILL_DEFAULT,
        title: "A figure is still the default",
        meaning: "`wellspring new place` fills a file with figures of another place or of the country and marks each with \
                  `default = true`. They let the model run; they say nothing of the place. Each is named until the mark is \
                  taken away.",
        example: r#"["Staffed beds at start"]
value = 101905
default = true"#,
        remedy: "Write what is known of the place, with its grade and source, and remove `default = true`. A default that \
                  holds here too keeps its value and loses its mark.",
    },
    Page {
        code: NOT_AS_DECLARED,
        title: "The draws are not the interval that was declared",
        meaning: "Low and high of a normal, lognormal, beta or gamma figure are a 95 % interval: 2.5 % of the draws lie below and \
                  2.5 % above. Where the family has no member with that and the central value within one percentage point, a \
                  distribution through all three numbers is drawn instead, without a word. This warning comes where that cannot \
                  be either: the value is said to be the mean and lies too near an end, or is an end itself, or is a mean too \
                  far from the one end that is no bound of what can be. It tells what is drawn.",
        example: r#"value = 70
low = 50
high = 250
distribution = "gamma""#,
        remedy: "Write central = \"median\" if the value is what half of the draws should lie below. If low and high are bounds, \
                 write distribution = \"pert\". Else look at the three numbers again.",
    },
    hidden_letter(HIDDEN_LETTER),
    no_word(NO_WORD),
];
