//! The plan in one price base: what it costs, cash released, net position, and what is shown apart.

use crate::scenario::{LedgerKind, Perspective};
use crate::words;

use super::super::inputs::Terms;
use super::super::live::{Line, Live};
use super::super::look::Look;
use super::FIRST;
use super::ledgers::Ledgers;
use super::rows::{Rows, Style};

/// What finance counts of freed capacity, as rows and charts name it.
pub(super) const COUNTED: &str = "Capacity that you count as cash (cashable share of Inputs)";

/// The plan in one price base.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    /// All rows that hold numbers of their own, so that the money of each year follows row by row.
    pub(super) rows: Vec<Line>,
    pub(super) next: usize,
    /// Spending ledgers, by id.
    pub(super) spent: Vec<(String, Line)>,
    /// Cash released by payer.
    pub(super) by_payer: Vec<(String, Line)>,
    /// Cash released of all payers.
    pub(super) released: Option<Line>,
    /// Capacity released.
    pub(super) capacity: Vec<(String, Line)>,
    /// The part of it that the cashable share of the inputs counts as cash: none while inputs are as the model ran.
    pub(super) counted: Option<Line>,
    /// Rows for the summary: what is told, and its line.
    pub(super) summary: Vec<(String, Line)>,
    /// Net position by year, of each perspective.
    pub(super) net: Vec<Line>,
    /// Cash released to a perspective's payers.
    pub(super) released_to: Vec<Line>,
}

/// Writes the plan once: in real money from the sheet of numbers, or in the money of each year from the real rows.
pub(super) fn block(
    sheet: &mut Rows<'_>,
    source: &Ledgers<'_>,
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
    block.summary.push(("Cost of the plan".to_owned(), cost));

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

    sheet.band(
        "Capacity released: staff and beds freed. Only what the cashable share of Inputs counts as cash is in a total",
    );
    for ledger in source.of_kind(LedgerKind::CapacityReleased) {
        parts(sheet, source, &mut block, ledger, 1.0, terms, real);
        let name = format!("{}, all services", source.name(ledger));
        if let Some(line) = whole(sheet, source, &mut block, ledger, &name, terms, real) {
            block.summary.push((format!("{} (in no total)", source.name(ledger)), line.clone()));
            block.capacity.push((ledger.to_owned(), line));
        }
    }
    block.counted = counted_as_cash(sheet, &block, terms);

    sheet.band("Net position: cash released, and capacity counted as cash, less what the plan costs");
    for perspective in money {
        net_position(sheet, &mut block, perspective);
    }

    sheet.band("Shown apart: in no total above, and not to be added to one");
    for ledger in source.apart() {
        if source.kind(ledger) == Some(LedgerKind::ActivityAvoided) {
            parts(sheet, source, &mut block, ledger, 1.0, terms, real);
        }
        if let Some(line) = whole(sheet, source, &mut block, ledger, &source.name(ledger), terms, real) {
            block.summary.push((format!("{} (in no total)", source.name(ledger)), line));
        }
    }
    sheet.row += 1;
    block
}

/// The parts of a ledger, which can be folded away.
pub(super) fn parts(
    sheet: &mut Rows<'_>,
    source: &Ledgers<'_>,
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
pub(super) fn whole(
    sheet: &mut Rows<'_>,
    source: &Ledgers<'_>,
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
    let displayed_just_above = rows.first().is_some_and(|row| row.row() + parts as u32 == sheet.row);
    if displayed_just_above {
        let rows: Vec<&Line> = rows.iter().collect();
        let (line, _) = sheet.put(name, &added(&rows, sheet.findings.horizon), Style::SUM);
        return Some(line);
    }
    number(sheet, block, name, source.whole(ledger), 1.0, Style::PLAIN, terms, real)
}

/// A row that goes back to a row of numbers: at once, or through the row of real money.
#[allow(clippy::too_many_arguments)]
pub(super) fn number(
    sheet: &mut Rows<'_>,
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
pub(super) fn added(lines: &[&Line], years: usize) -> Vec<Live> {
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
pub(super) fn so_far(sheet: &mut Rows<'_>, name: &str, yearly: &Line) -> Line {
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

pub(super) fn is_of(perspective: &Perspective, payer: &str) -> bool {
    perspective.payers.is_empty() || perspective.payers.iter().any(|one| one.value.eq_ignore_ascii_case(payer))
}

/// What is released to the payers of a perspective: their rows, or that of all.
pub(super) fn released_to<'b>(block: &'b Block, perspective: &Perspective) -> Vec<&'b Line> {
    if perspective.payers.is_empty() || block.by_payer.is_empty() {
        return block.released.iter().collect();
    }
    block.by_payer.iter().filter(|(payer, _)| is_of(perspective, payer)).map(|(_, line)| line).collect()
}

pub(super) fn net_position(sheet: &mut Rows<'_>, block: &mut Block, perspective: &Perspective) {
    let years = sheet.findings.horizon;
    let name = words::inside(&perspective.name);
    let cells = added(&released_to(block, perspective), years);
    let (released, _) = sheet.put(&format!("Cash released to: {name}"), &cells, Style::PLAIN);
    let cells: Vec<Live> = (0..years)
        .map(|year| {
            let mut parts = vec![(1.0, released.here(year))];
            parts.extend(block.counted.iter().map(|line| (1.0, line.here(year))));
            let counted = block.spent.iter().filter(|(id, _)| perspective.costs.contains(id));
            parts.extend(counted.map(|(_, line)| (-1.0, line.here(year))));
            Live::sum(&parts)
        })
        .collect();
    let (net, _) = sheet.put(&format!("Net position: {name}"), &cells, Style::SUM);
    let cumulative = so_far(sheet, &format!("Cumulative net position: {name}"), &net);
    if block.net.is_empty() {
        block.summary.extend(block.counted.iter().map(|line| (COUNTED.to_owned(), line.clone())));
    }
    block.summary.extend([
        (format!("Cash released to: {name}"), released.clone()),
        (format!("Net position: {name}"), net.clone()),
        (format!("Cumulative net position: {name}"), cumulative),
    ]);
    block.released_to.push(released);
    block.net.push(net);
}

/// The part of the capacity released that finance expects to turn into cash.
pub(super) fn counted_as_cash(sheet: &mut Rows<'_>, block: &Block, terms: &Terms) -> Option<Line> {
    let lines: Vec<&Line> = block.capacity.iter().map(|(_, line)| line).collect();
    if lines.is_empty() {
        return None;
    }
    let cells: Vec<Live> =
        added(&lines, sheet.findings.horizon).iter().map(|cell| cell.times(&terms.cashable)).collect();
    Some(sheet.put(COUNTED, &cells, Style::SUM).0)
}
