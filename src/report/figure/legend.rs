//! The key to lines, bands and areas that all panels share.

use super::canvas::{Anchor, Canvas, Pen, Rect};
use super::lettering::{self, ASCENT};
use super::lines::{self, Point};
use super::{Colour, Dash, FigureError, Texture, style};

/// What one kind of mark means.
#[derive(Debug, Clone, PartialEq)]
pub struct LegendEntry {
    /// How the mark looks.
    pub key: Key,
    /// What it means.
    pub meaning: String,
}

/// A small sample of a mark.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Key {
    /// A line.
    Line(Colour, Dash),
    /// A median within its bands of 50 and 90 per cent.
    Fan(Colour),
    /// An area.
    Area(Colour, Texture),
    /// A field of a heat map, in just this colour.
    Field(Colour),
    /// A point with its intervals of 50 and 90 per cent.
    Interval(Colour),
    /// A filled point.
    Point(Colour),
    /// A ring.
    Ring(Colour),
    /// A level to compare with.
    Rule,
}

impl LegendEntry {
    /// A key and what it means.
    pub fn new(key: Key, meaning: &str) -> LegendEntry {
        LegendEntry { key, meaning: meaning.to_string() }
    }
}

const KEY_WIDTH: f64 = 20.0;
const KEY_GAP: f64 = 5.0;
const ENTRY_GAP: f64 = 18.0;
/// From one row of keys to the next.
pub(super) const ROW_HEIGHT: f64 = 14.0;

/// The entries in rows no wider than `width`; an entry wider than a row is wrapped.
pub(super) fn rows(entries: &[LegendEntry], width: f64) -> Result<Vec<Vec<Located>>, FigureError> {
    let mut rows: Vec<Vec<Located>> = Vec::new();
    let mut reach = f64::INFINITY;
    for entry in entries {
        let lines = lettering::wrap(&entry.meaning, style::LEGEND, width - KEY_WIDTH - KEY_GAP)?;
        let needed = KEY_WIDTH + KEY_GAP + lettering::widest(&lines, style::LEGEND)?;
        if reach + needed > width {
            rows.push(Vec::new());
            reach = 0.0;
        }
        if let Some(row) = rows.last_mut() {
            row.push(Located { key: entry.key, lines, left: reach });
        }
        reach += needed + ENTRY_GAP;
    }
    Ok(rows)
}

/// An entry with its place in a row.
pub(super) struct Located {
    key: Key,
    lines: Vec<String>,
    left: f64,
}

/// The height of a row of entries.
pub(super) fn row_height(row: &[Located]) -> f64 {
    let lines = row.iter().map(|entry| entry.lines.len()).max().unwrap_or(1).max(1);
    ROW_HEIGHT + (lines - 1) as f64 * style::LEGEND.leading()
}

/// Draws the rows, the first beginning at this corner.
pub(super) fn draw(canvas: &mut Canvas, rows: &[Vec<Located>], corner: Point) -> Result<(), FigureError> {
    let mut top = corner.1;
    for row in rows {
        for entry in row {
            let left = corner.0 + entry.left;
            let sample = Rect { left, top: top + 1.0, right: left + KEY_WIDTH, bottom: top + ROW_HEIGHT - 3.0 };
            draw_key(canvas, entry.key, &sample)?;
            let middle = (sample.top + sample.bottom) / 2.0;
            // Half the height of the capitals below the middle, so that key and words are level.
            let baseline = middle + (ASCENT - 0.06) * style::LEGEND.size / 2.0;
            let at = (sample.right + KEY_GAP, baseline);
            canvas.paragraph(&entry.lines, at, Anchor::Start, style::LEGEND, style::TEXT_INK)?;
        }
        top += row_height(row);
    }
    Ok(())
}

fn draw_key(canvas: &mut Canvas, key: Key, sample: &Rect) -> Result<(), FigureError> {
    let middle = (sample.top + sample.bottom) / 2.0;
    let centre = ((sample.left + sample.right) / 2.0, middle);
    let across = [(sample.left, middle), (sample.right, middle)];
    match key {
        Key::Line(colour, dash) => canvas.line(&across, Pen { colour, width: style::LINE_WIDTH, dash }),
        Key::Fan(colour) => {
            let inner = Rect { top: middle - 2.7, bottom: middle + 2.7, ..*sample };
            canvas.rectangle(sample, colour, style::NINETY_OPACITY)?;
            canvas.rectangle(&inner, colour, style::FIFTY_OPACITY)?;
            canvas.line(&across, Pen::solid(colour, style::LINE_WIDTH))
        }
        Key::Area(colour, texture) => {
            let corners = [
                (sample.left, sample.top),
                (sample.right, sample.top),
                (sample.right, sample.bottom),
                (sample.left, sample.bottom),
            ];
            fill_area(canvas, &corners, colour, texture)
        }
        Key::Field(colour) => {
            canvas.rectangle(sample, style::AXIS_LINE, 1.0)?;
            canvas.rectangle(&sample.grown(-0.8), colour, 1.0)
        }
        Key::Interval(colour) => {
            canvas.line(&across, Pen::solid(colour.tint(0.35), 1.3))?;
            let inner = [(centre.0 - 5.5, middle), (centre.0 + 5.5, middle)];
            canvas.line(&inner, Pen::solid(colour.tint(0.2), 3.4))?;
            canvas.disc(centre, 3.4, Colour::WHITE)?;
            canvas.disc(centre, 2.8, colour)
        }
        Key::Point(colour) => canvas.disc(centre, 3.2, colour),
        Key::Ring(colour) => {
            canvas.disc(centre, 3.2, colour)?;
            canvas.disc(centre, 1.8, Colour::WHITE)
        }
        Key::Rule => canvas.line(&across, Pen { colour: style::RULE_LINE, width: 0.9, dash: Dash::Dotted }),
    }
}

/// Fills an area evenly, or with slanted lines on a pale ground.
pub(super) fn fill_area(
    canvas: &mut Canvas,
    outline: &[Point],
    colour: Colour,
    texture: Texture,
) -> Result<(), FigureError> {
    match texture {
        Texture::Even => canvas.polygon(outline, colour.tint(0.12), 1.0),
        Texture::Hatched => {
            canvas.polygon(outline, colour.tint(0.78), 1.0)?;
            for stroke in lines::hatching(outline, 3.2) {
                canvas.line(&stroke, Pen::solid(colour, 0.8))?;
            }
            Ok(())
        }
    }
}
