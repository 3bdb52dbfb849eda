//! Drawing until what is reported is precise enough: rounds that double, by the rule of the command or of the scenario, and what
//! to say in the end.

use serde::{Deserialize, Serialize};

use crate::answer::fact::strategy_id;
use crate::appraisal::findings::Findings;
use crate::appraisal::pairs::Ranking;
use crate::appraisal::ranking::Decision;
use crate::appraisal::stopping::{DecisionPrecision, Precision, Stopping, Verdict, Watched, watched_of};
use crate::explain::command as code;
use crate::study::Study;
use crate::words;
use engine::diagnostic::{Diagnostic, Diagnostics};
use engine::sampling::{Design, Sampling};

use super::arguments::Run;
use super::watched::{self, Held};

/// As many draws as a study takes in the end, if nothing else is said.
const USUAL_MOST: u64 = 65_536;

/// Fewer repetitions of a Latin hypercube tell its error badly.
const FEWEST_HYPERCUBES: u64 = 8;

/// How precise results must be, and how many draws may be taken for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Until {
    /// A part of one; none where outcomes have tolerances of their own alone.
    precision: Option<f64>,
    most: u64,
    /// Looks at most.
    rounds: Option<u32>,
    /// Whether the choice is watched too.
    choice: bool,
    /// What the scenario names.
    held: Vec<Held>,
}

/// What the command line says of stopping.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// Nothing: as the scenario says, with these draws at most if they are named.
    AsTheScenario(Option<u64>),
    /// As many draws as are asked for, whatever the scenario says.
    Never,
    /// By this rule, whatever the scenario says.
    By(Until),
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
    /// The outcomes that the scenario names, each with its own tolerance if it has one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    outcomes: Vec<String>,
    settled: bool,
    /// What was not precise yet.
    missing: Vec<String>,
}

/// What the command line asks for; what is wrong with it goes to `found`. `most_draws` is what is possible at all.
pub fn asked(run: &Run, most_draws: u64, found: &mut Diagnostics) -> Asked {
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
    let Some(typed) = run.until.as_deref() else { return Asked::AsTheScenario(run.at_most) };
    if typed.trim() == "never" {
        return Asked::Never;
    }
    let precision = typed.trim().strip_suffix('%').and_then(|number| number.trim().parse::<f64>().ok());
    match precision {
        Some(percent) if percent > 0.0 && percent < 100.0 => {
            let precision = Some(percent / 100.0);
            return Asked::By(Until { precision, most, rounds: None, choice: true, held: Vec::new() });
        }
        Some(_) => {
            let message = format!("--until {typed} is a precision that is met never, or always");
            found.push(Diagnostic::error(code::NO_PRECISION, message).hint("write more than 0% and less than 100%"));
        }
        None => {
            found.push(
                Diagnostic::error(code::NO_PRECISION, format!("--until {typed} is no precision"))
                    .hint("write a percentage, such as --until 1%"),
            );
        }
    }
    Asked::Never
}

impl Asked {
    /// The rule for a study: that of the command line, else that of its scenario, if either has one.
    ///
    /// # Errors
    /// There is a number of draws at most, and no rule to stop by before them.
    pub fn of(self, study: &Study) -> Result<Option<Until>, Diagnostic> {
        let typed = match self {
            Self::By(until) => return Ok(Some(until)),
            Self::Never => return Ok(None),
            Self::AsTheScenario(typed) => typed,
        };
        let Some(rule) = &study.scenario.stopping else {
            return match typed {
                None => Ok(None),
                Some(most) => {
                    let message = format!("--at-most {most}, and nothing says when to stop before");
                    Err(Diagnostic::error(code::NO_ROUNDS, message)
                        .hint("add --until 1%, or [stopping] to the scenario"))
                }
            };
        };
        let within = rule.outcomes.iter().map(|_| None).chain(rule.within.iter().map(|(_, within)| Some(*within)));
        // They were looked up when the study was made ready.
        let labels = study.watched().unwrap_or_default();
        let most = typed.or(rule.at_most.as_ref().map(|most| most.value)).unwrap_or(USUAL_MOST);
        Ok(Some(Until {
            precision: rule.precision,
            most: most.max(study.sampling.draws),
            rounds: rule.rounds,
            choice: rule.choice,
            held: labels.into_iter().zip(within).map(|(label, within)| Held { label, within }).collect(),
        }))
    }
}

/// The rounds of a study.
pub struct Rounds<'a> {
    until: &'a Until,
    stopping: Stopping,
    /// Draws in the end at most.
    most: u64,
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
        let doubled = until.rounds.map_or(u64::MAX, |rounds| {
            first.draws.saturating_mul(1_u64.checked_shl(rounds.saturating_sub(1)).unwrap_or(u64::MAX))
        });
        let most = until.most.max(first.draws).min(doubled);
        let relative = until.precision.unwrap_or(0.0);
        Self {
            until,
            stopping: Stopping::new(Precision { absolute: 0.0, relative }, first.draws, most),
            most,
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
        let Until { precision, held, .. } = self.until;
        let mut watched = match (precision, held.iter().any(|one| one.within.is_none())) {
            (Some(_), false) => watched::usual(findings),
            _ => Vec::new(),
        };
        watched.extend(held.iter().flat_map(|one| watched::named(findings, one)));
        if let (Some(part), Some(ranking)) = (precision.filter(|_| self.until.choice), watched::deciding(findings)) {
            watched.extend(self.decision(part, findings, ranking));
            self.before = Some(ranking.decision.clone());
        }
        let missing = match self.stopping.look(&watched) {
            Verdict::GoOn { .. } => return None,
            Verdict::Settled => Vec::new(),
            Verdict::Exhausted { missing } => missing,
        };
        Some(Stopped {
            until: self.until.described(),
            at_most: self.most,
            rounds: self.rounds.clone(),
            replicates: last.replicates,
            outcomes: held.iter().map(Held::described).collect(),
            settled: missing.is_empty(),
            missing,
        })
    }

    fn decision(&self, part: f64, findings: &Findings, ranking: &Ranking) -> Vec<Watched> {
        let measures = findings.measures.iter();
        let widths = measures.filter(|one| one.outcome == ranking.outcome && one.group == ranking.group);
        let widths = widths.map(|one| watched::width(&one.estimates));
        let precision = DecisionPrecision {
            best: part,
            // It is a small difference of large numbers, and moves more than either.
            information: 5.0 * part,
            indifference: part * widths.fold(0.0, f64::max),
        };
        // Doing nothing stands last where it is ranked.
        let names: Vec<String> =
            (0..ranking.decision.best.len()).map(|one| strategy_id(findings, Some(one)).to_owned()).collect();
        watched_of(&names, &ranking.decision, self.before.as_ref(), precision)
    }
}

impl Until {
    /// How precise is enough, in a few words.
    fn described(&self) -> String {
        let general = self.precision.map(|precision| format!("{}%", (precision * 1e8).round() / 1e6));
        match (general, self.held.iter().any(|one| one.within.is_some())) {
            (Some(general), false) => general,
            (Some(general), true) => format!("{general} or its own tolerance"),
            (None, _) => "its tolerance".to_owned(),
        }
    }
}

impl Stopped {
    /// How many draws were taken, and why no more.
    pub fn described(&self) -> String {
        let draws = words::exact(self.rounds.last().copied().unwrap_or(0));
        let looks = self.rounds.len();
        let s = if looks == 1 { "" } else { "s" };
        if self.settled {
            return format!(
                "Stopped at {draws} draws, after {looks} round{s}: all that is watched is within {}",
                self.until
            );
        }
        let (listed, rest) = self.missing.split_at(self.missing.len().min(3));
        let more = if rest.is_empty() { String::new() } else { format!(", and {} more", rest.len()) };
        let most = words::exact(self.at_most);
        format!(
            "Stopped at {draws} draws, since {most} are the most allowed: not within {} yet: {}{more}",
            self.until,
            listed.join("; ")
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

#[cfg(test)]
mod tests {
    use super::{Round, Rounds, Until, first};
    use crate::report::fixture;
    use engine::sampling::{Design, Sampling};

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
            let until = Until { precision: Some(1e-4), most: 256, rounds: None, choice: true, held: Vec::new() };
            let sampling = Sampling { draws: 128, seed: 1, design };
            let mut rounds = Rounds::new(&until, &sampling, 1);
            assert!(rounds.look(&fixture::findings()).is_none());
            assert_eq!(rounds.now(), Round { draws: 256, replicates });
            let stopped =
                rounds.look(&fixture::findings()).map(|one| (one.rounds.clone(), one.settled, one.described()));
            let (drawn, settled, message) = stopped.unwrap_or_default();
            assert_eq!((drawn, settled), (vec![128, 256], false));
            assert!(
                message.starts_with("Stopped at 256 draws, since 256 are the most allowed: not within 0.01%"),
                "{message}"
            );
        }
    }
}
