//! The pages of what can be wrong with a text or an id in any file that a person writes.

use engine::diagnostic::{Code, Page};

/// A control character in a text.
pub(super) const fn hidden_letter(code: Code) -> Page {
    Page {
        code,
        title: "A control character in a text",
        meaning: "Control characters, and those that turn the order in which letters are shown, are seen by nobody. A terminal obeys \
                  them, and workbooks and pages break by them. Texts may be in several lines; names are in one.",
        example: "name = \"Warm homes\\u001b[2J\"",
        remedy: "Take the character out. The place that is pointed at is the text that holds it.",
    }
}

/// An id that is no plain word.
pub(super) const fn no_word(code: Code) -> Page {
    Page {
        code,
        title: "An id that is no plain word",
        meaning: "Files, columns and links are named after ids. So an id is of letters, digits, hyphens and underscores, begins \
                  with a letter or a digit, and has 64 letters at most. What people read is `name`, which may be longer.",
        example: "id = \"from growth/2025\"",
        remedy: "Write it with hyphens: id = \"from-growth-2025\".",
    }
}
