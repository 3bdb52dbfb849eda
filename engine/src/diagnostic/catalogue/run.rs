//! Diagnostics of a run (M152 and M155).

use super::{Code, Page};

/// A variable beyond its declared bounds.
pub const OUT_OF_BOUNDS: Code = Code("M152");
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
        code: ENDLESS,
        title: "A FINAL TIME that is computed was never reached",
        meaning: "FINAL TIME may depend on what happens in the run: it ends when Time has come to it. Here it has not within a million steps, and the run is cut there.",
        example: "FINAL TIME = Time + 1 ~ Year ~ |",
        remedy: "See why it moves on before Time, or write a number.",
    },
];
