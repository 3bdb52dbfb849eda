//! Letters that nobody sees and that do something: they steer a terminal, or turn the order of a line.

use std::borrow::Cow;

/// Whether a letter is a control character or one that changes the order in which others are shown. Line feeds and tabs are too.
pub fn is_hidden(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text with `\u{fffd}` for hidden letters, so that a terminal shows it and does not obey it; lines and tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_obeyed) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|letter| if is_obeyed(letter) { '\u{fffd}' } else { letter }).collect())
}

/// The same with letters of the same length in bytes, so that positions in the text stay what they are.
pub(super) fn visible_of_same_length(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_obeyed) {
        return Cow::Borrowed(text);
    }
    let replacement = |letter: char| match letter.len_utf8() {
        _ if !is_obeyed(letter) => letter,
        1 => '?',
        2 => '\u{b7}',
        _ => '\u{fffd}',
    };
    Cow::Owned(text.chars().map(replacement).collect())
}

fn is_obeyed(letter: char) -> bool {
    is_hidden(letter) && !matches!(letter, '\n' | '\t')
}

#[cfg(test)]
mod tests {
    use super::{visible, visible_of_same_length};

    #[test]
    fn a_terminal_is_shown_what_it_would_have_obeyed() {
        assert_eq!(visible("a\u{1b}[31mred\u{9b}2J\u{202e}\n\tb"), "a\u{fffd}[31mred\u{fffd}2J\u{fffd}\n\tb");
        let text = "a\u{1b}\u{9b}\u{202e}b";
        assert_eq!(visible_of_same_length(text), "a?\u{b7}\u{fffd}b");
        assert_eq!(visible_of_same_length(text).len(), text.len());
        assert_eq!(visible("plain, with £ and é"), "plain, with £ and é");
    }
}
