//! Two places that share the money of a plan.
//!
//! `Here` has 400 residents and 1,000 pounds a year, `there` 400 and 3,000. By residents each has half of the money.

use super::till::{close, findings, mean, means, patched, till};
use crate::appraisal::findings::Comparator::{Level, Twin};
use crate::appraisal::findings::{Findings, PriceBase};
use crate::study::StudyTexts;

fn shared() -> StudyTexts {
    let mut texts = till();
    patched(&mut texts.scenario, "places = [\"here\"]", "places = [\"there\", \"here\"]");
    patched(&mut texts.scenario, "[discounting]", "[sharing]\nrule = \"population\"\n[discounting]");
    texts
}

#[test]
fn a_place_takes_its_share_of_a_lever_and_together_they_have_all_of_it() {
    let found = findings(&shared());
    let (there, here) = (&found.places[0], &found.places[1]);
    assert_eq!((&*there.place_id, &*here.place_id, &*found.place_id), ("there", "here", "all places"));
    assert_eq!((there.share, here.share, found.share), (0.5, 0.5, 1.0));
    // 4 % of 4,000 pounds are 160, half of it for each; 16 and 8 pounds of the partner, half of it for each.
    for place in [there, here] {
        close(&means(place, 0, Level, "paid", "", ""), &[80.0, 80.0]);
        close(&means(place, 1, Level, "paid", "", ""), &[8.0, 4.0]);
    }
    close(&means(&found, 0, Level, "paid", "", ""), &[160.0, 160.0]);
    close(&means(&found, 1, Level, "paid", "", ""), &[16.0, 8.0]);
    close(&means(&found, 0, Twin, "net", "cash", ""), &[-40.0, -40.0]);
    // A fortieth of a visit less for each of 80 pounds, in two fifths: 4 of 20 visits here and of 60 there, 8 of 80 together.
    close(&means(here, 0, Twin, "demand-change", "Visits", ""), &[-20.0, -20.0]);
    close(&means(there, 0, Twin, "demand-change", "Visits", ""), &[-100.0 * 4.0 / 60.0; 2]);
    close(&means(&found, 0, Twin, "demand-change", "Visits", ""), &[-10.0, -10.0]);
    // 100 + 200 people have an 8,000th of a QALY for each of 80 pounds, in two years.
    close(&[mean(&found, 0, "total-health", "Q1")], &[6.0]);
    // 6 QALYs of the 100 + 200 residents of the one half are 20 for a thousand.
    close(&[mean(&found, 0, "qalys-gained-per-1000", "Q1")], &[20.0]);
    assert_eq!(found.place, "THERE with HERE");
    // Which place is named first says nothing.
    let mut texts = shared();
    patched(&mut texts.scenario, "places = [\"there\", \"here\"]", "places = [\"here\", \"there\"]");
    let turned = findings(&texts);
    let reported = |found: &Findings| -> Vec<_> {
        found
            .series
            .iter()
            .map(|one| (one.key.clone(), one.years.iter().map(|year| year.mean).collect::<Vec<_>>()))
            .collect()
    };
    assert!(reported(&turned) == reported(&found) && reported(&turned.places[0]) == reported(here));
    assert_eq!(found.runs, 2 * 2 * 5);
    let one = found.of_strategies(&[1]);
    assert_eq!(one.places.len(), 2);
    close(&means(&one.places[1], 0, Level, "paid", "", ""), &[8.0, 4.0]);
}

#[test]
fn weights_share_as_they_are_written() {
    let mut texts = shared();
    patched(&mut texts.scenario, "rule = \"population\"", "weights = { here = 0.25, there = 0.75 }");
    let found = findings(&texts);
    // 40 and 120 of 160 pounds; 4 and 12 of 16.
    close(&means(&found.places[1], 0, Level, "paid", "", ""), &[40.0, 40.0]);
    close(&means(&found.places[0], 0, Level, "paid", "", ""), &[120.0, 120.0]);
    close(&means(&found.places[0], 1, Level, "paid", "", ""), &[12.0, 6.0]);
}

/// A lever of every run is in the model before the runs begin, and is shared all the same.
#[test]
fn a_place_takes_its_share_of_a_lever_of_every_run() {
    let mut texts = shared();
    patched(&mut texts.scenario, "[discounting]", "[levers]\n\"Share paid\" = 0.01\n[discounting]");
    let found = findings(&texts);
    // 1 % of 4,000 pounds are 20 for each, beside 8 and 4 of the partner.
    for place in &found.places {
        close(&means(place, 1, Level, "paid", "", ""), &[28.0, 24.0]);
    }
}

/// Money that nature decides is shared like money that we decide, and so is what is left of it where there is none.
#[test]
fn a_place_takes_its_share_of_money_that_is_drawn_and_of_what_is_left_when_there_is_none() {
    let mut texts = shared();
    let sum = "\"Partner money\" = [{ from = 1, value = 16 }, { from = 2, value = 8 }]";
    patched(&mut texts.scenario, sum, "\"Plan on\" = 1");
    // 20 pounds in some draws and 4 in the others.
    let drawn = "[uncertainties.\"Partner money\"]\nvalue = 20\nlow = 20\nhigh = 20\ndistribution = \"uniform\"\n\
        p_null = 0.5\nnothing = 4\nunit = \"pounds a year\"\ngrade = \"C\"\nsource = \"wellspring-judgement\"\n";
    patched(&mut texts.scenario, "[discounting]", &format!("{drawn}[discounting]"));
    patched(&mut texts.scenario, "draws = 2", "draws = 8");
    let found = findings(&texts);
    let of = |place: &Findings| {
        let series = place.find(Some(1), Level, "paid", "", "", PriceBase::Real).unwrap();
        [series.years[0].p05.value, series.years[0].p95.value]
    };
    // Some draws have 2 pounds for each place and 4 together, some 10 and 20.
    for place in &found.places {
        close(&of(place), &[2.0, 10.0]);
    }
    close(&of(&found), &[4.0, 20.0]);
}
