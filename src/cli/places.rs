//! `places`: the places that come with the program, and what is known of one.

use std::path::Path;

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, TableStyle};
use serde_json::{Value, json};

use crate::evidence::{EvidenceFile, Figure, FigureBasis, Listing, Numbers, References, listing};
use crate::scenario::Accounts;
use crate::shipped::{self, Text};
use crate::study::{self, Compared, OfParent, Reconciliation};
use crate::table::Columns;
use crate::{catalogue, words};
use engine::diagnostic::{Diagnostics, Sources};
use engine::model::{Label, Model, Name};
use engine::notation::vensim;

use super::arguments::{Form, Format, Places};
use super::files;
use super::{Ending, Failure, library, model, terminal};

/// How wide tables and prose are set.
const WIDTH: u16 = 100;
/// A list of this many numbers is shown whole.
const LISTED_WHOLE: usize = 5;

/// Lists the places, or shows one of them beside what is published of it.
///
/// # Errors
/// There is no such place, or something is wrong with it.
pub fn places(asked: &Places) -> Result<Ending, Failure> {
    let library = PlaceLibrary::read()?;
    let text = match &asked.name {
        None => all(&library, asked.form)?,
        Some(name) => one(&library, &text(name)?, asked.form)?,
    };
    terminal::print(&text)?;
    Ok(Ending::Done)
}

/// What every place is read with.
pub(super) struct PlaceLibrary {
    pub(super) references: References,
    pub(super) accounts: Accounts,
    pub(super) system: EvidenceFile,
    pub(super) model: Model,
}

impl PlaceLibrary {
    /// The shipped sources, deflators, accounts, system and model.
    pub(super) fn read() -> Result<Self, Failure> {
        let references = library::shipped_references();
        let accounts = shipped::ACCOUNTS[0].text();
        let (accounts, _) =
            Accounts::read(&accounts.file, &accounts.content).map_err(|errors| model::failure(errors, &[&accounts]))?;
        let system = shipped::SYSTEM.text();
        let (system, _) = EvidenceFile::read(&system.file, &system.content, &references)
            .map_err(|errors| model::failure(errors, &[&system]))?;
        let model_text = shipped::MODELS[0].text();
        let (model, found) = vensim::read(&model_text.file, &model_text.content);
        let (model, _) = found.into_result(model).map_err(|errors| model::failure(errors, &[&model_text]))?;
        Ok(Self { references, accounts, system, model })
    }

    /// A place, and what is remarkable about its file.
    pub(super) fn place(&self, text: &Text) -> Result<(EvidenceFile, Diagnostics), Failure> {
        EvidenceFile::read(&text.file, &text.content, &self.references)
            .map_err(|errors| model::failure(errors, &[text]))
    }

    /// The residents counted in a place: their number, and how many of them are in each group, most deprived first.
    fn residents(&self, place: &EvidenceFile) -> Option<Residents> {
        let wanted = Label { constant: self.accounts.residents.as_ref()?.value.clone(), elements: Vec::new() };
        let figure = place.figures.iter().find(|figure| figure.label == wanted)?;
        let Numbers::Many { values, shape } = &figure.numbers else { return None };
        let wide = values.len() / shape.first().copied().filter(|rows| *rows > 0)?;
        let rows: Vec<Vec<f64>> =
            values.chunks(wide).map(|row| row.iter().map(|value| value / figure.per).collect()).collect();
        let groups: Vec<f64> = rows.iter().map(|row| row.iter().sum()).collect();
        Some(Residents { all: groups.iter().sum(), groups, rows, constant: wanted.constant })
    }
}

struct Residents {
    all: f64,
    groups: Vec<f64>,
    rows: Vec<Vec<f64>>,
    constant: Name,
}

impl Residents {
    fn most_deprived(&self) -> f64 {
        self.groups.first().map_or(0.0, |first| first / self.all)
    }
}

/// The text of a place by its name, or by the path of its file.
pub(super) fn text(name: &str) -> Result<Text, Failure> {
    if shipped::is_file(name, &[".toml"]) {
        return files::read(Path::new(name)).map_err(|found| model::failure(found, &[]));
    }
    Ok(shipped::find(name, "place", shipped::PLACES)?.text())
}

fn all(library: &PlaceLibrary, form: Form) -> Result<String, Failure> {
    let mut rows = Vec::new();
    for shipped in shipped::PLACES {
        rows.push(library.place(&shipped.text())?.0);
    }
    if form.json {
        return Ok(pretty(&rows.iter().map(|place| summary(library, place)).collect()));
    }
    if form.csv {
        return Ok(listed(library, &rows).csv());
    }
    let mut table = table(&["name", "id", "kind", "residents", "most deprived"]);
    for (depth, place) in from_large_to_small(&rows) {
        let residents = library.residents(place);
        let level = place.place().and_then(|place| place.level);
        table.add_row(vec![
            // Spaces that a table does not trim.
            format!("{}{}", "\u{a0}\u{a0}".repeat(depth), place.name),
            place.id.clone(),
            level.map_or("", |level| level.word()).to_owned(),
            residents.as_ref().map_or(String::new(), |residents| words::nearest(residents.all)),
            residents.as_ref().map_or(String::new(), |residents| words::share(residents.most_deprived())),
        ]);
    }
    right(&mut table, &[3, 4]);
    for column in table.column_iter_mut().skip(1) {
        column.set_constraint(ColumnConstraint::ContentWidth);
    }
    let table = table.trim_fmt().replace('\u{a0}', " ");
    Ok(format!(
        "{table}\n\nResidents as counted, and their share in the most deprived fifth of neighbourhoods.\n\
         `wellspring places ID` shows what is known of one.\n"
    ))
}

/// Each place after the one that it is a part of, with how many it is a part of.
fn from_large_to_small(places: &[EvidenceFile]) -> Vec<(usize, &EvidenceFile)> {
    let within = |place: &EvidenceFile| place.place().and_then(|own| own.within.clone());
    let is_there = |id: &String| places.iter().any(|place| &place.id == id);
    let mut ordered = Vec::new();
    // Those still to come, the next one last. A place is put here once: by the one that it is within, or by none.
    let mut waiting: Vec<(usize, &EvidenceFile)> =
        places.iter().filter(|place| within(place).is_none_or(|id| !is_there(&id))).map(|place| (0, place)).collect();
    waiting.reverse();
    while let Some((depth, place)) = waiting.pop() {
        ordered.push((depth, place));
        let parts = places.iter().filter(|part| within(part).as_ref() == Some(&place.id));
        let mut parts: Vec<_> = parts.map(|part| (depth + 1, part)).collect();
        parts.reverse();
        waiting.extend(parts);
    }
    ordered
}

/// What a list for programs says of each place.
const SUMMARY: [&str; 6] = ["id", "name", "kind", "within", "residents", "share_most_deprived"];

/// The list as a table, in the same words as the list for JSON.
fn listed(library: &PlaceLibrary, places: &[EvidenceFile]) -> crate::table::Table<'static> {
    let columns = SUMMARY
        .into_iter()
        .enumerate()
        .fold(Columns::new(), |columns, (at, name)| columns.words(name, move |row: &[String; 6]| row[at].as_str()));
    let row = |place| {
        let text = summary(library, place);
        SUMMARY.map(|key| plain(&text[key]))
    };
    crate::table::Table::new("places.csv", columns, places.iter().map(row).collect())
}

/// A value of JSON as a cell.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn summary(library: &PlaceLibrary, place: &EvidenceFile) -> Value {
    let residents = library.residents(place);
    let extra = place.place();
    json!({
        "id": place.id,
        "name": place.name,
        "kind": extra.and_then(|place| place.level).map(|level| level.word()),
        "within": extra.and_then(|place| place.within.clone()),
        "residents": residents.as_ref().map(|residents| residents.all),
        "share_most_deprived": residents.as_ref().map(Residents::most_deprived),
    })
}

fn one(library: &PlaceLibrary, text: &Text, form: Form) -> Result<String, Failure> {
    let (place, warnings) = library.place(text)?;
    let mut sources = Sources::new();
    sources.add(&text.file, &text.content);
    terminal::tell(&warnings, &sources, if form.json { Format::Json } else { Format::Text });
    if form.csv {
        return Ok(catalogue::evidence_csv(&catalogue::evidence_rows([&place], None)));
    }
    // Warnings about units of the model are said where the model is checked.
    let (found, _) = study::reconcile(&library.model, &library.system, &place)
        .map_err(|errors| Failure::inputs(errors, sources.clone()))?;
    let beside = if text.shipped { None } else { beside_parent(library, &place)? };
    if form.json {
        return Ok(as_json(library, &place, &found, beside.as_ref()));
    }
    let mut text = as_text(library, &place, &found);
    if let Some((parent, rows)) = beside.filter(|(_, rows)| !rows.is_empty()) {
        let title = format!(
            "The base year {}: the model at central values beside what {parent} would give for as many people",
            library.accounts.base_year
        );
        section(&mut text, &title, &of_parent(&parent, &rows));
    }
    Ok(text)
}

/// A place of one's own beside the shipped place that it lies in, or the country: the name of that, and what it would give.
fn beside_parent(library: &PlaceLibrary, place: &EvidenceFile) -> Result<Option<(String, Vec<OfParent>)>, Failure> {
    let within = place.place().and_then(|own| own.within.clone());
    let shipped = |id: String| shipped::PLACES.iter().find(|place| place.name == id);
    let country = || study::plausible::country(&library.accounts);
    let Some(parent) = within.and_then(shipped).or_else(country) else { return Ok(None) };
    let (parent, _) = library.place(&parent.text())?;
    let (Some(here), Some(there)) = (library.residents(place), library.residents(&parent)) else { return Ok(None) };
    let rows = study::beside_parent(&library.model, &library.system, place, &parent, (here.all, there.all));
    Ok(Some((parent.name, rows.map_err(Failure::without_source)?)))
}

fn of_parent(parent: &str, rows: &[OfParent]) -> Table {
    let mut table = table(&["", "model", parent, "difference", "unit"]);
    for one in rows {
        table.add_row(vec![
            one.what.clone(),
            words::nearest(one.modelled),
            words::nearest(one.expected),
            words::share_apart(one.modelled / one.expected - 1.0),
            one.unit.clone(),
        ]);
    }
    right(&mut table, &[1, 2, 3]);
    table
}

fn as_json(
    library: &PlaceLibrary,
    place: &EvidenceFile,
    found: &Reconciliation<'_>,
    beside: Option<&(String, Vec<OfParent>)>,
) -> String {
    let mut whole = summary(library, place);
    whole["description"] = json!(place.description);
    whole["notes"] = json!(place.notes);
    if let Some(residents) = library.residents(place) {
        whole["residents_by_group"] = json!(residents.rows);
    }
    let figures = place.figures.iter().zip(listing([place])).map(|(figure, row)| {
        json!({
            "constant": row.label,
            "values": figure.numbers.values(),
            "per": figure.per,
            "unit": row.unit,
            "price_year": row.price_year.map(|year| year.to_string()),
            "grade": row.grade.to_string(),
            "basis": FigureBasis::of(figure).word(),
            "sources": row.sources,
            "note": row.note,
        })
    });
    whole["constants"] = Value::Array(figures.collect());
    let compared = found.compared.iter().map(|one| {
        json!({
            "what": one.published.what,
            "modelled": one.modelled,
            "published": one.published.value,
            "difference": one.difference(),
            "unit": one.published.unit,
            "year": one.published.year,
            "grade": one.published.grade.to_string(),
            "sources": one.published.sources,
            "note": one.published.note,
        })
    });
    whole["reconciliation"] = Value::Array(compared.collect());
    if let Some((parent, rows)) = beside {
        let row = |one: &OfParent| json!({ "what": one.what, "modelled": one.modelled, "expected": one.expected, "unit": one.unit });
        whole["beside_parent"] = json!({ "parent": parent, "rows": rows.iter().map(row).collect::<Vec<_>>() });
    }
    pretty(&whole)
}

fn as_text(library: &PlaceLibrary, place: &EvidenceFile, found: &Reconciliation<'_>) -> String {
    let mut text = format!("{} ({})\n", place.name, place.id);
    if let Some(extra) = place.place() {
        let kind = extra.level.map(|level| level.word().to_owned());
        let within = extra.within.as_ref().map(|within| format!("within {within}"));
        let both: Vec<String> = kind.into_iter().chain(within).collect();
        if !both.is_empty() {
            text.push_str(&format!("{}\n", both.join(", ")));
        }
    }
    text.push_str(&format!("\n{}\n", terminal::wrapped(&place.description, usize::from(WIDTH))));
    if let Some(notes) = &place.notes {
        text.push_str(&format!("{}\n", terminal::wrapped(notes, usize::from(WIDTH))));
    }
    if let Some(residents) = library.residents(place) {
        section(&mut text, "Residents, as counted", &residents_table(&residents, found));
    }
    section(&mut text, "What is set for this place", &constants(place));
    if !found.compared.is_empty() {
        let title = format!(
            "The base year {}: the model at central values beside what is published",
            library.accounts.base_year
        );
        section(&mut text, &title, &reconciliation(&found.compared));
        for one in &found.compared {
            if let Some(note) = &one.published.note {
                let line = format!("{}: {note}", one.published.what);
                text.push_str(&format!("{}\n", terminal::wrapped(&line, usize::from(WIDTH))));
            }
        }
    }
    text
}

fn residents_table(residents: &Residents, found: &Reconciliation<'_>) -> Table {
    let dimensions = found.structure.variable(&residents.constant).map(|(_, variable)| variable.dimensions.as_slice());
    let name = |dimension: usize, index: usize| {
        let elements = dimensions.and_then(|dimensions| dimensions.get(dimension)).map(|one| &one.elements);
        elements.and_then(|elements| elements.get(index)).map_or(String::new(), |name| name.spelling().to_owned())
    };
    let wide = residents.rows.first().map_or(0, Vec::len);
    let mut header = vec![String::new()];
    header.extend((0..wide).map(|column| name(1, column)));
    header.extend(["all".to_owned(), "share".to_owned()]);
    let mut table = table(&header);
    for (row, (values, sum)) in residents.rows.iter().zip(&residents.groups).enumerate() {
        let mut cells = vec![name(0, row)];
        cells.extend(values.iter().map(|value| words::nearest(*value)));
        cells.extend([words::nearest(*sum), words::share(sum / residents.all)]);
        table.add_row(cells);
    }
    let mut cells = vec!["all".to_owned()];
    cells.extend((0..wide).map(|column| words::nearest(residents.rows.iter().map(|row| row[column]).sum())));
    cells.extend([words::nearest(residents.all), words::share(1.0)]);
    table.add_row(cells);
    right(&mut table, &(1..wide + 3).collect::<Vec<_>>());
    table
}

fn constants(place: &EvidenceFile) -> Table {
    let mut table = table(&["constant", "value", "unit", "grade", "basis", "source"]);
    for (figure, row) in place.figures.iter().zip(listing([place])) {
        let value = value(figure, &row);
        let provenance = FigureBasis::of(figure).word().to_owned();
        table.add_row(vec![row.label, value, row.unit, row.grade.to_string(), provenance, row.sources.join("\n")]);
    }
    if let Some(column) = table.column_mut(5) {
        column.set_constraint(ColumnConstraint::ContentWidth);
    }
    table
}

fn value(figure: &Figure, row: &Listing) -> String {
    let numbers = figure.numbers.values();
    if numbers.len() > LISTED_WHOLE {
        return row.value.clone();
    }
    let listed: Vec<String> = numbers
        .iter()
        .map(|value| if value.abs() < 1000.0 { value.to_string() } else { words::nearest(*value) })
        .collect();
    listed.join(", ")
}

fn reconciliation(compared: &[Compared<'_>]) -> Table {
    let mut table = table(&["", "model", "published", "difference", "unit", "year", "grade"]);
    for one in compared {
        let published = one.published;
        table.add_row(vec![
            published.what.clone(),
            words::nearest(one.modelled),
            words::nearest(published.value),
            words::share_apart(one.difference()),
            published.unit.clone(),
            published.year.clone(),
            published.grade.to_string(),
        ]);
    }
    right(&mut table, &[1, 2, 3]);
    table
}

fn section(text: &mut String, title: &str, table: &Table) {
    text.push_str(&format!("\n{title}\n{}\n", table.trim_fmt()));
}

fn table<S: AsRef<str>>(header: &[S]) -> Table {
    let mut table = Table::new();
    table
        .load_style(TableStyle::new())
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(WIDTH)
        .set_header(header.iter().map(|word| word.as_ref().to_owned()).collect::<Vec<_>>());
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table
}

fn right(table: &mut Table, columns: &[usize]) {
    for (index, column) in table.column_iter_mut().enumerate() {
        if columns.contains(&index) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}
