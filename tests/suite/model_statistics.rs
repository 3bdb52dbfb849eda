//! What many draws of the shipped study say of one another, of the central run, and of history.

use wellspring::appraisal::findings::{Comparator, Findings, PriceBase};
use wellspring::sampling::Design;

use crate::support::{Central, findings, study, with_programmes, with_strategies};

const PLAN: &str = "\"Top slice share of the NHS budget\" = 0.01\n\"Share of top slice from growth\" = 0\n\"Ring fence strength\" = 1";

fn series<'a>(found: &'a Findings, strategy: Option<usize>, comparator: Comparator, outcome: &str, group: &str) -> &'a [wellspring::appraisal::statistic::Summary] {
    let series = [PriceBase::None, PriceBase::Real]
        .iter()
        .find_map(|money| found.find(strategy, comparator, outcome, group, "", *money));
    &series.unwrap_or_else(|| panic!("no {outcome} of `{group}`")).years
}

#[test]
fn s1_the_mean_of_the_draws_is_near_the_central_run_and_nearer_without_the_chance_of_no_effect() {
    // Conferencing and blood pressure, run in each draw as in the study; the draws' own means against central values.
    let programmes = [("E08", 0.1), ("L08", 0.9)];
    let ids: Vec<&str> = programmes.iter().map(|(id, _)| *id).collect();
    let study = study(&with_programmes(&ids), 48, Design::LatinHypercube);
    let mut plan = Central::of(&ids);
    plan.finance(0.005, &programmes).until(10.0);
    let central = plan.run();
    let measured = ["Population", "Cumulative programme spending", "Demand[Emergency admissions]", "Cumulative QALYs gained"];
    let mut means = [0.0; 4];
    for draw in 0..48 {
        let mut drawn = plan.clone();
        for (scalar, value) in study.places[0].draw(draw) {
            drawn.set_scalar(scalar, value);
        }
        // The levers of the plan are decided, not drawn.
        drawn.finance(0.005, &programmes);
        let run = drawn.run();
        for (mean, label) in means.iter_mut().zip(measured) {
            *mean += run.at(label, 10.0) / 48.0;
        }
    }
    let gaps: Vec<f64> = means.iter().zip(measured).map(|(mean, label)| mean / central.at(label, 10.0) - 1.0).collect();
    println!("mean of draws over the central run less 1: {measured:?} {gaps:?}");
    assert!(gaps[0].abs() < 0.005, "residents: {gaps:?}");
    assert!(gaps[1].abs() < 0.1, "spending is held by ceilings, which bend it: {gaps:?}");
    assert!(gaps[2].abs() < 0.02, "admissions: {gaps:?}");
    assert!(gaps[3].abs() < 0.6, "QALYs: {gaps:?}");
}

#[test]
fn s2_common_random_numbers_cut_the_variance_of_a_difference() {
    let found = findings(&with_strategies("", &[("plan", PLAN)]), 128);
    for service in ["Emergency admissions", "GP consultations", "A&E attendances"] {
        let last = |comparator| series(&found, Some(0), comparator, "demand", service)[9].mean.error;
        let (level, paired) = (last(Comparator::Level), last(Comparator::Twin));
        // Apart, the variances of strategy and twin would add up.
        let apart = 2.0 * level * level;
        assert!(paired * paired < 0.02 * apart, "{service}: variance {} paired, {apart} apart", paired * paired);
    }
}

/// Yearly growth in the past, per cent, total with demography, and whose: the least and the most of what is published.
const HISTORY: [(&str, f64, f64); 8] = [
    ("A&E attendances", 0.0, 0.0),
    ("Emergency admissions", 0.0, 0.0),
    ("GP consultations", 0.0, 0.0),
    ("Mental health contacts", 0.0, 0.0),
    ("Mental health bed days", 0.0, 0.0),
    ("Adult social care clients", 0.0, 0.0),
    ("Children looked after", 0.0, 0.0),
    ("Temporary accommodation", 0.0, 0.0),
];

#[test]
fn s8_doing_nothing_grows_as_history_did() {
    let found = findings(&with_strategies("", &[("plan", PLAN)]), 128);
    let mut shown = Vec::new();
    let mut wrong = 0;
    for (service, least, most) in HISTORY {
        let years = series(&found, None, Comparator::Level, "demand", service);
        let growth = |from: f64, to: f64| 100.0 * ((to / from).powf(0.1) - 1.0);
        let mean = growth(years[0].mean.value, years[10].mean.value);
        let (low, high) =
            (growth(years[0].p05.value, years[10].p05.value), growth(years[0].p95.value, years[10].p95.value));
        wrong += usize::from(low.min(high) < least || high.max(low) > most);
        shown.push(format!("{service}: {mean:.2} % a year ({low:.2} to {high:.2}), in the past {least} to {most}"));
    }
    assert_eq!(wrong, 0, "\n{}", shown.join("\n"));
}
