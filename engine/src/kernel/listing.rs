//! A program told to people: how much it does, and its instructions one by one.

use std::collections::BTreeMap;
use std::fmt;

use crate::kernel::instruction::{Instruction, Shape};
use crate::kernel::program::Program;

/// How much a program does, counted instead of timed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// Instructions once a run.
    pub at_start: usize,
    /// Instructions at every step, all passes together.
    pub at_step: usize,
    /// Instructions more at a step where outcomes are kept.
    pub more_at_report: usize,
    /// Instructions at every step by what they do.
    pub by_kind: BTreeMap<String, usize>,
    /// Slots of a block, each of one number a lane.
    pub slots: usize,
    /// Numbers that all lanes share.
    pub numbers: usize,
}

impl fmt::Display for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "at start       {:>7}", self.at_start)?;
        writeln!(f, "at step        {:>7}", self.at_step)?;
        for (kind, count) in &self.by_kind {
            writeln!(f, "  {kind:<20} {count:>7}")?;
        }
        writeln!(f, "more at report {:>7}", self.more_at_report)?;
        writeln!(f, "slots          {:>7}", self.slots)?;
        writeln!(f, "numbers        {:>7}", self.numbers)
    }
}

impl Program {
    /// How much the program does.
    pub fn work(&self) -> Work {
        let mut by_kind = BTreeMap::new();
        for instruction in self.passes.iter().flatten() {
            *by_kind.entry(instruction.shape().to_string()).or_insert(0) += 1;
        }
        Work {
            at_start: self.start.len(),
            at_step: self.passes.iter().map(Vec::len).sum(),
            more_at_report: self.report.len() - self.passes[0].len(),
            by_kind,
            slots: self.slots,
            numbers: self.numbers.len() + self.time_row,
        }
    }

    fn slot_name(&self, slot: u32) -> String {
        self.labels.get(&slot).map_or_else(|| format!("t{slot}"), |label| format!("{{{label}}}"))
    }

    fn number_name(&self, number: u32) -> String {
        let beyond = (number as usize).checked_sub(self.numbers.len());
        beyond.map_or_else(|| self.numbers[number as usize].to_string(), |row| format!("time#{row}"))
    }

    fn list(&self, f: &mut fmt::Formatter<'_>, title: &str, instructions: &[Instruction]) -> fmt::Result {
        writeln!(f, "{title}: {} instructions", instructions.len())?;
        for instruction in instructions {
            let shape = instruction.shape();
            write!(f, "  {} = {shape}", self.slot_name(instruction.destination))?;
            for index in 0..shape.arity() {
                let operand = instruction.operands[index];
                let is_number = instruction.reads_number(index);
                let name = if is_number { self.number_name(operand) } else { self.slot_name(operand) };
                write!(f, "{}{name}", if index == 0 { " " } else { ", " })?;
            }
            if shape == Shape::Lookup {
                write!(f, ", table#{}", instruction.operands[1])?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

/// A listing for people.
impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.list(f, "once a run", &self.start)?;
        for (index, pass) in self.passes.iter().enumerate() {
            self.list(f, &format!("pass {} of a step", index + 1), pass)?;
        }
        self.list(f, "pass 1 where outcomes are kept", &self.report)
    }
}
