//! The stocks of a model with what raises and what lowers them.

use std::fmt::Write;

use engine::model::{BinaryOperator, Body, Equation, Expression, ExpressionKind, Model, Name, UnaryOperator};

use super::{integrated, written};

pub(super) const HEADING: &str = "Stocks and flows";

/// A row for each stock; empty for a model without stocks.
pub(super) fn table(model: &Model) -> String {
    let mut rows = String::new();
    let mut last: Option<&Name> = None;
    for equation in model.equations() {
        let Body::Expression(expression) = &equation.body else { continue };
        let Some((rate, start)) = integrated(expression) else { continue };
        // Equations of the same stock for other elements have a row each, its name and unit once.
        let again = last == Some(&equation.left.name);
        last = Some(&equation.left.name);
        rows.push_str(&row(model, equation, (rate, start), again));
    }
    if rows.is_empty() {
        return rows;
    }
    format!(
        "\n## {HEADING}\n\nEvery stock, what raises it, what lowers it, and what it starts at. What stands in brackets \
         and can turn negative moves it either way.\n\n\
         | stock | unit | raised by | lowered by | starts at |\n|---|---|---|---|---|\n{rows}"
    )
}

fn row(model: &Model, equation: &Equation, (rate, start): (&Expression, &Expression), again: bool) -> String {
    let mut flows = Flows::default();
    flows.add(model, rate, true);
    let units = equation.units.as_ref().map_or("", |units| units.text.as_str());
    let subscripts: Vec<&str> = equation.left.subscripts.iter().map(|one| one.name.spelling()).collect();
    let name = match subscripts.as_slice() {
        [] => equation.left.name.to_string(),
        some => format!("{}[{}]", equation.left.name, some.join(",")),
    };
    let mut text = String::new();
    // Writing into a String does not fail.
    let _ = writeln!(
        text,
        "| {name} | {} | {} | {} | {} |",
        if again { "" } else { units.trim() },
        cell(&flows.raising),
        cell(&flows.lowering),
        cell(&[written(model, start.at)])
    );
    text
}

fn cell(terms: &[String]) -> String {
    let coded: Vec<String> =
        terms.iter().filter(|term| !term.is_empty()).map(|term| format!("`{}`", term.replace('|', "\\|"))).collect();
    coded.join(", ")
}

/// The terms of a sum, by their signs.
#[derive(Default)]
struct Flows {
    raising: Vec<String>,
    lowering: Vec<String>,
}

impl Flows {
    fn add(&mut self, model: &Model, expression: &Expression, raises: bool) {
        match &expression.kind {
            ExpressionKind::Binary { operator: BinaryOperator::Add, left, right } => {
                self.add(model, left, raises);
                self.add(model, right, raises);
            }
            ExpressionKind::Binary { operator: BinaryOperator::Subtract, left, right } => {
                self.add(model, left, raises);
                self.add(model, right, !raises);
            }
            ExpressionKind::Unary { operator: UnaryOperator::Negate, operand } => self.add(model, operand, !raises),
            ExpressionKind::Number(0.0) => {}
            _ => {
                let text = written(model, expression.at);
                // A product that begins with a minus sign is a loss.
                let (text, raises) = match text.strip_prefix('-') {
                    Some(rest) => (rest.trim_start().to_owned(), !raises),
                    None => (text, raises),
                };
                let side = if raises { &mut self.raising } else { &mut self.lowering };
                side.push(text);
            }
        }
    }
}
