//! What a person types, sees and gets back as an exit code; all disk and terminal.
//!
//! Each command is a file. What they share: [`files`] and [`library`] find texts, [`terminal`] speaks to the person,
//! [`writing`] and [`folder`] put results on the disk.

pub mod arguments;
mod basis;
mod beside;
pub mod blocks;
mod check;
mod compare;
mod counted;
mod decide;
mod document;
mod evidence;
mod explain;
pub mod files;
pub mod folder;
mod gather;
mod interrupts;
mod kind;
pub mod library;
mod lock;
mod loops;
pub mod manifest;
mod memory;
mod model;
pub mod new;
mod not_written;
mod optimise;
mod output;
mod parquet;
mod places;
mod programmes;
mod progress;
mod run;
mod scenarios;
mod sensitivity;
mod settings;
mod simulate;
mod stopwatch;
pub mod subject;
mod sweep;
mod terminal;
mod threads;
mod until;
mod verdict;
mod watched;
mod workbook;
mod writing;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use crate::explain::command as code;
use engine::diagnostic::{Diagnostic, Diagnostics, Sources};
use engine::kernel::InstructionSet;

use arguments::{Arguments, Command, Format};

/// How a command ended; its number is the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Ending {
    /// It did what was asked.
    Done = 0,
    /// A file, or what was said about one, is wrong; or the results could not be written.
    InputsWrong = 1,
    /// The command cannot be understood.
    Misused = 2,
    /// It ran, and too many runs failed.
    RunsFailed = 3,
    /// It was interrupted from the terminal; what of it can be gone on with is kept.
    Interrupted = 130,
    /// The same by a scheduler or a service (SIGTERM).
    Terminated = 143,
}

/// Why a command came to no end: what is wrong, and the texts that this points into.
#[derive(Debug)]
pub struct Failure {
    /// What is wrong.
    pub found: Diagnostics,
    /// What was read.
    pub sources: Sources,
    /// The exit code.
    pub ending: Ending,
}

impl Failure {
    /// Wrong inputs.
    fn inputs(found: Diagnostics, sources: Sources) -> Self {
        Self { found, sources, ending: Ending::InputsWrong }
    }

    /// Wrong inputs that are part of the program, and so are not shown.
    fn without_source(found: Diagnostics) -> Self {
        Self::inputs(found, Sources::new())
    }

    /// A command that asks for what cannot be.
    fn misuse(diagnostic: Diagnostic) -> Self {
        Self { ending: Ending::Misused, ..Self::from(diagnostic) }
    }
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::inputs(std::iter::once(diagnostic).collect(), Sources::new())
    }
}

/// Does what the arguments ask, and says how it ended.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let typed: Vec<OsString> = arguments.into_iter().collect();
    let arguments = match Arguments::try_parse_from(&typed) {
        Ok(arguments) => arguments,
        Err(message) if message.use_stderr() && for_programs(&typed) => {
            let found = std::iter::once(misused(&message.render().to_string())).collect();
            terminal::tell(&found, &Sources::new(), Format::Json);
            return ExitCode::from(Ending::Misused as u8);
        }
        Err(message) => {
            // Help and usage: clap chooses the stream; a reader that has gone away is no error.
            let _ = message.print();
            return ExitCode::from(u8::try_from(message.exit_code()).unwrap_or(2));
        }
    };
    let format = arguments.command.format();
    let ended = instruction_set().and_then(|()| match arguments.command {
        Command::Run(asked) => run::run(&asked),
        Command::Compare(asked) => compare::compare(&asked),
        Command::Simulate(asked) => simulate::simulate(&asked),
        Command::Check(asked) => check::check(&asked),
        Command::Places(asked) => places::places(&asked),
        Command::New(asked) => new::new(&asked),
        Command::Programmes(asked) => programmes::programmes(&asked),
        Command::Evidence(asked) => evidence::evidence(&asked),
        Command::Scenarios(asked) => scenarios::scenarios(&asked),
        Command::Document(asked) => document::document(&asked),
        Command::Loops(asked) => loops::loops(&asked),
        Command::Sensitivity(asked) => sensitivity::sensitivity(&asked),
        Command::Decide(asked) => decide::decide(&asked),
        Command::Optimise(asked) => optimise::optimise(&asked),
        Command::Sweep(asked) => sweep::sweep(&asked),
        Command::Merge(asked) => sweep::merge(&asked),
        Command::Explain(asked) => explain::explain(&asked),
        Command::Completions(asked) => explain::completions(&asked),
    });
    let ending = ended.unwrap_or_else(|failure| {
        terminal::tell(&failure.found, &failure.sources, format);
        failure.ending
    });
    ExitCode::from(ending as u8)
}

/// Whether the instruction set that the environment asks for, if any, is one that there is.
fn instruction_set() -> Result<(), Failure> {
    let Err(wish) = InstructionSet::wished() else { return Ok(()) };
    let names: Vec<String> = InstructionSet::available().iter().map(|set| format!("`{set}`")).collect();
    let message =
        format!("WELLSPRING_ISA is `{wish}`, which is no instruction set that this processor and program have");
    let hint = format!("set it to {}, or unset it for the widest; no result hangs on it", names.join(" or "));
    Err(Failure::misuse(Diagnostic::error(code::NO_INSTRUCTION_SET, message).hint(hint)))
}

/// Whether a command that cannot be understood asks for JSON all the same.
fn for_programs(typed: &[OsString]) -> bool {
    let format = typed.windows(2).any(|two| two[0] == "--format" && two[1] == "json");
    format || typed.iter().any(|one| one == "--format=json" || one == "--json")
}

/// What clap says of a command that cannot be understood: what is wrong, then tips and usage.
fn misused(said: &str) -> Diagnostic {
    let mut parts = said.split("\n\n").map(|part| part.split_whitespace().collect::<Vec<&str>>().join(" "));
    let what = parts.next().unwrap_or_default();
    let diagnostic = Diagnostic::error(code::MISUSED, what.strip_prefix("error: ").unwrap_or(&what));
    parts.filter(|part| !part.is_empty()).fold(diagnostic, Diagnostic::hint)
}
