//! Findings for a terminal of 100 columns: a few small tables and a few sentences.

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, TableStyle, Width};

use crate::answer::Answer;
use crate::answer::cost_per_qaly::CostPerQaly;
use crate::answer::equity::OfGroup;
use crate::answer::fact::{Clock, Fact, amount, value};
use crate::answer::read::{NOTHING_SPENT, clock, happens, in_use_and_unmet, lead_service, milestones, need, need_name};
use crate::answer::strategy::{ByYear, OfStrategy};
use crate::appraisal::findings::{Findings, Happening, PriceBase};

use crate::report::headline::{COUNTED, displayed_cost, net_cost_per_qaly, on_clock, sentences};
use crate::report::prices::of_prices;
use crate::report::ranking;
use crate::words;

const WIDTH: usize = 100;

/// The strategies side by side, and below them what was found in sentences. No line is longer than 100 columns.
pub fn terminal_table(findings: &Findings) -> String {
    let answer = Answer::of(findings);
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
        section(&mut text, &title, changes(findings, &answer, |of| &of.changes));
        becoming(&mut text, findings, &answer);
        let title = match clock(findings) {
            Clock::Horizon => format!("QALYs over {} years, and {}", findings.horizon, net_cost_per_qaly(findings)),
            Clock::Lifetime => format!(
                "QALYs gained in {0} years and over a lifetime, lost to the financing, and net over a lifetime; {1} in {0} years \
                 and over a lifetime",
                findings.horizon,
                net_cost_per_qaly(findings)
            ),
        };
        section(&mut text, &title, health(findings, &answer));
        if let Some((title, table)) = fairness(findings, &answer) {
            section(&mut text, &title, table);
        }
        let cash = findings.perspectives.first().map_or("", |first| first.name.as_str());
        let prices = findings.perspectives.first().map_or(PriceBase::Nominal, |first| first.price_base);
        let title = format!(
            "Money over {} years, £ million, {}; {}",
            findings.horizon,
            of_prices(prices, findings.prices()),
            words::inside(cash)
        );
        section(&mut text, &title, money(findings, &answer));
        section(&mut text, &payback_title(findings), paybacks(findings, &answer));
        if let Some((title, table)) = financing(findings, &answer) {
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
            section(&mut text, &title, places(findings, &answer));
        }
        let note = format!(
            "Medians with the interval of 90% of draws in brackets, but beds, unmet need, moved, spent, unspent, raided, saved and cost \
             per QALY are means. The {} is {COUNTED}, discounted; it is not resolved where the 95% interval of its mean holds zero.",
            net_cost_per_qaly(findings)
        );
        push_wrapped(&mut text, &note, "");
        let ranked = ranking::sentences(findings, &answer.rankings);
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
    for sentence in sentences(findings, &answer) {
        push_wrapped(&mut text, &format!("- {sentence}"), "  ");
    }
    text
}

fn payback_title(findings: &Findings) -> String {
    let names: Vec<&str> = displayed(findings).into_iter().map(|one| findings.perspectives[one].id.as_str()).collect();
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

/// The strategies by name, each with what is told of it.
fn each<'a>(findings: &'a Findings, answer: &'a Answer) -> impl Iterator<Item = (&'a str, &'a OfStrategy)> {
    findings.strategies.iter().map(|label| label.name.as_str()).zip(&answer.strategies)
}

/// Changes in per cent of the twin, of each strategy in the years at which people ask.
fn changes(findings: &Findings, answer: &Answer, change: impl Fn(&OfStrategy) -> &ByYear) -> Table {
    let mut header = vec![String::new()];
    header.extend(milestones(findings).iter().map(|year| format!("in plan year {year}")));
    let mut table = table(header);
    for (name, of) in each(findings, answer) {
        let mut row = vec![name.to_owned()];
        row.extend(change(of).iter().map(|(_, fact)| with_interval(fact.as_ref(), words::signed_percent)));
        table.add_row(row);
    }
    aligned(table)
}

/// What becomes of the need, where the accounts say: what happens, what is in use for it, and what finds no service.
fn becoming(text: &mut String, findings: &Findings, answer: &Answer) {
    let Some(need) = need(findings, lead_service(findings)) else { return };
    if let Some(happens) = &need.happens {
        section(text, &format!("{} against the twin", happens.name), changes(findings, answer, |of| &of.happens));
    }
    let beside: Vec<&Happening> = need.used.iter().chain(&need.unmet).collect();
    if beside.is_empty() {
        return;
    }
    let mut header = vec![String::new()];
    header.extend(beside.iter().map(|one| one.unit.to_string()));
    let mut rows = table(header);
    for (name, of) in each(findings, answer) {
        let mut row = vec![name.to_owned()];
        let found = need.used.iter().map(|_| &of.used).chain(need.unmet.iter().map(|_| &of.unmet));
        row.extend(found.map(|fact| with_interval(fact.as_ref(), words::signed)));
        rows.add_row(row);
    }
    let names: Vec<String> = beside.iter().map(|one| words::inside(&one.name)).collect();
    let names = words::capital(&names.join(", then "));
    let title = format!("{names} in plan year {}, against the twin", findings.horizon);
    section(text, &title, aligned(rows));
}

fn health(findings: &Findings, answer: &Answer) -> Table {
    let cost = |cost: &CostPerQaly| displayed_cost(cost).map_or_else(str::to_owned, words::number);
    if clock(findings) == Clock::Horizon {
        let header = ["", "gained", "lost to the financing", "£ per QALY gained"];
        let mut table = table(header.map(str::to_owned).to_vec());
        for (name, of) in each(findings, answer) {
            table.add_row(vec![
                name.to_owned(),
                with_interval(of.gained.as_ref(), words::number),
                words::number(value(of.displaced.as_ref())),
                cost(&of.cost_per_qaly),
            ]);
        }
        return aligned(table);
    }
    let years = format!("{} years", findings.horizon);
    let header = ["", &years, "lifetime", "lost", "net", &format!("£, {years}"), "lifetime"].map(str::to_owned);
    let mut table = table(header.to_vec());
    table.add_row(["Do nothing", "0", "0", "0", "0", "", ""].map(str::to_owned).to_vec());
    for (name, of) in each(findings, answer) {
        table.add_row(vec![
            name.to_owned(),
            words::number(value(of.gained_within.as_ref())),
            words::number(value(of.gained.as_ref())),
            words::number(value(of.displaced.as_ref())),
            with_interval(of.shared.net.as_ref(), words::signed),
            cost(&of.cost_per_qaly),
            cost(&of.lifetime_cost_per_qaly),
        ]);
    }
    aligned(table)
}

/// Who has health left after the financing; none where the model keeps no groups.
fn fairness(findings: &Findings, answer: &Answer) -> Option<(String, Table)> {
    let groups = &answer.strategies.first()?.shared.groups;
    let (first, last) = (groups.first()?, groups.last()?);
    if groups.len() < 2 || first.net.is_none() {
        return None;
    }
    let title = format!(
        "Fairness: QALYs {} for 1,000 residents, gained less lost to the financing, of the most and the least deprived; and all net QALYs \
         as if so many were shared equally (Atkinson)",
        on_clock(findings)
    );
    let header = ["", &first.group, &last.group, "shared equally"].map(str::to_owned);
    let mut table = table(header.to_vec());
    for (name, of) in each(findings, answer) {
        let net = |group: Option<&OfGroup>| with_interval(group.and_then(|one| one.net.as_ref()), words::signed);
        table.add_row(vec![
            name.to_owned(),
            net(of.shared.groups.first()),
            net(of.shared.groups.last()),
            with_interval(of.shared.equal.as_ref(), words::signed),
        ]);
    }
    Some((title, aligned(table)))
}

fn money(findings: &Findings, answer: &Answer) -> Table {
    let header = ["", "moved", "spent", "unspent", "raided", "saved", "net of what is spent"];
    let mut table = table(header.map(str::to_owned).to_vec());
    for (name, of) in each(findings, answer) {
        let Some(cash) = of.perspectives.first() else { return table };
        let millions = |fact: &Option<Fact>| words::millions(amount(fact.as_ref()));
        table.add_row(vec![
            name.to_owned(),
            millions(&of.own.moved),
            millions(&of.own.spent),
            millions(&of.own.unspent),
            millions(&of.own.raided),
            words::millions(value(of.released.as_ref())),
            with_interval(cash.net.as_ref(), words::millions),
        ]);
    }
    aligned(table)
}

/// What is in use for the demand that leads, such as beds, and what of it finds no service, after the money has been taken and
/// whatever prevention then does, with a title; nothing where the model has neither.
fn financing(findings: &Findings, answer: &Answer) -> Option<(String, Table)> {
    let (used, unmet) = in_use_and_unmet(findings)?;
    let first = answer.strategies.first()?.financing.as_ref()?;
    let mut header = vec![String::new()];
    header.extend(first.used.iter().map(|(year, _)| format!("{}, year {year}", used.unit)));
    header.extend(first.unmet.iter().map(|(year, _)| format!("unmet, year {year}")));
    let mut table = table(header);
    for (name, of) in each(findings, answer) {
        let of = of.financing.as_ref()?;
        let mut row = vec![name.to_owned()];
        for (_, fact) in of.used.iter().chain(&of.unmet) {
            row.push(words::signed(fact.as_ref()?.value));
        }
        table.add_row(row);
    }
    let (used, unmet) = (words::inside(&used.name), words::inside(&unmet.name));
    let title = format!("What taking the money does to care: {used}, and {unmet}, a year");
    Some((title, aligned(table)))
}

/// What the first strategy does in each place, and in all: the changes of the lead service need not add up, the rest does.
fn places(findings: &Findings, answer: &Answer) -> Table {
    let happens = happens(findings, lead_service(findings));
    let cash = findings.perspectives.first().map_or("", |first| first.id.as_str());
    let mut header = ["", "of money", "spent", "need"].map(str::to_owned).to_vec();
    header.extend(happens.map(|_| "what happens".to_owned()));
    header.extend(["QALYs", cash].map(str::to_owned));
    let mut table = table(header);
    let all = findings.places.iter().zip(&answer.places).chain([(findings, &answer.strategies)]);
    for (place, strategies) in all {
        let Some(of) = strategies.first() else { continue };
        let name = if place.places.is_empty() { words::capital(&place.place) } else { "All places".to_owned() };
        let dash = |fact: Option<&Fact>, write: &dyn Fn(f64) -> String| {
            fact.map_or_else(|| "–".to_owned(), |fact| write(fact.value))
        };
        let mut row = vec![
            name,
            words::chance(place.share),
            words::millions(amount(of.own.spent.as_ref())),
            dash(of.change(), &words::signed_percent),
        ];
        row.extend(happens.map(|_| dash(of.happening(), &words::signed_percent)));
        let net = of.perspectives.first().and_then(|own| own.net.as_ref());
        row.extend([dash(of.gained.as_ref(), &words::number), dash(net, &words::millions)]);
        table.add_row(row);
    }
    aligned(table)
}

fn paybacks(findings: &Findings, answer: &Answer) -> Table {
    let years = milestones(findings);
    let mut header = vec![String::new()];
    for one in displayed(findings) {
        header.extend(years.iter().map(|year| format!("by {year}")));
        header.push(format!("{}: median", findings.perspectives[one].id));
    }
    let mut table = table(header);
    for ((name, of), label) in each(findings, answer).zip(&findings.strategies) {
        let mut row = vec![name.to_owned()];
        for one in displayed(findings) {
            let of = &of.perspectives[one];
            for (_, chance) in &of.chances {
                row.push(chance.as_ref().map_or_else(|| "–".to_owned(), |chance| words::chance(chance.value)));
            }
            row.push(match (&of.year, of.is_known) {
                _ if label.nothing_spent.is_some() => NOTHING_SPENT.to_owned(),
                (_, false) => "–".to_owned(),
                (Some(year), _) => format!("year {}", year.value),
                (None, true) => format!("not within {}", findings.horizon),
            });
        }
        table.add_row(row);
    }
    aligned(table)
}

/// The place's own books, and the widest perspective: the first and the last, by their places.
fn displayed(findings: &Findings) -> Vec<usize> {
    let last = findings.perspectives.len().checked_sub(1);
    let mut displayed: Vec<usize> = last.map(|_| 0).into_iter().chain(last).collect();
    displayed.dedup();
    displayed
}

fn with_interval(fact: Option<&Fact>, write: impl Fn(f64) -> String) -> String {
    fact.map_or_else(|| "–".to_owned(), |fact| words::interval(fact.value, fact.ends(), write))
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
    use crate::report::fixture;

    #[test]
    fn no_line_is_longer_than_100_columns() {
        let mut findings = fixture::findings();
        findings.strategies[0].name = "A strategy with a name that is far longer than anyone would like".to_owned();
        for line in terminal_table(&findings).lines() {
            assert!(line.chars().count() <= 100, "{line}");
        }
    }

    #[test]
    fn several_places_have_a_row_each_and_one_together() {
        let displayed = terminal_table(&fixture::two_places());
        let rows: Vec<&str> =
            displayed.lines().skip_while(|line| !line.starts_with("By place over 5 years under “Kept safe”")).collect();
        for (name, share) in [("Here", "25%"), ("There and beyond", "75%"), ("All places", "100%")] {
            let row = rows.iter().find(|row| row.starts_with(name)).unwrap_or(&"");
            let wording = ["−0.30%", "+0.050%", "1,500"];
            assert!(row.contains(share) && wording.iter().all(|wording| row.contains(wording)), "{name}:\n{displayed}");
        }
        assert!(!terminal_table(&fixture::findings()).contains("By place"));
        assert!(displayed.lines().all(|line| line.chars().count() <= 100), "{displayed}");
    }

    #[test]
    fn the_tables_hold_the_numbers() {
        let displayed = terminal_table(&fixture::findings());
        for part in ["Kept safe", "−0.30% (−0.33% to −0.27%)", "1,500", "6,000", "41,000", "not within 5", "year 4"]
        {
            assert!(displayed.contains(part), "`{part}` is not in\n{displayed}");
        }
    }

    #[test]
    fn findings_without_strategies_still_have_a_table() {
        let mut findings = fixture::findings();
        findings.strategies.clear();
        assert!(terminal_table(&findings).contains("No strategy"));
    }
}
