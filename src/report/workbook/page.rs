//! A sheet under way: cells by look, what it holds, and how it prints on A4.

use rust_xlsxwriter::{Chart, ConditionalFormatFormula, DataValidation, Url, Worksheet, XlsxError};

use super::live::{Line, Live};
use super::look::{self, Look};

/// The paper size A4, by Excel's number.
const A4: u8 = 9;
/// Letters that a cell of a spreadsheet can hold.
const LONGEST: usize = 32_000;

/// A sheet under way. What goes wrong is kept, and told at the end.
pub struct Page {
    sheet: Worksheet,
    name: String,
    problem: Option<XlsxError>,
}

impl Page {
    /// A sheet of this name, to be printed lengthwise on A4, as wide as a page.
    pub fn new(name: &str) -> Self {
        let mut sheet = Worksheet::new();
        let problem = sheet.set_name(name).err();
        sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0).set_margins(0.4, 0.4, 0.7, 0.6, 0.3, 0.3);
        sheet.set_screen_gridlines(false);
        Self { sheet, name: name.to_owned(), problem }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What stands above and below each printed page.
    pub fn running_heads(&mut self, title: &str, foot: &str) {
        let plain = |text: &str| -> String { text.chars().take(90).collect::<String>().replace('&', "&&") };
        self.sheet.set_header(format!("&L&9{}&R&9&A", plain(title)));
        self.sheet.set_footer(format!("&L&8{}&R&8Page &P of &N", plain(foot)));
    }

    /// Column widths, in letters, from the first on.
    pub fn widths(&mut self, widths: &[f64]) {
        for (column, width) in widths.iter().enumerate() {
            let done = self.sheet.set_column_width(column as u16, *width).err();
            self.keep(done);
        }
    }

    /// The same width for several columns.
    pub fn width_of(&mut self, first: u16, last: u16, width: f64) {
        let done = self.sheet.set_column_range_width(first, last, width).err();
        self.keep(done);
    }

    /// Title and what stands below it.
    pub fn heading(&mut self, title: &str, below: &str) {
        self.text(0, 0, title, Look::Title);
        self.text(1, 0, below, Look::Note);
    }

    /// Words. Nothing in them is ever read as a formula.
    pub fn text(&mut self, row: u32, column: u16, text: &str, look: Look) {
        let short: String = text.chars().take(LONGEST).collect();
        let done = self.sheet.write_string_with_format(row, column, short, &look::format(look)).err();
        self.keep(done);
    }

    /// A number; nothing where it is none.
    pub fn number(&mut self, row: u32, column: u16, value: f64, look: Look) {
        let format = look::format(look);
        let done = match value {
            value if !value.is_finite() => self.sheet.write_blank(row, column, &format).err(),
            // A negative zero would be shown with its sign.
            0.0 => self.sheet.write_number_with_format(row, column, 0.0, &format).err(),
            value => self.sheet.write_number_with_format(row, column, value, &format).err(),
        };
        self.keep(done);
    }

    /// A formula with its result.
    pub fn live(&mut self, row: u32, column: u16, live: &Live, look: Look) {
        let done = self.sheet.write_formula_with_format(row, column, live.formula(), &look::format(look)).err();
        self.keep(done);
    }

    /// A formula that comes to words.
    pub fn live_text(&mut self, row: u32, column: u16, formula: &str, result: &str, look: Look) {
        let formula = rust_xlsxwriter::Formula::new(formula).set_result(result);
        let done = self.sheet.write_formula_with_format(row, column, formula, &look::format(look)).err();
        self.keep(done);
    }

    /// A line that says whether the inputs are those of the study, and stands out where they are not.
    pub fn note_if_changed(&mut self, row: u32) {
        let (as_run, changed) = (
            "Inputs are as the study ran.",
            "Inputs were changed: the money here is not what the study found. Compare the two columns of Inputs.",
        );
        let formula = format!("=IF(Inputs_as_run=\"yes\",\"{as_run}\",\"{changed}\")");
        self.live_text(row, 0, &formula, as_run, Look::Note);
        let warning = look::format(Look::Warning);
        let rule = ConditionalFormatFormula::new().set_rule("=Inputs_as_run=\"no\"").set_format(warning);
        let done = self.sheet.add_conditional_format(row, 0, row, 0, &rule).err();
        self.keep(done);
    }

    /// A row of formulas from a column on.
    pub fn line(&mut self, row: u32, first: u16, cells: &[Live], look: Look) -> Line {
        for (place, cell) in cells.iter().enumerate() {
            self.live(row, first + place as u16, cell, look);
        }
        Line::new(&self.name, row, first, cells.iter().map(Live::value).collect())
    }

    /// A row of numbers from a column on.
    pub fn numbers(&mut self, row: u32, first: u16, values: &[f64], look: Look) -> Line {
        for (place, value) in values.iter().enumerate() {
            self.number(row, first + place as u16, *value, look);
        }
        Line::new(&self.name, row, first, values.to_vec())
    }

    /// The numbers that stand in a row from a column on.
    pub fn standing(&self, row: u32, first: u16, values: &[f64]) -> Line {
        Line::new(&self.name, row, first, values.to_vec())
    }

    /// The heads of columns: of words, then of numbers.
    pub fn heads(&mut self, row: u32, words: &[&str], numbers: &[String]) {
        for (column, word) in words.iter().enumerate() {
            self.text(row, column as u16, word, Look::Head);
        }
        for (place, number) in numbers.iter().enumerate() {
            self.text(row, (words.len() + place) as u16, number, Look::HeadNumber);
        }
        let done = self.sheet.set_row_height(row, 30).err();
        self.keep(done);
    }

    /// A heading across the columns up to `last`.
    pub fn band(&mut self, row: u32, last: u16, text: &str) {
        self.text(row, 0, text, Look::Heading);
        let format = look::format(Look::Heading);
        for column in 1..=last {
            let done = self.sheet.write_blank(row, column, &format).err();
            self.keep(done);
        }
    }

    /// A paragraph in one cell, in a row that is high enough for it; `letters` fit in one line.
    pub fn wrapped(&mut self, row: u32, column: u16, text: &str, letters: usize) {
        self.text(row, column, text, Look::Paragraph);
        let lines = text.chars().count().div_ceil(letters).max(1);
        self.height(row, 15.0 * lines as f64 + 3.0);
    }

    /// How high a row is, in points.
    pub fn height(&mut self, row: u32, points: f64) {
        let done = self.sheet.set_row_height(row, points).err();
        self.keep(done);
    }

    /// A link to another sheet.
    pub fn link(&mut self, row: u32, column: u16, sheet: &str) {
        let url = Url::new(format!("internal:{}!A1", super::live::quoted(sheet))).set_text(sheet);
        let done = self.sheet.write_url_with_format(row, column, url, &look::format(Look::Link)).err();
        self.keep(done);
    }

    /// A link to a page of the web; plain words where the spreadsheet would not take it.
    pub fn web(&mut self, row: u32, column: u16, address: &str) {
        let usual = address.starts_with("https://") || address.starts_with("http://");
        let plain = address.chars().all(|letter| letter.is_ascii_graphic()) && address.len() < 1_000;
        if !usual || !plain {
            return self.text(row, column, address, Look::Words);
        }
        let done = self.sheet.write_url_with_format(row, column, address, &look::format(Look::Link)).err();
        self.keep(done);
    }

    /// Rows above and columns to the left of the cell stay in sight, and the rows are printed on each page.
    pub fn freeze(&mut self, row: u32, column: u16) {
        let done = self.sheet.set_freeze_panes(row, column).err();
        self.keep(done);
        if row > 0 {
            let done = self.sheet.set_repeat_rows(0, row - 1).err();
            self.keep(done);
        }
    }

    /// New printed pages begin with these rows.
    pub fn page_breaks(&mut self, rows: &[u32]) {
        let done = self.sheet.set_page_breaks(rows).err();
        self.keep(done);
    }

    /// What is printed: everything up to this cell.
    pub fn print_area(&mut self, row: u32, column: u16) {
        let done = self.sheet.set_print_area(0, 0, row, column).err();
        self.keep(done);
    }

    /// Rows that can be folded away.
    pub fn fold(&mut self, first: u32, last: u32) {
        if first <= last {
            let done = self.sheet.group_rows(first, last).err();
            self.keep(done);
        }
    }

    /// Arrows at the heads by which rows are picked.
    pub fn filter(&mut self, head: u32, last: u32, column: u16) {
        if last > head {
            let done = self.sheet.autofilter(head, 0, last, column).err();
            self.keep(done);
        }
    }

    /// What a cell takes.
    pub fn validate(&mut self, cells: (u32, u16, u32, u16), validation: &DataValidation) {
        let done = self.sheet.add_data_validation(cells.0, cells.1, cells.2, cells.3, validation).err();
        self.keep(done);
    }

    /// A chart with its upper left corner in a cell.
    pub fn chart(&mut self, row: u32, column: u16, chart: &Chart) {
        let done = self.sheet.insert_chart(row, column, chart).err();
        self.keep(done);
    }

    /// The tab's colour.
    pub fn tab(&mut self, colour: u32) {
        self.sheet.set_tab_color(rust_xlsxwriter::Color::RGB(colour));
    }

    /// The sheet that is in sight when the workbook is opened.
    pub fn first(&mut self) {
        self.sheet.set_active(true);
    }

    /// Upright instead of lengthwise.
    pub fn upright(&mut self) {
        self.sheet.set_portrait();
    }

    /// The sheet.
    ///
    /// # Errors
    /// The first thing that went wrong.
    pub fn finish(self) -> Result<Worksheet, XlsxError> {
        match self.problem {
            None => Ok(self.sheet),
            Some(problem) => Err(problem),
        }
    }

    fn keep(&mut self, problem: Option<XlsxError>) {
        if self.problem.is_none() {
            self.problem = problem;
        }
    }
}
