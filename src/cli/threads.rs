//! `--threads`: how many runs are computed at once, and no more than a machine can use.

use crate::explain::command as code;
use engine::diagnostic::Diagnostic;

use super::terminal;

/// More threads than this for each core only wait for each other, and many more fill the memory before the first draw.
const MOST_A_CORE: usize = 4;

/// What is wrong with a number of threads, if anything is.
pub fn impossible(asked: Option<usize>) -> Option<Diagnostic> {
    (asked == Some(0)).then(|| {
        Diagnostic::error(code::NO_THREADS, "--threads 0 leaves nobody to do the work")
            .hint("ask for one thread or more, or leave --threads out to use all cores")
    })
}

/// A pool of as many threads as are asked for, or as many as can be of use; `None` is all cores.
///
/// # Errors
/// They cannot be started.
pub fn pool(asked: Option<usize>) -> Result<Option<rayon::ThreadPool>, Diagnostic> {
    let Some(asked) = asked else { return Ok(None) };
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get());
    let threads = asked.min(cores.saturating_mul(MOST_A_CORE));
    if threads < asked {
        let s = if cores == 1 { "" } else { "s" };
        terminal::remark(&format!(
            "--threads {asked} is more than can be of use here: {threads} are taken, {MOST_A_CORE} for each of {cores} core{s}"
        ));
    }
    let built = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    built.map(Some).map_err(|problem| {
        let message = format!("{threads} threads could not be started: {problem}");
        Diagnostic::error(code::NO_THREADS, message).hint("ask for fewer, or leave --threads out")
    })
}
