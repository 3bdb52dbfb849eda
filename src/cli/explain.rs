//! `explain` and `completions`: what the program says of itself.

use clap::CommandFactory;

use crate::explain::command as code;
use crate::explain::{page, pages};
use crate::table::{Columns, Table};
use engine::diagnostic::{Diagnostic, Page, nearest};

use super::arguments::{Arguments, Completions, Explain};
use super::{Ending, Failure, terminal};

/// How wide prose is set.
const WIDTH: usize = 80;

/// Prints the page of a diagnostic, or the list of all.
///
/// # Errors
/// There is no such code.
pub fn explain(asked: &Explain) -> Result<Ending, Failure> {
    let pages = match &asked.code {
        None => pages(),
        Some(code) => vec![page(code).ok_or_else(|| unknown(code))?],
    };
    let text = if asked.form.csv {
        table(&pages).csv()
    } else if asked.form.json {
        terminal::json(&table(&pages).objects())
    } else if asked.code.is_none() {
        listing()
    } else {
        pages.into_iter().map(written).collect()
    };
    terminal::print(&text)?;
    Ok(Ending::Done)
}

/// Pages for programs.
fn table<'p>(pages: &'p [&Page]) -> Table<'p> {
    let columns = Columns::new()
        .words("code", |page: &&Page| page.code.0)
        .words("title", |page| page.title)
        .words("meaning", |page| page.meaning)
        .words("example", |page| page.example)
        .words("remedy", |page| page.remedy);
    Table::each("diagnostics.csv", columns, || pages.iter().copied())
}

fn written(page: &Page) -> String {
    let example: Vec<String> = page.example.lines().map(|line| format!("    {line}").trim_end().to_owned()).collect();
    format!(
        "{}: {}\n\n{}\n\nExample:\n\n{}\n\nWhat to do:\n\n{}\n",
        page.code,
        page.title,
        terminal::wrapped(page.meaning, WIDTH),
        example.join("\n"),
        terminal::wrapped(page.remedy, WIDTH),
    )
}

fn listing() -> String {
    let kinds = [
        ("C", "Commands and files"),
        ("M0", "The text of a model"),
        ("M1", "The structure of a model"),
        ("E", "Evidence"),
        ("S", "Scenarios and accounts"),
        ("T", "Studies"),
        ("I", "Samples for sensitivity analysis"),
    ];
    let mut text = String::new();
    for (start, heading) in kinds {
        let rows: Vec<String> = pages()
            .iter()
            .filter(|page| page.code.0.starts_with(start))
            .map(|page| format!("  {}  {}\n", page.code, page.title))
            .collect();
        if !rows.is_empty() {
            text.push_str(&format!("{heading}\n{}\n", rows.concat()));
        }
    }
    text.push_str("`wellspring explain CODE` prints the page of one.\n");
    text
}

fn unknown(typed: &str) -> Failure {
    let diagnostic = Diagnostic::error(code::NO_CODE, format!("there is no diagnostic `{typed}`"));
    let codes: Vec<&str> = pages().iter().map(|page| page.code.0).collect();
    // M12 for M012, then a slip of a letter.
    let filled = typed.split_at_checked(1).map(|(letter, digits)| format!("{letter}{digits:0>3}"));
    let near = filled
        .and_then(|filled| codes.iter().find(|code| code.eq_ignore_ascii_case(&filled)).copied())
        .or_else(|| nearest(typed, codes.iter().copied()));
    let hint = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "a code is a letter and three digits, as in the brackets of `error[M101]`".to_owned(),
    };
    Failure::misuse(diagnostic.hint(hint).hint("`wellspring explain` lists all codes"))
}

/// Prints the completion script of a shell.
///
/// # Errors
/// Standard output cannot be written.
pub fn completions(asked: &Completions) -> Result<Ending, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(asked.shell, &mut Arguments::command(), "wellspring", &mut script);
    terminal::print(&String::from_utf8_lossy(&script))?;
    Ok(Ending::Done)
}
