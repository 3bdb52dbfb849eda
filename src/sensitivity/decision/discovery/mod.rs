//! When does this plan fail? Regions of the inputs in which cases of interest gather.

mod case;
mod held_out;
mod peel;
mod prim;
mod settings;
mod significance;
mod tree;

pub use case::{Input, Limits, Region};
pub use held_out::{Gathering, HeldBox, HeldStep, Search, gatherings};
pub use prim::{Discovery, Restriction, discover};
pub use settings::{Goal, Prim};
pub use tree::{Leaf, Tree, TreeSettings, grow};
