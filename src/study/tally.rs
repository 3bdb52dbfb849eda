//! What became of the draws of a command, and whether enough of them went well: one rule for every command that draws.
//!
//! A draw in which some value is no number is left out of all results; if none is left there is nothing to tell. A draw in which
//! people or money are not accounted for is counted, and told. Of either, one draw in a hundred is bearable: more, and the
//! command has failed though it ran.

use crate::appraisal::findings::{FaultFinding, Findings};
use crate::explain::study as code;
use engine::diagnostic::Diagnostic;

/// What became of the draws of a study, or of the points of a design.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// All that were run.
    pub all: u64,
    /// Those left out of the results, since a value in them is no number.
    pub left_out: u64,
    /// Those in which people or money are not accounted for.
    pub unaccounted: u64,
    /// The variable that says so most often, where that is known.
    pub audit: Option<String>,
}

/// Why a command has failed though it ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TooMany {
    /// Draws that are left out.
    LeftOut,
    /// Draws in which people or money are not accounted for.
    Unaccounted,
}

/// One in so many draws may be left out, and in as many people or money may not be accounted for.
pub const ONE_IN: u64 = 100;

impl Tally {
    /// Of what a run found: of the audit and the arm in which most runs fail.
    pub fn of(findings: &Findings) -> Self {
        Self::of_faults(findings.draws, findings.draws_left_out, &findings.faults)
    }

    /// Of draws in which these faults were found.
    pub fn of_faults(all: u64, left_out: u64, faults: &[FaultFinding]) -> Self {
        let worst = faults.iter().filter(|fault| fault.audit).max_by_key(|fault| fault.runs);
        Self {
            all,
            left_out,
            unaccounted: worst.map_or(0, |fault| fault.runs),
            audit: worst.map(|fault| fault.variable.clone()),
        }
    }

    /// The draws of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            all: self.all + other.all,
            left_out: self.left_out + other.left_out,
            unaccounted: self.unaccounted + other.unaccounted,
            audit: self.audit.or(other.audit),
        }
    }

    /// Whether no draw is left, so that nothing can be told.
    pub fn none_left(&self) -> bool {
        self.left_out >= self.all
    }

    /// Of what there is too much, if of anything.
    pub fn too_many(&self) -> Option<TooMany> {
        let more = |some: u64| some.saturating_mul(ONE_IN) > self.all;
        match () {
            () if more(self.unaccounted) => Some(TooMany::Unaccounted),
            () if more(self.left_out) => Some(TooMany::LeftOut),
            () => None,
        }
    }
}

/// What is told where no draw came out as numbers, of so many `draws` or `points`; `faults` are those of the first of them, up to
/// as many as `looked_at`.
pub fn none_left(all: u64, called: &str, faults: &[FaultFinding], looked_at: u64) -> Diagnostic {
    let message = format!("in each of {all} {called} some value is no number: there is nothing that could be told");
    let mut none = Diagnostic::error(code::NONE_SURVIVED, message);
    let of = if looked_at < all { format!(" (of the first {looked_at})") } else { String::new() };
    let wrong = || faults.iter().filter(|fault| !fault.value.is_finite());
    for fault in wrong().take(3) {
        none = none.hint(format!(
            "`{}` is {} in {} runs of \"{}\"{of}, first at time {}",
            fault.variable, fault.value, fault.runs, fault.arm, fault.time
        ));
    }
    if wrong().next().is_none() {
        none = none.hint("`wellspring run` of the scenario tells which variables go wrong");
    }
    none.hint("look for a time, a price or a sum of 0 among the levers and figures that it is computed from")
}

#[cfg(test)]
mod tests {
    use super::{Tally, TooMany, none_left};
    use crate::appraisal::findings::FaultFinding;

    fn fault(audit: bool, runs: u64) -> FaultFinding {
        FaultFinding {
            place: String::new(),
            arm: "Plan".to_owned(),
            variable: "Money audit".to_owned(),
            audit,
            runs,
            first_draw: 0,
            time: 1.0,
            value: 2.0,
        }
    }

    #[test]
    fn an_audit_may_fail_in_one_run_of_a_hundred() {
        let tally = |faults: &[FaultFinding]| Tally::of_faults(1_000, 0, faults);
        assert_eq!(tally(&[fault(true, 10)]).too_many(), None);
        assert_eq!(tally(&[fault(false, 900)]).too_many(), None);
        let failed = tally(&[fault(false, 1), fault(true, 11), fault(true, 3)]);
        assert_eq!((failed.too_many(), failed.unaccounted), (Some(TooMany::Unaccounted), 11));
        assert_eq!(failed.audit.as_deref(), Some("Money audit"));
    }

    #[test]
    fn one_draw_in_a_hundred_may_be_left_out() {
        let tally = |left_out: u64, all: u64| Tally { all, left_out, ..Tally::default() };
        assert_eq!(tally(0, 1).too_many().or(tally(10, 1_000).too_many()), None);
        assert_eq!(tally(11, 1_000).too_many(), Some(TooMany::LeftOut));
        assert_eq!(tally(1, 20).too_many(), Some(TooMany::LeftOut));
        assert!(tally(20, 20).none_left() && !tally(19, 20).none_left());
    }

    #[test]
    fn tallies_add_up() {
        let one = Tally { all: 5, left_out: 3, unaccounted: 2, audit: None };
        let other = Tally { all: 7, left_out: 1, unaccounted: 4, audit: Some("Money audit".to_owned()) };
        let both = Tally { all: 12, left_out: 4, unaccounted: 6, audit: Some("Money audit".to_owned()) };
        assert_eq!(one.and(other), both);
    }

    #[test]
    fn where_no_draw_is_left_what_went_wrong_is_told() {
        let wrong = FaultFinding { value: f64::NAN, ..fault(false, 4) };
        let reported = |faults: &[FaultFinding], looked_at: u64| none_left(10, "draws", faults, looked_at).hints;
        let hints = reported(&[fault(true, 9), wrong.clone()], 10);
        assert_eq!((hints.len(), &*hints[0]), (2, "`Money audit` is NaN in 4 runs of \"Plan\", first at time 1"));
        assert!(reported(std::slice::from_ref(&wrong), 9)[0].contains("\"Plan\" (of the first 9), first"));
        // Three at most; without any, who knows.
        assert_eq!(reported(&vec![wrong; 5], 10).len(), 4);
        let unknown = reported(&[fault(true, 9)], 10);
        assert!(unknown.len() == 2 && unknown[0].contains("tells which variables go wrong"), "{unknown:?}");
    }
}
