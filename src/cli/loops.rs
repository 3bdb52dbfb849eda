//! `loops`: each loop of the model cut in turn.

use crate::explain::command as code;
use crate::report;
use crate::study::{self, Overrides, Study};
use engine::diagnostic::Diagnostic;

use super::arguments::Loops;
use super::progress::Progress;
use super::{Ending, Failure, gather, model, output, run, terminal, verdict, writing};

/// Cuts every loop of a scenario's model in one strategy, and shows what that changes.
///
/// # Errors
/// The command, the scenario or what it names is wrong, or the table could not be written.
pub fn loops(asked: &Loops) -> Result<Ending, Failure> {
    let out = output::beside_inputs(asked.out.as_deref(), &[&asked.scenario])?;
    if let Some(impossible) = run::impossible_draws(asked.draws) {
        return Err(Failure::misuse(impossible));
    }
    let text = gather::scenario(&asked.scenario).map_err(|found| model::failure(found, &[]))?;
    let texts = gather::gather(text)?;
    let sources = texts.diagnostic_sources();
    let overrides = Overrides { draws: asked.draws, ..Overrides::default() };
    let (study, warnings) =
        study::prepare(&texts, &overrides).map_err(|found| Failure::inputs(found, sources.clone()))?;
    terminal::complain(&model::units_last(&warnings).0, &sources);
    let study = chosen(study, asked)?;

    let progress = Progress::new(study.sampling.draws * study.variants(), 1, asked.quiet);
    let found = study.cut_loops(&|draws| progress.advance(draws));
    progress.finish(found.runs);
    if found.tally.none_left() {
        let draws = found.tally.all;
        let none = study::none_left(draws, "draws", &found.faults, draws);
        return Err(verdict::failure(std::iter::once(none).collect(), sources));
    }
    let csv = || report::loops_csv(&found);
    match (out, &asked.out) {
        (Some(path), _) => writing::write_file(path, csv().as_bytes())?,
        // Standard output has the table for programs, then, and not the one for people.
        (None, Some(_)) => terminal::print(&csv())?,
        (None, None) => {}
    }
    if out.is_some() || asked.out.is_none() {
        terminal::print(&report::loops_table(&found))?;
    }
    if found.loops.is_empty() {
        let accounts = &texts.accounts.file;
        terminal::remark(&format!("`{accounts}` names no loop that can be cut; [[loop]] in it names one"));
    }
    // The text says how many draws are left out.
    Ok(verdict::judged(&found.tally, None))
}

/// The study with the strategy asked for alone: the first if none is.
fn chosen(study: Study, asked: &Loops) -> Result<Study, Failure> {
    let strategies = &study.scenario.strategies;
    let index = match &asked.strategy {
        None => Some(0),
        Some(id) => strategies.iter().position(|strategy| strategy.id.eq_ignore_ascii_case(id)),
    };
    let ids: Vec<String> = strategies.iter().map(|strategy| strategy.id.clone()).collect();
    if let Some(study) = index.and_then(|index| study.only(index)) {
        return Ok(study);
    }
    let wanted = asked.strategy.as_deref().unwrap_or_default();
    let unknown = Diagnostic::error(code::NO_SUCH_STRATEGY, format!("the scenario has no strategy `{wanted}`"));
    let unknown = unknown.did_you_mean(wanted, ids.iter().map(String::as_str));
    let ids: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
    Err(Failure::misuse(unknown.hint(format!("there is {}", ids.join(", ")))))
}
