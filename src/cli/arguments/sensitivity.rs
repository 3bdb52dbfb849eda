//! What `sensitivity` is asked, and what its `--help` says.

use std::path::PathBuf;
use std::sync::LazyLock;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use crate::sensitivity::analysis::Method;

use super::Format;

/// `sensitivity`.
#[derive(Debug, Args)]
#[command(
    long_about = "Tell which inputs move an output, from a sample made anywhere: a table of inputs, a table of the outputs that \
    a model made of them, and a problem file that names the inputs and says how the sample is laid out.\n\n\
    With --sample instead of --outputs, write a sample for the method: the inputs of the runs to make, one run in a row.\n\n\
    Tables are CSV with or without a header; each column of --outputs is an output of its own, such as a year. Results are \
    JSON.\n\n\
    With a scenario, its uncertainties are moved and the runs are made here: indices.csv, the sample, pictures and a manifest \
    go to the folder out/ under the name of the scenario and -sensitivity. Ctrl-C keeps what is done, and --resume goes on. \
    The exit code is 3 if more than 1 % of the points had to be left out, or people or money are not accounted for in more than \
    1 % of them.",
    after_help = "Examples:\n  \
    wellspring sensitivity one-per-cent --method morris --trajectories 20 --outcomes net-at-horizon:cash\n  \
    wellspring sensitivity one-per-cent --method sobol --keep 40 --base 1024 --resume\n  \
    wellspring sensitivity examples/sir/sir.toml --method stored --draws 1000\n  \
    wellspring sensitivity --problem problem.toml --method morris --sample 20 --out X.csv\n  \
    wellspring sensitivity --problem problem.toml --method morris --inputs X.csv --outputs Y.csv\n  \
    wellspring sensitivity --problem problem.toml --method sobol --outputs Y.csv --out indices.json\n  \
    wellspring sensitivity --problem problem.toml --method ranks --inputs X.csv --outputs Y.csv\n\n\
    Which method? morris to find what can be forgotten, in the fewest runs. sobol for shares of variance, alone and together. \
    rbd-fast, pawn, delta and ranks for a sample that is there already. All take inputs to be independent. The form of the \
    three files stands in docs/formats.md, what each index means in docs/methods/sensitivity.md."
)]
pub struct Sensitivity {
    /// A scenario to run, instead of a sample made elsewhere: a file, or the name of a shipped one
    ///
    /// What has a `/` in it or ends in .toml is a file.
    #[arg(conflicts_with_all = ["problem", "inputs", "outputs", "sample"], required_unless_present = "problem")]
    pub scenario: Option<String>,
    /// The problem: names of inputs, their bounds and groups, the layout of the sample
    #[arg(long, value_name = "FILE")]
    pub problem: Option<PathBuf>,
    /// By which method
    #[arg(long, value_enum)]
    pub method: MethodName,
    /// The inputs, a column for each and a row for each run
    ///
    /// sobol and efast know the inputs from the order of the rows; if they are given all the same, that order is checked.
    #[arg(long, value_name = "FILE", conflicts_with = "sample")]
    pub inputs: Option<PathBuf>,
    /// The outputs, a column for each and a row for each run
    #[arg(long, value_name = "FILE", conflicts_with = "sample", required_unless_present_any = ["sample", "scenario"])]
    pub outputs: Option<PathBuf>,
    /// Write a sample of this size for the method
    ///
    /// The base of sobol, the trajectories of morris, the points of each curve of efast; for other methods, the rows of a
    /// Latin hypercube.
    #[arg(long, value_name = "N")]
    pub sample: Option<usize>,
    /// Write to this file instead of standard output; of a scenario, the folder of results
    #[arg(long, value_name = "PATH")]
    pub out: Option<PathBuf>,
    /// What is measured in the scenario: names divided by commas, such as net-at-horizon:cash,demand-change:emergency-admissions@10
    #[arg(long, value_name = "NAMES", value_delimiter = ',', requires = "scenario")]
    pub outcomes: Vec<String>,
    /// Only these strategies, divided by commas; the first is set against each other one
    #[arg(long, value_name = "IDS", value_delimiter = ',', requires = "scenario")]
    pub strategies: Vec<String>,
    /// Outcomes of a plan year in every year
    #[arg(long, requires = "scenario")]
    pub over_time: bool,
    /// Move uncertainties together: a name, and patterns divided by semicolons, * standing for any letters
    #[arg(long = "group", value_name = "NAME=PATTERNS", requires = "scenario")]
    pub groups: Vec<String>,
    /// Move uncertainties together as this file says, instead of the groups of the scenario
    ///
    /// A TOML file: schema = 1, and under [groups] a list of patterns for each name. Beside names of uncertainties,
    /// "programme:H01" and "domain:housing" stand for all that belongs to a programme or a domain. No uncertainty may be in two
    /// groups; "*" alone stands for all that is in none.
    #[arg(long = "groups", value_name = "FILE", requires = "scenario", conflicts_with = "groups")]
    pub groups_file: Option<PathBuf>,
    /// sobol: also what each two do only together, for about twice the runs
    #[arg(long, requires = "scenario")]
    pub second_order: bool,
    /// Keep so many uncertainties or groups, those that move most in a screening, and move all others as one
    #[arg(long, value_name = "N", requires = "scenario")]
    pub keep: Option<usize>,
    /// The base of sobol, a power of two [default: 1024]
    #[arg(long, value_name = "N", requires = "scenario")]
    pub base: Option<usize>,
    /// The trajectories of morris [default: 10], or of the screening of --keep [default: 4]
    #[arg(long, value_name = "N", requires = "scenario")]
    pub trajectories: Option<usize>,
    /// The draws of a stored sample, instead of what the scenario says
    #[arg(long, value_name = "N", requires = "scenario")]
    pub draws: Option<u64>,
    /// Where chance begins, instead of what the scenario says
    #[arg(long, value_name = "N", requires = "scenario")]
    pub seed: Option<u64>,
    /// Write every table as Parquet as well, if this program was built with the feature parquet
    #[arg(long, requires = "scenario")]
    pub parquet: bool,
    /// Go on with what an interrupted analysis left, if it was the same
    #[arg(long, requires = "scenario")]
    pub resume: bool,
    /// How many runs are computed at once; all cores if left out
    #[arg(long, value_name = "N", requires = "scenario")]
    pub threads: Option<usize>,
    /// How the indices go to standard output: the inputs that matter most as text, or all of them as JSON
    #[arg(long, value_enum, default_value_t = Format::Text, requires = "scenario")]
    pub format: Format,
    /// No progress bar and no remarks; warnings are still shown
    #[arg(long, requires = "scenario")]
    pub quiet: bool,
}

/// A method as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MethodName {
    /// One that reads a sample, made here or elsewhere.
    Of(Method),
    /// Each uncertainty of a scenario alone at its 5 % and 95 %.
    Tornado,
    /// Ranks, pawn, delta and rbd-fast from one sample of a scenario.
    Stored,
}

impl MethodName {
    /// As it is typed.
    pub fn typed(self) -> &'static str {
        match self {
            MethodName::Of(method) => method.name(),
            MethodName::Tornado => "tornado",
            MethodName::Stored => "stored",
        }
    }

    /// The method for samples made elsewhere, if it is one.
    pub fn elsewhere(self) -> Option<Method> {
        match self {
            MethodName::Of(method) => Some(method),
            MethodName::Tornado | MethodName::Stored => None,
        }
    }
}

impl ValueEnum for MethodName {
    fn value_variants<'a>() -> &'a [Self] {
        static ALL: LazyLock<Vec<MethodName>> = LazyLock::new(|| {
            let of = Method::ALL.into_iter().map(MethodName::Of);
            of.chain([MethodName::Tornado, MethodName::Stored]).collect()
        });
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            MethodName::Of(method) => method.about(),
            MethodName::Tornado => "Each uncertainty of a scenario alone at its 5 % and 95 %",
            MethodName::Stored => "Ranks, pawn, delta and rbd-fast from one sample of a scenario",
        };
        Some(PossibleValue::new(self.typed()).help(help))
    }
}
