//! What is told of the study in pennies: every series, payback, measure and ranking against numbers worked on paper.
//!
//! Of strategy A, year by year, in the first draw and in the second:
//!
//! | | first | second |
//! |---|---|---|
//! | cost of services, twin less plan | 1 + 0, 5 + 3 | 0 + 0, 1 + 0 |
//! | spent, nothing less plan | -4, -2 | -5, -2 |
//! | debt, nothing less plan | -1, -1 | -1, -1 |
//! | released, plan less twin | 1 + 1, 4 + 2 | 0 + 0, 0 + 0 |
//! | QALYs, plan less twin | 2 + 1, 3 + 0 | 1 + 0, 1 + 0 |
//!
//! (the NHS and the council, the more and the less deprived half).

use crate::appraisal::assemble::{measures, paybacks, series, spent};
use crate::appraisal::findings::{MeasureFinding, Payback, Series};
use crate::appraisal::key::{Comparator, PriceBase};
use crate::appraisal::measure::{Subject, catalogue};
use crate::appraisal::pairs::{Ranking, rankings};
use crate::appraisal::series::SeriesDefinition;
use crate::appraisal::statistic::{Estimate, Statistic};
use crate::appraisal::total::Total;

use super::pennies::{computed, place, terms, with_all};

fn all_series() -> Vec<Series> {
    with_all(|plans, of| series(plans, &terms(), of.sample).unwrap())
}

#[test]
fn an_error_is_told_in_the_money_of_its_year() {
    let all = all_series();
    let of = |money| {
        let is = |one: &&Series| (one.key.strategy, &*one.key.outcome, one.key.price_base) == (Some(0), "spent", money);
        all.iter().find(is).unwrap().years[0].mean
    };
    // 5 and 6 pounds: half of what they are apart, and of 10 and 12.
    assert_eq!(of(PriceBase::Real), Estimate { value: 5.5, error: 0.5 });
    assert_eq!(of(PriceBase::Nominal), Estimate { value: 11.0, error: 1.0 });
}

#[test]
fn series_are_reckoned_year_by_year_and_draw_by_draw() {
    let computed = computed();
    let of = |outcome: &str, group: &str| {
        let is = |(definition, _): &&(SeriesDefinition, Vec<f64>)| {
            (definition.key.strategy, &*definition.key.outcome, &*definition.key.group) == (Some(0), outcome, group)
        };
        computed.iter().find(is).unwrap().1.clone()
    };
    // The third draw, which went wrong, is reckoned with the others, and left out later: a million is spent more than the one
    // pound of do nothing, owed, and paid for services that cost 18 in the twin; 1 is released there; and all of it comes back
    // in the second year.
    let wrong = (18.0 - 2e6) + (1.0 - 1e6) - 1e6 + (2e6 - 1.0);
    let back = (18.0 + 2e6) + (1.0 + 1e6) + 1e6 + (-2e6 - 1.0);
    assert_eq!(of("net", "cash"), [-4.0, -12.0, 2.0 * wrong, 44.0, -8.0, 4.0 * back]);
    assert_eq!(of("cumulative-net", "cash")[5], 2.0 * wrong + 4.0 * back);
    assert_eq!(of("spent", ""), [5.0, 6.0, 1e6, 3.0, 3.0, -1e6]);
}

/// The mean of each year.
fn means(
    all: &[Series],
    of: (Option<usize>, Comparator, &str),
    group: &str,
    payer: &str,
    money: PriceBase,
) -> Vec<f64> {
    let (strategy, comparator, outcome) = of;
    let is = |one: &&Series| {
        let key = &one.key;
        (key.strategy, key.comparator, &*key.outcome) == of && (&*key.group, &*key.payer) == (group, payer)
    };
    let mut found = all.iter().filter(is).filter(|one| one.key.price_base == money);
    let one = found.next().unwrap_or_else(|| panic!("no {outcome} of {strategy:?} against {comparator:?}"));
    assert_eq!(found.next(), None);
    one.years.iter().map(|year| year.mean.value).collect()
}

#[test]
fn a_net_position_counts_its_payers_its_prices_and_its_ledgers() {
    let all = all_series();
    let net = |outcome: &str, perspective: &str, money| {
        means(&all, (Some(0), Comparator::Twin, outcome), perspective, "", money)
    };
    // Cash, all payers: 1 - 4 - 1 + 2 = -2 and 8 - 2 - 1 + 6 = 11 in the first draw, -5 - 1 = -6 and 1 - 2 - 1 = -2 in the
    // second; in the money of years that are worth 2 and 4: -4 and 44, -12 and -8.
    assert_eq!(net("net", "cash", PriceBase::Nominal), [-8.0, 18.0]);
    // So far -4 and 40, -12 and -20.
    assert_eq!(net("cumulative-net", "cash", PriceBase::Nominal), [-8.0, 10.0]);
    // In money of the base year, the second year for a half: -2 and 5.5, -6 and -1.
    assert_eq!(net("net-present", "cash", PriceBase::Real), [-4.0, 2.25]);
    // The council, which counts no debt: 0 - 4 + 1 = -3 and 3 - 2 + 2 = 3, 0 - 5 + 0 = -5 and 0 - 2 + 0 = -2.
    assert_eq!(net("net", "council", PriceBase::Real), [-4.0, 0.5]);
    assert_eq!(net("cumulative-net", "council", PriceBase::Real), [-4.0, -3.5]);
    // Society, without what is released: 1 - 4 = -3 and 3 QALYs, (8 - 2) / 2 = 3 and a quarter of 3; -5 and 1, (1 - 2) / 2 and
    // a quarter. At 10 pounds a QALY 27 and 10.5, 5 and 2.
    assert_eq!(net("net", "social", PriceBase::Real), [16.0, 6.25]);
    assert_eq!(net("cumulative-net", "social", PriceBase::Real), [16.0, 22.25]);
    assert_eq!(net("net-present", "social", PriceBase::Real), [16.0, 6.25]);
    // At 100: 297 and 78, 95 and 24.5.
    assert_eq!(net("net-present", "social, QALY at 100 GBP", PriceBase::Real), [196.0, 51.25]);
    // Strategy B changes nothing that is money or health.
    for (perspective, money) in
        [("cash", PriceBase::Nominal), ("council", PriceBase::Real), ("social", PriceBase::Real)]
    {
        assert_eq!(means(&all, (Some(1), Comparator::Twin, "net"), perspective, "", money), [0.0, 0.0]);
    }
}

#[test]
fn ledgers_and_demands_are_set_against_the_twin_and_against_nothing() {
    use Comparator::{DoNothing, Financing, Level, Twin};
    use PriceBase::{Nominal, None as NoMoney, Real};
    let all = all_series();
    let of = |strategy, comparator, outcome: &str, group: &str, payer: &str, money| {
        means(&all, (strategy, comparator, outcome), group, payer, money)
    };
    let a = Some(0);
    assert_eq!(of(None, Level, "cost", "", "", Real), [14.0, 15.0, 15.0]);
    assert_eq!(of(None, Level, "cost", "", "Council", Real), [5.0, 5.0, 5.0]);
    // -1 and -8, 0 and -1; times the prices of their own years.
    assert_eq!(of(a, Twin, "cost", "", "", Real), [-0.5, -4.5]);
    assert_eq!(of(a, Twin, "cost", "", "", Nominal), [-1.0, -18.0]);
    assert_eq!(of(a, Twin, "cost", "", "NHS", Real), [-0.5, -3.0]);
    assert_eq!(of(a, Twin, "cost", "", "Council", Real), [0.0, -1.5]);
    // The twin has 12 and 6 where do nothing has 10 and 5.
    assert_eq!(of(a, Financing, "cost", "", "", Real), [3.0, 3.0]);
    assert_eq!(of(a, Level, "spent", "", "", Real), [5.5, 3.0]);
    assert_eq!(of(a, Level, "spent", "", "", Nominal), [11.0, 12.0]);
    assert_eq!(of(a, Level, "debt", "", "", Real), [1.0, 1.0]);
    assert_eq!(of(a, Twin, "released", "", "", Real), [1.0, 3.0]);
    assert_eq!(of(a, Twin, "released", "", "Council", Real), [0.5, 1.0]);
    assert_eq!(of(a, Twin, "gained", "", "", NoMoney), [2.0, 2.0]);
    assert_eq!(of(a, Twin, "gained", "Q1", "", NoMoney), [1.5, 2.0]);
    assert_eq!(of(a, DoNothing, "lost", "", "", NoMoney), [2.0, 1.0]);
    // How many wait at the end of a year: 9 and 6, 9 and 9 against the twin's 9 and 10, and 8 and 8 with nothing.
    assert_eq!(of(None, Level, "waiting", "", "", NoMoney), [7.0, 8.0, 8.0]);
    assert_eq!(of(a, Level, "waiting", "", "", NoMoney), [9.0, 7.5]);
    assert_eq!(of(a, Twin, "waiting", "", "", NoMoney), [0.0, -2.5]);
    assert_eq!(of(a, Financing, "waiting", "", "", NoMoney), [1.0, 2.0]);
    // 95 and 80 visits, 100 and 90, of 100 in the twin and with nothing: per cent, as it happens.
    assert_eq!(of(None, Level, "demand", "Visits", "", NoMoney), [80.0, 100.0, 100.0]);
    assert_eq!(of(a, Level, "demand", "Visits", "", NoMoney), [97.5, 85.0]);
    for (comparator, outcome) in [(Twin, "demand"), (Twin, "demand-change"), (DoNothing, "demand")] {
        assert_eq!(of(a, comparator, outcome, "Visits", "", NoMoney), [-2.5, -15.0]);
    }
    assert_eq!(of(a, Financing, "demand", "Visits", "", NoMoney), [0.0, 0.0]);
    assert_eq!(of(a, Twin, "demand", "Visits, Q1", "", NoMoney), [-1.5, -9.0]);
    assert_eq!(of(Some(1), Twin, "demand-change", "Visits", "", NoMoney), [-10.0, -5.0]);
    // Money alone is told in the money of the year; of do nothing from the year before the plan on, when prices are half of the base's.
    let nominal = all.iter().filter(|one| one.key.price_base == Nominal);
    assert!(nominal.clone().count() > 0 && nominal.clone().all(|one| one.base == one.key.strategy.is_none()));
    assert_eq!(of(None, Level, "cost", "", "", Nominal), [7.0, 30.0, 60.0]);
    let others = ["waiting", "gained", "net-present"];
    assert!(nominal.clone().all(|one| !others.contains(&&*one.key.outcome) && one.key.group != "council"));
    // What is kept in one line has no lines told beside it.
    assert!(all.iter().all(|one| one.key.group != "Calls, "));
    assert!(all.windows(2).all(|two| two[0].key < two[1].key));
}

#[test]
fn a_median_payback_is_the_lower_of_two_and_a_chance_is_by_the_end_of_a_year() {
    let found = with_all(|_, of| paybacks(of).unwrap());
    let of = |strategy: usize, perspective: &str| -> &Payback {
        found.iter().find(|one| (one.strategy, &*one.perspective) == (strategy, perspective)).unwrap()
    };
    let reported = |one: &Payback| (one.by_year.iter().map(|year| year.value).collect::<Vec<_>>(), one.median_year);
    // So far -4 and 40, paid back in year 2; -12 and -20, never: the lower of the two middle draws is year 2.
    assert_eq!(reported(of(0, "cash")), (vec![0.0, 0.5], Some(2)));
    // -3 and 0, -5 and -7.
    assert_eq!(reported(of(0, "council")), (vec![0.0, 0.5], Some(2)));
    // 27 and 37.5, 5 and 7.
    assert_eq!(reported(of(0, "social")), (vec![1.0, 1.0], Some(1)));
    assert_eq!(found.len(), 6);
    assert_eq!(with_all(|_, of| spent(of, 0).unwrap()), [true, true]);
}

fn measure<'f>(found: &'f [MeasureFinding], outcome: &str, group: &str) -> &'f MeasureFinding {
    let is = |one: &&MeasureFinding| (one.strategy, &*one.outcome, &*one.group) == (0, outcome, group);
    found.iter().find(is).unwrap_or_else(|| panic!("no {outcome} of {group}"))
}

#[test]
fn single_numbers_are_those_of_the_years() {
    let found = with_all(|_, of| measures(of).unwrap());
    let mean = |outcome: &str, group: &str| {
        let one = measure(&found, outcome, group);
        one.estimates.iter().find(|(which, _)| *which == Statistic::Mean).unwrap().1.value
    };
    // 40 and -20.
    assert_eq!(mean("net-at-horizon", "cash"), 10.0);
    // -4 and -20 deep, for one year and for two.
    assert_eq!((mean("trough-depth", "cash"), mean("trough-length", "cash")), (-12.0, 1.5));
    // 3.5 and -7; 37.5 and 7; 375 and 119.5.
    assert_eq!(mean("net-present-value", "cash"), -1.75);
    assert_eq!(mean("net-present-value", "social"), 22.25);
    assert_eq!(mean("net-present-value", "social, QALY at 100 GBP"), 247.25);
    // 8 and 9 pounds; 6 and 2 QALYs, of which 3 + 3/4 and 1 + 1/4 count; 5 and 2 of them in the deprived half.
    assert_eq!((mean("total-spent", ""), mean("total-gained", ""), mean("discounted-gained", "")), (8.5, 4.0, 2.5));
    assert_eq!(mean("total-gained", "Q1"), 3.5);
    assert_eq!((mean("total-lost", ""), mean("discounted-lost", "")), (3.0, 2.25));
    // -(-3 + 3) = 0 and -(-5 - 1/2) = 5.5 pounds.
    assert_eq!(mean("net-cost", "social"), 2.75);
    // Visits of the last year: 12 and 8 fewer of 1,000 and 4,000 people, and half as many. Rates -0.012 and -0.002 at ridits
    // 0.1 and 0.6: a line that rises by 0.02; its mean -0.004.
    assert!((mean("slope-index", "Visits") - -0.015).abs() < 1e-15);
    assert!((mean("relative-index", "Visits") - 5.0).abs() < 1e-12);
    // 5 and 1 QALYs: 0.005 and 0.00025 a head, a line that falls by 0.0095; 2 and 0: by 0.004.
    assert!((mean("slope-index", "gained") - 0.00675).abs() < 1e-15);
}

#[test]
fn a_cost_per_qaly_is_a_ratio_of_discounted_means_with_its_own_error() {
    let found = with_all(|_, of| measures(of).unwrap());
    // 0 and 5.5 pounds for 3.75 and 1.25 QALYs: 2.75 / 2.5. What is left of each draw is 0 - 1.1 * 3.75 = -4.125 and
    // 5.5 - 1.1 * 1.25 = 4.125, the error of whose mean is 4.125; over 2.5 QALYs.
    let [(Statistic::Mean, Estimate { value, error })] = *measure(&found, "cost-per-qaly", "social").estimates else {
        panic!("a ratio has a mean alone")
    };
    assert!((value - 1.1).abs() < 1e-12 && (error - 1.65).abs() < 1e-12, "{value} and {error}");
}

#[test]
fn strategies_are_ranked_by_the_last_year_and_by_all_that_counts() {
    let found = with_all(|_, of| rankings(of).unwrap());
    let of = |outcome: &str| -> &Ranking { found.iter().find(|one| one.outcome == outcome).unwrap() };
    let reported = |outcome: &str| {
        let one = of(outcome);
        let pair = one.pairs[0];
        // What is measured against doing nothing has that as a third.
        let pairs = if outcome == "net-qalys" { 3 } else { 1 };
        assert_eq!((one.pairs.len(), pair.strategy, pair.other), (pairs, 0, 1));
        (one.year, one.decision.leader, pair.comparison.difference, pair.better.value)
    };
    // 40 and -20 against nothing.
    assert_eq!(reported("net-at-horizon"), (None, 0, 10.0, 0.5));
    assert!((of("net-at-horizon").pairs[0].comparison.error - 30.0).abs() < 1e-12);
    // 37.5 and 7.
    assert_eq!(reported("net-present-value"), (None, 0, 22.25, 1.0));
    // 6 and 2 QALYs gained for 3 lost.
    assert_eq!(reported("net-qalys"), (None, 0, 1.0, 0.5));
    // 3 and -1 against doing nothing, which has nothing.
    let nothing = of("net-qalys").decision.against[2].unwrap();
    assert_eq!((nothing.difference, nothing.above.value), (1.0, 0.5));
    // In year 1 B has a tenth fewer visits, and A a fortieth; in year 2 a twentieth, and A 20 and 10 per cent.
    assert_eq!(reported("demand-change"), (Some(2), 0, -10.0, 1.0));
    // 4 and 1 fewer wait at the end.
    assert_eq!(reported("waiting"), (Some(2), 0, -2.5, 1.0));
    assert_eq!(found.len(), 5);
    let names: Vec<&str> = found.iter().map(|one| one.name.as_str()).collect();
    let expected = [
        "CASH, net",
        "SOCIAL, present value",
        "QALYs gained less lost to the financing",
        "Need for a visit",
        "Waiting",
    ];
    assert_eq!(names, expected);
}

#[test]
fn a_ratio_that_would_not_say_which_half_is_below_nought_is_not_told() {
    with_all(|_, of| {
        let subject = of.subject(0);
        let all = catalogue(&subject);
        let ratio = all.iter().find(|one| one.key.outcome == "cost-per-qaly").unwrap();
        // QALYs of all in two years, and present values; two draws of each year. A QALY is worth 10 pounds.
        let reported = |gained: [f64; 4], present: [f64; 4]| of.estimates(ratio, &[gained.to_vec(), present.to_vec()]);
        // A QALY for 10 pounds less than nothing: 10 of the present value are health, and 0 is left.
        assert_eq!(reported([1.0, 1.0, 0.0, 0.0], [0.0; 4]).unwrap()[0].1.value, 10.0);
        // 10 - 20 pounds for 1 QALY; 10 - 0 for one QALY less; 1 for none; what is no number in one draw.
        assert_eq!(reported([1.0, 1.0, 0.0, 0.0], [20.0, 20.0, 0.0, 0.0]), None);
        assert_eq!(reported([-1.0, -1.0, 0.0, 0.0], [0.0; 4]), None);
        assert_eq!(reported([0.0; 4], [-1.0, -1.0, 0.0, 0.0]), None);
        assert_eq!(reported([1.0, 1.0, 0.0, 0.0], [0.0, f64::NAN, 0.0, 0.0]), None);
    });
}

#[test]
fn groups_are_compared_where_there_are_several() {
    with_all(|_, of| {
        let all = |groups: &[String]| {
            let subject = Subject { groups, ..of.subject(0) };
            catalogue(&subject).iter().filter(|one| one.key.outcome == "slope-index").count()
        };
        let groups = ["Q1", "Q2"].map(str::to_owned);
        assert_eq!((all(&groups), all(&groups[..1])), (2, 0));
    });
}

#[test]
fn a_draw_counts_for_all_places_only_if_it_is_sound_in_each() {
    let mut total = Total::default();
    let (series, one) = place([true, true, false]);
    total.add(one, &series, &terms()).unwrap();
    let (_, other) = place([true, false, true]);
    total.add(other, &series, &terms()).unwrap();
    let (reported, all) = total.finish(&series).unwrap();
    assert_eq!((all.sound(), all.draws, reported.len()), (&[true, false, false][..], 1, series.len()));
    let of = |outcome: &str, group: &str| {
        let is = |one: &SeriesDefinition| {
            (one.key.strategy, &*one.key.outcome, &*one.key.group) == (Some(0), outcome, group)
                && one.key.comparator == Comparator::Twin
        };
        let mut numbers = Vec::new();
        all.read(reported.iter().position(is).unwrap(), &mut numbers).unwrap();
        numbers
    };
    // The first draw, twice: -4 and 44 pounds; of 100 visits in each place 5 and 20 fewer, which is as many per cent.
    assert_eq!(of("net", "cash"), [-8.0, 88.0]);
    assert_eq!(of("demand", "Visits"), [-10.0, -40.0]);
    assert_eq!(of("demand-change", "Visits"), [-5.0, -20.0]);
}
