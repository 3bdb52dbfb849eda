//! The functions of the language: how each is written, and what it is given.

use super::expression::Function;
use super::name::Name;

/// Every function with its name and its parameters, in the order of the alphabet.
const FUNCTIONS: &[(Function, &str, &[&str])] = &[
    (Function::Abs, "ABS", &["x"]),
    (Function::ActiveInitial, "ACTIVE INITIAL", &["active", "initial"]),
    (Function::AllocateAvailable, "ALLOCATE AVAILABLE", &["request[range]", "profile[range,ptype]", "available"]),
    (
        Function::AllocateByPriority,
        "ALLOCATE BY PRIORITY",
        &["request[range]", "priority[range]", "size", "width", "supply"],
    ),
    (Function::Arccos, "ARCCOS", &["x"]),
    (Function::Arcsin, "ARCSIN", &["x"]),
    (Function::Arctan, "ARCTAN", &["x"]),
    (Function::Cos, "COS", &["x"]),
    (Function::Cosh, "COSH", &["x"]),
    (Function::DelayFixed, "DELAY FIXED", &["input", "delay time", "initial value"]),
    (Function::DelayN, "DELAY N", &["input", "delay time", "initial value", "order"]),
    (Function::Delay1, "DELAY1", &["input", "delay time"]),
    (Function::Delay1I, "DELAY1I", &["input", "delay time", "initial value"]),
    (Function::Delay3, "DELAY3", &["input", "delay time"]),
    (Function::Delay3I, "DELAY3I", &["input", "delay time", "initial value"]),
    (Function::ElmCount, "ELMCOUNT", &["range"]),
    (Function::Exp, "EXP", &["x"]),
    (Function::Forecast, "FORECAST", &["input", "average time", "horizon"]),
    (Function::Game, "GAME", &["x"]),
    (Function::GammaLn, "GAMMA LN", &["x"]),
    (Function::IfThenElse, "IF THEN ELSE", &["condition", "if true", "if false"]),
    (Function::Initial, "INITIAL", &["x"]),
    (Function::Integ, "INTEG", &["rate", "initial value"]),
    (Function::Integer, "INTEGER", &["x"]),
    (Function::Ln, "LN", &["x"]),
    (Function::Log, "LOG", &["x", "base"]),
    (Function::LookupBackward, "LOOKUP BACKWARD", &["lookup", "x"]),
    (Function::LookupExtrapolate, "LOOKUP EXTRAPOLATE", &["lookup", "x"]),
    (Function::LookupForward, "LOOKUP FORWARD", &["lookup", "x"]),
    (Function::LookupInvert, "LOOKUP INVERT", &["lookup", "y"]),
    (Function::Max, "MAX", &["a", "b"]),
    (Function::Min, "MIN", &["a", "b"]),
    (Function::Modulo, "MODULO", &["x", "base"]),
    (Function::Npv, "NPV", &["stream", "discount rate", "initial value", "factor"]),
    (Function::Power, "POWER", &["base", "exponent"]),
    (Function::Prod, "PROD", &["x[range!]"]),
    (Function::Pulse, "PULSE", &["start", "width"]),
    (Function::PulseTrain, "PULSE TRAIN", &["start", "width", "time between", "end"]),
    (Function::Quantum, "QUANTUM", &["x", "quantum"]),
    (Function::Ramp, "RAMP", &["slope", "start", "end"]),
    (Function::Random01, "RANDOM 0 1", &[]),
    (Function::RandomExponential, "RANDOM EXPONENTIAL", &["least", "greatest", "shift", "stretch", "seed"]),
    (Function::RandomNormal, "RANDOM NORMAL", &["least", "greatest", "mean", "deviation", "seed"]),
    (Function::RandomUniform, "RANDOM UNIFORM", &["least", "greatest", "seed"]),
    (Function::SampleIfTrue, "SAMPLE IF TRUE", &["condition", "input", "initial value"]),
    (Function::Sin, "SIN", &["x"]),
    (Function::Sinh, "SINH", &["x"]),
    (Function::Smooth, "SMOOTH", &["input", "delay time"]),
    (Function::SmoothN, "SMOOTH N", &["input", "delay time", "initial value", "order"]),
    (Function::Smooth3, "SMOOTH3", &["input", "delay time"]),
    (Function::Smooth3I, "SMOOTH3I", &["input", "delay time", "initial value"]),
    (Function::SmoothI, "SMOOTHI", &["input", "delay time", "initial value"]),
    (Function::Sqrt, "SQRT", &["x"]),
    (Function::Step, "STEP", &["height", "time"]),
    (Function::Sum, "SUM", &["x[range!]"]),
    (Function::Tan, "TAN", &["x"]),
    (Function::Tanh, "TANH", &["x"]),
    (Function::Trend, "TREND", &["input", "average time", "initial trend"]),
    (Function::VectorElmMap, "VECTOR ELM MAP", &["x[element]", "offset"]),
    (Function::VectorRank, "VECTOR RANK", &["x[range]", "direction"]),
    (Function::VectorReorder, "VECTOR REORDER", &["x[range]", "order[range]"]),
    (Function::VectorSelect, "VECTOR SELECT", &["selection[range!]", "x[range!]", "missing", "action", "error action"]),
    (Function::VectorSortOrder, "VECTOR SORT ORDER", &["x[range]", "direction"]),
    (Function::Vmax, "VMAX", &["x[range!]"]),
    (Function::Vmin, "VMIN", &["x[range!]"]),
    (Function::Xidz, "XIDZ", &["a", "b", "otherwise"]),
    (Function::Zidz, "ZIDZ", &["a", "b"]),
];

impl Function {
    /// All functions, in the order of the alphabet.
    pub fn all() -> impl Iterator<Item = Function> {
        FUNCTIONS.iter().map(|(function, _, _)| *function)
    }

    /// The function of this name, whatever its case and the white space in it.
    pub fn named(name: &Name) -> Option<Function> {
        FUNCTIONS.iter().find(|(_, own, _)| own.eq_ignore_ascii_case(name.key())).map(|(function, _, _)| *function)
    }

    /// As it is written in a model.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// What it is given, in order.
    pub fn parameters(self) -> &'static [&'static str] {
        self.row().2
    }

    /// Name and parameters, `MIN(a, b)`.
    pub fn signature(self) -> String {
        format!("{}({})", self.name(), self.parameters().join(", "))
    }

    fn row(self) -> &'static (Function, &'static str, &'static [&'static str]) {
        FUNCTIONS.iter().find(|(function, _, _)| *function == self).expect("every function has its row in the table")
    }
}

#[cfg(test)]
mod tests {
    use super::{FUNCTIONS, Function};
    use crate::model::Name;

    #[test]
    fn a_function_is_found_by_its_name_in_any_case() {
        assert_eq!(Function::named(&Name::new("if  then_else")), Some(Function::IfThenElse));
        assert_eq!(Function::named(&Name::new("Births")), None);
    }

    #[test]
    fn no_function_is_listed_twice_and_the_last_of_the_enum_is_listed() {
        for (place, (function, name, _)) in FUNCTIONS.iter().enumerate() {
            assert!(FUNCTIONS[place + 1..].iter().all(|(other, also, _)| other != function && also != name), "{name}");
        }
        assert_eq!(FUNCTIONS.len(), Function::Integ as usize + 1);
    }
}
