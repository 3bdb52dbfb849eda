//! What is said to the person: results on standard output, everything else on standard error.

use std::io::{self, Write};

use serde::Serialize;

use engine::diagnostic::{Diagnostic, Diagnostics, Severity, Sources, render_json, render_text, visible};

use super::Failure;
use super::arguments::Format;
use super::not_written;

/// Writes a result to standard output, without what a terminal would obey. A reader that has gone away (`wellspring ... | head`) is no error.
///
/// # Errors
/// Standard output is a full disk or the like.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(visible(text).as_bytes()).and_then(|()| out.flush()) {
        Err(problem) if problem.kind() != io::ErrorKind::BrokenPipe => {
            Err(not_written::problem_with("standard output", &problem).into())
        }
        _ => Ok(()),
    }
}

/// A result for programs, as JSON with a line feed at its end.
pub fn json(result: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(result).expect("results are plain words and numbers");
    text.push('\n');
    text
}

/// Says something on standard error.
pub fn remark(text: &str) {
    // There is nowhere left to complain to, so a failure to complain is let go.
    let _ = writeln!(anstream::stderr().lock(), "{}", visible(text));
}

/// Shows what is wrong on standard error, in colour where the terminal has it and NO_COLOR is not set.
pub fn complain(found: &Diagnostics, sources: &Sources) {
    if found.is_empty() {
        return;
    }
    let text = render_text(found, sources, true);
    let _ = write!(anstream::stderr().lock(), "{text}");
}

/// Shows what was found on standard error: to people as [`complain`] does, to programs as an array in JSON.
pub fn tell(found: &Diagnostics, sources: &Sources, format: Format) {
    match format {
        Format::Text => complain(found, sources),
        Format::Json if found.is_empty() => {}
        Format::Json => remark(&render_json(found, sources)),
    }
}

/// "2 errors and 1 warning", or "no problems".
pub fn tally<'d>(found: impl IntoIterator<Item = &'d Diagnostic>) -> String {
    let (mut errors, mut warnings) = (0, 0);
    for diagnostic in found {
        match diagnostic.severity {
            Severity::Error => errors += 1,
            Severity::Warning => warnings += 1,
        }
    }
    match (errors, warnings) {
        (0, 0) => "no problems".to_owned(),
        (_, 0) => count(errors, "error"),
        (0, _) => count(warnings, "warning"),
        _ => format!("{} and {}", count(errors, "error"), count(warnings, "warning")),
    }
}

/// "1 file", "2 files".
pub fn count(number: usize, noun: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{s}")
}

/// The text in lines of at most `width` letters, broken at spaces; line breaks in it stay.
pub fn wrapped(text: &str, width: usize) -> String {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn a_line_is_broken_before_the_word_that_is_too_much() {
        assert_eq!(wrapped("one two three\nfour", 7), "one two\nthree\nfour");
        assert_eq!(wrapped("unbreakable", 3), "unbreakable");
    }
}
