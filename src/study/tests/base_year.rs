//! The base year of the till beside what is published of it.

use std::sync::Arc;

use super::till::{close, till};
use crate::evidence::{EvidenceFile, References};
use crate::study::{beside_parent, given, reconcile};
use engine::notation::vensim;

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
