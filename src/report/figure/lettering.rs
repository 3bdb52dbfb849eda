//! How much room words take, measured with the bundled font's own advances.

use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};

use super::FigureError;

/// The fonts an SVG asks for, best first. Measured, and drawn in PNG, with the first.
pub(super) const FAMILY: &str = "Noto Sans, Arial, sans-serif";
/// How far letters rise above the baseline, as a share of their size.
pub(super) const ASCENT: f64 = 0.77;
/// How far letters hang below the baseline, as a share of their size.
pub(super) const DESCENT: f64 = 0.24;

/// From one baseline to the next, as a share of the letter size.
const LEADING: f64 = 1.28;

// At this size plotters' glyph scaling (which spans the font's ascent and descent, 1,362 of its 1,000 units to the em)
// gives ten pixels to the font unit, so that whole pixels lose nothing.
const MEASURING_SIZE: f64 = 13_620.0;
const PIXELS_PER_EM: f64 = 10_000.0;

/// A size in points and a weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Face {
    pub size: f64,
    pub bold: bool,
}

impl Face {
    pub fn style(self) -> FontStyle {
        if self.bold { FontStyle::Bold } else { FontStyle::Normal }
    }

    pub fn leading(self) -> f64 {
        self.size * LEADING
    }
}

/// Makes the bundled fonts known to plotters; doing so again changes nothing.
pub(super) fn register() -> Result<(), FigureError> {
    register_font(FAMILY, FontStyle::Normal, notosans::REGULAR_TTF)
        .map_err(|_| FigureError::Font { font: "Noto Sans Regular" })?;
    register_font(FAMILY, FontStyle::Bold, notosans::BOLD_TTF).map_err(|_| FigureError::Font { font: "Noto Sans Bold" })
}

/// The width of a line of text in points.
pub(super) fn width(text: &str, face: Face) -> Result<f64, FigureError> {
    let font = FontDesc::new(FontFamily::Name(FAMILY), MEASURING_SIZE, face.style());
    let ((left, _), (right, _)) = font.layout_box(text).map_err(|_| FigureError::Font { font: "Noto Sans" })?;
    Ok(f64::from(right - left) / PIXELS_PER_EM * face.size)
}

/// The width of the widest of several texts.
pub(super) fn widest<'a>(texts: impl IntoIterator<Item = &'a String>, face: Face) -> Result<f64, FigureError> {
    let mut most: f64 = 0.0;
    for text in texts {
        most = most.max(width(text, face)?);
    }
    Ok(most)
}

/// The text in lines no wider than `available`, broken between words, and within a word only when it alone is wider.
pub(super) fn wrap(text: &str, face: Face, available: f64) -> Result<Vec<String>, FigureError> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in printable(text).split_whitespace() {
        let longer = if line.is_empty() { word.to_string() } else { format!("{line} {word}") };
        if width(&longer, face)? <= available {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for letter in word.chars() {
            let longer = format!("{line}{letter}");
            if !line.is_empty() && width(&longer, face)? > available {
                lines.push(std::mem::take(&mut line));
            }
            line.push(letter);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    Ok(lines)
}

/// The text in as few lines as `wrap` needs, of nearly equal width, so that no lone word is left on the last.
pub(super) fn balanced(text: &str, face: Face, available: f64) -> Result<Vec<String>, FigureError> {
    let mut best = wrap(text, face, available)?;
    let (mut narrow, mut wide) = (available / best.len().max(1) as f64, available);
    // Ten halvings bring the width within a thousandth of the narrowest.
    for _ in 0..10 {
        let middle = (narrow + wide) / 2.0;
        let lines = wrap(text, face, middle)?;
        if lines.len() <= best.len() {
            best = lines;
            wide = middle;
        } else {
            narrow = middle;
        }
    }
    Ok(best)
}

/// The text without characters that XML does not allow.
pub(super) fn printable(text: &str) -> String {
    let replacement = |letter: char| {
        if letter.is_control() || matches!(letter, '\u{FFFE}' | '\u{FFFF}') { ' ' } else { letter }
    };
    text.chars().map(replacement).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::report::figure::style;

    #[test]
    fn ten_digits_are_ten_advances_wide() {
        register().unwrap();
        // A digit of Noto Sans is 572 units of 1,000 wide in both weights.
        let ten = width("0123456789", Face { size: 10.0, bold: false }).unwrap();
        assert!((ten - 57.2).abs() < 0.05, "{ten}");
        let bold = width("0123456789", Face { size: 10.0, bold: true }).unwrap();
        assert!((bold - 57.2).abs() < 0.05, "{bold}");
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        register().unwrap();
        let text =
            "Emergency admissions fall, Pneumonoultramicroscopicsilicovolcanoconiosis included, and calls do not";
        let lines = wrap(text, style::TITLE, 120.0).unwrap();
        assert!(lines.len() > 3);
        for line in &lines {
            assert!(width(line, style::TITLE).unwrap() <= 120.0, "{line}");
        }
        let joined: String = lines.concat();
        assert_eq!(joined.replace(' ', ""), text.replace(' ', ""));
    }

    #[test]
    fn control_characters_become_spaces() {
        assert_eq!(printable("a\u{0}b\nc"), "a b c");
    }
}
