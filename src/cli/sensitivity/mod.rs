//! `sensitivity`: which inputs move an output.

mod json;
mod scenario;

use std::path::PathBuf;

use crate::explain::{command, sensitivity as code};
use crate::sensitivity::analysis::{self, Method};
use crate::sensitivity::matrix::Matrix;
use crate::sensitivity::problem::Problem;
use crate::sensitivity::sample::{self, NoSample};
use crate::shipped::Text;
use engine::diagnostic::{Diagnostic, Diagnostics, Sources};

use super::arguments::Sensitivity;
use super::files;
use super::{Ending, Failure, terminal, writing};

/// A sample of more rows than this was mistyped, and would only fill the memory.
const LARGEST: usize = 10_000_000;

/// Analyses a sample made elsewhere, or draws one.
///
/// # Errors
/// The problem or a table is wrong, they do not fit each other, or the result cannot be written.
pub fn sensitivity(asked: &Sensitivity) -> Result<Ending, Failure> {
    if let Some(scenario) = &asked.scenario {
        return scenario::analyse(scenario, asked);
    }
    let Some(method) = asked.method.elsewhere() else {
        let message = format!("--method {} needs a scenario to run", asked.method.typed());
        let hint = "name a scenario before it, or take ranks, pawn, delta or rbd-fast for a sample made elsewhere";
        return Err(Failure::misuse(Diagnostic::error(command::OTHER_METHOD, message).hint(hint)));
    };
    let Some(problem_file) = &asked.problem else {
        let lacking = Diagnostic::error(code::NEEDED, "there is no scenario and no problem file");
        return Err(Failure::misuse(lacking.hint("name a scenario, or a problem file with --problem")));
    };
    let mut read = Reading::default();
    let problem = read.text(files::read(problem_file)).and_then(|text| {
        let problem = Problem::read(&text.file, &text.content);
        read.kept(problem)
    });
    let text = match asked.sample {
        Some(size) => drawn(method, size, problem, &mut read),
        None => analysed(asked, method, problem, &mut read),
    };
    let Some(text) = text.filter(|_| !read.found.has_errors()) else {
        return Err(Failure { found: read.found, sources: read.sources, ending: read.ending });
    };
    terminal::tell(&read.found, &read.sources, asked.format);
    let tables = [Some(problem_file), asked.inputs.as_ref(), asked.outputs.as_ref()];
    let out = asked.out.as_deref();
    let kept = out.map(|out| writing::no_input(out, tables.into_iter().flatten().map(PathBuf::as_path)));
    kept.transpose().map_err(Failure::misuse)?;
    match &asked.out {
        Some(path) => writing::write_file(path, text.as_bytes())?,
        None => terminal::print(&text)?,
    }
    Ok(Ending::Done)
}

/// What was read so far, and everything found wrong in it.
struct Reading {
    found: Diagnostics,
    sources: Sources,
    ending: Ending,
}

impl Default for Reading {
    fn default() -> Self {
        Self { found: Diagnostics::new(), sources: Sources::new(), ending: Ending::InputsWrong }
    }
}

impl Reading {
    /// A text that was read, or what is wrong with its file.
    fn text(&mut self, read: Result<Text, Diagnostics>) -> Option<Text> {
        let text = self.kept(read.map(|text| (text, Diagnostics::new())))?;
        self.sources.add(&text.file, &text.content);
        Some(text)
    }

    /// What came of a text, if anything; what was found wrong is kept.
    fn kept<T>(&mut self, outcome: Result<(T, Diagnostics), Diagnostics>) -> Option<T> {
        let (value, found) = match outcome {
            Ok((value, warnings)) => (Some(value), warnings),
            Err(errors) => (None, errors),
        };
        self.found.extend(found);
        value
    }

    fn table(&mut self, read: Result<Text, Diagnostics>) -> Option<Matrix> {
        let text = self.text(read)?;
        let matrix = Matrix::read(&text.file, &text.content);
        self.kept(matrix.map(|matrix| (matrix, Diagnostics::new())))
    }

    /// Something that the command itself lacks or asks for in vain.
    fn misuse(&mut self, diagnostic: Diagnostic) {
        self.ending = Ending::Misused;
        self.found.push(diagnostic);
    }
}

/// The indices as JSON.
fn analysed(asked: &Sensitivity, method: Method, problem: Option<Problem>, read: &mut Reading) -> Option<String> {
    let inputs = asked.inputs.as_ref().map(|path| read.table(files::read_table(path)));
    let outputs = asked.outputs.as_ref().and_then(|path| read.table(files::read_table(path)));
    if method.needs_inputs() && inputs.is_none() {
        read.misuse(
            Diagnostic::error(code::NEEDED, format!("{} needs the inputs of the sample", method.name()))
                .hint("name their table with --inputs"),
        );
    }
    // Where inputs were given and are wrong, their errors are told, and what else is wrong can still be looked for.
    let inputs = inputs.flatten();
    let analysis = analysis::analyse(&problem?, method, inputs.as_ref(), &outputs?);
    read.kept(analysis).map(|analysis| json::text(&analysis))
}

/// A sample as CSV.
fn drawn(method: Method, size: usize, problem: Option<Problem>, read: &mut Reading) -> Option<String> {
    if size == 0 || size > LARGEST {
        read.misuse(
            Diagnostic::error(code::OUT_OF_RANGE, format!("--sample {size} is no size of a sample"))
                .hint("20 trajectories of morris, a base of 1,024 of sobol, 1,000 rows for others are a beginning"),
        );
    }
    let problem = problem?;
    analysis::refuse_groups(&problem, method, &mut read.found);
    if read.found.has_errors() {
        return None;
    }
    if method == Method::Sobol
        && let Some(warning) = analysis::no_power_of_two(size)
    {
        read.found.push(warning);
    }
    match sample::sample(&problem, method, size) {
        Ok(rows) => Some(sample::table(&problem, &rows)),
        Err(NoSample::NoBounds(index)) => {
            let input = &problem.inputs[index];
            let message = format!("the input `{}` has no bounds to draw between", input.name);
            read.found.push(
                Diagnostic::error(code::NEEDED, message).at(input.span.clone()).hint("write `low` and `high` below it"),
            );
            None
        }
        Err(NoSample::TooManyInputs(most)) => {
            read.found.push(
                Diagnostic::error(code::OUT_OF_RANGE, format!("sobol can vary {most} inputs, and these are more"))
                    .hint("find those that matter with morris first"),
            );
            None
        }
        Err(NoSample::TooFewPoints(least)) => {
            read.misuse(
                Diagnostic::error(code::TOO_FEW, format!("{size} points of a curve are too few"))
                    .hint(format!("with this `interference` a curve needs {least} points")),
            );
            None
        }
    }
}
