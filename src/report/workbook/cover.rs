//! The cover: what was asked, what was found, what this is and is not, and where things are. One minute's reading.

use crate::appraisal::findings::{Findings, PriceBase};
use crate::report::headlines;
use crate::words;

use super::Basis;
use super::look::Look;
use super::page::Page;
use super::sources::GRADES;

/// Letters in a line of the second column.
const LETTERS: usize = 104;

const IS: &str = "A comparison of ways of doing the same thing: which mix, for whom, paid from where, protected how, for how long. \
    Each strategy is run many times against doing nothing and against its twin, which spends the same money and achieves nothing. \
    What prevention does is the strategy against its twin.";
const IS_NOT: &str = "It is not a forecast, not a clinical model, and not a business case by itself. Numbers hold within the model and \
    its evidence, most of which is of grade C. The bands tell how far uncertain numbers carry the result, not that the model is right.";
const READING: [&str; 6] = [
    "Cash released is what payers no longer pay because of prevention. Capacity released is staff and beds freed that go on being \
     paid. Activity avoided at average cost is no money. QALYs are health. The four are kept apart and never added.",
    "The net position is cash released less what the plan costs, and capacity released where Inputs counts a part of it as cash. A plan \
     has paid back in the first year from which its cumulative net position stays at or above zero. “Not within the horizon” is an answer.",
    "Need is not use. Where beds are short, an admission that prevention avoids leaves a bed to someone who had found none, and fuller \
     or emptier wards change how many come back: what happens may fall less than need, or more, or rise. Both are told.",
    "Yearly figures are means over the draws, so that they add up. Bands hold half and nine tenths of the draws.",
    "Money is told in prices of {prices} (real) and in the money of each year (nominal, or cash terms), which is real times the price \
     level of Inputs. Present values are real and discounted.",
    "Yellow cells on Inputs may be changed; every total of money on the plan sheets and Compare follows, and each goes back, formula \
     by formula, to the sheet Numbers. What the study found, bands, chances and demand stay as they were run.",
];

/// Fills the sheet.
pub fn fill(page: &mut Page, findings: &Findings, basis: &Basis<'_>, sheets: &[&str]) {
    page.widths(&[22.0, 100.0]);
    page.upright();
    page.first();
    page.tab(super::look::DARK);
    page.heading(
        &findings.title,
        &format!("{}, {} plan years from {}", findings.place, findings.horizon, findings.year_label(1)),
    );
    page.note_if_changed(2);
    let mut row = 3;
    let mut part = |page: &mut Page, label: &str, texts: &[String]| {
        for (place, text) in texts.iter().enumerate() {
            if place == 0 {
                page.text(row, 0, label, Look::Words);
            }
            page.wrapped(row, 1, text, LETTERS);
            row += 1;
        }
    };
    let one = |text: &str| vec![text.split_whitespace().collect::<Vec<_>>().join(" ")];
    part(page, "The question", &one(&findings.question));
    part(page, "What the study found", &headlines(findings));
    part(page, "What this is", &one(IS));
    part(page, "What it is not", &one(IS_NOT));
    let strategies: Vec<String> =
        findings.strategies.iter().map(|label| format!("{}: {}", label.name, words::inside(&label.why))).collect();
    part(page, "Strategies", &strategies);
    part(page, "How to read it", &READING.map(|text| text.replace("{prices}", &findings.prices().to_string())));
    let base = findings.perspectives.first().map_or_else(String::new, |first| match first.price_base {
        PriceBase::Nominal => "summaries in the money of each year unless Inputs says otherwise".to_owned(),
        _ => format!("summaries in {} prices unless Inputs says otherwise", findings.prices()),
    });
    let facts = format!(
        "{} draws of what is uncertain, {} left out; seed {}, design {}; prices of {}, {base}; version {}.",
        words::exact(findings.draws),
        words::exact(findings.draws_left_out),
        basis.sampling.seed,
        basis.sampling.design,
        findings.prices(),
        basis.version
    );
    part(page, "Made from", &[facts]);
    let grades = GRADES.map(|(grade, meaning)| format!("{grade}: {meaning}"));
    part(page, "Grades of evidence", &[grades.join("; ")]);
    row += 1;
    page.band(row, 1, "Sheets");
    for (place, sheet) in sheets.iter().enumerate() {
        let at = row + 1 + place as u32;
        page.link(at, 0, sheet);
        page.text(at, 1, &holds(findings, sheet), Look::Words);
    }
    page.print_area(row + sheets.len() as u32 + 1, 1);
}

/// What a sheet holds.
fn holds(findings: &Findings, sheet: &str) -> String {
    let wording = match sheet {
        "Inputs" => "Price base, discount rates, cashable share, prices by year: the cells to change",
        "Compare" => "All strategies side by side over 3, 5 and 10 years; need and what happens; cost per QALY",
        "Bands" => "Probability bands of the cumulative net position, and the chance of payback by year",
        "Demand" => "Demand by service and year, what happens of it, and what prevention changes",
        "Budgets" => "Each organisation’s net position by year, what it pays in, and what it spends beyond its budget",
        "Health" => "QALYs gained and displaced, by quintile; inequality; demand by quintile",
        "Places" => "Each place by itself",
        "Charts" => "Payback, who gains, and demand of each strategy",
        "Numbers" => "Means of the draws, to which every formula goes back",
        "Evidence" => "Every number in use with its range, grade and source",
        "Sources" => "What the numbers were taken from",
        "Record" => "Command, seed, levers, and the fingerprint of every input",
        plan => {
            let number = plan.split(' ').nth(1).and_then(|number| number.parse::<usize>().ok()).unwrap_or(1);
            let name = findings.strategies.get(number - 1).map_or("", |label| label.name.as_str());
            return format!("Financial plan by year and payer: {name}");
        }
    };
    wording.to_owned()
}
