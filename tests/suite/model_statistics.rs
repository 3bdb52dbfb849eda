//! What many draws of the shipped study say of one another, of the central run, and of history.

use engine::sampling::Design;
use wellspring::appraisal::findings::{Comparator, Findings, PriceBase};

use crate::support::{Central, findings, study, with_programmes, with_strategies};

const PLAN: &str =
    "\"Top slice share of the NHS budget\" = 0.01\n\"Share of top slice from growth\" = 0\n\"Ring fence strength\" = 1";

fn series<'a>(
    found: &'a Findings,
    strategy: Option<usize>,
    comparator: Comparator,
    outcome: &str,
    group: &str,
) -> &'a [wellspring::appraisal::statistic::Summary] {
    let series = [PriceBase::None, PriceBase::Real]
        .iter()
        .find_map(|money| found.find(strategy, comparator, outcome, group, "", *money));
    &series.unwrap_or_else(|| panic!("no {outcome} of `{group}`")).years
}

#[test]
fn s1_the_mean_of_the_draws_is_near_the_central_run() {
    // Conferencing and blood pressure, run in each draw as in the study; the draws' own means against central values.
    let programmes = [("E08", 0.1), ("L08", 0.9)];
    let ids: Vec<&str> = programmes.iter().map(|(id, _)| *id).collect();
    let study = study(&with_programmes(&ids), 48, Design::LatinHypercube);
    let mut plan = Central::of(&ids);
    plan.finance(0.005, &programmes).until(10.0);
    let central = plan.run();
    let measured =
        ["Population", "Cumulative programme spending", "Demand[Emergency admissions]", "Cumulative QALYs gained"];
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
    // Spending is the smaller of what money, people and teams allow, and the mean of a smaller one is below the smaller mean.
    assert!(gaps[1] < 0.0 && gaps[1] > -0.15, "spending: {gaps:?}");
    assert!(gaps[2].abs() < 0.01, "admissions: {gaps:?}");
    // What is not spent brings no health, and some draws have no effect; long half-lives make up for a part.
    assert!(gaps[3].abs() < 0.25, "QALYs: {gaps:?}");
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

/// Yearly growth in per cent, with demography, as published: of the last decades, where the mean of the draws must lie, and
/// as far back as there are figures, where nine draws in ten must.
struct Past {
    service: &'static str,
    variable: &'static str,
    lately: (f64, f64),
    ever: (f64, f64),
}

const HISTORY: [Past; 8] = [
    // The King's Fund: type 1 from 2003/04 +1.0 to +2.0, all types from 2009/10 up to +3.0.
    Past {
        service: "A and E attendances",
        variable: "Demand[A and E attendances]",
        lately: (1.0, 3.0),
        ever: (1.0, 3.0),
    },
    // Health Foundation: +2.0 to +4.5 up to 2017/18; Nuffield Trust and National Audit Office: demography alone +0.9.
    Past {
        service: "Emergency admissions",
        variable: "Demand[Emergency admissions]",
        lately: (2.0, 4.5),
        ever: (0.9, 4.5),
    },
    // Totals have grown 2 to 3 %; at the slowest as the population, at the fastest a point above.
    Past { service: "GP consultations", variable: "Demand[GP consultations]", lately: (2.0, 3.0), ever: (0.3, 4.0) },
    // NHS England: people in contact +4 to +8 since 2018/19; slower before.
    Past {
        service: "Mental health contacts",
        variable: "Demand[Mental health contacts]",
        lately: (3.5, 8.0),
        ever: (1.0, 8.0),
    },
    // Beds have been level for years.
    Past {
        service: "Mental health bed days",
        variable: "Demand[Mental health bed days]",
        lately: (-1.0, 1.0),
        ever: (-1.0, 1.5),
    },
    // NHS England: long-term clients -0.6 to +0.6. Fernandez, Snell and Wistow 2013: a quarter fewer from 2005/06 to 2012/13.
    Past {
        service: "Adult social care",
        variable: "Demand[Adult social care clients]",
        lately: (-0.6, 0.6),
        ever: (-4.0, 0.6),
    },
    // Department for Education: level lately, up to +3.5 since 1994, after a fall by nearly a half since 1981.
    Past { service: "Children looked after", variable: "Looked after children", lately: (0.0, 3.5), ever: (-4.5, 3.5) },
    // Ministry of Housing: doubled in twelve years, slower outside London.
    Past {
        service: "Temporary accommodation",
        variable: "Demand[Temporary accommodation households]",
        lately: (2.0, 12.0),
        ever: (2.0, 12.0),
    },
];

#[test]
fn s8_doing_nothing_grows_as_services_have_grown() {
    const DRAWS: u64 = 40;
    let study = study(&with_programmes(&["E08"]), DRAWS, Design::LatinHypercube);
    let mut growth: Vec<Vec<f64>> = vec![Vec::new(); HISTORY.len()];
    for draw in 0..DRAWS {
        let mut nothing = Central::of(&["E08"]);
        for (scalar, value) in study.places[0].draw(draw) {
            nothing.set_scalar(scalar, value);
        }
        let run = nothing.set("Plan switched on", 0.0).until(10.0).run();
        for (growth, past) in growth.iter_mut().zip(&HISTORY) {
            let at = |time| run.at(past.variable, time);
            growth.push(100.0 * ((at(10.0) / at(0.0)).powf(0.1) - 1.0));
        }
    }
    let mut shown = Vec::new();
    let mut wrong = 0;
    for (growth, past) in growth.iter().zip(&HISTORY) {
        let (least, most) = past.ever;
        let inside = growth.iter().filter(|growth| (least..=most).contains(*growth)).count();
        let mean = growth.iter().sum::<f64>() / growth.len() as f64;
        let (low, high) = growth.iter().fold((f64::MAX, f64::MIN), |(low, high), own| (low.min(*own), high.max(*own)));
        wrong += usize::from(inside < 36 || !(past.lately.0..=past.lately.1).contains(&mean));
        let (service, lately, ever) = (past.service, past.lately, past.ever);
        shown.push(format!(
            "{service}: {mean:.2} % a year ({low:.2} to {high:.2}); lately {lately:?}, {inside} of 40 in {ever:?}"
        ));
    }
    println!("{}", shown.join("\n"));
    assert_eq!(wrong, 0, "\n{}", shown.join("\n"));
}
