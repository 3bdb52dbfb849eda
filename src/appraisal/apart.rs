//! What of the spread of the answer comes from how the model is built, apart from what comes from its numbers.
//!
//! Choices of structure that nobody can settle by measuring one more thing (what care pays for a QALY at the margin, how long effects
//! last, what a raid takes first) are drawn as numbers are, so that the interval of the answer holds them. Here they are told by
//! themselves: the mean of net health over the third of draws in which each is lowest and the third in which it is highest, and the
//! share of variance that a straight line through the ranks of all of them describes, less what as many inputs without any effect
//! would describe by chance (adjusted R squared; Ezekiel 1930). What they do only together is not in that share.

use std::io;

use nalgebra::{Cholesky, DMatrix, DVector};

use crate::quantity::Unit;

use super::evaluation::Evaluation;
use super::findings::MeasureFinding;
use super::key::PriceBase;
use super::measure::deciding;
use super::measure::net_health::NET_QALYS;
use super::statistic::{Estimate, Statistic, mean};

/// The outcome of the share of variance that structure describes.
pub const SHARE_OF_SPREAD: &str = "share-of-spread";
/// The group of the share of all structure together.
pub const ALL_STRUCTURE: &str = "all of structure";

/// Fewer draws than this for each choice of structure tell nothing of it.
const DRAWS_FOR_EACH: usize = 10;

/// The group of a mean over the draws in which a choice of structure is lowest.
pub fn lowest_third(label: &str) -> String {
    format!("{label}, lowest third")
}

/// The group of a mean over the draws in which it is highest.
pub fn highest_third(label: &str) -> String {
    format!("{label}, highest third")
}

/// A choice of structure, draw by draw.
#[derive(Debug, Clone, PartialEq)]
pub struct StructuralInput {
    /// As people read it.
    pub label: String,
    /// Its value in each kept draw.
    pub values: Vec<f64>,
}

/// Net health of each strategy by choice of structure; nothing where there are too few draws, or no net health.
///
/// # Errors
/// The sample cannot be read any more.
pub fn apart(of: &Evaluation<'_>, inputs: &[StructuralInput]) -> io::Result<Vec<MeasureFinding>> {
    let mut found = Vec::new();
    if inputs.is_empty() || of.sample.draws < DRAWS_FOR_EACH * (inputs.len() + 1) {
        return Ok(found);
    }
    let ranks: Vec<Vec<f64>> = inputs.iter().map(|input| ranks(&input.values)).collect();
    for strategy in 0..of.terms.strategies {
        let measures = deciding::measures(&of.subject(strategy));
        let Some(net) = measures.into_iter().find(|one| one.key.outcome == NET_QALYS) else { continue };
        let Some(draws) = of.draws(&net)? else { continue };
        let mut add = |outcome: &str, group: String, unit: Unit, statistic, estimate| {
            found.push(MeasureFinding {
                strategy,
                comparator: net.key.comparator,
                outcome: outcome.to_owned(),
                group,
                unit,
                price_base: PriceBase::None,
                estimates: vec![(statistic, estimate)],
            });
        };
        for (input, ranks) in inputs.iter().zip(&ranks) {
            let (low, high) = thirds(ranks, &draws);
            add(NET_QALYS, lowest_third(&input.label), Unit::Qalys, Statistic::Mean, low);
            add(NET_QALYS, highest_third(&input.label), Unit::Qalys, Statistic::Mean, high);
        }
        if let Some(share) = described(&ranks, &draws) {
            add(SHARE_OF_SPREAD, ALL_STRUCTURE.to_owned(), Unit::Share, Statistic::Mean, share);
        }
    }
    Ok(found)
}

/// The place of each value among all, from -1 to 1; of equals the earlier draw comes first.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|one, other| values[*one].total_cmp(&values[*other]));
    let mut ranks = vec![0.0; values.len()];
    for (place, draw) in order.into_iter().enumerate() {
        ranks[draw] = (2 * place + 1) as f64 / values.len() as f64 - 1.0;
    }
    ranks
}

/// Means over the third of draws with the lowest ranks, and over the third with the highest.
fn thirds(ranks: &[f64], draws: &[f64]) -> (Estimate, Estimate) {
    let of = |kept: &dyn Fn(f64) -> bool| {
        let kept: Vec<f64> = ranks.iter().zip(draws).filter(|(rank, _)| kept(**rank)).map(|(_, draw)| *draw).collect();
        mean(&kept)
    };
    (of(&|rank| rank < -1.0 / 3.0), of(&|rank| rank > 1.0 / 3.0))
}

/// The share of variance that a straight line through these inputs describes, adjusted for their number, at least 0; none where the
/// inputs cannot be told from each other or nothing varies.
fn described(inputs: &[Vec<f64>], draws: &[f64]) -> Option<Estimate> {
    let (count, number) = (draws.len(), inputs.len());
    let middle = mean(draws).value;
    let deviations: Vec<f64> = draws.iter().map(|draw| draw - middle).collect();
    let product = |one: &[f64], other: &[f64]| one.iter().zip(other).map(|(one, other)| one * other).sum::<f64>();
    let all = product(&deviations, &deviations);
    let squares = DMatrix::from_fn(number, number, |row, column| product(&inputs[row], &inputs[column]));
    let against = DVector::from_fn(number, |row, _| product(&inputs[row], &deviations));
    let line = Cholesky::new(squares)?.solve(&against);
    let plain = line.dot(&against) / all;
    let adjusted = 1.0 - (1.0 - plain) * (count - 1) as f64 / (count - number - 1) as f64;
    let share = adjusted.clamp(0.0, 1.0);
    // The error of a squared multiple correlation in large samples (Olkin and Finn 1995).
    let error = 2.0 * share.sqrt() * (1.0 - share) / (count as f64).sqrt();
    share.is_finite().then_some(Estimate { value: share, error })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{described, ranks, thirds};

    #[test]
    fn ranks_run_from_end_to_end_and_their_mean_is_nothing() {
        assert_eq!(ranks(&[7.0, -1.0, 7.0, 2.0]), [0.25, -0.75, 0.75, -0.25]);
    }

    #[test]
    fn thirds_are_those_of_the_input_and_not_of_the_answer() {
        // Nine draws; the input falls as the draws go, the answer is the draw's number.
        let input: Vec<f64> = (0..9).map(|draw| -f64::from(draw)).collect();
        let answer: Vec<f64> = (0..9).map(f64::from).collect();
        let (low, high) = thirds(&ranks(&input), &answer);
        assert_eq!((low.value, high.value), (7.0, 1.0));
    }

    #[test]
    fn a_share_is_what_the_line_describes_and_chance_is_taken_off() {
        // Two inputs that are not correlated: four corners, each with the answers 10 a + 5 b - 3, and + 3: of a variance of 100 + 25 + 9
        // in each draw, 125 are described. With 400 draws: 1 - (9 / 134) * 399 / 397.
        let corners = [(-1.0, -1.0), (-1.0, 1.0), (1.0, -1.0), (1.0, 1.0)];
        let all: Vec<(f64, f64, f64)> = (0..400)
            .map(|draw| {
                let (a, b) = corners[draw % 4];
                (a, b, 10.0 * a + 5.0 * b + if draw % 8 < 4 { 3.0 } else { -3.0 })
            })
            .collect();
        let inputs = [all.iter().map(|one| one.0).collect(), all.iter().map(|one| one.1).collect::<Vec<f64>>()];
        let answers: Vec<f64> = all.iter().map(|one| one.2).collect();
        let found = described(&inputs, &answers).unwrap();
        assert!((found.value - (1.0 - 9.0 / 134.0 * 399.0 / 397.0)).abs() < 1e-12, "{found:?}");
        // An input twice over is none of its own.
        assert_eq!(described(&[inputs[0].clone(), inputs[0].clone()], &answers), None);
    }
}
