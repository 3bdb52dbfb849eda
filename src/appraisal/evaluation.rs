//! Measures worked out over the draws of a sample: for each draw a number, and for all of them estimates.

use std::io;

use super::chart::Chart;
use super::measure::reduction::{Numbers, Reduction};
use super::measure::{Measure, SeriesIndex, Subject, Telling};
use super::sample::Sample;
use super::series::Terms;
use super::statistic::{Estimate, Statistic, mean};

/// The draws of all series of a study, and what they mean: what measures are worked out from.
#[derive(Clone, Copy)]
pub struct Evaluation<'t> {
    /// Demands, ledgers and perspectives.
    pub chart: &'t Chart,
    /// Horizon, factors and values.
    pub terms: &'t Terms,
    /// The series there are.
    pub series: &'t SeriesIndex<'t>,
    /// Groups of residents, the most deprived first, and how many they are.
    pub groups: (&'t [String], &'t [f64]),
    /// The draws of the series.
    pub sample: &'t Sample<'t>,
}

impl<'t> Evaluation<'t> {
    /// A strategy, of which there are measures. A change in per cent of several places is a series of its own in a sample.
    pub(super) fn subject(&self, strategy: usize) -> Subject<'t> {
        let (groups, _) = self.groups;
        let Self { chart, terms, series, .. } = *self;
        Subject { chart, terms, groups, series, together: false, strategy }
    }

    /// The yearly numbers of the series that a measure needs; `None` if one of them is not there.
    pub(super) fn read(&self, measure: &Measure) -> io::Result<Option<Vec<Vec<f64>>>> {
        let indices: Option<Vec<usize>> = measure.needs.iter().map(|key| self.series.index(key)).collect();
        let Some(indices) = indices else { return Ok(None) };
        let series = indices.into_iter().map(|index| {
            let mut numbers = Vec::new();
            self.sample.read(index, &mut numbers)?;
            Ok(numbers)
        });
        series.collect::<io::Result<_>>().map(Some)
    }

    /// The number of each draw.
    fn reduce(&self, reduction: &Reduction, series: &[Vec<f64>]) -> Vec<f64> {
        // Without a draw there is no year to be read.
        if self.sample.draws == 0 {
            return Vec::new();
        }
        let series = series.iter().map(Vec::as_slice).collect();
        let (_, residents) = self.groups;
        reduction.over_draws(&Numbers { series, draws: self.sample.draws, residents, together: false })
    }

    /// The number of each draw of a measure; none if a series of it is not there.
    ///
    /// # Errors
    /// The sample cannot be read any more.
    pub(super) fn draws(&self, measure: &Measure) -> io::Result<Option<Vec<f64>>> {
        Ok(self.read(measure)?.map(|series| self.reduce(&measure.reduction, &series)))
    }

    /// What findings tell of a measure; none where some draw has no such number.
    pub(super) fn estimates(&self, measure: &Measure, series: &[Vec<f64>]) -> Option<Vec<(Statistic, Estimate)>> {
        let draws = self.reduce(&measure.reduction, series);
        // What has no meaning in some draw is not told of the others.
        if draws.iter().any(|number| number.is_nan()) {
            return None;
        }
        match &measure.telling {
            Telling::Distribution => Some(self.sample.summary(&draws).rows().to_vec()),
            Telling::Chance => {
                Some(vec![(Statistic::Probability, self.sample.probability(draws.iter().map(|one| *one > 0.0)))])
            }
            Telling::RatioOfMeans(over) => self.ratio(&draws, &self.reduce(over, series)),
        }
    }

    /// The mean of one number over that of another, which is above zero, if it is not below zero; with its error by the delta
    /// method.
    fn ratio(&self, draws: &[f64], over: &[f64]) -> Option<Vec<(Statistic, Estimate)>> {
        let (above, below) = (mean(draws).value, mean(over).value);
        let ratio = above / below;
        if !(ratio.is_finite() && ratio >= 0.0 && below > 0.0) {
            return None;
        }
        let residuals: Vec<f64> = draws.iter().zip(over).map(|(above, below)| above - ratio * below).collect();
        let error = self.sample.mean_error(&residuals) / below;
        Some(vec![(Statistic::Mean, Estimate { value: ratio, error })])
    }
}
