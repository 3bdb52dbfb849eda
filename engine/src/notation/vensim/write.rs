//! A model as text, laid out as Vensim lays it out, that reads back to the same model.

use std::fmt::Write as _;

use crate::model::{
    BinaryOperator, Body, Equation, Expression, ExpressionKind, Group, Item, Lookup, Mapping, Model, Name,
    RangeElement, Subscript, SubscriptRange, UnaryOperator, Units,
};

use super::expression::Strength;
use super::tokens::NOT_AVAILABLE;
use super::{functions, integration, synonyms};

/// The model's text. Numbers are the shortest that read back the same; a `|` or `~` in a comment, which the format
/// cannot hold, becomes `/` or `-`.
pub fn write(model: &Model) -> String {
    let mut text = String::from("{UTF-8}\n");
    for item in &model.items {
        text.push('\n');
        match item {
            Item::Group(group) => push_group(&mut text, group),
            Item::Range(range) => push_range(&mut text, range),
            Item::Equation(equation) => push_equation(&mut text, equation),
        }
    }
    push_settings(&mut text, model);
    text
}

/// The settings, where Vensim keeps them: behind a sketch, here of nothing.
fn push_settings(text: &mut String, model: &Model) {
    if model.unit_synonyms.is_empty() && model.integration.is_none() {
        return;
    }
    text.push_str("\n\\\\\\---/// Sketch information - do not modify anything except names\n");
    text.push_str("V300  Do not put anything below this section - it will be ignored\n///---\\\\\\\n:L\u{7f}<%^E!@\n");
    if let Some(saved) = &model.integration {
        let _ = writeln!(text, "{}0,0,0,{},0,0", integration::MARK, saved.method.number());
    }
    for words in &model.unit_synonyms {
        let _ = writeln!(text, "{}{}", synonyms::MARK, words.join(","));
    }
}

fn push_group(text: &mut String, group: &Group) {
    const STARS: &str = "********************************************************";
    let name = plain(&group.name).replace('*', "");
    let _ = write!(text, "{STARS}\n\t.{name}\n{STARS}~\n\t\t{}\n\t|\n", comment(&group.comment));
}

fn push_range(text: &mut String, range: &SubscriptRange) {
    text.push_str(&range.name.quoted());
    if let Some(original) = &range.alias_of {
        let _ = write!(text, " <-> {}", original.quoted());
    } else {
        let elements: Vec<String> = range.elements.iter().map(range_element).collect();
        let _ = write!(text, ":\n\t{}", elements.join(", "));
    }
    if !range.mappings.is_empty() {
        let mappings: Vec<String> = range.mappings.iter().map(mapping).collect();
        let _ = write!(text, " -> {}", mappings.join(", "));
    }
    push_fields(text, None, &range.comment, false);
}

fn range_element(element: &RangeElement) -> String {
    match element {
        RangeElement::Named(name, _) => name.quoted().into_owned(),
        RangeElement::Numbered { first, last, .. } => {
            format!("({}-{})", first.quoted(), last.quoted())
        }
    }
}

fn mapping(mapping: &Mapping) -> String {
    match &mapping.elements {
        None => mapping.target.quoted().into_owned(),
        Some(elements) => {
            let elements: Vec<_> = elements.iter().map(Name::quoted).collect();
            format!("({}: {})", mapping.target.quoted(), elements.join(", "))
        }
    }
}

fn push_equation(text: &mut String, equation: &Equation) {
    text.push_str(&equation.left.name.quoted());
    push_subscripts(text, &equation.left.subscripts);
    for (index, exception) in equation.left.exceptions.iter().enumerate() {
        text.push_str(if index == 0 { " :EXCEPT: " } else { ", " });
        push_subscripts(text, exception);
    }
    match &equation.body {
        Body::Expression(expression) => {
            text.push_str(" =\n\t");
            push_expression(text, expression, Strength::Or);
        }
        Body::ConstantTable { rows, .. } => {
            text.push_str(" =\n\t");
            push_rows(text, rows);
        }
        Body::Lookup(lookup) => push_lookup(text, lookup),
    }
    push_fields(text, equation.units.as_ref(), &equation.comment, equation.supplementary);
}

fn push_fields(text: &mut String, units: Option<&Units>, said: &str, supplementary: bool) {
    let units = units.map(written_units).unwrap_or_default();
    let _ = write!(text, "\n\t~\t{units}\n\t~\t{}\n\t", comment(said));
    text.push_str(if supplementary { "~\t:SUPPLEMENTARY\n\t|\n" } else { "|\n" });
}

fn written_units(units: &Units) -> String {
    let Some(range) = &units.range else {
        return units.text.clone();
    };
    let range: Vec<String> = range.iter().map(|part| part.map_or_else(|| "?".to_owned(), decimal)).collect();
    format!("{} [{}]", units.text, range.join(",")).trim_start().to_owned()
}

fn comment(said: &str) -> String {
    let lines: Vec<String> =
        plain(said).lines().map(|line| line.trim().trim_end_matches('\\').trim_end().to_owned()).collect();
    lines.join("\n\t\t").replace("\n\t\t\n", "\n\n").trim().to_owned()
}

/// Without the two signs that part fields and entries.
fn plain(text: &str) -> String {
    text.replace('|', "/").replace('~', "-")
}

fn push_subscripts(text: &mut String, subscripts: &[Subscript]) {
    if subscripts.is_empty() {
        return;
    }
    let written: Vec<String> = subscripts
        .iter()
        .map(|subscript| format!("{}{}", subscript.name.quoted(), if subscript.summed { "!" } else { "" }))
        .collect();
    let _ = write!(text, "[{}]", written.join(","));
}

/// A single number keeps its `;`, which makes it a table.
fn push_rows(text: &mut String, rows: &[Vec<f64>]) {
    let mut written: Vec<String> =
        rows.iter().map(|row| row.iter().copied().map(decimal).collect::<Vec<_>>().join(", ")).collect();
    if rows.len() != 1 || rows.iter().any(|row| row.len() == 1) {
        written.iter_mut().for_each(|row| row.push(';'));
    }
    text.push_str(&written.join("\n\t"));
}

fn push_lookup(text: &mut String, lookup: &Lookup) {
    text.push('(');
    if let Some([x_low, y_low, x_high, y_high]) = lookup.drawn {
        let _ = write!(text, "[({},{})-({},{})],", decimal(x_low), decimal(y_low), decimal(x_high), decimal(y_high));
    }
    let points: Vec<String> = lookup.points.iter().map(|(x, y)| format!("({},{})", decimal(*x), decimal(*y))).collect();
    text.push_str(&points.join(","));
    text.push(')');
}

/// The expression, in brackets if it holds its operands less tightly than `least`.
fn push_expression(text: &mut String, expression: &Expression, least: Strength) {
    let bracketed = strength(&expression.kind) < least;
    if bracketed {
        text.push('(');
    }
    match &expression.kind {
        ExpressionKind::Number(number) => text.push_str(&decimal(*number)),
        ExpressionKind::Reference { name, subscripts } => {
            text.push_str(&name.quoted());
            push_subscripts(text, subscripts);
        }
        ExpressionKind::Unary { operator, operand } => push_unary(text, *operator, operand),
        ExpressionKind::Binary { operator, left, right } => {
            let (_, left_strength, right_strength) = Strength::of(*operator);
            push_expression(text, left, left_strength);
            text.push_str(sign(*operator));
            let power_of_power = *operator == BinaryOperator::Power && strength(&right.kind) == Strength::Power;
            push_expression(text, right, if power_of_power { Strength::Operand } else { right_strength });
        }
        ExpressionKind::Call { function, arguments, .. } => {
            text.push_str(functions::spelling(*function));
            text.push('(');
            for (index, argument) in arguments.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                push_expression(text, argument, Strength::Or);
            }
            text.push(')');
        }
        ExpressionKind::LookupCall { name, subscripts, argument } => {
            text.push_str(&lookup_name(name));
            push_subscripts(text, subscripts);
            text.push('(');
            push_expression(text, argument, Strength::Or);
            text.push(')');
        }
        ExpressionKind::WithLookup { argument, lookup } => {
            text.push_str("WITH LOOKUP(");
            push_expression(text, argument, Strength::Or);
            text.push_str(", ");
            push_lookup(text, lookup);
            text.push(')');
        }
    }
    if bracketed {
        text.push(')');
    }
}

fn push_unary(text: &mut String, operator: UnaryOperator, operand: &Expression) {
    let (sign, least) = match operator {
        UnaryOperator::Negate => ("-", Strength::Signed),
        UnaryOperator::Plus => ("+", Strength::Signed),
        UnaryOperator::Not => (":NOT: ", Strength::Not),
    };
    text.push_str(sign);
    // Without brackets the minus would become part of the number.
    let is_number = matches!(operand.kind, ExpressionKind::Number(_)) && strength(&operand.kind) == Strength::Operand;
    let keeps_apart =
        operator == UnaryOperator::Negate && is_number && operand.kind != ExpressionKind::Number(NOT_AVAILABLE);
    if keeps_apart {
        text.push('(');
    }
    push_expression(text, operand, least);
    if keeps_apart {
        text.push(')');
    }
}

/// How tightly an expression holds together as it is written.
fn strength(kind: &ExpressionKind) -> Strength {
    match kind {
        ExpressionKind::Number(number) if number.is_sign_negative() && *number != NOT_AVAILABLE => Strength::Signed,
        ExpressionKind::Unary { operator: UnaryOperator::Not, .. } => Strength::Not,
        ExpressionKind::Unary { .. } => Strength::Signed,
        ExpressionKind::Binary { operator, .. } => Strength::of(*operator).0,
        _ => Strength::Operand,
    }
}

fn sign(operator: BinaryOperator) -> &'static str {
    match operator {
        BinaryOperator::Add => " + ",
        BinaryOperator::Subtract => " - ",
        BinaryOperator::Multiply => "*",
        BinaryOperator::Divide => "/",
        BinaryOperator::Power => "^",
        BinaryOperator::Less => " < ",
        BinaryOperator::LessOrEqual => " <= ",
        BinaryOperator::Greater => " > ",
        BinaryOperator::GreaterOrEqual => " >= ",
        BinaryOperator::Equal => " = ",
        BinaryOperator::NotEqual => " <> ",
        BinaryOperator::And => " :AND: ",
        BinaryOperator::Or => " :OR: ",
    }
}

/// A lookup that is called like a function stands in quotes.
fn lookup_name(name: &Name) -> String {
    let is_taken = functions::is_taken(name) || matches!(name.key(), "with lookup" | "tabbed array");
    let quoted = name.quoted();
    if is_taken && !quoted.starts_with('"') { format!("\"{quoted}\"") } else { quoted.into_owned() }
}

/// The shortest decimal that reads back the same, with an exponent only where that is much shorter.
fn decimal(number: f64) -> String {
    if number == NOT_AVAILABLE {
        return ":NA:".to_owned();
    }
    let (plain, scientific) = (format!("{number}"), format!("{number:e}"));
    if plain.len() <= scientific.len() + 4 { plain } else { scientific }
}
