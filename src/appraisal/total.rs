//! Several places together: numbers added draw by draw, before any quantile is taken.
//!
//! Demands, money and health add. A change in per cent is reckoned again from the sums. A share or a rate of all places is
//! no sum of theirs, and is left to the places.

use std::io;

use engine::ensemble::{Lap, Stage};

use super::findings::{Comparator, SeriesKey};
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
                None if adds(&plan.key.unit) => told.push((place, None)),
                None => continue,
            }
            kept.push(plan.clone());
        }
        Some((kept, self.sum?.retold(&told)))
    }
}

/// Whether numbers of this unit add over places. A share of one, an index and what is told by the head do not.
pub fn adds(unit: &str) -> bool {
    !matches!(unit, "share" | "ratio" | "index" | "percent") && !unit.contains(" per ")
}

/// Of a change in per cent the places of the change itself and of the level that holds it.
fn parts(plans: &[Plan], plan: &Plan) -> Option<(usize, usize)> {
    if plan.key.unit != "percent" || plan.key.comparator != Comparator::Twin {
        return None;
    }
    let whole = plan.key.outcome.strip_suffix("-change")?;
    let find = |comparator| {
        let wanted = |key: &SeriesKey| {
            key.strategy == plan.key.strategy
                && key.comparator == comparator
                && key.outcome == whole
                && key.group == plan.key.group
                && key.payer == plan.key.payer
        };
        plans.iter().position(|other| wanted(&other.key))
    };
    Some((find(Comparator::Twin)?, find(Comparator::Level)?))
}

#[cfg(test)]
mod tests {
    use super::adds;

    #[test]
    fn what_is_a_ratio_is_not_added() {
        assert!(adds("admissions") && adds("GBP") && adds("QALY") && adds("GBP a year"));
        assert!(!adds("share") && !adds("percent") && !adds("admissions per resident"));
    }
}
