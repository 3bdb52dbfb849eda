//! `new place`: a place file to fill in.

use std::fmt::Write as _;
use std::path::PathBuf;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::command as code;
use crate::evidence::{EvidenceFile, Figure, Numbers};
use crate::model::Name;
use crate::sampling::Family;
use crate::structure::{Rule, ScalarId, Structure};
use crate::study::{self, Given};

use super::arguments::{New, NewPlace};
use super::places::{self, Shelf};
use super::{Ending, Failure, terminal, writing};

/// Whose figures a new place starts with.
const LIKE: &str = "england";
/// How wide comments are set.
const WIDTH: usize = 110;

/// Begins a file.
///
/// # Errors
/// The file is there already, or cannot be written.
pub fn new(asked: &New) -> Result<Ending, Failure> {
    match asked {
        New::Place(place) => new_place(place),
    }
}

fn new_place(asked: &NewPlace) -> Result<Ending, Failure> {
    let id = id(&asked.name);
    if id.is_empty() {
        let message = format!("no file name can be made of `{}`", asked.name);
        let diagnostic = Diagnostic::error(code::NO_FILE_NAME, message);
        return Err(Failure::misuse(diagnostic.hint("give the place a name with letters or digits in it")));
    }
    let path = asked.out.clone().unwrap_or_else(|| PathBuf::from(".")).join(format!("{id}.toml"));
    let shown = path.strip_prefix(".").unwrap_or(&path).display().to_string();
    if path.symlink_metadata().is_ok() {
        let diagnostic =
            Diagnostic::error(code::ALREADY_THERE, format!("`{shown}` is there already, and stays as it is"));
        return Err(diagnostic.hint("give the new place another name, or name another folder with --out").into());
    }
    let shelf = Shelf::read()?;
    let (like, _) = shelf.place(&places::text(asked.like.as_deref().unwrap_or(LIKE))?)?;
    let (found, _) = study::reconcile(&shelf.model, &shelf.system, &like).map_err(Failure::unplaced)?;
    writing::write_file(&path, file(&asked.name, &id, &like, &found.structure).as_bytes())?;
    terminal::print(&format!(
        "{shown} holds the figures of {}. Replace what is known better, and remove `default = true` from what you have\n\
         looked at. `wellspring check {}` says what is still default.\n",
        like.name,
        path.display()
    ))?;
    Ok(Ending::Done)
}

/// The letters and digits of a name in small letters, words divided by hyphens.
fn id(name: &str) -> String {
    let words: Vec<String> = name
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}

fn file(name: &str, id: &str, like: &EvidenceFile, structure: &Structure) -> String {
    let mut text = format!(
        "# {}: the baseline of a place, to be filled in. All figures are those of {} until they are replaced.\n\
         # Remove `default = true` from each that holds here, with its own grade (A read, B recalled, C derived), source and note.\n\
         # A source that the shipped register does not have goes to a file sources.toml beside the scenario.\n\n\
         [place]\nschema = 1\nid = {}\nname = {}\ndescription = {}\n\
         kind = \"district\" # country, system, place or district\n\
         # within = \"lancashire-south-cumbria\" # the id of the place that it is a part of\n",
        one_line(name),
        like.name,
        quoted(id),
        quoted(name),
        quoted(&format!("{}, begun with the figures of {}.", one_line(name), like.name)),
    );
    for wanted in study::given(structure) {
        constant(&mut text, &wanted, like, structure);
    }
    text.push_str(
        "\n# What is published of the place, to set the model against: `wellspring places FILE` shows both.\n\
         # [[published]]\n# what = \"Emergency admissions\"\n# variable = \"Demand[Emergency admissions]\"\n# value = 0\n\
         # unit = \"admissions a year\"\n# year = \"2024/25\"\n# grade = \"A\"\n# source = \"nhse-msitae\"\n",
    );
    text
}

fn constant(text: &mut String, wanted: &Given<'_>, like: &EvidenceFile, structure: &Structure) {
    let variable = wanted.variable;
    text.push('\n');
    let mut comment = format!("{}: {}", variable.name, wanted.meaning);
    for dimension in &variable.dimensions {
        let elements: Vec<&str> = dimension.elements.iter().map(Name::spelling).collect();
        let _ = write!(comment, " By {}: {}.", dimension.range, elements.join(", "));
    }
    let _ = write!(comment, " In the model: {}.", variable.units_text);
    for line in terminal::wrapped(&comment, WIDTH).lines() {
        let _ = writeln!(text, "# {line}");
    }
    let figures: Vec<&Figure> = like.figures.iter().filter(|figure| figure.label.constant == variable.name).collect();
    for (place, figure) in figures.iter().enumerate() {
        if place > 0 {
            text.push('\n');
        }
        written(text, figure, like);
    }
    if figures.is_empty() {
        let numbers: Vec<f64> = (0..variable.count as u32)
            .filter_map(|offset| match structure.scalars[(ScalarId(variable.first.0 + offset)).0 as usize].rule {
                Rule::Constant(value) => Some(value),
                _ => None,
            })
            .collect();
        let _ = writeln!(text, "[{}]", quoted(variable.name.spelling()));
        let shape: Vec<usize> = variable.dimensions.iter().map(|dimension| dimension.elements.len()).collect();
        numbers_of(text, &numbers, &shape);
        let _ = writeln!(
            text,
            "unit = {}\ngrade = \"C\"\nsource = \"wellspring-judgement\"\nnote = \"The model's own number.\"\ndefault = true",
            quoted(&variable.units_text)
        );
    }
}

/// A figure as it would stand in a file, marked as not looked at.
fn written(text: &mut String, figure: &Figure, like: &EvidenceFile) {
    let _ = writeln!(text, "[{}]", quoted(&figure.label.to_string()));
    match &figure.numbers {
        Numbers::One(value) => numbers_of(text, &[*value], &[]),
        Numbers::Many { values, shape } => numbers_of(text, values, shape),
    }
    let family = figure.family.unwrap_or(Family::Fixed);
    match figure.range {
        Some((low, high)) if figure.common_factor => {
            let _ = writeln!(text, "spread = {{ low = {low}, high = {high}, distribution = \"{family}\" }}");
        }
        Some((low, high)) => {
            let _ = writeln!(text, "low = {low}\nhigh = {high}\ndistribution = \"{family}\"");
        }
        None => {}
    }
    if figure.per != 1.0 {
        let _ = writeln!(text, "per = {}", figure.per);
    }
    for (key, value) in [("shared", &figure.shared), ("unit", &figure.unit)] {
        if let Some(value) = value {
            let _ = writeln!(text, "{key} = {}", quoted(value));
        }
    }
    if let Some(year) = figure.price_year {
        let _ = writeln!(text, "price_year = \"{year}\"");
    }
    let sources: Vec<String> = figure.sources.iter().map(|source| quoted(source)).collect();
    let _ = writeln!(text, "grade = \"{}\"\nsource = [{}]", figure.grade, sources.join(", "));
    let note = figure.note.as_deref().unwrap_or_default();
    let note = format!("{note} Taken from {}.", like.name);
    let _ = writeln!(text, "note = {}\ndefault = true", quoted(note.trim()));
}

fn numbers_of(text: &mut String, values: &[f64], shape: &[usize]) {
    let row = |values: &[f64]| values.iter().map(f64::to_string).collect::<Vec<_>>().join(", ");
    let _ = match (shape, values) {
        ([], [only, ..]) => writeln!(text, "value = {only}"),
        ([_, wide], _) if *wide > 0 => {
            let rows: Vec<String> = values.chunks(*wide).map(|values| format!("  [{}],\n", row(values))).collect();
            writeln!(text, "values = [\n{}]", rows.concat())
        }
        _ => writeln!(text, "values = [{}]", row(values)),
    };
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
    use super::{id, quoted};

    #[test]
    fn a_name_becomes_an_id_and_a_text_of_toml() {
        assert_eq!(id("Blackburn with Darwen"), "blackburn-with-darwen");
        assert_eq!(id(" St. Helens "), "st-helens");
        assert_eq!(id("..."), "");
        assert_eq!(quoted("a \"b\" \\\n"), "\"a \\\"b\\\" \\\\ \"");
    }
}
