//! One study as a library call: texts in, findings out, three numbers printed.
//!
//! `cargo run --release --example one_study`
//!
//! The library reads no files of its own accord, so the texts are given to it; here they are those that come with it.

use std::error::Error;

use engine::diagnostic::render_text;
use wellspring::appraisal::findings::Comparator;
use wellspring::appraisal::statistic::Statistic;
use wellspring::study::{Overrides, StudyTexts, prepare};

fn main() -> Result<(), Box<dyn Error>> {
    let texts = StudyTexts::shipped("one-per-cent").map_err(|unknown| unknown.to_string())?;

    // Whatever is wrong with the texts is said here, all at once; after this nothing can fail any more.
    let overrides = Overrides { draws: Some(100), ..Overrides::default() };
    let study = match prepare(&texts, &overrides) {
        Ok((study, _warnings)) => study,
        Err(found) => {
            return Err(render_text(&found, &texts.diagnostic_sources(), false).into());
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
