//! What is uncertain, as people know it: a number, whether there is an effect, or where a common factor lies in its range.

use crate::explain::study::NOT_SWEPT;
use engine::diagnostic::{Diagnostic, Diagnostics};
use engine::model::{Name, Value};

use super::super::experiment::{PointMatrix, Subject};
use super::super::prepare::Study;

/// Something uncertain, draw by draw.
#[derive(Debug, Clone, PartialEq)]
pub struct DecisionInput {
    /// As people read it.
    pub name: String,
    /// The random number behind it.
    pub stream: String,
    /// The programme it belongs to, `common factors` for what several constants share, or whose evidence it is.
    pub group: String,
    /// Its values: the constant's number; the index among `categories`; else the position in its range from 0 to 1.
    pub values: Vec<f64>,
    /// Names of what is not a number: which effects there are, or the two values of a switch. Empty for numbers.
    pub categories: Vec<String>,
    /// Whether `values` are positions in a range.
    pub place_in_range: bool,
}

/// The group of what several constants share.
const SHARED: &str = "common factors";

/// All inputs, in the order of the columns of the matrix.
pub(super) fn inputs(study: &Study, matrix: &PointMatrix, kept: &[usize]) -> Vec<DecisionInput> {
    let uncertain = || study.places.iter().flat_map(|place| &place.uncertain);
    Subject::Study(study)
        .inputs()
        .into_iter()
        .enumerate()
        .map(|(column, input)| {
            let at = |draw: &usize| matrix.row(*draw)[column];
            let owner = uncertain()
                .find(|one| one.streams().any(|stream| stream == input.stream))
                .map_or_else(String::new, |one| one.owner.clone());
            let programme = study.programmes.iter().find(|(id, _, _)| id == &owner);
            let group = match programme {
                Some((id, name, _)) => format!("{id} {name}"),
                None if input.constants.len() > 1 => SHARED.to_owned(),
                None => owner,
            };
            if input.no_effect {
                let chances: Vec<(f64, &str)> = uncertain()
                    .filter_map(|one| Some((one.no_effect.as_ref()?, one.label.as_str())))
                    .filter(|(none, _)| none.stream == input.stream)
                    .map(|(none, label)| (none.probability, label))
                    .collect();
                let effects = Effects::new(&chances);
                let name = match effects.chances.len() {
                    0 | 1 => format!("whether {group} has an effect"),
                    _ => format!("which effects {group} has"),
                };
                let values = kept.iter().map(|draw| effects.at(at(draw))).collect();
                let categories = effects.names;
                return DecisionInput { name, stream: input.stream, group, values, categories, place_in_range: false };
            }
            let alone = match input.constants.as_slice() {
                [_] => uncertain().find(|one| one.stream == input.stream && !one.array),
                _ => None,
            };
            let number = |draw: &usize| match alone.map(|one| one.value(at(draw), 1.0)) {
                Some(Value::Number(number)) => number,
                _ => at(draw),
            };
            let name = match input.constants.as_slice() {
                [one] => one.clone(),
                _ => input.stream.clone(),
            };
            let values: Vec<f64> = kept.iter().map(number).collect();
            let (values, categories) = switch(&values).unwrap_or((values, Vec::new()));
            DecisionInput { name, stream: input.stream, group, values, categories, place_in_range: alone.is_none() }
        })
        .collect()
}

/// What one random number decides of a programme: each effect is there from the number on that is its own chance of being
/// absent, so the number stands for as many states as there are different chances, and one.
struct Effects {
    /// The different chances of no effect, rising.
    chances: Vec<f64>,
    /// The states: no effect, the surest only, and so on to all.
    names: Vec<String>,
}

impl Effects {
    /// From the chance that an effect is absent, and its name.
    fn new(rows: &[(f64, &str)]) -> Self {
        let mut chances: Vec<f64> = rows.iter().map(|(chance, _)| *chance).collect();
        chances.sort_by(f64::total_cmp);
        chances.dedup();
        let some = |most: f64| {
            let mut labels: Vec<&str> = rows.iter().filter(|row| row.0 <= most).map(|(_, label)| *label).collect();
            labels.sort_unstable();
            // Each place has its own row.
            labels.dedup();
            format!("only {}", labels.join(", "))
        };
        let mut names = vec!["no effect".to_owned()];
        names.extend(chances.iter().take(chances.len().saturating_sub(1)).map(|most| some(*most)));
        names.push(if chances.len() > 1 { "all effects" } else { "an effect" }.to_owned());
        Self { chances, names }
    }

    /// The state where the random number is `point`.
    fn at(&self, point: f64) -> f64 {
        self.chances.iter().filter(|chance| point >= **chance).count() as f64
    }
}

/// Fewer draws than this may show two values of a number by accident.
const DRAWS_OF_A_SWITCH: usize = 20;

/// What takes two values only is a switch: the index of each draw's value among both, and their names.
fn switch(values: &[f64]) -> Option<(Vec<f64>, Vec<String>)> {
    let first = values.first()?;
    let other = values.iter().find(|value| *value != first)?;
    let sound = values.len() >= DRAWS_OF_A_SWITCH && values.iter().all(|value| value == first || value == other);
    let (low, high) = (first.min(*other), first.max(*other));
    let indicators = || values.iter().map(|value| f64::from(u8::from(*value == high))).collect();
    sound.then(|| (indicators(), [low, high].map(|value| value.to_string()).to_vec()))
}

/// Where the deep uncertainties of the scenario stand among the inputs.
pub(super) fn deep(study: &Study, inputs: &[DecisionInput]) -> Result<Vec<usize>, Diagnostics> {
    let mut found = Diagnostics::new();
    let mut indices = Vec::new();
    for named in study.scenario.decide.iter().flat_map(|decide| &decide.deep) {
        let wanted = Name::new(&named.value);
        let same = |input: &DecisionInput| Name::new(&input.name) == wanted || Name::new(&input.stream) == wanted;
        match inputs.iter().position(same) {
            Some(at) if indices.contains(&at) => {}
            Some(at) => indices.push(at),
            None => {
                let message = format!("`{}` is not uncertain in this study", named.value);
                let unknown = Diagnostic::error(NOT_SWEPT, message).at(named.span.clone());
                let known = inputs.iter().flat_map(|input| [input.name.as_str(), input.stream.as_str()]);
                let unknown = unknown.did_you_mean(&named.value, known);
                found.push(unknown.hint("`information.csv` of a decision lists all that is uncertain"));
            }
        }
    }
    if found.is_empty() { Ok(indices) } else { Err(found) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{Effects, switch};
    use crate::sensitivity::decision::{Consequences, information_about_each, perfect_information};
    use engine::sampling::uniform;

    /// Two effects of a programme, absent with chances 0.2 and 0.5 by one random number. Below 0.2 the plan loses 1.2, below
    /// 0.5 it loses 0.2, above it gains 0.8: on average 0.1, and 0.5 * 0.8 = 0.4 for one who knows the number. So it is worth
    /// 0.3 to know, all there is to know. Who took the smaller chance for both would find 0.24.
    #[test]
    fn a_random_number_of_two_chances_is_three_states() {
        let effects = Effects::new(&[(0.5, "B"), (0.2, "A"), (0.5, "C"), (0.2, "A")]);
        assert_eq!(effects.names, ["no effect", "only A", "all effects"]);
        assert_eq!([0.1, 0.2, 0.49, 0.5].map(|point| effects.at(point)), [0.0, 1.0, 1.0, 2.0]);
        let points: Vec<f64> = (0..10_000).map(|draw| uniform(4, draw, "no effect")).collect();
        let benefit = |u: &f64| f64::from(u8::from(*u >= 0.2)) + f64::from(u8::from(*u >= 0.5)) - 1.2;
        let benefits = [vec![0.0; points.len()], points.iter().map(benefit).collect()];
        let consequences = Consequences::of_benefits(&benefits).unwrap();
        let states = vec![points.iter().map(|point| effects.at(*point)).collect::<Vec<f64>>()];
        let one = information_about_each(&consequences, &states, &[0.0]).unwrap()[0][0];
        let all = perfect_information(&consequences, &[0.0])[0];
        assert!((one.value.value - 0.3).abs() < 0.01 && one.is_resolved(), "{one:?}");
        assert!((one.value.value - all.value.value).abs() < 1e-9, "{one:?} {all:?}");
    }

    #[test]
    fn one_chance_is_whether_there_is_an_effect_and_two_values_are_a_switch() {
        assert_eq!(Effects::new(&[(0.3, "A"), (0.3, "B")]).names, ["no effect", "an effect"]);
        let values: Vec<f64> = (0..20).map(|i| if i % 3 == 0 { 0.5 } else { -1.0 }).collect();
        let (indicators, names) = switch(&values).unwrap();
        assert_eq!((indicators[0], indicators[1], names), (1.0, 0.0, vec!["-1".to_owned(), "0.5".to_owned()]));
        assert!(switch(&[1.0; 20]).is_none() && switch(&values[..10]).is_none());
        assert!(switch(&(0..20).map(f64::from).collect::<Vec<f64>>()).is_none());
    }
}
