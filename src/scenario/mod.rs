//! What is varied and compared: levers, uncertainties, strategies, place, horizon, seed.
//!
//! A [`Scenario`] is the question that a study answers. [`Accounts`] say which variables of the model the answer is
//! read from, so that no name of the model's variables stands in the code.

mod accounts;
mod budget_line;
mod decide;
mod design;
mod fairness;
mod finance;
mod ledger_kind;
mod lever;
mod model_names;
mod model_scenario;
mod named_parts;
mod plan_money;
mod plausible;
mod read;
mod role;
mod route;
mod run_off;
mod sensitivity;
mod shared;
mod shares;
mod sharing;
mod stopping;
mod sweep;
mod values;
mod wording;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;

use engine::model::{Integration, Label};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

pub use accounts::{
    Accounts, Audit, Demand, Ledger, Perspective, Prices, ProgrammeOutcome, Ranges, Twin, YearlyReading,
};
pub use budget_line::{BudgetConstants, BudgetLine};
pub use decide::{Decide, Failing};
pub use design::DesignAsked;
pub use fairness::Fairness;
pub use finance::FinanceInput;
pub use ledger_kind::LedgerKind;
pub use lever::{Lever, LeverPath, Levers, Step};
pub use model_scenario::{MODEL_KIND, ModelOutcome, ModelScenario, ModelStrategy, ModelUncertainty, Over};
pub use named_parts::{Loop, ProgrammeCard};
pub use plan_money::PlanMoney;
pub use plausible::{Plausible, PlausibleRange};
pub use role::{Role, Roles};
pub use route::Route;
pub use run_off::RunOff;
pub use sensitivity::{InputGroup, SensitivityAsked};
pub use shared::Shared;
pub use shares::SharesRule;
pub use sharing::{Claim, Sharing, SharingBy};
pub use stopping::StoppingAsked;
pub use sweep::{AxisValues, Choice, MOST_POINTS, Sweep, SweepLayout, Swept, SweptAxis};
pub use values::Values;
pub use wording::{HardWord, Payer};

use crate::evidence::document::{Codes, Located};
use crate::evidence::{EvidenceFile, Figure, Library, Origin, References, Selection, UncertainConstant};
use crate::explain::scenario as code;
use crate::quantity::{DiscountRate, FinancialYear};
use engine::diagnostic::{Diagnostic, Diagnostics, nearest};
use engine::model::{Binding, Bindings, Name, Provenance, Value};
use engine::sampling::Sampling;

/// The strength of a scenario among [`Bindings`]: above evidence, below the command line.
const STRENGTH: u8 = 2;

/// The codes under which scenarios and accounts report what can be wrong with any TOML file.
pub const CODES: Codes = Codes {
    not_toml: code::NOT_TOML,
    unknown_key: code::UNKNOWN_KEY,
    missing_key: code::MISSING_KEY,
    wrong_kind: code::WRONG_KIND,
    unknown_schema: code::UNKNOWN_SCHEMA,
    not_finite: code::NOT_FINITE,
    unknown_word: code::UNKNOWN_WORD,
    repeated: code::WRITTEN_TWICE,
    hidden: code::HIDDEN_LETTER,
    no_word: code::NO_WORD,
};

/// One study: a question, what is compared, for whom, how long, and how often it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Short name.
    pub name: String,
    /// Title of its report.
    pub title: String,
    /// Why it is asked, in a paragraph.
    pub question: String,
    /// Where the question comes from.
    pub source: String,
    /// The model it is asked of.
    pub model: Located<String>,
    /// The ids of the places, in order; one at least.
    pub places: Vec<Located<String>>,
    /// How money is divided between the places; there wherever there are several.
    pub sharing: Option<Sharing>,
    /// The ids of the programmes, in order.
    pub programmes: Vec<Located<String>>,
    /// Years of the plan that are studied.
    pub horizon_years: u32,
    /// The first plan year, if it is not the one after the base year of the model.
    pub start_year: Option<Located<FinancialYear>>,
    /// The year in whose prices real amounts are told, if it is not the base year of the model.
    pub price_base: Option<Located<FinancialYear>>,
    /// Draws, seed and design.
    pub sampling: Sampling,
    /// Repetitions, what leads and what moves together.
    pub design: DesignAsked,
    /// When `wellspring run` has drawn enough, if the scenario says it; else it draws as often as `sampling` says.
    pub stopping: Option<StoppingAsked>,
    /// How stocks are integrated; `None` leaves it to the model's default.
    pub integration: Option<Integration>,
    /// Discount rate of money.
    pub cost_discounting: DiscountRate,
    /// Discount rate of health.
    pub health_discounting: DiscountRate,
    /// What a QALY is taken to be worth, and what care pays for one at the margin.
    pub values: Values,
    /// How much more a gain counts for those who have less health.
    pub fairness: Fairness,
    /// Years after the horizon for which effects are followed; 0 leaves out all that comes later.
    pub run_off_years: u32,
    /// What a finance director sets, by the names of the accounts.
    pub finance: Levers,
    /// The budget of an organisation, line by line, where the money of the plan is written so.
    pub budget: Vec<BudgetLine>,
    /// Levers of every run.
    pub levers: Levers,
    /// Constants that this scenario holds uncertain, or otherwise uncertain than the evidence does.
    pub uncertainties: Vec<Figure>,
    /// What is compared with doing nothing, in order.
    pub strategies: Vec<Strategy>,
    /// Constants whose elements must sum to a total.
    pub shares: Vec<SharesRule>,
    /// What `wellspring sweep` goes through, if anything.
    pub sweep: Option<Sweep>,
    /// What `wellspring sensitivity` asks, if anything is said.
    pub sensitivity: Option<SensitivityAsked>,
    /// What `wellspring decide` goes by, if the scenario says it.
    pub decide: Option<Decide>,
}

/// A named setting of levers.
#[derive(Debug, Clone, PartialEq)]
pub struct Strategy {
    /// Short name.
    pub id: String,
    /// Where the short name stands.
    pub id_span: engine::diagnostic::Span,
    /// Full name.
    pub name: String,
    /// Why it is looked at.
    pub why: String,
    /// What it sets otherwise than [`Scenario::levers`].
    pub levers: Levers,
}

impl Scenario {
    /// Reads a scenario.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(file: &Arc<str>, content: &str, references: &References) -> Result<(Self, Diagnostics), Diagnostics> {
        read::scenario(file, content, references)
    }

    /// Reads a scenario so far as it can be read, so that the rest of a study is checked too: `None` where something is
    /// missing without which nothing else can be judged. Everything that is wrong stands beside it.
    pub fn read_partly(file: &Arc<str>, content: &str, references: &References) -> (Option<Self>, Diagnostics) {
        read::partly(file, content, references)
    }

    /// What this scenario sets in every run: its plain levers, and the central values of its uncertainties. Levers that
    /// change over time are not constants and are not among them.
    pub fn bindings(&self) -> Bindings {
        let plain = self.levers.iter().filter_map(|lever| {
            let LeverPath::Number(number) = &lever.path else {
                return None;
            };
            Some(Binding {
                name: lever.label.constant.clone(),
                elements: lever.label.elements.clone(),
                value: Value::Number(*number),
                provenance: Provenance { strength: STRENGTH, span: Some(lever.span.clone()) },
            })
        });
        let central = self.uncertainties.iter().map(|figure| figure.binding(STRENGTH));
        Bindings { values: plain.chain(central).collect(), ranges: BTreeMap::new() }
    }

    /// What this scenario itself holds uncertain.
    pub fn uncertain(&self) -> Vec<UncertainConstant> {
        let origin = Origin { owner: self.name.clone(), local: false };
        self.uncertainties.iter().filter_map(|figure| figure.uncertain(&origin)).collect()
    }

    /// The constants that some run drives or sets otherwise than all runs: levers over time, and those of strategies.
    pub fn driven(&self) -> Vec<Label> {
        let over_time = self.levers.iter().filter(|lever| matches!(lever.path, LeverPath::Steps(_)));
        let of_strategies = self.strategies.iter().flat_map(|strategy| strategy.levers.iter());
        let mut labels: Vec<Label> = Vec::new();
        for lever in over_time.chain(of_strategies) {
            if !labels.contains(&lever.label) {
                labels.push(lever.label.clone());
            }
        }
        labels
    }

    /// How a lever runs in a strategy (`None`: in doing nothing): the path of every run, and from the strategy's first
    /// step on the strategy's. `None` where neither sets it, so that the model's own value holds.
    pub fn path(&self, strategy: Option<&Strategy>, label: &Label) -> Option<LeverPath> {
        let general = self.levers.get(label);
        let own = strategy.and_then(|strategy| strategy.levers.get(label));
        match (general, own) {
            (Some(general), Some(own)) => Some(own.path.after(&general.path)),
            (Some(one), None) | (None, Some(one)) => Some(one.path.clone()),
            (None, None) => None,
        }
    }

    /// The evidence that this scenario uses, for each of its places.
    ///
    /// # Errors
    /// Places or programmes that the library does not have, a place that stands there twice, and weights of places that
    /// cannot be followed.
    pub fn select<'l>(&self, library: &'l Library) -> Result<Vec<Selection<'l>>, Diagnostics> {
        let mut found = Diagnostics::new();
        let places = self.find_places(library, &mut found);
        let mut cards = Vec::new();
        for programme in &self.programmes {
            let card = library.card(&programme.value).or_else(|| at_path(programme, library.cards()));
            match card {
                Some(card) => cards.push(card),
                None => {
                    let unknown = Diagnostic::error(
                        code::UNKNOWN_PROGRAMME,
                        format!("there is no card of a programme called `{}`", programme.value),
                    );
                    found.push(offer(unknown, programme, library.cards()));
                }
            }
        }
        if !found.is_empty() {
            return Err(found);
        }
        let systems: Vec<&EvidenceFile> = library.systems().collect();
        let selection = |place| Selection { place, cards: cards.clone(), systems: systems.clone() };
        Ok(places.into_iter().map(selection).collect())
    }

    fn find_places<'l>(&self, library: &'l Library, found: &mut Diagnostics) -> Vec<&'l EvidenceFile> {
        let mut places: Vec<&EvidenceFile> = Vec::new();
        for written in &self.places {
            let Some(place) = library.place(&written.value).or_else(|| at_path(written, library.places())) else {
                let unknown = Diagnostic::error(
                    code::UNKNOWN_PLACE,
                    format!("there is no baseline of a place called `{}`", written.value),
                );
                found.push(offer(unknown, written, library.places()));
                continue;
            };
            // One place under its id and under its file's name.
            if places.iter().any(|earlier| earlier.id == place.id) {
                let message = format!("`{}` is the place `{}`, which stands there already", written.value, place.id);
                let twice = Diagnostic::error(code::WRITTEN_TWICE, message).at(written.span.clone());
                found.push(twice.hint("keep one of the two"));
            }
            places.push(place);
        }
        if let (Some(sharing), true) = (&self.sharing, found.is_empty()) {
            let ids: Vec<&str> = places.iter().map(|place| place.id.as_str()).collect();
            sharing.check(&ids, &self.places_written(), found);
        }
        places
    }

    /// The places as the scenario writes them.
    pub fn places_written(&self) -> Vec<&str> {
        self.places.iter().map(|place| place.value.as_str()).collect()
    }

    /// The same with levers multiplied: those of a name that is given a factor here, in every run and every strategy.
    #[must_use]
    pub fn scaled(&self, factors: &BTreeMap<Name, f64>) -> Self {
        let mut scaled = self.clone();
        scaled.levers.scale(factors);
        scaled.strategies.iter_mut().for_each(|strategy| strategy.levers.scale(factors));
        scaled
    }

    /// The strategy with this id, whatever its case.
    pub fn strategy(&self, id: &str) -> Option<&Strategy> {
        let wanted = Name::new(id);
        self.strategies.iter().find(|strategy| Name::new(&strategy.id) == wanted)
    }
}

/// A path written in a file, as seen from where that file's own name is.
pub fn beside(file: &str, path: &str) -> String {
    let folder = Path::new(file).parent().unwrap_or(Path::new(""));
    folder.join(path).to_string_lossy().into_owned()
}

/// The file that is named by its path rather than by its id.
fn at_path<'l>(
    written: &Located<String>,
    mut files: impl Iterator<Item = &'l EvidenceFile>,
) -> Option<&'l EvidenceFile> {
    let path = beside(&written.span.file, &written.value);
    files.find(|file| file.id_span.file.as_ref() == path)
}

fn offer<'l>(
    unknown: Diagnostic,
    written: &Located<String>,
    files: impl Iterator<Item = &'l EvidenceFile>,
) -> Diagnostic {
    let ids: Vec<&str> = files.map(|file| file.id.as_str()).collect();
    let hint = match nearest(&written.value, ids.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("the evidence has {}", crate::evidence::document::listed(&ids)),
    };
    unknown.at(written.span.clone()).hint(hint)
}
