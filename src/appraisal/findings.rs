//! What a study found: series over years, payback, and single numbers, all as estimates over draws.

use serde::Serialize;

use crate::quantity::{FinancialYear, Unit};
use crate::scenario::{HardWord, Role, Roles};

pub use super::chart::{Happening, Need};
pub use super::key::{Comparator, PriceBase, SeriesKey, change_of};

use super::chart::PlanMoney;
use super::pairs::Ranking;
use super::statistic::{Estimate, Statistic, Summary};

/// A quantity year by year: flows over each plan year, stocks at its end.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Series {
    /// Which.
    pub key: SeriesKey,
    /// One summary a plan year, the first of year 1. Levels of do nothing begin with the base year (`base` is true).
    pub years: Vec<Summary>,
    /// Whether the first entry is the base year.
    pub base: bool,
}

/// Payback of a strategy from a perspective.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Payback {
    /// Index of the strategy.
    pub strategy: usize,
    /// Perspective id: `cash`, `fiscal`, `social`.
    pub perspective: String,
    /// Probability of having paid back, for good within the horizon, by the end of each plan year.
    pub by_year: Vec<Estimate>,
    /// Median payback year over the draws; `None`: in at least half of the draws not within the horizon.
    pub median_year: Option<usize>,
}

/// What was found of a measure of a strategy: the estimates of one number of the whole horizon.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MeasureFinding {
    /// Index of the strategy.
    pub strategy: usize,
    /// What it is measured against.
    pub comparator: Comparator,
    /// What, such as `net-present-value`, `cost-per-qaly`, `trough-depth`.
    pub outcome: String,
    /// Of which perspective, service or the like; empty for all.
    pub group: String,
    /// In what.
    pub unit: Unit,
    /// In which money.
    pub price_base: PriceBase,
    /// Statistic and estimate, in a fixed order.
    pub estimates: Vec<(Statistic, Estimate)>,
}

/// A strategy as people know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StrategyLabel {
    /// Short, for files and tables.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Why it is compared.
    pub why: String,
    /// Why nothing was spent, where no draw spends anything: then there is nothing to be paid back.
    pub nothing_spent: Option<String>,
}

/// A perspective as people know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PerspectiveLabel {
    /// `cash`, `fiscal`, `social`.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// In which money it is told.
    pub price_base: PriceBase,
    /// Whose money it is, in plain words.
    pub plain: Option<String>,
}

/// A payer of whom the accounts say more than its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PayerLabel {
    /// Its name, as series have it.
    pub name: String,
    /// What it is a part of, as inside a sentence: `the NHS`.
    pub group: Option<String>,
    /// What is said in plain sentences where it saves most.
    pub saves_most: Vec<String>,
}

/// Runs of an arm that went wrong in a variable.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FaultFinding {
    /// The id of the place.
    pub place: String,
    /// The arm, as people know it.
    pub arm: String,
    /// The variable.
    pub variable: String,
    /// Whether it is an audit: people or money that are not accounted for.
    pub audit: bool,
    /// Runs concerned.
    pub runs: u64,
    /// The draw of the first.
    pub first_draw: u64,
    /// The time there.
    pub time: f64,
    /// The value there.
    pub value: f64,
}

/// All that a study found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Findings {
    /// The scenario's name (its folder of results).
    pub name: String,
    /// The scenario's title.
    pub title: String,
    /// Why it is asked.
    pub question: String,
    /// The place, as people call it.
    pub place: String,
    /// The id of the place; [`ALL_PLACES`] where several are added up.
    pub place_id: String,
    /// The place's share of the money that places share, a part of one.
    pub share: f64,
    /// Strategies in the order of the scenario.
    pub strategies: Vec<StrategyLabel>,
    /// Perspectives in the order of the accounts: first the payers' own cash, last what counts most.
    pub perspectives: Vec<PerspectiveLabel>,
    /// Budgets that are told by themselves.
    pub organisations: Vec<PerspectiveLabel>,
    /// Which ledger plays which part, and which service leads.
    pub roles: Roles,
    /// Payers of whom the accounts say more than their names.
    pub payers: Vec<PayerLabel>,
    /// Hard words of the accounts, with what they mean.
    pub hard_words: Vec<HardWord>,
    /// Which ledgers hold the money of the plan; `None` where the accounts do not say.
    pub plan_money: Option<PlanMoney>,
    /// Services in the order of the accounts, with their units.
    pub services: Vec<(String, Unit)>,
    /// What the demand of each service is called, and what says what becomes of it.
    pub needs: Vec<Need>,
    /// Programme ids with names and domains.
    pub programmes: Vec<(String, String, String)>,
    /// Plan years.
    pub horizon: usize,
    /// Calendar year in which plan year 1 begins, such as 2025.
    pub first_year: i32,
    /// Calendar year in which the year begins whose prices are the real ones, such as 2024.
    pub base_year: i32,
    /// Draws asked for.
    pub draws: u64,
    /// Draws in which some outcome was no number; they are left out of every statistic, in all arms alike.
    pub draws_left_out: u64,
    /// Runs made: draws times arms.
    pub runs: u64,
    /// Series, sorted by key.
    pub series: Vec<Series>,
    /// Payback by strategy and perspective.
    pub payback: Vec<Payback>,
    /// Single numbers, sorted by strategy.
    pub measures: Vec<MeasureFinding>,
    /// Net health by what the structure of the model leaves open; none where nothing of it is drawn, or too few draws are made.
    pub structure: Vec<MeasureFinding>,
    /// Strategies against each other, outcome by outcome; none where fewer than two are compared.
    pub rankings: Vec<Ranking>,
    /// Runs that went wrong.
    pub faults: Vec<FaultFinding>,
    /// Where several places are added up, what was found of each, in the order of the scenario; else none.
    pub places: Vec<Findings>,
}

/// What stands in place of an id where several places are added up.
pub const ALL_PLACES: &str = "all places";

impl Findings {
    /// The label of plan year `year` (from 1; 0 is the year before the plan), such as `2025/26`.
    pub fn year_label(&self, year: usize) -> String {
        FinancialYear::beginning(self.first_year - 1 + year as i32).to_string()
    }

    /// The ledger that plays a part; an empty id, under which nothing is found, where the model keeps none.
    pub fn ledger(&self, role: Role) -> &str {
        self.roles.ledger(role)
    }

    /// What a payer is a part of, where payers of that group count as one.
    pub fn group_of(&self, payer: &str) -> Option<&str> {
        self.payer(payer)?.group.as_deref()
    }

    /// What the accounts say of a payer beyond its name.
    pub fn payer(&self, name: &str) -> Option<&PayerLabel> {
        self.payers.iter().find(|one| one.name.eq_ignore_ascii_case(name))
    }

    /// The first group of payers that the accounts name: the one that sentences tell of beside single payers.
    pub fn first_group(&self) -> Option<&str> {
        self.payers.iter().find_map(|one| one.group.as_deref())
    }

    /// The year whose prices are the real ones.
    pub fn prices(&self) -> FinancialYear {
        FinancialYear::beginning(self.base_year)
    }

    /// The series of this key's strategy, comparator, outcome, group, payer and price base, whatever its unit.
    ///
    /// Series are sorted by key, so that it takes as long with two hundred strategies as with two.
    pub fn find(
        &self,
        strategy: Option<usize>,
        comparator: Comparator,
        outcome: &str,
        group: &str,
        payer: &str,
        price_base: PriceBase,
    ) -> Option<&Series> {
        let wanted = (strategy, comparator, outcome, group, payer);
        let key = |series: &'_ Series| {
            let SeriesKey { strategy, comparator, outcome, group, payer, .. } = &series.key;
            (*strategy, *comparator, outcome.as_str(), group.as_str(), payer.as_str()).cmp(&wanted)
        };
        let first = self.series.partition_point(|series| key(series).is_lt());
        self.series[first..]
            .iter()
            .take_while(|series| key(series).is_eq())
            .find(|one| one.key.price_base == price_base)
    }

    /// The measure of a strategy.
    pub fn measure(
        &self,
        strategy: usize,
        comparator: Comparator,
        outcome: &str,
        group: &str,
    ) -> Option<&MeasureFinding> {
        let first = self.measures.partition_point(|measure| measure.strategy < strategy);
        self.measures[first..]
            .iter()
            .take_while(|measure| measure.strategy == strategy)
            .find(|measure| measure.comparator == comparator && measure.outcome == outcome && measure.group == group)
    }

    /// The same of some of the strategies alone, in the order given: series, payback and measures of them and of doing
    /// nothing. Rankings, faults and whatever else is of the study as a whole stay out.
    pub fn of_strategies(&self, chosen: &[usize]) -> Self {
        let index = |strategy: usize| chosen.iter().position(|one| *one == strategy);
        let mut series: Vec<Series> = Vec::new();
        for one in &self.series {
            let strategy = one.key.strategy.map(index);
            if strategy != Some(None) {
                let mut one = one.clone();
                one.key.strategy = strategy.flatten();
                series.push(one);
            }
        }
        series.sort_by(|a, b| a.key.cmp(&b.key));
        let payback =
            self.payback.iter().filter_map(|one| Some(Payback { strategy: index(one.strategy)?, ..one.clone() }));
        let measures = self
            .measures
            .iter()
            .filter_map(|one| Some(MeasureFinding { strategy: index(one.strategy)?, ..one.clone() }));
        let (mut payback, mut measures): (Vec<_>, Vec<_>) = (payback.collect(), measures.collect());
        payback.sort_by_key(|one| one.strategy);
        measures.sort_by_key(|one| one.strategy);
        Self {
            strategies: chosen.iter().filter_map(|one| self.strategies.get(*one).cloned()).collect(),
            series,
            payback,
            measures,
            rankings: Vec::new(),
            faults: Vec::new(),
            places: self.places.iter().map(|place| place.of_strategies(chosen)).collect(),
            ..self.labels()
        }
    }

    /// What it is called and how it was made, without anything that was found.
    fn labels(&self) -> Self {
        Self {
            name: self.name.clone(),
            title: self.title.clone(),
            question: self.question.clone(),
            place: self.place.clone(),
            place_id: self.place_id.clone(),
            share: self.share,
            strategies: Vec::new(),
            perspectives: self.perspectives.clone(),
            organisations: self.organisations.clone(),
            roles: self.roles.clone(),
            payers: self.payers.clone(),
            hard_words: self.hard_words.clone(),
            plan_money: self.plan_money.clone(),
            needs: self.needs.clone(),
            services: self.services.clone(),
            programmes: self.programmes.clone(),
            horizon: self.horizon,
            base_year: self.base_year,
            first_year: self.first_year,
            draws: self.draws,
            draws_left_out: self.draws_left_out,
            runs: self.runs,
            series: Vec::new(),
            payback: Vec::new(),
            measures: Vec::new(),
            structure: Vec::new(),
            rankings: Vec::new(),
            faults: Vec::new(),
            places: Vec::new(),
        }
    }
}

impl MeasureFinding {
    /// The estimate of one statistic.
    pub fn estimate(&self, statistic: Statistic) -> Option<Estimate> {
        self.estimates.iter().find(|(which, _)| *which == statistic).map(|(_, estimate)| *estimate)
    }
}
