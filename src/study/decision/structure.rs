//! What the structure of the model does to the choice: a few draws again, without each loop in turn.

use crate::appraisal::statistic::{Estimate, mean};
use crate::sensitivity::decision::{Component, DecisionError, components};
use engine::diagnostic::Diagnostics;

use super::super::experiment::{PointColumn, PointMatrix, Subject};
use super::super::prepare::Study;
use super::sample::{Asked, matrix, sound};

/// Draws of each structure: differences between structures are paired, so few tell them.
const DRAWS: u64 = 64;

/// Net benefit in the whole model and without each loop, on the same draws.
#[derive(Debug, Clone, PartialEq)]
pub struct Structure {
    /// Draws of each.
    pub draws: usize,
    /// The whole model first.
    pub variants: Vec<WithoutLoop>,
    /// Parts of the spread: structure, strategy (as scenario), parameters, what they do together, chance. Doing nothing,
    /// to which all is compared, has none and is left out.
    pub components: Vec<Component>,
}

/// One structure.
#[derive(Debug, Clone, PartialEq)]
pub struct WithoutLoop {
    /// The loop's id; empty for the whole model.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Mean net benefit of each strategy, doing nothing first.
    pub benefit: Vec<Estimate>,
    /// The strategy of highest mean.
    pub best: usize,
}

/// Why there is no finding on the structure.
pub(super) enum NoStructure {
    Wrong(Diagnostics),
    Unfit(DecisionError),
}

/// Runs the structures and compares them, a QALY at `worth`; `None` for a model without loops to cut.
pub(super) fn structure(study: &Study, worth: f64) -> Result<Option<Structure>, NoStructure> {
    let loops = study.switches();
    if loops.is_empty() {
        return Ok(None);
    }
    let asked = Asked::new(study).map_err(|one| NoStructure::Wrong(std::iter::once(one).collect()))?;
    let subject = Subject::Study(study);
    let streams: Vec<String> = subject.inputs().into_iter().map(|input| input.stream).collect();
    let whole = matrix(study, &streams, DRAWS);
    let mut tables = vec![run(subject, &asked, whole.clone())?];
    for (_, _, switch) in &loops {
        tables.push(run(subject, &asked, without(&whole, switch))?);
    }
    let kept: Vec<usize> = {
        let sound: Vec<Vec<usize>> = tables.iter().map(sound).collect();
        (0..whole.len()).filter(|draw| sound.iter().all(|kept| kept.binary_search(draw).is_ok())).collect()
    };
    let benefits: Vec<Vec<Vec<f64>>> = tables
        .iter()
        .map(|table| {
            (0..table.strategies.len())
                .map(|strategy| {
                    let (costs, effects) = asked.consequences(table, strategy, &kept, false);
                    costs.iter().zip(&effects).map(|(cost, effect)| worth * effect - cost).collect()
                })
                .collect()
        })
        .collect();
    let names = std::iter::once((String::new(), "The whole model".to_owned()));
    let names = names.chain(loops.into_iter().map(|(id, name, _)| (id, name)));
    let variants = names
        .zip(&benefits)
        .map(|((id, name), strategies)| {
            let mut benefit = vec![Estimate { value: 0.0, error: 0.0 }];
            benefit.extend(strategies.iter().map(|draws| mean(draws)));
            let best = (0..benefit.len())
                .reduce(|best, one| if benefit[one].value > benefit[best].value { one } else { best })
                .unwrap_or(0);
            WithoutLoop { id, name, benefit, best }
        })
        .collect();
    let crossed: Vec<Vec<Vec<Vec<f64>>>> = benefits
        .into_iter()
        .map(|strategies| {
            strategies.into_iter().map(|draws| draws.into_iter().map(|value| vec![value]).collect()).collect()
        })
        .collect();
    let components = components(&crossed).map_err(NoStructure::Unfit)?;
    Ok(Some(Structure { draws: kept.len(), variants, components }))
}

fn run(
    subject: Subject<'_>,
    asked: &Asked,
    points: PointMatrix,
) -> Result<super::super::experiment::OutcomeTable, NoStructure> {
    let experiment = subject.design(&asked.outcomes, points).map_err(NoStructure::Wrong)?;
    Ok(experiment.run(&|_| {}))
}

/// The same points with a switch at 0 in every arm.
fn without(whole: &PointMatrix, switch: &str) -> PointMatrix {
    let mut columns = whole.columns.clone();
    columns.push(PointColumn::Value(switch.to_owned()));
    let values = (0..whole.len()).flat_map(|point| whole.row(point).iter().copied().chain([0.0])).collect();
    PointMatrix { columns, values, others: whole.others }
}
