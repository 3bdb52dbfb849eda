//! The order of a pass's instructions, and the slots that its passing values share.
//!
//! Values are computed depth first, so that few are alive at once and each is read soon after it was written: memory is what
//! a block program waits for most. A slot is given to the next value as soon as its last reader is done. A cell is overwritten
//! in place once all who want its old content have read it.

use std::collections::{BTreeMap, BTreeSet};

use crate::kernel::cover::{Operation, Patterns};
use crate::kernel::graph::{Depends, Graph, Value, ValueId};
use crate::kernel::instruction::Shape;
use crate::kernel::layout::{Layout, Location};
use crate::structure::LookupId;

/// What a pass is to achieve.
#[derive(Debug, Default)]
pub(super) struct Goals {
    /// Slots that outlive the pass, and the values that they are to hold after it.
    pub(super) assigned: Vec<(u32, ValueId)>,
    /// Values that are read after the pass from wherever it left them.
    pub(super) read_after: Vec<ValueId>,
}

/// An instruction whose locations are named but not yet numbered.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) shape: Shape,
    pub(super) table: Option<LookupId>,
    pub(super) destination: Location,
    pub(super) operands: Vec<Location>,
}

/// A pass in order.
#[derive(Debug)]
pub(super) struct Schedule {
    pub(super) drafts: Vec<Draft>,
    /// Where each value of [`Goals::read_after`] is; those in cells must be read before the pass.
    pub(super) found: Vec<Location>,
    /// Slots of its own.
    pub(super) passing: u32,
}

/// Orders the computation of values that depend on `level`, and gives them slots.
pub(super) fn schedule(graph: &Graph, level: Depends, goals: &Goals, layout: &mut Layout) -> Schedule {
    let operations = operations(graph, level, goals);
    let mut order = Order::new(graph, &operations, goals, layout);
    order.run(goals);
    allocate(graph, &operations, &order.jobs, &order.homes, goals, layout)
}

/// Values that need an instruction in this pass, with that instruction and how often they are read.
struct Operations {
    of: BTreeMap<ValueId, Operation>,
    uses: Vec<u32>,
}

/// Whether a pass of this level computes the value, rather than finding it.
fn is_computed(graph: &Graph, level: Depends, id: ValueId) -> bool {
    graph.depends(id) == level
        && matches!(graph.value(id), Value::Unary(..) | Value::Binary(..) | Value::Ternary(..) | Value::Lookup(..))
}

fn operations(graph: &Graph, level: Depends, goals: &Goals) -> Operations {
    let mut uses = vec![0_u32; graph.len()];
    let mut waiting = Vec::new();
    let roots = goals.assigned.iter().map(|&(_, id)| id).chain(goals.read_after.iter().copied());
    for root in roots {
        uses[root.0 as usize] += 1;
        if uses[root.0 as usize] == 1 {
            waiting.push(root);
        }
    }
    while let Some(id) = waiting.pop() {
        if !is_computed(graph, level, id) {
            continue;
        }
        for operand in graph.value(id).operands() {
            uses[operand.0 as usize] += 1;
            if uses[operand.0 as usize] == 1 {
                waiting.push(operand);
            }
        }
    }
    let patterns = Patterns::new();
    // Readers before what they read, so that a reader can swallow it.
    let mut of = BTreeMap::new();
    let mut swallowed = vec![false; graph.len()];
    for index in (0..graph.len()).rev() {
        let id = ValueId(index as u32);
        if uses[index] == 0 || swallowed[index] || !is_computed(graph, level, id) {
            continue;
        }
        let free = |id: ValueId| uses[id.0 as usize] == 1 && is_computed(graph, level, id);
        let (operation, inside) = patterns.cover(graph, id, free);
        for id in inside {
            swallowed[id.0 as usize] = true;
        }
        of.insert(id, operation);
    }
    Operations { of, uses }
}

/// One thing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Job {
    /// Compute a value into its home.
    Compute(ValueId),
    /// Copy a value into a slot that outlives the pass.
    Write(u32, ValueId),
    /// Set the old content of a cell aside, for one that is written when it is gone.
    SetAside(ValueId),
}

/// A slot to be overwritten once its readers are done.
#[derive(Debug, Clone, Copy)]
struct Overwrite {
    value: ValueId,
    /// Whether the value's own instruction writes the slot, rather than a copy.
    direct: bool,
    /// Whether all that it is computed from has been computed.
    ready: bool,
}

struct Order<'a> {
    operations: &'a Operations,
    /// The slot that a value read from the graph occupies, if it is one that outlives the pass.
    slot_of: BTreeMap<ValueId, u32>,
    /// Jobs still to be done that read a slot which is to be overwritten.
    readers: BTreeMap<u32, u32>,
    overwrites: BTreeMap<u32, Overwrite>,
    homes: BTreeMap<ValueId, Location>,
    done: BTreeSet<ValueId>,
    need: BTreeMap<ValueId, u32>,
    jobs: Vec<Job>,
}

impl<'a> Order<'a> {
    fn new(graph: &Graph, operations: &'a Operations, goals: &Goals, layout: &mut Layout) -> Self {
        let mut order = Self {
            operations,
            slot_of: BTreeMap::new(),
            readers: goals.assigned.iter().map(|&(slot, _)| (slot, 0)).collect(),
            overwrites: BTreeMap::new(),
            homes: BTreeMap::new(),
            done: BTreeSet::new(),
            need: BTreeMap::new(),
            jobs: Vec::new(),
        };
        let leaves = operations.of.values().flat_map(|operation| &operation.operands).copied();
        let roots = goals.assigned.iter().map(|&(_, id)| id).chain(goals.read_after.iter().copied());
        for id in leaves.chain(roots) {
            if operations.of.contains_key(&id) {
                continue;
            }
            if let Location::Kept(slot) = layout.leaf(graph, id) {
                order.slot_of.insert(id, slot);
            }
        }
        for (&id, operation) in &operations.of {
            for slot in order.slots_read(&operation.operands) {
                if let Some(readers) = order.readers.get_mut(&slot) {
                    *readers += 1;
                }
            }
            let mut needs: Vec<u32> =
                operation.operands.iter().filter_map(|operand| order.need.get(operand)).copied().collect();
            needs.sort_unstable_by(|a, b| b.cmp(a));
            let need = needs.iter().enumerate().map(|(held, need)| need + held as u32).max().unwrap_or(0).max(1);
            order.need.insert(id, need);
        }
        order.plan_overwrites(goals);
        order
    }

    /// The distinct slots, of those that outlive the pass, that these operands are read from.
    fn slots_read(&self, operands: &[ValueId]) -> BTreeSet<u32> {
        operands.iter().filter_map(|operand| self.slot_of.get(operand)).copied().collect()
    }

    fn plan_overwrites(&mut self, goals: &Goals) {
        // A copy from one cell to another is a reader too, and known before any cell is given away.
        for &(slot, value) in &goals.assigned {
            let read = self.slot_of.get(&value).filter(|&&read| read != slot);
            if let Some(readers) = read.and_then(|read| self.readers.get_mut(read)) {
                *readers += 1;
            }
        }
        for &(slot, value) in &goals.assigned {
            let computed = self.operations.of.contains_key(&value);
            if self.slot_of.get(&value) == Some(&slot) {
                continue;
            }
            let homeless = computed && !self.homes.contains_key(&value);
            if homeless && self.readers[&slot] == 0 {
                // Nobody wants the old content: the value simply lives there.
                self.homes.insert(value, Location::Kept(slot));
            } else if homeless && self.operations.uses[value.0 as usize] == 1 {
                self.homes.insert(value, Location::Kept(slot));
                self.overwrites.insert(slot, Overwrite { value, direct: true, ready: false });
            } else {
                self.overwrites.insert(slot, Overwrite { value, direct: false, ready: false });
            }
        }
    }

    fn run(&mut self, goals: &Goals) {
        for &(slot, value) in &goals.assigned {
            self.visit(value);
            if let Some(overwrite) = self.overwrites.get_mut(&slot) {
                overwrite.ready = true;
                self.overwrite_if_possible(slot);
            }
        }
        for &value in &goals.read_after {
            self.visit(value);
        }
        self.untie();
    }

    /// Computes a value after all that it is computed from; one that overwrites a cell waits for its moment.
    fn visit(&mut self, root: ValueId) {
        let mut waiting = vec![(root, false)];
        while let Some((id, operands_done)) = waiting.pop() {
            let Some(operation) = self.operations.of.get(&id) else {
                continue;
            };
            if self.done.contains(&id) {
                continue;
            }
            if operands_done {
                let waits = matches!(self.homes.get(&id), Some(Location::Kept(slot))
                    if self.overwrites.get(slot).is_some_and(|overwrite| overwrite.direct && overwrite.value == id));
                if !waits {
                    self.compute(id);
                }
                continue;
            }
            waiting.push((id, true));
            let mut operands: Vec<ValueId> = operation.operands.clone();
            // The neediest first: it is popped last of those pushed, hence the rising order.
            operands.sort_by_key(|operand| self.need.get(operand).copied().unwrap_or(0));
            waiting.extend(operands.into_iter().map(|operand| (operand, false)));
        }
    }

    fn compute(&mut self, id: ValueId) {
        self.done.insert(id);
        self.jobs.push(Job::Compute(id));
        let operations = self.operations;
        self.finished_reading(&operations.of[&id].operands);
    }

    fn finished_reading(&mut self, operands: &[ValueId]) {
        for slot in self.slots_read(operands) {
            if let Some(readers) = self.readers.get_mut(&slot) {
                *readers -= 1;
                self.overwrite_if_possible(slot);
            }
        }
    }

    fn overwrite_if_possible(&mut self, slot: u32) {
        let Some(&overwrite) = self.overwrites.get(&slot) else {
            return;
        };
        let operands = match self.operations.of.get(&overwrite.value) {
            Some(operation) if overwrite.direct => operation.operands.as_slice(),
            _ => &[],
        };
        let own = u32::from(self.slots_read(operands).contains(&slot));
        if !overwrite.ready || self.readers[&slot] > own {
            return;
        }
        self.overwrites.remove(&slot);
        if overwrite.direct {
            self.compute(overwrite.value);
        } else {
            self.jobs.push(Job::Write(slot, overwrite.value));
            self.finished_reading(&[overwrite.value]);
        }
    }

    /// Cells that wait for one another in a circle: their new content is computed aside first, and written last.
    fn untie(&mut self) {
        let left = std::mem::take(&mut self.overwrites);
        for overwrite in left.values() {
            if overwrite.direct {
                self.homes.remove(&overwrite.value);
                self.done.insert(overwrite.value);
                self.jobs.push(Job::Compute(overwrite.value));
            } else if self.slot_of.contains_key(&overwrite.value) {
                self.jobs.push(Job::SetAside(overwrite.value));
            }
        }
        self.jobs.extend(left.iter().map(|(&slot, overwrite)| Job::Write(slot, overwrite.value)));
    }
}

/// Gives every passing value a slot from its computation to its last reading.
fn allocate(
    graph: &Graph,
    operations: &Operations,
    jobs: &[Job],
    homes: &BTreeMap<ValueId, Location>,
    goals: &Goals,
    layout: &mut Layout,
) -> Schedule {
    let mut last_reading: BTreeMap<ValueId, usize> = BTreeMap::new();
    for (position, job) in jobs.iter().enumerate() {
        match job {
            Job::Compute(id) => {
                last_reading.extend(operations.of[id].operands.iter().map(|&operand| (operand, position)));
            }
            Job::Write(_, id) => _ = last_reading.insert(*id, position),
            Job::SetAside(_) => {}
        }
    }
    last_reading.extend(goals.read_after.iter().map(|&id| (id, jobs.len())));

    let mut registers = Registers { homes: homes.clone(), ..Registers::default() };
    let mut drafts = Vec::with_capacity(jobs.len());
    for (position, job) in jobs.iter().enumerate() {
        let draft = match *job {
            Job::Compute(id) => {
                let operation = &operations.of[&id];
                let operands = operation.operands.iter().map(|&read| registers.find(graph, layout, read)).collect();
                for &operand in &operation.operands {
                    if last_reading[&operand] == position {
                        registers.release(operand);
                    }
                }
                let destination = registers.home(id);
                Draft { shape: operation.shape, table: operation.table, destination, operands }
            }
            Job::SetAside(id) => {
                let from = layout.leaf(graph, id);
                Draft { shape: Shape::Copy, table: None, destination: registers.home(id), operands: vec![from] }
            }
            Job::Write(slot, id) => {
                let from = registers.find(graph, layout, id);
                if last_reading[&id] == position {
                    registers.release(id);
                }
                let is_slot = matches!(from, Location::Kept(_) | Location::Passing(_));
                let shape = if is_slot { Shape::Copy } else { Shape::Fill };
                Draft { shape, table: None, destination: Location::Kept(slot), operands: vec![from] }
            }
        };
        drafts.push(draft);
    }
    let found = goals.read_after.iter().map(|&id| registers.find(graph, layout, id)).collect();
    Schedule { drafts, found, passing: registers.made }
}

#[derive(Default)]
struct Registers {
    homes: BTreeMap<ValueId, Location>,
    free: Vec<u32>,
    made: u32,
}

impl Registers {
    fn find(&self, graph: &Graph, layout: &mut Layout, id: ValueId) -> Location {
        self.homes.get(&id).copied().unwrap_or_else(|| layout.leaf(graph, id))
    }

    /// The location that a value lives in from now on. The slot freed last is given out first: it is still in the cache.
    fn home(&mut self, id: ValueId) -> Location {
        *self.homes.entry(id).or_insert_with(|| {
            Location::Passing(self.free.pop().unwrap_or_else(|| {
                self.made += 1;
                self.made - 1
            }))
        })
    }

    fn release(&mut self, id: ValueId) {
        if let Some(&Location::Passing(slot)) = self.homes.get(&id) {
            self.homes.remove(&id);
            self.free.push(slot);
        }
    }
}
