//! `simulate`: one run of a model, every variable over time.

use std::io::IsTerminal;

use crate::explain::command as code;
use crate::shipped::Text;
use crate::study;
use engine::diagnostic::catalogue::{run as run_code, structure as structure_code};
use engine::diagnostic::{Diagnostic, Diagnostics, Sources};
use engine::ensemble::{Lap, Stage, Watch};
use engine::kernel::Integrator;
use engine::kernel::reference::{self, Breach, Trajectories};
use engine::model::{Label, Name, Value};
use engine::notation::vensim;
use engine::structure::{Rule, ScalarId, Structure};

use super::arguments::Simulate;
use super::settings::Settings;
use super::stopwatch::{Stopwatch, speed};
use super::{Ending, Failure, model, output, settings, terminal, writing};

/// Runs a model once and writes its trajectories.
///
/// # Errors
/// The model or what is set is wrong, or the results could not be written.
pub fn simulate(asked: &Simulate) -> Result<Ending, Failure> {
    let out = output::beside_inputs(asked.out.as_deref(), &[&asked.model])?;
    let watch = Stopwatch::new();
    let mut lap = Lap::begin(&watch);
    let text = model::text(&asked.model).map_err(|found| model::failure(found, &[]))?;
    let settings = settings::settings(&asked.set)
        .map_err(|(found, typed)| Failure { ending: Ending::Misused, ..model::failure(found, &[&typed]) })?;
    let (read, found) = vensim::read(&text.file, &text.content);
    lap.end(Stage::Reading);
    let (structure, warnings) = model::bind_one_run(&read, found, &settings.bindings).map_err(|found| {
        let found = settings::offer_constants(found, &read, &settings.typed);
        model::failure(found, &[&text, &settings.typed])
    })?;
    let warnings = bounded(warnings, &structure, &text, &settings)?;
    let chosen = match &asked.vars {
        Some(names) => Some(settings::chosen(names, &structure).map_err(|found| model::failure(found, &[]))?),
        None => None,
    };
    warn(&warnings, &text, &settings.typed, asked);
    if let Some(too_large) = too_large(&structure) {
        return Err(model::failure(std::iter::once(too_large).collect(), &[&text]));
    }
    lap.end(Stage::Compiling);

    let integrator = asked.integrator.map_or_else(|| structure.integration.into(), Integrator::from);
    let began = watch.now();
    let mut trajectories = reference::simulate(&structure, integrator, &[]);
    let seconds = (watch.now() - began) as f64 * 1e-9;
    lap.end(Stage::Simulating);
    if let Some(chosen) = chosen {
        trajectories = columns(&trajectories, &chosen);
    }
    let csv = trajectories.to_csv();
    match out {
        Some(path) => writing::write_file(path, csv.as_bytes())?,
        None => terminal::print(&csv)?,
    }
    if trajectories.endless {
        let last = trajectories.times.last().copied().unwrap_or(f64::NAN);
        let message = format!(
            "`FINAL TIME` was never reached: the run is cut at time {last}, after as many steps as are computed"
        );
        let endless =
            Diagnostic::warning(run_code::ENDLESS, message).hint("see why it moves on before Time, or write a number");
        terminal::complain(&std::iter::once(endless).collect(), &Sources::new());
    }
    terminal::complain(&out_of_bounds(&structure, &trajectories.breaches), &Sources::new());
    lap.end(Stage::Writing);
    // Scripts read standard error for what went wrong; a person may want to know how long it took.
    if asked.timings || (!asked.quiet && std::io::stderr().is_terminal()) {
        terminal::remark(&speed(1, seconds));
    }
    if asked.timings {
        watch.tell();
    }
    Ok(match no_numbers(&trajectories) {
        Some(warning) => {
            terminal::complain(&std::iter::once(warning).collect(), &Sources::new());
            Ending::RunsFailed
        }
        None => Ending::Done,
    })
}

/// Numbers outside the bounds of their constants: what was typed for a model that comes with the program is an error, as it is
/// in a study; in a model of somebody's own all of them are warnings.
fn bounded(
    mut warnings: Diagnostics,
    structure: &Structure,
    text: &Text,
    settings: &Settings,
) -> Result<Diagnostics, Failure> {
    let mut typed = Diagnostics::new();
    for binding in &settings.bindings.values {
        let label = Label { constant: binding.name.clone(), elements: binding.elements.clone() };
        if let (Value::Number(value), Some(span)) = (&binding.value, &binding.provenance.span) {
            study::bounds::number(structure, &label, *value, span, &mut typed);
        }
    }
    if text.shipped && typed.has_errors() {
        return Err(Failure { ending: Ending::Misused, ..model::failure(typed, &[&settings.typed]) });
    }
    let reported: Vec<String> = typed.iter().map(|one| one.message.clone()).collect();
    warnings.extend(typed.iter().cloned().map(Diagnostic::softened).collect());
    // What was typed is told where it was typed.
    let own = study::bounds::constants(structure);
    warnings.extend(own.iter().filter(|one| !reported.contains(&one.message)).cloned().collect());
    Ok(warnings)
}

/// More numbers than this are no table that anybody reads, and would be kept in memory.
const MOST_NUMBERS: usize = 50_000_000;

/// What is wrong with a model whose table of results would hold more numbers than are kept.
fn too_large(structure: &Structure) -> Option<Diagnostic> {
    let visible = structure.variables.iter().filter(|variable| !variable.hidden);
    let columns: usize = visible.map(|variable| variable.count).sum();
    let rows = structure.time.saved_steps().len();
    let numbers = columns.checked_mul(rows);
    if numbers.is_some_and(|numbers| numbers <= MOST_NUMBERS) {
        return None;
    }
    let message =
        format!("the table would have {rows} rows of {columns} numbers; at most {MOST_NUMBERS} numbers are kept");
    let saving = structure.variable(&Name::new("SAVEPER")).map(|(_, variable)| variable.span.clone());
    let diagnostic = Diagnostic::error(structure_code::TOO_LARGE, message).hint("save less often: raise SAVEPER");
    Some(match saving {
        Some(span) => diagnostic.at(span),
        None => diagnostic,
    })
}

/// Warnings in full; those about units, which may be many, only counted.
fn warn(warnings: &Diagnostics, text: &Text, typed: &Text, asked: &Simulate) {
    let (others, units) = model::units_last(warnings);
    let mut sources = Sources::new();
    sources.add(&text.file, &text.content);
    sources.add(&typed.file, &typed.content);
    terminal::complain(&others, &sources);
    let units = units.iter().count();
    if units > 0 {
        let found = terminal::count(units, "warning");
        terminal::remark(&format!("{found} about units; `wellspring check {}` lists them", asked.model));
    }
}

/// More variables beyond their bounds than these are only counted.
const MOST_BREACHES: usize = 10;

/// A warning for each variable that left its declared bounds; all that is beyond the first few in one.
fn out_of_bounds(structure: &Structure, breaches: &[Breach]) -> Diagnostics {
    // A constant outside its bounds is told of where it is written.
    let computed = |breach: &&Breach| !matches!(structure.scalars[breach.scalar.0 as usize].rule, Rule::Constant(_));
    let breaches: Vec<&Breach> = breaches.iter().filter(computed).collect();
    let said = |breach: &&Breach| {
        let label = structure.label(breach.scalar);
        let (side, bound) =
            if breach.is_least { ("below its least", breach.bound) } else { ("above its greatest", breach.bound) };
        let mut message = format!("`{label}` is {side}, {bound}, from time {}: {} then", breach.since, breach.value);
        if breach.worst != breach.value {
            message += &format!(", {} at the worst", breach.worst);
        }
        if breach.elements > 1 {
            let others = terminal::count(breach.elements - 1, "other element");
            message += &format!("; {others} of it too, at some time");
        }
        Diagnostic::warning(run_code::OUT_OF_BOUNDS, message).hint(
            "the table is written all the same; look for what drives it there, or correct the bounds behind its unit",
        )
    };
    let mut found: Vec<Diagnostic> = breaches.iter().take(MOST_BREACHES).map(said).collect();
    if let Some(more) = breaches.len().checked_sub(MOST_BREACHES).filter(|more| *more > 0) {
        let message = format!("{} more leave their bounds", terminal::count(more, "variable"));
        found.push(Diagnostic::warning(run_code::OUT_OF_BOUNDS, message));
    }
    found.into_iter().collect()
}

/// Some columns of a table.
fn columns(all: &Trajectories, chosen: &[ScalarId]) -> Trajectories {
    let kept: Vec<usize> = (0..all.scalars.len()).filter(|&column| chosen.contains(&all.scalars[column])).collect();
    let width = all.labels.len();
    Trajectories {
        times: all.times.clone(),
        scalars: kept.iter().map(|&column| all.scalars[column]).collect(),
        labels: kept.iter().map(|&column| all.labels[column].clone()).collect(),
        values: (0..all.times.len())
            .flat_map(|row| kept.iter().map(move |&column| all.values[row * width + column]))
            .collect(),
        breaches: all.breaches.clone(),
        endless: all.endless,
    }
}

/// Where the table holds what is no number, if it does.
fn no_numbers(table: &Trajectories) -> Option<Diagnostic> {
    let width = table.labels.len();
    let first = table.values.iter().position(|value| !value.is_finite())?;
    let columns = (0..width)
        .filter(|&column| table.values.iter().skip(column).step_by(width).any(|value| !value.is_finite()))
        .count();
    let (label, time, value) = (&table.labels[first % width], table.times[first / width], table.values[first]);
    let holds = if columns == 1 { "holds" } else { "hold" };
    let columns = terminal::count(columns, "column");
    Some(
        Diagnostic::warning(
            code::NO_NUMBER,
            format!("{columns} of the table {holds} what is no number; the first is `{label}` at time {time}, {value}"),
        )
        .hint("look for a division by zero there: ZIDZ(a, b) gives 0, XIDZ(a, b, c) gives c"),
    )
}
