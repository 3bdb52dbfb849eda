//! How much more a gain counts for those who have less health: `[equity]` of a scenario.

use crate::evidence::document::{Fields, Reading};
use crate::explain::scenario as code;

/// Aversion to unequal health, and weights of groups.
///
/// Where a scenario says nothing: the aversion of the median adult of England when asked to choose between programmes for the poorest
/// and the richest fifth (Robson M, Asaria M, Cookson R, Tsuchiya A, Ali S, Health Economics 2017, 26:1328-1334).
#[derive(Debug, Clone, PartialEq)]
pub struct Fairness {
    /// Aversion to relative differences (Atkinson's epsilon); 0 counts every gain alike.
    pub atkinson: f64,
    /// Aversion to absolute differences (Kolm's alpha), for a year of healthy life; 0 counts every gain alike.
    pub kolm: f64,
    /// What a QALY of each group counts, the most deprived first; empty where the weights follow from `atkinson`.
    pub weights: Vec<f64>,
}

impl Default for Fairness {
    fn default() -> Self {
        Self { atkinson: 10.95, kolm: 0.15, weights: Vec::new() }
    }
}

/// Beyond this, only the worst-off group counts, and powers leave the range of numbers.
const MOST_ATKINSON: f64 = 100.0;
const MOST_KOLM: f64 = 5.0;

impl Fairness {
    pub(super) fn read(reading: &mut Reading, mut fields: Fields<'_, '_>) -> Self {
        let usual = Self::default();
        let atkinson = aversion(reading, &mut fields, "atkinson", usual.atkinson, MOST_ATKINSON);
        let kolm = aversion(reading, &mut fields, "kolm", usual.kolm, MOST_KOLM);
        let weights = fields.numbers(reading, "weights").unwrap_or_default();
        for weight in weights.iter().filter(|weight| weight.value < 0.0) {
            reading
                .error(code::OUT_OF_RANGE, weight.span.clone(), format!("the weight of a group is {}", weight.value))
                .hint("write what a QALY of each group counts, 0 or more, the most deprived group first");
        }
        fields.finish(reading);
        Self { atkinson, kolm, weights: weights.into_iter().map(|weight| weight.value).collect() }
    }
}

fn aversion(reading: &mut Reading, fields: &mut Fields<'_, '_>, key: &'static str, usual: f64, most: f64) -> f64 {
    let Some(number) = fields.number(reading, key) else { return usual };
    if !(0.0..=most).contains(&number.value) {
        reading
            .error(code::OUT_OF_RANGE, number.span, format!("`{key}` is {}", number.value))
            .hint(format!("write a number from 0, which counts every gain alike, to {most}; {key} = {usual} is usual"));
    }
    number.value
}
