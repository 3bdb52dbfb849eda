//! What a finance director sets by names of his own: each moves the constant that the accounts give for it.

use engine::structure::Rule;
use wellspring::study::{Overrides, StudyTexts, prepare};

use crate::support::{patched, scalars, shipped};

fn with(finance: &str) -> StudyTexts {
    let mut texts = shipped();
    texts.scenario = patched(&texts.scenario, "[levers]\n", &format!("[finance]\n{finance}\n\n[levers]\n"));
    texts
}

#[test]
fn each_name_sets_its_constant_in_every_element() {
    let finance = "allocation = 6e9\nreal_growth = 0.01\ndeficit = 2e8\nefficiency = 0.015\ncost_growth = 0.02";
    let (study, _) = prepare(&with(finance), &Overrides { draws: Some(1), ..Overrides::default() }).unwrap();
    for (constant, expected) in [
        ("NHS allocation in plan year 1", 6e9),
        ("Real growth of allocation", 0.01),
        ("NHS deficit at start", 2e8),
        ("Efficient savings a year", 0.015),
        ("Real growth of unit cost", 0.02),
    ] {
        let structure = &study.places[0].structure;
        for scalar in scalars(structure, constant) {
            assert_eq!(structure.scalars[scalar.0 as usize].rule, Rule::Constant(expected), "{constant}");
            // What is set is not drawn.
            assert!(study.places[0].draw(0).iter().all(|(drawn, _)| *drawn != scalar), "{constant}");
        }
    }
}

#[test]
fn a_name_that_nobody_knows_and_one_that_a_lever_sets_too_are_told() {
    let errors = prepare(&with("defecit = 0\nrecovery_years = 5"), &Overrides::default()).unwrap_err();
    let told: Vec<String> = errors.iter().map(|one| format!("{} {}", one.message, one.hints.join(" "))).collect();
    assert!(
        told.iter().any(|one| one == "`defecit` is nothing that `[finance]` sets did you mean `deficit`?"),
        "{told:?}"
    );
    // The shipped scenario has the years of recovery among its levers.
    let twice = "`recovery_years` sets `Deficit recovery years`, and so does `[levers]` keep one of the two";
    assert!(told.iter().any(|one| one == twice), "{told:?}");
}
