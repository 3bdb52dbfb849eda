//! What a sensitivity analysis of a scenario found: the indices of each outcome, by strategy and between strategies.

use std::ops::Range;

use rayon::prelude::*;

use crate::sensitivity::Groups;
use crate::sensitivity::IndexKind;
use crate::sensitivity::analysis::{Method, NamedMeasure, analyse};
use crate::sensitivity::matrix::Matrix;
use crate::sensitivity::problem::Problem;

use super::super::super::tally::Tally;
use super::super::outcome::OutcomeLabel;
use super::super::table::{OutcomeTable, PointMatrix};
use super::layout::{Laid, SensitivityMethod};
use super::{SensitivityDesign, Subject};

/// Densities take long: of a stored sample delta is told for so many inputs, those of the largest rank correlations.
const DELTA_OF: usize = 20;

/// A stored sample of fewer sound rows tells nothing.
const LEAST_ROWS: usize = 50;

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct SensitivityFindings {
    /// The scenario's name.
    pub name: String,
    /// The scenario's title.
    pub title: String,
    /// The place, as tables name it.
    pub place: String,
    /// The calendar year in which plan year 1 begins; 0 for a model by itself.
    pub first_year: i32,
    /// By which method.
    pub method: SensitivityMethod,
    /// The base of sobol, the trajectories of morris, the draws of a stored sample.
    pub size: usize,
    /// What was varied, as a problem file tells it.
    pub problem: Problem,
    /// Rows of the sample that count.
    pub rows: Vec<usize>,
    /// Rows left out, since a run in them went wrong.
    pub left_out: usize,
    /// Points at which people or money are not accounted for in some run.
    pub unaccounted: u64,
    /// Every outcome of every strategy and of every difference, in a fixed order.
    pub measured: Vec<Measured>,
}

/// An outcome of a strategy, or of the difference between two.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// The strategy's id; for a difference `one less other`.
    pub strategy: String,
    /// Its name.
    pub strategy_name: String,
    /// The outcome as it was asked for: without the year, where every year is told.
    pub asked: String,
    /// The outcome.
    pub label: OutcomeLabel,
    /// Row by row, those that count.
    pub values: Vec<f64>,
    /// Whether it varies; if not, there are no indices.
    pub varies: bool,
    /// The indices.
    pub indices: Vec<Indexed>,
    /// For a tornado, what each input does alone.
    pub swings: Option<Swings>,
}

/// An index and the method that it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Indexed {
    /// The method, as `wellspring sensitivity` has it.
    pub method: &'static str,
    /// The index.
    pub measure: NamedMeasure,
}

/// An outcome with every input alone at its ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Swings {
    /// With all inputs central.
    pub base: f64,
    /// Each input, with the outcome at its 5 % and at its 95 %.
    pub ends: Vec<(String, f64, f64)>,
}

impl Measured {
    /// The name of its column in a table of outputs.
    pub fn column(&self) -> String {
        format!("{} ({})", self.label.written, self.strategy)
    }

    /// The indices by which inputs are ranked, the largest first, with the size that counts.
    pub fn leading(&self) -> Vec<&NamedMeasure> {
        let wanted = [IndexKind::TotalOrder, IndexKind::MuStar, IndexKind::Spearman];
        let mut leading: Vec<&NamedMeasure> =
            self.indices.iter().map(|one| &one.measure).filter(|one| wanted.contains(&one.index)).collect();
        leading.sort_by(|one, other| other.value.abs().total_cmp(&one.value.abs()).then(one.of.cmp(&other.of)));
        leading
    }
}

impl SensitivityFindings {
    /// What became of the points.
    pub fn tally(&self) -> Tally {
        let left_out = self.left_out as u64;
        Tally { all: left_out + self.rows.len() as u64, left_out, unaccounted: self.unaccounted, audit: None }
    }

    /// The inputs or groups by the largest share that each has, in any outcome, of the largest effect on it.
    pub fn ranked(&self) -> Vec<String> {
        let mut scores: Vec<(f64, &String)> = self.problem.group_names.iter().map(|name| (0.0, name)).collect();
        for measured in &self.measured {
            let leading = measured.leading();
            let largest = leading.first().map_or(0.0, |first| first.value.abs());
            for (score, name) in scores.iter_mut().filter(|_| largest > 0.0) {
                if let Some(one) = leading.iter().find(|one| one.of == **name) {
                    *score = score.max(one.value.abs() / largest);
                }
            }
        }
        scores.sort_by(|(one, first), (other, second)| other.total_cmp(one).then(first.cmp(second)));
        scores.into_iter().map(|(_, name)| name.clone()).collect()
    }

    /// The outputs as a table with a column for each outcome, strategy and difference.
    pub fn outputs(&self) -> Matrix {
        let names = self.measured.iter().map(Measured::column).collect();
        Matrix::of("outputs.csv", names, self.measured.iter().map(|one| one.values.clone()).collect())
    }

    /// Measured outcomes that are one outcome of one strategy, year by year.
    pub fn series(&self) -> Vec<Range<usize>> {
        let mut series: Vec<Range<usize>> = Vec::new();
        for (index, one) in self.measured.iter().enumerate() {
            match series.last_mut() {
                Some(last)
                    if (&self.measured[last.start].strategy, &self.measured[last.start].asked)
                        == (&one.strategy, &one.asked) =>
                {
                    last.end = index + 1;
                }
                _ => series.push(index..index + 1),
            }
        }
        series
    }
}

impl SensitivityDesign<'_> {
    /// The indices of what came out; `None` if too few points are sound.
    pub fn findings(&self, laid: &Laid, table: &OutcomeTable) -> Option<SensitivityFindings> {
        let rows = sound(laid, table);
        let enough = match laid.method {
            SensitivityMethod::Sobol | SensitivityMethod::Morris => !rows.is_empty(),
            SensitivityMethod::Stored => rows.len() >= LEAST_ROWS,
            SensitivityMethod::Tornado => rows.first() == Some(&0),
        };
        if !enough {
            return None;
        }
        let mut measured = self.measured(laid, table, &rows);
        let matrix = if laid.method == SensitivityMethod::Sobol { None } else { Some(laid.points()) };
        let inputs = matrix.map(|matrix| columns(laid, &matrix, &rows));
        measured.par_iter_mut().for_each(|one| index(laid, inputs.as_ref(), one));
        Some(SensitivityFindings {
            name: self.subject.name().to_owned(),
            title: self.subject.title().to_owned(),
            place: self.place(),
            first_year: match self.subject {
                Subject::Study(study) => study.first_year,
                Subject::Model(_) => 0,
            },
            method: laid.method,
            size: laid.size,
            problem: laid.problem.clone(),
            left_out: table.points - rows.len(),
            unaccounted: table.unaccounted,
            rows,
            measured,
        })
    }

    fn measured(&self, laid: &Laid, table: &OutcomeTable, rows: &[usize]) -> Vec<Measured> {
        let kept = |values: &[f64]| -> Vec<f64> {
            // A tornado tells every end, also one that went wrong.
            if laid.method == SensitivityMethod::Tornado {
                return values.to_vec();
            }
            rows.iter().map(|row| values[*row]).collect()
        };
        let mut measured = Vec::new();
        let asked: Vec<&String> =
            self.outcomes.iter().flat_map(|(asked, measured)| vec![asked; measured.len()]).collect();
        let mut add = |id: String, name: String, of: &dyn Fn(usize) -> Vec<f64>| {
            for (outcome, label) in table.outcomes.iter().enumerate() {
                measured.push(Measured {
                    strategy: id.clone(),
                    strategy_name: name.clone(),
                    asked: asked[outcome].clone(),
                    label: label.clone(),
                    values: of(outcome),
                    varies: false,
                    indices: Vec::new(),
                    swings: None,
                });
            }
        };
        for (index, (id, name)) in table.strategies.iter().enumerate() {
            add(id.clone(), name.clone(), &|outcome| kept(table.column(outcome, index)));
        }
        let Some((first, first_name)) = table.strategies.first() else { return measured };
        for (index, (id, name)) in table.strategies.iter().enumerate().skip(1) {
            let title = format!("{first_name}, less {name}");
            add(format!("{first} less {id}"), title, &|outcome| kept(&table.difference(outcome, 0, index)));
        }
        measured
    }
}

/// The rows in whose base point or trajectory every run is sound.
fn sound(laid: &Laid, table: &OutcomeTable) -> Vec<usize> {
    let together = laid.rows_together();
    let wrong = |row: usize| {
        (0..table.values.len() / table.points).any(|column| !table.values[column * table.points + row].is_finite())
    };
    let starts = (0..table.points).step_by(together.max(1));
    let whole = starts.map(|start| start..(start + together).min(table.points));
    whole.filter(|rows| !rows.clone().any(wrong)).flatten().collect()
}

/// The inputs of the rows that count.
fn columns(laid: &Laid, matrix: &PointMatrix, rows: &[usize]) -> Matrix {
    let names: Vec<String> = laid.problem.inputs.iter().map(|input| input.name.clone()).collect();
    let column = |input: usize| rows.iter().map(|row| matrix.row(*row)[input]).collect();
    let columns = (0..names.len()).map(column).collect();
    Matrix::of("inputs.csv", names, columns)
}

fn index(laid: &Laid, inputs: Option<&Matrix>, one: &mut Measured) {
    let problem = &laid.problem;
    match laid.method {
        SensitivityMethod::Sobol => add(problem, Method::Sobol, None, one),
        SensitivityMethod::Morris => add(problem, Method::Morris, inputs, one),
        SensitivityMethod::Stored => {
            for method in [Method::Ranks, Method::Pawn, Method::RbdFast] {
                add(problem, method, inputs, one);
            }
            let Some(inputs) = inputs else { return };
            let leading: Vec<String> = one.leading().iter().take(DELTA_OF).map(|one| one.of.clone()).collect();
            let (problem, inputs) = only(problem, inputs, &leading);
            if !leading.is_empty() {
                add(&problem, Method::Delta, Some(&inputs), one);
            }
        }
        SensitivityMethod::Tornado => {
            let ends = problem.inputs.iter().enumerate();
            let ends: Vec<(String, f64, f64)> = ends
                .map(|(index, input)| (input.name.clone(), one.values[1 + 2 * index], one.values[2 + 2 * index]))
                .collect();
            let base = one.values[0];
            one.varies = ends.iter().any(|(_, low, high)| *low != base || *high != base);
            one.swings = Some(Swings { base, ends });
        }
    }
}

fn add(problem: &Problem, method: Method, inputs: Option<&Matrix>, one: &mut Measured) {
    let outputs = Matrix::of("outputs.csv", vec![one.column()], vec![one.values.clone()]);
    // The rows fit by their making; an output that does not vary is told as such.
    let Ok((analysis, _)) = analyse(problem, method, inputs, &outputs) else { return };
    for found in analysis.outputs {
        one.varies |= found.varies;
        one.indices.extend(found.indices.into_iter().map(|measure| Indexed { method: method.name(), measure }));
    }
}

/// A problem and its inputs with these alone.
fn only(problem: &Problem, inputs: &Matrix, names: &[String]) -> (Problem, Matrix) {
    let indices: Vec<usize> =
        (0..problem.inputs.len()).filter(|index| names.contains(&problem.inputs[*index].name)).collect();
    let kept: Vec<_> = indices.iter().map(|index| problem.inputs[*index].clone()).collect();
    let group_names: Vec<String> = kept.iter().map(|input| input.name.clone()).collect();
    let columns = indices.iter().map(|index| inputs.columns[*index].clone()).collect();
    let matrix = Matrix::of("inputs.csv", group_names.clone(), columns);
    (Problem { groups: Groups::single(kept.len()), inputs: kept, group_names, ..problem.clone() }, matrix)
}
