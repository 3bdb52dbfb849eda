//! The options of the command that says what a study means for the choice between its strategies.

use std::path::PathBuf;

use clap::Args;

/// `decide`.
#[derive(Debug, Args)]
#[command(
    long_about = "Say what a study means for the choice between its strategies and doing nothing: which is best at what a QALY \
    is worth and how surely, what it would be worth to know more before deciding, what would have to be believed for a goal to \
    be met, when a plan fails, and which strategy to choose if nobody knows the odds.\n\n\
    Everything is read from one sample of all that is uncertain; only the model without each of its loops is run again, with \
    few draws. A summary goes to standard output. Tables, pictures and a manifest go to the folder out/ under the name of the \
    scenario and -decision.",
    after_help = "Examples:\n  \
    wellspring decide one-per-cent\n  \
    wellspring decide one-per-cent --draws 300 --out quick-look\n  \
    wellspring decide studies/my-town.toml --seed 7\n\n\
    [decide] in the scenario may say what a QALY is worth, when a plan has failed, and of what nobody knows the odds:\n  \
    [decide]\n  \
    qaly = [13500, 25000, 70000]\n  \
    fails = { outcome = \"net-at-horizon:cash\", below = 0 }\n  \
    deep = [\"Real growth of allocation\"]\n\n\
    The same scenario, draws and seed give the same bytes, whatever the number of threads. The exit code is 3 if more than \
    1 % of the draws had to be left out, or people or money are not accounted for in more than 1 % of them."
)]
pub struct Decide {
    /// A scenario file, or the name of a shipped scenario (one-per-cent)
    ///
    /// What has a `/` in it or ends in .toml is a file.
    pub scenario: String,
    /// How many times what is uncertain is drawn, instead of what the scenario says
    #[arg(long, value_name = "N")]
    pub draws: Option<u64>,
    /// Where chance begins, instead of what the scenario says
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// The folder of results, instead of out/ and the scenario's name
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// How many runs are computed at once; all cores if left out
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// No progress bar and no remarks; warnings are still shown
    #[arg(long)]
    pub quiet: bool,
}
