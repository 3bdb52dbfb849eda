//! Whether the shipped model is of the right size: the published base year, and each programme against its own source.

use wellspring::appraisal::findings::{Comparator, PriceBase};

use crate::support::{Central, CentralRun, findings, shipped};

const PROGRAMMES: [&str; 9] = ["H01", "H04", "E01", "E04", "E08", "M01", "M06", "M07", "L08"];

/// NHS England's monthly statistics for 2024/25, Lancashire and South Cumbria.
const PUBLISHED: [(&str, &str, f64); 2] = [
    ("A and E attendances", "A&E attendances", 892_412.0),
    ("Emergency admissions", "Emergency admissions", 218_718.0),
];

/// All the money for one programme, a tenth of the budget moved.
fn alone(programme: &str) -> Central {
    let mut plan = Central::plan();
    plan.set("Top slice share of the NHS budget", 0.1).set("Programme share", 0.0);
    plan.set(&format!("Programme share[{programme}]"), 1.0);
    plan
}

#[test]
fn p2_the_base_year_is_the_published_one_at_central_values() {
    let mut central = Central::new();
    let run = central.save_every(0.0625).run();
    for (service, _, published) in PUBLISHED {
        let year: f64 = run.sum(&format!("Demand[{service},Quintile]")).iter().take(16).sum::<f64>() * 0.0625;
        assert!((year / published - 1.0).abs() < 0.03, "{service}: {year} instead of {published}");
    }
}

#[test]
fn p2_the_base_year_is_the_published_one_in_the_mean_of_the_draws() {
    let found = findings(&shipped(), 256);
    for (_, service, published) in PUBLISHED {
        let series = found.find(None, Comparator::Level, "demand", service, "", PriceBase::None).unwrap();
        assert!(series.base);
        let (mean, error) = (series.years[0].mean.value, series.years[0].mean.error);
        assert!((mean / published - 1.0).abs() < 0.03, "{service}: {mean} (+- {error}) instead of {published}");
    }
}

#[test]
fn each_programme_alone_stays_within_its_eligible_people() {
    for programme in PROGRAMMES {
        let mut plan = alone(programme);
        let covered = plan.constant(&format!("Already covered[{programme}]"));
        let run = plan.save_every(0.0625).run();
        let of = |name: &str| run.sum(&format!("{name}[{programme},Quintile]"));
        let (reached, eligible, inflow, turnover) =
            (of("Reached"), of("Eligible"), of("Newly eligible"), run.sum(&format!("Eligible turnover[{programme}]")));
        for row in 0..run.times.len() {
            // A card whose eligible are there for a moment only (none are waiting) is bounded by those who come.
            let standing = if eligible[row] > 0.0 { eligible[row] } else { inflow[row] / turnover[row] };
            let ceiling = standing * (1.0 - covered);
            assert!(
                reached[row] <= ceiling * (1.0 + 1e-9),
                "{programme} has reached {} of {ceiling} at {}",
                reached[row],
                run.times[row]
            );
        }
        assert!(reached[reached.len() - 1] > 0.0, "{programme} reaches nobody");
        let spent = run.at("Cumulative programme spending", 10.0);
        let paid = run.at("Cumulative paid into prevention", 10.0);
        assert!(spent < paid, "{programme} spends all of {paid}: the ceiling does not bind");
    }
}

/// What a programme avoids in a year at average cost, for each person who shows the full effect, at the prices of the
/// base year: people x (1 - relative risk) x the target group's rate x unit cost, summed over its channels.
fn worth_of_a_person_year(run: &CentralRun, programme: &str) -> f64 {
    let row = run.row(0.0);
    let channels: Vec<String> = run
        .all()
        .filter_map(|(_, label)| Some(label.strip_prefix("Channel value[")?.strip_suffix(']')?.to_owned()))
        .collect();
    assert_eq!(channels.len(), 12);
    channels
        .iter()
        .map(|channel| {
            let at = |name: &str| run.sum(&format!("{name}[{programme},{channel}]"))[row];
            (1.0 - at("Relative risk")) * at("Target group rate") * run.sum(&format!("Channel value[{channel}]"))[row]
        })
        .sum()
}

#[test]
fn early_psychosis_services_save_what_is_published_for_a_user() {
    let run = alone("M06").run();
    let found = worth_of_a_person_year(&run, "M06");
    // 4,031 pounds a user a year (Tsiachristas and others 2016), from fewer bed days and some community care. The card's
    // effect is shrunk for transport and holds bed days only, at today's price of one: a fifth either way is agreement.
    assert!((found / 4031.0 - 1.0).abs() < 0.2, "{found} pounds instead of 4031");
}

#[test]
fn blood_pressure_control_saves_what_is_published_for_a_patient() {
    let run = alone("L08").run();
    let gross = worth_of_a_person_year(&run, "L08");
    let half_life = run.at("Half life[L08,Emergency admission]", 0.0);
    let cost_of_a_year = run.at("Cost per start[L08]", 0.0) * std::f64::consts::LN_2 / half_life;
    let net = gross - cost_of_a_year;
    // The published 13.66 pounds a controlled patient and year are net of finding and treating; ours are net of finding and
    // titrating, spread over the years that control lasts.
    assert!(
        (0.5..2.0).contains(&(net / 13.66)),
        "{net} pounds a year ({gross} less {cost_of_a_year}) instead of 13.66"
    );
}

#[test]
fn conferencing_at_its_sources_own_effect_repays_childrens_services_in_cash() {
    let mut plan = alone("E08");
    // The trial's own 0.81, unshrunk.
    plan.set("Log relative risk[E08,Entry to care]", 0.81f64.ln());
    let mut twin = plan.clone();
    let (run, twin) = (plan.run(), twin.set("Effects on", 0.0).run());
    let label = "Cumulative service cost[Childrens services]";
    let net: Vec<f64> = (1..=20)
        .map(|year| {
            let time = f64::from(year);
            twin.at(label, time) - run.at(label, time) - run.at("Cumulative programme spending[E08]", time)
        })
        .collect();
    let year = (0..net.len()).find(|year| net[*year..].iter().all(|net| *net >= 0.0)).map(|year| year + 1);
    assert!(year.is_some_and(|year| year <= 10), "repays in year {year:?}: {net:?}");
    assert!(net[0] < 0.0, "repays before the first entry to care is avoided: {net:?}");
}
