//! The accounts of a model, found in its structure: which outcomes of a run make up which line of which ledger.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::evidence::document::Located;
use crate::quantity::Unit;
use crate::scenario::{self, Accounts, Demand, LedgerKind, Perspective, Roles, YearlyReading};
use engine::kernel::Outcome;
use engine::model::Name;
use engine::structure::ScalarId;

use super::key::change_of;

/// A line of a ledger: the sum of some outcomes.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Quintile, programme, service or payer; empty for a ledger that is kept as one.
    pub label: String,
    /// Indices of its outcomes among those kept.
    pub outcomes: Vec<usize>,
}

/// A demand or a ledger with its lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Service name or ledger id.
    pub id: String,
    /// How a year's number is read.
    pub reading: YearlyReading,
    /// What it holds; `None` for demands.
    pub kind: Option<LedgerKind>,
    /// Its unit.
    pub unit: Unit,
    /// Whether its lines are payers.
    pub by_payer: bool,
    /// Whether it says what becomes of a demand.
    pub becomes: bool,
    /// Whether it is told in per cent of the twin as well.
    pub relative: bool,
    /// In the order of the model.
    pub lines: Vec<Line>,
}

/// Where the money of a plan comes from, and what becomes of it: ids of ledgers, with what people call them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanMoney {
    /// The ledger of all that is offered, whoever offers it.
    pub moved: String,
    /// Who offers it.
    pub sources: Vec<(String, String)>,
    /// What realised savings give, to the plan and to its lenders.
    pub savings: Vec<(String, String)>,
    /// What becomes of all of it.
    pub uses: Vec<(String, String)>,
}

/// A demand in words: what is needed, and what becomes of it, which is not the same where beds or staff are short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Need {
    /// The service, one of the chart's services.
    pub service: String,
    /// What its demand is called, such as `Need for emergency admission`.
    pub name: String,
    /// What happens, such as admissions.
    pub happens: Option<Happening>,
    /// What is in use for it, such as beds.
    pub used: Option<Happening>,
    /// What finds no service.
    pub unmet: Option<Happening>,
    /// Whether it is counted at a point in time, such as people in care, and not over a year.
    pub counted: bool,
    /// What it is called in the easy read.
    pub plain: Option<String>,
    /// What one needs to be served, in plain words, such as `bed`.
    pub plain_used: Option<String>,
}

impl Need {
    /// What says what becomes of it: what happens, what is in use, what finds no service, as far as it is known.
    pub fn happenings(&self) -> Vec<&Happening> {
        [&self.happens, &self.used, &self.unmet].into_iter().flatten().collect()
    }
}

/// A ledger that says what becomes of a demand. Of what happens and what is in use there is a series [`Happening::change`]
/// beside the differences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Happening {
    /// The ledger's id.
    pub ledger: String,
    /// What people call it.
    pub name: String,
    /// In what.
    pub unit: Unit,
}

impl Happening {
    /// The outcome under which its change in per cent of the twin stands.
    pub fn change(&self) -> String {
        change_of(&self.ledger)
    }
}

/// Two sums of outcomes that must be the same in every run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    /// What is weighed, for people.
    pub name: &'static str,
    /// Indices of the outcomes of one side among those kept.
    pub one: Vec<usize>,
    /// And of the other.
    pub other: Vec<usize>,
}

/// All entries, perspectives and audits.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Services.
    pub demand: Vec<Entry>,
    /// What the demands are called, and what says what becomes of them.
    pub needs: Vec<Need>,
    /// Ledgers.
    pub ledgers: Vec<Entry>,
    /// Which ledger plays which part, and which service leads.
    pub roles: Roles,
    /// For a ledger, that of what is still to come of it after the horizon.
    pub to_come: BTreeMap<String, String>,
    /// Which ledgers hold the money of the plan.
    pub plan_money: Option<PlanMoney>,
    /// Whose costs and gains count together.
    pub perspectives: Vec<Perspective>,
    /// Budgets that are told by themselves.
    pub organisations: Vec<Perspective>,
    /// Outcomes that must be nothing but rounding, with their tolerance and the name of their variable.
    pub audits: Vec<(usize, f64, String)>,
    /// Sums of ledgers that must be the same: what sources offer and what is moved, what comes and what becomes of it.
    pub balances: Vec<Balance>,
    /// Cumulative cost by payer, for the arms that follow their twin.
    pub twin_cost: Vec<usize>,
    /// What is to be kept of every run.
    pub outcomes: Vec<Outcome>,
}

/// What the chart asks of the structure: the scalars of a variable as the accounts write it, each with the label of its
/// line (the elements of the ranges in `by`, joined by `, `).
pub type Finder<'a> = dyn FnMut(&Located<Name>, &[Located<Name>]) -> Vec<(ScalarId, String)> + 'a;

impl Chart {
    /// Draws up the chart; `find` looks variables up and reports what it does not find.
    pub fn new(accounts: &Accounts, find: &mut Finder<'_>) -> Self {
        let mut outcomes = Outcomes::default();
        let demand = accounts
            .demand
            .iter()
            .map(|demand| Entry {
                id: demand.service.clone(),
                reading: demand.reading,
                kind: None,
                unit: demand.unit.clone(),
                by_payer: false,
                becomes: false,
                relative: false,
                lines: outcomes.lines(find(&demand.variable, &demand.by), demand.reading),
            })
            .collect();
        let ledgers: Vec<Entry> = accounts
            .ledgers
            .iter()
            .map(|ledger| Entry {
                id: ledger.id.clone(),
                reading: ledger.reading,
                kind: Some(ledger.kind),
                unit: ledger.unit.clone(),
                by_payer: ledger.by.first().is_some_and(|by| by.value == accounts.ranges.payer.value),
                becomes: accounts.demand.iter().any(|demand| demand.becomes(&ledger.id)),
                relative: accounts.demand.iter().any(|demand| demand.becomes_in_per_cent(&ledger.id)),
                lines: outcomes.lines(find(&ledger.variable, &ledger.by), ledger.reading),
            })
            .collect();
        let audits = accounts
            .audits
            .iter()
            .flat_map(|audit| {
                find(&audit.variable, &[])
                    .into_iter()
                    .map(|(scalar, _)| (scalar, audit.tolerance, audit.variable.value.spelling().to_owned()))
                    .collect::<Vec<_>>()
            })
            .map(|(scalar, tolerance, name)| (outcomes.index(Outcome::Level(scalar)), tolerance, name))
            .collect();
        let twin_cost = find(&accounts.twin.cost, std::slice::from_ref(&accounts.ranges.payer))
            .into_iter()
            .map(|(scalar, _)| outcomes.index(Outcome::Level(scalar)))
            .collect();
        Self {
            demand,
            roles: accounts.roles(),
            to_come: accounts.ledgers.iter().filter_map(|one| Some((one.id.clone(), one.to_come.clone()?))).collect(),
            plan_money: accounts.plan_money.as_ref().map(|money| plan_money(accounts, money)),
            needs: accounts.demand.iter().map(|demand| need(demand, accounts)).collect(),
            perspectives: accounts.perspectives.clone(),
            organisations: accounts.organisations.clone(),
            balances: accounts.plan_money.iter().flat_map(|money| balances(&ledgers, money)).collect(),
            ledgers,
            audits,
            twin_cost,
            outcomes: outcomes.kept,
        }
    }

    /// All whose net position is told: perspectives, then organisations.
    pub fn all_with_net(&self) -> impl Iterator<Item = &Perspective> {
        self.perspectives.iter().chain(&self.organisations)
    }

    /// The ledger of health that the financing displaces, the first if there are several.
    pub fn displaced(&self) -> Option<&Entry> {
        self.ledgers.iter().find(|entry| entry.kind == Some(LedgerKind::DisplacedQalys))
    }

    /// The ledger of the money that displaces it, the first if there are several.
    pub fn displacing(&self) -> Option<&Entry> {
        self.ledgers.iter().find(|entry| entry.kind == Some(LedgerKind::DisplacingMoney))
    }

    /// The ledger with this id.
    pub fn ledger(&self, id: &str) -> Option<&Entry> {
        self.ledgers.iter().find(|entry| entry.id == id)
    }
}

fn balances(ledgers: &[Entry], money: &scenario::PlanMoney) -> [Balance; 2] {
    let outcomes = |ids: &mut dyn Iterator<Item = &Located<String>>| -> Vec<usize> {
        let entries = ids.filter_map(|id| ledgers.iter().find(|entry| entry.id == id.value));
        entries.flat_map(|entry| entry.lines.iter().flat_map(|line| line.outcomes.iter().copied())).collect()
    };
    let mut offered = money.sources.iter();
    let mut given = money.sources.iter().chain(&money.savings);
    [
        Balance {
            name: "Money moved, against its sources",
            one: outcomes(&mut [&money.moved].into_iter()),
            other: outcomes(&mut offered),
        },
        Balance {
            name: "Money of the plan, against its uses",
            one: outcomes(&mut given),
            other: outcomes(&mut money.uses.iter()),
        },
    ]
}

fn plan_money(accounts: &Accounts, money: &scenario::PlanMoney) -> PlanMoney {
    let named = |ids: &[Located<String>]| {
        let name = |id: &str| accounts.ledger(id).map_or(id, |ledger| ledger.name.as_str()).to_owned();
        ids.iter().map(|id| (id.value.clone(), name(&id.value))).collect()
    };
    PlanMoney {
        moved: money.moved.value.clone(),
        sources: named(&money.sources),
        savings: named(&money.savings),
        uses: named(&money.uses),
    }
}

fn need(demand: &Demand, accounts: &Accounts) -> Need {
    let happening = |id: &Option<String>| {
        let ledger = accounts.ledger(id.as_deref()?)?;
        Some(Happening { ledger: ledger.id.clone(), name: ledger.name.clone(), unit: ledger.unit.clone() })
    };
    Need {
        service: demand.service.clone(),
        name: demand.need.clone(),
        happens: happening(&demand.happens),
        used: happening(&demand.used),
        unmet: happening(&demand.unmet),
        counted: demand.reading == YearlyReading::Stock,
        plain: demand.plain.clone(),
        plain_used: demand.plain_used.clone(),
    }
}

#[derive(Default)]
struct Outcomes {
    kept: Vec<Outcome>,
}

impl Outcomes {
    fn index(&mut self, outcome: Outcome) -> usize {
        match self.kept.iter().position(|kept| *kept == outcome) {
            Some(index) => index,
            None => {
                self.kept.push(outcome);
                self.kept.len() - 1
            }
        }
    }

    fn lines(&mut self, scalars: Vec<(ScalarId, String)>, reading: YearlyReading) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        for (scalar, label) in scalars {
            let outcome = match reading {
                YearlyReading::Flow => Outcome::Integral(scalar),
                YearlyReading::SmoothFlow => Outcome::Trapezium(scalar),
                YearlyReading::Stock | YearlyReading::Cumulative => Outcome::Level(scalar),
            };
            let index = self.index(outcome);
            match lines.iter_mut().find(|line| line.label == label) {
                Some(line) => line.outcomes.push(index),
                None => lines.push(Line { label, outcomes: vec![index] }),
            }
        }
        lines
    }
}
