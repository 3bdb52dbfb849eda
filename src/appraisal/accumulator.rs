//! From the outcomes of a block of draws to the yearly numbers of every series, draw by draw.
//!
//! Many series are told of the same lines in the same arms. So the lines of a ledger are summed once for each arm and year,
//! and each series is the difference of two such sums; a net position is added up once, and told in several ways.

use std::collections::BTreeMap;

use crate::scenario::{LedgerKind, Perspective, Prices, YearlyReading};
use engine::ensemble::DrawBlock;

use super::chart::{Chart, Entry, Line};
use super::key::PriceBase;
use super::series::{How, NetForm, SeriesDefinition, Terms};

/// All series of a study, arranged so that nothing is summed twice.
#[derive(Debug, Clone)]
pub struct SeriesAccumulator {
    /// The first column of each plan, and the number of columns.
    columns: Vec<usize>,
    horizon: usize,
    groups: Vec<LineGroup>,
    nets: Vec<Net>,
}

/// Lines that are summed together, and the series that are told of them.
#[derive(Debug, Clone)]
struct LineGroup {
    lines: Vec<Summand>,
    differences: Vec<Difference>,
}

/// An outcome, and whether its growth over the year counts or what it is at the end.
type Summand = (usize, bool);

/// A series that is the sum of lines in an arm, less that in another.
#[derive(Debug, Clone)]
struct Difference {
    column: usize,
    first_year: usize,
    arm: usize,
    less: Option<usize>,
    percent: bool,
    /// What each number is multiplied by: money into the prices in which it is told.
    scale: f64,
}

/// The net positions of a perspective.
#[derive(Debug, Clone)]
struct Net {
    parts: Vec<Part>,
    series: Vec<NetSeries>,
}

/// What a ledger adds to a net position.
#[derive(Debug, Clone)]
struct Part {
    lines: Vec<Summand>,
    role: Role,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Role {
    /// What the plan spends that doing nothing would not.
    Spending,
    /// What the plan costs beyond its twin.
    Cost,
    /// What the plan has beyond its twin: in money, in QALYs.
    Gain,
    Health,
}

/// A net position as it is told: each year the sum of money and health, each times its factor.
#[derive(Debug, Clone)]
struct NetSeries {
    column: usize,
    strategy: usize,
    so_far: bool,
    years: Vec<Factors>,
}

#[derive(Debug, Clone, Copy)]
struct Factors {
    level: f64,
    money: f64,
    qaly_value: f64,
    health: f64,
}

/// The numbers of every series for the draws of a block: `[plan][year][draw]`, one vector a plan.
pub fn accumulate(plans: &[SeriesDefinition], chart: &Chart, terms: &Terms, block: &DrawBlock) -> Vec<Vec<f64>> {
    let accumulator = SeriesAccumulator::new(plans, chart, terms);
    let numbers = accumulator.accumulate(block);
    accumulator.columns.windows(2).map(|ends| numbers[ends[0] * block.draws..ends[1] * block.draws].to_vec()).collect()
}

impl SeriesAccumulator {
    /// Arranges the series of these plans.
    pub fn new(plans: &[SeriesDefinition], chart: &Chart, terms: &Terms) -> Self {
        let mut columns = vec![0];
        let mut by_lines: BTreeMap<Vec<Summand>, usize> = BTreeMap::new();
        let mut groups: Vec<LineGroup> = Vec::new();
        let mut nets: Vec<Net> =
            chart.all_with_net().map(|one| Net { parts: parts(one, chart), series: Vec::new() }).collect();
        let with_net: Vec<&Perspective> = chart.all_with_net().collect();
        for plan in plans {
            let column = columns[columns.len() - 1];
            columns.push(column + plan.years(terms));
            match &plan.how {
                How::Lines { lines, arm, less, percent } => {
                    let lines: Vec<Summand> =
                        lines.iter().flat_map(|(line, reading)| summands(line, *reading)).collect();
                    let index = *by_lines.entry(lines).or_insert_with_key(|lines| {
                        groups.push(LineGroup { lines: lines.clone(), differences: Vec::new() });
                        groups.len() - 1
                    });
                    let first_year = usize::from(!plan.base);
                    let scale = if plan.key.price_base == PriceBase::Real { terms.real_level } else { 1.0 };
                    let difference =
                        Difference { column, first_year, arm: *arm, less: *less, percent: *percent, scale };
                    groups[index].differences.push(difference);
                }
                How::Net { perspective, strategy, form } => {
                    let years = (1..=terms.horizon).map(|year| factors(with_net[*perspective], *form, terms, year));
                    let so_far = *form == NetForm::SoFar;
                    nets[*perspective].series.push(NetSeries {
                        column,
                        strategy: *strategy,
                        so_far,
                        years: years.collect(),
                    });
                }
            }
        }
        nets.retain(|net| !net.series.is_empty());
        Self { columns, horizon: terms.horizon, groups, nets }
    }

    /// The columns of all series together: one for each year of each.
    pub fn columns(&self) -> usize {
        self.columns[self.columns.len() - 1]
    }

    /// The numbers of every series for the draws of a block: `[plan][year][draw]`, plan after plan.
    pub fn accumulate(&self, block: &DrawBlock) -> Vec<f64> {
        let mut numbers = vec![0.0; self.columns() * block.draws];
        let mut sums =
            Sums { draws: block.draws, years: self.horizon + 1, numbers: BTreeMap::new(), spare: Vec::new() };
        for group in &self.groups {
            sums.clear();
            for difference in &group.differences {
                sums.add(block, &group.lines, difference.arm);
                if let Some(less) = difference.less {
                    sums.add(block, &group.lines, less);
                }
                self.tell(difference, &sums, &mut numbers);
            }
        }
        for net in &self.nets {
            self.net(net, block, &mut sums, &mut numbers);
        }
        numbers
    }

    fn tell(&self, difference: &Difference, sums: &Sums, numbers: &mut [f64]) {
        let draws = sums.draws;
        let from = difference.first_year * draws;
        let here = &sums.of(difference.arm)[from..];
        let out = &mut numbers[difference.column * draws..][..here.len()];
        let Some(less) = difference.less else {
            out.iter_mut().zip(here).for_each(|(out, here)| *out = here * difference.scale);
            return;
        };
        let there = &sums.of(less)[from..];
        for ((out, here), there) in out.iter_mut().zip(here).zip(there) {
            *out = (here - there) * difference.scale;
        }
        if difference.percent {
            for (out, there) in out.iter_mut().zip(there) {
                *out = if *there == 0.0 { 0.0 } else { 100.0 * *out / there };
            }
        }
    }

    fn net(&self, net: &Net, block: &DrawBlock, sums: &mut Sums, numbers: &mut [f64]) {
        let draws = block.draws;
        let size = self.horizon * draws;
        let strategies = net.series.iter().map(|one| one.strategy + 1).max().unwrap_or(0);
        let mut wanted = vec![false; strategies];
        net.series.iter().for_each(|one| wanted[one.strategy] = true);
        let mut money = vec![0.0; strategies * size];
        let mut health = vec![0.0; strategies * size];
        for part in &net.parts {
            sums.clear();
            let total = if part.role == Role::Health { &mut health } else { &mut money };
            for (strategy, total) in total.chunks_exact_mut(size.max(1)).enumerate().filter(|(one, _)| wanted[*one]) {
                let (twin, plan) = (Terms::twin(strategy), Terms::plan(strategy));
                let (first, second) = match part.role {
                    Role::Spending => (0, plan),
                    Role::Cost => (twin, plan),
                    Role::Gain | Role::Health => (plan, twin),
                };
                sums.add(block, &part.lines, first);
                sums.add(block, &part.lines, second);
                // Each arm summed alone and in the same order, so that two arms with the same numbers differ by nothing at all.
                let (first, second) = (&sums.of(first)[draws..], &sums.of(second)[draws..]);
                for ((total, first), second) in total.iter_mut().zip(first).zip(second) {
                    *total += first - second;
                }
            }
        }
        for one in &net.series {
            let (money, health) = (&money[one.strategy * size..][..size], &health[one.strategy * size..][..size]);
            let out = &mut numbers[one.column * draws..][..size];
            for (year, factors) in one.years.iter().enumerate() {
                let lanes = year * draws..(year + 1) * draws;
                let (before, here) = out.split_at_mut(lanes.start);
                let pairs = money[lanes.clone()].iter().zip(&health[lanes.clone()]);
                for (out, (money, health)) in here.iter_mut().zip(pairs) {
                    *out = money * factors.level * factors.money + health * factors.qaly_value * factors.health;
                }
                if one.so_far && year > 0 {
                    let before = &before[lanes.start - draws..];
                    here.iter_mut().zip(before).for_each(|(here, before)| *here += before);
                }
            }
        }
    }
}

/// What lines come to in some arms: `[year][draw]` for each arm, year 0 being the base year.
struct Sums {
    draws: usize,
    years: usize,
    numbers: BTreeMap<usize, Vec<f64>>,
    spare: Vec<Vec<f64>>,
}

impl Sums {
    fn clear(&mut self) {
        while let Some((_, numbers)) = self.numbers.pop_first() {
            self.spare.push(numbers);
        }
    }

    fn of(&self, arm: usize) -> &[f64] {
        &self.numbers[&arm]
    }

    /// Adds the lines up in an arm, unless that was done.
    fn add(&mut self, block: &DrawBlock, lines: &[Summand], arm: usize) {
        if self.numbers.contains_key(&arm) {
            return;
        }
        let mut sum = self.spare.pop().unwrap_or_default();
        sum.clear();
        sum.resize(self.years * self.draws, 0.0);
        for (outcome, growth) in lines {
            for (year, sum) in sum.chunks_exact_mut(self.draws).enumerate() {
                // Report r is at time r - 1: the base year runs from report 0 to 1, plan year k from report k to k + 1.
                let end = block.lanes(arm, *outcome, year + 1);
                if *growth {
                    let start = block.lanes(arm, *outcome, year);
                    for ((sum, end), start) in sum.iter_mut().zip(end).zip(start) {
                        *sum += end - start;
                    }
                } else {
                    sum.iter_mut().zip(end).for_each(|(sum, end)| *sum += end);
                }
            }
        }
        self.numbers.insert(arm, sum);
    }
}

fn summands(line: &Line, reading: YearlyReading) -> impl Iterator<Item = Summand> {
    line.outcomes.iter().map(move |outcome| (*outcome, reading != YearlyReading::Stock))
}

/// What each ledger of a perspective adds, costs first.
fn parts(perspective: &Perspective, chart: &Chart) -> Vec<Part> {
    let part = |id: &String, role: Option<Role>| {
        let entry = chart.ledger(id)?;
        let role = role.unwrap_or(match entry.kind {
            Some(LedgerKind::Spend | LedgerKind::Debt | LedgerKind::Level) => Role::Spending,
            _ => Role::Cost,
        });
        Some(Part { lines: counted(entry, perspective), role })
    };
    let costs = perspective.costs.iter().filter_map(|id| part(id, None));
    let gains = perspective.gains.iter().filter_map(|id| part(id, Some(Role::Gain)));
    let qalys = perspective.qalys.iter().filter_map(|id| part(id, Some(Role::Health)));
    costs.chain(gains).chain(qalys).collect()
}

/// The lines of an entry that a perspective counts: its payers, where the entry is by payer and the perspective names any.
fn counted(entry: &Entry, perspective: &Perspective) -> Vec<Summand> {
    let named = entry.by_payer && !perspective.payers.is_empty();
    let counts =
        |line: &&Line| !named || perspective.payers.iter().any(|payer| payer.value.eq_ignore_ascii_case(&line.label));
    entry.lines.iter().filter(counts).flat_map(|line| summands(line, entry.reading)).collect()
}

/// What a year's money and health are multiplied by.
fn factors(perspective: &Perspective, form: NetForm, terms: &Terms, year: usize) -> Factors {
    let present = matches!(form, NetForm::Present(_));
    let level = match perspective.prices {
        Prices::Nominal if !present => terms.price_level[year - 1] * terms.real_level,
        _ => terms.real_level,
    };
    let (money, health) = if perspective.discounted || present {
        (terms.cost_factors[year - 1], terms.health_factors[year - 1])
    } else {
        (1.0, 1.0)
    };
    let qaly_value = match form {
        NetForm::Present(value) => value,
        _ => terms.leading_value(),
    };
    Factors { level, money, qaly_value, health }
}
