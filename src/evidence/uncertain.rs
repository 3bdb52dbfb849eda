//! What is drawn for a constant of the model.

use engine::diagnostic::Span;
use engine::model::{Name, Value};
use engine::sampling::Distribution;

use super::grade::Grade;

/// A constant, or elements of it, whose value nature chooses. Numbers are in the model's unit and base-year prices.
#[derive(Debug, Clone, PartialEq)]
pub struct UncertainConstant {
    /// The constant.
    pub constant: Name,
    /// Elements, as in a [`engine::model::Binding`].
    pub elements: Vec<Name>,
    /// As people read it: `Unit cost[H01]`.
    pub label: String,
    /// The name of the random number it follows. Rows that share it stand at the same point of their distributions.
    pub stream: String,
    /// How likely each value of what is drawn is: of the figure as written, or of its common factor.
    pub distribution: Distribution,
    /// What the drawn number is multiplied by for each element meant; one number for all of them unless `array`.
    pub bases: Vec<f64>,
    /// Whether there is one base for each element, in row-major order.
    pub array: bool,
    /// The chance that there is no effect.
    pub no_effect: Option<NullDraw>,
    /// The card, place, system file or scenario it comes from.
    pub owner: String,
    /// Whether each place has a draw of its own.
    pub local: bool,
    /// How far the central value can be trusted.
    pub grade: Grade,
    /// Whether it is about how the model is built.
    pub structural: bool,
    /// Keys of the register of sources.
    pub sources: Vec<String>,
    /// Where its name stands.
    pub span: Span,
}

/// The chance of no effect, decided by a random number of its own that a programme's rows share.
#[derive(Debug, Clone, PartialEq)]
pub struct NullDraw {
    /// The name of the random number.
    pub stream: String,
    /// There is no effect when the random number is below this.
    pub probability: f64,
    /// The value then.
    pub value: f64,
}

impl UncertainConstant {
    /// The value where the random number of `stream` is `point` and that of the no-effect stream is `null_point`
    /// (any number where there is no such stream).
    pub fn value(&self, point: f64, null_point: f64) -> Value {
        let none = self.no_effect.as_ref().filter(|none| null_point < none.probability);
        let drawn = self.distribution.quantile(point);
        let of = |base: f64| none.map_or(base * drawn, |none| none.value);
        if self.array {
            Value::Array(self.bases.iter().map(|base| of(*base)).collect())
        } else {
            Value::Number(of(self.bases.first().copied().unwrap_or(1.0)))
        }
    }

    /// What is drawn at many points, before it is multiplied by a base. Where there is no effect nothing is drawn.
    pub fn draw(&self, points: &[f64], null_points: Option<&[f64]>, drawn: &mut [f64]) {
        let quantile = self.distribution.quantiles();
        for (lane, (drawn, point)) in drawn.iter_mut().zip(points).enumerate() {
            if self.none_at(null_points, lane).is_none() {
                *drawn = quantile(*point);
            }
        }
    }

    /// The value of an element, a lane for each of what [`UncertainConstant::draw`] gave for the same points; nothing is
    /// written for an element that has no base.
    pub fn scale(&self, element: usize, drawn: &[f64], null_points: Option<&[f64]>, values: &mut [f64]) {
        let base = match (self.array, self.bases.first()) {
            (true, _) => self.bases.get(element).copied(),
            (false, first) => Some(first.copied().unwrap_or(1.0)),
        };
        let Some(base) = base else { return };
        for (lane, (value, drawn)) in values.iter_mut().zip(drawn).enumerate() {
            *value = self.none_at(null_points, lane).unwrap_or(base * drawn);
        }
    }

    /// The value where there is no effect, if there is none in this lane.
    fn none_at(&self, null_points: Option<&[f64]>, lane: usize) -> Option<f64> {
        let none = self.no_effect.as_ref()?;
        let point = null_points.map_or(1.0, |points| points[lane]);
        (point < none.probability).then_some(none.value)
    }

    /// The names of the random numbers it needs: one, or two where there may be no effect.
    pub fn streams(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.stream.as_str()).chain(self.no_effect.as_ref().map(|none| none.stream.as_str()))
    }
}
