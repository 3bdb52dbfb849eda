//! The draws of every series of a study, read series by series.

use std::io;
use std::ops::Range;

use engine::ensemble::{Lap, Stage, Watch};

use super::monte_carlo::summarise_replicates;
use super::ranking::{Comparison, resolved, resolved_by_replicates};
use super::series::{SeriesDefinition, Terms};
use super::statistic::{Estimate, Summariser, Summary, mean, probability, summarise, summarise_all};
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
    repetitions: Option<Repetitions>,
}

/// Independent repetitions of the design.
struct Repetitions {
    /// Of each kept draw the repetition it belongs to.
    of: Vec<usize>,
    count: usize,
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
    pub fn new(
        store: Store,
        sound: Vec<bool>,
        definitions: &[SeriesDefinition],
        terms: &Terms,
        watch: &'w dyn Watch,
    ) -> Self {
        let mut first = 0;
        let sources = definitions.iter().map(|definition| {
            let columns = first..first + definition.years(terms);
            first = columns.end;
            Source::Stored(columns)
        });
        let sources = sources.collect();
        let draws = sound.iter().filter(|sound| **sound).count();
        Self { draws, store, sound, sources, watch, repetitions: None }
    }

    /// The same sample, of which `of` tells the repetition of each draw, below `count`: from two on, errors are told by the
    /// spread of the repetitions.
    #[must_use]
    pub fn repeated(mut self, count: u64, of: impl Fn(u64) -> u64) -> Self {
        self.repetitions = (count > 1).then(|| {
            let kept = self.sound.iter().zip(0..).filter(|(sound, _)| **sound);
            Repetitions { of: kept.map(|(_, draw)| of(draw) as usize).collect(), count: count as usize }
        });
        self
    }

    /// The draws that are kept, in order.
    pub fn kept(&self) -> impl Iterator<Item = u64> {
        self.sound.iter().zip(0..).filter_map(|(sound, draw)| sound.then_some(draw))
    }

    /// A number that each kept draw has, summarised.
    pub fn summary(&self, draws: &[f64]) -> Summary {
        self.with_errors(summarise(draws), draws)
    }

    /// The summaries of several such numbers, one after the other.
    pub fn summaries(&self, columns: &[f64], summariser: &mut Summariser) -> Vec<Summary> {
        let plain = summarise_all(columns, self.draws, summariser);
        if self.repetitions.is_none() {
            return plain;
        }
        let columns = columns.chunks_exact(self.draws.max(1));
        plain.into_iter().zip(columns).map(|(summary, column)| self.with_errors(summary, column)).collect()
    }

    /// Numbers stay as they are to the last bit; repetitions change their errors alone.
    fn with_errors(&self, plain: Summary, draws: &[f64]) -> Summary {
        let Some(Repetitions { of, count }) = &self.repetitions else { return plain };
        let repeated = summarise_replicates(draws, of, *count);
        let with = |plain: Estimate, repeated: Estimate| Estimate { value: plain.value, error: repeated.error };
        Summary {
            mean: with(plain.mean, repeated.mean),
            p05: with(plain.p05, repeated.p05),
            p25: with(plain.p25, repeated.p25),
            median: with(plain.median, repeated.median),
            p75: with(plain.p75, repeated.p75),
            p95: with(plain.p95, repeated.p95),
        }
    }

    /// The share of kept draws for which something holds. Where all repetitions agree, which is no proof, Wilson's error stands.
    pub fn probability(&self, holds: impl Iterator<Item = bool>) -> Estimate {
        if self.repetitions.is_none() {
            return probability(holds);
        }
        let holds: Vec<f64> = holds.map(f64::from).collect();
        let plain = probability(holds.iter().map(|one| *one > 0.5));
        let error = self.mean_error(&holds);
        if error > 0.0 { Estimate { error, ..plain } } else { plain }
    }

    /// The error of the mean of a number that each kept draw has.
    pub fn mean_error(&self, draws: &[f64]) -> f64 {
        let Some(Repetitions { of, count }) = &self.repetitions else { return mean(draws).error };
        let mut sums = vec![(0.0, 0.0); *count];
        for (draw, which) in draws.iter().zip(of) {
            if let Some((sum, n)) = sums.get_mut(*which) {
                *sum += draw;
                *n += 1.0;
            }
        }
        let means: Vec<f64> = sums.into_iter().filter(|(_, n)| *n > 0.0).map(|(sum, n)| sum / n).collect();
        mean(&means).error
    }

    /// Compares by a difference that each kept draw has; none for fewer than two.
    pub fn compared(&self, differences: &[f64]) -> Option<Comparison> {
        match &self.repetitions {
            None => resolved(differences),
            Some(Repetitions { of, count }) => resolved_by_replicates(differences, of, *count),
        }
    }

    /// Only some of the series, each itself or as a change in per cent: of a change, the level that holds it.
    pub(super) fn rearranged(self, order: &[(usize, Option<usize>)]) -> Self {
        let columns = |index: usize| match &self.sources[index] {
            Source::Stored(columns) | Source::Change(columns, _) => columns.clone(),
        };
        let sources = order.iter().map(|(index, level)| match level {
            Some(level) => Source::Change(columns(*index), columns(*level)),
            None => self.sources[*index].clone(),
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
    pub fn years(&self, definition: usize) -> usize {
        match &self.sources[definition] {
            _ if self.draws == 0 => 0,
            Source::Stored(columns) | Source::Change(columns, _) => columns.len(),
        }
    }

    /// Reads a series: `[year][draw]`.
    ///
    /// # Errors
    /// What was put outside of memory cannot be read any more.
    pub fn read(&self, definition: usize, numbers: &mut Vec<f64>) -> io::Result<()> {
        self.read_years(definition, 0..self.years(definition), numbers)
    }

    /// Reads some years of a series, from 0 for its first: `[year][draw]`.
    ///
    /// # Errors
    /// What was put outside of memory cannot be read any more.
    pub fn read_years(&self, definition: usize, years: Range<usize>, numbers: &mut Vec<f64>) -> io::Result<()> {
        let mut lap = Lap::begin(self.watch);
        let of = |columns: &Range<usize>| columns.start + years.start..columns.start + years.end;
        match &self.sources[definition] {
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
    pub fn totals(&self, definition: usize, factors: Option<&[f64]>) -> io::Result<Vec<f64>> {
        let mut numbers = Vec::new();
        self.read(definition, &mut numbers)?;
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
    use crate::appraisal::statistic::{Estimate, mean};
    use crate::appraisal::store::{InMemory, Store};
    use engine::ensemble::Unwatched;

    /// Three draws, of which the second is not sound: a change over two years, and the level that holds it.
    fn sample() -> Sample<'static> {
        let store = Store::new(3, 4, 1, &InMemory).unwrap();
        let change = [1.0, f64::NAN, 3.0, 0.0, 5.0, -6.0];
        let level = [11.0, 12.0, 15.0, 0.0, f64::INFINITY, 6.0];
        store.put(0, change.into_iter().chain(level).collect()).unwrap();
        let sources = vec![Source::Stored(0..2), Source::Stored(2..4)];
        Sample { draws: 2, store, sound: vec![true, false, true], sources, watch: &Unwatched, repetitions: None }
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
    fn repetitions_change_errors_and_no_number() {
        let (plain, repeated) = (sample(), sample().repeated(2, |draw| draw / 2));
        let draws = [1.0, 4.0];
        let (once, twice) = (plain.summary(&draws), repeated.summary(&draws));
        for ((_, once), (_, twice)) in once.rows().into_iter().zip(twice.rows()) {
            assert_eq!(once.value.to_bits(), twice.value.to_bits());
            // Two repetitions of one draw each: half of what they are apart.
            assert_eq!(twice.error, 1.5);
        }
        assert_eq!(repeated.mean_error(&draws), 1.5);
        assert_eq!(repeated.probability([true, false].into_iter()), Estimate { value: 0.5, error: 0.5 });
        let agreed = repeated.probability([true, true].into_iter());
        assert!(agreed.value == 1.0 && agreed.error > 0.0);
        assert_eq!(sample().repeated(1, |_| 0).mean_error(&draws), mean(&draws).error);
        // Of three repetitions the middle one has no draw that is kept.
        assert_eq!(sample().repeated(3, |draw| draw).mean_error(&draws), 1.5);
        assert_eq!(sample().sound(), [true, false, true]);
        // Repetitions of one draw and of two, with means 1 and 3.
        let three = Sample { draws: 3, sound: vec![true; 3], ..sample() }.repeated(2, |draw| draw.min(1));
        assert_eq!(three.mean_error(&[1.0, 2.0, 4.0]), 1.0);
    }

    #[test]
    fn a_change_in_per_cent_is_of_the_twin() {
        let sample = sample().rearranged(&[(0, Some(1)), (1, None)]);
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
