//! The sheets of a workbook that a person hands in: only the cells that hold something, within stated limits.
//!
//! One stray cell in the last row and column spans a table of seventeen thousand million cells, and a text that is kept once may
//! be meant by every cell. So cells are kept by where they stand, not as a table, and what they hold is counted.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Xlsx, XlsxError, open_workbook_from_rs};

use super::parts::{MOST_UNPACKED_MB, unreadable, within_limits};

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
        within_limits(bytes)?;
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
        let mut letters = 0;
        while let Some(cell) =
            reader.next_cell().map_err(|problem| format!("its sheet `{name}` cannot be read ({problem})"))?
        {
            let value: Data = cell.get_value().clone().into();
            if value == Data::Empty {
                continue;
            }
            if let Data::String(text) = &value {
                letters += text.len() as u64;
                if letters > MOST_UNPACKED_MB << 20 {
                    return Err(format!(
                        "the texts of its sheet `{name}` are of more than {MOST_UNPACKED_MB} MB, and no more is read"
                    ));
                }
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::{Cursor, Write};

    use rust_xlsxwriter::Workbook;
    use zip::write::SimpleFileOptions;
    use zip::{ZipArchive, ZipWriter};

    use super::super::parts::MOST_UNPACKED_MB;
    use super::Sheets;

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

    /// Why the library is not shown a workbook whose one sheet has this instead of its first row.
    fn refused(from: &str, to: &str) -> String {
        let bytes = remade(&small(), SHEET, |text| {
            assert!(text.contains(from), "{text}");
            text.replace(from, to)
        });
        Sheets::open(&bytes).err().unwrap()
    }

    const REMEDY: &str = "open it in a spreadsheet program, and save it again as .xlsx";

    #[test]
    fn references_beyond_a_sheet_are_refused_by_sheet_and_reference() {
        for (attribute, reference) in [
            ("r=\"99999999999\"", "99999999999"),
            ("r=\"1048577\"", "1048577"),
            ("r = '4294967296'", "4294967296"),
            ("spans=\"1:1\" a b=\"1\" r=\"99999999999x\"", "99999999999x"),
        ] {
            let expected =
                format!("its sheet `Sheet1` names `{reference}`, and the last row of a sheet is 1048576: {REMEDY}");
            assert_eq!(refused("<row r=\"1\"", &format!("<row {attribute}")), expected);
        }
        let row = |cell: &str| refused("<c r=\"A1\"", &format!("<c r=\"{cell}\""));
        assert_eq!(
            row("A99999999999"),
            format!("its sheet `Sheet1` names `A99999999999`, and the last row of a sheet is 1048576: {REMEDY}")
        );
        for far in ["XFE1", "xfe1", "ABCDEFGHIJKLMNOPQ1"] {
            let expected = format!("its sheet `Sheet1` names `{far}`, and the last column of a sheet is XFD: {REMEDY}");
            assert_eq!(row(far), expected);
        }
        let long = "9".repeat(3_000);
        assert!(row(&format!("A{long}")).len() < 200, "a long reference is not told whole");
    }

    #[test]
    fn the_area_that_a_sheet_says_it_fills_is_within_a_sheet_and_ends_after_it_begins() {
        let area = |area: &str| refused("<dimension ref=\"A1\"", &format!("<dimension ref=\"{area}\""));
        assert_eq!(
            area("A1:B99999999999"),
            format!("its sheet `Sheet1` names `B99999999999`, and the last row of a sheet is 1048576: {REMEDY}")
        );
        for turned in ["B5:A7", "A7:B5"] {
            let expected =
                format!("its sheet `Sheet1` says that it fills `{turned}`, which ends before it begins: {REMEDY}");
            assert_eq!(area(turned), expected);
        }
    }

    #[test]
    fn references_at_the_edge_of_a_sheet_and_of_what_is_not_read_stand() {
        let bytes = remade(&small(), SHEET, |text| {
            let text = text.replace("<dimension ref=\"A1\"", "<dimension ref=\"A1:XFD1048576\"");
            text.replace("</sheetData>", "</sheetData><mergeCells><mergeCell ref=\"A99999999999:B2\"/></mergeCells>")
        });
        let cells = Sheets::open(&bytes).unwrap().cells("Sheet1").unwrap();
        assert_eq!(cells.get(0, 0).unwrap().to_string(), "7");
    }

    #[test]
    fn what_is_no_reference_is_told_by_the_library() {
        let bytes = remade(&small(), SHEET, |text| text.replace("<c r=\"A1\"", "<c r=\"A-1\""));
        let message = Sheets::open(&bytes).unwrap().cells("Sheet1").err().unwrap();
        assert!(message.starts_with("its sheet `Sheet1` cannot be read ("), "{message}");
    }

    /// A workbook with a text, and so with a part of shared texts.
    fn worded() -> Vec<u8> {
        let mut book = Workbook::new();
        book.add_worksheet().write(0, 0, "seven").unwrap();
        book.save_to_buffer().unwrap()
    }

    const TEXTS: &str = "xl/sharedStrings.xml";

    #[test]
    fn a_workbook_that_promises_or_holds_too_many_texts_is_refused() {
        for count in ["99999999999999", "18446744073709551616", "200001", "+0200001"] {
            let to = format!("uniqueCount=\"{count}\"");
            let bytes = remade(&worded(), TEXTS, |text| text.replace("uniqueCount=\"1\"", &to));
            let expected = format!("it says that it holds {count} texts, and no more than 200000 are read");
            assert_eq!(Sheets::open(&bytes).err().unwrap(), expected);
        }
        let bytes = remade(&worded(), TEXTS, |text| text.replace("</sst>", &("<si/>".repeat(200_000) + "</sst>")));
        assert_eq!(Sheets::open(&bytes).err().unwrap(), "it holds more than 200000 texts, and no more are read");
        let bytes = remade(&worded(), TEXTS, |text| text.replace("uniqueCount=\"1\"", "uniqueCount=\"\""));
        assert_eq!(Sheets::open(&bytes).unwrap().cells("Sheet1").unwrap().get(0, 0).unwrap().to_string(), "seven");
    }

    #[test]
    fn one_long_text_that_every_cell_means_is_not_copied_for_each() {
        let bytes = remade(&worded(), TEXTS, |text| text.replace("seven", &"7".repeat(4 << 20)));
        let cells = "<c t=\"s\"><v>0</v></c>".repeat(1_000);
        let row = format!("<row r=\"2\">{cells}</row></sheetData>");
        let bytes = remade(&bytes, SHEET, |text| text.replace("</sheetData>", &row));
        let refused = Sheets::open(&bytes).unwrap().cells("Sheet1").err().unwrap();
        assert_eq!(refused, "the texts of its sheet `Sheet1` are of more than 128 MB, and no more is read");
    }

    #[test]
    fn formats_beyond_what_a_workbook_has_are_refused() {
        let bytes = remade(&small(), "xl/styles.xml", |text| {
            text.replace("</cellXfs>", &("<xf numFmtId=\"0\"/>".repeat(65_490) + "</cellXfs>"))
        });
        assert_eq!(
            Sheets::open(&bytes).err().unwrap(),
            "it holds more than 65490 formats of cells, and no more are read"
        );
        let long = format!("<font><name val=\"{}\"/></font></fonts>", "a".repeat(2_000));
        let bytes = remade(&small(), "xl/styles.xml", |text| text.replace("</fonts>", &long));
        assert!(
            Sheets::open(&bytes).err().unwrap().starts_with("its part `xl/styles.xml` gives a font or format a name")
        );
    }

    #[test]
    fn a_workbook_with_a_password_is_told_as_that() {
        let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
        bytes.extend(small());
        assert!(Sheets::open(&bytes).err().unwrap().starts_with("it has a password, or is of the format before .xlsx"));
    }
}
