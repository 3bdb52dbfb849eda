//! Names as modellers write them: spaces, quotes and any case.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// A name: spelled as written, compared without regard to case, runs of white space, underscores and quotes.
///
/// `"Bed  Occupancy"`, `Bed_occupancy` and `bed occupancy` are one name, as in Vensim.
#[derive(Debug, Clone)]
pub struct Name {
    spelling: String,
    key: String,
}

impl Name {
    /// The name written as `spelling` (surrounding double quotes are not part of it).
    pub fn new(spelling: &str) -> Self {
        let tidy = tidy(spelling);
        let key = tidy.to_lowercase();
        Self { spelling: tidy, key }
    }

    /// As first written, with single spaces and without quotes.
    pub fn spelling(&self) -> &str {
        &self.spelling
    }

    /// Whether it is that of a variable inside a use of a macro, `#Sales>SMOOTHED#`, which Vensim shows to nobody either.
    pub fn is_of_a_macro(&self) -> bool {
        self.spelling.len() > 2 && self.spelling.starts_with('#') && self.spelling.ends_with('#')
    }

    /// The form that names are compared by.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// As it must be typed in a model: in quotes where it holds anything but letters, digits, spaces, `_`, `'` and `$`.
    pub fn quoted(&self) -> Cow<'_, str> {
        let plain = self.spelling.chars().next().is_some_and(|c| c.is_alphabetic() || c == '$')
            && self.spelling.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '\'' | '$'));
        if plain {
            return Cow::Borrowed(&self.spelling);
        }
        Cow::Owned(format!("\"{}\"", self.spelling.replace('\\', "\\\\").replace('"', "\\\"")))
    }
}

fn tidy(spelling: &str) -> String {
    let trimmed = spelling.trim();
    let unquoted = match trimmed.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) => unescaped(inner),
        None => trimmed.to_owned(),
    };
    unquoted
        .split(|c: char| c.is_whitespace() || c == '_')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Inside quotes `\"` is a quote, `\\` a backslash, and a backslash at the end of a line only continues it.
fn unescaped(inner: &str) -> String {
    let mut plain = String::with_capacity(inner.len());
    let mut letters = inner.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, letters.peek()) {
            ('\\', Some('"' | '\\')) => plain.extend(letters.next()),
            ('\\', Some('\n' | '\r')) => {}
            _ => plain.push(letter),
        }
    }
    plain
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.spelling)
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Name {}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.cmp(&other.key)
    }
}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

/// A name with only its letters and digits, in small letters, the rest as single hyphens: `a-e-attendances`.
pub fn hyphenated(name: &str) -> String {
    let words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::{Name, hyphenated};

    #[test]
    fn only_letters_and_digits_of_a_group_count() {
        assert_eq!(hyphenated("A&E attendances"), "a-e-attendances");
        assert_eq!(hyphenated("social, QALY at 25000 GBP"), hyphenated("social-qaly-at-25000-gbp"));
    }

    #[test]
    fn case_space_underscore_and_quotes_do_not_matter() {
        assert_eq!(Name::new("\"Bed  Occupancy\""), Name::new("bed_occupancy"));
    }

    #[test]
    fn what_is_quoted_reads_back() {
        for spelling in ["5 to 17", "a \"b\" c", "back\\slash", "ends\\", "A&E", "it's"] {
            let name = Name { spelling: spelling.to_owned(), key: spelling.to_lowercase() };
            assert_eq!(Name::new(&name.quoted()).spelling(), spelling);
        }
    }

    #[test]
    fn a_name_with_a_sign_is_quoted() {
        assert_eq!(Name::new("A&E attendances").quoted(), "\"A&E attendances\"");
        assert_eq!(Name::new("Births").quoted(), "Births");
    }
}
