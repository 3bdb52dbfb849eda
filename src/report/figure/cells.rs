//! A heat map's fields: a colour for each number, and the number with its interval where there is room.

use super::canvas::{Anchor, Canvas, Pen, Rect};
use super::extent::is_drawable;
use super::field::Field;
use super::lettering::{self, ASCENT};
use super::{Colour, Estimate, FigureError, NumberFormat, style};

/// From a field's corner to the middle of its ring.
const RING_INSET: f64 = 6.0;
/// A field smaller than this has no room for a ring.
const LEAST_FOR_RING: f64 = 14.0;

pub(super) fn draw(
    canvas: &mut Canvas,
    field: &Field,
    estimates: &[Vec<Estimate>],
    reach: (f64, f64),
) -> Result<(), FigureError> {
    for (row, column, estimate) in drawn_cells(estimates) {
        let room = room(field, row, column);
        let colour = shade(estimate.middle, reach);
        canvas.rectangle(&room, colour, 1.0)?;
        let outline = [
            (room.left, room.top),
            (room.right, room.top),
            (room.right, room.bottom),
            (room.left, room.bottom),
            (room.left, room.top),
        ];
        canvas.line(&outline, Pen::solid(Colour::WHITE, 1.2))?;
        if estimate.spans_zero() && room.width().min(room.height()) >= LEAST_FOR_RING {
            let centre = (room.right - RING_INSET, room.top + RING_INSET);
            canvas.disc(centre, 2.8, style::TEXT_INK)?;
            canvas.disc(centre, 1.7, colour)?;
        }
    }
    Ok(())
}

/// Writes each number in its field, and its interval below it. What would stick out of one field is left out of all, so
/// that no field seems to know more than another.
pub(super) fn write(
    canvas: &mut Canvas,
    field: &Field,
    estimates: &[Vec<Estimate>],
    format: &NumberFormat,
) -> Result<(), FigureError> {
    let (number, interval) = (style::NOTE, style::INTERVAL);
    let mut written = Vec::new();
    let (mut numbers_fit, mut intervals_fit) = (true, true);
    for (row, column, estimate) in drawn_cells(estimates) {
        let room = room(field, row, column);
        let middle = format.two_figures(estimate.middle);
        let ends = estimate.ninety.filter(|(low, high)| is_drawable(*low) && is_drawable(*high));
        let ends = ends.map(|(low, high)| between(low, high, format));
        numbers_fit &= lettering::width(&middle, number)? + 4.0 <= room.width() && number.leading() <= room.height();
        if let Some(ends) = &ends {
            let high = number.leading() + interval.leading();
            intervals_fit &= lettering::width(ends, interval)? + 4.0 <= room.width() && high + 2.0 <= room.height();
        }
        written.push((room, middle, ends));
    }
    if !numbers_fit {
        return Ok(());
    }
    for (room, middle, ends) in written {
        let across = (room.left + room.right) / 2.0;
        let ends = ends.filter(|_| intervals_fit);
        let down = (room.top + room.bottom - if ends.is_some() { interval.leading() } else { 0.0 }) / 2.0;
        let baseline = down + (ASCENT - 0.06) * number.size / 2.0;
        canvas.text(&middle, (across, baseline), Anchor::Middle, number, style::TITLE_INK)?;
        if let Some(ends) = ends {
            let baseline = baseline + interval.leading() + 1.0;
            canvas.text(&ends, (across, baseline), Anchor::Middle, interval, style::TITLE_INK)?;
        }
    }
    Ok(())
}

/// Both ends as bare numbers, for the number above them says in what.
fn between(low: f64, high: f64, format: &NumberFormat) -> String {
    let bare = NumberFormat { prefix: String::new(), suffix: String::new(), signed: false, ..format.clone() };
    format!("{} to {}", bare.two_figures(low), bare.two_figures(high))
}

fn drawn_cells(estimates: &[Vec<Estimate>]) -> impl Iterator<Item = (usize, usize, &Estimate)> {
    let rows = estimates.iter().enumerate();
    rows.flat_map(|(row, estimates)| estimates.iter().enumerate().map(move |(column, one)| (row, column, one)))
        .filter(|(_, _, one)| is_drawable(one.middle))
}

fn room(field: &Field, row: usize, column: usize) -> Rect {
    let (row, column) = (row as f64, column as f64);
    Rect {
        left: field.across(column - 0.5),
        right: field.across(column + 0.5),
        top: field.down(row - 0.5),
        bottom: field.down(row + 0.5),
    }
}

/// The colour of a number between the lowest and the highest of a heat map. Never darker than a third of the way to
/// white, so that dark numbers stay legible.
pub fn shade(value: f64, (low, high): (f64, f64)) -> Colour {
    const DARKEST: f64 = 0.3;
    let (colour, strength) = if low < 0.0 && high > 0.0 {
        let colour = if value < 0.0 { Colour::VERMILION } else { Colour::BLUE };
        (colour, value.abs() / high.max(-low))
    } else if high > low {
        (Colour::BLUE, 0.1 + 0.9 * (value - low) / (high - low))
    } else {
        (Colour::BLUE, 0.3)
    };
    colour.tint(1.0 - (1.0 - DARKEST) * strength)
}
