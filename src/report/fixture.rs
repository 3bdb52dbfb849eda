//! Small made-up findings for the report's own tests: two strategies, two services, five years.

use crate::appraisal::chart::PlanMoney;
use crate::appraisal::findings::{
    Comparator, FaultFinding, Findings, Happening, MeasureFinding, Need, Payback, PayerLabel, PerspectiveLabel,
    PriceBase, Series, SeriesKey, StrategyLabel,
};
use crate::appraisal::key::{CUMULATIVE_NET, DEMAND, DEMAND_CHANGE, NET};
use crate::appraisal::measure::cost_per_qaly::{COST_PER_QALY, NET_COST};
use crate::appraisal::measure::inequality::SLOPE_INDEX;
use crate::appraisal::measure::net::NET_AT_HORIZON;
use crate::appraisal::measure::net_health::{DISPLACED_PER_1000, GAINED_PER_1000, NET_QALYS};
use crate::appraisal::pairs::{Pair, Ranking};
use crate::appraisal::ranking::{Comparison, Decision, Pairing};
use crate::appraisal::statistic::{Estimate, Statistic, Summary};
use crate::quantity::Unit;
use crate::scenario::{HardWord, Role, Roles};

const YEARS: usize = 5;

/// Findings in which cash never pays back, society is repaid in year 4, and the second strategy is raided.
pub fn findings() -> Findings {
    let mut findings = Findings {
        name: "trial".to_owned(),
        title: "A trial".to_owned(),
        question: "Does it?".to_owned(),
        place: "Somewhere".to_owned(),
        place_id: "somewhere".to_owned(),
        share: 1.0,
        strategies: [("kept", "Kept safe"), ("raided", "Left open")]
            .map(|(id, name)| StrategyLabel {
                id: id.to_owned(),
                name: name.to_owned(),
                why: String::new(),
                nothing_spent: None,
            })
            .to_vec(),
        perspectives: [("cash", "Cash", PriceBase::Nominal), ("social", "Society", PriceBase::Real)]
            .map(|(id, name, price_base)| PerspectiveLabel {
                id: id.to_owned(),
                name: name.to_owned(),
                price_base,
                plain: (id == "cash").then(|| "the NHS and *councils*".to_owned()),
            })
            .to_vec(),
        organisations: Vec::new(),
        roles: roles(),
        payers: payers(),
        hard_words: vec![HardWord { word: "councils".to_owned(), meaning: "They run your area.".to_owned() }],
        plan_money: Some(plan_money()),
        services: [("Emergency admissions", "admissions"), ("Children looked after", "children")]
            .map(|(name, unit)| (name.to_owned(), Unit::from(unit)))
            .to_vec(),
        needs: vec![need()],
        programmes: vec![
            ("H01".to_owned(), "Warm homes".to_owned(), "housing".to_owned()),
            ("E01".to_owned(), "Family hubs".to_owned(), "early-years".to_owned()),
        ],
        horizon: YEARS,
        first_year: 2025,
        base_year: 2024,
        draws: 100,
        draws_left_out: 1,
        runs: 500,
        series: Vec::new(),
        payback: Vec::new(),
        measures: Vec::new(),
        structure: Vec::new(),
        rankings: vec![
            ranking((NET_AT_HORIZON, "cash"), ("GBP", PriceBase::Nominal), None, (2e6, 1e6)),
            ranking((DEMAND_CHANGE, "Emergency admissions"), ("percent", PriceBase::None), Some(YEARS), (0.01, 0.02)),
        ],
        faults: vec![FaultFinding {
            place: "somewhere".to_owned(),
            arm: "Kept safe".to_owned(),
            variable: "Beds".to_owned(),
            audit: false,
            runs: 1,
            first_draw: 7,
            time: 3.0,
            value: f64::NAN,
        }],
        places: Vec::new(),
    };
    for strategy in [None, Some(0), Some(1)] {
        add_demand(&mut findings, strategy);
    }
    for strategy in 0..2 {
        add_money(&mut findings, strategy);
    }
    findings.series.sort_by(|one, other| one.key.cmp(&other.key));
    findings.measures.sort_by_key(|measure| measure.strategy);
    findings
}

fn plan_money() -> PlanMoney {
    let named =
        |ledgers: &[(&str, &str)]| ledgers.iter().map(|(id, name)| ((*id).to_owned(), (*name).to_owned())).collect();
    PlanMoney {
        moved: "money-offered".to_owned(),
        sources: named(&[("top-slice", "NHS budget"), ("contributions", "Paid into the pooled fund")]),
        savings: named(&[("reinvested", "Realised savings reinvested")]),
        uses: named(&[
            ("programme-spending", "Spending on prevention"),
            ("underspend", "Could not be spent"),
            ("raided", "Taken back under pressure"),
        ]),
    }
}

fn roles() -> Roles {
    let ledgers = [
        (Role::ServiceCost, "service-cost"),
        (Role::Spending, "programme-spending"),
        (Role::Raid, "raided"),
        (Role::Underspend, "underspend"),
        (Role::QalysGained, "qalys-gained"),
        (Role::QalysDisplaced, "qalys-displaced"),
        (Role::Moved, "money-offered"),
        (Role::InUse, "beds-used"),
        (Role::Unmet, "unmet-need"),
    ];
    Roles::new(ledgers.map(|(role, id)| (role, id.to_owned())), "Emergency admissions")
}

/// The NHS, and a council that has plain words.
fn payers() -> Vec<PayerLabel> {
    let payer = |name: &str, group: Option<&str>, saves_most: &[&str]| PayerLabel {
        name: name.to_owned(),
        group: group.map(str::to_owned),
        saves_most: saves_most.iter().map(|one| (*one).to_owned()).collect(),
    };
    vec![
        payer("NHS acute", Some("the NHS"), &[]),
        payer(
            "Childrens services",
            None,
            &["Local *councils* save the most.", "They have to care for fewer children."],
        ),
    ]
}

/// What emergency admissions are called as a need, and what becomes of them.
fn need() -> Need {
    let happening = |ledger: &str, name: &str, unit: &str| {
        Some(Happening { ledger: ledger.to_owned(), name: name.to_owned(), unit: unit.into() })
    };
    Need {
        service: "Emergency admissions".to_owned(),
        name: "Need for emergency admission".to_owned(),
        happens: happening("admissions", "Emergency admissions that happen", "admissions"),
        used: happening("beds-used", "Beds in use", "beds"),
        unmet: happening("unmet-need", "Emergency need that finds no bed", "admissions"),
        counted: false,
        plain: Some("*emergency stays*".to_owned()),
        plain_used: Some("bed".to_owned()),
    }
}

/// Two strategies of which the first has so much more, give or take so much.
fn ranking(
    (outcome, group): (&str, &str),
    (unit, price_base): (impl Into<Unit>, PriceBase),
    year: Option<usize>,
    (difference, half): (f64, f64),
) -> Ranking {
    let more_is_better = year.is_none();
    let above = Estimate { value: 0.9, error: 0.03 };
    let comparison =
        Comparison { difference, error: half / 2.0, low: difference - half, high: difference + half, above };
    let better = if more_is_better { above } else { Estimate { value: 0.1, ..above } };
    let pairing = Some(Pairing { correlation: 0.9, variance_left: 0.1 });
    let against = if more_is_better { vec![None, Some(comparison)] } else { vec![Some(comparison), None] };
    let best = vec![better, Estimate { value: 1.0 - better.value, ..better }];
    Ranking {
        outcome: outcome.to_owned(),
        group: group.to_owned(),
        year,
        name: if more_is_better { "Cash, net" } else { "Need for emergency admission" }.to_owned(),
        unit: unit.into(),
        price_base,
        more_is_better,
        decision: Decision { leader: usize::from(!more_is_better), against, best, evpi: 0.0 },
        pairs: vec![Pair { strategy: 0, other: 1, comparison, better, pairing }],
    }
}

/// The same findings as those of two places added up, of which the second has three quarters of the money.
pub fn two_places() -> Findings {
    let mut whole = findings();
    for (id, name, share) in [("here", "Here", 0.25), ("there", "There and beyond", 0.75)] {
        let mut place = findings();
        (place.place_id, place.place, place.share) = (id.to_owned(), name.to_owned(), share);
        whole.places.push(place);
    }
    whole.place_id = crate::appraisal::findings::ALL_PLACES.to_owned();
    whole.place = "Here with There and beyond".to_owned();
    whole
}

/// A summary whose middle is this and whose interval reaches a tenth to either side.
pub fn summary(middle: f64) -> Summary {
    let at = |share: f64| Estimate { value: middle + middle.abs() * share, error: 0.01 };
    Summary { mean: at(0.0), p05: at(-0.1), p25: at(-0.04), median: at(0.0), p75: at(0.04), p95: at(0.1) }
}

fn add(
    findings: &mut Findings,
    strategy: Option<usize>,
    comparator: Comparator,
    (outcome, group, payer): (&str, &str, &str),
    (unit, price_base): (impl Into<Unit>, PriceBase),
    value: impl Fn(f64) -> f64,
) {
    let base = strategy.is_none();
    let first = usize::from(!base);
    findings.series.push(Series {
        key: SeriesKey {
            strategy,
            comparator,
            outcome: outcome.to_owned(),
            group: group.to_owned(),
            payer: payer.to_owned(),
            unit: unit.into(),
            price_base,
        },
        years: (first..=YEARS).map(|year| summary(value(year as f64))).collect(),
        base,
    });
}

fn add_demand(findings: &mut Findings, strategy: Option<usize>) {
    for (service, unit, today, effect) in
        [("Emergency admissions", "admissions", 2e5, 0.06), ("Children looked after", "children", 3e3, 0.4)]
    {
        let none = PriceBase::None;
        add(findings, strategy, Comparator::Level, (DEMAND, service, ""), (unit, none), |year| {
            today * (1.0 + 0.02 * year)
        });
        if strategy.is_some() {
            let change = (DEMAND_CHANGE, service, "");
            add(findings, strategy, Comparator::Twin, change, ("percent", none), |year| -effect * year);
        }
    }
    if strategy.is_some() {
        let percent = ("percent", PriceBase::None);
        // Need falls by 0.06% a year, and what happens rises by 0.01%: freed beds fill.
        add(findings, strategy, Comparator::Twin, ("admissions-change", "", ""), percent, |year| 0.01 * year);
        let beds = ("beds", PriceBase::None);
        add(findings, strategy, Comparator::Twin, ("beds-used", "", ""), beds, |year| 0.4 * year);
        let unmet = ("admissions", PriceBase::None);
        add(findings, strategy, Comparator::Twin, ("unmet-need", "", ""), unmet, |year| -25.0 * year);
        let quintile = (DEMAND, "Emergency admissions, Q1", "");
        add(findings, strategy, Comparator::Twin, quintile, ("admissions", PriceBase::None), |year| -10.0 * year);
        add(findings, strategy, Comparator::Level, ("staffed-beds", "", ""), ("beds", PriceBase::None), |_| 3e3);
    }
}

fn add_money(findings: &mut Findings, strategy: usize) {
    let who = Some(strategy);
    let nominal = ("GBP", PriceBase::Nominal);
    let level = Comparator::Level;
    for group in ["", "H01", "E01"] {
        let amount = if group.is_empty() { 4e7 } else { 2e7 };
        add(findings, who, level, ("programme-spending", group, ""), nominal, |_| amount);
    }
    let raid = if strategy == 1 { 1e7 } else { 0.0 };
    add(findings, who, level, ("raided", "", ""), nominal, |_| raid);
    add(findings, who, level, ("underspend", "", ""), nominal, |_| 5e6);
    // Two thirds of the 45 million that stay in place are the NHS budget's, the rest is what councils pay in.
    add(findings, who, level, ("money-offered", "", ""), nominal, |_| 4.5e7 + raid);
    add(findings, who, level, ("top-slice", "", ""), nominal, |_| 3e7 + raid);
    for payer in ["", "Childrens services"] {
        add(findings, who, level, ("contributions", "", payer), nominal, |_| 1.5e7);
    }
    for (payer, amount) in [("", 6e6), ("NHS acute", 1e6), ("Childrens services", 5e6)] {
        add(findings, who, Comparator::Twin, ("service-cost", "", payer), nominal, |_| -amount);
    }
    let qaly = ("QALY", PriceBase::None);
    add(findings, who, Comparator::Twin, ("qalys-gained", "", ""), qaly, |year| 100.0 * year);
    for (perspective, money, slope) in [("cash", PriceBase::Nominal, -3.4e7), ("social", PriceBase::Real, 1e7)] {
        for outcome in [NET, CUMULATIVE_NET] {
            let key = (outcome, perspective, "");
            add(findings, who, Comparator::Twin, key, ("GBP", money), |year| slope * year);
        }
        let paid = perspective == "social";
        findings.payback.push(Payback {
            strategy,
            perspective: perspective.to_owned(),
            by_year: (1..=YEARS)
                .map(|year| Estimate { value: if paid { year as f64 / 5.0 } else { 0.0 }, error: 0.01 })
                .collect(),
            median_year: paid.then_some(4),
        });
        add_measure(findings, strategy, Comparator::Twin, (NET_AT_HORIZON, perspective), ("GBP", money), slope * 5.0);
    }
    add_measure(findings, strategy, Comparator::Twin, ("total-qalys-gained", ""), qaly, 1_500.0);
    add_measure(findings, strategy, Comparator::DoNothing, ("total-qalys-displaced", ""), qaly, 6_000.0);
    let rate = ("QALY per 1000 residents", PriceBase::None);
    for (group, gained) in [("Q1", 3.0), ("Q2", 2.0)] {
        add_measure(findings, strategy, Comparator::Twin, (GAINED_PER_1000, group), rate, gained);
        let displaced = (DISPLACED_PER_1000, group);
        add_measure(findings, strategy, Comparator::DoNothing, displaced, rate, 4.0 * gained);
        add_measure(findings, strategy, Comparator::Twin, ("total-qalys-gained", group), qaly, 300.0 * gained);
        let displaced = ("total-qalys-displaced", group);
        add_measure(findings, strategy, Comparator::DoNothing, displaced, qaly, 1_200.0 * gained);
    }
    add_measure(findings, strategy, Comparator::DoNothing, (NET_QALYS, ""), qaly, -4_500.0);
    let slope = ("QALY per resident", PriceBase::None);
    add_measure(findings, strategy, Comparator::DoNothing, (SLOPE_INDEX, NET_QALYS), slope, -0.006);
    add_measure(findings, strategy, Comparator::Twin, (NET_COST, "social"), ("GBP", PriceBase::Real), 6.15e7);
    findings.measures.push(MeasureFinding {
        strategy,
        comparator: Comparator::Twin,
        outcome: COST_PER_QALY.to_owned(),
        group: "social".to_owned(),
        unit: Unit::PoundsPerQaly,
        price_base: PriceBase::Real,
        estimates: vec![(Statistic::Mean, Estimate { value: 41_000.0, error: 900.0 })],
    });
}

fn add_measure(
    findings: &mut Findings,
    strategy: usize,
    comparator: Comparator,
    (outcome, group): (&str, &str),
    (unit, price_base): (impl Into<Unit>, PriceBase),
    value: f64,
) {
    findings.measures.push(MeasureFinding {
        strategy,
        comparator,
        outcome: outcome.to_owned(),
        group: group.to_owned(),
        unit: unit.into(),
        price_base,
        estimates: summary(value).rows().to_vec(),
    });
}
