//! The functions of the language: what each is given, and which units go in and come out.
//!
//! How a function is written is a matter of the notation, and stands there; what it does is a matter of the structure.

use UnitRule::{Alike, OfFirst, Own, Pure};

/// How the units of a function's arguments and of its value hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnitRule {
    /// Pure numbers go in, and a pure number comes out.
    Pure,
    /// The value has the unit of the first argument, and so have the others.
    OfFirst,
    /// All arguments are compared with each other, and the value is one of them.
    Alike,
    /// A rule of its own, which stands with the others of its kind in `structure`.
    Own,
}

/// The functions of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Function {
    Abs,
    ActiveInitial,
    AllocateAvailable,
    AllocateByPriority,
    Arccos,
    Arcsin,
    Arctan,
    Cos,
    Cosh,
    DelayFixed,
    DelayN,
    Delay1,
    Delay1I,
    Delay3,
    Delay3I,
    ElmCount,
    Exp,
    Forecast,
    Game,
    GammaLn,
    IfThenElse,
    Initial,
    Integ,
    Integer,
    Ln,
    Log,
    LookupBackward,
    LookupExtrapolate,
    LookupForward,
    LookupInvert,
    Max,
    Min,
    Modulo,
    Npv,
    Power,
    Prod,
    Pulse,
    PulseTrain,
    Quantum,
    Ramp,
    Random01,
    RandomExponential,
    RandomNormal,
    RandomUniform,
    SampleIfTrue,
    Sin,
    Sinh,
    Smooth,
    SmoothN,
    Smooth3,
    Smooth3I,
    SmoothI,
    Sqrt,
    Step,
    Sum,
    Tan,
    Tanh,
    Trend,
    VectorElmMap,
    VectorRank,
    VectorReorder,
    VectorSelect,
    VectorSortOrder,
    Vmax,
    Vmin,
    Xidz,
    Zidz,
}

/// Every function with its parameters and the rule of its units.
const FUNCTIONS: &[(Function, &[&str], UnitRule)] = &[
    (Function::Abs, &["x"], OfFirst),
    (Function::ActiveInitial, &["active", "initial"], Own),
    (Function::AllocateAvailable, &["request[range]", "profile[range,ptype]", "available"], Own),
    (Function::AllocateByPriority, &["request[range]", "priority[range]", "size", "width", "supply"], Own),
    (Function::Arccos, &["x"], Pure),
    (Function::Arcsin, &["x"], Pure),
    (Function::Arctan, &["x"], Pure),
    (Function::Cos, &["x"], Pure),
    (Function::Cosh, &["x"], Pure),
    (Function::DelayFixed, &["input", "delay time", "initial value"], Own),
    (Function::DelayN, &["input", "delay time", "initial value", "order"], Own),
    (Function::Delay1, &["input", "delay time"], Own),
    (Function::Delay1I, &["input", "delay time", "initial value"], Own),
    (Function::Delay3, &["input", "delay time"], Own),
    (Function::Delay3I, &["input", "delay time", "initial value"], Own),
    (Function::ElmCount, &["range"], Own),
    (Function::Exp, &["x"], Pure),
    (Function::Forecast, &["input", "average time", "horizon"], Own),
    (Function::Game, &["x"], OfFirst),
    (Function::GammaLn, &["x"], Pure),
    (Function::IfThenElse, &["condition", "if true", "if false"], Own),
    (Function::Initial, &["x"], OfFirst),
    (Function::Integ, &["rate", "initial value"], Own),
    (Function::Integer, &["x"], OfFirst),
    (Function::Ln, &["x"], Pure),
    (Function::Log, &["x", "base"], Own),
    (Function::LookupBackward, &["lookup", "x"], Own),
    (Function::LookupExtrapolate, &["lookup", "x"], Own),
    (Function::LookupForward, &["lookup", "x"], Own),
    (Function::LookupInvert, &["lookup", "y"], Own),
    (Function::Max, &["a", "b"], Alike),
    (Function::Min, &["a", "b"], Alike),
    (Function::Modulo, &["x", "base"], OfFirst),
    (Function::Npv, &["stream", "discount rate", "initial value", "factor"], Own),
    (Function::Power, &["base", "exponent"], Own),
    (Function::Prod, &["x[range!]"], Own),
    (Function::Pulse, &["start", "width"], Own),
    (Function::PulseTrain, &["start", "width", "time between", "end"], Own),
    (Function::Quantum, &["x", "quantum"], OfFirst),
    (Function::Ramp, &["slope", "start", "end"], Own),
    (Function::Random01, &[], Own),
    (Function::RandomExponential, &["least", "greatest", "shift", "stretch", "seed"], Own),
    (Function::RandomNormal, &["least", "greatest", "mean", "deviation", "seed"], Own),
    (Function::RandomUniform, &["least", "greatest", "seed"], Own),
    (Function::SampleIfTrue, &["condition", "input", "initial value"], Own),
    (Function::Sin, &["x"], Pure),
    (Function::Sinh, &["x"], Pure),
    (Function::Smooth, &["input", "delay time"], Own),
    (Function::SmoothN, &["input", "delay time", "initial value", "order"], Own),
    (Function::Smooth3, &["input", "delay time"], Own),
    (Function::Smooth3I, &["input", "delay time", "initial value"], Own),
    (Function::SmoothI, &["input", "delay time", "initial value"], Own),
    (Function::Sqrt, &["x"], Own),
    (Function::Step, &["height", "time"], Own),
    (Function::Sum, &["x[range!]"], OfFirst),
    (Function::Tan, &["x"], Pure),
    (Function::Tanh, &["x"], Pure),
    (Function::Trend, &["input", "average time", "initial trend"], Own),
    (Function::VectorElmMap, &["x[element]", "offset"], Own),
    (Function::VectorRank, &["x[range]", "direction"], Own),
    (Function::VectorReorder, &["x[range]", "order[range]"], Own),
    (Function::VectorSelect, &["selection[range!]", "x[range!]", "missing", "action", "error action"], Own),
    (Function::VectorSortOrder, &["x[range]", "direction"], Own),
    (Function::Vmax, &["x[range!]"], OfFirst),
    (Function::Vmin, &["x[range!]"], OfFirst),
    (Function::Xidz, &["a", "b", "otherwise"], Own),
    (Function::Zidz, &["a", "b"], Own),
];

impl Function {
    /// All functions, in the order of the alphabet.
    pub fn all() -> impl Iterator<Item = Function> {
        FUNCTIONS.iter().map(|(function, _, _)| *function)
    }

    /// What it is given, in order.
    pub fn parameters(self) -> &'static [&'static str] {
        self.row().1
    }

    /// How its units hang together.
    pub fn units(self) -> UnitRule {
        self.row().2
    }

    // The rows stand in the order of the enum, which the test below holds.
    fn row(self) -> &'static (Function, &'static [&'static str], UnitRule) {
        &FUNCTIONS[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::FUNCTIONS;

    #[test]
    fn every_function_has_its_row_at_its_place() {
        for (index, (function, _, _)) in FUNCTIONS.iter().enumerate() {
            assert_eq!(*function as usize, index, "{function:?}");
        }
    }
}
