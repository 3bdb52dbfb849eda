//! Texts that are models, but not in Vensim's text format.

use std::sync::Arc;

use crate::diagnostic::catalogue::notation as code;
use crate::diagnostic::{Diagnostic, Span};

/// What is wrong with a text that is XML: an equation never begins with `<`.
pub(super) fn foreign(file: &Arc<str>, text: &str) -> Option<Diagnostic> {
    let start = text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').len();
    let rest = text.get(start..).unwrap_or("");
    if !is_xml(rest) {
        return None;
    }
    let head: String = rest.chars().take(2_000).collect::<String>().to_lowercase();
    let what = if head.contains("<xmile") { "XMILE, the XML of Stella and others" } else { "XML" };
    let line = rest.lines().next().unwrap_or("").trim_end();
    Some(
        Diagnostic::error(code::XML, format!("`{file}` is {what}; models are read in Vensim's text format (.mdl)"))
            .at(Span::new(file, start, start + line.len().min(60)))
            .hint("open it in Vensim, or in a program that writes Vensim's text, and save it as .mdl"),
    )
}

/// Whether a text begins as XML does.
fn is_xml(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('<') else { return false };
    rest.starts_with(['?', '!']) || rest.starts_with(|c: char| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::is_xml;

    #[test]
    fn an_equation_is_no_xml() {
        for (text, wanted) in
            [("<?xml version=\"1.0\"?>", true), ("<xmile>", true), ("{UTF-8}\na=1~~|", false), ("<-> b", false)]
        {
            assert_eq!(is_xml(text), wanted, "{text}");
        }
    }
}
