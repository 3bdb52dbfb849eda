//! The functions of the language: what each is given, and which units go in and come out.
//!
//! How a function is written is a matter of the notation, and stands there; what it does is a matter of the structure.

use UnitOf::{Any, As, Fitting, Number, PerTime, Ratio, Time, TimesTime};
use UnitRule::{Alike, Each, OfFirst, Own, Pure};

/// How the units of a function's arguments and of its value hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnitRule {
    /// Pure numbers go in, and a pure number comes out.
    Pure,
    /// The value has the unit of the first argument, and so have the others.
    OfFirst,
    /// All arguments are compared with each other, and the value is one of them.
    Alike,
    /// Each argument has a unit, and then the value.
    Each(&'static [UnitOf], UnitOf),
    /// A rule of its own that no list of units says, which stands with the others of its kind in `structure`.
    Own,
}

/// The unit of an argument or of a value. Arguments are counted from 0, and each may look at those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnitOf {
    /// Its own, whatever that is.
    Any,
    /// Its own; a number alone suits whatever the value is used for.
    Fitting,
    /// None.
    Number,
    /// That of an argument.
    As(usize),
    /// That of time.
    Time,
    /// One over that of time.
    PerTime,
    /// That of an argument times that of time.
    TimesTime(usize),
    /// That of one argument over that of another.
    Ratio(usize, usize),
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

/// Every function with its parameters and the rule of its units. A message calls an argument by its parameter.
const FUNCTIONS: &[(Function, &[&str], UnitRule)] = &[
    (Function::Abs, &["x"], OfFirst),
    (Function::ActiveInitial, &["active", "initial value"], Each(&[Any, As(0)], As(0))),
    (Function::AllocateAvailable, &["request[range]", "profile[range,ptype]", "available"], Own),
    (Function::AllocateByPriority, &["request[range]", "priority[range]", "size", "width", "supply"], Own),
    (Function::Arccos, &["x"], Pure),
    (Function::Arcsin, &["x"], Pure),
    (Function::Arctan, &["x"], Pure),
    (Function::Cos, &["x"], Pure),
    (Function::Cosh, &["x"], Pure),
    (Function::DelayFixed, &["input", "delay time", "initial value"], Each(&[Any, Time, As(0)], As(0))),
    (Function::DelayN, &["input", "delay time", "initial value", "order"], Each(&[Any, Time, As(0), Any], As(0))),
    (Function::Delay1, &["input", "delay time"], Each(&[Any, Time], As(0))),
    (Function::Delay1I, &["input", "delay time", "initial value"], Each(&[Any, Time, As(0)], As(0))),
    (Function::Delay3, &["input", "delay time"], Each(&[Any, Time], As(0))),
    (Function::Delay3I, &["input", "delay time", "initial value"], Each(&[Any, Time, As(0)], As(0))),
    (Function::ElmCount, &["range"], Each(&[Any], Number)),
    (Function::Exp, &["x"], Pure),
    (Function::Forecast, &["input", "average time", "horizon"], Each(&[Any, Time, Time], As(0))),
    (Function::Game, &["x"], OfFirst),
    (Function::GammaLn, &["x"], Pure),
    (Function::IfThenElse, &["condition", "if true", "if false"], Own),
    (Function::Initial, &["x"], OfFirst),
    (Function::Integ, &["rate", "initial value"], Each(&[Any, TimesTime(0)], TimesTime(0))),
    (Function::Integer, &["x"], OfFirst),
    (Function::Ln, &["x"], Pure),
    (Function::Log, &["x", "base"], Own),
    (Function::LookupBackward, &["lookup", "x"], Each(&[Any, Any], As(0))),
    (Function::LookupExtrapolate, &["lookup", "x"], Each(&[Any, Any], As(0))),
    (Function::LookupForward, &["lookup", "x"], Each(&[Any, Any], As(0))),
    (Function::LookupInvert, &["lookup", "y"], Each(&[Any, Any], Any)),
    (Function::Max, &["a", "b"], Alike),
    (Function::Min, &["a", "b"], Alike),
    (Function::Modulo, &["x", "base"], OfFirst),
    (Function::Npv, &["stream", "discount rate", "initial value", "factor"], Own),
    (Function::Power, &["base", "exponent"], Own),
    (Function::Prod, &["x[range!]"], Own),
    (Function::Pulse, &["start", "width"], Each(&[Time, Time], Number)),
    (Function::PulseTrain, &["start", "width", "time between", "end"], Each(&[Time, Time, Time, Time], Number)),
    (Function::Quantum, &["x", "quantum"], OfFirst),
    (Function::Ramp, &["slope", "start", "end"], Each(&[Fitting, Time, Time], TimesTime(0))),
    (Function::Random01, &[], Each(&[], Number)),
    (Function::RandomExponential, &["least", "greatest", "shift", "stretch", "seed"], Own),
    (Function::RandomNormal, &["least", "greatest", "mean", "deviation", "seed"], Own),
    (Function::RandomUniform, &["least", "greatest", "seed"], Own),
    (Function::SampleIfTrue, &["condition", "input", "initial value"], Each(&[Any, Any, As(1)], As(1))),
    (Function::Sin, &["x"], Pure),
    (Function::Sinh, &["x"], Pure),
    (Function::Smooth, &["input", "delay time"], Each(&[Any, Time], As(0))),
    (Function::SmoothN, &["input", "delay time", "initial value", "order"], Each(&[Any, Time, As(0), Any], As(0))),
    (Function::Smooth3, &["input", "delay time"], Each(&[Any, Time], As(0))),
    (Function::Smooth3I, &["input", "delay time", "initial value"], Each(&[Any, Time, As(0)], As(0))),
    (Function::SmoothI, &["input", "delay time", "initial value"], Each(&[Any, Time, As(0)], As(0))),
    (Function::Sqrt, &["x"], Own),
    (Function::Step, &["height", "time"], Each(&[Fitting, Time], As(0))),
    (Function::Sum, &["x[range!]"], OfFirst),
    (Function::Tan, &["x"], Pure),
    (Function::Tanh, &["x"], Pure),
    (Function::Trend, &["input", "average time", "initial trend"], Each(&[Any, Time, PerTime], PerTime)),
    (Function::VectorElmMap, &["x[element]", "offset"], Each(&[Any, Any], As(0))),
    (Function::VectorRank, &["x[range]", "direction"], Each(&[Any, Any], Number)),
    (Function::VectorReorder, &["x[range]", "order[range]"], Each(&[Any, Any], As(0))),
    (
        Function::VectorSelect,
        &["selection[range!]", "x[range!]", "missing", "action", "error action"],
        Each(&[Any, Any, Any, Any, Any], As(1)),
    ),
    (Function::VectorSortOrder, &["x[range]", "direction"], Each(&[Any, Any], Number)),
    (Function::Vmax, &["x[range!]"], OfFirst),
    (Function::Vmin, &["x[range!]"], OfFirst),
    (Function::Xidz, &["a", "b", "otherwise"], Own),
    (Function::Zidz, &["a", "b"], Each(&[Any, Any], Ratio(0, 1))),
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
    use super::{FUNCTIONS, UnitOf, UnitRule};

    #[test]
    fn every_function_has_its_row_at_its_place() {
        for (index, (function, _, _)) in FUNCTIONS.iter().enumerate() {
            assert_eq!(*function as usize, index, "{function:?}");
        }
    }
    #[test]
    fn every_argument_has_a_unit_that_looks_at_those_before_it() {
        for (function, parameters, rule) in FUNCTIONS {
            let UnitRule::Each(arguments, value) = rule else { continue };
            assert_eq!(arguments.len(), parameters.len(), "{function:?}");
            for (known, unit) in arguments.iter().chain([value]).enumerate() {
                let looked_at = match unit {
                    UnitOf::As(one) | UnitOf::TimesTime(one) => *one + 1,
                    UnitOf::Ratio(above, below) => above.max(below) + 1,
                    UnitOf::Any | UnitOf::Fitting | UnitOf::Number | UnitOf::Time | UnitOf::PerTime => 0,
                };
                assert!(looked_at <= known, "{function:?}: {unit:?}");
            }
        }
    }
}
