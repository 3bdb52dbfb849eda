//! From the model as written to the structure: every stage in turn.

use std::collections::BTreeSet;

use crate::diagnostic::catalogue::structure as code;
use crate::diagnostic::{Code, Diagnostics};
use crate::model::{Bindings, Body, Equation, Integration, Item, Model, Name};

use super::constants::constants;
use super::draft::{Draft, Drafts, element_label};
use super::expansion::{Expansion, Here};
use super::fixed::{Fixed, time_axis};
use super::notes::Notes;
use super::order::{initial_order, step_order};
use super::ranges::Ranges;
use super::tables::table_of;
use super::units::check_units;
use super::{Dimension, LookupTable, Rule, Scalar, ScalarId, Structure, TimeAxis, Variable, VariableId, VariableKind};

/// Binds names, spreads subscripts, checks units and finds the order of computation.
///
/// Values and ranges from outside are taken from `bindings`. The structure comes with the warnings.
///
/// # Errors
/// Everything that was found wrong, warnings included, when at least one thing is an error.
pub fn build(model: &Model, bindings: &Bindings) -> Result<(Structure, Diagnostics), Diagnostics> {
    built(model, bindings, false)
}

/// The same for whoever computes one run and no more, which may end when the model says so: FINAL TIME may be computed.
///
/// # Errors
/// As [`build`].
pub fn build_one_run(model: &Model, bindings: &Bindings) -> Result<(Structure, Diagnostics), Diagnostics> {
    built(model, bindings, true)
}

fn built(model: &Model, bindings: &Bindings, one_run: bool) -> Result<(Structure, Diagnostics), Diagnostics> {
    let mut notes = Notes::new(model);
    let ranges = Ranges::build(model, bindings, &mut notes);
    let drafts = Drafts::build(model, &ranges, &mut notes);
    let constants = constants(model, &drafts, &ranges, bindings, &mut notes);
    let fixed = Fixed { drafts: &drafts, ranges: &ranges, constants: &constants };
    let ends = if one_run { fixed.computed("FINAL TIME") } else { None };
    let time = time_axis(model, &fixed, ends.is_some(), &mut notes);
    // Without a time axis the rest is still looked through, so that all that is wrong is told at once.
    let axis = time.unwrap_or(TimeAxis { initial: 0.0, last: 1.0, step: 1.0, save_every: 1.0 });

    let tables = tables(&drafts, &ranges, &mut notes);
    let mut rules: Vec<Rule> = Vec::with_capacity(constants.len());
    let mut expansion = Expansion::new(fixed, tables, axis.step, &mut notes);
    for draft in drafts.drafts.iter().filter(|draft| draft.kind != VariableKind::Lookup) {
        spread_variable(draft, &drafts, &ranges, &constants, &mut expansion, &mut rules);
    }
    expansion.report_unknown();
    let (hidden, lookups, noises, missing) = (expansion.hidden, expansion.tables, expansion.noises, expansion.missing);
    let given = |scalar: ScalarId| constants[scalar.0 as usize].is_some();
    let undefined = drafts.report_missing(&ranges, given, &missing, &mut notes);

    let mut variables = variables(model, &drafts, &ranges);
    let mut scalars: Vec<Scalar> = Vec::with_capacity(rules.len() + hidden.len());
    let mut rules = rules.into_iter();
    for (index, draft) in drafts.drafts.iter().enumerate().filter(|(_, draft)| draft.kind != VariableKind::Lookup) {
        let own = rules.by_ref().take(draft.count);
        scalars.extend(own.map(|rule| Scalar { variable: VariableId(index as u32), rule }));
    }
    let owners: Vec<ScalarId> = hidden.iter().map(|hidden| hidden.owner).collect();
    let visible = scalars.len();
    for hidden in hidden {
        let variable = VariableId(variables.len() as u32);
        variables.push(Variable {
            name: Name::new(&hidden.name),
            dimensions: Vec::new(),
            kind: hidden.kind,
            first: ScalarId(scalars.len() as u32),
            count: 1,
            units: None,
            units_text: String::new(),
            bounds: (None, None),
            comment: String::new(),
            group: None,
            hidden: true,
            span: model.span(hidden.at),
        });
        scalars.push(Scalar { variable, rule: hidden.rule });
    }

    let step = step_order(&scalars);
    let initial = initial_order(&scalars);
    let structure = Structure {
        file: model.file.clone(),
        variables,
        scalars,
        lookups,
        undefined,
        noises,
        time: axis,
        ends,
        integration: integration(model, &mut notes),
        initial_order: initial.sorted,
        step_order: step.sorted,
    };
    let circles = Circles { structure: &structure, drafts: &drafts, owners: &owners, visible };
    let reported =
        circles.report(code::CIRCLE, "needs itself in the same instant", &step.circles, &BTreeSet::new(), &mut notes);
    circles.report(code::INITIAL_CIRCLE, "needs itself for its initial value", &initial.circles, &reported, &mut notes);
    check_units(model, &drafts, &mut notes);
    notes.into_diagnostics().into_result(structure)
}

/// The rule that the model's settings ask for, or the one that stands in for it.
fn integration(model: &Model, notes: &mut Notes<'_>) -> Integration {
    let Some(saved) = model.integration else { return Integration::default() };
    let rule = saved.method.rule();
    if let Some(wanted) = saved.method.replaced() {
        let taken = match rule {
            Integration::Euler => "Euler's rule",
            Integration::RungeKutta4 => "the Runge-Kutta rule of order four",
        };
        let message = format!("the model's settings ask for {wanted}, which is not had here; {taken} is taken instead");
        let hint = "choose another method in Vensim, or say which with --integrator (or `integrator` in a scenario)";
        notes.warning(code::INTEGRATION, saved.at, message, vec![hint.to_owned()]);
    }
    rule
}

/// The tables of all named lookups, in the order of their variables and elements.
fn tables(drafts: &Drafts<'_>, ranges: &Ranges, notes: &mut Notes<'_>) -> Vec<LookupTable> {
    let mut tables = Vec::with_capacity(drafts.tables as usize);
    for draft in drafts.drafts.iter().filter(|draft| draft.kind == VariableKind::Lookup) {
        for &index in &draft.equations {
            if let Body::Expression(expression) = &drafts.equations[index].body {
                let message = format!("`{}` is a lookup table in one equation and a number in another", draft.name);
                notes.error(code::LOOKUP_USE, expression.at, message, Vec::new());
            }
        }
        for offset in 0..draft.count {
            let body = draft.definers[offset].map(|index| &drafts.equations[index].body);
            tables.push(match body {
                Some(Body::Lookup(lookup)) => {
                    let label = element_label(draft, offset, ranges);
                    let name =
                        if label.is_empty() { draft.name.to_string() } else { format!("{}[{label}]", draft.name) };
                    table_of(lookup, &format!("the lookup table `{name}`"), notes)
                }
                _ => LookupTable { x: Vec::new(), y: Vec::new() },
            });
        }
    }
    tables
}

/// The rule of each element of a variable.
fn spread_variable(
    draft: &Draft,
    drafts: &Drafts<'_>,
    ranges: &Ranges,
    constants: &[Option<f64>],
    expansion: &mut Expansion<'_, '_, '_>,
    rules: &mut Vec<Rule>,
) {
    let first = rules.len();
    rules.resize(first + draft.count, Rule::Constant(f64::NAN));
    for offset in 0..draft.count {
        if let Some(value) = constants[first + offset] {
            rules[first + offset] = Rule::Constant(value);
        }
    }
    // In the order of the elements, whatever the order of their equations, so that results do not hang on it.
    let mut jobs: Vec<(usize, usize, Vec<super::ranges::ElementId>)> = Vec::new();
    let id = drafts.find(&draft.name);
    for &index in &draft.equations {
        let (Some(left), Some(variable)) = (&drafts.lefts[index], id) else { continue };
        for elements in left.combinations(ranges) {
            if let Some(offset) = drafts.offset(variable, &elements, ranges)
                && draft.definers[offset] == Some(index)
                && constants[first + offset].is_none()
            {
                jobs.push((offset, index, elements));
            }
        }
    }
    jobs.sort_by_key(|(offset, _, _)| *offset);
    let siblings = jobs.len();
    for (offset, index, elements) in jobs {
        let (Body::Expression(expression), Some(left)) = (&drafts.equations[index].body, &drafts.lefts[index]) else {
            continue;
        };
        let label = element_label(draft, offset, ranges);
        let label = if label.is_empty() { draft.name.to_string() } else { format!("{}[{label}]", draft.name) };
        let owner = ScalarId((first + offset) as u32);
        let mut here = Here::new(owner, label, drafts.equations[index].left.at, siblings, left.bound(&elements));
        rules[first + offset] = expansion.rule(expression, &mut here);
    }
}

/// The modeller's variables, in file order.
fn variables(model: &Model, drafts: &Drafts<'_>, ranges: &Ranges) -> Vec<Variable> {
    let groups: Vec<&str> = model
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Group(group) => Some(group.name.as_str()),
            _ => None,
        })
        .collect();
    let variable = |draft: &Draft| {
        let equations = || draft.equations.iter().map(|&index| drafts.equations[index]);
        let units = equations().find_map(|equation| equation.units.as_ref());
        let first: &Equation = drafts.equations[draft.equations[0]];
        let dimension = |range: &super::ranges::RangeId| Dimension {
            range: ranges.range(*range).name.clone(),
            elements: ranges.range(*range).elements.iter().map(|&element| ranges.element(element).clone()).collect(),
        };
        Variable {
            name: draft.name.clone(),
            dimensions: draft.dimensions.iter().map(dimension).collect(),
            kind: draft.kind,
            first: draft.first,
            count: if draft.kind == VariableKind::Lookup { 0 } else { draft.count },
            units: units.map(|units| units.expression.clone()),
            units_text: units.map(|units| units.text.clone()).unwrap_or_default(),
            bounds: units.map_or((None, None), |units| units.bounds()),
            comment: equations()
                .map(|e| e.comment.as_str())
                .find(|comment| !comment.is_empty())
                .unwrap_or("")
                .to_owned(),
            group: first.group.and_then(|group| groups.get(group)).map(|name| (*name).to_owned()),
            hidden: draft.name.is_of_a_macro(),
            span: model.span(first.left.at),
        }
    };
    drafts.drafts.iter().map(variable).collect()
}

/// Longer circles are told by their beginning.
const MOST_OF_A_CIRCLE: usize = 20;

/// Circles told to a person, in the modeller's own variables.
struct Circles<'a, 'm> {
    structure: &'a Structure,
    drafts: &'a Drafts<'m>,
    owners: &'a [ScalarId],
    visible: usize,
}

impl Circles<'_, '_> {
    /// Reports circles but those already told; returns which variables each runs through.
    fn report(
        &self,
        code: Code,
        what: &str,
        circles: &[Vec<ScalarId>],
        reported: &BTreeSet<BTreeSet<VariableId>>,
        notes: &mut Notes<'_>,
    ) -> BTreeSet<BTreeSet<VariableId>> {
        let mut all = BTreeSet::new();
        for circle in circles {
            let mut path: Vec<ScalarId> = circle
                .iter()
                .map(|scalar| (scalar.0 as usize).checked_sub(self.visible).map_or(*scalar, |index| self.owners[index]))
                .collect();
            path.dedup();
            if path.len() > 1 && path.first() == path.last() {
                path.pop();
            }
            let variables: BTreeSet<VariableId> =
                path.iter().map(|scalar| self.structure.scalars[scalar.0 as usize].variable).collect();
            if reported.contains(&variables) || !all.insert(variables) {
                continue;
            }
            let mut labels: Vec<String> = path.iter().map(|scalar| self.structure.label(*scalar)).collect();
            let mut lines: Vec<String> = Vec::new();
            for scalar in path.iter().take(MOST_OF_A_CIRCLE) {
                let variable = self.structure.scalars[scalar.0 as usize].variable;
                let offset = (scalar.0 - self.structure.variables[variable.0 as usize].first.0) as usize;
                let draft = self.drafts.draft(variable);
                let index = draft.definers.get(offset).copied().flatten().unwrap_or(draft.equations[0]);
                let line = notes.line(self.drafts.equations[index].left.at);
                lines.push(format!("`{}` at line {line}", self.structure.label(*scalar)));
            }
            let first = labels[0].clone();
            if labels.len() > MOST_OF_A_CIRCLE {
                let more = labels.len() - MOST_OF_A_CIRCLE;
                labels.truncate(MOST_OF_A_CIRCLE);
                labels.push(format!("({more} more)"));
                lines.push("and so on".to_owned());
            }
            labels.push(first.clone());
            let at = self.equation_at(path[0]);
            let mut hints = vec![format!("the circle: {}", labels.join(" -> ")), lines.join(", ")];
            hints.push(match code {
                code::CIRCLE => "break it with a stock, a delay or a smooth".to_owned(),
                _ => "give one of them an initial value of its own, with ACTIVE INITIAL or SMOOTHI".to_owned(),
            });
            notes.error(code, at, format!("`{first}` {what}"), hints);
        }
        all
    }

    fn equation_at(&self, scalar: ScalarId) -> crate::model::TextRange {
        let variable = self.structure.scalars[scalar.0 as usize].variable;
        self.drafts.first_equation(variable).left.at
    }
}
