//! A heat map's fields: a colour for each number, and the number where there is room.

use super::super::words;
use super::canvas::{Anchor, Canvas, Pen, Rect};
use super::extent::is_drawable;
use super::lettering::{self, ASCENT};
use super::marks::Field;
use super::{Colour, FigureError, NumberFormat, style};

pub(super) fn draw(canvas: &mut Canvas, field: &Field, values: &[Vec<f64>]) -> Result<(), FigureError> {
    let (low, high) = reach(values);
    for (row, column, value) in places(values) {
        let room = room(field, row, column);
        canvas.rectangle(&room, shade(value, low, high), 1.0)?;
        let outline = [
            (room.left, room.top),
            (room.right, room.top),
            (room.right, room.bottom),
            (room.left, room.bottom),
            (room.left, room.top),
        ];
        canvas.line(&outline, Pen::solid(Colour::WHITE, 1.2))?;
    }
    Ok(())
}

/// Writes each number in its field; where it would stick out it is left out, since the colour tells it roughly.
pub(super) fn write(
    canvas: &mut Canvas,
    field: &Field,
    values: &[Vec<f64>],
    format: &NumberFormat,
) -> Result<(), FigureError> {
    for (row, column, value) in places(values) {
        let room = room(field, row, column);
        let rounded = words::rounded(value);
        let second_figure = 10f64.powf(rounded.abs().log10().floor() - 1.0);
        let text = format.write(rounded, format.decimals_for(second_figure));
        let face = style::NOTE;
        if lettering::width(&text, face)? + 4.0 <= room.width() && face.leading() <= room.height() {
            let middle = (room.left + room.right) / 2.0;
            let baseline = (room.top + room.bottom) / 2.0 + (ASCENT - 0.06) * face.size / 2.0;
            canvas.text(&text, (middle, baseline), Anchor::Middle, face, style::TITLE_INK)?;
        }
    }
    Ok(())
}

fn places(values: &[Vec<f64>]) -> impl Iterator<Item = (usize, usize, f64)> {
    let rows = values.iter().enumerate();
    rows.flat_map(|(row, values)| values.iter().enumerate().map(move |(column, value)| (row, column, *value)))
        .filter(|(_, _, value)| is_drawable(*value))
}

fn reach(values: &[Vec<f64>]) -> (f64, f64) {
    places(values)
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (_, _, value)| (low.min(value), high.max(value)))
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

/// Never darker than a third of the way to white, so that dark numbers stay legible.
fn shade(value: f64, low: f64, high: f64) -> Colour {
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
