//! A study in pennies: two strategies, two plan years, three draws, of which the third went wrong.
//!
//! Every yearly number of every arm stands here, and nothing else is in the runs. Prices double in the first plan year and
//! again in the second, money and health of the second year count a half and a quarter, and a QALY is worth 10 pounds or 100, so
//! that no factor can be left out, taken twice or taken from another year without being seen.

use std::collections::BTreeMap;

use crate::appraisal::accumulator::{SeriesAccumulator, accumulate};
use crate::appraisal::chart::{Chart, Entry, Line, PlanMoney};
use crate::appraisal::evaluation::Evaluation;
use crate::appraisal::findings::{Happening, Need};
use crate::appraisal::measure::SeriesIndex;
use crate::appraisal::sample::Sample;
use crate::appraisal::series::{SeriesDefinition, Terms, series_definitions};
use crate::appraisal::store::{InMemory, Store};
use crate::evidence::document::Located;
use crate::quantity::Unit;
use crate::scenario::{LedgerKind, Perspective, Prices, Roles, YearlyReading};
use engine::ensemble::Unwatched;

use super::block::{DRAWS, block};

const NHS: usize = 0;
const COUNCIL: usize = 1;
const SPENT: usize = 2;
const DEBT: usize = 3;
const RELEASED_NHS: usize = 4;
const RELEASED_COUNCIL: usize = 5;
const GAINED_Q1: usize = 6;
const GAINED_Q2: usize = 7;
const LOST: usize = 8;
const VISITS_Q1: usize = 9;
const VISITS_Q2: usize = 10;
const WAITING: usize = 11;
const LINES: usize = 12;

/// Do nothing, the twin of A, A, the twin of B, B.
const ARMS: usize = 5;
const NOTHING: usize = 0;
const TWIN: usize = 1;
const A: usize = 2;
const B: usize = 4;

/// What a line has in the base year and in the two plan years; those who wait, at the end of each.
fn yearly(arm: usize, line: usize, draw: usize) -> [f64; 3] {
    match (draw, arm, line) {
        // The draw that went wrong: whoever counts it is a million out.
        (2, A, _) => [0.0, 1e6, -1e6],
        (_, NOTHING, NHS) => [9.0, 10.0, 10.0],
        (_, TWIN, NHS) => [9.0, 12.0, 12.0],
        (0, A, NHS) => [9.0, 11.0, 7.0],
        (_, A, NHS) => [9.0, 12.0, 11.0],
        (_, _, NHS) => [9.0, 10.0, 10.0],
        (_, NOTHING, COUNCIL) => [5.0, 5.0, 5.0],
        (0, A, COUNCIL) => [5.0, 6.0, 3.0],
        (_, TWIN | A, COUNCIL) => [5.0, 6.0, 6.0],
        (_, _, COUNCIL) => [5.0, 5.0, 5.0],
        (0, TWIN | A, SPENT) => [1.0, 5.0, 3.0],
        (_, TWIN | A, SPENT) => [1.0, 6.0, 3.0],
        (_, _, SPENT) => [1.0, 1.0, 1.0],
        (_, TWIN | A, DEBT) => [0.0, 1.0, 1.0],
        (_, TWIN, RELEASED_NHS) => [0.0, 1.0, 1.0],
        (0, A, RELEASED_NHS) => [0.0, 2.0, 5.0],
        (_, A, RELEASED_NHS) => [0.0, 1.0, 1.0],
        (0, A, RELEASED_COUNCIL) => [0.0, 1.0, 2.0],
        (0, A, GAINED_Q1) => [0.0, 3.0, 4.0],
        (_, A, GAINED_Q1) => [0.0, 2.0, 2.0],
        (0, A, GAINED_Q2) => [0.0, 2.0, 1.0],
        (_, _, GAINED_Q1 | GAINED_Q2) => [0.0, 1.0, 1.0],
        (_, TWIN | A, LOST) => [0.0, 3.0, 2.0],
        (_, _, LOST) => [0.0, 1.0, 1.0],
        (0, A, VISITS_Q1) => [50.0, 57.0, 48.0],
        (_, A, VISITS_Q1) => [50.0, 60.0, 54.0],
        (_, B, VISITS_Q1) => [50.0, 50.0, 55.0],
        (_, _, VISITS_Q1) => [50.0, 60.0, 60.0],
        (0, A, VISITS_Q2) => [30.0, 38.0, 32.0],
        (_, A, VISITS_Q2) => [30.0, 40.0, 36.0],
        (_, _, VISITS_Q2) => [30.0, 40.0, 40.0],
        (_, NOTHING, WAITING) => [7.0, 8.0, 8.0],
        (_, TWIN, WAITING) => [7.0, 9.0, 10.0],
        (0, A, WAITING) => [7.0, 9.0, 6.0],
        (_, A, WAITING) => [7.0, 9.0, 9.0],
        (_, _, WAITING) => [7.0, 8.0, 8.0],
        _ => [0.0; 3],
    }
}

/// The same as the model keeps it: what has flowed until a year begins; of those who wait, how many they are.
fn kept(arm: usize, line: usize, draw: usize) -> Vec<f64> {
    let years = yearly(arm, line, draw);
    if line == WAITING {
        return [4.0].into_iter().chain(years).collect();
    }
    // What had flowed before the base year is nobody's.
    let mut so_far = 1_000.0;
    let mut path = vec![so_far];
    for year in years {
        so_far += year;
        path.push(so_far);
    }
    path
}

fn entry(id: &str, kind: Option<LedgerKind>, unit: Unit, lines: &[(&str, usize)]) -> Entry {
    let line = |(label, outcome): &(&str, usize)| Line { label: (*label).to_owned(), outcomes: vec![*outcome] };
    Entry {
        id: id.to_owned(),
        reading: YearlyReading::Cumulative,
        kind,
        unit,
        by_payer: lines.iter().any(|(label, _)| *label == "NHS"),
        becomes: false,
        relative: false,
        lines: lines.iter().map(line).collect(),
    }
}

fn perspective(id: &str, prices: Prices, lists: [&[&str]; 4]) -> Perspective {
    let owned = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect();
    let [costs, gains, qalys, payers] = lists;
    let placed = |payer: &&str| Located {
        value: (*payer).to_owned(),
        span: engine::diagnostic::Span::new(&"accounts.toml".into(), 0, 0),
    };
    Perspective {
        id: id.to_owned(),
        name: id.to_uppercase(),
        prices,
        discounted: !qalys.is_empty(),
        payers: payers.iter().map(placed).collect(),
        costs: owned(costs),
        gains: owned(gains),
        qalys: owned(qalys),
        plain: None,
    }
}

pub(super) fn chart() -> Chart {
    let waiting = Happening { ledger: "waiting".to_owned(), name: "Waiting".to_owned(), unit: "people".into() };
    Chart {
        demand: vec![
            entry("Visits", None, "visits".into(), &[("Q1", VISITS_Q1), ("Q2", VISITS_Q2)]),
            entry("Calls", None, "calls".into(), &[("", WAITING)]),
        ],
        needs: vec![Need {
            service: "Visits".to_owned(),
            name: "Need for a visit".to_owned(),
            happens: None,
            used: None,
            unmet: Some(waiting),
            counted: false,
            plain: None,
            plain_used: None,
        }],
        ledgers: vec![
            entry("cost", Some(LedgerKind::Cost), Unit::Pounds, &[("NHS", NHS), ("Council", COUNCIL)]),
            entry("spent", Some(LedgerKind::Spend), Unit::Pounds, &[("", SPENT)]),
            entry("debt", Some(LedgerKind::Debt), Unit::Pounds, &[("", DEBT)]),
            entry(
                "released",
                Some(LedgerKind::CashReleased),
                Unit::Pounds,
                &[("NHS", RELEASED_NHS), ("Council", RELEASED_COUNCIL)],
            ),
            entry("gained", Some(LedgerKind::Qalys), Unit::Qalys, &[("Q1", GAINED_Q1), ("Q2", GAINED_Q2)]),
            entry("lost", Some(LedgerKind::DisplacedQalys), Unit::Qalys, &[("", LOST)]),
            Entry {
                reading: YearlyReading::Stock,
                becomes: true,
                ..entry("waiting", Some(LedgerKind::Other), "people".into(), &[("", WAITING)])
            },
        ],
        plan_money: None::<PlanMoney>,
        to_come: BTreeMap::new(),
        roles: Roles::new([], "Visits"),
        organisations: Vec::new(),
        perspectives: vec![
            perspective("cash", Prices::Nominal, [&["cost", "spent", "debt"], &["released"], &[], &[]]),
            perspective("council", Prices::Real, [&["cost", "spent"], &["released"], &[], &["council"]]),
            perspective("social", Prices::Real, [&["cost", "spent"], &[], &["gained"], &[]]),
        ],
        audits: Vec::new(),
        balances: Vec::new(),
        twin_cost: Vec::new(),
        outcomes: Vec::new(),
    }
}

pub(super) fn terms() -> Terms {
    Terms {
        horizon: 2,
        strategies: 2,
        price_level: vec![2.0, 4.0],
        price_level_before: 0.5,
        real_level: 1.0,
        cost_factors: vec![1.0, 0.5],
        health_factors: vec![1.0, 0.25],
        cost_to_come: 0.25,
        health_to_come: 0.125,
        qaly_values: vec![10.0, 100.0],
        marginal_costs: Vec::new(),
        fairness: crate::scenario::Fairness::default(),
    }
}

/// The yearly numbers of each series, of all three draws.
pub(super) fn computed() -> Vec<(SeriesDefinition, Vec<f64>)> {
    let (chart, terms) = (chart(), terms());
    let plans = series_definitions(&chart, &terms);
    let numbers = accumulate(&plans, &chart, &terms, &block(ARMS, LINES, 3, &kept));
    assert_eq!(numbers.len(), plans.len());
    plans.into_iter().zip(numbers).collect()
}

/// A place whose draws are sound or not, as is said, and what its series are.
pub(super) fn place(sound: [bool; DRAWS]) -> (Vec<SeriesDefinition>, Sample<'static>) {
    let (chart, terms) = (chart(), terms());
    let plans = series_definitions(&chart, &terms);
    let accumulator = SeriesAccumulator::new(&plans, &chart, &terms);
    let store = Store::new(DRAWS as u64, accumulator.columns(), 1, &InMemory).unwrap();
    store.put(0, accumulator.accumulate(&block(ARMS, LINES, 3, &kept))).unwrap();
    let sample = Sample::new(store, sound.to_vec(), &plans, &terms, &Unwatched);
    (plans, sample)
}

/// The draws of all series, and what they are of.
pub(super) fn with_all<T>(of: impl FnOnce(&[SeriesDefinition], &Evaluation<'_>) -> T) -> T {
    let (chart, terms) = (chart(), terms());
    let plans = series_definitions(&chart, &terms);
    let accumulator = SeriesAccumulator::new(&plans, &chart, &terms);
    let store = Store::new(DRAWS as u64, accumulator.columns(), 1, &InMemory).unwrap();
    store.put(0, accumulator.accumulate(&block(ARMS, LINES, 3, &kept))).unwrap();
    let sample = Sample::new(store, vec![true, true, false], &plans, &terms, &Unwatched);
    let index = SeriesIndex::new(&plans);
    let groups = ["Q1", "Q2"].map(str::to_owned);
    let evaluation = Evaluation {
        chart: &chart,
        terms: &terms,
        series: &index,
        groups: (&groups, &[1_000.0, 4_000.0]),
        sample: &sample,
    };
    of(&plans, &evaluation)
}
