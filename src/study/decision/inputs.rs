//! What is uncertain, as people know it: a number, whether there is an effect, or the place of a common factor in its range.

use crate::model::Value;

use super::super::experiment::{PointMatrix, Subject};
use super::super::prepare::Study;

/// Something uncertain, draw by draw.
#[derive(Debug, Clone, PartialEq)]
pub struct DecisionInput {
    /// As people read it.
    pub name: String,
    /// The random number behind it.
    pub stream: String,
    /// The programme it belongs to, `common factors` for what several constants share, or whose evidence it is.
    pub group: String,
    /// Its values: the constant's number; 1 and 0 for an effect that is there or not; else the place in its range from 0
    /// to 1.
    pub values: Vec<f64>,
    /// Whether `values` are places in a range.
    pub place_in_range: bool,
}

/// The group of what several constants share.
const SHARED: &str = "common factors";

/// All inputs, in the order of the columns of the matrix.
pub(super) fn inputs(study: &Study, matrix: &PointMatrix, kept: &[usize]) -> Vec<DecisionInput> {
    let uncertain = || study.places.iter().flat_map(|place| &place.uncertain);
    Subject::Study(study)
        .inputs()
        .into_iter()
        .enumerate()
        .map(|(column, input)| {
            let at = |draw: &usize| matrix.row(*draw)[column];
            let owner = uncertain()
                .find(|one| one.streams().any(|stream| stream == input.stream))
                .map_or_else(String::new, |one| one.owner.clone());
            let programme = study.programmes.iter().find(|(id, _, _)| id == &owner);
            let group = match programme {
                Some((id, name, _)) => format!("{id} {name}"),
                None if input.constants.len() > 1 => SHARED.to_owned(),
                None => owner,
            };
            if input.no_effect {
                let chance = uncertain()
                    .filter_map(|one| one.no_effect.as_ref())
                    .find(|none| none.stream == input.stream)
                    .map_or(0.0, |none| none.probability);
                let values = kept.iter().map(|draw| f64::from(u8::from(at(draw) >= chance))).collect();
                let name = format!("whether {group} has an effect");
                return DecisionInput { name, stream: input.stream, group, values, place_in_range: false };
            }
            let alone = match input.constants.as_slice() {
                [_] => uncertain().find(|one| one.stream == input.stream && !one.array),
                _ => None,
            };
            let number = |draw: &usize| match alone.map(|one| one.value(at(draw), 1.0)) {
                Some(Value::Number(number)) => number,
                _ => at(draw),
            };
            let name = match input.constants.as_slice() {
                [one] => one.clone(),
                _ => input.stream.clone(),
            };
            DecisionInput {
                name,
                stream: input.stream,
                group,
                values: kept.iter().map(number).collect(),
                place_in_range: alone.is_none(),
            }
        })
        .collect()
}
