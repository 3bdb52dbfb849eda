//! Diagnostics of a model's structure (M100 and up).

use super::{Code, Page};

/// A name is used that nothing defines.
pub const UNKNOWN_NAME: Code = Code("M101");
/// Two definitions of one thing.
pub const DEFINED_TWICE: Code = Code("M102");
/// Elements without an equation.
pub const NO_EQUATION: Code = Code("M103");
/// Too few or too many subscripts.
pub const SUBSCRIPT_COUNT: Code = Code("M104");
/// A subscript that does not belong there.
pub const WRONG_SUBSCRIPT: Code = Code("M105");
/// A range on the right side alone.
pub const NOT_ON_THE_LEFT: Code = Code("M106");
/// `!` in the wrong place, or missing.
pub const RUNS_OVER: Code = Code("M107");
/// A subscript range that cannot be.
pub const BAD_RANGE: Code = Code("M108");
/// A mapping that does not fit.
pub const BAD_MAPPING: Code = Code("M109");
/// A table of constants of the wrong shape.
pub const TABLE_SHAPE: Code = Code("M110");
/// The time axis is not defined.
pub const NO_TIME: Code = Code("M111");
/// A senseless time axis.
pub const BAD_TIME: Code = Code("M112");
/// Steps that do not fit.
pub const UNEVEN_TIME: Code = Code("M113");
/// A lookup used as a number, or a number as a lookup.
pub const LOOKUP_USE: Code = Code("M114");
/// INTEG inside an expression.
pub const NESTED_INTEG: Code = Code("M116");
/// The order of a delay is no fixed whole number.
pub const BAD_ORDER: Code = Code("M117");
/// The order of a delay is lowered.
pub const LOWERED_ORDER: Code = Code("M118");
/// Variables that need each other in the same instant.
pub const CIRCLE: Code = Code("M120");
/// Initial values that need each other.
pub const INITIAL_CIRCLE: Code = Code("M121");
/// A value for a constant that the model does not have.
pub const NO_SUCH_CONSTANT: Code = Code("M130");
/// A value for something that is computed.
pub const NOT_A_CONSTANT: Code = Code("M131");
/// Two values for one constant.
pub const TWO_WRITERS: Code = Code("M132");
/// Values that do not fit a constant's elements.
pub const WRONG_ELEMENTS: Code = Code("M133");
/// Elements for a range that the model does not have.
pub const NO_SUCH_RANGE: Code = Code("M134");
/// More elements, terms or numbers than are computed with.
pub const TOO_LARGE: Code = Code("M143");
/// More messages than are shown.
pub const MANY: Code = Code("M144");
/// Two units where one should be.
pub const UNITS_DIFFER: Code = Code("M140");
/// Variables without a unit.
pub const NO_UNIT: Code = Code("M141");
/// One variable with two units.
pub const TWO_UNITS: Code = Code("M142");
/// An integration method that is not had here.
pub const INTEGRATION: Code = Code("M150");
/// A delay that is shorter than the step.
pub const SHORT_DELAY: Code = Code("M151");

/// A function of a vector that is given something else.
pub const VECTOR_USE: Code = Code("M157");

/// The pages of this room's diagnostics.
pub const PAGES: &[Page] = &[
    Page {
        code: UNKNOWN_NAME,
        title: "A name is used, but not defined",
        meaning: "An equation names a variable that the model has no equation for. Names are compared without regard to case, spaces and underscores, so this is more than a difference of spelling style.",
        example: "Deaths = Poplation * Death rate ~ people/Year ~ |",
        remedy: "Correct the spelling, or add an equation. The hint names the nearest defined variable and its line.",
    },
    Page {
        code: DEFINED_TWICE,
        title: "Something is defined twice",
        meaning: "Two equations give a value to the same variable or the same element of it, or a variable has the name of a subscript range, of an element, or of Time. Which of them counts could only be guessed.",
        example: "Rate = 0.1 ~ 1/Year ~ |\nRate = 0.2 ~ 1/Year ~ |",
        remedy: "Remove one of the definitions, rename one, or leave elements out of an equation with :EXCEPT:.",
    },
    Page {
        code: NO_EQUATION,
        title: "Elements of a variable have no equation",
        meaning: "A variable with subscripts is given by several equations, and together they do not cover all elements of its ranges.",
        example: "Age: Young, Old ~~|\nRisk[Young] = 0.1 ~ Dmnl ~ |\nTotal = SUM(Risk[Age!]) ~ Dmnl ~ |",
        remedy: "Write an equation for the elements that are listed, or one for the whole range.",
    },
    Page {
        code: SUBSCRIPT_COUNT,
        title: "A variable is used with another number of subscripts than it has",
        meaning: "Every use of a variable, and every equation for it, names one range or element for each of its subscripts.",
        example: "Age: Young, Old ~~|\nRisk[Age] = 0.1 ~ Dmnl ~ |\nTwice = Risk * 2 ~ Dmnl ~ |",
        remedy: "Write the subscripts as the variable is defined; for a sum over all elements write SUM(Risk[Age!]).",
    },
    Page {
        code: WRONG_SUBSCRIPT,
        title: "A subscript is not known, or not one of the variable's",
        meaning: "What stands in brackets is neither a subscript range nor an element of one, or it is an element that the variable does not have.",
        example: "Age: Young, Old ~~|\nRisk[Age] = 0.1 ~ Dmnl ~ |\nFirst = Risk[Yuong] ~ Dmnl ~ |",
        remedy: "Name a range or an element of the variable.",
    },
    Page {
        code: NOT_ON_THE_LEFT,
        title: "A subscript range stands on the right side of an equation, but not on the left",
        meaning: "The ranges on the left side say for which elements the equation is computed. A range that stands on the right side alone is at no element.",
        example: "Age: Young, Old ~~|\nRisk[Age] = 0.1 ~ Dmnl ~ |\nWorst = Risk[Age] * 2 ~ Dmnl ~ |",
        remedy: "Sum over it with SUM(Risk[Age!]), name one element, or say how one range maps to the other: `Age: Young, Old -> Class`.",
    },
    Page {
        code: RUNS_OVER,
        title: "`!` stands outside SUM, PROD, VMIN and VMAX, or is missing inside",
        meaning: "`!` marks the subscript that SUM, PROD, VMIN or VMAX runs over. Without it they have nothing to run over, and outside them it has no meaning.",
        example: "Age: Young, Old ~~|\nRisk[Age] = 0.1 ~ Dmnl ~ |\nTotal[Age] = SUM(Risk[Age]) ~ Dmnl ~ |",
        remedy: "Write `SUM(Risk[Age!])`.",
    },
    Page {
        code: BAD_RANGE,
        title: "A subscript range is not well defined",
        meaning: "A range lists its elements, counts them as (A1-A5), names other ranges, or is another name for one with `<->`. This one does not count upwards, holds an element twice, holds itself, or is another name for nothing.",
        example: "Band: (A5-A1) ~~|",
        remedy: "Write the elements one after another, or count them upwards: (A1-A5).",
    },
    Page {
        code: BAD_MAPPING,
        title: "A mapping between subscript ranges does not fit",
        meaning: "`Ours: A, B -> Theirs` says which element of the other range each element stands for. Without a list both ranges need as many elements; with a list, `-> (Theirs: T2, T1)`, there is one element or sub-range of the other range for each of ours.",
        example: "Worker: Clay, Wood -> Product ~~|\nProduct: Pot, Chair, Table ~~|",
        remedy: "Map to a range of the same size, or list the elements or sub-ranges.",
    },
    Page {
        code: TABLE_SHAPE,
        title: "A table of constants has the wrong number of numbers",
        meaning: "A table gives one number for each element: the last subscript runs along a row, rows end with `;`, and a further subscript runs over blocks of rows. When a range gets its elements from outside (the programmes in use), a table in the model no longer fits it.",
        example: "Age: Young, Old ~~|\nRisk[Age] = 0.1, 0.2, 0.3 ~ Dmnl ~ |",
        remedy: "Write as many numbers as there are elements, or one number for all of them.",
    },
    Page {
        code: NO_TIME,
        title: "INITIAL TIME, FINAL TIME, TIME STEP or SAVEPER is missing",
        meaning: "These four say from when to when the model runs, in which steps, and how often a row is saved. None of them has a default that could be taken without a word.",
        example: "Stock = INTEG(1, 0) ~ people ~ |",
        remedy: "Add the missing ones, for instance `SAVEPER = TIME STEP ~ Year ~ |`.",
    },
    Page {
        code: BAD_TIME,
        title: "The time axis cannot be used",
        meaning: "The time axis is fixed before the simulation begins, so its four numbers are numbers or expressions of constants. The step and the saving interval are above 0, and the final time is not before the initial time.",
        example: "INITIAL TIME = 0 ~ Year ~ |\nFINAL TIME = 10 ~ Year ~ |\nTIME STEP = 0 ~ Year ~ |\nSAVEPER = 1 ~ Year ~ |",
        remedy: "Correct the number that is pointed at.",
    },
    Page {
        code: UNEVEN_TIME,
        title: "The step does not divide the time axis, or the saving interval is no whole number of steps",
        meaning: "Times are the initial time plus a whole number of steps. Where the final time is not among them, the run ends at the nearest step; where the saving interval is not, rows are saved at the nearest whole number of steps.",
        example: "INITIAL TIME = 0 ~ Year ~ |\nFINAL TIME = 1 ~ Year ~ |\nTIME STEP = 0.3 ~ Year ~ |\nSAVEPER = TIME STEP ~ Year ~ |",
        remedy: "Choose a step of which a whole number fits, such as 0.25 or 1/16.",
    },
    Page {
        code: LOOKUP_USE,
        title: "A lookup table and a number are mixed up",
        meaning: "A lookup table is read at a number, `Effect(Occupancy)`, and has no value of its own; a variable that is no lookup cannot be read at a number.",
        example: "Effect( (0,1),(1,2) ) ~ Dmnl ~ |\nTwice = Effect * 2 ~ Dmnl ~ |",
        remedy: "Read the table at a number, or multiply with `*`.",
    },
    Page {
        code: NESTED_INTEG,
        title: "INTEG stands inside an expression",
        meaning: "INTEG makes the variable on the left side a stock, so it is all that stands on the right side. Delays, smooths and the like may stand anywhere.",
        example: "Twice = 2 * INTEG(1, 0) ~ people ~ |",
        remedy: "Give the stock an equation of its own and use its name.",
    },
    Page {
        code: BAD_ORDER,
        title: "The order of DELAY N or SMOOTH N is not a whole number known beforehand",
        meaning: "The order is the number of stocks in a row. They are laid out before the simulation begins, so the order is a number or comes from constants.",
        example: "Late = DELAY N(Input, 5, 0, Time) ~ people ~ |\nInput = 1 ~ people ~ |",
        remedy: "Write a whole number from 1 to 1000, or a constant.",
    },
    Page {
        code: LOWERED_ORDER,
        title: "The order of DELAY N is too high for the time step",
        meaning: "Each of the delay's stages needs at least one time step. Where they do not fit into the delay time the order is lowered, as in Vensim. This is decided once, with the delay time that the model gives.",
        example: "Late = DELAY N(Input, 2, 0, 12) ~ people ~ |\nInput = 1 ~ people ~ |\nTIME STEP = 1 ~ Year ~ |",
        remedy: "Choose a shorter time step or a lower order.",
    },
    Page {
        code: CIRCLE,
        title: "Variables need each other in the same instant",
        meaning: "An auxiliary is computed from others at the same time. Where a path leads from a variable back to itself without passing a stock, there is no first one to compute.",
        example: "Price = Cost + Margin ~ GBP ~ |\nMargin = Price * 0.1 ~ GBP ~ |\nCost = 5 ~ GBP ~ |",
        remedy: "Follow the path that is shown and break it with a stock, a delay or a smooth, where one thing in truth takes time to affect the next.",
    },
    Page {
        code: INITIAL_CIRCLE,
        title: "Initial values need each other",
        meaning: "The initial value of each stock is computed from others' initial values. Here a path leads from one back to itself, although later the stocks in between break it.",
        example: "A = INTEG(1, B) ~ people ~ |\nB = INTEG(1, A) ~ people ~ |",
        remedy: "Give one of them an initial value of its own: a number, ACTIVE INITIAL, DELAY1I or SMOOTHI.",
    },
    Page {
        code: NO_SUCH_CONSTANT,
        title: "A value is given for a constant that the model does not have",
        meaning: "Evidence, places, scenarios and `--set` give values to constants of the model by name. A name that the model does not have would change nothing without a word.",
        example: "--set \"Bed cuont=5\"",
        remedy: "Correct the name; the hint shows the nearest one in the model.",
    },
    Page {
        code: NOT_A_CONSTANT,
        title: "A value is given for something that is not a constant",
        meaning: "Only constants can be set: variables whose equations are plain numbers or tables of numbers. A stock, a lookup table or anything computed by an equation follows from the others, also where its equation is an expression of numbers such as 3/12.",
        example: "--set \"Deaths=5\" where Deaths = Population * Death rate",
        remedy: "Set one of the constants that it depends on, or change its equation to a plain number.",
    },
    Page {
        code: TWO_WRITERS,
        title: "One constant is given two values",
        meaning: "A stronger source replaces a weaker one: the command line a scenario, a scenario a card or place, and all of them the model. Here two sources of the same strength give a value to one element, and which of them counts could only be guessed.",
        example: "--set \"Rate=1\" --set \"Rate=2\"",
        remedy: "Keep one of them.",
    },
    Page {
        code: WRONG_ELEMENTS,
        title: "Values do not fit the elements of a constant",
        meaning: "The elements in brackets are not those of the constant, or there are more or fewer numbers than elements.",
        example: "--set \"Rate=1,2,3\" for Rate[Age] with two ages",
        remedy: "Name one element or range for each subscript; give one number for all elements, or one for each, the last subscript running fastest.",
    },
    Page {
        code: NO_SUCH_RANGE,
        title: "Elements are given for a subscript range that the model does not have",
        meaning: "Some ranges get their elements from outside, such as the programmes in use. The model needs a range of that name.",
        example: "elements for `Programmes` where the model has `Programme`",
        remedy: "Correct the name, or add the range to the model.",
    },
    Page {
        code: UNITS_DIFFER,
        title: "Units differ",
        meaning: "Both sides of an equation, of `+`, `-` and a comparison, the branches of IF THEN ELSE and the arguments of MIN and MAX have the same unit; the flow of a stock is in the stock's unit divided by the unit of time; EXP, LN and exponents take numbers without unit. A number in an expression has no unit, but 0 suits any. The model still runs.",
        example: "Stock = INTEG(Flow, 0) ~ people ~ |\nFlow = 5 ~ people ~ |\nTIME STEP = 1 ~ Year ~ |",
        remedy: "Look for a missing factor, or give a conversion a name and a unit: `Days per year = 365 ~ Day/Year ~ |`.",
    },
    Page {
        code: NO_UNIT,
        title: "Variables have no unit",
        meaning: "Units are how a reader, and this program, tells a rate from a level. Where a variable without a unit is used, nothing can be checked.",
        example: "Rate = 0.1 ~~|",
        remedy: "Write the unit behind the first `~`; `Dmnl` for a number without unit.",
    },
    Page {
        code: TWO_UNITS,
        title: "Equations of one variable give it different units",
        meaning: "A variable has one unit for all its elements. The first that is written counts.",
        example: "Age: Young, Old ~~|\nCost[Young] = 1 ~ GBP ~ |\nCost[Old] = 2 ~ people ~ |",
        remedy: "Give all its equations the same unit, or none but the first.",
    },
    Page {
        code: TOO_LARGE,
        title: "The model is larger than can be computed with",
        meaning: "Every element of every variable is computed by itself, and six subscripts of a hundred elements each make a million million of them. Limits are told with their numbers before memory or time is spent: elements of a range, elements of all variables together, terms of all equations written out, numbers of a table of results.",
        example: "A: (a1-a100) ~~|\nB: (b1-b100) ~~|\nC: (c1-c100) ~~|\nD: (d1-d100) ~~|\nx[A,B,C,D] = 1 ~~|",
        remedy: "Use fewer subscripts or elements, or save less often (SAVEPER).",
    },
    Page {
        code: MANY,
        title: "There are more messages about a model than are shown",
        meaning: "Of what is wrong with one model a hundred messages are shown, errors before warnings, and the others are counted. So many have mostly one cause, such as a variable or a range that is named wrongly where it is defined.",
        example: "a hundred and one variables that are used and not defined",
        remedy: "Correct what is shown first, and look again.",
    },
    Page {
        code: INTEGRATION,
        title: "The integration method of the model's settings is not had here",
        meaning: "Behind the sketch of a model Vensim keeps its settings; the line `15:a,b,c,M,...` names the integration method by its fourth number. 0 is Euler's rule, 1 and 5 are the Runge-Kutta rule of order four (here always with steps of TIME STEP), and both are followed. For a rule of order two (3, 4) that of order four stands in, for difference equations (2) and any other number Euler's rule.",
        example: "15:0,0,0,3,0,0",
        remedy: "Choose another method in Vensim and save the model; or say which with --integrator, or with `integrator` in a scenario.",
    },
    Page {
        code: SHORT_DELAY,
        title: "A delay is shorter than the step",
        meaning: "A delay or smooth lets out a part of its content in each step: the step over the time of one of its stages. Where that is more than all, what comes out swings from side to side, and from more than twice all on it grows without bound. DELAY FIXED lasts one step at the least.",
        example: "Slow = DELAY3(Arrivals, 0.5) ~ people ~ |\nTIME STEP = 1 ~ Year ~ |",
        remedy: "Take a shorter TIME STEP: a quarter of the delay, or of the time of one stage, is enough.",
    },
    Page {
        code: VECTOR_USE,
        title: "A function of a whole vector cannot be worked out",
        meaning: "VECTOR SORT ORDER, VECTOR RANK, VECTOR REORDER, ALLOCATE AVAILABLE and ALLOCATE BY PRIORITY look at all elements of the last subscript of their argument, which stands on the left side too; VECTOR ELM MAP counts on from an element of a variable. What VECTOR SELECT is to do and the type of a priority profile are known before the simulation begins. Every element is set against every other, so that a vector has an end.",
        example: "Region: North, South ~~|\nCost[Region] = 3, 1 ~ GBP ~ |\nRank = VECTOR RANK(Cost[North], 1) ~ Dmnl ~ |",
        remedy: "Write the range on both sides: `Rank[Region] = VECTOR RANK(Cost[Region], 1)`. The hint says what this function takes.",
    },
];
