//! Names as cells of a table that a spreadsheet may open.

use std::borrow::Cow;

/// The text as a cell. A spreadsheet computes what begins with `=`, `+`, `-` or `@`, or with a tab or a return before such a sign, even
/// where it is somebody's name; an apostrophe before it makes it text. So OWASP advises on CSV injection. Numbers stay.
pub fn cell(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err() {
        return Cow::Owned(format!("'{text}"));
    }
    Cow::Borrowed(text)
}

/// What a cell says: the text without the apostrophe that [`cell`] gave it.
pub fn read_cell(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| self::cell(text).len() != text.len()).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::{cell, read_cell};

    #[test]
    fn a_name_is_no_formula_and_a_number_stays_one() {
        assert_eq!(cell("=HYPERLINK(\"http://evil\")"), "'=HYPERLINK(\"http://evil\")");
        for formula in ["+1+1 cmd", "-A1", "@SUM(A1)", "\t=1"] {
            assert_eq!(cell(formula), format!("'{formula}"));
            assert_eq!(read_cell(&cell(formula)), formula);
        }
        for plain in ["-0.5", "+2", "-1e-7", "", "Cash", "a=b", "'quoted'"] {
            assert_eq!((&*cell(plain), read_cell(plain)), (plain, plain));
        }
    }
}
