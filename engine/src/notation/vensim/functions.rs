//! The functions of Vensim by their names: those that are read, and those that are not, each with what to do instead.

use crate::model::{Function, Name};

/// Every function as Vensim writes it.
const SPELLINGS: &[(Function, &str)] = &[
    (Function::Abs, "ABS"),
    (Function::ActiveInitial, "ACTIVE INITIAL"),
    (Function::AllocateAvailable, "ALLOCATE AVAILABLE"),
    (Function::AllocateByPriority, "ALLOCATE BY PRIORITY"),
    (Function::Arccos, "ARCCOS"),
    (Function::Arcsin, "ARCSIN"),
    (Function::Arctan, "ARCTAN"),
    (Function::Cos, "COS"),
    (Function::Cosh, "COSH"),
    (Function::DelayFixed, "DELAY FIXED"),
    (Function::DelayN, "DELAY N"),
    (Function::Delay1, "DELAY1"),
    (Function::Delay1I, "DELAY1I"),
    (Function::Delay3, "DELAY3"),
    (Function::Delay3I, "DELAY3I"),
    (Function::ElmCount, "ELMCOUNT"),
    (Function::Exp, "EXP"),
    (Function::Forecast, "FORECAST"),
    (Function::Game, "GAME"),
    (Function::GammaLn, "GAMMA LN"),
    (Function::IfThenElse, "IF THEN ELSE"),
    (Function::Initial, "INITIAL"),
    (Function::Integ, "INTEG"),
    (Function::Integer, "INTEGER"),
    (Function::Ln, "LN"),
    (Function::Log, "LOG"),
    (Function::LookupBackward, "LOOKUP BACKWARD"),
    (Function::LookupExtrapolate, "LOOKUP EXTRAPOLATE"),
    (Function::LookupForward, "LOOKUP FORWARD"),
    (Function::LookupInvert, "LOOKUP INVERT"),
    (Function::Max, "MAX"),
    (Function::Min, "MIN"),
    (Function::Modulo, "MODULO"),
    (Function::Npv, "NPV"),
    (Function::Power, "POWER"),
    (Function::Prod, "PROD"),
    (Function::Pulse, "PULSE"),
    (Function::PulseTrain, "PULSE TRAIN"),
    (Function::Quantum, "QUANTUM"),
    (Function::Ramp, "RAMP"),
    (Function::Random01, "RANDOM 0 1"),
    (Function::RandomExponential, "RANDOM EXPONENTIAL"),
    (Function::RandomNormal, "RANDOM NORMAL"),
    (Function::RandomUniform, "RANDOM UNIFORM"),
    (Function::SampleIfTrue, "SAMPLE IF TRUE"),
    (Function::Sin, "SIN"),
    (Function::Sinh, "SINH"),
    (Function::Smooth, "SMOOTH"),
    (Function::SmoothN, "SMOOTH N"),
    (Function::Smooth3, "SMOOTH3"),
    (Function::Smooth3I, "SMOOTH3I"),
    (Function::SmoothI, "SMOOTHI"),
    (Function::Sqrt, "SQRT"),
    (Function::Step, "STEP"),
    (Function::Sum, "SUM"),
    (Function::Tan, "TAN"),
    (Function::Tanh, "TANH"),
    (Function::Trend, "TREND"),
    (Function::VectorElmMap, "VECTOR ELM MAP"),
    (Function::VectorRank, "VECTOR RANK"),
    (Function::VectorReorder, "VECTOR REORDER"),
    (Function::VectorSelect, "VECTOR SELECT"),
    (Function::VectorSortOrder, "VECTOR SORT ORDER"),
    (Function::Vmax, "VMAX"),
    (Function::Vmin, "VMIN"),
    (Function::Xidz, "XIDZ"),
    (Function::Zidz, "ZIDZ"),
];

const CHANCE: &str = "use RANDOM NORMAL, RANDOM UNIFORM or RANDOM EXPONENTIAL for what differs from step to step; what is drawn once for each run is a constant with a distribution in the scenario";
const FILES: &str =
    "no other file is read: write the numbers into the model as a table or lookup, or give them in the scenario";
const SHARING: &str = "use ALLOCATE AVAILABLE or ALLOCATE BY PRIORITY, or write the rule out with MIN, MAX and SUM";
const LOOKUPS: &str = "call the lookup itself, `Name(x)`: straight lines between the points, held at both ends";
const DELAYS: &str = "use DELAY FIXED, DELAY1, DELAY3 or DELAY N";
const OPTIMISING: &str = "optimising belongs to a study, not to the model";
const TIMING: &str = "write it with IF THEN ELSE, SAMPLE IF TRUE or a stock";

/// The functions of Vensim that are not read, each with what to do instead, in the order of the alphabet.
const UNSUPPORTED: &[(&str, &str)] = &[
    ("ALLOC P", SHARING),
    ("CUMULATE", "use INTEG"),
    ("CUMULATEF", "use INTEG"),
    ("DELAY BATCH", DELAYS),
    ("DELAY CONVEYOR", DELAYS),
    ("DELAY INFORMATION", DELAYS),
    ("DELAY MATERIAL", DELAYS),
    ("DELAY P", DELAYS),
    ("DELAY PROFILE", DELAYS),
    ("DELAYP", DELAYS),
    ("DEMAND AT PRICE", SHARING),
    ("DEPRECIATE BY SCHEDULE", "write the schedule as a lookup of the age"),
    ("DEPRECIATE STRAIGHTLINE", "use DELAY FIXED: what is written off falls by `amount / life` when the life is over"),
    ("FIND MARKET PRICE", SHARING),
    ("FIND ZERO", OPTIMISING),
    ("GET 123 CONSTANTS", FILES),
    ("GET 123 DATA", FILES),
    ("GET 123 LOOKUPS", FILES),
    ("GET DATA AT TIME", FILES),
    ("GET DATA BETWEEN TIMES", FILES),
    ("GET DATA FIRST TIME", FILES),
    ("GET DATA LAST TIME", FILES),
    ("GET DATA MAX", FILES),
    ("GET DATA MEAN", FILES),
    ("GET DATA MEDIAN", FILES),
    ("GET DATA MIN", FILES),
    ("GET DATA STDV", FILES),
    ("GET DATA TOTAL POINTS", FILES),
    ("GET DIRECT CONSTANTS", FILES),
    ("GET DIRECT DATA", FILES),
    ("GET DIRECT LOOKUPS", FILES),
    ("GET DIRECT SUBSCRIPT", FILES),
    ("GET ODBC CONSTANTS", FILES),
    ("GET ODBC DATA", FILES),
    ("GET ODBC LOOKUPS", FILES),
    ("GET TIME VALUE", "use the variable `Time`"),
    ("GET VDF CONSTANTS", FILES),
    ("GET VDF DATA", FILES),
    ("GET VDF LOOKUPS", FILES),
    ("GET XLS CONSTANTS", FILES),
    ("GET XLS DATA", FILES),
    ("GET XLS LOOKUPS", FILES),
    ("GET XLS SUBSCRIPT", FILES),
    ("INTERNAL RATE OF RETURN", "a study appraises what the model computes"),
    ("INVERT MATRIX", "solve it outside, and write the result as a table"),
    ("LOOKUP AREA", LOOKUPS),
    ("LOOKUP SLOPE", LOOKUPS),
    ("MARKETP", SHARING),
    ("MESSAGE", "remove it"),
    ("QUEUE AGE AVERAGE", "use stocks, one for each stage of the queue"),
    ("QUEUE AGE IN RANGE", "use stocks, one for each stage of the queue"),
    ("QUEUE AGE OLDEST", "use stocks, one for each stage of the queue"),
    ("QUEUE ATTRIB AVERAGE", "use stocks, one for each stage of the queue"),
    ("QUEUE FIFO", "use stocks, one for each stage of the queue"),
    ("RANDOM BETA", CHANCE),
    ("RANDOM BINOMIAL", CHANCE),
    ("RANDOM GAMMA", CHANCE),
    ("RANDOM LOOKUP", CHANCE),
    ("RANDOM NEGATIVE BINOMIAL", CHANCE),
    ("RANDOM PINK NOISE", CHANCE),
    ("RANDOM POISSON", CHANCE),
    ("RANDOM TRIANGULAR", CHANCE),
    ("RANDOM WEIBULL", CHANCE),
    ("REINITIAL", "use INITIAL"),
    ("SAMPLE UNTIL", "use SAMPLE IF TRUE"),
    ("SHIFT IF TRUE", TIMING),
    ("SIMULTANEOUS", "solve the circle by hand, or break it with a stock"),
    ("SINTEG", "use INTEG"),
    ("SSHAPE", "write the curve as a lookup, or with EXP"),
    ("SUPPLY AT PRICE", SHARING),
    ("TIME BASE", "use the variable `Time`"),
    ("TIME SHIFT", "use DELAY FIXED"),
    ("VECTOR LOOKUP", LOOKUPS),
];

/// The function of this name, whatever its case and the white space in it.
pub(super) fn named(name: &Name) -> Option<Function> {
    SPELLINGS.iter().find(|(_, own)| own.eq_ignore_ascii_case(name.key())).map(|(function, _)| *function)
}

/// What to do instead of this function, if it is one of Vensim's that are not read.
pub(super) fn instead_of(name: &Name) -> Option<&'static str> {
    UNSUPPORTED.iter().find(|(function, _)| function.eq_ignore_ascii_case(name.key())).map(|(_, instead)| *instead)
}

/// Whether Vensim has a function of this name, read or not.
pub(super) fn is_taken(name: &Name) -> bool {
    named(name).is_some() || instead_of(name).is_some()
}

/// As a function is written in a model.
pub fn spelling(function: Function) -> &'static str {
    let row = SPELLINGS.iter().find(|(one, _)| *one == function);
    row.expect("every function has its spelling, as the test below sees").1
}

/// All spellings, in the order of the alphabet.
pub(super) fn spellings() -> impl Iterator<Item = &'static str> {
    SPELLINGS.iter().map(|(_, spelling)| *spelling)
}

/// Name and parameters, `MIN(a, b)`.
pub(super) fn signature(function: Function) -> String {
    format!("{}({})", spelling(function), function.parameters().join(", "))
}

#[cfg(test)]
mod tests {
    use super::{SPELLINGS, UNSUPPORTED, instead_of, named};
    use crate::model::{Function, Name};

    #[test]
    fn a_function_is_found_by_its_name_in_any_case() {
        assert_eq!(named(&Name::new("if  then_else")), Some(Function::IfThenElse));
        assert_eq!(named(&Name::new("Births")), None);
    }

    #[test]
    fn every_function_has_one_spelling_of_its_own() {
        for function in Function::all() {
            assert_eq!(SPELLINGS.iter().filter(|(one, _)| *one == function).count(), 1, "{function:?}");
        }
        for (index, (_, spelling)) in SPELLINGS.iter().enumerate() {
            assert!(SPELLINGS[index + 1..].iter().all(|(_, other)| other != spelling), "{spelling}");
        }
    }

    #[test]
    fn no_function_is_both_supported_and_not() {
        for (name, _) in UNSUPPORTED {
            assert_eq!(named(&Name::new(name)), None, "{name}");
        }
        assert!(instead_of(&Name::new("random gamma")).is_some());
    }

    #[test]
    fn the_list_of_what_is_not_read_is_in_order() {
        assert!(UNSUPPORTED.is_sorted_by(|(a, _), (b, _)| a < b));
    }
}
