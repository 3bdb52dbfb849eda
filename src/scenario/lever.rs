//! Levers: constants that we choose, one number or a path over the years of the plan.

use std::collections::BTreeMap;

use crate::evidence::document::{Fields, Located, Reading, number, table, wrong_kind};
use crate::evidence::slip;
use crate::explain::scenario as code;
use engine::diagnostic::Span;
use engine::model::{Label, Name};

use toml::de::DeValue;

/// One lever, as a scenario or a strategy sets it.
#[derive(Debug, Clone, PartialEq)]
pub struct Lever {
    /// The constant.
    pub label: Label,
    /// How it is set.
    pub path: LeverPath,
    /// Where its name stands.
    pub span: Span,
}

/// Levers in the order of the file, each constant once.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Levers {
    levers: Vec<Lever>,
}

impl Levers {
    /// One after another.
    pub fn iter(&self) -> impl Iterator<Item = &Lever> {
        self.levers.iter()
    }

    /// The lever of this constant.
    pub fn get(&self, label: &Label) -> Option<&Lever> {
        self.levers.iter().find(|lever| &lever.label == label)
    }

    /// One more.
    pub(super) fn add(&mut self, lever: Lever) {
        self.levers.push(lever);
    }

    /// Whether nothing is set.
    pub fn is_empty(&self) -> bool {
        self.levers.is_empty()
    }

    /// Multiplies every number of the levers that have a factor.
    pub(super) fn scale(&mut self, factors: &BTreeMap<Name, f64>) {
        for lever in &mut self.levers {
            let Some(factor) = factors.get(&lever.label.constant) else { continue };
            match &mut lever.path {
                LeverPath::Number(number) => *number *= factor,
                LeverPath::Steps(steps) => steps.iter_mut().for_each(|step| step.value *= factor),
            }
        }
    }

    /// Reads the names and values of a table of levers; steps after the horizon are warned of.
    pub(super) fn read(reading: &mut Reading, fields: &Fields<'_, '_>, horizon: Option<u32>) -> Self {
        let mut levers: Vec<Lever> = Vec::new();
        for (key, value) in fields.entries() {
            let span = reading.span(key.span());
            let written = key.get_ref().as_ref();
            let label = match Label::parse(written) {
                Ok(label) => label,
                Err(why) => {
                    reading
                        .error(code::MALFORMED_LABEL, span, format!("`{written}` is not the name of a constant: {why}"))
                        .hint("write it as in the model, such as \"Programme share[H01]\"");
                    continue;
                }
            };
            let path = match value.get_ref() {
                DeValue::Array(items) => {
                    let read = items
                        .iter()
                        .map(|item| table(reading, item, "a step"))
                        .collect::<Vec<_>>()
                        .into_iter()
                        .map(|fields| fields.and_then(|fields| read_step(reading, fields)))
                        .collect::<Vec<_>>();
                    if items.is_empty() {
                        reading
                            .error(code::LEVER_STEPS, reading.span(value.span()), format!("`{written}` has no step"))
                            .hint("write a number, or [{ from = 1, value = 0.01 }]");
                        continue;
                    }
                    let complete: Option<Vec<(Step, Span)>> = read.into_iter().collect();
                    let Some(steps) = complete else { continue };
                    check_order(reading, &steps, horizon);
                    LeverPath::Steps(steps.into_iter().map(|(step, _)| step).collect())
                }
                DeValue::Integer(_) | DeValue::Float(_) => match number(reading, value, &format!("`{written}`")) {
                    Some(number) => LeverPath::Number(number.value),
                    None => continue,
                },
                other => {
                    wrong_kind(
                        reading,
                        value,
                        &format!("`{written}`"),
                        "a number, or steps such as [{ from = 1, value = 0.01, ramp_years = 1 }],",
                        other,
                    );
                    if let DeValue::String(text) = other
                        && let Some(meant) = slip::meant(text)
                    {
                        reading.hint(format!("{meant}, and without quotes"));
                    }
                    continue;
                }
            };
            if levers.iter().any(|lever| lever.label == label) {
                reading
                    .error(code::WRITTEN_TWICE, span, format!("`{written}` is set twice here"))
                    .hint("keep one of the two; case, spaces and underscores make no difference");
                continue;
            }
            levers.push(Lever { label, path, span });
        }
        Self { levers }
    }
}

/// How a lever is set.
#[derive(Debug, Clone, PartialEq)]
pub enum LeverPath {
    /// The same throughout the plan.
    Number(f64),
    /// Changing at the beginnings of plan years: rising in [`Step::from`], one step at least.
    Steps(Vec<Step>),
}

/// A change of a lever.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// The plan year at whose beginning it starts.
    pub from: u32,
    /// The value it goes to.
    pub value: f64,
    /// Over how many years it goes there in a straight line; 0 is a jump.
    pub ramp_years: u32,
}

impl LeverPath {
    /// The value at the beginning and at the end of each of `years` years, of which the first is plan year `first_year`
    /// (plan year 0 is the base year, the year before the plan). Within a year the value runs in a straight line.
    ///
    /// `before` is the value that the lever has ahead of its first step and starts its first ramp from: the model's own.
    /// No lever acts before plan year 1. A step that begins while another ramp still runs starts from the value reached.
    pub fn yearly(&self, before: f64, first_year: i32, years: usize) -> Vec<(f64, f64)> {
        let steps = self.steps();
        (0..years)
            .map(|year| {
                let beginning = first_year as f64 + year as f64 - 1.0;
                value_over_year(&steps, before, beginning)
            })
            .collect()
    }

    /// The same number throughout the plan, if it never changes.
    pub fn constant(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Steps(_) => None,
        }
    }

    /// Every value that it goes to, in order.
    pub fn values(&self) -> Vec<f64> {
        self.steps().into_iter().map(|step| step.value).collect()
    }

    /// The first plan year in which this path says anything.
    pub fn first_year(&self) -> u32 {
        self.steps().first().map_or(1, |step| step.from)
    }

    /// The path that follows `earlier` until its own first step.
    #[must_use]
    pub fn after(&self, earlier: &LeverPath) -> LeverPath {
        let first = self.first_year();
        if first <= earlier.first_year() {
            return self.clone();
        }
        let mut steps: Vec<Step> = earlier.steps().into_iter().filter(|step| step.from < first).collect();
        steps.extend(self.steps());
        LeverPath::Steps(steps)
    }

    // A number is a jump at the beginning of plan year 1.
    fn steps(&self) -> Vec<Step> {
        match self {
            Self::Number(value) => vec![Step { from: 1, value: *value, ramp_years: 0 }],
            Self::Steps(steps) => steps.clone(),
        }
    }
}

// `beginning` is model time; plan year k begins at time k - 1.
fn value_over_year(steps: &[Step], before: f64, beginning: f64) -> (f64, f64) {
    let mut start = before;
    let mut current: Option<(&Step, f64)> = None;
    for step in steps {
        let from = f64::from(step.from) - 1.0;
        if from > beginning {
            break;
        }
        if let Some((last, origin)) = current {
            start = ramp(last, origin, from);
        }
        current = Some((step, start));
    }
    match current {
        None => (before, before),
        Some((step, origin)) => (ramp(step, origin, beginning), ramp(step, origin, beginning + 1.0)),
    }
}

fn ramp(step: &Step, origin: f64, time: f64) -> f64 {
    let passed = time - (f64::from(step.from) - 1.0);
    let length = f64::from(step.ramp_years);
    if passed >= length { step.value } else { origin + (step.value - origin) * (passed / length) }
}

fn read_step(reading: &mut Reading, mut fields: Fields<'_, '_>) -> Option<(Step, Span)> {
    let called = fields.called().to_owned();
    fields.need(reading, "from", "from = 1, the plan year in which it begins");
    fields.need(reading, "value", "value = 0.01");
    let from = fields.number(reading, "from");
    let value = fields.number(reading, "value");
    let ramp = fields.number(reading, "ramp_years");
    let has_ramp = fields.has("ramp_years");
    let at = fields.at().clone();
    fields.finish(reading);
    let from = from.and_then(|from| years(reading, &from, 1.0, "from", &called));
    let ramp_years = match ramp {
        Some(ramp) => years(reading, &ramp, 0.0, "ramp_years", &called),
        None if has_ramp => None,
        None => Some(0),
    };
    let step = Step { from: from?, value: value?.value, ramp_years: ramp_years? };
    Some((step, at))
}

fn years(reading: &mut Reading, number: &Located<f64>, least: f64, key: &str, called: &str) -> Option<u32> {
    // A thousand years is beyond any horizon and well inside what the arithmetic holds.
    if number.value.fract() == 0.0 && (least..=1000.0).contains(&number.value) {
        return Some(number.value as u32);
    }
    let message = if number.value.fract() != 0.0 {
        format!("`{key}` of {called} is {}, and levers change only where a year begins", number.value)
    } else {
        format!("`{key}` of {called} is {}", number.value)
    };
    reading.error(code::LEVER_STEPS, number.span.clone(), message);
    if key == "from" && (1900.0..2200.0).contains(&number.value) {
        reading.hint("plan years count from 1: write 1 for the first year of the plan, 2 for the year after it");
    } else {
        reading.hint(format!("write a whole number of years, {least} or more"));
    }
    None
}

fn check_order(reading: &mut Reading, steps: &[(Step, Span)], horizon: Option<u32>) {
    for pair in steps.windows(2) {
        let (first, (second, at)) = (&pair[0].0, &pair[1]);
        if second.from <= first.from {
            reading
                .error(
                    code::LEVER_STEPS,
                    at.clone(),
                    format!("a step from plan year {} comes after one from plan year {}", second.from, first.from),
                )
                .hint("write the steps in the order of their years, one for each year at most");
        }
    }
    let Some(horizon) = horizon else { return };
    for (step, at) in steps {
        if step.from > horizon {
            reading
                .warning(
                    code::AFTER_THE_HORIZON,
                    at.clone(),
                    format!("the step begins in plan year {}, and the study ends with plan year {horizon}", step.from),
                )
                .hint("lengthen horizon_years, or remove the step");
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{LeverPath, Step};

    fn steps(steps: &[(u32, f64, u32)]) -> LeverPath {
        LeverPath::Steps(steps.iter().map(|&(from, value, ramp_years)| Step { from, value, ramp_years }).collect())
    }

    #[test]
    fn a_number_holds_from_plan_year_1() {
        let path = LeverPath::Number(0.01);
        assert_eq!(path.yearly(0.0, 0, 3), [(0.0, 0.0), (0.01, 0.01), (0.01, 0.01)]);
    }

    #[test]
    fn a_ramp_of_one_year_a_jump_and_a_pause() {
        // Up over plan year 1, held in 2 and 3, stopped at once in 4.
        let path = steps(&[(1, 0.01, 1), (4, 0.0, 0)]);
        assert_eq!(
            path.yearly(0.0, 0, 6),
            [(0.0, 0.0), (0.0, 0.01), (0.01, 0.01), (0.01, 0.01), (0.0, 0.0), (0.0, 0.0)]
        );
    }

    #[test]
    fn a_ramp_of_four_years_by_hand() {
        // From 0.2 to 1.0 over plan years 2 to 5: a quarter of 0.8 a year.
        let path = steps(&[(2, 1.0, 4)]);
        let expected = [(0.2, 0.2), (0.2, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.0), (1.0, 1.0)];
        for ((a, b), (c, d)) in path.yearly(0.2, 0, 7).into_iter().zip(expected) {
            assert!((a - c).abs() < 1e-12 && (b - d).abs() < 1e-12, "{a} {b} for {c} {d}");
        }
    }

    #[test]
    fn a_step_inside_a_ramp_starts_from_the_value_reached() {
        // 0 to 8 over four years, cut off after two at 4, and down to 0 over two.
        let path = steps(&[(1, 8.0, 4), (3, 0.0, 2)]);
        assert_eq!(path.yearly(0.0, 1, 5), [(0.0, 2.0), (2.0, 4.0), (4.0, 2.0), (2.0, 0.0), (0.0, 0.0)]);
    }

    #[test]
    fn a_strategy_follows_the_scenario_until_its_first_step() {
        let general = LeverPath::Number(0.5);
        let own = steps(&[(3, 1.0, 2)]);
        let path = own.after(&general);
        assert_eq!(path.yearly(0.2, 0, 6), [(0.2, 0.2), (0.5, 0.5), (0.5, 0.5), (0.5, 0.75), (0.75, 1.0), (1.0, 1.0)]);
        assert_eq!(LeverPath::Number(0.9).after(&general), LeverPath::Number(0.9));
    }
}
