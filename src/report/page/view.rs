//! The parts of a page as a template sees them: sections of paragraphs, lists, pictures and tables.

use serde::Serialize;

use crate::report::figure::{self, Figure, FigureError, NumberFormat, Numbers};
use crate::table::decimal;
use crate::words;

use super::drawing;

/// A section of a page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// Its name in links.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What it holds, in order.
    pub items: Vec<Item>,
    /// Whether it belongs to the appendix.
    pub appendix: bool,
}

impl Section {
    /// A section without anything in it yet.
    pub fn new(id: &str, title: &str) -> Self {
        Self { id: id.to_owned(), title: title.to_owned(), items: Vec::new(), appendix: false }
    }

    /// The same, in the appendix.
    #[must_use]
    pub fn in_appendix(mut self) -> Self {
        self.appendix = true;
        self
    }

    /// Adds a paragraph.
    pub fn say(&mut self, text: impl Into<String>) {
        self.items.push(Item::Paragraph { text: text.into() });
    }

    /// Adds a heading within the section.
    pub fn head(&mut self, text: &str) {
        self.items.push(Item::Heading { text: text.to_owned() });
    }

    /// Adds a list; nothing where it would be empty.
    pub fn list(&mut self, points: Vec<String>) {
        if !points.is_empty() {
            self.items.push(Item::List { points });
        }
    }

    /// Adds a table; nothing where it has no rows.
    pub fn table(&mut self, table: Table) {
        if !table.rows.is_empty() {
            self.items.push(Item::Table(table));
        }
    }

    /// Adds a picture with the tables behind it; nothing where it has no panels. Where it cannot be drawn, that is said in its
    /// place, and the tables stand by themselves.
    pub fn picture(&mut self, name: &str, figure: &Figure) {
        if figure.panels.is_empty() {
            return;
        }
        match Picture::of(name, figure) {
            Ok(picture) => self.items.push(Item::Picture(picture)),
            Err(problem) => {
                let text = format!("{} The picture {name} could not be drawn: {problem}.", figure.title);
                self.items.push(Item::Paragraph { text });
                self.items.extend(figure::behind(figure).iter().map(of_numbers).map(Item::Table));
            }
        }
    }
}

impl Section {
    /// Puts these tables behind the picture of this name, in place of those that its panels gave.
    pub fn behind(&mut self, name: &str, tables: Vec<Table>) {
        for item in &mut self.items {
            match item {
                Item::Picture(picture) if picture.name == name => picture.tables.clone_from(&tables),
                _ => {}
            }
        }
    }
}

/// One thing in a section.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Item {
    /// Words.
    Paragraph { text: String },
    /// A heading below that of the section.
    Heading { text: String },
    /// Points, each a sentence or two.
    List { points: Vec<String> },
    /// A picture with its numbers.
    Picture(Picture),
    /// A table of its own.
    Table(Table),
}

/// A picture in words, in lines, and in numbers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Picture {
    /// Its name, that of its file in the folder of results.
    pub name: String,
    /// What it shows, as a sentence.
    pub title: String,
    /// What is drawn, in which units.
    pub subtitle: String,
    /// Where the numbers come from.
    pub source: String,
    /// The picture in words.
    pub alt: String,
    /// The drawing, without title and source, which the page writes itself.
    pub svg: String,
    /// Whether it is too wide for a sheet held upright.
    pub wide: bool,
    /// The numbers behind it.
    pub tables: Vec<Table>,
}

impl Picture {
    /// Draws a figure for a page.
    ///
    /// # Errors
    /// It cannot be drawn.
    pub fn of(name: &str, figure: &Figure) -> Result<Self, FigureError> {
        Ok(Self {
            name: name.to_owned(),
            title: figure.title.clone(),
            subtitle: figure.subtitle.clone(),
            source: figure.source_line.clone(),
            alt: figure.alternative_text.clone(),
            svg: drawing::for_page(name, figure)?,
            wide: figure.width > drawing::UPRIGHT,
            tables: figure::behind(figure).iter().map(of_numbers).collect(),
        })
    }
}

/// A table; the first cell of each row is its name.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Table {
    /// What it holds.
    pub caption: String,
    /// Headings, that of the names first.
    pub columns: Vec<String>,
    /// Names and cells.
    pub rows: Vec<Row>,
    /// Whether the cells are words and stand on the left.
    pub words: bool,
    /// What to know when reading it; empty if nothing.
    pub note: String,
    /// Whether it is long and opened only by those who want it.
    pub folded: bool,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Row {
    /// What it is of.
    pub name: String,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A cell: pieces of text, some of which stand for a number.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Cell {
    /// The pieces, in order.
    pub pieces: Vec<Piece>,
    /// How strong its ground is tinted, from 0 to 5.
    pub shade: u8,
}

/// A piece of a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// What is read.
    pub text: String,
    /// The number in full, as the tables of the folder have it.
    pub value: Option<String>,
}

impl Table {
    /// A table without rows yet.
    pub fn new(caption: impl Into<String>, columns: &[&str]) -> Self {
        Self {
            caption: caption.into(),
            columns: columns.iter().map(|column| (*column).to_owned()).collect(),
            ..Self::default()
        }
    }

    /// Adds a row.
    pub fn row(&mut self, name: impl Into<String>, cells: Vec<Cell>) {
        self.rows.push(Row { name: name.into(), cells });
    }

    /// The same table of words, which stand on the left.
    #[must_use]
    pub fn of_words(mut self) -> Self {
        self.words = true;
        self
    }

    /// The same table, folded.
    #[must_use]
    pub fn folded(mut self) -> Self {
        self.folded = true;
        self
    }

    /// The same table with a note below it.
    #[must_use]
    pub fn noted(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}

impl Cell {
    /// Words.
    pub fn words(text: impl Into<String>) -> Self {
        Self { pieces: vec![Piece { text: text.into(), value: None }], shade: 0 }
    }

    /// A number as it is written for people, and in full for programs.
    pub fn number(value: f64, write: impl Fn(f64) -> String) -> Self {
        if !value.is_finite() {
            return Self::words("not known");
        }
        Self { pieces: vec![piece(value, &write)], shade: 0 }
    }

    /// A number with the ends of its interval, which is left out by the rule of [`words::interval`].
    pub fn interval(middle: f64, (low, high): (f64, f64), write: impl Fn(f64) -> String) -> Self {
        let centre = write(middle);
        if centre == write(low) && centre == write(high) {
            return Self::number(middle, write);
        }
        Self::band(middle, (low, high), write)
    }

    /// The same, whatever the ends are: a table behind a picture has all that is drawn.
    fn band(middle: f64, (low, high): (f64, f64), write: impl Fn(f64) -> String) -> Self {
        if !(low.is_finite() && high.is_finite()) {
            return Self::number(middle, write);
        }
        let text = |text: &str| Piece { text: text.to_owned(), value: None };
        let pieces = vec![
            piece(middle, &write),
            text(" "),
            text("("),
            piece(low, &write),
            text(" to "),
            piece(high, &write),
            text(")"),
        ];
        Self { pieces, shade: 0 }
    }

    /// The same on a tinted ground.
    #[must_use]
    pub fn shaded(mut self, shade: u8) -> Self {
        self.shade = shade.min(5);
        self
    }
}

fn piece(value: f64, write: &impl Fn(f64) -> String) -> Piece {
    Piece { text: write(value), value: Some(decimal(value)) }
}

/// The numbers of a panel as a table.
fn of_numbers(numbers: &Numbers) -> Table {
    let unit = match numbers.unit.as_str() {
        "" => String::new(),
        unit => format!(" ({unit})"),
    };
    let name = if numbers.panel.is_empty() { "All" } else { &numbers.panel };
    let unnamed = |column: &String| if column.is_empty() { "Value".to_owned() } else { column.clone() };
    let mut columns = vec![if numbers.along.is_empty() { "Of".to_owned() } else { numbers.along.clone() }];
    columns.extend(numbers.columns.iter().map(unnamed));
    let write = |value: f64| written(&numbers.format, value);
    let rows = numbers.rows.iter().map(|(name, cells)| Row {
        name: name.clone(),
        cells: cells
            .iter()
            .map(|cell| match cell.numbers.as_slice() {
                [] => Cell::words("–"),
                [value] => Cell::number(*value, write),
                [middle, low, high, ..] => Cell::band(*middle, (*low, *high), write),
                [middle, _] => Cell::number(*middle, write),
            })
            .collect(),
    });
    Table { caption: format!("{name}{unit}"), columns, rows: rows.collect(), ..Table::default() }
}

/// A number of a figure as people write it, in the form of its axis.
fn written(format: &NumberFormat, value: f64) -> String {
    let signed = |text: String, number: f64| if format.signed && number > 0.0 { format!("+{text}") } else { text };
    match (format.prefix.as_str(), format.suffix.as_str()) {
        ("£", _) if format.signed => words::signed_pounds(value),
        ("£", _) => words::pounds(value),
        ("", "%") if format.factor == 100.0 => words::chance(value),
        ("", "%") if format.signed => words::signed_percent(value * format.factor),
        ("", "%") => words::percent(value * format.factor),
        (prefix, suffix) => {
            let scaled = value * format.factor;
            signed(format!("{prefix}{}{suffix}", words::number(scaled)), scaled)
        }
    }
}
