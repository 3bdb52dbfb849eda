//! `loops.csv`: every measure with the whole model, and how it changes without each loop.

use crate::appraisal::statistic::{Estimate, Statistic};
use crate::quantity::Unit;
use crate::study::LoopFindings;
use crate::table::{Columns, Table};

use super::row::{Evaluated, Evaluates, statistic_columns};

/// Every measure of the whole model and of every cut, one number a row. `difference` is without the loop less with it.
pub fn loops_csv(found: &LoopFindings) -> String {
    /// A measure of the whole model, or how it changes without a loop.
    struct Row<'f> {
        cut: (&'f str, &'f str, &'static str),
        comparator: &'static str,
        outcome: &'f str,
        group: &'f str,
        unit: &'f str,
        price_base: String,
        evaluated: Evaluated<'f>,
    }
    impl Evaluates for Row<'_> {
        fn evaluated(&self) -> &Evaluated<'_> {
            &self.evaluated
        }
    }
    let columns = Columns::new()
        .same("strategy", &found.strategy.0)
        .words("loop", |row: &Row<'_>| row.cut.0)
        .words("name", |row| row.cut.1)
        .words("number", |row| row.cut.2)
        .words("comparator", |row| row.comparator)
        .words("outcome", |row| row.outcome)
        .words("group", |row| row.group)
        .words("unit", |row| row.unit)
        .words("price_base", |row| &row.price_base);
    let columns = statistic_columns(columns);
    let mut rows: Vec<Row<'_>> = Vec::new();
    let evaluated = |(statistic, estimate): (Statistic, Estimate)| Evaluated { statistic: statistic.name(), estimate };
    let whole = [(("", "The whole model", "level"), &found.full)];
    let cuts = found.loops.iter().map(|one| ((one.id.as_str(), one.name.as_str(), "difference"), &one.changes));
    for (cut, summaries) in whole.into_iter().chain(cuts) {
        for (measured, summary) in found.measured.iter().zip(summaries) {
            let key = &measured.key;
            rows.extend(summary.rows().map(|one| Row {
                cut,
                comparator: key.comparator.name(),
                outcome: &key.outcome,
                group: &key.group,
                unit: key.unit.as_str(),
                price_base: key.price_base.name(found.prices),
                evaluated: evaluated(one),
            }));
        }
    }
    for one in &found.loops {
        rows.extend(one.outcome_change.rows().map(|change| Row {
            cut: (&one.id, &one.name, "difference"),
            comparator: "none",
            outcome: "own-outcome",
            group: &one.outcome,
            unit: Unit::Percent.as_str(),
            price_base: String::new(),
            evaluated: evaluated(change),
        }));
    }
    Table::new("loops.csv", columns, rows).csv()
}
