//! Plans read from the tables of results.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::appraisal::statistic::{Estimate, Statistic};
use crate::quantity::Unit;

use super::Years;
use super::line::LineKey;

/// The tables that are read, by their names in a folder of results.
pub const TABLES: [&str; 5] = ["money.csv", "payback.csv", "health.csv", "demand.csv", "system.csv"];

/// The numbers of a plan.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// The id of the place, or `all places`.
    pub place: String,
    /// Its lines.
    pub lines: BTreeMap<LineKey, Years>,
}

impl Found {
    /// Labels of all years.
    pub fn years(&self) -> BTreeSet<String> {
        self.lines.values().flat_map(|years| years.keys().cloned()).collect()
    }
}

/// A row of a table of results.
#[derive(Debug, Deserialize)]
struct Row {
    place: String,
    strategy: String,
    comparator: String,
    outcome: String,
    group: String,
    payer: String,
    year: String,
    unit: Unit,
    price_base: String,
    statistic: String,
    value: Option<f64>,
    mc_error: Option<f64>,
}

/// A table that is none of results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotATable {
    /// Its name.
    pub table: String,
    /// What is wrong with it.
    pub message: String,
}

/// The strategies of tables, given by name and text, in the order of the scenario. Where there are several places, all of
/// them together, which come first in every table.
///
/// # Errors
/// The first table that is none of results.
pub fn read(tables: &[(String, String)]) -> Result<Vec<(String, Found)>, NotATable> {
    let mut strategies: Vec<(String, Found)> = Vec::new();
    for (name, text) in tables {
        let wrong = |message: String| NotATable { table: name.clone(), message };
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let mut place = None;
        for row in reader.deserialize::<Row>() {
            let row = row.map_err(|problem| wrong(problem.to_string()))?;
            let place = place.get_or_insert_with(|| row.place.clone());
            if row.place != *place || row.strategy == "do-nothing" {
                continue;
            }
            let key = LineKey::new(&row.comparator, &row.outcome, &row.group, &row.payer, &row.unit, &row.price_base);
            let Some(key) = key else { continue };
            let statistic = Statistic::named(&row.statistic)
                .ok_or_else(|| wrong(format!("`{}` is no statistic", row.statistic)))?;
            let number = |value: Option<f64>| value.unwrap_or(f64::NAN);
            let estimate = Estimate { value: number(row.value), error: number(row.mc_error) };
            let at = strategies.iter().position(|(id, _)| *id == row.strategy).unwrap_or_else(|| {
                strategies.push((row.strategy.clone(), Found { place: place.clone(), ..Found::default() }));
                strategies.len() - 1
            });
            strategies[at].1.lines.entry(key).or_default().entry(row.year).or_default().push((statistic, estimate));
        }
    }
    Ok(strategies)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{TABLES, read};
    use crate::report::{tables, trial};

    fn of(findings: &crate::appraisal::findings::Findings) -> Vec<(String, String)> {
        let all = tables(findings).into_iter().filter(|table| TABLES.contains(&table.file.as_str()));
        all.map(|table| (table.file, table.csv)).collect()
    }

    #[test]
    fn tables_read_back_as_they_were_found() {
        let plans = read(&of(&trial::findings())).unwrap();
        assert_eq!(plans.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["kept", "raided"]);
        let spent = plans[0].1.lines.iter().find(|(key, _)| key.outcome == "programme-spending").unwrap().1;
        assert_eq!((spent.len(), spent["2025/26"][0].1.value), (5, 4e7));
        assert_eq!(plans[0].1.years().len(), 5);
    }

    #[test]
    fn several_places_are_read_together() {
        let plans = read(&of(&trial::two_places())).unwrap();
        assert_eq!((plans.len(), plans[1].1.place.as_str()), (2, "all places"));
        assert_eq!(plans[0].1.lines.values().next().unwrap()["2025/26"].len(), 6);
    }

    #[test]
    fn what_is_no_table_of_results_is_refused() {
        let wrong = read(&[("money.csv".to_owned(), "a,b\n1,2\n".to_owned())]).unwrap_err();
        assert_eq!(wrong.table, "money.csv");
    }
}
