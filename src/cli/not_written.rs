//! Why something could not be written, as a person can act on it.

use std::io;

use crate::explain::command as code;
use engine::diagnostic::Diagnostic;

/// Why the file of this name could not be written.
pub fn problem(name: &str, problem: &io::Error) -> Diagnostic {
    problem_with(&format!("`{name}`"), problem)
}

/// The same for what has no name of its own, such as standard output.
pub fn problem_with(what: &str, problem: &io::Error) -> Diagnostic {
    use io::ErrorKind as Kind;
    match problem.kind() {
        Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge => {
            Diagnostic::error(code::DISK_FULL, format!("{what} could not be written: the disk is full"))
                .hint("free some space, or write to another disk with --out; what was there before is untouched")
        }
        Kind::NotFound => {
            Diagnostic::error(code::NOT_WRITABLE, format!("{what} could not be written: its folder does not exist"))
                .hint("create the folder first, or name another with --out")
        }
        Kind::NotADirectory | Kind::AlreadyExists => Diagnostic::error(
            code::FILE_IN_THE_WAY,
            format!("{what} could not be written: a part of its path is a file, not a folder"),
        )
        .hint("name another place with --out, or move that file away"),
        Kind::PermissionDenied | Kind::ReadOnlyFilesystem => {
            Diagnostic::error(code::NOT_WRITABLE, format!("{what} could not be written: writing there is not allowed"))
                .hint("name a folder that you may write to with --out")
        }
        _ => Diagnostic::error(code::NOT_WRITABLE, format!("{what} could not be written: {problem}"))
            .hint("name another place with --out"),
    }
}
