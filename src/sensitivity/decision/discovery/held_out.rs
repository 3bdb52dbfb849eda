//! Boxes judged on cases that had no part in finding them, so that chance is not told as a finding.
//!
//! Among a hundred inputs and some thousand thresholds to cut at there is always a corner in which failures happen to gather. So one half of
//! the cases is peeled, and puts the limits of its box in an order, the limit that gathers most first. On the other half
//! the limits are added in that order, and kept only while each gathers failures beyond chance within those before it: a
//! fixed sequence of tests, which finds something in pure noise no oftener than its level says (Maurer W, Hothorn LA,
//! Lehmacher W (1995), in "Biometrie in der chemisch-pharmazeutischen Industrie" 6: 3-18). Every number told is one of
//! the other half. For boxes and quasi-p-values see [`discover`].

use super::case::{Input, Limits, Region, check};
use super::prim::{Restriction, discover};
use super::settings::Prim;
use super::significance::at_least;
use crate::appraisal::statistic::{Estimate, share};
use crate::sensitivity::decision::error::DecisionError;

/// How boxes are sought, and what they must show.
#[derive(Debug, Clone, PartialEq)]
pub struct Search {
    /// How they are peeled.
    pub prim: Prim,
    /// A limit is kept where chance alone would do as well less often than this.
    pub level: f64,
    /// Cases of interest that each half, and a box that is told, must hold at least.
    pub fewest: usize,
}

impl Default for Search {
    fn default() -> Self {
        Self { prim: Prim::default(), level: 0.01, fewest: 20 }
    }
}

/// What the search came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Gathering {
    /// Too few cases of interest, or too few others, to tell chance from a finding.
    TooFew {
        /// How many a half has at least.
        found: usize,
        /// How many it needs.
        needed: usize,
    },
    /// The boxes that hold on cases they were not sought on; none where no corner explains the cases of interest.
    Boxes(Vec<HeldBox>),
}

impl Gathering {
    /// The boxes that hold.
    pub fn boxes(&self) -> &[HeldBox] {
        match self {
            Self::TooFew { .. } => &[],
            Self::Boxes(boxes) => boxes,
        }
    }
}

/// A box that holds on cases it was not sought on. All its numbers are of those cases.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldBox {
    /// All held-out cases that no earlier box holds, then with one limit more at a time, as far as limits were sought.
    pub steps: Vec<HeldStep>,
    /// How many limits hold: the box is `steps[kept]`.
    pub kept: usize,
    /// The limits that hold, an input each, with quasi-p-values.
    pub restrictions: Vec<Restriction>,
}

/// One limit more.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldStep {
    /// The held-out cases within the limits so far.
    pub region: Region,
    /// The input on which the last limit is.
    pub input: Option<usize>,
    /// How likely the cases before would give as many of interest by chance.
    pub chance: f64,
}

impl HeldBox {
    /// The box that is told.
    pub fn region(&self) -> &Region {
        &self.steps[self.kept].region
    }

    /// The share of cases of interest in the box, with Wilson's error.
    pub fn density(&self) -> Estimate {
        share(self.region().of_interest, self.region().cases)
    }

    /// The share of all held-out cases of interest that lie in the box, with Wilson's error.
    pub fn coverage(&self) -> Estimate {
        let region = self.region();
        // Coverage is a share of all cases of interest, whatever earlier boxes hold.
        let all = (region.of_interest as f64 / region.coverage).round();
        share(region.of_interest, all as usize)
    }
}

/// Seeks boxes on the first half of the cases and judges them on the second, one after the other, until one does not hold.
///
/// # Errors
/// As [`discover`].
pub fn gatherings(inputs: &[Input], interest: &[bool], search: &Search) -> Result<Gathering, DecisionError> {
    check(inputs, interest)?;
    let middle = interest.len() / 2;
    let halves = [&interest[..middle], &interest[middle..]];
    let scarcer = |half: &&[bool]| {
        let of_interest = half.iter().filter(|one| **one).count();
        of_interest.min(half.len() - of_interest)
    };
    let found = halves.iter().map(scarcer).min().unwrap_or(0);
    if found < search.fewest {
        return Ok(Gathering::TooFew { found, needed: search.fewest });
    }
    let mut sought: Vec<usize> = (0..middle).collect();
    let held: Vec<usize> = (middle..interest.len()).collect();
    let wanted = halves[1].iter().filter(|one| **one).count();
    let everything = Cases { inputs, interest, count: held.len(), wanted };
    let mut left = held;
    let mut boxes = Vec::new();
    while boxes.len() < search.prim.boxes {
        let limits = ordered(inputs, interest, &sought, search)?;
        let found = everything.judged(&left, limits, search);
        if found.kept == 0 || found.region().of_interest < search.fewest {
            break;
        }
        let inside = |case: usize| within(inputs, &found.restrictions, case);
        sought.retain(|case| !inside(*case));
        left.retain(|case| !inside(*case));
        boxes.push(found);
    }
    Ok(Gathering::Boxes(boxes))
}

/// A limit on one side of an input, or a choice among its categories.
type Limit = (usize, Limits);

/// The limits of the box that is peeled from some cases, the one that gathers most first.
fn ordered(inputs: &[Input], interest: &[bool], cases: &[usize], search: &Search) -> Result<Vec<Limit>, DecisionError> {
    let own: Vec<Input> = inputs.iter().map(|input| input.of(cases)).collect();
    let hits: Vec<bool> = cases.iter().map(|case| interest[*case]).collect();
    let some = hits.iter().filter(|one| **one).count();
    if cases.len() < 20 || some == 0 || some == cases.len() {
        return Ok(Vec::new());
    }
    let found = discover(&own, &hits, &Prim { boxes: 1, ..search.prim.clone() })?;
    let Some(first) = found.first() else { return Ok(Vec::new()) };
    let mut offered: Vec<Limit> = first.restrictions.iter().flat_map(sides).collect();
    let mut inside: Vec<usize> = (0..cases.len()).collect();
    let mut order = Vec::new();
    while !offered.is_empty() {
        let of_interest = |cases: &[usize]| cases.iter().filter(|case| hits[**case]).count();
        let before = of_interest(&inside) as f64 / inside.len().max(1) as f64;
        // By how many errors more cases are of interest than before.
        let gain = |(input, limits): &Limit| {
            let kept: Vec<usize> = inside.iter().copied().filter(|case| own[*input].within(*case, limits)).collect();
            let n = kept.len() as f64;
            (of_interest(&kept) as f64 - n * before) / (n * before * (1.0 - before)).sqrt().max(f64::MIN_POSITIVE)
        };
        let gains: Vec<f64> = offered.iter().map(gain).collect();
        let best = (1..offered.len()).fold(0, |best, one| if gains[one] > gains[best] { one } else { best });
        let (input, limits) = offered.remove(best);
        inside.retain(|case| own[input].within(*case, &limits));
        order.push((input, limits));
    }
    Ok(order)
}

/// The sides of a restriction as limits of their own.
fn sides(one: &Restriction) -> Vec<Limit> {
    let Limits::Range { low, high } = one.limits else { return vec![(one.input, one.limits.clone())] };
    let low = one.low.map(|_| Limits::Range { low, high: f64::INFINITY });
    let high = one.high.map(|_| Limits::Range { low: f64::NEG_INFINITY, high });
    low.into_iter().chain(high).map(|limits| (one.input, limits)).collect()
}

fn within(inputs: &[Input], restrictions: &[Restriction], case: usize) -> bool {
    restrictions.iter().all(|one| inputs[one.input].within(case, &one.limits))
}

/// The held-out cases.
struct Cases<'a> {
    inputs: &'a [Input],
    interest: &'a [bool],
    /// How many there are, and how many of them are of interest, also in earlier boxes.
    count: usize,
    wanted: usize,
}

impl Cases<'_> {
    /// Adds the limits in their order, and keeps them while each gathers cases of interest beyond chance.
    fn judged(&self, left: &[usize], limits: Vec<Limit>, search: &Search) -> HeldBox {
        let whole: Vec<Limits> = self.inputs.iter().map(Input::whole).collect();
        let mut inside = left.to_vec();
        let mut so_far = whole.clone();
        let mut restrictions: Vec<Restriction> = Vec::new();
        let mut steps = vec![HeldStep { region: self.region(&inside, &so_far, &whole), input: None, chance: 1.0 }];
        let mut kept = None;
        for (input, limits) in limits {
            let before = steps[steps.len() - 1].region.density;
            inside.retain(|case| self.inputs[input].within(*case, &limits));
            so_far[input] = both(&so_far[input], &limits);
            let region = self.region(&inside, &so_far, &whole);
            let chance = at_least(region.of_interest, region.cases, before);
            if kept.is_none() && chance > search.level {
                kept = Some(steps.len() - 1);
            }
            if kept.is_none() {
                restrict(&mut restrictions, input, &so_far[input], &limits, chance);
            }
            steps.push(HeldStep { region, input: Some(input), chance });
        }
        let kept = kept.unwrap_or(steps.len() - 1);
        restrictions.sort_by_key(|one| one.input);
        HeldBox { steps, kept, restrictions }
    }

    fn region(&self, inside: &[usize], limits: &[Limits], whole: &[Limits]) -> Region {
        let of_interest = inside.iter().filter(|case| self.interest[**case]).count();
        Region {
            limits: limits.to_vec(),
            cases: inside.len(),
            of_interest,
            coverage: of_interest as f64 / self.wanted.max(1) as f64,
            density: of_interest as f64 / inside.len().max(1) as f64,
            mass: inside.len() as f64 / self.count.max(1) as f64,
            restricted: (0..limits.len()).filter(|input| limits[*input] != whole[*input]).collect(),
        }
    }
}

/// What two limits of one input allow together.
fn both(one: &Limits, other: &Limits) -> Limits {
    match (one, other) {
        (Limits::Range { low, high }, Limits::Range { low: from, high: to }) => {
            Limits::Range { low: low.max(*from), high: high.min(*to) }
        }
        (Limits::Kept(kept), Limits::Kept(also)) => {
            Limits::Kept(kept.iter().zip(also).map(|(a, b)| *a && *b).collect())
        }
        _ => other.clone(),
    }
}

/// Notes a limit that holds, beside the one on the other side of the same input if there is one.
fn restrict(restrictions: &mut Vec<Restriction>, input: usize, so_far: &Limits, limits: &Limits, chance: f64) {
    let at = restrictions.iter().position(|one| one.input == input).unwrap_or(restrictions.len());
    if at == restrictions.len() {
        restrictions.push(Restriction { input, limits: so_far.clone(), low: None, high: None });
    }
    let one = &mut restrictions[at];
    one.limits = so_far.clone();
    match limits {
        Limits::Range { low, .. } if *low == f64::NEG_INFINITY => one.high = Some(chance),
        _ => one.low = Some(chance),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{Gathering, Search, gatherings};
    use crate::sensitivity::decision::discovery::{Input, Limits};
    use crate::sensitivity::decision::fixture::uniforms;

    fn numbers(seed: u64, cases: usize, inputs: usize) -> Vec<Vec<f64>> {
        (0..inputs).map(|i| uniforms(seed, cases, &format!("x{i}"))).collect()
    }

    /// A box with three sides and a category among a hundred inputs, in which four of five cases fail, against one of ten
    /// elsewhere: the box is told whole and no other, and what is told of it holds on fresh draws.
    #[test]
    fn a_known_box_is_told_whole_and_nothing_beside_it() {
        let cases = 4_000;
        let sample = |seed: u64| {
            let x = numbers(seed, cases, 100);
            let switch: Vec<u32> = uniforms(seed, cases, "switch").iter().map(|u| u32::from(*u < 0.5)).collect();
            let chance = uniforms(seed, cases, "chance");
            let fails: Vec<bool> = (0..cases)
                .map(|i| chance[i] < if x[3][i] < 0.6 && x[7][i] > 0.3 && switch[i] == 1 { 0.8 } else { 0.1 })
                .collect();
            let mut inputs: Vec<Input> = x.into_iter().map(Input::Numbers).collect();
            inputs.push(Input::Categories { of_case: switch, count: 2 });
            (inputs, fails)
        };
        let (inputs, fails) = sample(5);
        let Gathering::Boxes(found) = gatherings(&inputs, &fails, &Search::default()).unwrap() else {
            panic!("there are failures enough")
        };
        assert_eq!(found.len(), 1, "{found:?}");
        let one = &found[0];
        let inputs: Vec<usize> = one.restrictions.iter().map(|one| one.input).collect();
        assert_eq!(inputs, [3, 7, 100]);
        let Limits::Range { high, .. } = one.restrictions[0].limits else { panic!("a number") };
        assert!((high - 0.6).abs() < 0.05 && one.restrictions[0].low.is_none(), "{high}");
        let Limits::Range { low, .. } = one.restrictions[1].limits else { panic!("a number") };
        assert!((low - 0.3).abs() < 0.05 && one.restrictions[1].high.is_none(), "{low}");
        assert_eq!(one.restrictions[2].limits, Limits::Kept(vec![false, true]));
        // Fresh draws, counted within the limits that were told.
        let (inputs, fails) = sample(6);
        let inside: Vec<usize> = (0..cases).filter(|case| super::within(&inputs, &one.restrictions, *case)).collect();
        let fresh = inside.iter().filter(|case| fails[**case]).count() as f64 / inside.len() as f64;
        let density = one.density();
        assert!((fresh - density.value).abs() < 4.0 * density.error, "{fresh} against {density:?}");
        assert!(density.value > 0.75 && one.coverage().value > 0.5, "{one:?}");
    }

    /// Failures that hang on nothing: peeling alone tells of a corner every time, judged on held-out cases of none.
    #[test]
    fn noise_is_told_as_nothing() {
        for seed in 1..=12 {
            let inputs: Vec<Input> = numbers(seed, 1_000, 60).into_iter().map(Input::Numbers).collect();
            let fails: Vec<bool> = uniforms(seed, 1_000, "fails").iter().map(|u| *u < 0.168).collect();
            let sought = super::discover(&inputs, &fails, &super::Prim::default()).unwrap();
            assert!(
                sought[0].region().density > 0.4 && sought[0].restrictions.len() > 3,
                "{:?}",
                sought[0].restrictions
            );
            assert_eq!(
                gatherings(&inputs, &fails, &Search::default()).unwrap(),
                Gathering::Boxes(Vec::new()),
                "{seed}"
            );
        }
    }

    /// A handful of failures is not explained, however well a corner holds them.
    #[test]
    fn a_handful_of_failures_is_not_explained() {
        let x = uniforms(3, 1_000, "x");
        let fails: Vec<bool> = x.iter().map(|x| *x < 0.02).collect();
        let found = gatherings(&[Input::Numbers(x)], &fails, &Search::default()).unwrap();
        assert!(matches!(found, Gathering::TooFew { found, needed: 20 } if found < 20), "{found:?}");
        assert!(found.boxes().is_empty());
    }

    /// Both ends of one input: two limits, one restriction.
    #[test]
    fn a_range_is_one_restriction_of_two_limits() {
        let x = uniforms(8, 2_000, "x");
        let fails: Vec<bool> = x.iter().map(|x| (0.4..0.6).contains(x)).collect();
        let found = gatherings(&[Input::Numbers(x)], &fails, &Search::default()).unwrap();
        let [one] = found.boxes() else { panic!("{found:?}") };
        assert_eq!((one.restrictions.len(), one.kept), (1, 2));
        assert!(one.restrictions[0].low.is_some() && one.restrictions[0].high.is_some());
        assert!(one.density().value > 0.9, "{one:?}");
    }
}
