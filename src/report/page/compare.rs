//! What kind of result it is, and the strategies side by side.

use crate::answer::Answer;
use crate::answer::fact::{Clock, Fact, value};
use crate::answer::read::{
    Interval, NOTHING_SPENT, chance_by, change_in, clock, draws_kept, happening_change_in, happening_in, lead_service,
    measured, milestones, money_of, moved, need, need_name, nothing_spent, payback, released, total,
};
use crate::appraisal::findings::{Comparator, Findings, Happening, PriceBase};
use crate::appraisal::measure::net::NET_AT_HORIZON;
use crate::appraisal::measure::totals::total_outcome;
use crate::report::basis::Basis;
use crate::report::headline::{COUNTED, cost_per_qaly, displayed_cost, net_cost_per_qaly, on_clock};
use crate::report::prices::of_prices;
use crate::scenario::Role;
use crate::words;

use super::view::{Cell, Section, Table};
use super::{Pictures, horizon};

/// What a reader must know before any number.
pub fn kind(findings: &Findings, basis: &Basis) -> Section {
    let mut section = Section::new("kind", "What kind of result this is");
    let strategies = findings.strategies.len();
    let ways = if strategies == 1 { "one way".to_owned() } else { format!("{} ways", words::whole(strategies)) };
    let [a, b, c] = basis.by_grade().map(|count| words::exact(count as u64));
    section.list(vec![
        format!(
            "It compares {ways} of moving money to prevention in {} with doing nothing, over {} from {}. It is not a forecast \
             of any year.",
            findings.place,
            horizon(findings),
            findings.year_label(1)
        ),
        "What prevention does is measured against a twin: the same money taken and spent, to no effect. What taking the \
         money does to care is shown beside it and never mixed in."
            .to_owned(),
        format!(
            "Each number is the middle of {} draws of what is uncertain; brackets hold nine draws in ten. They tell how far \
             the numbers put in carry the result through this model, and not whether the model is right.",
            words::exact(draws_kept(findings))
        ),
        format!(
            "Of the {} numbers put in, {a} were read in their source (grade A), {b} recalled from it (B), {c} derived or \
             assumed (C).",
            words::exact(basis.evidence.len() as u64)
        ),
        format!(
            "Discounting: {} a year for money and {} for health, in the perspective of society and in cost per QALY only. The \
             first value of a QALY is {}.",
            words::percent(100.0 * basis.cost_discounting),
            words::percent(100.0 * basis.health_discounting),
            basis.qaly_values.first().map_or_else(|| "not given".to_owned(), |value| words::pounds(*value)),
        ),
    ]);
    section
}

/// Strategies in one table of what they do and one of what they cost.
pub fn section(findings: &Findings, answer: &Answer, pictures: &Pictures<'_>) -> Section {
    let mut section = Section::new("strategies", "Strategies compared");
    let points = findings.strategies.iter().filter(|label| !label.why.is_empty());
    section.list(points.map(|label| format!("{}: {}", label.name, label.why)).collect());
    section.table(effects(findings));
    section.table(on_one_clock(findings, answer));
    section.table(costs(findings));
    section.table(chances(findings));
    section.say(
        "Strategies share their draws, so that brackets which overlap do not mean that the order is unsure: most of what \
         moves one strategy moves the others with it.",
    );
    pictures.put(&mut section, "strategies");
    pictures.put(&mut section, "places");
    pictures.put(&mut section, "places-by-year");
    section
}

fn effects(findings: &Findings) -> Table {
    let (lead, year) = (lead_service(findings), findings.horizon);
    let in_year = |name: &str| format!("{name} in {}, because of prevention", findings.year_label(year));
    let known = need(findings, lead);
    let happens = known.and_then(|need| need.happens.as_ref());
    let beside: Vec<&Happening> = known.map_or_else(Vec::new, |need| need.used.iter().chain(&need.unmet).collect());
    let mut columns = vec!["Strategy".to_owned(), in_year(need_name(findings, lead))];
    columns.extend(happens.map(|happens| in_year(&happens.name)));
    columns.extend(beside.iter().map(|one| format!("{} ({})", in_year(&one.name), one.unit)));
    columns.extend([format!("QALYs gained in {}", horizon(findings)), words::capital(&net_cost_per_qaly(findings))]);
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let names: Vec<String> = beside.iter().map(|one| words::inside(&one.name)).collect();
    let mut note = "Medians, nine draws in ten in brackets. ".to_owned();
    if !beside.is_empty() {
        note += &format!("{} are means. ", words::capital(&words::list(&names)));
    }
    if happens.is_some() {
        note += "Need is not use: what prevention keeps out of a full service leaves room for others, so that what happens may \
                 fall less than need, or rise. ";
    }
    note += &format!(
        "The {} is {COUNTED}: a ratio of means, discounted, without the QALYs lost. Where a QALY is worth that much, \
         society is repaid. It is not resolved where the 95% interval of its mean holds zero: more draws would tell.",
        net_cost_per_qaly(findings)
    );
    let mut table = Table::new(format!("What each strategy does in {}", horizon(findings)), &columns).noted(note);
    for (strategy, label) in findings.strategies.iter().enumerate() {
        let gained =
            measured(findings, strategy, Comparator::Twin, &total_outcome(findings.ledger(Role::QalysGained)), "");
        let percent = |found: Interval| Cell::interval(found.middle, found.ends(), words::signed_percent);
        let mut cells = vec![percent(change_in(findings, strategy, lead, year))];
        cells.extend(happens.map(|happens| percent(happening_change_in(findings, strategy, happens, year))));
        cells.extend(beside.iter().map(|one| {
            let found = happening_in(findings, strategy, one, year);
            Cell::interval(found.middle, found.ends(), words::signed)
        }));
        cells.extend([
            Cell::interval(gained.middle, gained.ends(), words::number),
            match cost_per_qaly(findings, strategy) {
                Ok(cost) => Cell::number(cost, words::pounds),
                Err(why) => Cell::words(why),
            },
        ]);
        table.row(&label.name, cells);
    }
    table
}

/// Gains and losses of health on one clock, with doing nothing among the strategies.
fn on_one_clock(findings: &Findings, answer: &Answer) -> Table {
    let lifetime = clock(findings) == Clock::Lifetime;
    let mut columns = vec![
        "Strategy".to_owned(),
        "QALYs gained".to_owned(),
        "QALYs lost where the money was taken".to_owned(),
        "Net".to_owned(),
    ];
    if lifetime {
        columns.push(words::capital(&net_cost_per_qaly(findings)));
    }
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let note = match lifetime {
        true => {
            "Medians, nine draws in ten in brackets; costs are means. The plan’s money stops at the horizon: from then on effects fade, \
                 those whose death was avoided live on, and cost follows, discounted. What is lost is the health that the money \
                 withdrawn would have bought, less what savings buy where they go back to care, and with what is lost as \
                 deficits are recovered."
        }
        false => "Medians, nine draws in ten in brackets. The model does not work out what comes after the horizon.",
    };
    let title = format!("Health gained and lost {}", on_clock(findings));
    let mut table = Table::new(title, &columns).noted(note);
    let nothing = || Cell::number(0.0, words::number);
    let mut none = vec![nothing(), nothing(), nothing()];
    none.extend(lifetime.then(|| Cell::words("–")));
    table.row("Do nothing", none);
    for (label, of) in findings.strategies.iter().zip(&answer.strategies) {
        let cell = |fact: &Option<Fact>, how: fn(f64) -> String| {
            let ends = fact.as_ref().map_or((f64::NAN, f64::NAN), Fact::ends);
            Cell::interval(value(fact.as_ref()), ends, how)
        };
        let mut cells = vec![
            cell(&of.gained, words::number),
            cell(&of.displaced, words::number),
            cell(&of.shared.net, words::signed),
        ];
        cells.extend(lifetime.then(|| match displayed_cost(&of.lifetime_cost_per_qaly) {
            Ok(cost) => Cell::number(cost, words::pounds),
            Err(why) => Cell::words(why),
        }));
        table.row(&label.name, cells);
    }
    table
}

fn costs(findings: &Findings) -> Table {
    let Some(own) = findings.perspectives.first() else { return Table::default() };
    let money = money_of(findings, &own.id);
    let mut columns = vec![
        "Strategy",
        "Moved, all sources",
        "Spent on prevention",
        "Could not be spent",
        "Taken back",
        "Services cost less by",
    ];
    let nets: Vec<String> =
        findings.perspectives.iter().map(|one| format!("Net, {}", words::inside(&one.name))).collect();
    columns.extend(nets.iter().map(String::as_str));
    let notes: Vec<String> = findings
        .perspectives
        .iter()
        .map(|one| {
            let discounted = if one.price_base == PriceBase::Real { ", discounted" } else { "" };
            format!("{} in {}{discounted}", words::inside(&one.name), of_prices(one.price_base, findings.prices()))
        })
        .collect();
    let mut table = Table::new(format!("What each strategy costs and saves in {}", horizon(findings)), &columns).noted(
        format!(
            "Moved to saved: means, {}; services cost less by what {} saves. Net: medians, nine draws in ten in brackets; {}.",
            of_prices(money, findings.prices()),
            words::inside(&own.name),
            notes.join(", ")
        ),
    );
    for (strategy, label) in findings.strategies.iter().enumerate() {
        let sum = |ledger| Cell::number(total(findings, strategy, Comparator::Level, ledger, money), words::pounds);
        let mut cells = vec![
            sum(moved(findings)),
            sum(findings.ledger(Role::Spending)),
            sum(findings.ledger(Role::Underspend)),
            sum(findings.ledger(Role::Raid)),
            Cell::number(released(findings, strategy, &own.id), words::pounds),
        ];
        cells.extend(findings.perspectives.iter().map(|one| {
            let net = measured(findings, strategy, Comparator::Twin, NET_AT_HORIZON, &one.id);
            Cell::interval(net.middle, net.ends(), words::pounds)
        }));
        table.row(&label.name, cells);
    }
    table
}

fn chances(findings: &Findings) -> Table {
    let years = milestones(findings);
    let mut columns = vec!["Strategy".to_owned()];
    for perspective in &findings.perspectives {
        let short = words::capital(&perspective.id);
        columns.extend(years.iter().map(|year| format!("{short}, by year {year}")));
        columns.push(format!("{short}, median"));
    }
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let mut table =
        Table::new("Probability that a strategy has paid back, and median payback year", &columns).noted(format!(
            "Paid back: the cumulative net position stays at or above zero up to the horizon. {}.",
            findings
                .perspectives
                .iter()
                .map(|one| format!("{}: {}", words::capital(&one.id), words::inside(&one.name)))
                .collect::<Vec<_>>()
                .join("; ")
        ));
    for (strategy, label) in findings.strategies.iter().enumerate() {
        let mut cells = Vec::new();
        for perspective in &findings.perspectives {
            cells.extend(years.iter().map(|year| {
                let chance = chance_by(findings, strategy, &perspective.id, *year);
                Cell::number(chance.map_or(f64::NAN, |chance| chance.value), words::chance)
            }));
            let median = payback(findings, strategy, &perspective.id).and_then(|found| found.median_year);
            if nothing_spent(findings, strategy).is_some() {
                cells.push(Cell::words(NOTHING_SPENT));
                continue;
            }
            cells.push(median.map_or_else(
                || Cell::words(format!("not within {}", findings.horizon)),
                |year| Cell::number(year as f64, |year| format!("year {}", words::nearest(year))),
            ));
        }
        table.row(&label.name, cells);
    }
    table
}
