//! What a sweep goes through: levers, uncertainties and named choices, and at which points.

use crate::evidence::document::{Fields, Located, Reading, listed};
use crate::explain::scenario as code;
use engine::diagnostic::Span;
use engine::model::{Label, Name};
use engine::sampling::{Design, points};

use super::lever::Levers;

/// More points than this are a slip of the pen.
pub const MOST_POINTS: u64 = 100_000;

/// Columns of the tables of a sweep, whose names no axis can have.
const COLUMNS: [&str; 19] = [
    "place",
    "strategy",
    "comparator",
    "outcome",
    "group",
    "payer",
    "year",
    "unit",
    "price_base",
    "statistic",
    "value",
    "mc_error",
    "draw",
    "median",
    "p05",
    "p25",
    "p75",
    "p95",
    "probability",
];

/// `[sweep]` of a scenario: the same study at many settings, with the same draws at each.
#[derive(Debug, Clone, PartialEq)]
pub struct Sweep {
    /// Where it stands.
    pub span: Span,
    /// What is measured, as written.
    pub outcomes: Vec<Located<String>>,
    /// Ids of the strategies; none for all.
    pub strategies: Vec<Located<String>>,
    /// Ids of the places, each by itself; none for all places of the scenario together.
    pub places: Vec<Located<String>>,
    /// How points are laid out.
    pub layout: SweepLayout,
    /// How many points; `None` where the lists decide.
    pub points: Option<u64>,
    /// What is swept, one at least.
    pub axes: Vec<SweptAxis>,
}

/// How the points of a sweep are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SweepLayout {
    /// Every value of one axis with every value of the others; the last axis runs fastest.
    Grid,
    /// The first values of all axes, then the second, and so on.
    List,
    /// As many points as asked for, spread by a design.
    Spread(Design),
}

/// One thing that is swept.
#[derive(Debug, Clone, PartialEq)]
pub struct SweptAxis {
    /// The name of its column in tables.
    pub name: Located<String>,
    /// What it sets.
    pub what: Swept,
    /// Where it is set.
    pub values: AxisValues,
}

/// What an axis sets.
#[derive(Debug, Clone, PartialEq)]
pub enum Swept {
    /// A constant that we choose: the number holds in every strategy.
    Lever(Label),
    /// A constant that nature chooses, held at quantiles of what is believed of it.
    Quantile(Label),
    /// A constant that nature chooses, held at numbers.
    Number(Label),
    /// Named sets of levers.
    Choices(Vec<Choice>),
}

/// A named set of levers.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// What it is called in tables.
    pub name: String,
    /// What it sets.
    pub levers: Levers,
}

/// Where an axis is set.
#[derive(Debug, Clone, PartialEq)]
pub enum AxisValues {
    /// At these numbers; for choices, the indices of all of them in their list.
    Each(Vec<f64>),
    /// Anywhere from the first number to the second.
    Between(f64, f64),
}

impl Sweep {
    pub(super) fn read(reading: &mut Reading, mut fields: Fields<'_, '_>, horizon: Option<u32>) -> Option<Self> {
        let span = fields.at().clone();
        let outcomes = read_outcomes(reading, &mut fields);
        let strategies = fields.texts(reading, "strategies").unwrap_or_default();
        let places = fields.texts(reading, "places").unwrap_or_default();
        for (key, list) in [("strategies", &strategies), ("places", &places)] {
            if list.is_empty()
                && let Some(at) = fields.key_span(reading, key)
            {
                reading.error(code::SWEEP, at, format!("the list of {key} is empty")).hint("leave it out for all");
            }
        }
        let layout = read_layout(reading, &mut fields);
        let points = read_points(reading, &mut fields, layout);
        let spread = matches!(layout, Some(SweepLayout::Spread(_)));
        let tables = fields.tables(reading, "over", "the axis of the sweep");
        if tables.is_empty() {
            reading
                .error(code::SWEEP, span.clone(), "the sweep goes over nothing")
                .hint("add [[sweep.over]] with lever = \"Ring fence strength\" and values = [0, 0.5, 1]");
        }
        let before = reading.count();
        let mut axes: Vec<SweptAxis> = Vec::new();
        for fields in tables {
            let Some(axis) = read_axis(reading, fields, horizon, spread) else { continue };
            if axes.iter().any(|earlier| Name::new(&earlier.name.value) == Name::new(&axis.name.value)) {
                let message = format!("two axes are called `{}`", axis.name.value);
                reading.error(code::WRITTEN_TWICE, axis.name.span, message).hint("give one another name = \"...\"");
                continue;
            }
            if COLUMNS.contains(&axis.name.value.as_str()) {
                let message = format!("`{}` is a column that every table of a sweep has", axis.name.value);
                reading.error(code::SWEEP, axis.name.span, message).hint("give the axis another name = \"...\"");
                continue;
            }
            axes.push(axis);
        }
        fields.finish(reading);
        let sweep = Self { span, outcomes: outcomes?, strategies, places, layout: layout?, points: points?, axes };
        if reading.count() == before {
            sweep.check_count(reading);
        }
        (!sweep.axes.is_empty()).then_some(sweep)
    }

    /// How many points it has; `None` for a list whose axes have not the same number of values.
    pub fn count(&self) -> Option<u64> {
        let lengths = || {
            self.axes.iter().map(|axis| match &axis.values {
                AxisValues::Each(values) => values.len() as u64,
                AxisValues::Between(..) => 1,
            })
        };
        match self.layout {
            SweepLayout::Grid => Some(lengths().fold(1, u64::saturating_mul)),
            SweepLayout::List => {
                let first = lengths().next()?;
                lengths().all(|length| length == first).then_some(first)
            }
            SweepLayout::Spread(_) => self.points,
        }
    }

    /// For each point the number of each axis: a value, a quantile, or the index of a choice. Spread points follow from
    /// the seed and the names of the axes.
    pub fn numbers(&self, seed: u64) -> Vec<Vec<f64>> {
        let count = self.count().unwrap_or(0);
        let columns: Vec<Vec<f64>> = match self.layout {
            SweepLayout::Grid => {
                let mut before = 1;
                let mut columns = Vec::new();
                for axis in &self.axes {
                    let values = axis.each();
                    before *= values.len();
                    let after = count as usize / before.max(1);
                    columns.push((0..count as usize).map(|point| values[point / after % values.len()]).collect());
                }
                columns
            }
            SweepLayout::List => self.axes.iter().map(SweptAxis::each).collect(),
            SweepLayout::Spread(design) => self
                .axes
                .iter()
                .map(|axis| {
                    let stream = format!("sweep: {}", axis.name.value);
                    points(design, seed, count, &stream).into_iter().map(|point| axis.at(point)).collect()
                })
                .collect(),
        };
        (0..count as usize).map(|point| columns.iter().map(|column| column[point]).collect()).collect()
    }

    fn check_count(&self, reading: &mut Reading) {
        match self.count() {
            None => {
                let lengths: Vec<String> =
                    self.axes.iter().map(|axis| format!("`{}` has {}", axis.name.value, axis.each().len())).collect();
                reading
                    .error(
                        code::SWEEP,
                        self.span.clone(),
                        format!("a list needs axes of one length; {}", lengths.join(", ")),
                    )
                    .hint("write as many values for each, or design = \"grid\" for all combinations");
            }
            Some(count) if count > MOST_POINTS => {
                reading
                    .error(
                        code::TOO_MANY_POINTS,
                        self.span.clone(),
                        format!("the sweep has {count} points, and {MOST_POINTS} are possible"),
                    )
                    .hint("take fewer values, or design = \"lhs\" with points = 500: they cover the same room");
            }
            Some(_) => {}
        }
    }
}

impl SweptAxis {
    fn each(&self) -> Vec<f64> {
        match &self.values {
            AxisValues::Each(values) => values.clone(),
            AxisValues::Between(from, _) => vec![*from],
        }
    }

    /// The number at a point from 0 to 1 along the axis.
    fn at(&self, point: f64) -> f64 {
        match &self.values {
            AxisValues::Each(values) => values[((point * values.len() as f64) as usize).min(values.len() - 1)],
            AxisValues::Between(from, to) => from + point * (to - from),
        }
    }
}

fn read_outcomes(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> Option<Vec<Located<String>>> {
    fields.need(reading, "outcomes", "outcomes = [\"net-at-horizon:cash\", \"demand-change:emergency-admissions@10\"]");
    let outcomes = fields.texts(reading, "outcomes")?;
    if outcomes.is_empty() {
        let at = fields.key_span(reading, "outcomes").unwrap_or(fields.at().clone());
        reading
            .error(code::SWEEP, at, "the list of outcomes is empty")
            .hint("name one at least, such as \"net-at-horizon:cash\"");
        return None;
    }
    for (index, one) in outcomes.iter().enumerate() {
        if outcomes[..index].iter().any(|earlier| earlier.value == one.value) {
            let message = format!("the outcome `{}` stands twice in the list", one.value);
            reading.error(code::WRITTEN_TWICE, one.span.clone(), message).hint("keep one of the two");
        }
    }
    Some(outcomes)
}

fn read_layout(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> Option<SweepLayout> {
    if !fields.has("design") {
        return Some(SweepLayout::Grid);
    }
    let written = fields.text(reading, "design")?;
    match written.value.trim() {
        "grid" => Some(SweepLayout::Grid),
        "list" => Some(SweepLayout::List),
        word => match word.parse::<Design>() {
            Ok(design) => Some(SweepLayout::Spread(design)),
            Err(_) => {
                reading
                    .error(code::UNKNOWN_WORD, written.span, format!("`design` of a sweep cannot be `{word}`"))
                    .hint("write \"grid\" (all combinations), \"list\" (value by value), or a design such as \"lhs\"");
                None
            }
        },
    }
}

/// The number of points, which a spread design needs and the others cannot have; the outer `None` is a mistake.
fn read_points(reading: &mut Reading, fields: &mut Fields<'_, '_>, layout: Option<SweepLayout>) -> Option<Option<u64>> {
    let spread = matches!(layout, Some(SweepLayout::Spread(_)));
    if !fields.has("points") {
        if spread {
            fields.need(reading, "points", "points = 200, how many settings are tried");
            return None;
        }
        return Some(None);
    }
    let points = fields.whole(reading, "points")?;
    if !spread && layout.is_some() {
        reading
            .error(code::SWEEP, points.span, "the lists of a grid or a list say how many points there are")
            .hint("remove `points`, or write design = \"lhs\"");
        return None;
    }
    if !(1..=MOST_POINTS as i64).contains(&points.value) {
        reading
            .error(
                code::TOO_MANY_POINTS,
                points.span,
                format!("the sweep has {} points, and 1 to {MOST_POINTS} are possible", points.value),
            )
            .hint("a few hundred cover several axes well");
        return None;
    }
    Some(Some(points.value.unsigned_abs()))
}

fn read_axis(
    reading: &mut Reading,
    mut fields: Fields<'_, '_>,
    horizon: Option<u32>,
    spread: bool,
) -> Option<SweptAxis> {
    const KINDS: [&str; 3] = ["lever", "uncertainty", "choices"];
    let at = fields.at().clone();
    let kinds: Vec<&str> = KINDS.into_iter().filter(|key| fields.has(key)).collect();
    let name = fields.name(reading, "name");
    let [kind] = kinds[..] else {
        let message = if kinds.is_empty() {
            "the axis of the sweep says not what is swept".to_owned()
        } else {
            format!("the axis of the sweep has {} at once", listed(&kinds))
        };
        reading
            .error(code::SWEEP, at, message)
            .hint("write one of lever = \"...\", uncertainty = \"...\" or choices = [...]");
        return None;
    };
    if kind == "choices" {
        let choices = read_choices(reading, &mut fields, horizon);
        let name = match name {
            Some(name) => Some(name),
            None => fields.needed_name(reading, "name", "name = \"protection\", what the choices are about"),
        };
        fields.finish(reading);
        let (choices, name) = (choices?, name?);
        let values = AxisValues::Each((0..choices.len()).map(|index| index as f64).collect());
        return Some(SweptAxis { name, what: Swept::Choices(choices), values });
    }
    let written = fields.text(reading, kind);
    let values = read_values(reading, &mut fields, kind == "uncertainty", spread);
    fields.finish(reading);
    let written = written?;
    let label = match Label::parse(&written.value) {
        Ok(label) => label,
        Err(why) => {
            let message = format!("`{}` is not the name of a constant: {why}", written.value);
            reading
                .error(code::MALFORMED_LABEL, written.span, message)
                .hint("write it as in the model, such as \"Programme share[H01]\"");
            return None;
        }
    };
    let (quantile, values) = values?;
    let what = match (kind, quantile) {
        ("lever", _) => Swept::Lever(label),
        (_, true) => Swept::Quantile(label),
        _ => Swept::Number(label),
    };
    Some(SweptAxis { name: name.unwrap_or(written), what, values })
}

fn read_choices(reading: &mut Reading, fields: &mut Fields<'_, '_>, horizon: Option<u32>) -> Option<Vec<Choice>> {
    let at = fields.key_span(reading, "choices").unwrap_or(fields.at().clone());
    let before = reading.count();
    let mut choices: Vec<Choice> = Vec::new();
    for mut one in fields.tables(reading, "choices", "the choice") {
        let name = one.needed_name(reading, "name", "name = \"protected\"");
        let levers = one.table(reading, "levers", "the levers of the choice");
        let levers = levers.map(|levers| Levers::read(reading, &levers, horizon)).unwrap_or_default();
        one.finish(reading);
        let Some(name) = name else { continue };
        if choices.iter().any(|earlier| Name::new(&earlier.name) == Name::new(&name.value)) {
            let message = format!("two choices are called `{}`", name.value);
            reading.error(code::WRITTEN_TWICE, name.span, message).hint("give one of them another name");
            continue;
        }
        choices.push(Choice { name: name.value, levers });
    }
    if choices.is_empty() && reading.count() == before {
        reading
            .error(code::SWEEP, at, "the list of choices is empty")
            .hint("write choices = [{ name = \"none\", levers = { \"Ring fence strength\" = 0 } }, ...]");
    }
    (reading.count() == before).then_some(choices)
}

/// Numbers of an axis, and whether they are quantiles.
fn read_values(
    reading: &mut Reading,
    fields: &mut Fields<'_, '_>,
    uncertain: bool,
    spread: bool,
) -> Option<(bool, AxisValues)> {
    const WAYS: [&str; 3] = ["values", "quantiles", "range"];
    let at = fields.at().clone();
    let ways: Vec<&'static str> = WAYS.into_iter().filter(|key| fields.has(key)).collect();
    match ways[..] {
        [] if uncertain && spread => Some((true, AxisValues::Between(0.0, 1.0))),
        ["range"] => Some((false, read_range(reading, fields, spread)?)),
        ["quantiles"] if !uncertain => {
            let at = fields.key_span(reading, "quantiles").unwrap_or(at);
            reading
                .error(code::SWEEP, at, "a lever is chosen, so it has no quantiles")
                .hint("write values = [0, 0.5, 1], or uncertainty = \"...\" for what nature chooses");
            None
        }
        [way @ ("values" | "quantiles")] => {
            let numbers = fields.numbers(reading, way)?;
            let key = fields.key_span(reading, way).unwrap_or(at);
            if numbers.is_empty() {
                reading
                    .error(code::SWEEP, key, format!("the list of {way} is empty"))
                    .hint("write one number at least");
                return None;
            }
            let outside = numbers.iter().find(|one| way == "quantiles" && !(one.value > 0.0 && one.value < 1.0));
            if let Some(outside) = outside {
                reading
                    .error(
                        code::OUT_OF_RANGE,
                        outside.span.clone(),
                        format!("the quantile {} lies not between 0 and 1", outside.value),
                    )
                    .hint("0.5 is the median; write 0.05 and 0.95 for the ends of a 90 % interval");
                return None;
            }
            Some((way == "quantiles", AxisValues::Each(numbers.into_iter().map(|one| one.value).collect())))
        }
        _ => {
            let wanted =
                if uncertain { "quantiles = [0.05, 0.5, 0.95] or values = [...]" } else { "values = [0, 0.5, 1]" };
            let message = if ways.is_empty() {
                "the axis of the sweep has no values".to_owned()
            } else {
                format!("the axis of the sweep has {} at once", listed(&ways))
            };
            reading
                .error(code::SWEEP, at, message)
                .hint(format!("write {wanted}, or range = {{ from = 0, to = 1, steps = 5 }}"));
            None
        }
    }
}

fn read_range(reading: &mut Reading, fields: &mut Fields<'_, '_>, spread: bool) -> Option<AxisValues> {
    let mut range = fields.table(reading, "range", "the range")?;
    let at = range.at().clone();
    range.need(reading, "from", "from = 0");
    range.need(reading, "to", "to = 1");
    let (from, to) = (range.number(reading, "from"), range.number(reading, "to"));
    if !spread {
        range.need(reading, "steps", "steps = 5, the number of values with both ends");
    }
    let stepped = range.has("steps");
    let steps = range.whole(reading, "steps");
    range.finish(reading);
    let (from, to) = (from?.value, to?.value);
    if from == to {
        reading
            .error(code::SWEEP, at, format!("the range goes from {from} to {to}"))
            .hint("write two different numbers");
        return None;
    }
    if !stepped {
        return spread.then_some(AxisValues::Between(from, to));
    }
    let steps = steps?;
    if !(2..=MOST_POINTS as i64).contains(&steps.value) {
        let message = format!("the range has {} step{}", steps.value, if steps.value == 1 { "" } else { "s" });
        reading.error(code::SWEEP, steps.span, message).hint(format!(
            "`steps` counts the values with both ends: write 2 to {MOST_POINTS}, or values = [{from}] for one"
        ));
        return None;
    }
    let last = steps.value - 1;
    Some(AxisValues::Each((0..steps.value).map(|step| between(from, to, step, last)).collect()))
}

/// The number that lies `step` steps of `last` from one number to another: a decimal where one is it but for the rounding of
/// arithmetic, so that the third of ten steps from 0 to 1 is 0.3 and not 0.30000000000000004. Both ends are exactly what
/// was written.
fn between(from: f64, to: f64, step: i64, last: i64) -> f64 {
    match step {
        0 => return from,
        step if step == last => return to,
        _ => {}
    }
    let plain = from + (to - from) * (step as f64 / last as f64);
    // What the sum of a few numbers of this size may be off by.
    let slack = 4.0 * f64::EPSILON * from.abs().max(to.abs());
    if plain.abs() <= slack {
        return 0.0;
    }
    // Nobody writes more than twelve figures: a number that needs more, such as a third, stays as it was worked out.
    let mut decimals = (0..12).filter_map(|digits| format!("{plain:.digits$e}").parse::<f64>().ok());
    decimals.find(|short| (short - plain).abs() <= slack).unwrap_or(plain)
}

#[cfg(test)]
mod tests {
    use super::between;

    #[test]
    fn steps_of_a_range_are_the_decimals_that_were_meant() {
        let tenths: Vec<f64> = (0..=10).map(|step| between(0.0, 1.0, step, 10)).collect();
        assert_eq!(tenths, [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]);
        let small: Vec<f64> = (0..=4).map(|step| between(-0.02, 0.02, step, 4)).collect();
        assert_eq!(small, [-0.02, -0.01, 0.0, 0.01, 0.02]);
        assert_eq!((between(0.1, 0.7, 2, 3), between(-0.3, 0.3, 3, 6)), (0.5, 0.0));
        assert_eq!(between(0.0, 1.0, 1, 3), 1.0 / 3.0);
        assert_eq!(between(1e9, 1e9 + 1.0, 1, 4), 1e9 + 0.25);
    }
}
