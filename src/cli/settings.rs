//! Constants set by `--set`, and variables chosen by `--vars`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::evidence::slip;
use crate::explain::command as code;
use crate::shipped::Text;
use engine::diagnostic::catalogue::structure as structure_code;
use engine::diagnostic::{Diagnostic, Diagnostics, Span, nearest};
use engine::model::{Binding, Bindings, Body, ExpressionKind, Model, Name, Provenance, Value};
use engine::structure::{ScalarId, Structure, VariableKind};

use super::terminal;

/// What is typed wins over a scenario (2); one element named wins over all elements.
const WHOLE: u8 = 3;
const ELEMENT: u8 = 4;

/// What `--set` binds.
#[derive(Debug)]
pub struct Settings {
    /// For the structure.
    pub bindings: Bindings,
    /// What was typed, one setting a line, for diagnostics to point into.
    pub typed: Text,
}

/// Reads settings, each `Name=number` or `Name[Element,...]=number`.
///
/// # Errors
/// All settings that cannot be read.
pub fn settings(arguments: &[String]) -> Result<Settings, (Diagnostics, Text)> {
    let file: Arc<str> = "--set".into();
    let mut text = String::new();
    let mut bindings = Bindings::default();
    let mut found = Diagnostics::new();
    for argument in arguments {
        // One line each, whatever was typed.
        let line = argument.replace(['\n', '\r'], " ");
        let span = Span::new(&file, text.len(), text.len() + line.len());
        match setting(&line, span) {
            Ok(binding) => bindings.values.push(binding),
            Err(diagnostic) => found.push(diagnostic),
        }
        text.push_str(&line);
        text.push('\n');
    }
    let typed = Text { file, content: text.into(), shipped: false };
    match found.into_result(()) {
        Ok(_) => Ok(Settings { bindings, typed }),
        Err(found) => Err((found, typed)),
    }
}

fn setting(line: &str, span: Span) -> Result<Binding, Diagnostic> {
    let wrong = |what: String| {
        Diagnostic::error(code::SETTING, what)
            .at(span.clone())
            .hint("write the name of a constant, `=` and a number, all in quotes: --set \"Bed count=120\" or --set \"Beds[Q1]=12\"")
    };
    // The last one, since a name in quotes may hold another.
    let Some((left, right)) = line.rsplit_once('=') else {
        return Err(wrong(format!("`{line}` has no `=`")));
    };
    let number = right.trim();
    let value: f64 = match number.parse() {
        Ok(value) if f64::is_finite(value) => value,
        _ if number.is_empty() => return Err(wrong(format!("`{line}` has no number after `=`"))),
        _ => {
            let meant = slip::meant(number).map_or_else(String::new, |meant| format!(": {meant}"));
            return Err(wrong(format!("`{number}` is no number{meant}")));
        }
    };
    let Some((name, elements)) = name_and_elements(left) else {
        return Err(wrong(if left.trim().is_empty() {
            format!("`{line}` has no name before `=`")
        } else {
            format!("`{}` is no name of a constant or of an element of one", left.trim())
        }));
    };
    let strength = if elements.is_empty() { WHOLE } else { ELEMENT };
    let provenance = Provenance { strength, span: Some(span.clone()) };
    Ok(Binding { name, elements, value: Value::Number(value), provenance })
}

/// `Name` or `Name[A,B]`, either with parts in quotes; nothing if it is neither.
fn name_and_elements(written: &str) -> Option<(Name, Vec<Name>)> {
    let written = written.trim();
    let (name, elements) = match outside_quotes(written).find(|(_, letter)| *letter == '[') {
        None => (written, Vec::new()),
        Some((open, _)) => {
            let inside = written[open + 1..].strip_suffix(']')?;
            (&written[..open], parts(inside).into_iter().map(Name::new).collect())
        }
    };
    let name = Name::new(name);
    let empty = |name: &Name| name.spelling().is_empty();
    (!empty(&name) && !elements.iter().any(empty)).then_some((name, elements))
}

/// The parts of a text between its commas, where these stand neither in quotes nor in brackets.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (offset, letter) in outside_quotes(text) {
        match letter {
            ',' if depth == 0 => {
                parts.push(&text[start..offset]);
                start = offset + 1;
            }
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

/// The letters that stand in no quotes, with their offsets.
fn outside_quotes(text: &str) -> impl Iterator<Item = (usize, char)> {
    let (mut quoted, mut before) = (false, ' ');
    text.char_indices().filter(move |(_, letter)| {
        let is_quote = *letter == '"' && before != '\\';
        before = *letter;
        quoted ^= is_quote;
        !quoted && !is_quote
    })
}

/// To what was found about settings, constants are added where the hints name none.
pub fn offer_constants(found: Diagnostics, model: &Model, typed: &Text) -> Diagnostics {
    let mut settable: BTreeMap<&Name, bool> = BTreeMap::new();
    for equation in model.equations() {
        let number = match &equation.body {
            Body::Expression(expression) => is_number(&expression.kind),
            Body::ConstantTable { .. } => true,
            Body::Lookup(_) => false,
        };
        *settable.entry(&equation.left.name).or_insert(true) &= number;
    }
    let mut seen: BTreeSet<&Name> = BTreeSet::new();
    let names = model.equations().map(|equation| &equation.left.name);
    let constants: Vec<&str> = names.filter(|name| settable[name] && seen.insert(name)).map(Name::spelling).collect();
    let offered = |diagnostic: &Diagnostic| {
        let span = diagnostic.span.as_ref().filter(|span| span.file == typed.file)?;
        let about = [structure_code::NO_SUCH_CONSTANT, structure_code::NOT_A_CONSTANT];
        if !about.contains(&diagnostic.code) || constants.is_empty() {
            return None;
        }
        let names_one = |hint: &String| constants.iter().any(|constant| hint.contains(&format!("`{constant}`")));
        if diagnostic.hints.iter().any(names_one) {
            return None;
        }
        let (left, _) = typed.content.get(span.start..span.end)?.rsplit_once('=')?;
        let (name, _) = name_and_elements(left)?;
        let near = nearest(name.spelling(), constants.iter().copied())
            .or_else(|| constants.iter().copied().find(|constant| shares_a_word(constant, name.spelling())));
        let Some(near) = near else {
            let some: Vec<String> = constants.iter().take(5).map(|constant| format!("`{constant}`")).collect();
            let more = if constants.len() > some.len() { " and others" } else { "" };
            return Some(format!("the model's constants are {}{more}", some.join(", ")));
        };
        Some(format!("the nearest constant is `{near}`"))
    };
    found
        .iter()
        .map(|diagnostic| match offered(diagnostic) {
            Some(hint) => diagnostic.clone().hint(hint),
            None => diagnostic.clone(),
        })
        .collect()
}

fn is_number(kind: &ExpressionKind) -> bool {
    match kind {
        ExpressionKind::Number(_) => true,
        ExpressionKind::Unary { operand, .. } => is_number(&operand.kind),
        _ => false,
    }
}

fn shares_a_word(one: &str, other: &str) -> bool {
    let long = |word: &&str| word.chars().count() > 3;
    let words: Vec<String> = other.split_whitespace().filter(long).map(str::to_lowercase).collect();
    one.split_whitespace().filter(long).any(|word| words.contains(&word.to_lowercase()))
}

/// The scalars that `--vars` names, in the order of the model.
///
/// # Errors
/// All names that the model does not have.
pub fn chosen(argument: &str, structure: &Structure) -> Result<Vec<ScalarId>, Diagnostics> {
    let mut scalars = Vec::new();
    let mut found = Diagnostics::new();
    for written in parts(argument) {
        // A comma too many is no variable too many.
        if written.trim().is_empty() || Name::new(written) == Name::new("time") {
            continue;
        }
        match one_chosen(written.trim(), structure) {
            Ok(some) => scalars.extend(some),
            Err(diagnostic) => found.push(diagnostic),
        }
    }
    scalars.sort();
    scalars.dedup();
    found.into_result(scalars).map(|(scalars, _)| scalars)
}

fn one_chosen(written: &str, structure: &Structure) -> Result<Vec<ScalarId>, Diagnostic> {
    let unknown = |what: String| Diagnostic::error(code::NO_VARIABLE, what);
    let Some((name, elements)) = name_and_elements(written) else {
        return Err(unknown(format!("`{written}` is no name of a variable")).hint("write `Name` or `Name[Element]`"));
    };
    let Some((_, variable)) = structure.variable(&name) else {
        let names = structure.variables.iter().filter(|v| !v.hidden && v.kind != VariableKind::Lookup);
        let near = nearest(name.spelling(), names.map(|variable| variable.name.spelling()));
        let unknown = unknown(format!("the model has no variable `{name}`"));
        return Err(match near {
            Some(near) => unknown.hint(format!("did you mean `{near}`?")),
            None => unknown.hint("without --vars every variable is written"),
        });
    };
    if variable.kind == VariableKind::Lookup {
        return Err(unknown(format!("`{}` is a lookup table, which has no value of its own", variable.name))
            .hint("name a variable that reads it"));
    }
    let defined =
        |offset: u32| Some(ScalarId(variable.first.0 + offset)).filter(|&scalar| structure.is_defined(scalar));
    if elements.is_empty() {
        return Ok((0..variable.count as u32).filter_map(defined).collect());
    }
    if elements.len() != variable.dimensions.len() {
        let ranges: Vec<&str> = variable.dimensions.iter().map(|dimension| dimension.range.spelling()).collect();
        let has = match ranges.len() {
            0 => "no subscripts".to_owned(),
            some => terminal::count(some, "subscript"),
        };
        let are = if elements.len() == 1 { "is" } else { "are" };
        let wrong = unknown(format!("`{}` has {has}, and {} {are} given", variable.name, elements.len()));
        return Err(if ranges.is_empty() {
            wrong.hint(format!("write `{}`", variable.name))
        } else {
            wrong.hint(format!("write `{}[{}]`", variable.name, ranges.join(",")))
        });
    }
    let mut offsets: Vec<u32> = vec![0];
    for (dimension, element) in variable.dimensions.iter().zip(&elements) {
        let size = dimension.elements.len() as u32;
        let indices: Vec<u32> = if *element == dimension.range {
            (0..size).collect()
        } else if let Some(index) = dimension.elements.iter().position(|own| own == element) {
            vec![index as u32]
        } else {
            let near = nearest(element.spelling(), dimension.elements.iter().map(Name::spelling));
            let names: Vec<String> = dimension.elements.iter().map(|own| format!("`{own}`")).collect();
            let hint = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("its elements are {}", names.join(", ")),
            };
            return Err(unknown(format!(
                "`{element}` is no element of `{}`, a subscript of `{}`",
                dimension.range, variable.name
            ))
            .hint(hint));
        };
        offsets = offsets.iter().flat_map(|offset| indices.iter().map(move |index| offset * size + index)).collect();
    }
    let scalars: Vec<ScalarId> = offsets.into_iter().filter_map(defined).collect();
    if scalars.is_empty() {
        return Err(unknown(format!("`{written}` has no equation in the model")).hint("name an element that has one"));
    }
    Ok(scalars)
}

#[cfg(test)]
mod tests {
    use super::{name_and_elements, parts};

    fn read(written: &str) -> Option<(String, Vec<String>)> {
        let (name, elements) = name_and_elements(written)?;
        Some((name.spelling().to_owned(), elements.iter().map(|element| element.spelling().to_owned()).collect()))
    }

    #[test]
    fn a_name_may_have_elements_and_quotes() {
        assert_eq!(read(" Beds "), Some(("Beds".into(), vec![])));
        assert_eq!(read("Beds[Q1, Age 0 to 4]"), Some(("Beds".into(), vec!["Q1".into(), "Age 0 to 4".into()])));
        assert_eq!(read("\"A&E [all]\"[\"a,b\"]"), Some(("A&E [all]".into(), vec!["a,b".into()])));
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for written in ["", "[Q1]", "Beds[", "Beds[]", "Beds[Q1", "Beds[Q1,]", "Beds]Q1["] {
            assert!(read(written).is_none(), "{written}");
        }
    }

    #[test]
    fn commas_in_brackets_and_quotes_divide_nothing() {
        assert_eq!(parts("a[x,y],\"b,c\",d"), ["a[x,y]", "\"b,c\"", "d"]);
    }
}
