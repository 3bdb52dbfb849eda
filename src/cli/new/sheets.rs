//! The sheets of a workbook that a person hands in: only the cells that hold something, within stated limits.
//!
//! A workbook is a packed folder. A few megabytes may unpack to gigabytes, and one stray cell in the last row and column
//! spans a table of seventeen thousand million cells. So what a file unpacks to is counted before any of it is read, and cells
//! are kept by where they stand, not as a table.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};

use calamine::{Data, Xlsx, XlsxError, open_workbook_from_rs};
use zip::ZipArchive;

/// What a workbook may unpack to, in megabytes.
const MOST_UNPACKED_MB: u64 = 128;
/// How many files a workbook may be packed of.
const MOST_PARTS: usize = 1_000;
/// How many cells of a sheet may hold something. The largest form that ships fills some 1,500.
const MOST_CELLS: usize = 200_000;

/// A workbook that keeps to the limits.
pub struct Sheets<'b> {
    book: Xlsx<Cursor<&'b [u8]>>,
}

impl<'b> Sheets<'b> {
    /// Opens a workbook of the bytes of its file.
    ///
    /// # Errors
    /// What keeps it from being read, as the end of a sentence: it is no such file, or it is beyond a limit.
    pub fn open(bytes: &'b [u8]) -> Result<Self, String> {
        unpacks_within_limits(bytes)?;
        let book: Result<Xlsx<_>, XlsxError> = open_workbook_from_rs(Cursor::new(bytes));
        book.map(|book| Self { book }).map_err(|problem| unreadable(&problem))
    }

    /// The cells of a sheet that hold something.
    ///
    /// # Errors
    /// As the end of a sentence: there is no such sheet, it cannot be read, or it holds too much.
    pub fn cells(&mut self, name: &str) -> Result<Cells, String> {
        let mut reader = self.book.worksheet_cells_reader(name).map_err(|problem| match problem {
            XlsxError::WorksheetNotFound(_) => format!("it has no sheet `{name}`"),
            other => format!("its sheet `{name}` cannot be read ({other})"),
        })?;
        let mut held = BTreeMap::new();
        while let Some(cell) =
            reader.next_cell().map_err(|problem| format!("its sheet `{name}` cannot be read ({problem})"))?
        {
            let value: Data = cell.get_value().clone().into();
            if value == Data::Empty {
                continue;
            }
            held.insert(cell.get_position(), value);
            if held.len() > MOST_CELLS {
                return Err(format!("its sheet `{name}` fills more than {MOST_CELLS} cells, and no more are read"));
            }
        }
        Ok(Cells { held })
    }
}

/// The cells of a sheet that hold something, by row and column from zero.
#[derive(Debug)]
pub struct Cells {
    held: BTreeMap<(u32, u32), Data>,
}

impl Cells {
    /// What a cell holds; nothing if it is empty.
    pub fn get(&self, row: u32, column: u32) -> Option<&Data> {
        self.held.get(&(row, column))
    }

    /// The cells below this row or to the right of this column that hold something.
    pub fn beyond(&self, last: u32, widest: u32) -> impl Iterator<Item = (u32, u32)> {
        self.held.keys().filter(move |(row, column)| *row > last || *column > widest).copied()
    }

    /// The rows in which something stands in this column, from the top.
    pub fn rows(&self, column: u32) -> impl Iterator<Item = u32> {
        self.held.keys().filter(move |(_, there)| *there == column).map(|(row, _)| *row)
    }
}

fn unreadable(problem: &impl std::fmt::Display) -> String {
    format!("it cannot be read as .xlsx ({problem})")
}

/// Unpacks everything into nothing, and counts. What the file says of its own sizes is not believed.
fn unpacks_within_limits(bytes: &[u8]) -> Result<(), String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|problem| unreadable(&problem))?;
    if archive.len() > MOST_PARTS {
        return Err(format!("it is packed of {} files, and no more than {MOST_PARTS} are read", archive.len()));
    }
    let mut left = MOST_UNPACKED_MB << 20;
    for part in 0..archive.len() {
        let part = archive.by_index(part).map_err(|problem| unreadable(&problem))?;
        let unpacked = io::copy(&mut part.take(left + 1), &mut io::sink()).map_err(|problem| unreadable(&problem))?;
        left = left
            .checked_sub(unpacked)
            .ok_or_else(|| format!("it unpacks to more than {MOST_UNPACKED_MB} MB, and no more is read"))?;
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::{Cursor, Write};

    use rust_xlsxwriter::Workbook;
    use zip::write::SimpleFileOptions;
    use zip::{ZipArchive, ZipWriter};

    use super::{MOST_UNPACKED_MB, Sheets};

    /// A workbook with 7 in its first cell.
    fn small() -> Vec<u8> {
        let mut book = Workbook::new();
        book.add_worksheet().write(0, 0, 7.0).unwrap();
        book.save_to_buffer().unwrap()
    }

    /// The workbook with one of its parts made anew.
    fn remade(bytes: &[u8], name: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut made = ZipWriter::new(Cursor::new(Vec::new()));
        for part in 0..archive.len() {
            let mut part = archive.by_index(part).unwrap();
            let mut text = String::new();
            std::io::Read::read_to_string(&mut part, &mut text).unwrap();
            let path = part.name().unwrap().into_owned();
            made.start_file(&*path, SimpleFileOptions::default()).unwrap();
            let text = if path == name { change(&text) } else { text };
            made.write_all(text.as_bytes()).unwrap();
        }
        made.finish().unwrap().into_inner()
    }

    const SHEET: &str = "xl/worksheets/sheet1.xml";

    #[test]
    fn a_stray_cell_at_the_far_end_takes_the_room_of_one_cell() {
        let far = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>";
        let bytes = remade(&small(), SHEET, |text| text.replace("</sheetData>", far));
        let cells = Sheets::open(&bytes).unwrap().cells("Sheet1").unwrap();
        assert_eq!(cells.get(0, 0).unwrap().to_string(), "7");
        assert_eq!(cells.get(1_048_575, 16_383).unwrap().to_string(), "1");
        assert_eq!(cells.rows(16_383).collect::<Vec<_>>(), [1_048_575]);
        assert_eq!(cells.beyond(9, 9).collect::<Vec<_>>(), [(1_048_575, 16_383)]);
    }

    #[test]
    fn a_workbook_that_unpacks_to_more_than_the_limit_is_refused_by_the_limit() {
        let spaces = " ".repeat(((MOST_UNPACKED_MB + 1) << 20) as usize);
        let bytes = remade(&small(), SHEET, |text| text.replace("</sheetData>", &format!("</sheetData>{spaces}")));
        assert!(bytes.len() < 1 << 20, "packed it is small: {}", bytes.len());
        let refused = Sheets::open(&bytes).err().unwrap();
        assert_eq!(refused, "it unpacks to more than 128 MB, and no more is read");
    }

    #[test]
    fn a_sheet_of_too_many_cells_is_refused_by_name() {
        let cells = "<c><v>1</v></c>".repeat(200_001);
        let row = format!("<row r=\"2\">{cells}</row></sheetData>");
        let bytes = remade(&small(), SHEET, |text| text.replace("</sheetData>", &row));
        let refused = Sheets::open(&bytes).unwrap().cells("Sheet1").err().unwrap();
        assert_eq!(refused, "its sheet `Sheet1` fills more than 200000 cells, and no more are read");
    }

    #[test]
    fn what_is_no_workbook_and_a_sheet_that_is_not_there_are_told() {
        assert!(Sheets::open(b"PK nothing").err().unwrap().starts_with("it cannot be read as .xlsx"));
        let bytes = small();
        assert_eq!(Sheets::open(&bytes).unwrap().cells("Figures").err().unwrap(), "it has no sheet `Figures`");
    }
}
