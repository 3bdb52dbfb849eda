//! Parts of a model that its accounts name besides ledgers: its loops, and the constants that make up a programme's card.

use crate::evidence::document::{Fields, Located, Reading};
use engine::model::Name;

/// A loop of the model that can be cut.
#[derive(Debug, Clone, PartialEq)]
pub struct Loop {
    /// Short name: R1 and on for those that reinforce, B1 and on for those that balance.
    pub id: String,
    /// Name in reports.
    pub name: String,
    /// The constant that cuts it where it is 0.
    pub switch: Located<Name>,
    /// The variable in which it shows itself first, with elements where only some are meant; the sum of what is meant.
    pub outcome: Located<Name>,
}

/// Constants of a programme's card that its page and the list of programmes show; each has the programme among its elements.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgrammeCard {
    /// Pounds for one start and year paid.
    pub unit_cost: Located<Name>,
    /// Those who could be reached, for each resident.
    pub eligible: Located<Name>,
    /// Those who come to be eligible in a year, for each resident.
    pub newly_eligible: Option<Located<Name>>,
    /// The logarithm of a relative risk, by channel.
    pub log_relative_risk: Located<Name>,
    /// The rate of those reached before they are, by channel.
    pub group_rate: Option<Located<Name>>,
    /// The use that those reached are about to make, where the effect is not by the year but once, by channel.
    pub rate_at_once: Option<Located<Name>>,
    /// Years until the effect is there, by channel.
    pub lag: Option<Located<Name>>,
    /// Years in which half of the effect is lost, by channel.
    pub half_life: Option<Located<Name>>,
    /// Effects that are no relative risk.
    pub other_effects: Vec<Located<Name>>,
}

pub(super) fn read_loop(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> Option<(Located<String>, Loop)> {
    let id = fields.needed_id(reading, "id", "id = \"R1\"");
    let title = fields.needed_name(reading, "name", "name = \"Savings spent again\"");
    let switch = needed(reading, fields, "switch");
    let outcome = needed(reading, fields, "outcome");
    let id = id?;
    Some((id.clone(), Loop { id: id.value, name: title?.value, switch: switch?, outcome: outcome? }))
}

pub(super) fn read_programme_card(reading: &mut Reading, mut fields: Fields<'_, '_>) -> Option<ProgrammeCard> {
    let unit_cost = needed(reading, &mut fields, "unit_cost");
    let eligible = needed(reading, &mut fields, "eligible");
    let log_relative_risk = needed(reading, &mut fields, "log_relative_risk");
    let mut optional = |key| fields.text(reading, key).map(name);
    let newly_eligible = optional("newly_eligible");
    let (group_rate, rate_at_once) = (optional("group_rate"), optional("rate_at_once"));
    let (lag, half_life) = (optional("lag"), optional("half_life"));
    let other_effects = fields.texts(reading, "other_effects").unwrap_or_default().into_iter().map(name).collect();
    fields.finish(reading);
    Some(ProgrammeCard {
        unit_cost: unit_cost?,
        eligible: eligible?,
        newly_eligible,
        log_relative_risk: log_relative_risk?,
        group_rate,
        rate_at_once,
        lag,
        half_life,
        other_effects,
    })
}

impl ProgrammeCard {
    /// All constants named here.
    pub(super) fn constants(&self) -> impl Iterator<Item = &Located<Name>> {
        let needed = [&self.unit_cost, &self.eligible, &self.log_relative_risk];
        let optional = [&self.newly_eligible, &self.group_rate, &self.rate_at_once, &self.lag, &self.half_life];
        let optional = optional.into_iter().flatten();
        needed.into_iter().chain(optional).chain(&self.other_effects)
    }
}

fn needed(reading: &mut Reading, fields: &mut Fields<'_, '_>, key: &'static str) -> Option<Located<Name>> {
    fields.needed_text(reading, key, &format!("{key} = \"its name in the model\"")).map(name)
}

fn name(written: Located<String>) -> Located<Name> {
    Located { value: Name::new(&written.value), span: written.span }
}
