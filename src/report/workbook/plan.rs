//! The financial plan of one strategy: by year and payer, in prices of 2024/25 and in the money of each year.

use crate::appraisal::findings::{Comparator, Findings, PriceBase};
use crate::report::reading;
use crate::report::words;
use crate::scenario::{LedgerKind, Perspective, Prices};

use super::Basis;
use super::inputs::Terms;
use super::live::{Line, Live};
use super::look::Look;
use super::numbers::Means;
use super::page::Page;

/// The row of the heads.
const HEAD: u32 = 3;
/// The column of the first year.
const FIRST: u16 = 1;

/// What other sheets take from a plan: its summary, in the price base that is chosen.
#[derive(Debug, Clone)]
pub struct Outline {
    /// What is told, with its totals over the first 3, 5 and 10 years, and whether it is money.
    pub totals: Vec<(String, Line, bool)>,
    /// Cash released by payer and year, in the money of each year.
    pub by_payer: Vec<(String, Line)>,
    /// The sheet.
    pub sheet: String,
}

/// The name of a strategy's sheet: its number and its id.
pub fn sheet_name(findings: &Findings, strategy: usize) -> String {
    let plain = |letter: &char| !"[]:*?/\\'".contains(*letter);
    let id: String = findings.strategies[strategy].id.chars().filter(plain).take(20).collect();
    format!("Plan {} {id}", strategy + 1).trim().to_owned()
}

/// The numbers of years that totals are told for: 3, 5 and 10, or the horizon where it comes sooner, and the horizon.
pub fn spans(findings: &Findings) -> Vec<usize> {
    let horizon = findings.horizon;
    let mut spans: Vec<usize> = [3, 5, 10].iter().copied().filter(|years| *years < horizon).collect();
    spans.push(horizon);
    spans
}

/// How totals are headed.
pub fn span_heads(findings: &Findings) -> Vec<String> {
    spans(findings).iter().map(|years| format!("{years} year{}", if *years == 1 { "" } else { "s" })).collect()
}

/// Fills the sheet.
pub fn fill(
    page: &mut Page,
    findings: &Findings,
    basis: &Basis<'_>,
    strategy: usize,
    terms: &Terms,
    means: &Means,
) -> Outline {
    let label = &findings.strategies[strategy];
    page.heading(
        &label.name,
        &format!("{} Means over {} draws.", label.why, words::exact(reading::draws_kept(findings))),
    );
    page.widths(&[56.0]);
    let years: Vec<String> = (1..=findings.horizon).map(|year| findings.year_label(year)).collect();
    let mut heads = years;
    heads.extend(span_heads(findings));
    page.heads(HEAD, &["£ thousand unless it says otherwise; the cells hold pounds in full"], &heads);
    page.width_of(FIRST, FIRST + heads.len() as u16 - 1, 11.5);

    let money: Vec<&Perspective> = basis.accounts.perspectives.iter().filter(|one| counts_money_alone(one)).collect();
    let source = Sources { basis, strategy, means };
    // The summary comes first and is written last, when it is known what it sums up.
    let summary = HEAD + 1;
    let mut sheet = Sheet { page, row: summary + source.summary_rows(&money), findings, last: heads.len() as u16 };
    let mut breaks = vec![sheet.row];
    let title = "1  In prices of 2024/25 (real): means from the sheet Numbers";
    let real = block(&mut sheet, &source, &money, terms, title, None);
    breaks.push(sheet.row);
    let title = "2  In the money of each year (cash terms): prices of 2024/25 times the price level of Inputs";
    let cash = block(&mut sheet, &source, &money, terms, title, Some(&real));
    breaks.push(sheet.row);
    let present = present_values(&mut sheet, &source, &money, terms, &real);
    check(&mut sheet, &source, &money, &real, &cash, &present);
    let end = sheet.row;
    sheet.row = summary;
    let totals = summarise(&mut sheet, terms, &real, &cash, &present);
    page.page_breaks(&breaks);
    page.print_area(end, heads.len() as u16);
    page.freeze(HEAD + 1, FIRST);
    Outline { totals, by_payer: cash.by_payer, sheet: page.name().to_owned() }
}

/// Whether a perspective's net position is money as it is paid, and nothing else.
fn counts_money_alone(perspective: &Perspective) -> bool {
    !perspective.discounted && perspective.gains.is_empty() && perspective.qalys.is_empty()
}

/// Where the numbers of a strategy come from.
struct Sources<'s> {
    basis: &'s Basis<'s>,
    strategy: usize,
    means: &'s Means,
}

impl Sources<'_> {
    /// The whole of a ledger in real money or QALYs.
    fn whole(&self, ledger: &str) -> Option<&Line> {
        let comparator = self.comparator(ledger);
        let base = [PriceBase::Real, PriceBase::None];
        base.iter().find_map(|base| self.means.find(0, self.strategy, comparator, ledger, ("", ""), *base))
    }

    /// Its parts: payers, programmes, services.
    fn parts(&self, ledger: &str) -> Vec<(&str, &Line)> {
        self.means.parts(self.strategy, self.comparator(ledger), ledger)
    }

    /// Against what a ledger is told: what prevention changes against the twin, what it spends as a level.
    fn comparator(&self, ledger: &str) -> Comparator {
        match self.kind(ledger) {
            Some(LedgerKind::Spend | LedgerKind::Debt | LedgerKind::Underspend | LedgerKind::Raid) => Comparator::Level,
            Some(LedgerKind::Other) => Comparator::Level,
            Some(LedgerKind::DisplacedQalys) => Comparator::Financing,
            _ => Comparator::Twin,
        }
    }

    fn kind(&self, ledger: &str) -> Option<LedgerKind> {
        self.basis.accounts.ledgers.iter().find(|one| one.id == ledger).map(|one| one.kind)
    }

    fn name(&self, ledger: &str) -> String {
        let found = self.basis.accounts.ledgers.iter().find(|one| one.id == ledger);
        words::payer(found.map_or(ledger, |one| &one.name))
    }

    /// Ids of ledgers of a kind that are told, in the order of the accounts.
    fn of_kind(&self, kind: LedgerKind) -> Vec<&str> {
        let ledgers =
            self.basis.accounts.ledgers.iter().filter(|one| one.kind == kind && self.whole(&one.id).is_some());
        ledgers.map(|one| one.id.as_str()).collect()
    }

    /// Ledgers of cost that fall, and those that are spent.
    fn costs(&self) -> (Vec<&str>, Vec<&str>) {
        let mut spent = self.of_kind(LedgerKind::Spend);
        spent.extend(self.of_kind(LedgerKind::Debt));
        (self.of_kind(LedgerKind::Cost), spent)
    }

    /// How a part of a ledger is called: a programme by its name.
    fn part_name(&self, findings: &Findings, part: &str) -> String {
        let programme = findings.programmes.iter().find(|(id, _, _)| id == part);
        programme.map_or_else(|| words::payer(part), |(id, name, _)| format!("{id}  {name}"))
    }

    /// Rows of the summary, with its heading and the empty row after it.
    fn summary_rows(&self, money: &[&Perspective]) -> u32 {
        let present = self.basis.accounts.perspectives.len();
        let apart = self.of_kind(LedgerKind::CapacityReleased).len() + self.apart().len();
        let health = self.of_kind(LedgerKind::Qalys).len().min(1) + self.of_kind(LedgerKind::DisplacedQalys).len();
        (2 + 1 + money.len() * 3 + present + apart + health) as u32
    }

    /// Ledgers shown apart, each a fate of the plan's money or an activity at average cost, in the order of the accounts.
    fn apart(&self) -> Vec<&str> {
        let wanted = |kind| matches!(kind, LedgerKind::Underspend | LedgerKind::Raid | LedgerKind::ActivityAvoided);
        let ledgers = self.basis.accounts.ledgers.iter();
        let other = [reading::MOVED, reading::REINVESTED, "debt-service", "handed-back", "capital-spending"];
        ledgers
            .filter(|one| one.unit == "GBP" && self.whole(&one.id).is_some())
            .filter(|one| wanted(one.kind) || other.contains(&one.id.as_str()))
            .map(|one| one.id.as_str())
            .collect()
    }
}

/// A sheet that is filled from above.
struct Sheet<'p> {
    page: &'p mut Page,
    row: u32,
    findings: &'p Findings,
    /// The last column.
    last: u16,
}

impl Sheet<'_> {
    fn band(&mut self, text: &str) {
        self.page.band(self.row, self.last, text);
        self.row += 1;
    }

    fn words(&mut self, text: &str) {
        self.page.text(self.row, 0, text, Look::Note);
        self.row += 1;
    }

    /// A row with its label; totals over the spans where yearly numbers add up.
    fn put(&mut self, label: &str, cells: &[Live], style: Style) -> (Line, Line) {
        let (words, numbers) = style.looks();
        self.page.text(self.row, 0, label, words);
        let line = self.page.line(self.row, FIRST, cells, numbers);
        let mut totals = Vec::new();
        if style.adds {
            let all = line.all_here();
            totals = spans(self.findings).iter().map(|years| Live::total(&all[..*years])).collect();
        }
        let totals = self.page.line(self.row, FIRST + cells.len() as u16, &totals, numbers);
        self.row += 1;
        (line, totals)
    }
}

/// How a row looks and whether its years add up.
#[derive(Debug, Clone, Copy)]
struct Style {
    sum: bool,
    item: bool,
    count: bool,
    adds: bool,
}

impl Style {
    const ITEM: Self = Self { sum: false, item: true, count: false, adds: true };
    const PLAIN: Self = Self { item: false, ..Self::ITEM };
    const SUM: Self = Self { sum: true, ..Self::PLAIN };
    const SO_FAR: Self = Self { adds: false, ..Self::PLAIN };
    const COUNT: Self = Self { count: true, ..Self::PLAIN };

    fn looks(self) -> (Look, Look) {
        let words = match self {
            Self { sum: true, .. } => Look::Sum,
            Self { item: true, .. } => Look::Item,
            _ => Look::Words,
        };
        let numbers = match (self.count, self.sum) {
            (true, _) => Look::Count,
            (false, true) => Look::ThousandsSum,
            (false, false) => Look::Thousands,
        };
        (words, numbers)
    }
}

/// The plan in one price base.
#[derive(Debug, Clone, Default)]
struct Block {
    /// All rows that hold numbers of their own, so that the money of each year follows row by row.
    rows: Vec<Line>,
    next: usize,
    /// Spending ledgers, by id.
    spent: Vec<(String, Line)>,
    /// Cash released by payer.
    by_payer: Vec<(String, Line)>,
    /// Cash released of all payers.
    released: Option<Line>,
    /// Capacity released.
    capacity: Vec<(String, Line)>,
    /// Rows for the summary: what is told, and its line.
    told: Vec<(String, Line)>,
    /// Net position by year, of each perspective.
    net: Vec<Line>,
    /// Cash released to a perspective's payers.
    released_to: Vec<Line>,
}

/// Writes the plan once: in real money from the sheet of numbers, or in the money of each year from the real rows.
fn block(
    sheet: &mut Sheet<'_>,
    source: &Sources<'_>,
    money: &[&Perspective],
    terms: &Terms,
    title: &str,
    real: Option<&Block>,
) -> Block {
    let mut block = Block::default();
    let first = sheet.row;
    sheet.page.text(first, 0, title, Look::Head);
    for column in 1..=sheet.last {
        sheet.page.text(first, column, "", Look::Head);
    }
    sheet.row += 1;
    let (falling, spending) = source.costs();

    sheet.band("What the plan costs");
    for ledger in &spending {
        parts(sheet, source, &mut block, ledger, 1.0, terms, real);
        let name = source.name(ledger);
        let line = whole(sheet, source, &mut block, ledger, &name, terms, real);
        block.spent.extend(line.map(|line| ((*ledger).to_owned(), line)));
    }
    let cost: Vec<&Line> = block.spent.iter().map(|(_, line)| line).collect();
    let (cost, _) = sheet.put("Cost of the plan", &added(&cost, sheet.findings.horizon), Style::SUM);
    block.told.push(("Cost of the plan".to_owned(), cost));

    sheet.band("Cash released: by how much services cost less because of prevention (below 0, they cost more)");
    for ledger in &falling {
        block.by_payer = parts(sheet, source, &mut block, ledger, -1.0, terms, real);
        let lines: Vec<&Line> = block.by_payer.iter().map(|(_, line)| line).collect();
        if lines.is_empty() {
            let line = number(sheet, &mut block, "Cash released", source.whole(ledger), -1.0, Style::SUM, terms, real);
            block.released = line;
        } else {
            let (line, _) = sheet.put("Cash released, all payers", &added(&lines, sheet.findings.horizon), Style::SUM);
            block.released = Some(line);
        }
    }

    sheet.band("Net position: cash released less what the plan costs");
    for perspective in money {
        net_position(sheet, &mut block, perspective);
    }

    sheet.band("Capacity released: staff and beds freed and not turned into cash. In no total above");
    for ledger in source.of_kind(LedgerKind::CapacityReleased) {
        parts(sheet, source, &mut block, ledger, 1.0, terms, real);
        let name = format!("{}, all services", source.name(ledger));
        if let Some(line) = whole(sheet, source, &mut block, ledger, &name, terms, real) {
            block.told.push((source.name(ledger), line.clone()));
            block.capacity.push((ledger.to_owned(), line));
        }
    }
    with_capacity(sheet, &block, money, terms);

    sheet.band("Shown apart: in no total above, and not to be added to one");
    for ledger in source.apart() {
        if source.kind(ledger) == Some(LedgerKind::ActivityAvoided) {
            parts(sheet, source, &mut block, ledger, 1.0, terms, real);
        }
        if let Some(line) = whole(sheet, source, &mut block, ledger, &source.name(ledger), terms, real) {
            block.told.push((source.name(ledger), line));
        }
    }
    sheet.row += 1;
    block
}

/// The parts of a ledger, which can be folded away.
fn parts(
    sheet: &mut Sheet<'_>,
    source: &Sources<'_>,
    block: &mut Block,
    ledger: &str,
    sign: f64,
    terms: &Terms,
    real: Option<&Block>,
) -> Vec<(String, Line)> {
    let first = sheet.row;
    let mut lines = Vec::new();
    for (part, line) in source.parts(ledger) {
        let name = source.part_name(sheet.findings, part);
        let put = number(sheet, block, &name, Some(line), sign, Style::ITEM, terms, real);
        lines.extend(put.map(|line| (part.to_owned(), line)));
    }
    if sheet.row > first {
        sheet.page.fold(first, sheet.row - 1);
    }
    lines
}

/// The whole of a ledger: the sum of its parts is the model's, so that it stands as the model gives it.
fn whole(
    sheet: &mut Sheet<'_>,
    source: &Sources<'_>,
    block: &mut Block,
    ledger: &str,
    name: &str,
    terms: &Terms,
    real: Option<&Block>,
) -> Option<Line> {
    let parts = source.parts(ledger).len();
    if parts == 0 {
        return number(sheet, block, name, source.whole(ledger), 1.0, Style::PLAIN, terms, real);
    }
    let rows: Vec<Line> = block.rows[block.rows.len() - parts.min(block.rows.len())..].to_vec();
    let shown_just_above = rows.first().is_some_and(|row| row.row() + parts as u32 == sheet.row);
    if shown_just_above {
        let rows: Vec<&Line> = rows.iter().collect();
        let (line, _) = sheet.put(name, &added(&rows, sheet.findings.horizon), Style::SUM);
        return Some(line);
    }
    number(sheet, block, name, source.whole(ledger), 1.0, Style::PLAIN, terms, real)
}

/// A row that goes back to a row of numbers: at once, or through the row of real money.
#[allow(clippy::too_many_arguments)]
fn number(
    sheet: &mut Sheet<'_>,
    block: &mut Block,
    name: &str,
    from: Option<&Line>,
    sign: f64,
    style: Style,
    terms: &Terms,
    real: Option<&Block>,
) -> Option<Line> {
    let from = from?;
    let years = sheet.findings.horizon;
    let cells: Vec<Live> = match real {
        None => {
            (0..years).map(|year| if sign < 0.0 { from.there(year).negative() } else { from.there(year) }).collect()
        }
        Some(real) => {
            let row = &real.rows[block.next];
            (0..years).map(|year| row.here(year).times(&terms.price_level[year])).collect()
        }
    };
    block.next += 1;
    let (line, _) = sheet.put(name, &cells, style);
    block.rows.push(line.clone());
    Some(line)
}

/// The sums of lines, year by year.
fn added(lines: &[&Line], years: usize) -> Vec<Live> {
    let next_to_each_other = lines.windows(2).all(|pair| pair[0].row() + 1 == pair[1].row()) && lines.len() > 2;
    (0..years)
        .map(|year| {
            let cells: Vec<Live> = lines.iter().map(|line| line.here(year)).collect();
            if next_to_each_other {
                Live::total(&cells)
            } else {
                Live::sum(&cells.into_iter().map(|cell| (1.0, cell)).collect::<Vec<_>>())
            }
        })
        .collect()
}

/// The running sum of a line that stands in the row above.
fn so_far(sheet: &mut Sheet<'_>, name: &str, yearly: &Line) -> Line {
    let row = sheet.row;
    let mut sum = 0.0;
    let mut cells: Vec<Live> = Vec::new();
    for year in 0..yearly.len() {
        let mut parts = vec![(1.0, yearly.here(year))];
        if year > 0 {
            parts.insert(0, (1.0, Line::new("", row, FIRST + year as u16 - 1, vec![sum]).here(0)));
        }
        let cell = Live::sum(&parts);
        sum = cell.value();
        cells.push(cell);
    }
    sheet.put(name, &cells, Style::SO_FAR).0
}

fn is_of(perspective: &Perspective, payer: &str) -> bool {
    perspective.payers.is_empty() || perspective.payers.iter().any(|one| one.value.eq_ignore_ascii_case(payer))
}

/// What is released to the payers of a perspective: their rows, or that of all.
fn released_to<'b>(block: &'b Block, perspective: &Perspective) -> Vec<&'b Line> {
    if perspective.payers.is_empty() || block.by_payer.is_empty() {
        return block.released.iter().collect();
    }
    block.by_payer.iter().filter(|(payer, _)| is_of(perspective, payer)).map(|(_, line)| line).collect()
}

fn net_position(sheet: &mut Sheet<'_>, block: &mut Block, perspective: &Perspective) {
    let years = sheet.findings.horizon;
    let name = words::inside(&perspective.name);
    let cells = added(&released_to(block, perspective), years);
    let (released, _) = sheet.put(&format!("Cash released to: {name}"), &cells, Style::PLAIN);
    let cells: Vec<Live> = (0..years)
        .map(|year| {
            let mut parts = vec![(1.0, released.here(year))];
            let counted = block.spent.iter().filter(|(id, _)| perspective.costs.contains(id));
            parts.extend(counted.map(|(_, line)| (-1.0, line.here(year))));
            Live::sum(&parts)
        })
        .collect();
    let (net, _) = sheet.put(&format!("Net position: {name}"), &cells, Style::SUM);
    let cumulative = so_far(sheet, &format!("Cumulative net position: {name}"), &net);
    block.told.extend([
        (format!("Cash released to: {name}"), released.clone()),
        (format!("Net position: {name}"), net.clone()),
        (format!("Cumulative net position: {name}"), cumulative),
    ]);
    block.released_to.push(released);
    block.net.push(net);
}

/// The first perspective's net position if finance counts part of the capacity released as cash.
fn with_capacity(sheet: &mut Sheet<'_>, block: &Block, money: &[&Perspective], terms: &Terms) {
    let (Some(perspective), Some(net)) = (money.first(), block.net.first()) else { return };
    let Some((_, capacity)) = block.capacity.first() else { return };
    let years = sheet.findings.horizon;
    let cells: Vec<Live> = (0..years).map(|year| capacity.here(year).times(&terms.cashable)).collect();
    let (counted, _) = sheet.put("Of which you count as cash: the cashable share of Inputs", &cells, Style::PLAIN);
    let cells: Vec<Live> =
        (0..years).map(|year| Live::sum(&[(1.0, net.here(year)), (1.0, counted.here(year))])).collect();
    let name = words::inside(&perspective.name);
    let (with, _) = sheet.put(&format!("Net position with it: {name}"), &cells, Style::SUM);
    so_far(sheet, &format!("Cumulative net position with it: {name}"), &with);
}

/// What is told in present values, and health.
#[derive(Debug, Clone, Default)]
struct Present {
    /// Rows of money for the summary.
    told: Vec<(String, Line)>,
    /// Rows of health for the summary.
    health: Vec<(String, Line)>,
    /// Discounted net position of each perspective that is told in it, by id.
    net: Vec<(String, Line)>,
}

fn present_values(
    sheet: &mut Sheet<'_>,
    source: &Sources<'_>,
    money: &[&Perspective],
    terms: &Terms,
    real: &Block,
) -> Present {
    let years = sheet.findings.horizon;
    let mut present = Present::default();
    let title = "3  Present values in prices of 2024/25: discounted to plan year 1 by the rates of Inputs; totals are net present values";
    sheet.page.text(sheet.row, 0, title, Look::Head);
    for column in 1..=sheet.last {
        sheet.page.text(sheet.row, column, "", Look::Head);
    }
    sheet.row += 1;
    sheet.band("Money alone");
    for (perspective, net) in money.iter().zip(&real.net) {
        let cells: Vec<Live> = (0..years).map(|year| net.here(year).times(&terms.cost_factor[year])).collect();
        let name = format!("Present value: {}", words::inside(&perspective.name));
        let (line, _) = sheet.put(&name, &cells, Style::SUM);
        present.told.push((name, line));
    }
    for perspective in source.basis.accounts.perspectives.iter().filter(|one| !counts_money_alone(one)) {
        society(sheet, source, perspective, terms, real, &mut present);
    }
    sheet.band("Health that the financing costs: shown beside, and in no total");
    for ledger in source.of_kind(LedgerKind::DisplacedQalys) {
        let Some(line) = source.whole(ledger) else { continue };
        let cells: Vec<Live> = (0..years).map(|year| line.there(year)).collect();
        let name = source.name(ledger);
        let (line, _) = sheet.put(&name, &cells, Style::COUNT);
        present.health.push((name, line));
    }
    sheet.row += 1;
    present
}

/// A perspective that counts freed capacity or health: the resources, the health, and both at present values.
fn society(
    sheet: &mut Sheet<'_>,
    source: &Sources<'_>,
    perspective: &Perspective,
    terms: &Terms,
    real: &Block,
    present: &mut Present,
) {
    let years = sheet.findings.horizon;
    let name = words::inside(&perspective.name);
    sheet.band(&perspective.name);
    let released = added(&released_to(real, perspective), years);
    let (released, _) = sheet.put("Cash released to the payers that it counts", &released, Style::PLAIN);
    let mut counted: Vec<(f64, Line)> = vec![(1.0, released)];
    let spent = real.spent.iter().filter(|(id, _)| perspective.costs.contains(id));
    counted.extend(spent.map(|(_, line)| (-1.0, line.clone())));
    let gains = real.capacity.iter().filter(|(id, _)| perspective.gains.contains(id));
    counted.extend(gains.map(|(_, line)| (1.0, line.clone())));
    let cells: Vec<Live> = (0..years)
        .map(|year| Live::sum(&counted.iter().map(|(sign, line)| (*sign, line.here(year))).collect::<Vec<_>>()))
        .collect();
    let title = "Resources: cash and capacity released less spending on prevention";
    let (resources, _) = sheet.put(title, &cells, Style::SUM);
    let mut health: Vec<Line> = Vec::new();
    for ledger in &perspective.qalys {
        let Some(line) = source.whole(ledger) else { continue };
        let cells: Vec<Live> = (0..years).map(|year| line.there(year)).collect();
        let label = source.name(ledger);
        let (line, _) = sheet.put(&label, &cells, Style::COUNT);
        present.health.push((label, line.clone()));
        health.push(line);
    }
    let factor = |year: usize| if perspective.discounted { terms.cost_factor[year].clone() } else { one() };
    let cells: Vec<Live> = (0..years).map(|year| resources.here(year).times(&factor(year))).collect();
    let (resources, _) = sheet.put("Present value of the resources", &cells, Style::PLAIN);
    let mut parts = vec![resources];
    for line in &health {
        let factor = |year: usize| if perspective.discounted { terms.health_factor[year].clone() } else { one() };
        let cells: Vec<Live> =
            (0..years).map(|year| line.here(year).times(&terms.qaly_value).times(&factor(year))).collect();
        parts.push(sheet.put("Present value of the health, at the value of a QALY of Inputs", &cells, Style::PLAIN).0);
    }
    let cells = added(&parts.iter().collect::<Vec<_>>(), years);
    let title = format!("Net position: {name}");
    let (net, _) = sheet.put(&title, &cells, Style::SUM);
    so_far(sheet, &format!("Cumulative net position: {name}"), &net);
    present.told.push((format!("Present value: {name}"), net.clone()));
    present.net.push((perspective.id.clone(), net));
}

fn one() -> Live {
    Live::cell("1", 1.0)
}

/// The net positions of this sheet less those that the model itself gives: nothing, while the inputs are the model's.
fn check(
    sheet: &mut Sheet<'_>,
    source: &Sources<'_>,
    money: &[&Perspective],
    real: &Block,
    cash: &Block,
    present: &Present,
) {
    sheet.band("Check: this sheet less the model's own net position. 0 while Inputs are as the model ran");
    let years = sheet.findings.horizon;
    for perspective in &source.basis.accounts.perspectives {
        let base = if perspective.prices == Prices::Nominal { PriceBase::Nominal } else { PriceBase::Real };
        let found = source.means.find(0, source.strategy, Comparator::Twin, "net", (&perspective.id, ""), base);
        let of_money = money.iter().position(|one| one.id == perspective.id);
        let block = if base == PriceBase::Nominal { cash } else { real };
        let ours = match of_money {
            Some(place) => block.net.get(place),
            None => present.net.iter().find(|(id, _)| *id == perspective.id).map(|(_, line)| line),
        };
        let (Some(found), Some(ours)) = (found, ours) else { continue };
        let cells: Vec<Live> =
            (0..years).map(|year| Live::sum(&[(1.0, ours.here(year)), (-1.0, found.there(year))])).collect();
        sheet.put(&words::capital(&perspective.name), &cells, Style::PLAIN);
    }
    sheet.words("Differences far below a pound come from rounding in the last place.");
}

/// The summary, in the price base that is chosen on the sheet of inputs.
fn summarise(
    sheet: &mut Sheet<'_>,
    terms: &Terms,
    real: &Block,
    cash: &Block,
    present: &Present,
) -> Vec<(String, Line, bool)> {
    let word = if terms.nominal { "nominal" } else { "real 2024/25" };
    let title = "Summary, in the price base chosen on Inputs: ";
    sheet.band("");
    let formula = format!("=\"{title}\"&Price_base");
    sheet.page.live_text(sheet.row - 1, 0, &formula, &format!("{title}{word}"), Look::Heading);
    let mut told = Vec::new();
    let years = sheet.findings.horizon;
    for ((name, nominal), (_, real)) in cash.told.iter().zip(&real.told) {
        let cells: Vec<Live> = (0..years).map(|year| terms.chosen(&nominal.here(year), &real.here(year))).collect();
        let style = match name {
            name if name.starts_with("Net position") => Style::SUM,
            name if name.starts_with("Cumulative") => Style::SO_FAR,
            _ => Style::PLAIN,
        };
        let (_, totals) = sheet.put(name, &cells, style);
        if style.adds {
            told.push((name.clone(), totals, true));
        }
    }
    for (name, line) in &present.told {
        let (_, totals) = sheet.put(&format!("{name}, 2024/25 prices"), &line.all_here(), Style::PLAIN);
        told.push((format!("{name}, 2024/25 prices"), totals, true));
    }
    for (name, line) in &present.health {
        let (_, totals) = sheet.put(name, &line.all_here(), Style::COUNT);
        told.push((name.clone(), totals, false));
    }
    told
}
