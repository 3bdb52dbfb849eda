//! `wellspring sweep` and `merge`: the same bytes in one piece, in parts, and after an interruption.

use std::fs;
use std::path::Path;

use engine::sampling::Design;
use wellspring::study::Text;
use wellspring::study::experiment::{Others, PointColumn, PointMatrix, Subject};

use crate::support::{patched, shipped, study};
use crate::transcript::{folder, wellspring};

const SCENARIO: &str = include_str!("../../examples/sir/sir.toml");
const MODEL: &str = include_str!("../../examples/sir/sir.mdl");

fn sweep(place: &Path, more: &[&str]) {
    let arguments = ["sweep", "./sir.toml", "--draws", "70", "--keep-draws", "--quiet"];
    let output = wellspring(place).args(arguments).args(more).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

fn same(place: &Path, one: &str, other: &str) {
    let mut names: Vec<_> = fs::read_dir(place.join(one)).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert!(names.len() > 4, "{names:?}");
    for name in names {
        let read = |folder: &str| fs::read(place.join(folder).join(&name)).unwrap();
        assert!(read(one) == read(other), "{name:?} differs between {one} and {other}");
    }
}

#[test]
fn threads_parts_and_an_interruption_change_no_byte() {
    let place = folder(&[("sir.toml", SCENARIO), ("sir.mdl", MODEL)]);
    let place = place.path();
    sweep(place, &["--out", "one", "--threads", "1"]);
    for threads in ["2", "7"] {
        sweep(place, &["--out", threads, "--threads", threads]);
        same(place, "one", threads);
    }
    for part in ["1/3", "2/3", "3/3"] {
        sweep(place, &["--shard", part, "--out", &part.replace('/', "-")]);
    }
    let merged = wellspring(place).args(["merge", "3-3", "1-3", "2-3", "--out", "joined", "--quiet"]).output().unwrap();
    assert_eq!(merged.status.code(), Some(0), "{}", String::from_utf8_lossy(&merged.stderr));
    same(place, "one", "joined");

    // A run killed in the middle of a block has left all blocks but the last, and half of that.
    let kept = fs::read(place.join("1-3/part.blocks")).unwrap();
    // The header says which part it is.
    let (head, rest) = kept.split_at(kept.iter().position(|byte| *byte == b'\n').unwrap());
    let head = String::from_utf8(head.to_vec()).unwrap();
    assert!(head.starts_with("{\"part\":1,\"parts\":3,"), "{head}");
    let kept = [head.replacen("\"parts\":3", "\"parts\":1", 1).as_bytes(), rest].concat();
    fs::create_dir(place.join("resumed.partial")).unwrap();
    fs::write(place.join("resumed.partial/manifest.json"), "{ \"written_by\": \"wellspring\", \"unfinished\": true }")
        .unwrap();
    fs::write(place.join("resumed.partial/blocks"), &kept[..kept.len() - 37]).unwrap();
    sweep(place, &["--resume", "--out", "resumed"]);
    same(place, "one", "resumed");
}

#[test]
fn pictures_of_a_grid_come_with_their_tables_and_what_is_left_out_is_said() {
    let place = folder(&[("sir.toml", SCENARIO), ("sir.mdl", MODEL)]);
    let place = place.path();
    sweep(place, &["--out", "all"]);
    for outcome in ["peak", "ever-infected", "person-years-ill"] {
        for (kind, ending) in [("sweep", "csv"), ("sweep", "svg"), ("heat", "csv"), ("heat", "svg"), ("heat", "png")] {
            let file = place.join(format!("all/{kind}-{outcome}.{ending}"));
            assert!(fs::metadata(&file).unwrap().len() > 200, "{}", file.display());
        }
    }
    // The table of a picture has the numbers of the table of the sweep.
    let mut whole = csv::Reader::from_path(place.join("all/sweep.csv")).unwrap();
    let medians: Vec<String> = whole
        .records()
        .map(Result::unwrap)
        .filter(|row| &row[3] == "peak" && &row[11] == "median")
        .map(|row| row[12].to_owned())
        .collect();
    let mut heat = csv::Reader::from_path(place.join("all/heat-peak.csv")).unwrap();
    let at = heat.headers().unwrap().iter().position(|name| name == "median").unwrap();
    let shown: Vec<String> = heat.records().map(|row| row.unwrap()[at].to_owned()).collect();
    assert!(shown.len() == 15 && shown == medians);

    let spread = SCENARIO.replace("[sweep]\n", "[sweep]\ndesign = \"lhs\"\npoints = 6\n").replace(", steps = 5", "");
    fs::write(place.join("spread.toml"), spread).unwrap();
    let output =
        wellspring(place).args(["sweep", "./spread.toml", "--draws", "5", "--out", "spread"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("No pictures are drawn: the points are no grid; sweep.csv has them"), "{said}");
}

#[test]
fn an_axis_cannot_have_the_name_of_another_column() {
    let named = SCENARIO.replace("lever = \"Distancing\"", "name = \"value\"\nlever = \"Distancing\"");
    let place = folder(&[("sir.toml", &named), ("sir.mdl", MODEL)]);
    let output = wellspring(place.path()).args(["sweep", "./sir.toml", "--out", "out"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("error[S030]: `value` is a column that every table of a sweep has"), "{said}");
    assert!(!place.path().join("out").exists());
}

/// The shipped study with a sweep.
fn study_with(sweep: &str) -> wellspring::study::StudyTexts {
    let mut texts = shipped();
    texts.scenario = Text::new(&texts.scenario.file, &format!("{}{sweep}", texts.scenario.content));
    texts
}

#[test]
fn a_setting_of_a_sweep_is_the_study_with_that_lever() {
    let asked = "\n[sweep]\noutcomes = [\"net-at-horizon:cash\", \"slope-index:emergency-admissions\"]\n\
                 strategies = [\"from-growth\"]\n[[sweep.over]]\nlever = \"Ring fence strength\"\nvalues = [1, 0]\n";
    let swept = study(&study_with(asked), 6, Design::LatinHypercube);
    let subject = Subject::Study(&swept);
    let (experiment, _) = subject.sweep(subject.sweep_asked().unwrap()).unwrap();
    let table = experiment.run(&|_| {});
    let mut other = shipped();
    let block = "id = \"from-growth\"";
    let at = other.scenario.content.find(block).unwrap();
    let end = at + other.scenario.content[at..].find("\"Ring fence strength\" = 1").unwrap();
    let old = &other.scenario.content[at..end + "\"Ring fence strength\" = 1".len()].to_owned();
    other.scenario = patched(&other.scenario, old, &old.replace("strength\" = 1", "strength\" = 0"));
    for (cell, texts) in [shipped(), other].iter().enumerate() {
        let found = study(texts, 6, Design::LatinHypercube).run(&|_| {});
        for (outcome, label) in table.outcomes.iter().enumerate() {
            let draws = &table.column(outcome, 0)[cell * 6..(cell + 1) * 6];
            let mean = wellspring::appraisal::statistic::mean(draws);
            let measures = found.measures.iter();
            let mut measures = measures.filter(|one| one.strategy == 1 && one.outcome == label.outcome);
            let measure = measures.find(|one| one.group == label.group).unwrap();
            assert_eq!(measure.estimates[0].1, mean, "{} in setting {cell}", label.written);
        }
    }
}

#[test]
fn a_design_may_follow_the_draws_or_hold_what_is_uncertain() {
    let texts = shipped();
    let study = study(&texts, 5, Design::Random);
    let subject = Subject::Study(&study);
    let inputs = subject.inputs();
    assert!(inputs.len() > 20 && inputs.iter().all(|input| !input.constants.is_empty()));
    let outcomes = ["net-at-horizon:cash".to_owned(), "payback:cash@5".to_owned()];
    let columns = vec![PointColumn::Value("Ring fence strength".to_owned())];
    let drawn = PointMatrix { columns: columns.clone(), values: vec![1.0; 5], others: Others::Drawn };
    let drawn = study.experiment(&outcomes, drawn).unwrap();
    let held = PointMatrix { columns, values: vec![1.0; 5], others: Others::Central };
    let held = study.experiment(&outcomes, held).unwrap();
    let differs = |values: &[f64]| values.iter().any(|value| *value != values[0]);
    assert!(differs(drawn.column(0, 0)) && !differs(held.column(0, 0)));
    let wrong = PointMatrix {
        columns: vec![PointColumn::Position("no such thing".to_owned())],
        values: vec![0.5],
        others: Others::Central,
    };
    assert_eq!(study.experiment(&outcomes, wrong).unwrap_err().iter().next().unwrap().code.0, "T021");
}
