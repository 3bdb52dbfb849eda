//! Do nothing, and for each strategy its twin and itself.

use crate::appraisal::chart::Chart;
use crate::explain::study as code;
use crate::scenario::{Accounts, LeverPath, Scenario, Strategy};
use engine::diagnostic::Diagnostics;
use engine::ensemble::{Arm, Follow, Setting};
use engine::model::{Integration, Label, Name};
use engine::structure::{Rule, ScalarId, Structure};

use super::lookup;

/// The arms of a study in the order that the appraisal expects: do nothing, then twin and strategy by turns.
pub fn arms(
    structure: &Structure,
    scenario: &Scenario,
    accounts: &Accounts,
    chart: &Chart,
    found: &mut Diagnostics,
) -> Vec<Arm> {
    let twin = &accounts.twin;
    let mut switch = |name: &Name, span: &engine::diagnostic::Span| {
        let label = Label { constant: name.clone(), elements: Vec::new() };
        lookup::constants(structure, &label, span, code::UNKNOWN_VARIABLE, found)
    };
    let effects = switch(&twin.effects_switch.value, &twin.effects_switch.span);
    let plan_on = switch(&twin.do_nothing.value, &twin.do_nothing.span);
    let known = switch(&twin.reinvestment_switch.value, &twin.reinvestment_switch.span);
    let driven = switch(&twin.driven.value, &twin.driven.span);
    let set = |scalars: &[ScalarId], value: f64| {
        scalars.iter().map(|scalar| (*scalar, Setting::Constant(value))).collect::<Vec<_>>()
    };
    let of_study: Vec<(ScalarId, Setting)> = accounts
        .run_off
        .iter()
        .flat_map(|run_off| {
            [
                (&run_off.cost_rate, scenario.cost_discounting.get()),
                (&run_off.health_rate, scenario.health_discounting.get()),
                (&run_off.years, f64::from(scenario.run_off_years)),
            ]
        })
        .flat_map(|(name, value)| set(&switch(&name.value, &name.span), value))
        .collect();

    let mut nothing = of_study.clone();
    nothing.extend(set(&plan_on, 0.0));
    nothing.extend(set(&effects, 0.0));
    nothing.extend(set(&known, 0.0));
    nothing.extend(levers(structure, scenario, None, found));
    let mut arms = vec![Arm { name: "Do nothing".to_owned(), settings: nothing, follows: None }];
    for strategy in &scenario.strategies {
        let levers = levers(structure, scenario, Some(strategy), found);
        let index = arms.len();
        for (name, on) in [(format!("{} (twin)", strategy.name), 0.0), (strategy.name.clone(), 1.0)] {
            let mut settings = of_study.clone();
            settings.extend(set(&plan_on, 1.0));
            settings.extend(set(&effects, on));
            settings.extend(set(&known, on));
            settings.extend(levers.iter().cloned());
            let follows = (on == 1.0).then(|| Follow {
                arm: index,
                pairs: driven.iter().copied().zip(chart.twin_cost.iter().copied()).collect(),
            });
            arms.push(Arm { name, settings, follows });
        }
    }
    arms
}

/// Levers over time, and those that a strategy sets; plain levers of the whole scenario are bound before the structure is built.
fn levers(
    structure: &Structure,
    scenario: &Scenario,
    strategy: Option<&Strategy>,
    found: &mut Diagnostics,
) -> Vec<(ScalarId, Setting)> {
    let first = structure.time.initial.floor();
    let years = (structure.time.last - first).ceil().max(1.0) as usize;
    // Euler's rule holds what stands at the beginning of a step for all of it. A ramp is set at the middle of each step, so that what it
    // moves over a step, and so over a year, is what the straight line says, whatever the step.
    let half = match scenario.integration.unwrap_or(structure.integration) {
        Integration::Euler => structure.time.step / 2.0,
        Integration::RungeKutta4 => 0.0,
    };
    let at_middle = |(beginning, end): (f64, f64)| {
        let later = (end - beginning) * half;
        (beginning + later, end + later)
    };
    let mut settings = Vec::new();
    let own = strategy.into_iter().flat_map(|strategy| strategy.levers.iter());
    let general = scenario.levers.iter().filter(|lever| matches!(lever.path, LeverPath::Steps(_)));
    let mut seen: Vec<&Label> = Vec::new();
    for lever in own.chain(general) {
        if seen.contains(&&lever.label) {
            continue;
        }
        seen.push(&lever.label);
        let Some(path) = scenario.path(strategy, &lever.label) else { continue };
        // A name that is no constant is said once, in the first arm that sets it.
        for scalar in lookup::constants(structure, &lever.label, &lever.span, code::UNKNOWN_CONSTANT, found) {
            let before = match structure.scalars[scalar.0 as usize].rule {
                Rule::Constant(value) => value,
                _ => 0.0,
            };
            // Plan year k begins at time k - 1, so the first model year is plan year `initial + 1`.
            let yearly: Vec<_> = path.yearly(before, first as i32 + 1, years).into_iter().map(at_middle).collect();
            let setting = match yearly.first() {
                Some(first) if yearly.iter().all(|year| year == &(first.0, first.0)) => Setting::Constant(first.0),
                _ => Setting::Path(yearly),
            };
            settings.push((scalar, setting));
        }
    }
    settings
}

/// The constants that some arm drives over time, and those that arms set otherwise than each other but hold throughout.
pub fn split(arms: &[Arm]) -> (Vec<ScalarId>, Vec<ScalarId>) {
    let mut driven: Vec<ScalarId> = Vec::new();
    let mut constant: Vec<ScalarId> = Vec::new();
    for arm in arms {
        for (scalar, setting) in &arm.settings {
            match setting {
                Setting::Path(_) => driven.push(*scalar),
                Setting::Constant(_) => constant.push(*scalar),
            }
        }
        if let Some(follow) = &arm.follows {
            driven.extend(follow.pairs.iter().map(|(scalar, _)| *scalar));
        }
    }
    driven.sort();
    driven.dedup();
    constant.sort();
    constant.dedup();
    constant.retain(|scalar| driven.binary_search(scalar).is_err());
    (driven, constant)
}
