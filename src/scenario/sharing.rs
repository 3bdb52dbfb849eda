//! How money is divided between the places of a scenario, before any of them is run.

use std::collections::BTreeMap;

use crate::evidence::document::{Fields, Located, Reading, listed, number, table};
use crate::explain::scenario as code;
use engine::diagnostic::{Diagnostic, Diagnostics, Span};
use engine::model::Name;

/// How far weights may lie from one: they are written with a few decimals.
const TOLERANCE: f64 = 1e-6;

/// Shares are whole numbers of this many parts, so that their sum is one to the last bit, in whatever order it is taken.
const PARTS: f64 = (1_u64 << 52) as f64;

/// How money is divided between places.
#[derive(Debug, Clone, PartialEq)]
pub struct Sharing {
    /// By a rule or by weights.
    pub by: SharingBy,
    /// Where it stands.
    pub span: Span,
}

/// What the division goes by.
#[derive(Debug, Clone, PartialEq)]
pub enum SharingBy {
    /// `people^population * need^need * exp(deprivation * excess)`, where need is per head against all places together, and
    /// the excess is the part of residents in the most deprived fifth less that of all places together.
    Formula {
        /// Power of the number of residents.
        population: f64,
        /// Power of need per head.
        need: f64,
        /// Gradient over the part of residents who live in the most deprived fifth.
        deprivation: f64,
    },
    /// By weights that the scenario writes, each with the place as it is written there.
    Weights(Vec<(Located<String>, f64)>),
}

/// What the formula needs to know of a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Claim {
    /// Residents, in people.
    pub people: f64,
    /// Residents in the most deprived fifth, in people.
    pub deprived: f64,
    /// Need, in the unit of its variable.
    pub need: f64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Rule {
    Population,
    Need,
    Formula,
}

impl Sharing {
    /// Reads `[sharing]`; what is wrong with it is reported.
    pub(super) fn read(reading: &mut Reading, mut fields: Fields<'_, '_>) -> Option<Self> {
        let span = fields.at().clone();
        let has_rule = fields.has("rule");
        let rules = [("population", Rule::Population), ("need", Rule::Need), ("formula", Rule::Formula)];
        let rule = fields.word(reading, "rule", &rules);
        let weights = fields.any("weights").and_then(|value| {
            let weights = table(reading, value, "the weights of places")?;
            Some(read_weights(reading, &weights))
        });
        let has_weights = fields.has("weights");
        let powers = ["population", "need", "deprivation"].map(|key| fields.number(reading, key));
        let written = ["population", "need", "deprivation"].map(|key| fields.has(key));
        fields.finish(reading);
        if has_rule == has_weights {
            let message = if has_rule {
                "money is shared by a rule and by weights at once"
            } else {
                "`sharing` has neither a rule nor weights"
            };
            reading.error(code::SHARING, span, message).hint(
                "write rule = \"population\", \"need\" or \"formula\", or weights = { \"one-place\" = 0.4, \"another\" = 0.6 }",
            );
            return None;
        }
        let allowed = match rule.as_ref().map(|rule| rule.value) {
            Some(Rule::Population) => [true, false, false],
            Some(Rule::Need) => [true, true, false],
            Some(Rule::Formula) => [true, true, true],
            None => [has_rule; 3],
        };
        for ((key, written), allowed) in ["population", "need", "deprivation"].iter().zip(written).zip(allowed) {
            if written && !allowed {
                let at = span.clone();
                reading
                    .error(code::SHARING, at, format!("`{key}` says nothing to this way of sharing"))
                    .hint("remove it, or write rule = \"formula\"");
            }
        }
        if rule.as_ref().is_some_and(|rule| rule.value == Rule::Formula) && !written[1] && !written[2] {
            reading
                .error(code::SHARING, span.clone(), "the formula has neither `need` nor `deprivation`")
                .hint("write need = 0.5, the power of need per head, or deprivation = 2, or rule = \"population\"");
            return None;
        }
        let [population, need, deprivation] = powers.map(|power| power.map(|power| power.value));
        let by = if has_weights {
            SharingBy::Weights(weights??)
        } else {
            let power_of_need = match rule?.value {
                Rule::Population | Rule::Formula => 0.0,
                Rule::Need => 1.0,
            };
            SharingBy::Formula {
                population: population.unwrap_or(1.0),
                need: need.unwrap_or(power_of_need),
                deprivation: deprivation.unwrap_or(0.0),
            }
        };
        Some(Self { by, span })
    }

    /// Each place's share, in the order of the places: not negative, with a sum of one to the last bit. It depends on the
    /// places and not on their order. `None` where the claims are of no use: nobody lives in a place, or needs nothing.
    pub fn shares(&self, ids: &[&str], written: &[&str], claims: &[Claim]) -> Option<Vec<f64>> {
        let raw: Vec<f64> = match &self.by {
            SharingBy::Formula { population, need, deprivation } => {
                let people = sum(ids, claims, |claim| claim.people);
                let all_need = sum(ids, claims, |claim| claim.need) / people;
                let all_deprived = sum(ids, claims, |claim| claim.deprived) / people;
                claims
                    .iter()
                    .map(|claim| {
                        let index = claim.need / claim.people / all_need;
                        let excess = claim.deprived / claim.people - all_deprived;
                        let by_need = if *need == 0.0 { 1.0 } else { index.powf(*need) };
                        let by_deprivation = if *deprivation == 0.0 { 1.0 } else { (deprivation * excess).exp() };
                        claim.people.powf(*population) * by_need * by_deprivation
                    })
                    .collect()
            }
            SharingBy::Weights(weights) => (0..ids.len())
                .map(|index| {
                    let own = weights.iter().find(|(named, _)| is_named(named, ids[index], written[index]));
                    own.map_or(0.0, |(_, weight)| *weight)
                })
                .collect(),
        };
        exact(ids, &raw)
    }

    /// Reports weights that name no place, places without a weight, and weights that do not sum to one.
    pub(super) fn check(&self, ids: &[&str], written: &[&str], found: &mut Diagnostics) {
        let SharingBy::Weights(weights) = &self.by else { return };
        for (named, weight) in weights {
            if !ids.iter().zip(written).any(|(id, written)| is_named(named, id, written)) {
                let message = format!("`{}` is no place of this scenario", named.value);
                let hint = format!("the places are {}", listed(ids));
                found.push(Diagnostic::error(code::PLACE_WEIGHTS, message).at(named.span.clone()).hint(hint));
            }
            if *weight < 0.0 {
                let message = format!("the weight of `{}` is {weight}", named.value);
                let hint = "write a part of one, 0 or more";
                found.push(Diagnostic::error(code::PLACE_WEIGHTS, message).at(named.span.clone()).hint(hint));
            }
        }
        for (id, written) in ids.iter().zip(written) {
            if !weights.iter().any(|(named, _)| is_named(named, id, written)) {
                let message = format!("the weights leave out `{id}`");
                let hint = format!("add \"{id}\" = 0 if it is to have no money");
                found.push(Diagnostic::error(code::PLACE_WEIGHTS, message).at(self.span.clone()).hint(hint));
            }
        }
        let whole: f64 = weights.iter().map(|(_, weight)| weight).sum();
        if (whole - 1.0).abs() > TOLERANCE {
            let message = format!("the weights of the places sum to {}", (whole * 1e6).round() / 1e6);
            let hint = "they are parts of one whole and sum to 1";
            found.push(Diagnostic::error(code::PLACE_WEIGHTS, message).at(self.span.clone()).hint(hint));
        }
    }
}

fn is_named(named: &Located<String>, id: &str, written: &str) -> bool {
    Name::new(&named.value) == Name::new(id) || named.value == written
}

fn read_weights(reading: &mut Reading, fields: &Fields<'_, '_>) -> Option<Vec<(Located<String>, f64)>> {
    let mut weights = Vec::new();
    let mut complete = true;
    for (key, value) in fields.entries() {
        let name = key.get_ref().as_ref().to_owned();
        match number(reading, value, &format!("the weight of `{name}`")) {
            Some(weight) => weights.push((Located { value: name, span: reading.span(key.span()) }, weight.value)),
            None => complete = false,
        }
    }
    complete.then_some(weights)
}

/// A sum that does not depend on the order of the places.
fn sum(ids: &[&str], claims: &[Claim], of: impl Fn(&Claim) -> f64) -> f64 {
    let by_id: BTreeMap<&str, f64> = ids.iter().copied().zip(claims.iter().map(of)).collect();
    by_id.values().sum()
}

/// Parts of one in proportion to these numbers. What rounding leaves over goes to the greatest, of equals the first by id.
fn exact(ids: &[&str], raw: &[f64]) -> Option<Vec<f64>> {
    let by_id: BTreeMap<&str, f64> = ids.iter().copied().zip(raw.iter().copied()).collect();
    let whole: f64 = by_id.values().sum();
    if !(whole.is_finite() && whole > 0.0) || raw.iter().any(|one| !(one.is_finite() && *one >= 0.0)) {
        return None;
    }
    let mut parts: Vec<f64> = raw.iter().map(|one| (one / whole * PARTS).floor()).collect();
    let left = PARTS - parts.iter().sum::<f64>();
    let greatest = (0..raw.len()).max_by(|a, b| raw[*a].total_cmp(&raw[*b]).then_with(|| ids[*b].cmp(ids[*a])))?;
    parts[greatest] += left;
    Some(parts.into_iter().map(|part| part / PARTS).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Claim, Sharing, SharingBy, exact};
    use engine::diagnostic::Span;

    fn formula(population: f64, need: f64, deprivation: f64) -> Sharing {
        let span = Span::new(&"a.toml".into(), 0, 0);
        Sharing { by: SharingBy::Formula { population, need, deprivation }, span }
    }

    #[test]
    fn shares_sum_to_one_to_the_last_bit_in_any_order() {
        let names: Vec<String> = (0..13).map(|place| format!("place {place}")).collect();
        let ids: Vec<&str> = names.iter().map(String::as_str).collect();
        for seed in 1..200_u32 {
            let raw: Vec<f64> =
                (0..13_u32).map(|place| f64::from((seed * 7919 + place * 104_729) % 9973) / 7.0).collect();
            let shares = exact(&ids, &raw).unwrap();
            assert_eq!(shares.iter().sum::<f64>(), 1.0);
            assert_eq!(shares.iter().rev().sum::<f64>(), 1.0);
            let whole: f64 = raw.iter().sum();
            assert!(shares.iter().zip(&raw).all(|(share, raw)| (share - raw / whole).abs() < 1e-14));
        }
        assert_eq!(exact(&ids[..2], &[3.0, 3.0]).unwrap(), [0.5, 0.5]);
        assert_eq!(exact(&ids[..2], &[0.0, 0.0]), None);
        assert_eq!(exact(&ids[..2], &[f64::NAN, 1.0]), None);
    }

    #[test]
    fn the_formula_is_that_of_the_page() {
        let claims =
            [Claim { people: 100.0, deprived: 50.0, need: 30.0 }, Claim { people: 300.0, deprived: 30.0, need: 30.0 }];
        let shares = |sharing: Sharing| sharing.shares(&["a", "b"], &["a", "b"], &claims).unwrap();
        assert_eq!(shares(formula(1.0, 0.0, 0.0)), [0.25, 0.75]);
        // Need by the head is 0.3 and 0.1, so population times need is need itself.
        assert!((shares(formula(1.0, 1.0, 0.0))[0] - 0.5).abs() < 1e-12);
        // 0.5 and 0.1 of residents are deprived, 0.2 of all.
        let odds = 100.0 * (2.0 * 0.3_f64).exp() / (300.0 * (2.0 * -0.1_f64).exp());
        let shares = shares(formula(1.0, 0.0, 2.0));
        assert!((shares[0] / shares[1] - odds).abs() < 1e-12);
    }
}
