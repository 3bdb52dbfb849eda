//! The draws of every series of a study, read series by series.

use std::io;
use std::ops::Range;

use crate::ensemble::{Lap, Stage, Watch};

use super::reckoning::{Plan, Terms};
use super::store::Store;

/// The draws of every series: those in which every run of every arm came out as numbers.
pub struct Sample<'w> {
    /// Draws kept.
    pub draws: usize,
    store: Store,
    /// For each draw whether it is kept.
    sound: Vec<bool>,
    sources: Vec<Source>,
    watch: &'w dyn Watch,
}

/// Where a series comes from: columns of the store, one a year.
#[derive(Debug, Clone)]
enum Source {
    Stored(Range<usize>),
    /// In per cent: a change, and the level that holds it.
    Change(Range<usize>, Range<usize>),
}

impl<'w> Sample<'w> {
    /// The sample of a store that holds the series of these plans one after the other.
    pub fn new(store: Store, sound: Vec<bool>, plans: &[Plan], terms: &Terms, watch: &'w dyn Watch) -> Self {
        let mut first = 0;
        let sources = plans.iter().map(|plan| {
            let columns = first..first + plan.years(terms);
            first = columns.end;
            Source::Stored(columns)
        });
        let sources = sources.collect();
        let draws = sound.iter().filter(|sound| **sound).count();
        Self { draws, store, sound, sources, watch }
    }

    /// Only some of the series, each itself or as a change in per cent: of a change, the level that holds it.
    pub(super) fn retold(self, told: &[(usize, Option<usize>)]) -> Self {
        let columns = |place: usize| match &self.sources[place] {
            Source::Stored(columns) | Source::Change(columns, _) => columns.clone(),
        };
        let sources = told.iter().map(|(place, level)| match level {
            Some(level) => Source::Change(columns(*place), columns(*level)),
            None => self.sources[*place].clone(),
        });
        Self { sources: sources.collect(), ..self }
    }

    /// The store, and which draws are sound.
    pub(super) fn into_parts(self) -> (Store, Vec<bool>) {
        (self.store, self.sound)
    }

    /// For each draw whether it is kept.
    pub fn sound(&self) -> &[bool] {
        &self.sound
    }

    /// Who wants to know where the time goes.
    pub fn watch(&self) -> &'w dyn Watch {
        self.watch
    }

    /// The years of a series; none where no draw is kept.
    pub fn years(&self, plan: usize) -> usize {
        match &self.sources[plan] {
            _ if self.draws == 0 => 0,
            Source::Stored(columns) | Source::Change(columns, _) => columns.len(),
        }
    }

    /// Reads a series: `[year][draw]`.
    ///
    /// # Errors
    /// What was put outside of memory cannot be read any more.
    pub fn read(&self, plan: usize, numbers: &mut Vec<f64>) -> io::Result<()> {
        self.read_years(plan, 0..self.years(plan), numbers)
    }

    /// Reads some years of a series, from 0 for its first: `[year][draw]`.
    ///
    /// # Errors
    /// What was put outside of memory cannot be read any more.
    pub fn read_years(&self, plan: usize, years: Range<usize>, numbers: &mut Vec<f64>) -> io::Result<()> {
        let mut lap = Lap::begin(self.watch);
        let of = |columns: &Range<usize>| columns.start + years.start..columns.start + years.end;
        match &self.sources[plan] {
            Source::Stored(columns) => self.store.read(of(columns), numbers)?,
            Source::Change(change, level) => {
                let mut levels = Vec::new();
                self.store.read(of(level), &mut levels)?;
                self.store.read(of(change), numbers)?;
                for (change, level) in numbers.iter_mut().zip(levels) {
                    let twin = level - *change;
                    *change = if twin == 0.0 { 0.0 } else { 100.0 * *change / twin };
                }
            }
        }
        if self.draws < self.sound.len() {
            let mut sound = self.sound.iter().cycle();
            numbers.retain(|_| sound.next().copied().unwrap_or(true));
        }
        lap.end(Stage::Storing);
        Ok(())
    }

    /// For each draw the sum of a series over its years, each year times its factor if there are any.
    ///
    /// # Errors
    /// What was put outside of memory cannot be read any more.
    pub fn totals(&self, plan: usize, factors: Option<&[f64]>) -> io::Result<Vec<f64>> {
        let mut numbers = Vec::new();
        self.read(plan, &mut numbers)?;
        Ok(sums(&numbers, self.draws, factors))
    }
}

/// For each draw the sum over the years, in their order, of `[year][draw]`.
pub fn sums(numbers: &[f64], draws: usize, factors: Option<&[f64]>) -> Vec<f64> {
    // What a sum of nothing is in floating point: it leaves even a zero's sign alone.
    let mut sums = vec![-0.0; draws];
    for (year, here) in numbers.chunks_exact(draws.max(1)).enumerate() {
        match factors {
            None => sums.iter_mut().zip(here).for_each(|(sum, number)| *sum += number),
            Some(factors) => {
                let Some(factor) = factors.get(year) else { break };
                sums.iter_mut().zip(here).for_each(|(sum, number)| *sum += number * factor);
            }
        }
    }
    sums
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Sample, Source, sums};
    use crate::appraisal::store::{InMemory, Store};
    use crate::ensemble::Unwatched;

    /// Three draws, of which the second is not sound: a change over two years, and the level that holds it.
    fn sample() -> Sample<'static> {
        let store = Store::new(3, 4, 1, &InMemory).unwrap();
        let change = [1.0, f64::NAN, 3.0, 0.0, 5.0, -6.0];
        let level = [11.0, 12.0, 15.0, 0.0, f64::INFINITY, 6.0];
        store.put(0, change.into_iter().chain(level).collect()).unwrap();
        let sources = vec![Source::Stored(0..2), Source::Stored(2..4)];
        Sample { draws: 2, store, sound: vec![true, false, true], sources, watch: &Unwatched }
    }

    #[test]
    fn a_draw_that_is_not_sound_is_in_no_series() {
        let (sample, mut numbers) = (sample(), Vec::new());
        sample.read(0, &mut numbers).unwrap();
        assert_eq!(numbers, [1.0, 3.0, 0.0, -6.0]);
        sample.read_years(1, 1..2, &mut numbers).unwrap();
        assert_eq!(numbers, [0.0, 6.0]);
        assert_eq!(sample.totals(0, None).unwrap(), [1.0, -3.0]);
        assert_eq!(sample.totals(0, Some(&[1.0, 0.5])).unwrap(), [1.0, 0.0]);
    }

    #[test]
    fn a_change_in_per_cent_is_of_the_twin() {
        let sample = sample().retold(&[(0, Some(1)), (1, None)]);
        let mut numbers = Vec::new();
        sample.read(0, &mut numbers).unwrap();
        assert_eq!(numbers, [10.0, 25.0, 0.0, -50.0]);
        sample.read(1, &mut numbers).unwrap();
        assert_eq!(numbers, [11.0, 15.0, 0.0, 6.0]);
    }

    #[test]
    fn without_a_sound_draw_no_series_has_a_year() {
        let none = Sample { draws: 0, sound: vec![false; 3], ..sample() };
        assert_eq!((none.years(0), none.totals(0, None).unwrap().len()), (0, 0));
    }

    #[test]
    fn a_sum_is_that_of_the_standard_library() {
        let paths = [[-0.0, -0.0], [0.1, 0.2], [-0.0, 0.0]];
        let columns: Vec<f64> = (0..2).flat_map(|year| paths.iter().map(move |path| path[year])).collect();
        for (sum, path) in sums(&columns, 3, None).iter().zip(paths) {
            assert_eq!(sum.to_bits(), path.iter().sum::<f64>().to_bits());
        }
    }
}
