//! What the workbook was made from: command, seed, draws, levers, and the fingerprint of every input.

use crate::appraisal::findings::Findings;
use crate::scenario::{Lever, LeverPath, Levers};
use crate::words;

use super::Basis;
use super::look::Look;
use super::page::Page;

/// Fills the sheet.
pub fn fill(page: &mut Page, findings: &Findings, basis: &Basis<'_>) {
    page.widths(&[38.0, 30.0, 80.0]);
    page.heading("Record", "The same inputs, draws, seed and design give the same numbers, on any machine.");
    let scenario = basis.scenario;
    let mut row = 3;
    let mut say = |page: &mut Page, label: &str, text: &str| {
        page.text(row, 0, label, Look::Words);
        page.text(row, 1, text, Look::Words);
        row += 1;
    };
    say(page, "Scenario", &scenario.name);
    say(page, "Where the question comes from", &scenario.source);
    say(page, "Command", basis.command);
    say(page, "Version of Wellspring", basis.version);
    say(page, "Draws", &words::exact(findings.draws));
    say(page, "Draws left out of all statistics", &words::exact(findings.draws_left_out));
    say(page, "Runs", &words::exact(findings.runs));
    say(page, "Seed", &basis.sampling.seed.to_string());
    say(page, "Design", &basis.sampling.design.to_string());
    let faults: u64 = findings.faults.iter().map(|fault| fault.runs).sum();
    say(page, "Runs in which something went wrong", &words::exact(faults));
    row += 1;
    row = levers(page, scenario, row);
    page.band(row, 2, "Texts that the results depend on");
    page.heads(row + 1, &["Name", "Part of the program?", "SHA-256"], &[]);
    row += 2;
    for input in basis.inputs {
        page.text(row, 0, &input.name, Look::Words);
        page.text(row, 1, if input.shipped { "yes" } else { "no: a file of yours" }, Look::Words);
        page.text(row, 2, &input.sha256, Look::Words);
        row += 1;
    }
    page.print_area(row, 2);
}

/// What is decided: levers of every run, and of each strategy.
fn levers(page: &mut Page, scenario: &crate::scenario::Scenario, mut row: u32) -> u32 {
    page.band(row, 2, "Assumptions that are chosen: levers");
    page.heads(row + 1, &["Lever", "In", "Set to, from plan year"], &[]);
    row += 2;
    let every = ("every run, doing nothing included", &scenario.levers);
    let own = scenario.strategies.iter().map(|strategy| (strategy.name.as_str(), &strategy.levers));
    for (name, levers) in std::iter::once(every).chain(own) {
        for (lever, set) in entries(levers) {
            page.text(row, 0, &lever, Look::Words);
            page.text(row, 1, name, Look::Words);
            page.text(row, 2, &set, Look::Words);
            row += 1;
        }
    }
    row + 1
}

fn entries(levers: &Levers) -> Vec<(String, String)> {
    levers.iter().map(|lever: &Lever| (lever.label.to_string(), path(&lever.path))).collect()
}

fn path(path: &LeverPath) -> String {
    match path {
        LeverPath::Number(value) => value.to_string(),
        LeverPath::Steps(steps) => {
            let steps: Vec<String> = steps
                .iter()
                .map(|step| match step.ramp_years {
                    0 => format!("{} from year {}", step.value, step.from),
                    ramp => format!("{} from year {}, built up over {ramp} years", step.value, step.from),
                })
                .collect();
            steps.join("; ")
        }
    }
}
