//! System dynamics models as compiled ensembles: read a model, run a matrix of constants, get an array.
//!
//! ```
//! use wellspring_engine::batch::Simulation;
//!
//! let cup = Simulation::read("cup.mdl", "
//!     Warmth = INTEG(-(Warmth - Room) / Slowness, 90) ~ degrees ~|
//!     Room = 20 ~ degrees ~|   Slowness = 4 ~ Minute ~|
//!     INITIAL TIME = 0 ~ Minute ~|   FINAL TIME = 10 ~ Minute ~|
//!     TIME STEP = 1 ~ Minute ~|      SAVEPER = 5 ~ Minute ~|")?;
//! let batch = cup.batch().varying(["Room", "Slowness"]).outcomes(["Warmth"]).compile()?;
//! let runs = batch.run(&[20.0, 4.0, /* the second run */ 10.0, 2.0])?;
//! assert_eq!(runs.path(1, 0), [90.0, 12.5, 10.078125]); // at times 0, 5 and 10
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`batch`] is the front door, and enough for most. The rooms behind it are open too, for whoever wants other things kept
//! or other arms compared: text becomes a [`model`] by a [`notation`], the model a [`structure`] in which every name is
//! bound, the structure a program of straight-line arithmetic in the [`kernel`], and an [`ensemble`] sends draws of its
//! arms through that. [`sampling`] gives draws their numbers, from [distributions](sampling::Distribution) and
//! [designs](sampling::Design).
//!
//! # What can be relied on
//!
//! - **Same input, same bits**, whatever the threads, the blocks, the order and the machine. Exponentials, logarithms and
//!   angles are [`elementary`]'s own; sums run in a fixed order; a random number is a function of seed, draw and name.
//! - **Everything wrong is told at once**, as [`diagnostic`]s with code, line and remedy. A sound model cannot fail; a run
//!   that comes to no number is counted among the faults and spoils no other.
//! - **The slow path is the judge.** [`kernel::reference`] evaluates equations plainly, one run at a time; the compiled
//!   program is tested against it, bit for bit, on random models.
//! - **Nothing outside is touched**: no disk, no clock, no terminal. (`WELLSPRING_ISA` in the environment forces an
//!   instruction set, which changes no bit.) Without the feature `parallel` there are no threads either.

pub mod batch;
pub mod diagnostic;
pub mod elementary;
pub mod ensemble;
pub mod kernel;
pub mod model;
pub mod notation;
pub mod sampling;
pub mod structure;
