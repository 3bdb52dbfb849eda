//! The need for the main service, and beside it what happens of it: the one may fall while freed beds keep the other where it was.

use crate::appraisal::findings::{Findings, Happening, Series};

use crate::answer::read::{change, happening_change, happens, lead_service, need_name};
use crate::words::lower;

/// One of the two: what it is called, and its change because of prevention.
pub struct Side<'a> {
    /// What it is called.
    pub name: &'a str,
    service: &'a str,
    happening: Option<&'a Happening>,
}

/// The need, and what happens of it where the accounts say.
pub fn sides(findings: &Findings) -> Vec<Side<'_>> {
    let service = lead_service(findings);
    let need = Side { name: need_name(findings, service), service, happening: None };
    let happens = happens(findings, service);
    let happens = happens.map(|happens| Side { name: &happens.name, service, happening: Some(happens) });
    std::iter::once(need).chain(happens).collect()
}

impl Side<'_> {
    /// Its change in a place, in per cent of the twin's.
    pub fn change<'f>(&self, place: &'f Findings, strategy: usize) -> Option<&'f Series> {
        match self.happening {
            None => change(place, strategy, self.service),
            Some(happening) => happening_change(place, strategy, happening),
        }
    }

    /// The median of that change in the last plan year.
    pub fn at_end(&self, place: &Findings, strategy: usize) -> f64 {
        let last = self.change(place, strategy).and_then(|series| series.years.last());
        last.map_or(f64::NAN, |year| year.median.value)
    }

    /// Where it falls most and where least: "0.30% lower in Here and 0.20% lower in There", or "0.30% lower in every place" where
    /// both are told alike; nothing where it is known in no place.
    pub fn over_places(&self, findings: &Findings, strategy: usize) -> Option<String> {
        let found = findings.places.iter().map(|place| (place, self.at_end(place, strategy)));
        let known: Vec<(&Findings, f64)> = found.filter(|(_, found)| found.is_finite()).collect();
        let by_change = |one: &&(&Findings, f64), other: &&(&Findings, f64)| one.1.total_cmp(&other.1);
        let most = known.iter().min_by(by_change)?;
        let least = known.iter().max_by(by_change)?;
        let (told, other) = (lower(most.1), lower(least.1));
        Some(match told == other {
            true => format!("{told} in every place"),
            false => format!("{told} in {} and {other} in {}", most.0.place, least.0.place),
        })
    }
}
