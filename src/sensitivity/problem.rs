//! The problem file: which inputs were varied, between which bounds and in which groups, and how the sample is laid out.

use std::fmt::Write;
use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::evidence::document::{Codes, Fields, Reading, text, wrong_kind};
use crate::explain::sensitivity as code;
use engine::diagnostic::{Diagnostics, Span, nearest};

use super::{Confidence, Groups};

/// The codes under which a problem file reports what can be wrong with any TOML file. No key takes one of a few words or an id.
const CODES: Codes = Codes {
    not_toml: code::NOT_TOML,
    unknown_key: code::UNKNOWN_KEY,
    missing_key: code::MISSING_KEY,
    wrong_kind: code::WRONG_KIND,
    unknown_schema: code::UNKNOWN_SCHEMA,
    not_finite: code::NOT_FINITE,
    unknown_word: code::WRONG_KIND,
    repeated: code::WRITTEN_TWICE,
    hidden: code::WRONG_KIND,
    no_word: code::WRONG_KIND,
};

/// What a sample varies, and how it is to be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// The inputs in their order.
    pub inputs: Vec<Input>,
    /// The names of groups, in the order of their first inputs; an input alone has its own name.
    pub group_names: Vec<String>,
    /// Which inputs move together.
    pub groups: Groups,
    /// Where `[groups]` stands, if there is one.
    pub groups_span: Option<Span>,
    /// How samples of each method are laid out and cut.
    pub settings: Settings,
    /// Whether second order is said, or only what is usual.
    pub second_order_said: bool,
    /// How intervals are made and judged. Its seed is that of samples too.
    pub confidence: Confidence,
}

/// One input.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// Its name.
    pub name: String,
    /// Low and high end, if known.
    pub bounds: Option<[f64; 2]>,
    /// Where it stands.
    pub span: Span,
}

/// How samples of each method are laid out and cut; what a problem file leaves out is as in SALib.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// sobol: whether the sample has the rows for second order.
    pub second_order: bool,
    /// morris: levels of the grid.
    pub levels: usize,
    /// morris: how many trajectories are drawn to choose from; none are chosen if they are no more than wanted.
    pub candidates: usize,
    /// efast: multiples of a frequency that count as its input's own.
    pub interference: usize,
    /// efast: curves for each input.
    pub curves: usize,
    /// rbd-fast: frequencies that count as the input's own.
    pub harmonics: usize,
    /// pawn: slices of each input.
    pub slices: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { second_order: true, levels: 4, candidates: 1, interference: 4, curves: 1, harmonics: 10, slices: 10 }
    }
}

/// More resamples than this are a slip of the pen.
const MOST_RESAMPLES: i64 = 100_000;
/// More levels, slices and so on than this are too.
const MOST: i64 = 1_000_000;

impl Problem {
    /// Reads a problem file.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(file: &Arc<str>, content: &str) -> Result<(Problem, Diagnostics), Diagnostics> {
        let mut reading = Reading::new(file, &CODES);
        let problem = read(&mut reading, content);
        let found = reading.finish();
        match problem {
            Some(problem) => found.into_result(problem),
            None => Err(found),
        }
    }

    /// The problem file that is read as this.
    pub fn text(&self) -> String {
        // What JSON quotes is a text of TOML too.
        let quoted = |name: &str| serde_json::to_string(name).expect("a name is plain text");
        let mut text = format!("schema = 1\nseed = {}\n\n", self.confidence.seed);
        let Confidence { level, resamples, narrow, .. } = self.confidence;
        let Settings { second_order, levels, slices, harmonics, .. } = self.settings;
        let _ = write!(text, "[confidence]\nlevel = {level}\nresamples = {resamples}\nnarrow = {narrow}\n\n");
        let _ = write!(text, "[sobol]\nsecond_order = {second_order}\n\n[morris]\nlevels = {levels}\n\n");
        let _ = write!(text, "[pawn]\nslices = {slices}\n\n[rbd-fast]\nharmonics = {harmonics}\n");
        if self.has_groups() {
            text.push_str("\n[groups]\n");
            for (group, name) in self.group_names.iter().enumerate().filter(|(group, _)| self.groups.size(*group) > 1) {
                let members = (0..self.inputs.len()).filter(|input| self.groups.of(*input) == group);
                let members: Vec<String> = members.map(|input| quoted(&self.inputs[input].name)).collect();
                let _ = writeln!(text, "{} = [{}]", quoted(name), members.join(", "));
            }
        }
        for input in &self.inputs {
            let _ = write!(text, "\n[[input]]\nname = {}\n", quoted(&input.name));
            if let Some([low, high]) = input.bounds {
                let _ = write!(text, "low = {low}\nhigh = {high}\n");
            }
        }
        text
    }

    /// How the input is called that an index is of, given its index: with groups, the group's name.
    pub fn called(&self, of: usize) -> &str {
        &self.group_names[of]
    }

    /// Whether any group holds more than one input.
    pub fn has_groups(&self) -> bool {
        self.groups.count() < self.inputs.len()
    }

    /// The bounds of all inputs, if all have some.
    pub fn bounds(&self) -> Option<Vec<[f64; 2]>> {
        self.inputs.iter().map(|input| input.bounds).collect()
    }
}

fn read(reading: &mut Reading, content: &str) -> Option<Problem> {
    let root = reading.parse(content)?;
    let mut fields = Fields::new(&root, reading.span(0..0), "the problem");
    fields.schema(reading);
    let inputs = read_inputs(reading, &mut fields);
    let groups_span = fields.key_span(reading, "groups");
    let named = fields.table(reading, "groups", "`groups`").map(|groups| read_groups(reading, &groups, &inputs));
    let mut settings = Settings::default();
    let mut confidence = Confidence::default();
    if let Some(seed) = within(reading, &mut fields, "seed", 0..=i64::MAX, "seed = 1, a whole number, not negative") {
        confidence.seed = seed.unsigned_abs();
    }
    let second_order_said = read_settings(reading, &mut fields, &mut settings);
    if let Some(fields) = fields.table(reading, "confidence", "`confidence`") {
        read_confidence(reading, fields, &mut confidence);
    }
    fields.finish(reading);
    let (group_names, groups) = grouped(&inputs, &named.unwrap_or_default());
    let some = !inputs.is_empty();
    some.then_some(Problem { inputs, group_names, groups, groups_span, settings, second_order_said, confidence })
}

fn read_inputs(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> Vec<Input> {
    fields.need(reading, "input", "[[input]] with name, low and high, once for each input");
    let mut inputs: Vec<Input> = Vec::new();
    for mut fields in fields.tables(reading, "input", "the input") {
        let name = fields.needed_text(reading, "name", "name = \"wage growth\"");
        let (low, high) = (fields.number(reading, "low"), fields.number(reading, "high"));
        let bounds = match (&low, &high) {
            (Some(low), Some(high)) if low.value >= high.value => {
                let message = format!("`low` is {}, which is not below `high`, {}", low.value, high.value);
                let hint =
                    if low.value > high.value { "exchange the two" } else { "an input that cannot vary is none" };
                reading.error(code::BOUNDS, low.span.clone(), message).hint(hint);
                None
            }
            (Some(low), Some(high)) => Some([low.value, high.value]),
            (None, None) => None,
            (Some(one), None) | (None, Some(one)) => {
                let (there, missing) = if low.is_some() { ("low", "high") } else { ("high", "low") };
                // A bound that is there and no number has its own complaint.
                if !fields.has(missing) {
                    let message = format!("the input has `{there}` and no `{missing}`");
                    reading.error(code::BOUNDS, one.span.clone(), message).hint("write both, or neither");
                }
                None
            }
        };
        fields.finish(reading);
        let Some(name) = name else { continue };
        let trimmed = name.value.trim().to_owned();
        if inputs.iter().any(|earlier| earlier.name == trimmed) {
            reading
                .error(code::WRITTEN_TWICE, name.span.clone(), format!("two inputs are called `{trimmed}`"))
                .hint("give one of them another name");
        }
        inputs.push(Input { name: trimmed, bounds, span: name.span });
    }
    inputs
}

/// Each group's name and the indices of its inputs.
fn read_groups(reading: &mut Reading, fields: &Fields<'_, '_>, inputs: &[Input]) -> Vec<(String, Vec<usize>)> {
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    for (key, value) in fields.entries() {
        let name = key.get_ref().as_ref().trim().to_owned();
        let mut members = Vec::new();
        let Some(items) = value.get_ref().as_array() else {
            wrong_kind(reading, value, &format!("the group `{name}`"), "a list of names of inputs", value.get_ref());
            continue;
        };
        for item in items.iter() {
            let Some(member) = text(reading, item, &format!("each of `{name}`")) else {
                continue;
            };
            let wanted = member.value.trim();
            let Some(index) = inputs.iter().position(|input| input.name == wanted) else {
                reading.error(
                    code::GROUPS,
                    member.span,
                    format!("the group `{name}` names `{wanted}`, which is no input"),
                );
                match nearest(wanted, inputs.iter().map(|input| input.name.as_str())) {
                    Some(near) => reading.hint(format!("did you mean `{near}`?")),
                    None => reading.hint("write names as they stand under [[input]]"),
                }
                continue;
            };
            let other = groups.iter().find(|(_, others)| others.contains(&index)).map(|(other, _)| other.as_str());
            if let Some(other) = other.or(members.contains(&index).then_some(name.as_str())) {
                let message = format!("`{wanted}` is in the group `{other}` already");
                reading.error(code::GROUPS, member.span, message).hint("an input is in one group at most");
                continue;
            }
            members.push(index);
        }
        if items.is_empty() {
            reading
                .error(code::GROUPS, reading.span(value.span()), format!("the group `{name}` names no input"))
                .hint("write a list of names, or take the group out");
        }
        if inputs.iter().enumerate().any(|(index, input)| input.name == name && !members.contains(&index)) {
            let message = format!("the group `{name}` has the name of an input that is not in it");
            reading.error(code::GROUPS, reading.span(key.span()), message).hint("give the group another name");
        }
        groups.push((name, members));
    }
    groups
}

/// Names and numbers of the groups, in the order of their first inputs.
fn grouped(inputs: &[Input], named: &[(String, Vec<usize>)]) -> (Vec<String>, Groups) {
    let mut names: Vec<String> = Vec::new();
    let mut of_input = Vec::with_capacity(inputs.len());
    for (index, input) in inputs.iter().enumerate() {
        let name = named.iter().find(|(_, members)| members.contains(&index)).map_or(&input.name, |(name, _)| name);
        let group = names.iter().position(|known| known == name).unwrap_or_else(|| {
            names.push(name.clone());
            names.len() - 1
        });
        of_input.push(group);
    }
    (names, Groups::new(of_input).unwrap_or(Groups::single(inputs.len())))
}

/// Whether second order is said, beside the settings that are.
fn read_settings(reading: &mut Reading, fields: &mut Fields<'_, '_>, settings: &mut Settings) -> bool {
    let mut said = false;
    if let Some(mut fields) = fields.table(reading, "sobol", "`sobol`") {
        if let Some(second_order) = fields.truth(reading, "second_order") {
            settings.second_order = second_order.value;
            said = true;
        }
        fields.finish(reading);
    }
    if let Some(mut fields) = fields.table(reading, "morris", "`morris`") {
        let hint = "levels = 4, an even number of 2 or more";
        let at = fields.key_span(reading, "levels");
        set(&mut settings.levels, within(reading, &mut fields, "levels", 2..=MOST, hint));
        if let (Some(at), false) = (at, settings.levels.is_multiple_of(2)) {
            let message = format!("`levels` is {}, an odd number", settings.levels);
            reading.error(code::OUT_OF_RANGE, at, message).hint(format!("write {hint}"));
        }
        let hint = "candidates = 500, how many trajectories to choose from";
        set(&mut settings.candidates, within(reading, &mut fields, "candidates", 1..=10_000, hint));
        fields.finish(reading);
    }
    if let Some(mut fields) = fields.table(reading, "efast", "`efast`") {
        let hint = "interference = 4, from 1 to 100";
        set(&mut settings.interference, within(reading, &mut fields, "interference", 1..=100, hint));
        let hint = "curves = 5, at least 1; 2 are needed for intervals";
        set(&mut settings.curves, within(reading, &mut fields, "curves", 1..=MOST, hint));
        fields.finish(reading);
    }
    if let Some(mut fields) = fields.table(reading, "rbd-fast", "`rbd-fast`") {
        let hint = "harmonics = 10, at least 1";
        set(&mut settings.harmonics, within(reading, &mut fields, "harmonics", 1..=MOST, hint));
        fields.finish(reading);
    }
    if let Some(mut fields) = fields.table(reading, "pawn", "`pawn`") {
        let hint = "slices = 10, at least 2";
        set(&mut settings.slices, within(reading, &mut fields, "slices", 2..=MOST, hint));
        fields.finish(reading);
    }
    said
}

fn set(setting: &mut usize, written: Option<i64>) {
    if let Some(number) = written.and_then(|number| usize::try_from(number).ok()) {
        *setting = number;
    }
}

fn read_confidence(reading: &mut Reading, mut fields: Fields<'_, '_>, confidence: &mut Confidence) {
    if let Some(level) = fields.number(reading, "level") {
        confidence.level = level.value;
        if level.value <= 0.0 || level.value >= 1.0 {
            reading
                .error(code::OUT_OF_RANGE, level.span, format!("`level` is {}", level.value))
                .hint("write a part of one between 0 and 1: 0.95 for 95 %");
        }
    }
    let hint = "resamples = 100, from 0 (no intervals) to 100000";
    set(&mut confidence.resamples, within(reading, &mut fields, "resamples", 0..=MOST_RESAMPLES, hint));
    if let Some(narrow) = fields.number(reading, "narrow") {
        confidence.narrow = narrow.value;
        if narrow.value <= 0.0 {
            reading
                .error(code::OUT_OF_RANGE, narrow.span, format!("`narrow` is {}", narrow.value))
                .hint("write the widest interval that counts as resolved: 0.1 for a tenth of the scale");
        }
    }
    fields.finish(reading);
}

fn within(
    reading: &mut Reading,
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    range: RangeInclusive<i64>,
    hint: &str,
) -> Option<i64> {
    let number = fields.whole(reading, key)?;
    if range.contains(&number.value) {
        return Some(number.value);
    }
    reading
        .error(code::OUT_OF_RANGE, number.span, format!("`{key}` is {}", number.value))
        .hint(format!("write {hint}"));
    None
}
