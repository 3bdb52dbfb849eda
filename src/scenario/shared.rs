//! What the accounts of a model say of money that several places share.

use crate::evidence::document::{Fields, Located, Reading};
use engine::model::Name;

use super::model_names::{name, needed_variable, variable};

/// Which levers are shared between places, and which variables say how much each place has and needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared {
    /// Levers that are shares of a place's allocation.
    pub money: Vec<Located<Name>>,
    /// Levers that are sums of money.
    pub sums: Vec<Located<Name>>,
    /// The allocation that the levers of `money` are shares of.
    pub allocation: Located<Name>,
    /// Residents by group.
    pub population: Located<Name>,
    /// What brings the residents counted to those of today.
    pub rebasing: Option<Located<Name>>,
    /// What the need of a place is read from, at the start of its run.
    pub need: Located<Name>,
    /// The element of the groups that is the most deprived.
    pub deprived: Located<Name>,
}

impl Shared {
    pub(super) fn read(reading: &mut Reading, mut fields: Fields<'_, '_>) -> Option<Self> {
        let mut levers = |reading: &mut Reading, key| -> Vec<Located<Name>> {
            fields.texts(reading, key).unwrap_or_default().into_iter().map(name).collect()
        };
        let money = levers(reading, "money");
        let sums = levers(reading, "sums");
        let allocation = needed_variable(reading, &mut fields, "allocation");
        let population = needed_variable(reading, &mut fields, "population");
        let rebasing = variable(reading, &mut fields, "rebasing");
        let need = needed_variable(reading, &mut fields, "need");
        let deprived = needed_variable(reading, &mut fields, "deprived");
        fields.finish(reading);
        Some(Self {
            money,
            sums,
            allocation: allocation?,
            population: population?,
            rebasing,
            need: need?,
            deprived: deprived?,
        })
    }
}
