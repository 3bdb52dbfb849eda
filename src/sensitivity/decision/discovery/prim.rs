//! Boxes in which cases of interest gather, and the trade-off on the way to each: how many it holds, how purely.
//!
//! The patient rule induction method: Friedman JH, Fisher NI (1999), "Bump hunting in high-dimensional data", Statistics
//! and Computing 9: 123-143; for scenario discovery Bryant BP, Lempert RJ (2010), Technol Forecast Soc Change 77: 34-49.
//! The goal that weighs the gain of density by the mass given up is that of Kwakkel JH, Jaxa-Rozen M (2016), Environ
//! Model Softw 79: 311-321, for inputs of different kinds. No chance is involved.

use super::case::{Input, Limits, Region, check};
use super::peel::Peeling;
use super::settings::Prim;
use super::significance::at_least;
use crate::sensitivity::decision::error::DecisionError;

/// One restriction of a box, and how likely chance alone would make it look as good.
#[derive(Debug, Clone, PartialEq)]
pub struct Restriction {
    /// The input.
    pub input: usize,
    /// Its limits.
    pub limits: Limits,
    /// Quasi-p-value of the lower limit (of the choice of categories, for categories), if there is one.
    pub low: Option<f64>,
    /// Quasi-p-value of the upper limit, if there is one.
    pub high: Option<f64>,
}

/// A box with the way to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Discovery {
    /// From all remaining cases to the smallest box: peeled first, then pasted.
    pub trajectory: Vec<Region>,
    /// The step of the trajectory where coverage and density are best balanced (the highest harmonic mean of the two).
    pub chosen: usize,
    /// Restrictions of the chosen box.
    pub restrictions: Vec<Restriction>,
}

impl Discovery {
    /// The chosen box.
    pub fn region(&self) -> &Region {
        &self.trajectory[self.chosen]
    }
}

/// Seeks boxes one after the other. Ends early when a box is no denser in cases of interest than all cases together.
///
/// # Errors
/// Inputs of other cases, fewer than 20 cases, no case of interest or only such, shares out of range.
pub fn discover(inputs: &[Input], interest: &[bool], settings: &Prim) -> Result<Vec<Discovery>, DecisionError> {
    check(inputs, interest)?;
    for (what, share) in [("share cut off", settings.alpha), ("share put back", settings.paste)] {
        if !(share > 0.0 && share < 0.5) {
            return Err(DecisionError::OutOfRange { what, allowed: "between 0 and 0.5" });
        }
    }
    let wanted = interest.iter().filter(|one| **one).count();
    if wanted == 0 || wanted == interest.len() {
        return Err(DecisionError::OutOfRange {
            what: "number of cases of interest",
            allowed: "more than none and fewer than all",
        });
    }
    let whole: Vec<Limits> = inputs.iter().map(Input::whole).collect();
    let order: Vec<Vec<u32>> = inputs.iter().map(sorted).collect();
    let mut remaining: Vec<u32> = (0..interest.len() as u32).collect();
    let mut found = Vec::new();
    while found.len() < settings.boxes {
        let mut peeling = Peeling::new(inputs, interest, settings, &whole, &order, &remaining);
        if peeling.members().is_empty() || peeling.region().of_interest == 0 {
            break;
        }
        let mut trajectory = vec![peeling.region()];
        while peeling.peel() {
            trajectory.push(peeling.region());
        }
        while peeling.paste() {
            trajectory.push(peeling.region());
        }
        let chosen = balanced(&trajectory);
        let region = &trajectory[chosen];
        if region.restricted.is_empty() || region.density <= wanted as f64 / interest.len() as f64 {
            break;
        }
        let restrictions = restrictions(inputs, interest, &whole, &remaining, region);
        let inside = |case: &u32| {
            region.restricted.iter().all(|input| inputs[*input].within(*case as usize, &region.limits[*input]))
        };
        remaining.retain(|case| !inside(case));
        found.push(Discovery { restrictions, chosen, trajectory });
    }
    Ok(found)
}

fn sorted(input: &Input) -> Vec<u32> {
    let Input::Numbers(values) = input else { return Vec::new() };
    let mut order: Vec<u32> = (0..values.len() as u32).collect();
    order.sort_by(|one, other| values[*one as usize].total_cmp(&values[*other as usize]).then(one.cmp(other)));
    order
}

fn balanced(trajectory: &[Region]) -> usize {
    let mut best = (0, f64::NEG_INFINITY);
    for (index, region) in trajectory.iter().enumerate() {
        let both = region.coverage + region.density;
        let mean = if both > 0.0 { 2.0 * region.coverage * region.density / both } else { 0.0 };
        if mean > best.1 {
            best = (index, mean);
        }
    }
    best.0
}

fn restrictions(
    inputs: &[Input],
    interest: &[bool],
    whole: &[Limits],
    remaining: &[u32],
    region: &Region,
) -> Vec<Restriction> {
    let chance = |input: usize, wider: &Limits| {
        let (mut cases, mut hits) = (0_usize, 0_usize);
        for case in remaining.iter().map(|case| *case as usize) {
            let others = region.restricted.iter().filter(|other| **other != input);
            if inputs[input].within(case, wider)
                && others.clone().all(|other| inputs[*other].within(case, &region.limits[*other]))
            {
                cases += 1;
                hits += usize::from(interest[case]);
            }
        }
        at_least(region.of_interest, region.cases, hits as f64 / cases.max(1) as f64)
    };
    region
        .restricted
        .iter()
        .map(|input| {
            let limits = region.limits[*input].clone();
            let (low, high) = match (&limits, &whole[*input]) {
                (Limits::Range { low, high }, Limits::Range { low: first, high: last }) => (
                    (low > first).then(|| chance(*input, &Limits::Range { low: *first, high: *high })),
                    (high < last).then(|| chance(*input, &Limits::Range { low: *low, high: *last })),
                ),
                (_, whole) => (Some(chance(*input, whole)), None),
            };
            Restriction { input: *input, limits, low, high }
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::discover;
    use crate::sensitivity::decision::DecisionError;
    use crate::sensitivity::decision::discovery::{Goal, Prim};
    use crate::sensitivity::decision::discovery::{Input, Limits};
    use crate::sensitivity::decision::fixture::uniforms;

    /// Cases of interest fill two boxes exactly: both are found, the larger first, and no other.
    #[test]
    fn boxes_known_to_be_right_are_found() {
        let x: Vec<Vec<f64>> = (0..5).map(|i| uniforms(11, 4_000, &format!("x{i}"))).collect();
        let first = |i: usize| x[0][i] < 0.4 && x[2][i] > 0.5;
        let second = |i: usize| x[0][i] > 0.75 && x[1][i] < 0.4 && x[2][i] < 0.5;
        let interest: Vec<bool> = (0..4_000).map(|i| first(i) || second(i)).collect();
        let inputs: Vec<Input> = x.into_iter().map(Input::Numbers).collect();
        let found = discover(&inputs, &interest, &Prim::default()).unwrap();
        assert!(found.len() >= 2);
        let one = found[0].region();
        assert_eq!(one.restricted, [0, 2]);
        assert!(one.density > 0.95 && one.coverage > 0.6, "{one:?}");
        let Limits::Range { high, .. } = &one.limits[0] else { panic!("a number") };
        assert!((high - 0.4).abs() < 0.03, "{high}");
        let Limits::Range { low, .. } = &one.limits[2] else { panic!("a number") };
        assert!((low - 0.5).abs() < 0.03, "{low}");
        assert!(found[0].restrictions.iter().all(|one| one.low.or(one.high).unwrap() < 1e-6));
        let two = found[1].region();
        assert!(two.restricted.contains(&0) && two.restricted.contains(&1), "{two:?}");
        assert!(two.density > 0.85, "{two:?}");
    }

    #[test]
    fn nothing_of_interest_is_said() {
        let inputs = [Input::Numbers(uniforms(1, 50, "x"))];
        let found = discover(&inputs, &[false; 50], &Prim { goal: Goal::Density, ..Prim::default() });
        assert!(matches!(found, Err(DecisionError::OutOfRange { .. })));
    }
}
