//! Which constant of the model a number is for: `Unit cost[H01]`.

use std::fmt;

use super::name::Name;

/// A constant, or one element of it, as a person writes it: `Unit cost[H01]`, `Emergency admission rate`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    /// The constant.
    pub constant: Name,
    /// Elements, one for each subscript; none for the whole constant.
    pub elements: Vec<Name>,
}

impl Label {
    /// Reads a label; the error says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, MalformedLabel> {
        let text = text.trim();
        let pieces = pieces(text)?;
        let (constant, elements) = pieces.split_first().ok_or(MalformedLabel::NoName)?;
        if constant.key().is_empty() {
            return Err(MalformedLabel::NoName);
        }
        if elements.iter().any(|element| element.key().is_empty()) {
            return Err(MalformedLabel::EmptyElement);
        }
        Ok(Self { constant: constant.clone(), elements: elements.to_vec() })
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.constant.spelling())?;
        if !self.elements.is_empty() {
            let elements: Vec<&str> = self.elements.iter().map(Name::spelling).collect();
            write!(f, "[{}]", elements.join(","))?;
        }
        Ok(())
    }
}

/// Why a text is no label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MalformedLabel {
    /// Nothing stands before the bracket.
    NoName,
    /// Nothing stands between two commas or in the brackets.
    EmptyElement,
    /// A bracket is not closed, or closed and not opened.
    Bracket,
    /// Something stands after the closing bracket.
    Rest,
}

impl fmt::Display for MalformedLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoName => "it names no constant",
            Self::EmptyElement => "an element is empty",
            Self::Bracket => "its brackets do not match",
            Self::Rest => "something stands after its closing bracket",
        })
    }
}

impl std::error::Error for MalformedLabel {}

// The name, then its elements. Brackets and commas inside double quotes belong to a name.
fn pieces(text: &str) -> Result<Vec<Name>, MalformedLabel> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut quoted = false;
    let mut inside = false;
    let mut closed = false;
    for c in text.chars() {
        if c == '"' {
            quoted = !quoted;
        }
        if closed {
            return Err(MalformedLabel::Rest);
        }
        match c {
            '[' if !quoted && !inside => {
                inside = true;
                pieces.push(Name::new(&piece));
                piece.clear();
            }
            '[' if !quoted => return Err(MalformedLabel::Bracket),
            ',' if !quoted && inside => {
                pieces.push(Name::new(&piece));
                piece.clear();
            }
            ']' if !quoted && inside => {
                closed = true;
                pieces.push(Name::new(&piece));
                piece.clear();
            }
            ']' if !quoted => return Err(MalformedLabel::Bracket),
            _ => piece.push(c),
        }
    }
    if inside && !closed {
        return Err(MalformedLabel::Bracket);
    }
    if !inside {
        pieces.push(Name::new(&piece));
    }
    Ok(pieces)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{Label, MalformedLabel};

    #[test]
    fn a_label_reads_and_writes_back() {
        for (text, displayed) in [
            ("Unit cost[H01]", "Unit cost[H01]"),
            ("Relative_risk[H01, Q1 ,A&E attendances]", "Relative risk[H01,Q1,A&E attendances]"),
            ("Births", "Births"),
            ("\"Rate [raw]\"[\"Work, pensions\"]", "Rate [raw][Work, pensions]"),
        ] {
            assert_eq!(Label::parse(text).unwrap().to_string(), displayed);
        }
        assert_eq!(Label::parse("unit_cost[h01]"), Label::parse("Unit cost[H01]"));
    }

    #[test]
    fn what_is_no_label_says_why() {
        for (text, why) in [
            ("[H01]", MalformedLabel::NoName),
            ("", MalformedLabel::NoName),
            ("Unit cost[]", MalformedLabel::EmptyElement),
            ("Unit cost[H01,]", MalformedLabel::EmptyElement),
            ("Unit cost[H01", MalformedLabel::Bracket),
            ("Unit cost]H01", MalformedLabel::Bracket),
            ("Unit cost[H01]x", MalformedLabel::Rest),
        ] {
            assert_eq!(Label::parse(text), Err(why), "{text}");
        }
    }
}
