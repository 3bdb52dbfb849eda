//! Where values live: the slots that outlive a pass, and the numbers that are the same for all lanes.

use std::collections::{BTreeMap, HashMap};

use crate::kernel::graph::{CellId, Depends, Graph, Value, ValueId};

/// Where an instruction finds an operand or leaves its result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Location {
    /// A slot that outlives the pass.
    Kept(u32),
    /// A slot of the pass's own; reused as soon as nobody reads it any more.
    Passing(u32),
    /// A number known when the program is compiled.
    Number(u32),
    /// A number known for each time when the program is compiled.
    TimeNumber(u32),
}

/// The locations given out so far.
#[derive(Debug, Default)]
pub(super) struct Layout {
    kept: u32,
    cells: BTreeMap<CellId, u32>,
    values: BTreeMap<ValueId, u32>,
    numbers: HashMap<ValueId, u32>,
    number_list: Vec<f64>,
    time_numbers: HashMap<ValueId, u32>,
    time_list: Vec<ValueId>,
}

impl Layout {
    /// The slot of a cell.
    pub(super) fn cell(&mut self, cell: CellId) -> u32 {
        let kept = &mut self.kept;
        *self.cells.entry(cell).or_insert_with(|| next(kept))
    }

    /// Where a value that a pass of this kind does not compute itself is found.
    pub(super) fn leaf(&mut self, graph: &Graph, id: ValueId) -> Location {
        match (graph.depends(id), graph.value(id)) {
            (Depends::Nothing, _) => Location::Number(self.number(graph, id)),
            (Depends::Time, _) => {
                let list = &mut self.time_list;
                Location::TimeNumber(*self.time_numbers.entry(id).or_insert_with(|| {
                    list.push(id);
                    list.len() as u32 - 1
                }))
            }
            (_, Value::Cell(cell)) => Location::Kept(self.cell(cell)),
            _ => {
                let kept = &mut self.kept;
                Location::Kept(*self.values.entry(id).or_insert_with(|| next(kept)))
            }
        }
    }

    fn number(&mut self, graph: &Graph, id: ValueId) -> u32 {
        let list = &mut self.number_list;
        *self.numbers.entry(id).or_insert_with(|| {
            list.push(graph.number_of(id).unwrap_or(f64::NAN));
            list.len() as u32 - 1
        })
    }

    /// How many slots outlive a pass.
    pub(super) fn kept(&self) -> u32 {
        self.kept
    }

    /// Cells and their slots.
    pub(super) fn cells(&self) -> &BTreeMap<CellId, u32> {
        &self.cells
    }

    /// Values other than cells that have a slot of their own: inputs, and what is computed once a run.
    pub(super) fn values(&self) -> &BTreeMap<ValueId, u32> {
        &self.values
    }

    /// Numbers known when the program is compiled.
    pub(super) fn numbers(&self) -> &[f64] {
        &self.number_list
    }

    /// Values that are one number for each time.
    pub(super) fn time_values(&self) -> &[ValueId] {
        &self.time_list
    }

    /// The location as instructions spell it: its figure, and whether it stands for a number.
    pub(super) fn figure(&self, index: Location) -> (u32, bool) {
        match index {
            Location::Kept(slot) => (slot, false),
            Location::Passing(slot) => (self.kept + slot, false),
            Location::Number(number) => (number, true),
            Location::TimeNumber(number) => (self.number_list.len() as u32 + number, true),
        }
    }
}

fn next(kept: &mut u32) -> u32 {
    *kept += 1;
    *kept - 1
}
