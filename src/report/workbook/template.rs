//! A workbook to be filled in: every figure that a place must give, as a table with its meaning, unit, grade and source.

use rust_xlsxwriter::{DataValidation, XlsxError};

use super::look::Look;
use super::page::Page;
use super::written;

/// The sheet that says whose figures these are.
pub const READ_ME: &str = "Read me";
/// The sheet of figures.
pub const FIGURES: &str = "Figures";
/// Where name, and the place whose figures it begins with, stand on the first sheet (row and column from 0).
pub const NAME_AT: (u32, u32) = (3, 1);
/// See [`NAME_AT`].
pub const LIKE_AT: (u32, u32) = (4, 1);
/// What stands in the first column of the rows of a figure, in their order; then come the rows of numbers.
pub const ROWS: [&str; 8] = ["Constant", "Meaning", "Unit", "Grade", "Source", "Note", "Holds here", "Numbers"];
/// Words of the row `Holds here`.
pub const HOLDS: [&str; 2] = ["yes", "no"];

/// A figure to be filled in, with what it holds to begin with.
#[derive(Debug, Clone, PartialEq)]
pub struct FormFigure {
    /// The constant of the model.
    pub label: String,
    /// What it means.
    pub meaning: String,
    /// In what its numbers are.
    pub unit: String,
    /// A, B or C.
    pub grade: String,
    /// Keys of the register of sources.
    pub sources: Vec<String>,
    /// How it came about.
    pub note: String,
    /// The heads of its columns.
    pub columns: Vec<String>,
    /// The names of its rows.
    pub rows: Vec<String>,
    /// Its numbers, row by row.
    pub values: Vec<f64>,
}

impl FormFigure {
    /// How many rows it takes on the sheet, without the empty one after it.
    pub fn height(&self) -> u32 {
        (ROWS.len() + self.rows.len()) as u32
    }
}

/// The workbook for the place `name`, with the figures of the place `like`.
///
/// # Errors
/// A text is too long for a spreadsheet.
pub fn place_form(name: &str, (like, like_name): (&str, &str), figures: &[FormFigure]) -> Result<Vec<u8>, XlsxError> {
    let mut first = Page::new(READ_ME);
    read_me(&mut first, name, like, like_name);
    let mut page = Page::new(FIGURES);
    page.widths(&[20.0]);
    let most = figures.iter().map(|figure| figure.columns.len()).max().unwrap_or(1) as u16;
    page.width_of(1, most.max(6), 15.0);
    page.heading(
        &format!("Figures of {name}"),
        "Fill in the yellow cells. Leave the words in white as they are: they say where each number belongs.",
    );
    let mut row = 3;
    for figure in figures {
        fill(&mut page, row, figure, most.max(6));
        row += figure.height() + 1;
    }
    page.print_area(row, most.max(6));
    page.freeze(2, 1);
    written(vec![first, page], &format!("Figures of {name}"), "Read back with: wellspring new place --from FILE", &[])
}

fn read_me(page: &mut Page, name: &str, like: &str, like_name: &str) {
    page.widths(&[26.0, 90.0]);
    page.first();
    page.heading(&format!("The baseline of {name}"), "To be filled in, and read back by wellspring");
    page.text(NAME_AT.0, 0, "Name of the place", Look::Words);
    page.text(NAME_AT.0, 1, name, Look::FillWords);
    page.text(LIKE_AT.0, 0, "Begun with the figures of", Look::Words);
    page.text(LIKE_AT.0, 1, like, Look::Words);
    let about = [
        format!("All figures on the sheet {FIGURES} are those of {like_name} until you replace them."),
        "Change the numbers that you know better. Where a figure holds for your place, changed or not, write \"yes\" beside \"Holds here\"."
            .to_owned(),
        "Grade: A, read in the source; B, recalled from a named publication; C, derived or assumed: then say how in the note.".to_owned(),
        "Source: keys of the register of sources, divided by commas; \"wellspring-judgement\" for your own judgement.".to_owned(),
        "Ranges of uncertainty stay those that the figure began with; they can be changed in the file that is made of this.".to_owned(),
        "Then: wellspring new place --from THIS-FILE.xlsx. Everything that is wrong is said at once, by sheet and cell.".to_owned(),
    ];
    for (place, text) in about.iter().enumerate() {
        page.wrapped(6 + place as u32, 1, text, 92);
    }
}

fn fill(page: &mut Page, top: u32, figure: &FormFigure, last: u16) {
    page.band(top, last, ROWS[0]);
    page.text(top, 1, &figure.label, Look::Heading);
    let texts = [
        (&figure.meaning, Look::Note),
        (&figure.unit, Look::Words),
        (&figure.grade, Look::FillWords),
        (&figure.sources.join(", "), Look::FillWords),
        (&figure.note, Look::FillWords),
        (&HOLDS[1].to_owned(), Look::FillWords),
    ];
    for (place, (text, look)) in texts.into_iter().enumerate() {
        let row = top + 1 + place as u32;
        page.text(row, 0, ROWS[1 + place], Look::Words);
        page.text(row, 1, text, look);
        page.height(row, 14.0);
    }
    let choice = |words: &[&str]| {
        let choice = DataValidation::new();
        choice.clone().allow_list_strings(words).unwrap_or(choice)
    };
    page.validate((top + 3, 1, top + 3, 1), &choice(&["A", "B", "C"]));
    page.validate((top + 6, 1, top + 6, 1), &choice(&HOLDS));
    let heads = top + 7;
    page.text(heads, 0, ROWS[7], Look::Words);
    for (column, head) in figure.columns.iter().enumerate() {
        page.text(heads, 1 + column as u16, head, Look::HeadNumber);
    }
    for (place, name) in figure.rows.iter().enumerate() {
        let row = heads + 1 + place as u32;
        page.text(row, 0, name, Look::Item);
        let wide = figure.columns.len();
        page.numbers(row, 1, &figure.values[place * wide..(place + 1) * wide], Look::Fill);
    }
}
