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
    /// Index among the macros of the one that it stands in.
    pub within: Option<usize>,
}

/// A model's text in parts.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// In file order, those of macros too.
    pub entries: Vec<Entry>,
    /// For each macro what stands behind its `:MACRO:`.
    pub macros: Vec<TextRange>,
    /// What follows the model and its sketch: Vensim's settings.
    pub settings: TextRange,
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

/// Where the settings begin, behind the sketch.
const SETTINGS: &str = "///---\\\\\\";

/// All parts of the text. What is wrong with bars, tildes and macros is added to `found`.
pub(super) fn parts(file: &Arc<str>, text: &str, found: &mut Diagnostics) -> Parts {
    let end = line_that_begins(text, 0, SKETCH);
    let settings = line_that_begins(text, end, SETTINGS);
    let model = text.get(..end).unwrap_or(text);
    let mut splitter = Splitter {
        file,
        text: model,
        position: 0,
        found,
        macros: Vec::new(),
        within: None,
        braces: Unclosed::default(),
    };
    let mut entries = Vec::new();
    while let Some(entry) = splitter.next_entry() {
        entries.push(entry);
    }
    splitter.end_of_macro_is_missing();
    Parts { entries, macros: splitter.macros, settings: TextRange { start: settings, end: text.len() } }
}

/// Where a line begins with these letters, at or after `from`; the end of the text if none does.
fn line_that_begins(text: &str, from: usize, letters: &str) -> usize {
    let rest = text.get(from..).unwrap_or("");
    if rest.starts_with(letters) {
        return from;
    }
    rest.find(&format!("\n{letters}")).map_or(text.len(), |newline| from + newline + 1)
}

struct Splitter<'a> {
    file: &'a Arc<str>,
    text: &'a str,
    position: usize,
    found: &'a mut Diagnostics,
    /// For each macro so far what stands behind its `:MACRO:`.
    macros: Vec<TextRange>,
    /// The macro that has begun and not ended.
    within: Option<usize>,
    braces: Unclosed,
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
            if self.position >= self.text.len() {
                return None;
            }
            if !self.begins_macro() && !self.ends_macro() {
                break;
            }
        }
        let is_heading = self.text.get(self.position..).is_some_and(|rest| rest.starts_with("***"));
        let (equation, mut ending) = if is_heading { self.text_field() } else { self.equation_field() };
        let mut entry = Entry { equation, units: None, comment: None, flags: None, within: self.within };
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
            let rest = self.text.get(self.position..).unwrap_or("");
            self.position += rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').len();
            if !self.text.get(self.position..).is_some_and(|rest| rest.starts_with('{')) {
                return;
            }
            match self.braces.end(self.text, self.position) {
                Some(end) => self.position = end,
                None => return,
            }
        }
    }

    /// Takes what stands behind `:MACRO:`, if that is next; the entries up to `:END OF MACRO:` are the macro's.
    fn begins_macro(&mut self) -> bool {
        const BEGIN: &str = ":MACRO:";
        let rest = self.text.get(self.position..).unwrap_or("");
        if !starts_with_ignoring_case(rest, BEGIN) {
            return false;
        }
        self.end_of_macro_is_missing();
        let start = self.position + BEGIN.len();
        let mut opened = false;
        let mut length = 0;
        for (offset, letter) in rest.get(BEGIN.len()..).unwrap_or("").char_indices() {
            length = offset;
            match letter {
                '(' => opened = true,
                ')' => {
                    length = offset + 1;
                    break;
                }
                '\n' if !opened => break,
                '~' | '|' => break,
                _ => {}
            }
            length = offset + letter.len_utf8();
        }
        self.position = start + length;
        self.within = Some(self.macros.len());
        self.macros.push(TextRange { start, end: start + length });
        true
    }

    /// Takes `:END OF MACRO:`, if that is next.
    fn ends_macro(&mut self) -> bool {
        const END: &str = ":END OF MACRO:";
        let rest = self.text.get(self.position..).unwrap_or("");
        if !starts_with_ignoring_case(rest, END) {
            return false;
        }
        let at = Span::new(self.file, self.position, self.position + END.len());
        self.position += END.len();
        if self.within.take().is_none() {
            self.found.push(
                Diagnostic::error(code::MACRO, "`:END OF MACRO:` ends nothing: no macro has begun before it")
                    .at(at)
                    .hint("remove it, or begin the macro with `:MACRO: NAME(a, b)`"),
            );
        }
        true
    }

    /// Says so, if a macro has begun and not ended.
    fn end_of_macro_is_missing(&mut self) {
        let Some(at) = self.within.take().and_then(|within| self.macros.get(within)) else {
            return;
        };
        let name = slice(self.text, *at).split('(').next().unwrap_or("").trim();
        self.found.push(
            Diagnostic::error(code::MACRO, format!("the macro `{name}` does not end"))
                .at(Span::new(self.file, at.start, at.start + slice(self.text, *at).trim_end().len()))
                .hint("write `:END OF MACRO:` on a line after its last equation"),
        );
    }

    /// Up to the first `~` or `|` that stands neither in quotes nor in braces.
    fn equation_field(&mut self) -> (TextRange, Ending) {
        let start = self.position;
        let bytes = self.text.as_bytes();
        let mut position = start;
        while let Some(byte) = bytes.get(position) {
            position = match byte {
                b'~' | b'|' => break,
                b'"' => quote_end(self.text, position).unwrap_or(position + 1),
                b'{' => self.braces.end(self.text, position).unwrap_or(position + 1),
                _ => position + 1,
            };
        }
        self.close_field(start, position)
    }

    /// Up to the next `~` or `|`.
    fn text_field(&mut self) -> (TextRange, Ending) {
        let start = self.position;
        let rest = self.text.get(start..).unwrap_or("");
        let position = start + rest.find(['~', '|']).unwrap_or(rest.len());
        self.close_field(start, position)
    }

    fn close_field(&mut self, start: usize, end: usize) -> (TextRange, Ending) {
        self.position = (end + 1).min(self.text.len());
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
        self.position = line;
        true
    }

    /// The part of a field before the position where reading goes on.
    fn clipped(&self, field: TextRange) -> Option<TextRange> {
        Some(TextRange { start: field.start, end: self.position })
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
            let rest = self.text.get(self.position..).unwrap_or("");
            self.position = (self.position + rest.find('|').map_or(rest.len(), |bar| bar + 1)).min(self.text.len());
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
    let mut position = start + 1;
    while let Some(byte) = bytes.get(position) {
        match byte {
            b'"' => return Some(position + 1),
            b'\\' if bytes.get(position + 1..).is_some_and(|rest| rest.starts_with(b"\r\n")) => position += 3,
            b'\\' => position += 2,
            b'\n' => return None,
            _ => position += 1,
        }
    }
    None
}

/// One past the brace that closes the one at `start`, others inside it closed first; nothing if none does.
pub(super) fn brace_end(text: &str, start: usize) -> Option<usize> {
    brace_end_or_open(text, start).ok()
}

/// One past the brace that closes the one at `start`, or the positions of all braces from there on that are not closed.
fn brace_end_or_open(text: &str, start: usize) -> Result<usize, Vec<usize>> {
    let mut open = Vec::new();
    for (position, byte) in text.bytes().enumerate().skip(start) {
        match byte {
            b'{' => open.push(position),
            b'}' => {
                open.pop();
                if open.is_empty() {
                    return Ok(position + 1);
                }
            }
            _ => {}
        }
    }
    Err(open)
}

/// Braces known not to be closed, so that the text is not searched to its end for each of them.
#[derive(Default)]
struct Unclosed {
    known: Vec<usize>,
}

impl Unclosed {
    fn end(&mut self, text: &str, start: usize) -> Option<usize> {
        if self.known.binary_search(&start).is_ok() {
            return None;
        }
        match brace_end_or_open(text, start) {
            Ok(end) => Some(end),
            Err(open) => {
                self.known = open;
                None
            }
        }
    }
}

fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.as_bytes().get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()))
}
