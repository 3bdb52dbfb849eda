//! A box that is peeled: thin slices are cut off where they hold the fewest cases of interest, then some put back.

use super::case::{Input, Limits, Region};
use super::settings::{Goal, Prim};

/// A box on its way, with its cases sorted along every input.
pub(super) struct Peeling<'a> {
    inputs: &'a [Input],
    interest: &'a [bool],
    settings: &'a Prim,
    whole: &'a [Limits],
    /// Cases that no earlier box holds.
    remaining: &'a [u32],
    /// All cases of interest, also those in earlier boxes.
    wanted: usize,
    limits: Vec<Limits>,
    members: Vec<u32>,
    hits: usize,
    /// Of each input of numbers, the members by increasing value; empty for categories.
    sorted: Vec<Vec<u32>>,
}

/// A change of one input's limits, and how good it is.
struct Change {
    score: f64,
    restricted: usize,
    input: usize,
    limits: Limits,
}

impl<'a> Peeling<'a> {
    pub fn new(
        inputs: &'a [Input],
        interest: &'a [bool],
        settings: &'a Prim,
        whole: &'a [Limits],
        order: &[Vec<u32>],
        remaining: &'a [u32],
    ) -> Self {
        let mut inside = vec![false; interest.len()];
        remaining.iter().for_each(|case| inside[*case as usize] = true);
        let sorted =
            order.iter().map(|cases| cases.iter().copied().filter(|case| inside[*case as usize]).collect()).collect();
        let hits = hits(remaining, interest);
        let wanted = interest.iter().filter(|one| **one).count();
        let (limits, members) = (whole.to_vec(), remaining.to_vec());
        Self { inputs, interest, settings, whole, remaining, wanted, limits, members, hits, sorted }
    }

    /// The box as it stands.
    pub fn region(&self) -> Region {
        let (cases, of_interest) = (self.members.len(), self.hits);
        let restricted = (0..self.limits.len()).filter(|input| self.limits[*input] != self.whole[*input]);
        Region {
            cases,
            of_interest,
            coverage: of_interest as f64 / self.wanted.max(1) as f64,
            density: of_interest as f64 / cases.max(1) as f64,
            mass: cases as f64 / self.interest.len() as f64,
            restricted: restricted.collect(),
            limits: self.limits.clone(),
        }
    }

    /// Cuts the slice that improves the goal most, of those that leave the box large enough, unless nothing improves.
    pub fn peel(&mut self) -> bool {
        let least = self.settings.least_mass * self.interest.len() as f64;
        let mut best: Option<(Change, usize)> = None;
        for input in 0..self.inputs.len() {
            for (limits, cases, hits) in self.slices(input) {
                // An input of few values may offer nearly all cases as one slice.
                if (cases as f64) < least {
                    continue;
                }
                let change = self.change(input, limits, cases, hits);
                if best.as_ref().is_none_or(|(least, _)| change.beats(least)) {
                    best = Some((change, cases));
                }
            }
        }
        let Some((change, cases)) = best else { return false };
        if cases >= self.members.len() || change.score <= 0.0 {
            return false;
        }
        self.take(change);
        true
    }

    /// Puts back the slice that improves the goal most, as long as density rises with it.
    pub fn paste(&mut self) -> bool {
        let mut best: Option<Change> = None;
        let density = self.hits as f64 / self.members.len().max(1) as f64;
        for input in (0..self.inputs.len()).filter(|input| self.limits[*input] != self.whole[*input]) {
            for limits in self.extensions(input) {
                let wider = self.held(input, &limits);
                let hits = hits(&wider, self.interest);
                if wider.len() <= self.members.len() || hits as f64 / wider.len() as f64 <= density {
                    continue;
                }
                let change = self.change(input, limits, wider.len(), hits);
                if change.score > 0.0 && best.as_ref().is_none_or(|least| change.beats(least)) {
                    best = Some(change);
                }
            }
        }
        let Some(change) = best else { return false };
        self.members = self.held(change.input, &change.limits);
        self.hits = hits(&self.members, self.interest);
        self.limits[change.input] = change.limits;
        true
    }

    /// Cases of the box.
    pub fn members(&self) -> &[u32] {
        &self.members
    }

    /// Candidate limits after a peel of one input, with the cases and cases of interest left.
    fn slices(&self, input: usize) -> Vec<(Limits, usize, usize)> {
        match (&self.inputs[input], &self.limits[input]) {
            (Input::Numbers(values), Limits::Range { low, high }) => {
                let sorted = &self.sorted[input];
                let value = |index: usize| values[sorted[index] as usize];
                let alpha = self.settings.alpha;
                let upper = cut(sorted.len(), 1.0 - alpha, value);
                let above = (0..sorted.len()).rev().take_while(|index| value(*index) > upper).count();
                let lower = cut(sorted.len(), alpha, value);
                let below = (0..sorted.len()).take_while(|index| value(*index) < lower).count();
                let lost = |cases: &[u32]| hits(cases, self.interest);
                vec![
                    (
                        Limits::Range { low: *low, high: upper },
                        sorted.len() - above,
                        self.hits - lost(&sorted[sorted.len() - above..]),
                    ),
                    (
                        Limits::Range { low: lower, high: *high },
                        sorted.len() - below,
                        self.hits - lost(&sorted[..below]),
                    ),
                ]
            }
            (Input::Categories { of_case, .. }, Limits::Kept(kept)) => {
                let count = kept.len();
                let (mut cases, mut hit) = (vec![0; count], vec![0; count]);
                for case in &self.members {
                    let category = of_case[*case as usize] as usize;
                    cases[category] += 1;
                    hit[category] += usize::from(self.interest[*case as usize]);
                }
                if kept.iter().filter(|one| **one).count() < 2 {
                    return Vec::new();
                }
                let without = |category: usize| {
                    let mut kept = kept.clone();
                    kept[category] = false;
                    (Limits::Kept(kept), self.members.len() - cases[category], self.hits - hit[category])
                };
                (0..count).filter(|category| kept[*category]).map(without).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Candidate limits after a paste of one input.
    fn extensions(&self, input: usize) -> Vec<Limits> {
        match (&self.inputs[input], &self.limits[input], &self.whole[input]) {
            (Input::Numbers(values), Limits::Range { low, high }, Limits::Range { low: first, high: last }) => {
                let beside = |from: f64, to: f64| {
                    let cases = self.held(input, &Limits::Range { low: from, high: to });
                    let mut beside: Vec<f64> = cases.iter().map(|case| values[*case as usize]).collect();
                    beside.sort_by(f64::total_cmp);
                    beside
                };
                let (below, above) = (beside(*first, *low), beside(*high, *last));
                let paste = self.settings.paste;
                let lower = if below.is_empty() { *first } else { cut(below.len(), 1.0 - paste, |index| below[index]) };
                let upper = if above.is_empty() { *last } else { cut(above.len(), paste, |index| above[index]) };
                vec![
                    Limits::Range { low: lower.min(*low), high: *high },
                    Limits::Range { low: *low, high: upper.max(*high) },
                ]
            }
            (_, Limits::Kept(kept), _) => (0..kept.len())
                .filter(|category| !kept[*category])
                .map(|category| {
                    let mut kept = kept.clone();
                    kept[category] = true;
                    Limits::Kept(kept)
                })
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Remaining cases within the box, but for one input, which has other limits.
    fn held(&self, input: usize, limits: &Limits) -> Vec<u32> {
        let others: Vec<usize> = (0..self.inputs.len())
            .filter(|other| *other != input && self.limits[*other] != self.whole[*other])
            .collect();
        let inside = |case: &u32| {
            let case = *case as usize;
            self.inputs[input].within(case, limits)
                && others.iter().all(|other| self.inputs[*other].within(case, &self.limits[*other]))
        };
        self.remaining.iter().copied().filter(inside).collect()
    }

    fn change(&self, input: usize, limits: Limits, cases: usize, hits: usize) -> Change {
        let old = self.hits as f64 / self.members.len().max(1) as f64;
        let new = if cases == 0 { 0.0 } else { hits as f64 / cases as f64 };
        let score = match self.settings.goal {
            Goal::Density => new,
            Goal::GainForMass if cases == self.members.len() => 0.0,
            Goal::GainForMass => (new - old) / self.members.len().abs_diff(cases) as f64,
        };
        let others =
            (0..self.limits.len()).filter(|other| *other != input && self.limits[*other] != self.whole[*other]);
        let restricted = others.count() + usize::from(limits != self.whole[input]);
        Change { score, restricted, input, limits }
    }

    fn take(&mut self, change: Change) {
        self.limits[change.input] = change.limits;
        let (inputs, limits) = (self.inputs, &self.limits);
        let inside = |case: &u32| inputs[change.input].within(*case as usize, &limits[change.input]);
        self.members.retain(inside);
        self.sorted.iter_mut().for_each(|sorted| sorted.retain(inside));
        self.hits = hits(&self.members, self.interest);
    }
}

impl Change {
    /// Better by the goal, or as good with fewer inputs restricted; the first of equals stays.
    fn beats(&self, other: &Change) -> bool {
        self.score > other.score || (self.score == other.score && self.restricted < other.restricted)
    }
}

fn hits(cases: &[u32], interest: &[bool]) -> usize {
    cases.iter().filter(|case| interest[**case as usize]).count()
}

/// Where to cut: halfway between the two neighbours of a quantile, moved inward past equal values.
fn cut(count: usize, share: f64, value: impl Fn(usize) -> f64) -> f64 {
    let index = (count - 1) as f64 * share;
    let (mut below, mut above) = (index.floor() as usize, (index.ceil() as usize).min(count - 1));
    if share > 0.5 {
        while value(below) == value(above) && below > 0 {
            below -= 1;
        }
    } else {
        while value(below) == value(above) && above + 1 < count {
            above += 1;
        }
    }
    (value(below) + value(above)) / 2.0
}
