//! Reporting checklists: CHEERS 2022 for the evaluation, STRESS-SD for the simulation, and how to repeat the study.
//!
//! CHEERS: Husereau and others 2022, BMJ 376:e067975. STRESS: Monks and others 2019, Journal of Simulation 13:55-67.

use crate::answer::read::draws_kept;
use crate::appraisal::findings::Findings;
use crate::report::basis::Basis;
use crate::words;

use super::horizon;
use super::view::{Cell, Section, Table};

const NOT_REPORTED: &str = "Not reported";
const NOT_APPLICABLE: &str = "Not applicable";

/// The 28 items of CHEERS 2022: where the report answers them, and where it does not.
pub fn cheers(findings: &Findings, basis: &Basis) -> Section {
    let mut section = Section::new("cheers", "CHEERS 2022 checklist").in_appendix();
    section.say(
        "The items of the Consolidated Health Economic Evaluation Reporting Standards 2022, in our own short words.",
    );
    let reported = "Reported";
    let perspectives: Vec<String> = findings.perspectives.iter().map(|one| words::inside(&one.name)).collect();
    let values: Vec<String> = basis.qaly_values.iter().map(|value| words::pounds(*value)).collect();
    let rates = format!(
        "Money {}, health {} a year, for society and cost per QALY; cash and public purse are undiscounted.",
        words::percent(100.0 * basis.cost_discounting),
        words::percent(100.0 * basis.health_discounting)
    );
    let items: [(&str, &str, String); 28] = [
        ("Title", reported, findings.title.clone()),
        ("Abstract", reported, "In five sentences, above.".into()),
        ("Background and objectives", reported, findings.question.clone()),
        ("Analysis plan", "In part", "The scenario file, whose fingerprint is below, fixes strategies, horizon, rates and draws before the run. No plan was registered.".into()),
        ("Study population", reported, format!("All residents of {}, by age and fifth of deprivation.", findings.place)),
        ("Setting and location", reported, format!("{}; NHS, councils and other public payers.", findings.place)),
        ("Comparators", reported, format!("Doing nothing, a twin of each strategy without effects, and {} strategies.", words::whole(findings.strategies.len()))),
        ("Perspective", reported, words::capital(&format!("{}.", words::list(&perspectives)))),
        ("Time horizon", reported, format!("{} from {}.", words::capital(&horizon(findings)), findings.year_label(1))),
        ("Discount rate", reported, rates),
        ("Selection of outcomes", reported, "Demand by service, cash released, QALYs gained and displaced, slope index.".into()),
        ("Measurement of outcomes", reported, "By the model, from published relative risks and utilities on the programme cards.".into()),
        ("Valuation of outcomes", reported, format!("A QALY at {}.", words::list(&values))),
        ("Measurement and valuation of resources and costs", reported, "Variable, ward and fixed tiers for hospital care; for other services the share that can be turned into cash.".into()),
        ("Currency, price date and conversion", reported, format!("Pounds sterling, prices of {} by the GDP deflator, and money of each year where it says so.", findings.prices())),
        ("Rationale and description of model", reported, "A stock-and-flow model; equation by equation in the model book.".into()),
        ("Analytics and assumptions", reported, format!("{} draws, seed {}, design {}; paired runs; assumptions by grade, above.", words::exact(draws_kept(findings)), basis.seed, basis.design)),
        ("Heterogeneity", reported, if findings.places.is_empty() { "By fifth of deprivation and by service.".into() } else { "By place, by fifth of deprivation and by service.".into() }),
        ("Distributional effects", reported, "Health gained and displaced by fifth of deprivation; slope and relative index; equity-impact plane; payers.".into()),
        ("Uncertainty", reported, "Every number with a range is drawn; intervals of 50% and 90% of draws. Structural uncertainty is not quantified.".into()),
        ("Engagement with patients and others affected", NOT_REPORTED, "The study does not say who was asked.".into()),
        ("Study parameters", reported, format!("All {} numbers with value, range, form, grade and source, above.", words::exact(basis.evidence.len() as u64))),
        ("Summary of main results", reported, "Strategies compared, above.".into()),
        ("Effect of uncertainty", "In part", "Intervals and probabilities with every result; which number matters most only where sensitivity indices are given.".into()),
        ("Effect of engagement", NOT_APPLICABLE, "No engagement is reported.".into()),
        ("Findings, limitations, generalisability, current knowledge", "In part", "Findings and limits, above. Carrying results to another place needs a run for that place.".into()),
        ("Source of funding", NOT_REPORTED, "To be stated by whoever publishes this report.".into()),
        ("Conflicts of interest", NOT_REPORTED, "To be stated by whoever publishes this report.".into()),
    ];
    let mut table = Table::new("CHEERS 2022: 28 items", &["Item", "Status", "What the report says"]).of_words();
    for (index, (item, status, answer)) in items.into_iter().enumerate() {
        table.row(format!("{}. {item}", index + 1), vec![Cell::words(status), Cell::words(answer)]);
    }
    section.table(table);
    section
}

/// The items of STRESS-SD: objectives, logic, data, experimentation, implementation, code access.
pub fn stress(findings: &Findings, basis: &Basis) -> Section {
    let mut section = Section::new("stress", "STRESS-SD: the simulation").in_appendix();
    let items = [
        ("Objectives: purpose", "To compare ways of moving money to prevention in one place, not to predict a year.".to_owned()),
        ("Objectives: outputs", "Demand by service, net position by perspective, payback, QALYs, beds, stocks of each determinant.".into()),
        ("Objectives: experimentation aims", findings.question.clone()),
        ("Logic: overview", "Population, determinants, programmes, demand, beds, money, staff and trust; seventeen loops, each with a switch.".into()),
        ("Logic: base model", "Stocks, flows, auxiliaries and lookups, equation by equation in the model book (wellspring document prevention).".into()),
        ("Logic: scenario", "Levers over plan years in the scenario file; each strategy has a twin with its effects off.".into()),
        ("Logic: algorithms", "Starts are the least of money, people and teams; residual risks multiply under a ceiling; wards close whole.".into()),
        ("Data: sources", format!("{} publications and datasets, in the register of sources.", words::exact(basis.publications.len() as u64))),
        ("Data: pre-processing", format!("Prices brought to {} by the GDP deflator; trial effects shrunk once, by design or at scale.", findings.prices())),
        ("Data: inputs and assumptions", format!("{} numbers by grade, above.", words::exact(basis.evidence.len() as u64))),
        ("Experimentation: initialisation", format!("The year before the plan, {}, in which nothing is decided; onset and decline are solved so that the start stands still.", findings.year_label(0))),
        ("Experimentation: run length", format!("{} after the base year; sixteen steps a year unless the scenario says otherwise.", words::capital(&horizon(findings)))),
        ("Experimentation: estimation", format!("{} draws ({}), three paired runs in each; {} runs in all.", words::exact(draws_kept(findings)), basis.design, words::exact(findings.runs))),
        ("Implementation: software", format!("Wellspring {}, Rust; Euler’s rule unless the scenario says otherwise.", basis.version)),
        ("Implementation: random sampling", format!("A function of seed ({}), draw and name of the uncertainty; the same on any machine.", basis.seed)),
        ("Implementation: execution and system", "Threads, order and machine change no result, so that none is recorded.".into()),
        ("Code access", "Open source under the MIT or Apache 2.0 licence; model, evidence and scenarios ship with the program.".into()),
    ];
    let mut table = Table::new("STRESS-SD", &["Item", "What the report says"]).of_words();
    for (item, answer) in items {
        table.row(item, vec![Cell::words(answer)]);
    }
    section.table(table);
    section
}

/// The command, the version and the fingerprints that let anyone repeat the study.
pub fn manifest(findings: &Findings, basis: &Basis) -> Section {
    let mut section = Section::new("repeat", "Model book, and how to repeat this study").in_appendix();
    section.say(
        "The model book lists every equation with its unit and its meaning: docs/models/prevention.md in the source, or \
         wellspring document prevention.",
    );
    section.say(format!(
        "Wellspring {}; command: {}; {} draws asked for, {} left out; seed {}; design {}; {} runs.",
        basis.version,
        basis.command.join(" "),
        words::exact(findings.draws),
        words::exact(findings.draws_left_out),
        basis.seed,
        basis.design,
        words::exact(findings.runs)
    ));
    let mut table = Table::new("What the results depend on", &["Text", "Where from", "SHA-256"]).of_words().folded();
    for input in &basis.inputs {
        let origin = if input.shipped { "part of the program" } else { "the reader’s own" };
        table.row(&input.name, vec![Cell::words(origin), Cell::words(&input.sha256)]);
    }
    section.table(table);
    section
}
