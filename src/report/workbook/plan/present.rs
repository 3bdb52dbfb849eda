//! Present values of a plan, and society's view: resources and health, discounted by the rates of the inputs.

use crate::scenario::{LedgerKind, Perspective};
use crate::words;

use super::super::inputs::Terms;
use super::super::live::{Line, Live};
use super::super::look::Look;
use super::block::{Block, added, released_to, so_far};
use super::counts_money_alone;
use super::ledgers::Ledgers;
use super::rows::{Rows, Style};

/// What is told in present values, and health.
#[derive(Debug, Clone, Default)]
pub(super) struct Present {
    /// Rows of money for the summary.
    pub(super) summary: Vec<(String, Line)>,
    /// Rows of health for the summary.
    pub(super) health: Vec<(String, Line)>,
    /// Discounted net position of each perspective that is told in it, by id.
    pub(super) net: Vec<(String, Line)>,
}

pub(super) fn present_values(
    sheet: &mut Rows<'_>,
    source: &Ledgers<'_>,
    money: &[&Perspective],
    terms: &Terms,
    real: &Block,
) -> Present {
    let years = sheet.findings.horizon;
    let mut present = Present::default();
    let prices = sheet.findings.prices();
    let title = &format!(
        "3  Present values in prices of {prices}: discounted to plan year 1 by the rates of Inputs; totals are net present values"
    );
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
        present.summary.push((name, line));
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
pub(super) fn society(
    sheet: &mut Rows<'_>,
    source: &Ledgers<'_>,
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
    present.summary.push((format!("Present value: {name}"), net.clone()));
    present.net.push((perspective.id.clone(), net));
}

pub(super) fn one() -> Live {
    Live::cell("1", 1.0)
}
