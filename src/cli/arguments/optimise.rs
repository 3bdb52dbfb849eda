//! The options of the command that seeks a better mix of programmes.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::study::Goal;

/// `optimise`.
#[derive(Debug, Args)]
#[command(
    long_about = "Seek the mix of programmes, by period of the plan, that best meets a goal, and set it beside the mix in the \
    file. The shares that the scenario declares under [[shares]] are moved; they add up to the same as before. A mix must be as \
    fair as that in the file: the slope index of QALYs gained no lower.\n\n\
    Candidates are run on the same draws, and the best is compared with the file's mix on other draws than it was chosen on. \
    What was found goes to standard output; best.toml, a scenario to run, and the shares as a table go to the folder out/ under \
    the name of the scenario and -best.",
    after_help = "Examples:\n  \
    wellspring optimise one-per-cent --goal qalys\n  \
    wellspring optimise one-per-cent --goal cash-by-5 --most-share 0.3 --draws 100\n  \
    wellspring optimise one-per-cent --goal qalys --and need\n\n\
    The search moves from neighbour to neighbour, from several starts: it finds a good mix, and cannot prove that there is no \
    better. The same scenario, draws and seed give the same bytes, whatever the number of threads. The exit code is 3 if more \
    than 1 % of the draws of the file's mix or of the best had to be left out, or people or money are not accounted for in more \
    than 1 % of them."
)]
pub struct Optimise {
    /// A scenario file, or the name of a shipped scenario (one-per-cent)
    ///
    /// What has a `/` in it or ends in .toml is a file.
    pub scenario: String,
    /// What the mix is to do
    #[arg(long, value_enum)]
    pub goal: GoalName,
    /// A second goal: the plans of which none is better in one without being worse in the other
    #[arg(long, value_enum, value_name = "GOAL")]
    pub and: Option<GoalName>,
    /// The strategy by whose other levers the mix is run, instead of the first
    #[arg(long, value_name = "ID")]
    pub strategy: Option<String>,
    /// Decide by the mean of the worst tenth of draws instead of the mean
    #[arg(long)]
    pub robust: bool,
    /// Shares of their own in every year, instead of in years 1 to 5 and 6 on
    #[arg(long)]
    pub by_year: bool,
    /// No programme gets a larger share than this
    #[arg(long, value_name = "SHARE")]
    pub most_share: Option<f64>,
    /// No share grows by more than this from a period to the next
    #[arg(long, value_name = "SHARE")]
    pub ramp: Option<f64>,
    /// Let a mix be less fair than that in the file
    #[arg(long)]
    pub unfair: bool,
    /// About how many plans are run
    #[arg(long, value_name = "N", default_value_t = 400)]
    pub plans: u64,
    /// How many times what is uncertain is drawn for each plan
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub draws: u64,
    /// Where chance begins, instead of what the scenario says
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// The folder of results, instead of out/ and the scenario's name
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// How many runs are computed at once; all cores if left out
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// No remarks; warnings are still shown
    #[arg(long)]
    pub quiet: bool,
}

/// A goal as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GoalName {
    /// QALYs gained, discounted
    Qalys,
    /// Less of the need that leads, in the shipped model for emergency admission, in the last plan year
    #[value(alias = "emergency")]
    Need,
    /// Net cash by the end of plan year 5
    #[value(name = "cash-by-5")]
    CashBy5,
    /// QALYs for the deprived: the slope index of QALYs gained
    Slope,
}

impl From<GoalName> for Goal {
    fn from(name: GoalName) -> Self {
        match name {
            GoalName::Qalys => Goal::Qalys,
            GoalName::Need => Goal::Need,
            GoalName::CashBy5 => Goal::CashBy5,
            GoalName::Slope => Goal::Slope,
        }
    }
}
