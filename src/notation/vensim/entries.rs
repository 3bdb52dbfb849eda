//! A model's text parted into its entries, and each entry into equation, units, comment and flags.

use std::sync::Arc;

use crate::diagnostic::catalogue::notation as code;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::model::TextRange;

/// One entry, `equation ~ units ~ comment ~ flags |`, as stretches of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    /// Up to the first `~`.
    pub equation: TextRange,
    /// Between the first `~` and the second.
    pub units: Option<TextRange>,
    /// Between the second `~` and the third, or the `|`.
    pub comment: Option<TextRange>,
    /// After the third `~`.
    pub flags: Option<TextRange>,
}

impl Entry {
    /// Whether it is a group's heading, which begins with a row of stars.
    pub fn is_heading(&self, text: &str) -> bool {
        slice(text, self.equation).starts_with("***")
    }
}

/// The bytes of `text` that `at` names.
pub(super) fn slice(text: &str, at: TextRange) -> &str {
    text.get(at.start..at.end).unwrap_or("")
}

/// Where the sketch begins, which is drawing and no model.
const SKETCH: &str = "\\\\\\---///";

/// All entries of the text. What is wrong with bars, tildes and macros is added to `found`.
pub(super) fn entries(file: &Arc<str>, text: &str, found: &mut Diagnostics) -> Vec<Entry> {
    let end = sketch_start(text);
    let mut splitter = Splitter { file, text: text.get(..end).unwrap_or(text), place: 0, found, macros_end: true };
    let mut entries = Vec::new();
    while let Some(entry) = splitter.next_entry() {
        entries.push(entry);
    }
    entries
}

fn sketch_start(text: &str) -> usize {
    let first = text.starts_with(SKETCH).then_some(0);
    first.or_else(|| text.find(&format!("\n{SKETCH}")).map(|newline| newline + 1)).unwrap_or(text.len())
}

struct Splitter<'a> {
    file: &'a Arc<str>,
    text: &'a str,
    place: usize,
    found: &'a mut Diagnostics,
    /// Whether there may still be an `:END OF MACRO:` ahead.
    macros_end: bool,
}

/// How a field ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    Tilde,
    Bar,
    Text,
}

impl Splitter<'_> {
    fn next_entry(&mut self) -> Option<Entry> {
        loop {
            self.skip_blank();
            if self.place >= self.text.len() {
                return None;
            }
            if !self.skip_macro() {
                break;
            }
        }
        let is_heading = self.text.get(self.place..).is_some_and(|rest| rest.starts_with("***"));
        let (equation, mut ending) = if is_heading { self.text_field() } else { self.equation_field() };
        let mut entry = Entry { equation, units: None, comment: None, flags: None };
        let mut tildes = 0;
        while ending == Ending::Tilde {
            tildes += 1;
            let (field, next) = self.text_field();
            ending = next;
            match tildes {
                1 => {
                    entry.units = Some(field);
                    if !is_heading && self.restart_within(field) {
                        entry.units = self.clipped(field);
                        return Some(entry);
                    }
                }
                2 => entry.comment = Some(field),
                _ => {
                    entry.flags = entry.flags.or(Some(field));
                    let flags = slice(self.text, field).trim();
                    let plain = flags.is_empty() || flags.starts_with(':');
                    if tildes == 3 && plain && ending != Ending::Tilde {
                        break;
                    }
                    if let Some(comment) = entry.comment.filter(|comment| self.restart_within(*comment)) {
                        entry.comment = self.clipped(comment);
                        entry.flags = None;
                        return Some(entry);
                    }
                    self.too_many_tildes(field, ending);
                    ending = Ending::Bar;
                }
            }
        }
        if ending == Ending::Text {
            self.missing_bar(self.text.len(), "at the end of the file");
        }
        self.count_tildes(&entry, tildes);
        Some(entry)
    }

    /// White space and `{comments}` before an entry.
    fn skip_blank(&mut self) {
        loop {
            let rest = self.text.get(self.place..).unwrap_or("");
            self.place += rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').len();
            if !self.text.get(self.place..).is_some_and(|rest| rest.starts_with('{')) {
                return;
            }
            match brace_end(self.text, self.place) {
                Some(end) => self.place = end,
                None => return,
            }
        }
    }

    /// Skips a whole macro, if one begins here, and says that macros are not read.
    fn skip_macro(&mut self) -> bool {
        let rest = self.text.get(self.place..).unwrap_or("");
        if !starts_with_ignoring_case(rest, ":MACRO:") {
            return false;
        }
        let line = rest.lines().next().unwrap_or("");
        let name = line.get(7..).unwrap_or("").split('(').next().unwrap_or("").trim();
        let at = Span::new(self.file, self.place, self.place + line.trim_end().len());
        let macro_name = if name.is_empty() { "a macro".to_owned() } else { format!("the macro `{name}`") };
        self.found.push(
            Diagnostic::error(code::MACRO, format!("{macro_name} cannot be read: macros are not supported"))
                .at(at)
                .hint("write its equations out where it is used, once for each use"),
        );
        const END: &str = ":END OF MACRO:";
        let ahead = if self.macros_end { find_ignoring_case(rest, END) } else { None };
        self.macros_end = ahead.is_some();
        self.place += ahead.map_or(line.len(), |start| start + END.len());
        true
    }

    /// Up to the first `~` or `|` that stands neither in quotes nor in braces.
    fn equation_field(&mut self) -> (TextRange, Ending) {
        let start = self.place;
        let bytes = self.text.as_bytes();
        let mut place = start;
        while let Some(byte) = bytes.get(place) {
            place = match byte {
                b'~' | b'|' => break,
                b'"' => quote_end(self.text, place).unwrap_or(place + 1),
                b'{' => brace_end(self.text, place).unwrap_or(place + 1),
                _ => place + 1,
            };
        }
        self.close_field(start, place)
    }

    /// Up to the next `~` or `|`.
    fn text_field(&mut self) -> (TextRange, Ending) {
        let start = self.place;
        let rest = self.text.get(start..).unwrap_or("");
        let place = start + rest.find(['~', '|']).unwrap_or(rest.len());
        self.close_field(start, place)
    }

    fn close_field(&mut self, start: usize, end: usize) -> (TextRange, Ending) {
        self.place = (end + 1).min(self.text.len());
        let ending = match self.text.as_bytes().get(end) {
            Some(b'~') => Ending::Tilde,
            Some(_) => Ending::Bar,
            None => Ending::Text,
        };
        (TextRange { start, end }, ending)
    }

    /// If an equation begins on a later line of this field, the `|` before it is missing: reading goes on there.
    fn restart_within(&mut self, field: TextRange) -> bool {
        let Some(line) = equation_line(slice(self.text, field)).map(|offset| field.start + offset) else {
            return false;
        };
        self.missing_bar(line, "before the next equation begins");
        self.place = line;
        true
    }

    /// The part of a field before the place where reading goes on.
    fn clipped(&self, field: TextRange) -> Option<TextRange> {
        Some(TextRange { start: field.start, end: self.place })
    }

    fn missing_bar(&mut self, before: usize, when: &str) {
        let end = self.text.get(..before).unwrap_or(self.text).trim_end().len();
        let last = self.text.get(..end).and_then(|text| text.chars().next_back()).map_or(0, char::len_utf8);
        self.found.push(
            Diagnostic::error(code::MISSING_BAR, format!("the `|` that ends an equation is missing {when}"))
                .at(Span::new(self.file, end - last, end))
                .hint("type `|` after this"),
        );
    }

    fn too_many_tildes(&mut self, field: TextRange, ending: Ending) {
        self.found.push(
            Diagnostic::error(code::STRAY_TILDE, "a `~` too many: after the comment only `:SUPPLEMENTARY` may follow")
                .at(Span::new(self.file, field.start - 1, field.start))
                .hint("a comment can hold neither `~` nor `|`; if a new equation begins here, end the one before with `|`"),
        );
        if ending == Ending::Tilde {
            let rest = self.text.get(self.place..).unwrap_or("");
            self.place = (self.place + rest.find('|').map_or(rest.len(), |bar| bar + 1)).min(self.text.len());
        }
    }

    fn count_tildes(&mut self, entry: &Entry, tildes: usize) {
        if entry.is_heading(self.text) {
            return;
        }
        let end = entry.comment.or(entry.units).unwrap_or(entry.equation).end;
        let at = Span::new(self.file, end, (end + 1).min(self.text.len()));
        if tildes == 0 && !slice(self.text, entry.equation).trim().is_empty() {
            self.found.push(
                Diagnostic::error(
                    code::MISSING_TILDE,
                    "units and comment are missing: an equation ends with `~ units ~ comment |`",
                )
                .at(at)
                .hint("type `~ ~ |` here if there is neither unit nor comment"),
            );
        } else if tildes == 1 {
            self.found.push(
                Diagnostic::warning(
                    code::MISSING_TILDE,
                    "the comment is missing: an equation ends with `~ units ~ comment |`",
                )
                .at(at)
                .hint("type `~ |` here if there is no comment"),
            );
        }
    }
}

/// Where on a later line of a field an equation or a heading seems to begin.
fn equation_line(field: &str) -> Option<usize> {
    let mut indented = None;
    let mut last = None;
    let mut start = field.find('\n')? + 1;
    while let Some(rest) = field.get(start..).filter(|rest| !rest.is_empty()) {
        let line = rest.lines().next().unwrap_or("");
        if line.trim_start().starts_with("****") {
            return last.or(indented).or(Some(start));
        }
        if is_equation_start(line.trim()) {
            let margin = line.len() - line.trim_start().len();
            if margin == 0 {
                last = Some(start);
            } else {
                indented = indented.or(Some(start + margin));
            }
        }
        start += rest.find('\n').map_or(rest.len(), |newline| newline + 1);
    }
    last.or(indented)
}

/// `Name =`, `Name[Range] =` or `Name([(`.
fn is_equation_start(line: &str) -> bool {
    let Some((before, _)) = line.split_once('=').or_else(|| line.split_once("([(")) else {
        return false;
    };
    let before = before.trim_end_matches([':', '=']).trim();
    before.starts_with(|c: char| c.is_alphabetic() || c == '"')
        && before.chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || "_'$&%\"[],!:-".contains(c))
}

/// One past the quote that closes the one at `start`; nothing if the line ends first.
pub(super) fn quote_end(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut place = start + 1;
    while let Some(byte) = bytes.get(place) {
        match byte {
            b'"' => return Some(place + 1),
            b'\\' if bytes.get(place + 1..).is_some_and(|rest| rest.starts_with(b"\r\n")) => place += 3,
            b'\\' => place += 2,
            b'\n' => return None,
            _ => place += 1,
        }
    }
    None
}

/// One past the brace that closes the one at `start`; nothing if another opens first, or none closes.
pub(super) fn brace_end(text: &str, start: usize) -> Option<usize> {
    let rest = text.get(start + 1..)?;
    let end = rest.find(['{', '}'])?;
    (rest.as_bytes().get(end) == Some(&b'}')).then_some(start + 1 + end + 1)
}

fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.as_bytes().get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()))
}

fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
    text.as_bytes().windows(wanted.len()).position(|window| window.eq_ignore_ascii_case(wanted.as_bytes()))
}
