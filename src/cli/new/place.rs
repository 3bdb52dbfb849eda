//! `new place` and `new workbook`: the baseline of a place to fill in, as text or as tables, and read back from tables.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use crate::evidence::{EvidenceFile, Figure, Numbers};
use crate::report::workbook::template::{FormFigure, HOLDS, ROWS, place_form};
use crate::study::{self, Given};
use engine::diagnostic::{Diagnostics, Sources};
use engine::model::Name;
use engine::sampling::{Central, Family};
use engine::structure::{Rule, ScalarId, Structure, Variable};

use super::super::arguments::{NewPlace, NewWorkbook};
use super::super::places::{self, PlaceLibrary};
use super::super::{Ending, Failure, terminal, writing};
use super::form::{self, Form};
use super::{displayed, new_file, one_line, quoted};

/// Whose figures a new place starts with.
const LIKE: &str = "england";
/// How wide comments are set.
const WIDTH: usize = 110;

/// Begins the file of a place.
///
/// # Errors
/// The file is there already, or cannot be written.
pub fn new_place(asked: &NewPlace) -> Result<Ending, Failure> {
    let name = asked.name.as_deref().unwrap_or_default();
    let (id, path) = new_file(name, "place", asked.out.as_deref(), "toml")?;
    let (like, structure) = like(&PlaceLibrary::read()?, asked.like.as_deref())?;
    writing::write_file(&path, file(name, &id, &like, &structure).as_bytes())?;
    terminal::print(&format!(
        "{} holds the figures of {}. Replace what is known better, and remove `default = true` from what you have\n\
         looked at. `wellspring check {}` says what is still default.\n",
        displayed(&path),
        like.name,
        path.display()
    ))?;
    Ok(Ending::Done)
}

/// Begins the workbook of a place.
///
/// # Errors
/// The file is there already, or cannot be written.
pub fn new_workbook(asked: &NewWorkbook) -> Result<Ending, Failure> {
    let (_, path) = new_file(&asked.name, "place", asked.out.as_deref(), "xlsx")?;
    let named = asked.like.as_deref().unwrap_or(LIKE);
    let (like, structure) = like(&PlaceLibrary::read()?, Some(named))?;
    let bytes = place_form(&asked.name, (named, &like.name), &figures(&like, &structure));
    let bytes = bytes.map_err(|problem| form::unwritable(&displayed(&path), &problem.to_string()))?;
    writing::write_file(&path, &bytes)?;
    terminal::print(&format!(
        "{0} holds the figures of {1}. Fill in the yellow cells, then:\nwellspring new place --from {0}\n",
        displayed(&path),
        like.name
    ))?;
    Ok(Ending::Done)
}

/// Makes the file of a place of a workbook that was filled in.
///
/// # Errors
/// Everything that is wrong with the workbook, by sheet and cell; or the file is there already, or cannot be written.
pub fn from_form(workbook: &Path, out: Option<&Path>) -> Result<Ending, Failure> {
    let form = Form::open(workbook)?;
    let (id, path) = new_file(&form.name, "place", out, "toml")?;
    let library = PlaceLibrary::read()?;
    let (mut like, structure) = like(&library, Some(&form.like))?;
    let wanted = figures(&like, &structure);
    let filled = form.read(&wanted)?;
    let mut changed = 0;
    for (figure, filled) in in_model_order(&mut like, &structure).into_iter().zip(filled) {
        let same = figure.numbers.values() == filled.values;
        // A number that somebody wrote is no longer that of the place it began with, whether or not "yes" stands beside it.
        figure.still_default = !filled.holds && same;
        changed += usize::from(!filled.holds && !same);
        figure.numbers = match &figure.numbers {
            Numbers::One(_) => Numbers::One(filled.values[0]),
            Numbers::Many { shape, .. } => Numbers::Many { values: filled.values, shape: shape.clone() },
        };
        figure.grade = filled.grade;
        figure.sources = filled.sources;
        figure.note = Some(filled.note);
    }
    let remarks = expected(&form, &wanted, &mut like, &structure, &library)?;
    let text = file(&form.name, &id, &like, &structure);
    let displayed = displayed(&path);
    // What the tables cannot tell, such as a source that nobody knows, the reader of place files does.
    let name: Arc<str> = displayed.as_str().into();
    if let Err(found) = EvidenceFile::read(&name, &text, &library.references) {
        let mut sources = Sources::new();
        sources.add(&name, &text.as_str().into());
        return Err(Failure::inputs(found, sources));
    }
    writing::write_file(&path, text.as_bytes())?;
    terminal::complain(&remarks, &Sources::new());
    let left = like.figures.iter().filter(|figure| figure.still_default).count();
    terminal::print(&format!(
        "{displayed} is made of {}; {} still of {}. `wellspring check {}` says which.\n",
        workbook.display(),
        terminal::count(left, "figure"),
        like.name,
        path.display()
    ))?;
    if changed > 0 {
        terminal::remark(&format!(
            "{} changed without \"{}\" beside \"{}\", and taken as known of {} all the same.",
            terminal::count(changed, "figure"),
            HOLDS[0],
            ROWS[6],
            form.name
        ));
    }
    Ok(Ending::Done)
}

/// What is remarkable about the figures of a workbook, by sheet and cell.
///
/// # Errors
/// A number that the model does not allow, or nobody lives there.
fn expected(
    form: &Form,
    wanted: &[FormFigure],
    like: &mut EvidenceFile,
    structure: &Structure,
    library: &PlaceLibrary,
) -> Result<Diagnostics, Failure> {
    let mut found = Diagnostics::new();
    for (figure, cells) in in_model_order(like, structure).into_iter().zip(wanted) {
        if let Some((at, wrong)) = study::bounds::beyond(structure, figure) {
            found.push(form.located(cells, at, &wrong));
        }
    }
    let country = study::plausible::country(&library.accounts);
    let country = country.map(|country| library.place(&country.text())).transpose()?;
    // Compared with the country under its own name: that of the place it began with may be the country's.
    let own = EvidenceFile { id: String::new(), name: form.name.clone(), ..like.clone() };
    for remark in study::plausible::place(&own, country.as_ref().map(|(country, _)| country), &library.accounts) {
        let label = remark.label.to_string();
        if let Some(cells) = wanted.iter().find(|figure| figure.label == label) {
            found.push(form.located(cells, remark.at, &remark.diagnostic()));
        }
    }
    if found.has_errors() { Err(Failure::inputs(found, Sources::new())) } else { Ok(found) }
}

/// The place whose figures a new one begins with, and the model's structure with them.
fn like(library: &PlaceLibrary, named: Option<&str>) -> Result<(EvidenceFile, Structure), Failure> {
    let (mut like, _) = library.place(&places::text(named.unwrap_or(LIKE))?)?;
    let (found, _) = study::reconcile(&library.model, &library.system, &like).map_err(Failure::without_source)?;
    let structure = found.structure;
    for figure in &mut like.figures {
        figure.still_default = true;
        let note = figure.note.as_deref().unwrap_or_default();
        figure.note = Some(format!("{note} Taken from {}.", like.name).trim().to_owned());
    }
    Ok((like, structure))
}

/// The figures of a place that its workbook asks for, in the order of the model.
fn in_model_order<'l>(like: &'l mut EvidenceFile, structure: &Structure) -> Vec<&'l mut Figure> {
    let order: Vec<&Name> = study::given(structure).iter().map(|wanted| &wanted.variable.name).collect();
    let index = |figure: &Figure| order.iter().position(|name| **name == figure.label.constant);
    let mut figures: Vec<(usize, &mut Figure)> =
        like.figures.iter_mut().filter_map(|figure| index(figure).map(|index| (index, figure))).collect();
    // The sort is stable: figures of one constant stay in the order of the file.
    figures.sort_by_key(|(index, _)| *index);
    figures.into_iter().map(|(_, figure)| figure).collect()
}

/// The same as tables to be filled in.
fn figures(like: &EvidenceFile, structure: &Structure) -> Vec<FormFigure> {
    let given = study::given(structure);
    in_model_order(&mut like.clone(), structure)
        .into_iter()
        .filter_map(|figure| {
            let wanted = given.iter().find(|wanted| wanted.variable.name == figure.label.constant)?;
            let (rows, columns) = heads(figure, wanted.variable);
            let money = figure.price_year.map_or_else(String::new, |year| format!(", in prices of {year}"));
            Some(FormFigure {
                label: figure.label.to_string(),
                meaning: one_line(&wanted.meaning),
                unit: format!("{}{money}", figure.unit.as_deref().unwrap_or(&wanted.variable.units_text)),
                grade: figure.grade.to_string(),
                sources: figure.sources.clone(),
                note: figure.note.clone().unwrap_or_default(),
                columns,
                rows,
                values: figure.numbers.values().to_vec(),
            })
        })
        .collect()
}

/// How the rows and columns of a figure's numbers are called: by the elements that its last subscripts run over.
fn heads(figure: &Figure, variable: &Variable) -> (Vec<String>, Vec<String>) {
    let Numbers::Many { shape, .. } = &figure.numbers else {
        return (vec!["the number".to_owned()], vec!["value".to_owned()]);
    };
    let skipped = variable.dimensions.len().saturating_sub(shape.len());
    let names = |direction: usize| -> Vec<String> {
        let size = shape[direction];
        match variable.dimensions.get(skipped + direction) {
            Some(dimension) if dimension.elements.len() == size => {
                dimension.elements.iter().map(|element| element.spelling().to_owned()).collect()
            }
            _ => (1..=size).map(|number| number.to_string()).collect(),
        }
    };
    let last = shape.len() - 1;
    let rows = (0..last).map(names).fold(vec![String::new()], |before, names| {
        let joined = |first: &String, name: &String| {
            if first.is_empty() { name.clone() } else { format!("{first}, {name}") }
        };
        before.iter().flat_map(|first| names.iter().map(move |name| joined(first, name))).collect()
    });
    let rows = if last == 0 { vec!["the numbers".to_owned()] } else { rows };
    (rows, names(last))
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
    for (index, figure) in figures.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        written(text, figure);
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

/// A figure as it stands in a file, marked where nobody has looked at it.
fn written(text: &mut String, figure: &Figure) {
    let _ = writeln!(text, "[{}]", quoted(&figure.label.to_string()));
    match &figure.numbers {
        Numbers::One(value) => numbers_of(text, &[*value], &[]),
        Numbers::Many { values, shape } => numbers_of(text, values, shape),
    }
    let family = figure.family.unwrap_or(Family::Fixed);
    let central = |before: &str| match figure.central {
        Some(Central::Mean) => format!("{before}central = \"mean\""),
        Some(Central::Median) => format!("{before}central = \"median\""),
        None => String::new(),
    };
    match figure.range {
        Some((low, high)) if figure.common_factor => {
            let _ = writeln!(
                text,
                "spread = {{ low = {low}, high = {high}, distribution = \"{family}\"{} }}",
                central(", ")
            );
        }
        Some((low, high)) => {
            let _ = writeln!(text, "low = {low}\nhigh = {high}\ndistribution = \"{family}\"{}", central("\n"));
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
    let _ = writeln!(text, "note = {}", quoted(figure.note.as_deref().unwrap_or_default()));
    if figure.still_default {
        let _ = writeln!(text, "default = true");
    }
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
