//! The inputs that a finance team may change: price base, discounting, the share of freed capacity that becomes cash, prices.

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, DataValidationRule, row_col_to_cell_absolute};

use crate::appraisal::findings::{Findings, PriceBase};
use crate::quantity::{FinancialYear, Pounds};
use crate::words;

use super::Basis;
use super::live::{Line, Live, fixed};
use super::look::Look;
use super::page::Page;

/// The cells that formulas elsewhere go back to.
#[derive(Debug, Clone)]
pub struct Terms {
    /// Prices of each plan year over those of the base year.
    pub price_level: Vec<Live>,
    /// Present value of a pound of each plan year.
    pub cost_factor: Vec<Live>,
    /// Present value of a QALY of each plan year.
    pub health_factor: Vec<Live>,
    /// The part of capacity released that the finance team counts as cash.
    pub cashable: Live,
    /// What a QALY is taken to be worth.
    pub qaly_value: Live,
    /// Whether the money of each year is shown first, as the workbook is written.
    pub nominal: bool,
}

impl Terms {
    /// One or the other, by the price base that is chosen.
    pub fn chosen(&self, nominal: &Live, real: &Live) -> Live {
        Live::either(CHOSEN, self.nominal, nominal, real)
    }
}

const CHOSEN: &str = "Price_base=\"nominal\"";
pub(super) const NOMINAL: &str = "nominal";
const SHEET: &str = "Inputs";
/// Rows of the sheet, from 0.
const HEAD: u32 = 3;
const PRICE_BASE: u32 = 4;
const COST_RATE: u32 = 5;
const HEALTH_RATE: u32 = 6;
const CASHABLE: u32 = 7;
const QALY: u32 = 8;
const AS_RUN: u32 = 10;
const YEARS: u32 = 14;
/// Columns: in use, and as the model ran.
const USED: u16 = 1;
const RAN: u16 = 2;

/// Names of cells for formulas.
pub fn defined_names() -> Vec<(&'static str, String)> {
    [
        ("Price_base", PRICE_BASE),
        ("Discount_rate_money", COST_RATE),
        ("Discount_rate_health", HEALTH_RATE),
        ("Cashable_share", CASHABLE),
        ("QALY_value", QALY),
        ("Inputs_as_run", AS_RUN),
    ]
    .map(|(name, row)| (name, fixed(SHEET, row, USED)))
    .to_vec()
}

/// Fills the sheet.
pub fn fill(page: &mut Page, findings: &Findings, basis: &Basis<'_>) -> Terms {
    page.widths(&[34.0, 16.0, 16.0, 15.0, 15.0, 15.0, 92.0]);
    page.tab(0xE0_B0_30);
    page.heading(
        "Inputs",
        "Yellow cells with blue figures may be changed. The money of all plan sheets and of the comparison follows, and so do the \
         columns on Charts. Bands and chances are the model's own and do not.",
    );
    let scenario = basis.scenario;
    let nominal = findings.perspectives.first().is_none_or(|first| first.price_base == PriceBase::Nominal);
    let real = real(findings);
    let base = if nominal { NOMINAL } else { real.as_str() };
    page.heads(HEAD, &["Input"], &["In use: change here".to_owned(), "As the model ran".to_owned()]);
    for (column, word) in ["Unit", "What it does", "", ""].iter().enumerate() {
        page.text(HEAD, 3 + column as u16, word, Look::Head);
    }
    let qaly = scenario.values.qaly.first().map_or(0.0, |Pounds(value)| *value);
    let others: Vec<String> = scenario.values.qaly.iter().skip(1).map(|Pounds(value)| format!("{value}")).collect();
    let others =
        if others.is_empty() { String::new() } else { format!(" The scenario also names {}.", others.join(" and ")) };
    words(page, PRICE_BASE, "Price base", "choice", "The summary of each plan and the comparison are told in it.");
    page.text(PRICE_BASE, USED, base, Look::InputWord);
    page.text(PRICE_BASE, RAN, base, Look::Words);
    let rates = [
        (COST_RATE, "Discount rate of money", scenario.cost_discounting.get()),
        (HEALTH_RATE, "Discount rate of health", scenario.health_discounting.get()),
    ];
    for (row, label, rate) in rates {
        words(
            page,
            row,
            label,
            "a year",
            "A pound or QALY of plan year 1 counts in full, of each later year less by this.",
        );
        page.number(row, USED, rate, Look::InputPercent);
        page.number(row, RAN, rate, Look::Percent);
    }
    words(
        page,
        CASHABLE,
        "Cashable share",
        "share",
        "The part of capacity released that you expect to turn into cash: it enters the net positions of money and their present values. \
         Society counts all of it already.",
    );
    page.number(CASHABLE, USED, 0.0, Look::InputPercent);
    page.number(CASHABLE, RAN, 0.0, Look::Percent);
    let text = format!("What a QALY is taken to be worth in the net position of society.{others}");
    words(page, QALY, "Value of a QALY", &format!("£ of {}", findings.prices()), &text);
    page.number(QALY, USED, qaly, Look::InputPounds);
    page.number(QALY, RAN, qaly, Look::Pounds);

    let last = YEARS + findings.horizon as u32;
    let cells = |column: char| format!("{column}{}:{column}{}", YEARS + 1, last + 1);
    page.text(AS_RUN, 0, "Inputs as the model ran?", Look::Words);
    let formula = format!(
        "=IF(AND(B{0}=C{0},B{1}=C{1},B{2}=C{2},B{3}=C{3},SUMXMY2({4},{5})=0),\"yes\",\"no\")",
        COST_RATE + 1,
        HEALTH_RATE + 1,
        CASHABLE + 1,
        QALY + 1,
        cells('B'),
        cells('C')
    );
    page.live_text(AS_RUN, USED, &formula, "yes", Look::Words);
    page.text(
        AS_RUN,
        3,
        "Where it says yes, each plan sheet must agree with the model: see its last rows.",
        Look::Note,
    );

    let terms = years(page, findings, basis);
    validations(page, &real, last);
    page.freeze(HEAD + 1, 0);
    page.print_area(last + 4, 6);
    Terms { cashable: Live::cell("Cashable_share", 0.0), qaly_value: Live::cell("QALY_value", qaly), nominal, ..terms }
}

/// What prices of the base year are called in the cell where one chooses.
pub(super) fn real(findings: &Findings) -> String {
    format!("real {}", findings.prices())
}

fn words(page: &mut Page, row: u32, label: &str, unit: &str, text: &str) {
    page.text(row, 0, label, Look::Words);
    page.text(row, 3, unit, Look::Item);
    page.text(row, 4, text, Look::Note);
}

/// Prices and discounting of each year.
fn years(page: &mut Page, findings: &Findings, basis: &Basis<'_>) -> Terms {
    let deflators = &basis.references.deflators;
    page.band(YEARS - 2, 6, &format!("Prices and discounting by year: {}", deflators.name));
    let heads =
        ["Index: change here", "As the model ran", "Price level", "Discount factor, money", "Discount factor, health"];
    page.heads(YEARS - 1, &["Year"], &heads.map(str::to_owned));
    page.text(YEARS - 1, 6, "Grade and source", Look::Head);
    // The first row is the year of the prices; the others are the plan years, whenever they begin.
    let calendar = |year: usize| match year {
        0 => FinancialYear::beginning(findings.base_year),
        year => FinancialYear::beginning(findings.first_year).later(year as i32 - 1),
    };
    let published = |label: FinancialYear| {
        let level = deflators.past.index.get(&label).or_else(|| deflators.future.index.get(&label)).copied();
        let base = deflators.past.index.get(&deflators.base).copied().unwrap_or(100.0);
        level.unwrap_or_else(|| base * deflators.from_base(label).unwrap_or(1.0))
    };
    // Rates of the scenario begin where the published path stands in the year before the plan.
    let inflation = basis.scenario.inflation();
    let index = |year: usize| {
        let passed = calendar(year).begins() - findings.first_year;
        match &inflation {
            Some(rates) if passed >= 0 => {
                let before = published(FinancialYear::beginning(findings.first_year).later(-1));
                rates.iter().take(passed as usize + 1).fold(before, |level, rate| level * (1.0 + rate))
            }
            _ => published(calendar(year)),
        }
    };
    let mut terms = Terms {
        price_level: Vec::new(),
        cost_factor: Vec::new(),
        health_factor: Vec::new(),
        cashable: Live::cell("0", 0.0),
        qaly_value: Live::cell("0", 0.0),
        nominal: true,
    };
    let base = Live::cell(row_col_to_cell_absolute(YEARS, USED), index(0));
    let (mut money, mut health): (Option<Live>, Option<Live>) = (None, None);
    for year in 0..=findings.horizon {
        let row = YEARS + year as u32;
        page.text(row, 0, &calendar(year).to_string(), Look::Words);
        page.number(row, USED, index(year), Look::InputIndex);
        page.number(row, RAN, index(year), Look::Number);
        let path = if calendar(year) <= deflators.base { &deflators.past } else { &deflators.future };
        let beyond = if calendar(year) > deflators.years().1 {
            format!(", then {} a year", words::share(deflators.growth_after))
        } else {
            String::new()
        };
        let from = match &inflation {
            Some(rates) if year > 0 => format!("The scenario: {} a year", words::share(rates[year - 1])),
            _ => format!("{}: {}{beyond}", path.grade, path.sources.join(", ")),
        };
        page.text(row, 6, &from, Look::Item);
        let level = Line::new(SHEET, row, USED, vec![index(year)]).here(0).over(&base);
        page.live(row, 3, &level, Look::Factor);
        if year == 0 {
            continue;
        }
        terms.price_level.push(Live::cell(fixed(SHEET, row, 3), level.value()));
        let mut factor = |before: &mut Option<Live>, name: &str, rate: f64, column: u16| {
            let live = before.as_ref().map_or(Live::cell("1", 1.0), |before| {
                let rate = Live::sum(&[(1.0, Live::cell("1", 1.0)), (1.0, Live::cell(name, rate))]);
                before.over(&rate)
            });
            page.live(row, column, &live, Look::Factor);
            *before = Some(Line::new(SHEET, row, column, vec![live.value()]).here(0));
            Live::cell(fixed(SHEET, row, column), live.value())
        };
        let (cost_rate, health_rate) = (basis.scenario.cost_discounting.get(), basis.scenario.health_discounting.get());
        terms.cost_factor.push(factor(&mut money, "Discount_rate_money", cost_rate, 4));
        terms.health_factor.push(factor(&mut health, "Discount_rate_health", health_rate, 5));
    }
    let note = deflators.future.note.as_deref().or(deflators.past.note.as_deref()).unwrap_or_default();
    page.text(YEARS + findings.horizon as u32 + 2, 0, note, Look::Note);
    terms
}

fn validations(page: &mut Page, real: &str, last: u32) {
    let complain = |validation: DataValidation, message: &str| {
        let validation = validation.set_error_style(DataValidationErrorStyle::Stop);
        validation.clone().set_error_message(message).unwrap_or(validation)
    };
    let choice = DataValidation::new();
    let choice = choice.clone().allow_list_strings(&[NOMINAL, real]).unwrap_or(choice);
    page.validate((PRICE_BASE, USED, PRICE_BASE, USED), &complain(choice, "Choose one of the two."));
    let share = DataValidation::new().allow_decimal_number(DataValidationRule::Between(0.0, 1.0));
    let share = complain(share, "Between 0% and 100%.");
    page.validate((COST_RATE, USED, CASHABLE, USED), &share);
    let positive = DataValidation::new().allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0));
    page.validate((QALY, USED, QALY, USED), &complain(positive.clone(), "A sum of pounds, not below 0."));
    page.validate((YEARS, USED, last, USED), &complain(positive, "A level of prices, above 0."));
}
