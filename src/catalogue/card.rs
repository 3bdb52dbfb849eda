//! One card whole, as a page to be read.

use crate::evidence::{Card, EvidenceFile, EvidenceKind, Figure, Grade, Numbers, References, Route, SourceRegistry};
use crate::quantity::{FinancialYear, Pounds};
use crate::scenario::ProgrammeCard;
use crate::words;
use engine::model::Name;

use super::programmes::effects;
use crate::words::grid::{self, Column};

const MARGIN: usize = 16;

/// The page of a card: for whom, who pays and gains, cost and reach, effects, and every number with grade and source.
pub fn card_page(file: &EvidenceFile, declared: &ProgrammeCard, references: &References) -> String {
    let prices = references.deflators.base;
    let EvidenceKind::Card(card) = &file.kind else { return String::new() };
    let mut page = grid::paragraph(&format!("{}  {}", file.id, file.name));
    page.push_str(&grid::paragraph(&file.description));
    page.push('\n');
    page.push_str(&about(file, card));
    section(&mut page, "Cost and reach", &reach(file, declared, prices));
    section(&mut page, "Relative risk of those reached, by channel", &relative_risks(file, declared));
    section(&mut page, "Other effects", &other_effects(file, declared));
    section(&mut page, &format!("Every number, money in {prices} prices"), &numbers(file));
    section(&mut page, "Sources", &publications(file, &references.sources));
    page
}

fn section(page: &mut String, title: &str, content: &str) {
    if !content.is_empty() {
        page.push_str(&format!("\n{title}\n{content}"));
    }
}

fn about(file: &EvidenceFile, card: &Card) -> String {
    let route = match card.route {
        Route::RelativeRisk => "relative risk: those reached use less of a service",
        Route::Stock => "stock: it moves a determinant of health, which acts in turn",
    };
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    let entries = [
        ("For whom", card.target_group.clone()),
        ("Who pays", card.payer.clone()),
        ("Who gains", card.gains.clone()),
        ("Route", route.to_owned()),
        ("Field", card.domain.clone()),
        ("Marmot theme", said(&card.marmot_theme)),
        ("Tier", said(&card.tier)),
        ("Core20PLUS5", said(&card.core20plus5)),
        ("Delivered as", said(&card.unit_of_delivery)),
        ("Notes", said(&file.notes)),
    ];
    entries.iter().map(|(heading, text)| grid::entry(heading, text, MARGIN)).collect()
}

fn reach(file: &EvidenceFile, declared: &ProgrammeCard, base: FinancialYear) -> String {
    let row = |heading, constant: &Name| {
        let figure = file.figures.iter().find(|figure| &figure.label.constant == constant)?;
        let range = range(figure);
        let range = if range.is_empty() { range } else { format!(" ({range})") };
        let unit = figure.unit.as_deref().map(|unit| format!(", {unit}")).unwrap_or_default();
        let prices = if figure.price_year.is_some() { format!(", {base} prices") } else { String::new() };
        Some(grid::entry(heading, &format!("{}{range}{unit}{prices}", central(figure)), MARGIN))
    };
    let parts = [
        row("Unit cost", &declared.unit_cost.value),
        row("Eligible", &declared.eligible.value),
        declared.newly_eligible.as_ref().and_then(|newly| row("Newly eligible", &newly.value)),
    ];
    parts.into_iter().flatten().collect()
}

fn relative_risks(file: &EvidenceFile, declared: &ProgrammeCard) -> String {
    const COLUMNS: [Column; 6] = [
        grid::words("channel", 26),
        grid::numbers("relative risk", 21),
        grid::numbers("no effect", 9),
        grid::numbers("lag", 9),
        grid::numbers("half life", 9),
        grid::words("rate of those reached", 16),
    ];
    let of = |constant: Option<&Name>, effect: &Figure| {
        let found = file.figures.iter().find(|figure| {
            Some(&figure.label.constant) == constant && figure.label.elements == effect.label.elements
        })?;
        Some((central(found), found.unit.clone().unwrap_or_default()))
    };
    let years = |found: Option<(String, String)>| {
        found.map_or_else(|| "–".to_owned(), |(value, unit)| format!("{value} {unit}"))
    };
    let name = |placed: &Option<crate::evidence::document::Located<Name>>| placed.as_ref().map(|one| one.value.clone());
    let (rate, lag, half_life) = (name(&declared.group_rate), name(&declared.lag), name(&declared.half_life));
    let mut rows = String::new();
    for effect in effects(file, declared) {
        if effect.label.constant != declared.log_relative_risk.value {
            continue;
        }
        let cells = [
            elements(file, effect),
            relative_risk(effect),
            no_effect(effect),
            years(of(lag.as_ref(), effect)),
            years(of(half_life.as_ref(), effect)),
            years(of(rate.as_ref(), effect)),
        ];
        rows.push_str(&grid::row(&COLUMNS, &cells));
    }
    if rows.is_empty() { rows } else { grid::heads(&COLUMNS) + &rows }
}

/// A logarithm as the ratio that it is of, with its range: `0.93 (0.86 to 1.0)`.
fn relative_risk(effect: &Figure) -> String {
    let ratio = |logarithm: f64| words::hundredths(logarithm.exp());
    match (&effect.numbers, effect.range) {
        (Numbers::One(value), Some((low, high))) => words::interval(*value, (low, high), ratio),
        (Numbers::One(value), None) => ratio(*value),
        (Numbers::Many { .. }, _) => central(effect),
    }
}

fn other_effects(file: &EvidenceFile, declared: &ProgrammeCard) -> String {
    const COLUMNS: [Column; 4] =
        [grid::words("effect", 34), grid::numbers("value", 24), grid::numbers("no effect", 9), grid::words("unit", 27)];
    let mut rows = String::new();
    for effect in effects(file, declared) {
        if effect.label.constant == declared.log_relative_risk.value {
            continue;
        }
        let range = range(effect);
        let value = if range.is_empty() { central(effect) } else { format!("{} ({range})", central(effect)) };
        let cells = [label(file, effect), value, no_effect(effect), effect.unit.clone().unwrap_or_default()];
        rows.push_str(&grid::row(&COLUMNS, &cells));
    }
    if rows.is_empty() { rows } else { grid::heads(&COLUMNS) + &rows }
}

fn numbers(file: &EvidenceFile) -> String {
    const COLUMNS: [Column; 7] = [
        grid::words("constant", 22),
        grid::numbers("value", 9),
        grid::words("range", 14),
        grid::words("95% of draws, and their middle", 14),
        grid::words("unit", 13),
        grid::words("grade", 5),
        grid::words("source", 11),
    ];
    let rows = file.figures.iter().map(|figure| {
        let cells = [
            label(file, figure),
            central(figure),
            range(figure),
            drawn(figure),
            figure.unit.clone().unwrap_or_default(),
            figure.grade.to_string(),
            figure.sources.join(", "),
        ];
        grid::row(&COLUMNS, &cells)
    });
    let rows: String = rows.collect();
    let counted = |grade| file.figures.iter().filter(|figure| figure.grade == grade).count();
    let counts = format!(
        "{} numbers: {} of grade A (read in the source), {} of B (recalled), {} of C (derived or assumed).",
        file.figures.len(),
        counted(Grade::A),
        counted(Grade::B),
        counted(Grade::C)
    );
    grid::heads(&COLUMNS) + &rows + &grid::paragraph(&counts)
}

fn publications(file: &EvidenceFile, sources: &SourceRegistry) -> String {
    let mut keys: Vec<&str> =
        file.figures.iter().flat_map(|figure| figure.sources.iter().map(String::as_str)).collect();
    keys.sort_unstable();
    keys.dedup();
    let listed = keys.iter().filter_map(|key| sources.get(key)).map(|source| {
        let what = format!("{}: {} ({})", source.publisher, source.title, source.year);
        grid::entry(&source.key, &what, 22)
    });
    listed.collect()
}

/// The constant and its elements, without the programme's own: `Lag, Emergency admission`.
fn label(file: &EvidenceFile, figure: &Figure) -> String {
    let elements = elements(file, figure);
    let constant = figure.label.constant.spelling();
    if elements.is_empty() { constant.to_owned() } else { format!("{constant}, {elements}") }
}

fn elements(file: &EvidenceFile, figure: &Figure) -> String {
    let own = Name::new(&file.id);
    let others: Vec<&str> =
        figure.label.elements.iter().filter(|element| **element != own).map(Name::spelling).collect();
    others.join(", ")
}

/// The central value or values of a figure in two significant figures, money in base-year prices.
pub(super) fn central(figure: &Figure) -> String {
    let write = writer(figure);
    match &figure.numbers {
        Numbers::One(value) => write(*value),
        Numbers::Many { values, .. } => {
            let low = values.iter().copied().fold(f64::INFINITY, f64::min);
            let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            format!("{} to {}", write(low), write(high))
        }
    }
}

/// Low to high in two significant figures, of the figure or of its common factor.
pub(super) fn range(figure: &Figure) -> String {
    let write = writer(figure);
    match figure.range {
        Some((low, high)) if figure.common_factor => {
            format!("times {} to {}", words::setting(low), words::setting(high))
        }
        Some((low, high)) => format!("{} to {}", write(low), write(high)),
        None => String::new(),
    }
}

/// What is really drawn: between which values 95 % of the draws lie, and which half of them lie below.
fn drawn(figure: &Figure) -> String {
    let write = writer(figure);
    match figure.drawn() {
        Some([low, middle, high]) if figure.common_factor => {
            let [low, middle, high] = [low, middle, high].map(words::number);
            format!("times {low} to {high}, {middle}")
        }
        Some([low, middle, high]) => format!("{} to {}, {}", write(low), write(high), write(middle)),
        None => String::new(),
    }
}

fn writer(figure: &Figure) -> impl Fn(f64) -> String {
    let money = figure.price_year.is_some();
    move |value| if money { Pounds(figure.in_base_prices(value)).to_string() } else { words::setting(value) }
}

fn no_effect(figure: &Figure) -> String {
    figure.no_effect.as_ref().map_or_else(|| "0%".to_owned(), |none| words::chance(none.probability))
}
