//! The tables of a mix of programmes: its shares, what it gains, and the plans between two goals.

use crate::report::picture::analysis::table_of_frontier;
use crate::report::picture::mix::efficient;
use crate::sensitivity::optimise::Improvement;
use crate::study::Mix;
use crate::table::{Columns, Spelling, Table};

/// `mix.csv`, and `frontier.csv` if two goals were named.
pub fn mix_tables(found: &Mix) -> Vec<Table<'_>> {
    let mut tables = vec![shares(found), gain(found)];
    tables.extend(efficient(found).map(|plans| table_of_frontier(&plans, "frontier.csv")));
    tables
}

fn shares(found: &Mix) -> Table<'_> {
    /// A programme's share in a period.
    struct Row {
        lever: String,
        period: (u32, u32),
        file: f64,
        best: f64,
    }
    let columns = Columns::new()
        .words("lever", |row: &Row| &row.lever)
        .whole("from", |row| row.period.0)
        .whole("to", |row| row.period.1)
        .number("file", |row| row.file)
        .number("best", |row| row.best);
    let count = found.labels.len();
    let rows = found.periods.iter().enumerate().flat_map(|(period, years)| {
        found.labels.iter().enumerate().map(move |(programme, label)| {
            let at = period * count + programme;
            Row { lever: label.to_string(), period: *years, file: found.reference[at], best: found.best.plan[at] }
        })
    });
    Table::new("mix.csv", columns, rows.collect())
}

fn gain(found: &Mix) -> Table<'_> {
    let spending = |plan: usize| found.spending.map(|both| both[plan].value);
    let columns = Columns::new()
        .same("goal", found.settings.goal.name())
        .words("criterion", |(_, criterion): &(&Improvement, &str)| criterion)
        .number("better_by", |(gain, _)| gain.difference.value)
        .number("mc_error", |(gain, _)| gain.difference.error)
        .truth("resolved", Spelling::YesNo, |(gain, _)| gain.resolved)
        .number("spending_best", move |_| spending(0))
        .number("spending_file", move |_| spending(1));
    let rows = found.gains.iter().zip(["mean", "mean-of-worst-tenth"]);
    Table::new("gain.csv", columns, rows.collect())
}
