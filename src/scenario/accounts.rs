//! What the appraisal reads from a model: its demands, ledgers, perspectives and audits, by the model's own names.

use std::sync::Arc;

use crate::evidence::document::{Fields, Located, Reading, listed};
use crate::explain::scenario as code;
use crate::quantity::{FinancialYear, Unit};
use engine::diagnostic::{Diagnostics, nearest};
use engine::model::Name;

use super::CODES;
use super::budget_line::BudgetConstants;
use super::finance::{self, FinanceInput};
use super::ledger_kind::LedgerKind;
use super::model_names::{name, needed_variable, variable};
use super::named_parts::{Loop, ProgrammeCard, read_loop, read_programme_card};
use super::plan_money::PlanMoney;
use super::plausible::Plausible;
use super::role::{Role, Roles};
use super::route::Route;
use super::run_off::RunOff;
use super::shared::Shared;
use super::wording::{HardWord, Payer};

/// Which variables of a model answer which question.
#[derive(Debug, Clone, PartialEq)]
pub struct Accounts {
    /// The model's file.
    pub model: Located<String>,
    /// The year before the plan, in whose prices the model runs.
    pub base_year: FinancialYear,
    /// The first year of the plan: time 0 is its 1 April.
    pub first_year: FinancialYear,
    /// The ranges of the model that have a meaning of their own.
    pub ranges: Ranges,
    /// People by group, for rates and inequality.
    pub population: Option<Located<Name>>,
    /// The constant that holds the residents counted in a place, by group first.
    pub residents: Option<Located<Name>>,
    /// How do nothing, twin and strategy are told apart.
    pub twin: Twin,
    /// Demands on services.
    pub demand: Vec<Demand>,
    /// Sums of money and health.
    pub ledgers: Vec<Ledger>,
    /// Whose costs and gains count together: first what leaves and stays in the payers' own books, last what counts most.
    pub perspectives: Vec<Perspective>,
    /// Budgets that are told by themselves: whose services cost less, less what they pay into the plan.
    pub organisations: Vec<Perspective>,
    /// Payers of whom more is to be said than their names.
    pub payers: Vec<Payer>,
    /// Hard words of the easy read.
    pub hard_words: Vec<HardWord>,
    /// Where the money of a plan comes from and what becomes of it.
    pub plan_money: Option<PlanMoney>,
    /// What a finance director sets, by names of their own.
    pub finance: Vec<FinanceInput>,
    /// Which constants a budget sets, line by line.
    pub budget_lines: Option<BudgetConstants>,
    /// What the study sets for what comes after the horizon, if the model works that out.
    pub run_off: Option<RunOff>,
    /// Variables that are zero when people and money are conserved.
    pub audits: Vec<Audit>,
    /// What is shown for each programme.
    pub programme_outcomes: Vec<ProgrammeOutcome>,
    /// Routes by which an effect must not act twice.
    pub routes: Vec<Route>,
    /// Loops that can be cut, to see what each does.
    pub loops: Vec<Loop>,
    /// What is shown of a programme's card.
    pub programme_card: Option<ProgrammeCard>,
    /// What several places share, and by what.
    pub sharing: Option<Shared>,
    /// What is plausible of places and cards.
    pub plausible: Option<Plausible>,
}

/// Ranges of the model.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranges {
    /// Its elements are the programmes of the scenario.
    pub programme: Located<Name>,
    /// Its elements are payers.
    pub payer: Located<Name>,
    /// Its elements are the groups that inequality is measured between, most deprived first.
    pub group: Located<Name>,
}

/// The constants that make a run one of do nothing, twin and strategy.
#[derive(Debug, Clone, PartialEq)]
pub struct Twin {
    /// 1 in the strategy, 0 in its twin: whether programmes have effects.
    pub effects_switch: Located<Name>,
    /// 1 in twin and strategy, 0 in do nothing: whether the plan is in force.
    pub do_nothing: Located<Name>,
    /// Cumulative cost by payer, read from the twin at the beginnings of years.
    pub cost: Located<Name>,
    /// The constant by payer that is driven by the twin's cost in the strategy.
    pub driven: Located<Name>,
    /// 1 in the strategy, 0 elsewhere: whether the twin's cost is known.
    pub reinvestment_switch: Located<Name>,
}

/// How a variable becomes a number for a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearlyReading {
    /// A rate, integrated over the year.
    Flow,
    /// A rate that does not jump, integrated over the year by the trapezium rule.
    SmoothFlow,
    /// A stock or a level, read at the year's end.
    Stock,
    /// A running total, of which the year's part is the difference between its end and its beginning.
    Cumulative,
}

/// A demand on a service.
#[derive(Debug, Clone, PartialEq)]
pub struct Demand {
    /// The service, as reports call it.
    pub service: String,
    /// The variable.
    pub variable: Located<Name>,
    /// Flow or stock.
    pub reading: YearlyReading,
    /// Its unit.
    pub unit: Unit,
    /// Ranges that are kept apart; all others are summed over.
    pub by: Vec<Located<Name>>,
    /// What it is called where it is set beside what happens of it: need is not use.
    pub need: String,
    /// The ledger that says what happens of it.
    pub happens: Option<String>,
    /// The ledger of what is in use for it, such as beds.
    pub used: Option<String>,
    /// The ledger of what finds no service.
    pub unmet: Option<String>,
    /// Whether it stands for demand as a whole, where that is said of any.
    pub lead: Option<Located<bool>>,
    /// What it is called in the easy read; nothing is said there of a demand without plain words.
    pub plain: Option<String>,
    /// What one needs to be served, in plain words, such as `bed`.
    pub plain_used: Option<String>,
}

impl Demand {
    /// Whether it stands for demand as a whole.
    pub fn leads(&self) -> bool {
        self.lead.as_ref().is_some_and(|lead| lead.value)
    }

    /// Whether this ledger says what becomes of it.
    pub fn becomes(&self, ledger: &str) -> bool {
        self.becomes_in_per_cent(ledger) || self.unmet.as_deref() == Some(ledger)
    }

    /// Whether this ledger says so in per cent of the twin as well. What is unmet may be none, of which there is no per cent.
    pub fn becomes_in_per_cent(&self, ledger: &str) -> bool {
        [&self.happens, &self.used].into_iter().flatten().any(|id| id == ledger)
    }
}

/// A sum of money or health.
#[derive(Debug, Clone, PartialEq)]
pub struct Ledger {
    /// Short name that perspectives use.
    pub id: String,
    /// Name in reports; the id if there is none.
    pub name: String,
    /// What it holds.
    pub kind: LedgerKind,
    /// The part that it plays in reports.
    pub role: Option<Located<Role>>,
    /// The variable.
    pub variable: Located<Name>,
    /// How it becomes a number for a year; a running total unless the file says otherwise.
    pub reading: YearlyReading,
    /// Ranges that are kept apart; all others are summed over.
    pub by: Vec<Located<Name>>,
    /// The ledger of what is still to come of it after the horizon, if the model works that out.
    pub to_come: Option<String>,
    /// Whose it is, for a ledger that is not by payer.
    pub payer: Option<String>,
    /// Its unit: GBP or QALY.
    pub unit: Unit,
}

const READINGS: [(&str, YearlyReading); 4] = [
    ("flow", YearlyReading::Flow),
    ("smooth flow", YearlyReading::SmoothFlow),
    ("stock", YearlyReading::Stock),
    ("cumulative", YearlyReading::Cumulative),
];

/// The prices that a perspective counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prices {
    /// Of the base year.
    Real,
    /// Of each year.
    Nominal,
}

/// Whose costs and gains count together.
#[derive(Debug, Clone, PartialEq)]
pub struct Perspective {
    /// Short name.
    pub id: String,
    /// Name in reports.
    pub name: String,
    /// In which prices.
    pub prices: Prices,
    /// Whether later years count for less.
    pub discounted: bool,
    /// Payers that count; none named means all.
    pub payers: Vec<Located<String>>,
    /// Ledgers of which more than in the twin is a gain.
    pub gains: Vec<String>,
    /// Ledgers of which more than in the twin is a cost.
    pub costs: Vec<String>,
    /// Ledgers of QALYs gained, counted at the scenario's value of a QALY.
    pub qalys: Vec<String>,
    /// Whose money it is, in the plain words of the easy read.
    pub plain: Option<String>,
}

/// A variable that is zero when nothing is lost.
#[derive(Debug, Clone, PartialEq)]
pub struct Audit {
    /// The variable.
    pub variable: Located<Name>,
    /// How far from zero it may be, as a part of `scale`, or by itself where there is none.
    pub tolerance: f64,
    /// The variable whose size it is compared with.
    pub scale: Option<Located<Name>>,
}

/// Something shown for each programme.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgrammeOutcome {
    /// Short name.
    pub id: String,
    /// Name in reports; the id if there is none.
    pub name: String,
    /// The variable, by programme.
    pub variable: Located<Name>,
    /// How it becomes a number for a year.
    pub reading: YearlyReading,
    /// Its unit.
    pub unit: Unit,
}

impl Accounts {
    /// Reads the accounts of a model.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub fn read(file: &Arc<str>, content: &str) -> Result<(Self, Diagnostics), Diagnostics> {
        let mut reading = Reading::new(file, &CODES);
        let accounts = read(&mut reading, content);
        let found = reading.finish();
        match accounts {
            Some(accounts) => found.into_result(accounts),
            None => Err(found),
        }
    }

    /// The ledger with this id.
    pub fn ledger(&self, id: &str) -> Option<&Ledger> {
        self.ledgers.iter().find(|ledger| ledger.id == id)
    }

    /// Which ledger plays which part. The service that leads is the one that is said to, or else the first.
    pub fn roles(&self) -> Roles {
        let written = self.ledgers.iter().filter_map(|one| Some((one.role.as_ref()?.value, one.id.clone())));
        let lead = self.demand.iter().find(|demand| demand.leads()).or(self.demand.first());
        let follows = [
            (Role::Moved, self.plan_money.as_ref().map(|money| &money.moved.value)),
            (Role::InUse, lead.and_then(|demand| demand.used.as_ref())),
            (Role::Unmet, lead.and_then(|demand| demand.unmet.as_ref())),
        ];
        let follows = follows.into_iter().filter_map(|(role, ledger)| Some((role, ledger?.clone())));
        Roles::new(written.chain(follows), lead.map_or("", |demand| &demand.service))
    }

    /// Every variable and constant of the model that the accounts name, with its span, for a check against the model.
    pub fn variables(&self) -> Vec<&Located<Name>> {
        let twin = &self.twin;
        let mut all = vec![&twin.effects_switch, &twin.do_nothing, &twin.cost, &twin.driven, &twin.reinvestment_switch];
        all.extend(self.run_off.iter().flat_map(RunOff::constants));
        all.extend(self.finance.iter().map(|input| &input.constant));
        all.extend(self.budget_lines.iter().flat_map(|one| [&one.share, &one.money]));
        all.extend(&self.population);
        all.extend(&self.residents);
        all.extend(self.demand.iter().map(|demand| &demand.variable));
        all.extend(self.ledgers.iter().map(|ledger| &ledger.variable));
        all.extend(self.audits.iter().flat_map(|audit| [Some(&audit.variable), audit.scale.as_ref()]).flatten());
        all.extend(self.programme_outcomes.iter().map(|outcome| &outcome.variable));
        all.extend(self.loops.iter().flat_map(|one| [&one.switch, &one.outcome]));
        all.extend(self.programme_card.iter().flat_map(ProgrammeCard::constants));
        all.extend(self.plausible.iter().flat_map(Plausible::constants));
        if let Some(sharing) = &self.sharing {
            all.extend(sharing.money.iter().chain(&sharing.sums));
            all.extend([&sharing.allocation, &sharing.population, &sharing.need]);
            all.extend(&sharing.rebasing);
        }
        all
    }
}

fn read(reading: &mut Reading, content: &str) -> Option<Accounts> {
    let root = reading.parse(content)?;
    let whole = reading.span(0..0);
    let mut fields = Fields::new(&root, whole, "the accounts file");
    fields.schema(reading);
    let model = fields.needed_text(reading, "model", "model = \"prevention.mdl\"");
    let years = read_years(reading, &mut fields);
    fields.need(reading, "ranges", "[ranges] with programme, payer and group");
    let ranges = fields.table(reading, "ranges", "`ranges`").and_then(|fields| read_ranges(reading, fields));
    let population = variable(reading, &mut fields, "population");
    let residents = variable(reading, &mut fields, "residents");
    fields.need(reading, "twin", "[twin] with its five constants and variables");
    let twin = fields.table(reading, "twin", "`twin`").and_then(|fields| read_twin(reading, fields));
    let run_off = fields.table(reading, "run_off", "`run_off`").and_then(|fields| RunOff::read(reading, fields));
    let finance = finance::read(reading, &mut fields);
    let budget_lines = fields
        .table(reading, "budget_lines", "`budget_lines`")
        .and_then(|fields| BudgetConstants::read(reading, fields));
    let demand = each(reading, &mut fields, "demand", "the demand", read_demand);
    let ledgers = each(reading, &mut fields, "ledger", "the ledger", read_ledger);
    let perspectives = each(reading, &mut fields, "perspective", "the perspective", read_perspective);
    let organisations = each(reading, &mut fields, "organisation", "the organisation", read_perspective);
    let payers = each(reading, &mut fields, "payer", "the payer", Payer::read);
    let hard_words = each(reading, &mut fields, "hard_word", "the hard word", HardWord::read);
    let plan_money =
        fields.table(reading, "plan_money", "`plan_money`").and_then(|fields| PlanMoney::read(reading, fields));
    let audits = each(reading, &mut fields, "audit", "the audit", read_audit);
    let programme_outcomes =
        each(reading, &mut fields, "programme_outcome", "the outcome of programmes", read_programme_outcome);
    let routes = each(reading, &mut fields, "route", "the route", Route::read);
    let loops = each(reading, &mut fields, "loop", "the loop", read_loop);
    let programme_card = fields
        .table(reading, "programme_card", "`programme_card`")
        .and_then(|fields| read_programme_card(reading, fields));
    let sharing = fields.table(reading, "sharing", "`sharing`").and_then(|fields| Shared::read(reading, fields));
    let plausible =
        fields.table(reading, "plausible", "`plausible`").and_then(|fields| Plausible::read(reading, fields));
    fields.finish(reading);

    refuse_repeated(reading, "demands", demand.iter().flatten().map(|(name, _)| name));
    refuse_repeated(reading, "ledgers", ledgers.iter().flatten().map(|(name, _)| name));
    refuse_repeated(reading, "perspectives", perspectives.iter().flatten().map(|(p, _)| p));
    refuse_repeated(reading, "organisations", organisations.iter().flatten().map(|(one, _)| one));
    refuse_repeated(reading, "payers", payers.iter().flatten().map(|(name, _)| name));
    refuse_repeated(reading, "hard words", hard_words.iter().flatten().map(|(word, _)| word));
    refuse_two_leads(reading, demand.iter().flatten().map(|(_, (demand, _))| demand));
    refuse_two_of_a_role(reading, ledgers.iter().flatten().map(|(_, (ledger, _))| ledger));
    refuse_repeated(reading, "loops", loops.iter().flatten().map(|(id, _)| id));
    refuse_repeated(reading, "outcomes", programme_outcomes.iter().flatten().map(|(name, _)| name));
    // A ledger that could not be read would make perspectives seem wrong as well.
    if ledgers.iter().all(Option::is_some) {
        let known: Vec<&str> = ledgers.iter().flatten().map(|(id, _)| id.value.as_str()).collect();
        for (_, (_, counted)) in perspectives.iter().chain(&organisations).flatten() {
            check_ledgers(reading, counted, &known);
        }
        let money: Vec<Located<String>> = plan_money.iter().flat_map(PlanMoney::ledgers).cloned().collect();
        check_ledgers(reading, &money, &known);
        for (_, (_, linked)) in demand.iter().flatten() {
            check_ledgers(reading, linked, &known);
        }
        for (_, (_, to_come)) in ledgers.iter().flatten() {
            check_ledgers(reading, to_come, &known);
        }
    }
    let (base_year, first_year) = years?;
    Some(Accounts {
        model: model?,
        base_year,
        first_year,
        ranges: ranges?,
        population,
        residents,
        twin: twin?,
        demand: demand.into_iter().flatten().map(|(_, (demand, _))| demand).collect(),
        ledgers: ledgers.into_iter().flatten().map(|(_, (ledger, _))| ledger).collect(),
        payers: payers.into_iter().flatten().map(|(_, payer)| payer).collect(),
        hard_words: hard_words.into_iter().flatten().map(|(_, word)| word).collect(),
        perspectives: perspectives.into_iter().flatten().map(|(_, (one, _))| one).collect(),
        organisations: organisations.into_iter().flatten().map(|(_, (one, _))| one).collect(),
        plan_money,
        finance,
        budget_lines,
        run_off,
        audits: audits.into_iter().flatten().collect(),
        programme_outcomes: programme_outcomes.into_iter().flatten().map(|(_, one)| one).collect(),
        plausible,
        routes: routes.into_iter().flatten().collect(),
        loops: loops.into_iter().flatten().map(|(_, one)| one).collect(),
        programme_card,
        sharing,
    })
}

fn each<T>(
    reading: &mut Reading,
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    called: &str,
    read: impl Fn(&mut Reading, &mut Fields<'_, '_>) -> Option<T>,
) -> Vec<Option<T>> {
    fields
        .tables(reading, key, called)
        .into_iter()
        .map(|mut fields| {
            let one = read(reading, &mut fields);
            fields.finish(reading);
            one
        })
        .collect()
}

fn read_years(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> Option<(FinancialYear, FinancialYear)> {
    let base = fields.needed_text(reading, "base_year_label", "base_year_label = \"2024/25\"");
    fields.need(reading, "plan_year_zero", "plan_year_zero = 2025, the calendar year whose 1 April is time 0");
    let zero = fields.whole(reading, "plan_year_zero");
    let (base, zero) = (base?, zero?);
    let Some(year) = FinancialYear::parse(&base.value) else {
        reading
            .error(code::YEARS_DISAGREE, base.span, format!("`{}` is not a financial year", base.value))
            .hint("write it as \"2024/25\"");
        return None;
    };
    let first = year.later(1);
    if i64::from(first.begins()) != zero.value {
        reading
            .error(
                code::YEARS_DISAGREE,
                zero.span,
                format!("the plan begins in {}, but the base year {year} ends in {}", zero.value, first.begins()),
            )
            .hint(format!("write plan_year_zero = {}, or change the base year", first.begins()));
        return None;
    }
    Some((year, first))
}

fn read_ranges(reading: &mut Reading, mut fields: Fields<'_, '_>) -> Option<Ranges> {
    let programme = needed_variable(reading, &mut fields, "programme");
    let payer = needed_variable(reading, &mut fields, "payer");
    let group = needed_variable(reading, &mut fields, "group");
    fields.finish(reading);
    Some(Ranges { programme: programme?, payer: payer?, group: group? })
}

fn read_twin(reading: &mut Reading, mut fields: Fields<'_, '_>) -> Option<Twin> {
    let effects_switch = needed_variable(reading, &mut fields, "effects_switch");
    let do_nothing = needed_variable(reading, &mut fields, "do_nothing");
    let cost = needed_variable(reading, &mut fields, "cost");
    let driven = needed_variable(reading, &mut fields, "driven");
    let reinvestment_switch = needed_variable(reading, &mut fields, "reinvestment_switch");
    fields.finish(reading);
    Some(Twin {
        effects_switch: effects_switch?,
        do_nothing: do_nothing?,
        cost: cost?,
        driven: driven?,
        reinvestment_switch: reinvestment_switch?,
    })
}

/// A demand with the spans of the ledgers that say what becomes of it.
type Linked = (Demand, Vec<Located<String>>);

fn read_demand(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> Option<(Located<String>, Linked)> {
    let service = fields.needed_name(reading, "service", "service = \"Emergency admissions\"");
    let variable = needed_variable(reading, fields, "variable");
    fields.need(reading, "kind", "kind = \"flow\", \"stock\" or \"cumulative\"");
    let kind = fields.word(reading, "kind", &READINGS);
    let unit = fields.needed_text(reading, "unit", "unit = \"admissions\"");
    let by = by(reading, fields);
    let need = fields.name(reading, "need");
    let [happens, used, unmet] = ["happens", "used", "unmet"].map(|key| fields.text(reading, key));
    let lead = fields.truth(reading, "lead");
    let [plain, plain_used] = ["plain", "plain_used"].map(|key| fields.name(reading, key).map(|words| words.value));
    let service = service?;
    let id = |ledger: &Option<Located<String>>| ledger.as_ref().map(|ledger| ledger.value.clone());
    let demand = Demand {
        service: service.value.clone(),
        variable: variable?,
        reading: kind?.value,
        unit: unit?.value.into(),
        by,
        need: need.map_or_else(|| format!("Demand: {}", service.value), |need| need.value),
        happens: id(&happens),
        used: id(&used),
        unmet: id(&unmet),
        lead,
        plain,
        plain_used,
    };
    Some((service, (demand, [happens, used, unmet].into_iter().flatten().collect())))
}

/// A ledger with the spans of the ledger of what is to come of it.
type Continued = (Ledger, Vec<Located<String>>);

fn read_ledger(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> Option<(Located<String>, Continued)> {
    let id = fields.needed_id(reading, "id", "id = \"service-cost\"");
    let name = fields.name(reading, "name");
    fields.need(reading, "kind", "kind = \"cost\", \"spend\", \"qalys\" or another");
    let kind = fields.word(reading, "kind", &LedgerKind::WORDS);
    let role = fields.word(reading, "role", &Role::WRITTEN);
    let variable = needed_variable(reading, fields, "variable");
    let has_measure = fields.has("measure");
    let yearly = fields.word(reading, "measure", &READINGS);
    let by = by(reading, fields);
    let to_come = fields.text(reading, "to_come");
    let payer = fields.text(reading, "payer").map(|payer| payer.value);
    let unit = fields.needed_text(reading, "unit", "unit = \"GBP\"");
    let yearly = match yearly {
        Some(yearly) => Some(yearly.value),
        None => (!has_measure).then_some(YearlyReading::Cumulative),
    };
    let id = id?;
    let ledger = Ledger {
        id: id.value.clone(),
        name: name.map_or(id.value.clone(), |name| name.value),
        kind: kind?.value,
        role,
        variable: variable?,
        reading: yearly?,
        by,
        to_come: to_come.as_ref().map(|ledger| ledger.value.clone()),
        payer,
        unit: unit?.value.into(),
    };
    Some((id, (ledger, to_come.into_iter().collect())))
}

/// A perspective with the spans of the ledgers that it counts.
type Counted = (Perspective, Vec<Located<String>>);

fn read_perspective(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> Option<(Located<String>, Counted)> {
    let id = fields.needed_id(reading, "id", "id = \"cash\"");
    let name = fields.needed_name(reading, "name", "name = \"Cash\"");
    fields.need(reading, "prices", "prices = \"nominal\" or \"real\"");
    let prices = fields.word(reading, "prices", &[("real", Prices::Real), ("nominal", Prices::Nominal)]);
    fields.need(reading, "discounted", "discounted = true or false");
    let discounted = fields.truth(reading, "discounted");
    let payers = fields.texts(reading, "payers").unwrap_or_default();
    let gains = fields.texts(reading, "gains").unwrap_or_default();
    let costs = fields.texts(reading, "costs").unwrap_or_default();
    let qalys = fields.texts(reading, "qalys").unwrap_or_default();
    let plain = fields.name(reading, "plain").map(|words| words.value);
    if gains.is_empty() && costs.is_empty() && qalys.is_empty() {
        reading
            .error(code::MISSING_KEY, fields.at().clone(), format!("{} counts no ledger", fields.called()))
            .hint("write gains = [...], costs = [...] or qalys = [...], the ids of ledgers");
    }
    let ids = |ledgers: &[Located<String>]| ledgers.iter().map(|ledger| ledger.value.clone()).collect::<Vec<_>>();
    let id = id?;
    let perspective = Perspective {
        id: id.value.clone(),
        name: name?.value,
        prices: prices?.value,
        discounted: discounted?.value,
        payers,
        gains: ids(&gains),
        costs: ids(&costs),
        qalys: ids(&qalys),
        plain,
    };
    Some((id, (perspective, [gains, costs, qalys].concat())))
}

fn read_audit(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> Option<Audit> {
    let variable_read = needed_variable(reading, fields, "variable");
    fields.need(reading, "tolerance", "tolerance = 1e-8");
    let tolerance = fields.number(reading, "tolerance");
    let scale = variable(reading, fields, "scale");
    let tolerance = tolerance?;
    if tolerance.value <= 0.0 {
        reading
            .error(code::OUT_OF_RANGE, tolerance.span, format!("the tolerance is {}", tolerance.value))
            .hint("write a small number above zero: arithmetic rounds");
        return None;
    }
    Some(Audit { variable: variable_read?, tolerance: tolerance.value, scale })
}

fn read_programme_outcome(
    reading: &mut Reading,
    fields: &mut Fields<'_, '_>,
) -> Option<(Located<String>, ProgrammeOutcome)> {
    let id = fields.needed_id(reading, "id", "id = \"starts\"");
    let name = fields.name(reading, "name");
    let variable = needed_variable(reading, fields, "variable");
    fields.need(reading, "kind", "kind = \"flow\", \"stock\" or \"cumulative\"");
    let kind = fields.word(reading, "kind", &READINGS);
    let unit = fields.needed_text(reading, "unit", "unit = \"people\"");
    let id = id?;
    let outcome = ProgrammeOutcome {
        id: id.value.clone(),
        name: name.map_or(id.value.clone(), |name| name.value),
        variable: variable?,
        reading: kind?.value,
        unit: unit?.value.into(),
    };
    Some((id, outcome))
}

fn by(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> Vec<Located<Name>> {
    fields.texts(reading, "by").unwrap_or_default().into_iter().map(name).collect()
}

fn refuse_repeated<'p>(reading: &mut Reading, what: &str, names: impl Iterator<Item = &'p Located<String>>) {
    let mut seen: Vec<&str> = Vec::new();
    for name in names {
        if seen.contains(&name.value.as_str()) {
            reading
                .error(code::WRITTEN_TWICE, name.span.clone(), format!("two {what} are called `{}`", name.value))
                .hint("give one of them another name");
        }
        seen.push(&name.value);
    }
}

fn refuse_two_leads<'d>(reading: &mut Reading, demand: impl Iterator<Item = &'d Demand>) {
    let mut leads = demand.filter(|one| one.leads());
    let Some(first) = leads.next() else { return };
    for (service, lead) in leads.filter_map(|one| Some((&one.service, one.lead.as_ref()?))) {
        let message = format!("`{}` leads already, and `{service}` is to lead too", first.service);
        reading
            .error(code::WRITTEN_TWICE, lead.span.clone(), message)
            .hint("one demand stands for all: leave `lead` out of the others");
    }
}

fn refuse_two_of_a_role<'l>(reading: &mut Reading, ledgers: impl Iterator<Item = &'l Ledger>) {
    let mut taken: Vec<(Role, &str)> = Vec::new();
    for (ledger, role) in ledgers.filter_map(|one| Some((one, one.role.as_ref()?))) {
        if let Some((_, first)) = taken.iter().find(|(known, _)| *known == role.value) {
            let message =
                format!("`{first}` has the role \"{}\" already, and so has `{}`", role.value.name(), ledger.id);
            reading
                .error(code::WRITTEN_TWICE, role.span.clone(), message)
                .hint("one ledger plays a role: leave `role` out of the other, or name another role");
        }
        taken.push((role.value, &ledger.id));
    }
}

fn check_ledgers(reading: &mut Reading, counted: &[Located<String>], known: &[&str]) {
    for ledger in counted {
        if known.contains(&ledger.value.as_str()) {
            continue;
        }
        reading.error(code::UNKNOWN_LEDGER, ledger.span.clone(), format!("there is no ledger `{}`", ledger.value));
        match nearest(&ledger.value, known.iter().copied()) {
            Some(near) => reading.hint(format!("did you mean \"{near}\"?")),
            None => reading.hint(format!("the ledgers are {}", listed(known))),
        }
    }
}
