//! The shipped questions about money: each runs without faults, and its answer holds in few draws as in many.

use wellspring::appraisal::findings::{Comparator, Findings, PriceBase, Series};
use wellspring::appraisal::statistic::Statistic;

use crate::support::{findings, is_always, scenario};

const DRAWS: u64 = 8;

/// What a shipped scenario finds.
struct Asked(Findings);

/// Runs a shipped scenario; no run of it may go wrong.
fn ask(name: &str) -> Asked {
    let found = findings(&scenario(name), DRAWS);
    assert!(found.faults.is_empty(), "{name}: {:?}", found.faults);
    assert_eq!(found.draws_left_out, 0, "{name}");
    Asked(found)
}

impl Asked {
    fn strategy(&self, id: &str) -> usize {
        let found = self.0.strategies.iter().position(|strategy| strategy.id == id);
        found.unwrap_or_else(|| panic!("no strategy {id}"))
    }

    /// A series of a strategy, in prices of 2024/25 if it is money.
    fn series(&self, id: &str, comparator: Comparator, outcome: &str, group: &str, payer: &str) -> &Series {
        let strategy = Some(self.strategy(id));
        [PriceBase::None, PriceBase::Real]
            .iter()
            .find_map(|base| self.0.find(strategy, comparator, outcome, group, payer, *base))
            .unwrap_or_else(|| panic!("{id} has no {outcome} of `{group}{payer}`"))
    }

    /// The level of an outcome in a plan year, on average.
    fn in_year(&self, id: &str, outcome: &str, group: &str, year: usize) -> f64 {
        let series = self.series(id, Comparator::Level, outcome, group, "");
        series.years[year - usize::from(!series.base)].mean.value
    }

    /// An outcome over all years, on average.
    fn sum(&self, id: &str, outcome: &str) -> f64 {
        self.by_payer(id, outcome, "")
    }

    fn by_payer(&self, id: &str, outcome: &str, payer: &str) -> f64 {
        let series = self.series(id, Comparator::Level, outcome, "", payer);
        series.years.iter().map(|year| year.mean.value).sum()
    }

    /// What prevention changes over all years, on average.
    fn because(&self, id: &str, outcome: &str) -> f64 {
        let series = self.series(id, Comparator::Twin, outcome, "", "");
        series.years.iter().map(|year| year.mean.value).sum()
    }

    /// A number of a strategy as a whole, on average.
    fn measure(&self, id: &str, comparator: Comparator, outcome: &str) -> f64 {
        let measure = self.0.measure(self.strategy(id), comparator, outcome, "");
        let measure = measure.unwrap_or_else(|| panic!("{id} has no {outcome}"));
        measure.estimate(Statistic::Mean).unwrap().value
    }

    /// Whether each is more than the one before it.
    fn rises(&self, ids: &[&str], outcome: &str) {
        let sums: Vec<f64> = ids.iter().map(|id| self.sum(id, outcome)).collect();
        assert!(sums.windows(2).all(|two| two[1] > two[0]), "{outcome} of {ids:?}: {sums:?}");
    }
}

#[test]
fn a_whole_ring_fence_keeps_every_pound_and_none_keeps_least_under_pressure() {
    let asked = ask("ring-fence");
    for whole in ["whole", "whole-pressed"] {
        assert!(is_always(asked.series(whole, Comparator::Level, "raided", "", ""), 0.0), "{whole}");
    }
    asked.rises(&["whole", "partly", "open"], "raided");
    let taken = |id| asked.sum(id, "raided") / asked.sum(id, "money-offered");
    assert!(taken("open-pressed") > 1.1 * taken("open"), "{} and {}", taken("open-pressed"), taken("open"));
    asked.rises(&["open", "partly", "whole"], "programme-spending");
}

#[test]
fn growth_spares_beds_at_first_and_a_lasting_deficit_takes_more() {
    let asked = ask("growth-not-sickness");
    let beds = |id| asked.in_year(id, "staffed-beds", "", 3);
    assert!(beds("growth") > beds("cut") + 30.0, "{} and {}", beds("growth"), beds("cut"));
    asked.rises(&["growth", "growth-6", "growth-10"], "raided");
    let (cut, growth) = (asked.sum("cut", "money-offered"), asked.sum("growth", "money-offered"));
    assert!((growth / cut - 1.0).abs() < 0.02, "{growth} is not the sum of {cut}");
}

#[test]
fn a_pooled_fund_saves_most_for_childrens_services_and_partner_money_displaces_no_care() {
    let asked = ask("community-equity-fund");
    let offered = asked.sum("nhs-alone", "money-offered");
    for id in ["pooled", "fund", "nhs-refills", "all-refill"] {
        let own = asked.sum(id, "money-offered");
        assert!((own / offered - 1.0).abs() < 0.02, "{id}: {own} is not the sum of {offered}");
    }
    let saved = |payer| {
        let series = asked.series("fund", Comparator::Twin, "service-cost", "", payer);
        -series.years.iter().map(|year| year.mean.value).sum::<f64>()
    };
    for payer in ["NHS acute", "NHS mental health", "Adult social care", "Housing and public health"] {
        assert!(saved("Childrens services") > saved(payer), "{payer} saves {}", saved(payer));
    }
    let displaced = |id| asked.measure(id, Comparator::DoNothing, "total-qalys-displaced");
    assert!(displaced("fund") < 0.75 * displaced("pooled"), "{} of {}", displaced("fund"), displaced("pooled"));
    asked.rises(&["fund", "nhs-refills", "all-refill"], "programme-spending");
}

#[test]
fn fewer_admissions_were_planned_and_more_are_observed() {
    let asked = ask("better-care-fund");
    let [planned, kept, studied] = ["planned", "promise-kept", "studied"].map(|id| asked.because(id, "admissions"));
    assert!(planned < 2.0 * kept && kept < 0.0, "{planned} and {kept}");
    assert!(studied.abs() < 0.05 * planned.abs(), "{studied} of {planned}");
    let nothing = asked.0.find(None, Comparator::Level, "admissions", "", "", PriceBase::None).unwrap();
    assert!(nothing.base);
    let before = nothing.years[0].mean.value;
    for id in ["planned", "studied", "without"] {
        let after = asked.in_year(id, "admissions", "", 3);
        assert!(after > 1.03 * before, "{id}: {after} after {before}");
    }
}

#[test]
fn a_standard_grows_with_the_allocation_and_is_not_raided() {
    let asked = ask("investment-standard");
    let paid = |id| asked.sum(id, "programme-spending") + asked.sum(id, "underspend");
    assert!((paid("whole") / paid("both") - 2.0).abs() < 0.02, "{} and {}", paid("whole"), paid("both"));
    for id in ["mental-health", "population-health", "both", "whole"] {
        assert!(is_always(asked.series(id, Comparator::Level, "raided", "", ""), 0.0), "{id}");
    }
    assert!(asked.sum("top-slice", "raided") > 0.0);
    assert!((asked.sum("top-slice", "money-offered") / paid("both") - 1.0).abs() < 0.05);
}

#[test]
fn a_longer_promise_spends_more_of_the_same_money_and_bursts_least() {
    let asked = ask("planning-horizon");
    let ids = ["stop-start", "one-year", "three-years", "five-years", "ten-years"];
    asked.rises(&ids, "programme-spending");
    let trust: Vec<f64> = ids.iter().map(|id| asked.in_year(id, "trust", "Q1", 10)).collect();
    assert!(trust.windows(2).all(|two| two[1] > two[0]), "{trust:?}");
    let offered: Vec<f64> = ids.iter().map(|id| asked.sum(id, "money-offered")).collect();
    assert!(offered.iter().all(|own| (own / offered[1] - 1.0).abs() < 0.01), "{offered:?}");
}

#[test]
fn nearly_all_that_can_be_put_back_is_saved_by_childrens_services() {
    let asked = ask("silo-or-whole");
    assert_eq!(asked.by_payer("silos", "reinvested", "Childrens services"), 0.0);
    let children = asked.by_payer("whole", "reinvested", "Childrens services");
    for payer in ["NHS acute", "NHS mental health", "Adult social care", "Housing and public health"] {
        assert!(asked.by_payer("whole", "reinvested", payer) < 0.5 * children, "{payer}");
    }
    asked.rises(&["silos", "nhs", "children", "whole"], "programme-spending");
}

#[test]
fn savings_do_not_serve_a_loan_for_all_of_the_plan() {
    let asked = ask("social-investment");
    assert_eq!(asked.in_year("own-money", "debt", "", 10), 0.0);
    let borrowed = asked.sum("loan", "money-offered");
    assert!(asked.in_year("loan", "debt", "", 10) > 0.3 * borrowed, "of {borrowed}");
    let in_default = |id| asked.in_year(id, "default", "", 10);
    assert!(in_default("loan") > in_default("small-loan"), "{}", in_default("loan"));
    assert_eq!(in_default("contract"), 0.0);
    assert!(asked.in_year("contract", "outcome-liability", "", 10) > 0.0);
}

#[test]
fn sure_programmes_buy_more_for_little_money_and_cannot_use_much() {
    let asked = ask("seatbelts");
    let price = |id| {
        let measure = asked.0.measure(asked.strategy(id), Comparator::Twin, "cost-per-qaly", "social");
        measure.unwrap().estimate(Statistic::Mean).unwrap().value
    };
    assert!(2.0 * price("sure-small") < price("mix-small"), "{} and {}", price("sure-small"), price("mix-small"));
    assert!(asked.sum("sure-large", "underspend") > 0.5 * asked.sum("sure-large", "money-offered"));
}

#[test]
fn doubtful_programmes_raise_admissions_by_looking_and_sure_ones_lower_them() {
    let asked = ask("adverse-evidence");
    let change = |id| asked.because(id, "admissions");
    assert!(change("doubtful") > change("no-finding"), "{} and {}", change("doubtful"), change("no-finding"));
    assert!(change("sure") < 0.0 && change("doubtful") > 0.0, "{} and {}", change("sure"), change("doubtful"));
    // On the clock of a lifetime: most of what is surely known avoids deaths, whose years come after the horizon.
    let gained = |id| asked.measure(id, Comparator::Twin, "lifetime-qalys-gained");
    assert!(gained("sure") > 3.0 * gained("doubtful"), "{} and {}", gained("sure"), gained("doubtful"));
}

#[test]
fn each_further_per_cent_is_used_less() {
    let asked = ask("one-per-cent-rising");
    let ids = ["level", "to-two", "to-three", "to-five"];
    asked.rises(&ids, "programme-spending");
    let used: Vec<f64> =
        ids.iter().map(|id| asked.sum(id, "programme-spending") / asked.sum(id, "money-offered")).collect();
    assert!(used.windows(2).all(|two| two[1] < two[0]), "{used:?}");
    assert!(used[3] < 0.5, "{used:?}");
}
