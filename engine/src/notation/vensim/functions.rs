//! How Vensim writes the functions of the language.

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

/// The function of this name, whatever its case and the white space in it.
pub(super) fn named(name: &Name) -> Option<Function> {
    SPELLINGS.iter().find(|(_, own)| own.eq_ignore_ascii_case(name.key())).map(|(function, _)| *function)
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
    use super::{SPELLINGS, named};
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
}
