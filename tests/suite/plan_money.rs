//! The money of a plan: what every source offers and savings give is what is spent, taken back, left over and paid on debt.

use std::collections::BTreeMap;

use wellspring::appraisal::chart::PlanMoney;
use wellspring::appraisal::findings::{Comparator, Findings, PriceBase};
use wellspring::report;

use crate::support::{Central, FEW, Ran, every_scenario, findings, patched, shipped};

/// How far two sums of the same money may lie apart, as a part of them.
const ROUNDING: f64 = 1e-9;

fn money(found: &Findings) -> &PlanMoney {
    found.plan_money.as_ref().expect("the shipped accounts say where money comes from")
}

type Ids = Vec<String>;

/// The two pairs of sums that must be the same: what is moved, and its sources; sources with savings, and uses.
fn balances(money: &PlanMoney) -> [(Ids, Ids); 2] {
    let ids = |ledgers: &[&Vec<(String, String)>]| -> Ids {
        ledgers.iter().flat_map(|ledgers| ledgers.iter().map(|(id, _)| id.clone())).collect()
    };
    [(vec![money.moved.clone()], ids(&[&money.sources])), (ids(&[&money.sources, &money.savings]), ids(&[&money.uses]))]
}

/// The draws of a year of a ledger of a strategy.
fn draws<'r>(ran: &'r Ran, strategy: usize, ledger: &str, base: PriceBase, year: usize) -> &'r [f64] {
    let found = ran.levels.series.iter().find(|series| {
        let key = &series.key;
        key.strategy == Some(strategy)
            && key.outcome == ledger
            && key.group.is_empty()
            && key.payer.is_empty()
            && key.price_base == base
    });
    let values = &found.unwrap_or_else(|| panic!("{}: no {ledger}", ran.name)).values;
    &values[year * FEW as usize..(year + 1) * FEW as usize]
}

#[test]
fn every_pound_has_a_source_and_a_use_in_every_draw_of_every_shipped_strategy() {
    for ran in every_scenario() {
        assert!(ran.findings.faults.is_empty(), "{}: {:?}", ran.name, ran.findings.faults);
        let mut whole = 0.0;
        for (strategy, label) in ran.findings.strategies.iter().enumerate() {
            for base in [PriceBase::Nominal, PriceBase::Real] {
                for year in 0..ran.findings.horizon {
                    for draw in 0..FEW as usize {
                        let sum = |ids: &Ids| -> f64 {
                            ids.iter().map(|id| draws(ran, strategy, id, base, year)[draw]).sum()
                        };
                        for (one, other) in balances(money(&ran.findings)) {
                            let (left, right) = (sum(&one), sum(&other));
                            whole += left.abs();
                            assert!(
                                (left - right).abs() <= ROUNDING * left.abs().max(1.0),
                                "{}, {}, year {year}, draw {draw}: {one:?} {left}, {other:?} {right}",
                                ran.name,
                                label.id
                            );
                        }
                    }
                }
            }
        }
        assert!(whole > 1e6, "{}: there is no money to look at", ran.name);
    }
}

#[test]
fn money_csv_adds_up_to_the_penny() {
    for ran in every_scenario() {
        let tables = report::tables(&ran.findings);
        let table = tables.iter().find(|table| table.file == "money.csv").unwrap();
        // Of a place, a strategy, a year and a price base: the mean of each ledger.
        let mut means: BTreeMap<[String; 4], BTreeMap<String, f64>> = BTreeMap::new();
        for row in csv::Reader::from_reader(table.csv().as_bytes()).into_records() {
            let row = row.unwrap();
            let is_whole = row[4].is_empty() && row[5].is_empty();
            if is_whole && &row[2] == "none" && &row[1] != "do-nothing" && &row[9] == "mean" {
                let key = [0, 1, 6, 8].map(|column| row[column].to_owned());
                means.entry(key).or_default().insert(row[3].to_owned(), row[10].parse().unwrap());
            }
        }
        let found = &ran.findings;
        let places = if found.places.is_empty() { 1 } else { 1 + found.places.len() };
        assert_eq!(means.len(), places * found.strategies.len() * found.horizon * 2, "{}", ran.name);
        for (key, ledgers) in &means {
            for (one, other) in balances(money(found)) {
                let sum = |ids: &Ids| -> f64 { ids.iter().map(|id| ledgers[id]).sum() };
                let (left, right) = (sum(&one), sum(&other));
                assert!((left - right).abs() < 0.005, "{}, {key:?}: {one:?} {left}, {other:?} {right}", ran.name);
            }
        }
    }
}

fn ran(name: &str) -> &'static Findings {
    &every_scenario().iter().find(|ran| ran.name == name).unwrap().findings
}

/// A ledger of the first strategy over all years, in the money of each year.
fn whole(found: &Findings, ledger: &str) -> f64 {
    let series = found.find(Some(0), Comparator::Level, ledger, "", "", PriceBase::Nominal).unwrap();
    series.years.iter().map(|year| year.mean.value).sum()
}

/// What was told: 48.3 million moved of which 58 % could not be spent, for the councils' part was in no sum; and nothing moved
/// where an investment standard gives all.
#[test]
fn what_councils_and_standards_give_is_moved_money() {
    let fund = ran("better-care-fund");
    let (moved, councils) = (whole(fund, &money(fund).moved), whole(fund, "contributions"));
    let slice = whole(fund, "top-slice");
    assert!((0.9..1.1).contains(&(councils / slice)), "{slice} and {councils}");
    assert!((moved / (slice + councils) - 1.0).abs() < ROUNDING);
    // Wholly protected and without savings put back, what is not spent is left over: 29 % in a thousand draws of the first edition,
    // and less since programmes that are not saturated may use what others cannot.
    let (spent, unspent) = (whole(fund, "programme-spending") / moved, whole(fund, "underspend") / moved);
    assert!((spent + unspent - 1.0).abs() < ROUNDING, "{spent} and {unspent}");
    assert!((0.1..0.25).contains(&unspent), "{unspent}");
    let standard = ran("investment-standard");
    let given = whole(standard, "investment-standard");
    let moved = whole(standard, &money(standard).moved);
    assert!(given > 1e8 && (moved / given - 1.0).abs() < ROUNDING, "{moved} and {given}");
}

/// What cannot be spent is handed back, waits to be handed back, or is still in the fund; what is borrowed is owed with its
/// interest, paid, or handed back. Savings pay the debt, so that what is paid on it stands among what savings give.
#[test]
fn what_is_left_over_and_what_is_owed_are_accounted_for() {
    let mut plan = Central::plan();
    plan.set("Loan share of plan", 0.5).set("Share of realised savings reinvested", 0.5);
    plan.set("Savings captured", 1.0).set("Partner contribution", 1e6).set("Outcome contract share", 0.0);
    let run = plan.told_by_its_twin().save_every(1.0).run();
    let at = |label: &str| run.at(label, 10.0);
    let left = at("Cumulative underspend");
    let kept = at("Prevention fund") + at("Money clawed back") + at("Cumulative handed back");
    assert!(left > 1e6 && (left / kept - 1.0).abs() < ROUNDING, "{left} and {kept}");
    let paid = at("Cumulative debt paid by");
    assert!(paid > 0.0, "nothing is paid on the loan");
    // By hand at the end of year 1: a loan that nothing is paid on yet is what was drawn and its interest, which Euler's rule
    // adds sixteen times a year at the balance before.
    let mut alone = Central::plan();
    alone.set("Loan share of plan", 1.0).set("Outcome contract share", 0.0).set("Debt service on", 0.0);
    let first = alone.save_every(0.0625).run();
    let (mut owed, step) = (0.0, 0.0625);
    for place in 0..16 {
        let time = f64::from(place) * step;
        let interest = alone.constant("Loan interest rate") * owed;
        owed += step * (first.at("Loan drawdown", time) + interest - first.at("Drawdown handed back", time));
    }
    let told = first.at("Loan balance", 1.0);
    assert!(owed > 1e6 && (told / owed - 1.0).abs() < ROUNDING, "{told} and {owed}");
}

#[test]
fn a_source_left_out_of_the_accounts_is_a_fault_in_every_run_that_uses_it() {
    let mut texts = shipped();
    texts.accounts = patched(&texts.accounts, "\"top-slice-from-growth\", \"borrowed\"", "\"borrowed\"");
    let found = findings(&texts, 1);
    let told: Vec<&str> = found.faults.iter().map(|fault| fault.variable.as_str()).collect();
    assert!(told.contains(&"Money moved, against its sources"), "{told:?}");
    assert!(told.contains(&"Money of the plan, against its uses"), "{told:?}");
}
