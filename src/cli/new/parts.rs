//! The parts a workbook is packed of, looked through before the library reads any: nothing in them may be beyond what a workbook
//! can hold.
//!
//! A few megabytes may unpack to gigabytes, so what a file unpacks to is counted as it unpacks; what the file says of its own
//! sizes is not believed. The library works with the references it finds (`r="B7"`, `ref="A1:F90"`), reserves room for as many
//! texts as the file says it holds, and keeps every style, text and name it is given: so references are bounded by what a sheet
//! is, and lists by a stated number. The same reader of XML with the same settings looks at the parts as the library will, so that
//! nothing is seen by the one and not by the other.

use std::collections::BTreeMap;
use std::io::{self, BufReader, Cursor, Read};

use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use zip::ZipArchive;

/// What a workbook may unpack to, in megabytes.
pub const MOST_UNPACKED_MB: u64 = 128;
/// How many files a workbook may be packed of.
const MOST_PARTS: usize = 1_000;
/// How many rows and columns a sheet of the format has: to row 1,048,576 and column XFD.
const MOST_ROWS: u64 = 1_048_576;
const MOST_COLUMNS: u64 = 16_384;
/// What the library keeps whole, by the name of its element, and how many of each are read: texts as many as cells of a sheet, and
/// formats as many as the format has.
const LISTED: [(&str, &str, usize); 9] = [
    ("si", "texts", MOST_TEXTS),
    ("xf", "formats of cells", MOST_FORMATS),
    ("font", "fonts", MOST_FORMATS),
    ("fill", "fills", MOST_FORMATS),
    ("border", "borders", MOST_FORMATS),
    ("numFmt", "formats of numbers", MOST_FORMATS),
    ("definedName", "defined names", MOST_FORMATS),
    ("sheet", "sheets", MOST_FORMATS),
    ("Relationship", "relationships", MOST_FORMATS),
];
const MOST_TEXTS: usize = 200_000;
const MOST_FORMATS: usize = 65_490;
/// How long the names of fonts and the formats of numbers may be, in bytes as they are written: each format of cells that has one
/// is given a copy. A spreadsheet program takes 255 characters.
const LONGEST_FORMAT: usize = 2_000;
/// How an encrypted workbook begins, and one in the binary format of before 2007.
const COMPOUND_FILE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Unpacks everything, keeps nothing, and looks whether all of it can be read.
///
/// # Errors
/// What keeps it from being read, as the end of a sentence: it is no packed folder, or it is beyond a limit.
pub fn within_limits(bytes: &[u8]) -> Result<(), String> {
    if bytes.starts_with(&COMPOUND_FILE) {
        return Err("it has a password, or is of the format before .xlsx: save it as .xlsx, without a password".into());
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|problem| unreadable(&problem))?;
    if archive.len() > MOST_PARTS {
        return Err(format!("it is packed of {} files, and no more than {MOST_PARTS} are read", archive.len()));
    }
    let mut left = MOST_UNPACKED_MB << 20;
    let mut seen = Seen::default();
    for part in 0..archive.len() {
        let part = archive.by_index(part).map_err(|problem| unreadable(&problem))?;
        let name = part.name().map_err(|problem| unreadable(&problem))?.into_owned();
        let mut unpacked = part.take(left + 1);
        seen.part(&name, &mut unpacked)?;
        io::copy(&mut unpacked, &mut io::sink()).map_err(|problem| unreadable(&problem))?;
        left = unpacked
            .limit()
            .checked_sub(1)
            .ok_or_else(|| format!("it unpacks to more than {MOST_UNPACKED_MB} MB, and no more is read"))?;
    }
    seen.judged()
}

/// As the end of a sentence: the file is no workbook.
pub fn unreadable(problem: &impl std::fmt::Display) -> String {
    format!("it cannot be read as .xlsx ({problem})")
}

/// What was seen in the parts so far.
#[derive(Default)]
struct Seen {
    listed: [usize; LISTED.len()],
    /// Sheets by the relationship that says where they are.
    sheets: BTreeMap<String, String>,
    /// Where a part is, and the relationship that says so.
    targets: Vec<(String, String)>,
    /// The part with the first reference beyond a sheet, and what is wrong there.
    beyond: Option<(String, String)>,
}

impl Seen {
    /// Looks through a part until it ends or is no XML: there the library stops too.
    fn part(&mut self, name: &str, part: &mut impl Read) -> Result<(), String> {
        let mut xml = Reader::from_reader(BufReader::new(part));
        // As the library has them.
        let settings = xml.config_mut();
        settings.check_end_names = false;
        settings.expand_empty_elements = true;
        let mut text = Vec::new();
        loop {
            text.clear();
            match xml.read_event_into(&mut text) {
                Ok(Event::Start(element)) => self.element(name, &element)?,
                Ok(Event::Eof) | Err(_) => return Ok(()),
                Ok(_) => {}
            }
        }
    }

    fn element(&mut self, part: &str, element: &BytesStart) -> Result<(), String> {
        let local = element.local_name();
        let local: &str = local.as_ref();
        if let Some(kind) = LISTED.iter().position(|(name, ..)| *name == local) {
            let (_, several, most) = LISTED[kind];
            self.listed[kind] += 1;
            if self.listed[kind] > most {
                return Err(format!("it holds more than {most} {several}, and no more are read"));
            }
        }
        let of = |name: &'static str| attributes(element.attributes_raw()).filter(move |(key, _)| *key == name);
        let first = |name: &'static str| of(name).next().map(|(_, value)| value);
        match local {
            "sst" => {
                if let Some((_, written)) = of("uniqueCount").find(|(_, written)| !bounded(written, MOST_TEXTS)) {
                    let written = displayed(written);
                    return Err(format!(
                        "it says that it holds {written} texts, and no more than {MOST_TEXTS} are read"
                    ));
                }
            }
            "name" | "numFmt" if element.attributes_raw().len() > LONGEST_FORMAT => {
                return Err(format!(
                    "its part `{part}` gives a font or format a name of more than {LONGEST_FORMAT} characters"
                ));
            }
            "sheet" => {
                let id = attributes(element.attributes_raw()).find(|(key, _)| *key == "id" || key.ends_with(":id"));
                if let (Some((_, id)), Some(sheet)) = (id, first("name").and_then(|name| unescape(name).ok())) {
                    self.sheets.entry(id.to_owned()).or_insert_with(|| sheet.into_owned());
                }
            }
            "Relationship" if part.to_ascii_lowercase().ends_with("workbook.xml.rels") => {
                if let (Some(id), Some(target)) = (first("Id"), first("Target")) {
                    self.targets.push((target.trim_start_matches('/').to_ascii_lowercase(), id.to_owned()));
                }
            }
            "row" | "c" => self.referred(part, of("r").find_map(|(_, cell)| outside(cell))),
            "dimension" => self.referred(part, of("ref").find_map(|(_, area)| outside_area(area))),
            _ => {}
        }
        Ok(())
    }

    fn referred(&mut self, part: &str, wrong: Option<String>) {
        if self.beyond.is_none() {
            self.beyond = wrong.map(|wrong| (part.to_owned(), wrong));
        }
    }

    /// What was wrong in a sheet, by the sheet's name where the workbook says which part is which.
    fn judged(self) -> Result<(), String> {
        let Some((part, wrong)) = self.beyond else { return Ok(()) };
        let lower = part.to_ascii_lowercase();
        let sheet = self.targets.iter().filter(|(target, _)| lower.ends_with(target.as_str()));
        let sheet = sheet.filter_map(|(_, id)| self.sheets.get(id)).next();
        let location = sheet.map_or(format!("part `{part}`"), |sheet| format!("sheet `{sheet}`"));
        let remedy = "open it in a spreadsheet program, and save it again as .xlsx";
        Err(format!("its {location} {wrong}: {remedy}"))
    }
}

/// The attributes of an element as they are written: a key is what stands before `=`, whatever it is, for so the library reads.
fn attributes(raw: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = raw;
    std::iter::from_fn(move || {
        let (key, after) = rest.split_once('=')?;
        let after = after.trim_ascii_start();
        let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let (value, after) = after[1..].split_once(quote).unwrap_or((&after[1..], ""));
        rest = after;
        Some((key.trim_ascii(), value))
    })
}

/// Whether a number in digits is no more than this. What is no number the library passes over.
fn bounded(written: &str, most: usize) -> bool {
    let digits = written.strip_prefix('+').unwrap_or(written).trim_start_matches('0');
    !digits.bytes().all(|digit| digit.is_ascii_digit())
        || digits.is_empty()
        || digits.parse::<usize>().is_ok_and(|number| number <= most)
}

/// As much of what is written as is told.
fn displayed(written: &str) -> String {
    let start: String = written.chars().take(40).collect();
    if start.len() < written.len() { format!("{start}...") } else { start }
}

/// Row and column of a reference, each from one and as far as it can be read: what is no reference the library tells.
fn coordinates(reference: &str) -> (u64, u64) {
    let letters = reference.len() - reference.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()).len();
    let (letters, digits) = reference.split_at(letters);
    let column = letters.bytes().fold(0u64, |column, letter| {
        column.saturating_mul(26).saturating_add(u64::from(letter.to_ascii_uppercase() - b'A') + 1)
    });
    let row = digits
        .bytes()
        .take_while(u8::is_ascii_digit)
        .fold(0u64, |row, digit| row.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
    (row, column)
}

/// What is wrong with a reference to a row or cell that no sheet has.
fn outside(reference: &str) -> Option<String> {
    let (row, column) = coordinates(reference);
    let displayed = displayed(reference);
    if row > MOST_ROWS {
        Some(format!("names `{displayed}`, and the last row of a sheet is {MOST_ROWS}"))
    } else if column > MOST_COLUMNS {
        Some(format!("names `{displayed}`, and the last column of a sheet is XFD"))
    } else {
        None
    }
}

/// What is wrong with the area that a sheet says it fills: the library takes its first corner from its last.
fn outside_area(area: &str) -> Option<String> {
    if let Some(wrong) = area.split(':').find_map(outside) {
        return Some(wrong);
    }
    let (first, last) = area.split_once(':')?;
    let ((top, left), (bottom, right)) = (coordinates(first), coordinates(last));
    (bottom < top || right < left)
        .then(|| format!("says that it fills `{}`, which ends before it begins", displayed(area)))
}
