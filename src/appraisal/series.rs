//! The yearly numbers that people ask for: which series there are, and which runs each sets against which.
//!
//! A return is the difference between a strategy and its twin, a consequence of the financing the difference between the
//! twin and do nothing; nothing else is ever called a saving.

use crate::quantity::Unit;
use crate::scenario::{Fairness, LedgerKind, Perspective, Prices, YearlyReading};

use super::chart::{Chart, Entry, Line};
use super::key::{
    CUMULATIVE_NET, Comparator, DEMAND, DEMAND_CHANGE, NET, NET_PRESENT, ORGANISATION_CUMULATIVE_NET, ORGANISATION_NET,
    PriceBase, SeriesKey, change_of,
};

/// What the appraisal needs to know of the study beside the chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    /// Plan years.
    pub horizon: usize,
    /// Strategies; arm 0 is do nothing, arm `1 + 2s` the twin of strategy `s`, arm `2 + 2s` the strategy.
    pub strategies: usize,
    /// Prices of plan year k (from 1) over those in which real amounts are told.
    pub price_level: Vec<f64>,
    /// The same of the year before the plan.
    pub price_level_before: f64,
    /// What a pound of the model is in the prices in which real amounts are told.
    pub real_level: f64,
    /// Present value of a pound of plan year k.
    pub cost_factors: Vec<f64>,
    /// Present value of a QALY of plan year k.
    pub health_factors: Vec<f64>,
    /// What a pound to come, worth one at the end of the last plan year, is worth now.
    pub cost_to_come: f64,
    /// The same of a QALY.
    pub health_to_come: f64,
    /// What a QALY may be taken to be worth, the leading value first.
    pub qaly_values: Vec<f64>,
    /// What care may be taken to pay for a QALY at the margin, the leading one first.
    pub marginal_costs: Vec<f64>,
    /// How much more a gain counts for those who have less health.
    pub fairness: Fairness,
}

impl Terms {
    /// The arm of a strategy's twin.
    pub fn twin(strategy: usize) -> usize {
        1 + 2 * strategy
    }

    /// The leading value of a QALY; nothing where the scenario gives none.
    pub fn leading_value(&self) -> f64 {
        self.qaly_values.first().copied().unwrap_or(0.0)
    }

    /// The arm of a strategy.
    pub fn plan(strategy: usize) -> usize {
        2 + 2 * strategy
    }
}

/// What a series is, before it has numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesDefinition {
    /// Its key.
    pub key: SeriesKey,
    /// Whether it begins with the base year.
    pub base: bool,
    pub(super) how: How,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum How {
    /// Numbers of lines in the first arm, less those in the second.
    Lines { lines: Vec<(Line, YearlyReading)>, arm: usize, less: Option<usize>, percent: bool },
    /// Net position of a strategy from a perspective or of an organisation, a year's or so far.
    Net { perspective: usize, strategy: usize, form: NetForm },
}

impl SeriesDefinition {
    /// Whether it is a line or the sum of a ledger or a demand, not a net position.
    pub fn is_ledger(&self) -> bool {
        matches!(self.how, How::Lines { .. })
    }

    /// How many yearly numbers it has.
    pub fn years(&self, terms: &Terms) -> usize {
        terms.horizon + usize::from(self.base)
    }
}

/// How a net position is told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum NetForm {
    /// Each year by itself, in the perspective's money.
    Yearly,
    /// All years so far, in the perspective's money.
    SoFar,
    /// Each year by itself in base-year money, discounted, with a QALY at this value.
    Present(f64),
}

/// Every series of the study, in a fixed order.
pub fn series_definitions(chart: &Chart, terms: &Terms) -> Vec<SeriesDefinition> {
    let mut definitions = Vec::new();
    for entry in &chart.demand {
        demand_definitions(&mut definitions, entry, terms);
    }
    for entry in &chart.ledgers {
        ledger_definitions(&mut definitions, entry, terms);
    }
    for (index, perspective) in chart.all_with_net().enumerate() {
        for strategy in 0..terms.strategies {
            let mut add = |outcome: &str, group: String, price_base, form| {
                definitions.push(SeriesDefinition {
                    key: SeriesKey {
                        strategy: Some(strategy),
                        comparator: Comparator::Twin,
                        outcome: outcome.to_owned(),
                        group,
                        payer: String::new(),
                        unit: Unit::Pounds,
                        price_base,
                    },
                    base: false,
                    how: How::Net { perspective: index, strategy, form },
                });
            };
            if index >= chart.perspectives.len() {
                add(ORGANISATION_NET, perspective.id.clone(), price_base(perspective), NetForm::Yearly);
                add(ORGANISATION_CUMULATIVE_NET, perspective.id.clone(), price_base(perspective), NetForm::SoFar);
                continue;
            }
            add(NET, perspective.id.clone(), price_base(perspective), NetForm::Yearly);
            add(CUMULATIVE_NET, perspective.id.clone(), price_base(perspective), NetForm::SoFar);
            for (group, value) in present_groups(perspective, terms) {
                add(NET_PRESENT, group, PriceBase::Real, NetForm::Present(value));
            }
        }
    }
    definitions
}

/// The groups of a perspective's present values: its own name with the leading value of a QALY, and one for each other value.
pub fn present_groups(perspective: &Perspective, terms: &Terms) -> Vec<(String, f64)> {
    let mut groups = vec![(perspective.id.clone(), terms.leading_value())];
    if !perspective.qalys.is_empty() {
        let others = terms.qaly_values.iter().skip(1);
        groups.extend(others.map(|value| (format!("{}, QALY at {value} GBP", perspective.id), *value)));
    }
    groups
}

/// In which money a perspective is told.
pub fn price_base(perspective: &Perspective) -> PriceBase {
    match perspective.prices {
        Prices::Real => PriceBase::Real,
        Prices::Nominal => PriceBase::Nominal,
    }
}

fn all_lines(entry: &Entry) -> Vec<(Line, YearlyReading)> {
    entry.lines.iter().map(|line| (line.clone(), entry.reading)).collect()
}

fn demand_definitions(definitions: &mut Vec<SeriesDefinition>, entry: &Entry, terms: &Terms) {
    let mut add = |strategy, comparator, outcome: &str, group: String, unit: &Unit, base, how| {
        definitions.push(SeriesDefinition {
            key: SeriesKey {
                strategy,
                comparator,
                outcome: outcome.to_owned(),
                group,
                payer: String::new(),
                unit: unit.clone(),
                price_base: PriceBase::None,
            },
            base,
            how,
        });
    };
    let lines = all_lines(entry);
    let of =
        |lines: &[(Line, YearlyReading)], arm, less, percent| How::Lines { lines: lines.to_vec(), arm, less, percent };
    add(None, Comparator::Level, DEMAND, entry.id.clone(), &entry.unit, true, of(&lines, 0, None, false));
    for strategy in 0..terms.strategies {
        let (twin, plan) = (Terms::twin(strategy), Terms::plan(strategy));
        let who = Some(strategy);
        add(who, Comparator::Level, DEMAND, entry.id.clone(), &entry.unit, false, of(&lines, plan, None, false));
        for (comparator, arm, less) in
            [(Comparator::Twin, plan, twin), (Comparator::Financing, twin, 0), (Comparator::DoNothing, plan, 0)]
        {
            add(who, comparator, DEMAND, entry.id.clone(), &entry.unit, false, of(&lines, arm, Some(less), false));
        }
        add(
            who,
            Comparator::Twin,
            DEMAND_CHANGE,
            entry.id.clone(),
            &Unit::Percent,
            false,
            of(&lines, plan, Some(twin), true),
        );
        if entry.lines.len() > 1 {
            for line in &lines {
                let group = format!("{}, {}", entry.id, line.0.label);
                let one = of(std::slice::from_ref(line), plan, Some(twin), false);
                add(who, Comparator::Twin, DEMAND, group, &entry.unit, false, one);
            }
        }
    }
}

fn ledger_definitions(definitions: &mut Vec<SeriesDefinition>, entry: &Entry, terms: &Terms) {
    let money = entry.unit == Unit::Pounds;
    let lines = all_lines(entry);
    let mut groups: Vec<(String, Vec<(Line, YearlyReading)>)> = vec![(String::new(), lines.clone())];
    if entry.lines.len() > 1 {
        groups.extend(lines.iter().map(|line| (line.0.label.clone(), vec![line.clone()])));
    }
    let price_base = if money { PriceBase::Real } else { PriceBase::None };
    let mut add = |strategy, comparator, label: &str, base, lines: &[(Line, YearlyReading)], arm, less| {
        let (group, payer) =
            if entry.by_payer { (String::new(), label.to_owned()) } else { (label.to_owned(), String::new()) };
        definitions.push(SeriesDefinition {
            key: SeriesKey {
                strategy,
                comparator,
                outcome: entry.id.clone(),
                group,
                payer,
                unit: entry.unit.clone(),
                price_base,
            },
            base,
            how: How::Lines { lines: lines.to_vec(), arm, less, percent: false },
        });
    };
    // Of a ledger that says what becomes of a demand, all is told that is told of an `other`.
    let kind = if entry.becomes { Some(LedgerKind::Other) } else { entry.kind };
    for (label, lines) in &groups {
        let mut differ = |strategy: usize, comparator, arm, less: usize| {
            add(Some(strategy), comparator, label, false, lines, arm, Some(less));
        };
        for strategy in 0..terms.strategies {
            let (twin, plan) = (Terms::twin(strategy), Terms::plan(strategy));
            match kind {
                Some(LedgerKind::Cost) => {
                    differ(strategy, Comparator::Twin, plan, twin);
                    differ(strategy, Comparator::Financing, twin, 0);
                }
                Some(
                    LedgerKind::CashReleased
                    | LedgerKind::CapacityReleased
                    | LedgerKind::ActivityAvoided
                    | LedgerKind::Qalys,
                ) => differ(strategy, Comparator::Twin, plan, twin),
                Some(LedgerKind::DisplacedQalys | LedgerKind::DisplacingMoney) => {
                    differ(strategy, Comparator::DoNothing, plan, 0)
                }
                Some(LedgerKind::ToCome) => {
                    differ(strategy, Comparator::Twin, plan, twin);
                    differ(strategy, Comparator::DoNothing, plan, 0);
                }
                Some(LedgerKind::Other) => {
                    differ(strategy, Comparator::Twin, plan, twin);
                    differ(strategy, Comparator::Financing, twin, 0);
                }
                _ => {}
            }
        }
        let levels = matches!(
            kind,
            Some(
                LedgerKind::Source
                    | LedgerKind::Spend
                    | LedgerKind::Underspend
                    | LedgerKind::Raid
                    | LedgerKind::Debt
                    | LedgerKind::Level
                    | LedgerKind::Other
            )
        );
        if levels {
            for strategy in 0..terms.strategies {
                let plan = Terms::plan(strategy);
                add(Some(strategy), Comparator::Level, label, false, lines, plan, None);
            }
        }
        let of_do_nothing = matches!(kind, Some(LedgerKind::Cost | LedgerKind::Level | LedgerKind::Other));
        if of_do_nothing {
            add(None, Comparator::Level, label, true, lines, 0, None);
        }
    }
    if entry.relative {
        for strategy in 0..terms.strategies {
            let (twin, plan) = (Terms::twin(strategy), Terms::plan(strategy));
            definitions.push(SeriesDefinition {
                key: SeriesKey {
                    strategy: Some(strategy),
                    comparator: Comparator::Twin,
                    outcome: change_of(&entry.id),
                    group: String::new(),
                    payer: String::new(),
                    unit: Unit::Percent,
                    price_base: PriceBase::None,
                },
                base: false,
                how: How::Lines { lines: lines.clone(), arm: plan, less: Some(twin), percent: true },
            });
        }
    }
}
