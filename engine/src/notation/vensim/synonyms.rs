//! Which words are one unit, as the settings behind a model's sketch say.

use crate::model::TextRange;

use super::entries::slice;

/// What a line of the settings begins with that lists words for one unit, `22:Ghectare,Ghectares`.
pub(super) const MARK: &str = "22:";

/// The words of each such line.
pub(super) fn synonyms(text: &str, settings: TextRange) -> Vec<Vec<String>> {
    let lines = slice(text, settings).lines().filter_map(|line| line.trim().strip_prefix(MARK));
    let words = lines.map(|line| {
        line.split(',').map(|word| word.trim().trim_matches('"').to_owned()).filter(|word| !word.is_empty()).collect()
    });
    words.filter(|words: &Vec<String>| words.len() > 1).collect()
}
