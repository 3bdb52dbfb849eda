//! The instructions a program is made of, each with its arithmetic.
//!
//! An instruction reads up to six operands, each a slot (one number a lane) or a number (the same for all lanes), and
//! writes one slot. Fused ones do what several would, in the same order and with the same rounding: what passes between
//! them is never written down, and memory is what a block program waits for most.

use std::fmt::{self, Write};

use crate::elementary::{
    arccos_lanes, arcsin_lanes, arctan_lanes, cos_lanes, exp_lanes, ln_lanes, power_lanes, sin_lanes, tan_lanes,
};
use crate::kernel::arithmetic::{
    abs, add, and, cosh, divide, divide_or, equal, gamma_ln, interpolate, less, less_or_equal, maximum, minimum,
    modulo, multiply, negate, normal_below, normal_quantile, not, not_equal, or, select, select_less,
    select_less_or_equal, sinh, sqrt, subtract, tanh, truncate,
};
use crate::kernel::lanes::{CHUNK, CHUNKS, Chunk, Slot};
use crate::structure::LookupTable;

/// Operands of the largest instruction.
pub(super) const MOST_OPERANDS: usize = 6;

/// Combinations of operands that are numbers: a bit for each.
const COMBINATIONS: u16 = 1 << MOST_OPERANDS;

/// One instruction: what to do, where to write, what to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Instruction {
    code: u16,
    pub(super) destination: u32,
    pub(super) operands: [u32; MOST_OPERANDS],
}

impl Instruction {
    /// `numbers` tells which operands are numbers: bit 0 the first, and so on.
    pub(super) fn new(shape: Shape, numbers: u16, destination: u32, operands: [u32; MOST_OPERANDS]) -> Self {
        Self { code: shape as u16 * COMBINATIONS + numbers, destination, operands }
    }

    /// What it does.
    pub(super) fn shape(&self) -> Shape {
        ALL[(self.code / COMBINATIONS) as usize]
    }

    /// Whether operand `index` is a number.
    pub(super) fn reads_number(&self, index: usize) -> bool {
        self.code >> index & 1 == 1
    }
}

impl fmt::Display for Shape {
    /// In words: `select`, `less or equal`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, letter) in format!("{self:?}").char_indices() {
            if letter.is_uppercase() && index > 0 {
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
        five { $($five:ident($a5:ident, $b5:ident, $c5:ident, $d5:ident, $f5:ident) = $e5:expr, [$($m5:literal)*];)* }
        six { $($six:ident($a6:ident, $b6:ident, $c6:ident, $d6:ident, $f6:ident, $g6:ident) = $e6:expr, [$($m6:literal)*];)* }
    ) => {
        /// What an instruction does.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(super) enum Shape { Fill, Lookup, $($one,)* $($function,)* $($two,)* $($function2,)* $($three,)* $($four,)* $($five,)* $($six,)* }

        /// Every shape, in the order of the table.
        pub(super) const ALL: &[Shape] = &[
            Shape::Fill, Shape::Lookup,
            $(Shape::$one,)* $(Shape::$function,)* $(Shape::$two,)* $(Shape::$function2,)* $(Shape::$three,)* $(Shape::$four,)* $(Shape::$five,)* $(Shape::$six,)*
        ];

        impl Shape {
            /// How many operands it reads.
            pub(super) fn arity(self) -> usize {
                match self {
                    Shape::Fill | Shape::Lookup $(| Shape::$one)* $(| Shape::$function)* => 1,
                    $(Shape::$two)|* $(| Shape::$function2)* => 2,
                    $(Shape::$three)|* => 3,
                    $(Shape::$four)|* => 4,
                    $(Shape::$five)|* => 5,
                    $(Shape::$six)|* => 6,
                }
            }

            /// Its arithmetic as written in the table below, operands `a` to `d` in order: calls of the functions of `arithmetic`.
            pub(super) fn formula(self) -> &'static str {
                match self {
                    Shape::Fill => "a",
                    Shape::Lookup => "interpolate(a)",
                    $(Shape::$one => stringify!($e1),)*
                    $(Shape::$function => concat!(stringify!($lanes), "(a)"),)*
                    $(Shape::$function2 => concat!(stringify!($lanes2), "(a, b)"),)*
                    $(Shape::$two => stringify!($e2),)*
                    $(Shape::$three => stringify!($e3),)*
                    $(Shape::$four => stringify!($e4),)*
                    $(Shape::$five => stringify!($e5),)*
                    $(Shape::$six => stringify!($e6),)*
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
                    $(Shape::$five => [$($m5),*].contains(&numbers),)*
                    $(Shape::$six => [$($m6),*].contains(&numbers),)*
                }
            }
        }

        /// Carries out instructions one after another.
        #[inline(always)]
        pub(super) fn execute(instructions: &[Instruction], memory: Memory<'_>) {
            for instruction in instructions {
                match instruction.code {
                    Code::<{ Shape::Fill as u16 * COMBINATIONS + 1 }>::IT => fill(instruction, memory),
                    Code::<{ Shape::Lookup as u16 * COMBINATIONS }>::IT => lookup(instruction, memory),
                    $(Code::<{ Shape::$one as u16 * COMBINATIONS }>::IT => one(instruction, memory, |$a1| $e1),)*
                    $(Code::<{ Shape::$function as u16 * COMBINATIONS }>::IT => {
                        let to = &memory.slots[instruction.destination as usize];
                        let a = Operand::new::<0>(instruction, memory, 0);
                        for chunk in 0..CHUNKS {
                            to.0[chunk].set($lanes(&a.chunk::<0>(chunk, 0)));
                        }
                    })*
                    $($(Code::<{ Shape::$function2 as u16 * COMBINATIONS + $n2 }>::IT => {
                        let to = &memory.slots[instruction.destination as usize];
                        let a = Operand::new::<$n2>(instruction, memory, 0);
                        let b = Operand::new::<$n2>(instruction, memory, 1);
                        for chunk in 0..CHUNKS {
                            to.0[chunk].set($lanes2(&a.chunk::<$n2>(chunk, 0), &b.chunk::<$n2>(chunk, 1)));
                        }
                    })*)*
                    $($(Code::<{ Shape::$two as u16 * COMBINATIONS + $m2 }>::IT => two::<$m2>(instruction, memory, |$a2, $b2| $e2),)*)*
                    $($(Code::<{ Shape::$three as u16 * COMBINATIONS + $m3 }>::IT => three::<$m3>(instruction, memory, |$a3, $b3, $c3| $e3),)*)*
                    $($(Code::<{ Shape::$four as u16 * COMBINATIONS + $m4 }>::IT => four::<$m4>(instruction, memory, |$a4, $b4, $c4, $d4| $e4),)*)*
                    $($(Code::<{ Shape::$five as u16 * COMBINATIONS + $m5 }>::IT => five::<$m5>(instruction, memory, |$a5, $b5, $c5, $d5, $f5| $e5),)*)*
                    $($(Code::<{ Shape::$six as u16 * COMBINATIONS + $m6 }>::IT => six::<$m6>(instruction, memory, |$a6, $b6, $c6, $d6, $f6, $g6| $e6),)*)*
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
        Sinh(a) = sinh(a);
        Cosh(a) = cosh(a);
        Tanh(a) = tanh(a);
        GammaLn(a) = gamma_ln(a);
        NormalBelow(a) = normal_below(a);
        NormalQuantile(a) = normal_quantile(a);
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
        DivideOr(a, b, c) = divide_or(a, b, c), [0 1 2 3 4 5 6];
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
        MinimumOfMaximum(a, b, c) = minimum(a, maximum(b, c)), [0 1 2 3];
        MaximumOfMinimum(a, b, c) = maximum(a, minimum(b, c)), [0 1 2 3];
        MaximumDifference(a, b, c) = maximum(a, subtract(b, c)), [0 1 3];
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
        SelectLess(a, b, c, d) = select_less(a, b, c, d), [0 1 2 4 5 6 8 9 10 12 13 14];
        SelectLessOrEqual(a, b, c, d) = select_less_or_equal(a, b, c, d), [0 1 2 4 5 6 8 9 10 12 13 14];
        ProductDivideOr(a, b, c, d) = divide_or(multiply(a, b), c, d), [0 8 10];
        MinimumDivideOr(a, b, c, d) = minimum(a, divide_or(b, c, d)), [0 8 9];
        DivideOrTimes(a, b, c, d) = multiply(divide_or(a, b, c), d), [0 4];
        DivideOrPlus(a, b, c, d) = add(divide_or(a, b, c), d), [0 4];
        MaximumDifferenceTimes(a, b, c, d) = multiply(maximum(a, subtract(b, c)), d), [0 1];
        MaximumDifferenceOver(a, b, c, d) = divide(maximum(a, subtract(b, c)), d), [0 1];
    }
    five {
        SumOfFive(a, b, c, d, e) = add(add(add(add(a, b), c), d), e), [0];
        TwoProductsTimes(a, b, c, d, e) = multiply(add(multiply(a, b), multiply(c, d)), e), [0 2 10];
        ProductSumPlus(a, b, c, d, e) = add(add(multiply(a, b), multiply(c, d)), e), [0];
        PlusTwoProducts(a, b, c, d, e) = add(add(a, multiply(b, c)), multiply(d, e)), [0];
        MinusProductTimesPlus(a, b, c, d, e) = add(multiply(subtract(a, multiply(b, c)), d), e), [0 8 12];
        MinusQuotientTimesPlus(a, b, c, d, e) = add(multiply(subtract(a, divide(b, c)), d), e), [0 8 12];
        MinusMinimumDivideOr(a, b, c, d, e) = subtract(a, minimum(b, divide_or(c, d, e))), [16 18 19];
    }
    six {
        SumOfSix(a, b, c, d, e, f) = add(add(add(add(add(a, b), c), d), e), f), [0];
        SumOfThreeProducts(a, b, c, d, e, f) = add(add(multiply(a, b), multiply(c, d)), multiply(e, f)), [0];
        MinusProductOverTimesPlus(a, b, c, d, e, f) =
            add(multiply(subtract(a, divide(multiply(b, c), d)), e), f), [0 16 20 24 28];
        MinusMinimumProductDivideOr(a, b, c, d, e, f) =
            subtract(a, minimum(b, divide_or(multiply(c, d), e, f))), [32 34 35];
    }
}

#[inline(always)]
fn number(memory: Memory<'_>, instruction: &Instruction, index: usize) -> f64 {
    memory.numbers[instruction.operands[index] as usize]
}

#[inline(always)]
fn slot<'a>(memory: Memory<'a>, instruction: &Instruction, index: usize) -> &'a Slot {
    &memory.slots[instruction.operands[index] as usize]
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

#[inline(always)]
fn five<const NUMBERS: u16>(
    instruction: &Instruction,
    memory: Memory<'_>,
    arithmetic: impl Fn(f64, f64, f64, f64, f64) -> f64,
) {
    let to = &memory.slots[instruction.destination as usize];
    let [a, b, c, d, e] = std::array::from_fn(|index| Operand::new::<NUMBERS>(instruction, memory, index));
    for chunk in 0..CHUNKS {
        let (a, b) = (a.chunk::<NUMBERS>(chunk, 0), b.chunk::<NUMBERS>(chunk, 1));
        let (c, d) = (c.chunk::<NUMBERS>(chunk, 2), d.chunk::<NUMBERS>(chunk, 3));
        let e = e.chunk::<NUMBERS>(chunk, 4);
        to.0[chunk].set(each(|lane| arithmetic(a[lane], b[lane], c[lane], d[lane], e[lane])));
    }
}

#[inline(always)]
fn six<const NUMBERS: u16>(
    instruction: &Instruction,
    memory: Memory<'_>,
    arithmetic: impl Fn(f64, f64, f64, f64, f64, f64) -> f64,
) {
    let to = &memory.slots[instruction.destination as usize];
    let [a, b, c, d, e, f] = std::array::from_fn(|index| Operand::new::<NUMBERS>(instruction, memory, index));
    for chunk in 0..CHUNKS {
        let (a, b) = (a.chunk::<NUMBERS>(chunk, 0), b.chunk::<NUMBERS>(chunk, 1));
        let (c, d) = (c.chunk::<NUMBERS>(chunk, 2), d.chunk::<NUMBERS>(chunk, 3));
        let (e, f) = (e.chunk::<NUMBERS>(chunk, 4), f.chunk::<NUMBERS>(chunk, 5));
        to.0[chunk].set(each(|lane| arithmetic(a[lane], b[lane], c[lane], d[lane], e[lane], f[lane])));
    }
}

/// An operand: a slot, or a number spread over every chunk. Which of them is known when the program is built.
struct Operand<'a> {
    slot: &'a Slot,
    number: f64,
}

impl<'a> Operand<'a> {
    #[inline(always)]
    fn new<const NUMBERS: u16>(instruction: &Instruction, memory: Memory<'a>, index: usize) -> Self {
        if NUMBERS >> index & 1 == 1 {
            Self { slot: &memory.slots[0], number: number(memory, instruction, index) }
        } else {
            Self { slot: slot(memory, instruction, index), number: 0.0 }
        }
    }

    #[inline(always)]
    fn chunk<const NUMBERS: u16>(&self, chunk: usize, index: usize) -> Chunk {
        if NUMBERS >> index & 1 == 1 { [self.number; CHUNK] } else { self.slot.0[chunk].get() }
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
