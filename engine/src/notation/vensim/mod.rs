//! Vensim's text format (`.mdl`), the common tongue of system dynamics: text to model and back.
//!
//! A file is a row of entries, each `equation ~ units ~ comment |`. It is read in three strides, each a file here:
//! `entries` parts the text at its bars and tildes, `tokens` parts an equation into names, numbers and signs, and
//! `definition` (with `expression`, `lookup`, `table`, `range`) makes of them what the model holds.
//! A mistake costs the entry it stands in and no other, so one reading shows every mistake of a file. Macros are written out
//! where they are used, so that what is read knows of none.

mod cursor;
mod decode;
mod definition;
mod entries;
mod expression;
mod fields;
mod foreign;
mod functions;
mod integration;
mod lookup;
mod macro_header;
mod macros;
mod range;
mod synonyms;
mod table;
mod tokens;
mod write;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::diagnostic::catalogue::notation as code;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::model::{Equation, Item, Model, TextRange, Unread};

pub use decode::decode;
pub use functions::spelling;
pub use write::write;

use cursor::Cursor;
use definition::Definition;
use entries::Entry;
use macros::{MOST_EQUATIONS, Macro, Macros};

/// More than this is told of no one file; what is wrong with it is then mostly one thing.
const MOST_MESSAGES: usize = 100;

/// The model that `text` writes down, with every mistake in it. Entries without a mistake are in the model whatever
/// the others are like; so a model with errors is good for showing, and not for computing.
pub fn read(file: &Arc<str>, text: &Arc<str>) -> (Model, Diagnostics) {
    let mut reading = Reading {
        file,
        text,
        found: Diagnostics::new(),
        macros: Macros::default(),
        inner: Vec::new(),
        unread: Unread::default(),
    };
    let mut items = Vec::new();
    let mut unit_synonyms = Vec::new();
    if let Some(problem) = foreign::foreign(file, text) {
        reading.found.push(problem);
        reading.unread.nameless = true;
    } else {
        let parts = entries::parts(file, text, &mut reading.found);
        let mut own: Vec<Vec<&Entry>> = vec![Vec::new(); parts.macros.len()];
        for entry in &parts.entries {
            if let Some(of_macro) = entry.within.and_then(|within| own.get_mut(within)) {
                of_macro.push(entry);
            }
        }
        for (header, own) in parts.macros.iter().zip(&own) {
            reading.macro_of(*header, own);
        }
        items = reading.items(&parts.entries);
        unit_synonyms = synonyms::synonyms(text, parts.settings);
    }
    let Reading { found, inner, unread, .. } = reading;
    // Variables of macros stand behind the modeller's own.
    items.extend(inner.into_iter().map(Item::Equation));
    let integration = integration::integration(text);
    let model = Model { file: Arc::clone(file), text: Arc::clone(text), items, integration, unit_synonyms, unread };
    (model, in_order(found).at_most(MOST_MESSAGES, code::MANY, file))
}

struct Reading<'a> {
    file: &'a Arc<str>,
    text: &'a Arc<str>,
    found: Diagnostics,
    macros: Macros,
    /// What the uses of macros were written out to.
    inner: Vec<Equation>,
    unread: Unread,
}

impl Reading<'_> {
    /// What stands outside macros.
    fn items(&mut self, entries: &[Entry]) -> Vec<Item> {
        let mut items = Vec::new();
        let mut groups = 0;
        for entry in entries.iter().filter(|entry| entry.within.is_none()) {
            if entry.is_heading(self.text) {
                if let Some(group) = fields::heading(self.file, self.text, entry, &mut self.found) {
                    items.push(Item::Group(group));
                    groups += 1;
                }
                continue;
            }
            let group = usize::checked_sub(groups, 1);
            let Some((definition, inner)) = self.definition(entry) else { continue };
            items.push(match definition {
                Definition::Range(mut range) => {
                    range.group = group;
                    Item::Range(range)
                }
                Definition::Equation(mut equation) => {
                    equation.group = group;
                    Item::Equation(equation)
                }
            });
            self.write_out(inner, group, entry.equation);
        }
        items
    }

    /// What an entry defines, and the equations that macros in it were written out to; nothing if it is wrong.
    fn definition(&mut self, entry: &Entry) -> Option<(Definition, Vec<Equation>)> {
        let tokens = tokens::tokens(self.file, self.text, entry.equation, &mut self.found);
        let flawed = tokens.flawed;
        let mut cursor = Cursor::new(self.file, self.text, entry.equation, tokens, &mut self.found, &self.macros);
        cursor.in_macro = entry.within.is_some();
        let name = cursor.first_name();
        let is_range = cursor.is_range();
        let definition = if cursor.is_at_end() && !flawed {
            let at = Span::new(self.file, entry.equation.end, (entry.equation.end + 1).min(self.text.len()));
            cursor.report(
                Diagnostic::error(code::EMPTY_EQUATION, "there is no equation here")
                    .at(at)
                    .hint("remove this `|`, or write the equation that is missing before it"),
            );
            return None;
        } else {
            definition::definition(&mut cursor).ok()
        };
        let sound = !cursor.flawed && !flawed;
        let inner = std::mem::take(&mut cursor.inner);
        let units = fields::units(self.file, self.text, entry, &mut self.found);
        match definition.filter(|_| sound) {
            Some(Definition::Range(mut range)) => {
                range.comment = fields::comment(self.text, entry.comment);
                Some((Definition::Range(range), inner))
            }
            Some(Definition::Equation(mut equation)) => {
                equation.units = units;
                equation.comment = fields::comment(self.text, entry.comment);
                equation.supplementary = fields::is_supplementary(self.text, entry.flags);
                Some((Definition::Equation(equation), inner))
            }
            None => {
                match name {
                    Some(name) => {
                        self.unread.names.insert(name);
                        self.unread.ranges |= is_range;
                    }
                    None => self.unread.nameless = true,
                }
                None
            }
        }
    }

    /// Keeps what a macro was written out to, if it is not too much.
    fn write_out(&mut self, inner: Vec<Equation>, group: Option<usize>, at: TextRange) {
        if inner.is_empty() || self.inner.len() > MOST_EQUATIONS {
            return;
        }
        self.inner.extend(inner.into_iter().map(|equation| Equation { group, ..equation }));
        if self.inner.len() > MOST_EQUATIONS {
            self.too_much_written_out(at);
        }
    }

    fn too_much_written_out(&mut self, at: TextRange) {
        let message = format!("the uses of macros, written out, are more than {MOST_EQUATIONS} equations");
        self.found.push(
            Diagnostic::error(code::MACRO, message)
                .at(Span::new(self.file, at.start, at.end))
                .hint("use the macros less often, or macros inside macros less often"),
        );
    }

    /// Reads a macro and keeps it for those who use it.
    fn macro_of(&mut self, header: TextRange, entries: &[&Entry]) {
        let tokens = tokens::tokens(self.file, self.text, header, &mut self.found);
        let mut cursor = Cursor::new(self.file, self.text, header, tokens, &mut self.found, &self.macros);
        let Ok((name, parameters)) = macro_header::header(&mut cursor) else {
            // Whatever uses it would be called unknown.
            self.unread.nameless = true;
            return;
        };
        let whole = cursor.whole();
        let mut defined = Macro { name, parameters, equations: Vec::new(), flawed: cursor.flawed };
        for entry in entries.iter().filter(|entry| !entry.is_heading(self.text)) {
            let Some((definition, inner)) = self.definition(entry) else {
                defined.flawed = true;
                continue;
            };
            match definition {
                Definition::Equation(equation) if equation.left.subscripts.is_empty() => {
                    defined.equations.push(equation);
                    defined.equations.extend(inner);
                }
                _ => {
                    defined.flawed = true;
                    let message =
                        format!("the macro `{}` has subscripts inside, which a macro cannot have", defined.name);
                    self.report(
                        entry.equation,
                        message,
                        "use the macro with subscripts, `y[Range] = NAME(x[Range])`, and write it without",
                    );
                }
            }
            if defined.equations.len() > MOST_EQUATIONS {
                defined.flawed = true;
                defined.equations.clear();
                self.too_much_written_out(entry.equation);
                break;
            }
        }
        if !defined.flawed {
            if !defined.is_own(&defined.name) {
                defined.flawed = true;
                let message =
                    format!("the macro `{0}` has no equation for `{0}`, which is what it gives back", defined.name);
                self.report(whole, message, "give one of its equations the name of the macro");
            }
            for (name, at) in defined.strangers() {
                defined.flawed = true;
                let message = format!("`{name}` is not known inside the macro `{}`", defined.name);
                self.report(at, message, format!("define it inside, or write `{name}$` for the model's"));
            }
        }
        if !self.macros.add(defined) {
            self.report(whole, "a macro of this name is there already".to_owned(), "give one of the two another name");
        }
    }

    fn report(&mut self, at: TextRange, message: String, hint: impl Into<String>) {
        let at = fields::trimmed(self.text, at);
        self.found.push(Diagnostic::error(code::MACRO, message).at(Span::new(self.file, at.start, at.end)).hint(hint));
    }
}

/// In the order of the text, since entries are parted before any of them is read.
fn in_order(found: Diagnostics) -> Diagnostics {
    let mut sorted: Vec<Diagnostic> = found.iter().cloned().collect();
    sorted.sort_by_key(|diagnostic| diagnostic.span.as_ref().map(|span| span.start));
    sorted.into_iter().collect()
}
