//! Diagnostics of a study as a whole, where scenario, evidence and model meet (T001 and up).

use super::{Code, Page};

/// A lever or an uncertainty names no constant of the model.
pub const UNKNOWN_CONSTANT: Code = Code("T001");
/// The accounts name what the model does not have.
pub const UNKNOWN_VARIABLE: Code = Code("T002");
/// A constant that a place must give is not given.
pub const NOT_GIVEN: Code = Code("T003");
/// The horizon lies beyond the model's final time.
pub const BEYOND_THE_MODEL: Code = Code("T004");
/// A programme would act on one channel twice.
pub const TWO_ROUTES: Code = Code("T005");

/// The pages of this room's diagnostics.
pub const PAGES: &[Page] = &[
    Page {
        code: UNKNOWN_CONSTANT,
        title: "a lever or an uncertainty that is no constant of the model",
        meaning: "A lever sets a constant of the model, and an uncertainty draws one. The name written here is none: it is \
                  misspelled, or it is a stock or an auxiliary, which the model computes itself and nobody may set.",
        example: "[levers]\n\"Ring fence strenght\" = 1",
        remedy: "Write the name as it stands in the model, with its elements in brackets if it has any: \
                 \"Programme share[H01]\". `wellspring simulate MODEL` lists every name in its first row.",
    },
    Page {
        code: UNKNOWN_VARIABLE,
        title: "accounts that name what the model does not have",
        meaning: "The accounts file tells the appraisal which variables of the model are demands, costs and health. One of \
                  them is not in the model, or has no such element or subscript.",
        example: "[[demand]]\nvariable = \"Demand[Emergency admision]\"",
        remedy: "Correct the name in the accounts file, or add the variable to the model.",
    },
    Page {
        code: NOT_GIVEN,
        title: "a constant that a place must give is not given",
        meaning: "The model marks this constant `Set by: place`: it has no sensible value of its own. The place baseline of \
                  the study says nothing of it, so the number in the model's text would be used for a place it was not \
                  meant for.",
        example: "a baseline without [\"Staffed beds at start\"]",
        remedy: "Add the constant to the place's file, with its grade and source.",
    },
    Page {
        code: BEYOND_THE_MODEL,
        title: "a horizon beyond the model's final time",
        meaning: "The model runs up to its FINAL TIME and no further; the plan asked for is longer.",
        example: "horizon_years = 25, with FINAL TIME = 20",
        remedy: "Shorten the horizon, or raise FINAL TIME in the model.",
    },
    Page {
        code: TWO_ROUTES,
        title: "two routes for one effect",
        meaning: "A card moves a stock that leads to a demand, and holds a relative risk on the same demand. The same \
                  effect would be counted twice.",
        example: "a card with \"Courses begun per start[M01]\" and \"Log relative risk[M01,Mental health contact]\"",
        remedy: "Keep one of the two in the card. Where the accounts name a switch, at 0 it closes the route through the stock.",
    },
];
