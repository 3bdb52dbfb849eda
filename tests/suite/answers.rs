//! What a study says against the tables that it writes: every fact of the answer is the number of the cell that its key names.

use std::collections::HashMap;

use wellspring::answer::Answer;
use wellspring::answer::fact::{Fact, FactKey};
use wellspring::appraisal::findings::Findings;
use wellspring::report;
use wellspring::report::OfPlaces;

use crate::support::every_scenario;

/// What a row of a table is of: the table, the columns of its key, and the statistic.
type Cell = Vec<String>;

/// Every number of the tables that a run writes, by what it is of.
fn cells(findings: &Findings) -> HashMap<Cell, f64> {
    let columns = ["place", "strategy", "comparator", "outcome", "group", "payer", "year", "price_base", "statistic"];
    let mut all = HashMap::new();
    for table in report::tables_of(findings, OfPlaces::Read).iter().filter(|table| table.file != "faults.csv") {
        let text = table.csv();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().unwrap().clone();
        let at = |name: &str| header.iter().position(|one| one == name).unwrap();
        let places: Vec<usize> = columns.iter().map(|name| at(name)).collect();
        for row in reader.records() {
            let row = row.unwrap();
            let Ok(value) = row[at("value")].parse::<f64>() else { continue };
            let key = std::iter::once(table.file.to_string()).chain(places.iter().map(|place| row[*place].to_owned()));
            assert!(all.insert(key.collect(), value).is_none(), "{}: two rows of one key: {row:?}", table.file);
        }
    }
    all
}

/// The sum of the cells that a key names, of one statistic; how many there are, and the sum of their sizes.
fn looked_up(cells: &HashMap<Cell, f64>, findings: &Findings, key: &FactKey, statistic: &str) -> (f64, usize, f64) {
    let rows = key.rows(findings);
    let found = rows.iter().map(|row| {
        let values = row.iter().map(|(_, value)| value.clone());
        let cell: Cell = std::iter::once(key.table.to_owned()).chain(values).chain([statistic.to_owned()]).collect();
        *cells.get(&cell).unwrap_or_else(|| panic!("{}: no row {cell:?}", findings.name))
    });
    found.fold((0.0, 0, 0.0), |(sum, count, size), value| (sum + value, count + 1, size + value.abs()))
}

fn is_the_cell(cells: &HashMap<Cell, f64>, findings: &Findings, fact: &Fact) {
    let (mut value, mut count, mut size) = (fact.constant, 0, fact.constant.abs());
    for term in &fact.of {
        let (sum, rows, of) = looked_up(cells, findings, &term.key, term.key.statistic.name());
        value += term.factor * sum;
        count += rows;
        size += of;
    }
    assert!(count > 0, "{}: {fact:?} is of no row", findings.name);
    // One cell is the fact to the bit; sums may be rounded in another order.
    let room = if count == 1 && fact.constant == 0.0 { 0.0 } else { 1e-9 * size };
    assert!(
        (fact.value - value).abs() <= room,
        "{}: {} told, {value} in the tables: {fact:?}",
        findings.name,
        fact.value
    );
    let Some((low, high)) = fact.interval else { return };
    let [term] = fact.of.as_slice() else { panic!("an interval of a sum: {fact:?}") };
    let ends = term.key.ends().map(|end| term.factor * looked_up(cells, findings, &term.key, end).0);
    let (least, most) = if term.factor < 0.0 { (ends[1], ends[0]) } else { (ends[0], ends[1]) };
    assert_eq!((low, high), (least, most), "{}: {fact:?}", findings.name);
}

#[test]
fn every_fact_of_the_answer_is_the_cell_that_its_key_names() {
    for ran in every_scenario() {
        let findings = &ran.findings;
        let (cells, answer) = (cells(findings), Answer::of(findings));
        let facts = answer.facts();
        // Of each strategy at least demand, health, money and payback.
        assert!(facts.len() > 20 * findings.strategies.len(), "{}: {} facts", ran.name, facts.len());
        facts.iter().for_each(|fact| is_the_cell(&cells, findings, fact));
    }
}
