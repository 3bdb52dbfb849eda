//! The book of the shipped model, docs/models/prevention.md: written from the model's own names, equations, units and
//! comments, so that it cannot say anything else than the model does. `UPDATE=1 cargo test` writes it anew.

use std::fmt::Write;
use std::sync::Arc;

use wellspring::model::{Equation, Item, Model, SubscriptRange};
use wellspring::notation::vensim;

use crate::documents::{compare, read};

#[test]
fn the_model_book_says_what_the_model_says() {
    let text: Arc<str> = read("models/prevention.mdl").into();
    let (model, found) = vensim::read(&"models/prevention.mdl".into(), &text);
    assert!(!found.has_errors(), "{found:?}");
    compare("docs/models/prevention.md", &book(&model));
}

/// The book of a model.
fn book(model: &Model) -> String {
    let mut book = String::from(
        "# The prevention model, equation by equation\n\n\
         Written from [models/prevention.mdl](../../models/prevention.mdl) by a test; do not edit it here. What the model is \
         for, what it leaves out and where it may mislead stands in [models/README.md](../../models/README.md).\n\n\
         A word before an equation says what it defines: a **stock** has a memory, a **constant** is set from outside, and \
         everything else is computed at every moment. `Set by` names who gives a constant its number: the evidence on a \
         place, a programme's card, or the system at large; the scenario (a lever); or the study, which switches plans and \
         effects on and off to tell a strategy from its twin. The number written here stands in where nobody sets it.\n",
    );
    book.push_str(&contents(model));
    let mut equations: Vec<&Equation> = Vec::new();
    for item in &model.items {
        match item {
            Item::Equation(equation) => {
                let goes_on = equations.last().is_none_or(|last| last.left.name == equation.left.name);
                if !goes_on {
                    variable(&mut book, model, &equations);
                    equations.clear();
                }
                equations.push(equation);
            }
            Item::Group(_) | Item::Range(_) => {
                variable(&mut book, model, &equations);
                equations.clear();
                match item {
                    Item::Group(group) => {
                        // Writing into a String does not fail; so everywhere below.
                        let _ = write!(book, "\n## {}\n\n{}\n", group.name, group.comment.trim());
                    }
                    Item::Range(range) => subscript(&mut book, model, range),
                    Item::Equation(_) => {}
                }
            }
        }
    }
    variable(&mut book, model, &equations);
    book
}

fn contents(model: &Model) -> String {
    let mut contents = String::from("\n");
    for item in &model.items {
        if let Item::Group(group) = item {
            let anchor = group.name.to_lowercase().replace(' ', "-");
            let _ = writeln!(contents, "- [{}](#{anchor})", group.name);
        }
    }
    contents
}

fn subscript(book: &mut String, model: &Model, range: &SubscriptRange) {
    let written = one_line(entry(model, range.at.start, 0));
    let elements = written.split_once(':').map_or("", |(_, elements)| elements.trim());
    let _ = write!(book, "\n### {}\n\n{}\n\n{}\n", range.name, range.comment.trim(), elements);
}

/// A variable with all the equations that stand together for its elements.
fn variable(book: &mut String, model: &Model, equations: &[&Equation]) {
    let Some(first) = equations.first() else { return };
    let units = one_line(entry(model, first.at.start, 1));
    let _ = write!(book, "\n### {}\n\n", first.left.name);
    let comment = equations.iter().map(|equation| equation.comment.trim()).find(|comment| !comment.is_empty());
    let _ = write!(book, "{}{} *{units}*\n\n```text\n", kind(model, first), comment.unwrap_or(""));
    for equation in equations {
        let _ = writeln!(book, "{}", equation_text(model, equation));
    }
    book.push_str("```\n");
}

fn kind(model: &Model, equation: &Equation) -> &'static str {
    let written = one_line(entry(model, equation.at.start, 0));
    let right = written.split_once('=').map_or("", |(_, right)| right.trim());
    if right.starts_with("INTEG") {
        "**Stock.** "
    } else if right.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | ',' | ';' | ' ')) {
        "**Constant.** "
    } else {
        ""
    }
}

fn equation_text(model: &Model, equation: &Equation) -> String {
    let written = one_line(entry(model, equation.at.start, 0));
    match written.split_once('=') {
        Some((left, right)) => format!("{} = {}", left.trim(), right.trim()),
        None => written,
    }
}

/// The part (0: equation, 1: unit, 2: comment) of the entry that begins at `start`.
fn entry(model: &Model, start: usize, part: usize) -> &str {
    let whole = model.text[start..].split('|').next().unwrap_or_default();
    whole.split('~').nth(part).unwrap_or_default()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_small_model_makes_a_small_book() {
    let text = "{UTF-8}\n*****\n\t.Water\n*****~\n\t\tA tub.\n\t|\nTub = INTEG(-Leak, 8) ~ litres ~ What is in it. |\n\
                Leak = Tub/Time to leak ~ litres/Year ~ What is lost. |\nTime to leak = 2 ~ Year ~ Set by: place. |\n";
    let (model, found) = vensim::read(&"tub.mdl".into(), &Arc::from(text));
    assert!(!found.has_errors(), "{found:?}");
    let book = book(&model);
    assert!(book.contains("- [Water](#water)\n"), "{book}");
    assert!(
        book.contains("### Tub\n\n**Stock.** What is in it. *litres*\n\n```text\nTub = INTEG(-Leak, 8)\n```\n"),
        "{book}"
    );
    assert!(book.contains("### Time to leak\n\n**Constant.** Set by: place. *Year*"), "{book}");
}
