//! `--parquet`, in a program built with it: the rows of every table, cell by cell, and the same bytes each time.

use std::fs::{self, File};
use std::path::Path;

use parquet::basic::Type as Physical;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

use wellspring::table::parquet::ParquetWriter;
use wellspring::table::{Batch, Cells, Columns, ROWS_OF_A_BATCH, Spelling, Table, read as read_text};

use crate::transcript::{folder, wellspring};

const SCENARIO: &str = include_str!("../../examples/sir/sir.toml");
const MODEL: &str = include_str!("../../examples/sir/sir.mdl");

fn done(place: &Path, arguments: &[&str]) {
    let output = wellspring(place).args(arguments).arg("--quiet").output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

fn tables(place: &Path) -> Vec<String> {
    let names = fs::read_dir(place).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut stems: Vec<String> = names.filter_map(|name| name.strip_suffix(".csv").map(str::to_owned)).collect();
    stems.sort();
    stems
}

/// A table that was read back: its columns with what they hold, and its rows.
type ReadBack = (Vec<(String, Physical)>, Vec<Vec<Field>>);

fn read(path: &Path) -> ReadBack {
    let reader = SerializedFileReader::new(File::open(path).unwrap()).unwrap();
    let schema = reader.metadata().file_metadata().schema_descr();
    let columns = schema.columns().iter().map(|one| (one.name().to_owned(), one.physical_type())).collect();
    let rows = reader.get_row_iter(None).unwrap();
    let cells = |row: &parquet::record::Row| row.get_column_iter().map(|(_, cell)| cell.clone()).collect();
    (columns, rows.map(|row| cells(&row.unwrap())).collect())
}

/// Compares all tables of a folder with their twins; returns how many cells are numbers.
fn compare(place: &Path) -> usize {
    let mut numbers = 0;
    for stem in tables(place) {
        let mut text = csv::Reader::from_path(place.join(format!("{stem}.csv"))).unwrap();
        let (columns, rows) = read(&place.join(format!("{stem}.parquet")));
        let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(text.headers().unwrap(), names.as_slice(), "{stem}");
        let records: Vec<csv::StringRecord> = text.records().map(Result::unwrap).collect();
        assert!(records.len() == rows.len() && !rows.is_empty(), "{stem}");
        for (record, row) in records.iter().zip(&rows) {
            assert_eq!(record.len(), row.len(), "{stem}");
            for ((cell, field), (name, kind)) in record.iter().zip(row).zip(&columns) {
                let same = match field {
                    Field::Str(word) => *kind == Physical::BYTE_ARRAY && word == cell,
                    Field::Double(value) => cell.parse::<f64>().unwrap().to_bits() == value.to_bits(),
                    Field::Long(value) => *kind == Physical::INT64 && cell.parse() == Ok(*value),
                    Field::Bool(value) => *kind == Physical::BOOLEAN && cell == value.to_string(),
                    Field::Null => *kind != Physical::BYTE_ARRAY && cell.is_empty(),
                    _ => false,
                };
                assert!(same, "{stem}, {name}: `{cell}` is {field:?}");
                numbers += usize::from(matches!(field, Field::Double(_) | Field::Long(_)));
            }
        }
    }
    numbers
}

#[test]
fn parquet_of_a_sweep_has_the_rows_of_its_tables_and_is_the_same_in_parts() {
    let place = folder(&[("sir.toml", SCENARIO), ("sir.mdl", MODEL)]);
    let place = place.path();
    let sweep = ["sweep", "./sir.toml", "--draws", "70", "--keep-draws"];
    done(place, &[&sweep[..], &["--parquet", "--out", "whole", "--threads", "1"]].concat());
    assert!(tables(&place.join("whole")).len() > 7);
    assert!(compare(&place.join("whole")) > 3 * 15 * 70 * 4);
    let (columns, _) = read(&place.join("whole/draws.parquet"));
    let of = |wanted: &str| columns.iter().find(|(name, _)| name == wanted).unwrap().1;
    assert_eq!((of("draw"), of("value"), of("strategy")), (Physical::INT64, Physical::DOUBLE, Physical::BYTE_ARRAY));
    assert_eq!((of("Distancing"), of("Contact rate")), (Physical::DOUBLE, Physical::DOUBLE));

    done(place, &[&sweep[..], &["--shard", "1/2", "--out", "first"]].concat());
    done(place, &[&sweep[..], &["--shard", "2/2", "--out", "second"]].concat());
    done(place, &["merge", "second", "first", "--out", "joined", "--parquet"]);
    for stem in tables(&place.join("whole")) {
        let bytes = |folder: &str| fs::read(place.join(folder).join(format!("{stem}.parquet"))).unwrap();
        assert!(bytes("whole") == bytes("joined"), "{stem}");
    }
    // The folder is known to be wellspring's own, whatever it was asked for before.
    done(place, &[&sweep[..], &["--out", "whole"]].concat());
    assert!(!place.join("whole/sweep.parquet").exists());
}

#[test]
fn parquet_of_a_sweep_over_names_has_names() {
    let named = "\n[[sweep.over]]\nname = \"Start\"\nchoices = [\n  { name = \"at once\", levers = { Distancing = 0.4 } },\n  \
                 { name = \"never, they say\", levers = { Distancing = 0 } },\n]\n";
    let cut = SCENARIO.find("[[sweep.over]]").unwrap();
    let place = folder(&[("sir.toml", &format!("{}{named}", &SCENARIO[..cut])), ("sir.mdl", MODEL)]);
    done(place.path(), &["sweep", "./sir.toml", "--draws", "20", "--parquet", "--out", "named"]);
    compare(&place.path().join("named"));
    let (columns, rows) = read(&place.path().join("named/sweep.parquet"));
    let at = columns.iter().position(|(name, _)| name == "Start").unwrap();
    assert_eq!(rows.last().unwrap()[at], Field::Str("never, they say".to_owned()));
}

#[test]
fn parquet_of_a_sensitivity_analysis_has_the_rows_of_its_tables() {
    let place = folder(&[("sir.toml", SCENARIO), ("sir.mdl", MODEL)]);
    for (method, size) in [
        ("sobol", ["--base", "16"].as_slice()),
        ("morris", &["--trajectories", "4"]),
        ("stored", &["--draws", "60"]),
        ("tornado", &[]),
    ] {
        let arguments =
            [&["sensitivity", "./sir.toml", "--method", method, "--parquet", "--out", method], size].concat();
        done(place.path(), &arguments);
        let numbers = compare(&place.path().join(method));
        assert!(numbers > 10, "{method}: {numbers}");
        let points = place.path().join(method).join("inputs.parquet");
        assert_eq!(points.exists(), method != "tornado");
    }
}

/// A row with everything that a column can hold.
struct Row {
    name: String,
    draw: Option<i64>,
    value: f64,
    exact: f64,
    better: Option<bool>,
}

fn all_columns() -> Columns<'static, Row> {
    Columns::new()
        .same("unit", "GBP, nominal")
        .words("name", |row: &Row| &row.name)
        .whole("draw", |row| row.draw)
        .number("value", |row| row.value)
        .exact("exact", |row| row.exact)
        .truth("better", Spelling::YesNo, |row| row.better)
}

/// More rows than a group has, with numbers that are hard to write and names that are hard to quote among them.
fn all_rows() -> impl Iterator<Item = Row> {
    let names = ["Cash", "", "=1+1", "a \"b\", c", "two\nlines", "-0.5", "'quoted"];
    let numbers = [0.1 + 0.2, -0.0, 5e-324, f64::MAX, -1.0 / 3.0, f64::NAN, f64::INFINITY, 1e21, 123_456_789.125];
    (0..ROWS_OF_A_BATCH + 10).map(move |row| Row {
        name: names[row % names.len()].to_owned(),
        draw: [None, Some(i64::MIN), Some(i64::MAX), Some(row as i64)][row % 4],
        value: numbers[row % numbers.len()] / (1.0 + row as f64),
        exact: -((row % 3) as f64).sqrt(),
        better: [None, Some(true), Some(false)][row % 3],
    })
}

#[test]
fn parquet_and_comma_separated_values_hold_the_same_to_the_bit() {
    let table = Table::each("t.csv", all_columns(), all_rows);
    let place = folder(&[]);
    let written = |name: &str| {
        let path = place.path().join(name);
        let mut writer = ParquetWriter::begin(table.columns(), File::create(&path).unwrap()).unwrap();
        table.batches().for_each(|batch| writer.put(&batch).unwrap());
        writer.end().unwrap();
        path
    };
    let path = written("t.parquet");
    assert!(fs::read(&path).unwrap() == fs::read(written("again.parquet")).unwrap());
    let (columns, rows) = read(&path);
    let kinds: Vec<Physical> = columns.iter().map(|(_, kind)| *kind).collect();
    let (word, number) = (Physical::BYTE_ARRAY, Physical::DOUBLE);
    assert_eq!(kinds, [word, word, Physical::INT64, number, number, Physical::BOOLEAN]);
    let text = read_text("t.csv", table.columns().to_vec(), &table.csv()).unwrap();
    let batches: Vec<Batch> = text.batches().collect();
    assert_eq!((rows.len(), batches.len()), (ROWS_OF_A_BATCH + 10, 2));
    for (at, row) in rows.iter().enumerate() {
        let (batch, inside) = (&batches[at / ROWS_OF_A_BATCH], at % ROWS_OF_A_BATCH);
        for (found, cells) in row.iter().zip(batch.cells()) {
            let same = match (cells, found) {
                (Cells::Words(words), Field::Str(word)) => words.at(inside) == word,
                (Cells::Whole(cells), Field::Long(value)) => cells[inside] == Some(*value),
                (Cells::Whole(cells), Field::Null) => cells[inside].is_none(),
                (Cells::Numbers(cells), Field::Double(value)) => cells[inside].to_bits() == value.to_bits(),
                (Cells::Numbers(cells), Field::Null) => cells[inside].is_nan(),
                (Cells::Truth(cells), Field::Bool(value)) => cells[inside] == Some(*value),
                (Cells::Truth(cells), Field::Null) => cells[inside].is_none(),
                _ => false,
            };
            assert!(same, "row {at}: {found:?}");
        }
    }
}

#[test]
fn a_table_without_rows_is_written() {
    let table = Table::new("t.csv", all_columns(), Vec::new());
    let bytes = ParquetWriter::begin(table.columns(), Vec::new()).unwrap().end().unwrap();
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
}
