//! What can be drawn in a panel: bands, lines, areas, bars, points, rules, notes.

use super::{Colour, Description, Level, NumberFormat};

/// One thing drawn in a panel. A number that is not finite is a gap, never a zero.
#[derive(Debug, Clone, PartialEq)]
pub enum Layer {
    /// The range within which a share of the draws fall.
    FanBand {
        /// Where along the horizontal axis.
        x: Vec<f64>,
        /// Lower edge.
        low: Vec<f64>,
        /// Upper edge.
        high: Vec<f64>,
        /// Which share of the draws.
        level: Level,
        /// Colour, drawn as a tint.
        colour: Colour,
    },
    /// A line through points.
    Line {
        /// Where along the horizontal axis.
        x: Vec<f64>,
        /// Height.
        y: Vec<f64>,
        /// Colour.
        colour: Colour,
        /// Dash.
        dash: Dash,
        /// Written at the line's end.
        label: Option<String>,
        /// What the line is; its bands stand before it and are of the same.
        description: Description,
    },
    /// A line that holds each value around its point and steps halfway to the next.
    StepLine {
        /// Where along the horizontal axis.
        x: Vec<f64>,
        /// Height.
        y: Vec<f64>,
        /// Colour.
        colour: Colour,
        /// Dash.
        dash: Dash,
        /// Written at the line's end.
        label: Option<String>,
        /// What the line is; its bands stand before it and are of the same.
        description: Description,
    },
    /// Amounts on top of each other, the first at the bottom; negative amounts hang below zero.
    StackedArea {
        /// Where along the horizontal axis.
        x: Vec<f64>,
        /// The amounts.
        series: Vec<Area>,
    },
    /// Bars with interval whiskers: lying in rows when the vertical axis has categories, else standing.
    Bars {
        /// Row number from 0, or place along the horizontal axis.
        at: Vec<f64>,
        /// How far each bar reaches.
        estimates: Vec<Estimate>,
        /// Where the bars begin, normally 0.
        from: f64,
        /// Colour.
        colour: Colour,
        /// Whether the number is written beside its bar where there is room.
        values: bool,
        /// What the bars are.
        description: Description,
    },
    /// Points with intervals: in rows when the vertical axis has categories, else standing.
    Points {
        /// Row number from 0, or place along the horizontal axis.
        at: Vec<f64>,
        /// The points.
        estimates: Vec<Estimate>,
        /// Colour.
        colour: Colour,
        /// Filled or hollow.
        marker: Marker,
        /// Whether the number is written beside its point where there is room.
        values: bool,
        /// What the points are.
        description: Description,
    },
    /// A cloud of small points.
    Dots {
        /// Where along the horizontal axis.
        x: Vec<f64>,
        /// Height.
        y: Vec<f64>,
        /// Colour, drawn as a tint.
        colour: Colour,
    },
    /// Coloured fields with their numbers, where both axes have categories. Numbers on both sides of zero are blue above
    /// and vermilion below it, the paler the nearer; others are the bluer the higher. A field has a ring where nine draws
    /// in ten lie on both sides of zero.
    Cells {
        /// The numbers, row by row, each with its interval if it has one.
        estimates: Vec<Vec<Estimate>>,
        /// The lowest and the highest number that colours tell apart; one for all panels of a figure.
        reach: (f64, f64),
        /// How the numbers are written.
        format: NumberFormat,
    },
    /// A level to compare with, such as today's.
    HorizontalRule {
        /// Height.
        y: f64,
        /// Written along the rule.
        label: Option<String>,
    },
    /// A moment or threshold to compare with.
    VerticalRule {
        /// Place along the horizontal axis.
        x: f64,
        /// Written beside the rule.
        label: Option<String>,
    },
    /// A note beside a point.
    Annotation {
        /// Place along the horizontal axis.
        x: f64,
        /// Height.
        y: f64,
        /// The note.
        text: String,
    },
}

/// How a line is broken, so that lines differ without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dash {
    /// Unbroken.
    Solid,
    /// Dashes.
    Dashed,
    /// Dots.
    Dotted,
    /// Dashes and dots in turn.
    DashDot,
}

/// How a point is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// A filled disc.
    Filled,
    /// A ring.
    Hollow,
}

/// How an area is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Texture {
    /// Evenly.
    Even,
    /// With slanted lines: money planned and then taken away.
    Hatched,
}

/// One amount in a stack of areas.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// The amounts.
    pub y: Vec<f64>,
    /// Colour.
    pub colour: Colour,
    /// Evenly filled or hatched.
    pub texture: Texture,
    /// Written at the right end.
    pub label: Option<String>,
    /// What the amounts are.
    pub description: Description,
}

/// A number with what is known of its uncertainty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The median, or the one number there is.
    pub middle: f64,
    /// The range of the middle half of the draws.
    pub fifty: Option<(f64, f64)>,
    /// The range of nine draws in ten.
    pub ninety: Option<(f64, f64)>,
}

impl Estimate {
    /// A number without an interval.
    pub fn exact(middle: f64) -> Estimate {
        Estimate { middle, fifty: None, ninety: None }
    }

    /// Quantiles 0.05, 0.25, 0.5, 0.75 and 0.95.
    pub fn quantiles(q: [f64; 5]) -> Estimate {
        Estimate { middle: q[2], fifty: Some((q[1], q[3])), ninety: Some((q[0], q[4])) }
    }

    /// Whether nine draws in ten lie on both sides of zero.
    pub fn spans_zero(&self) -> bool {
        self.ninety.is_some_and(|(low, high)| low < 0.0 && high > 0.0)
    }

    /// Every number of the estimate that is finite.
    pub(super) fn reach(&self) -> impl Iterator<Item = f64> {
        let pair = |range: Option<(f64, f64)>| range.map_or([f64::NAN; 2], |(low, high)| [low, high]);
        [self.middle].into_iter().chain(pair(self.fifty)).chain(pair(self.ninety))
    }
}
