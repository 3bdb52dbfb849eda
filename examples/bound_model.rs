//! Writes the model with a study's numbers in it, as one Vensim text that any other system-dynamics program opens.
//!
//! A shipped model holds neutral values; evidence cards, the place and the scenario give it its numbers when a study is
//! made. This puts the central values of all of them into the model's own text, so that a modeller can look at the study
//! in Vensim, Stella or PySD, or have another engine check it (tests/peers/pysd_golden.py does):
//!
//! ```text
//! cargo run --release --example bound_model -- scenarios/one-per-cent.toml bound.mdl
//! cargo run --release --example bound_model -- scenarios/one-per-cent.toml bound.mdl 7
//! ```
//!
//! The scenario may name any place and programme that comes with the program. Levers that a strategy sets stay at the model's own values.
//! Uncertainties stand at their central values or, with a number behind, at those of that draw.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;

use engine::diagnostic::{Sources, render_text};
use engine::model::{
    Body, Equation, Expression, ExpressionKind, Item, LeftSide, Name, RangeElement, Subscript, TextRange,
};
use engine::notation::vensim;
use engine::structure::{Rule, ScalarId, Structure, Variable, VariableKind};
use wellspring::study::{NoFiles, Overrides, Study, StudyTexts, Text, prepare};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (scenario, output, draw) = match arguments.as_slice() {
        [scenario, output] => (scenario, output, None),
        [scenario, output, draw] => (scenario, output, Some(draw.parse::<u64>()?)),
        _ => {
            return Err("say which scenario, where the model goes, and for one draw its number: \
                        bound_model scenarios/one-per-cent.toml bound.mdl"
                .into());
        }
    };
    let content = fs::read_to_string(scenario).map_err(|error| format!("{scenario}: {error}"))?;
    let texts = StudyTexts::gather(Text::new(scenario, &content), &NoFiles).map_err(|wrong| {
        let mut sources = Sources::new();
        wrong.texts.iter().for_each(|text| sources.add(&text.file, &text.content));
        render_text(&wrong.found, &sources, false)
    })?;
    let (study, _) = prepare(&texts, &Overrides::default())
        .map_err(|found| render_text(&found, &texts.diagnostic_sources(), false))?;
    fs::write(output, bound_model(&study, &texts.model, draw))?;
    Ok(())
}

/// The text of the study's model with each constant at its central value, or at that of a draw, and each range with the
/// elements in use.
pub fn bound_model(study: &Study, text: &Text, draw: Option<u64>) -> String {
    let mut structure = study.places[0].structure.clone();
    for (scalar, value) in draw.map(|draw| study.places[0].draw(draw)).unwrap_or_default() {
        structure.scalars[scalar.0 as usize].rule = Rule::Constant(value);
    }
    let (mut model, _) = vensim::read(&text.file, &text.content);
    let mut written: BTreeSet<Name> = BTreeSet::new();
    let items = std::mem::take(&mut model.items);
    for item in items {
        match item {
            Item::Range(mut range) => {
                if let Some(elements) = study.places[0].bindings.ranges.get(&range.name) {
                    range.elements =
                        elements.iter().map(|name| RangeElement::Named(name.clone(), TextRange::default())).collect();
                }
                model.items.push(Item::Range(range));
            }
            Item::Equation(equation) => match structure.variable(&equation.left.name) {
                Some((_, variable)) if variable.kind == VariableKind::Constant => {
                    // A constant may be written in several equations; what is bound is written in one place.
                    if written.insert(variable.name.clone()) {
                        model.items.extend(bound(&structure, variable, &equation).map(Item::Equation));
                    }
                }
                _ => model.items.push(Item::Equation(equation)),
            },
            Item::Group(group) => model.items.push(Item::Group(group)),
        }
    }
    vensim::write(&model)
}

/// The equations that give a constant its values: a number, a table, or beyond two subscripts a number for each element.
fn bound<'a>(structure: &'a Structure, variable: &Variable, first: &Equation) -> impl Iterator<Item = Equation> + 'a {
    let values: Vec<f64> = (0..variable.count as u32)
        .map(|offset| match structure.scalars[(variable.first.0 + offset) as usize].rule {
            Rule::Constant(value) => value,
            _ => f64::NAN,
        })
        .collect();
    let ranges: Vec<&Name> = variable.dimensions.iter().map(|dimension| &dimension.range).collect();
    let one = |subscripts: Vec<Subscript>, body: Body, comment: &str| Equation {
        left: LeftSide { subscripts, exceptions: Vec::new(), ..first.left.clone() },
        body,
        comment: comment.to_owned(),
        ..first.clone()
    };
    let equations = match ranges.len() {
        0 => vec![one(Vec::new(), number(values[0]), &first.comment)],
        1 | 2 => {
            let width = variable.dimensions.last().map_or(1, |dimension| dimension.elements.len());
            let rows = values.chunks(width).map(<[f64]>::to_vec).collect();
            let body = Body::ConstantTable { rows, at: TextRange::default() };
            vec![one(ranges.into_iter().map(subscript).collect(), body, &first.comment)]
        }
        _ => values
            .iter()
            .enumerate()
            .map(|(offset, value)| {
                let elements = structure.elements(ScalarId(variable.first.0 + offset as u32));
                let comment = if offset == 0 { first.comment.as_str() } else { "" };
                one(elements.into_iter().map(subscript).collect(), number(*value), comment)
            })
            .collect(),
    };
    equations.into_iter()
}

fn number(value: f64) -> Body {
    Body::Expression(Expression { kind: ExpressionKind::Number(value), at: TextRange::default() })
}

fn subscript(name: &Name) -> Subscript {
    Subscript { name: name.clone(), summed: false, at: TextRange::default() }
}
