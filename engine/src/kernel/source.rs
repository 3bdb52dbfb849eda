//! A program written out as the straight-line Rust that a person would write by hand for this one model.
//!
//! The bench `ceiling` compiles it for the machine at hand and times it against the block program: it is what an interpreter
//! of the same instructions is measured by. Values that live within a step are local names, which the compiler keeps in
//! registers as it sees fit; what outlives a step is an array; a vector holds as many lanes as a register of the processor.

use std::fmt::Write;

use crate::kernel::instruction::{Instruction, Shape};
use crate::kernel::program::{Program, Source};
use crate::structure::LookupTable;

impl Program {
    /// The program as the text of a Rust library with one function,
    ///
    /// `extern "C" fn block(lanes: usize, constants: *const f64, paths: *const f64, years: usize, out: *mut f64)`,
    ///
    /// whose arguments are those of [`Program::run_block`], and which leaves the same bits in `out`. `lanes` is a multiple of
    /// eight. Before it belong a type `V` of vectors, and functions of it by the names of `arithmetic`. `None` if the model has delays of a fixed number of steps, whose queues a person would write otherwise for each
    /// model, or chance in it.
    pub fn straight_line_source(&self) -> Option<String> {
        if !self.pipelines.is_empty() || !self.noises.is_empty() || !self.noises_at_start.is_empty() {
            return None;
        }
        let mut text = String::new();
        let writer = Writer { program: self };
        writer.tables(&mut text);
        writer.pass(&mut text, "start", &self.start, &[]);
        for (index, pass) in self.passes.iter().enumerate() {
            writer.pass(&mut text, &format!("pass_{index}"), pass, &[]);
        }
        let after: Vec<Source> = self.kept.iter().filter(|kept| !kept.before).map(|kept| kept.source).collect();
        writer.pass(&mut text, "report", &self.report, &after);
        writer.block(&mut text);
        Some(text)
    }
}

struct Writer<'a> {
    program: &'a Program,
}

/// Writing to a string cannot fail.
macro_rules! line {
    ($text:expr, $($what:tt)*) => { let _ = writeln!($text, $($what)*); };
}

impl Writer<'_> {
    fn tables(&self, text: &mut String) {
        let program = self.program;
        line!(text, "const KEPT: usize = {};", program.kept_slots.max(1));
        line!(text, "const TIME_ROW: usize = {};", program.time_row);
        line!(text, "const INITIAL: f64 = {};", number(program.time.initial));
        line!(text, "const STEP: f64 = {};", number(program.time.step));
        let numbers: Vec<String> = program.time_numbers.iter().map(|&one| number(one)).collect();
        line!(text, "static TIME_NUMBERS: [f64; {}] = [{}];", numbers.len(), numbers.join(", "));
        let steps: Vec<String> = program.report_steps.iter().map(usize::to_string).collect();
        line!(text, "static REPORT_STEPS: [usize; {}] = [{}];", steps.len(), steps.join(", "));
        for (index, LookupTable { x, y }) in program.lookups.iter().enumerate() {
            let list = |numbers: &[f64]| numbers.iter().map(|&one| number(one)).collect::<Vec<_>>().join(", ");
            line!(text, "static X{index}: [f64; {}] = [{}];", x.len(), list(x));
            line!(text, "static Y{index}: [f64; {}] = [{}];", y.len(), list(y));
        }
    }

    /// A function that carries out instructions, and leaves what is found after them in `found`.
    fn pass(&self, text: &mut String, name: &str, instructions: &[Instruction], found: &[Source]) {
        line!(text, "#[inline(never)] #[allow(unused_variables)]");
        line!(text, "unsafe fn {name}(k: &mut [V; KEPT], time: &[f64], found: &mut [V]) {{ unsafe {{");
        for instruction in instructions {
            let shape = instruction.shape();
            let operands: Vec<String> = (0..shape.arity())
                .map(|index| match instruction.reads_number(index) {
                    true => self.number(instruction.operands[index]),
                    false => self.slot(instruction.operands[index]),
                })
                .collect();
            let names = &["a", "b", "c", "d", "e", "f"][..shape.arity()];
            let bound: Vec<String> =
                names.iter().zip(&operands).map(|(name, operand)| format!("let {name} = {operand};")).collect();
            let formula = match shape {
                Shape::Fill => "a".to_owned(),
                Shape::Lookup => format!("lookup(&X{0}, &Y{0}, a)", instruction.operands[1]),
                _ => shape.formula().replace("_lanes", ""),
            };
            let destination = instruction.destination;
            let assigned = match destination.checked_sub(self.program.kept_slots) {
                Some(passing) => format!("let t{passing}"),
                None => format!("k[{destination}]"),
            };
            line!(text, "    {assigned} = {{ {} {formula} }};", bound.join(" "));
        }
        for (index, &source) in found.iter().enumerate() {
            line!(text, "    found[{index}] = {};", self.source(source));
        }
        line!(text, "}}}}");
    }

    fn slot(&self, slot: u32) -> String {
        match slot.checked_sub(self.program.kept_slots) {
            Some(passing) => format!("t{passing}"),
            None => format!("k[{slot}]"),
        }
    }

    fn number(&self, index: u32) -> String {
        match (index as usize).checked_sub(self.program.numbers.len()) {
            Some(row) => format!("splat(time[{row}])"),
            None => format!("splat({})", number(self.program.numbers[index as usize])),
        }
    }

    fn source(&self, source: Source) -> String {
        match source {
            Source::Slot(slot) => self.slot(slot),
            Source::Number(index) => self.number(index),
        }
    }

    /// All lanes through time.
    fn block(&self, text: &mut String) {
        let program = self.program;
        let rows = if program.passes.len() == 1 { 1 } else { 3 };
        let last = program.report_steps.iter().copied().max().unwrap_or(0);
        line!(text, "#[unsafe(no_mangle)]");
        line!(
            text,
            "pub unsafe extern \"C\" fn block(lanes: usize, constants: *const f64, paths: *const f64, years: usize, out: *mut f64) {{ unsafe {{"
        );
        line!(text, "  let mut found = [splat(0.0); {}];", program.kept.len().max(1));
        line!(text, "  for first in (0..lanes).step_by(LANES_AT_ONCE) {{");
        line!(text, "    let mut memory = [splat(0.0); KEPT];");
        line!(text, "    let k = &mut memory;");
        line!(text, "    let time: &[f64] = &TIME_NUMBERS[..TIME_ROW];");
        for &(index, slot) in &program.varying {
            line!(text, "    k[{slot}] = load(constants.add({index} * lanes + first));");
        }
        for driven in &program.driven {
            if let Some(slot) = driven.at_start {
                line!(
                    text,
                    "    k[{slot}] = drive(paths, {}, years, lanes, first, INITIAL, {});",
                    driven.index,
                    number(driven.otherwise)
                );
            }
        }
        line!(text, "    start(k, time, &mut found);");
        for &(cell, source) in &program.initial {
            line!(text, "    k[{cell}] = {};", self.source(source));
        }
        line!(text, "    for step in 0..={last}_usize {{");
        line!(text, "      let now = INITIAL + step as f64 * STEP;");
        for driven in &program.driven {
            if let Some(slot) = driven.at_step {
                line!(
                    text,
                    "      k[{slot}] = drive(paths, {}, years, lanes, first, now, {});",
                    driven.index,
                    number(driven.otherwise)
                );
            }
        }
        let row = |row: usize| {
            format!("&TIME_NUMBERS[(step * {rows} + {row}) * TIME_ROW..(step * {rows} + {row} + 1) * TIME_ROW]")
        };
        line!(text, "      let time: &[f64] = {};", row(0));
        line!(text, "      if REPORT_STEPS.contains(&step) {{");
        line!(text, "        for (report, _) in REPORT_STEPS.iter().enumerate().filter(|(_, at)| **at == step) {{");
        let store = |outcome: usize, value: &str| {
            format!("store(out.add(({outcome} * {} + report) * lanes + first), {value});", program.report_steps.len())
        };
        for (outcome, kept) in program.kept.iter().enumerate().filter(|(_, kept)| kept.before) {
            line!(text, "          {}", store(outcome, &self.source(kept.source)));
        }
        line!(text, "        }}");
        line!(text, "        report(k, time, &mut found);");
        line!(text, "        for (report, _) in REPORT_STEPS.iter().enumerate().filter(|(_, at)| **at == step) {{");
        for (index, (outcome, _)) in program.kept.iter().enumerate().filter(|(_, kept)| !kept.before).enumerate() {
            line!(text, "          {}", store(outcome, &format!("found[{index}]")));
        }
        line!(text, "        }}");
        line!(text, "      }} else {{");
        line!(text, "        pass_0(k, time, &mut found);");
        line!(text, "      }}");
        line!(text, "      if step == {last} {{ break; }}");
        for (index, at) in (1..program.passes.len()).zip([1, 1, 2]) {
            line!(text, "      pass_{index}(k, {}, &mut found);", row(at));
        }
        line!(text, "    }}");
        line!(text, "  }}");
        line!(text, "}}}}");
    }
}

/// A number that reads back the same.
fn number(number: f64) -> String {
    if number.is_finite() { format!("{number:?}_f64") } else { format!("f64::from_bits({:#x})", number.to_bits()) }
}
