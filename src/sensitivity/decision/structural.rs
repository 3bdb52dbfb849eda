//! How much of the spread comes from how the model is built, from what the scenario says, from parameters, from chance.
//!
//! An analysis of variance of a crossed design: every structure and scenario is run on the same draws (common random
//! numbers), and each draw may be repeated where chance enters a run. Strong M, Oakley JE (2014), "When is a model good
//! enough? Deriving the expected value of model improvement via specifying internal model discrepancies", SIAM/ASA J
//! Uncertain Quantif 2: 106-125, on why structure is to be shown apart; Fisher's sums of squares as in Searle SR,
//! Casella G, McCulloch CE (1992), "Variance Components".

use super::consequences::{average, sum};
use super::error::{DecisionError, at_least, checked};

/// Where spread comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Means of structures differ.
    Structure,
    /// Means of scenarios differ.
    Scenario,
    /// Draws of the parameters differ, in every structure and scenario alike.
    Parameters,
    /// Structure and scenario, structure and parameters, scenario and parameters act differently together.
    Together,
    /// Repetitions of one draw differ.
    Chance,
}

impl Source {
    /// Its name in result files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Structure => "structure",
            Self::Scenario => "scenario",
            Self::Parameters => "parameters",
            Self::Together => "together",
            Self::Chance => "chance",
        }
    }
}

/// One source's part in the spread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Component {
    /// The source.
    pub source: Source,
    /// Its variance, in the unit of the outcome squared; noise of repetitions is taken out of the others' variances.
    pub variance: f64,
    /// The same as a share of all.
    pub share: f64,
    /// Standard error of the variance, from the draws in ten groups; `NaN` with fewer than 20 draws.
    pub error: f64,
}

/// The parts of the spread, in the order of [`Source`]. All structures weigh the same, and all scenarios.
///
/// Outcomes are `[structure][scenario][draw][repetition]`; one scenario or one repetition leaves its source at 0.
///
/// # Errors
/// Fewer than two structures or two draws, rows of unequal length, or something that is no number.
pub fn components(outcomes: &[Vec<Vec<Vec<f64>>>]) -> Result<Vec<Component>, DecisionError> {
    at_least("structures", outcomes.len(), 2)?;
    at_least("scenarios", outcomes[0].len(), 1)?;
    at_least("draws", outcomes[0][0].len(), 2)?;
    let (scenarios, draws) = (outcomes[0].len(), outcomes[0][0].len());
    let repeats = outcomes[0][0][0].len();
    at_least("repetitions", repeats, 1)?;
    for (row, structure) in outcomes.iter().enumerate() {
        if structure.len() != scenarios {
            return Err(DecisionError::TooFew { what: "scenarios", found: structure.len(), needed: scenarios });
        }
        for scenario in structure {
            if scenario.len() != draws {
                let found = scenario.len();
                return Err(DecisionError::UnequalLengths { what: "structures", row, expected: draws, found });
            }
            checked("repetitions", scenario, repeats)?;
        }
    }
    let all: Vec<usize> = (0..draws).collect();
    let whole = variances(outcomes, &all);
    let errors = jackknife(outcomes, draws);
    let total = sum(whole.iter().copied());
    let sources = [Source::Structure, Source::Scenario, Source::Parameters, Source::Together, Source::Chance];
    Ok(sources
        .into_iter()
        .enumerate()
        .map(|(index, source)| Component {
            source,
            variance: whole[index],
            share: if total > 0.0 { whole[index] / total } else { 0.0 },
            error: errors[index],
        })
        .collect())
}

/// Variances of the five sources over some of the draws.
fn variances(outcomes: &[Vec<Vec<Vec<f64>>>], draws: &[usize]) -> [f64; 5] {
    let (m, s, n) = (outcomes.len() as f64, outcomes[0].len() as f64, draws.len() as f64);
    let repeats = outcomes[0][0][0].len() as f64;
    // Means of cells `[structure][scenario][draw]`, and the variance within them.
    let mut within = 0.0;
    let cells: Vec<Vec<Vec<f64>>> = outcomes
        .iter()
        .map(|structure| {
            let of_draw = |scenario: &Vec<Vec<f64>>, draw: usize| {
                let mean = average(&scenario[draw]);
                within += sum(scenario[draw].iter().map(|value| (value - mean) * (value - mean)));
                mean
            };
            let mut of_draw = of_draw;
            structure.iter().map(|scenario| draws.iter().map(|draw| of_draw(scenario, *draw)).collect()).collect()
        })
        .collect();
    let chance = if repeats > 1.0 { within / (m * s * n * (repeats - 1.0)) } else { 0.0 };
    let grand = sum(cells.iter().flatten().flatten().copied()) / (m * s * n);
    let structures: Vec<f64> = cells.iter().map(|of| sum(of.iter().flatten().copied()) / (s * n)).collect();
    let scenarios: Vec<f64> = (0..outcomes[0].len())
        .map(|scenario| sum(cells.iter().flat_map(|of| of[scenario].iter().copied())) / (m * n))
        .collect();
    let parameters: Vec<f64> = (0..draws.len())
        .map(|draw| sum(cells.iter().flat_map(|of| of.iter().map(|scenario| scenario[draw]))) / (m * s))
        .collect();
    // Chance left in means is taken out of their spread.
    let spread = |means: &[f64], each: f64| {
        let count = means.len() as f64;
        let seen = sum(means.iter().map(|mean| (mean - grand) * (mean - grand))) / count;
        (seen - chance / each * (count - 1.0) / count, seen)
    };
    let (structure, seen_structure) = spread(&structures, s * n * repeats);
    let (scenario, seen_scenario) = spread(&scenarios, m * n * repeats);
    let (parameter, seen_parameter) = spread(&parameters, m * s * repeats);
    let seen = sum(cells.iter().flatten().flatten().map(|cell| (cell - grand) * (cell - grand))) / (m * s * n);
    let together = seen - seen_structure - seen_scenario - seen_parameter;
    let freedom = (m * s * n - 1.0 - (m - 1.0) - (s - 1.0) - (n - 1.0)) / (m * s * n);
    let together = together - chance / repeats * freedom;
    [structure.max(0.0), scenario.max(0.0), parameter.max(0.0), together.max(0.0), chance]
}

const GROUPS: usize = 10;

/// Standard errors by leaving out each of ten groups of draws in turn (Tukey's jackknife).
fn jackknife(outcomes: &[Vec<Vec<Vec<f64>>>], draws: usize) -> [f64; 5] {
    if draws < 2 * GROUPS {
        return [f64::NAN; 5];
    }
    let without: Vec<[f64; 5]> = (0..GROUPS)
        .map(|group| {
            let kept: Vec<usize> = (0..draws).filter(|draw| draw % GROUPS != group).collect();
            variances(outcomes, &kept)
        })
        .collect();
    let mut errors = [0.0; 5];
    for (index, error) in errors.iter_mut().enumerate() {
        let values: Vec<f64> = without.iter().map(|of| of[index]).collect();
        let mean = average(&values);
        let squares = sum(values.iter().map(|value| (value - mean) * (value - mean)));
        *error = (squares * (GROUPS as f64 - 1.0) / GROUPS as f64).sqrt();
    }
    errors
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{Source, components};
    use crate::sensitivity::decision::fixture::normals;

    /// The parts are known: structures at -1, 0, 1 (variance 2/3), scenarios at 0 and 2 (1), parameters 9, chance 0.25.
    #[test]
    fn parts_put_in_are_found_again() {
        let n = 4_000;
        let parameter = normals(1, n, "parameter");
        let noise: Vec<Vec<f64>> = (0..12).map(|i| normals(1, n, &format!("noise {i}"))).collect();
        let outcomes: Vec<Vec<Vec<Vec<f64>>>> = (0..3)
            .map(|structure| {
                let of = |scenario: usize, draw: usize, repeat: usize| {
                    structure as f64 - 1.0
                        + 2.0 * scenario as f64
                        + 3.0 * parameter[draw]
                        + 0.5 * noise[structure * 4 + scenario * 2 + repeat][draw]
                };
                (0..2).map(|scenario| (0..n).map(|d| (0..2).map(|r| of(scenario, d, r)).collect()).collect()).collect()
            })
            .collect();
        let found = components(&outcomes).unwrap();
        for (component, truth) in found.iter().zip([2.0 / 3.0, 1.0, 9.0, 0.0, 0.25]) {
            let far = (component.variance - truth).abs();
            assert!(far < 4.0 * component.error + 1e-3, "{component:?}, truth {truth}");
        }
        assert!((found.iter().map(|one| one.share).sum::<f64>() - 1.0).abs() < 1e-12);
        assert_eq!(found[2].source, Source::Parameters);
    }

    #[test]
    fn what_is_not_varied_has_no_part() {
        let outcomes = vec![vec![vec![vec![1.0], vec![3.0]]], vec![vec![vec![2.0], vec![4.0]]]];
        let found = components(&outcomes).unwrap();
        let variances: Vec<f64> = found.iter().map(|one| one.variance).collect();
        assert_eq!(variances, [0.25, 0.0, 1.0, 0.0, 0.0]);
        assert!(found[0].error.is_nan());
    }
}
