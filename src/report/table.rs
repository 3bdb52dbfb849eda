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

use std::convert::Infallible;

use crate::appraisal::findings::{Comparator, FaultFinding, Findings, Measure, Payback, Series};
use crate::appraisal::statistic::{Estimate, Statistic};

use engine::model::cell;

use super::ranking;
use super::reading::{DEFICIT, NOTHING_SPENT, nothing_spent};

/// A table as a file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name in the folder of results.
    pub file: String,
    /// Its content, comma-separated, lines ended by a line feed.
    pub csv: String,
}

const COLUMNS: [&str; 12] = [
    "place",
    "strategy",
    "comparator",
    "outcome",
    "group",
    "payer",
    "year",
    "unit",
    "price_base",
    "statistic",
    "value",
    "mc_error",
];

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
pub fn tables(findings: &Findings) -> Vec<Table> {
    let mut tables = Vec::new();
    let done: Result<(), Infallible> = each_table(findings, OfPlaces::Everything, &mut |table| {
        tables.push(table);
        Ok(())
    });
    match done {
        Ok(()) => tables,
        Err(never) => match never {},
    }
}

/// Gives away one table after the other, so that no more than one is in memory. `ranking.csv` is there only if strategies were
/// compared with each other, and `faults.csv` only if a run went wrong.
///
/// # Errors
/// What the taker has.
pub fn each_table<E>(
    findings: &Findings,
    of_places: OfPlaces,
    take: &mut impl FnMut(Table) -> Result<(), E>,
) -> Result<(), E> {
    for file in FILES {
        let mut rows = Rows::new(&COLUMNS);
        for (number, of) in std::iter::once(findings).chain(&findings.places).enumerate() {
            let whole = number == 0 || of_places == OfPlaces::Everything;
            for series in of.series.iter().filter(|one| file_of(one) == file && (whole || is_read(of, one))) {
                series_rows(of, series, &mut rows);
            }
            match file {
                "payback.csv" => of.payback.iter().for_each(|one| payback_rows(of, one, &mut rows)),
                "summary.csv" => of.measures.iter().for_each(|one| measure_rows(of, one, &mut rows)),
                _ => {}
            }
        }
        take(Table { file: file.to_owned(), csv: rows.text() })?;
    }
    let mut ranked = std::iter::once(findings).chain(&findings.places).flat_map(ranking::rows).peekable();
    if ranked.peek().is_some() {
        take(Table { file: "ranking.csv".to_owned(), csv: written(&COLUMNS, ranked) })?;
    }
    if !findings.faults.is_empty() {
        take(faults(&findings.faults))?;
    }
    Ok(())
}

/// Whether the report reads this series of one place among several.
fn is_read(findings: &Findings, series: &Series) -> bool {
    let key = &series.key;
    match key.outcome.as_str() {
        "demand" | "demand-change" => findings.services.iter().any(|(service, _)| *service == key.group),
        "net" | "cumulative-net" | "net-present" => true,
        _ => key.group.is_empty() && key.payer.is_empty(),
    }
}

fn file_of(series: &Series) -> &'static str {
    match (series.key.outcome.as_str(), series.key.unit.as_str()) {
        ("demand" | "demand-change", _) => "demand.csv",
        ("net" | "cumulative-net" | "net-present", _) => "payback.csv",
        (DEFICIT, _) => "system.csv",
        (_, "GBP") => "money.csv",
        (_, "QALY") => "health.csv",
        _ => "system.csv",
    }
}

/// A row; what it borrows is written away at once.
#[derive(Debug, Clone, Copy)]
struct Row<'f> {
    place: &'f str,
    strategy: &'f str,
    comparator: Comparator,
    outcome: &'f str,
    group: &'f str,
    payer: &'f str,
    year: &'f str,
    unit: &'f str,
    price_base: &'f str,
    statistic: Statistic,
    estimate: Estimate,
}

/// A table under way.
struct Rows {
    writer: csv::Writer<Vec<u8>>,
}

impl Rows {
    fn new(columns: &[&str]) -> Self {
        let mut rows = Self { writer: csv::WriterBuilder::new().from_writer(Vec::new()) };
        rows.fields(columns.iter().copied());
        rows
    }

    fn fields<'t>(&mut self, fields: impl Iterator<Item = &'t str>) {
        let done = fields.into_iter().try_for_each(|text| self.writer.write_field(&*cell(text)));
        let done = done.and_then(|()| self.writer.write_record(None::<&[u8]>));
        done.expect("rows in memory are all of the same length");
    }

    fn add(&mut self, row: Row<'_>) {
        let (value, error) = (decimal(row.estimate.value), decimal(row.estimate.error));
        self.fields(
            [
                row.place,
                row.strategy,
                row.comparator.name(),
                row.outcome,
                row.group,
                row.payer,
                row.year,
                row.unit,
                row.price_base,
                row.statistic.name(),
                &value,
                &error,
            ]
            .into_iter(),
        );
    }

    fn text(self) -> String {
        let bytes = self.writer.into_inner().expect("a table in memory is always written");
        String::from_utf8(bytes).expect("fields of text make a table of text")
    }
}

/// How a strategy is called in the tables; `None` does nothing.
pub(super) fn strategy_id(findings: &Findings, strategy: Option<usize>) -> &str {
    let label = strategy.and_then(|place| findings.strategies.get(place));
    label.map_or("do-nothing", |label| label.id.as_str())
}

fn series_rows(findings: &Findings, series: &Series, rows: &mut Rows) {
    let key = &series.key;
    let first = usize::from(!series.base);
    let price_base = key.price_base.name(findings.prices());
    for (place, summary) in series.years.iter().enumerate() {
        let year = findings.year_label(first + place);
        for (statistic, estimate) in summary.rows() {
            rows.add(Row {
                place: &findings.place_id,
                strategy: strategy_id(findings, key.strategy),
                comparator: key.comparator,
                outcome: &key.outcome,
                group: &key.group,
                payer: &key.payer,
                year: &year,
                unit: &key.unit,
                price_base: &price_base,
                statistic,
                estimate,
            });
        }
    }
}

fn payback_rows(findings: &Findings, payback: &Payback, rows: &mut Rows) {
    let row = Row {
        place: &findings.place_id,
        strategy: strategy_id(findings, Some(payback.strategy)),
        comparator: Comparator::Twin,
        outcome: "payback-by-year",
        group: &payback.perspective,
        payer: "",
        year: "",
        unit: "share of draws",
        price_base: "",
        statistic: Statistic::Probability,
        estimate: Estimate { value: f64::NAN, error: f64::NAN },
    };
    for (place, estimate) in payback.by_year.iter().enumerate() {
        rows.add(Row { year: &findings.year_label(place + 1), estimate: *estimate, ..row });
    }
    let value = payback.median_year.map_or(f64::NAN, |year| year as f64);
    let year = match payback.median_year {
        Some(year) => findings.year_label(year),
        None if nothing_spent(findings, payback.strategy).is_some() => NOTHING_SPENT.to_owned(),
        None => "not within the horizon".to_owned(),
    };
    let estimate = Estimate { value, error: f64::NAN };
    let (outcome, unit, statistic) = ("payback-year", "plan year", Statistic::Median);
    rows.add(Row { outcome, year: &year, unit, statistic, estimate, ..row });
}

fn measure_rows(findings: &Findings, measure: &Measure, rows: &mut Rows) {
    let price_base = measure.price_base.name(findings.prices());
    for (statistic, estimate) in &measure.estimates {
        rows.add(Row {
            place: &findings.place_id,
            strategy: strategy_id(findings, Some(measure.strategy)),
            comparator: measure.comparator,
            outcome: &measure.outcome,
            group: &measure.group,
            payer: "",
            year: "",
            unit: &measure.unit,
            price_base: &price_base,
            statistic: *statistic,
            estimate: *estimate,
        });
    }
}

fn faults(faults: &[FaultFinding]) -> Table {
    let rows = faults.iter().map(|fault| {
        vec![
            fault.place.clone(),
            fault.arm.clone(),
            fault.variable.clone(),
            fault.runs.to_string(),
            fault.first_draw.to_string(),
            decimal(fault.time),
            fault.value.to_string(),
        ]
    });
    let columns = ["place", "arm", "variable", "runs", "first_draw", "time", "value"];
    Table { file: "faults.csv".to_owned(), csv: written(&columns, rows) }
}

/// The shortest decimal that reads back as the same number; nothing for what is no number.
pub(super) fn decimal(value: f64) -> String {
    match value {
        value if !value.is_finite() => String::new(),
        0.0 => "0".to_owned(),
        value => value.to_string(),
    }
}

/// A table as comma-separated values. What a spreadsheet would take for a formula gets an apostrophe before it.
pub fn written(columns: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut written = Rows::new(columns);
    rows.for_each(|row| written.fields(row.iter().map(String::as_str)));
    written.text()
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, OfPlaces, decimal, each_table, tables};
    use crate::report::trial;

    fn table(file: &str) -> String {
        tables(&trial::findings()).into_iter().find(|table| table.file == file).expect("it is there").csv
    }

    #[test]
    fn every_table_has_the_same_columns() {
        let all = tables(&trial::findings());
        assert_eq!(all.len(), 8);
        for table in all.iter().filter(|table| table.file != "faults.csv") {
            assert_eq!(table.csv.lines().next(), Some(COLUMNS.join(",").as_str()), "{}", table.file);
            assert!(table.csv.lines().count() > 1, "{}", table.file);
        }
    }

    #[test]
    fn of_several_places_what_the_report_reads_is_told_unless_everything_is_asked_for() {
        let findings = trial::two_places();
        let of = |what| {
            let mut rows = Vec::new();
            let done: Result<(), ()> = each_table(&findings, what, &mut |table| {
                let lines = table.csv.lines().skip(1).map(|line| format!("{}: {line}", table.file));
                rows.extend(lines.collect::<Vec<_>>());
                Ok(())
            });
            done.expect("nothing is refused");
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
    fn numbers_read_back_the_same_and_unknown_ones_are_empty() {
        for value in [0.1, -1.0 / 3.0, 1e-12, 123_456_789.123] {
            assert_eq!(decimal(value).parse::<f64>(), Ok(value));
        }
        assert_eq!((decimal(f64::NAN), decimal(-0.0)), (String::new(), "0".to_owned()));
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
    fn a_name_is_no_formula_in_any_table() {
        let rows = [vec!["=1+1".to_owned(), "-0.5".to_owned()], vec!["@cmd".to_owned(), "Cash".to_owned()]];
        assert_eq!(super::written(&["+a", "b"], rows.into_iter()), "'+a,b\n'=1+1,-0.5\n'@cmd,Cash\n");
    }

    #[test]
    fn names_with_commas_are_quoted() {
        assert!(table("demand.csv").contains("\"Emergency admissions, Q1\""));
    }
}
