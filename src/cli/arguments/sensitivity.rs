//! What `sensitivity` is asked, and what its `--help` says.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::sensitivity::analysis::Method;

/// `sensitivity`.
#[derive(Debug, Args)]
#[command(
    long_about = "Tell which inputs move an output, from a sample made anywhere: a table of inputs, a table of the outputs that \
    a model made of them, and a problem file that names the inputs and says how the sample is laid out.\n\n\
    With --sample instead of --outputs, write a sample for the method: the inputs of the runs to make, one run in a row.\n\n\
    Tables are CSV with or without a header; each column of --outputs is an output of its own, such as a year. Results are \
    JSON.",
    after_help = "Examples:\n  \
    wellspring sensitivity --problem problem.toml --method morris --sample 20 --out X.csv\n  \
    wellspring sensitivity --problem problem.toml --method morris --inputs X.csv --outputs Y.csv\n  \
    wellspring sensitivity --problem problem.toml --method sobol --outputs Y.csv --out indices.json\n  \
    wellspring sensitivity --problem problem.toml --method ranks --inputs X.csv --outputs Y.csv\n\n\
    Which method? morris to find what can be forgotten, in the fewest runs. sobol for shares of variance, alone and together. \
    rbd-fast, pawn, delta and ranks for a sample that is there already. All take inputs to be independent. The form of the \
    three files stands in docs/formats.md, what each index means in docs/methods/sensitivity.md."
)]
pub struct Sensitivity {
    /// The problem: names of inputs, their bounds and groups, the layout of the sample
    #[arg(long, value_name = "FILE")]
    pub problem: PathBuf,
    /// By which method
    #[arg(long, value_enum)]
    pub method: MethodName,
    /// The inputs, a column for each and a row for each run
    ///
    /// sobol and efast know the inputs from the order of the rows; if they are given all the same, that order is checked.
    #[arg(long, value_name = "FILE", conflicts_with = "sample")]
    pub inputs: Option<PathBuf>,
    /// The outputs, a column for each and a row for each run
    #[arg(long, value_name = "FILE", conflicts_with = "sample", required_unless_present = "sample")]
    pub outputs: Option<PathBuf>,
    /// Write a sample of this size for the method
    ///
    /// The base of sobol, the trajectories of morris, the points of each curve of efast; for other methods, the rows of a
    /// Latin hypercube.
    #[arg(long, value_name = "N")]
    pub sample: Option<usize>,
    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// A method as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MethodName {
    /// Shares of variance: first, total and second order, by input or group
    Sobol,
    /// Elementary effects: a screening in few runs
    Morris,
    /// Shares of variance from curves: first and total order
    Efast,
    /// First shares of variance, from any sample
    RbdFast,
    /// How far the distribution moves, from any sample
    Pawn,
    /// How far the density moves, from any sample
    Delta,
    /// Correlations of values and ranks, plain and partial, from any sample
    Ranks,
}

impl From<MethodName> for Method {
    fn from(name: MethodName) -> Self {
        match name {
            MethodName::Sobol => Method::Sobol,
            MethodName::Morris => Method::Morris,
            MethodName::Efast => Method::Efast,
            MethodName::RbdFast => Method::RbdFast,
            MethodName::Pawn => Method::Pawn,
            MethodName::Delta => Method::Delta,
            MethodName::Ranks => Method::Ranks,
        }
    }
}
