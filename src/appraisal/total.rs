//! Several places together: numbers added draw by draw, before any quantile is taken.
//!
//! Demands, money and health add. A change in per cent is computed again from the sums. A share or a rate of all places is
//! no sum of theirs, and is left to the places.

use std::io;

use engine::ensemble::{Lap, Stage};

use super::key::Comparator;
use super::sample::Sample;
use super::series::{SeriesDefinition, Terms};

/// The numbers of the places added up so far. It is as large as those of one place, however many there are.
#[derive(Default)]
pub struct Total<'w> {
    sum: Option<Sample<'w>>,
}

impl<'w> Total<'w> {
    /// Adds a place's draws, which are used up. A draw counts only if it is sound in every place.
    ///
    /// # Errors
    /// What is kept outside of memory cannot be read or written any more.
    pub fn add(&mut self, sample: Sample<'w>, definitions: &[SeriesDefinition], terms: &Terms) -> io::Result<()> {
        let Some(sum) = self.sum.take() else {
            self.sum = Some(sample);
            return Ok(());
        };
        let watch = sample.watch();
        let (other, other_sound) = sample.into_parts();
        let (mut store, mut sound) = sum.into_parts();
        let mut lap = Lap::begin(watch);
        store.add(&other)?;
        lap.end(Stage::Storing);
        sound.iter_mut().zip(other_sound).for_each(|(sound, other)| *sound &= other);
        self.sum = Some(Sample::new(store, sound, definitions, terms, watch));
        Ok(())
    }

    /// The series that can be told of all places, and their draws; `None` of no places.
    pub fn finish(self, definitions: &[SeriesDefinition]) -> Option<(Vec<SeriesDefinition>, Sample<'w>)> {
        let mut sources = Vec::new();
        let mut kept = Vec::new();
        for (index, definition) in definitions.iter().enumerate() {
            match parts(definitions, definition) {
                Some((change, level)) => sources.push((change, Some(level))),
                None if definition.key.unit.adds() => sources.push((index, None)),
                None => continue,
            }
            kept.push(definition.clone());
        }
        Some((kept, self.sum?.rearranged(&sources)))
    }
}

/// Of a change in per cent the indices of the change itself and of the level that holds it.
fn parts(definitions: &[SeriesDefinition], definition: &SeriesDefinition) -> Option<(usize, usize)> {
    let whole = definition.key.changed()?;
    let find = |comparator| {
        definitions.iter().position(|other| {
            other.key.is_beside(&definition.key) && other.key.comparator == comparator && other.key.outcome == whole
        })
    };
    Some((find(Comparator::Twin)?, find(Comparator::Level)?))
}
