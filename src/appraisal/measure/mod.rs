//! The catalogue of measures: what is told of a strategy in one number, what it is made of, and which way is better.
//!
//! A family of measures has a file here and a line in [`FAMILIES`]. Findings, rankings, sweeps, sensitivity and decisions all
//! find their measures in this list, so that a measure is the same number wherever it is told.

pub mod at_the_margin;
pub mod cost_per_qaly;
pub mod deciding;
mod definition;
pub mod demand;
pub mod equal_health;
pub mod in_a_year;
pub mod inequality;
pub mod lifetime;
pub mod net;
pub mod net_health;
pub mod payback;
pub mod present_value;
pub mod reduction;
mod subject;
pub mod totals;
pub mod trough;

use crate::scenario::Perspective;

use super::key::SeriesKey;

pub use definition::{Direction, Measure, MeasureKey, Telling};
pub use subject::{SeriesIndex, Subject};

/// Measures that belong together, by what they are of.
enum Family {
    /// Of a strategy from a perspective.
    ByPerspective(fn(&Subject<'_>, &Perspective) -> Vec<Measure>),
    /// Of each yearly series of a strategy.
    OfSeries(fn(&Subject<'_>, &SeriesKey) -> Vec<Measure>),
    /// Of a strategy as a whole.
    AsAWhole(fn(&Subject<'_>) -> Vec<Measure>),
}

use Family::{AsAWhole, ByPerspective, OfSeries};

/// The catalogue. In this order findings tell: perspective by perspective, then series by series, then of the strategy.
const FAMILIES: &[Family] = &[
    ByPerspective(net::measures),
    ByPerspective(trough::measures),
    ByPerspective(present_value::measures),
    ByPerspective(payback::measures),
    OfSeries(totals::measures),
    OfSeries(in_a_year::measures),
    AsAWhole(cost_per_qaly::measures),
    AsAWhole(lifetime::measures),
    AsAWhole(at_the_margin::measures),
    AsAWhole(inequality::measures),
    AsAWhole(net_health::measures),
    AsAWhole(equal_health::measures),
];

/// The catalogue of a strategy: every measure of the whole horizon, and what there is in each year, in the last one.
pub fn catalogue(subject: &Subject<'_>) -> Vec<Measure> {
    let mut all = Vec::new();
    for perspective in &subject.chart.perspectives {
        for family in FAMILIES {
            if let ByPerspective(measures) = family {
                all.extend(measures(subject, perspective));
            }
        }
    }
    for key in subject.series.of(subject.strategy) {
        for family in FAMILIES {
            if let OfSeries(measures) = family {
                all.extend(measures(subject, key));
            }
        }
    }
    for family in FAMILIES {
        if let AsAWhole(measures) = family {
            all.extend(measures(subject));
        }
    }
    all
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Direction, Measure, SeriesIndex, Subject, Telling, catalogue, deciding};
    use crate::appraisal::chart::{Chart, Entry, Line};
    use crate::appraisal::key::{Comparator, PriceBase, SeriesKey};
    use crate::appraisal::measure::reduction::Numbers;
    use crate::appraisal::series::{SeriesDefinition, Terms, series_definitions};
    use crate::quantity::Unit;
    use crate::scenario::{Fairness, LedgerKind, Perspective, Prices, Roles, YearlyReading};

    fn entry(id: &str, kind: Option<LedgerKind>, unit: Unit, labels: &[&str]) -> Entry {
        let line = |label: &&str| Line { label: (*label).to_owned(), outcomes: vec![0] };
        Entry {
            id: id.to_owned(),
            reading: YearlyReading::Cumulative,
            kind,
            unit,
            by_payer: false,
            becomes: false,
            relative: false,
            lines: labels.iter().map(line).collect(),
        }
    }

    /// One service and two ledgers of health, kept by two groups of residents; spending; cash, and society with QALYs.
    fn chart() -> Chart {
        let perspective = |id: &str, name: &str, prices, qalys: &[&str]| Perspective {
            id: id.to_owned(),
            name: name.to_owned(),
            prices,
            discounted: false,
            payers: Vec::new(),
            gains: Vec::new(),
            costs: vec!["spent".to_owned()],
            qalys: qalys.iter().map(|id| (*id).to_owned()).collect(),
            plain: None,
        };
        Chart {
            demand: vec![entry("Visits", None, "visits".into(), &["Q1", "Q2"])],
            needs: Vec::new(),
            ledgers: vec![
                entry("spent", Some(LedgerKind::Spend), Unit::Pounds, &[""]),
                entry("gained", Some(LedgerKind::Qalys), Unit::Qalys, &["Q1", "Q2"]),
                entry("lost", Some(LedgerKind::DisplacedQalys), Unit::Qalys, &["Q1", "Q2"]),
            ],
            roles: Roles::new([], "Visits"),
            plan_money: None,
            to_come: BTreeMap::new(),
            organisations: Vec::new(),
            perspectives: vec![
                perspective("cash", "Cash", Prices::Nominal, &[]),
                perspective("social", "Society", Prices::Real, &["gained"]),
            ],
            audits: Vec::new(),
            balances: Vec::new(),
            twin_cost: Vec::new(),
            outcomes: Vec::new(),
        }
    }

    fn terms() -> Terms {
        Terms {
            horizon: 2,
            strategies: 1,
            price_level: vec![1.0, 1.1],
            price_level_before: 1.0,
            real_level: 1.0,
            cost_factors: vec![1.0, 0.5],
            health_factors: vec![1.0, 0.5],
            cost_to_come: 0.5,
            health_to_come: 0.25,
            qaly_values: vec![20_000.0, 60_000.0],
            marginal_costs: Vec::new(),
            fairness: Fairness::default(),
        }
    }

    fn with_all<T>(of: impl FnOnce(&Subject<'_>) -> T) -> T {
        let (chart, terms, groups) = (chart(), terms(), ["Q1".to_owned(), "Q2".to_owned()]);
        let series: Vec<SeriesDefinition> = series_definitions(&chart, &terms);
        let series = &SeriesIndex::new(&series);
        of(&Subject { chart: &chart, terms: &terms, groups: &groups, series, together: false, strategy: 0 })
    }

    fn written(measure: &Measure) -> String {
        let key = &measure.key;
        let year = key.year.map_or_else(String::new, |year| format!("@{year}"));
        format!("{}:{}{year}/{}", key.outcome, key.group, key.comparator.name())
    }

    #[test]
    fn no_two_measures_are_called_alike_and_each_has_all_its_series() {
        with_all(|subject| {
            let all = catalogue(subject);
            let mut names: Vec<String> = all.iter().map(written).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), all.len());
            for measure in &all {
                let known = |key: &SeriesKey| subject.series.index(key).is_some();
                assert!(!measure.needs.is_empty() && measure.needs.iter().all(known), "{measure:?}");
            }
        });
    }

    #[test]
    fn findings_tell_these_in_this_order() {
        let listed =
            with_all(|subject| catalogue(subject).iter().filter(|one| one.reported).map(written).collect::<Vec<_>>());
        let expected = [
            "net-at-horizon:cash/twin",
            "trough-depth:cash/twin",
            "trough-length:cash/twin",
            "net-present-value:cash/twin",
            "net-at-horizon:social/twin",
            "trough-depth:social/twin",
            "trough-length:social/twin",
            "net-present-value:social/twin",
            "net-present-value:social, QALY at 60000 GBP/twin",
            "total-spent:/none",
            "total-gained:/twin",
            "discounted-gained:/twin",
            "total-gained:Q1/twin",
            "total-gained:Q2/twin",
            "total-lost:/do-nothing",
            "discounted-lost:/do-nothing",
            "total-lost:Q1/do-nothing",
            "total-lost:Q2/do-nothing",
            "net-cost:social/twin",
            "cost-per-qaly:social/twin",
            "slope-index:Visits/twin",
            "relative-index:Visits/twin",
            "slope-index:gained/twin",
            "relative-index:gained/twin",
            "qalys-gained-per-1000:Q1/twin",
            "qalys-displaced-per-1000:Q1/do-nothing",
            "net-qalys-per-1000:Q1/do-nothing",
            "qalys-gained-per-1000:Q2/twin",
            "qalys-displaced-per-1000:Q2/do-nothing",
            "net-qalys-per-1000:Q2/do-nothing",
            "equity-impact:more health, narrower gap/do-nothing",
            "equity-impact:more health, wider gap/do-nothing",
            "equity-impact:less health, narrower gap/do-nothing",
            "equity-impact:less health, wider gap/do-nothing",
            "slope-index:net-qalys/do-nothing",
            "net-qalys:/do-nothing",
        ];
        assert_eq!(listed, expected);
    }

    #[test]
    fn strategies_are_ranked_by_these_and_each_says_which_way_is_better() {
        with_all(|subject| {
            let found = deciding::measures(subject);
            let listed: Vec<_> = found.iter().map(|one| (written(one), one.name.as_str(), one.direction)).collect();
            let expected = [
                ("net-at-horizon:cash/twin".to_owned(), "Cash, net", Direction::More),
                ("net-present-value:social/twin".to_owned(), "Society, present value", Direction::More),
                ("net-qalys:/do-nothing".to_owned(), "QALYs gained less lost to the financing", Direction::More),
                ("demand-change:Visits@2/twin".to_owned(), "", Direction::Less),
            ];
            assert_eq!(listed, expected);
            assert_eq!(
                found.iter().map(|one| one.price_base).collect::<Vec<_>>()[..2],
                [PriceBase::Nominal, PriceBase::Real]
            );
        });
    }

    /// One draw, by hand. Yearly numbers of every series that is needed; what is not said is 0 in each year.
    fn number(outcome: &str, group: &str, years: &[(&str, &str, [f64; 2])]) -> f64 {
        with_all(|subject| {
            let all = catalogue(subject);
            let measure = all.iter().find(|one| one.key.outcome == outcome && one.key.group == group).unwrap();
            let path = |key: &SeriesKey| {
                let known = years.iter().find(|(outcome, group, _)| key.outcome == *outcome && key.group == *group);
                known.map_or([0.0; 2], |(_, _, years)| *years)
            };
            let needs: Vec<[f64; 2]> = measure.needs.iter().map(path).collect();
            let series = needs.iter().map(<[f64; 2]>::as_slice).collect();
            let numbers = Numbers { series, draws: 1, residents: &[500.0, 2_000.0], together: false };
            measure.reduction.per_draw(&numbers, 0)
        })
    }

    #[test]
    fn each_family_by_hand() {
        let net =
            [("net", "cash", [-50.0, 80.0]), ("net-present", "social", [-40.0, 10.0]), ("spent", "", [60.0, 0.0])];
        assert_eq!(number("net-at-horizon", "cash", &net), 30.0);
        assert_eq!(number("net-present-value", "social", &net), -30.0);
        assert_eq!((number("trough-depth", "cash", &net), number("trough-length", "cash", &net)), (-50.0, 1.0));
        assert_eq!((number("payback-by-year", "cash", &net), number("payback-by-year", "social", &net)), (1.0, 1.0));
        assert_eq!(number("total-spent", "", &net), 60.0);
        // 3 QALYs now and 4 in a year that counts half: 5, worth 100,000 of a present value of 40,000; so they cost 60,000.
        let health = [("gained", "", [3.0, 4.0]), ("net-present", "social", [25_000.0, 15_000.0])];
        assert_eq!(number("discounted-gained", "", &health), 5.0);
        assert_eq!(number("net-cost", "social", &health), 60_000.0);
        // 500 people gain 7 and lose 2, 2,000 gain 1 and lose 3.
        let groups = [
            ("gained", "Q1", [3.0, 4.0]),
            ("gained", "Q2", [1.0, 0.0]),
            ("lost", "Q1", [1.0, 1.0]),
            ("lost", "Q2", [0.0, 3.0]),
        ];
        assert_eq!(number("net-qalys", "", &groups), 3.0);
        assert_eq!(number("net-qalys-per-1000", "Q1", &groups), 10.0);
        assert_eq!(number("qalys-displaced-per-1000", "Q2", &groups), 1.5);
        // Rates 0.01 and -0.001 at ridits 0.1 and 0.6: a line that falls by 0.011 over a half, so by 0.022 over all.
        assert!((number("slope-index", "net-qalys", &groups) - 0.022).abs() < 1e-15);
        assert_eq!(number("equity-impact", "more health, narrower gap", &groups), 1.0);
        assert_eq!(number("equity-impact", "more health, wider gap", &groups), 0.0);
        // Visits of the last year alone: 5 fewer of 500 and 2 fewer of 2,000.
        let visits = [("demand", "Visits, Q1", [9.0, -5.0]), ("demand", "Visits, Q2", [9.0, -2.0])];
        assert!((number("slope-index", "Visits", &visits) - -0.018).abs() < 1e-15);
    }

    #[test]
    fn a_year_can_be_asked_of_what_has_one_in_each() {
        with_all(|subject| {
            let all = catalogue(subject);
            let of = |outcome: &str| all.iter().find(|one| one.key.outcome == outcome).unwrap();
            assert_eq!(written(&of("net").in_year(1).unwrap()), "net:cash@1/twin");
            assert_eq!(written(&of("payback-by-year").in_year(1).unwrap()), "payback-by-year:cash@1/twin");
            assert_eq!(of("payback-by-year").telling, Telling::Chance);
            assert_eq!((of("payback-by-year").direction, of("net").direction), (Direction::More, Direction::More));
            assert_eq!(
                (of("equity-impact").telling.clone(), of("total-gained").direction),
                (Telling::Chance, Direction::More)
            );
            assert_eq!(
                (of("total-lost").direction, of("total-spent").direction),
                (Direction::Less, Direction::Neither)
            );
            assert_eq!(of("demand").direction, Direction::Less);
            assert_eq!((of("net-at-horizon").in_year(1), of("net").in_year(0)), (None, None));
            assert_eq!(of("demand").key.comparator, Comparator::Level);
        });
    }
}
