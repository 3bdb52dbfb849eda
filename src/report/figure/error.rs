//! Why a figure could not be drawn.

use std::fmt;

/// Why a figure could not be drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum FigureError {
    /// The figure has no panels.
    NoPanels,
    /// The grid has fewer places than there are panels.
    GridTooSmall {
        /// Panels to draw.
        panels: usize,
        /// Rows of the grid.
        rows: usize,
        /// Columns of the grid.
        columns: usize,
    },
    /// Two columns of numbers that belong together differ in length.
    UnequalLengths {
        /// The panel's title.
        panel: String,
        /// The layer's place in the panel, from 1.
        layer: usize,
        /// How many numbers the first column has.
        expected: usize,
        /// How many numbers the other column has.
        found: usize,
    },
    /// A number lies beyond the named rows or columns of an axis.
    NoSuchCategory {
        /// The panel's title.
        panel: String,
        /// The number, counted from 0.
        position: f64,
        /// How many names the axis has.
        categories: usize,
    },
    /// The width or height is not a length a picture can have.
    BadSize {
        /// Width in points.
        width: f64,
        /// Height in points.
        height: f64,
    },
    /// The figure is too small for what it has to hold.
    NoRoom {
        /// What did not fit.
        what: String,
        /// Points needed.
        needed: f64,
        /// Points available.
        available: f64,
    },
    /// The bundled font could not be read.
    Font {
        /// Which font.
        font: &'static str,
    },
    /// The drawing library refused a mark.
    Backend {
        /// Its message.
        reason: String,
    },
    /// The SVG to be made into a PNG is not readable.
    UnreadableSvg {
        /// What is wrong with it.
        reason: String,
    },
    /// The PNG would have no pixels, or more than fit in memory.
    BadScale {
        /// The scale asked for.
        scale: f32,
    },
}

impl fmt::Display for FigureError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FigureError::NoPanels => write!(out, "the figure has no panels"),
            FigureError::GridTooSmall { panels, rows, columns } => {
                write!(out, "{panels} panels do not fit on a grid of {rows} rows by {columns} columns")
            }
            FigureError::UnequalLengths { panel, layer, expected, found } => {
                write!(out, "layer {layer} of panel `{panel}` pairs {expected} numbers with {found}")
            }
            FigureError::NoSuchCategory { panel, position, categories } => {
                write!(out, "panel `{panel}` has {categories} named places, numbered from 0, and a mark at {position}")
            }
            FigureError::BadSize { width, height } => {
                write!(out, "a figure cannot be {width} by {height} points; each side lies between 50 and 10,000")
            }
            FigureError::NoRoom { what, needed, available } => write!(
                out,
                "{what} finds no room that other words leave free: it is {needed:.0} points wide, and all there is {available:.0}"
            ),
            FigureError::Font { font } => write!(out, "the bundled font {font} could not be read"),
            FigureError::Backend { reason } => {
                write!(out, "the drawing library refused a mark: {reason}")
            }
            FigureError::UnreadableSvg { reason } => {
                write!(out, "the SVG could not be read: {reason}")
            }
            FigureError::BadScale { scale } => write!(out, "a PNG cannot be made at scale {scale}"),
        }
    }
}

impl std::error::Error for FigureError {}
