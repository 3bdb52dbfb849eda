//! Diagnostics of a model's text (M001 to M099).

use super::{Code, Page};

/// The file is no UTF-8 text.
pub const NOT_UTF8: Code = Code("M001");
/// An equation does not end.
pub const MISSING_BAR: Code = Code("M002");
/// Units and comment are not parted from the equation.
pub const MISSING_TILDE: Code = Code("M003");
/// A comment holds a `~`.
pub const STRAY_TILDE: Code = Code("M004");
/// There is nothing to compute.
pub const EMPTY_EQUATION: Code = Code("M005");
/// It is not clear what is defined.
pub const LEFT_SIDE: Code = Code("M006");
/// A bracket does not close.
pub const OPEN_BRACKET: Code = Code("M007");
/// A bracket closes nothing.
pub const STRAY_BRACKET: Code = Code("M008");
/// A quote does not close.
pub const OPEN_QUOTE: Code = Code("M009");
/// A comment in braces does not close.
pub const OPEN_COMMENT: Code = Code("M010");
/// No number.
pub const BAD_NUMBER: Code = Code("M011");
/// Something is missing, or too much, in an expression.
pub const UNEXPECTED: Code = Code("M012");
/// A sign that the language does not have.
pub const UNKNOWN_SIGN: Code = Code("M013");
/// A function of Vensim that is not supported.
pub const UNSUPPORTED_FUNCTION: Code = Code("M014");
/// No function at all.
pub const UNKNOWN_FUNCTION: Code = Code("M015");
/// Too few or too many arguments.
pub const ARGUMENTS: Code = Code("M016");
/// No unit.
pub const UNITS: Code = Code("M017");
/// No range of values.
pub const UNITS_RANGE: Code = Code("M018");
/// The points of a lookup are not in the order of their x.
pub const LOOKUP_ORDER: Code = Code("M019");
/// No lookup.
pub const LOOKUP: Code = Code("M020");
/// No table of numbers.
pub const TABLE: Code = Code("M021");
/// Rows of different length.
pub const TABLE_ROWS: Code = Code("M022");
/// No subscript.
pub const SUBSCRIPT: Code = Code("M023");
/// No subscript range.
pub const RANGE: Code = Code("M024");
/// A macro that cannot be.
pub const MACRO: Code = Code("M025");
/// A series of data.
pub const DATA: Code = Code("M026");
/// A word between colons that is not supported.
pub const KEYWORD: Code = Code("M027");
/// Too many brackets in one another, or too many terms.
pub const TOO_DEEP: Code = Code("M028");
/// `a^b^c`.
pub const POWER_OF_POWER: Code = Code("M029");
/// A group without a name.
pub const HEADING: Code = Code("M030");

/// Too many messages to show.
pub const MANY: Code = Code("M031");
/// An equation of which only the causes are known.
pub const UNFINISHED: Code = Code("M032");
/// Another format.
pub const XML: Code = Code("M033");
/// A comma where a decimal point belongs.
pub const DECIMAL_COMMA: Code = Code("M034");

/// The pages of this room's diagnostics.
pub const PAGES: &[Page] = &[
    Page {
        code: NOT_UTF8,
        title: "The model file is not UTF-8 text",
        meaning: "Files saved by older programs may be in Windows-1252 or another encoding, where a pound sign is a different byte. Guessing the encoding could change names and units without a word, so nothing is guessed.",
        example: "a file in which `£` is the single byte A3",
        remedy: "Write `{UTF-8}` as the first line in Vensim and save again, or convert the file, for instance with `iconv -f WINDOWS-1252 -t UTF-8 old.mdl > new.mdl`.",
    },
    Page {
        code: MISSING_BAR,
        title: "The `|` that ends an equation is missing",
        meaning: "Every entry ends with `|`. Without it the next equation is read as part of the comment before it. Reading goes on at the line where the next equation seems to begin.",
        example: "Births = 5\n  ~ people/Year\n  ~ each year\nDeaths = 4\n  ~ people/Year\n  ~ each year\n  |",
        remedy: "Type `|` after the comment of the first equation.",
    },
    Page {
        code: MISSING_TILDE,
        title: "Units or comment are not marked with `~`",
        meaning: "An entry is `equation ~ units ~ comment |`. Units and comment may be empty, but their `~` may not be left out, since otherwise it is not clear what is what. Without any `~` it is an error, without the second a warning.",
        example: "Births = 5 |",
        remedy: "Write `Births = 5 ~ people/Year ~ each year |`, or at least `Births = 5 ~ ~ |`.",
    },
    Page {
        code: STRAY_TILDE,
        title: "A `~` too many",
        meaning: "After the comment only `:SUPPLEMENTARY` may follow. A comment can hold neither `~` nor `|`.",
        example: "Births = 5 ~ people/Year ~ about ~5 each year |",
        remedy: "Write the comment without `~`; or, if a new equation begins there, end the one before with `|`.",
    },
    Page {
        code: EMPTY_EQUATION,
        title: "There is no equation",
        meaning: "A name alone, or a name with `=` and nothing behind it, gives nothing to compute. In Vensim a name alone is a series of data read from elsewhere; those are not supported.",
        example: "Births = ~ people/Year ~ each year |",
        remedy: "Write what it equals; a number is enough, if it comes from evidence or a scenario later.",
    },
    Page {
        code: LEFT_SIDE,
        title: "It is not clear what the equation defines",
        meaning: "An equation begins with the name that it defines, then `=`; a lookup with its name, then `(`; a subscript range with its name, then `:`.",
        example: "5 = Births ~ people/Year ~ each year |",
        remedy: "Write `Births = 5`. A name with signs in it, or with a digit first, stands in double quotes.",
    },
    Page {
        code: OPEN_BRACKET,
        title: "A bracket is not closed",
        meaning: "The equation ends before the bracket that is shown is closed.",
        example: "Births = (Women * Fertility ~ people/Year ~ |",
        remedy: "Close it where the part that belongs together ends.",
    },
    Page {
        code: STRAY_BRACKET,
        title: "A bracket closes nothing",
        meaning: "There are more closing brackets than opening ones.",
        example: "Births = Women * Fertility) ~ people/Year ~ |",
        remedy: "Remove it, or write the opening bracket that is missing before it.",
    },
    Page {
        code: OPEN_QUOTE,
        title: "A name in quotes is not closed, or is empty",
        meaning: "A name in double quotes ends on the line where it begins (unless the line ends with a backslash). A quote inside a name is written `\\\"`.",
        example: "Cost = \"A&E attendances * Unit cost ~ GBP ~ |",
        remedy: "Write the closing quote where the name ends.",
    },
    Page {
        code: OPEN_COMMENT,
        title: "A comment in braces is not closed",
        meaning: "`{a remark}` may stand anywhere in an equation, and ends with its `}`; a `{` inside it is closed first. What follows an open one cannot be read.",
        example: "Births = 5 {each year ~ people/Year ~ |",
        remedy: "Write `}` where the remark ends.",
    },
    Page {
        code: BAD_NUMBER,
        title: "Neither a number nor a name",
        meaning: "What begins with a digit is a number, such as `12`, `0.5`, `.5`, `5.` or `1e-3`. A name that begins with a digit must stand in quotes.",
        example: "Rate = 1.2.3 ~ Dmnl ~ |",
        remedy: "Write the number with one decimal point; or the name in double quotes; or a product with its sign, `2*x`.",
    },
    Page {
        code: UNEXPECTED,
        title: "Something is missing or too much in an expression",
        meaning: "Two values stand without a sign between them, or two signs without a value between them. Where the second value begins a new line, often the `~` before the units or the `|` of the equation before is missing.",
        example: "Births = Women * / 2 ~ people/Year ~ |",
        remedy: "Write what is missing where the marker stands, or remove what is too much.",
    },
    Page {
        code: UNKNOWN_SIGN,
        title: "A sign without a meaning",
        meaning: "The language has `+ - * / ^ < <= = >= > <>`, brackets, and words between colons such as `:AND:`. Other signs may only stand inside a name in quotes. Typographic dashes and quotes often come from a word processor.",
        example: "Share = Beds ÷ Total ~ Dmnl ~ |",
        remedy: "Write the sign of the language, or put the whole name in double quotes.",
    },
    Page {
        code: UNSUPPORTED_FUNCTION,
        title: "A function of Vensim that is not supported",
        meaning: "The function is known and left out on purpose: it would draw at random inside a run, read another file, or solve what a model here writes out.",
        example: "Noise = RANDOM GAMMA(0, 1, 2, 0, 1, 7) ~ Dmnl ~ |",
        remedy: "Do what the hint says. Chance, for example, belongs to a scenario's uncertainties: one draw for each run, so that strategies are compared under the same chance.",
    },
    Page {
        code: UNKNOWN_FUNCTION,
        title: "No function of this name",
        meaning: "A name before a bracket is a function or a lookup. A lookup is given exactly one number, so this must be meant for a function, and there is none of this name.",
        example: "Beds = MINIMUM(Needed, Staffed) ~ beds ~ |",
        remedy: "Write the function's name as the manual does, `MIN(Needed, Staffed)`; or the sign of a product before the bracket.",
    },
    Page {
        code: ARGUMENTS,
        title: "A function is given too few or too many arguments",
        meaning: "Every function takes a fixed number of arguments, divided by commas.",
        example: "Beds = IF THEN ELSE(Needed > Staffed, Staffed) ~ beds ~ |",
        remedy: "Write it as the hint shows. MIN and MAX take two, so nest them for three: `MIN(a, MIN(b, c))`.",
    },
    Page {
        code: UNITS,
        title: "The units cannot be read",
        meaning: "Units are names joined by `*` and `/` from left to right, with brackets and whole powers: `people/(Year*GBP)`, `m^2`. No unit is `Dmnl` or `1`. Numbers other than 1 are no units: they belong into a constant with its own unit.",
        example: "Cost = 5 ~ 1000*GBP ~ |",
        remedy: "Write `Cost = 5000 ~ GBP ~ |`.",
    },
    Page {
        code: UNITS_RANGE,
        title: "The range of sensible values cannot be read",
        meaning: "After the unit stands, if you like, the lowest and the highest sensible value and a step for sliders.",
        example: "Share = 0.5 ~ Dmnl [0-1] ~ |",
        remedy: "Write `[0,1]`, `[0,?]` for one that is open above, or `[0,1,0.1]` with a step.",
    },
    Page {
        code: LOOKUP_ORDER,
        title: "The points of a lookup are not in the order of their x",
        meaning: "A lookup is read by straight lines from each point to the next in the order of their x, wherever they stand in the list; so the model still runs. A point out of its place may be a slip of the pen. Two points with one x are a jump: at that x itself the first of the two in the list counts.",
        example: "Effect((0,0),(2,1),(1,2)) ~ Dmnl ~ |",
        remedy: "Put the points in order, or correct the x.",
    },
    Page {
        code: LOOKUP,
        title: "The lookup cannot be read",
        meaning: "A lookup is a list of two or more points, `((0,0),(1,2))`, or all its x and then all its y, `(0,1, 0,2)`. The box in which Vensim draws it may stand first: `([(0,0)-(10,10)],(0,0),(10,5))`.",
        example: "Effect(0,1,2, 5,6) ~ Dmnl ~ |",
        remedy: "Give each x its y. If it is meant as an equation, write the `=` after the name.",
    },
    Page {
        code: TABLE,
        title: "The table of numbers cannot be read",
        meaning: "A constant with subscripts may be given as a table: numbers divided by `,`, rows ended by `;`. It holds numbers only, no names and no arithmetic.",
        example: "Weight[Age] = 1, 2*3, 4 ~ Dmnl ~ |",
        remedy: "Write the numbers out, or one equation for each element.",
    },
    Page {
        code: TABLE_ROWS,
        title: "The rows of a table differ in length",
        meaning: "Every row runs along the last subscript, so all have as many numbers as that has elements.",
        example: "Weight[Quintile,Age] = 1, 2, 3; 4, 5; ~ Dmnl ~ |",
        remedy: "Look for a comma that is missing or too much in the row that is shown.",
    },
    Page {
        code: SUBSCRIPT,
        title: "A subscript cannot be read",
        meaning: "In square brackets after a name stand ranges or elements, divided by `,`. In SUM, PROD, VMIN and VMAX a range with `!` is the one that the function runs over; on the left side it has no meaning. `:EXCEPT:` is followed by subscripts in brackets.",
        example: "Total[1] = 5 ~ people ~ |",
        remedy: "Write the element's name; one that begins with a digit or holds signs stands in quotes, `[\"0-4\"]`.",
    },
    Page {
        code: RANGE,
        title: "A subscript range cannot be read",
        meaning: "A range is `Name: element, element`. Elements that are counted may be written `(Q1-Q5)`. A range that its elements map to follows after `->`. `Copy <-> Original` gives a range a second name.",
        example: "Quintile: Q1; Q2; Q3 ~ ~ |",
        remedy: "Divide the elements with commas.",
    },
    Page {
        code: MACRO,
        title: "A macro cannot be read or used",
        meaning: "A macro stands between `:MACRO: NAME(a, b)` and `:END OF MACRO:`. One of its equations defines NAME, its equations have no subscripts, and they know what is given, one another, Time, and the model's variables as `X$`. It gives back one value, and is not used inside SUM and its like.",
        example: ":MACRO: DOUBLE(x)\nTWICE = 2*x ~ x ~ |\n:END OF MACRO:",
        remedy: "Correct the macro; or write its equations out where it is used.",
    },
    Page {
        code: DATA,
        title: "Series of data are not supported",
        meaning: "`:=` and words such as `:INTERPOLATE:` mark variables that Vensim reads from a file of data, and so does a name without an equation, `Past births ~ ~ |`. A model here holds all its numbers, or is given them by evidence and scenario.",
        example: "Past births :INTERPOLATE: ~ people/Year ~ |",
        remedy: "Write the series as a lookup, and read it with `Past births(Time)`; or make it a constant that a scenario gives over time.",
    },
    Page {
        code: KEYWORD,
        title: "A word between colons that is not supported",
        meaning: "Reality checks (`:THE CONDITION:`, `:TEST INPUT:`) and texts (`:IS:`) are no part of a simulation.",
        example: "Check :THE CONDITION: Births = 0 :IMPLIES: Population = 0 ~ ~ |",
        remedy: "Remove the entry.",
    },
    Page {
        code: TOO_DEEP,
        title: "The expression is nested too deep",
        meaning: "More than a hundred brackets inside one another, or more than five hundred terms in a row: no person can check such an equation.",
        example: "a sum of a thousand terms",
        remedy: "Divide it into several variables, or use SUM over a subscript.",
    },
    Page {
        code: POWER_OF_POWER,
        title: "A power of a power without brackets",
        meaning: "`a^b^c` is read from the right here, as in mathematics: `a^(b^c)`. Other programs read it from the left, and Vensim's manual does not say.",
        example: "x = 2^3^2 ~ Dmnl ~ |",
        remedy: "Write the brackets: `2^(3^2)` is 512, `(2^3)^2` is 64.",
    },
    Page {
        code: HEADING,
        title: "A group's heading has no name",
        meaning: "A group begins with a row of stars, its name on a line of its own with a point before it, and another row of stars.",
        example: "****\n\t.\n****~\n\t|",
        remedy: "Write `.Name` between the rows of stars.",
    },
    Page {
        code: MANY,
        title: "There are more messages about a file than are shown",
        meaning: "Of what is wrong with one file a hundred messages are shown, errors before warnings, and the others are counted. So many have mostly one cause: the file is no text, its encoding is wrong, or a sign that ends an equation is missing near its beginning.",
        example: "a model with a thousand equations, none of which ends",
        remedy: "Correct what is shown first, and look again.",
    },
    Page {
        code: UNFINISHED,
        title: "An equation is unfinished in Vensim",
        meaning: "Vensim writes `A FUNCTION OF(a, b)` for a variable whose causes are drawn as arrows and whose equation has not been written. There is nothing to compute.",
        example: "x = A FUNCTION OF(y, z) ~ ~ |",
        remedy: "Write the equation, in Vensim or in the text.",
    },
    Page {
        code: XML,
        title: "The file is XML",
        meaning: "XMILE files (.xmile, .stmx, .itmx) and others in XML hold models too, but models are read in Vensim's text format only.",
        example: "<?xml version=\"1.0\"?>\n<xmile version=\"1.0\"></xmile>",
        remedy: "Open it in Vensim, which imports XMILE, and save it as text (.mdl).",
    },
    Page {
        code: DECIMAL_COMMA,
        title: "A comma stands where a decimal point belongs",
        meaning: "A comma parts the numbers of a table and the arguments of a function. `1,5` close together is taken for one and a half only to say this.",
        example: "Rate = 1,5 ~ ~ |",
        remedy: "Write `1.5`. A table for a variable with subscripts is written with spaces, `1, 5`, and needs a subscript on the left side.",
    },
];
