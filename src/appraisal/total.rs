//! Several places together: numbers added draw by draw, before any quantile is taken.
//!
//! Demands, money and health add. A change in per cent is reckoned again from the sums. A share or a rate of all places is
//! no sum of theirs, and is left to the places.

use std::io;

use engine::ensemble::{Lap, Stage};

use super::key::Comparator;
use super::reckoning::{Plan, Terms};
use super::sample::Sample;

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
    pub fn add(&mut self, place: Sample<'w>, plans: &[Plan], terms: &Terms) -> io::Result<()> {
        let Some(sum) = self.sum.take() else {
            self.sum = Some(place);
            return Ok(());
        };
        let watch = place.watch();
        let (other, other_sound) = place.into_parts();
        let (mut store, mut sound) = sum.into_parts();
        let mut lap = Lap::begin(watch);
        store.add(&other)?;
        lap.end(Stage::Storing);
        sound.iter_mut().zip(other_sound).for_each(|(sound, other)| *sound &= other);
        self.sum = Some(Sample::new(store, sound, plans, terms, watch));
        Ok(())
    }

    /// The series that can be told of all places, and their draws; `None` of no places.
    pub fn finish(self, plans: &[Plan]) -> Option<(Vec<Plan>, Sample<'w>)> {
        let mut told = Vec::new();
        let mut kept = Vec::new();
        for (place, plan) in plans.iter().enumerate() {
            match parts(plans, plan) {
                Some((change, level)) => told.push((change, Some(level))),
                None if plan.key.unit.adds() => told.push((place, None)),
                None => continue,
            }
            kept.push(plan.clone());
        }
        Some((kept, self.sum?.retold(&told)))
    }
}

/// Of a change in per cent the places of the change itself and of the level that holds it.
fn parts(plans: &[Plan], plan: &Plan) -> Option<(usize, usize)> {
    let whole = plan.key.changed()?;
    let find = |comparator| {
        plans.iter().position(|other| {
            other.key.is_beside(&plan.key) && other.key.comparator == comparator && other.key.outcome == whole
        })
    };
    Some((find(Comparator::Twin)?, find(Comparator::Level)?))
}
