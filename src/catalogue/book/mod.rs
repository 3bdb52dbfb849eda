//! The book of a model: every equation with its unit and comment, in the model's own words and order.
//!
//! It is made from the model, its accounts and its evidence alone, so that it can say nothing else than they do.

mod evidence;
mod stocks;

use std::fmt::Write;

use crate::evidence::EvidenceFile;
use crate::scenario::Loop;
use engine::model::{Body, Equation, Expression, ExpressionKind, Function, Item, Model, SubscriptRange, TextRange};

/// What is known of a model besides its text.
#[derive(Debug, Clone, Copy, Default)]
pub struct About<'a> {
    /// What stands below the title, such as how the book is made and where more is said; may be empty.
    pub preface: &'a str,
    /// Loops that can be cut.
    pub loops: &'a [Loop],
    /// Files that give its constants their numbers.
    pub evidence: &'a [EvidenceFile],
}

const KINDS: &str = "A word before an equation says what it defines: a **stock** has a memory, a **constant** is set from \
    outside, and everything else is computed at every moment. `Set by` names who gives a constant its number: the evidence \
    on a place, a programme's card, or the system at large; the scenario (a lever); or the study, which switches plans and \
    effects on and off to tell a strategy from its twin. The number written here stands in where nobody sets it.";

const GRADES: &str = "Below a constant stands the evidence that sets it: the grade, the source, and whose number it is, with \
    the row of evidence in brackets. Grade A was read in the source, B recalled from it, C derived or assumed.";

/// The book of a model in Markdown.
pub fn book(model: &Model, about: &About<'_>) -> String {
    let mut book = format!("# {}, equation by equation\n", file_name(&model.file));
    let evidence = if about.evidence.is_empty() { "" } else { GRADES };
    for paragraph in [about.preface, KINDS, evidence].into_iter().filter(|text| !text.is_empty()) {
        // Writing into a String does not fail; so everywhere below.
        let _ = write!(book, "\n{paragraph}\n");
    }
    let (stocks, loops) = (stocks::table(model), loops(about.loops));
    book.push_str(&contents(model, !stocks.is_empty(), !loops.is_empty()));
    book.push_str(&stocks);
    book.push_str(&loops);
    let mut equations: Vec<&Equation> = Vec::new();
    for item in &model.items {
        match item {
            Item::Equation(equation) => {
                let goes_on = equations.last().is_none_or(|last| last.left.name == equation.left.name);
                if !goes_on {
                    variable(&mut book, model, about, &equations);
                    equations.clear();
                }
                equations.push(equation);
            }
            Item::Group(_) | Item::Range(_) => {
                variable(&mut book, model, about, &equations);
                equations.clear();
                match item {
                    Item::Group(group) => {
                        let _ = write!(book, "\n## {}\n\n{}\n", group.name, group.comment.trim());
                    }
                    Item::Range(range) => subscript(&mut book, model, range),
                    Item::Equation(_) => {}
                }
            }
        }
    }
    variable(&mut book, model, about, &equations);
    book
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn contents(model: &Model, stocks: bool, loops: bool) -> String {
    let mut headings: Vec<&str> = Vec::new();
    headings.extend(stocks.then_some(stocks::HEADING));
    headings.extend(loops.then_some(LOOPS));
    headings.extend(model.items.iter().filter_map(|item| match item {
        Item::Group(group) => Some(group.name.as_str()),
        _ => None,
    }));
    let mut contents = String::from("\n");
    for heading in headings {
        let plain = |letter: &char| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_');
        let anchor: String = heading.to_lowercase().chars().filter(plain).collect();
        let _ = writeln!(contents, "- [{heading}](#{})", anchor.replace(' ', "-"));
    }
    contents
}

const LOOPS: &str = "Loops that can be cut";

/// Loops with the switches that cut them.
fn loops(loops: &[Loop]) -> String {
    if loops.is_empty() {
        return String::new();
    }
    let mut text = format!(
        "\n## {LOOPS}\n\nR reinforces, B balances. The switch at 0 cuts the loop, in every run alike; `wellspring loops` \
         shows what each does.\n\n| loop | name | switch | shows itself in |\n|---|---|---|---|\n"
    );
    for one in loops {
        let _ = writeln!(text, "| {} | {} | {} | {} |", one.id, one.name, one.switch.value, one.outcome.value);
    }
    text
}

fn subscript(book: &mut String, model: &Model, range: &SubscriptRange) {
    let written = one_line(entry(model, range.at.start, 0));
    let elements = written.split_once(':').map_or("", |(_, elements)| elements.trim());
    let _ = write!(book, "\n### {}\n\n{}\n\n{}\n", range.name, range.comment.trim(), elements);
}

/// A variable with all the equations that stand together for its elements.
fn variable(book: &mut String, model: &Model, about: &About<'_>, equations: &[&Equation]) {
    let Some(first) = equations.first() else { return };
    let units = one_line(entry(model, first.at.start, 1));
    let _ = write!(book, "\n### {}\n\n", first.left.name);
    let comment = equations.iter().map(|equation| equation.comment.trim()).find(|comment| !comment.is_empty());
    let mut caption = vec![kind(first), comment.unwrap_or("")];
    let units = if units.is_empty() { units } else { format!("*{units}*") };
    caption.push(&units);
    caption.retain(|part| !part.is_empty());
    let _ = write!(book, "{}\n\n```text\n", caption.join(" "));
    for equation in equations {
        let _ = writeln!(book, "{}", equation_text(model, equation));
    }
    book.push_str("```\n");
    book.push_str(&evidence::of_constant(&first.left.name, about.evidence));
}

fn kind(equation: &Equation) -> &'static str {
    match &equation.body {
        Body::Expression(expression) if integrated(expression).is_some() => "**Stock.**",
        Body::Expression(expression) if is_number(expression) => "**Constant.**",
        Body::ConstantTable { .. } => "**Constant.**",
        Body::Lookup(_) => "**Lookup.**",
        Body::Expression(_) => "",
    }
}

fn is_number(expression: &Expression) -> bool {
    match &expression.kind {
        ExpressionKind::Number(_) => true,
        ExpressionKind::Unary { operand, .. } => is_number(operand),
        _ => false,
    }
}

/// What a stock integrates and what it starts at, for an equation of a stock.
fn integrated(expression: &Expression) -> Option<(&Expression, &Expression)> {
    match &expression.kind {
        ExpressionKind::Call { function: Function::Integ, arguments, .. } => match arguments.as_slice() {
            [rate, start] => Some((rate, start)),
            _ => None,
        },
        _ => None,
    }
}

fn equation_text(model: &Model, equation: &Equation) -> String {
    let written = one_line(entry(model, equation.at.start, 0));
    match written.split_once('=') {
        Some((left, right)) if !matches!(equation.body, Body::Lookup(_)) => {
            format!("{} = {}", left.trim(), right.trim())
        }
        _ => written,
    }
}

/// The part (0: equation, 1: unit, 2: comment) of the entry that begins at `start`.
fn entry(model: &Model, start: usize, part: usize) -> &str {
    let whole = model.text[start..].split('|').next().unwrap_or_default();
    whole.split('~').nth(part).unwrap_or_default()
}

fn written(model: &Model, at: TextRange) -> String {
    one_line(model.text.get(at.start..at.end).unwrap_or_default())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{About, book};
    use engine::notation::vensim;

    #[test]
    fn a_small_model_makes_a_small_book() {
        let text = "{UTF-8}\n*****\n\t.Water\n*****~\n\t\tA tub.\n\t|\nTub = INTEG(Tap - Leak, 8) ~ litres ~ What is in it. |\n\
                    Leak = Tub/Time to leak ~ litres/Year ~ What is lost. |\nTap = 1 ~ litres/Year ~ |\n\
                    Time to leak = 2 ~ Year ~ Set by: place. |\n";
        let (model, found) = vensim::read(&"some/where/tub.mdl".into(), &Arc::from(text));
        assert!(!found.has_errors(), "{found:?}");
        let book = book(&model, &About::default());
        for part in [
            "# tub.mdl, equation by equation\n",
            "- [Stocks and flows](#stocks-and-flows)\n- [Water](#water)\n",
            "| Tub | litres | `Tap` | `Leak` | `8` |\n",
            "### Tub\n\n**Stock.** What is in it. *litres*\n\n```text\nTub = INTEG(Tap - Leak, 8)\n```\n",
            "### Time to leak\n\n**Constant.** Set by: place. *Year*",
        ] {
            assert!(book.contains(part), "{part}\nis not in\n{book}");
        }
    }
}
