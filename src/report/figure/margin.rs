//! Labels at the ends of lines, in the margin right of a panel, moved apart so that none overlap.

use super::canvas::{Anchor, Canvas, Pen, Rect};
use super::extent::{is_drawable, stack};
use super::lettering::{self, ASCENT, DESCENT, Face};
use super::{Area, Colour, FigureError, Layer, Panel, style};

/// Between a panel's right edge and the labels, where a thin line may lead to a label that was moved.
pub(super) const LEADER: f64 = 7.0;
// Between one label and the next.
const APART: f64 = 1.5;

/// A label and the height it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct EndLabel {
    pub text: String,
    pub height: f64,
    pub colour: Colour,
}

/// The labels that a panel's lines and areas ask for.
pub(super) fn end_labels(panel: &Panel) -> Vec<EndLabel> {
    let mut labels = Vec::new();
    for layer in &panel.layers {
        match layer {
            Layer::Line { x, y, colour, label: Some(text), .. }
            | Layer::StepLine { x, y, colour, label: Some(text), .. } => {
                let last = x.iter().zip(y).rev().find(|(x, y)| is_drawable(**x) && is_drawable(**y));
                if let Some((_, &height)) = last {
                    labels.push(EndLabel { text: text.clone(), height, colour: colour.ink() });
                }
            }
            Layer::StackedArea { x, series } => labels.extend(area_labels(x, series)),
            _ => {}
        }
    }
    labels.retain(|label| !label.text.trim().is_empty());
    labels
}

/// How much room the labels take in width, when wrapped at `most`.
pub(super) fn room(labels: &[EndLabel], most: f64) -> Result<f64, FigureError> {
    let mut widest: f64 = 0.0;
    for label in labels {
        widest = widest.max(lettering::widest(&lettering::wrap(&label.text, style::LABEL, most)?, style::LABEL)?);
    }
    Ok(if labels.is_empty() { 0.0 } else { LEADER + widest })
}

/// Writes the labels right of the plot; `height_of` gives the place on paper of a height.
pub(super) fn draw(
    canvas: &mut Canvas,
    labels: &[EndLabel],
    plot: &Rect,
    most: f64,
    height_of: impl Fn(f64) -> f64,
) -> Result<(), FigureError> {
    let mut ordered: Vec<(&EndLabel, f64)> = labels.iter().map(|label| (label, height_of(label.height))).collect();
    ordered.sort_by(|one, other| one.1.total_cmp(&other.1));
    let (low, high) = (plot.top - 3.0, plot.bottom + 3.0);
    // Where many labels share a short panel, smaller letters are better than none.
    for shrink in [1.0, 0.9, 0.8, 0.7] {
        let face = Face { size: style::LABEL.size * shrink, ..style::LABEL };
        let mut blocks = Vec::new();
        for (label, _) in &ordered {
            blocks.push(lettering::wrap(&label.text, face, most)?);
        }
        let heights: Vec<f64> = blocks.iter().map(|lines| block_height(lines.len(), face)).collect();
        let wanted: Vec<f64> = ordered.iter().map(|(_, height)| *height).collect();
        let Some(centres) = spread(&wanted, &heights, low, high) else {
            continue;
        };
        for (index, (label, height)) in ordered.iter().enumerate() {
            let (centre, left) = (centres[index], plot.right + LEADER);
            if (centre - height).abs() > 2.5 {
                let from = (plot.right + 1.5, *height);
                canvas.line(&[from, (left - 1.5, centre)], Pen::solid(label.colour.tint(0.45), 0.6))?;
            }
            let baseline = centre - heights[index] / 2.0 + ASCENT * face.size;
            canvas.paragraph(&blocks[index], (left, baseline), Anchor::Start, face, label.colour)?;
        }
        return Ok(());
    }
    let needed = ordered.len() as f64 * (block_height(1, style::LABEL) * 0.7 + APART);
    let what = format!("the column of {} line labels", ordered.len());
    Err(FigureError::NoRoom { what, needed, available: high - low })
}

/// Centres as near as possible to the wanted ones (least squares), in their order, without overlap, between `low` and
/// `high`; none when the heights do not fit.
fn spread(wanted: &[f64], heights: &[f64], low: f64, high: f64) -> Option<Vec<f64>> {
    // With each label's own offset in a gapless column taken off, "no overlap" becomes "not decreasing", which pooling
    // neighbours that violate it solves exactly (isotonic regression).
    let mut offsets = Vec::new();
    let mut filled = 0.0;
    for height in heights {
        offsets.push(filled + height / 2.0);
        filled += height + APART;
    }
    let last_start = high - (filled - APART);
    if last_start < low {
        return None;
    }
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (wanted, offset) in wanted.iter().zip(&offsets) {
        let mut pool = (wanted - offset, 1);
        while let Some(&(mean, count)) = pools.last() {
            if mean <= pool.0 {
                break;
            }
            let total = count + pool.1;
            pool = ((mean * count as f64 + pool.0 * pool.1 as f64) / total as f64, total);
            pools.pop();
        }
        pools.push(pool);
    }
    let starts = pools.iter().flat_map(|&(mean, count)| std::iter::repeat_n(mean, count));
    Some(starts.zip(&offsets).map(|(start, offset)| start.clamp(low, last_start) + offset).collect())
}

fn block_height(lines: usize, face: Face) -> f64 {
    (lines.max(1) - 1) as f64 * face.leading() + (ASCENT + DESCENT) * face.size
}

fn area_labels(x: &[f64], series: &[Area]) -> Vec<EndLabel> {
    let Some(last) = x.iter().rposition(|&x| is_drawable(x)) else {
        return Vec::new();
    };
    let edges = stack(series, x.len());
    let label = |(area, edge): (&Area, &Vec<(f64, f64)>)| {
        let (inner, outer) = edge.get(last).copied()?;
        let text = area.label.clone()?;
        Some(EndLabel { text, height: (inner + outer) / 2.0, colour: area.colour.ink() })
    };
    series.iter().zip(&edges).filter_map(label).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_do_not_touch_stay_where_they_are() {
        let centres = spread(&[20.0, 60.0], &[10.0, 10.0], 0.0, 100.0).unwrap();
        assert_eq!(centres, [20.0, 60.0]);
    }

    #[test]
    fn crowded_labels_move_apart_and_stay_between_the_ends() {
        let heights = [10.0; 5];
        let centres = spread(&[98.0, 98.0, 98.5, 99.0, 99.0], &heights, 0.0, 100.0).unwrap();
        for pair in centres.windows(2) {
            assert!(pair[1] - pair[0] >= 10.0 + APART - 1e-9);
        }
        assert!(centres[4] + 5.0 <= 100.0 + 1e-9);
    }

    #[test]
    fn a_column_too_short_has_no_places() {
        assert_eq!(spread(&[1.0, 2.0], &[10.0, 10.0], 0.0, 15.0), None);
    }
}
