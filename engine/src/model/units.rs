//! Units of measure as written: `GBP/(people*Year)`, `Dmnl`.

use std::collections::BTreeMap;
use std::fmt;

use super::expression::TextRange;

/// The unit field of an equation.
#[derive(Debug, Clone, PartialEq)]
pub struct Units {
    /// As written, without the range.
    pub text: String,
    /// Understood.
    pub expression: UnitExpression,
    /// `[low, high, step]`, a slider's range, if given (`?` is nothing).
    pub range: Option<Vec<Option<f64>>>,
    /// Where it stands.
    pub at: TextRange,
}

impl Units {
    /// Lowest and highest value that the modeller declared sensible.
    pub fn bounds(&self) -> (Option<f64>, Option<f64>) {
        let part = |position: usize| self.range.as_ref().and_then(|range| range.get(position).copied().flatten());
        (part(0), part(1))
    }
}

/// A product of base units to whole powers; empty is dimensionless.
///
/// Kept sorted by name with no zero power, so that equal units are equal values.
/// `Dmnl`, `1`, `dimensionless`, `fraction` and an empty unit field are all the empty product.
#[derive(Debug, Clone, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub struct UnitExpression {
    /// Base unit (lower-case key) and its power.
    pub factors: Vec<(String, i32)>,
}

/// Why a text is no unit, and which bytes of it are to blame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitProblem {
    /// What is wrong, as a clause.
    pub what: String,
    /// Where in the unit's text.
    pub at: TextRange,
}

/// Words that mean no unit at all.
const DIMENSIONLESS: [&str; 5] = ["1", "dmnl", "dimensionless", "fraction", "no units"];

/// Brackets may be nested this deep.
const DEEPEST: usize = 50;

/// Powers beyond this are a slip of the pen.
const GREATEST_POWER: i32 = 1_000;

impl UnitExpression {
    /// No unit.
    pub fn dimensionless() -> Self {
        Self::default()
    }

    /// One base unit, such as `people`.
    pub fn base(name: &str) -> Self {
        let key = key(name);
        if key.is_empty() || DIMENSIONLESS.contains(&key.as_str()) {
            return Self::default();
        }
        Self { factors: vec![(key, 1)] }
    }

    /// Whether nothing is left.
    pub fn is_dimensionless(&self) -> bool {
        self.factors.is_empty()
    }

    /// This unit times another.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        self.joined(other, 1)
    }

    /// This unit divided by another.
    #[must_use]
    pub fn over(&self, other: &Self) -> Self {
        self.joined(other, -1)
    }

    /// This unit to a whole power.
    #[must_use]
    pub fn to_the(&self, power: i32) -> Self {
        Self::default().joined(self, power)
    }

    fn joined(&self, other: &Self, power: i32) -> Self {
        Self::product([(self, 1), (other, power)])
    }

    /// The product of units, each to a power.
    pub fn product<'u>(units: impl IntoIterator<Item = (&'u Self, i32)>) -> Self {
        let mut powers = Powers::default();
        for (unit, power) in units {
            powers.add(unit, power);
        }
        powers.finish()
    }

    /// The unit written as `text`: names joined by `*` and `/` from left to right, brackets, `^` and a whole number.
    ///
    /// # Errors
    /// The first thing in the text that is no unit.
    pub fn parse(text: &str) -> Result<Self, UnitProblem> {
        let mut reader = UnitReader { text, position: 0, depth: 0 };
        if reader.peek().is_none() {
            return Ok(Self::default());
        }
        let unit = reader.product()?;
        match reader.peek() {
            None => Ok(unit),
            Some(')') => Err(reader.problem("`)` closes nothing", 1)),
            Some(other) => Err(reader.problem(&format!("`{other}` has no meaning in a unit"), other.len_utf8())),
        }
    }
}

/// A product that grows factor by factor, however many they are.
#[derive(Default)]
struct Powers {
    of: BTreeMap<String, i32>,
}

impl Powers {
    fn add(&mut self, unit: &UnitExpression, power: i32) {
        for (name, own) in &unit.factors {
            let change = own.saturating_mul(power);
            match self.of.get_mut(name) {
                Some(sum) => *sum = sum.saturating_add(change),
                None => {
                    self.of.insert(name.clone(), change);
                }
            }
        }
    }

    fn finish(self) -> UnitExpression {
        UnitExpression { factors: self.of.into_iter().filter(|(_, power)| *power != 0).collect() }
    }
}

impl fmt::Display for UnitExpression {
    /// As one would write it: `people/(gbp*year^2)`, `Dmnl` for none.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |wanted: fn(i32) -> bool| -> Vec<String> {
            let chosen = self.factors.iter().filter(|(_, power)| wanted(*power));
            chosen
                .map(|(name, power)| match power.unsigned_abs() {
                    1 => name.clone(),
                    power => format!("{name}^{power}"),
                })
                .collect()
        };
        let (above, below) = (side(|power| power > 0), side(|power| power < 0));
        match (above.len(), below.len()) {
            (0, 0) => f.write_str("Dmnl"),
            (0, 1) => write!(f, "1/{}", below.join("*")),
            (0, _) => write!(f, "1/({})", below.join("*")),
            (_, 0) => write!(f, "{}", above.join("*")),
            (_, 1) => write!(f, "{}/{}", above.join("*"), below.join("*")),
            _ => write!(f, "{}/({})", above.join("*"), below.join("*")),
        }
    }
}

/// Units are one whatever their case, and however their words are parted.
fn key(name: &str) -> String {
    name.split(|c: char| c.is_whitespace() || c == '_')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

struct UnitReader<'a> {
    text: &'a str,
    position: usize,
    depth: usize,
}

impl UnitReader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.position..).unwrap_or("")
    }

    /// The next character that is not white space.
    fn peek(&mut self) -> Option<char> {
        let rest = self.rest();
        self.position += rest.len() - rest.trim_start().len();
        self.rest().chars().next()
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.position += wanted.len_utf8();
        }
        found
    }

    fn problem(&self, what: &str, length: usize) -> UnitProblem {
        let end = (self.position + length).min(self.text.len());
        UnitProblem { what: what.to_owned(), at: TextRange { start: self.position, end } }
    }

    fn product(&mut self) -> Result<UnitExpression, UnitProblem> {
        let mut powers = Powers::default();
        powers.add(&self.power()?, 1);
        loop {
            if self.take('*') {
                powers.add(&self.power()?, 1);
            } else if self.take('/') {
                powers.add(&self.power()?, -1);
            } else {
                return Ok(powers.finish());
            }
        }
    }

    fn power(&mut self) -> Result<UnitExpression, UnitProblem> {
        let base = self.factor()?;
        if !self.take('^') {
            return Ok(base);
        }
        let bracket = self.take('(');
        let negative = self.take('-');
        self.peek();
        let digits: String = self.rest().chars().take_while(char::is_ascii_digit).collect();
        let power = digits.parse::<i32>().ok().filter(|power| *power <= GREATEST_POWER);
        let Some(power) = power else {
            return Err(self.problem("a power must be a whole number", digits.len().max(1)));
        };
        self.position += digits.len();
        if bracket && !self.take(')') {
            return Err(self.problem("the `)` of a power is missing", 1));
        }
        Ok(base.to_the(if negative { -power } else { power }))
    }

    fn factor(&mut self) -> Result<UnitExpression, UnitProblem> {
        let opening = self.position;
        if self.take('(') {
            self.depth += 1;
            if self.depth > DEEPEST {
                return Err(self.problem("brackets are nested too deep", 1));
            }
            let unit = self.product()?;
            self.depth -= 1;
            if self.take(')') {
                return Ok(unit);
            }
            let start = self.text.get(opening..).and_then(|rest| rest.find('(')).map_or(opening, |skip| opening + skip);
            return Err(UnitProblem { what: "`(` is not closed".to_owned(), at: TextRange { start, end: start + 1 } });
        }
        self.peek();
        let name: String = self.rest().chars().take_while(|c| is_unit_letter(*c)).collect();
        let tidy = name.trim();
        if tidy.is_empty() {
            return Err(match self.peek() {
                Some(other) => self.problem(&format!("a unit is missing before `{other}`"), other.len_utf8()),
                None => UnitProblem {
                    what: "a unit is missing at the end".to_owned(),
                    at: TextRange {
                        start: self.text.trim_end().len().saturating_sub(1),
                        end: self.text.trim_end().len(),
                    },
                },
            });
        }
        if tidy != "1" && tidy.parse::<f64>().is_ok_and(f64::is_finite) {
            return Err(self.problem(&format!("`{tidy}` is a number, not a unit"), tidy.len()));
        }
        self.position += name.len();
        Ok(UnitExpression::base(tidy))
    }
}

fn is_unit_letter(c: char) -> bool {
    !matches!(
        c,
        '*' | '/'
            | '('
            | ')'
            | '^'
            | '['
            | ']'
            | '{'
            | '}'
            | '='
            | ','
            | ';'
            | '"'
            | '~'
            | '|'
            | '\\'
            | '+'
            | '<'
            | '>'
            | '!'
            | '?'
    )
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use super::UnitExpression;

    fn unit(text: &str) -> UnitExpression {
        UnitExpression::parse(text).unwrap_or_else(|problem| panic!("{text}: {problem:?}"))
    }

    #[test]
    fn different_writings_of_one_unit_are_equal() {
        assert_eq!(unit("people/(Year*GBP)"), unit("People / gbp / YEAR"));
        assert_eq!(unit("m^2"), unit("m*m"));
        assert_eq!(unit("(a/b)^-2"), unit("b*b/(a*a)"));
        assert_eq!(unit("1/Year"), unit("Dmnl/Year"));
        assert_eq!(unit("bed days"), unit("Bed_Days"));
        assert_eq!(unit("£"), unit("£/1"));
    }

    #[test]
    fn no_unit_is_written_in_many_ways() {
        for text in ["", "  ", "1", "Dmnl", "dimensionless", "fraction", "people/people"] {
            assert!(unit(text).is_dimensionless(), "{text}");
        }
    }

    #[test]
    fn what_is_shown_reads_back() {
        for text in ["Dmnl", "people", "1/Year", "1/(gbp*Year)", "a*b^3/(c*d^2)", "people/Year"] {
            assert_eq!(unit(&unit(text).to_string()), unit(text));
        }
        assert_eq!(unit("GBP/Year/people").to_string(), "gbp/(people*year)");
    }

    #[test]
    fn mistakes_are_placed() {
        for (text, start, end) in [
            ("people/", 6, 7),
            ("people*(Year", 7, 8),
            ("m^x", 2, 3),
            ("1000*people", 0, 4),
            ("a)", 1, 2),
            ("a//b", 2, 3),
        ] {
            let problem = UnitExpression::parse(text).expect_err(text);
            assert_eq!((problem.at.start, problem.at.end), (start, end), "{text}: {}", problem.what);
        }
    }
}
