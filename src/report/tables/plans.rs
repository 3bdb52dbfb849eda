//! `compare.csv`: one number a row, of a plan or of a plan less the first; and the same as JSON.
//!
//! It has the columns of all result tables, after `plan`, `less` (the plan that is subtracted; empty where none is) and
//! `paired` (`yes` or `no` for differences).

use serde::Serialize;

use crate::quantity::Unit;

use super::row::{Evaluated, Evaluates, Key, Keyed, Row, key_columns, statistic_columns};
use crate::report::plans::{Comparison, LineKey, Years};
use crate::table::{Columns, Table};

/// A number of a plan in a year.
struct PlanRow<'c> {
    plan: &'c str,
    less: &'c str,
    paired: &'static str,
    row: Row<'c>,
}

impl Keyed for PlanRow<'_> {
    fn key(&self) -> &Key<'_> {
        &self.row.key
    }
}

impl Evaluates for PlanRow<'_> {
    fn evaluated(&self) -> &Evaluated<'_> {
        &self.row.evaluated
    }
}

/// `compare.csv`.
pub fn plans_table(found: &Comparison) -> Table<'_> {
    let columns = Columns::new()
        .words("plan", |row: &PlanRow<'_>| row.plan)
        .words("less", |row| row.less)
        // Of what is no difference neither is true.
        .words("paired", |row| row.paired);
    let columns = statistic_columns(key_columns(columns));
    Table::each("compare.csv", columns, move || rows(found))
}

/// Plans, years, notes and every row, for programs.
pub fn plans_json(found: &Comparison) -> impl Serialize + '_ {
    let plans: Vec<&str> = found.plans.iter().map(|plan| plan.label.as_str()).collect();
    let table = plans_table(found);
    serde_json::json!({ "plans": plans, "years": found.years, "notes": found.notes, "rows": table.objects() })
}

fn rows(found: &Comparison) -> impl Iterator<Item = PlanRow<'_>> {
    let levels = (0..found.plans.len()).flat_map(move |plan| {
        let lines = found.lines.iter().filter_map(move |key| Some((key, found.plans[plan].found.lines.get(key)?)));
        lines.flat_map(move |(key, years)| of_line(found, plan, ("", ""), key, years))
    });
    let differences = found.differences.iter().flat_map(move |difference| {
        let paired = if difference.paired { "yes" } else { "no" };
        let less = (found.plans[0].label.as_str(), paired);
        difference.lines.iter().flat_map(move |(key, years)| of_line(found, difference.plan, less, key, years))
    });
    levels.chain(differences)
}

fn of_line<'c>(
    found: &'c Comparison,
    plan: usize,
    (less, paired): (&'c str, &'static str),
    key: &'c LineKey,
    years: &'c Years,
) -> impl Iterator<Item = PlanRow<'c>> {
    let plan = &found.plans[plan];
    // A difference of two percentages is no percentage of anything.
    let unit = if key.unit == Unit::Percent && !less.is_empty() { "percentage points" } else { key.unit.as_str() };
    let known = found.years.iter().filter_map(move |year| Some((year, years.get(year)?)));
    known.flat_map(move |(year, estimates)| {
        estimates.iter().map(move |(statistic, estimate)| PlanRow {
            plan: &plan.label,
            less,
            paired,
            row: Row {
                key: Key {
                    place: &plan.found.place,
                    strategy: &plan.strategy,
                    comparator: &key.comparator,
                    outcome: &key.outcome,
                    group: &key.group,
                    payer: "",
                    year: year.as_str().into(),
                    unit,
                    price_base: key.price_base.as_str().into(),
                },
                evaluated: Evaluated { statistic: statistic.name(), estimate: *estimate },
            },
        })
    })
}
