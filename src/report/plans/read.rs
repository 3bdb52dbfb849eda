//! Plans read from the tables of results.

use std::collections::{BTreeMap, BTreeSet};

use crate::appraisal::statistic::Statistic;
use crate::quantity::Unit;
use crate::scenario::Roles;

use super::Years;
use super::line::LineKey;
use crate::report::tables::row::{self, Row};
use crate::table::{self, Table, Wrong};

/// The tables that are read, by their names in a folder of results.
pub const TABLES: [&str; 5] = ["money.csv", "payback.csv", "health.csv", "demand.csv", "system.csv"];

/// The numbers of a plan.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// The id of the place, or `all places`.
    pub place: String,
    /// The service that stands for demand as a whole; empty if that is not known.
    pub lead: String,
    /// Its lines.
    pub lines: BTreeMap<LineKey, Years>,
}

impl Found {
    /// Labels of all years.
    pub fn years(&self) -> BTreeSet<String> {
        self.lines.values().flat_map(|years| years.keys().cloned()).collect()
    }
}

/// A table of results that a person may have had in hand, by its text.
///
/// # Errors
/// It is none of results: a column is not there, or a cell is not of its column's content.
pub fn read(name: &str, text: &str) -> Result<Table<'static>, Wrong> {
    let mut columns = row::columns().named();
    let statistics = columns.iter_mut().filter(|column| column.name == "statistic");
    statistics.for_each(|column| column.only = Statistic::ALL.map(Statistic::name).to_vec());
    table::read(name, columns, text)
}

/// The strategies of tables of results, in the order of the scenario. Where there are several places, all of them together,
/// which come first in every table. `roles` say which ledger is which: lines of those that they do not name are left out.
pub fn strategies<'t>(tables: impl IntoIterator<Item = &'t Table<'t>>, roles: &Roles) -> Vec<(String, Found)> {
    let mut strategies: Vec<(String, Found)> = Vec::new();
    for table in tables {
        let mut place: Option<String> = None;
        for batch in table.batches() {
            for Row { key, evaluated } in row::rows_of(&batch) {
                let place = place.get_or_insert_with(|| key.place.to_owned());
                if key.place != *place || key.strategy == "do-nothing" {
                    continue;
                }
                let line = LineKey::new(
                    key.comparator,
                    key.outcome,
                    (key.group, key.payer),
                    &Unit::from(key.unit),
                    &key.price_base,
                    roles,
                );
                let Some((line, statistic)) = line.zip(Statistic::named(evaluated.statistic)) else { continue };
                let at = strategies.iter().position(|(id, _)| id == key.strategy).unwrap_or_else(|| {
                    let found = Found { place: place.clone(), lead: roles.lead().to_owned(), ..Found::default() };
                    strategies.push((key.strategy.to_owned(), found));
                    strategies.len() - 1
                });
                let years = strategies[at].1.lines.entry(line).or_default();
                years.entry(key.year.into_owned()).or_default().push((statistic, evaluated.estimate));
            }
        }
    }
    strategies
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{TABLES, read, strategies};
    use crate::report::{fixture, tables};

    /// What is compared, straight from findings, and by way of text.
    fn of(findings: &crate::appraisal::findings::Findings) -> Vec<(String, super::Found)> {
        let all: Vec<_> = tables(findings).into_iter().filter(|table| TABLES.contains(&table.file.as_str())).collect();
        let again: Vec<_> = all.iter().map(|table| read(&table.file, &table.csv()).unwrap()).collect();
        let [direct, again] = [strategies(&all, &findings.roles), strategies(&again, &findings.roles)];
        // By their words: where there is no number, none is equal to itself.
        assert_eq!(format!("{direct:?}"), format!("{again:?}"));
        again
    }

    #[test]
    fn tables_read_back_as_they_were_found() {
        let plans = of(&fixture::findings());
        assert_eq!(plans.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["kept", "raided"]);
        let spent = plans[0].1.lines.iter().find(|(key, _)| key.outcome == "programme-spending").unwrap().1;
        assert_eq!((spent.len(), spent["2025/26"][0].1.value), (5, 4e7));
        assert_eq!(plans[0].1.years().len(), 5);
    }

    #[test]
    fn several_places_are_read_together() {
        let plans = of(&fixture::two_places());
        assert_eq!((plans.len(), plans[1].1.place.as_str()), (2, "all places"));
        assert_eq!(plans[0].1.lines.values().next().unwrap()["2025/26"].len(), 6);
    }

    #[test]
    fn what_is_no_table_of_results_is_refused() {
        assert_eq!(read("money.csv", "a,b\n1,2\n").err().unwrap().message, "it has no column `place`");
        let money = tables(&fixture::findings()).swap_remove(2).csv();
        let wrong = read("money.csv", &money.replacen(",mean,", ",average,", 1)).err().unwrap();
        assert!(wrong.message.starts_with("`average` in row 1, column `statistic` is none of mean, p05,"), "{wrong:?}");
    }
}
