//! Functions of Vensim that are not read, each with what to do instead.

use crate::model::Name;

const CHANCE: &str = "use RANDOM NORMAL, RANDOM UNIFORM or RANDOM EXPONENTIAL for what differs from step to step; what is drawn once for each run is a constant with a distribution in the scenario";
const FILES: &str =
    "no other file is read: write the numbers into the model as a table or lookup, or give them in the scenario";
const SHARING: &str = "use ALLOCATE AVAILABLE or ALLOCATE BY PRIORITY, or write the rule out with MIN, MAX and SUM";
const LOOKUPS: &str = "call the lookup itself, `Name(x)`: straight lines between the points, held at both ends";
const DELAYS: &str = "use DELAY FIXED, DELAY1, DELAY3 or DELAY N";
const OPTIMISING: &str = "optimising belongs to a study, not to the model";
const TIMING: &str = "write it with IF THEN ELSE, SAMPLE IF TRUE or a stock";

/// The functions by their names, in the order of the alphabet.
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

/// What to do instead of this function, if it is one of Vensim's that are not read.
pub(super) fn instead_of(name: &Name) -> Option<&'static str> {
    UNSUPPORTED.iter().find(|(function, _)| function.eq_ignore_ascii_case(name.key())).map(|(_, instead)| *instead)
}

#[cfg(test)]
mod tests {
    use super::{UNSUPPORTED, instead_of};
    use crate::model::Name;
    use crate::notation::vensim::functions;

    #[test]
    fn no_function_is_both_supported_and_not() {
        for (name, _) in UNSUPPORTED {
            assert_eq!(functions::named(&Name::new(name)), None, "{name}");
        }
        assert!(instead_of(&Name::new("random gamma")).is_some());
    }

    #[test]
    fn the_list_is_in_order() {
        assert!(UNSUPPORTED.is_sorted_by(|(a, _), (b, _)| a < b));
    }
}
