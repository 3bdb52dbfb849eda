//! The need for the main service, and beside it what happens of it: the one may fall while freed beds keep the other where it was.

use crate::appraisal::findings::{Findings, Happening, Series};

use crate::answer::Answer;
use crate::answer::fact::value;
use crate::answer::places::{In, NeedOrUse as Which, OverPlaces};
use crate::answer::read::{change, happening_change, happens, lead_service, need_name};
use crate::answer::strategy::OfStrategy;
use crate::words::lower;

/// One of the two: what it is called, and its change because of prevention.
pub struct Side<'a> {
    /// What it is called.
    pub name: &'a str,
    which: Which,
    service: &'a str,
    happening: Option<&'a Happening>,
}

/// The need, and what happens of it where the accounts say.
pub fn sides(findings: &Findings) -> Vec<Side<'_>> {
    let service = lead_service(findings);
    let need = Side { name: need_name(findings, service), which: Which::Need, service, happening: None };
    let happens = happens(findings, service);
    let happens =
        happens.map(|happens| Side { name: &happens.name, which: Which::Happens, service, happening: Some(happens) });
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

    /// The median of that change in the last plan year, under a strategy of a study or of a place.
    pub fn at_end(&self, of: &OfStrategy) -> f64 {
        value(self.which.at_end(of))
    }

    /// What is told of it over all places, where it is known in any.
    pub fn of<'a>(&self, answer: &'a Answer) -> Option<&'a OverPlaces> {
        answer.over_places.iter().find(|found| found.side == self.which)
    }

    /// Where it falls most and where least: "0.30% lower in Here and 0.20% lower in There", or "0.30% lower in every place" where
    /// both are told alike; nothing where it is known in no place.
    pub fn over_places(&self, findings: &Findings, answer: &Answer) -> Option<String> {
        let found = self.of(answer)?;
        let (most, least) = (lower(found.most.fact.value), lower(found.least.fact.value));
        let name = |one: &In| &findings.places[one.place].place;
        Some(match most == least {
            true => format!("{most} in every place"),
            false => format!("{most} in {} and {least} in {}", name(&found.most), name(&found.least)),
        })
    }
}
