//! The commands and their options, and what `--help` says of them.

mod compare;
mod decide;
mod look;
mod optimise;
mod sensitivity;
mod sweep;

use std::path::PathBuf;

use clap::builder::Styles;
use clap::builder::styling::{AnsiColor, Effects};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use engine::kernel::Integrator;
use engine::sampling::Design;

pub use compare::Compare;
pub use decide::Decide;
pub use look::{Document, Evidence, Form, GradeName, Loops, Programmes, Scenarios};
pub use optimise::{GoalName, Optimise};
pub use sensitivity::{MethodName, Sensitivity};
pub use sweep::{Merge, Sweep};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().effects(Effects::BOLD))
    .usage(AnsiColor::Green.on_default().effects(Effects::BOLD))
    .literal(AnsiColor::Cyan.on_default().effects(Effects::BOLD))
    .placeholder(AnsiColor::Cyan.on_default());

/// What happens when money moves from treating illness to preventing it.
#[derive(Debug, Parser)]
#[command(name = "wellspring", bin_name = "wellspring", version, styles = STYLES, max_term_width = 100)]
#[command(arg_required_else_help = true, disable_help_subcommand = true)]
#[command(
    long_about = "What happens when money moves from treating illness to preventing it.\n\n\
    Wellspring runs stock-and-flow models of demand, people and money many times over, each time with other values for \
    what is uncertain.",
    after_help = "Examples:\n  \
    wellspring run one-per-cent\n  \
    wellspring programmes H01\n  \
    wellspring simulate prevention --vars \"Demand\" --out demand.csv\n  \
    wellspring simulate teacup.mdl --set \"Room temperature=18\"\n  \
    wellspring check my-model.mdl my-card.toml\n  \
    wellspring places blackpool\n  \
    wellspring decide one-per-cent\n  \
    wellspring explain M101\n\n\
    Exit codes:\n  \
    0  done\n  \
    1  a file is wrong, or results could not be written\n  \
    2  the command could not be understood\n  \
    3  it ran, and too many runs failed\n  \
    130  it was interrupted from the terminal (Ctrl-C)\n  \
    143  it was ended by a scheduler or a service (SIGTERM)\n\n\
    What a sweep or a sensitivity analysis has done before it is interrupted is kept, and --resume goes on with it. Of other \
    commands nothing is kept, and what was in the folder before stays. A second signal ends the program at once."
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run a study: compare strategies under uncertainty, and write what was found to a folder
    Run(Run),
    /// Set plans side by side, year by year: of scenarios, or of folders of results
    Compare(Compare),
    /// Run a model once and write every variable over time as CSV
    Simulate(Simulate),
    /// Read models, cards and scenarios, and list every mistake in them
    Check(Check),
    /// List the places that come with the program, or show one beside what is published of it
    Places(Places),
    /// Begin a file to fill in: a place, a workbook of a place, a scenario
    #[command(subcommand)]
    New(New),
    /// List the programmes that there are cards of, or show one card whole
    Programmes(Programmes),
    /// List every number of the evidence by its grade, with its source
    Evidence(Evidence),
    /// List the shipped scenarios, or show what one asks, compares and sets
    Scenarios(Scenarios),
    /// Write the book of a model: every equation with its unit, comment and evidence
    Document(Document),
    /// Cut each loop of a model in turn, and show what that changes
    Loops(Loops),
    /// Tell which inputs move an output, from any sample of inputs and outputs
    Sensitivity(Sensitivity),
    /// Say what a study means for the choice between its strategies
    Decide(Decide),
    /// Seek the mix of programmes that best meets a goal
    Optimise(Optimise),
    /// Run a study at many settings of levers and uncertainties
    Sweep(Sweep),
    /// Put the parts of a sweep together
    Merge(Merge),
    /// Explain a diagnostic by its code, or list all codes
    Explain(Explain),
    /// Print a completion script for a shell
    Completions(Completions),
}

/// `run`.
#[derive(Debug, Args)]
#[command(
    long_about = "Run a study: every strategy of a scenario, its twin with the same money and no effect, and doing nothing, \
    each with the same draws of what is uncertain.\n\n\
    A table goes to standard output. Pictures, tables in CSV and a manifest go to the folder out/ under the name of the \
    scenario. The folder is replaced when the new one is whole; one that holds anything else is left alone.",
    after_help = "Examples:\n  \
    wellspring run one-per-cent\n  \
    wellspring run one-per-cent --draws 100 --out quick-look\n  \
    wellspring run studies/my-town.toml --seed 7 --quiet\n\n\
    A scenario file names its model, place and programmes: by the name of a shipped one, or by the path of a file, taken \
    from the scenario's own folder. A file sources.toml in that folder replaces the shipped register of sources.\n\n\
    The same scenario, draws, seed and design give the same bytes, whatever the number of threads and the memory. The exit code is 3 if \
    more than 1 % of the draws had to be left out, or people or money are not accounted for in more than 1 % of the runs of an arm."
)]
pub struct Run {
    /// A scenario file, or the name of a shipped scenario (one-per-cent)
    ///
    /// What has a `/` in it or ends in .toml is a file.
    pub scenario: String,
    /// How many times what is uncertain is drawn, instead of what the scenario says
    #[arg(long, value_name = "N")]
    pub draws: Option<u64>,
    /// Draw on until results are this precise, such as 1%
    ///
    /// Rounds double, from the draws of the scenario or of --draws on, until the standard errors of net position, net present
    /// value, QALYs and emergency demand are within this part of the number, or of the width of its 90 % interval where that
    /// is more, at two looks in a row, and the choice of the strategy stands still. Each round is computed as a whole and
    /// begins with the draws of the one before. A Latin hypercube becomes eight or more, and then twice as many. [stopping] in
    /// the scenario says the same, and may name other outcomes; this replaces it, and --until never leaves it out.
    #[arg(long, value_name = "PERCENT")]
    pub until: Option<String>,
    /// How many draws --until or [stopping] may take in the end [default: 65536]
    #[arg(long, value_name = "N")]
    pub at_most: Option<u64>,
    /// Where chance begins, instead of what the scenario says
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// How draws are spread over what is possible, instead of what the scenario says
    #[arg(long, value_enum)]
    pub design: Option<DesignName>,
    /// The folder of results, instead of out/ and the scenario's name
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Of several places, every part by programme, payer and quintile, and not only what the report reads
    #[arg(long)]
    pub full_tables: bool,
    /// A template of your own for report.html, instead of the one that ships
    #[arg(long, value_name = "FILE")]
    pub template: Option<PathBuf>,
    /// How many runs are computed at once; all cores if left out
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// How much memory the numbers of all draws may take; what is beyond goes to the disk [default: 1GiB]
    ///
    /// A number and a unit, such as 500MB or 2GiB. It changes no result. What does not fit is kept in a file in the
    /// folder of results while the study runs, and is gone when it ends.
    #[arg(long, value_name = "SIZE")]
    pub memory: Option<String>,
    /// Say on standard error where the time went
    #[arg(long)]
    pub timings: bool,
    /// The form of what goes to standard output, and of diagnostics
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// No progress bar and no remarks; warnings are still shown
    #[arg(long)]
    pub quiet: bool,
}

/// A design as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DesignName {
    /// Each draw by itself
    Random,
    /// Latin hypercube: every uncertainty covered evenly
    Lhs,
    /// Scrambled Sobol' points: every uncertainty covered evenly after 2, 4, 8, ... draws
    Sobol,
}

impl From<DesignName> for Design {
    fn from(name: DesignName) -> Self {
        match name {
            DesignName::Random => Design::Random,
            DesignName::Lhs => Design::LatinHypercube,
            DesignName::Sobol => Design::Sobol,
        }
    }
}

/// `simulate`.
#[derive(Debug, Args)]
#[command(
    long_about = "Run a model once, at its own numbers or at those given by --set.\n\n\
    The table has one row every SAVEPER from INITIAL TIME to FINAL TIME. The first column is the time; the others are all \
    variables in the order of the model file, one column for each element, such as Population[Q1,Age 0 to 4].",
    after_help = "Examples:\n  \
    wellspring simulate teacup.mdl\n  \
    wellspring simulate teacup.mdl --set \"Room temperature=18\" --set \"TIME STEP=0.125\"\n  \
    wellspring simulate sir.mdl --vars \"Infected,Contact rate[Young]\" --integrator rk4 --out sir.csv\n\n\
    Where a number comes out as nan or infinite, the table is written all the same, a warning says where, and the exit code is 3."
)]
pub struct Simulate {
    /// A model file, or the name of a shipped model (prevention)
    ///
    /// What has a `/` in it or ends in .mdl is a file.
    pub model: String,
    /// Set a constant; may be given several times
    ///
    /// "Name=2" sets a constant, with subscripts all its elements; "Name[Q1]=2" sets one element, and wins over
    /// "Name=2". TIME STEP, FINAL TIME and the like are constants too.
    #[arg(long, value_name = "NAME=NUMBER")]
    pub set: Vec<String>,
    /// Write only these variables
    ///
    /// Names divided by commas. A variable with subscripts is written whole, or by element: "Name[Q1,Age 0 to 4]".
    /// The order stays that of the model file.
    #[arg(long, value_name = "NAMES")]
    pub vars: Option<String>,
    /// How stocks are integrated; else as the model's settings say, or by Euler's rule
    #[arg(long, value_enum)]
    pub integrator: Option<IntegratorName>,
    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Say on standard error how fast it ran, and where the time went
    #[arg(long)]
    pub timings: bool,
    /// No remark on how fast it ran, which otherwise is made where a person sees it
    #[arg(long)]
    pub quiet: bool,
}

/// An integrator as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum IntegratorName {
    /// Euler's rule, as Vensim's default
    Euler,
    /// The classical Runge-Kutta rule of order four, with a fixed step
    Rk4,
}

impl From<IntegratorName> for Integrator {
    fn from(name: IntegratorName) -> Self {
        match name {
            IntegratorName::Euler => Integrator::Euler,
            IntegratorName::Rk4 => Integrator::Rk4,
        }
    }
}

/// `check`.
#[derive(Debug, Args)]
#[command(
    long_about = "Read every file and list everything that is wrong in any of them, with the place and what to type instead.\n\n\
    A model is known by its name ending in .mdl. A file ending in .toml says itself what it is: a programme's card, a \
    place, a system, a scenario, the accounts of a model, sources or deflators. Cards and places are also checked against \
    the model: the one among the files, else the shipped one.",
    after_help = "Examples:\n  \
    wellspring check my-model.mdl\n  \
    wellspring check cards/*.toml places/my-place.toml\n  \
    wellspring check --format json my-model.mdl\n\n\
    The exit code is 1 if anything is an error; warnings alone leave it at 0."
)]
pub struct Check {
    /// Files, or names of shipped models and scenarios
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<String>,
    /// How to show what was found: text on standard error, json on standard output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// `places`.
#[derive(Debug, Args)]
#[command(
    long_about = "List the places that come with the program: residents as counted, their share in the most deprived fifth of \
    the country's neighbourhoods, and the place that each is a part of.\n\n\
    With a name, show that place: its residents, every number that is set for it with grade and source, and how the model's \
    base year compares with what is published.",
    after_help = "Examples:\n  \
    wellspring places\n  \
    wellspring places blackpool\n  \
    wellspring places my-town.toml --json\n  \
    wellspring places --csv\n\n\
    Basis: local figures were counted, published or fitted for the place; those by rule follow from its own people and from \
    figures of others; national ones are the same everywhere."
)]
pub struct Places {
    /// The name of a place, or a place file
    pub name: Option<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub form: Form,
}

/// `new`.
#[derive(Debug, Subcommand)]
pub enum New {
    /// Begin the file of a place, with figures of another to be replaced
    Place(NewPlace),
    /// Begin a workbook of a place, to be filled in and read back by `new place --from`
    Workbook(NewWorkbook),
    /// Begin the file of a scenario, with every lever of the model in its comments
    Scenario(NewScenario),
}

/// `new place`.
#[derive(Debug, Args)]
#[command(
    long_about = "Begin the file of a place: every number that the model wants from a place, with its meaning and unit, and the \
    value of England or of the place given by --like.\n\n\
    Each is marked default = true, and `wellspring check` names it until the mark is removed. A file that is there is never \
    replaced.",
    after_help = "Examples:\n  \
    wellspring new place \"My town\"\n  \
    wellspring new place Ambleside --like south-lakeland --out studies\n  \
    wellspring new place --from my-town.xlsx    the tables of a workbook that was filled in"
)]
pub struct NewPlace {
    /// What the place is called
    #[arg(required_unless_present = "from")]
    pub name: Option<String>,
    /// The place whose figures it starts with, instead of England: a name or a file
    #[arg(long, value_name = "PLACE")]
    pub like: Option<String>,
    /// A workbook that was begun by `new workbook` and filled in, to make the file of
    #[arg(long, value_name = "FILE", conflicts_with_all = ["name", "like"])]
    pub from: Option<PathBuf>,
    /// The folder of the file, instead of this one
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// `new workbook`.
#[derive(Debug, Args)]
#[command(
    long_about = "Begin a workbook of a place: a table for every figure that the model wants from a place, with its meaning, unit, \
    grade, source and note, and the numbers of England or of the place given by --like.\n\n\
    Fill in the yellow cells of the .xlsx file with any spreadsheet, and make a place file of it with `new place --from`, which \
    tells everything that is wrong at once, by sheet and cell.",
    after_help = "Examples:\n  \
    wellspring new workbook \"My town\"\n  \
    wellspring new place --from my-town.xlsx"
)]
pub struct NewWorkbook {
    /// What the place is called
    pub name: String,
    /// The place whose figures it starts with, instead of England: a name or a file
    #[arg(long, value_name = "PLACE")]
    pub like: Option<String>,
    /// The folder of the file, instead of this one
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// `new scenario`.
#[derive(Debug, Args)]
#[command(
    long_about = "Begin the file of a scenario, as one-per-cent or the scenario given by --like, under a name of its own.\n\n\
    Every lever of the model stands in its comments with meaning, unit and the number that it has if nobody sets it. \
    A file that is there is never replaced.",
    after_help = "Examples:\n  \
    wellspring new scenario \"My plan\"\n  \
    wellspring new scenario \"Our town first\" --like healthy-homes --place blackpool --out studies"
)]
pub struct NewScenario {
    /// What the plan is called
    pub name: String,
    /// The scenario that it begins as, instead of one-per-cent: a name or a file
    #[arg(long, value_name = "SCENARIO")]
    pub like: Option<String>,
    /// The place that it is about, instead of the other's: a name, or a file taken from the folder of the scenario
    #[arg(long, value_name = "PLACE")]
    pub place: Option<String>,
    /// The folder of the file, instead of this one
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// For whom the output is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

impl Command {
    /// For whom the command speaks.
    pub fn format(&self) -> Format {
        let json = match self {
            Self::Run(asked) => asked.format == Format::Json,
            Self::Compare(asked) => asked.format == Format::Json,
            Self::Check(asked) => asked.format == Format::Json,
            Self::Sweep(asked) => asked.format == Format::Json,
            Self::Merge(asked) => asked.format == Format::Json,
            Self::Sensitivity(asked) => asked.format == Format::Json,
            Self::Places(Places { form, .. })
            | Self::Programmes(Programmes { form, .. })
            | Self::Evidence(Evidence { form, .. })
            | Self::Scenarios(Scenarios { form, .. })
            | Self::Explain(Explain { form, .. }) => form.json,
            Self::Simulate(_)
            | Self::New(_)
            | Self::Document(_)
            | Self::Loops(_)
            | Self::Decide(_)
            | Self::Optimise(_)
            | Self::Completions(_) => false,
        };
        if json { Format::Json } else { Format::Text }
    }
}

/// `explain`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  wellspring explain M101\n  wellspring explain          lists all codes\n  wellspring explain --csv"
)]
pub struct Explain {
    /// The code of a diagnostic, such as M101
    pub code: Option<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub form: Form,
}

/// `completions`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  wellspring completions bash > ~/.local/share/bash-completion/completions/wellspring"
)]
pub struct Completions {
    /// Which shell
    #[arg(value_enum)]
    pub shell: Shell,
}
