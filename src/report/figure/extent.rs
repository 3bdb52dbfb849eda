//! How far a panel's numbers reach, and whether the columns that belong together are equally long.

use super::{Area, FigureError, Layer, Panel, Scale};
use crate::words;

/// A range that grows to hold numbers; empty until it holds one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Range {
    pub low: f64,
    pub high: f64,
}

impl Range {
    pub const EMPTY: Range = Range { low: f64::INFINITY, high: f64::NEG_INFINITY };

    pub fn hold(&mut self, number: f64) {
        if is_drawable(number) {
            self.low = self.low.min(number);
            self.high = self.high.max(number);
        }
    }

    pub fn hold_range(&mut self, other: Range) {
        self.hold(other.low);
        self.hold(other.high);
    }

    pub fn is_empty(self) -> bool {
        self.low > self.high
    }
}

/// How far a panel's numbers reach along both axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Extent {
    pub horizontal: Range,
    pub vertical: Range,
    /// False when every number is missing: then there is nothing but a title to draw.
    pub has_data: bool,
}

/// Whether a number has a place on paper. Beyond 1e300 the span of an axis would overflow.
pub(super) fn is_drawable(number: f64) -> bool {
    number.abs() <= 1e300
}

/// How far the panel's numbers reach.
pub(super) fn of(panel: &Panel) -> Extent {
    let in_rows = panel.vertical.category_names().is_some();
    let mut extent = Extent { horizontal: Range::EMPTY, vertical: Range::EMPTY, has_data: false };
    for layer in &panel.layers {
        match layer {
            Layer::FanBand { x, low, high, .. } => {
                for ((&x, &low), &high) in x.iter().zip(low).zip(high) {
                    extent.hold_point(x, low);
                    extent.hold_point(x, high);
                }
            }
            Layer::Line { x, y, .. } | Layer::StepLine { x, y, .. } => {
                for (&x, &y) in x.iter().zip(y) {
                    extent.hold_point(x, y);
                }
            }
            Layer::StackedArea { x, series } => {
                for edges in stack(series, x.len()) {
                    for (index, &(inner, outer)) in edges.iter().enumerate() {
                        extent.hold_point(x[index], inner);
                        extent.hold_point(x[index], outer);
                    }
                }
            }
            Layer::Bars { at, estimates, from, .. } => {
                for (&at, estimate) in at.iter().zip(estimates) {
                    for number in estimate.reach().filter(|&number| is_drawable(number)) {
                        extent.hold_across(in_rows, at, number);
                        extent.hold_across(in_rows, at, *from);
                    }
                }
            }
            Layer::Points { at, estimates, .. } => {
                for (&at, estimate) in at.iter().zip(estimates) {
                    for number in estimate.reach() {
                        extent.hold_across(in_rows, at, number);
                    }
                }
            }
            Layer::Dots { x, y, .. } => {
                for (&x, &y) in x.iter().zip(y) {
                    extent.hold_point(x, y);
                }
            }
            Layer::Cells { estimates, .. } => {
                for (row, estimates) in estimates.iter().enumerate() {
                    for (column, _) in estimates.iter().enumerate().filter(|(_, one)| is_drawable(one.middle)) {
                        extent.hold_point(column as f64, row as f64);
                    }
                }
            }
            Layer::HorizontalRule { y, .. } => extent.vertical.hold(*y),
            Layer::VerticalRule { x, .. } => extent.horizontal.hold(*x),
            Layer::Annotation { x, y, .. } => {
                extent.horizontal.hold(*x);
                extent.vertical.hold(*y);
            }
        }
    }
    for (range, axis) in [(&mut extent.horizontal, &panel.horizontal), (&mut extent.vertical, &panel.vertical)] {
        if let Some((low, high)) = axis.cover {
            range.hold(low);
            range.hold(high);
        }
        // A scale of its own would make a mountain of what is told as zero.
        if let Scale::Number(format) = &axis.scale
            && !range.is_empty()
            && range.low.abs().max(range.high.abs()) < words::SCALED * format.least()
        {
            range.hold(-1.0 / format.factor);
            range.hold(1.0 / format.factor);
        }
    }
    extent
}

impl Extent {
    fn hold_point(&mut self, x: f64, y: f64) {
        if is_drawable(x) && is_drawable(y) {
            self.horizontal.hold(x);
            self.vertical.hold(y);
            self.has_data = true;
        }
    }

    fn hold_across(&mut self, in_rows: bool, at: f64, number: f64) {
        if in_rows {
            self.hold_point(number, at);
        } else {
            self.hold_point(at, number);
        }
    }
}

/// The inner and outer edge of each area at each place; a missing amount is an empty layer of the stack.
pub(super) fn stack(series: &[Area], length: usize) -> Vec<Vec<(f64, f64)>> {
    let mut above = vec![0.0; length];
    let mut below = vec![0.0; length];
    let mut edges = Vec::with_capacity(series.len());
    for area in series {
        let mut edge = Vec::with_capacity(length);
        for (index, &amount) in area.y.iter().enumerate().take(length) {
            let amount = if is_drawable(amount) { amount } else { 0.0 };
            let base = if amount < 0.0 { &mut below[index] } else { &mut above[index] };
            edge.push((*base, *base + amount));
            *base += amount;
        }
        edges.push(edge);
    }
    edges
}

/// Refuses a panel in which columns that belong together differ in length.
pub(super) fn check_lengths(panel: &Panel) -> Result<(), FigureError> {
    for (number, layer) in panel.layers.iter().enumerate() {
        let (expected, others) = match layer {
            Layer::FanBand { x, low, high, .. } => (x.len(), vec![low.len(), high.len()]),
            Layer::Line { x, y, .. } | Layer::StepLine { x, y, .. } | Layer::Dots { x, y, .. } => {
                (x.len(), vec![y.len()])
            }
            Layer::Cells { estimates, .. } => {
                (estimates.first().map_or(0, Vec::len), estimates.iter().map(Vec::len).collect())
            }
            Layer::StackedArea { x, series } => (x.len(), series.iter().map(|area| area.y.len()).collect()),
            Layer::Bars { at, estimates, .. } | Layer::Points { at, estimates, .. } => {
                (at.len(), vec![estimates.len()])
            }
            Layer::HorizontalRule { .. } | Layer::VerticalRule { .. } | Layer::Annotation { .. } => {
                continue;
            }
        };
        if let Some(&found) = others.iter().find(|&&found| found != expected) {
            let panel = panel.title.clone();
            return Err(FigureError::UnequalLengths { panel, layer: number + 1, expected, found });
        }
    }
    Ok(())
}
