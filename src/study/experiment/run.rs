//! An experiment that is ready to run: points in blocks, each block a pure function of its number.
//!
//! A block holds up to 64 consecutive points of one setting. Blocks may be run in any order, on any machine, by several
//! runs that know nothing of each other; put together they are the same bytes.

use rayon::prelude::*;

use crate::appraisal::measure::reduction::Numbers;
use engine::diagnostic::Diagnostic;
use engine::ensemble::BLOCK_DRAWS;

use super::super::run::fault_findings;
use super::super::tally::none_left;
use super::model::{Cell, ExperimentModel, Points, Ran};
use super::outcome::OutcomeLabel;
use super::table::{OutcomeTable, PointMatrix};
use super::vocabulary::Reduced;

/// An experiment that is ready to run: nothing in it can be wrong any more.
#[derive(Debug)]
pub struct Experiment<'s> {
    /// Places in the order of their ids, or the model.
    pub(super) models: Vec<ExperimentModel<'s>>,
    pub(super) outcomes: Vec<OutcomeLabel>,
    /// For each outcome and strategy.
    pub(super) reductions: Vec<Vec<Reduced>>,
    pub(super) strategies: Vec<(String, String)>,
    pub(super) cells: Vec<Cell>,
    /// Points of each cell.
    pub(super) draws: u64,
    pub(super) matrix: Option<PointMatrix>,
}

impl Experiment<'_> {
    /// What is measured.
    pub fn outcomes(&self) -> &[OutcomeLabel] {
        &self.outcomes
    }

    /// Ids and names of the strategies.
    pub fn strategies(&self) -> &[(String, String)] {
        &self.strategies
    }

    /// All points: of each setting of a sweep its draws, one after another.
    pub fn points(&self) -> u64 {
        self.cells.len() as u64 * self.draws
    }

    /// How many blocks they make.
    pub fn blocks(&self) -> u64 {
        self.cells.len() as u64 * self.blocks_of_a_cell()
    }

    /// How many points are in a block.
    pub fn points_of(&self, block: u64) -> usize {
        let within = block % self.blocks_of_a_cell().max(1);
        self.draws.saturating_sub(within * BLOCK_DRAWS as u64).min(BLOCK_DRAWS as u64) as usize
    }

    /// How many numbers a block comes to.
    pub fn numbers_of(&self, block: u64) -> usize {
        self.columns() * self.points_of(block)
    }

    /// Outcomes of strategies, and after them whether people and money are accounted for.
    fn columns(&self) -> usize {
        self.outcomes.len() * self.strategies.len() + 1
    }

    /// How many runs of the model the points of these blocks take.
    pub fn runs(&self, blocks: impl Iterator<Item = u64>) -> u64 {
        let arms = |model: &ExperimentModel<'_>| model.arms.len() as u64;
        blocks
            .map(|block| {
                let place = self.cell(block).place;
                let here = self.models.iter().enumerate().filter(|(at, _)| place.is_none_or(|place| place == *at));
                here.map(|(_, model)| arms(model)).sum::<u64>() * self.points_of(block) as u64
            })
            .sum()
    }

    fn blocks_of_a_cell(&self) -> u64 {
        self.draws.div_ceil(BLOCK_DRAWS as u64)
    }

    fn cell(&self, block: u64) -> &Cell {
        &self.cells[(block / self.blocks_of_a_cell().max(1)) as usize]
    }

    /// The points of a block, and the grounds on which they are run.
    fn under_way(&self, block: u64) -> (Points<'_>, impl Iterator<Item = &ExperimentModel<'_>>) {
        let cell = self.cell(block);
        let first = block % self.blocks_of_a_cell() * BLOCK_DRAWS as u64;
        let points = Points { cell, first, count: self.points_of(block), matrix: self.matrix.as_ref() };
        let here = self.models.iter().enumerate().filter(|(at, _)| cell.place.is_none_or(|one| one == *at));
        (points, here.map(|(_, model)| model))
    }

    /// What is told where every point is left out: what goes wrong in the first block.
    pub fn none_left(&self, called: &str) -> Diagnostic {
        let (points, models) = self.under_way(0);
        let looked_at = points.count as u64;
        let mut found = Vec::new();
        for model in models {
            let faults = model.run(points).faults;
            found.extend(fault_findings("", &model.arms, &|_| false, &faults));
        }
        none_left(self.points(), called, &found, looked_at)
    }

    /// Runs a block: `[outcome][strategy][point]`, one number after another, and after them for each point 1 if people or money
    /// are not accounted for there, else 0.
    pub fn block(&self, block: u64) -> Vec<f64> {
        let (points, mut models) = self.under_way(block);
        let (cell, count) = (points.cell, points.count);
        let mut sound = vec![true; count];
        let mut unaccounted = vec![false; count];
        let mut numbers: Vec<Vec<f64>> = Vec::new();
        let mut residents: Vec<f64> = Vec::new();
        let together = self.models.len() > 1 && cell.place.is_none();
        for model in models.by_ref() {
            let Ran { sound: here, unaccounted: lost, numbers: more, .. } = model.run(points);
            sound.iter_mut().zip(here).for_each(|(sound, here)| *sound &= here);
            unaccounted.iter_mut().zip(lost).for_each(|(unaccounted, lost)| *unaccounted |= lost);
            if numbers.is_empty() {
                numbers = more;
                residents = model.residents.clone();
                continue;
            }
            for (sums, more) in numbers.iter_mut().zip(more) {
                sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
            }
            residents.iter_mut().zip(&model.residents).for_each(|(sum, more)| *sum += more);
        }
        let mut values = Vec::with_capacity(self.numbers_of(block));
        for Reduced { reduction, series } in self.reductions.iter().flatten() {
            let series = series.iter().map(|one| numbers[*one].as_slice()).collect();
            let reduced = reduction.over_draws(&Numbers { series, draws: count, residents: &residents, together });
            values.extend(reduced.iter().zip(&sound).map(|(number, sound)| if *sound { *number } else { f64::NAN }));
        }
        values.extend(unaccounted.into_iter().map(f64::from));
        values
    }

    /// Runs these blocks in parallel and hands each on as it is done, from any thread and in any order. It stops early, with
    /// the blocks then under way, when `go_on` says no. `progress` is told of points done.
    pub fn run_blocks(
        &self,
        wanted: &[u64],
        keep: &(dyn Fn(u64, Vec<f64>) + Sync),
        go_on: &(dyn Fn() -> bool + Sync),
        progress: &(dyn Fn(u64) + Sync),
    ) {
        wanted.par_iter().for_each(|block| {
            if go_on() {
                keep(*block, self.block(*block));
                progress(self.points_of(*block) as u64);
            }
        });
    }

    /// Runs everything.
    pub fn run(&self, progress: &(dyn Fn(u64) + Sync)) -> OutcomeTable {
        let blocks: Vec<Vec<f64>> = (0..self.blocks())
            .into_par_iter()
            .map(|block| {
                let values = self.block(block);
                progress(self.points_of(block) as u64);
                values
            })
            .collect();
        self.table(&blocks)
    }

    /// All blocks, in their order, as a table.
    pub fn table(&self, blocks: &[Vec<f64>]) -> OutcomeTable {
        let (values, unaccounted) = columns_of(blocks, self.columns() - 1);
        OutcomeTable {
            outcomes: self.outcomes.clone(),
            strategies: self.strategies.clone(),
            points: self.points() as usize,
            values,
            unaccounted,
        }
    }
}

/// Blocks of `[column][point]` as columns through all of them; and beside them at how many points people or money are not
/// accounted for.
pub fn columns_of(blocks: &[Vec<f64>], columns: usize) -> (Vec<f64>, u64) {
    let mut values = through(blocks, columns + 1);
    let points = values.len() / (columns + 1);
    let unaccounted = values.split_off(columns * points);
    (values, unaccounted.iter().filter(|lost| **lost != 0.0).count() as u64)
}

fn through(blocks: &[Vec<f64>], columns: usize) -> Vec<f64> {
    let mut values = Vec::with_capacity(blocks.iter().map(Vec::len).sum());
    for column in 0..columns {
        for block in blocks {
            let count = block.len() / columns;
            values.extend_from_slice(&block[column * count..(column + 1) * count]);
        }
    }
    values
}
