//! How a command that draws ends: whether its runs went well enough, by one rule for all of them ([`Tally`]).

use crate::explain::study::NONE_SURVIVED;
use crate::study::{ONE_IN, Tally, TooMany};
use crate::words;
use engine::diagnostic::{Diagnostics, Sources};

use super::{Ending, Failure, terminal};

/// How it ends, said where too many runs failed. `called` says what draws are called if those that are left out are to be told
/// here: `draws`, or `points`.
pub fn judged(tally: &Tally, called: Option<&str>) -> Ending {
    if let Some(called) = called.filter(|_| tally.left_out > 0) {
        let (out, all) = (words::exact(tally.left_out), words::exact(tally.all));
        terminal::remark(&format!(
            "{out} of {all} {called} are left out of all results, since a value in them is no number"
        ));
    }
    match tally.too_many() {
        None => Ending::Done,
        Some(TooMany::LeftOut) => Ending::RunsFailed,
        Some(TooMany::Unaccounted) => {
            let audit = tally.audit.as_ref().map_or(String::new(), |audit| format!(" (`{audit}`)"));
            terminal::remark(&format!(
                "People or money are not accounted for in more than {} of runs{audit}: do not use these results",
                words::chance(1.0 / ONE_IN as f64),
            ));
            Ending::RunsFailed
        }
    }
}

/// A command that came to no end. That no draw is left is no fault of how the inputs are written: it ran, and too many runs failed.
pub fn failure(found: Diagnostics, sources: Sources) -> Failure {
    let ending =
        if found.iter().any(|one| one.code == NONE_SURVIVED) { Ending::RunsFailed } else { Ending::InputsWrong };
    Failure { found, sources, ending }
}
