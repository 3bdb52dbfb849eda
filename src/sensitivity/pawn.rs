//! How far the whole distribution of the output moves when an input is held within a slice of its range.
//!
//! The distance is the largest difference between two cumulative distributions (Kolmogorov and Smirnov), so it sees more
//! than the variance does and needs no assumption on form. Pianosi F, Wagener T (2015), "A simple and efficient method for
//! global sensitivity analysis based on cumulative distribution functions", Environmental Modelling and Software 67, 1-11; from
//! any sample, and the level that an input without influence reaches: the same (2018), "Distribution-based sensitivity analysis
//! from a generic input-output sample", 108, 197-207.

use crate::appraisal::statistic::quantile;
use engine::sampling::Stream;

use super::output::{check, order, still};
use super::resample::{half, shuffled};
use super::{Confidence, IndexKind, NoIndices, SensitivityIndex};

/// A row that is in no slice.
const NOWHERE: u32 = u32::MAX;

/// Which slice of each input every row of a sample is in.
#[derive(Debug)]
pub struct Pawn {
    /// For each input, the slice of each row.
    slices: Vec<Vec<u32>>,
    /// Inputs that never vary have no slices, and no index.
    still: Vec<bool>,
    count: usize,
    confidence: Confidence,
}

impl Pawn {
    /// Cuts each input's values at their quantiles (type 7) into so many slices; `inputs` holds a column for each. A slice
    /// takes its lower end and leaves out its upper, so that the largest value is in none, as in SALib. `None` with fewer
    /// than 2 slices, or fewer than 2 rows for each.
    pub fn new(inputs: &[Vec<f64>], slices: usize, confidence: Confidence) -> Option<Self> {
        let rows = inputs.first().map_or(0, Vec::len);
        let sound = slices >= 2 && rows >= 2 * slices;
        sound.then(|| Self {
            slices: inputs.iter().map(|column| slice(column, slices)).collect(),
            still: inputs.iter().map(|column| still(column)).collect(),
            count: slices,
            confidence,
        })
    }

    /// Minimum, mean, median, maximum and coefficient of variation of each input's distances over its slices. Intervals
    /// from half samples; see [`Pawn::without_influence`] for what they must exceed to mean anything.
    ///
    /// # Errors
    /// The output does not vary, holds what is no number, or has not the sample's rows.
    pub fn indices(&self, output: &[f64]) -> Result<Vec<SensitivityIndex>, NoIndices> {
        let rows = self.slices[0].len();
        check(output, rows)?;
        let order = order(output);
        let estimates: Vec<[f64; 5]> =
            self.slices.iter().map(|slices| summary(&distances(&order, output, slices, self.count))).collect();
        let mut resampled: Vec<[Vec<f64>; 5]> = vec![Default::default(); self.slices.len()];
        for resample in 0..self.confidence.resamples {
            let taken = half(self.confidence.seed, resample, rows);
            let order: Vec<u32> = order.iter().copied().filter(|row| taken[*row as usize]).collect();
            for (slices, into) in self.slices.iter().zip(&mut resampled) {
                let found = summary(&distances(&order, output, slices, self.count));
                into.iter_mut().zip(found).for_each(|(all, one)| all.push(one));
            }
        }
        let kinds = [
            IndexKind::Minimum,
            IndexKind::Mean,
            IndexKind::Median,
            IndexKind::Maximum,
            IndexKind::CoefficientOfVariation,
        ];
        let moved = estimates.iter().enumerate().filter(|(of, _)| !self.still[*of]);
        let measures = moved.flat_map(|(of, values)| {
            let across = &resampled[of];
            kinds.into_iter().zip(values).zip(across).map(move |((kind, value), across)| {
                let interval = self.confidence.around(*value, across);
                SensitivityIndex::new(kind, of, *value).within(interval, self.confidence.narrow)
            })
        });
        Ok(measures.collect())
    }

    /// What each kind of index reaches, with the probability of the confidence's level, for an input that does nothing:
    /// from slices filled by chance. An index below it says that no influence was seen. `None` with fewer than 2 resamples.
    ///
    /// # Errors
    /// As [`Pawn::indices`].
    pub fn without_influence(&self, output: &[f64]) -> Result<Option<Vec<(IndexKind, f64)>>, NoIndices> {
        let rows = self.slices[0].len();
        check(output, rows)?;
        let order = order(output);
        let Some(moved) = self.still.iter().position(|still| !still) else { return Ok(None) };
        let mut reached: [Vec<f64>; 4] = Default::default();
        for resample in 0..self.confidence.resamples {
            let mut stream = Stream::new(self.confidence.seed, resample as u64, "PAWN slices by chance");
            let mixed: Vec<u32> =
                shuffled(&mut stream, rows).into_iter().map(|index| self.slices[moved][index]).collect();
            let found = summary(&distances(&order, output, &mixed, self.count));
            reached.iter_mut().zip(found).for_each(|(all, one)| all.push(one));
        }
        if self.confidence.resamples < 2 {
            return Ok(None);
        }
        let kinds = [IndexKind::Minimum, IndexKind::Mean, IndexKind::Median, IndexKind::Maximum];
        let levels = kinds.into_iter().zip(&mut reached).map(|(kind, all)| {
            all.sort_by(f64::total_cmp);
            (kind, quantile(all, self.confidence.level))
        });
        Ok(Some(levels.collect()))
    }
}

/// The slice of each value.
fn slice(column: &[f64], slices: usize) -> Vec<u32> {
    let mut sorted = column.to_vec();
    sorted.sort_by(f64::total_cmp);
    let ends: Vec<f64> = (0..=slices).map(|end| quantile(&sorted, end as f64 / slices as f64)).collect();
    let of = |value: &f64| {
        let passed = ends.partition_point(|end| end <= value);
        if passed == 0 || passed > slices { NOWHERE } else { passed as u32 - 1 }
    };
    column.iter().map(of).collect()
}

/// The distance of each slice that is not empty. `order` holds the rows by output, from the smallest.
fn distances(order: &[u32], output: &[f64], slices: &[u32], count: usize) -> Vec<f64> {
    let mut sizes = vec![0_u32; count];
    order.iter().map(|row| slices[*row as usize]).filter(|s| *s != NOWHERE).for_each(|s| sizes[s as usize] += 1);
    let all = order.len() as f64;
    let mut passed = vec![0_u32; count];
    let mut furthest = vec![0.0_f64; count];
    let mut from = 0;
    // Between its own rows a slice's distribution is level while that of all rows climbs, so the difference is largest just
    // before or at one of its own.
    while from < order.len() {
        let value = output[order[from] as usize];
        let to = from + order[from..].iter().take_while(|row| output[**row as usize] == value).count();
        let own = || order[from..to].iter().map(|row| slices[*row as usize]).filter(|s| *s != NOWHERE);
        let look = |passed: &[u32], furthest: &mut [f64], slice: u32, below: usize| {
            let slice = slice as usize;
            let difference = (f64::from(passed[slice]) / f64::from(sizes[slice]) - below as f64 / all).abs();
            furthest[slice] = furthest[slice].max(difference);
        };
        own().for_each(|slice| look(&passed, &mut furthest, slice, from));
        own().for_each(|slice| passed[slice as usize] += 1);
        own().for_each(|slice| look(&passed, &mut furthest, slice, to));
        from = to;
    }
    furthest.iter().zip(&sizes).filter(|(_, size)| **size > 0).map(|(distance, _)| *distance).collect()
}

/// Minimum, mean, median, maximum, standard deviation (with n) over mean.
fn summary(distances: &[f64]) -> [f64; 5] {
    if distances.is_empty() {
        return [f64::NAN; 5];
    }
    let mut sorted = distances.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let mean = sorted.iter().sum::<f64>() / n;
    let deviation = (sorted.iter().map(|one| (one - mean) * (one - mean)).sum::<f64>() / n).sqrt();
    [quantile(&sorted, 0.0), mean, quantile(&sorted, 0.5), quantile(&sorted, 1.0), deviation / mean]
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{Pawn, distances};
    use crate::sensitivity::output::order;
    use crate::sensitivity::{Confidence, IndexKind, find};
    use engine::sampling::{Design, points};

    /// Against the definition: the difference at every value of the output.
    #[test]
    fn distances_are_those_of_the_definition_with_equal_values_too() {
        let output: Vec<f64> = points(Design::Random, 2, 200, "y").iter().map(|y| (y * 40.0).floor()).collect();
        let slices: Vec<u32> = points(Design::Random, 3, 200, "s").iter().map(|s| (s * 4.0) as u32).collect();
        let below = |value: f64, within: &dyn Fn(usize) -> bool| {
            let all = (0..200).filter(|row| within(*row)).count() as f64;
            (0..200).filter(|row| within(*row) && output[*row] <= value).count() as f64 / all
        };
        for (slice, found) in distances(&order(&output), &output, &slices, 4).iter().enumerate() {
            let own = |row: usize| slices[row] == slice as u32;
            let expected = output.iter().map(|y| (below(*y, &own) - below(*y, &|_| true)).abs()).fold(0.0, f64::max);
            assert!((found - expected).abs() < 1e-15, "{slice}: {found} {expected}");
        }
    }

    #[test]
    fn an_input_that_does_nothing_stays_below_the_level_of_chance() {
        let inputs: Vec<Vec<f64>> = ["a", "b"].map(|name| points(Design::LatinHypercube, 4, 1_000, name)).to_vec();
        let pawn = Pawn::new(&inputs, 10, Confidence::default()).unwrap();
        let found = pawn.indices(&inputs[0]).unwrap();
        let levels = pawn.without_influence(&inputs[0]).unwrap().unwrap();
        let (_, level) = levels.iter().find(|(kind, _)| *kind == IndexKind::Median).unwrap();
        assert!(find(&found, IndexKind::Median, 0).unwrap().value > 3.0 * level);
        assert!(find(&found, IndexKind::Median, 1).unwrap().value < *level);
        assert!(Pawn::new(&inputs, 1, Confidence::default()).is_none());
        let once = Pawn::new(&inputs, 10, Confidence { resamples: 0, ..Confidence::default() }).unwrap();
        assert_eq!(once.without_influence(&inputs[0]).unwrap(), None);
        assert!(once.indices(&inputs[0]).unwrap().iter().all(|one| one.interval.is_none()));
    }
}
