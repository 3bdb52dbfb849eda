//! P1: the shipped model set back to an earlier year, run forward, and compared with what was published since.

use crate::support::{Central, CentralRun, of_place};
use crate::validation_page::{compare_table, percent, whole};

const QUINTILES: [&str; 5] = ["Q1", "Q2", "Q3", "Q4", "Q5"];
const AGES: [&str; 5] = ["Age 0 to 4", "Age 5 to 17", "Age 18 to 64", "Age 65 to 79", "Age 80 and over"];

/// Published emergency admissions and A&E attendances of 2022/23, 2023/24 and 2024/25: NHS England's monthly statistics.
const ENGLAND: [(&str, [f64; 3]); 2] = [
    ("Emergency admissions", [6_032_680.0, 6_416_584.0, 6_571_072.0]),
    ("A and E attendances", [25_348_842.0, 26_278_922.0, 27_410_390.0]),
];
const LANCASHIRE: [(&str, [f64; 3]); 2] = [
    ("Emergency admissions", [198_087.0, 211_306.0, 218_718.0]),
    ("A and E attendances", [792_827.0, 852_850.0, 892_412.0]),
];

/// The model years of a back-cast from 2015/16: the first is the base year, and 2024/25 is the tenth.
const YEARS: usize = 10;

/// Emergency admissions of England rose from 4.25 million in 2006/07 to 6.02 million in 2017/18, 3.2 % a year, of which
/// size and age of the population make 1.2 % (Health Foundation; Nuffield Trust).
const PUBLISHED_GROWTH: f64 = 0.032;
const PUBLISHED_DEMOGRAPHY: f64 = 0.012;
const ADMISSIONS_2017_18: f64 = 6.02e6;

/// A and E attendances of England rose from 20.5 million in 2009/10 to 24.8 million in 2018/19 (King's Fund).
const ATTENDANCES: (f64, f64) = (20.5e6, 24.8e6);

/// The place as the shipped model has it, with no programme in use.
fn place(id: &str) -> Central {
    let mut central = Central::of_texts(&of_place(id, &["L08"]));
    central.save_every(1.0 / 16.0);
    central
}

/// Demand of each model year, the base year first.
fn demand(run: &CentralRun, service: &str) -> Vec<f64> {
    let steps = run.sum(&format!("Demand[{service},Quintile]"));
    steps.chunks_exact(16).map(|year| year.iter().sum::<f64>() / 16.0).collect()
}

/// The place some years ago: each quintile and age as much smaller as the model makes it grow in as many years from now.
/// The clock keeps its names: model year 1 then stands for the earlier year.
fn set_back(central: &Central, years: f64) -> Central {
    let run = central.run();
    let mut earlier = central.clone();
    for quintile in QUINTILES {
        for age in AGES {
            let people = run.sum(&format!("Population[{quintile},{age}]"));
            let (now, later) = (people[0], people[run.row(years - 1.0)]);
            if later > 0.0 {
                earlier.scale(&format!("Initial residents[{quintile},{age}]"), now / later);
            }
        }
        let people = run.sum(&format!("Residents[{quintile}]"));
        let (now, later) = (people[0], people[run.row(years - 1.0)]);
        if later > 0.0 {
            earlier.scale(&format!("Households at start[{quintile}]"), now / later);
        }
    }
    earlier
}

/// Leads a service by its own level alone: the level of the base year, and the growth of each later year that size and
/// age of the population do not explain.
fn driven(central: &mut Central, service: &str, level: f64, growth: &[f64]) {
    let mut path = vec![(level, level)];
    let mut log = 0.0;
    for rate in growth {
        // The middle of the year stands a year's growth above the middle of the year before.
        path.push((level * (log + rate / 2.0).exp(), level * (log + 1.5 * rate).exp()));
        log += rate;
    }
    central.set(&format!("Trend[{service}]"), 0.0).through(&format!("Local level[{service}]"), &path);
}

/// Error of predictions against what happened, divided as Theil (1966) divides it.
struct Theil {
    /// Root of the mean squared error over the root of the mean squared actual.
    relative: f64,
    /// Shares of the mean squared error: a wrong mean, a wrong spread, and what is not systematic. They sum to 1.
    bias: f64,
    variance: f64,
    covariance: f64,
}

fn theil(predicted: &[f64], actual: &[f64]) -> Theil {
    let count = actual.len() as f64;
    let mean = |values: &[f64]| values.iter().sum::<f64>() / count;
    let (mean_p, mean_a) = (mean(predicted), mean(actual));
    let about = |values: &[f64], mean: f64| values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count;
    let (spread_p, spread_a) = (about(predicted, mean_p).sqrt(), about(actual, mean_a).sqrt());
    let together = predicted.iter().zip(actual).map(|(p, a)| (p - mean_p) * (a - mean_a)).sum::<f64>() / count;
    let error = predicted.iter().zip(actual).map(|(p, a)| (p - a).powi(2)).sum::<f64>() / count;
    let squares = actual.iter().map(|a| a * a).sum::<f64>() / count;
    Theil {
        relative: (error / squares).sqrt(),
        bias: (mean_p - mean_a).powi(2) / error,
        variance: (spread_p - spread_a).powi(2) / error,
        covariance: 2.0 * (spread_p * spread_a - together) / error,
    }
}

#[test]
fn p1_the_parts_of_an_error_are_those_of_theil() {
    // Always too high by the same: all bias. Twice the swing about the same mean: all variance.
    let actual = [1.0, 2.0, 4.0, 3.0];
    let high = theil(&[2.0, 3.0, 5.0, 4.0], &actual);
    assert!((high.bias - 1.0).abs() < 1e-12 && high.variance.abs() < 1e-12 && high.covariance.abs() < 1e-12);
    let wide = theil(&[-0.5, 1.5, 5.5, 3.5], &actual);
    assert!(wide.bias.abs() < 1e-12 && (wide.variance - 1.0).abs() < 1e-12 && wide.covariance.abs() < 1e-12);
    // The swings of another year: all covariance.
    let other = theil(&[3.0, 4.0, 2.0, 1.0], &actual);
    assert!(other.bias.abs() < 1e-12 && other.variance.abs() < 1e-12 && (other.covariance - 1.0).abs() < 1e-12);
    let mixed = theil(&[1.5, 2.1, 5.2, 3.9], &actual);
    assert!((mixed.bias + mixed.variance + mixed.covariance - 1.0).abs() < 1e-12);
    assert!((mixed.relative - ((0.25 + 0.01 + 1.44 + 0.81) / 30.0f64).sqrt()).abs() < 1e-12);
}

#[test]
fn p1_size_and_age_of_the_population_raise_emergency_admissions_of_england_by_1_0_to_1_4_per_cent_a_year() {
    let mut rows = Vec::new();
    for (id, name) in [("england", "England"), ("lancashire-south-cumbria", "Lancashire and South Cumbria")] {
        let mut still = place(id);
        let admissions = demand(&still.set("Trend", 0.0).run(), "Emergency admissions");
        let growth: Vec<f64> = (1..=10).map(|year| admissions[year] / admissions[year - 1] - 1.0).collect();
        if id == "england" {
            assert!(growth.iter().all(|growth| (0.010..=0.014).contains(growth)), "{growth:?}");
        }
        let mean = (admissions[10] / admissions[0]).powf(0.1) - 1.0;
        // The published figure is England's; a place that grows more slowly may lie a little below.
        assert!((0.009..=0.014).contains(&mean), "{id}: {mean}");
        rows.push(vec![name.to_owned(), percent(growth[0], 2), percent(growth[9], 2), percent(mean, 2)]);
    }
    let heading = ["growth a year by size and age alone", "first year", "tenth year", "mean of ten"];
    compare_table("p1-demography", &heading, &rows);
}

/// England from 2015/16 to 2024/25: what the model says of each year.
fn england_from_2015_16() -> [Vec<f64>; 2] {
    let mut earlier = set_back(&place("england"), 9.0);
    let shipped = |service: &str| earlier.constant(&format!("Trend[{service}]"));
    let beyond = ((1.0 + PUBLISHED_GROWTH) / (1.0 + PUBLISHED_DEMOGRAPHY)).ln();
    let mut admissions = vec![beyond; 2];
    admissions.resize(YEARS - 1, shipped("Emergency admissions"));
    let attendances = vec![shipped("A and E attendances"); YEARS - 1];
    let starts = [
        ADMISSIONS_2017_18 / (1.0 + PUBLISHED_GROWTH).powi(2),
        ATTENDANCES.0 * (ATTENDANCES.1 / ATTENDANCES.0).powf(6.0 / 9.0),
    ];
    let mut level = earlier.clone();
    level.set("Local level", 1.0);
    let level = level.run();
    for ((service, _), (start, growth)) in ENGLAND.iter().zip(starts.iter().zip([&admissions, &attendances])) {
        driven(&mut earlier, service, start / demand(&level, service)[0], growth);
    }
    let run = earlier.run();
    [demand(&run, ENGLAND[0].0), demand(&run, ENGLAND[1].0)]
}

#[test]
fn p1_a_back_cast_of_england_from_2015_16_meets_what_was_published_before_2020_and_attendances_after_it() {
    let [admissions, attendances] = england_from_2015_16();
    let near = |value: f64, published: f64, within: f64| {
        assert!((value / published - 1.0).abs() < within, "{value} instead of {published}");
    };
    near(admissions[0], ADMISSIONS_2017_18 / (1.0 + PUBLISHED_GROWTH).powi(2), 1e-3);
    near(admissions[2], ADMISSIONS_2017_18, 0.01);
    near(attendances[3], ATTENDANCES.1, 0.02);
    for (year, published) in ENGLAND[1].1.iter().enumerate() {
        near(attendances[7 + year], *published, 0.05);
    }
    // What the model does not have: a pandemic. The page says so and by how much.
    for (year, published) in ENGLAND[0].1.iter().enumerate() {
        assert!(
            admissions[7 + year] > 1.05 * published,
            "{} against {published}: rewrite the page",
            admissions[7 + year]
        );
    }
    let mut rows = Vec::new();
    for ((service, actual), predicted) in ENGLAND.iter().zip([&admissions, &attendances]) {
        let predicted = &predicted[7..10];
        let parts = theil(predicted, actual);
        assert!((parts.bias + parts.variance + parts.covariance - 1.0).abs() < 1e-9);
        let mut row = vec![service.replace("A and E", "A&E")];
        for (predicted, actual) in predicted.iter().zip(actual) {
            row.push(format!(
                "{:.2} / {:.2} ({})",
                predicted / 1e6,
                actual / 1e6,
                percent(predicted / actual - 1.0, 1)
            ));
        }
        row.push(format!("{:.1} %", 100.0 * parts.relative));
        row.push(format!("{:.2} / {:.2} / {:.2}", parts.bias, parts.variance, parts.covariance));
        rows.push(row);
    }
    let heading = [
        "model / published, million",
        "2022/23",
        "2023/24",
        "2024/25",
        "relative error",
        "bias / variance / covariance",
    ];
    compare_table("p1-england", &heading, &rows);
}

/// The one year that the model misses: attendances of Lancashire and South Cumbria rose by 6 % a year from here to its
/// base year, as they came back after the pandemic, where the model has 1.8 %.
const MISSED: (&str, &str, usize) = ("lancashire-south-cumbria", "A and E attendances", 0);

#[test]
fn p1_set_back_by_its_own_drivers_the_model_meets_all_but_one_of_the_years_before_its_base_year_within_5_per_cent() {
    let mut rows = Vec::new();
    for (id, name, published) in
        [("england", "England", ENGLAND), ("lancashire-south-cumbria", "Lancashire and South Cumbria", LANCASHIRE)]
    {
        let mut earlier = set_back(&place(id), 2.0);
        for (service, _) in published {
            let trend = earlier.constant(&format!("Trend[{service}]"));
            let level = earlier.constant(&format!("Local level[{service}]"));
            driven(&mut earlier, service, level * (-2.0 * trend).exp(), &[trend; 2]);
        }
        let run = earlier.run();
        for (service, actual) in published {
            let predicted = demand(&run, service);
            let mut row = vec![name.to_owned(), service.replace("A and E", "A&E")];
            for year in 0..3 {
                let error = predicted[year] / actual[year] - 1.0;
                let shown = format!("{name}, {service}, year {year}: {} and {}", predicted[year], actual[year]);
                if (id, service, year) == MISSED {
                    assert!(error > 0.05, "{shown}: the page says that this year is missed");
                } else {
                    assert!(error.abs() < 0.05, "{shown}");
                }
                row.push(format!("{} / {} ({})", whole(predicted[year]), whole(actual[year]), percent(error, 1)));
            }
            rows.push(row);
        }
    }
    compare_table("p1-own", &["place", "model / published", "2022/23", "2023/24", "2024/25 (calibrated)"], &rows);
}

#[test]
fn p1_existing_prevention_erodes_without_a_plan_and_less_than_it_has_since_2015_16() {
    let run = set_back(&place("lancashire-south-cumbria"), 9.0).run();
    let per_head = |time: f64| run.at("Prevention base", time) / run.at("All residents", time);
    let (from, to) = (run.row(-1.0), run.row(8.0));
    let eroded = per_head(run.times[to]) / per_head(run.times[from]) - 1.0;
    // Published: -28 % real a head from 2015/16 to 2024/25 (Health Foundation), decided nationally.
    assert!((-0.28..-0.05).contains(&eroded), "{eroded} a head");
    let lost = 0.28 * run.at("Prevention base", -1.0) / run.at("Cost per QALY of existing prevention", 0.0);
    let rows = vec![
        vec!["real fall a head, 2015/16 to 2024/25".to_owned(), percent(eroded, 0), percent(-0.28, 0)],
        vec![
            "QALYs a year that the fall costs, top down".to_owned(),
            whole(run.at("QALYs lost with existing prevention", 8.0)),
            whole(lost),
        ],
    ];
    compare_table("p1-grant", &["Lancashire and South Cumbria", "model", "published driver"], &rows);
}
