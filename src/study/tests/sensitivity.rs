//! Which uncertainty of the till moves its net position, and its base year beside what is published.

use std::sync::Arc;

use super::till::{close, patched, study, till};
use crate::evidence::{EvidenceFile, References};
use crate::study::experiment::{
    GroupsAsked, SensitivityDesign, SensitivityFindings, SensitivityMethod, SensitivityQuestion, Subject,
};
use crate::study::{StudyTexts, beside_parent, given, reconcile};
use engine::notation::vensim;

/// What comes of it, and the parts by which all that is paid is divided, each between a half and one and a half.
fn uncertain() -> StudyTexts {
    let mut texts = till();
    let drawn = "value = 1\nlow = 0.5\nhigh = 1.5\ndistribution = \"uniform\"";
    patched(&mut texts.evidence[3], "value = 1\ndistribution = \"fixed\"", drawn);
    patched(&mut texts.evidence[0], "[\"Parts\"]\nvalue = 1", &format!("[\"Parts\"]\n{drawn}"));
    texts
}

fn found(texts: &StudyTexts, method: SensitivityMethod, size: usize) -> SensitivityFindings {
    let study = study(texts);
    let question = SensitivityQuestion {
        outcomes: vec!["net-at-horizon:cash".to_owned()],
        strategies: vec!["share".to_owned()],
        over_time: false,
        groups: GroupsAsked::Before(Vec::new()),
        second_order: false,
    };
    let (design, warnings) = SensitivityDesign::new(Subject::Study(&study), &question).unwrap();
    assert!(warnings.is_empty());
    let laid = design.lay(method, size);
    let table = design.experiment(&laid).unwrap().run(&|_| {});
    design.findings(&laid, &table).unwrap()
}

#[test]
fn a_tornado_moves_one_uncertainty_at_a_time_between_its_5th_and_its_95th_per_cent() {
    let found = found(&uncertain(), SensitivityMethod::Tornado, 1);
    assert_eq!((found.left_out, found.unaccounted, &*found.place, found.first_year), (0, 0, "here", 2025));
    let [measured] = found.measured.as_slice() else { panic!("one outcome of one strategy") };
    assert_eq!((&*measured.strategy, &*measured.asked), ("share", "net-at-horizon:cash"));
    let swings = measured.swings.as_ref().unwrap();
    // 60 times what comes of it less 80, divided by the parts: at 0.55 and 1.45 of the one and of the other.
    close(&[swings.base], &[-20.0]);
    let ends = |name: &str| {
        let (_, low, high) = swings.ends.iter().find(|(known, _, _)| known == name).unwrap();
        [*low, *high]
    };
    close(&ends("Comes of it[A01]"), &[33.0 - 80.0, 87.0 - 80.0]);
    close(&ends("Parts"), &[-20.0 / 0.55, -20.0 / 1.45]);
    assert_eq!(swings.ends.len(), 2);
}

#[test]
fn what_alone_is_uncertain_has_all_of_the_variance() {
    let mut texts = uncertain();
    patched(&mut texts.evidence[0], "low = 0.5\nhigh = 1.5\ndistribution = \"uniform\"", "distribution = \"fixed\"");
    let found = found(&texts, SensitivityMethod::Sobol, 256);
    let measured = &found.measured[0];
    assert!(measured.varies && found.rows.len() == measured.values.len());
    let first = measured.indices.iter().find(|one| one.method == "sobol").unwrap();
    let value = first.measure.value;
    assert!((value - 1.0).abs() < 0.05, "{value}");
}

#[test]
fn a_base_year_stands_beside_what_is_published_of_it() {
    let texts = till();
    let (model, problems) = vensim::read(&texts.model.file, &texts.model.content);
    assert!(!problems.has_errors());
    let references = References::read(
        (&texts.sources.file, &texts.sources.content),
        (&texts.deflators.file, &texts.deflators.content),
    );
    let (references, _) = references.unwrap();
    let read = |at: usize, more: &str| {
        let text = format!("{}{more}", texts.evidence[at].content);
        EvidenceFile::read(&Arc::from("evidence.toml"), &text, &references).unwrap().0
    };
    let published = |what: &str, over: &str, value: f64| {
        format!(
            "[[published]]\nwhat = \"{what}\"\nvariable = \"{what}\"\n{over}value = {value:?}\nunit = \"a year\"\nyear = \"2024/25\"\n\
             grade = \"C\"\nsource = \"wellspring-judgement\"\n"
        )
    };
    let system = read(0, "");
    let visits = published("Visits", "over = \"Residents\"\n", 0.04);
    let here = read(1, &format!("{visits}{}", published("Bill", "", 250.0)));
    let (found, _) = reconcile(&model, &system, &here).unwrap();
    let reported: Vec<f64> = found.compared.iter().flat_map(|one| [one.modelled, one.difference()]).collect();
    // 10 visits a year in each half, for 400 residents: 0.05 each, a quarter more than published. Bills of 200, a fifth less.
    close(&reported, &[0.05, 0.25, 200.0, -0.2]);
    let wanted: Vec<&str> = given(&found.structure).iter().map(|one| one.variable.name.spelling()).collect();
    assert_eq!(wanted, ["Allocation", "Need", "Residents"]);
    // Of `there` bills are published and here they are not: a hundred of 400 residents would have 50 of its 200.
    let there = read(2, &published("Bill", "", 100.0));
    let bare = read(1, &visits);
    let beside = beside_parent(&model, &system, &bare, &there, (100.0, 400.0)).unwrap();
    assert_eq!(beside.iter().map(|one| (&*one.what, one.modelled)).collect::<Vec<_>>(), [("Bill", 200.0)]);
    close(&[beside[0].expected], &[50.0]);
    assert!(beside_parent(&model, &system, &here, &there, (100.0, 400.0)).unwrap().is_empty());
}
