//! The options of the commands that run a study at many settings.

use std::path::PathBuf;

use clap::Args;

use super::Format;

/// `sweep`.
#[derive(Debug, Args)]
#[command(
    long_about = "Run a study at many settings of levers and uncertainties, as [sweep] in its scenario says: lists, ranges, \
    named choices, all combinations or a design. The same draws of what is uncertain are used at every setting.\n\n\
    A short table goes to standard output. sweep.csv, pictures and a manifest go to the folder out/ under the name of the \
    scenario and -sweep.",
    after_help = "Examples:\n  \
    wellspring sweep studies/protection.toml\n  \
    wellspring sweep studies/protection.toml --draws 200 --keep-draws --out protection\n  \
    wellspring sweep studies/protection.toml --shard 1/2 --out first\n  \
    wellspring merge first second --out protection\n\n\
    Ctrl-C keeps the blocks that are done, and --resume goes on with them: the results are the bytes of a run that was not \
    interrupted. The number of threads and of parts changes no byte either. The exit code is 130 after Ctrl-C, 143 after SIGTERM, and 3 if more \
    than 1 % of the draws had to be left out, or people or money are not accounted for in more than 1 % of them."
)]
pub struct Sweep {
    /// A scenario file with [sweep], or the name of a shipped scenario
    ///
    /// What has a `/` in it or ends in .toml is a file.
    pub scenario: String,
    /// How many times what is uncertain is drawn at each setting, instead of what the scenario says
    #[arg(long, value_name = "N")]
    pub draws: Option<u64>,
    /// Where chance begins, instead of what the scenario says
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// The folder of results, instead of out/ and the scenario's name
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Write every draw as well
    #[arg(long)]
    pub keep_draws: bool,
    /// Write every table as Parquet as well, if this program was built with the feature parquet
    #[arg(long, conflicts_with = "shard")]
    pub parquet: bool,
    /// Run one part of several, for `wellspring merge` to join: 1/4 is the first of four
    #[arg(long, value_name = "PART/PARTS")]
    pub shard: Option<String>,
    /// Go on with what an interrupted sweep left, if it was the same
    #[arg(long)]
    pub resume: bool,
    /// How many runs are computed at once; all cores if left out
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// The form of what goes to standard output, and of diagnostics
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// No progress bar and no remarks; warnings are still shown
    #[arg(long)]
    pub quiet: bool,
}

/// `merge`.
#[derive(Debug, Args)]
#[command(
    long_about = "Put the parts of a sweep together: the results are the bytes of a run in one piece. Parts of other inputs, \
    draws, seeds or versions are refused.",
    after_help = "Example:\n  \
    wellspring merge out/protection-1-of-2 out/protection-2-of-2 --out out/protection"
)]
pub struct Merge {
    /// Folders of parts, in any order
    #[arg(required = true, value_name = "DIR")]
    pub parts: Vec<PathBuf>,
    /// The folder of results
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Write every table as Parquet as well, if this program was built with the feature parquet
    #[arg(long)]
    pub parquet: bool,
    /// The form of what goes to standard output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// No remarks
    #[arg(long)]
    pub quiet: bool,
}
