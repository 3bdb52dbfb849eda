//! One study as a library call: texts in, findings out, three numbers printed.
//!
//! `cargo run --release --example one_study`
//!
//! The library reads no files of its own accord, so the texts are given to it; here they are the shipped ones.

use std::error::Error;
use std::fs;
use std::path::Path;

use engine::diagnostic::{Sources, render_text};
use wellspring::appraisal::findings::Comparator;
use wellspring::appraisal::statistic::Statistic;
use wellspring::study::{Overrides, StudyTexts, Text, prepare};

fn main() -> Result<(), Box<dyn Error>> {
    let texts = StudyTexts {
        scenario: text("scenarios/one-per-cent.toml")?,
        model: text("models/prevention.mdl")?,
        accounts: text("models/prevention.toml")?,
        evidence: evidence()?,
        country: None,
        sources: text("evidence/sources.toml")?,
        deflators: text("evidence/deflators.toml")?,
    };

    // Whatever is wrong with the texts is said here, all at once; after this nothing can fail any more.
    let overrides = Overrides { draws: Some(100), ..Overrides::default() };
    let study = match prepare(&texts, &overrides) {
        Ok((study, _warnings)) => study,
        Err(found) => {
            let mut sources = Sources::new();
            for text in texts.all() {
                sources.add(&text.file, &text.content);
            }
            return Err(render_text(&found, &sources, false).into());
        }
    };
    let findings = study.run(&|_draws_done| ());

    // The return of the first strategy: what it gives that its twin, the same money without effects, does not.
    let strategy = 0;
    let mean = |outcome: &str, group: &str| {
        findings
            .measure(strategy, Comparator::Twin, outcome, group)
            .and_then(|measure| measure.estimate(Statistic::Mean))
            .map_or(f64::NAN, |estimate| estimate.value)
    };
    let paid_back = findings
        .payback
        .iter()
        .find(|payback| payback.strategy == strategy && payback.perspective == "cash")
        .and_then(|payback| payback.by_year.last())
        .map_or(f64::NAN, |by_horizon| by_horizon.value);
    println!("{}, {} draws", findings.strategies[strategy].name, findings.draws);
    println!("QALYs gained over {} years: {:.0}", findings.horizon, mean("total-qalys-gained", ""));
    println!("net cash at the horizon:   {:.0} million pounds", mean("net-at-horizon", "cash") / 1e6);
    println!("chance of cash payback:    {paid_back:.2}");
    Ok(())
}

fn text(file: &str) -> Result<Text, Box<dyn Error>> {
    let content = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file))?;
    Ok(Text::new(file, &content))
}

/// The system file, and every place and programme card.
fn evidence() -> Result<Vec<Text>, Box<dyn Error>> {
    let mut texts = vec![text("evidence/system.toml")?];
    for folder in ["evidence/places", "evidence/programmes"] {
        let mut names = Vec::new();
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))? {
            names.push(format!("{folder}/{}", entry?.file_name().to_string_lossy()));
        }
        names.sort();
        for name in names {
            texts.push(text(&name)?);
        }
    }
    Ok(texts)
}
