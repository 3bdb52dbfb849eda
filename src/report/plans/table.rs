//! `compare.csv`: one number a row, of a plan or of a plan less the first; and the same as JSON.
//!
//! It has the columns of all result tables, after `plan`, `less` (the plan that is subtracted; empty where none is) and
//! `paired` (`yes` or `no` for differences).

use serde::Serialize;

use crate::quantity::Unit;

use super::super::table::{Table, decimal, written};
use super::{Comparison, LineKey, Years};
use crate::appraisal::statistic::{Estimate, Statistic};

const COLUMNS: [&str; 15] = [
    "plan",
    "less",
    "paired",
    "place",
    "strategy",
    "comparator",
    "outcome",
    "group",
    "payer",
    "year",
    "unit",
    "price_base",
    "statistic",
    "value",
    "mc_error",
];

/// A number of a plan in a year.
#[derive(Debug, Serialize)]
struct Row<'c> {
    plan: &'c str,
    less: &'c str,
    paired: &'static str,
    place: &'c str,
    strategy: &'c str,
    comparator: &'c str,
    outcome: &'c str,
    group: &'c str,
    year: &'c str,
    unit: &'c str,
    price_base: &'c str,
    statistic: Statistic,
    value: Option<f64>,
    mc_error: Option<f64>,
}

/// `compare.csv`.
pub fn plans_table(found: &Comparison) -> Table {
    let number = |value: Option<f64>| value.map_or_else(String::new, decimal);
    let fields = rows(found).into_iter().map(|row| {
        let told = [
            row.plan,
            row.less,
            row.paired,
            row.place,
            row.strategy,
            row.comparator,
            row.outcome,
            row.group,
            "",
            row.year,
            row.unit,
            row.price_base,
            row.statistic.name(),
        ];
        let mut fields: Vec<String> = told.iter().map(|field| (*field).to_owned()).collect();
        fields.extend([number(row.value), number(row.mc_error)]);
        fields
    });
    Table { file: "compare.csv".to_owned(), csv: written(&COLUMNS, fields) }
}

/// Plans, years, notes and every row, for programs.
pub fn plans_json(found: &Comparison) -> impl Serialize + '_ {
    let plans: Vec<&str> = found.plans.iter().map(|plan| plan.label.as_str()).collect();
    serde_json::json!({ "plans": plans, "years": found.years, "notes": found.notes, "rows": rows(found) })
}

fn rows(found: &Comparison) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    for plan in 0..found.plans.len() {
        let lines = found.lines.iter().filter_map(|key| Some((key, found.plans[plan].found.lines.get(key)?)));
        for (key, years) in lines {
            add(&mut rows, found, plan, ("", ""), key, years);
        }
    }
    for difference in &found.differences {
        let paired = if difference.paired { "yes" } else { "no" };
        for (key, years) in &difference.lines {
            add(&mut rows, found, difference.plan, (&found.plans[0].label, paired), key, years);
        }
    }
    rows
}

fn add<'c>(
    rows: &mut Vec<Row<'c>>,
    found: &'c Comparison,
    plan: usize,
    (less, paired): (&'c str, &'static str),
    key: &'c LineKey,
    years: &'c Years,
) {
    let plan = &found.plans[plan];
    // A difference of two percentages is no percentage of anything.
    let unit = if key.unit == Unit::Percent && !less.is_empty() { "percentage points" } else { key.unit.as_str() };
    for (year, estimates) in found.years.iter().filter_map(|year| Some((year, years.get(year)?))) {
        for (statistic, Estimate { value, error }) in estimates {
            rows.push(Row {
                plan: &plan.label,
                less,
                paired,
                place: &plan.found.place,
                strategy: &plan.strategy,
                comparator: &key.comparator,
                outcome: &key.outcome,
                group: &key.group,
                year,
                unit,
                price_base: &key.price_base,
                statistic: *statistic,
                value: Some(*value).filter(|value| value.is_finite()),
                mc_error: Some(*error).filter(|error| error.is_finite()),
            });
        }
    }
}
