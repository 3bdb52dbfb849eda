//! A table in every form, against its rows.
#![allow(clippy::unwrap_used)]

use super::{Batch, Cells, Columns, ROWS_OF_A_BATCH, Spelling, Table, decimal, read};

/// A row with everything that a column can hold.
#[derive(Clone)]
struct Row {
    name: String,
    draw: Option<i64>,
    value: f64,
    exact: f64,
    better: Option<bool>,
}

fn columns() -> Columns<'static, Row> {
    Columns::new()
        .same("unit", "GBP, nominal")
        .words("name", |row: &Row| &row.name)
        .whole("draw", |row| row.draw)
        .number("=value", |row| row.value)
        .exact("exact", |row| row.exact)
        .truth("better", Spelling::YesNo, |row| row.better)
        .truth("resolved", Spelling::TrueFalse, |row| row.better)
}

/// Names that must be quoted or kept from being formulas, numbers that are hard to write, and nothing at all.
fn hard() -> Vec<Row> {
    let names = ["Cash", "", "=1+1", "a \"b\", c", "two\nlines", "-0.5", "'quoted", "@cmd", "\u{e9}\u{200d}"];
    let numbers = [0.1 + 0.2, -0.0, 5e-324, f64::MAX, -1.0 / 3.0, f64::NAN, f64::INFINITY, 1e21, 123_456_789.125];
    let row = |(index, (name, number)): (usize, (&str, f64))| Row {
        name: name.to_owned(),
        draw: [None, Some(i64::MIN), Some(i64::MAX), Some(0)][index % 4],
        value: number,
        exact: if number.is_finite() { number } else { -1e-300 },
        better: [None, Some(true), Some(false)][index % 3],
    };
    names.into_iter().zip(numbers).enumerate().map(row).collect()
}

/// More rows than are in memory at once.
fn long() -> impl Iterator<Item = Row> {
    (0..ROWS_OF_A_BATCH as i64 + 10).map(|draw| Row {
        name: format!("plan {}", draw % 7),
        draw: Some(draw),
        value: (draw as f64).sqrt(),
        exact: draw as f64,
        better: Some(draw % 2 == 0),
    })
}

/// Whether two tables hold the same: words by words, numbers by their bits, and nothing where nothing is.
fn same(one: &[Batch], other: &[Batch]) -> bool {
    let cells = |(one, other): (&Cells, &Cells)| match (one, other) {
        (Cells::Numbers(one), Cells::Numbers(other)) => one
            .iter()
            .zip(other)
            .all(|(one, other)| one.to_bits() == other.to_bits() || (one.is_nan() && other.is_nan())),
        (one, other) => one == other,
    };
    one.len() == other.len()
        && one
            .iter()
            .zip(other)
            .all(|(one, other)| one.rows() == other.rows() && one.cells().iter().zip(other.cells()).all(cells))
}

#[test]
fn a_table_is_written_as_people_and_spreadsheets_read_it() {
    let text = Table::new("t.csv", columns(), hard()).csv();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "unit,name,draw,'=value,exact,better,resolved");
    assert_eq!(lines[1], "\"GBP, nominal\",Cash,,0.30000000000000004,0.30000000000000004,,");
    // Zero has no sign but where it was computed with one.
    assert_eq!(lines[2], "\"GBP, nominal\",,-9223372036854775808,0,-0,yes,true");
    assert!(lines[3].starts_with("\"GBP, nominal\",'=1+1,9223372036854775807,0.000"));
    assert!(lines[4].starts_with("\"GBP, nominal\",\"a \"\"b\"\", c\",0,179769313486231570000"));
    assert!(text.contains(",-0.5,") && text.contains(",'@cmd,"));
    // What is not finite is no number.
    assert!(!text.contains("NaN") && !text.contains("inf"));
    assert_eq!((decimal(f64::NAN), decimal(-0.0), decimal(0.1)), (String::new(), "0".to_owned(), "0.1".to_owned()));
}

#[test]
fn the_comma_separated_form_reads_back_to_the_bit() {
    for table in [Table::new("t.csv", columns(), hard()), Table::each("t.csv", columns(), long)] {
        let batches: Vec<Batch> = table.batches().collect();
        let again = read("t.csv", columns().named(), &table.csv()).unwrap();
        assert!(same(&batches, &again.batches().collect::<Vec<_>>()));
        assert_eq!(table.csv(), again.csv());
    }
    assert_eq!(
        Table::each("t.csv", columns(), long).batches().map(|one| one.rows()).collect::<Vec<_>>(),
        [ROWS_OF_A_BATCH, 10]
    );
}

#[test]
fn columns_are_found_by_their_names() {
    let named = Columns::<Row>::new().words("name", |row| &row.name).number("value", |row| row.value).named();
    let table = read("t.csv", named.clone(), "value,note,'=x,name\r\n1.5,mine,,'=Cash\r\n,,,\r\n").unwrap();
    let batch = table.batches().next().unwrap();
    assert_eq!((batch.cells()[0].word(0), batch.cells()[1].number(0)), ("=Cash", 1.5));
    assert!(batch.cells()[0].word(1).is_empty() && batch.cells()[1].number(1).is_nan());
    let empty = read("t.csv", named, "name,value\n").unwrap();
    assert_eq!((empty.batches().count(), empty.csv().as_str()), (0, "name,value\n"));
}

#[test]
fn what_is_no_such_table_is_told_with_its_place() {
    let mut named = columns().named();
    named.retain(|column| column.name != "unit");
    named[0].only = vec!["Cash", "Social"];
    let head = "name,draw,=value,exact,better,resolved";
    let of = |text: &str| {
        let wrong = read("t.csv", named.clone(), text).err().unwrap();
        (wrong.message, text[wrong.range].to_owned())
    };
    let rows = |row: &str| of(&format!("{head}\r\nCash,1,2,3,yes,true\r\n{row}\r\n"));
    let wrong = |message: &str, cell: &str| (message.to_owned(), cell.to_owned());
    assert_eq!(rows("Cash,1,many,3,,"), wrong("`many` in row 2, column `=value` is no number", "many"));
    assert_eq!(rows("Cash,1,inf,3,,"), wrong("`inf` in row 2, column `=value` cannot be computed with", "inf"));
    assert_eq!(rows("Cash,\"1,5\",2,3,,"), wrong("`1,5` in row 2, column `draw` is no whole number", "\"1,5\""));
    assert_eq!(rows("Cash,1,2,3,maybe,"), wrong("`maybe` in row 2, column `better` is neither yes nor no", "maybe"));
    assert_eq!(rows("Cash,1,2,3,,yes"), wrong("`yes` in row 2, column `resolved` is neither true nor false", "yes"));
    assert_eq!(rows("Crash,1,2,3,,"), wrong("`Crash` in row 2, column `name` is none of Cash, Social", "Crash"));
    assert_eq!(rows("Cash,1"), wrong("row 2 has 2 cells, and the first line has 6", "Cash,1"));
    assert_eq!(of("name,draw\nCash,1\n"), wrong("it has no column `=value`", "name,draw"));
    let twice = format!("{head},draw\n");
    assert_eq!(of(&twice), wrong("it has two columns `draw`", twice.trim_end()));
}

#[test]
fn objects_have_the_names_of_the_columns_and_null_for_what_is_not_known() {
    let rows = hard().into_iter().skip(4).take(2).collect();
    let wrong = serde_json::to_value(Table::new("t.csv", columns(), rows).objects()).unwrap();
    assert_eq!(
        wrong,
        serde_json::json!([
            { "unit": "GBP, nominal", "name": "two\nlines", "draw": null, "=value": -1.0 / 3.0, "exact": -1.0 / 3.0,
              "better": true, "resolved": true },
            { "unit": "GBP, nominal", "name": "-0.5", "draw": i64::MIN, "=value": null, "exact": -1e-300,
              "better": false, "resolved": false },
        ])
    );
}
