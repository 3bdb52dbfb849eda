//! When a study has drawn enough: rounds that double, until what is watched stands still.
//!
//! Each round takes twice the draws of the one before and begins with them. After each, whoever runs the study shows what it
//! watches; the rule says go on or stop. It stops when everything watched is precise enough at two looks in a row: one look
//! alone is passed by luck too often (Bicher M, Wastian M, Brunmeir D, Popper N (2022), "Review on Monte Carlo simulation
//! stopping rules: how many samples are really enough?", SNE 32(1), 1-8).

use super::ranking::Decision;

/// Looks in a row at which everything must be precise enough.
pub const LOOKS: u32 = 2;

/// How precise is enough: a standard error within `absolute`, or within `relative` times the scale of the number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Precision {
    /// In the unit of the number.
    pub absolute: f64,
    /// A part of one of its scale.
    pub relative: f64,
}

/// A number that must be precise before a study stops.
#[derive(Debug, Clone, PartialEq)]
pub struct Watched {
    /// As people know it.
    pub name: String,
    /// Its Monte Carlo standard error; what is not a number is never precise enough.
    pub error: f64,
    /// What its relative precision is measured by: its own size, or where it may be zero the width of its distribution.
    pub scale: f64,
    /// Its own tolerance, where that of the rule does not fit.
    pub precision: Option<Precision>,
}

impl Watched {
    /// A number measured by its own size, under the rule's precision.
    pub fn new(name: impl Into<String>, error: f64, scale: f64) -> Self {
        Self { name: name.into(), error, scale, precision: None }
    }

    fn is_precise(&self, general: Precision) -> bool {
        let Precision { absolute, relative } = self.precision.unwrap_or(general);
        self.error <= absolute.max(relative * self.scale.abs())
    }
}

/// What to do after a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Draw on, up to so many draws in all.
    GoOn {
        /// Draws of the next round, those made already among them.
        draws: u64,
    },
    /// Everything watched was precise enough at two looks in a row.
    Settled,
    /// As many draws as are allowed, and these are not precise yet.
    Exhausted {
        /// Their names, in the order in which they were shown.
        missing: Vec<String>,
    },
}

/// A study that is drawn in rounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Stopping {
    precision: Precision,
    draws: u64,
    most: u64,
    in_a_row: u32,
}

impl Stopping {
    /// Rounds of `first` draws, twice as many, and so on, and never more than `most`.
    pub fn new(precision: Precision, first: u64, most: u64) -> Self {
        let most = most.max(1);
        Self { precision, draws: first.clamp(1, most), most, in_a_row: 0 }
    }

    /// Draws of this round, those of the rounds before among them.
    pub fn draws(&self) -> u64 {
        self.draws
    }

    /// Looks at what this round has found.
    pub fn look(&mut self, watched: &[Watched]) -> Verdict {
        let missing: Vec<String> =
            watched.iter().filter(|one| !one.is_precise(self.precision)).map(|one| one.name.clone()).collect();
        self.in_a_row = if missing.is_empty() { self.in_a_row + 1 } else { 0 };
        if self.in_a_row >= LOOKS {
            return Verdict::Settled;
        }
        let next = self.draws.saturating_mul(2);
        if next > self.most {
            // A last look that is precise counts, though there is none to confirm it.
            return if missing.is_empty() { Verdict::Settled } else { Verdict::Exhausted { missing } };
        }
        self.draws = next;
        Verdict::GoOn { draws: next }
    }
}

/// How precise a decision must be before a study stops.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DecisionPrecision {
    /// Standard error of the probability that a strategy is best.
    pub best: f64,
    /// Change of the expected value of perfect information since the last look, as a part of one of its size.
    pub information: f64,
    /// Differences of less than this, in the unit of the outcome, may stay unresolved.
    pub indifference: f64,
}

/// What is watched where a decision is to be made: whether the best strategy is told from each other, how sure it is to be the
/// best, and whether the value of knowing more still moves. `before` is the decision at the look before.
pub fn watched_of(
    names: &[String],
    decision: &Decision,
    before: Option<&Decision>,
    precision: DecisionPrecision,
) -> Vec<Watched> {
    let mut watched = Vec::new();
    let own = |absolute: f64| Some(Precision { absolute, relative: 0.0 });
    for (other, comparison) in decision.against.iter().enumerate() {
        let Some(comparison) = comparison else { continue };
        // Resolved, or surely of no importance: then nothing is left to learn of this pair.
        let small = comparison.low.abs().max(comparison.high.abs()) <= precision.indifference;
        let settled = comparison.is_resolved() || small;
        watched.push(Watched {
            name: format!("{} over {}", names[decision.leader], names[other]),
            error: if settled { 0.0 } else { comparison.error },
            scale: 0.0,
            precision: own(0.0),
        });
    }
    for (strategy, best) in decision.best.iter().enumerate() {
        let name = format!("probability that {} is best", names[strategy]);
        watched.push(Watched { name, error: best.error, scale: best.value, precision: own(precision.best) });
    }
    let moved = before.map_or(f64::NAN, |before| (decision.evpi - before.evpi).abs());
    watched.push(Watched {
        name: "expected value of perfect information".to_owned(),
        error: moved,
        scale: decision.evpi,
        precision: Some(Precision { absolute: precision.indifference, relative: precision.information }),
    });
    watched
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{DecisionPrecision, Precision, Stopping, Verdict, Watched, watched_of};
    use crate::appraisal::ranking::decide;
    use engine::sampling::uniform;

    const ONE_PER_CENT: Precision = Precision { absolute: 0.0, relative: 0.01 };

    fn look(stopping: &mut Stopping, error: f64) -> Verdict {
        stopping.look(&[Watched::new("mean", error, 10.0)])
    }

    #[test]
    fn rounds_double_until_two_looks_in_a_row_are_precise() {
        let mut stopping = Stopping::new(ONE_PER_CENT, 1_024, 1 << 20);
        assert_eq!(look(&mut stopping, 0.2), Verdict::GoOn { draws: 2_048 });
        assert_eq!(look(&mut stopping, 0.09), Verdict::GoOn { draws: 4_096 });
        assert_eq!(look(&mut stopping, 0.11), Verdict::GoOn { draws: 8_192 }, "luck is not enough");
        assert_eq!(look(&mut stopping, 0.08), Verdict::GoOn { draws: 16_384 });
        assert_eq!(look(&mut stopping, 0.06), Verdict::Settled);
        assert_eq!(stopping.draws(), 16_384);
    }

    #[test]
    fn what_is_not_precise_when_draws_run_out_is_named() {
        let mut stopping = Stopping::new(ONE_PER_CENT, 1_024, 3_000);
        let watched = [Watched::new("mean", 0.01, 10.0), Watched::new("p95", f64::NAN, 10.0)];
        assert_eq!(stopping.look(&watched), Verdict::GoOn { draws: 2_048 });
        assert_eq!(stopping.look(&watched), Verdict::Exhausted { missing: vec!["p95".to_owned()] });
    }

    #[test]
    fn a_number_near_zero_is_judged_by_its_absolute_precision() {
        let precision = Precision { absolute: 0.5, relative: 0.01 };
        let mut stopping = Stopping::new(precision, 1, 8);
        let near_zero = [Watched::new("net", 0.4, 0.001)];
        assert_eq!(stopping.look(&near_zero), Verdict::GoOn { draws: 2 });
        assert_eq!(stopping.look(&near_zero), Verdict::Settled);
    }

    /// Means of draws of a uniform variable, one per cent of a mean of 1/2: s/sqrt(n) is below 0.005 from 3,334 draws on, so
    /// 4,096 is the first precise look and 8,192 the second.
    #[test]
    fn a_mean_stops_at_the_round_that_theory_says() {
        let mut stopping = Stopping::new(ONE_PER_CENT, 256, 1 << 20);
        loop {
            let draws: Vec<f64> = (0..stopping.draws()).map(|draw| uniform(1, draw, "x")).collect();
            let mean = crate::appraisal::statistic::mean(&draws);
            if stopping.look(&[Watched::new("mean", mean.error, mean.value)]) == Verdict::Settled {
                break;
            }
        }
        assert_eq!(stopping.draws(), 8_192);
    }

    #[test]
    fn a_decision_stops_when_the_leader_is_told_from_the_rest() {
        let precision = DecisionPrecision { best: 0.02, information: 0.05, indifference: 0.02 };
        let names: Vec<String> = ["a", "b"].map(str::to_owned).to_vec();
        let rounds = |gap: f64| {
            let mut stopping = Stopping::new(ONE_PER_CENT, 64, 1 << 13);
            let mut before = None;
            loop {
                let a: Vec<f64> = (0..stopping.draws()).map(|draw| uniform(1, draw, "a") + gap).collect();
                let b: Vec<f64> = (0..stopping.draws()).map(|draw| uniform(1, draw, "b")).collect();
                let decision = decide(&[a, b]).unwrap();
                let watched = watched_of(&names, &decision, before.as_ref(), precision);
                before = Some(decision);
                match stopping.look(&watched) {
                    Verdict::GoOn { .. } => {}
                    other => return (other, stopping.draws()),
                }
            }
        };
        // Apart by a standard error of 0.1 and surely within 0.5: nothing is left to learn, but within 0.1 there is.
        let small = |indifference| {
            let outcomes = [vec![0.0, 0.2, 0.0, 0.2], vec![0.1; 4]];
            let precision = DecisionPrecision { indifference, ..precision };
            watched_of(&names, &decide(&outcomes).unwrap(), None, precision)[0].error
        };
        assert_eq!(small(0.5), 0.0);
        assert!(small(0.1) > 0.05);
        let (verdict, draws) = rounds(0.2);
        assert_eq!(verdict, Verdict::Settled);
        assert!((512..=4_096).contains(&draws), "{draws}");
        // A gap of 0.003 has a standard error of 0.0045 at 8,192 draws, and lies within the indifference by then.
        let (verdict, _) = rounds(0.003);
        assert_eq!(verdict, Verdict::Settled);
    }
}
