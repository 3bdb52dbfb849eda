//! A route by which an effect acts through a model, so that no card takes the same effect by two of them.

use crate::evidence::document::{Fields, Located, Reading};
use engine::model::Name;

use super::model_names::{name, needed_variable};

/// A route by which an effect acts through the model, and the constants by which cards may already carry that effect.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// The constant that opens the route when it is not 0; a route without one is always open.
    pub switch: Option<Located<Name>>,
    /// The constant by programme, with the elements meant, by which a card moves the stock that the route begins at.
    pub moves: Located<Name>,
    /// The constant, with the elements meant, by which cards act on the same demand; a number other than 0 is an effect.
    pub effect: Located<Name>,
}

impl Route {
    pub(super) fn read(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> Option<Self> {
        let switch = fields.text(reading, "switch").map(name);
        let moves = needed_variable(reading, fields, "moves");
        let effect = needed_variable(reading, fields, "effect");
        Some(Self { switch, moves: moves?, effect: effect? })
    }
}
