//! Columns of text for a terminal of 100 columns, each cell broken within its own width.

/// How wide a terminal is taken to be.
pub const WIDTH: usize = 100;

const GAP: usize = 2;

/// One column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// What stands above it.
    pub head: &'static str,
    /// Letters in it at the most.
    pub width: usize,
    /// Whether it is set to the right, as numbers are.
    pub right: bool,
}

/// A column of words.
pub const fn words(head: &'static str, width: usize) -> Column {
    Column { head, width, right: false }
}

/// A column of numbers.
pub const fn numbers(head: &'static str, width: usize) -> Column {
    Column { head, width, right: true }
}

/// The heads of the columns on one line, or on as many as their words need.
pub fn heads(columns: &[Column]) -> String {
    row(columns, &columns.iter().map(|column| column.head.to_owned()).collect::<Vec<_>>())
}

/// One row of cells, on as many lines as the longest cell needs.
pub fn row(columns: &[Column], cells: &[String]) -> String {
    let broken: Vec<Vec<String>> = columns.iter().zip(cells).map(|(column, cell)| broken(cell, column.width)).collect();
    let height = broken.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let mut text = String::new();
    for place in 0..height {
        let mut line = String::new();
        for (column, cell) in columns.iter().zip(&broken) {
            let part = cell.get(place).map_or("", String::as_str);
            let space = " ".repeat(column.width.saturating_sub(part.chars().count()));
            let (before, after) = if column.right { (space.as_str(), "") } else { ("", space.as_str()) };
            line.push_str(&format!("{before}{part}{after}{}", " ".repeat(GAP)));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// A paragraph after a heading in the margin, `Heading    text`; nothing where there is no text.
pub fn entry(heading: &str, text: &str, margin: usize) -> String {
    if text.trim().is_empty() {
        return String::new();
    }
    let columns = [words("", margin), words("", WIDTH - margin - GAP)];
    row(&columns, &[heading.to_owned(), text.to_owned()])
}

/// A paragraph as wide as the terminal.
pub fn paragraph(text: &str) -> String {
    row(&[words("", WIDTH)], &[text.to_owned()])
}

/// The text in lines of at most `width` letters, broken at spaces; a longer word after a hyphen, or where it must be.
fn broken(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let joined = line.chars().count() + usize::from(!line.is_empty()) + word.chars().count();
        if !line.is_empty() && joined > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        while line.chars().count() > width {
            let rest = line.split_off(place_to_break(&line, width));
            lines.push(std::mem::replace(&mut line, rest));
        }
    }
    lines.push(line);
    lines
}

/// Where a word that is longer than `width` letters is broken.
fn place_to_break(word: &str, width: usize) -> usize {
    let most = word.char_indices().nth(width.max(1)).map_or(word.len(), |(place, _)| place);
    match word[..most].rfind(['-', '/', ',']) {
        Some(hyphen) if hyphen > 0 => hyphen + 1,
        _ => most,
    }
}

#[cfg(test)]
mod tests {
    use super::{broken, numbers, row, words};

    #[test]
    fn words_that_are_too_long_are_broken_after_a_hyphen() {
        assert_eq!(broken("lancashire-south-cumbria", 12), ["lancashire-", "south-", "cumbria"]);
        assert_eq!(broken("one two three", 7), ["one two", "three"]);
        assert_eq!(broken("£££££", 2), ["££", "££", "£"]);
        assert_eq!(broken("", 5), [""]);
    }

    #[test]
    fn cells_stand_in_their_columns() {
        let columns = [words("", 4), numbers("", 5)];
        assert_eq!(row(&columns, &["a b c".to_owned(), "12".to_owned()]), "a b      12\nc\n");
    }
}
