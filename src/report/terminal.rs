//! Findings for a terminal of 100 columns: a few small tables and a few sentences.

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, TableStyle, Width};

use crate::appraisal::findings::{Comparator, Findings, Happening, PerspectiveLabel, PriceBase};
use crate::appraisal::measure::net::NET_AT_HORIZON;
use crate::appraisal::measure::totals::total_outcome;
use crate::scenario::Role;

use super::headline::{COUNTED, cost_per_qaly, headlines, net_cost_per_qaly};
use super::prices::of_prices;
use super::ranking;
use super::reading::{
    Interval, NOTHING_SPENT, chance_by, change_in, happening_change_in, happening_in, happens, in_use_and_unmet,
    lead_service, measured, milestones, money_of, moved, need, need_name, nothing_spent, payback, released, total,
};
use crate::words;

const WIDTH: usize = 100;

/// The strategies side by side, and below them what was found in sentences. No line is longer than 100 columns.
pub fn terminal_table(findings: &Findings) -> String {
    let mut text = String::new();
    let mut draws = format!("{} draws", words::exact(findings.draws));
    if findings.draws_left_out > 0 {
        draws += &format!(", {} left out", words::exact(findings.draws_left_out));
    }
    let place = format!("{}, {} plan years from {}; {draws}", findings.place, findings.horizon, findings.year_label(1));
    push_wrapped(&mut text, &findings.title, "");
    push_wrapped(&mut text, &place, "");
    if !findings.strategies.is_empty() {
        let lead = lead_service(findings);
        let title = format!("{} against the twin: what prevention does", need_name(findings, lead));
        section(&mut text, &title, changes(findings, |strategy, year| change_in(findings, strategy, lead, year)));
        becoming(&mut text, findings, lead);
        let title = format!("QALYs over {} years, and {}", findings.horizon, net_cost_per_qaly(findings));
        section(&mut text, &title, health(findings));
        let cash = findings.perspectives.first().map_or("", |first| first.name.as_str());
        let prices = findings.perspectives.first().map_or(PriceBase::Nominal, |first| first.price_base);
        let title = format!(
            "Money over {} years, £ million, {}; {}",
            findings.horizon,
            of_prices(prices, findings.prices()),
            words::inside(cash)
        );
        section(&mut text, &title, money(findings));
        section(&mut text, &payback_title(findings), paybacks(findings));
        if let Some((title, table)) = financing(findings) {
            section(&mut text, &title, table);
        }
        if let Some(first) = findings.strategies.first().filter(|_| !findings.places.is_empty()) {
            let beside = happens(findings, lead).map_or_else(String::new, |happens| {
                format!(", and under “what happens” of {}", words::inside(&happens.name))
            });
            let title = format!(
                "By place over {} years under “{}”, £ million, {}; under “need” the change of {} in plan year {}{beside}; the \
                 tables above are of all places together",
                findings.horizon,
                first.name,
                of_prices(prices, findings.prices()),
                words::inside(need_name(findings, lead)),
                findings.horizon,
            );
            section(&mut text, &title, places(findings));
        }
        let note = format!(
            "Medians with the interval of 90% of draws in brackets, but beds, unmet need, moved, spent, unspent, raided, saved and cost \
             per QALY are means. The {} is {COUNTED}, discounted; it is not resolved where the 95% interval of its mean holds zero.",
            net_cost_per_qaly(findings)
        );
        push_wrapped(&mut text, &note, "");
        let ranked = ranking::sentences(findings);
        if !ranked.is_empty() {
            text.push('\n');
            let draws = words::exact(findings.draws - findings.draws_left_out);
            push_wrapped(&mut text, &format!("Which is better, and do {draws} draws tell?"), "");
            for sentence in ranked {
                push_wrapped(&mut text, &format!("- {sentence}"), "  ");
            }
            push_wrapped(&mut text, ranking::NOTE, "");
        }
    }
    text.push('\n');
    for sentence in headlines(findings) {
        push_wrapped(&mut text, &format!("- {sentence}"), "  ");
    }
    text
}

fn payback_title(findings: &Findings) -> String {
    let names: Vec<String> = shown(findings).iter().map(|one| one.id.clone()).collect();
    format!("Probability of payback by plan year, and median payback year: {}", names.join(", then "))
}

pub(super) fn section(text: &mut String, title: &str, table: Table) {
    text.push('\n');
    push_wrapped(text, title, "");
    text.push_str(&table.trim_fmt());
    text.push('\n');
}

pub(super) fn table(header: Vec<String>) -> Table {
    let mut table = Table::new();
    table
        .load_style(TableStyle::new())
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(WIDTH as u16)
        .set_header(header);
    table
}

pub(super) fn aligned(mut table: Table) -> Table {
    for (place, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, 2));
        if place == 0 {
            column.set_constraint(ColumnConstraint::UpperBoundary(Width::Fixed(36)));
        } else {
            column.set_cell_alignment(CellAlignment::Right);
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    table
}

/// Changes in per cent of the twin, of each strategy in the years at which people ask.
fn changes(findings: &Findings, change: impl Fn(usize, usize) -> Interval) -> Table {
    let mut header = vec![String::new()];
    header.extend(milestones(findings).iter().map(|year| format!("in plan year {year}")));
    let mut table = table(header);
    for (strategy, label) in findings.strategies.iter().enumerate() {
        let mut row = vec![label.name.clone()];
        row.extend(
            milestones(findings).into_iter().map(|year| with_interval(change(strategy, year), words::signed_percent)),
        );
        table.add_row(row);
    }
    aligned(table)
}

/// What becomes of the need, where the accounts say: what happens, what is in use for it, and what finds no service.
fn becoming(text: &mut String, findings: &Findings, service: &str) {
    let Some(need) = need(findings, service) else { return };
    if let Some(happens) = &need.happens {
        let change = |strategy, year| happening_change_in(findings, strategy, happens, year);
        section(text, &format!("{} against the twin", happens.name), changes(findings, change));
    }
    let year = findings.horizon;
    let beside: Vec<&Happening> = need.used.iter().chain(&need.unmet).collect();
    if beside.is_empty() {
        return;
    }
    let mut header = vec![String::new()];
    header.extend(beside.iter().map(|one| one.unit.to_string()));
    let mut rows = table(header);
    for (strategy, label) in findings.strategies.iter().enumerate() {
        let mut row = vec![label.name.clone()];
        row.extend(beside.iter().map(|one| with_interval(happening_in(findings, strategy, one, year), words::signed)));
        rows.add_row(row);
    }
    let names: Vec<String> = beside.iter().map(|one| words::inside(&one.name)).collect();
    let title = format!("{} in plan year {year}, against the twin", words::capital(&names.join(", then ")));
    section(text, &title, aligned(rows));
}

fn health(findings: &Findings) -> Table {
    let header = ["", "gained", "lost to the financing", "£ per QALY gained"];
    let mut table = table(header.map(str::to_owned).to_vec());
    for (strategy, label) in findings.strategies.iter().enumerate() {
        let mut row = vec![label.name.clone()];
        let gained =
            measured(findings, strategy, Comparator::Twin, &total_outcome(findings.ledger(Role::QalysGained)), "");
        let displaced = measured(
            findings,
            strategy,
            Comparator::Financing,
            &total_outcome(findings.ledger(Role::QalysDisplaced)),
            "",
        );
        row.push(with_interval(gained, words::number));
        row.push(words::number(displaced.middle));
        row.push(cost_per_qaly(findings, strategy).map_or_else(str::to_owned, words::number));
        table.add_row(row);
    }
    aligned(table)
}

fn money(findings: &Findings) -> Table {
    let header = ["", "moved", "spent", "unspent", "raided", "saved", "net of what is spent"];
    let mut table = table(header.map(str::to_owned).to_vec());
    let Some(cash) = findings.perspectives.first() else { return table };
    for (strategy, label) in findings.strategies.iter().enumerate() {
        let sum = |ledger| total(findings, strategy, Comparator::Level, ledger, money_of(findings, &cash.id));
        let net = measured(findings, strategy, Comparator::Twin, NET_AT_HORIZON, &cash.id);
        table.add_row(vec![
            label.name.clone(),
            words::millions(sum(moved(findings))),
            words::millions(sum(findings.ledger(Role::Spending))),
            words::millions(sum(findings.ledger(Role::Underspend))),
            words::millions(sum(findings.ledger(Role::Raid))),
            words::millions(released(findings, strategy, &cash.id)),
            with_interval(net, words::millions),
        ]);
    }
    aligned(table)
}

/// What is in use for the demand that leads, such as beds, and what of it finds no service, after the money has been taken and
/// whatever prevention then does, with a title; nothing where the model has neither.
fn financing(findings: &Findings) -> Option<(String, Table)> {
    let (used, unmet) = in_use_and_unmet(findings)?;
    let years = [(findings.horizon / 3).max(1), findings.horizon];
    let mut header = vec![String::new()];
    header.extend(years.iter().map(|year| format!("{}, year {year}", used.unit)));
    header.extend(years.iter().map(|year| format!("unmet, year {year}")));
    let mut table = table(header);
    let mean = |strategy, ledger: &str, year: usize| {
        findings
            .find(Some(strategy), Comparator::Financing, ledger, "", "", PriceBase::None)
            .and_then(|series| series.years.get(year - 1))
            .map(|summary| summary.mean.value)
    };
    for (strategy, label) in findings.strategies.iter().enumerate() {
        let mut row = vec![label.name.clone()];
        for ledger in [&used.ledger, &unmet.ledger] {
            for year in years {
                row.push(words::signed(mean(strategy, ledger, year)?));
            }
        }
        table.add_row(row);
    }
    let (used, unmet) = (words::inside(&used.name), words::inside(&unmet.name));
    let title = format!("What taking the money does to care: {used}, and {unmet}, a year");
    Some((title, aligned(table)))
}

/// What the first strategy does in each place, and in all: the changes of the lead service need not add up, the rest does.
fn places(findings: &Findings) -> Table {
    let lead = lead_service(findings);
    let happens = happens(findings, lead);
    let cash = findings.perspectives.first().map_or("", |first| first.id.as_str());
    let mut header = ["", "of money", "spent", "need"].map(str::to_owned).to_vec();
    header.extend(happens.map(|_| "what happens".to_owned()));
    header.extend(["QALYs", cash].map(str::to_owned));
    let mut table = table(header);
    for place in findings.places.iter().chain([findings]) {
        let name = if place.places.is_empty() { words::capital(&place.place) } else { "All places".to_owned() };
        let gained =
            measured(place, 0, Comparator::Twin, &total_outcome(findings.ledger(Role::QalysGained)), "").middle;
        let net = measured(place, 0, Comparator::Twin, NET_AT_HORIZON, cash).middle;
        let dash = |number: f64, write: &dyn Fn(f64) -> String| {
            if number.is_finite() { write(number) } else { "–".to_owned() }
        };
        let year = findings.horizon;
        let mut row = vec![
            name,
            words::chance(place.share),
            words::millions(total(place, 0, Comparator::Level, findings.ledger(Role::Spending), money_of(place, cash))),
            dash(change_in(place, 0, lead, year).middle, &words::signed_percent),
        ];
        row.extend(
            happens.map(|happens| dash(happening_change_in(place, 0, happens, year).middle, &words::signed_percent)),
        );
        row.extend([dash(gained, &words::number), dash(net, &words::millions)]);
        table.add_row(row);
    }
    aligned(table)
}

fn paybacks(findings: &Findings) -> Table {
    let years = milestones(findings);
    let mut header = vec![String::new()];
    for perspective in shown(findings) {
        header.extend(years.iter().map(|year| format!("by {year}")));
        header.push(format!("{}: median", perspective.id));
    }
    let mut table = table(header);
    for (strategy, label) in findings.strategies.iter().enumerate() {
        let mut row = vec![label.name.clone()];
        for perspective in shown(findings) {
            for year in &years {
                let chance = chance_by(findings, strategy, &perspective.id, *year);
                row.push(chance.map_or_else(|| "–".to_owned(), |chance| words::chance(chance.value)));
            }
            let median = payback(findings, strategy, &perspective.id).map(|payback| payback.median_year);
            row.push(match median {
                _ if nothing_spent(findings, strategy).is_some() => NOTHING_SPENT.to_owned(),
                None => "–".to_owned(),
                Some(Some(year)) => format!("year {year}"),
                Some(None) => format!("not within {}", findings.horizon),
            });
        }
        table.add_row(row);
    }
    aligned(table)
}

/// The place's own books, and the widest perspective: the first and the last.
fn shown(findings: &Findings) -> Vec<&PerspectiveLabel> {
    let mut shown: Vec<&PerspectiveLabel> = findings.perspectives.first().into_iter().collect();
    shown.extend(findings.perspectives.last().filter(|last| Some(last) != shown.first()));
    shown
}

fn with_interval(found: Interval, write: impl Fn(f64) -> String) -> String {
    if found.middle.is_finite() { words::interval(found.middle, found.ends(), write) } else { "–".to_owned() }
}

/// Adds a paragraph, broken at spaces; lines after the first begin with `indent`.
pub(super) fn push_wrapped(text: &mut String, paragraph: &str, indent: &str) {
    let mut length = 0;
    for (place, word) in paragraph.split_whitespace().enumerate() {
        let letters = word.chars().count();
        if place == 0 {
            length = letters;
        } else if length + 1 + letters > WIDTH {
            text.push('\n');
            text.push_str(indent);
            length = indent.chars().count() + letters;
        } else {
            text.push(' ');
            length += 1 + letters;
        }
        text.push_str(word);
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::terminal_table;
    use crate::report::trial;

    #[test]
    fn no_line_is_longer_than_100_columns() {
        let mut findings = trial::findings();
        findings.strategies[0].name = "A strategy with a name that is far longer than anyone would like".to_owned();
        for line in terminal_table(&findings).lines() {
            assert!(line.chars().count() <= 100, "{line}");
        }
    }

    #[test]
    fn several_places_have_a_row_each_and_one_together() {
        let shown = terminal_table(&trial::two_places());
        let rows: Vec<&str> =
            shown.lines().skip_while(|line| !line.starts_with("By place over 5 years under “Kept safe”")).collect();
        for (name, share) in [("Here", "25%"), ("There and beyond", "75%"), ("All places", "100%")] {
            let row = rows.iter().find(|row| row.starts_with(name)).unwrap_or(&"");
            let told = ["−0.30%", "+0.050%", "1,500"];
            assert!(row.contains(share) && told.iter().all(|told| row.contains(told)), "{name}:\n{shown}");
        }
        assert!(!terminal_table(&trial::findings()).contains("By place"));
        assert!(shown.lines().all(|line| line.chars().count() <= 100), "{shown}");
    }

    #[test]
    fn the_tables_hold_the_numbers() {
        let shown = terminal_table(&trial::findings());
        for part in ["Kept safe", "−0.30% (−0.33% to −0.27%)", "1,500", "6,000", "41,000", "not within 5", "year 4"]
        {
            assert!(shown.contains(part), "`{part}` is not in\n{shown}");
        }
    }

    #[test]
    fn findings_without_strategies_still_have_a_table() {
        let mut findings = trial::findings();
        findings.strategies.clear();
        assert!(terminal_table(&findings).contains("No strategy"));
    }
}
