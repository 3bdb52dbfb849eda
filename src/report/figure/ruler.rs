//! Where an axis begins and ends, and which places on it are named: round numbers, plan years, categories.

use super::extent::Range;
use super::format::plan_year;
use super::lettering::{self, Face};
use super::{Axis, FigureError, NumberFormat, Scale};

/// An axis with its ends and named places settled.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ruler {
    pub low: f64,
    pub high: f64,
    pub ticks: Vec<Tick>,
    /// The distance between round numbers, from which the precision of written values follows.
    pub step: f64,
}

/// A named place on an axis.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tick {
    pub value: f64,
    pub lines: Vec<String>,
}

impl Ruler {
    /// How far along the axis a number lies, 0 at the beginning and 1 at the end.
    pub fn share(&self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }

    pub fn spans_zero(&self) -> bool {
        self.low <= 0.0 && 0.0 <= self.high
    }
}

/// The vertical axis of a plot about this high.
pub(super) fn vertical(axis: &Axis, range: Range, height: f64) -> Ruler {
    match &axis.scale {
        Scale::Number(format) => vertical_numbers(range, format, height),
        Scale::PlanYears { first } => {
            let span = (range.high - range.low).max(1.0);
            plan_years(range, *first, 40, |step| step / span * height >= 12.0)
        }
        Scale::Categories(names) => categories(names.iter().map(|name| vec![name.clone()]).collect()),
    }
}

/// The round numbers that waste least of the height beyond the data, without crowding it.
fn vertical_numbers(range: Range, format: &NumberFormat, height: f64) -> Ruler {
    let wanted = (height / 26.0).clamp(3.0, 5.0);
    let most = (height / 13.0).clamp(2.0, 8.0);
    let held = widened(range);
    let cost = |ruler: &Ruler| {
        let wasted = 1.0 - (held.high - held.low) / (ruler.high - ruler.low);
        wasted + 0.04 * (ruler.ticks.len() as f64 - 1.0 - wanted).abs()
    };
    let mut best = round_numbers(range, format, 2, Ends::Round);
    for count in 3..=8 {
        let ruler = round_numbers(range, format, count, Ends::Round);
        let spaces = ruler.ticks.len() as f64 - 1.0;
        if spaces <= most && cost(&ruler) < cost(&best) - 1e-9 {
            best = ruler;
        }
    }
    best
}

/// The horizontal axis, with as many named places as fit without touching. `standing` widens it by half a place on
/// either side, for bars.
pub(super) fn horizontal(
    axis: &Axis,
    mut range: Range,
    width: f64,
    face: Face,
    layout: Ends,
) -> Result<Ruler, FigureError> {
    let most = (width / 26.0).clamp(1.0, 8.0) as usize;
    match &axis.scale {
        Scale::Number(format) => {
            for count in (1..=most).rev() {
                let ruler = round_numbers(range, format, count, layout);
                if fits(&ruler, width, face)? {
                    return Ok(ruler);
                }
            }
            let mut bare = round_numbers(range, format, 1, layout);
            bare.ticks.clear();
            Ok(bare)
        }
        Scale::PlanYears { first } => {
            if layout == Ends::HalfStep && !range.is_empty() {
                range = Range { low: range.low - 0.5, high: range.high + 0.5 };
            }
            let widest = lettering::width("2025/26", face)?;
            let span = (range.high - range.low).max(1.0);
            Ok(plan_years(range, *first, 40, |step| step / span * width >= widest + 6.0))
        }
        Scale::Categories(names) => {
            let step = width / names.len().max(1) as f64;
            let mut lines = Vec::new();
            for (index, name) in names.iter().enumerate() {
                let slot = (1 + 2 * silent(names, index)) as f64 * step - 4.0;
                let needed = lettering::widest(&words(name), face)?;
                if needed > slot {
                    let what = format!("the label `{name}`");
                    return Err(FigureError::NoRoom { what, needed, available: slot });
                }
                lines.push(lettering::wrap(name, face, slot)?);
            }
            Ok(categories(lines))
        }
    }
}

/// How many places on either side of a name have none; a name may use their room.
fn silent(names: &[String], index: usize) -> usize {
    let empty = |name: &&String| name.is_empty();
    let (before, after) = (names[..index].iter().rev().take_while(empty), names[index + 1..].iter().take_while(empty));
    match (index, names.len() - 1 - index) {
        // Beyond the ends there is the room of the panel itself.
        (0, _) => after.count(),
        (_, 0) => before.count(),
        _ => before.count().min(after.count()),
    }
}

/// How an axis ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    /// At round numbers beyond the data.
    Round,
    /// With the data.
    Data,
    /// Half a place beyond the data.
    HalfStep,
}

/// A step of 1, 2 or 5 times a power of ten, no smaller than `least`.
pub(super) fn round_step(least: f64) -> f64 {
    let power = 10f64.powf(least.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().find(|step| step * power >= least * (1.0 - 1e-9));
    step.unwrap_or(10.0) * power
}

fn round_numbers(range: Range, format: &NumberFormat, most: usize, ends: Ends) -> Ruler {
    let range = widened(range);
    let step = round_step((range.high - range.low) / most.max(1) as f64);
    let (first, last) = match ends {
        Ends::Round => (below(range.low / step), above(range.high / step)),
        Ends::Data | Ends::HalfStep => (above(range.low / step), below(range.high / step)),
    };
    let decimals = format.decimals_for(step);
    let mut ticks = Vec::new();
    // Counted, not added up, so that the tenth tick is as round as the first.
    for count in 0..=((last - first).clamp(0.0, 100.0) as i64) {
        let value = (first + count as f64) * step;
        if first <= last {
            let decimals = if value == 0.0 { 0 } else { decimals };
            ticks.push(Tick { value, lines: vec![format.write(value, decimals)] });
        }
    }
    let (low, high) = match ends {
        Ends::Round => (first * step, last * step),
        Ends::Data => (range.low, range.high),
        Ends::HalfStep => {
            let room = (range.high - range.low) * 0.06;
            (range.low - room, range.high + room)
        }
    };
    Ruler { low, high, ticks, step }
}

fn plan_years(range: Range, first: i32, most: usize, fits: impl Fn(f64) -> bool) -> Ruler {
    let range = widened(range);
    let (begin, end) = (range.low.ceil(), range.high.floor());
    let years = end - begin;
    let mut steps = [1.0, 2.0, 3.0, 4.0, 5.0].to_vec();
    let mut power = 10.0;
    while power <= 1e6 {
        steps.extend([power, 2.0 * power, 5.0 * power]);
        power *= 10.0;
    }
    let allowed = |step: f64| fits(step) && years / step <= most as f64;
    let smallest = steps.iter().copied().find(|&step| allowed(step));
    // A step that names the first and the last year is worth a few names fewer.
    let ends_named = smallest.and_then(|smallest| {
        steps
            .iter()
            .copied()
            .find(|&step| step >= smallest && step <= smallest * 2.0 && years >= step && years % step == 0.0)
    });
    let mut ticks = Vec::new();
    if let Some(step) = ends_named.or(smallest) {
        let mut year = begin;
        while year <= end {
            ticks.push(Tick { value: year, lines: vec![plan_year(first, year as i64)] });
            year += step;
        }
    }
    Ruler { low: range.low, high: range.high, ticks, step: 1.0 }
}

fn categories(lines: Vec<Vec<String>>) -> Ruler {
    let count = lines.len().max(1) as f64;
    let ticks = lines.into_iter().enumerate().map(|(index, lines)| Tick { value: index as f64, lines }).collect();
    Ruler { low: -0.5, high: count - 0.5, ticks, step: 1.0 }
}

/// A range with some width, also around a single number or none.
fn widened(range: Range) -> Range {
    if range.is_empty() {
        return Range { low: 0.0, high: 1.0 };
    }
    let size = range.low.abs().max(range.high.abs());
    // Closer together than this, neighbouring ticks would be written alike.
    if range.high - range.low > size * 1e-9 && range.high - range.low > 1e-290 {
        return range;
    }
    if size <= 1e-280 {
        return Range { low: 0.0, high: 1.0 };
    }
    Range { low: range.low - size * 0.1, high: range.high + size * 0.1 }
}

fn below(steps: f64) -> f64 {
    (steps + 1e-9).floor()
}

fn above(steps: f64) -> f64 {
    (steps - 1e-9).ceil()
}

fn fits(ruler: &Ruler, width: f64, face: Face) -> Result<bool, FigureError> {
    let mut previous_end = f64::NEG_INFINITY;
    for tick in &ruler.ticks {
        let half = lettering::widest(&tick.lines, face)? / 2.0;
        let centre = ruler.share(tick.value) * width;
        if centre - half < previous_end + 9.0 {
            return Ok(false);
        }
        previous_end = centre + half;
    }
    Ok(true)
}

fn words(name: &str) -> Vec<String> {
    name.split_whitespace().map(str::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(ruler: &Ruler) -> Vec<&str> {
        ruler.ticks.iter().map(|tick| tick.lines[0].as_str()).collect()
    }

    fn numbers(low: f64, high: f64, most: usize) -> Ruler {
        round_numbers(Range { low, high }, &NumberFormat::plain(), most, Ends::Round)
    }

    #[test]
    fn ticks_are_round_and_hold_the_data() {
        let ruler = numbers(-3.2, 11.7, 5);
        assert_eq!(labels(&ruler), ["−5", "0", "5", "10", "15"]);
        assert_eq!((ruler.low, ruler.high), (-5.0, 15.0));
        assert_eq!(labels(&numbers(0.0, 1.0, 5)), ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
    }

    #[test]
    fn constant_and_extreme_ranges_have_an_axis() {
        for (low, high) in [(0.0, 0.0), (7.0, 7.0), (-1e300, 1e300), (1e-310, 2e-310), (1e12, 1e12 + 1e-4)] {
            let ruler = numbers(low, high, 5);
            assert!(ruler.low <= low && high <= ruler.high && ruler.low < ruler.high, "{low} {high}");
            assert!(ruler.ticks.len() >= 2, "{low} {high}: {ruler:?}");
        }
    }

    #[test]
    fn plan_years_name_both_ends_where_they_can() {
        let ten = Range { low: 1.0, high: 10.0 };
        let ruler = plan_years(ten, 2025, 40, |step| step >= 2.0);
        assert_eq!(labels(&ruler), ["2025/26", "2028/29", "2031/32", "2034/35"]);
        let every = plan_years(ten, 2025, 40, |_| true);
        assert_eq!(every.ticks.len(), 10);
    }
}
