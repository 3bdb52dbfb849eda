//! An output made ready: checked, and measured from its own middle, so that adding a constant to it changes no index.

use super::NoIndices;

/// Values that differ by less than this share of their size differ by rounding only.
const ROUNDING: f64 = 16.0 * f64::EPSILON;

/// Checks an output: as long as the sample, finite, and not one number throughout.
pub(super) fn check(output: &[f64], expected: usize) -> Result<(), NoIndices> {
    if output.len() != expected || output.is_empty() {
        return Err(NoIndices::WrongLength { rows: output.len(), expected });
    }
    if let Some(row) = output.iter().position(|value| !value.is_finite()) {
        return Err(NoIndices::NotANumber { row });
    }
    let (low, high) = range(output);
    if high - low <= ROUNDING * low.abs().max(high.abs()) { Err(NoIndices::DoesNotVary) } else { Ok(()) }
}

/// The smallest and the largest value.
pub(super) fn range(values: &[f64]) -> (f64, f64) {
    values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(*value), high.max(*value)))
}

/// The power of two next to the largest size among the values; 0 if all are 0.
fn exponent(values: &[f64]) -> i32 {
    let largest = values.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
    if largest > 0.0 { libm::ilogb(largest) } else { 0 }
}

/// The values in units of a power of two near the largest of them, and that power: squares and sums of these neither
/// overflow nor vanish, whatever the unit. A power of two changes no digit, so shares and correlations stay what they were.
pub(super) fn scaled(values: &[f64]) -> (Vec<f64>, i32) {
    let exponent = exponent(values);
    (values.iter().map(|value| libm::scalbn(*value, -exponent)).collect(), exponent)
}

/// Whether a column holds one value only.
pub(super) fn still(column: &[f64]) -> bool {
    column.iter().all(|value| Some(value) == column.first())
}

/// The values less their mean. The first value is taken off before summing: a sum of numbers near a million would lose
/// the ranks that matter.
pub(super) fn centred(values: &[f64]) -> Vec<f64> {
    let first = values.first().copied().unwrap_or(0.0);
    let mean = values.iter().map(|value| value - first).sum::<f64>() / values.len() as f64;
    values.iter().map(|value| (value - first) - mean).collect()
}

/// The mean of the squares.
pub(super) fn mean_square(values: &[f64]) -> f64 {
    values.iter().map(|value| value * value).sum::<f64>() / values.len() as f64
}

/// The indices of the values from the smallest to the largest; equal values keep their order.
pub(super) fn order(values: &[f64]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..values.len() as u32).collect();
    order.sort_by(|a, b| values[*a as usize].total_cmp(&values[*b as usize]));
    order
}

/// Ranks from 1; equal values share the mean of their ranks.
pub(super) fn ranks(values: &[f64]) -> Vec<f64> {
    let order = order(values);
    let mut ranks = vec![0.0; values.len()];
    let mut from = 0;
    while from < order.len() {
        let value = values[order[from] as usize];
        let run = order[from..].iter().take_while(|index| values[**index as usize] == value).count();
        let shared = from as f64 + (run as f64 + 1.0) / 2.0;
        order[from..from + run].iter().for_each(|index| ranks[*index as usize] = shared);
        from += run;
    }
    ranks
}

/// "1 row", "2 rows", "3 trajectories".
pub(super) fn counted(number: usize, noun: &str) -> String {
    match (number, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{number} {stem}ies"),
        _ => format!("{number} {noun}s"),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{NoIndices, centred, check, ranks};

    #[test]
    fn what_differs_by_rounding_does_not_vary() {
        assert_eq!(check(&[0.1 + 0.2, 0.3, 0.3], 3), Err(NoIndices::DoesNotVary));
        assert_eq!(check(&[0.0, 0.0], 2), Err(NoIndices::DoesNotVary));
        assert_eq!(check(&[0.0, 1e-300], 2), Ok(()));
        assert_eq!(check(&[1.0, f64::NAN], 2), Err(NoIndices::NotANumber { row: 1 }));
        assert_eq!(check(&[], 0), Err(NoIndices::WrongLength { rows: 0, expected: 0 }));
    }

    #[test]
    fn a_large_constant_is_taken_off_without_loss() {
        assert_eq!(centred(&[1e15, 1e15 + 1.0, 1e15 + 2.0]), [-1.0, 0.0, 1.0]);
    }

    #[test]
    fn equal_values_share_their_ranks() {
        assert_eq!(ranks(&[3.0, 1.0, 3.0, 2.0]), [3.5, 1.0, 3.5, 2.0]);
    }
}
