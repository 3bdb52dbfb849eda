//! The plans of a folder of results.

use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;

use crate::explain::command as code;
use crate::report::plans::{self, Plan, TABLES};
use engine::diagnostic::{Diagnostic, Diagnostics, Sources, Span};

use super::super::counted::sha256;
use super::super::files;
use super::super::folder::MANIFEST;
use super::super::manifest::Manifest;
use super::super::{Ending, Failure};
use super::Held;
use super::argument::displayed;

/// Reads all plans of a folder.
///
/// # Errors
/// The folder holds no results of a study, or is not finished.
pub fn read(base: &str) -> Result<Held, Failure> {
    let folder = Path::new(base);
    let no_results = |why: &str| {
        Diagnostic::error(code::NOT_A_PLAN, format!("the folder `{base}` holds no results of a study: {why}"))
            .hint("name a folder that `wellspring run` has written")
    };
    let text = |name: &str| files::read(&folder.join(name)).map(|text| text.content.to_string()).ok();
    let Some(manifest) = text(MANIFEST) else {
        return Err(no_results(&format!("it has no {MANIFEST} that can be read")).into());
    };
    if is_unfinished(&manifest) {
        let message = format!("the results in `{base}` are not finished");
        let hint = "wait until the run is done, or run it again: what stands there so far is no result";
        return Err(Diagnostic::error(code::NOT_FINISHED, message).hint(hint).into());
    }
    let Ok(manifest) = serde_json::from_str::<Manifest>(&manifest) else {
        return Err(no_results(&format!("{MANIFEST} is none of a study that this version reads")).into());
    };
    let mut tables = Vec::new();
    let mut changed = Diagnostics::new();
    for name in TABLES {
        let unread = |_| no_results(&format!("it has no {name} that can be read"));
        let bytes = files::bytes(&folder.join(name), files::LONGEST_TABLE).map_err(unread)?;
        if manifest.fingerprint(name) != Some(sha256(&bytes).as_str()) {
            changed.push(not_as_written(base, name, &manifest));
        }
        let text = String::from_utf8(bytes).map_err(|_| no_results(&format!("{name} is no text")))?;
        // A spreadsheet that saved it may have put a mark ahead of it.
        let text: Arc<str> = text.trim_start_matches('\u{feff}').into();
        tables.push(plans::read(name, &text).map_err(|wrong| {
            let file: Arc<str> = folder.join(name).display().to_string().into();
            let mut sources = Sources::new();
            sources.add(&file, &text);
            let at = Span::new(&file, wrong.range.start, wrong.range.end);
            let wrong = no_results(&format!("{name}: {}", wrong.message)).at(at);
            Failure::inputs(std::iter::once(wrong).collect(), sources)
        })?);
    }
    let roles = manifest.roles();
    if roles.is_none() {
        changed.push(no_roles(base, &manifest));
    }
    let found = plans::strategies(&tables, &roles.unwrap_or_default());
    if found.is_empty() {
        return Err(no_results("its tables tell of no strategy").into());
    }
    let origin = Arc::new(manifest.origin(displayed(base), true));
    let plans = found.into_iter().map(|(strategy, found)| Plan {
        label: format!("{}:{strategy}", displayed(base)),
        strategy,
        found,
        origin: origin.clone(),
        drawn: None,
    });
    Ok(Held { plans: plans.collect(), manifest, ending: Ending::Done, changed })
}

fn not_as_written(base: &str, name: &str, manifest: &Manifest) -> Diagnostic {
    let file = Path::new(base).join(name);
    let message = format!("`{}` is not as its run wrote it", file.display());
    let command = manifest.command().join(" ");
    Diagnostic::warning(code::CHANGED, message)
        .hint(format!("its fingerprint is another than {MANIFEST} has; `{command} --out {base}` writes it again"))
}

/// Folders of versions before this did not say which ledger is which, and a guess by its name could be wrong.
fn no_roles(base: &str, manifest: &Manifest) -> Diagnostic {
    let message = format!(
        "the results in `{base}` do not say which of their ledgers is spending, which savings, which health: they are compared \
         by net position, payback and demand alone"
    );
    let command = manifest.command().join(" ");
    Diagnostic::warning(code::NO_ROLES, message)
        .hint(format!("an earlier version wrote them; `{command} --out {base}` writes them anew"))
}

/// What is read of a manifest to know whether its folder is whole.
#[derive(Deserialize)]
struct Marker {
    #[serde(default)]
    unfinished: bool,
}

fn is_unfinished(manifest: &str) -> bool {
    serde_json::from_str::<Marker>(manifest).is_ok_and(|marker| marker.unfinished)
}
