//! The options of the command that sets plans side by side.

use std::path::PathBuf;

use clap::Args;

use super::{DesignName, Format};

/// `compare`.
#[derive(Debug, Args)]
#[command(
    long_about = "Set plans side by side, year by year: spending, what services save, net position and net position so far from \
    each perspective, QALYs gained and lost, the change of demand for each service, and the probability of payback. Every \
    plan is also set against the first.\n\n\
    Scenarios are run here, all with the draws, seed and design of the first, and differences are taken draw by draw. Of \
    folders of results there are only summaries: their means are subtracted, no error is known, and that is said.",
    after_help = "Examples:\n  \
    wellspring compare one-per-cent:from-growth healthy-homes --draws 200\n  \
    wellspring compare studies/plan-a.toml studies/plan-b.toml --out a-and-b\n  \
    wellspring compare out/before out/after\n\n\
    Each strategy of an argument is a plan; A:ID names one. --out writes compare.csv, pictures and a manifest. The exit code \
    is 3 if more than 1 % of the draws of a scenario had to be left out, or people or money are not accounted for in more than \
    1 % of the runs of an arm."
)]
pub struct Compare {
    /// Scenario files, names of shipped scenarios, or folders of results; with :ID one strategy of it
    ///
    /// What has a `/` in it or ends in .toml is a file or a folder. A bare word is a shipped scenario, or else a folder.
    #[arg(required = true, value_name = "PLAN")]
    pub plans: Vec<String>,
    /// How many times what is uncertain is drawn in scenarios, instead of what the first says
    #[arg(long, value_name = "N")]
    pub draws: Option<u64>,
    /// Where chance begins in scenarios, instead of what the first says
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// How draws are spread in scenarios, instead of what the first says
    #[arg(long, value_enum)]
    pub design: Option<DesignName>,
    /// Write compare.csv, pictures and a manifest to this folder
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The form of what goes to standard output, and of diagnostics
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// No progress bar and no remarks; warnings are still shown
    #[arg(long)]
    pub quiet: bool,
}
