//! Whether the figures of a place are like those of the country it lies in, and those of a card like what is usual.

use crate::evidence::{EvidenceFile, Figure};
use crate::explain::study as code;
use crate::scenario::{Accounts, Plausible, Scenario};
use crate::shipped::{self, Shipped};
use crate::words;
use engine::diagnostic::{Diagnostic, Span};
use engine::model::{Label, Name};

/// A figure that is far from what is expected of it, or cannot be.
#[derive(Debug, Clone, PartialEq)]
pub struct Remark {
    /// The constant, and where its name stands.
    pub label: Label,
    /// Where its name stands.
    pub span: Span,
    /// The index of the number among those of its figure.
    pub at: usize,
    /// What is remarkable.
    pub what: String,
    /// What is expected, or what may have been meant.
    pub hint: String,
    /// Whether nothing can be made of it.
    pub impossible: bool,
}

impl Remark {
    /// As it is told of a file.
    pub fn diagnostic(&self) -> Diagnostic {
        let diagnostic = if self.impossible {
            Diagnostic::error(code::NOBODY_LIVES, self.what.as_str())
        } else {
            Diagnostic::warning(code::NOT_PLAUSIBLE, self.what.as_str())
        };
        diagnostic.at(self.span.clone()).hint(self.hint.as_str())
    }
}

/// The shipped country that the accounts compare places with.
pub fn country(accounts: &Accounts) -> Option<&'static Shipped> {
    let named = &accounts.plausible.as_ref()?.country.value;
    shipped::PLACES.iter().find(|place| place.name == named)
}

/// What is remarkable about a place. Without a country only what cannot be is told.
pub fn place(place: &EvidenceFile, country: Option<&EvidenceFile>, accounts: &Accounts) -> Vec<Remark> {
    let (Some(residents), Some(plausible)) = (residents_of(place, accounts), &accounts.plausible) else {
        return Vec::new();
    };
    let (figure, people) = residents;
    let counted = &figure.label.constant;
    if people <= 0.0 {
        let what = format!("nobody lives in {}: all of `{}` are 0", place.name, figure.label);
        return vec![remark(figure, 0, what, "write how many people live there".to_owned(), true)];
    }
    let Some((_, of_country)) = country.filter(|one| one.id != place.id).and_then(|one| residents_of(one, accounts))
    else {
        return Vec::new();
    };
    let country = country.unwrap_or(place);
    let mut found = Vec::new();
    if people > of_country || people < plausible.least_residents {
        let what = format!("{} people live in {} by `{}`", whole(people), place.name, figure.label);
        let hint = format!(
            "{} to {} are expected, the most being all of {}: are they counted in thousands, or written as if they were?",
            whole(plausible.least_residents),
            whole(of_country),
            country.name
        );
        found.push(remark(figure, 0, what, hint, false));
        // Every figure for each resident would be told as well, and none of them need be wrong.
        found.extend(compared(place, country, (plausible, counted), None));
        return found;
    }
    found.extend(compared(place, country, (plausible, counted), Some((people, of_country))));
    found
}

/// Central values of a card that are unusual.
pub fn card(card: &EvidenceFile, accounts: &Accounts) -> Vec<Remark> {
    let ranges = accounts.plausible.iter().flat_map(|plausible| &plausible.ranges);
    let mut found = Vec::new();
    for range in ranges {
        for figure in card.figures.iter().filter(|figure| figure.label.constant == range.constant.value) {
            let unusual = |value: &f64| !(range.low..=range.high).contains(&figure.scaled(*value));
            let values = figure.numbers.values();
            if let Some(at) = values.iter().position(unusual) {
                let what =
                    format!("`{}` is {}, and {} to {} are usual", figure.label, values[at], range.low, range.high);
                found.push(remark(figure, at, what, range.meant.clone(), false));
            }
        }
    }
    found
}

/// What `[finance]` sets many times larger or smaller than the place's own figure is: most often it is written in millions.
pub fn finance(scenario: &Scenario, place: &EvidenceFile, accounts: &Accounts) -> Vec<Diagnostic> {
    let Some(plausible) = &accounts.plausible else { return Vec::new() };
    let mut found = Vec::new();
    for input in &accounts.finance {
        let label = Label { constant: input.constant.value.clone(), elements: input.elements.clone() };
        let own = place.figures.iter().find(|figure| figure.label == label);
        let set = scenario.finance.iter().find(|lever| lever.label.constant == Name::new(&input.key));
        let (Some(own), Some(set)) = (own, set) else { continue };
        let (own, times) = (own.scaled(own.numbers.values()[0]), plausible.times(&label.constant));
        let far = |value: &f64| *value != 0.0 && !(1.0 / times..=times).contains(&(value / own).abs());
        if let Some(value) = set.path.values().iter().find(|value| far(value)) {
            let what = format!(
                "`{}` is {value}, and {} has {}",
                input.key,
                place.name,
                words::exact(own.abs().round() as u64)
            );
            let hint = "write pounds, not thousands or millions: 5.3e9 is £5.3bn";
            found.push(Diagnostic::warning(code::NOT_PLAUSIBLE, what).at(set.span.clone()).hint(hint));
        }
    }
    found
}

/// Figures that are many times those of the country; those that grow with a place for each resident, where `people` of the
/// place and of the country are given, and not at all where they are not.
fn compared(
    place: &EvidenceFile,
    country: &EvidenceFile,
    (plausible, counted): (&Plausible, &Name),
    people: Option<(f64, f64)>,
) -> Vec<Remark> {
    let mut found = Vec::new();
    for figure in place.figures.iter().filter(|figure| figure.label.constant != *counted) {
        let Some(theirs) = country.figures.iter().find(|other| other.label == figure.label) else { continue };
        let times = plausible.times(&figure.label.constant);
        let grows = plausible.per_resident.iter().any(|one| one.value == figure.label.constant);
        let own = scaled(figure);
        let other = scaled(theirs);
        let pairs: Vec<(f64, f64)> = match (grows, people) {
            (true, None) => continue,
            (true, Some((people, of_country))) => {
                vec![(own.iter().sum::<f64>() / people, other.iter().sum::<f64>() / of_country)]
            }
            (false, _) if own.len() == other.len() => own.into_iter().zip(other).collect(),
            (false, _) => continue,
        };
        // What is nothing here or there, or a surplus where the other has a deficit, has no ratio.
        let far = |(own, other): &(f64, f64)| {
            let ratio = own / other;
            ratio > 0.0 && ratio.is_finite() && !(1.0 / times..=times).contains(&ratio)
        };
        let Some(at) = pairs.iter().position(far) else { continue };
        let (own, other) = pairs[at];
        // What does not grow with a place is told in the unit that it is written in.
        let unit = if grows { 1.0 } else { figure.scaled(1.0) };
        let (own, other) = (own / unit, other / unit);
        let each = if grows { " for each resident" } else { "" };
        let ratio = own / other;
        let how = if ratio > 1.0 {
            format!("{} times that of {}", short(ratio), country.name)
        } else {
            format!("one {:.0}th of that of {}", 1.0 / ratio, country.name)
        };
        let what = format!("`{}` comes to {}{each}, {how}", figure.label, short(own));
        let (low, high) = (other / times, other * times);
        let hint = format!(
            "{} to {}{each} are expected (that of {} is {}): look at the unit, at `per`, and at thousands",
            short(low.min(high)),
            short(low.max(high)),
            country.name,
            short(other)
        );
        found.push(remark(figure, at, what, hint, false));
    }
    found
}

fn residents_of<'e>(place: &'e EvidenceFile, accounts: &Accounts) -> Option<(&'e Figure, f64)> {
    let wanted = &accounts.residents.as_ref()?.value;
    let figure = place.figures.iter().find(|figure| figure.label.constant == *wanted)?;
    Some((figure, scaled(figure).iter().sum()))
}

fn scaled(figure: &Figure) -> Vec<f64> {
    figure.numbers.values().iter().map(|value| figure.scaled(*value)).collect()
}

fn remark(figure: &Figure, at: usize, what: String, hint: String, impossible: bool) -> Remark {
    Remark { label: figure.label.clone(), span: figure.span.clone(), at, what, hint, impossible }
}

fn short(value: f64) -> String {
    words::quoted(value, 3)
}

fn whole(value: f64) -> String {
    format!("{value:.0}")
}
