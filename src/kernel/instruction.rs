//! The instructions a program is made of, each with its arithmetic.
//!
//! An instruction reads up to four operands, each a slot (one number a lane) or a number (the same for all lanes), and
//! writes one slot. Fused ones do what two or three would, in the same order and with the same rounding.

use std::fmt::{self, Write};

use crate::elementary::{
    arccos_lanes, arcsin_lanes, arctan_lanes, cos_lanes, exp_lanes, ln_lanes, power_lanes, sin_lanes, tan_lanes,
};
use crate::kernel::arithmetic::{
    SMALLEST_DIVISOR, abs, add, and, divide, equal, interpolate, less, less_or_equal, maximum, minimum, modulo,
    multiply, negate, not, not_equal, or, select, sqrt, subtract, truncate,
};
use crate::kernel::lanes::{CHUNK, CHUNKS, Chunk, Slot};
use crate::structure::LookupTable;

/// One instruction: what to do, where to write, what to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Instruction {
    code: u16,
    pub(super) destination: u32,
    pub(super) operands: [u32; 4],
}

impl Instruction {
    /// `numbers` tells which operands are numbers: bit 0 the first, and so on.
    pub(super) fn new(shape: Shape, numbers: u16, destination: u32, operands: [u32; 4]) -> Self {
        Self { code: shape as u16 * 16 + numbers, destination, operands }
    }

    /// What it does.
    pub(super) fn shape(&self) -> Shape {
        ALL[(self.code / 16) as usize]
    }

    /// Whether operand `place` is a number.
    pub(super) fn reads_number(&self, place: usize) -> bool {
        self.code >> place & 1 == 1
    }
}

impl fmt::Display for Shape {
    /// In words: `select`, `less or equal`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, letter) in format!("{self:?}").char_indices() {
            if letter.is_uppercase() && place > 0 {
                f.write_char(' ')?;
            }
            f.write_char(letter.to_ascii_lowercase())?;
        }
        Ok(())
    }
}

/// A figure to match instructions against.
struct Code<const CODE: u16>;

impl<const CODE: u16> Code<CODE> {
    const IT: u16 = CODE;
}

/// What an instruction reads from.
#[derive(Clone, Copy)]
pub(super) struct Memory<'a> {
    pub(super) slots: &'a [Slot],
    pub(super) numbers: &'a [f64],
    pub(super) lookups: &'a [LookupTable],
}

/// Makes the shapes, their list, and the loop that carries them out, from one table.
///
/// A row is a shape, its operands, its arithmetic, and which operands may be numbers: one figure for each allowed
/// combination, bit 0 the first operand. Elementary functions come as functions of a whole chunk (`_lanes`), and their
/// loops are written out here instead of passed as closures: compiled apart, they would not get the wide vectors.
macro_rules! instruction_set {
    (
        one { $($one:ident($a1:ident) = $e1:expr;)* }
        function_of_one { $($function:ident = $lanes:ident;)* }
        function_of_two { $($function2:ident = $lanes2:ident, [$($n2:literal)*];)* }
        two { $($two:ident($a2:ident, $b2:ident) = $e2:expr, [$($m2:literal)*];)* }
        three { $($three:ident($a3:ident, $b3:ident, $c3:ident) = $e3:expr, [$($m3:literal)*];)* }
        four { $($four:ident($a4:ident, $b4:ident, $c4:ident, $d4:ident) = $e4:expr, [$($m4:literal)*];)* }
    ) => {
        /// What an instruction does.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(super) enum Shape { Fill, Lookup, $($one,)* $($function,)* $($two,)* $($function2,)* $($three,)* $($four,)* }

        const ALL: &[Shape] = &[Shape::Fill, Shape::Lookup, $(Shape::$one,)* $(Shape::$function,)*
            $(Shape::$two,)* $(Shape::$function2,)* $(Shape::$three,)* $(Shape::$four,)*];

        impl Shape {
            /// How many operands it reads.
            pub(super) fn arity(self) -> usize {
                match self {
                    Shape::Fill | Shape::Lookup $(| Shape::$one)* $(| Shape::$function)* => 1,
                    $(Shape::$two)|* $(| Shape::$function2)* => 2,
                    $(Shape::$three)|* => 3,
                    $(Shape::$four)|* => 4,
                }
            }

            /// Whether it takes numbers for exactly these operands.
            pub(super) fn takes(self, numbers: u16) -> bool {
                match self {
                    Shape::Fill => numbers == 1,
                    Shape::Lookup $(| Shape::$one)* $(| Shape::$function)* => numbers == 0,
                    $(Shape::$two => [$($m2),*].contains(&numbers),)*
                    $(Shape::$function2 => [$($n2),*].contains(&numbers),)*
                    $(Shape::$three => [$($m3),*].contains(&numbers),)*
                    $(Shape::$four => [$($m4),*].contains(&numbers),)*
                }
            }
        }

        /// Carries out instructions one after another.
        #[inline(always)]
        pub(super) fn execute(instructions: &[Instruction], memory: Memory<'_>) {
            for instruction in instructions {
                match instruction.code {
                    Code::<{ Shape::Fill as u16 * 16 + 1 }>::IT => fill(instruction, memory),
                    Code::<{ Shape::Lookup as u16 * 16 }>::IT => lookup(instruction, memory),
                    $(Code::<{ Shape::$one as u16 * 16 }>::IT => one(instruction, memory, |$a1| $e1),)*
                    $(Code::<{ Shape::$function as u16 * 16 }>::IT => {
                        let to = &memory.slots[instruction.destination as usize];
                        let a = Operand::new::<0>(instruction, memory, 0);
                        for chunk in 0..CHUNKS {
                            to.0[chunk].set($lanes(&a.chunk::<0>(chunk, 0)));
                        }
                    })*
                    $($(Code::<{ Shape::$function2 as u16 * 16 + $n2 }>::IT => {
                        let to = &memory.slots[instruction.destination as usize];
                        let a = Operand::new::<$n2>(instruction, memory, 0);
                        let b = Operand::new::<$n2>(instruction, memory, 1);
                        for chunk in 0..CHUNKS {
                            to.0[chunk].set($lanes2(&a.chunk::<$n2>(chunk, 0), &b.chunk::<$n2>(chunk, 1)));
                        }
                    })*)*
                    $($(Code::<{ Shape::$two as u16 * 16 + $m2 }>::IT => two::<$m2>(instruction, memory, |$a2, $b2| $e2),)*)*
                    $($(Code::<{ Shape::$three as u16 * 16 + $m3 }>::IT => three::<$m3>(instruction, memory, |$a3, $b3, $c3| $e3),)*)*
                    $($(Code::<{ Shape::$four as u16 * 16 + $m4 }>::IT => four::<$m4>(instruction, memory, |$a4, $b4, $c4, $d4| $e4),)*)*
                    _ => unreachable!("an instruction is only made with numbers that its shape takes"),
                }
            }
        }
    };
}

instruction_set! {
    one {
        Copy(a) = a;
        Negate(a) = negate(a);
        Not(a) = not(a);
        Abs(a) = abs(a);
        Sqrt(a) = sqrt(a);
        Truncate(a) = truncate(a);
    }
    function_of_one {
        Exp = exp_lanes;
        Ln = ln_lanes;
        Sin = sin_lanes;
        Cos = cos_lanes;
        Tan = tan_lanes;
        Arcsin = arcsin_lanes;
        Arccos = arccos_lanes;
        Arctan = arctan_lanes;
    }
    function_of_two {
        Power = power_lanes, [0 1 2];
    }
    two {
        Add(a, b) = add(a, b), [0 2];
        Subtract(a, b) = subtract(a, b), [0 1 2];
        Multiply(a, b) = multiply(a, b), [0 2];
        Divide(a, b) = divide(a, b), [0 1 2];
        Minimum(a, b) = minimum(a, b), [0 1 2];
        Maximum(a, b) = maximum(a, b), [0 1 2];
        Modulo(a, b) = modulo(a, b), [0 1 2];
        Less(a, b) = less(a, b), [0 1 2];
        LessOrEqual(a, b) = less_or_equal(a, b), [0 1 2];
        Equal(a, b) = equal(a, b), [0 2];
        NotEqual(a, b) = not_equal(a, b), [0 2];
        And(a, b) = and(a, b), [0 2];
        Or(a, b) = or(a, b), [0 2];
    }
    three {
        Select(a, b, c) = select(a, b, c), [0 1 2 3 4 5 6];
        DivideOr(a, b, c) = chosen(b.abs() < SMALLEST_DIVISOR, c, divide(a, b)), [0 1 2 3 4 5 6];
        ProductPlus(a, b, c) = add(multiply(a, b), c), [0 2 4 6];
        ProductMinus(a, b, c) = subtract(multiply(a, b), c), [0 2 4 6];
        MinusProduct(a, b, c) = subtract(c, multiply(a, b)), [0 2 4 6];
        ProductTimes(a, b, c) = multiply(multiply(a, b), c), [0 2 4 6];
        ProductOver(a, b, c) = divide(multiply(a, b), c), [0 2 4 6];
        OverProduct(a, b, c) = divide(c, multiply(a, b)), [0 2 4 6];
        SumPlus(a, b, c) = add(add(a, b), c), [0 2 4 6];
        SumMinus(a, b, c) = subtract(add(a, b), c), [0 2 4 6];
        MinusSum(a, b, c) = subtract(c, add(a, b)), [0 2 4 6];
        SumTimes(a, b, c) = multiply(add(a, b), c), [0 2 4 6];
        SumOver(a, b, c) = divide(add(a, b), c), [0 2 4 6];
        OverSum(a, b, c) = divide(c, add(a, b)), [0 2 4 6];
        DifferencePlus(a, b, c) = add(subtract(a, b), c), [0 1 2 4 5 6];
        DifferenceMinus(a, b, c) = subtract(subtract(a, b), c), [0 1 2 4 5 6];
        MinusDifference(a, b, c) = subtract(c, subtract(a, b)), [0 1 2 4 5 6];
        DifferenceTimes(a, b, c) = multiply(subtract(a, b), c), [0 1 2 4 5 6];
        DifferenceOver(a, b, c) = divide(subtract(a, b), c), [0 1 2 4 5 6];
        QuotientTimes(a, b, c) = multiply(divide(a, b), c), [0 1 2 4 5 6];
        QuotientPlus(a, b, c) = add(divide(a, b), c), [0 1 2 4 5 6];
        MinusQuotient(a, b, c) = subtract(c, divide(a, b)), [0 1 2 4 5 6];
        MinimumMaximum(a, b, c) = minimum(maximum(a, b), c), [0 1 2 4 5 6];
        MaximumMinimum(a, b, c) = maximum(minimum(a, b), c), [0 1 2 4 5 6];
        DifferenceMaximum(a, b, c) = maximum(subtract(a, b), c), [0 1 2 4 5 6];
        QuotientMinimum(a, b, c) = minimum(divide(a, b), c), [0 1 2 4 5 6];
    }
    four {
        ProductSum(a, b, c, d) = add(multiply(a, b), multiply(c, d)), [0 2 8 10];
        ProductDifference(a, b, c, d) = subtract(multiply(a, b), multiply(c, d)), [0 2 8 10];
        SumOfFour(a, b, c, d) = add(add(add(a, b), c), d), [0 8];
        ProductOfFour(a, b, c, d) = multiply(multiply(multiply(a, b), c), d), [0 2 4 8];
        ProductSumTimes(a, b, c, d) = multiply(add(multiply(a, b), c), d), [0 2 4 8];
        ProductPlusPlus(a, b, c, d) = add(add(multiply(a, b), c), d), [0 2 4 8];
        DifferenceTimesPlus(a, b, c, d) = add(multiply(subtract(a, b), c), d), [0 1 2 4 5 6 8 9 10 12];
        SelectLess(a, b, c, d) = select(less(a, b), c, d), [0 1 2 4 5 6 8 9 10 12 13 14];
        SelectLessOrEqual(a, b, c, d) = select(less_or_equal(a, b), c, d), [0 1 2 4 5 6 8 9 10 12 13 14];
    }
}

/// One of two, both computed: unlike a branch around a division, it can be done for many lanes at once.
#[inline(always)]
fn chosen(first: bool, a: f64, b: f64) -> f64 {
    if first { a } else { b }
}

#[inline(always)]
fn number(memory: Memory<'_>, instruction: &Instruction, place: usize) -> f64 {
    memory.numbers[instruction.operands[place] as usize]
}

#[inline(always)]
fn slot<'a>(memory: Memory<'a>, instruction: &Instruction, place: usize) -> &'a Slot {
    &memory.slots[instruction.operands[place] as usize]
}

#[inline(always)]
fn fill(instruction: &Instruction, memory: Memory<'_>) {
    memory.slots[instruction.destination as usize].fill(number(memory, instruction, 0));
}

#[inline(always)]
fn lookup(instruction: &Instruction, memory: Memory<'_>) {
    let table = &memory.lookups[instruction.operands[1] as usize];
    one(instruction, memory, |a| interpolate(&table.x, &table.y, a));
}

#[inline(always)]
fn one(instruction: &Instruction, memory: Memory<'_>, arithmetic: impl Fn(f64) -> f64) {
    let to = &memory.slots[instruction.destination as usize];
    let a = Operand::new::<0>(instruction, memory, 0);
    for chunk in 0..CHUNKS {
        let a = a.chunk::<0>(chunk, 0);
        to.0[chunk].set(each(|lane| arithmetic(a[lane])));
    }
}

#[inline(always)]
fn two<const NUMBERS: u16>(instruction: &Instruction, memory: Memory<'_>, arithmetic: impl Fn(f64, f64) -> f64) {
    let to = &memory.slots[instruction.destination as usize];
    let a = Operand::new::<NUMBERS>(instruction, memory, 0);
    let b = Operand::new::<NUMBERS>(instruction, memory, 1);
    for chunk in 0..CHUNKS {
        let (a, b) = (a.chunk::<NUMBERS>(chunk, 0), b.chunk::<NUMBERS>(chunk, 1));
        to.0[chunk].set(each(|lane| arithmetic(a[lane], b[lane])));
    }
}

#[inline(always)]
fn three<const NUMBERS: u16>(instruction: &Instruction, memory: Memory<'_>, arithmetic: impl Fn(f64, f64, f64) -> f64) {
    let to = &memory.slots[instruction.destination as usize];
    let a = Operand::new::<NUMBERS>(instruction, memory, 0);
    let b = Operand::new::<NUMBERS>(instruction, memory, 1);
    let c = Operand::new::<NUMBERS>(instruction, memory, 2);
    for chunk in 0..CHUNKS {
        let (a, b) = (a.chunk::<NUMBERS>(chunk, 0), b.chunk::<NUMBERS>(chunk, 1));
        let c = c.chunk::<NUMBERS>(chunk, 2);
        to.0[chunk].set(each(|lane| arithmetic(a[lane], b[lane], c[lane])));
    }
}

#[inline(always)]
fn four<const NUMBERS: u16>(
    instruction: &Instruction,
    memory: Memory<'_>,
    arithmetic: impl Fn(f64, f64, f64, f64) -> f64,
) {
    let to = &memory.slots[instruction.destination as usize];
    let a = Operand::new::<NUMBERS>(instruction, memory, 0);
    let b = Operand::new::<NUMBERS>(instruction, memory, 1);
    let c = Operand::new::<NUMBERS>(instruction, memory, 2);
    let d = Operand::new::<NUMBERS>(instruction, memory, 3);
    for chunk in 0..CHUNKS {
        let (a, b) = (a.chunk::<NUMBERS>(chunk, 0), b.chunk::<NUMBERS>(chunk, 1));
        let (c, d) = (c.chunk::<NUMBERS>(chunk, 2), d.chunk::<NUMBERS>(chunk, 3));
        to.0[chunk].set(each(|lane| arithmetic(a[lane], b[lane], c[lane], d[lane])));
    }
}

/// An operand: a slot, or a number spread over every chunk. Which of them is known when the program is built.
struct Operand<'a> {
    slot: &'a Slot,
    number: f64,
}

impl<'a> Operand<'a> {
    #[inline(always)]
    fn new<const NUMBERS: u16>(instruction: &Instruction, memory: Memory<'a>, place: usize) -> Self {
        if NUMBERS >> place & 1 == 1 {
            Self { slot: &memory.slots[0], number: number(memory, instruction, place) }
        } else {
            Self { slot: slot(memory, instruction, place), number: 0.0 }
        }
    }

    #[inline(always)]
    fn chunk<const NUMBERS: u16>(&self, chunk: usize, place: usize) -> Chunk {
        if NUMBERS >> place & 1 == 1 { [self.number; CHUNK] } else { self.slot.0[chunk].get() }
    }
}

#[inline(always)]
fn each(arithmetic: impl Fn(usize) -> f64) -> Chunk {
    let mut result = [0.0; CHUNK];
    for (lane, result) in result.iter_mut().enumerate() {
        *result = arithmetic(lane);
    }
    result
}
