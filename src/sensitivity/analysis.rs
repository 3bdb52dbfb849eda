//! A sample made elsewhere put to a method: what is wrong with the two tables, or the indices of every output.

use serde::Serialize;
use serde_json::{Value, json};

use crate::explain::sensitivity as code;
use engine::diagnostic::{Diagnostic, Diagnostics, nearest};

use super::delta::Delta;
use super::efast::Curves;
use super::matrix::Matrix;
use super::morris::{Grid, Morris, NoTrajectories, wrong_step};
use super::output;
use super::pawn::Pawn;
use super::problem::Problem;
use super::ranks::Ranks;
use super::rbd_fast::RbdFast;
use super::sobol::{Layout, Sobol, misplaced};
use super::{Confidence, IndexKind, NoIndices, SensitivityIndex};

/// A way to tell which input moves an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Method {
    Sobol,
    Morris,
    Efast,
    RbdFast,
    Pawn,
    Delta,
    Ranks,
}

impl Method {
    /// All of them, as they are listed.
    pub const ALL: [Method; 7] =
        [Self::Sobol, Self::Morris, Self::Efast, Self::RbdFast, Self::Pawn, Self::Delta, Self::Ranks];

    /// Its name on the command line and in results.
    pub fn name(self) -> &'static str {
        self.words().0
    }

    /// What it tells, in one line.
    pub fn about(self) -> &'static str {
        self.words().1
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Sobol => ("sobol", "Shares of variance: first, total and second order, by input or group"),
            Self::Morris => ("morris", "Elementary effects: a screening in few runs"),
            Self::Efast => ("efast", "Shares of variance from curves: first and total order"),
            Self::RbdFast => ("rbd-fast", "First shares of variance, from any sample"),
            Self::Pawn => ("pawn", "How far the distribution moves, from any sample"),
            Self::Delta => ("delta", "How far the density moves, from any sample"),
            Self::Ranks => ("ranks", "Correlations of values and ranks, plain and partial, from any sample"),
        }
    }

    /// Whether it looks at the inputs, and does not know them from the order of the rows.
    pub fn needs_inputs(self) -> bool {
        !matches!(self, Self::Sobol | Self::Efast)
    }

    /// Whether it can move several inputs together.
    pub fn has_groups(self) -> bool {
        matches!(self, Self::Sobol | Self::Morris)
    }
}

/// The indices of every output of a sample.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Analysis {
    /// The version of this form.
    pub schema: u32,
    /// By which method.
    pub method: Method,
    /// Rows of the sample.
    pub rows: usize,
    /// How the sample was laid out or cut.
    pub layout: Value,
    /// What the indices are of: inputs, or groups of inputs.
    pub inputs: Vec<String>,
    /// How intervals were made and judged.
    pub confidence: Confidence,
    /// Output by output.
    pub outputs: Vec<OutputIndices>,
}

/// The indices of one output.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutputIndices {
    /// The name of its column.
    pub output: String,
    /// Whether it varies; if not, it has no indices.
    pub varies: bool,
    /// Its indices.
    pub indices: Vec<NamedMeasure>,
    /// For pawn, what each index reaches by chance for an input that does nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub without_influence: Vec<Level>,
}

/// An index with the names of what it is of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NamedMeasure {
    /// What it measures.
    pub index: IndexKind,
    /// The input or group.
    pub of: String,
    /// The other one, for a pair.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
    /// The number; null where there is none.
    pub value: f64,
    /// Its ends, or null.
    pub interval: Option<[f64; 2]>,
    /// Whether the interval is narrow enough; for correlations, whether it leaves out 0.
    pub resolved: bool,
}

/// What an index reaches by chance.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Level {
    /// Which index.
    pub index: IndexKind,
    /// The number.
    pub value: f64,
}

/// Puts a method to a sample: `inputs` may be left out where [`Method::needs_inputs`] does not hold, and are used to check
/// the layout if they are there.
///
/// # Errors
/// Everything that is wrong with the tables, or between them and the problem.
pub fn analyse(
    problem: &Problem,
    method: Method,
    inputs: Option<&Matrix>,
    outputs: &Matrix,
) -> Result<(Analysis, Diagnostics), Diagnostics> {
    let mut found = Diagnostics::new();
    refuse_groups(problem, method, &mut found);
    if let Some(inputs) = inputs.filter(|inputs| inputs.rows() != outputs.rows()) {
        let message =
            format!("`{}` has {} rows, and `{}` has {}", inputs.file, inputs.rows(), outputs.file, outputs.rows());
        let mut wrong = Diagnostic::error(code::LENGTHS, message).at(outputs.whole());
        if inputs.rows().abs_diff(outputs.rows()) == 1 {
            wrong = wrong.hint("a header of numbers alone is taken for a row: put a word in it, such as `y2025`");
        }
        found.push(wrong.hint("take the inputs and outputs of the same runs, a row for each"));
    }
    let columns = inputs.map(|inputs| (inputs, columns_of(problem, inputs, &mut found)));
    if let Some((_, Some(columns))) = &columns {
        still_inputs(problem, method, columns, &mut found);
    }
    let laid_out = prepare(problem, method, outputs, columns, &mut found);
    let Some((prepared, layout)) = laid_out.filter(|_| !found.has_errors()) else {
        return Err(found);
    };
    let outputs_found = outputs
        .columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let name = outputs.called(index);
            named(problem, &name, prepared.indices(column), prepared.without_influence(column)).inspect(|one| {
                if !one.varies {
                    let message = format!("the output `{name}` does not vary, so no input can be told to move it");
                    found.push(Diagnostic::warning(code::NO_VARIATION, message).at(outputs.whole()));
                }
            })
        })
        .collect::<Result<Vec<OutputIndices>, NoIndices>>()
        .expect("the rows were counted and every cell is a number");
    let analysis = Analysis {
        schema: 1,
        method,
        rows: outputs.rows(),
        layout,
        inputs: problem.group_names.clone(),
        confidence: problem.confidence,
        outputs: outputs_found,
    };
    found.into_result(analysis)
}

/// Warns of inputs that never vary where a method puts rows in their order.
fn still_inputs(problem: &Problem, method: Method, columns: &[Vec<f64>], found: &mut Diagnostics) {
    if !matches!(method, Method::RbdFast | Method::Pawn | Method::Delta) {
        return;
    }
    for (input, _) in problem.inputs.iter().zip(columns).filter(|(_, column)| output::still(column)) {
        let message =
            format!("`{}` never varies in the sample, so it cannot be told whether it moves anything", input.name);
        found.push(
            Diagnostic::warning(code::STILL_INPUT, message)
                .at(input.span.clone())
                .hint("it is left without indices; vary it, or leave it out of the problem file"),
        );
    }
}

/// Groups are refused where they would silently be left out.
pub fn refuse_groups(problem: &Problem, method: Method, found: &mut Diagnostics) {
    if let (Some(span), false, true) = (&problem.groups_span, method.has_groups(), problem.has_groups()) {
        let message = format!("{} has no groups of inputs", method.name());
        found.push(
            Diagnostic::error(code::NO_GROUPS, message)
                .at(span.clone())
                .hint("use sobol or morris, or take [groups] out of the problem file"),
        );
    }
}

/// The columns of the problem's inputs, in its order: by name where the table has a header.
fn columns_of(problem: &Problem, inputs: &Matrix, found: &mut Diagnostics) -> Option<Vec<Vec<f64>>> {
    let Some(names) = &inputs.names else {
        if inputs.columns.len() == problem.inputs.len() {
            return Some(inputs.columns.clone());
        }
        let message = format!(
            "`{}` has {} columns, and the problem {} inputs",
            inputs.file,
            inputs.columns.len(),
            problem.inputs.len()
        );
        found.push(
            Diagnostic::error(code::COLUMNS, message)
                .at(inputs.whole())
                .hint("without a header there is a column for each [[input]], in the same order"),
        );
        return None;
    };
    let mut complete = true;
    for name in names.iter().filter(|name| !problem.inputs.iter().any(|input| input.name == **name)) {
        let message = format!("`{}` has a column `{name}`, which is no input of the problem", inputs.file);
        let wrong = Diagnostic::error(code::COLUMNS, message).at(inputs.whole());
        found.push(match nearest(name, problem.inputs.iter().map(|input| input.name.as_str())) {
            Some(near) => wrong.hint(format!("did you mean `{near}`?")),
            None => wrong.hint("add it to the problem as an [[input]], or take the column out"),
        });
        complete = false;
    }
    let mut columns = Vec::with_capacity(names.len());
    for input in &problem.inputs {
        match names.iter().position(|name| *name == input.name) {
            Some(index) => columns.push(inputs.columns[index].clone()),
            None => {
                let message = format!("`{}` has no column `{}`", inputs.file, input.name);
                found.push(
                    Diagnostic::error(code::COLUMNS, message)
                        .at(input.span.clone())
                        .hint("with a header, every input has a column of its name"),
                );
                complete = false;
            }
        }
    }
    complete.then_some(columns)
}

/// A method with all that it needs of the sample.
enum Prepared {
    Sobol(Sobol),
    Morris(Morris),
    Efast(Curves, Confidence),
    RbdFast(RbdFast),
    Pawn(Pawn),
    Delta(Delta),
    Ranks(Ranks),
}

impl Prepared {
    fn indices(&self, output: &[f64]) -> Result<Vec<SensitivityIndex>, NoIndices> {
        match self {
            Self::Sobol(method) => method.indices(output),
            Self::Morris(method) => method.indices(output),
            Self::Efast(method, confidence) => method.indices(output, confidence),
            Self::RbdFast(method) => method.indices(output),
            Self::Pawn(method) => method.indices(output),
            Self::Delta(method) => method.indices(output),
            Self::Ranks(method) => method.indices(output),
        }
    }

    fn without_influence(&self, output: &[f64]) -> Vec<(IndexKind, f64)> {
        match self {
            Self::Pawn(pawn) => pawn.without_influence(output).ok().flatten().unwrap_or_default(),
            _ => Vec::new(),
        }
    }
}

type Columns<'m> = Option<(&'m Matrix, Option<Vec<Vec<f64>>>)>;

/// Fits the sample to the method; what does not fit is added to what was found.
fn prepare(
    problem: &Problem,
    method: Method,
    outputs: &Matrix,
    columns: Columns<'_>,
    found: &mut Diagnostics,
) -> Option<(Prepared, Value)> {
    let rows = outputs.rows();
    let settings = &problem.settings;
    let confidence = problem.confidence;
    match method {
        Method::Sobol => sobol(problem, outputs, columns, found),
        Method::Efast => {
            let inputs = problem.inputs.len();
            let each = inputs * settings.curves;
            if !rows.is_multiple_of(each) {
                let curves = output::counted(settings.curves, "curve");
                let message = format!("`{}` has {rows} rows, which is no multiple of {each}", outputs.file);
                found.push(Diagnostic::error(code::LAYOUT, message).at(outputs.whole()).hint(format!(
                    "efast has as many rows for each of {inputs} inputs, here in {curves} each; set `curves` under [efast]"
                )));
                return None;
            }
            let points = rows / each;
            let curves = Curves::new(inputs, settings.curves, points, settings.interference);
            let least = 4 * settings.interference * settings.interference + 1;
            let layout = json!({ "curves": settings.curves, "points": points, "interference": settings.interference });
            let hint = format!("with an interference of {} a curve needs {least} points", settings.interference);
            enough(curves.map(|curves| (Prepared::Efast(curves, confidence), layout)), outputs, points, &hint, found)
        }
        _ => {
            let (matrix, columns) = columns?;
            let columns = columns.filter(|_| matrix.rows() == rows)?;
            match method {
                Method::Morris => morris(problem, matrix, &columns, found),
                Method::RbdFast => {
                    let hint =
                        format!("{} harmonics need more than {} rows", settings.harmonics, 4 * settings.harmonics);
                    let prepared = RbdFast::new(&columns, settings.harmonics, confidence).map(Prepared::RbdFast);
                    let layout = json!({ "harmonics": settings.harmonics });
                    enough(prepared.map(|prepared| (prepared, layout)), outputs, rows, &hint, found)
                }
                Method::Pawn => {
                    let hint = format!("{} slices need at least {} rows", settings.slices, 2 * settings.slices);
                    let prepared = Pawn::new(&columns, settings.slices, confidence).map(Prepared::Pawn);
                    let layout = json!({ "slices": settings.slices });
                    enough(prepared.map(|prepared| (prepared, layout)), outputs, rows, &hint, found)
                }
                Method::Delta => {
                    let prepared = Delta::new(&columns, confidence);
                    let layout = json!({ "classes": prepared.as_ref().map(Delta::classes) });
                    let prepared = prepared.map(|prepared| (Prepared::Delta(prepared), layout));
                    enough(prepared, outputs, rows, "delta needs at least 10 rows", found)
                }
                _ => ranks(problem, &columns, outputs, found),
            }
        }
    }
}

fn enough(
    prepared: Option<(Prepared, Value)>,
    outputs: &Matrix,
    rows: usize,
    hint: &str,
    found: &mut Diagnostics,
) -> Option<(Prepared, Value)> {
    if prepared.is_none() {
        let message = format!("{} are too few", output::counted(rows, "row"));
        found.push(Diagnostic::error(code::TOO_FEW, message).at(outputs.whole()).hint(hint));
    }
    prepared
}

fn ranks(
    problem: &Problem,
    columns: &[Vec<f64>],
    outputs: &Matrix,
    found: &mut Diagnostics,
) -> Option<(Prepared, Value)> {
    let prepared = Ranks::new(columns, problem.confidence);
    if let Some(input) = prepared.as_ref().and_then(Ranks::dependent) {
        let input = &problem.inputs[input];
        let message = format!("`{}` never varies, or is a sum of the inputs before it", input.name);
        found.push(
            Diagnostic::warning(code::DEPENDENT, message)
                .at(input.span.clone())
                .hint("partial correlations and regression coefficients are left out; correlations are given"),
        );
    }
    let prepared = prepared.map(|prepared| (Prepared::Ranks(prepared), json!({})));
    enough(prepared, outputs, outputs.rows(), "ranks need at least 4 rows", found)
}

fn sobol(
    problem: &Problem,
    outputs: &Matrix,
    columns: Columns<'_>,
    found: &mut Diagnostics,
) -> Option<(Prepared, Value)> {
    let inputs = problem.groups.count();
    let layout_of = |second_order: bool| {
        let one = Layout { base: 1, inputs, second_order };
        Layout { base: outputs.rows() / one.rows_per_point(), ..one }
    };
    let layout = layout_of(problem.settings.second_order);
    let rows = outputs.rows();
    if layout.base == 0 || layout.rows() != rows {
        found.push(rows_do_not_fit(problem, outputs, layout, layout_of(!layout.second_order)));
        return None;
    }
    let other = layout_of(!layout.second_order);
    if columns.is_none() && !problem.second_order_said && other.base > 0 && other.rows() == rows {
        found.push(fits_both(outputs, layout, other));
    }
    if let Some(warning) = no_power_of_two(layout.base) {
        found.push(warning.at(outputs.whole()));
    }
    if let Some((matrix, Some(columns))) = columns.filter(|(matrix, _)| matrix.rows() == rows)
        && let Some(row) = misplaced(&columns, &problem.groups, &layout)
    {
        let each = layout.rows_per_point();
        let (a, b) = (row - row % each + 1, row - row % each + each);
        let message = format!("row {} is no mixture of A and B, rows {a} and {b}, in one input or group", row + 1);
        let other = if layout.second_order { "without" } else { "with" };
        found.push(Diagnostic::error(code::MISPLACED, message).at(matrix.line(row)).hint(format!(
            "was the sample made {other} second order, with other groups, or are rows in another order?"
        )));
    }
    let value = json!({ "base": layout.base, "second_order": layout.second_order });
    Some((Prepared::Sobol(Sobol::new(layout, problem.confidence)), value))
}

/// Without the inputs only the number of rows tells the layout, and here it does not.
fn fits_both(outputs: &Matrix, layout: Layout, other: Layout) -> Diagnostic {
    let described = |one: &Layout| {
        let order = if one.second_order { "with" } else { "without" };
        format!("{} {order} second order", output::counted(one.base, "base point"))
    };
    let message = format!(
        "the {} rows of `{}` may be {} or {}; they are read as the first",
        layout.rows(),
        outputs.file,
        described(&layout),
        described(&other)
    );
    Diagnostic::warning(code::TWO_LAYOUTS, message).at(outputs.whole()).hint(format!(
        "write second_order = {} under [sobol] if that is how the sample was made, or give --inputs",
        other.second_order
    ))
}

fn rows_do_not_fit(problem: &Problem, outputs: &Matrix, layout: Layout, other: Layout) -> Diagnostic {
    let (rows, each) = (outputs.rows(), layout.rows_per_point());
    let what = if problem.has_groups() { "group" } else { "input" };
    let order = |layout: &Layout| if layout.second_order { "with second order" } else { "without second order" };
    let message = format!(
        "`{}` has {rows} rows, which is no multiple of {each}: {} {} make {each} rows for each base point",
        outputs.file,
        output::counted(layout.inputs, what),
        order(&layout)
    );
    let mut diagnostic = Diagnostic::error(code::LAYOUT, message).at(outputs.whole());
    if other.rows() == rows && other.base > 0 {
        diagnostic = diagnostic.hint(format!(
            "it would be a base of {} {}: write second_order = {} under [sobol]",
            other.base,
            order(&other),
            other.second_order
        ));
    }
    let (low, high) = powers_of_two_around(layout.base.max(1));
    diagnostic.hint(format!("a base of {low} has {} rows, one of {high} has {}", low * each, high * each))
}

/// A warning with the nearest two, if a base is no power of two.
pub fn no_power_of_two(base: usize) -> Option<Diagnostic> {
    (!base.is_power_of_two()).then(|| {
        let (low, high) = powers_of_two_around(base);
        Diagnostic::warning(code::NO_POWER_OF_TWO, format!("the base of {base} is no power of two"))
            .hint(format!("points of a Sobol' sequence are even at {low} and at {high}"))
    })
}

/// The powers of two below and above.
fn powers_of_two_around(base: usize) -> (usize, usize) {
    let above = (base + 1).next_power_of_two();
    (above / 2, above)
}

fn morris(
    problem: &Problem,
    inputs: &Matrix,
    columns: &[Vec<f64>],
    found: &mut Diagnostics,
) -> Option<(Prepared, Value)> {
    let levels = problem.settings.levels;
    let step = Grid::new(levels)?.step();
    let wrong = |row: usize, message: String, hint: String| {
        Diagnostic::error(code::MISPLACED, message).at(inputs.line(row)).hint(hint)
    };
    let what = if problem.has_groups() { "group" } else { "input" };
    match Morris::new(columns, &problem.groups, step, problem.confidence) {
        Ok(morris) => {
            let bounds = problem.bounds();
            let off = bounds.and_then(|bounds| wrong_step(columns, &problem.groups, &bounds, step));
            if let Some(row) = off {
                let message = format!("the step to row {} is not {step:.4} of the range", row + 1);
                let hint = format!("that is a step on {levels} levels; set `levels` under [morris], or the bounds");
                found.push(wrong(row, message, hint));
            }
            let layout = json!({ "trajectories": morris.trajectories(), "levels": levels });
            Some((Prepared::Morris(morris), layout))
        }
        Err(NoTrajectories::Rows { rows, each }) => {
            let message = format!(
                "`{}` has {rows} rows, which is no multiple of {each}: a trajectory has a row and one more for each of {}",
                inputs.file,
                output::counted(each - 1, what)
            );
            let below = rows / each;
            found.push(Diagnostic::error(code::LAYOUT, message).at(inputs.whole()).hint(format!(
                "{} have {} rows, {} have {}",
                output::counted(below, "trajectory"),
                below * each,
                output::counted(below + 1, "trajectory"),
                (below + 1) * each
            )));
            None
        }
        Err(NoTrajectories::Step { row }) => {
            let message = format!("from row {row} to row {} not one {what} alone is moved", row + 1);
            let hint = "are the rows in the order in which they were made, and the groups those of the sample?";
            found.push(wrong(row, message, hint.to_owned()));
            None
        }
        Err(NoTrajectories::Again { row }) => {
            let message = format!("at row {} an {what} is moved a second time in its trajectory", row + 1);
            let message = message.replace("an group", "a group");
            let hint = "each is moved once in a trajectory; are rows missing before?";
            found.push(wrong(row, message, hint.to_owned()));
            None
        }
    }
}

/// The indices of an output with names; an output that does not vary has none.
fn named(
    problem: &Problem,
    output: &str,
    measures: Result<Vec<SensitivityIndex>, NoIndices>,
    levels: Vec<(IndexKind, f64)>,
) -> Result<OutputIndices, NoIndices> {
    let (varies, measures) = match measures {
        Ok(measures) => (true, measures),
        Err(NoIndices::DoesNotVary) => (false, Vec::new()),
        Err(other) => return Err(other),
    };
    let indices = measures
        .into_iter()
        .map(|one| NamedMeasure {
            index: one.kind,
            of: problem.called(one.of).to_owned(),
            with: one.with.map(|with| problem.called(with).to_owned()),
            value: one.value,
            interval: one.interval,
            resolved: one.resolved,
        })
        .collect();
    let without_influence = levels.into_iter().map(|(index, value)| Level { index, value }).collect();
    Ok(OutputIndices { output: output.to_owned(), varies, indices, without_influence })
}
