//! `optimise`: a better mix of programmes, and a scenario that has it.

use std::ops::Range;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use crate::explain::command as code;
use crate::report;
use crate::study::{Mix, MixSettings, Overrides, Study};
use engine::diagnostic::Diagnostic;
use engine::model::Label;

use super::arguments::Optimise;
use super::decide::{pictures, pool, study_of};
use super::folder::ResultsFolder;
use super::manifest::logical;
use super::subject::{self, Prepared};
use super::{Ending, Failure, model, run, terminal, verdict};

/// Seeks the best mix of a scenario and writes it down.
///
/// # Errors
/// The command, the scenario or what it names is wrong, no plan keeps the limits, or the results could not be written.
pub fn optimise(asked: &Optimise) -> Result<Ending, Failure> {
    let pool = pool(Some(asked.draws), asked.threads)?;
    possible(asked)?;
    let overrides = Overrides { draws: Some(asked.draws), seed: asked.seed, design: None, replicates: None };
    let (prepared, warnings) = subject::prepare(&asked.scenario, &overrides)?;
    let sources = prepared.sources();
    terminal::complain(&model::units_last(&warnings).0, &sources);
    let study = study_of(&prepared)?;
    let settings = MixSettings {
        strategy: strategy(study, asked)?,
        goal: asked.goal.into(),
        and: asked.and.map(Into::into),
        robust: asked.robust,
        by_year: asked.by_year,
        ramp: asked.ramp,
        most: asked.most_share,
        as_fair: !asked.unfair,
        plans: usize::try_from(asked.plans).unwrap_or(usize::MAX),
    };
    let out = asked
        .out
        .clone()
        .unwrap_or_else(|| Path::new("out").join(format!("{}-best", run::folder_name(&study.scenario.name).display())));
    let mut folder = ResultsFolder::begin(&out)?;
    let work = || study.best_mix(&settings);
    let found = match pool {
        Some(pool) => pool.install(work),
        None => work(),
    };
    let mix = found.map_err(|found| verdict::failure(found, sources))?;
    if let Prepared::Study(_, texts) = &prepared {
        folder.add("best.toml", rewritten(&texts.scenario.content, &mix).as_bytes())?;
    }
    for table in report::mix_tables(&mix) {
        folder.add_table(&table)?;
    }
    for (name, bytes) in pictures(report::mix_pictures(&mix)) {
        folder.add(&name, &bytes)?;
    }
    let manifest = prepared.manifest(command(asked)).text(folder.written());
    folder.finish(&manifest)?;
    terminal::print(&report::mix_text(&mix))?;
    if !asked.quiet {
        terminal::remark(&format!(
            "Results are in {0}; `wellspring run {0}/best.toml` runs the best mix",
            out.display()
        ));
    }
    Ok(verdict::judged(&mix.tally, Some("draws").filter(|_| !asked.quiet)))
}

/// The numbers of the command line that no search can have.
fn possible(asked: &Optimise) -> Result<(), Failure> {
    let share = |name: &str, share: Option<f64>| match share {
        Some(share) if !(0.0..=1.0).contains(&share) => {
            let message = format!("{name} {share} is no share of a whole");
            Err(Failure::misuse(
                Diagnostic::error(code::NO_MIX, message).hint("write a number from 0 to 1, such as 0.3"),
            ))
        }
        _ => Ok(()),
    };
    share("--most-share", asked.most_share)?;
    share("--ramp", asked.ramp)?;
    if asked.plans == 0 {
        let none = Diagnostic::error(code::NO_MIX, "--plans 0 leaves nothing to choose from");
        return Err(Failure::misuse(none.hint("ask for 100 or more")));
    }
    if asked.and == Some(asked.goal) {
        let twice = Diagnostic::error(code::NO_MIX, "--and names the goal a second time");
        return Err(Failure::misuse(twice.hint("name another goal, or leave it out")));
    }
    Ok(())
}

/// The index of the strategy asked for; the first if none is.
fn strategy(study: &Study, asked: &Optimise) -> Result<usize, Failure> {
    let strategies = &study.scenario.strategies;
    let Some(wanted) = &asked.strategy else { return Ok(0) };
    let index = strategies.iter().position(|strategy| strategy.id.eq_ignore_ascii_case(wanted));
    index.ok_or_else(|| {
        let unknown = Diagnostic::error(code::NO_SUCH_STRATEGY, format!("the scenario has no strategy `{wanted}`"));
        let unknown = unknown.did_you_mean(wanted, strategies.iter().map(|strategy| strategy.id.as_str()));
        let ids: Vec<String> = strategies.iter().map(|strategy| format!("`{}`", strategy.id)).collect();
        Failure::misuse(unknown.hint(format!("there is {}", ids.join(", "))))
    })
}

/// The scenario's text with the shares of the mix in place of its own, wherever it sets them: everything else stays as it was
/// written but the name, so that its results do not take the place of the other's.
fn rewritten(text: &str, mix: &Mix) -> String {
    let levers = report::mix_levers(mix);
    let (root, _) = DeTable::parse_recoverable(text);
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    if let Some(name) = root.get_ref().get("name") {
        changes.push((name.span(), format!("\"{}-best\"", mix.name)));
    }
    let mut change = |table: Option<&DeValue<'_>>| {
        let Some(DeValue::Table(table)) = table else { return };
        for (key, value) in table.iter() {
            let label = Label::parse(key.get_ref()).map(|label| label.to_string()).unwrap_or_default();
            if let Some((_, written)) = levers.iter().find(|(lever, _)| *lever == label) {
                changes.push((value.span(), written.clone()));
            }
        }
    };
    change(root.get_ref().get("levers").map(|levers| levers.get_ref()));
    if let Some(DeValue::Array(strategies)) = root.get_ref().get("strategy").map(|value| value.get_ref()) {
        for strategy in strategies.iter() {
            if let DeValue::Table(strategy) = strategy.get_ref() {
                change(strategy.get("levers").map(|levers| levers.get_ref()));
            }
        }
    }
    changes.sort_by_key(|(span, _)| span.start);
    let mut changed = text.to_owned();
    for (span, written) in changes.into_iter().rev() {
        changed.replace_range(span, &written);
    }
    changed
}

/// The command that repeats it: without the folder and the number of threads, which change no number.
fn command(asked: &Optimise) -> Vec<String> {
    let mut command = vec!["wellspring".to_owned(), "optimise".to_owned(), logical(&asked.scenario)];
    let goal = |goal: super::arguments::GoalName| crate::study::Goal::from(goal).name().to_owned();
    command.extend(["--goal".to_owned(), goal(asked.goal)]);
    let options = [
        ("--and", asked.and.map(goal)),
        ("--strategy", asked.strategy.clone()),
        ("--most-share", asked.most_share.map(|share| share.to_string())),
        ("--ramp", asked.ramp.map(|share| share.to_string())),
        ("--plans", Some(asked.plans.to_string())),
        ("--draws", Some(asked.draws.to_string())),
        ("--seed", asked.seed.map(|seed| seed.to_string())),
    ];
    for (name, value) in options {
        if let Some(value) = value {
            command.extend([name.to_owned(), value]);
        }
    }
    for (name, given) in [("--robust", asked.robust), ("--by-year", asked.by_year), ("--unfair", asked.unfair)] {
        if given {
            command.push(name.to_owned());
        }
    }
    command
}
