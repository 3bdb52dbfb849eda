//! What is asked of a model: constants that vary, outcomes, times; and the batch that is compiled for it.

use std::sync::Arc;

use crate::diagnostic::catalogue::structure as code;
use crate::diagnostic::{Diagnostic, Diagnostics, Sources, Span};
use crate::ensemble::{self, Arm, Faults, RunPlan};
use crate::kernel::{self, Integrator, Outcome, Program, compile};
use crate::model::Label;
use crate::structure::lookup::{constants, scalars, wrong_elements};
use crate::structure::{ScalarId, Structure, TimeAxis};

use super::error::{BadInput, Refused};
use super::outcomes::Outcomes;

/// What is asked of a model, part by part.
#[derive(Debug, Clone)]
pub struct Request<'m> {
    structure: &'m Structure,
    varying: Vec<String>,
    outcomes: Vec<String>,
    times: Option<Vec<f64>>,
    integrator: Integrator,
}

impl<'m> Request<'m> {
    pub(super) fn of(structure: &'m Structure) -> Self {
        let integrator = structure.integration.into();
        Self { structure, varying: Vec::new(), outcomes: Vec::new(), times: None, integrator }
    }

    /// The constants that a row gives numbers to, in the order of the row: `Name` for all elements alike, `Name[Element]`
    /// for one.
    #[must_use]
    pub fn varying<S: AsRef<str>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.varying = names.into_iter().map(|name| name.as_ref().to_owned()).collect();
        self
    }

    /// The variables that are kept: `Name` for each of its elements, `Name[Element]` for one.
    #[must_use]
    pub fn outcomes<S: AsRef<str>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.outcomes = names.into_iter().map(|name| name.as_ref().to_owned()).collect();
        self
    }

    /// When they are kept, in model time, each at the nearest step; every SAVEPER if this is not said.
    #[must_use]
    pub fn times(mut self, times: &[f64]) -> Self {
        self.times = Some(times.to_vec());
        self
    }

    /// How stocks are integrated; as the model's file says if this is not said.
    #[must_use]
    pub fn integrator(mut self, integrator: Integrator) -> Self {
        self.integrator = integrator;
        self
    }

    /// Compiles the model for what was asked: only what the outcomes need is computed.
    ///
    /// # Errors
    /// Every name that is none of the model, every constant set twice, and times outside the run.
    pub fn compile(self) -> Result<Batch<'m>, Refused> {
        let mut asked = Asked::default();
        let varying = self.varying_scalars(&mut asked);
        let outcomes = self.outcome_scalars(&mut asked);
        let times = self.report_times(&mut asked);
        if asked.found.has_errors() {
            let mut sources = Sources::new();
            sources.add(&asked.file, &asked.text.into());
            return Err(Refused { diagnostics: asked.found, sources });
        }
        let of_row = varying.iter().enumerate().flat_map(|(index, meant)| meant.iter().map(move |one| (*one, index)));
        let (sampled, columns): (Vec<ScalarId>, Vec<usize>) = of_row.unzip();
        let request = kernel::Request {
            varying: sampled.clone(),
            driven: Vec::new(),
            outcomes: outcomes.iter().map(|scalar| Outcome::Level(*scalar)).collect(),
            report_times: times,
            integrator: self.integrator,
        };
        let program = compile(self.structure, &request);
        let labels = outcomes.iter().map(|scalar| self.structure.label(*scalar)).collect();
        Ok(Batch { structure: self.structure, program, request, sampled, columns, row: varying.len(), labels })
    }

    fn varying_scalars(&self, asked: &mut Asked) -> Vec<Vec<ScalarId>> {
        let mut set: Vec<ScalarId> = Vec::new();
        let mut all = Vec::new();
        for written in &self.varying {
            let span = asked.write(written);
            let Some(label) = asked.label(written, &span) else { continue };
            if TimeAxis::is_set_by(&label.constant) {
                let message = format!("`{label}` lays out the steps of all runs and cannot vary between them");
                let hint = "set it in the model, or ask for other times";
                asked.found.push(Diagnostic::error(code::NOT_A_CONSTANT, message).at(span).hint(hint));
                continue;
            }
            let meant = constants(self.structure, &label, &span, code::NO_SUCH_CONSTANT, &mut asked.found);
            if let Some(twice) = meant.iter().find(|scalar| set.contains(scalar)) {
                let message = format!("`{}` would be set twice in a run", self.structure.label(*twice));
                let hint = "name each constant, and each element of one, once";
                asked.found.push(Diagnostic::error(code::TWO_WRITERS, message).at(span).hint(hint));
            }
            set.extend(&meant);
            all.push(meant);
        }
        all
    }

    fn outcome_scalars(&self, asked: &mut Asked) -> Vec<ScalarId> {
        let mut all = Vec::new();
        for written in &self.outcomes {
            let span = asked.write(written);
            let Some(label) = asked.label(written, &span) else { continue };
            match (self.structure.variable(&label.constant), scalars(self.structure, &label)) {
                (Some(_), Some(meant)) if !meant.is_empty() => all.extend(meant.into_iter().map(|(scalar, _)| scalar)),
                (Some((_, variable)), _) if variable.count == 0 => {
                    let message = format!("`{label}` is a lookup, which has no value of its own");
                    asked.found.push(Diagnostic::error(code::LOOKUP_USE, message).at(span));
                }
                (Some((_, variable)), _) => {
                    asked.found.push(wrong_elements(&label, variable, code::WRONG_ELEMENTS).at(span));
                }
                (None, _) => {
                    let visible = self.structure.variables.iter().filter(|variable| !variable.hidden);
                    let message = format!("the model has no variable `{label}`");
                    let missing = Diagnostic::error(code::UNKNOWN_NAME, message).at(span);
                    let names = visible.map(|one| one.name.spelling());
                    asked.found.push(missing.did_you_mean(label.constant.spelling(), names));
                }
            }
        }
        if self.outcomes.is_empty() {
            let message = "nothing is asked for: name at least one outcome";
            asked.found.push(Diagnostic::error(code::UNKNOWN_NAME, message));
        }
        all
    }

    fn report_times(&self, asked: &mut Asked) -> Vec<f64> {
        let axis = self.structure.time;
        let Some(times) = &self.times else {
            return axis.saved_steps().into_iter().map(|step| axis.at(step)).collect();
        };
        for time in times {
            if !(*time >= axis.initial && *time <= axis.last) {
                let message =
                    format!("time {time} is outside the run, which goes from {} to {}", axis.initial, axis.last);
                let span = asked.write(&time.to_string());
                asked.found.push(Diagnostic::error(code::BAD_TIME, message).at(span));
            }
        }
        if times.windows(2).any(|pair| pair[1] < pair[0]) {
            let message = "the times asked for do not rise";
            asked.found.push(Diagnostic::error(code::BAD_TIME, message).hint("put them in order"));
        }
        times.clone()
    }
}

/// What was typed, a line for each name, for diagnostics to point into; and what is wrong with it.
struct Asked {
    file: Arc<str>,
    text: String,
    found: Diagnostics,
}

impl Default for Asked {
    fn default() -> Self {
        Self { file: "request".into(), text: String::new(), found: Diagnostics::new() }
    }
}

impl Asked {
    fn write(&mut self, written: &str) -> Span {
        let start = self.text.len();
        self.text.push_str(&written.replace(['\n', '\r'], " "));
        let span = Span::new(&self.file, start, self.text.len());
        self.text.push('\n');
        span
    }

    fn label(&mut self, written: &str, span: &Span) -> Option<Label> {
        let label = Label::parse(written);
        if let Err(problem) = &label {
            let message = format!("`{written}` is no name: {problem}");
            self.found.push(Diagnostic::error(code::UNKNOWN_NAME, message).at(span.clone()));
        }
        label.ok()
    }
}

/// A model compiled for a request, ready for any number of runs.
#[derive(Debug)]
pub struct Batch<'m> {
    structure: &'m Structure,
    program: Program,
    request: kernel::Request,
    sampled: Vec<ScalarId>,
    /// For each scalar that varies its index in a row.
    columns: Vec<usize>,
    row: usize,
    labels: Vec<String>,
}

impl Batch<'_> {
    /// How many numbers make a row: one for each constant that varies.
    pub fn row(&self) -> usize {
        self.row
    }

    /// Runs the model once for each row of a matrix, row after row. If nothing varies, the matrix is empty and there is one run.
    ///
    /// # Errors
    /// The numbers are no whole rows, or one of them is not finite.
    pub fn run(&self, matrix: &[f64]) -> Result<Outcomes, BadInput> {
        self.run_watched(matrix, &|_| ())
    }

    /// The same; `progress` is told how many more runs are done, from any thread.
    ///
    /// # Errors
    /// As [`Batch::run`].
    pub fn run_watched(&self, matrix: &[f64], progress: &(dyn Fn(u64) + Sync)) -> Result<Outcomes, BadInput> {
        let runs = match self.row {
            0 if matrix.is_empty() => 1,
            row if row > 0 && matrix.len().is_multiple_of(row) => matrix.len() / row,
            row => return Err(BadInput::Shape { numbers: matrix.len(), row }),
        };
        if let Some(at) = matrix.iter().position(|value| !value.is_finite()) {
            return Err(BadInput::NotANumber { run: at / self.row, constant: at % self.row, value: matrix[at] });
        }
        let fill = |run: u64, values: &mut [f64]| {
            let row = &matrix[run as usize * self.row..][..self.row];
            values.iter_mut().zip(&self.columns).for_each(|(value, column)| *value = row[*column]);
        };
        let arm = Arm { name: String::new(), settings: Vec::new(), follows: None };
        let plan = RunPlan {
            structure: self.structure,
            program: &self.program,
            request: &self.request,
            arms: &[arm],
            sampled: &self.sampled,
            sampler: &fill,
            draws: runs as u64,
        };
        let (outcomes, times) = (self.labels.len(), self.request.report_times.len());
        let by_run = |block: ensemble::DrawBlock| {
            let mut values = vec![0.0; block.draws * outcomes * times];
            for outcome in 0..outcomes {
                for time in 0..times {
                    for (lane, value) in block.lanes(0, outcome, time).iter().enumerate() {
                        values[(lane * outcomes + outcome) * times + time] = *value;
                    }
                }
            }
            (values, block.faults)
        };
        let mut faults = Faults::default();
        let mut values = Vec::with_capacity(runs * outcomes * times);
        for (of_block, wrong) in ensemble::run(&plan, &by_run, progress) {
            values.extend(of_block);
            faults.extend(wrong);
        }
        Ok(Outcomes { values, runs, labels: self.labels.clone(), times: self.request.report_times.clone(), faults })
    }
}
