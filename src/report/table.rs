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

use crate::appraisal::findings::{Comparator, FaultFinding, Findings, Measure, Payback, PriceBase, Series};
use crate::appraisal::statistic::{Estimate, Statistic};

use crate::model::cell;

use super::ranking;
use super::reading::DEFICIT;

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

/// All tables, in the same order for the same findings. `ranking.csv` is there only if strategies were compared with each other,
/// and `faults.csv` only if a run went wrong.
pub fn tables(findings: &Findings) -> Vec<Table> {
    let mut by_file: Vec<(&str, Vec<Row<'_>>)> =
        ["demand.csv", "payback.csv", "money.csv", "health.csv", "system.csv", "summary.csv"]
            .map(|file| (file, Vec::new()))
            .to_vec();
    let mut add = |file: &str, rows| {
        if let Some((_, known)) = by_file.iter_mut().find(|(name, _)| *name == file) {
            known.extend(rows);
        }
    };
    for findings in std::iter::once(findings).chain(&findings.places) {
        for series in &findings.series {
            add(file_of(series), series_rows(findings, series));
        }
        for payback in &findings.payback {
            add("payback.csv", payback_rows(findings, payback));
        }
        for measure in &findings.measures {
            add("summary.csv", measure_rows(findings, measure));
        }
    }
    let mut tables: Vec<Table> = by_file
        .into_iter()
        .map(|(file, rows)| Table { file: file.to_owned(), csv: written(&COLUMNS, rows.iter().map(Row::fields)) })
        .collect();
    let ranked: Vec<Vec<String>> = std::iter::once(findings).chain(&findings.places).flat_map(ranking::rows).collect();
    if !ranked.is_empty() {
        tables.push(Table { file: "ranking.csv".to_owned(), csv: written(&COLUMNS, ranked.into_iter()) });
    }
    if !findings.faults.is_empty() {
        tables.push(faults(&findings.faults));
    }
    tables
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

#[derive(Debug, Clone)]
struct Row<'f> {
    place: &'f str,
    strategy: String,
    comparator: Comparator,
    outcome: String,
    group: String,
    payer: String,
    year: String,
    unit: String,
    price_base: PriceBase,
    statistic: Statistic,
    estimate: Estimate,
}

impl Row<'_> {
    fn fields(&self) -> Vec<String> {
        vec![
            self.place.to_owned(),
            self.strategy.clone(),
            self.comparator.name().to_owned(),
            self.outcome.clone(),
            self.group.clone(),
            self.payer.clone(),
            self.year.clone(),
            self.unit.clone(),
            self.price_base.name().to_owned(),
            self.statistic.name().to_owned(),
            decimal(self.estimate.value),
            decimal(self.estimate.error),
        ]
    }
}

fn strategy_id(findings: &Findings, strategy: Option<usize>) -> String {
    let label = strategy.and_then(|place| findings.strategies.get(place));
    label.map_or_else(|| "do-nothing".to_owned(), |label| label.id.clone())
}

fn series_rows<'f>(findings: &'f Findings, series: &Series) -> Vec<Row<'f>> {
    let key = &series.key;
    let first = usize::from(!series.base);
    let mut rows = Vec::new();
    for (place, summary) in series.years.iter().enumerate() {
        for (statistic, estimate) in summary.rows() {
            rows.push(Row {
                place: &findings.place_id,
                strategy: strategy_id(findings, key.strategy),
                comparator: key.comparator,
                outcome: key.outcome.clone(),
                group: key.group.clone(),
                payer: key.payer.clone(),
                year: findings.year_label(first + place),
                unit: key.unit.clone(),
                price_base: key.price_base,
                statistic,
                estimate,
            });
        }
    }
    rows
}

fn payback_rows<'f>(findings: &'f Findings, payback: &Payback) -> Vec<Row<'f>> {
    let row = |outcome: &str, year: String, unit: &str, statistic, estimate| Row {
        place: &findings.place_id,
        strategy: strategy_id(findings, Some(payback.strategy)),
        comparator: Comparator::Twin,
        outcome: outcome.to_owned(),
        group: payback.perspective.clone(),
        payer: String::new(),
        year,
        unit: unit.to_owned(),
        price_base: PriceBase::None,
        statistic,
        estimate,
    };
    let mut rows: Vec<Row<'f>> = payback
        .by_year
        .iter()
        .enumerate()
        .map(|(place, estimate)| {
            let year = findings.year_label(place + 1);
            row("payback-by-year", year, "share of draws", Statistic::Probability, *estimate)
        })
        .collect();
    let value = payback.median_year.map_or(f64::NAN, |year| year as f64);
    let year =
        payback.median_year.map_or_else(|| "not within the horizon".to_owned(), |year| findings.year_label(year));
    rows.push(row("payback-year", year, "plan year", Statistic::Median, Estimate { value, error: f64::NAN }));
    rows
}

fn measure_rows<'f>(findings: &'f Findings, measure: &Measure) -> Vec<Row<'f>> {
    measure
        .estimates
        .iter()
        .map(|(statistic, estimate)| Row {
            place: &findings.place_id,
            strategy: strategy_id(findings, Some(measure.strategy)),
            comparator: measure.comparator,
            outcome: measure.outcome.clone(),
            group: measure.group.clone(),
            payer: String::new(),
            year: String::new(),
            unit: measure.unit.clone(),
            price_base: measure.price_base,
            statistic: *statistic,
            estimate: *estimate,
        })
        .collect()
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
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    let header = columns.iter().map(|column| cell(column).into_owned());
    let result = writer.write_record(header.collect::<Vec<String>>()).and_then(|()| {
        for row in rows {
            writer.write_record(row.iter().map(|text| cell(text).into_owned()))?;
        }
        Ok(())
    });
    result.expect("rows in memory are all of the same length");
    let bytes = writer.into_inner().expect("a table in memory is always written");
    String::from_utf8(bytes).expect("fields of text make a table of text")
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, decimal, tables};
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
