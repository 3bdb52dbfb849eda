//! Pictures of findings: what a figure says, and the two ways to draw it (SVG, and PNG made from the same SVG).

mod axis;
mod behind;
mod canvas;
mod cells;
mod colour;
mod description;
mod error;
mod extent;
mod field;
mod format;
#[cfg(test)]
mod gallery;
mod inside;
mod layer;
mod layout;
mod legend;
mod lettering;
mod lines;
mod margin;
mod marks;
mod panel;
mod raster;
mod ruler;
mod style;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;

pub use axis::{Axis, Scale};
pub use behind::{Cell, Numbers, behind};
pub use canvas::TextBox;
pub use cells::shade;
pub use colour::{Colour, PALETTE};
pub use description::{Description, Level, RowKey, Term};
pub use error::FigureError;
pub use format::NumberFormat;
pub use layer::{Area, Dash, Estimate, Layer, Marker, Texture};
pub use legend::{Key, LegendEntry};
pub use raster::png;

/// A picture for a reader: a finding in words above, panels on a grid, the source below.
///
/// Lengths are points (1/72 inch), so a figure 720 wide is ten inches on paper and 960 pixels on a screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What was found, as a sentence: "Admissions fall, and ambulance calls do not".
    pub title: String,
    /// What is drawn, in which units and price year.
    pub subtitle: String,
    /// Where the numbers come from.
    pub source_line: String,
    /// The picture in words, for those who cannot see it.
    pub alternative_text: String,
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
    /// How the panels are laid out.
    pub grid: Grid,
    /// The panels, row by row.
    pub panels: Vec<Panel>,
    /// Keys shared by all panels; empty where the lines carry their own labels.
    pub legend: Vec<LegendEntry>,
}

/// How panels are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grid {
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub columns: usize,
    /// Whether all panels share one vertical scale, written out only in the first column.
    pub same_vertical: bool,
}

impl Grid {
    /// Rows and columns of panels, each with its own vertical scale.
    pub fn new(rows: usize, columns: usize) -> Grid {
        Grid { rows, columns, same_vertical: false }
    }
}

/// One chart of a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// What this panel shows; empty in a figure of one panel.
    pub title: String,
    /// The horizontal axis. Its title is written below the panel.
    pub horizontal: Axis,
    /// The vertical axis. Its title, normally the unit, is written above the panel.
    pub vertical: Axis,
    /// What is drawn, from back to front.
    pub layers: Vec<Layer>,
}

/// A finished drawing with the place of every text in it, so that a test can see that none overlap.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// The picture as an SVG document.
    pub svg: String,
    /// Every text written, in points from the top left corner.
    pub text_boxes: Vec<TextBox>,
}

/// The figure as an SVG document: text kept as text, the same bytes each time.
pub fn svg(figure: &Figure) -> Result<String, FigureError> {
    Ok(draw(figure)?.svg)
}

/// The figure as an SVG document, with the place of every text in it.
pub fn draw(figure: &Figure) -> Result<Drawing, FigureError> {
    layout::draw(figure)
}
