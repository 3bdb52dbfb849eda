//! The shipped model where the answer is known: coverage at its ceiling on every channel, loans without savings, programmes
//! twice, quintiles alike, effects that last, and lags of either order.

use std::collections::HashMap;

use engine::structure::{Rule, ScalarId, VariableKind};
use wellspring::appraisal::findings::PriceBase;
use wellspring::study::Text;

use crate::support::{Central, CentralRun, findings, with_copy_of_card, with_programmes, with_strategies};

const STEP: f64 = 0.0625;

/// Every channel through which prevention acts.
const CHANNELS: [&str; 12] = [
    "A and E use",
    "Emergency admission",
    "Emergency admission at 0 to 2",
    "Emergency admission at 5 to 10",
    "Emergency admission at 11 to 15",
    "GP consultation",
    "Mental health contact",
    "Mental health bed day",
    "Adult social care need",
    "Entry to care",
    "Temporary accommodation",
    "Death",
];

const QUINTILES: [&str; 5] = ["Q1", "Q2", "Q3", "Q4", "Q5"];

/// Variables that are no number at some time, and stocks below nothing.
fn nonsense(run: &CentralRun) -> Vec<String> {
    let mut found = Vec::new();
    for (scalar, label) in run.all() {
        let variable = &run.structure.variables[run.structure.scalars[scalar.0 as usize].variable.0 as usize];
        let values = run.scalar(scalar);
        let scale = values.iter().fold(1.0, |most: f64, value| most.max(value.abs()));
        let least = variable.bounds.0.filter(|_| variable.kind == VariableKind::Stock);
        let wrong = |value: &f64| !value.is_finite() || least.is_some_and(|least| *value < least - 1e-9 * scale);
        if let Some(row) = values.iter().position(wrong) {
            found.push(format!("{label} is {} at {}", values[row], run.times[row]));
        }
    }
    found.truncate(8);
    found
}

#[test]
fn e7_on_every_channel_no_more_is_avoided_than_can_be() {
    let mut plan = Central::plan_of(0.5, &[("H01", 0.5), ("L08", 0.5)]);
    // Effects that would empty every service if nothing held them.
    plan.set("Log relative risk", -2.0).set("Target group rate", 50.0).set("Lag", 0.5);
    plan.set("Cases found per start", 0.0);
    let run = plan.run();
    assert_eq!(nonsense(&run), Vec::<String>::new());
    for channel in CHANNELS {
        let most = plan.constant(&format!("Avoidable share[{channel}]"));
        let mut met = 0;
        for quintile in QUINTILES {
            let of = |name: &str| run.sum(&format!("{name}[{channel},{quintile}]"));
            for (avoided, used) in of("Use avoided").iter().zip(of("Channel use")) {
                assert!(*avoided <= most * used * (1.0 + 1e-12), "{channel} of {quintile}: {avoided} of {used}");
                met += usize::from(*avoided > most * used * (1.0 - 1e-9));
            }
        }
        assert!(met > 50, "the ceiling of {channel} binds {met} times only");
    }
}

#[test]
fn e7_programmes_that_look_for_the_same_people_reach_them_once() {
    for (group, programmes) in [
        ("Falls", vec![("H04", 0.3), ("H05", 0.4), ("L09", 0.3)]),
        ("Family support", vec![("E01", 0.3), ("E03", 0.2), ("E04", 0.3), ("E06", 0.2)]),
        ("Advice", vec![("W01", 0.5), ("W02", 0.5)]),
    ] {
        let mut plan = Central::plan_of(1.0, &programmes);
        plan.set("Time to build capacity", 0.1).set("Uptake of offer", 1.0).set("Uptake gradient", 1.0);
        plan.scale("Unit cost", 0.01);
        let run = plan.run();
        assert_eq!(nonsense(&run), Vec::<String>::new());
        for quintile in QUINTILES {
            for year in 0..=20 {
                let at = |label: String| run.at(&label, f64::from(year));
                let reached: f64 = programmes
                    .iter()
                    .map(|(id, _)| {
                        at(format!("In overlap group[{id},{group}]")) * at(format!("Reached[{id},{quintile}]"))
                    })
                    .sum();
                let ceilings = programmes.iter().map(|(id, _)| {
                    at(format!("Eligible[{id},{quintile}]")) * (1.0 - at(format!("Already covered[{id}]")))
                });
                let ceiling = ceilings.fold(0.0, f64::max);
                assert!(reached <= 1.03 * ceiling, "{group} in {quintile}: {reached} of {ceiling} in year {year}");
            }
        }
        let separate = {
            let mut separate = plan.clone();
            separate.set("Overlap", 0.0);
            separate.run()
        };
        let all = |run: &CentralRun| run.at("Reached", 10.0);
        assert!(all(&run) < 0.95 * all(&separate), "{group}: {} against {}", all(&run), all(&separate));
    }
}

#[test]
fn e7_a_programme_shares_with_a_group_those_of_its_starts_that_are_its_people() {
    // In 1,000 health checks 38 people with high blood pressure are found, whom the search for them need not find again.
    let mut plan = Central::plan_of(0.02, &[("L07", 0.7), ("L08", 0.3)]);
    plan.set("Overlap", 1.0);
    let share = plan.constant("In overlap group[L07,Blood pressure]");
    assert_eq!((share, plan.constant("In overlap group[L08,Blood pressure]")), (0.038, 1.0));
    let run = plan.run();
    for quintile in QUINTILES {
        let of = |name: &str, programme: &str| run.sum(&format!("{name}[{programme},{quintile}]"));
        for (checks, others) in of("Reached", "L07").iter().zip(of("Reached by others", "L08")) {
            assert!((others - share * checks).abs() <= 1e-9 * checks, "{others} of {checks} checks");
        }
        for (searches, others) in of("Reached", "L08").iter().zip(of("Reached by others", "L07")) {
            assert!((others - share * searches).abs() <= 1e-9 * searches, "{others} of {searches} found");
        }
    }
    let paid = |programme: &str| run.at(&format!("Starts paid for[{programme}]"), 5.0);
    let (checks, searches) = (share * paid("L07"), paid("L08"));
    let offers = run.at("Share of offers[L08]", 5.0);
    assert!((offers - searches / (searches + checks)).abs() < 1e-9, "{offers}");
    // All but 3.8 % of those to be checked are nobody else's.
    let offers = run.at("Share of offers[L07]", 5.0);
    assert!((offers - (1.0 - share * searches / (searches + checks))).abs() < 1e-9, "{offers}");
    assert!(run.at("Reached[L07]", 5.0) > 1000.0 && run.at("Reached[L08]", 5.0) > 100.0);
}

#[test]
fn e8_without_staff_no_bed_is_open_and_no_team_is_built() {
    let mut none = Central::plan_of(0.01, &[("H01", 0.5), ("E08", 0.5)]);
    none.set("Shared staff at start", 0.0);
    let run = none.run();
    assert_eq!(nonsense(&run), Vec::<String>::new());
    for name in ["Staffed beds", "Admissions", "Delivery capacity", "Starts", "Programme spending"] {
        assert!(run.sum(name).iter().all(|value| *value == 0.0), "{name}: {:?}", run.sum(name));
    }
    let (wanted, unmet) = (run.sum("Admissions wanted"), run.sum("Unmet need"));
    assert!(wanted.iter().zip(&unmet).all(|(wanted, unmet)| *wanted > 0.0 && wanted == unmet));
}

#[test]
fn e8_a_place_without_beds_admits_nobody_and_the_list_grows_in_a_line() {
    let mut none = Central::of(&["E08"]);
    none.set("Staffed beds at start", 0.0).set("Demography on", 0.0).set("Trend on", 0.0);
    // Nobody is sent home too soon where nobody is admitted; those of the season before would bend the line a little.
    none.set("Crowding on", 0.0);
    let run = none.run();
    assert_eq!(nonsense(&run), Vec::<String>::new());
    assert!(run.sum("Admissions").iter().all(|admitted| *admitted == 0.0));
    let (wanted, list) = (run.at("Admissions wanted", 0.0), run.sum("Cumulative unmet need"));
    assert!(wanted > 1e5);
    for (year, waiting) in list.iter().enumerate() {
        let expected = wanted * year as f64;
        assert!((waiting - expected).abs() <= 1e-9 * expected, "{waiting} after {year} years instead of {expected}");
    }
}

#[test]
fn e9_each_service_loses_what_it_had_when_prevention_stops() {
    let programmes = [("E04", 0.3), ("M01", 0.3), ("L08", 0.2), ("H04", 0.2)];
    let mut plan = Central::plan_of(0.01, &programmes);
    let path: Vec<f64> = (0..21).map(|year| if (1..=3).contains(&year) { 0.01 } else { 0.0 }).collect();
    plan.yearly("Top slice share of the NHS budget", &path);
    let run = plan.run();
    for service in ["A and E attendances", "GP consultations", "Mental health contacts"] {
        let avoided = run.sum(&format!("Avoided[{service},Quintile]"));
        let peak = avoided.iter().fold(0.0, |most: f64, value| most.max(value.abs()));
        assert!(peak > 0.0 && avoided[21].abs() < 0.5 * peak, "{service}: {avoided:?}");
    }
    let capacity = run.sum("Delivery capacity");
    let (stopped, year_later) = (capacity[run.row(3.0)], capacity[run.row(4.0)]);
    assert!(year_later > 0.0 && year_later < 0.3 * stopped, "teams do not lag the money: {capacity:?}");
}

/// A plan wholly borrowed, for the first three years, none of which is clawed back.
fn borrowed() -> Central {
    let mut plan = Central::plan_of(0.01, &[("E08", 0.5), ("M01", 0.5)]);
    plan.set("Loan share of plan", 1.0).set("Share of underspend carried over", 1.0);
    let path: Vec<f64> = (0..21).map(|year| if (1..=3).contains(&year) { 0.01 } else { 0.0 }).collect();
    plan.yearly("Top slice share of the NHS budget", &path);
    plan
}

#[test]
fn e13_a_loan_without_savings_grows_at_interest_and_is_found_in_default() {
    let mut plan = borrowed();
    plan.set("Effects on", 0.0);
    let rate = plan.constant("Loan interest rate");
    let run = plan.run();
    let balance = run.sum("Loan balance");
    let yearly = (1.0 + rate * STEP).powi(16);
    for year in 4..=20 {
        let (before, after) = (balance[run.row(f64::from(year) - 1.0)], balance[run.row(f64::from(year))]);
        assert!((after / before - yearly).abs() < 1e-12, "in year {year} the debt grows by {}", after / before);
    }
    assert!(run.sum("Debt paid").iter().all(|paid| *paid == 0.0));
    let (drawn, default) = (run.at("Cumulative drawdown", 3.0), run.sum("Loan in default"));
    assert!(drawn > 1.4e8 && balance[run.row(3.0)] > drawn, "{drawn} drawn, {} owed", balance[run.row(3.0)]);
    assert_eq!(default[run.row(1.0)], 0.0, "a loan of a year is in default");
    // More than two years' dues are unpaid two years after the last drawdown, and for good.
    assert!(default[run.row(6.0)..].iter().all(|flag| *flag == 1.0), "{default:?}");
    assert_eq!(nonsense(&run), Vec::<String>::new());
}

#[test]
fn e12_e13_with_a_loan_no_pound_of_saving_is_spent_twice() {
    let mut plan = borrowed();
    // Conferencing saves children's services in cash; talking therapies save the NHS a little.
    plan.scale("Log relative risk", 3.0).set("Share of realised savings reinvested", 1.0).save_every(STEP);
    let run = plan.told_by_its_twin().run();
    let mut spent_by_any = 0.0;
    let of = |name: &str, payer: &str| run.sum(&format!("{name}[{payer}]"));
    let payers: Vec<String> = run
        .all()
        .filter_map(|(_, label)| Some(label.strip_prefix("Captured saving[")?.strip_suffix(']')?.to_owned()))
        .collect();
    assert_eq!(payers.len(), 10);
    for payer in &payers {
        let captured = of("Captured saving", payer);
        let (reinvested, paid) = (of("Cumulative reinvested", payer), of("Cumulative debt paid by", payer));
        let mut most: f64 = 0.0;
        for row in 0..run.times.len() {
            let spent = reinvested[row] + paid[row];
            assert!(
                spent <= most * (1.0 + 1e-9) + 1e-6,
                "{payer} has spent {spent} of {most} saved by {}",
                run.times[row]
            );
            most = most.max(captured[row]);
            spent_by_any = f64::max(spent_by_any, paid[row]);
        }
    }
    // What is claimed in a step is no more than what nobody has spent yet.
    let (free, claimed) = (run.sum("Saving free for debt"), {
        let (debt, more) = (run.sum("Debt paid by"), run.sum("Reinvested"));
        debt.iter().zip(more).map(|(debt, more)| debt + more).collect::<Vec<f64>>()
    });
    for (row, (free, claimed)) in free.iter().zip(&claimed).enumerate() {
        assert!(*claimed <= free * (1.0 + 1e-9) + 1e-6, "{claimed} claimed of {free} at {}", run.times[row]);
    }
    assert!(spent_by_any > 1e5, "no debt is paid: {spent_by_any}");
    for audit in ["Fund audit", "Purse audit", "Money audit", "Payer audit"] {
        assert!(run.sum(audit).iter().all(|value| value.abs() < 1e-9), "{audit}");
    }
}

/// Conferencing under two names, each with a share of the budget, and everything off by which programmes meet elsewhere.
fn twice(share: f64, ids: &[(&str, f64)]) -> Central {
    let names: Vec<&str> = ids.iter().map(|(id, _)| *id).collect();
    let mut texts = with_programmes(&names);
    with_copy_of_card(&mut texts, "E08", "E98");
    let mut plan = Central::of_texts(&texts);
    plan.finance(share, ids);
    plan.set("Trust on", 0.0).set("Workforce ceiling on", 0.0).set("Survivors on", 0.0).set("Right drift on", 0.0);
    plan
}

#[test]
fn e15_two_programmes_for_the_same_people_are_one_with_both_budgets() {
    let one = twice(0.01, &[("E08", 1.0)]).run();
    let mut nested = twice(0.01, &[("E08", 0.5), ("E98", 0.5)]);
    nested.set("In overlap group[E08,Family support]", 1.0).set("In overlap group[E98,Family support]", 1.0);
    let two = nested.set("Overlap", 1.0).run();
    for name in ["Starts", "Reached", "Protected people", "Programme spending", "People with the effect"] {
        for (one, two) in one.sum(name).iter().zip(two.sum(name)) {
            assert!((one - two).abs() <= 1e-9 * one.abs(), "{name}: one programme {one}, two of half {two}");
        }
    }
    for (one, two) in one.sum("Use avoided[Entry to care]").iter().zip(two.sum("Use avoided[Entry to care]")) {
        assert!((one - two).abs() <= 1e-9 * one.abs(), "one programme avoids {one} entries, two of half {two}");
    }
    let (reached, eligible) = (one.at("Reached", 10.0), one.at("Eligible", 10.0));
    assert!(reached > 0.3 * eligible, "with {reached} of {eligible} the ceiling is far");
}

#[test]
fn e15_two_programmes_for_others_leave_the_product_and_never_avoid_more_than_the_sum() {
    let one = twice(0.001, &[("E08", 1.0)]).run();
    let mut apart = twice(0.002, &[("E08", 0.5), ("E98", 0.5)]);
    let two = apart.set("Overlap", 0.0).run();
    let mut less = 0;
    for channel in CHANNELS {
        for quintile in QUINTILES {
            let of = |run: &CentralRun, name: &str| run.sum(&format!("{name}[{channel},{quintile}]"));
            let (alone, both) = (of(&one, "Residual risk"), of(&two, "Residual risk"));
            for (alone, both) in alone.iter().zip(both) {
                assert!((both - alone * alone).abs() < 1e-12, "{channel}: {alone} alone, {both} together");
            }
            for (alone, both) in of(&one, "Use avoided").iter().zip(of(&two, "Use avoided")) {
                assert!(both <= 2.0 * alone * (1.0 + 1e-12), "{channel}: {alone} alone, {both} together");
                less += usize::from(both < 2.0 * alone);
            }
        }
    }
    assert!(less > 50, "together they avoid less than the sum {less} times only");
}

/// Labels of a structure, and for each scalar the one that has another quintile in its place.
fn counterparts(central: &Central, swap: &dyn Fn(&str) -> &'static str) -> Vec<(ScalarId, ScalarId)> {
    let structure = &central.structure;
    let all: Vec<ScalarId> = structure
        .variables
        .iter()
        .filter(|variable| !variable.hidden && variable.kind != VariableKind::Lookup)
        .flat_map(|variable| (0..variable.count as u32).map(|offset| ScalarId(variable.first.0 + offset)))
        .collect();
    let by_label: HashMap<String, ScalarId> = all.iter().map(|scalar| (structure.label(*scalar), *scalar)).collect();
    all.iter()
        .map(|scalar| {
            let label = structure.label(*scalar);
            let (name, elements) = label.trim_end_matches(']').split_once('[').unwrap_or((&label, ""));
            let elements: Vec<&str> = elements
                .split(',')
                .map(|element| if QUINTILES.contains(&element.trim()) { swap(element.trim()) } else { element })
                .collect();
            let other = if label.contains('[') { format!("{name}[{}]", elements.join(",")) } else { label.clone() };
            (*scalar, by_label[&other])
        })
        .collect()
}

/// Gives every constant of a quintile the value of another.
fn rearranged(central: &Central, swap: &dyn Fn(&str) -> &'static str) -> Central {
    let mut other = central.clone();
    for (scalar, from) in counterparts(central, swap) {
        if let Rule::Constant(value) = central.structure.scalars[from.0 as usize].rule {
            other.set_scalar(scalar, value);
        }
    }
    other
}

/// The first variables that differ from their counterparts by more than rounding.
fn asymmetries(one: &CentralRun, other: &CentralRun, pairs: &[(ScalarId, ScalarId)]) -> Vec<String> {
    let mut found = Vec::new();
    for (scalar, counterpart) in pairs {
        let (own, theirs) = (one.scalar(*scalar), other.scalar(*counterpart));
        let label = one.structure.label(*scalar);
        // What claims count twice is a small difference of large numbers, and so are the audits: rounding is theirs.
        let least = if label.starts_with("Interaction") { 1.0 } else { 1e-6 };
        let scale = own.iter().fold(least, |most: f64, value| most.max(value.abs()));
        if let Some(row) = own.iter().zip(theirs).position(|(a, b)| (a - b).abs() > 1e-8 * scale) {
            found.push(format!("{label}: {} and {}", own[row], theirs[row]));
        }
    }
    found.truncate(8);
    found
}

#[test]
fn e17_quintiles_that_are_alike_stay_alike() {
    let mut plan = Central::plan_of(0.02, &[("H01", 0.4), ("E01", 0.3), ("L08", 0.3)]);
    plan.set("Ring fence strength", 0.5).set("Targeting gradient", 1.0);
    let plan = rearranged(&plan, &|_| "Q3");
    let run = plan.run();
    for quintile in ["Q1", "Q2", "Q4", "Q5"] {
        let to = |_: &str| QUINTILES[QUINTILES.iter().position(|one| *one == quintile).unwrap()];
        let pairs: Vec<(ScalarId, ScalarId)> = counterparts(&plan, &to);
        assert_eq!(asymmetries(&run, &run, &pairs), Vec::<String>::new(), "against {quintile}");
        assert!(pairs.iter().filter(|(one, other)| one != other).count() > 1000);
    }
}

#[test]
fn e17_quintiles_that_change_places_change_all_that_is_theirs_and_nothing_else() {
    let mut plan = Central::plan_of(0.02, &[("H01", 0.4), ("E01", 0.3), ("L08", 0.3)]);
    plan.set("Ring fence strength", 0.5).set("Targeting gradient", 1.0);
    let swap = |quintile: &str| match quintile {
        "Q1" => "Q5",
        "Q5" => "Q1",
        "Q2" => "Q3",
        "Q3" => "Q2",
        _ => "Q4",
    };
    let swapped = rearranged(&plan, &swap);
    let (run, other) = (plan.run(), swapped.run());
    assert_eq!(asymmetries(&run, &other, &counterparts(&plan, &swap)), Vec::<String>::new());
    assert!(run.sum("Starts[H01,Q1]") != other.sum("Starts[H01,Q1]"), "the quintiles are alike to begin with");
}

#[test]
fn e19_without_inflation_real_and_nominal_money_are_the_same() {
    let mut texts = with_strategies("", &[("base", "\"Top slice share of the NHS budget\" = 0.01")]);
    // No change of prices from the base year on; earlier years, by which costs are brought to it, stay.
    let whole = &texts.deflators.content;
    let future = whole.find("[future]").unwrap();
    let kept: Vec<&str> = whole[future..]
        .lines()
        .filter(|line| !line.starts_with("index") && !line.starts_with("growth_after"))
        .collect();
    let flat = kept.join("\n").replace("[future]", "[future]\nindex = { \"2025/26\" = 100.0 }\ngrowth_after = 0.0");
    texts.deflators = Text::new(&texts.deflators.file, &format!("{}{flat}\n", &whole[..future]));
    let found = findings(&texts, 8);
    let mut compared = 0;
    for nominal in found.series.iter().filter(|series| series.key.price_base == PriceBase::Nominal) {
        let mut key = nominal.key.clone();
        key.price_base = PriceBase::Real;
        let Some(real) = found.series.iter().find(|series| series.key == key) else { continue };
        // As text, for errors that are not known are no number.
        assert_eq!(format!("{:?}", nominal.years), format!("{:?}", real.years), "{key:?}");
        compared += 1;
    }
    assert!(compared > 30, "only {compared} ledgers are told in both");
}

/// One programme that starts for three years, with a lag of a year on its channel, and nothing that acts back on starts.
fn for_three_years() -> Central {
    let mut plan = Central::plan_of(0.002, &[("E08", 1.0)]);
    plan.set("Effects on", 0.0).set("Lag[E08,Entry to care]", 1.0).save_every(STEP);
    let path: Vec<f64> = (0..21).map(|year| if (1..=3).contains(&year) { 0.002 } else { 0.0 }).collect();
    plan.yearly("Top slice share of the NHS budget", &path);
    plan
}

#[test]
fn e21_without_fading_all_who_ever_began_have_the_effect_in_the_end() {
    for order in [1.0, 3.0] {
        let mut plan = for_three_years();
        plan.set("Fade on", 0.0).set("Lag order[E08,Entry to care]", order);
        let run = plan.run();
        let begun: Vec<f64> = {
            let mut sum = 0.0;
            run.sum("Joining[E08]")
                .iter()
                .map(|rate| {
                    let before = sum;
                    sum += rate * STEP;
                    before
                })
                .collect()
        };
        let of = |name: &str| run.sum(&format!("{name}[E08,Entry to care,Quintile]"));
        let mut on_the_way = of("First stage");
        if order == 3.0 {
            for later in ["Second stage", "Third stage"] {
                on_the_way.iter_mut().zip(of(later)).for_each(|(sum, own)| *sum += own);
            }
        }
        let (people, protected) = (of("People with the effect"), run.sum("Protected people[E08]"));
        let all = begun[begun.len() - 1];
        assert!(all > 100.0, "{all} people begin");
        for row in 0..begun.len() {
            assert!((people[row] + on_the_way[row] - begun[row]).abs() < 1e-9 * all, "at {}", run.times[row]);
            assert!((protected[row] - begun[row]).abs() < 1e-9 * all, "at {}", run.times[row]);
        }
        assert!((people[people.len() - 1] / all - 1.0).abs() < 1e-6, "{} of {all}", people[people.len() - 1]);
    }
}

#[test]
fn e22_lags_of_either_order_bring_the_same_effect_at_different_times() {
    let responses: Vec<Vec<f64>> = [1.0, 3.0]
        .iter()
        .map(|order| {
            let mut plan = for_three_years();
            plan.set("Lag order[E08,Entry to care]", *order).run().sum("Taking effect[E08,Entry to care,Quintile]")
        })
        .collect();
    let areas: Vec<f64> = responses.iter().map(|response| response.iter().sum::<f64>() * STEP).collect();
    assert!((areas[0] / areas[1] - 1.0).abs() < 1e-6, "{areas:?}");
    // Teams grow for three years, so starts do: half a year after the first, only a lag of one stage shows much.
    let early: Vec<f64> = responses.iter().map(|response| response[..16 + 8].iter().sum::<f64>() * STEP).collect();
    assert!(early[0] > 2.0 * early[1] && early[1] > 0.0, "{early:?}");
    let mean_time = |response: &[f64]| {
        response.iter().enumerate().map(|(row, rate)| row as f64 * STEP * rate).sum::<f64>()
            / response.iter().sum::<f64>()
    };
    // The mean delay is the lag for either order.
    let gap = mean_time(&responses[0]) - mean_time(&responses[1]);
    assert!(gap.abs() < 2.0 * STEP, "the mean times differ by {gap}");
}
