//! A panel's plotting area, and where on the paper a value lies in it.

use super::canvas::Rect;
use super::extent::is_drawable;
use super::lines::Point;
use super::ruler::Ruler;

/// A panel's plotting area with the scales of both axes.
pub(super) struct Field<'a> {
    pub plot: Rect,
    pub horizontal: &'a Ruler,
    pub vertical: &'a Ruler,
    /// Whether the vertical axis has categories, the first on top.
    pub in_rows: bool,
}

impl Field<'_> {
    /// The place along the paper of a value on the horizontal axis.
    pub fn across(&self, x: f64) -> f64 {
        self.plot.left + self.horizontal.share(x) * self.plot.width()
    }

    /// The place down the paper of a value on the vertical axis.
    pub fn down(&self, y: f64) -> f64 {
        let share = self.vertical.share(y);
        if self.in_rows {
            self.plot.top + share * self.plot.height()
        } else {
            self.plot.bottom - share * self.plot.height()
        }
    }

    /// The place of a point; none if it cannot be drawn.
    pub fn point(&self, x: f64, y: f64) -> Option<Point> {
        (is_drawable(x) && is_drawable(y)).then(|| (self.across(x), self.down(y)))
    }

    /// The place of a value that belongs to a row, or to a place along the horizontal axis.
    pub fn value_point(&self, at: f64, value: f64) -> Option<Point> {
        if self.in_rows { self.point(value, at) } else { self.point(at, value) }
    }
}
