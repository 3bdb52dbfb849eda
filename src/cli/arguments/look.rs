//! The options of the commands that show what ships and what a model is made of.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::evidence::Grade;

/// The form of a list.
#[derive(Debug, Clone, Copy, Args)]
pub struct Form {
    /// For spreadsheets: comma-separated, numbers in full
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
    /// For programs: JSON, numbers in full
    #[arg(long)]
    pub json: bool,
}

/// `programmes`.
#[derive(Debug, Args)]
#[command(
    long_about = "List the programmes that there are cards of, or show one card whole.\n\n\
    The list has for each programme its field, Marmot theme and tier, what one start costs, how many people could be \
    reached, how well its numbers are known, and the chance that it does nothing. The page of one card says for whom it is, \
    who pays and who gains, each effect, and every number with its grade and source.",
    after_help = "Examples:\n  \
    wellspring programmes\n  \
    wellspring programmes --domain housing --core20plus5\n  \
    wellspring programmes H01\n  \
    wellspring programmes cards/my-card.toml --json\n\n\
    A file sources.toml beside a card of your own replaces the shipped register of sources."
)]
pub struct Programmes {
    /// A programme's id (H01), or the file of a card; all programmes if left out
    ///
    /// What has a `/` in it or ends in .toml is a file.
    #[arg(conflicts_with_all = ["theme", "tier", "domain", "core20plus5"])]
    pub card: Option<String>,
    /// Only those of a theme of the Marmot reviews
    #[arg(long)]
    pub theme: Option<String>,
    /// Only those of a tier of prevention: primary, secondary or tertiary
    #[arg(long)]
    pub tier: Option<String>,
    /// Only those of a field, such as housing
    #[arg(long)]
    pub domain: Option<String>,
    /// Only those that serve Core20PLUS5, the NHS's approach to inequality
    #[arg(long)]
    pub core20plus5: bool,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub form: Form,
}

/// `evidence`.
#[derive(Debug, Args)]
#[command(
    long_about = "List every number of the evidence by its grade, with its source, and count the grades.\n\n\
    Grade A was read in the source named, B recalled from it, C derived or assumed.",
    after_help = "Examples:\n  \
    wellspring evidence --grade A\n  \
    wellspring evidence --programme H01 --programme L08\n  \
    wellspring evidence --place lancashire-south-cumbria --csv"
)]
pub struct Evidence {
    /// Only numbers of this grade
    #[arg(long, value_enum, ignore_case = true)]
    pub grade: Option<GradeName>,
    /// Only numbers of this place, by its id or its file; may be given several times
    #[arg(long, value_name = "PLACE")]
    pub place: Vec<String>,
    /// Only numbers of this programme, by its id or its card's file; may be given several times
    #[arg(long, value_name = "PROGRAMME")]
    pub programme: Vec<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub form: Form,
}

/// A grade as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "UPPER")]
pub enum GradeName {
    /// Read in the source
    A,
    /// Recalled from it
    B,
    /// Derived or assumed
    C,
}

impl From<GradeName> for Grade {
    fn from(name: GradeName) -> Self {
        match name {
            GradeName::A => Grade::A,
            GradeName::B => Grade::B,
            GradeName::C => Grade::C,
        }
    }
}

/// `scenarios`.
#[derive(Debug, Args)]
#[command(
    long_about = "List the shipped scenarios, or show what one asks, where the question comes from, which strategies it \
    compares and why, and how their levers are set.",
    after_help = "Examples:\n  \
    wellspring scenarios\n  \
    wellspring scenarios one-per-cent\n  \
    wellspring scenarios studies/my-town.toml\n  \
    wellspring scenarios one-per-cent --csv"
)]
pub struct Scenarios {
    /// A scenario file, or the name of a shipped scenario; all that ship if left out
    pub scenario: Option<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub form: Form,
}

/// `document`.
#[derive(Debug, Args)]
#[command(
    long_about = "Write the book of a model, in Markdown: its stocks with what raises and lowers them, the loops that can be \
    cut, and section by section every equation with its unit and comment, and every constant with the evidence that sets it.\n\n\
    The loops are those of the accounts, the file beside the model with the same name and the ending .toml.",
    after_help = "Examples:\n  \
    wellspring document prevention --out book.md\n  \
    wellspring document my-model.mdl\n  \
    wellspring document my-model.mdl --evidence england --evidence cards/my-card.toml"
)]
pub struct Document {
    /// A model file, or the name of a shipped model (prevention)
    pub model: String,
    /// A card, place or system file that sets constants, or the id of a shipped one; may be given several times
    ///
    /// If left out, all that ships for a shipped model, and none for any other.
    #[arg(long, value_name = "FILE")]
    pub evidence: Vec<String>,
    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// `loops`.
#[derive(Debug, Args)]
#[command(
    long_about = "Cut each loop of a model in turn, and show what that changes in one strategy: emergency need, cash and \
    QALYs at the horizon, and the variable in which the loop shows itself.\n\n\
    A loop is cut in doing nothing, in the twin and in the strategy alike, and set against the whole model with the same \
    draws. The accounts of the model name its loops and their switches.",
    after_help = "Examples:\n  \
    wellspring loops one-per-cent --draws 100\n  \
    wellspring loops one-per-cent --strategy unprotected --out loops.csv\n\n\
    The exit code is 3 if more than 1 % of the draws had to be left out, or people or money are not accounted for in more than \
    1 % of them."
)]
pub struct Loops {
    /// A scenario file, or the name of a shipped scenario (one-per-cent)
    pub scenario: String,
    /// How many times what is uncertain is drawn, instead of what the scenario says
    #[arg(long, value_name = "N")]
    pub draws: Option<u64>,
    /// The strategy in which loops are cut, by its id; the scenario's first if left out
    #[arg(long, value_name = "ID")]
    pub strategy: Option<String>,
    /// Write all services, perspectives and intervals to this file as CSV
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// No progress bar and no remarks; warnings are still shown
    #[arg(long)]
    pub quiet: bool,
}
