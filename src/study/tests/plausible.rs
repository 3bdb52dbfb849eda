//! Which figures of a place are far from those of its country, and which cards leave out what a programme needs.

use std::sync::Arc;

use super::till::{patched, till};
use crate::evidence::{EvidenceFile, References};
use crate::explain::study as code;
use crate::scenario::Accounts;
use crate::study::plausible::{Remark, card, country, place};
use crate::study::reach::{lacks, nobody};
use engine::diagnostic::Diagnostics;
use engine::model::Bindings;
use engine::notation::vensim;
use engine::structure::{ScalarId, Structure, build};

const PLAUSIBLE: &str =
    "[plausible]\ncountry = \"england\"\ntimes = 4\nleast_residents = 100\nper_resident = [\"Beds\"]
[[plausible.wider]]\nconstant = \"Wide\"\ntimes = 10
[[plausible.range]]\nconstant = \"Effect\"\nlow = -1\nhigh = 0.5\nmeant = \"a logarithm\"\n";

fn references() -> References {
    let texts = till();
    let sources = (&texts.sources.file, &*texts.sources.content);
    References::read(sources, (&texts.deflators.file, &*texts.deflators.content)).unwrap().0
}

fn accounts(more: &str) -> Accounts {
    let mut texts = till();
    patched(&mut texts.accounts, "residents = \"Residents\"\n", &format!("residents = \"Residents\"\n{more}"));
    Accounts::read(&texts.accounts.file, &texts.accounts.content).unwrap().0
}

fn figure(name: &str, numbers: &str) -> String {
    format!("[\"{name}\"]\n{numbers}\nunit = \"of it\"\ngrade = \"C\"\nsource = \"wellspring-judgement\"\n")
}

/// A place with so many residents in two halves, and some figures.
fn of(id: &str, residents: [f64; 2], figures: &[(&str, &str)]) -> EvidenceFile {
    let mut text = format!(
        "[place]\nschema = 1\nid = \"{id}\"\nname = \"{}\"\ndescription = \"An example.\"\nkind = \"system\"\n{}",
        id.to_uppercase(),
        figure("Residents", &format!("values = {residents:?}"))
    );
    figures.iter().for_each(|(name, numbers)| text.push_str(&figure(name, numbers)));
    EvidenceFile::read(&Arc::from("place.toml"), &text, &references()).unwrap().0
}

/// What is remarked of a place of 1,000 people beside a country of 10,000.
fn remarks(own: &[(&str, &str)], theirs: &[(&str, &str)]) -> Vec<Remark> {
    let (own, theirs) = (of("here", [400.0, 600.0], own), of("england", [4_000.0, 6_000.0], theirs));
    place(&own, Some(&theirs), &accounts(PLAUSIBLE))
}

#[test]
fn a_figure_is_remarkable_beyond_so_many_times_that_of_the_country() {
    let beside = |own: &str, theirs: &str| {
        let found = remarks(&[("Rate", own)], &[("Rate", theirs)]);
        assert!(found.len() < 2 && found.iter().all(|one| !one.impossible));
        found.into_iter().next().map(|one| (one.what, one.hint))
    };
    // Four times and a fourth are not yet far.
    for near in ["value = 8", "value = 0.5", "value = 2", "value = 0", "value = -2"] {
        assert_eq!(beside(near, "value = 2"), None, "{near}");
    }
    assert_eq!(beside("value = 2", "value = 0"), None);
    let (what, hint) = beside("value = 9", "value = 2").unwrap();
    assert_eq!(what, "`Rate` comes to 9, 4.5 times that of ENGLAND");
    assert!(hint.starts_with("0.5 to 8 are expected (that of ENGLAND is 2)"), "{hint}");
    let (what, _) = beside("value = 0.25", "value = 2").unwrap();
    assert_eq!(what, "`Rate` comes to 0.25, one 8th of that of ENGLAND");
    // Deficits beside deficits: from the lower to the higher.
    let (_, hint) = beside("value = -9", "value = -2").unwrap();
    assert!(hint.starts_with("-8 to -0.5 are expected"), "{hint}");
    // A list number by number, the first that is far; lists of other lengths are not compared.
    let found = remarks(&[("Rate", "values = [1, 1, 9]")], &[("Rate", "values = [1, 2, 2]")]);
    assert_eq!((found.len(), found[0].at), (1, 2));
    assert!(remarks(&[("Rate", "values = [1, 9]")], &[("Rate", "values = [1, 2, 2]")]).is_empty());
    // What only one of both has is nothing to compare, and so is another country's name for it.
    assert!(remarks(&[("Rate", "value = 9")], &[("Other", "value = 2")]).is_empty());
    // In the unit that it is written in: so many in a hundred.
    let found = remarks(&[("Rate", "value = 9\nper = 100")], &[("Rate", "value = 0.02")]);
    assert_eq!(found[0].what, "`Rate` comes to 9, 4.5 times that of ENGLAND");
    assert!(found[0].hint.starts_with("0.5 to 8 are expected (that of ENGLAND is 2)"), "{}", found[0].hint);
    // Some constants differ more.
    assert!(remarks(&[("Wide", "value = 20")], &[("Wide", "value = 2")]).is_empty());
    assert_eq!(remarks(&[("Wide", "value = 21")], &[("Wide", "value = 2")]).len(), 1);
}

#[test]
fn what_grows_with_a_place_is_compared_for_each_resident() {
    // Ten beds for a thousand are as many as a hundred for ten thousand: 0.01 each.
    let beds = |own: &str| remarks(&[("Beds", own)], &[("Beds", "value = 100")]);
    assert!(beds("value = 10").is_empty() && beds("value = 40").is_empty() && beds("value = 2.5").is_empty());
    let found = beds("value = 50");
    assert_eq!(found[0].what, "`Beds` comes to 0.05 for each resident, 5 times that of ENGLAND");
    assert!(found[0].hint.starts_with("0.0025 to 0.04 for each resident are expected"), "{}", found[0].hint);
    // A list is added up first.
    let found = remarks(&[("Beds", "values = [1, 9]")], &[("Beds", "values = [90, 10]")]);
    assert!(found.is_empty());
}

#[test]
fn a_place_has_people_and_no_more_than_its_country() {
    let theirs = of("england", [4_000.0, 6_000.0], &[("Beds", "value = 100"), ("Rate", "value = 2")]);
    let accounts = accounts(PLAUSIBLE);
    let found = |residents: [f64; 2], figures: &[(&str, &str)]| {
        place(&of("here", residents, figures), Some(&theirs), &accounts)
    };
    assert!(found([40.0, 60.0], &[]).is_empty() && found([4_000.0, 6_000.0], &[]).is_empty());
    for wrong in [[40.0, 59.0], [4_000.0, 6_001.0]] {
        let found = found(wrong, &[]);
        assert_eq!(found.len(), 1);
        assert!(found[0].what.ends_with("people live in HERE by `Residents`"), "{}", found[0].what);
        assert!(found[0].hint.starts_with("100 to 10000 are expected"), "{}", found[0].hint);
    }
    // Then what goes by residents is not compared, and the rest is.
    let both = [("Beds", "value = 100"), ("Rate", "value = 9")];
    let reported: Vec<String> = found([40.0, 59.0], &both).into_iter().map(|one| one.label.to_string()).collect();
    assert_eq!(reported, ["Residents", "Rate"]);
    let empty = found([0.0, 0.0], &both);
    assert_eq!((empty.len(), empty[0].impossible), (1, true));
    assert_eq!(empty[0].diagnostic().code, code::NOBODY_LIVES);
    assert_eq!(found([40.0, 59.0], &[])[0].diagnostic().code, code::NOT_PLAUSIBLE);
    // A country is not compared with itself, and without one only what cannot be is told.
    assert!(place(&of("england", [1.0, 2.0], &[]), Some(&theirs), &accounts).is_empty());
    assert!(place(&of("here", [1.0, 2.0], &[]), None, &accounts).is_empty());
    assert_eq!(place(&of("here", [0.0, 0.0], &[]), None, &accounts).len(), 1);
    assert_eq!(country(&accounts).unwrap().name, "england");
    let none = self::accounts("");
    assert!(country(&none).is_none() && place(&of("here", [0.0, 0.0], &[]), Some(&theirs), &none).is_empty());
}

/// A card with some figures.
fn programme(figures: &[(&str, &str)]) -> EvidenceFile {
    let mut text = till().evidence[3].content.split("[\"Comes").next().unwrap().to_owned();
    figures.iter().for_each(|(name, numbers)| text.push_str(&figure(name, numbers)));
    EvidenceFile::read(&Arc::from("A01.toml"), &text, &references()).unwrap().0
}

#[test]
fn a_number_of_a_card_is_unusual_outside_its_range() {
    let accounts = accounts(PLAUSIBLE);
    let of = |value: &str| card(&programme(&[("Effect[A01]", value), ("Other[A01]", "value = 9")]), &accounts);
    assert!(of("value = 0.5").is_empty() && of("value = -1").is_empty());
    let found = of("value = 0.6");
    assert_eq!(
        (found.len(), &*found[0].what, &*found[0].hint),
        (1, "`Effect[A01]` is 0.6, and -1 to 0.5 are usual", "a logarithm")
    );
    assert_eq!((found[0].impossible, of("values = [0, -2]")[0].at), (false, 1));
}

const CARD: &str = "[programme_card]\nunit_cost = \"Unit cost\"\neligible = \"Eligible\"\nnewly_eligible = \"Newly\"\nlog_relative_risk = \"Effect\"
group_rate = \"Rate\"\nother_effects = [\"Other\"]\n";

/// A model of two programmes and two channels, in which the numbers stand that a card would give.
fn structure(eligible: [f64; 2], newly: f64, effect: f64, rate: f64) -> Structure {
    let [own, others] = eligible;
    let text = format!(
        "{{UTF-8}}\nProgramme: A01, A02 ~~|\nChannel: Visit, Stay ~~|\nUnit cost[Programme]= 7, 7 ~ GBP ~|
Eligible[Programme]= {own:?}, {others:?} ~ people ~|\nNewly[Programme]= {newly:?}, 0 ~ people ~|\nOther[Programme]= 0, 0 ~ Dmnl ~|
Effect[Programme, Channel]= {effect:?}, 0; 0, 0; ~ Dmnl ~|\nRate[Programme, Channel]= {rate:?}, 0; 0, 0; ~ Dmnl ~|
INITIAL TIME= 0 ~~|\nFINAL TIME= 1 ~~|\nTIME STEP= 1 ~~|\nSAVEPER= 1 ~~|\n"
    );
    build(&vensim::read(&Arc::from("cards.mdl"), &Arc::from(text)).0, &Bindings::default()).unwrap().0
}

#[test]
fn a_card_that_reaches_nobody_or_leaves_a_number_to_the_model_is_told() {
    let accounts = accounts(CARD);
    let all = [
        ("Unit cost[A01]", "value = 7\nprice_year = \"2024/25\""),
        ("Eligible[A01]", "value = 1"),
        ("Effect[A01,Visit]", "value = 1"),
    ];
    let reported = |given: &[(&str, &str)], structure: &Structure| {
        let mut found = Diagnostics::new();
        lacks(structure, &programme(given), &accounts, &mut found);
        found.iter().map(|one| (one.code, one.message.clone())).collect::<Vec<_>>()
    };
    let sound = structure([1.0, 0.0], 0.0, 1.0, 1.0);
    assert!(reported(&all, &sound).is_empty());
    // Those who become eligible later count as well.
    assert!(reported(&all, &structure([0.0, 0.0], 1.0, 1.0, 1.0)).is_empty());
    // Whom another programme reaches, this one does not.
    let nobody = reported(&all, &structure([0.0, 5.0], 0.0, 1.0, 1.0));
    assert_eq!((nobody.len(), nobody[0].0), (1, code::REACHES_NOBODY));
    assert!(nobody[0].1.ends_with("are 0"), "{}", nobody[0].1);
    let nobody = reported(&[all[0], all[2]], &structure([0.0, 5.0], 0.0, 1.0, 1.0));
    assert!(nobody[0].1.contains("it does not give"), "{}", nobody[0].1);
    let cost = reported(&all[1..], &sound);
    assert_eq!(
        cost[0],
        (code::TAKES_DEFAULT, "the card A01 gives no `Unit cost`: the model's own 7 GBP is taken".to_owned())
    );
    let effect = reported(&all[..2], &sound);
    assert_eq!((effect.len(), effect[0].0), (1, code::TAKES_DEFAULT));
    assert!(effect[0].1.contains("gives no effect: the model's own 1 Dmnl is taken"), "{}", effect[0].1);
    assert!(reported(&[all[0], all[1], ("Other[A01]", "value = 1")], &sound).is_empty());
    // An effect on what its people never use does nothing.
    let unused = reported(&all, &structure([1.0, 0.0], 0.0, 1.0, 0.0));
    assert_eq!(unused.len(), 1);
    assert!(unused[0].1.contains("acts on `Visit` and does not say how often"), "{}", unused[0].1);
    assert!(reported(&all, &structure([1.0, 0.0], 0.0, 0.0, 0.0)).is_empty());
    let mut none = Diagnostics::new();
    lacks(&sound, &programme(&[]), &self::accounts(""), &mut none);
    assert!(none.is_empty());
}

#[test]
fn nobody_is_reached_where_no_programme_has_anybody_and_no_draw_gives_it_one() {
    let accounts = accounts(CARD);
    let why = |structure: &Structure, drawn: &[ScalarId]| nobody(structure, &accounts, drawn);
    let empty = structure([0.0, 0.0], 0.0, 1.0, 1.0);
    assert_eq!(
        why(&empty, &[]).unwrap(),
        "no programme has people who are eligible (`Eligible` and `Newly` of each is 0)"
    );
    assert!(why(&structure([0.0, 1.0], 0.0, 1.0, 1.0), &[]).is_none());
    assert!(why(&structure([0.0, 0.0], 1.0, 1.0, 1.0), &[]).is_none());
    let eligible = empty.variable(&engine::model::Name::new("Eligible")).unwrap().1.first;
    assert!(why(&empty, &[eligible]).is_none());
    assert!(nobody(&empty, &self::accounts(""), &[]).is_none());
}
