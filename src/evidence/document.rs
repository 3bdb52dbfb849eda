//! A TOML text read piece by piece, each piece with its span, all complaints collected.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use engine::diagnostic::{Code, Diagnostic, Diagnostics, Severity, Span, is_hidden, nearest};

use super::slip;

/// The codes under which a room reports what can be wrong with any TOML file.
#[derive(Debug, Clone, Copy)]
pub struct Codes {
    /// The text is not TOML.
    pub not_toml: Code,
    /// A key that means nothing here.
    pub unknown_key: Code,
    /// A key that is needed and not there.
    pub missing_key: Code,
    /// A value of the wrong kind: text where a number is needed, and so on.
    pub wrong_kind: Code,
    /// A schema number that this version does not know.
    pub unknown_schema: Code,
    /// `nan`, `inf`, or a number too large to hold.
    pub not_finite: Code,
    /// A word that is not one of those that can stand here.
    pub unknown_word: Code,
    /// The same thing said twice.
    pub repeated: Code,
    /// A control character, or a line break where a name stands.
    pub hidden: Code,
    /// An id that is no plain word.
    pub no_word: Code,
}

/// The letters of the longest id: what is named after it must be a file name everywhere.
pub const LONGEST_ID: usize = 64;

/// The schema of files that this version reads and writes.
pub const SCHEMA: i64 = 1;

/// Something read, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Located<T> {
    /// What was read.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// The reading of one file: its name, its codes and what was found wrong so far.
#[derive(Debug)]
pub struct Reading {
    file: Arc<str>,
    /// The codes of the room that reads.
    pub codes: &'static Codes,
    found: Vec<Diagnostic>,
}

impl Reading {
    /// Nothing read yet.
    pub fn new(file: &Arc<str>, codes: &'static Codes) -> Self {
        Self { file: Arc::clone(file), codes, found: Vec::new() }
    }

    /// A stretch of this file.
    pub fn span(&self, at: Range<usize>) -> Span {
        Span::new(&self.file, at.start, at.end)
    }

    /// Notes something wrong.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Notes an error with its span; a hint can be added to what is returned.
    pub fn error(&mut self, code: Code, at: Span, message: impl Into<String>) -> &mut Self {
        self.report(Diagnostic::error(code, message).at(at));
        self
    }

    /// Notes a warning with its span; a hint can be added to what is returned.
    pub fn warning(&mut self, code: Code, at: Span, message: impl Into<String>) -> &mut Self {
        self.report(Diagnostic::warning(code, message).at(at));
        self
    }

    /// Adds a hint to what was noted last.
    pub fn hint(&mut self, hint: impl Into<String>) {
        if let Some(last) = self.found.last_mut() {
            last.hints.push(hint.into());
        }
    }

    /// How many things were found wrong so far.
    pub fn count(&self) -> usize {
        self.found.len()
    }

    /// Whether anything found so far is an error.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|one| one.severity == Severity::Error)
    }

    /// Everything found wrong, in the order of the text.
    pub fn finish(mut self) -> Diagnostics {
        self.found.sort_by_key(|d| d.span.as_ref().map_or(0, |span| span.start));
        self.found.into_iter().collect()
    }

    /// The file as a table; `None` when the text is not TOML at all.
    ///
    /// A key written twice is reported and the first is kept, so that the rest of the file is read too.
    pub fn parse<'t>(&mut self, text: &'t str) -> Option<DeTable<'t>> {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut readable = true;
        // A table that stands twice repeats its keys too: only the heading is worth a complaint.
        let mut quiet = 0..0;
        for error in errors {
            let at = error.span().unwrap_or(0..0);
            if error.message() != "duplicate key" {
                readable = false;
                if let Some((from, written, meant)) = slip_at(text, at.start) {
                    let span = self.span(from..from + written.len());
                    // The parser stumbles over one number more than once.
                    if !self.found.iter().any(|known| known.span.as_ref() == Some(&span)) {
                        self.error(self.codes.not_toml, span, format!("`{written}` is no number that a file can have"))
                            .hint(meant);
                    }
                    continue;
                }
                self.error(self.codes.not_toml, self.span(at), format!("this is not TOML: {}", error.message()))
                    .hint("put text in double quotes, and close every quote and bracket");
                continue;
            }
            if quiet.contains(&at.start) {
                continue;
            }
            let line = text[..at.start].rfind('\n').map_or(0, |end| end + 1);
            if text[line..].trim_start().starts_with('[') {
                quiet = at.end..text[at.end..].find("\n[").map_or(text.len(), |end| at.end + end);
            }
            let key = text.get(at.clone()).unwrap_or_default().trim_matches('"');
            self.error(self.codes.repeated, self.span(at.clone()), format!("`{key}` is written twice"))
                .hint("keep one of the two");
        }
        let table = table.into_inner();
        self.hidden_in(&table);
        readable.then_some(table)
    }

    /// Reports control characters in keys and texts, whatever they are for: they would reach terminals, pages and workbooks.
    fn hidden_in(&mut self, table: &DeTable<'_>) {
        for (key, value) in table.iter() {
            self.hidden(key.get_ref(), key.span(), |_| false);
            self.hidden_below(value);
        }
    }

    fn hidden_below(&mut self, value: &Spanned<DeValue<'_>>) {
        match value.get_ref() {
            DeValue::String(text) => self.hidden(text, value.span(), |letter| matches!(letter, '\n' | '\r' | '\t')),
            DeValue::Table(table) => self.hidden_in(table),
            DeValue::Array(items) => items.iter().for_each(|item| self.hidden_below(item)),
            _ => {}
        }
    }

    fn hidden(&mut self, text: &str, at: Range<usize>, may: impl Fn(char) -> bool) {
        let Some(letter) = text.chars().find(|letter| is_hidden(*letter) && !may(*letter)) else { return };
        let (at, code) = (self.span(at), u32::from(letter));
        let message = match letter {
            '\n' | '\r' => "a line ends in the middle of a name".to_owned(),
            '\t' => "a tab stands in a name".to_owned(),
            _ => format!("a control character, U+{code:04X}, stands in a text"),
        };
        self.error(self.codes.hidden, at, message)
            .hint("take it out: a terminal or a spreadsheet would obey it, and nobody sees it");
    }
}

/// A number that nobody but people can read, in the line in which the text could not be read.
fn slip_at(text: &str, at: usize) -> Option<(usize, &str, String)> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].lines().next()?;
    let (from, written, meant) = slip::in_line(line)?;
    Some((start + from, written, meant))
}

/// The keys of one table. Each method asks for one key; [`Fields::finish`] reports those that nobody asked for.
#[derive(Debug)]
pub struct Fields<'t, 'i> {
    table: &'t DeTable<'i>,
    at: Span,
    called: String,
    known: Vec<&'static str>,
}

impl<'t, 'i> Fields<'t, 'i> {
    /// The keys of `table`, which is called `called` in messages (a phrase such as "the scenario") and stands at `at`.
    pub fn new(table: &'t DeTable<'i>, at: Span, called: impl Into<String>) -> Self {
        Self { table, at, called: called.into(), known: Vec::new() }
    }

    /// Where the table stands.
    pub fn at(&self) -> &Span {
        &self.at
    }

    /// What the table is called in messages.
    pub fn called(&self) -> &str {
        &self.called
    }

    /// Whether the key is there; it counts as known.
    pub fn has(&mut self, key: &'static str) -> bool {
        self.value(key).is_some()
    }

    /// The span of a key that is there.
    pub fn key_span(&self, reading: &Reading, key: &str) -> Option<Span> {
        self.table.get_key_value(key).map(|(key, _)| reading.span(key.span()))
    }

    fn value(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'i>>> {
        self.known.push(key);
        self.table.get(key)
    }

    /// Text, if the key is there.
    pub fn text(&mut self, reading: &mut Reading, key: &'static str) -> Option<Located<String>> {
        let value = self.value(key)?;
        text(reading, value, &format!("`{key}`"))
    }

    /// A name, if the key is there: text on one line.
    pub fn name(&mut self, reading: &mut Reading, key: &'static str) -> Option<Located<String>> {
        let name = self.text(reading, key)?;
        if let Some(letter) = name.value.trim_end().chars().find(|letter| matches!(letter, '\n' | '\r' | '\t')) {
            let what = if letter == '\t' { "a tab" } else { "a line break" };
            reading
                .error(reading.codes.hidden, name.span.clone(), format!("`{key}` holds {what}"))
                .hint("write a name in one line, with spaces");
        }
        Some(name)
    }

    /// A whole number, if the key is there.
    pub fn whole(&mut self, reading: &mut Reading, key: &'static str) -> Option<Located<i64>> {
        let value = self.value(key)?;
        whole(reading, value, &format!("`{key}`"))
    }

    /// A number, if the key is there.
    pub fn number(&mut self, reading: &mut Reading, key: &'static str) -> Option<Located<f64>> {
        let value = self.value(key)?;
        number(reading, value, &format!("`{key}`"))
    }

    /// `true` or `false`, if the key is there.
    pub fn truth(&mut self, reading: &mut Reading, key: &'static str) -> Option<Located<bool>> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Boolean(truth) => Some(Located { value: *truth, span: reading.span(value.span()) }),
            other => {
                wrong_kind(reading, value, &format!("`{key}`"), "true or false", other);
                None
            }
        }
    }

    /// A list of texts, if the key is there; one text alone counts as a list of one.
    pub fn texts(&mut self, reading: &mut Reading, key: &'static str) -> Option<Vec<Located<String>>> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Array(items) => {
                Some(items.iter().filter_map(|item| text(reading, item, &format!("each of `{key}`"))).collect())
            }
            DeValue::String(_) => text(reading, value, &format!("`{key}`")).map(|only| vec![only]),
            other => {
                wrong_kind(reading, value, &format!("`{key}`"), "a list of texts", other);
                None
            }
        }
    }

    /// A list of numbers, if the key is there.
    pub fn numbers(&mut self, reading: &mut Reading, key: &'static str) -> Option<Vec<Located<f64>>> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Array(items) => {
                Some(items.iter().filter_map(|item| number(reading, item, &format!("each of `{key}`"))).collect())
            }
            other => {
                wrong_kind(reading, value, &format!("`{key}`"), "a list of numbers", other);
                None
            }
        }
    }

    /// A table, if the key is there; it is called `called` in messages.
    pub fn table(
        &mut self,
        reading: &mut Reading,
        key: &'static str,
        called: impl Into<String>,
    ) -> Option<Fields<'t, 'i>> {
        let value = self.value(key)?;
        table(reading, value, called)
    }

    /// The tables of a list such as `[[strategy]]`; none when the key is not there. Each is called `called`.
    pub fn tables(&mut self, reading: &mut Reading, key: &'static str, called: &str) -> Vec<Fields<'t, 'i>> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        match value.get_ref() {
            DeValue::Array(items) => items.iter().filter_map(|item| table(reading, item, called)).collect(),
            other => {
                wrong_kind(
                    reading,
                    value,
                    &format!("`{key}`"),
                    &format!("a list of tables, each headed [[{key}]]"),
                    other,
                );
                Vec::new()
            }
        }
    }

    /// Counts the keys of a range as known, where a complaint about them was made already or they do not matter.
    pub(super) fn known_range(&mut self) {
        self.known.extend(["low", "high", "distribution", "central", "log_mean", "log_sd", "value", "values"]);
    }

    /// Any value, if the key is there.
    pub fn any(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'i>>> {
        self.value(key)
    }

    /// Like [`Fields::text`], and an error when the key is not there.
    pub fn needed_text(&mut self, reading: &mut Reading, key: &'static str, hint: &str) -> Option<Located<String>> {
        self.need(reading, key, hint);
        self.text(reading, key)
    }

    /// Like [`Fields::name`], and an error when the key is not there.
    pub fn needed_name(&mut self, reading: &mut Reading, key: &'static str, hint: &str) -> Option<Located<String>> {
        self.need(reading, key, hint);
        self.name(reading, key)
    }

    /// An id, and an error when the key is not there or the id is more than letters, digits, hyphens and underscores: files, links and
    /// columns are named after ids.
    pub fn needed_id(&mut self, reading: &mut Reading, key: &'static str, hint: &str) -> Option<Located<String>> {
        let id = self.needed_text(reading, key, hint)?;
        let letters = id.value.chars().count();
        let plain = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_';
        let word = id.value.starts_with(char::is_alphanumeric) && id.value.chars().all(plain);
        if word && letters <= LONGEST_ID {
            return Some(id);
        }
        let message = match id.value.as_str() {
            blank if blank.trim().is_empty() => "the id is empty".to_owned(),
            long if word => format!("the id `{long}` has {letters} letters, and {LONGEST_ID} are the most"),
            other => format!("the id `{other}` is more than letters, digits, hyphens and underscores"),
        };
        let words = id.value.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        let plain = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
        let plain: String = plain.chars().take(LONGEST_ID).collect();
        let plain = plain.trim_matches(['-', '_']);
        let hint = match plain {
            "" => format!("write {hint}"),
            plain => format!("write {key} = \"{plain}\"; `name` may hold what else is to be read"),
        };
        reading.error(reading.codes.no_word, id.span.clone(), message).hint(hint);
        Some(id)
    }

    /// Reports the key as missing unless it is there. `hint` says what to write.
    pub fn need(&mut self, reading: &mut Reading, key: &'static str, hint: &str) -> bool {
        if self.has(key) {
            return true;
        }
        reading
            .error(reading.codes.missing_key, self.at.clone(), format!("{} has no `{key}`", self.called))
            .hint(format!("write {hint}"));
        false
    }

    /// All keys with their values, in the order of the text, for a table whose keys are names. They count as known.
    pub fn entries(&self) -> Vec<(&'t Spanned<toml::de::DeString<'i>>, &'t Spanned<DeValue<'i>>)> {
        let mut entries: Vec<_> = self.table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        entries
    }

    /// Reports the keys that nobody asked for, with the nearest that somebody did.
    pub fn finish(self, reading: &mut Reading) {
        let mut unknown: Vec<_> =
            self.table.keys().filter(|key| !self.known.contains(&key.get_ref().as_ref())).collect();
        unknown.sort_by_key(|key| key.span().start);
        for key in unknown {
            let name = key.get_ref().as_ref();
            reading.error(
                reading.codes.unknown_key,
                reading.span(key.span()),
                format!("{} has a key `{name}`, which means nothing here", self.called),
            );
            match nearest(name, self.known.iter().copied()) {
                Some(near) => reading.hint(format!("did you mean `{near}`?")),
                None => {
                    let mut known = self.known.clone();
                    known.sort_unstable();
                    known.dedup();
                    reading.hint(format!("the keys here are {}", listed(&known)));
                }
            }
        }
    }

    /// Reads `schema` and reports one that this version does not know.
    pub fn schema(&mut self, reading: &mut Reading) {
        if !self.need(reading, "schema", &format!("schema = {SCHEMA}")) {
            return;
        }
        let Some(schema) = self.whole(reading, "schema") else {
            return;
        };
        if schema.value > SCHEMA {
            reading
                .error(
                    reading.codes.unknown_schema,
                    schema.span,
                    format!(
                        "this file has schema {}, and this version of Wellspring reads schema {SCHEMA}",
                        schema.value
                    ),
                )
                .hint("use a newer Wellspring");
        } else if schema.value < SCHEMA {
            reading
                .error(reading.codes.unknown_schema, schema.span, format!("there is no schema {}", schema.value))
                .hint(format!("write schema = {SCHEMA}"));
        }
    }

    /// One of a few words, if the key is there.
    pub fn word<T: Copy>(
        &mut self,
        reading: &mut Reading,
        key: &'static str,
        words: &[(&'static str, T)],
    ) -> Option<Located<T>> {
        let written = self.text(reading, key)?;
        let found = words.iter().find(|(word, _)| word.eq_ignore_ascii_case(written.value.trim()));
        if let Some((_, meaning)) = found {
            return Some(Located { value: *meaning, span: written.span });
        }
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        reading.error(reading.codes.unknown_word, written.span, format!("`{key}` cannot be `{}`", written.value));
        match nearest(&written.value, known.iter().copied()) {
            Some(near) => reading.hint(format!("did you mean \"{near}\"?")),
            None => reading.hint(format!("write one of {}", listed(&known))),
        }
        None
    }
}

/// A table, or a complaint.
pub fn table<'t, 'i>(
    reading: &mut Reading,
    value: &'t Spanned<DeValue<'i>>,
    called: impl Into<String>,
) -> Option<Fields<'t, 'i>> {
    let called = called.into();
    match value.get_ref() {
        DeValue::Table(table) => Some(Fields::new(table, reading.span(value.span()), called)),
        other => {
            wrong_kind(reading, value, &called, "a table", other);
            None
        }
    }
}

/// Text, or a complaint.
pub fn text(reading: &mut Reading, value: &Spanned<DeValue<'_>>, called: &str) -> Option<Located<String>> {
    match value.get_ref() {
        DeValue::String(text) => Some(Located { value: text.to_string(), span: reading.span(value.span()) }),
        other => {
            wrong_kind(reading, value, called, "text in quotes", other);
            None
        }
    }
}

/// A whole number, or a complaint.
pub fn whole(reading: &mut Reading, value: &Spanned<DeValue<'_>>, called: &str) -> Option<Located<i64>> {
    let DeValue::Integer(digits) = value.get_ref() else {
        wrong_kind(reading, value, called, "a whole number", value.get_ref());
        return None;
    };
    match i64::from_str_radix(digits.as_str(), digits.radix()) {
        Ok(whole) => Some(Located { value: whole, span: reading.span(value.span()) }),
        Err(_) => {
            too_large(reading, value, called);
            None
        }
    }
}

/// A finite number, or a complaint.
pub fn number(reading: &mut Reading, value: &Spanned<DeValue<'_>>, called: &str) -> Option<Located<f64>> {
    let parsed = match value.get_ref() {
        DeValue::Integer(digits) if digits.radix() == 10 => digits.as_str().parse::<f64>().ok(),
        DeValue::Integer(_) => return whole(reading, value, called).map(as_number),
        DeValue::Float(digits) => digits.as_str().parse::<f64>().ok(),
        other => {
            wrong_kind(reading, value, called, "a number", other);
            if let DeValue::String(text) = other
                && let Some(meant) = slip::meant(text)
            {
                reading.hint(format!("{meant}, and without quotes"));
            }
            return None;
        }
    };
    match parsed {
        Some(number) if number.is_finite() => Some(Located { value: number, span: reading.span(value.span()) }),
        _ => {
            too_large(reading, value, called);
            None
        }
    }
}

fn as_number(whole: Located<i64>) -> Located<f64> {
    Located { value: whole.value as f64, span: whole.span }
}

fn too_large(reading: &mut Reading, value: &Spanned<DeValue<'_>>, called: &str) {
    reading
        .error(
            reading.codes.not_finite,
            reading.span(value.span()),
            format!("{called} is not a number that can be computed with"),
        )
        .hint("write a finite number; leave the line out if it is not known");
}

/// Reports a value of the wrong kind.
pub fn wrong_kind(
    reading: &mut Reading,
    value: &Spanned<DeValue<'_>>,
    called: &str,
    wanted: &str,
    found: &DeValue<'_>,
) {
    let kind = match found {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    };
    reading
        .error(reading.codes.wrong_kind, reading.span(value.span()), format!("{called} is {kind}"))
        .hint(format!("{wanted} is needed here"));
}

/// Words in a sentence: `a, b and c`.
pub fn listed<S: AsRef<str>>(words: &[S]) -> String {
    match words {
        [] => "none".to_owned(),
        [only] => format!("`{}`", only.as_ref()),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(|w| format!("`{}`", w.as_ref())).collect();
            format!("{} and `{}`", first.join(", "), last.as_ref())
        }
    }
}
