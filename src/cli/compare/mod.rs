//! `compare`: plans of scenarios and of folders of results side by side.

mod argument;
mod folder;
mod scenario;

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use crate::explain::command as code;
use crate::report;
use crate::report::plans::{Comparison, Plan};
use crate::report::{plans_json, plans_table, plans_text};
use crate::words;
use engine::diagnostic::{Diagnostic, Diagnostics, Sources, nearest};

use super::arguments::{Compare, Format};
use super::counted::Written;
use super::folder::{ResultsFolder, WRITTEN_BY};
use super::manifest::{Manifest, Output, SCHEMA_VERSION, outputs};
use super::{Ending, Failure, run, terminal, writing};

use argument::{Argument, PlanSource};
use scenario::Draws;

/// What an argument turned out to hold: all its plans, and what they were made from.
struct Held {
    plans: Vec<Plan>,
    manifest: Manifest,
    /// How its runs went.
    ending: Ending,
    /// Tables that are not as they were written, or do not say what they hold.
    changed: Diagnostics,
}

/// Sets plans side by side.
///
/// # Errors
/// An argument names no plan, plans have no year in common, a scenario is wrong, or the results could not be written.
pub fn compare(asked: &Compare) -> Result<Ending, Failure> {
    if let Some(impossible) = run::impossible_draws(asked.draws) {
        return Err(Failure::misuse(impossible));
    }
    let arguments = all_read(asked.plans.iter().map(|typed| argument::read(typed)))?;
    if let Some(out) = &asked.out {
        let folders = arguments.iter().filter(|argument| argument.kind == PlanSource::Folder);
        let read = folders.map(|argument| Path::new(&argument.base));
        writing::no_input(out, read).map_err(Failure::misuse)?;
    }
    // Before the work, so that a folder that cannot be written costs no one half a minute.
    let folder = asked.out.as_deref().map(ResultsFolder::begin).transpose()?;
    let held = held(&arguments, asked)?;
    let plans = chosen(&arguments, &held)?;
    if plans.len() < 2 {
        let only = plans.first().map_or("nothing", |plan| plan.label.as_str());
        let alone = Diagnostic::error(
            code::ONE_PLAN,
            format!("there is only one plan, `{only}`, and nothing to compare it with"),
        );
        return Err(Failure::misuse(
            alone.hint("name another scenario, folder of results or strategy: A B, or A:ID A:ID"),
        ));
    }
    let spans: Vec<String> = plans.iter().map(span).collect();
    let Some(mut found) = Comparison::new(plans) else {
        let none = Diagnostic::error(code::NO_COMMON_YEAR, "the plans have no year in common");
        return Err(spans.into_iter().fold(none, Diagnostic::hint).into());
    };
    // Beside the numbers too, so that it goes where they go.
    let seen = |one: &Diagnostic| match one.code {
        code::CHANGED => format!("{}: what is told of it may be no result.", one.message),
        _ => format!("{}.", words::capital(&one.message)),
    };
    found.notes.extend(held.values().flat_map(|held| held.changed.iter().map(seen)));
    if let Some(folder) = folder {
        write(folder, &found, asked, &arguments, &held)?;
    }
    match asked.format {
        Format::Text => terminal::print(&plans_text(&found))?,
        Format::Json => terminal::print(&terminal::json(&plans_json(&found)))?,
    }
    if let Some(out) = asked.out.as_deref().filter(|_| !asked.quiet) {
        terminal::remark(&format!("Results are in {}", out.display()));
    }
    let failed = held.values().map(|held| held.ending).find(|ending| *ending != Ending::Done);
    Ok(failed.unwrap_or(Ending::Done))
}

/// All arguments, or everything that is wrong with any of them.
fn all_read(read: impl Iterator<Item = Result<Argument, Diagnostic>>) -> Result<Vec<Argument>, Failure> {
    let mut arguments = Vec::new();
    let mut found = Diagnostics::new();
    for one in read {
        match one {
            Ok(argument) => arguments.push(argument),
            Err(wrong) => found.push(wrong),
        }
    }
    if found.is_empty() { Ok(arguments) } else { Err(Failure::inputs(found, Sources::new())) }
}

/// What each argument holds, each read or run once however many of its strategies are named.
fn held(arguments: &[Argument], asked: &Compare) -> Result<BTreeMap<String, Held>, Failure> {
    let mut held: BTreeMap<String, Held> = BTreeMap::new();
    // Folders first: they are read in no time, and what is wrong with one is told before a scenario is run.
    for argument in arguments.iter().filter(|argument| argument.kind == PlanSource::Folder) {
        if !held.contains_key(&argument.base) {
            let read = folder::read(&argument.base)?;
            terminal::tell(&read.changed, &Sources::new(), asked.format);
            held.insert(argument.base.clone(), read);
        }
    }
    let mut draws = Draws { draws: asked.draws, seed: asked.seed, design: asked.design.map(Into::into) };
    let mut ready = Vec::new();
    for argument in arguments.iter().filter(|argument| argument.kind == PlanSource::Scenario) {
        if ready.iter().all(|(base, _)| *base != &argument.base) {
            ready.push((&argument.base, scenario::prepare(&argument.base, &mut draws, asked.format)?));
        }
    }
    // A strategy that is not there is told before anything is run.
    let ids = |held: &BTreeMap<String, Held>, base: &String| -> Vec<String> {
        let here = ready.iter().find(|(known, _)| *known == base);
        match (here, held.get(base)) {
            (Some((_, ready)), _) => ready.strategies(),
            (None, Some(held)) => held.plans.iter().map(|plan| plan.strategy.clone()).collect(),
            (None, None) => Vec::new(),
        }
    };
    let unknown: Diagnostics =
        arguments.iter().filter_map(|argument| no_such_strategy(argument, &ids(&held, &argument.base))).collect();
    if !unknown.is_empty() {
        return Err(Failure { found: unknown, sources: Sources::new(), ending: Ending::Misused });
    }
    for (base, ready) in &ready {
        held.insert((*base).clone(), ready.run(base, asked)?);
    }
    Ok(held)
}

/// What is wrong with the strategy that an argument names, if it is none of these.
fn no_such_strategy(argument: &Argument, ids: &[String]) -> Option<Diagnostic> {
    let wanted = argument.strategy.as_deref()?;
    if ids.iter().any(|id| id.eq_ignore_ascii_case(wanted)) {
        return None;
    }
    let message = format!("`{}` has no strategy `{wanted}`", argument.base);
    let mut unknown = Diagnostic::error(code::NOT_AMONG_PLANS, message);
    if let Some(near) = nearest(wanted, ids.iter().map(String::as_str)) {
        unknown = unknown.hint(format!("did you mean `{}:{near}`?", argument.base));
    }
    let ids: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
    Some(unknown.hint(format!("there is {}", ids.join(", "))))
}

/// The plans that the arguments name, in their order, each once and under a name of its own.
fn chosen(arguments: &[Argument], held: &BTreeMap<String, Held>) -> Result<Vec<Plan>, Failure> {
    let mut taken: Vec<(&str, &str)> = Vec::new();
    let mut plans: Vec<Plan> = Vec::new();
    for argument in arguments {
        let Some(held) = held.get(&argument.base) else { continue };
        let wanted =
            |plan: &&Plan| argument.strategy.as_deref().is_none_or(|id| plan.strategy.eq_ignore_ascii_case(id));
        for plan in held.plans.iter().filter(wanted) {
            let which = (argument.base.as_str(), plan.strategy.as_str());
            if taken.contains(&which) {
                continue;
            }
            taken.push(which);
            let mut plan = plan.clone();
            let same = plans.iter().filter(|other| other.origin.argument == plan.origin.argument);
            let same = same.filter(|other| other.strategy == plan.strategy).count();
            if same > 0 {
                plan.label = format!("{} ({})", plan.label, same + 1);
            }
            plans.push(plan);
        }
    }
    Ok(plans)
}

/// Which years a plan has.
fn span(plan: &Plan) -> String {
    let years = plan.found.years();
    match (years.first(), years.last()) {
        (Some(first), Some(last)) => format!("`{}` has {first} to {last}", plan.label),
        _ => format!("`{}` has none", plan.label),
    }
}

/// `manifest.json` of a comparison.
#[derive(Serialize)]
struct ComparisonManifest {
    written_by: &'static str,
    schema_version: u32,
    version: &'static str,
    command: Vec<String>,
    plans: Vec<String>,
    notes: Vec<String>,
    /// The manifest of each argument: of a scenario that was run here without files, of a folder as it stands there.
    made_from: Vec<MadeFrom>,
    outputs: Vec<Output>,
}

#[derive(Serialize)]
struct MadeFrom {
    argument: String,
    folder: bool,
    manifest: Manifest,
}

fn write(
    mut folder: ResultsFolder,
    found: &Comparison,
    asked: &Compare,
    arguments: &[Argument],
    held: &BTreeMap<String, Held>,
) -> Result<(), Failure> {
    folder.add_table(&plans_table(found))?;
    match report::plan_pictures(found) {
        Ok(pictures) => {
            for picture in pictures {
                folder.add(&format!("{}.svg", picture.name), picture.svg.as_bytes())?;
                folder.add(&format!("{}.png", picture.name), &picture.png)?;
            }
        }
        // The numbers are worth having without them.
        Err(problem) => terminal::remark(&format!("There are no pictures: {problem}")),
    }
    let manifest = manifest(found, asked, arguments, held, folder.written());
    let mut text = serde_json::to_string_pretty(&manifest).expect("a manifest is plain words and numbers");
    text.push('\n');
    folder.finish(&text)?;
    Ok(())
}

fn manifest(
    found: &Comparison,
    asked: &Compare,
    arguments: &[Argument],
    held: &BTreeMap<String, Held>,
    written: &[Written],
) -> ComparisonManifest {
    let mut made_from: Vec<MadeFrom> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for argument in arguments.iter().filter(|argument| held.contains_key(&argument.base)) {
        if seen.contains(&argument.base.as_str()) {
            continue;
        }
        seen.push(&argument.base);
        made_from.push(MadeFrom {
            argument: argument.displayed(),
            folder: argument.kind == PlanSource::Folder,
            manifest: held[&argument.base].manifest.clone(),
        });
    }
    let mut command = vec!["wellspring".to_owned(), "compare".to_owned()];
    command.extend(arguments.iter().map(Argument::typed));
    let options = [
        ("--draws", asked.draws.map(|draws| draws.to_string())),
        ("--seed", asked.seed.map(|seed| seed.to_string())),
        ("--design", asked.design.map(|design| engine::sampling::Design::from(design).to_string())),
    ];
    for (name, value) in options {
        command.extend(value.into_iter().flat_map(|value| [name.to_owned(), value]));
    }
    ComparisonManifest {
        written_by: WRITTEN_BY,
        schema_version: SCHEMA_VERSION,
        version: env!("CARGO_PKG_VERSION"),
        command,
        plans: found.plans.iter().map(|plan| plan.label.clone()).collect(),
        notes: found.notes.clone(),
        made_from,
        outputs: outputs(written),
    }
}

/// Whether a folder of this name is there.
fn is_folder(base: &str) -> bool {
    Path::new(base).is_dir()
}
