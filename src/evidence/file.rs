//! One file of evidence: a programme's card, a place's baseline, or what is known of the system at large.

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeString, DeValue};

use crate::explain::evidence as code;
use engine::diagnostic::{Diagnostics, Span, nearest};
use engine::model::{Bindings, Label, Name};

use super::CODES;
use super::document::{Fields, Located, Reading, listed, table};
use super::figure::{Figure, Origin};
use super::place::{Place, read_place, read_published};
use super::references::References;
use super::uncertain::UncertainConstant;

/// The strength of evidence among [`Bindings`]: above the model's own numbers, below a scenario's.
const STRENGTH: u8 = 1;

/// The headings that say what kind of evidence a file is.
const KINDS: [&str; 3] = ["card", "place", "system"];

/// The heading of what is published of a place.
const PUBLISHED: &str = "published";

/// A card, a place or a file about the system, read and checked.
#[derive(Debug, Clone, PartialEq)]
pub struct EvidenceFile {
    /// Short name that scenarios use; a card's is an element of the model's range of programmes.
    pub id: String,
    /// Where the id stands.
    pub id_span: Span,
    /// Full name.
    pub name: String,
    /// What it is, in a sentence or two.
    pub description: String,
    /// Which of the three kinds, with what only that kind has.
    pub kind: EvidenceKind,
    /// Anything else worth knowing.
    pub notes: Option<String>,
    /// Numbers for constants of the model, in the order of the file.
    pub figures: Vec<Figure>,
}

/// The three kinds of evidence file.
#[derive(Debug, Clone, PartialEq)]
pub enum EvidenceKind {
    /// The baseline of one place.
    Place(Box<Place>),
    /// One programme.
    Card(Box<Card>),
    /// General behaviour that is no place's and no programme's.
    System,
}

/// What is known of a programme besides its numbers. None of it enters a calculation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Field of life it belongs to: housing, early years, mental health and so on.
    pub domain: String,
    /// For whom it is.
    pub target_group: String,
    /// Who usually pays.
    pub payer: String,
    /// Who gains.
    pub gains: String,
    /// How it acts in the model.
    pub route: Route,
    /// Theme of the Marmot reviews.
    pub marmot_theme: Option<String>,
    /// Tier of prevention.
    pub tier: Option<String>,
    /// What it serves of Core20PLUS5, the NHS's approach to inequality.
    pub core20plus5: Option<String>,
    /// What one unit of it is: a home, a course, a year of care.
    pub unit_of_delivery: Option<String>,
}

/// How a programme acts: by exactly one of two ways for each effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// Its protected people have a relative risk on a channel of demand.
    RelativeRisk,
    /// It moves a determinant of health, which acts in turn.
    Stock,
}

impl EvidenceFile {
    /// Reads a card, a place or a system file.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(file: &Arc<str>, content: &str, references: &References) -> Result<(Self, Diagnostics), Diagnostics> {
        let mut reading = Reading::new(file, &CODES);
        let evidence = read(&mut reading, content, references);
        let found = reading.finish();
        match evidence {
            Some(evidence) => found.into_result(evidence),
            None => Err(found),
        }
    }

    /// The central values, for the model.
    pub fn bindings(&self) -> Bindings {
        Bindings {
            values: self.figures.iter().map(|figure| figure.binding(STRENGTH)).collect(),
            ranges: BTreeMap::new(),
        }
    }

    /// What is drawn.
    pub fn uncertainties(&self) -> Vec<UncertainConstant> {
        let origin = Origin { owner: self.id.clone(), local: matches!(self.kind, EvidenceKind::Place(_)) };
        self.figures.iter().filter_map(|figure| figure.uncertain(&origin)).collect()
    }

    /// What only a place has, if it is one.
    pub fn place(&self) -> Option<&Place> {
        match &self.kind {
            EvidenceKind::Place(place) => Some(place),
            _ => None,
        }
    }

    /// What this kind of file is called.
    pub fn kind_word(&self) -> &'static str {
        match self.kind {
            EvidenceKind::Place(_) => "place",
            EvidenceKind::Card(_) => "card",
            EvidenceKind::System => "system",
        }
    }
}

fn read(reading: &mut Reading, content: &str, references: &References) -> Option<EvidenceFile> {
    let root = reading.parse(content)?;
    let mut entries: Vec<_> = root.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    let (headers, mut rest): (Vec<_>, Vec<_>) =
        entries.into_iter().partition(|(key, _)| KINDS.contains(&key.get_ref().as_ref()));

    let header = match headers.as_slice() {
        [] => {
            let keys: Vec<&str> = rest.iter().map(|(key, _)| key.get_ref().as_ref()).collect();
            let meant = KINDS
                .into_iter()
                .find_map(|kind| nearest(kind, keys.iter().copied()).map(|key| (kind, key.to_owned())));
            match meant {
                Some((kind, written)) => {
                    let slip = rest.iter().position(|(key, _)| key.get_ref() == written.as_str());
                    // Read as a figure it would only be wrong in other ways too.
                    let at = slip.map_or(0..0, |index| rest.remove(index).0.span());
                    reading
                        .error(code::NO_KIND, reading.span(at), "the file says neither [card], [place] nor [system]")
                        .hint(format!("did you mean [{kind}]?"));
                }
                None => reading
                    .error(code::NO_KIND, reading.span(0..0), "the file says neither [card], [place] nor [system]")
                    .hint("begin the file with one of the three, and schema = 1 under it"),
            }
            None
        }
        [(key, value)] => {
            let kind = key.get_ref().to_string();
            table(reading, value, format!("the header [{kind}]")).and_then(|fields| read_header(reading, fields, &kind))
        }
        [_, (second, _), ..] => {
            let kinds: Vec<&str> = headers.iter().map(|(key, _)| key.get_ref().as_ref()).collect();
            reading
                .error(
                    code::NO_KIND,
                    reading.span(second.span()),
                    format!("the file is a {} at once", kinds.join(" and a ")),
                )
                .hint("write two files");
            None
        }
    };
    let published = match rest.iter().position(|(key, _)| key.get_ref() == PUBLISHED) {
        Some(index) if headers.iter().any(|(key, _)| key.get_ref() == "place") => {
            read_published(reading, rest.remove(index).1, references)
        }
        _ => Vec::new(),
    };
    let figures = read_figures(reading, &rest, references);
    let (header, mut kind) = header?;
    if let EvidenceKind::Place(place) = &mut kind {
        place.published = published;
    }
    if let EvidenceKind::Card(_) = kind {
        warn_of_other_programmes(reading, &header.id.value, &figures);
    }
    Some(EvidenceFile {
        id: header.id.value,
        id_span: header.id.span,
        name: header.name,
        description: header.description,
        kind,
        notes: header.notes,
        figures,
    })
}

struct Header {
    id: Located<String>,
    name: String,
    description: String,
    notes: Option<String>,
}

fn read_header(reading: &mut Reading, mut fields: Fields<'_, '_>, kind: &str) -> Option<(Header, EvidenceKind)> {
    fields.schema(reading);
    let id = fields.needed_id(reading, "id", "id = \"H01\", the short name that scenarios use");
    let name = fields.needed_name(reading, "name", "name = \"its full name\"");
    let description = fields.needed_text(reading, "description", "description = \"what it is, in a sentence\"");
    let notes = fields.text(reading, "notes").map(|notes| notes.value);
    let kind = match kind {
        "place" => Some(EvidenceKind::Place(Box::new(read_place(reading, &mut fields)))),
        "system" => Some(EvidenceKind::System),
        _ => read_card(reading, &mut fields).map(|card| EvidenceKind::Card(Box::new(card))),
    };
    fields.finish(reading);
    let header = Header { id: id?, name: name?.value, description: description?.value, notes };
    Some((header, kind?))
}

fn read_card(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> Option<Card> {
    let domain = fields.needed_text(reading, "domain", "domain = \"housing\"");
    let target_group = fields.needed_text(reading, "target_group", "target_group = \"for whom it is\"");
    let payer = fields.needed_text(reading, "payer", "payer = \"who usually pays\"");
    let gains = fields.needed_text(reading, "gains", "gains = \"who gains\"");
    fields.need(reading, "route", "route = \"relative risk\" or route = \"stock\"");
    let routes = [("relative risk", Route::RelativeRisk), ("stock", Route::Stock)];
    let route = fields.word(reading, "route", &routes);
    let mut optional = |key| fields.text(reading, key).map(|text| text.value);
    let marmot_theme = optional("marmot_theme");
    let tier = optional("tier");
    let core20plus5 = optional("core20plus5");
    let unit_of_delivery = optional("unit_of_delivery");
    Some(Card {
        domain: domain?.value,
        target_group: target_group?.value,
        payer: payer?.value,
        gains: gains?.value,
        route: route?.value,
        marmot_theme,
        tier,
        core20plus5,
        unit_of_delivery,
    })
}

type Entry<'t, 'i> = (&'t Spanned<DeString<'i>>, &'t Spanned<DeValue<'i>>);

fn read_figures(reading: &mut Reading, entries: &[Entry<'_, '_>], references: &References) -> Vec<Figure> {
    let mut figures: Vec<Figure> = Vec::new();
    let mut seen: BTreeMap<Label, &str> = BTreeMap::new();
    for (key, value) in entries {
        let figure = Figure::read(reading, key, value, references);
        // Two spellings of one name are two keys to TOML and one constant to the model.
        let Ok(label) = Label::parse(key.get_ref()) else {
            continue;
        };
        if let Some(first) = seen.get(&label) {
            reading
                .error(
                    code::WRITTEN_TWICE,
                    reading.span(key.span()),
                    format!("`{}` is written twice, first as `{first}`", key.get_ref()),
                )
                .hint("keep one of the two; case, spaces and underscores make no difference");
            continue;
        }
        seen.insert(label, key.get_ref());
        if let Some(figure) = figure.as_ref().filter(|figure| figure.still_default) {
            reading
                .warning(code::STILL_DEFAULT, figure.span.clone(), format!("still default: `{}`", figure.label))
                .hint("write what is known of the place, and take `default = true` away");
        }
        figures.extend(figure);
    }
    figures
}

// Copying a card and forgetting one subscript would change another programme.
fn warn_of_other_programmes(reading: &mut Reading, id: &str, figures: &[Figure]) {
    let own = Name::new(id);
    for figure in figures {
        if figure.label.elements.contains(&own) {
            continue;
        }
        let elements: Vec<&str> = figure.label.elements.iter().map(Name::spelling).collect();
        let message = if elements.is_empty() {
            format!("the card {id} sets `{}`, which is no programme's alone", figure.label)
        } else {
            format!("the card {id} sets `{}`, for {} and not for {id}", figure.label, listed(&elements))
        };
        reading
            .warning(code::OTHER_PROGRAMME, figure.span.clone(), message)
            .hint(format!("write `{}[{id}]`, or move it to a [system] file", figure.label.constant));
    }
}
