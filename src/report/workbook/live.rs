//! A formula beside the number that it comes to, so that a reader without a calculator sees what a calculator would.

use rust_xlsxwriter::{Formula, row_col_to_cell, row_col_to_cell_absolute};

/// A formula and its result. Text and number are always made together, by the same step.
#[derive(Debug, Clone, PartialEq)]
pub struct Live {
    text: String,
    value: f64,
    /// A name or a cell, which needs no brackets.
    single: bool,
}

impl Live {
    /// A cell or a defined name that holds `value`.
    pub fn cell(text: impl Into<String>, value: f64) -> Self {
        Self { text: text.into(), value, single: true }
    }

    /// The result.
    pub fn value(&self) -> f64 {
        self.value
    }

    /// For a cell of the workbook.
    pub fn formula(&self) -> Formula {
        Formula::new(format!("={}", self.text)).set_result(result(self.value))
    }

    /// The sum of single cells, with their signs: `D5+D6-D7`. Nothing is 0.
    pub fn sum(parts: &[(f64, Self)]) -> Self {
        let mut text = String::new();
        let mut value = 0.0;
        for (sign, part) in parts {
            let minus = *sign < 0.0;
            if minus {
                text.push('-');
            } else if !text.is_empty() {
                text.push('+');
            }
            text.push_str(&part.bracketed());
            value += if minus { -part.value } else { part.value };
        }
        if text.is_empty() {
            text.push('0');
        }
        Self { text, value, single: false }
    }

    /// The sum of a row or column of cells from `first` to `last`: `SUM(D5:H5)`.
    pub fn total(cells: &[Self]) -> Self {
        let (Some(first), Some(last)) = (cells.first(), cells.last()) else { return Self::cell("0", 0.0) };
        let value = cells.iter().map(|cell| cell.value).sum();
        Self { text: format!("SUM({}:{})", first.text, last.text), value, single: true }
    }

    /// `a*b`.
    pub fn times(&self, other: &Self) -> Self {
        let text = format!("{}*{}", self.bracketed(), other.bracketed());
        Self { text, value: self.value * other.value, single: false }
    }

    /// `a/b`.
    pub fn over(&self, other: &Self) -> Self {
        let text = format!("{}/{}", self.bracketed(), other.bracketed());
        Self { text, value: self.value / other.value, single: false }
    }

    /// `-a`.
    pub fn negative(&self) -> Self {
        Self { text: format!("-{}", self.bracketed()), value: -self.value, single: false }
    }

    /// `IF(condition,a,b)`, where the condition holds as the workbook is written or does not.
    pub fn either(condition: &str, holds: bool, yes: &Self, no: &Self) -> Self {
        let text = format!("IF({condition},{},{})", yes.text, no.text);
        Self { text, value: if holds { yes.value } else { no.value }, single: true }
    }

    /// The text, in brackets where a sign or product outside could tear it.
    fn bracketed(&self) -> String {
        if self.single { self.text.clone() } else { format!("({})", self.text) }
    }

    /// The text of the formula, without the sign of equality.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// A result as it is kept in the file. What is no number is no result of a formula that we write.
fn result(value: f64) -> String {
    if value == 0.0 { "0".to_owned() } else { value.to_string() }
}

/// Numbers that stand side by side in a row of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    sheet: String,
    row: u32,
    first: u16,
    values: Vec<f64>,
}

impl Line {
    /// The numbers from column `first` on.
    pub fn new(sheet: &str, row: u32, first: u16, values: Vec<f64>) -> Self {
        // What is no number is an empty cell, which formulas take for 0.
        let values = values.into_iter().map(|value| if value.is_finite() { value } else { 0.0 }).collect();
        Self { sheet: sheet.to_owned(), row, first, values }
    }

    /// Its row.
    pub fn row(&self) -> u32 {
        self.row
    }

    /// Its sheet, as a formula has it.
    pub fn sheet(&self) -> String {
        quoted(&self.sheet)
    }

    /// How many numbers there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// A number, for a formula on the same sheet.
    pub fn here(&self, place: usize) -> Live {
        Live::cell(row_col_to_cell(self.row, self.column(place)), self.values[place])
    }

    /// All numbers, for a formula on the same sheet.
    pub fn all_here(&self) -> Vec<Live> {
        (0..self.len()).map(|place| self.here(place)).collect()
    }

    /// A number, for a formula on another sheet.
    pub fn there(&self, place: usize) -> Live {
        let cell = row_col_to_cell(self.row, self.column(place));
        Live::cell(format!("{}!{cell}", quoted(&self.sheet)), self.values[place])
    }

    /// The column of a number.
    pub fn column(&self, place: usize) -> u16 {
        self.first + place as u16
    }
}

/// A cell of another sheet that copies of a formula still mean.
pub fn fixed(sheet: &str, row: u32, column: u16) -> String {
    format!("{}!{}", quoted(sheet), row_col_to_cell_absolute(row, column))
}

/// The name of a sheet as a formula has it.
pub fn quoted(sheet: &str) -> String {
    let plain = sheet.chars().all(|letter| letter.is_ascii_alphabetic());
    if plain { sheet.to_owned() } else { format!("'{}'", sheet.replace('\'', "''")) }
}

#[cfg(test)]
mod tests {
    use super::{Line, Live, fixed};

    #[test]
    fn text_and_number_go_together() {
        let line = Line::new("Plan 1", 4, 2, vec![3.0, 5.0, 7.0]);
        let sum = Live::sum(&[(1.0, line.here(0)), (-1.0, line.here(1))]);
        assert_eq!((sum.text(), sum.value()), ("C5-D5", -2.0));
        let product = sum.times(&Live::cell("Cashable_share", 0.5));
        assert_eq!((product.text(), product.value()), ("(C5-D5)*Cashable_share", -1.0));
        let total = Live::total(&line.all_here());
        assert_eq!((total.text(), total.value()), ("SUM(C5:E5)", 15.0));
        assert_eq!(line.there(2).text(), "'Plan 1'!E5");
        assert_eq!(product.negative().text(), "-((C5-D5)*Cashable_share)");
    }

    #[test]
    fn names_of_sheets_are_quoted_where_they_must_be() {
        assert_eq!(fixed("Inputs", 0, 1), "Inputs!$B$1");
        assert_eq!(fixed("It's", 0, 1), "'It''s'!$B$1");
    }

    #[test]
    fn a_sum_of_nothing_is_nothing() {
        assert_eq!((Live::sum(&[]).text(), Live::total(&[]).value()), ("0", 0.0));
    }
}
