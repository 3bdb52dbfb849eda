//! What an argument of `compare` names: a scenario or a folder of results, and perhaps one strategy of it.

use std::path::Path;

use crate::explain::command as code;
use crate::shipped;
use engine::diagnostic::Diagnostic;

use super::super::manifest::logical;
use super::is_folder;

/// What holds plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanSource {
    /// To be run.
    Scenario,
    /// To be read.
    Folder,
}

/// An argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// What was typed, without the strategy.
    pub base: String,
    /// The strategy, if one is chosen.
    pub strategy: Option<String>,
    /// What `base` is.
    pub kind: PlanSource,
}

impl Argument {
    /// The base without the folders of the machine.
    pub fn displayed(&self) -> String {
        displayed(&self.base)
    }

    /// The whole without the folders of the machine.
    pub fn typed(&self) -> String {
        match &self.strategy {
            Some(strategy) => format!("{}:{strategy}", self.displayed()),
            None => self.displayed(),
        }
    }
}

/// A name of an argument without the folders of the machine.
pub fn displayed(base: &str) -> String {
    let name = logical(base);
    name.trim_end_matches('/').to_owned()
}

/// Reads an argument. A name that has a colon in it and is there itself has no strategy.
///
/// # Errors
/// There is no such scenario and no such folder.
pub fn read(typed: &str) -> Result<Argument, Diagnostic> {
    let whole = kind(typed).map(|kind| Argument { base: typed.to_owned(), strategy: None, kind });
    let parted = || {
        let (base, strategy) = typed.rsplit_once(':')?;
        Some(Argument { base: base.to_owned(), strategy: Some(strategy.to_owned()), kind: kind(base)? })
    };
    whole.or_else(parted).ok_or_else(|| unknown(typed))
}

fn kind(base: &str) -> Option<PlanSource> {
    if shipped::named(base, shipped::SCENARIOS).is_some() && !shipped::is_file(base, &[".toml"]) {
        return Some(PlanSource::Scenario);
    }
    if is_folder(base) {
        return Some(PlanSource::Folder);
    }
    Path::new(base).is_file().then_some(PlanSource::Scenario)
}

fn unknown(typed: &str) -> Diagnostic {
    let message = format!("`{typed}` is neither a scenario nor a folder of results");
    let unknown = Diagnostic::error(code::NOT_A_PLAN, message);
    let base = typed.rsplit_once(':').map_or(typed, |(base, _)| base);
    unknown.did_you_mean(base, shipped::SCENARIOS.iter().map(|one| one.name)).hint(
        "name a shipped scenario, a file such as `studies/plan.toml`, or a folder that `wellspring run` has written",
    )
}
