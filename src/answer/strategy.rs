//! What is told of each strategy alone: the facts of tables and alternative texts that name all strategies in turn.

use crate::appraisal::findings::{Comparator, Findings, Happening, PerspectiveLabel, PriceBase};
use crate::appraisal::key::DEMAND;
use crate::appraisal::statistic::Statistic;
use crate::scenario::Role;

use super::cost_per_qaly::CostPerQaly;
use super::demand::falls_more;
use super::equity::SharedOut;
use super::fact::{Clock, Fact, Facts, value};
use super::read::{
    chance_fact, change_fact, displaced_fact, fact_in, gained_fact, gained_within_fact, happening_change_fact,
    happening_fact, happens, in_use_and_unmet, lead_service, level_fact, milestones, money_of, need, net_fact, payback,
    payback_year_fact, payers, released_fact, saved_fact,
};

/// A fact in some plan years; none in a year of which nothing is known.
pub type ByYear = Vec<(usize, Option<Fact>)>;

/// What is told of a strategy.
#[derive(Debug, Clone, PartialEq)]
pub struct OfStrategy {
    /// The change of the demand that leads, at the years at which people ask.
    pub changes: ByYear,
    /// The change of what happens of it, where the accounts say what happens.
    pub happens: ByYear,
    /// What is in use for it in the last year.
    pub used: Option<Fact>,
    /// What of it finds no service then.
    pub unmet: Option<Fact>,
    /// Every demand in the last year, in the order of the services.
    pub demands: Vec<OfDemand>,
    /// Of the demands beside the one that leads that which falls most, by its name, if it falls more than that one.
    pub falls_more: Option<(String, Fact)>,
    /// QALYs gained, on the clock on which gains and losses are set against each other.
    pub gained: Option<Fact>,
    /// Those of them that are gained within the horizon.
    pub gained_within: Option<Fact>,
    /// QALYs lost where the money was taken from, on the same clock as those gained.
    pub displaced: Option<Fact>,
    /// What a QALY costs within the horizon.
    pub cost_per_qaly: CostPerQaly,
    /// The same over a lifetime, where the model works out what is to come.
    pub lifetime_cost_per_qaly: CostPerQaly,
    /// Amounts in the money of each year.
    pub nominal: Amounts,
    /// Amounts in the money of the first perspective.
    pub own: Amounts,
    /// What services cost less, from the first perspective.
    pub released: Option<Fact>,
    /// What all payers save, in the money of each year.
    pub saved: Option<Fact>,
    /// What each of them saves, in the order of the findings.
    pub saved_by: Vec<(String, Option<Fact>)>,
    /// Who gains health and who gives it up.
    pub shared: SharedOut,
    /// From each perspective.
    pub perspectives: Vec<From>,
    /// What taking the money does to what is in use, and to what finds no service.
    pub financing: Option<Financing>,
}

/// A demand under a strategy.
#[derive(Debug, Clone, PartialEq)]
pub struct OfDemand {
    /// The service.
    pub service: String,
    /// Its change in the last year.
    pub change: Option<Fact>,
    /// The change of what happens of it, where the accounts say what happens.
    pub happening: Option<Fact>,
    /// How many there are today, with nothing done.
    pub today: Option<Fact>,
    /// How many there are in the last year under the strategy.
    pub at_end: Option<Fact>,
}

impl OfDemand {
    fn of(findings: &Findings, strategy: usize, service: &str) -> Self {
        let horizon = findings.horizon;
        let level = |strategy: Option<usize>, year| {
            let series = findings.find(strategy, Comparator::Level, DEMAND, service, "", PriceBase::None);
            fact_in(findings, series, year, Statistic::Median)
        };
        let happens = happens(findings, service);
        Self {
            service: service.to_owned(),
            change: change_fact(findings, strategy, service, horizon),
            happening: happens.and_then(|what| happening_change_fact(findings, strategy, what, horizon)),
            today: level(None, 0),
            at_end: level(Some(strategy), horizon),
        }
    }

    /// By how many per cent it grows from today, under the strategy.
    pub fn grows(&self) -> f64 {
        100.0 * (value(self.at_end.as_ref()) / value(self.today.as_ref()) - 1.0)
    }
}

/// What becomes of the money of a plan over the horizon; none of what the model does not keep.
#[derive(Debug, Clone, PartialEq)]
pub struct Amounts {
    /// Moved, from every source.
    pub moved: Option<Fact>,
    /// Spent on prevention.
    pub spent: Option<Fact>,
    /// Could not be spent.
    pub unspent: Option<Fact>,
    /// Taken back under pressure.
    pub raided: Option<Fact>,
    /// Realised savings that are spent again.
    pub reinvested: Option<Fact>,
}

/// Net position and payback from a perspective.
#[derive(Debug, Clone, PartialEq)]
pub struct From {
    /// Whose books.
    pub perspective: PerspectiveLabel,
    /// Net position at the horizon.
    pub net: Option<Fact>,
    /// Chance of payback by the years at which people ask.
    pub chances: ByYear,
    /// Median payback year, where there is one within the horizon.
    pub year: Option<Fact>,
    /// Whether payback was asked of it at all.
    pub is_known: bool,
}

impl From {
    /// Chance of payback within the horizon.
    pub fn at_horizon(&self) -> Option<&Fact> {
        self.chances.last().and_then(|(_, chance)| chance.as_ref())
    }
}

/// What the financing does to care: a third of the way through the plan, and in its last year.
#[derive(Debug, Clone, PartialEq)]
pub struct Financing {
    /// Of what is in use.
    pub used: ByYear,
    /// Of what finds no service.
    pub unmet: ByYear,
}

impl OfStrategy {
    /// Of one of the strategies of a study, or of a place.
    pub fn of(findings: &Findings, strategy: usize) -> Self {
        let (lead, horizon) = (lead_service(findings), findings.horizon);
        let at = |years: Vec<usize>, fact: &dyn Fn(usize) -> Option<Fact>| -> ByYear {
            years.into_iter().map(|year| (year, fact(year))).collect()
        };
        let asked = milestones(findings);
        let happening = happens(findings, lead);
        let need = need(findings, lead);
        let beside = |what: Option<&Happening>| happening_fact(findings, strategy, what?, horizon);
        let first = findings.perspectives.first().map_or("", |first| first.id.as_str());
        let from = |perspective: &PerspectiveLabel| From {
            perspective: perspective.clone(),
            net: net_fact(findings, strategy, &perspective.id),
            chances: at(asked.clone(), &|year| chance_fact(findings, strategy, &perspective.id, year)),
            year: payback_year_fact(findings, strategy, &perspective.id),
            is_known: payback(findings, strategy, &perspective.id).is_some(),
        };
        let financing = in_use_and_unmet(findings).map(|(used, unmet)| {
            let years = vec![(horizon / 3).max(1), horizon];
            let of = |ledger: &str| {
                let series = findings.find(Some(strategy), Comparator::Financing, ledger, "", "", PriceBase::None);
                at(years.clone(), &|year| fact_in(findings, series, year, Statistic::Mean))
            };
            Financing { used: of(&used.ledger), unmet: of(&unmet.ledger) }
        });
        Self {
            changes: at(asked.clone(), &|year| change_fact(findings, strategy, lead, year)),
            happens: happening.map_or_else(Vec::new, |what| {
                at(asked.clone(), &|year| happening_change_fact(findings, strategy, what, year))
            }),
            used: beside(need.and_then(|need| need.used.as_ref())),
            unmet: beside(need.and_then(|need| need.unmet.as_ref())),
            demands: findings.services.iter().map(|(service, _)| OfDemand::of(findings, strategy, service)).collect(),
            falls_more: falls_more(findings, strategy),
            gained: gained_fact(findings, strategy),
            gained_within: gained_within_fact(findings, strategy),
            displaced: displaced_fact(findings, strategy),
            cost_per_qaly: CostPerQaly::of(findings, strategy),
            lifetime_cost_per_qaly: CostPerQaly::on(findings, strategy, Clock::Lifetime),
            nominal: Amounts::of(findings, strategy, PriceBase::Nominal),
            own: Amounts::of(findings, strategy, money_of(findings, first)),
            released: released_fact(findings, strategy, first),
            saved: saved_fact(findings, strategy, ""),
            saved_by: payers(findings)
                .into_iter()
                .map(|payer| {
                    let saved = saved_fact(findings, strategy, &payer);
                    (payer, saved)
                })
                .collect(),
            shared: SharedOut::of(findings, strategy),
            perspectives: findings.perspectives.iter().map(from).collect(),
            financing,
        }
    }

    /// The change of the demand that leads in the last year.
    pub fn change(&self) -> Option<&Fact> {
        self.changes.last().and_then(|(_, fact)| fact.as_ref())
    }

    /// The change of what happens of it in the last year.
    pub fn happening(&self) -> Option<&Fact> {
        self.happens.last().and_then(|(_, fact)| fact.as_ref())
    }
}

impl Amounts {
    fn of(findings: &Findings, strategy: usize, money: PriceBase) -> Self {
        let level = |role| level_fact(findings, strategy, role, money);
        Self {
            moved: level(Role::Moved),
            spent: level(Role::Spending),
            unspent: level(Role::Underspend),
            raided: level(Role::Raid),
            reinvested: level(Role::Reinvestment),
        }
    }
}

impl Facts for Amounts {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        [&self.moved, &self.spent, &self.unspent, &self.raided, &self.reinvested]
            .into_iter()
            .for_each(|one| one.facts(all));
    }
}

impl Facts for OfDemand {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        let own = [&self.change, &self.happening, &self.today, &self.at_end];
        own.into_iter().for_each(|one| one.facts(all));
    }
}

impl Facts for From {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        self.net.facts(all);
        self.chances.facts(all);
        self.year.facts(all);
    }
}

impl Facts for Financing {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        self.used.facts(all);
        self.unmet.facts(all);
    }
}

impl Facts for OfStrategy {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        [&self.changes, &self.happens].into_iter().for_each(|one| one.facts(all));
        [&self.used, &self.unmet].into_iter().for_each(|one| one.facts(all));
        self.demands.facts(all);
        self.falls_more.facts(all);
        let health = [&self.gained, &self.gained_within, &self.displaced];
        health.into_iter().chain([&self.released, &self.saved]).for_each(|one| one.facts(all));
        [&self.cost_per_qaly, &self.lifetime_cost_per_qaly].into_iter().for_each(|one| one.facts(all));
        self.saved_by.facts(all);
        self.shared.facts(all);
        [&self.nominal, &self.own].into_iter().for_each(|one| one.facts(all));
        self.perspectives.facts(all);
        self.financing.facts(all);
    }
}
