//! The integration method that is saved in the settings behind a model's sketch.

use crate::model::{SavedIntegration, SavedMethod, TextRange};

/// Where the sketch ends and the settings begin.
const SETTINGS: &str = "///---\\\\\\";

/// What the line begins with, `15:0,0,0,1,0,0`; the fourth number is the method.
pub(super) const MARK: &str = "15:";

/// The method, if the text has settings that name one.
pub(super) fn integration(text: &str) -> Option<SavedIntegration> {
    let mut start = text.find(&format!("\n{SETTINGS}"))? + 1;
    for line in text.get(start..)?.split_inclusive('\n') {
        let written = line.trim_end();
        if let Some(numbers) = written.strip_prefix(MARK)
            && let Some(Ok(number)) = numbers.split(',').nth(3).map(|number| number.trim().parse())
        {
            let at = TextRange { start, end: start + written.len() };
            return Some(SavedIntegration { method: SavedMethod::numbered(number), at });
        }
        start += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::integration;
    use crate::model::SavedMethod;

    #[test]
    fn the_fourth_number_of_the_settings_is_the_method() {
        let text =
            "x = 1 ~~|\n15:0,0,0,5\n\\\\\\---/// Sketch\n15,1,2\n///---\\\\\\\n:L<%^E!@\n22:a,b\r\n15:0,0,0,1,0,0\r\n";
        let found = integration(text).map(|found| (found.method, &text[found.at.start..found.at.end]));
        assert_eq!(found, Some((SavedMethod::RungeKutta4Auto, "15:0,0,0,1,0,0")));
        assert_eq!(integration("x = 1 ~~|\n15:0,0,0,1,0,0\n"), None);
        assert_eq!(integration("///---\\\\\\\n"), None);
        assert!((0..9).all(|number| SavedMethod::numbered(number).number() == number));
    }
}
