//! What it would be worth to know several inputs together before deciding, such as all that one study would tell.
//!
//! The surface is a sum of smooth curves, one an input, and of smooth products for each pair, with the penalty of both
//! (an analysis of variance in splines: Wahba G (1990), "Spline Models for Observational Data"; Gu C (2013), "Smoothing
//! Spline ANOVA Models"), in the regression of Strong M, Oakley JE, Brennan A (2014), Med Decis Making 34: 311-326.
//! What three or more inputs do only together is not seen.

use nalgebra::{DMatrix, DVector};

use super::bins::Bins;
use super::consequences::Consequences;
use super::error::{DecisionError, at_least, checked};
use super::normal::scores;
use super::partial::{Decision, FEWEST, PartialInformation, Rows};
use super::smoother::Smoother;
use super::spline::smoother;

/// The value of knowing all inputs of a group, `[input][draw]`, at each worth. Groups of more than fifteen inputs are
/// taken as a sum of curves without products; inputs beyond the hundredth add too little to be told apart from noise
/// and make the group too large.
///
/// # Errors
/// As [`information_about_each`](super::information_about_each), an empty group, or more than 100 inputs.
pub fn information_about_group(
    consequences: &Consequences,
    group: &[&[f64]],
    worths: &[f64],
) -> Result<Vec<PartialInformation>, DecisionError> {
    let draws = consequences.draws();
    at_least("draws", draws, FEWEST)?;
    at_least("inputs", group.len(), 1)?;
    checked("inputs", group, draws)?;
    if group.len() > LARGEST {
        return Err(DecisionError::OutOfRange { what: "size of a group", allowed: "from 1 to 100 inputs" });
    }
    let surface = surface(group, draws);
    let of_draw: Vec<u32> = (0..draws as u32).collect();
    let rows = Rows { of_draw: &of_draw, counts: &vec![1.0; draws] };
    Ok(worths.iter().map(|worth| Decision::new(consequences, *worth).informed_by(&surface, &rows)).collect())
}

const LARGEST: usize = 100;
/// Columns of a surface, so that ten thousand draws take a second or two.
const COLUMNS: usize = 240;

/// A column of the surface: its penalty (0: none) and its values.
type Column = (f64, Vec<f64>);

fn surface(group: &[&[f64]], draws: usize) -> Smoother {
    let scores = scores(draws);
    let size = group.len();
    // Fewer draws carry fewer columns.
    let room = COLUMNS.min(draws / 10).max(size + 1);
    let bends = (room / (2 * size)).clamp(1, 8);
    let mut columns: Vec<Column> = vec![(0.0, vec![1.0; draws])];
    let inputs: Vec<Vec<Column>> = group.iter().map(|input| curves(input, &scores, bends)).collect();
    columns.extend(inputs.iter().flatten().cloned());
    let pairs = size * (size - 1) / 2;
    let left = room.saturating_sub(columns.len());
    let deep = (1..=4).rev().find(|deep| pairs * deep * deep <= left).unwrap_or(0);
    let gentlest =
        inputs.iter().flatten().map(|column| column.0).filter(|penalty| *penalty > 0.0).fold(f64::INFINITY, f64::min);
    let gentlest = if gentlest.is_finite() { gentlest } else { 1.0 };
    for (index, one) in inputs.iter().enumerate() {
        for other in &inputs[index + 1..] {
            for (first, left) in one.iter().take(deep) {
                for (second, right) in other.iter().take(deep) {
                    let product = left.iter().zip(right).map(|(left, right)| left * right).collect();
                    // A product of two straight lines bends as much as the gentlest bend.
                    columns.push((first + second + gentlest, product));
                }
            }
        }
    }
    // Penalised columns keep the order of their making, free ones come by their own zero.
    let free = columns.iter().filter(|column| column.0 == 0.0).count();
    let design = DMatrix::from_fn(draws, columns.len(), |row, column| columns[column].1[row]);
    let penalty = DMatrix::from_diagonal(&DVector::from_iterator(columns.len(), columns.iter().map(|column| column.0)));
    Smoother::new(&design, &vec![1.0; draws], &penalty, free)
}

/// A straight line and the gentlest bends of an input, each with mean square 1; levels for an input of few values.
fn curves(input: &[f64], scores: &[f64], bends: usize) -> Vec<Column> {
    let bins = Bins::new(input, scores);
    let spread = |values: &[f64]| bins.of_draw.iter().map(|range| values[*range as usize]).collect::<Vec<f64>>();
    if bins.few_values {
        // All levels but the first, centred; they go free.
        let n = input.len() as f64;
        return (1..bins.len())
            .map(|level| {
                let share = bins.counts[level] / n;
                let scale = (share * (1.0 - share)).sqrt();
                let values: Vec<f64> =
                    (0..bins.len()).map(|other| (if other == level { 1.0 - share } else { -share }) / scale).collect();
                (0.0, spread(&values))
            })
            .collect();
    }
    let unit = (input.len() as f64).sqrt();
    let mut columns = vec![(0.0, spread(&bins.scores))];
    for (penalty, values) in smoother(&bins).smoothest(bends) {
        let scaled: Vec<f64> = values.iter().map(|value| value * unit).collect();
        columns.push((penalty, spread(&scaled)));
    }
    columns
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::information_about_group;
    use crate::sensitivity::decision::fixture::normals;
    use crate::sensitivity::decision::{Consequences, DecisionError, information_about_each, perfect_information};

    #[test]
    fn two_inputs_of_the_linear_gaussian_case_within_the_error() {
        let n = 10_000;
        for seed in 1..=2 {
            let z: Vec<Vec<f64>> = (0..4).map(|i| normals(seed, n, &format!("z{i}"))).collect();
            let benefit = (0..n).map(|i| 300.0 + 800.0 * z[0][i] + 500.0 * z[1][i] + 200.0 * z[2][i]).collect();
            let consequences = Consequences::of_benefits(&[vec![0.0; n], benefit]).unwrap();
            for (group, truth) in [([0, 1], 245.232_149_397_575_7), ([1, 2], 97.337_642_376_343_78)] {
                let group: Vec<&[f64]> = group.iter().map(|i| z[*i].as_slice()).collect();
                let found = information_about_group(&consequences, &group, &[0.0]).unwrap()[0];
                assert!((found.value.value - truth).abs() < 3.0 * found.value.error, "{found:?} {truth}");
            }
        }
    }

    /// The benefit is the product of two inputs: neither alone tells anything, both together tell everything.
    #[test]
    fn what_two_inputs_do_only_together_is_seen() {
        let n = 4_000;
        let (x, y) = (normals(3, n, "x"), normals(3, n, "y"));
        let benefit: Vec<f64> = x.iter().zip(&y).map(|(x, y)| x * y).collect();
        let consequences = Consequences::of_benefits(&[vec![0.0; n], benefit]).unwrap();
        let all = perfect_information(&consequences, &[0.0])[0].value;
        let both = information_about_group(&consequences, &[&x, &y], &[0.0]).unwrap()[0].value;
        let alone = information_about_each(&consequences, &[x], &[0.0]).unwrap()[0][0].value;
        assert!((both.value - all.value).abs() < 0.02 && all.value > 0.28, "{both:?} {all:?}");
        assert!(alone.value < 0.05, "{alone:?}");
    }

    /// Sixty inputs that say nothing, on the edge of a decision with few draws: the curve through them follows noise, and is
    /// told as no more than everything, with an error that says so.
    #[test]
    fn a_group_of_noise_stays_within_its_bound_and_is_not_resolved() {
        for seed in 1..=3 {
            let n = 600;
            let z: Vec<Vec<f64>> = (0..60).map(|i| normals(seed, n, &format!("z{i}"))).collect();
            let benefit = normals(seed, n, "benefit").iter().map(|value| 1e6 * value).collect();
            let consequences = Consequences::of_benefits(&[vec![0.0; n], benefit]).unwrap();
            let all = perfect_information(&consequences, &[0.0])[0].value.value;
            let group: Vec<&[f64]> = z.iter().map(Vec::as_slice).collect();
            let found = information_about_group(&consequences, &group, &[0.0]).unwrap()[0];
            assert!(found.value.value <= all && found.value.error <= all && found.bias <= all, "{found:?} of {all}");
            assert!(!found.is_resolved(), "{found:?} of {all}");
            let (low, high) = found.interval(all);
            assert!(low == 0.0 && high <= all, "{low} to {high} of {all}");
        }
    }

    #[test]
    fn an_empty_group_and_missing_numbers_are_said() {
        let consequences = Consequences::of_benefits(&[vec![0.0; 50], vec![1.0; 50]]).unwrap();
        let found = information_about_group(&consequences, &[], &[0.0]);
        assert_eq!(found, Err(DecisionError::TooFew { what: "inputs", found: 0, needed: 1 }));
        let bad = [f64::NAN; 50];
        let found = information_about_group(&consequences, &[&bad], &[0.0]);
        assert_eq!(found, Err(DecisionError::NotFinite { what: "inputs", row: 0, draw: 0 }));
    }
}
