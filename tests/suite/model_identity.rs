//! What must hold exactly in the shipped model and study: equilibrium, nothing for nothing, people and money conserved.

use engine::sampling::Design;
use engine::structure::VariableKind;
use wellspring::appraisal::findings::{Comparator, PriceBase};
use wellspring::appraisal::statistic::Statistic;

use crate::support::{Central, CentralRun, findings, is_always, patched, series_of, shipped, study, with_strategies};

/// Sums since the start, which grow by the same amount each year when nothing changes.
const LEDGERS: [&str; 16] = [
    "Cumulative service cost",
    "Accumulated deficit",
    "Cumulative programme spending",
    "Cumulative activity avoided",
    "Cumulative capacity released",
    "Cumulative QALYs gained",
    "Cumulative QALYs displaced",
    "Cumulative raided",
    "Cumulative underspend",
    "Cumulative paid into prevention",
    "Cumulative unmet need",
    "Cumulative reinvested",
    "Cumulative budget",
    "Cumulative allocation",
    "Cumulative other NHS cost",
    "Balance",
];

/// Financing of every kind.
const FINANCING: [(&str, &str); 5] = [
    ("base", "\"Share of top slice from growth\" = 0\n\"Ring fence strength\" = 1"),
    ("growth", "\"Share of top slice from growth\" = 1\n\"Ring fence strength\" = 1"),
    ("half", "\"Share of top slice from growth\" = 0.5\n\"Ring fence strength\" = 0.5"),
    ("unprotected", "\"Share of top slice from growth\" = 1\n\"Ring fence strength\" = 0"),
    (
        "reinvested",
        "\"Share of top slice from growth\" = 0\n\"Ring fence strength\" = 1\n\"Share of realised savings reinvested\" = 1",
    ),
];

/// Constants that turn off everything that programmes do.
const NO_EFFECT: [&str; 8] = [
    "Log relative risk",
    "QALY gain",
    "Homes made safe per start",
    "Children helped per start",
    "Courses begun per start",
    "People lifted per start",
    "Cases found per start",
    "Follow on cost",
];

fn financed(top_slice: &str) -> Vec<(&'static str, String)> {
    FINANCING
        .iter()
        .map(|(id, levers)| (*id, format!("\"Top slice share of the NHS budget\" = {top_slice}\n{levers}")))
        .collect()
}

fn borrowed<'a>(strategies: &'a [(&'a str, String)]) -> Vec<(&'a str, &'a str)> {
    strategies.iter().map(|(id, levers)| (*id, levers.as_str())).collect()
}

/// The first variables in which two runs are not the same to the bit, but for those named.
fn differences(one: &CentralRun, other: &CentralRun, but: &[&str]) -> Vec<String> {
    one.all()
        .filter(|(_, label)| !but.iter().any(|name| label.split('[').next() == Some(*name)))
        .filter(|(scalar, _)| {
            let bits = |run: &CentralRun| run.scalar(*scalar).iter().map(|value| value.to_bits()).collect::<Vec<_>>();
            bits(one) != bits(other)
        })
        .map(|(_, label)| label)
        .take(20)
        .collect()
}

#[test]
fn e1_in_equilibrium_every_stock_stands_still_for_fifty_years() {
    let mut still = Central::new();
    still
        .set("Demography on", 0.0)
        .set("Trend on", 0.0)
        .set("Recovery on", 0.0)
        .set("Plan switched on", 0.0)
        .until(49.0);
    let run = still.run();
    let last = run.times.len() - 1;
    assert_eq!((run.times[0], run.times[last]), (-1.0, 49.0));
    let mut moved = Vec::new();
    let (mut stocks, mut ledgers, mut growing) = (0, 0, 0);
    for (scalar, label) in run.all() {
        let variable = &run.structure.variables[run.structure.scalars[scalar.0 as usize].variable.0 as usize];
        if variable.kind != VariableKind::Stock {
            continue;
        }
        let values = run.scalar(scalar);
        if LEDGERS.iter().any(|name| variable.name.spelling() == *name) {
            ledgers += 1;
            let yearly = values[1] - values[0];
            growing += usize::from(yearly != 0.0);
            for (year, value) in values.iter().enumerate() {
                if (value - yearly * year as f64).abs() > 1e-9 * (yearly * year as f64).abs() {
                    moved.push(format!("{label} is {value} after {year} years at {yearly} a year"));
                    break;
                }
            }
        } else {
            stocks += 1;
            // Sums of flows that cancel begin with nothing, and keep to it but for rounding.
            let least = if variable.name.spelling().ends_with(" change") { 1e-9 } else { 0.0 };
            if let Some(value) = values.iter().find(|value| (*value - values[0]).abs() > 1e-9 * values[0].abs() + least)
            {
                moved.push(format!("{label} starts at {} and comes to {value}", values[0]));
            }
        }
    }
    assert!(moved.is_empty(), "{}", moved.join("\n"));
    assert!(stocks > 1000 && ledgers > 50 && growing > 10, "{stocks} stocks, {ledgers} ledgers, {growing} growing");
}

#[test]
fn e1_with_demography_and_trends_the_same_stocks_do_move() {
    let run = Central::new().run();
    for label in ["Population", "Looked after children", "Untreated distress", "Latent need", "Felt pressure"] {
        let values = run.sum(label);
        assert!((values[21] - values[0]).abs() > 1e-3 * values[0].abs(), "{label} stands still at {}", values[0]);
    }
}

#[test]
fn e2_a_shift_of_nothing_is_doing_nothing_in_every_draw_and_outcome() {
    let strategies = financed("0");
    let found = findings(&with_strategies("", &borrowed(&strategies)), 96);
    assert!(found.faults.is_empty(), "{:?}", found.faults);
    for strategy in 0..strategies.len() {
        let (mut checked, mut levels) = (0, 0);
        for comparator in [Comparator::Twin, Comparator::Financing, Comparator::DoNothing] {
            for series in series_of(&found, strategy, comparator) {
                assert!(is_always(series, 0.0), "{:?}", series.key);
                checked += 1;
            }
        }
        for series in series_of(&found, strategy, Comparator::Level) {
            let mut key = series.key.clone();
            key.strategy = None;
            if let Some(nothing) = found.series.iter().find(|other| other.key == key) {
                let skipped = usize::from(nothing.base);
                let same = series.years.iter().zip(&nothing.years[skipped..]).all(|(own, other)| {
                    own.rows().iter().zip(other.rows()).all(|((_, a), (_, b))| a.value.to_bits() == b.value.to_bits())
                });
                assert!(same, "{key:?}");
                levels += 1;
            }
        }
        assert!(checked > 150 && levels > 20, "{checked} differences and {levels} levels are too few to mean anything");
    }
}

#[test]
fn e2_a_shift_of_nothing_changes_no_variable_of_the_model() {
    let mut nothing = Central::new();
    nothing.set("Plan switched on", 0.0);
    let nothing = nothing.run();
    for (growth, fence) in [(0.0, 1.0), (1.0, 1.0), (0.5, 0.5), (1.0, 0.0)] {
        let mut plan = Central::new();
        plan.set("Share of top slice from growth", growth).set("Ring fence strength", fence);
        // The levers themselves, and the share that a raid would take of a plan that is not there.
        let but = ["Plan switched on", "Share of top slice from growth", "Ring fence strength", "Raid rate"];
        assert_eq!(differences(&nothing, &plan.run(), &but), Vec::<String>::new(), "growth {growth}, fence {fence}");
    }
}

#[test]
fn e3_people_are_born_die_move_and_nothing_else() {
    let mut run = Central::plan();
    run.save_every(0.0625);
    let run = run.run();
    for quintile in ["Q1", "Q2", "Q3", "Q4", "Q5"] {
        let of = |name: &str| run.sum(&format!("{name}[{quintile}]"));
        let (residents, births, deaths, moved) = (of("Population"), of("Births"), of("Deaths"), of("Net migration"));
        let mut expected = residents[0];
        for row in 0..run.times.len() {
            assert!((residents[row] - expected).abs() < 1e-8 * residents[row], "{quintile} at {}", run.times[row]);
            expected += 0.0625 * (births[row] - deaths[row] + moved[row]);
        }
        assert!(residents[residents.len() - 1] != residents[0]);
        assert!(of("People audit").iter().all(|audit| audit.abs() < 1e-8));
    }
}

#[test]
fn e4_every_pound_of_the_plan_is_somewhere() {
    let mut plan = Central::plan();
    plan.set("Share of top slice from growth", 0.5).set("Ring fence strength", 0.5).save_every(0.0625);
    let run = plan.run();
    let columns = |name: &str| run.sum(name);
    let nhs = ["NHS commissioner", "NHS acute", "NHS mental health", "NHS primary and community"];
    let of_nhs = |name: &str| {
        nhs.iter()
            .map(|payer| columns(&format!("{name}[{payer}]")))
            .fold(vec![0.0; run.times.len()], |sum, own| sum.iter().zip(own).map(|(sum, own)| sum + own).collect())
    };
    // What comes in and what goes out, from the flows themselves rather than from the model's own sums.
    let (allocation, services, other) = (columns("NHS allocation"), of_nhs("Service cost"), columns("Other NHS cost"));
    let (spending, deficit, fund) = (
        columns("Programme spending"),
        columns("Accumulated deficit"),
        // What is clawed back when a year ends is somewhere too, until it is used.
        columns("Prevention fund").iter().zip(columns("Money clawed back")).map(|(a, b)| a + b).collect::<Vec<f64>>(),
    );
    let (mut sources, mut uses) = (0.0, 0.0);
    for row in 0..run.times.len() {
        let gap = sources + deficit[row] - uses - fund[row];
        assert!(gap.abs() <= 1e-9 * (sources + 1.0), "{gap} pounds of {sources} are lost by {}", run.times[row]);
        sources += 0.0625 * allocation[row];
        uses += 0.0625 * (services[row] + other[row] + spending[row]);
    }
    assert!(spending.iter().sum::<f64>() > 0.0 && fund.iter().any(|fund| *fund > 0.0));
    assert!(columns("Raided").iter().sum::<f64>() > 0.0);
}

#[test]
fn e3_e4_people_and_money_are_accounted_for_in_every_arm_and_draw() {
    let found = findings(&shipped(), 128);
    assert!(found.faults.is_empty(), "{:?}", found.faults);
    assert_eq!((found.draws, found.draws_left_out, found.runs), (128, 0, 128 * 11));
}

#[test]
fn e3_e4_a_leak_of_people_or_money_is_a_fault() {
    for (old, new, audit) in [
        (
            "INTEG(Ageing in[Quintile,Age] - Ageing out[Quintile,Age] - Deaths[Quintile,Age]",
            "INTEG(Ageing in[Quintile,Age] - Ageing out[Quintile,Age] - 0.99*Deaths[Quintile,Age]",
            "People audit",
        ),
        ("INTEG(NHS deficit in the year, 0)", "INTEG(0.99*NHS deficit in the year, 0)", "Money audit"),
        (
            "INTEG(Budget[Payer] - Service cost[Payer] - Reinvested[Payer] - Debt",
            "INTEG(Budget[Payer] - 0.999*Service cost[Payer] - Reinvested[Payer] - Debt",
            "Payer audit",
        ),
        (
            "INTEG(Paid into prevention - SUM(Programme spending[Programme!]) - Returned unspent, 0)",
            "INTEG(Paid into prevention - SUM(Programme spending[Programme!]) - 0.99*Returned unspent, 0)",
            "Fund audit",
        ),
        ("INTEG(Programme spending[Programme], 0)", "INTEG(0.99*Programme spending[Programme], 0)", "Purse audit"),
    ] {
        let mut texts = shipped();
        texts.model = patched(&texts.model, old, new);
        let found = findings(&texts, 2);
        assert!(found.faults.iter().any(|fault| fault.variable == audit), "{audit}: {:?}", found.faults);
    }
}

#[test]
fn e5_without_effects_the_return_is_exactly_nothing_and_the_net_is_what_was_spent() {
    let none: String = NO_EFFECT.iter().map(|name| format!("\"{name}\" = 0\n")).collect();
    let mut strategies = financed("[{ from = 1, value = 0.01, ramp_years = 2 }]");
    strategies.iter_mut().for_each(|(_, levers)| levers.push_str(&format!("\n{none}")));
    let found = findings(&with_strategies("", &borrowed(&strategies)), 64);
    assert!(found.faults.is_empty(), "{:?}", found.faults);
    for strategy in 0..strategies.len() {
        let mut checked = 0;
        for series in series_of(&found, strategy, Comparator::Twin) {
            let outcome = series.key.outcome.as_str();
            if !["net", "cumulative-net", "net-present"].contains(&outcome) && !outcome.starts_with("organisation-") {
                assert!(is_always(series, 0.0), "{:?}", series.key);
                checked += 1;
            }
        }
        assert!(checked > 100, "only {checked} series");
        // What organisations have is what they pay in, and no more.
        let money = PriceBase::Nominal;
        let sum = |comparator, outcome: &str, group: &str| -> f64 {
            let series = found.find(Some(strategy), comparator, outcome, group, "", money).unwrap();
            series.years.iter().map(|year| year.mean.value).sum()
        };
        let have: f64 = found.organisations.iter().map(|one| sum(Comparator::Twin, "organisation-net", &one.id)).sum();
        let paid = sum(Comparator::Level, "paid-in", "");
        assert!((have + paid).abs() <= 1e-9 * paid.abs(), "{have} and {paid}");
        let find = |comparator, outcome: &str, group: &str, money| {
            found.find(Some(strategy), comparator, outcome, group, "", money).unwrap()
        };
        let present = find(Comparator::Twin, "net-present", "cash", PriceBase::Real);
        let real = find(Comparator::Level, "programme-spending", "", PriceBase::Real);
        for (year, (present, spent)) in present.years.iter().zip(&real.years).enumerate() {
            let expected = -spent.mean.value / 1.035f64.powi(year as i32);
            assert!(
                (present.mean.value - expected).abs() < 1e-9 * spent.mean.value,
                "year {year}: {}",
                present.mean.value
            );
        }
        for perspective in ["cash", "fiscal"] {
            let net = find(Comparator::Twin, "net", perspective, PriceBase::Nominal);
            let spent = find(Comparator::Level, "programme-spending", "", PriceBase::Nominal);
            for (net, spent) in net.years.iter().zip(&spent.years) {
                assert!(spent.mean.value > 0.0);
                let gap = net.mean.value + spent.mean.value;
                // Each draw is exact (below); the mean is taken before prices here and after them there.
                assert!(gap.abs() < 1e-12 * spent.mean.value, "{perspective} of strategy {strategy}: {gap}");
            }
        }
    }
    assert!(found.payback.iter().all(|payback| payback.median_year.is_none()));
    assert!(found.payback.iter().flat_map(|payback| &payback.by_year).all(|year| year.value == 0.0));
}

#[test]
fn e5_without_effects_each_draw_loses_exactly_what_it_spent() {
    let none: String = NO_EFFECT.iter().map(|name| format!("\"{name}\" = 0\n")).collect();
    let mut strategies = financed("0.01");
    strategies.iter_mut().for_each(|(_, levers)| levers.push_str(&format!("\n{none}")));
    let mut texts = with_strategies("", &borrowed(&strategies));
    for seed in 0..2 {
        texts.scenario =
            patched(&with_strategies("", &borrowed(&strategies)).scenario, "seed = 2025", &format!("seed = {seed}"));
        let found = findings(&texts, 1);
        for strategy in 0..strategies.len() {
            let mean = |comparator, outcome: &str, group: &str| -> Vec<f64> {
                let series = found.find(Some(strategy), comparator, outcome, group, "", PriceBase::Nominal).unwrap();
                series.years.iter().map(|year| year.mean.value).collect()
            };
            let minus: Vec<f64> = mean(Comparator::Level, "programme-spending", "").iter().map(|x| -x).collect();
            assert!(minus.iter().all(|year| *year < 0.0));
            assert_eq!(mean(Comparator::Twin, "net", "cash"), minus);
            assert_eq!(mean(Comparator::Twin, "net", "fiscal"), minus);
        }
    }
}

#[test]
fn e5_effects_of_nothing_and_effects_switched_off_are_the_same_run() {
    let mut off = Central::plan();
    off.set("Effects on", 0.0);
    let mut none = Central::plan();
    NO_EFFECT.iter().for_each(|name| {
        none.set(name, 0.0);
    });
    let but: Vec<&str> = NO_EFFECT.iter().copied().chain(["Effects on", "Relative risk"]).collect();
    let (off, none) = (off.run(), none.run());
    let same = |one: &CentralRun, other: &CentralRun| {
        one.all()
            .filter(|(_, label)| !but.iter().any(|name| label.split('[').next() == Some(*name)))
            // By value: 0 and -0 are the same amount.
            .filter(|(scalar, _)| one.scalar(*scalar) != other.scalar(*scalar))
            .map(|(_, label)| label)
            .collect::<Vec<_>>()
    };
    assert_eq!(same(&off, &none), Vec::<String>::new());
    assert!(!same(&off, &Central::plan().run()).is_empty(), "the effects themselves change nothing");
}

#[test]
fn e14_without_discounting_the_social_net_is_the_plain_sum() {
    let mut texts = shipped();
    texts.scenario = patched(&texts.scenario, "cost = 0.035\nhealth = 0.015", "cost = 0\nhealth = 0");
    let found = findings(&texts, 16);
    let discounted = findings(&shipped(), 16);
    for strategy in 0..found.strategies.len() {
        let total = |comparator, outcome: &str, payer: &str, money| -> f64 {
            let series = found.find(Some(strategy), comparator, outcome, "", payer, money).unwrap();
            series.years.iter().map(|year| year.mean.value).sum()
        };
        let twin = Comparator::Twin;
        // All payers but Work and pensions, whose savings are transfers.
        let cost = total(twin, "service-cost", "", PriceBase::Real)
            - total(twin, "service-cost", "Work and pensions", PriceBase::Real);
        let expected = 70000.0 * total(twin, "qalys-gained", "", PriceBase::None)
            + total(twin, "capacity-released", "", PriceBase::Real)
            - cost
            - total(Comparator::Level, "programme-spending", "", PriceBase::Real);
        let net = |found: &wellspring::appraisal::findings::Findings| {
            let measure = found.measure(strategy, twin, "net-at-horizon", "social").unwrap();
            measure.estimate(Statistic::Mean).unwrap().value
        };
        assert!((net(&found) - expected).abs() < 1e-9 * expected.abs(), "{} instead of {expected}", net(&found));
        assert_ne!(net(&found), net(&discounted));
    }
}

#[test]
fn a_lever_of_every_run_is_not_drawn() {
    let texts = with_strategies("\"Backfill\" = 0.25", &[("base", "\"Top slice share of the NHS budget\" = 0.01")]);
    let study = study(&texts, 4, Design::Random);
    let backfill = crate::support::scalars(&study.places[0].structure, "Backfill")[0];
    assert!((0..4).all(|draw| study.places[0].draw(draw).iter().all(|(scalar, _)| *scalar != backfill)));
    let drawn = crate::support::study(&shipped(), 4, Design::Random);
    assert!(drawn.places[0].draw(0).iter().any(|(scalar, _)| *scalar == backfill), "the evidence holds it uncertain");
}
