//! Several places together: numbers added draw by draw, before any quantile is taken.
//!
//! Demands, money and health add. A change in per cent is reckoned again from the sums. A share or a rate of all places is
//! no sum of theirs, and is left to the places.

use super::assemble::{Block, Sample};
use super::findings::{Comparator, SeriesKey};
use super::reckoning::Plan;

/// The numbers of the places added up so far. It is as large as those of one place, however many there are.
#[derive(Debug, Default)]
pub struct Total {
    blocks: Vec<Block>,
}

impl Total {
    /// Adds a place's blocks. A draw counts only if it is sound in every place.
    pub fn add(&mut self, place: &[Block]) {
        if self.blocks.is_empty() {
            self.blocks = place.to_vec();
            return;
        }
        for ((sound, numbers), (other_sound, others)) in self.blocks.iter_mut().zip(place) {
            sound.iter_mut().zip(other_sound).for_each(|(sound, other)| *sound &= other);
            for (sums, others) in numbers.iter_mut().zip(others) {
                sums.iter_mut().zip(others).for_each(|(sum, other)| *sum += other);
            }
        }
    }

    /// The series that can be told of all places, and their draws.
    pub fn finish(mut self, plans: &[Plan]) -> (Vec<Plan>, Sample) {
        let parts: Vec<Option<(usize, usize)>> = plans.iter().map(|plan| parts(plans, plan)).collect();
        for (_, numbers) in &mut self.blocks {
            for (place, parts) in parts.iter().enumerate() {
                let Some((change, level)) = parts else { continue };
                let percent = numbers[*change].iter().zip(&numbers[*level]).map(|(change, level)| {
                    let twin = level - change;
                    if twin == 0.0 { 0.0 } else { 100.0 * change / twin }
                });
                numbers[place] = percent.collect();
            }
        }
        let told: Vec<bool> =
            plans.iter().zip(&parts).map(|(plan, parts)| parts.is_some() || adds(&plan.key.unit)).collect();
        for (_, numbers) in &mut self.blocks {
            let mut told = told.iter();
            numbers.retain(|_| told.next().copied().unwrap_or(false));
        }
        let plans = plans.iter().zip(&told).filter(|(_, told)| **told).map(|(plan, _)| plan.clone()).collect();
        (plans, Sample::gather(self.blocks))
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
