//! A study run with the draws of chosen series kept, so that it can be set against another draw by draw.

use std::io;

use crate::appraisal::assemble::spent;
use crate::appraisal::evaluation::Evaluation;
use crate::appraisal::findings::{Findings, PriceBase, SeriesKey};
use crate::appraisal::measure::SeriesIndex;
use crate::appraisal::store::Storage;
use engine::ensemble::Unwatched;

use super::prepare::Study;

/// The draws of some series.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Kept {
    /// For each draw whether every run of every arm came out as numbers.
    pub sound: Vec<bool>,
    /// For each strategy, whether each sound draw spends anything.
    pub spent: Vec<Vec<bool>>,
    /// The series.
    pub series: Vec<KeptSeries>,
}

/// The draws of one series.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptSeries {
    /// Which.
    pub key: SeriesKey,
    /// `[year][draw]`, the first of plan year 1, and of the draws those that are sound.
    pub values: Vec<f64>,
}

impl Study {
    /// Runs the study as [`Study::run_within`] does, and keeps the draws of the series that are `wanted`, of all places
    /// together where there are several. Levels that begin with the base year are not kept.
    ///
    /// # Errors
    /// The room outside of memory is full, or gone.
    pub fn run_keeping(
        &self,
        wanted: &dyn Fn(&SeriesKey) -> bool,
        storage: &dyn Storage,
        progress: &(dyn Fn(u64) + Sync),
    ) -> io::Result<(Findings, Kept)> {
        let mut kept = Kept::default();
        let findings = self.run_seen(storage, progress, &Unwatched, &mut |definitions, sample| {
            kept.sound = sample.sound().to_vec();
            let chart = &self.places[0].chart;
            let index = SeriesIndex::new(definitions);
            let evaluation = Evaluation { chart, terms: &self.terms, series: &index, groups: (&[], &[]), sample };
            let spent = (0..self.terms.strategies).map(|one| spent(&evaluation, one));
            kept.spent = spent.collect::<io::Result<_>>()?;
            for (column, definition) in definitions.iter().enumerate().filter(|(_, definition)| !definition.base) {
                let mut nominal = definition.key.clone();
                nominal.price_base = PriceBase::Nominal;
                let by_level =
                    definition.is_ledger() && definition.key.price_base == PriceBase::Real && wanted(&nominal);
                let as_it_is = wanted(&definition.key);
                if !by_level && !as_it_is {
                    continue;
                }
                let mut values = Vec::new();
                sample.read(column, &mut values)?;
                if by_level {
                    // Prices are the same in every draw.
                    let years = values.chunks_exact(sample.draws.max(1)).zip(&self.terms.price_level);
                    let nominal_values = years.flat_map(|(year, level)| year.iter().map(move |value| value * level));
                    kept.series.push(KeptSeries { key: nominal, values: nominal_values.collect() });
                }
                if as_it_is {
                    kept.series.push(KeptSeries { key: definition.key.clone(), values });
                }
            }
            Ok(())
        })?;
        Ok((findings, kept))
    }
}
