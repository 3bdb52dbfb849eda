//! An input cut into narrow ranges, so that a curve through ten thousand draws is fitted through a few hundred points.

/// Draws gathered by an input's value: equal values together, and neighbours where there are many.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bins {
    /// Mean normal score of each range, increasing.
    pub scores: Vec<f64>,
    /// Mean value of the input in each range, increasing.
    pub values: Vec<f64>,
    /// Draws in each range.
    pub counts: Vec<f64>,
    /// The range of each draw.
    pub of_draw: Vec<u32>,
    /// Whether the input takes so few values that each has a range of its own.
    pub few_values: bool,
}

/// At most this many values are each a level of their own, without an order.
const FEW: usize = 12;
/// At least this many ranges where there are more values, if draws suffice.
const RANGES: usize = 500;

impl Bins {
    /// Gathers the draws of an input. `scores` are the normal scores of as many ranks as there are draws.
    pub fn new(input: &[f64], scores: &[f64]) -> Bins {
        let mut order: Vec<u32> = (0..input.len() as u32).collect();
        order.sort_by(|one, other| input[*one as usize].total_cmp(&input[*other as usize]).then(one.cmp(other)));
        let value = |rank: usize| input[order[rank] as usize];
        let distinct = 1 + (1..order.len()).filter(|rank| value(*rank) != value(rank - 1)).count();
        let least = if distinct <= RANGES { 1 } else { order.len().div_ceil(RANGES) };
        let mut bins = Bins {
            scores: Vec::new(),
            values: Vec::new(),
            counts: Vec::new(),
            of_draw: vec![0; input.len()],
            few_values: distinct <= FEW,
        };
        let mut first = 0;
        while first < order.len() {
            let mut end = (first + least).min(order.len());
            while end < order.len() && value(end) == value(end - 1) {
                end += 1;
            }
            let count = (end - first) as f64;
            let (mut score, mut total) = (0.0, 0.0);
            for rank in first..end {
                score += scores[rank];
                total += value(rank);
                bins.of_draw[order[rank] as usize] = bins.counts.len() as u32;
            }
            bins.scores.push(score / count);
            bins.values.push(total / count);
            bins.counts.push(count);
            first = end;
        }
        bins
    }

    /// How many ranges.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// The sum of an outcome over the draws of each range.
    pub fn sums(&self, outcome: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.len()];
        for (range, value) in self.of_draw.iter().zip(outcome) {
            sums[*range as usize] += value;
        }
        sums
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::Bins;
    use crate::sensitivity::decision::normal::scores;

    #[test]
    fn equal_values_stay_together_and_nobody_is_lost() {
        let input: Vec<f64> = (0..2_000).map(|i| if i % 3 == 0 { 1.0 } else { f64::from(i * 7919 % 2_000) }).collect();
        let bins = Bins::new(&input, &scores(2_000));
        assert_eq!(bins.counts.iter().sum::<f64>(), 2_000.0);
        let range = bins.of_draw[0];
        assert!(input.iter().zip(&bins.of_draw).all(|(value, of)| *value != 1.0 || *of == range));
        assert!(bins.values.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(bins.scores.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn a_few_values_are_levels() {
        let input = [2.0, 1.0, 2.0, 3.0];
        let bins = Bins::new(&input, &scores(4));
        assert!(bins.few_values);
        assert_eq!(bins.of_draw, [1, 0, 1, 2]);
        assert_eq!(bins.sums(&[1.0, 2.0, 3.0, 4.0]), [2.0, 4.0, 4.0]);
    }
}
