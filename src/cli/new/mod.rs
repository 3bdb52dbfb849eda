//! `new`: files to fill in, of a place, as text or as a workbook, and of a scenario.

pub mod form;
mod parts;
mod place;
mod scenario;
mod sheets;

use std::path::{Path, PathBuf};

use crate::evidence::document::LONGEST_ID;
use crate::explain::command as code;
use engine::diagnostic::Diagnostic;
use engine::model::hyphenated;

use super::arguments::New;
use super::{Ending, Failure};

/// Begins a file.
///
/// # Errors
/// The file is there already, or cannot be written; or what it is made of is wrong.
pub fn new(asked: &New) -> Result<Ending, Failure> {
    match asked {
        New::Place(place) => match &place.from {
            Some(form) => place::from_form(form, place.out.as_deref()),
            None => place::new_place(place),
        },
        New::Workbook(workbook) => place::new_workbook(workbook),
        New::Scenario(scenario) => scenario::new_scenario(scenario),
    }
}

/// The path of a new file by the name of what it is for, and the id of that; nothing may be there yet.
fn new_file(name: &str, kind: &str, out: Option<&Path>, ending: &str) -> Result<(String, PathBuf), Failure> {
    let id: String = hyphenated(name).chars().take(LONGEST_ID).collect();
    let id = id.trim_end_matches('-').to_owned();
    if id.is_empty() {
        let diagnostic = Diagnostic::error(code::NO_FILE_NAME, format!("no file name can be made of `{name}`"));
        return Err(Failure::misuse(diagnostic.hint(format!("give the {kind} a name with letters or digits in it"))));
    }
    let path = out.unwrap_or(Path::new(".")).join(format!("{id}.{ending}"));
    if path.symlink_metadata().is_ok() {
        let displayed = displayed(&path);
        let diagnostic =
            Diagnostic::error(code::ALREADY_THERE, format!("`{displayed}` is there already, and stays as it is"));
        let hint = format!("give the new {kind} another name, or name another folder with --out");
        return Err(diagnostic.hint(hint).into());
    }
    Ok((id, path))
}

/// A path as it is told.
fn displayed(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text of TOML; in one line, with what would end it escaped.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            letter if letter.is_control() => quoted.push(' '),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::quoted;
    use engine::model::hyphenated;

    #[test]
    fn a_name_becomes_an_id_and_a_text_of_toml() {
        assert_eq!(hyphenated("Blackburn with Darwen"), "blackburn-with-darwen");
        assert_eq!(hyphenated(" St. Helens "), "st-helens");
        assert_eq!(hyphenated("..."), "");
        assert_eq!(quoted("a \"b\" \\\n"), "\"a \\\"b\\\" \\\\ \"");
    }
}
