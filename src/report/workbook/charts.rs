//! Native charts of each strategy, drawn by the spreadsheet from its own cells: payback, who gains, demand.

use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill, ChartType,
    Color,
};

use crate::appraisal::findings::{Findings, PriceBase};
use crate::appraisal::key::CUMULATIVE_NET;
use crate::quantity::FinancialYear;
use crate::words;

use super::bands::Fan;
use super::demand::Change;
use super::page::Page;
use super::plan::Outline;

/// Rows that the charts of a strategy take, and so a printed page.
const ROWS: u32 = 38;
const FIRST: u32 = 3;
/// Pixels of a chart, and columns from one to the next.
const SIZE: (u32, u32) = (620, 340);
const NEXT: u16 = 10;
/// Colours that people with any sight of colours tell apart (Okabe and Ito 2008), and a few greys after them.
const COLOURS: [u32; 10] = [
    0x00_72_B2, 0xE6_9F_00, 0x00_9E_73, 0xCC_79_A7, 0x56_B4_E9, 0xD5_5E_00, 0x8C_8C_8C, 0x4D_4D_4D, 0xC9_B8_2A,
    0xBD_BD_BD,
];
/// Around and in the middle of a fan.
const OUTER: u32 = 0xC6_DB_E8;
const INNER: u32 = 0x7F_B0_CE;
const MIDDLE: u32 = 0x0B_3C_5D;

/// Fills the sheet.
pub fn fill(page: &mut Page, findings: &Findings, fans: &[Fan], changes: &[Change], outlines: &[Outline]) {
    page.heading(
        "Charts",
        "Cumulative net positions and changes of demand are bands of the draws and stay as the model ran; the columns are means, in the \
         money of each year, and follow the prices and the cashable share of Inputs.",
    );
    page.note_if_changed(FIRST - 1);
    let mut breaks = Vec::new();
    for (strategy, label) in findings.strategies.iter().enumerate() {
        let top = FIRST + strategy as u32 * ROWS;
        if strategy > 0 {
            breaks.push(top);
        }
        page.band(top, 2 * NEXT - 1, &label.name);
        let own: Vec<&Fan> = fans.iter().filter(|fan| fan.strategy == strategy).collect();
        let (first, last) = (own.first(), own.last().filter(|_| own.len() > 1));
        for (place, found) in [first, last].into_iter().enumerate() {
            if let Some(found) = found {
                page.chart(
                    top + 1,
                    place as u16 * NEXT,
                    &fan(found, &label.name, money_format(findings), findings.prices()),
                );
            }
        }
        if let Some(outline) = outlines.get(strategy).filter(|outline| !outline.by_payer.is_empty()) {
            page.chart(top + 19, 0, &payers(findings, outline, &label.name));
        }
        let own: Vec<&Change> = changes.iter().filter(|change| change.strategy == strategy).collect();
        if !own.is_empty() {
            page.chart(top + 19, NEXT, &demand(&own, &label.name));
        }
    }
    page.page_breaks(&breaks);
    page.print_area(FIRST + findings.strategies.len() as u32 * ROWS, 2 * NEXT - 1);
}

/// Millions of pounds, or thousands where the plan is small.
fn money_format(findings: &Findings) -> (&'static str, &'static str) {
    let nets = findings.series.iter().filter(|series| series.key.outcome == CUMULATIVE_NET);
    let ends = nets.flat_map(|series| series.years.iter().flat_map(|year| [year.p05.value, year.p95.value]));
    let most = ends.fold(0.0f64, |most, end| most.max(end.abs()));
    if most >= 5e6 { ("£#,##0,,\"m\"", "£ million") } else { ("£#,##0,\"k\"", "£ thousand") }
}

fn plain(title: &str, unit: &str, format: &str, chart: &mut Chart) {
    chart.set_width(SIZE.0).set_height(SIZE.1).set_alt_text(title);
    chart.title().set_name(title).set_font(ChartFont::new().set_size(11).set_bold()).set_overlay(false);
    chart.y_axis().set_name(unit).set_num_format(format).set_name_font(ChartFont::new().set_size(9).unset_bold());
    let line = ChartLine::new().set_color(Color::RGB(0xD9_D9_D9)).clone();
    chart.y_axis().set_major_gridlines_line(&line).set_font(ChartFont::new().set_size(9));
    chart.x_axis().set_label_position(ChartAxisLabelPosition::Low).set_font(ChartFont::new().set_size(9));
    chart.legend().set_position(ChartLegendPosition::Bottom).set_font(ChartFont::new().set_size(9));
}

/// A fan: layers on a base that is not seen, and the median as a line.
fn fan(fan: &Fan, strategy: &str, (format, unit): (&str, &str), prices: FinancialYear) -> Chart {
    let mut chart = Chart::new(ChartType::AreaStacked);
    let names = ["Below p05", "p05 to p25", "Middle half of draws: p25 to p75", "Nine draws in ten: p05 to p95"];
    let fills = [None, Some(OUTER), Some(INNER), Some(OUTER)];
    for (layer, (column, fill)) in Fan::layers().into_iter().zip(fills).enumerate() {
        let mut look = ChartFormat::new();
        match fill {
            None => look.set_no_fill().set_no_border(),
            Some(fill) => look.set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(fill))).set_no_border(),
        };
        let series = chart.add_series();
        series.set_name(names[layer]).set_categories(fan.column(None)).set_values(fan.column(Some(column)));
        series.set_format(&mut look);
        series.delete_from_legend(layer < 2);
    }
    let mut middle = Chart::new(ChartType::Line);
    let mut line = ChartFormat::new();
    line.set_line(ChartLine::new().set_color(Color::RGB(MIDDLE)).set_width(2.25));
    middle
        .add_series()
        .set_name("Median")
        .set_categories(fan.column(None))
        .set_values(fan.column(Some(2)))
        .set_format(&mut line);
    let base = match fan.price_base {
        PriceBase::Nominal => "money of each year".to_owned(),
        _ => format!("{prices} prices, discounted"),
    };
    plain(
        &format!("Payback: cumulative net position, {}", words::inside(&fan.perspective)),
        &format!("{unit}, {base}"),
        format,
        &mut chart,
    );
    chart.set_alt_text(format!(
        "Cumulative net position of “{strategy}” by plan year as a fan of draws: {}",
        fan.perspective
    ));
    chart.combine(&middle);
    chart
}

/// Cash released, one column a year, a layer for each payer and one for capacity that finance counts as cash.
fn payers(findings: &Findings, outline: &Outline, strategy: &str) -> Chart {
    let mut chart = Chart::new(ChartType::ColumnStacked);
    for (place, (payer, line)) in outline.by_payer.iter().enumerate() {
        let (first, last) = (line.column(0), line.column(findings.horizon - 1));
        let sheet = outline.sheet.as_str();
        let mut fill = ChartFormat::new();
        fill.set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(COLOURS[place % COLOURS.len()])));
        let series = chart.add_series();
        series.set_name(words::payer(payer).as_str()).set_categories((sheet, 3, first, 3, last));
        series.set_values((sheet, line.row(), first, line.row(), last)).set_format(&mut fill);
        series.set_gap(60);
    }
    let (format, unit) = ("£#,##0.0,,\"m\"", "£ million, money of each year");
    plain("Cash released by payer, and capacity counted as cash (below zero: pays more)", unit, format, &mut chart);
    chart.set_alt_text(format!("Cash that “{strategy}” releases in each plan year, by payer"));
    chart
}

/// Median change of each demand against the twin.
fn demand(changes: &[&Change], strategy: &str) -> Chart {
    let mut chart = Chart::new(ChartType::Line);
    for (place, change) in changes.iter().enumerate() {
        let mut line = ChartFormat::new();
        line.set_line(ChartLine::new().set_color(Color::RGB(COLOURS[place % COLOURS.len()])).set_width(2));
        let series = chart.add_series();
        series.set_name(change.service.as_str()).set_categories(change.years()).set_values(change.medians());
        series.set_format(&mut line);
    }
    plain(
        "Need, and what happens of it: change that prevention makes, median",
        "% of the twin",
        "0.0\"%\"",
        &mut chart,
    );
    chart.set_alt_text(format!(
        "Change of demand, and of what happens of it, by service and plan year under “{strategy}”, in per cent"
    ));
    chart
}
