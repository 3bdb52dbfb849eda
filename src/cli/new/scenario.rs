//! `new scenario`: a scenario to fill in, begun as another and with every lever of the model in its comments.

use std::fmt::Write as _;
use std::ops::Range;

use toml::de::DeTable;

use crate::explain::command as code;
use crate::scenario::Scenario;
use crate::shipped;
use engine::diagnostic::Diagnostic;
use engine::model::{Bindings, Name};
use engine::structure::{Rule, Structure, Variable};

use super::super::arguments::NewScenario;
use super::super::{Ending, Failure, gather, library, model, terminal, writing};
use super::{displayed, new_file, one_line, quoted};

/// The scenario that a new one begins as.
const LIKE: &str = "one-per-cent";
/// Words by which the modeller marks what a scenario chooses.
const SET_BY_SCENARIO: &str = "Set by: scenario";
/// How wide comments are set.
const WIDTH: usize = 110;

/// Begins the file of a scenario.
///
/// # Errors
/// The file is there already, or cannot be written; or there is no such scenario or place.
pub fn new_scenario(asked: &NewScenario) -> Result<Ending, Failure> {
    let (id, path) = new_file(&asked.name, "scenario", asked.out.as_deref(), "toml")?;
    let text = gather::scenario(asked.like.as_deref().unwrap_or(LIKE)).map_err(|found| model::failure(found, &[]))?;
    let shipped = library::shipped_references();
    let references = library::references_of(&text, &shipped)?;
    let (like, _) =
        Scenario::read(&text.file, &text.content, &references).map_err(|found| model::failure(found, &[&text]))?;
    let mut content = text.content.to_string();
    if let Some(place) = &asked.place {
        if like.places.len() > 1 {
            let message = format!("the scenario `{}` is about {} places", like.name, like.places.len());
            let diagnostic = Diagnostic::error(code::SEVERAL_PLACES, message);
            return Err(Failure::misuse(
                diagnostic.hint("leave out --place, or name a scenario of one place with --like"),
            ));
        }
        // A shipped place is known by its name; a file is checked when the scenario is.
        if !shipped::is_file(place, &[".toml"]) {
            super::super::places::text(place)?;
        }
        let span = &like.places[0].span;
        let mut edits = vec![(span.start..span.end, quoted(place))];
        if Name::new(place) != Name::new(&like.places[0].value) {
            let question = format!(
                "To be written: what is asked of {place}? This scenario began as {}, and asked of {}.",
                like.name, like.places[0].value
            );
            edits.extend(value_of(&text.content, "question").map(|at| (at, quoted(&question))));
            edits.extend(value_of(&text.content, "source").map(|at| (at, quoted("To be written: who asks it."))));
        }
        edits.sort_by_key(|(at, _)| at.start);
        for (at, new) in edits.into_iter().rev() {
            content.replace_range(at, &new);
        }
    }
    let built = model::text(&like.model.value).and_then(|text| model::build(&text, &Bindings::default()));
    let (structure, _) = built.map_err(Failure::without_source)?;
    writing::write_file(&path, written(&content, &asked.name, &id, &like, &structure).as_bytes())?;
    terminal::print(&format!(
        "{0} begins as {1}. Change its question, levers and strategies, then:\nwellspring check {2}\nwellspring run {2}\n",
        displayed(&path),
        like.name,
        path.display()
    ))?;
    Ok(Ending::Done)
}

/// Where the value of a key of the scenario itself stands.
fn value_of(text: &str, key: &str) -> Option<Range<usize>> {
    let table = DeTable::parse(text).ok()?;
    table.get_ref().get(key).map(|value| value.span())
}

/// The scenario's text under its new name, with the levers that it does not set in a comment ahead of those that it does.
fn written(content: &str, name: &str, id: &str, like: &Scenario, structure: &Structure) -> String {
    let mut text = format!(
        "# {}: a scenario to be filled in, begun as {}.\n\
         # Say what is asked, set the levers of every run, and name the strategies that are compared. docs/formats.md tells each key.\n",
        one_line(name),
        like.name
    );
    let mut head = true;
    for line in content.lines() {
        let key = line.split_once('=').map(|(key, _)| key.trim());
        match key {
            Some("name") if head => {
                let _ = writeln!(text, "name = {}", quoted(id));
            }
            Some("title") if head => {
                let _ = writeln!(text, "title = {}", quoted(name));
            }
            _ => {
                let _ = writeln!(text, "{line}");
            }
        }
        if line.trim_start().starts_with('[') && key.is_none() {
            head = false;
        }
        if line.trim() == "[levers]" {
            levers(&mut text, structure);
        }
    }
    text
}

/// Every lever of the model, with its meaning, its unit, and the number that it has where nobody sets it.
fn levers(text: &mut String, structure: &Structure) {
    let _ = writeln!(
        text,
        "# All levers of the model. A line without its `# ` sets one for every run; under [strategy.levers] it sets it for one\n\
         # strategy. A lever is a number, or steps: [{{ from = 1, value = 0.01, ramp_years = 2 }}, {{ from = 4, value = 0 }}]."
    );
    for variable in structure.variables.iter().filter(|variable| variable.comment.contains(SET_BY_SCENARIO)) {
        let meaning = variable.comment.split(SET_BY_SCENARIO).next().unwrap_or_default();
        let comment = format!("{} ({})", one_line(meaning), variable.units_text);
        text.push_str("#\n");
        for line in terminal::wrapped(&comment, WIDTH).lines() {
            let _ = writeln!(text, "# {line}");
        }
        let _ = writeln!(text, "# {} = {}", quoted(&label(variable)), own_number(variable, structure));
    }
    text.push('\n');
}

/// The lever as it is written, with the ranges that it has an element of each of.
fn label(variable: &Variable) -> String {
    let ranges: Vec<String> = variable.dimensions.iter().map(|dimension| dimension.range.to_string()).collect();
    if ranges.is_empty() {
        variable.name.spelling().to_owned()
    } else {
        format!("{}[{}]", variable.name.spelling(), ranges.join(","))
    }
}

/// The model's own number.
fn own_number(variable: &Variable, structure: &Structure) -> f64 {
    match structure.scalars[variable.first.0 as usize].rule {
        Rule::Constant(value) => value,
        _ => 0.0,
    }
}
