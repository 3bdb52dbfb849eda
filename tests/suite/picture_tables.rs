//! Every table behind every picture of every shipped scenario, against the tidy tables, by key: strategy, year, statistic and all
//! else that a row is of; and what the words around each number must say of it.

use std::collections::BTreeMap;

use wellspring::appraisal::findings::Findings;
use wellspring::appraisal::statistic::Statistic;
use wellspring::quantity::FinancialYear;
use wellspring::report;
use wellspring::report::figure::{Cell, Figure, Numbers, RowKey, behind};
use wellspring::words;

use crate::support::{Ran, every_scenario};

/// Place, strategy, comparator, outcome, group, payer, year, price base and statistic of a row, as the tables write them.
type Key = [String; 9];

/// Every number of the tidy tables. A key that stands in two tables has one value.
fn tidy(found: &Findings) -> BTreeMap<Key, f64> {
    let mut all = BTreeMap::new();
    for table in report::tables(found).iter().filter(|table| !["faults.csv", "ranking.csv"].contains(&&*table.file)) {
        for row in csv::Reader::from_reader(table.csv().as_bytes()).into_records() {
            let row = row.unwrap();
            let Ok(value) = row[10].parse::<f64>() else { continue };
            let key = [0, 1, 2, 3, 4, 5, 6, 8, 9].map(|column| row[column].to_owned());
            let known = all.insert(key.clone(), value);
            assert!(known.is_none_or(|known| known == value), "{}: two values of {key:?}", table.file);
        }
    }
    all
}

fn key(row: &RowKey, statistic: Statistic) -> Key {
    let RowKey { place, strategy, comparator, outcome, group, payer, year, price_base } = row;
    // The shipped model's real prices are those of 2024/25.
    let base = price_base.name(FinancialYear::beginning(2024));
    let texts = [place, strategy, comparator.name(), outcome, group, payer, year, &base, statistic.name()];
    texts.map(str::to_owned)
}

/// Every picture by its name, with the tables behind it.
fn tables(ran: &Ran) -> Vec<(String, Figure, Vec<Numbers>)> {
    let figures = report::figures(&ran.findings);
    assert!(figures.len() >= 9, "{}", ran.name);
    let named = figures.into_iter().map(|(name, figure)| {
        let tables = behind(&figure);
        (format!("{}, {name}", ran.name), figure, tables)
    });
    named.collect()
}

/// Every number of a table, with where it stands.
fn cells(table: &Numbers) -> impl Iterator<Item = (&str, &str, &Cell)> {
    table.rows.iter().flat_map(|(row, cells)| {
        let filled = table.columns.iter().zip(cells).filter(|(_, cell)| !cell.numbers.is_empty());
        filled.map(move |(column, cell)| (row.as_str(), column.as_str(), cell))
    })
}

#[test]
fn every_number_behind_a_picture_is_that_of_the_tidy_tables_by_key() {
    for ran in every_scenario() {
        let tidy = tidy(&ran.findings);
        let mut seen = 0;
        for (name, _, tables) in tables(ran) {
            for table in &tables {
                let numbers = cells(table).flat_map(|(_, _, cell)| &cell.numbers);
                let largest = numbers.fold(0.0, |largest: f64, number| largest.max(number.abs()));
                for (row, column, cell) in cells(table) {
                    let at = format!("{name}, {}: {row}, {column}", table.panel);
                    assert!(!cell.rows.is_empty(), "{at}: of no tidy table");
                    assert_eq!(cell.numbers.len(), cell.statistics.len(), "{at}");
                    for (number, statistic) in cell.numbers.iter().zip(&cell.statistics) {
                        let values = cell.rows.iter().map(|term| {
                            let key = key(&term.row, *statistic);
                            term.sign * tidy.get(&key).unwrap_or_else(|| panic!("{at}: no row {key:?}"))
                        });
                        let (sum, size) =
                            values.fold((0.0, 0.0), |(sum, size), value: f64| (sum + value, size + value.abs()));
                        // One row is its number to the bit; sums may be rounded in another order, and a bar that begins
                        // where others end is known to the last digit of those.
                        let room = if cell.rows.len() == 1 { 0.0 } else { 1e-9 * size + 1e-12 * largest };
                        assert!((number - sum).abs() <= room, "{at}: {number} drawn, {sum} in the tables");
                        seen += 1;
                    }
                }
            }
        }
        assert!(seen > 100, "{}: {seen} numbers", ran.name);
    }
}

/// What a number's words must say, each in one of several ways: of the strategy, the year, the perspective and so on.
fn to_be_said(found: &Findings, along: &str, cell: &Cell) -> Vec<Vec<String>> {
    let mut said = Vec::new();
    let one = |of: fn(&RowKey) -> &String| {
        let first = of(&cell.rows[0].row);
        (!first.is_empty() && cell.rows.iter().all(|term| of(&term.row) == first)).then_some(first)
    };
    if let Some(id) = one(|row| &row.strategy) {
        let label = found.strategies.iter().find(|label| label.id == *id);
        said.push(vec![label.map_or("Do nothing", |label| &label.name).to_owned()]);
    }
    // Sums over all years are said to be over so many years, which the subtitle of each such picture is tested for below.
    if let Some(year) = one(|row| &row.year) {
        said.push(vec![if along == "Year" { format!("row:{year}") } else { year.clone() }]);
    }
    if let Some(payer) = one(|row| &row.payer) {
        said.push(vec![words::payer(payer)]);
    }
    if let Some(group) = one(|row| &row.group) {
        let perspective = found.perspectives.iter().find(|label| label.id == *group);
        let programme = found.programmes.iter().find(|(id, _, _)| id == group);
        said.push(match (perspective, programme) {
            (Some(label), _) => vec![label.id.clone(), label.name.clone()],
            (None, Some((_, _, domain))) => vec![domain.replace('-', " ")],
            // A demand is called by its need, where what happens of it is told beside it.
            _ => {
                let need = found.needs.iter().find(|need| need.service == *group).map(|need| need.name.clone());
                std::iter::once(group.clone()).chain(need).collect()
            }
        });
    }
    if let Some(place) = one(|row| &row.place) {
        let own = found.places.iter().find(|own| own.place_id == *place);
        said.push(vec![own.unwrap_or(found).place.clone(), "All places".to_owned()]);
    }
    if let Some(outcome) = one(|row| &row.outcome) {
        let word = match outcome.as_str() {
            "demand" => "demand",
            "demand-change" => "change",
            "cumulative-net" | "net-at-horizon" => "net",
            "payback-by-year" => "paid back",
            "net-qalys-per-1000" => "gained less lost",
            "lifetime-qalys-gained" | "total-qalys-gained" | "qalys-gained-per-1000" => "gained",
            "lifetime-qalys-displaced" | "total-qalys-displaced" | "qalys-displaced-per-1000" => "lost",
            "programme-spending" => "spen",
            "underspend" => "could not be spent",
            "raided" => "taken back",
            "money-offered" => "moved",
            "service-cost" => "sav",
            other if other.ends_with("-change") => "change",
            other => other,
        };
        // A step of a waterfall is named after the payer.
        if cell.rows[0].sign > 0.0 {
            said.push(vec![word.to_owned()]);
        }
    }
    said
}

#[test]
fn the_words_around_a_number_say_what_it_is_of() {
    for ran in every_scenario() {
        let found = &ran.findings;
        for (name, figure, tables) in tables(ran) {
            for table in &tables {
                for (row, column, cell) in cells(table) {
                    let around = [row, column, &table.panel, &table.unit, &figure.subtitle].join(" | ").to_lowercase();
                    for ways in to_be_said(found, &table.along, cell) {
                        let said = ways.iter().any(|way| match way.strip_prefix("row:") {
                            Some(year) => row == year,
                            None => around.contains(&way.to_lowercase()),
                        });
                        assert!(said, "{name}: {ways:?} is not in `{around}`");
                    }
                    let statistic = match cell.statistics[0] {
                        Statistic::Mean => "mean",
                        Statistic::Probability => "share of draws",
                        _ => "median",
                    };
                    let ends = match cell.statistics.get(1) {
                        None => "",
                        Some(Statistic::P25) => " (50% of draws)",
                        Some(_) => " (90% of draws)",
                    };
                    assert!(
                        column.ends_with(&format!("{statistic}{ends}")),
                        "{name}: {column} of {:?}",
                        cell.statistics
                    );
                }
            }
        }
    }
}

/// Columns of one table differ in what they are of, and two numbers of one table never stand for the same.
#[test]
fn no_two_columns_of_a_table_are_called_alike() {
    for ran in every_scenario() {
        for (name, _, tables) in tables(ran) {
            for table in &tables {
                let mut columns = table.columns.clone();
                columns.sort();
                columns.dedup();
                assert_eq!(columns.len(), table.columns.len(), "{name}, {}: {:?}", table.panel, table.columns);
            }
        }
    }
}

#[test]
fn every_picture_names_its_strategy_and_its_statistic() {
    for ran in every_scenario() {
        for (name, figure, tables) in tables(ran) {
            let around = format!("{} | {}", figure.title, figure.subtitle);
            let cells: Vec<&Cell> = tables.iter().flat_map(|table| cells(table).map(|(_, _, cell)| cell)).collect();
            let rows = cells.iter().flat_map(|cell| &cell.rows).map(|term| &term.row);
            let mut strategies: Vec<&str> =
                rows.map(|row| row.strategy.as_str()).filter(|id| *id != "do-nothing").collect();
            strategies.sort_unstable();
            strategies.dedup();
            if let [only] = strategies.as_slice() {
                let label = ran.findings.strategies.iter().find(|label| label.id == **only).unwrap();
                let named = around.contains(&label.name) || ran.findings.strategies.len() == 1;
                assert!(named, "{name}: {} is not in `{around}`", label.name);
            }
            for cell in cells {
                let word = match cell.statistics[0] {
                    Statistic::Mean => "mean",
                    Statistic::Probability => "share of draws",
                    _ => "median",
                };
                assert!(around.contains(word), "{name}: no {word} in `{around}`");
            }
        }
    }
}

/// What is moved, left over and taken back, as the title of the picture of money says it, from money.csv.
#[test]
fn the_title_of_the_money_is_that_of_money_csv() {
    for ran in every_scenario() {
        let found = &ran.findings;
        let tidy = tidy(found);
        let moved_id = &found.plan_money.as_ref().unwrap().moved;
        let whole = |strategy: &str, outcome: &str| -> f64 {
            let of = [&*found.place_id, strategy, "none", outcome, "", ""];
            let rows = tidy.iter().filter(|(key, _)| {
                key[..6].iter().zip(of).all(|(own, asked)| own == asked) && key[7] == "nominal" && key[8] == "mean"
            });
            rows.map(|(_, value)| value).sum()
        };
        let (_, figure) = report::figures(found).into_iter().find(|(name, _)| name == "money").unwrap();
        let starts = |label: &&wellspring::appraisal::findings::StrategyLabel| {
            let moved = whole(&label.id, moved_id);
            let left = words::chance(whole(&label.id, "underspend") / moved);
            figure.title.starts_with(&format!("Of {} moved in ", words::pounds(moved)))
                && figure.title.contains(&format!("under “{}”, {left} cannot be spent", label.name))
        };
        let told = found.strategies.iter().find(starts).unwrap_or_else(|| panic!("{}: {}", ran.name, figure.title));
        let most = found.strategies.iter().map(|label| whole(&label.id, moved_id)).fold(0.0, f64::max);
        assert_eq!(words::pounds(whole(&told.id, moved_id)), words::pounds(most), "{}", ran.name);
    }
}

/// What a table says of a place under a strategy in the last year: the need, and what happens of it.
fn last_changes(tidy: &BTreeMap<Key, f64>, found: &Findings, place: &str, strategy: &str) -> [f64; 2] {
    [("demand-change", "Emergency admissions"), ("admissions-change", "")].map(|(outcome, group)| {
        let year = found.year_label(found.horizon);
        let key = [place, strategy, "twin", outcome, group, "", &year, "", "median"].map(str::to_owned);
        *tidy.get(&key).unwrap_or_else(|| panic!("no row {key:?}"))
    })
}

/// Need is not use: whatever is told of places tells both, each of every place, by key.
#[test]
fn of_several_places_need_and_what_happens_stand_side_by_side() {
    let mut several = 0;
    for ran in every_scenario().iter().filter(|ran| !ran.findings.places.is_empty()) {
        let found = &ran.findings;
        let tidy = tidy(found);
        let all: Vec<&Findings> = found.places.iter().chain([found]).collect();
        for (name, places) in [("places", &all[..]), ("places-by-year", &all[..all.len() - 1])] {
            let (_, figure) = report::figures(found).into_iter().find(|(known, _)| known == name).unwrap();
            let mut drawn: Vec<(String, String, String)> = Vec::new();
            for table in behind(&figure) {
                for (row, column, cell) in cells(&table) {
                    let RowKey { place, strategy, outcome, year, .. } = &cell.rows[0].row;
                    let called = match outcome.as_str() {
                        "demand-change" => "need for emergency admission",
                        "admissions-change" => "emergency admissions that happen",
                        other => panic!("{other} in {name}"),
                    };
                    // The words nearest to the number say which of the two it is.
                    let around = format!("{column} | {}", table.unit).to_lowercase();
                    assert!(around.contains(called), "{}, {name}: {row}: no {called} in {around}", ran.name);
                    if *year == found.year_label(found.horizon) {
                        drawn.push((place.clone(), strategy.clone(), outcome.clone()));
                    }
                }
            }
            drawn.sort();
            let ids = found.strategies.iter().map(|label| &label.id);
            let mut wanted: Vec<(String, String, String)> = ids
                .flat_map(|id| places.iter().map(move |place| (place.place_id.clone(), id.clone())))
                .flat_map(|(place, id)| {
                    ["admissions-change", "demand-change"].map(|one| (place.clone(), id.clone(), one.to_owned()))
                })
                .collect();
            wanted.sort();
            assert_eq!(drawn, wanted, "{}, {name}", ran.name);
        }

        let (_, figure) = report::figures(found).into_iter().find(|(known, _)| known == "places").unwrap();
        let first = &found.strategies[0].id;
        for (nth, called) in ["need for emergency admission", "emergency admissions that happen"].iter().enumerate() {
            let by_place = |place: &&Findings| last_changes(&tidy, found, &place.place_id, first)[nth];
            let changes: Vec<f64> = found.places.iter().map(|place| by_place(&place)).collect();
            let most = changes.iter().copied().fold(f64::INFINITY, f64::min);
            let said = format!("{called} {} in ", words::lower(most));
            assert!(figure.title.contains(&said), "{}: {said} is not in {}", ran.name, figure.title);
        }
        let shown = report::terminal_table(found);
        let rows: Vec<&str> = shown.lines().skip_while(|line| !line.starts_with("By place over")).collect();
        for place in &all {
            let name = if place.places.is_empty() { &place.place } else { "All places" };
            let row = rows.iter().find(|row| row.starts_with(name)).unwrap_or_else(|| panic!("no {name} in {shown}"));
            let told: Vec<&str> = row[name.len()..].split_whitespace().collect();
            let changes = last_changes(&tidy, found, &place.place_id, first).map(words::signed_percent);
            assert_eq!(told[2..4], changes, "{}: {row}", ran.name);
        }
        several += 1;
    }
    assert!(several > 0);
}
