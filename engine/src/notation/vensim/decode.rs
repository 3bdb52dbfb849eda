//! From the bytes of a model file to its text.

use std::sync::Arc;

use crate::diagnostic::catalogue::notation as code;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};

/// The text of a model file, which must be UTF-8; a byte order mark at its beginning is left out.
///
/// Nothing is guessed: a pound sign read under the wrong encoding is a different unit.
///
/// # Errors
/// One diagnostic that says which byte is no text, where it stands, and how to convert the file.
pub fn decode(file: &Arc<str>, bytes: &[u8]) -> Result<String, Diagnostics> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let problem = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(text.to_owned()),
        Err(problem) => problem,
    };
    let position = problem.valid_up_to();
    let before = bytes.get(..position).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    let column = String::from_utf8_lossy(before.get(line_start..).unwrap_or_default()).chars().count() + 1;
    let byte = bytes.get(position).copied().unwrap_or_default();
    let message = format!(
        "`{file}` is not UTF-8 text: line {line}, column {column} (byte {position}) holds the byte {byte:#04X}"
    );
    let encoding =
        if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") { "UTF-16" } else { "WINDOWS-1252" };
    let diagnostic = Diagnostic::error(code::NOT_UTF8, message)
        .at(Span::new(file, 0, 0))
        .hint("in Vensim, write `{UTF-8}` as the first line of the model and save it again")
        .hint(format!("or convert it: `iconv -f {encoding} -t UTF-8 old.mdl > new.mdl`"));
    Err(std::iter::once(diagnostic).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::decode;

    #[test]
    fn a_byte_order_mark_is_no_text() {
        assert_eq!(decode(&"a.mdl".into(), b"\xEF\xBB\xBFA = 1 ~~|").unwrap(), "A = 1 ~~|");
    }

    #[test]
    fn another_encoding_is_named_with_its_place() {
        let found = decode(&"a.mdl".into(), b"A = 1 ~~|\nCost = 2 ~ \xA3 ~|").unwrap_err();
        assert!(found.iter().next().unwrap().message.contains("line 2, column 12"), "{found:?}");
        let wide = decode(&"a.mdl".into(), b"\xFF\xFEA\0").unwrap_err();
        assert!(wide.iter().next().unwrap().hints[1].contains("UTF-16"), "{wide:?}");
    }
}
