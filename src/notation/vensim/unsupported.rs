//! Functions of Vensim that are not read, each with what to do instead.

use crate::model::Name;

const CHANCE: &str = "chance belongs to a study's uncertainties, drawn once for each run: make it a constant, and give it a distribution in the scenario";
const FILES: &str =
    "no other file is read: write the numbers into the model as a table or lookup, or give them in the scenario";
const VECTORS: &str = "write it with SUM, PROD, VMIN or VMAX over a subscript with `!`";
const SHARING: &str = "write the sharing rule out with MIN, MAX and SUM";
const LOOKUPS: &str = "call the lookup itself, `Name(x)`: straight lines between the points, held at both ends";
const DELAYS: &str = "use DELAY FIXED, DELAY1, DELAY3 or DELAY N";
const OPTIMISING: &str = "optimising belongs to a study, not to the model";
const TIMING: &str = "write it with IF THEN ELSE, SAMPLE IF TRUE or a stock";

/// The functions by their names, in the order of the alphabet.
const UNSUPPORTED: &[(&str, &str)] = &[
    ("ALLOC P", SHARING),
    ("ALLOCATE AVAILABLE", SHARING),
    ("ALLOCATE BY PRIORITY", SHARING),
    ("COSH", "use EXP, `(EXP(x) + EXP(-x))/2`"),
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
    ("ELMCOUNT", "write the number of elements, or `SUM(One[Range!])` with a constant `One[Range] = 1`"),
    ("FIND MARKET PRICE", SHARING),
    ("FIND ZERO", OPTIMISING),
    ("GAMMA LN", "give the value as a lookup or constant"),
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
    ("LOOKUP BACKWARD", LOOKUPS),
    ("LOOKUP EXTRAPOLATE", LOOKUPS),
    ("LOOKUP FORWARD", LOOKUPS),
    ("LOOKUP INVERT", LOOKUPS),
    ("LOOKUP SLOPE", LOOKUPS),
    ("MARKETP", SHARING),
    ("MESSAGE", "remove it"),
    ("QUANTUM", "use `quantum * INTEGER(x / quantum)`"),
    ("QUEUE AGE AVERAGE", "use stocks, one for each stage of the queue"),
    ("QUEUE AGE IN RANGE", "use stocks, one for each stage of the queue"),
    ("QUEUE AGE OLDEST", "use stocks, one for each stage of the queue"),
    ("QUEUE ATTRIB AVERAGE", "use stocks, one for each stage of the queue"),
    ("QUEUE FIFO", "use stocks, one for each stage of the queue"),
    ("RANDOM 0 1", CHANCE),
    ("RANDOM BETA", CHANCE),
    ("RANDOM BINOMIAL", CHANCE),
    ("RANDOM EXPONENTIAL", CHANCE),
    ("RANDOM GAMMA", CHANCE),
    ("RANDOM LOOKUP", CHANCE),
    ("RANDOM NEGATIVE BINOMIAL", CHANCE),
    ("RANDOM NORMAL", CHANCE),
    ("RANDOM PINK NOISE", CHANCE),
    ("RANDOM POISSON", CHANCE),
    ("RANDOM TRIANGULAR", CHANCE),
    ("RANDOM UNIFORM", CHANCE),
    ("RANDOM WEIBULL", CHANCE),
    ("REINITIAL", "use INITIAL"),
    ("SAMPLE UNTIL", "use SAMPLE IF TRUE"),
    ("SHIFT IF TRUE", TIMING),
    ("SIMULTANEOUS", "solve the circle by hand, or break it with a stock"),
    ("SINH", "use EXP, `(EXP(x) - EXP(-x))/2`"),
    ("SINTEG", "use INTEG"),
    ("SSHAPE", "write the curve as a lookup, or with EXP"),
    ("SUPPLY AT PRICE", SHARING),
    ("TANH", "use EXP, `1 - 2/(EXP(2*x) + 1)`"),
    ("TIME BASE", "use the variable `Time`"),
    ("TIME SHIFT", "use DELAY FIXED"),
    ("VECTOR ELM MAP", "name the element, or map one range to another with `->`"),
    ("VECTOR LOOKUP", LOOKUPS),
    ("VECTOR RANK", VECTORS),
    ("VECTOR REORDER", VECTORS),
    ("VECTOR SELECT", VECTORS),
    ("VECTOR SORT ORDER", VECTORS),
];

/// What to do instead of this function, if it is one of Vensim's that are not read.
pub(super) fn instead_of(name: &Name) -> Option<&'static str> {
    UNSUPPORTED.iter().find(|(function, _)| function.eq_ignore_ascii_case(name.key())).map(|(_, instead)| *instead)
}

#[cfg(test)]
mod tests {
    use super::{UNSUPPORTED, instead_of};
    use crate::model::{Function, Name};

    #[test]
    fn no_function_is_both_supported_and_not() {
        for (name, _) in UNSUPPORTED {
            assert_eq!(Function::named(&Name::new(name)), None, "{name}");
        }
        assert!(instead_of(&Name::new("random normal")).is_some());
    }

    #[test]
    fn the_list_is_in_order() {
        assert!(UNSUPPORTED.is_sorted_by(|(a, _), (b, _)| a < b));
    }
}
