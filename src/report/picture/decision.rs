//! The pictures of a choice.

use crate::sensitivity::decision::Rule;
use crate::study::decision::Decision;

use super::analysis::{HeatMap, acceptability, boxes, expected_loss, heat_map, information, plane};
use super::{Picture, rendered};
use crate::report::decision::{EFFECT, caption, curves, leading_plan, named, names};
use crate::report::figure::{Figure, FigureError, NumberFormat};
use crate::words;

/// All pictures, in their order; of the boxes those of the leading plan.
///
/// # Errors
/// One of them cannot be drawn.
pub fn decision_pictures(found: &Decision) -> Result<Vec<Picture>, FigureError> {
    rendered(&figures(found))
}

fn figures(found: &Decision) -> Vec<(String, Figure)> {
    let (names, caption) = (names(found), caption(found));
    let mut figures = vec![
        ("plane".to_owned(), plane(&found.clouds, &names, 0, EFFECT, found.leading, &caption)),
        ("acceptability".to_owned(), acceptability(&found.curves, &names, EFFECT, &caption)),
        ("expected-loss".to_owned(), expected_loss(&found.curves, &names, EFFECT, &caption)),
        ("information".to_owned(), information(&found.perfect, &curves(found), EFFECT, &caption)),
    ];
    let plan = leading_plan(found);
    let failure = found.failures.iter().find(|failure| failure.strategy == plan);
    if let Some(first) = failure.and_then(|failure| failure.gathering.boxes().first()) {
        figures.push(("boxes".to_owned(), boxes(first, &named(found), &names[plan], &found.failing, &caption)));
    }
    let robust = &found.robust;
    let map = HeatMap {
        outcome: "regret".to_owned(),
        unit: "£ million".to_owned(),
        format: NumberFormat::million_pounds(),
        row_title: "scenario".to_owned(),
        rows: robust.scenarios.clone(),
        column_title: "strategy".to_owned(),
        columns: found.strategies.iter().map(|(id, _)| id.clone()).collect(),
        values: (0..robust.scenarios.len())
            .map(|scenario| robust.robust.regrets.iter().map(|strategy| strategy[scenario]).collect())
            .collect(),
        more_is_better: false,
    };
    let least = robust.robust.choices.iter().find(|one| one.0 == Rule::MinimaxRegret).map_or(0, |one| one.1);
    let title = format!(
        "“{}” has the least regret at worst: {}",
        found.strategies[least].1,
        words::pounds(robust.robust.strategies[least].greatest_regret)
    );
    figures.push(("regret".to_owned(), Figure { title, ..heat_map(&map, &caption) }));
    figures
}
