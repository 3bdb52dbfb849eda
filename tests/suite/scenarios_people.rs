//! The shipped scenarios about people and places: each runs without a fault, and shows what answers its question.
//! Few draws are made, so only what holds in all of them or by a wide margin is asked.

use wellspring::appraisal::findings::{Comparator, Findings, PriceBase};
use wellspring::study::Text;

use crate::support::{findings, is_always, patched, scenario};

const DRAWS: u64 = 16;
const MOST_DEPRIVED: &str = "Q1";
const LEAST_DEPRIVED: &str = "Q5";

/// A shipped scenario in as many draws, of which none went wrong.
fn run(name: &str, draws: u64) -> Findings {
    sound(findings(&scenario(name), draws))
}

/// The same for two of its places alone, for each place takes long.
fn run_in(places: [&str; 2], name: &str, draws: u64) -> Findings {
    let mut texts = scenario(name);
    let line = texts.scenario.content.lines().find(|line| line.starts_with("places = ")).unwrap().to_owned();
    assert!(places.iter().all(|place| line.contains(&format!("\"{place}\""))), "{line}");
    texts.scenario = patched(&texts.scenario, &line, &format!("places = {places:?}"));
    let kept = |own: &Text| !own.file.starts_with("evidence/places/") || places.iter().any(|id| own.file.contains(id));
    texts.evidence.retain(kept);
    let found = sound(findings(&texts, draws));
    assert_eq!(found.places.len(), 2);
    found
}

/// What was found, if no run went wrong.
fn sound(found: Findings) -> Findings {
    for one in std::iter::once(&found).chain(&found.places) {
        assert_eq!(one.draws_left_out, 0, "{}", found.name);
        assert!(one.faults.is_empty(), "{}: {:?}", found.name, one.faults);
    }
    found
}

/// The place of a strategy in its scenario.
fn strategy(found: &Findings, id: &str) -> usize {
    found.strategies.iter().position(|one| one.id == id).unwrap_or_else(|| panic!("no strategy `{id}`"))
}

/// The means of a series by plan year.
fn means(found: &Findings, id: &str, comparator: Comparator, outcome: &str, group: &str) -> Vec<f64> {
    let price = [PriceBase::None, PriceBase::Real];
    let series =
        price.iter().find_map(|price| found.find(Some(strategy(found, id)), comparator, outcome, group, "", *price));
    let series = series.unwrap_or_else(|| panic!("no `{outcome}` of `{group}` under `{id}`"));
    series.years.iter().skip(usize::from(series.base)).map(|year| year.mean.value).collect()
}

/// The mean of ten years together.
fn sum(found: &Findings, id: &str, comparator: Comparator, outcome: &str, group: &str) -> f64 {
    means(found, id, comparator, outcome, group).iter().sum()
}

/// QALYs that prevention gains in ten years.
fn health(found: &Findings, id: &str, group: &str) -> f64 {
    sum(found, id, Comparator::Twin, "qalys-gained", group)
}

fn spent(found: &Findings, id: &str) -> f64 {
    sum(found, id, Comparator::Level, "programme-spending", "")
}

fn money(found: &Findings, id: &str) -> f64 {
    sum(found, id, Comparator::Level, "money-offered", "")
}

/// All strategies are given the same money.
fn same_money(found: &Findings) {
    let first = money(found, &found.strategies[0].id);
    assert!(first > 0.0);
    for one in &found.strategies {
        assert!((money(found, &one.id) / first - 1.0).abs() < 1e-9, "{}", one.id);
    }
}

/// Steeper tilts give the most deprived fifth more and the least deprived less, for the same spending, while the health of
/// all together changes by less than a tenth.
fn tilts_move_health_and_hardly_change_it(found: &Findings, steeper_and_steeper: &[&str]) {
    same_money(found);
    for pair in steeper_and_steeper.windows(2) {
        let gains = |group| (health(found, pair[0], group), health(found, pair[1], group));
        let (flatter, steeper) = gains(MOST_DEPRIVED);
        assert!(steeper > 1.1 * flatter, "{pair:?}: the most deprived gain {steeper} after {flatter}");
        let (flatter, steeper) = gains(LEAST_DEPRIVED);
        assert!(steeper < 0.95 * flatter, "{pair:?}: the least deprived gain {steeper} after {flatter}");
        let (flatter, steeper) = gains("");
        assert!((steeper / flatter - 1.0).abs() < 0.1, "{pair:?}: all gain {steeper} after {flatter}");
        assert!((spent(found, pair[1]) / spent(found, pair[0]) - 1.0).abs() < 0.02, "{pair:?} spend otherwise");
    }
}

#[test]
fn a_tilt_decides_who_gains_from_core20plus5() {
    let found = run("core20plus5", DRAWS);
    tilts_move_health_and_hardly_change_it(&found, &["easiest-first", "untargeted", "tilted", "core20"]);
}

#[test]
fn proportionate_universalism_holds_over_places_whose_sums_are_those_of_all() {
    let found = run_in(["pennine-lancashire", "north-cumbria"], "proportionate-universalism", 8);
    tilts_move_health_and_hardly_change_it(
        &found,
        &["easiest-first", "universal", "proportionate", "steeper", "most-deprived"],
    );
    for (comparator, outcome, group) in [
        (Comparator::Twin, "qalys-gained", MOST_DEPRIVED),
        (Comparator::Twin, "demand", "Emergency admissions"),
        (Comparator::Level, "programme-spending", "M01"),
        (Comparator::Level, "money-offered", ""),
        (Comparator::DoNothing, "qalys-displaced", ""),
    ] {
        let all = means(&found, "proportionate", comparator, outcome, group);
        for (year, all) in all.iter().enumerate() {
            let of = |place: &Findings| means(place, "proportionate", comparator, outcome, group)[year];
            let places: f64 = found.places.iter().map(of).sum();
            assert!((places - all).abs() <= 1e-9 * all.abs().max(1.0), "{outcome} of {group}: {places}, {all}");
        }
    }
}

#[test]
fn each_theme_of_all_together_fairer_has_the_same_money() {
    let found = run_in(["cheshire-east", "knowsley"], "all-together-fairer", 8);
    same_money(&found);
    let admissions = |id| *means(&found, id, Comparator::Twin, "demand", "Emergency admissions").last().unwrap();
    // Hubs bring toddlers to hospital before they keep teenagers from it; smoking, blood pressure and falls show at once.
    assert!(admissions("ill-health") < admissions("balanced") && admissions("balanced") < admissions("best-start"));
}

#[test]
fn hubs_raise_admissions_within_ten_years_and_care_around_birth_does_not() {
    let found = run("first-thousand-days", DRAWS);
    same_money(&found);
    let admissions = |id| *means(&found, id, Comparator::Twin, "demand", "Emergency admissions").last().unwrap();
    assert!(admissions("hubs") > 0.0 && admissions("around-birth") < 0.0);
    assert!(admissions("both") > admissions("around-birth") && admissions("both") < admissions("hubs"));
    let visits = |id| *means(&found, id, Comparator::Twin, "demand", "A&E attendances").last().unwrap();
    assert!(visits("with-visiting") > visits("both"), "nurse visits bring more children to A&E");
}

#[test]
fn a_limit_on_capital_takes_building_work_and_leaves_hazards_at_home() {
    let found = run("healthy-homes", DRAWS);
    same_money(&found);
    let capital = |id| sum(&found, id, Comparator::Level, "capital-spending", "");
    let hazards = |id| sum(&found, id, Comparator::Level, "programme-spending", "H04");
    for (id, limit) in [("half", 0.5), ("fifth", 0.2), ("none", 0.0)] {
        assert!(capital(id) <= limit * money(&found, id) * (1.0 + 1e-9), "{id}");
        assert!(hazards(id) >= hazards("no-limit") * 0.99, "{id} takes money that is not capital");
    }
    let none =
        found.find(Some(strategy(&found, "none")), Comparator::Level, "capital-spending", "", "", PriceBase::Real);
    assert!(is_always(none.unwrap(), 0.0));
    let ids = ["no-limit", "half", "fifth", "none"];
    assert!(ids.windows(2).all(|pair| health(&found, pair[0], "") > health(&found, pair[1], "")));
    // What is not building work gives more health for its money.
    assert!(
        spent(&found, "none") / health(&found, "none", "") < spent(&found, "no-limit") / health(&found, "no-limit", "")
    );
}

#[test]
fn severe_mental_illness_saves_bed_days_and_common_illness_gains_health() {
    let found = run("mental-health", DRAWS);
    same_money(&found);
    let bed_days = |id| *means(&found, id, Comparator::Twin, "demand", "Mental health bed days").last().unwrap();
    assert!(bed_days("severe") < bed_days("spread") && bed_days("spread") < bed_days("common"));
    assert!(health(&found, "common", "") > health(&found, "families", ""));
}

#[test]
fn debt_advice_gains_most_health_against_poverty_and_nothing_repays_its_cost() {
    let found = run("anti-poverty", DRAWS);
    same_money(&found);
    for id in ["benefits", "work", "all-three"] {
        assert!(health(&found, "debt", "") > health(&found, id, ""), "{id}");
    }
    assert!(
        found
            .strategies
            .iter()
            .all(|one| sum(&found, &one.id, Comparator::Twin, "service-cost", "") > -spent(&found, &one.id))
    );
}

#[test]
fn a_cut_costs_health_creation_more_than_its_money_and_trust_comes_back_slowly() {
    let found = run("health-creation", DRAWS);
    for led in ["services", "communities"] {
        let cut = format!("{led}-cut");
        let kept = |of: &dyn Fn(&str) -> f64| of(&cut) / of(led);
        assert!(kept(&|id| spent(&found, id)) < kept(&|id| money(&found, id)), "{led}: teams are lost with the money");
        assert!(kept(&|id| health(&found, id, "")) < kept(&|id| money(&found, id)), "{led}");
        let trust = |id: &str| means(&found, id, Comparator::Level, "trust", MOST_DEPRIVED);
        let (steady, cut) = (trust(led), trust(&cut));
        assert_eq!(steady[..2], cut[..2]);
        assert!(cut[4] < steady[4] && cut[9] < steady[9] && cut[9] > cut[4], "{led}: {cut:?} against {steady:?}");
    }
    let last = |id: &str| means(&found, id, Comparator::Level, "trust", MOST_DEPRIVED)[9];
    assert!(last("services") < last("half") && last("half") < last("communities"));
}

#[test]
fn online_only_access_fills_a_and_e_and_digital_inclusion_repairs_little_of_it() {
    let found = run("digital-inclusion", DRAWS);
    same_money(&found);
    let visits = |id, comparator| *means(&found, id, comparator, "demand", "A&E attendances").last().unwrap();
    let by_decision = |id| visits(id, Comparator::Financing);
    assert_eq!(by_decision("blended"), 0.0);
    assert!(by_decision("half-online") > 0.0 && by_decision("online") > 1.5 * by_decision("half-online"));
    let repaired = visits("online-without", Comparator::Twin) - visits("online", Comparator::Twin);
    assert!(repaired > 0.0 && repaired < 0.2 * by_decision("online"), "{repaired} of {}", by_decision("online"));
}

#[test]
fn one_per_cent_does_in_leicester_what_the_way_of_paying_does_anywhere() {
    let found = run("leicester-leicestershire-rutland", DRAWS);
    let raided =
        |id| found.find(Some(strategy(&found, id)), Comparator::Level, "raided", "", "", PriceBase::Real).unwrap();
    assert!(is_always(raided("from-growth"), 0.0));
    assert!(raided("unprotected").years[9].mean.value > 0.0);
    assert!(health(&found, "from-growth", "") > health(&found, "unprotected", ""));
    assert!(health(&found, "from-growth", MOST_DEPRIVED) < health(&found, "from-growth", LEAST_DEPRIVED));
}
