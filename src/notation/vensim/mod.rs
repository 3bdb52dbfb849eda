//! Vensim's text format (`.mdl`), the common tongue of system dynamics: text to model and back.
//!
//! A file is a row of entries, each `equation ~ units ~ comment |`. It is read in three strides, each a file here:
//! `entries` parts the text at its bars and tildes, `tokens` parts an equation into names, numbers and signs, and
//! `definition` (with `expression`, `lookup`, `table`, `range`) makes of them what the model holds.
//! A mistake costs the entry it stands in and no other, so one reading shows every mistake of a file.

mod cursor;
mod decode;
mod definition;
mod entries;
mod expression;
mod fields;
mod integration;
mod lookup;
mod range;
mod table;
mod tokens;
mod unsupported;
mod write;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::diagnostic::catalogue::notation as code;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::model::{Item, Model};

pub use decode::decode;
pub use write::write;

use cursor::Cursor;
use definition::Definition;

/// The model that `text` writes down, with every mistake in it. Entries without a mistake are in the model whatever
/// the others are like; so a model with errors is good for showing, and not for computing.
pub fn read(file: &Arc<str>, text: &Arc<str>) -> (Model, Diagnostics) {
    let mut found = Diagnostics::new();
    let mut items = Vec::new();
    let mut groups = 0;
    for entry in entries::entries(file, text, &mut found) {
        if entry.is_heading(text) {
            if let Some(group) = fields::heading(file, text, &entry, &mut found) {
                items.push(Item::Group(group));
                groups += 1;
            }
            continue;
        }
        let group = usize::checked_sub(groups, 1);
        let tokens = tokens::tokens(file, text, entry.equation, &mut found);
        let flawed = tokens.flawed;
        let mut cursor = Cursor::new(file, text, entry.equation, tokens, &mut found);
        let definition = if cursor.is_at_end() && !flawed {
            let at = Span::new(file, entry.equation.end, (entry.equation.end + 1).min(text.len()));
            cursor.report(
                Diagnostic::error(code::EMPTY_EQUATION, "there is no equation here")
                    .at(at)
                    .hint("remove this `|`, or write the equation that is missing before it"),
            );
            None
        } else {
            definition::definition(&mut cursor).ok()
        };
        let sound = !cursor.flawed && !flawed;
        let units = fields::units(file, text, &entry, &mut found);
        let Some(definition) = definition.filter(|_| sound) else {
            continue;
        };
        items.push(match definition {
            Definition::Range(mut range) => {
                range.comment = fields::comment(text, entry.comment);
                range.group = group;
                Item::Range(range)
            }
            Definition::Equation(mut equation) => {
                equation.units = units;
                equation.comment = fields::comment(text, entry.comment);
                equation.supplementary = fields::is_supplementary(text, entry.flags);
                equation.group = group;
                Item::Equation(equation)
            }
        });
    }
    let model =
        Model { file: Arc::clone(file), text: Arc::clone(text), items, integration: integration::integration(text) };
    (model, in_order(found))
}

/// In the order of the text, since entries are parted before any of them is read.
fn in_order(found: Diagnostics) -> Diagnostics {
    let mut sorted: Vec<Diagnostic> = found.iter().cloned().collect();
    sorted.sort_by_key(|diagnostic| diagnostic.span.as_ref().map(|span| span.start));
    sorted.into_iter().collect()
}
