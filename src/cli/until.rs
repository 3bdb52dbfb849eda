//! Drawing until what is reported is precise enough: rounds that double, what each is looked at for, and what to say in the end.

use serde::{Deserialize, Serialize};

use crate::appraisal::findings::{Comparator, Findings, Measure, PriceBase};
use crate::appraisal::pairs::Ranking;
use crate::appraisal::ranking::Decision;
use crate::appraisal::statistic::{Estimate, Statistic};
use crate::appraisal::stopping::{DecisionPrecision, Precision, Stopping, Verdict, Watched, watched_of};
use crate::diagnostic::catalogue::command as code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::report::{lead_service, words};
use crate::sampling::{Design, Sampling};

use super::arguments::Run;

/// As many draws as a study takes in the end, if nothing else is said.
const USUAL_MOST: u64 = 65_536;

/// Fewer repetitions of a Latin hypercube tell its error badly.
const FEWEST_HYPERCUBES: u64 = 8;

/// How precise results must be, and how many draws may be taken for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Until {
    /// A part of one.
    precision: f64,
    most: u64,
}

/// How a study was ended, for its manifest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stopped {
    until: String,
    at_most: u64,
    /// The draws of each round, those of the rounds before among them.
    rounds: Vec<u64>,
    /// Independent repetitions of the design in the last round.
    replicates: u64,
    settled: bool,
    /// What was not precise yet.
    missing: Vec<String>,
}

/// What the command line asks for; what is wrong with it goes to `found`. `most_draws` is what is possible at all.
pub fn asked(run: &Run, most_draws: u64, found: &mut Diagnostics) -> Option<Until> {
    let typed = run.until.as_deref()?;
    let most = run.at_most.unwrap_or(USUAL_MOST.max(run.draws.unwrap_or(0)));
    let possible = run.draws.unwrap_or(1).max(1)..=most_draws;
    if run.at_most.is_some() && !possible.contains(&most) {
        let (why, hint) = if most > most_draws {
            (format!("is more than the {} possible", words::exact(most_draws)), "name fewer, or leave --at-most out")
        } else {
            (
                "leaves no room for the first round".to_owned(),
                "name more draws than the first round takes, such as 65536",
            )
        };
        found.push(Diagnostic::error(code::NO_ROUNDS, format!("--at-most {most} {why}")).hint(hint));
    }
    let precision = typed.trim().strip_suffix('%').and_then(|number| number.trim().parse::<f64>().ok());
    match precision {
        Some(percent) if percent > 0.0 && percent < 100.0 => Some(Until { precision: percent / 100.0, most }),
        Some(_) => {
            let message = format!("--until {typed} is a precision that is met never, or always");
            found.push(Diagnostic::error(code::NO_PRECISION, message).hint("write more than 0% and less than 100%"));
            None
        }
        None => {
            found.push(
                Diagnostic::error(code::NO_PRECISION, format!("--until {typed} is no precision"))
                    .hint("write a percentage, such as --until 1%"),
            );
            None
        }
    }
}

/// The rounds of a study.
pub struct Rounds<'a> {
    until: &'a Until,
    stopping: Stopping,
    /// What the first round takes.
    first: Round,
    rounds: Vec<u64>,
    design: Design,
    before: Option<Decision>,
}

/// Draws, and the repetitions of the design they fall into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Round {
    /// Draws in all.
    pub draws: u64,
    /// Repetitions.
    pub replicates: u64,
}

impl<'a> Rounds<'a> {
    /// Rounds that begin with so many draws and repetitions, or a little less where the design is even only so.
    pub fn new(until: &'a Until, sampling: &Sampling, replicates: u64) -> Self {
        let first = first(sampling.design, sampling.draws.min(until.most), replicates.max(1));
        Self {
            until,
            stopping: Stopping::new(
                Precision { absolute: 0.0, relative: until.precision },
                first.draws,
                until.most.max(first.draws),
            ),
            first,
            rounds: Vec::new(),
            design: sampling.design,
            before: None,
        }
    }

    /// What the round now to be drawn takes. A Latin hypercube cannot grow, so hypercubes of one size become more; the other
    /// designs grow by themselves. Either way a round begins with the one before.
    pub fn now(&self) -> Round {
        let draws = self.stopping.draws();
        let replicates = match self.design {
            Design::LatinHypercube => self.first.replicates * (draws / self.first.draws),
            Design::Random | Design::Sobol => self.first.replicates,
        };
        Round { draws, replicates }
    }

    /// Looks at what this round has found; how the study was ended, if it is.
    pub fn look(&mut self, findings: &Findings) -> Option<Stopped> {
        let last = self.now();
        self.rounds.push(last.draws);
        let mut watched = watched(findings);
        if let Some(ranking) = deciding(findings) {
            watched.extend(self.decision(findings, ranking));
            self.before = Some(ranking.decision.clone());
        }
        let missing = match self.stopping.look(&watched) {
            Verdict::GoOn { .. } => return None,
            Verdict::Settled => Vec::new(),
            Verdict::Exhausted { missing } => missing,
        };
        Some(Stopped {
            until: self.until.told(),
            at_most: self.until.most,
            rounds: self.rounds.clone(),
            replicates: last.replicates,
            settled: missing.is_empty(),
            missing,
        })
    }

    fn decision(&self, findings: &Findings, ranking: &Ranking) -> Vec<Watched> {
        let part = self.until.precision;
        let measures = findings.measures.iter();
        let widths = measures.filter(|one| one.outcome == ranking.outcome && one.group == ranking.group).map(width);
        let precision = DecisionPrecision {
            best: part,
            // It is a small difference of large numbers, and moves more than either.
            information: 5.0 * part,
            indifference: part * widths.fold(0.0, f64::max),
        };
        let names: Vec<String> = findings.strategies.iter().map(|one| one.id.clone()).collect();
        watched_of(&names, &ranking.decision, self.before.as_ref(), precision)
    }
}

impl Until {
    /// As it may be typed.
    fn told(&self) -> String {
        format!("{}%", (self.precision * 1e8).round() / 1e6)
    }
}

impl Stopped {
    /// How many draws were taken, and why no more.
    pub fn told(&self) -> String {
        let draws = words::exact(self.rounds.last().copied().unwrap_or(0));
        let looks = self.rounds.len();
        let s = if looks == 1 { "" } else { "s" };
        if self.settled {
            return format!(
                "Stopped at {draws} draws, after {looks} round{s}: all that is watched is within {}",
                self.until
            );
        }
        let (shown, rest) = self.missing.split_at(self.missing.len().min(3));
        let more = if rest.is_empty() { String::new() } else { format!(", and {} more", rest.len()) };
        let most = words::exact(self.at_most);
        format!(
            "Stopped at {draws} draws, since {most} are the most allowed: not within {} yet: {}{more}",
            self.until,
            shown.join("; ")
        )
    }
}

fn first(design: Design, draws: u64, replicates: u64) -> Round {
    let replicates = match design {
        Design::LatinHypercube => replicates.max(FEWEST_HYPERCUBES),
        Design::Random | Design::Sobol => replicates,
    };
    let replicates = replicates.min(draws).max(1);
    let each = (draws / replicates).max(1);
    let each = if design == Design::Sobol { 1 << each.ilog2() } else { each };
    Round { draws: each * replicates, replicates }
}

/// The outcome that the choice is watched by: the net present value where there is one, else the first there is.
fn deciding(findings: &Findings) -> Option<&Ranking> {
    let present = findings.rankings.iter().find(|ranking| ranking.outcome == "net-present-value");
    present.or(findings.rankings.first())
}

/// What the table in the terminal shows of each strategy: means, medians and the ends of their intervals.
fn watched(findings: &Findings) -> Vec<Watched> {
    let first = findings.perspectives.first().map_or("", |one| one.id.as_str());
    let last = findings.perspectives.last().map_or("", |one| one.id.as_str());
    let shown = |measure: &&Measure| match measure.outcome.as_str() {
        "net-at-horizon" => measure.group == first,
        "net-present-value" => measure.group == last,
        "total-qalys-gained" => measure.group.is_empty(),
        _ => false,
    };
    let mut watched = Vec::new();
    for measure in findings.measures.iter().filter(shown) {
        push(&mut watched, findings, measure.strategy, &measure.outcome, &measure.estimates);
    }
    for strategy in 0..findings.strategies.len() {
        let service = lead_service(findings);
        let change = findings.find(Some(strategy), Comparator::Twin, "demand-change", service, "", PriceBase::None);
        if let Some(year) = change.and_then(|series| series.years.last()) {
            push(&mut watched, findings, strategy, "demand-change", &year.rows());
        }
    }
    watched
}

fn push(
    watched: &mut Vec<Watched>,
    findings: &Findings,
    strategy: usize,
    outcome: &str,
    estimates: &[(Statistic, Estimate)],
) {
    let width = width_of(estimates);
    let of = findings.strategies.get(strategy).map_or("", |label| label.id.as_str());
    for (statistic, estimate) in estimates {
        if matches!(statistic, Statistic::Mean | Statistic::P05 | Statistic::Median | Statistic::P95) {
            let name = format!("{} of {outcome} of {of}", statistic.name());
            watched.push(Watched::new(name, estimate.error, estimate.value.abs().max(width)));
        }
    }
}

fn width(measure: &Measure) -> f64 {
    width_of(&measure.estimates)
}

/// From one end of the interval of nine draws in ten to the other; 0 where it is not known.
fn width_of(estimates: &[(Statistic, Estimate)]) -> f64 {
    let of = |wanted| estimates.iter().find(|(statistic, _)| *statistic == wanted).map(|(_, one)| one.value);
    of(Statistic::P95).zip(of(Statistic::P05)).map_or(0.0, |(high, low)| high - low)
}

#[cfg(test)]
mod tests {
    use super::{Round, Rounds, Until, first};
    use crate::report::trial;
    use crate::sampling::{Design, Sampling};

    #[test]
    fn the_first_round_is_one_that_the_design_covers_evenly() {
        let of = |design, draws, replicates| first(design, draws, replicates);
        assert_eq!(of(Design::Random, 1_000, 1), Round { draws: 1_000, replicates: 1 });
        assert_eq!(of(Design::LatinHypercube, 1_000, 1), Round { draws: 1_000, replicates: 8 });
        assert_eq!(of(Design::LatinHypercube, 1_020, 16), Round { draws: 1_008, replicates: 16 });
        assert_eq!(of(Design::LatinHypercube, 3, 1), Round { draws: 3, replicates: 3 });
        assert_eq!(of(Design::Sobol, 1_000, 1), Round { draws: 512, replicates: 1 });
        assert_eq!(of(Design::Sobol, 1_024, 4), Round { draws: 1_024, replicates: 4 });
    }

    #[test]
    fn hypercubes_become_more_and_other_designs_grow() {
        for (design, replicates) in [(Design::LatinHypercube, 16), (Design::Random, 1), (Design::Sobol, 1)] {
            let until = Until { precision: 1e-4, most: 256 };
            let sampling = Sampling { draws: 128, seed: 1, design };
            let mut rounds = Rounds::new(&until, &sampling, 1);
            assert!(rounds.look(&trial::findings()).is_none());
            assert_eq!(rounds.now(), Round { draws: 256, replicates });
            let stopped = rounds.look(&trial::findings()).map(|one| (one.rounds.clone(), one.settled, one.told()));
            let (drawn, settled, told) = stopped.unwrap_or_default();
            assert_eq!((drawn, settled), (vec![128, 256], false));
            assert!(
                told.starts_with("Stopped at 256 draws, since 256 are the most allowed: not within 0.01%"),
                "{told}"
            );
        }
    }
}
