//! Diagnostics of scenarios and of the accounts of a model (S001 and up).

use engine::diagnostic::{Code, Page};

use super::names::{hidden_letter, no_word};

/// The text is not TOML.
pub const NOT_TOML: Code = Code("S001");
/// A key that means nothing here.
pub const UNKNOWN_KEY: Code = Code("S002");
/// A key that is needed is missing.
pub const MISSING_KEY: Code = Code("S003");
/// A value of the wrong kind.
pub const WRONG_KIND: Code = Code("S004");
/// A schema that this version does not know.
pub const UNKNOWN_SCHEMA: Code = Code("S005");
/// A number that cannot be computed with.
pub const NOT_FINITE: Code = Code("S006");
/// A word that is not one of those that can stand here.
pub const UNKNOWN_WORD: Code = Code("S007");
/// A number outside its range.
pub const OUT_OF_RANGE: Code = Code("S008");
/// One thing written twice.
pub const WRITTEN_TWICE: Code = Code("S009");
/// A scenario without a strategy, or a strategy that changes nothing.
pub const NO_STRATEGY: Code = Code("S010");
/// The steps of a lever do not follow each other.
pub const LEVER_STEPS: Code = Code("S011");
/// One place and several at once.
pub const PLACE_AND_PLACES: Code = Code("S012");
/// Shares that do not sum to their total.
pub const SHARES: Code = Code("S013");
/// Not the name of a constant.
pub const MALFORMED_LABEL: Code = Code("S014");
/// One constant both chosen and drawn.
pub const LEVER_AND_UNCERTAINTY: Code = Code("S015");
/// A programme that has no card.
pub const UNKNOWN_PROGRAMME: Code = Code("S016");
/// A place that has no baseline.
pub const UNKNOWN_PLACE: Code = Code("S017");
/// A step after the horizon.
pub const AFTER_THE_HORIZON: Code = Code("S018");
/// A ledger that the accounts do not have.
pub const UNKNOWN_LEDGER: Code = Code("S019");
/// Base year and plan year disagree.
pub const YEARS_DISAGREE: Code = Code("S020");
/// No rule by which places share money, or one that cannot be followed.
pub const SHARING: Code = Code("S021");
/// Weights of places that cannot be followed.
pub const PLACE_WEIGHTS: Code = Code("S022");
/// A group of correlated uncertainties that cannot be read.
pub const CORRELATION: Code = Code("S023");
/// Correlations that contradict each other.
pub const IMPOSSIBLE_CORRELATION: Code = Code("S024");
/// A rule for stopping that is met never, or always.
pub const STOPPING: Code = Code("S025");
/// A sweep that goes nowhere.
pub const SWEEP: Code = Code("S030");
/// More points than a sweep can have.
pub const TOO_MANY_POINTS: Code = Code("S031");
/// Draws that are not the interval that was declared.
pub const NOT_AS_DECLARED: Code = Code("S050");
/// A budget where the accounts do not say what it sets.
pub const NO_BUDGET: Code = Code("S060");
/// A class of spending that is not the card's.
pub const OTHER_CLASS: Code = Code("S061");
/// A control character in a text.
pub const HIDDEN_LETTER: Code = Code("S075");
/// An id that is no plain word.
pub const NO_WORD: Code = Code("S076");

/// The pages of this room's diagnostics.
pub const PAGES: &[Page] = &[
    Page {
        code: NOT_TOML,
        title: "The text is not TOML",
        meaning: "The file cannot be read because its form is broken at the place shown. Nothing after it can be \
                  trusted, so nothing else is reported.",
        example: r#"title = What if?"#,
        remedy: "Put text in double quotes, and close every quote and bracket.",
    },
    Page {
        code: UNKNOWN_KEY,
        title: "A key that means nothing here",
        meaning: "Keys that nobody reads are refused, because a misspelled key would otherwise be a decision that \
                  silently does not count.",
        example: r#"horizont_years = 10"#,
        remedy: "Correct the spelling; the nearest key is suggested.",
    },
    Page {
        code: MISSING_KEY,
        title: "A key that is needed is missing",
        meaning: "What changes an answer is never assumed: place, programmes, horizon, draws, seed, design, \
                  discount rates and the values of a QALY are stated in every scenario.",
        example: r#"schema = 1
name = "one-per-cent""#,
        remedy: "Write the key; the hint shows how.",
    },
    Page {
        code: WRONG_KIND,
        title: "A value of the wrong kind",
        meaning: "Text stands where a number is needed, or a number where a list is needed, and so on.",
        example: r#"draws = "many""#,
        remedy: "Numbers stand without quotes, text in quotes, lists in square brackets.",
    },
    Page {
        code: UNKNOWN_SCHEMA,
        title: "A schema that this version does not know",
        meaning: "`schema` is the version of the file format. A file written for a later version may mean \
                  something else by the same key.",
        example: r#"schema = 7"#,
        remedy: "Use the Wellspring that the file was written for, or write schema = 1 and follow \
                  docs/formats.md.",
    },
    Page {
        code: NOT_FINITE,
        title: "A number that cannot be computed with",
        meaning: "TOML allows `nan` and `inf`; a study cannot use them.",
        example: r#""Ring fence strength" = inf"#,
        remedy: "Write a finite number.",
    },
    Page {
        code: UNKNOWN_WORD,
        title: "A word that is not one of those that can stand here",
        meaning: "Some keys take one of a few words: design, integrator, kind, prices.",
        example: r#"design = "latin""#,
        remedy: "Write one of the words in the hint.",
    },
    Page {
        code: OUT_OF_RANGE,
        title: "A number outside its range",
        meaning: "Draws are at least 1, the horizon 1 to 20 years (the model's own last year), the seed not \
                  negative, a discount rate from 0 up to 1, the value of a QALY above zero.",
        example: r#"draws = 0"#,
        remedy: "Write a number inside the range that the hint gives.",
    },
    Page {
        code: WRITTEN_TWICE,
        title: "One thing written twice",
        meaning: "Two strategies have one id, a programme or a place stands twice in its list, or a constant is set twice. \
                  Case, spaces and underscores make no difference to a name.",
        example: r#"programmes = ["H01", "h01"]"#,
        remedy: "Keep one of the two, or give one another name.",
    },
    Page {
        code: NO_STRATEGY,
        title: "A scenario without a strategy, or a strategy that changes nothing",
        meaning: "A study compares strategies with doing nothing. Without a strategy there is nothing to compare; \
                  a strategy without levers is doing nothing under another name.",
        example: r#"[[strategy]]
id = "empty"
name = "Empty"
why = "...""#,
        remedy: "Add [[strategy]] with id, name, why and [strategy.levers].",
    },
    Page {
        code: LEVER_STEPS,
        title: "The steps of a lever do not follow each other",
        meaning: "A lever over time is a list of steps: from which plan year, to what value, over how many years. \
                  Steps rise, begin in plan year 1 or later, and change only where a year begins, so `from` and \
                  `ramp_years` are whole numbers.",
        example: r#""Prevention top slice share" = [{ from = 4, value = 0 }, { from = 1, value = 0.01 }]"#,
        remedy: "Put the steps in the order of their years, one for each year at most.",
    },
    Page {
        code: PLACE_AND_PLACES,
        title: "One place and several at once",
        meaning: "A scenario is about one `place`, or about several `places` that share money by the rule under \
                  [sharing]. With both keys, or with a rule beside a single `place`, it is not clear which is meant.",
        example: r#"place = "lancashire-south-cumbria"
places = ["lancashire-south-cumbria", "leicester"]"#,
        remedy: "Keep place = \"...\", or places = [...] with [sharing].",
    },
    Page {
        code: SHARES,
        title: "Shares that do not sum to their total",
        meaning: "The scenario declares under [[shares]] that the elements of a constant share something out. In \
                  a strategy they come to more or less than the total, so money would be spent twice or not at \
                  all.",
        example: r#"[[shares]]
constants = "Programme share"
total = 1.0"#,
        remedy: "Change the shares by the difference that the message gives. Elements not set count as nothing.",
    },
    Page {
        code: MALFORMED_LABEL,
        title: "Not the name of a constant",
        meaning: "A lever is a constant of the model, with elements in square brackets if it has subscripts.",
        example: r#""Programme share[H01" = 0.2"#,
        remedy: "Close the bracket, and put one element for each subscript between commas.",
    },
    Page {
        code: LEVER_AND_UNCERTAINTY,
        title: "One constant both chosen and drawn",
        meaning: "A lever is what we choose, an uncertainty what nature chooses. A constant cannot be both: the \
                  draw would overwrite the decision, or the decision the draw.",
        example: r#"[levers]
"Ring fence strength" = 0.5

[uncertainties."Ring fence strength"]
value = 0.68"#,
        remedy: "Keep it in one of the two places.",
    },
    Page {
        code: UNKNOWN_PROGRAMME,
        title: "A programme that has no card",
        meaning: "Each programme of a scenario is the id of an evidence card.",
        example: r#"programmes = ["H99"]"#,
        remedy: "Correct the id, or add the card to the evidence.",
    },
    Page {
        code: UNKNOWN_PLACE,
        title: "A place that has no baseline",
        meaning: "The place of a scenario is the id of a place file in the evidence.",
        example: r#"place = "lancashire""#,
        remedy: "Correct the id, or add the place file.",
    },
    Page {
        code: AFTER_THE_HORIZON,
        title: "A step after the horizon",
        meaning: "The lever changes in a year that the study does not reach, so the step has no effect.",
        example: r#"horizon_years = 10

[levers]
"Ring fence strength" = [{ from = 15, value = 1 }]"#,
        remedy: "Lengthen the horizon, or remove the step.",
    },
    Page {
        code: UNKNOWN_LEDGER,
        title: "A ledger that the accounts do not have",
        meaning: "A perspective counts ledgers by their ids, and a demand names by them what becomes of it.",
        example: r#"gains = ["cash-relased"]"#,
        remedy: "Correct the id, or add the [[ledger]].",
    },
    Page {
        code: YEARS_DISAGREE,
        title: "Base year and plan year disagree",
        meaning: "Plan year 1 begins when the base year ends: base year \"2024/25\" goes with plan_year_zero = \
                  2025, so that time 0 is 1 April 2025.",
        example: r#"base_year_label = "2024/25"
plan_year_zero = 2024"#,
        remedy: "Correct one of the two.",
    },
    Page {
        code: SHARING,
        title: "No rule by which places share money, or one that cannot be followed",
        meaning: "Several places share the money of the plan before any of them is run, and how they do changes every \
                  answer, so it is never assumed. `rule` is \"population\", \"need\" or \"formula\"; the formula needs the \
                  power of need or the gradient of deprivation; explicit weights go with no rule.",
        example: r#"[sharing]
rule = "formula""#,
        remedy: "Write rule = \"population\", or the keys of the formula, or weights = { ... } alone.",
    },
    Page {
        code: PLACE_WEIGHTS,
        title: "Weights of places that cannot be followed",
        meaning: "Weights are parts of one whole: one for each place of the scenario and for no other, none below zero, \
                  with a sum of 1.",
        example: r#"places = ["fylde-coast", "pennine-lancashire"]

[sharing]
weights = { "fylde-coast" = 0.4, "leicester" = 0.6 }"#,
        remedy: "Name each place of the list once, and change the weights until they sum to 1.",
    },
    Page {
        code: STOPPING,
        title: "A rule for stopping that is met never, or always",
        meaning: "[stopping] lets `wellspring run` draw on in rounds that double until the standard errors of outcomes are small \
                  enough: within `precision`, a part of each number, or within a tolerance of its own under `within`. What is \
                  written here is no such number, is missing, or ends before the first round.",
        example: "[stopping]\nprecision = 1",
        remedy: "Write precision = 0.01 for 1 %; tolerances above 0, in the unit of the outcome; and at_most no less than `draws`.",
    },
    Page {
        code: SWEEP,
        title: "A sweep that goes nowhere",
        meaning: "`[sweep]` runs the study at many settings. Each [[sweep.over]] is one axis: a lever or an uncertainty with its \
                  values, or named choices. What is written here gives no values, gives them in two ways at once, gives lists \
                  that do not fit together, or calls an axis what a column of the tables is called.",
        example: "[[sweep.over]]\nlever = \"Ring fence strength\"\nrange = { from = 0, to = 1, steps = 1 }",
        remedy: "Write values = [0, 0.5, 1], or range = { from = 0, to = 1, steps = 5 }, where `steps` counts the values with \
                 both ends. For an uncertainty, quantiles = [0.05, 0.5, 0.95] goes through what is believed of it.",
    },
    Page {
        code: TOO_MANY_POINTS,
        title: "More points than a sweep can have",
        meaning: "A grid has as many points as the product of the lengths of its axes, and each point is a whole study with all \
                  draws. So many would run for days and say little more than a few hundred.",
        example: "design = \"grid\" with six axes of ten values each: 1,000,000 points",
        remedy: "Take fewer values, or a design that covers the same room with fewer points: design = \"lhs\" and points = 500.",
    },
    Page {
        code: CORRELATION,
        title: "A group of correlated uncertainties that says too little or too much",
        meaning: "A group has two names or more, each in one group only, and either `every_pair`, one rank correlation for \
                  all pairs, or `matrix`, with a row and a column for each name, ones on the diagonal, the same number in \
                  mirrored places, and nothing beyond -1 and 1.",
        example: r#"[[correlation]]
names = ["Unit cost[H01]", "Unit cost[E08]"]
matrix = [[1, 0.5], [0.4, 1]]"#,
        remedy: "Correct the number or the name that is pointed at.",
    },
    Page {
        code: IMPOSSIBLE_CORRELATION,
        title: "Correlations that contradict each other",
        meaning: "If A rises with B and B with C, then A cannot fall with C as strongly as one likes. No draws have all of \
                  these rank correlations at once (the matrix is not positive semidefinite). The hint has the nearest \
                  matrix that can be.",
        example: r#"[[correlation]]
names = ["Unit cost[H01]", "Unit cost[E08]", "Unit cost[M01]"]
every_pair = -0.8"#,
        remedy: "Take the matrix of the hint, or weaken the correlations that you are least sure of.",
    },
    Page {
        code: NOT_AS_DECLARED,
        title: "The draws are not the interval that was declared",
        meaning: "Low and high of a normal, lognormal, beta or gamma uncertainty are a 95 % interval: 2.5 % of the draws lie below and \
                  2.5 % above. Where the family has no member with that and the central value within one percentage point, a \
                  distribution through all three numbers is drawn instead, without a word. This warning comes where that cannot \
                  be either: the value is said to be the mean and lies too near an end, or is an end itself, or is a mean too \
                  far from the one end that is no bound of what can be. It tells what is drawn.",
        example: r#"[[uncertainty]]
constant = "Contact rate"
value = 70
low = 50
high = 250
distribution = "gamma""#,
        remedy: "Write central = \"median\" if the value is what half of the draws should lie below. If low and high are bounds, \
                 write distribution = \"pert\". Else look at the three numbers again.",
    },
    Page {
        code: NO_BUDGET,
        title: "A budget that this model cannot load",
        meaning: "`[[budget_line]]` sets how the plan's money divides over programmes and what each payer pays in. Which constants of \
                  the model those are, its accounts say in [budget_lines]; these accounts do not.",
        example: r#"[[budget_line]]
programme = "L02"
payer = "Housing and public health"
amount = 1200000"#,
        remedy: "Write [budget_lines] with share and money in the accounts, or set the levers of the model under [levers].",
    },
    Page {
        code: OTHER_CLASS,
        title: "A line of a budget and a card of two classes",
        meaning: "Maps of preventive spending class each line as primary, secondary or tertiary prevention, and each card says which of them \
                  its programme is. Where the two differ, the line may be about something else than the card.",
        example: r#"[[budget_line]]
programme = "L02"
class = "tertiary"
payer = "Housing and public health"
amount = 1200000"#,
        remedy: "Look whether the card is about what the line pays for. If it is, take the class of the card, or leave the class out.",
    },
    hidden_letter(HIDDEN_LETTER),
    no_word(NO_WORD),
];
