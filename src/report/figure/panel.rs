//! One panel: gridlines, axes, marks, and the words beside them.

use super::canvas::{Anchor, Canvas, Pen, Rect, text_room};
use super::cells;
use super::extent::{Extent, is_drawable};
use super::field::Field;
use super::inside::{self, Note};
use super::lettering::{ASCENT, DESCENT};
use super::lines::{self, Point};
use super::margin::{self, EndLabel};
use super::marks;
use super::ruler::Ruler;
use super::{Estimate, FigureError, Layer, Panel, Scale, style};

/// A panel with its place on the sheet.
pub(super) struct PanelLayout<'a> {
    pub panel: &'a Panel,
    pub extent: Extent,
    /// The plotting area.
    pub plot: Rect,
    /// All the room this panel may write in.
    pub cell: Rect,
    /// How far to the left and right names below the axis may stand.
    pub reach: (f64, f64),
    pub horizontal: Ruler,
    pub vertical: Ruler,
    pub title: Vec<String>,
    pub unit: Vec<String>,
    pub horizontal_title: Vec<String>,
    /// Names of the rows, wrapped; empty where the panel to the left has them.
    pub row_names: Vec<Vec<String>>,
    /// Whether numbers stand left of the gridlines.
    pub names_vertical: bool,
    pub end_labels: Vec<EndLabel>,
    pub label_width: f64,
}

/// From the plot's lower edge to the top of the letters below.
pub(super) const TICK_DROP: f64 = 7.0;
/// Between the numbers of a vertical axis and the plot.
pub(super) const TICK_GAP: f64 = 6.0;

pub(super) fn draw(canvas: &mut Canvas, layout: &PanelLayout) -> Result<(), FigureError> {
    draw_titles(canvas, layout)?;
    if !layout.extent.has_data {
        let plot = &layout.plot;
        let middle = ((plot.left + plot.right) / 2.0, (plot.top + plot.bottom) / 2.0);
        return canvas.text("No data", middle, Anchor::Middle, style::NOTE, style::QUIET_INK);
    }
    let in_rows = layout.panel.vertical.category_names().is_some();
    let field = Field { plot: layout.plot, horizontal: &layout.horizontal, vertical: &layout.vertical, in_rows };
    draw_grid(canvas, &field)?;
    draw_vertical_names(canvas, layout, &field)?;
    draw_horizontal_names(canvas, layout, &field)?;
    let mut marks = marks::draw_fills(canvas, layout.panel, &field)?;
    let numbered = layout.panel.horizontal.category_names().is_none() || !in_rows;
    let zero = if numbered { draw_zero(canvas, &field)? } else { Vec::new() };
    marks.extend(marks::draw_strokes(canvas, layout.panel, &field)?);
    margin::draw(canvas, &layout.end_labels, &layout.plot, layout.label_width, |height| field.down(height))?;
    let drawn = [marks.as_slice(), &zero].concat();
    draw_notes(canvas, layout, &field, &marks, &drawn)
}

fn draw_titles(canvas: &mut Canvas, layout: &PanelLayout) -> Result<(), FigureError> {
    // In rows the titles stand over the plot, because the names of the rows stand left of it.
    let in_rows = layout.panel.vertical.category_names().is_some();
    let left = if in_rows { layout.plot.left } else { layout.cell.left };
    let first = layout.cell.top + ASCENT * style::PANEL_TITLE.size;
    canvas.paragraph(&layout.title, (left, first), Anchor::Start, style::PANEL_TITLE, style::TITLE_INK)?;
    // What rows of fields are stands over their names.
    let left = if layout.panel.is_field() { layout.cell.left } else { left };
    // The unit stands on the plot, so that units of neighbours are level whatever their titles' length.
    let lines_above = layout.unit.len().max(1) as f64 - 1.0;
    let unit_first = layout.plot.top - UNIT_RISE - lines_above * style::UNIT.leading();
    canvas.paragraph(&layout.unit, (left, unit_first), Anchor::Start, style::UNIT, style::QUIET_INK)
}

/// From the baseline of the unit to the plot.
pub(super) const UNIT_RISE: f64 = 9.0;

fn draw_grid(canvas: &mut Canvas, field: &Field) -> Result<(), FigureError> {
    let plot = &field.plot;
    let pen = Pen::solid(style::GRID_LINE, 0.6);
    if !field.in_rows {
        for tick in &field.vertical.ticks {
            let y = field.down(tick.value);
            canvas.line(&[(plot.left, y), (plot.right, y)], pen)?;
        }
        canvas.line(&[(plot.left, plot.bottom), (plot.right, plot.bottom)], Pen::solid(style::AXIS_LINE, 0.8))?;
        for tick in &field.horizontal.ticks {
            let x = field.across(tick.value);
            canvas.line(&[(x, plot.bottom), (x, plot.bottom + 3.0)], Pen::solid(style::AXIS_LINE, 0.8))?;
        }
        return Ok(());
    }
    for tick in &field.horizontal.ticks {
        let x = field.across(tick.value);
        canvas.line(&[(x, plot.top), (x, plot.bottom)], pen)?;
    }
    for row in 1..field.vertical.ticks.len() {
        let y = field.down(row as f64 - 0.5);
        canvas.line(&[(plot.left, y), (plot.right, y)], pen)?;
    }
    Ok(())
}

fn draw_zero(canvas: &mut Canvas, field: &Field) -> Result<Vec<Point>, FigureError> {
    let plot = &field.plot;
    let ends = if field.in_rows && field.horizontal.spans_zero() {
        let x = field.across(0.0);
        [(x, plot.top), (x, plot.bottom)]
    } else if !field.in_rows && field.vertical.spans_zero() {
        let y = field.down(0.0);
        [(plot.left, y), (plot.right, y)]
    } else {
        return Ok(Vec::new());
    };
    canvas.line(&ends, Pen::solid(style::ZERO_LINE, 0.9))?;
    Ok(lines::sampled(&ends, 2.0))
}

fn draw_vertical_names(canvas: &mut Canvas, layout: &PanelLayout, field: &Field) -> Result<(), FigureError> {
    for (row, lines) in layout.row_names.iter().enumerate() {
        let middle = field.down(row as f64);
        let above = (lines.len().max(1) - 1) as f64 * style::ROW.leading() / 2.0;
        let first = middle - above + (ASCENT - 0.06) * style::ROW.size / 2.0;
        canvas.paragraph(lines, (layout.cell.left, first), Anchor::Start, style::ROW, style::TEXT_INK)?;
    }
    if field.in_rows || !layout.names_vertical {
        return Ok(());
    }
    let mut free_below = f64::INFINITY;
    for tick in &field.vertical.ticks {
        let baseline = field.down(tick.value) + (ASCENT - 0.06) * style::TICK.size / 2.0;
        // In a plot too low for all names, some gridlines go without.
        if baseline + DESCENT * style::TICK.size > free_below {
            continue;
        }
        free_below = baseline - ASCENT * style::TICK.size;
        let at = (layout.plot.left - TICK_GAP, baseline);
        canvas.paragraph(&tick.lines, at, Anchor::End, style::TICK, style::QUIET_INK)?;
    }
    Ok(())
}

fn draw_horizontal_names(canvas: &mut Canvas, layout: &PanelLayout, field: &Field) -> Result<(), FigureError> {
    let first = layout.plot.bottom + TICK_DROP + ASCENT * style::TICK.size;
    let mut deepest = 0;
    for tick in &field.horizontal.ticks {
        let half = super::lettering::widest(&tick.lines, style::TICK)? / 2.0;
        // A name that would stick out of the panel's room is moved inward.
        let (least, most) = (layout.reach.0 + half, layout.reach.1 - half);
        let centre = field.across(tick.value).min(most).max(least.min(most));
        let room = text_room(&tick.lines.concat(), (centre, first), Anchor::Middle, style::TICK)?;
        if tick.lines.len() > 1 || canvas.is_free(&Rect { left: room.left - 3.0, right: room.right + 3.0, ..room }) {
            canvas.paragraph(&tick.lines, (centre, first), Anchor::Middle, style::TICK, style::QUIET_INK)?;
            deepest = deepest.max(tick.lines.len());
        }
    }
    if !layout.horizontal_title.is_empty() {
        let lines = deepest.max(1) as f64;
        let baseline = first + (lines - 1.0) * style::TICK.leading() + style::UNIT.leading() + 1.5;
        let middle = (layout.plot.left + layout.plot.right) / 2.0;
        let at = (middle, baseline);
        canvas.paragraph(&layout.horizontal_title, at, Anchor::Middle, style::UNIT, style::QUIET_INK)?;
    }
    Ok(())
}

fn draw_notes(
    canvas: &mut Canvas,
    layout: &PanelLayout,
    field: &Field,
    marks: &[Point],
    drawn: &[Point],
) -> Result<(), FigureError> {
    let plot = &layout.plot;
    for layer in &layout.panel.layers {
        match layer {
            Layer::HorizontalRule { y, label: Some(text) } if is_drawable(*y) => {
                let note = Note::new(text, style::NOTE, style::TEXT_INK, plot.width())?;
                let (level, half) = (field.down(*y), note.height() / 2.0 + 2.0);
                let positions = along(plot.right - note.width() / 2.0, plot.left + note.width() / 2.0);
                let rooms: Vec<Rect> = positions
                    .iter()
                    .flat_map(|&x| [note.around((x, level - half)), note.around((x, level + half))])
                    .collect();
                write_note(canvas, &note, plot, inside::best_room(canvas, drawn, plot, &rooms), drawn)?;
            }
            Layer::VerticalRule { x, label: Some(text) } if is_drawable(*x) => {
                let note = Note::new(text, style::NOTE, style::TEXT_INK, plot.width() * 0.45)?;
                let (position, half) = (field.across(*x), note.width() / 2.0 + 4.0);
                let heights = along(plot.top + note.height() / 2.0 + 1.0, plot.bottom - note.height() / 2.0 - 1.0);
                let rooms: Vec<Rect> = heights
                    .iter()
                    .flat_map(|&y| [note.around((position + half, y)), note.around((position - half, y))])
                    .collect();
                write_note(canvas, &note, plot, inside::best_room(canvas, drawn, plot, &rooms), drawn)?;
            }
            Layer::Annotation { x, y, text } if is_drawable(*x) && is_drawable(*y) => {
                let note = Note::new(text, style::NOTE, style::TEXT_INK, plot.width() * 0.5)?;
                let point = (field.across(*x), field.down(*y));
                let rooms = if field.in_rows { rooms_beside(&note, point) } else { rooms_around(&note, point) };
                // Where many points lie upon each other the near rooms are soon taken: then any, with a line to the point.
                let room = inside::best_room(canvas, drawn, plot, &rooms)
                    .or_else(|| inside::best_room(canvas, drawn, plot, &rooms_anywhere(&note, plot, point)));
                let room = write_note(canvas, &note, plot, room, drawn)?;
                let nearest = (point.0.clamp(room.left, room.right), point.1.clamp(room.top, room.bottom));
                if (nearest.0 - point.0).hypot(nearest.1 - point.1) > 8.0 {
                    canvas.line(&[point, nearest], Pen::solid(style::RULE_LINE, 0.6))?;
                }
            }
            Layer::Cells { estimates, format, .. } => cells::write(canvas, field, estimates, format)?,
            Layer::Points { at, estimates, colour, values: true, .. }
            | Layer::Bars { at, estimates, colour, values: true, .. } => {
                for (&at, estimate) in at.iter().zip(estimates) {
                    write_value(canvas, layout, field, (at, estimate), colour.ink(), marks, drawn)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// A note must find its place: leaving one out would change what the picture says.
fn write_note(
    canvas: &mut Canvas,
    note: &Note,
    bounds: &Rect,
    room: Option<Rect>,
    drawn: &[Point],
) -> Result<Rect, FigureError> {
    match room {
        Some(room) => {
            inside::write(canvas, note, &room, drawn)?;
            Ok(room)
        }
        None => Err(FigureError::NoRoom {
            what: format!("the note `{}`", note.lines.join(" ")),
            needed: note.width(),
            available: bounds.width(),
        }),
    }
}

/// A point's number, above it or below; it repeats what the point shows, so where there is no room it is left out.
fn write_value(
    canvas: &mut Canvas,
    layout: &PanelLayout,
    field: &Field,
    (at, estimate): (f64, &Estimate),
    colour: super::Colour,
    marks: &[Point],
    drawn: &[Point],
) -> Result<(), FigureError> {
    let axis = if field.in_rows { &layout.panel.horizontal } else { &layout.panel.vertical };
    let (Some(centre), Scale::Number(format)) = (field.value_point(at, estimate.middle), &axis.scale) else {
        return Ok(());
    };
    let text = format.two_figures(estimate.middle);
    let note = Note::new(&text, style::VALUE, colour, layout.cell.width())?;
    let away = note.height() / 2.0 + 5.0;
    let aside = note.width() / 2.0 + 6.0;
    let (x, y) = centre;
    let rooms = [
        note.around((x, y - away)),
        note.around((x + aside, y)),
        note.around((x - aside, y)),
        note.around((x, y + away)),
    ];
    let plot = &layout.plot;
    let bounds = Rect { left: plot.left - 8.0, right: plot.right + 8.0, ..*plot };
    // The zero line may pass below a number, under the number's veil; another mark may not.
    match inside::best_room(canvas, marks, &bounds, &rooms) {
        Some(room) => inside::write(canvas, &note, &room, drawn),
        None => Ok(()),
    }
}

/// Places from one end to the other, both included.
fn along(first: f64, last: f64) -> Vec<f64> {
    (0..=24).map(|step| first + (last - first) * f64::from(step) / 24.0).collect()
}

/// Rooms all over a plot, the nearest to a point first.
fn rooms_anywhere(note: &Note, plot: &Rect, point: Point) -> Vec<Rect> {
    let across = along(plot.left + note.width() / 2.0, plot.right - note.width() / 2.0);
    let down = along(plot.top + note.height() / 2.0, plot.bottom - note.height() / 2.0);
    let mut middles: Vec<Point> = across.iter().flat_map(|x| down.iter().map(move |y| (*x, *y))).collect();
    let distance = |middle: &Point| (middle.0 - point.0).hypot(middle.1 - point.1);
    middles.sort_by(|one, other| distance(one).total_cmp(&distance(other)));
    middles.into_iter().map(|middle| note.around(middle)).collect()
}

/// Rooms in the row of a point, right and left of it, the nearest first; then those above and below.
fn rooms_beside(note: &Note, point: Point) -> Vec<Rect> {
    let beside = [4.0, 12.0, 24.0].into_iter().flat_map(|distance| {
        let across = note.width() / 2.0 + distance;
        [note.around((point.0 + across, point.1)), note.around((point.0 - across, point.1))]
    });
    beside.chain(rooms_around(note, point)).collect()
}

fn rooms_around(note: &Note, point: Point) -> Vec<Rect> {
    let mut rooms = Vec::new();
    for distance in [5.0, 14.0, 26.0, 40.0] {
        let (across, down) = (note.width() / 2.0 + distance, note.height() / 2.0 + distance);
        for (right, lower) in
            [(1.0, -1.0), (-1.0, -1.0), (0.0, -1.0), (1.0, 0.0), (-1.0, 0.0), (1.0, 1.0), (-1.0, 1.0), (0.0, 1.0)]
        {
            rooms.push(note.around((point.0 + right * across, point.1 + lower * down)));
        }
    }
    rooms
}
