//! A fact: one number that a study found, with all that it is of, so that it can be looked up in the tables that are written.

use crate::appraisal::findings::{Comparator, Findings, PriceBase, SeriesKey};
use crate::appraisal::key::{CUMULATIVE_NET, DEMAND, DEMAND_CHANGE, NET, NET_PRESENT};
use crate::appraisal::statistic::Statistic;
use crate::quantity::Unit;
use crate::scenario::{Role, Roles};

/// Over which time a number is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// In a plan year, from 1; 0 is the year before the plan.
    InYear(usize),
    /// The plan years added up, each of which has a row.
    EveryYear,
    /// One number of the whole horizon.
    OverHorizon,
}

/// How long what is counted goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// To the last plan year.
    Horizon,
    /// To the end of the lives of those who were helped.
    Lifetime,
}

/// What a number is measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// Another arm of the same study, or nothing.
    Arm(Comparator),
    /// Another strategy, by its place among those of the study.
    Strategy(usize),
}

/// Whether the draws tell a number from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolved {
    /// Another sample of as many draws would hardly turn its sign.
    Yes,
    /// Another sample might.
    No,
    /// Nobody asks it of this number.
    NotAsked,
}

/// What a number is of, by the columns of the table in which it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct FactKey {
    /// The table.
    pub table: &'static str,
    /// The id of the place.
    pub place: String,
    /// Place of the strategy among those of the study; `None` is do nothing.
    pub strategy: Option<usize>,
    /// Against what.
    pub against: Against,
    /// The measure or the ledger.
    pub outcome: String,
    /// Of which service, perspective, programme or group of residents; empty for all.
    pub group: String,
    /// Whose money; empty for all.
    pub payer: String,
    /// When.
    pub period: Period,
    /// For how long.
    pub clock: Clock,
    /// Which statistic of the draws.
    pub statistic: Statistic,
    /// In which money.
    pub prices: PriceBase,
}

impl FactKey {
    /// The columns and their values of each row that it stands for, but for the statistic.
    pub fn rows(&self, findings: &Findings) -> Vec<[(&'static str, String); 8]> {
        let against = match self.against {
            Against::Arm(comparator) => comparator.name(),
            Against::Strategy(other) => strategy_id(findings, Some(other)),
        };
        let row = |year: String| {
            [
                ("place", self.place.clone()),
                ("strategy", strategy_id(findings, self.strategy).to_owned()),
                ("comparator", against.to_owned()),
                ("outcome", self.outcome.clone()),
                ("group", self.group.clone()),
                ("payer", self.payer.clone()),
                ("year", year),
                ("price_base", self.prices.name(findings.prices())),
            ]
        };
        match self.period {
            Period::InYear(year) => vec![row(findings.year_label(year))],
            Period::EveryYear => (1..=findings.horizon).map(|year| row(findings.year_label(year))).collect(),
            Period::OverHorizon => vec![row(String::new())],
        }
    }

    /// The statistics that stand for the ends of its interval: those of nine draws in ten, or of the error of a mean difference.
    pub fn ends(&self) -> [&'static str; 2] {
        match self.against {
            Against::Arm(_) => [Statistic::P05.name(), Statistic::P95.name()],
            Against::Strategy(_) => ["low", "high"],
        }
    }
}

/// A number of a table, times one or minus one.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// One, or minus one where it is taken away.
    pub factor: f64,
    /// Which number.
    pub key: FactKey,
}

/// A number that a study found: one of a table, or some of them added up.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// The number.
    pub value: f64,
    /// The ends of its interval, where one is known.
    pub interval: Option<(f64, f64)>,
    /// Whether the draws tell it from zero.
    pub resolved: Resolved,
    /// The numbers of the tables that it is made of.
    pub of: Vec<Term>,
    /// What is added that stands in no table: 1 where it is the share of draws in which something does not hold, else 0.
    pub constant: f64,
}

impl Fact {
    /// A number of a table; none where it is not known.
    pub fn known(key: FactKey, value: f64) -> Option<Self> {
        let of = vec![Term { factor: 1.0, key }];
        value.is_finite().then_some(Self { value, interval: None, resolved: Resolved::NotAsked, of, constant: 0.0 })
    }

    /// With its interval, where both ends are known.
    #[must_use]
    pub fn between(self, low: f64, high: f64) -> Self {
        Self { interval: (low.is_finite() && high.is_finite()).then_some((low, high)), ..self }
    }

    /// With what the draws say of it.
    #[must_use]
    pub fn resolved(self, resolved: Resolved) -> Self {
        Self { resolved, ..self }
    }

    /// Found for so long.
    #[must_use]
    pub fn on(mut self, clock: Clock) -> Self {
        self.of.iter_mut().for_each(|term| term.key.clock = clock);
        self
    }

    /// The same with the other sign: what there is less.
    #[must_use]
    pub fn less(self) -> Self {
        let of = self.of.into_iter().map(|term| Term { factor: -term.factor, ..term }).collect();
        let interval = self.interval.map(|(low, high)| (-high, -low));
        Self { value: -self.value, interval, of, constant: -self.constant, ..self }
    }

    /// Of a share of draws that of all others.
    #[must_use]
    pub fn otherwise(self) -> Self {
        let less = self.less();
        Self { value: 1.0 + less.value, constant: 1.0 + less.constant, interval: None, ..less }
    }

    /// Both together, of which no interval is known.
    #[must_use]
    pub fn plus(mut self, other: Self) -> Self {
        self.of.extend(other.of);
        let (value, constant) = (self.value + other.value, self.constant + other.constant);
        Self { value, constant, interval: None, resolved: Resolved::NotAsked, ..self }
    }

    /// The ends of its interval; no numbers where none is known.
    pub fn ends(&self) -> (f64, f64) {
        self.interval.unwrap_or((f64::NAN, f64::NAN))
    }
}

/// The number of a fact; none is no number.
pub fn value(fact: Option<&Fact>) -> f64 {
    fact.map_or(f64::NAN, |fact| fact.value)
}

/// The amount of a ledger; what a model does not keep is nothing.
pub fn amount(fact: Option<&Fact>) -> f64 {
    fact.map_or(0.0, |fact| fact.value)
}

/// What was found under a strategy.
#[derive(Debug, Clone, PartialEq)]
pub struct Under {
    /// Its place among those of the study.
    pub strategy: usize,
    /// What was found.
    pub fact: Fact,
}

/// What holds facts: each of them can be looked up in the tables.
pub trait Facts {
    /// All of them, each at least once.
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>);
}

impl Facts for Fact {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        all.push(self);
    }
}

impl Facts for Under {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        all.push(&self.fact);
    }
}

impl<T: Facts> Facts for Option<T> {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        self.iter().for_each(|one| one.facts(all));
    }
}

impl<T: Facts> Facts for Vec<T> {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        self.iter().for_each(|one| one.facts(all));
    }
}

/// With a name or a year before it.
impl<N, T: Facts> Facts for (N, T) {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        self.1.facts(all);
    }
}

/// How a strategy is called in the tables; `None` does nothing.
pub fn strategy_id(findings: &Findings, strategy: Option<usize>) -> &str {
    let label = strategy.and_then(|place| findings.strategies.get(place));
    label.map_or("do-nothing", |label| label.id.as_str())
}

/// The table of paybacks.
pub const PAYBACK_TABLE: &str = "payback.csv";
/// The table of measures: numbers of the whole horizon.
pub const MEASURE_TABLE: &str = "summary.csv";
/// The table of strategies against each other.
pub const RANKING_TABLE: &str = "ranking.csv";

/// The table in which a series stands.
pub fn table_of(roles: &Roles, series: &SeriesKey) -> &'static str {
    if roles.is(Role::Deficit, &series.outcome) {
        return "system.csv";
    }
    match (series.outcome.as_str(), &series.unit) {
        (DEMAND | DEMAND_CHANGE, _) => "demand.csv",
        (NET | CUMULATIVE_NET | NET_PRESENT, _) => PAYBACK_TABLE,
        (_, Unit::Pounds) => "money.csv",
        (_, Unit::Qalys) => "health.csv",
        _ => "system.csv",
    }
}
