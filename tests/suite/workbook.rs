//! `plan.xlsx`: its numbers are those of the tables, its totals are formulas, and a spreadsheet comes to the same.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use calamine::{Data, Range, Reader, Xlsx, open_workbook_from_rs};
use resvg::usvg::roxmltree;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::transcript::{folder, wellspring};

/// A study's folder, run once for all tests.
fn results() -> &'static Path {
    static RESULTS: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = RESULTS.get_or_init(|| {
        let place = folder(&[]);
        let arguments = ["run", "one-per-cent", "--draws", "4", "--out", "study", "--quiet"];
        let output = wellspring(place.path()).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let path = place.path().join("study");
        (place, path)
    });
    path
}

fn plan() -> Vec<u8> {
    fs::read(results().join("plan.xlsx")).unwrap()
}

fn sheets(bytes: &[u8]) -> Vec<(String, Range<Data>)> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes.to_vec())).unwrap();
    book.sheet_names().into_iter().map(|name| (name.clone(), book.worksheet_range(&name).unwrap())).collect()
}

fn sheet(bytes: &[u8], name: &str) -> Range<Data> {
    sheets(bytes).into_iter().find(|(known, _)| known == name).unwrap().1
}

fn text(range: &Range<Data>, row: u32, column: u32) -> String {
    range.get_value((row, column)).map(ToString::to_string).unwrap_or_default()
}

fn number(range: &Range<Data>, row: u32, column: u32) -> Option<f64> {
    match range.get_value((row, column)) {
        Some(Data::Float(value)) => Some(*value),
        Some(Data::Int(value)) => Some(*value as f64),
        _ => None,
    }
}

fn last_row(range: &Range<Data>) -> u32 {
    range.end().unwrap().0
}

/// The values of a table by place, strategy, comparator, outcome, group, payer, year, price base and statistic.
fn table(file: &str) -> BTreeMap<Vec<String>, f64> {
    let mut reader = csv::Reader::from_path(results().join(file)).unwrap();
    let rows = reader.records().map(Result::unwrap).filter_map(|row| {
        let key = [0, 1, 2, 3, 4, 5, 6, 8, 9].map(|column| row[column].to_owned()).to_vec();
        row[10].parse().ok().map(|value: f64| (key, value))
    });
    rows.collect()
}

fn key(parts: [&str; 9]) -> Vec<String> {
    parts.map(str::to_owned).to_vec()
}

#[test]
fn numbers_are_those_of_the_tables() {
    let tables: BTreeMap<_, _> =
        ["money.csv", "payback.csv", "health.csv", "system.csv"].into_iter().flat_map(table).collect();
    let numbers = sheet(&plan(), "Numbers");
    let mut compared = 0;
    for row in 4..=last_row(&numbers) {
        let words: Vec<String> = (0..8).map(|column| text(&numbers, row, column)).collect();
        for column in 8..18 {
            let year = text(&numbers, 3, column);
            let [place, strategy, comparator, outcome, group, payer, _, base] = &words[..] else { unreachable!() };
            let key = key([place, strategy, comparator, outcome, group, payer, &year, base, "mean"]);
            assert_eq!(number(&numbers, row, column), tables.get(&key).copied(), "{key:?}");
            compared += 1;
        }
    }
    assert!(compared > 3_000, "only {compared} numbers were compared");
}

#[test]
fn bands_and_chances_are_those_of_payback() {
    let (payback, bands) = (table("payback.csv"), sheet(&plan(), "Bands"));
    let names = names_of_strategies();
    for row in 4..=last_row(&bands) {
        let strategy = &names[&text(&bands, row, 0)];
        let perspective = match text(&bands, row, 1).as_str() {
            "Cash of NHS and councils" => "cash",
            "Whole public purse" => "fiscal",
            _ => "social",
        };
        let (base, year) = (text(&bands, row, 2), text(&bands, row, 3));
        let of = |outcome: &str, base: &str, statistic: &str| {
            let place = "lancashire-south-cumbria";
            let key = key([place, strategy, "twin", outcome, perspective, "", &year, base, statistic]);
            payback.get(&key).copied()
        };
        for (column, statistic) in [(5, "p05"), (6, "p25"), (7, "median"), (8, "p75"), (9, "p95"), (10, "mean")] {
            assert_eq!(number(&bands, row, column), of("cumulative-net", &base, statistic), "row {row}, {statistic}");
        }
        assert_eq!(number(&bands, row, 11), of("payback-by-year", "", "probability"), "row {row}");
    }
    assert_eq!(last_row(&bands), 3 + 5 * 3 * 10);
}

/// Strategies' ids by their names, from the sheet of the plan's sheets.
fn names_of_strategies() -> BTreeMap<String, String> {
    sheets(&plan())
        .into_iter()
        .filter(|(name, _)| name.starts_with("Plan "))
        .map(|(name, range)| (text(&range, 0, 0), name[7..].to_owned()))
        .collect()
}

/// The rows of a sheet whose first cell reads so.
fn rows(range: &Range<Data>, label: &str) -> Vec<u32> {
    (0..=last_row(range)).filter(|row| text(range, *row, 0) == label).collect()
}

#[test]
fn the_plan_agrees_with_the_model_and_its_measures() {
    let (bytes, summary) = (plan(), table("summary.csv"));
    for (name, range) in sheets(&bytes).into_iter().filter(|(name, _)| name.starts_with("Plan ")) {
        let check = (0..=last_row(&range)).find(|row| text(&range, *row, 0).starts_with("Check: ")).unwrap();
        for row in check + 1..=check + 3 {
            for column in 1..14 {
                let difference = number(&range, row, column).unwrap();
                assert!(difference.abs() < 0.01, "{name}, row {row}: {difference}");
            }
        }
        let value = |outcome: &str, group: &str, base: &str| {
            let place = "lancashire-south-cumbria";
            summary[&key([place, &name[7..], "twin", outcome, group, "", "", base, "mean"])]
        };
        let close = |label: &str, expected: f64| {
            let row = rows(&range, label)[0];
            let found = number(&range, row, 13).unwrap();
            assert!((found - expected).abs() < 0.01, "{name}, {label}: {found} instead of {expected}");
        };
        close("Net position: cash of NHS and councils", value("net-at-horizon", "cash", "nominal"));
        close("Net position: whole public purse", value("net-at-horizon", "fiscal", "nominal"));
        for (id, label) in [("cash", "cash of NHS and councils"), ("social", "society, with QALYs")] {
            let label = format!("Present value: {label}, 2024/25 prices");
            close(&label, value("net-present-value", id, "real_2024_25"));
        }
        close("QALYs gained", value("total-qalys-gained", "", ""));
    }
}

#[test]
fn totals_are_formulas_that_go_back_to_numbers_and_inputs() {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(plan())).unwrap();
    let (values, formulas) =
        (book.worksheet_range("Plan 1 base-cut").unwrap(), book.worksheet_formula("Plan 1 base-cut").unwrap());
    let formula = |row: u32, column: u32| formulas.get_value((row, column)).cloned().unwrap_or_default();
    let spending = rows(&values, "Spending on prevention");
    assert!(formula(spending[0], 1).starts_with("SUM(B"), "{}", formula(spending[0], 1));
    let programme = (0..spending[0]).rev().find(|row| text(&values, *row, 0).starts_with("H01")).unwrap();
    assert!(formula(programme, 1).starts_with("Numbers!"), "{}", formula(programme, 1));
    let nominal = (spending[0]..spending[1]).rev().find(|row| text(&values, *row, 0).starts_with("H01")).unwrap();
    let deflated = format!("B{}*Inputs!$D$16", programme + 1);
    assert_eq!(formula(nominal, 1), deflated);
    let net = rows(&values, "Net position: cash of NHS and councils");
    assert!(formula(net[0], 1).starts_with("IF(Price_base=\"nominal\","), "{}", formula(net[0], 1));
    assert!(formula(net[0], 11).starts_with("SUM(B"), "{}", formula(net[0], 11));
    for label in ["Cost of the plan", "Cash released, all payers", "Present value: whole public purse"] {
        for row in rows(&values, label) {
            assert!((1..14).all(|column| !formula(row, column).is_empty()), "{label}");
        }
    }
    let names: Vec<&str> = book.defined_names().iter().map(|(name, _)| name.as_str()).collect();
    for name in ["Price_base", "Discount_rate_money", "Discount_rate_health", "Cashable_share", "QALY_value"] {
        assert!(names.contains(&name), "{name} is not among {names:?}");
    }
}

#[test]
fn every_part_is_well_formed_and_no_cell_holds_an_error() {
    let bytes = plan();
    let mut archive = ZipArchive::new(Cursor::new(&bytes)).unwrap();
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        assert!(roxmltree::Document::parse(&text).is_ok(), "{:?} is no XML", part.name());
    }
    for (name, range) in sheets(&bytes) {
        assert!(name.chars().count() <= 31, "{name}");
        for (row, column, cell) in range.used_cells() {
            assert!(!matches!(cell, Data::Error(_)), "{name}, row {row}, column {column}: {cell}");
            assert!(!cell.to_string().contains("NaN"), "{name}, row {row}, column {column}: {cell}");
        }
    }
    assert!(bytes.len() < 1_000_000, "{} bytes", bytes.len());
}

/// Workbooks as LibreOffice reckons them anew, in one go; nothing where there is none.
///
/// Where `WELLSPRING_PEERS` is set, as continuous integration sets it, a missing LibreOffice is a failure.
fn recalculated(books: &[Vec<u8>]) -> Option<Vec<Vec<u8>>> {
    let work = tempfile::tempdir().unwrap();
    let user = work.path().join("profile/user");
    fs::create_dir_all(&user).unwrap();
    // LibreOffice is told to reckon every formula when it opens a file, and not to believe the results in it.
    let always = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<oor:items xmlns:oor=\"http://openoffice.org/2001/registry\">\
        <item oor:path=\"/org.openoffice.Office.Calc/Formula/Load\"><prop oor:name=\"OOXMLRecalcMode\" oor:op=\"fuse\">\
        <value>0</value></prop></item></oor:items>";
    fs::write(user.join("registrymodifications.xcu"), always).unwrap();
    let names: Vec<String> = (0..books.len()).map(|number| format!("plan-{number}.xlsx")).collect();
    for (name, bytes) in names.iter().zip(books) {
        fs::write(work.path().join(name), bytes).unwrap();
    }
    let profile = format!("-env:UserInstallation=file://{}", work.path().join("profile").display());
    let mut command = Command::new("soffice");
    command.args([&profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", "new"]);
    let Ok(output) = command.args(&names).current_dir(work.path()).output() else {
        assert!(std::env::var_os("WELLSPRING_PEERS").is_none(), "LibreOffice is wanted, and there is no `soffice`");
        eprintln!("LibreOffice is not here (soffice), so that nothing is reckoned anew");
        return None;
    };
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let read = |name: &String| {
        fs::read(work.path().join("new").join(name)).unwrap_or_else(|_| panic!("LibreOffice made nothing: {said}"))
    };
    Some(names.iter().map(read).collect())
}

#[test]
fn a_spreadsheet_computes_the_same() {
    let bytes = plan();
    let Some(anew) = recalculated(std::slice::from_ref(&bytes)).map(|mut books| books.remove(0)) else { return };
    let new: BTreeMap<String, Range<Data>> = sheets(&anew).into_iter().collect();
    let mut compared = 0;
    for (name, range) in sheets(&bytes) {
        for row in 0..=last_row(&range) {
            for column in 0..=range.end().unwrap().1 {
                let Some(ours) = number(&range, row, column) else { continue };
                let theirs = number(&new[&name], row, column).unwrap_or(f64::NAN);
                // A net position is a small difference of large sums, hence a part of a penny beside a part of the number.
                let near = (ours - theirs).abs() <= 1e-4f64.max(1e-12 * ours.abs());
                assert!(near, "{name}, row {}, column {column}: {theirs} instead of {ours}", row + 1);
                compared += 1;
            }
        }
    }
    assert!(compared > 10_000, "only {compared} numbers were compared");
}

/// The workbook with a text of one of its parts replaced; the text must be there once.
fn edited(bytes: &[u8], part: &str, old: &str, new: &str) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        if name == part {
            assert_eq!(text.matches(old).count(), 1, "{part} should have `{old}` once");
            text = text.replace(old, new);
        }
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The workbook with another number or word in a cell of the second column of Inputs.
fn with_input(bytes: &[u8], row: u32, new: &str) -> Vec<u8> {
    const PART: &str = "xl/worksheets/sheet2.xml";
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut inputs = String::new();
    archive.by_name(PART).unwrap().read_to_string(&mut inputs).unwrap();
    let from = inputs.find(&format!("<c r=\"B{row}\"")).unwrap();
    let cell = &inputs[from..from + inputs[from..].find("</c>").unwrap()];
    let style = &cell[cell.find(" s=").unwrap()..cell.find('>').unwrap()];
    let style = style.replace(" t=\"s\"", "");
    let changed = if new.parse::<f64>().is_ok() {
        format!("<c r=\"B{row}\"{style}><v>{new}</v>")
    } else {
        format!("<c r=\"B{row}\"{style} t=\"inlineStr\"><is><t>{new}</t></is>")
    };
    edited(bytes, PART, cell, &changed)
}

/// Rows of Inputs as spreadsheets count them.
const PRICE_BASE: u32 = 5;
const MONEY_RATE: u32 = 6;
const HEALTH_RATE: u32 = 7;
const CASHABLE: u32 = 8;
const QALY: u32 = 9;
/// The index of prices of the base year stands in row 15, of plan year 3 in row 18.
const YEAR_3: u32 = 18;

#[test]
fn what_is_changed_on_inputs_changes_what_inputs_say() {
    let bytes = plan();
    let cases = [
        (PRICE_BASE, "real 2024/25"),
        (MONEY_RATE, "0.1"),
        (HEALTH_RATE, "0.05"),
        (CASHABLE, "0.4"),
        (QALY, "25000"),
        (YEAR_3, "150"),
    ];
    let mut books = vec![bytes.clone()];
    books.extend(cases.iter().map(|(row, new)| with_input(&bytes, *row, new)));
    let Some(anew) = recalculated(&books) else { return };
    let name = "Plan 1 base-cut";
    let at = |book: usize, of: &str| sheet(&anew[book], of);
    let total = |range: &Range<Data>, label: &str, block: usize| {
        let found = rows(range, label);
        assert!(found.len() > block, "{label} stands {} times", found.len());
        number(range, found[block], 13).unwrap()
    };
    // What the summary of a plan and the comparison tell, label by label, over the whole horizon.
    let (before, compare) = (at(0, name), at(0, "Compare"));
    let net = "Net position: cash of NHS and councils";
    let present = "Present value: cash of NHS and councils, 2024/25 prices";
    let social = "Present value: society, with QALYs, 2024/25 prices";
    let moved = |book: usize, label: &str| {
        let (old, new) = (total(&before, label, 0), total(&at(book, name), label, 0));
        let row = |range: &Range<Data>| rows(range, label)[0] + 1;
        let (old_compared, new_compared) =
            (number(&compare, row(&compare), 3).unwrap(), number(&at(book, "Compare"), row(&compare), 3).unwrap());
        assert_eq!((old, new), (old_compared, new_compared), "Compare tells {label} as the plan does");
        (old - new).abs() > 1.0
    };
    //                 net,   present, social
    let expected = [
        (PRICE_BASE, [true, false, false]),
        (MONEY_RATE, [false, true, true]),
        (HEALTH_RATE, [false, false, true]),
        (CASHABLE, [true, true, false]),
        (QALY, [false, false, true]),
        (YEAR_3, [true, false, false]),
    ];
    for (place, (row, expected)) in expected.into_iter().enumerate() {
        let found = [net, present, social].map(|label| moved(place + 1, label));
        assert_eq!(found, expected, "row {row} of Inputs");
        let differs = if row == PRICE_BASE { "Inputs are as the study ran." } else { "Inputs were changed: " };
        for (of, line) in [("Cover", 2), (name, 2), ("Compare", 3), ("Charts", 2)] {
            let said = text(&at(place + 1, of), line, 0);
            assert!(said.starts_with(differs), "row {row} of Inputs, sheet {of}: {said}");
        }
    }
    // By hand: 40 % of the capacity released counts as cash, in the net position and in the columns of the chart.
    let capacity = total(&before, "Capacity released, all services", 1);
    let (old, new) = (total(&before, net, 0), total(&at(4, name), net, 0));
    assert!((new - old - 0.4 * capacity).abs() < 0.01, "{old} and 40 % of {capacity} are not {new}");
    let counted = "Capacity that you count as cash (cashable share of Inputs)";
    assert!((total(&at(4, name), counted, 2) - 0.4 * capacity).abs() < 0.01);
    assert_eq!(total(&before, counted, 2), 0.0);
    // By hand: at 10 % a year, plan year k counts 1.1^(1 - k) of its real money.
    let range = at(2, name);
    let (real, discounted) = (rows(&range, net)[1], rows(&range, "Present value: cash of NHS and councils")[0]);
    for year in 1..=10u32 {
        let expected = number(&range, real, year).unwrap() / 1.1f64.powi(year as i32 - 1);
        let found = number(&range, discounted, year).unwrap();
        assert!((found - expected).abs() < 1e-3, "year {year}: {found} instead of {expected}");
    }
    // By hand: with prices of plan year 3 at 150, its money of the year is its real money times 150 over the base's index.
    let range = at(6, name);
    let base = number(&at(6, "Inputs"), 14, 1).unwrap();
    let spent = rows(&range, "Cost of the plan");
    let (real, nominal) = (number(&range, spent[1], 3).unwrap(), number(&range, spent[2], 3).unwrap());
    assert!((nominal - real * 150.0 / base).abs() < 1e-3, "{nominal} is not {real} times 150 over {base}");
}
