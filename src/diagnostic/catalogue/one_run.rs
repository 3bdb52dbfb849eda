//! Diagnostics of a run and of where its result goes (M152 and on).

use super::{Code, Page};

/// A variable beyond its declared bounds.
pub const OUT_OF_BOUNDS: Code = Code("M152");
/// An instruction set that there is not.
pub const NO_INSTRUCTION_SET: Code = Code("M153");
/// The result would overwrite what is read.
pub const OUTPUT_IS_INPUT: Code = Code("M154");
/// A FINAL TIME that never comes.
pub const ENDLESS: Code = Code("M155");

/// The pages of this room's diagnostics.
pub const PAGES: &[Page] = &[
    Page {
        code: OUT_OF_BOUNDS,
        title: "A variable leaves the bounds that the model declares for it",
        meaning: "Behind the unit of a variable stands between which values it makes sense, `~ people [0,?]`. In this run it is beyond them, from the time that is named, at any step, saved or not. The table is written all the same.",
        example: "Stock = INTEG(-5, 10) ~ people [0,?] ~ |",
        remedy: "Look for what drives it there: an outflow that does not stop when the stock is empty, a TIME STEP that is too long, a constant that was set. Or correct the bounds.",
    },
    Page {
        code: NO_INSTRUCTION_SET,
        title: "WELLSPRING_ISA names no instruction set that there is",
        meaning: "The environment's WELLSPRING_ISA forces the width of vectors that runs are computed with: `baseline`, `avx2` or `avx512`, where the processor has them. It changes no result. A name that is none of them is a slip, and nothing is computed.",
        example: "WELLSPRING_ISA=nonsense wellspring run one-per-cent",
        remedy: "Correct the name, or unset the variable: then the widest is taken.",
    },
    Page {
        code: OUTPUT_IS_INPUT,
        title: "The result would overwrite what is read",
        meaning: "--out names the model or scenario itself, perhaps by another spelling of its path or by a link. It was not touched.",
        example: "wellspring simulate teacup.mdl --out ./teacup.mdl",
        remedy: "Name another file. `--out -` is standard output.",
    },
    Page {
        code: ENDLESS,
        title: "A FINAL TIME that is computed was never reached",
        meaning: "FINAL TIME may depend on what happens in the run: it ends when Time has come to it. Here it has not within a million steps, and the run is cut there.",
        example: "FINAL TIME = Time + 1 ~ Year ~ |",
        remedy: "See why it moves on before Time, or write a number.",
    },
];
