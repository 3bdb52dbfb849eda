//! Layers as marks on paper: bands and areas first, then rules, lines, bars and points.

use super::canvas::{Canvas, Pen, Rect};
use super::cells;
use super::extent::{is_drawable, stack};
use super::field::Field;
use super::legend::fill_area;
use super::lines::{self, Point};
use super::{Area, Colour, Dash, Estimate, FigureError, Layer, Level, Marker, Panel, style};

/// Bands and areas: what lies below the lines; returns points across the areas, for words to keep away from. Words on
/// the pale bands stay legible.
pub(super) fn draw_fills(canvas: &mut Canvas, panel: &Panel, field: &Field) -> Result<Vec<Point>, FigureError> {
    let mut drawn = Vec::new();
    for wanted in [Level::Ninety, Level::Fifty] {
        for layer in &panel.layers {
            if let Layer::FanBand { x, low, high, level, colour } = layer
                && *level == wanted
            {
                draw_band(canvas, field, (x, low, high), *colour, wanted)?;
            }
        }
    }
    for layer in &panel.layers {
        if let Layer::StackedArea { x, series } = layer {
            draw_stack(canvas, field, x, series, &mut drawn)?;
        }
        if let Layer::Cells { estimates, reach, .. } = layer {
            cells::draw(canvas, field, estimates, *reach)?;
        }
        if let Layer::Dots { x, y, colour } = layer {
            for point in x.iter().zip(y).filter_map(|(&x, &y)| field.point(x, y)) {
                canvas.disc(point, 1.3, colour.tint(0.45))?;
                drawn.push(point);
            }
        }
    }
    Ok(drawn)
}

/// Rules, lines, bars and points; returns points along all that was drawn, for words to keep away from.
pub(super) fn draw_strokes(canvas: &mut Canvas, panel: &Panel, field: &Field) -> Result<Vec<Point>, FigureError> {
    let mut drawn = Vec::new();
    for layer in &panel.layers {
        let ends = match layer {
            Layer::HorizontalRule { y, .. } if is_drawable(*y) => {
                [(field.plot.left, field.down(*y)), (field.plot.right, field.down(*y))]
            }
            Layer::VerticalRule { x, .. } if is_drawable(*x) => {
                [(field.across(*x), field.plot.top), (field.across(*x), field.plot.bottom)]
            }
            _ => continue,
        };
        canvas.line(&ends, Pen { colour: style::RULE_LINE, width: 0.9, dash: Dash::Dotted })?;
        drawn.extend(lines::sampled(&ends, 2.0));
    }
    for layer in &panel.layers {
        match layer {
            Layer::Line { x, y, colour, dash, .. } => {
                let pen = Pen { colour: *colour, width: style::LINE_WIDTH, dash: *dash };
                draw_line(canvas, field, (x, y), pen, false, &mut drawn)?;
            }
            Layer::StepLine { x, y, colour, dash, .. } => {
                let pen = Pen { colour: *colour, width: style::LINE_WIDTH, dash: *dash };
                draw_line(canvas, field, (x, y), pen, true, &mut drawn)?;
            }
            Layer::Bars { at, estimates, from, colour, .. } => {
                let thick = bar_thickness(field, at);
                for (&at, estimate) in at.iter().zip(estimates) {
                    draw_bar(canvas, field, (at, estimate), *from, *colour, thick, &mut drawn)?;
                }
            }
            Layer::Points { at, estimates, colour, marker, .. } => {
                for (&at, estimate) in at.iter().zip(estimates) {
                    draw_point(canvas, field, (at, estimate), *colour, *marker, &mut drawn)?;
                }
            }
            Layer::Annotation { x, y, .. } => {
                // A bar or a point of its own needs no other mark to say what the note is about.
                let marked = field.in_rows || marks_at(panel, *x, *y);
                if let Some(point) = field.point(*x, *y).filter(|_| !marked) {
                    canvas.disc(point, 2.2, style::TEXT_INK)?;
                    drawn.push(point);
                }
            }
            _ => {}
        }
    }
    Ok(drawn)
}

/// Whether a point stands at this place of a panel without rows.
fn marks_at(panel: &Panel, x: f64, y: f64) -> bool {
    panel.layers.iter().any(|layer| match layer {
        Layer::Points { at, estimates, .. } => {
            at.iter().zip(estimates).any(|(at, estimate)| *at == x && estimate.middle == y)
        }
        _ => false,
    })
}

fn draw_band(
    canvas: &mut Canvas,
    field: &Field,
    (x, low, high): (&[f64], &[f64], &[f64]),
    colour: Colour,
    level: Level,
) -> Result<(), FigureError> {
    let opacity = match level {
        Level::Fifty => style::FIFTY_OPACITY,
        Level::Ninety => style::NINETY_OPACITY,
    };
    let edges =
        x.iter().zip(low).zip(high).map(|((&x, &low), &high)| Some((field.point(x, low)?, field.point(x, high)?)));
    for run in lines::unbroken(edges) {
        let lower = run.iter().map(|(low, _)| *low);
        let outline: Vec<Point> = lower.chain(run.iter().rev().map(|(_, high)| *high)).collect();
        match run.as_slice() {
            // A band of one point would have no width.
            [(low, high)] => {
                let bar = Rect { left: low.0 - 2.5, top: high.1, right: low.0 + 2.5, bottom: low.1 };
                canvas.rectangle(&bar, colour, opacity)?;
            }
            _ => canvas.polygon(&outline, colour, opacity)?,
        }
    }
    Ok(())
}

fn draw_stack(
    canvas: &mut Canvas,
    field: &Field,
    x: &[f64],
    series: &[Area],
    drawn: &mut Vec<Point>,
) -> Result<(), FigureError> {
    for (area, edge) in series.iter().zip(stack(series, x.len())) {
        let edges =
            x.iter().zip(&edge).map(|(&x, &(inner, outer))| Some((field.point(x, inner)?, field.point(x, outer)?)));
        for run in lines::unbroken(edges) {
            let run = match run.as_slice() {
                [(inner, outer)] => vec![
                    ((inner.0 - 4.0, inner.1), (outer.0 - 4.0, outer.1)),
                    ((inner.0 + 4.0, inner.1), (outer.0 + 4.0, outer.1)),
                ],
                _ => run,
            };
            if run.iter().all(|(inner, outer)| inner.1 == outer.1) {
                continue;
            }
            let inner = run.iter().map(|(inner, _)| *inner);
            let outline: Vec<Point> = inner.chain(run.iter().rev().map(|(_, outer)| *outer)).collect();
            fill_area(canvas, &outline, area.colour, area.texture)?;
            // A white seam keeps neighbours apart where their colours are alike in grey.
            let seam: Vec<Point> = run.iter().map(|(_, outer)| *outer).collect();
            canvas.line(&seam, Pen::solid(Colour::WHITE, 0.8))?;
            for pair in run.windows(2) {
                let inner = lines::between(pair[0].0, pair[1].0, 8);
                let outer = lines::between(pair[0].1, pair[1].1, 8);
                for (low, high) in inner.into_iter().zip(outer) {
                    drawn.extend(lines::sampled(&[low, high], 4.0));
                }
            }
        }
    }
    Ok(())
}

fn draw_line(
    canvas: &mut Canvas,
    field: &Field,
    (x, y): (&[f64], &[f64]),
    pen: Pen,
    in_steps: bool,
    drawn: &mut Vec<Point>,
) -> Result<(), FigureError> {
    let points = x.iter().zip(y).map(|(&x, &y)| field.point(x, y));
    for run in lines::unbroken(points) {
        if let [alone] = run.as_slice() {
            canvas.disc(*alone, pen.width * 1.4, pen.colour)?;
            drawn.push(*alone);
            continue;
        }
        let path = if in_steps { lines::stairs(&run) } else { run };
        canvas.line(&path, pen)?;
        drawn.extend(lines::sampled(&path, 2.0));
    }
    Ok(())
}

fn bar_thickness(field: &Field, at: &[f64]) -> f64 {
    if field.in_rows {
        return (field.plot.height() / (field.vertical.high - field.vertical.low) * 0.56).min(22.0);
    }
    let mut positions: Vec<f64> = at.iter().copied().filter(|&at| is_drawable(at)).collect();
    positions.sort_by(f64::total_cmp);
    let gap = positions.windows(2).map(|pair| pair[1] - pair[0]).filter(|&gap| gap > 0.0).fold(f64::INFINITY, f64::min);
    let slot = if gap.is_finite() { field.across(gap) - field.across(0.0) } else { 40.0 };
    (slot * 0.66).clamp(1.0, 40.0)
}

fn draw_bar(
    canvas: &mut Canvas,
    field: &Field,
    (at, estimate): (f64, &Estimate),
    from: f64,
    colour: Colour,
    thick: f64,
    drawn: &mut Vec<Point>,
) -> Result<(), FigureError> {
    let (Some(start), Some(end)) = (field.value_point(at, from), field.value_point(at, estimate.middle)) else {
        return Ok(());
    };
    let half = thick / 2.0;
    let (left, right) = (start.0.min(end.0), start.0.max(end.0));
    let (top, bottom) = (start.1.min(end.1), start.1.max(end.1));
    let bar = if field.in_rows {
        Rect { left, right, top: top - half, bottom: bottom + half }
    } else {
        Rect { left: left - half, right: right + half, top, bottom }
    };
    canvas.rectangle(&bar, colour.tint(0.25), 1.0)?;
    let ranges = [(estimate.ninety, 1.1), (estimate.fifty, 2.8)];
    for (range, width) in ranges {
        draw_interval(canvas, field, at, range, Pen::solid(colour.ink(), width))?;
    }
    let upper = lines::between((bar.left, bar.top), (bar.right, bar.top), 16);
    let lower = lines::between((bar.left, bar.bottom), (bar.right, bar.bottom), 16);
    for (high, low) in upper.into_iter().zip(lower) {
        drawn.extend(lines::sampled(&[high, low], 3.0));
    }
    drawn.extend(interval_points(field, at, estimate.ninety));
    Ok(())
}

fn draw_point(
    canvas: &mut Canvas,
    field: &Field,
    (at, estimate): (f64, &Estimate),
    colour: Colour,
    marker: Marker,
    drawn: &mut Vec<Point>,
) -> Result<(), FigureError> {
    draw_interval(canvas, field, at, estimate.ninety, Pen::solid(colour.tint(0.35), 1.4))?;
    draw_interval(canvas, field, at, estimate.fifty, Pen::solid(colour.tint(0.2), 3.8))?;
    drawn.extend(interval_points(field, at, estimate.ninety));
    if let Some(centre) = field.value_point(at, estimate.middle) {
        canvas.disc(centre, 4.0, Colour::WHITE)?;
        canvas.disc(centre, 3.3, colour)?;
        if marker == Marker::Hollow {
            canvas.disc(centre, 1.9, Colour::WHITE)?;
        }
        for (right, down) in [(0.0, 0.0), (3.3, 0.0), (-3.3, 0.0), (0.0, 3.3), (0.0, -3.3)] {
            drawn.push((centre.0 + right, centre.1 + down));
        }
    }
    Ok(())
}

fn draw_interval(
    canvas: &mut Canvas,
    field: &Field,
    at: f64,
    range: Option<(f64, f64)>,
    pen: Pen,
) -> Result<(), FigureError> {
    if let Some((low, high)) = range
        && let (Some(start), Some(end)) = (field.value_point(at, low), field.value_point(at, high))
    {
        canvas.line(&[start, end], pen)?;
    }
    Ok(())
}

fn interval_points(field: &Field, at: f64, range: Option<(f64, f64)>) -> Vec<Point> {
    let ends = range.and_then(|(low, high)| Some([field.value_point(at, low)?, field.value_point(at, high)?]));
    ends.map_or(Vec::new(), |ends| lines::sampled(&ends, 2.0))
}
