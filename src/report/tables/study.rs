//! Findings as tidy tables: one number a row, every row saying what it is of.
//!
//! All tables but `faults.csv` have the same columns. `place` is the id of the place. Where there are several, `all places`
//! come first: their numbers added up draw by draw, without shares and rates, which do not add. A level has the comparator `none`; doing nothing is the strategy
//! `do-nothing`. `year` is a plan year's label such as `2025/26`, and empty for numbers of the whole horizon. An empty
//! value is a number that is not known.
//!
//! In `ranking.csv` the comparator is another strategy.
//!
//! The median payback year stands in `payback.csv` as outcome `payback-year`: its value is the plan year, counted from 1,
//! and its `year` that year's label. Where at least half of the draws do not pay back, the value is empty and the `year`
//! reads `not within the horizon`.

use std::borrow::Cow;

use crate::appraisal::findings::{Comparator, FaultFinding, Findings, MeasureFinding, Payback, Series};
use crate::appraisal::key::{CUMULATIVE_NET, DEMAND, DEMAND_CHANGE, NET, NET_PRESENT};
use crate::appraisal::measure::payback::{PAYBACK_BY_YEAR, PAYBACK_YEAR};
use crate::appraisal::statistic::{Estimate, Statistic};
use crate::quantity::Unit;

use super::row::{Evaluated, Key, Row, columns};
use crate::answer::fact::{strategy_id, table_of};
use crate::answer::read::{NOTHING_SPENT, nothing_spent};
use crate::report::ranking;
use crate::table::{Columns, Table};

/// What the tables hold of each place, where there are several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfPlaces {
    /// What the report reads: whole ledgers, demand by service, net positions, payback and measures.
    Read,
    /// Every part of them too: by programme, payer, quintile and service.
    Everything,
}

/// The files that hold series, paybacks and measures.
const FILES: [&str; 6] = ["demand.csv", "payback.csv", "money.csv", "health.csv", "system.csv", "summary.csv"];

/// All tables, in the same order for the same findings, with every part of every place.
pub fn tables(findings: &Findings) -> Vec<Table<'_>> {
    tables_of(findings, OfPlaces::Everything)
}

/// All tables, in the same order for the same findings. `ranking.csv` is there only if strategies were compared with each
/// other, and `faults.csv` only if a run went wrong.
pub fn tables_of(findings: &Findings, of_places: OfPlaces) -> Vec<Table<'_>> {
    let mut tables: Vec<Table<'_>> = FILES
        .into_iter()
        .map(|file| Table::each(file, columns(), move || rows_in(findings, file, of_places)))
        .collect();
    let ranked = move || all_of(findings).flat_map(ranking::rows);
    if ranked().next().is_some() {
        tables.push(Table::each("ranking.csv", columns(), ranked));
    }
    let of_structure =
        move || all_of(findings).flat_map(|of| of.structure.iter().flat_map(|one| measure_rows(of, one)));
    if of_structure().next().is_some() {
        tables.push(Table::each("structure.csv", columns(), of_structure));
    }
    if !findings.faults.is_empty() {
        tables.push(faults(&findings.faults));
    }
    tables
}

/// What was found of all places together, or of the only one, and then of each of several.
fn all_of(findings: &Findings) -> impl Iterator<Item = &Findings> {
    std::iter::once(findings).chain(&findings.places)
}

/// The rows of a file.
fn rows_in<'f>(findings: &'f Findings, file: &'static str, of_places: OfPlaces) -> impl Iterator<Item = Row<'f>> {
    all_of(findings).enumerate().flat_map(move |(number, of)| {
        let whole = number == 0 || of_places == OfPlaces::Everything;
        let kept =
            of.series.iter().filter(move |one| table_of(&of.roles, &one.key) == file && (whole || is_read(of, one)));
        let payback: &[Payback] = if file == "payback.csv" { &of.payback } else { &[] };
        let measures: &[MeasureFinding] = if file == "summary.csv" { &of.measures } else { &[] };
        let series = kept.flat_map(move |one| series_rows(of, one));
        let payback = payback.iter().flat_map(move |one| payback_rows(of, one));
        series.chain(payback).chain(measures.iter().flat_map(move |one| measure_rows(of, one)))
    })
}

/// Whether the report reads this series of one place among several.
fn is_read(findings: &Findings, series: &Series) -> bool {
    let key = &series.key;
    match key.outcome.as_str() {
        DEMAND | DEMAND_CHANGE => findings.services.iter().any(|(service, _)| *service == key.group),
        NET | CUMULATIVE_NET | NET_PRESENT => true,
        _ => key.group.is_empty() && key.payer.is_empty(),
    }
}

fn series_rows<'f>(findings: &'f Findings, series: &'f Series) -> impl Iterator<Item = Row<'f>> {
    let key = &series.key;
    let first = usize::from(!series.base);
    let of_all = Key {
        place: &findings.place_id,
        strategy: strategy_id(findings, key.strategy),
        comparator: key.comparator.name(),
        outcome: &key.outcome,
        group: &key.group,
        payer: &key.payer,
        year: Cow::Borrowed(""),
        unit: key.unit.as_str(),
        price_base: key.price_base.name(findings.prices()).into(),
    };
    series.years.iter().enumerate().flat_map(move |(place, summary)| {
        let key = Key { year: findings.year_label(first + place).into(), ..of_all.clone() };
        summary.rows().into_iter().map(move |(statistic, estimate)| Row {
            key: key.clone(),
            evaluated: Evaluated { statistic: statistic.name(), estimate },
        })
    })
}

fn payback_rows<'f>(findings: &'f Findings, payback: &'f Payback) -> impl Iterator<Item = Row<'f>> {
    let key = Key {
        place: &findings.place_id,
        strategy: strategy_id(findings, Some(payback.strategy)),
        comparator: Comparator::Twin.name(),
        outcome: PAYBACK_BY_YEAR,
        group: &payback.perspective,
        payer: "",
        year: Cow::Borrowed(""),
        unit: Unit::ShareOfDraws.as_str(),
        price_base: Cow::Borrowed(""),
    };
    let value = payback.median_year.map_or(f64::NAN, |year| year as f64);
    let year: Cow<'f, str> = match payback.median_year {
        Some(year) => findings.year_label(year).into(),
        None if nothing_spent(findings, payback.strategy).is_some() => NOTHING_SPENT.into(),
        None => "not within the horizon".into(),
    };
    let median = Row {
        key: Key { outcome: PAYBACK_YEAR, year, unit: Unit::PlanYear.as_str(), ..key.clone() },
        evaluated: Evaluated { statistic: Statistic::Median.name(), estimate: Estimate { value, error: f64::NAN } },
    };
    let by_year = payback.by_year.iter().enumerate().map(move |(place, estimate)| Row {
        key: Key { year: findings.year_label(place + 1).into(), ..key.clone() },
        evaluated: Evaluated { statistic: Statistic::Probability.name(), estimate: *estimate },
    });
    by_year.chain([median])
}

fn measure_rows<'f>(findings: &'f Findings, measure: &'f MeasureFinding) -> impl Iterator<Item = Row<'f>> {
    let key = Key {
        place: &findings.place_id,
        strategy: strategy_id(findings, Some(measure.strategy)),
        comparator: measure.comparator.name(),
        outcome: &measure.outcome,
        group: &measure.group,
        payer: "",
        year: Cow::Borrowed(""),
        unit: measure.unit.as_str(),
        price_base: measure.price_base.name(findings.prices()).into(),
    };
    measure.estimates.iter().map(move |(statistic, estimate)| Row {
        key: key.clone(),
        evaluated: Evaluated { statistic: statistic.name(), estimate: *estimate },
    })
}

fn faults(faults: &[FaultFinding]) -> Table<'_> {
    let columns = Columns::new()
        .words("place", |(fault, _): &(&FaultFinding, String)| &fault.place)
        .words("arm", |(fault, _)| &fault.arm)
        .words("variable", |(fault, _)| &fault.variable)
        .whole("runs", |(fault, _)| fault.runs)
        .whole("first_draw", |(fault, _)| fault.first_draw)
        .number("time", |(fault, _)| fault.time)
        // Which kind of no number it is.
        .words("value", |(_, value)| value);
    Table::each("faults.csv", columns, move || faults.iter().map(|fault| (fault, fault.value.to_string())))
}

#[cfg(test)]
mod tests {
    use super::{OfPlaces, tables, tables_of};
    use crate::report::fixture;
    use crate::report::tables::row::{columns, rows_of};
    use crate::table::read;

    const COLUMNS: &str = "place,strategy,comparator,outcome,group,payer,year,unit,price_base,statistic,value,mc_error";

    fn table(file: &str) -> String {
        tables(&fixture::findings()).into_iter().find(|table| table.file == file).expect("it is there").csv()
    }

    #[test]
    fn every_table_has_the_same_columns() {
        let findings = fixture::findings();
        let all = tables(&findings);
        assert_eq!(all.len(), 8);
        for table in all.iter().filter(|table| table.file != "faults.csv") {
            let text = table.csv();
            assert_eq!(text.lines().next(), Some(COLUMNS), "{}", table.file);
            assert!(text.lines().count() > 1, "{}", table.file);
        }
    }

    #[test]
    fn of_several_places_what_the_report_reads_is_told_unless_everything_is_asked_for() {
        let findings = fixture::two_places();
        let of = |what| {
            let mut rows: Vec<String> = Vec::new();
            for table in tables_of(&findings, what) {
                rows.extend(table.csv().lines().skip(1).map(|line| format!("{}: {line}", table.file)));
            }
            rows
        };
        let (read, all) = (of(OfPlaces::Read), of(OfPlaces::Everything));
        let there = |rows: &[String], of: &str| rows.iter().any(|row| row.contains(of));
        let by_quintile = ",demand,\"Emergency admissions, Q1\",";
        assert!(there(&read, &format!("all places,kept,twin{by_quintile}")), "of all together there is every part");
        assert!(
            !there(&read, &format!("here,kept,twin{by_quintile}"))
                && there(&all, &format!("here,kept,twin{by_quintile}"))
        );
        for kept in ["here,kept,twin,demand-change,Emergency admissions,", "there,raided,twin,cumulative-net,cash,"] {
            assert!(there(&read, kept), "{kept}");
        }
        assert!(read.iter().all(|row| all.contains(row)), "nothing else is told than among everything");
    }

    #[test]
    fn rows_read_back_as_they_were_written() {
        let findings = fixture::two_places();
        let mut rows = 0;
        for table in tables(&findings).iter().filter(|table| table.file != "faults.csv") {
            let again = read(&table.file, columns().named(), &table.csv()).expect("it was written here");
            let (before, after): (Vec<_>, Vec<_>) = (table.batches().collect(), again.batches().collect());
            for (before, after) in before.iter().zip(&after) {
                // By their words: where there is no number, none is equal to itself.
                let written = |batch| rows_of(batch).map(|row| format!("{row:?}")).collect::<Vec<_>>();
                assert_eq!(written(before), written(after), "{}", table.file);
                rows += before.rows();
            }
            assert_eq!(before.len(), after.len());
        }
        assert!(rows > 500, "{rows}");
    }

    #[test]
    fn doing_nothing_begins_with_the_base_year() {
        let demand = table("demand.csv");
        let first = demand.lines().find(|line| line.contains(",do-nothing,")).expect("do nothing is there");
        assert!(first.contains(",2024/25,"), "{first}");
    }

    #[test]
    fn a_payback_beyond_the_horizon_is_said_in_words() {
        let payback = table("payback.csv");
        let cash = payback.lines().find(|line| line.contains("payback-year,cash")).expect("cash is there");
        assert!(cash.ends_with(",not within the horizon,plan year,,median,,"), "{cash}");
        let social = payback.lines().find(|line| line.contains("payback-year,social")).expect("social is there");
        assert!(social.ends_with(",2028/29,plan year,,median,4,"), "{social}");
    }

    #[test]
    fn names_with_commas_are_quoted() {
        assert!(table("demand.csv").contains("\"Emergency admissions, Q1\""));
    }
}
