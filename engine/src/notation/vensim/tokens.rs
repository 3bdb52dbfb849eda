//! An equation's text parted into names, numbers and signs.

use std::sync::Arc;

use crate::diagnostic::catalogue::notation as code;
use crate::diagnostic::{Diagnostic, Diagnostics, Span, is_hidden};
use crate::model::TextRange;

use super::entries::{brace_end, quote_end};

/// What Vensim computes with for `:NA:`, -2^109.
pub(super) const NOT_AVAILABLE: f64 = -649_037_107_316_853_453_566_312_041_152_512.0;

/// One name, number or sign, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands.
    pub at: TextRange,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum TokenKind {
    /// A name, in quotes or plain.
    Name { quoted: bool },
    /// A number without sign.
    Number(f64),
    /// A text in single quotes, such as a file's name.
    Text,
    /// One of Vensim's words between colons that is no operator, `:RAW:`.
    Keyword,
    /// A sign of the language.
    Sign(Sign),
}

/// The signs of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(super) enum Sign {
    Plus,
    Minus,
    Times,
    Over,
    Power,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    And,
    Or,
    Not,
    NotAvailable,
    Except,
    EqualEqual,
    ColonEqual,
    Colon,
    Arrow,
    Equivalent,
    RoundOpen,
    RoundClose,
    SquareOpen,
    SquareClose,
    Comma,
    Semicolon,
    Bang,
}

/// Longer signs before those that begin them.
const SIGNS: [(&str, Sign); 24] = [
    ("<->", Sign::Equivalent),
    ("<=", Sign::LessOrEqual),
    ("<>", Sign::NotEqual),
    ("<", Sign::Less),
    (">=", Sign::GreaterOrEqual),
    (">", Sign::Greater),
    ("==", Sign::EqualEqual),
    ("=", Sign::Equal),
    (":=", Sign::ColonEqual),
    (":", Sign::Colon),
    ("->", Sign::Arrow),
    ("-", Sign::Minus),
    ("+", Sign::Plus),
    ("*", Sign::Times),
    ("/", Sign::Over),
    ("^", Sign::Power),
    ("(", Sign::RoundOpen),
    (")", Sign::RoundClose),
    ("[", Sign::SquareOpen),
    ("]", Sign::SquareClose),
    (",", Sign::Comma),
    (";", Sign::Semicolon),
    ("!", Sign::Bang),
    ("\u{2212}", Sign::Minus),
];

/// Vensim's words between colons.
const KEYWORDS: [(&str, TokenKind); 17] = [
    ("and", TokenKind::Sign(Sign::And)),
    ("or", TokenKind::Sign(Sign::Or)),
    ("not", TokenKind::Sign(Sign::Not)),
    ("na", TokenKind::Sign(Sign::NotAvailable)),
    ("except", TokenKind::Sign(Sign::Except)),
    ("raw", TokenKind::Keyword),
    ("interpolate", TokenKind::Keyword),
    ("hold backward", TokenKind::Keyword),
    ("look forward", TokenKind::Keyword),
    ("is", TokenKind::Keyword),
    ("implies", TokenKind::Keyword),
    ("the condition", TokenKind::Keyword),
    ("test input", TokenKind::Keyword),
    ("at least once", TokenKind::Keyword),
    ("crossing", TokenKind::Keyword),
    ("ignore", TokenKind::Keyword),
    ("end of macro", TokenKind::Keyword),
];

/// The tokens of a stretch of text, and whether something in it was no token.
pub(super) struct Tokens {
    /// In order. What was meant for a number, a name or a sign stands here as one, so that reading can go on.
    pub tokens: Vec<Token>,
    /// Something was no token.
    pub flawed: bool,
    /// Something was left out, so what seems to be missing may not be.
    pub gaps: bool,
}

/// The tokens of `field`. What is no token is added to `found`.
pub(super) fn tokens(file: &Arc<str>, text: &str, field: TextRange, found: &mut Diagnostics) -> Tokens {
    let mut reader = Reader {
        file,
        text,
        position: field.start,
        end: field.end,
        found,
        result: Tokens { tokens: Vec::new(), flawed: false, gaps: false },
    };
    while let Some(letter) = reader.peek() {
        reader.token(letter);
    }
    reader.result
}

struct Reader<'a> {
    file: &'a Arc<str>,
    text: &'a str,
    position: usize,
    end: usize,
    found: &'a mut Diagnostics,
    result: Tokens,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.position..self.end).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn token(&mut self, letter: char) {
        if is_blank(letter) || letter == '\\' && self.is_line_end(1) {
            self.position += letter.len_utf8();
        } else if letter == '{' {
            self.comment();
        } else if letter == '"' {
            self.quoted_name();
        } else if letter == '\'' {
            self.single_quoted();
        } else if is_name_start(letter) {
            self.name();
        } else if letter.is_ascii_digit() || letter == '.' {
            self.number();
        } else if !self.keyword() && !self.sign() {
            self.unknown(letter);
        }
    }

    fn push(&mut self, kind: TokenKind, length: usize) {
        let at = TextRange { start: self.position, end: self.position + length };
        self.result.tokens.push(Token { kind, at });
        self.position += length;
    }

    /// Adds what is wrong with the next `length` bytes, and takes them for what they were meant to be.
    fn report(&mut self, diagnostic: Diagnostic, length: usize, meant: Option<TokenKind>) {
        self.result.flawed = true;
        self.found.push(diagnostic.at(Span::new(self.file, self.position, self.position + length)));
        match meant {
            Some(kind) => self.push(kind, length),
            None => {
                self.result.gaps = true;
                self.position += length;
            }
        }
    }

    /// Whether only white space stands between `skip` bytes ahead and the end of the line.
    fn is_line_end(&self, skip: usize) -> bool {
        let rest = self.rest().get(skip..).unwrap_or("").trim_start_matches([' ', '\t', '\r']);
        rest.is_empty() || rest.starts_with('\n')
    }

    fn comment(&mut self) {
        match brace_end(self.text.get(..self.end).unwrap_or(""), self.position) {
            Some(end) => self.position = end,
            None => {
                let rest = self.end - self.position;
                self.report(
                    Diagnostic::error(code::OPEN_COMMENT, "a comment in braces is not closed")
                        .hint("close it with `}`; a `{` inside it needs its own"),
                    1,
                    None,
                );
                self.position += rest - 1;
            }
        }
    }

    fn quoted_name(&mut self) {
        match quote_end(self.text, self.position).filter(|end| *end <= self.end) {
            Some(end)
                if self
                    .text
                    .get(self.position + 1..end - 1)
                    .is_some_and(|inner| !inner.chars().all(|c| is_blank(c) || c == '_')) =>
            {
                let length = end - self.position;
                let hidden =
                    self.rest().get(..length).and_then(|name| name.chars().find(|c| is_hidden(*c) && !is_blank(*c)));
                let Some(letter) = hidden else { return self.push(TokenKind::Name { quoted: true }, length) };
                let message = format!("a control character, U+{:04X}, stands in a name", u32::from(letter));
                self.report(
                    Diagnostic::error(code::UNKNOWN_SIGN, message)
                        .hint("take it out: a terminal or a spreadsheet would obey it, and nobody sees it"),
                    length,
                    Some(TokenKind::Name { quoted: true }),
                );
            }
            Some(end) => {
                let length = end - self.position;
                self.report(
                    Diagnostic::error(code::OPEN_QUOTE, "there is no name between the quotes")
                        .hint("write the name, or remove the quotes"),
                    length,
                    Some(TokenKind::Name { quoted: true }),
                );
            }
            None => {
                let length = self.rest().lines().next().unwrap_or("").trim_end().len();
                self.report(
                    Diagnostic::error(code::OPEN_QUOTE, "a name in quotes is not closed")
                        .hint("close it with `\"` on the same line; a quote inside a name is written `\\\"`"),
                    length,
                    Some(TokenKind::Name { quoted: true }),
                );
            }
        }
    }

    fn single_quoted(&mut self) {
        let line = self.rest().lines().next().unwrap_or("");
        match line.get(1..).and_then(|rest| rest.find('\'')) {
            Some(length) => self.push(TokenKind::Text, length + 2),
            None => self.unknown('\''),
        }
    }

    /// Words with white space between them, which may hold line breaks.
    fn name(&mut self) {
        let mut end = 0;
        for (offset, letter) in self.rest().char_indices() {
            if is_name_letter(letter) {
                end = offset + letter.len_utf8();
            } else if !(is_blank(letter) || letter == '\\' && self.is_line_end(offset + 1)) {
                break;
            }
        }
        if self.rest().get(..end).is_some_and(|name| name.chars().all(|c| is_blank(c) || matches!(c, '_' | '\\'))) {
            return self.unknown('_');
        }
        self.push(TokenKind::Name { quoted: false }, end);
    }

    fn number(&mut self) {
        let bytes = self.rest().as_bytes();
        let digits = |from: usize| bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
        let mut length = digits(0);
        if bytes.get(length) == Some(&b'.') {
            length += 1 + digits(length + 1);
        }
        if matches!(bytes.get(length), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(length + 1), Some(b'+' | b'-')));
            let exponent = digits(length + 1 + sign);
            if exponent > 0 {
                length += 1 + sign + exponent;
            }
        }
        let more: usize = self
            .rest()
            .get(length..)
            .unwrap_or("")
            .chars()
            .take_while(|c| is_name_letter(*c) || *c == '.')
            .map(char::len_utf8)
            .sum();
        let written = self.rest().get(..length + more).unwrap_or("").to_owned();
        match written.parse::<f64>() {
            Ok(number) if more == 0 && number.is_finite() => self.push(TokenKind::Number(number), length),
            Ok(_) if more == 0 => {
                let diagnostic = Diagnostic::error(code::BAD_NUMBER, format!("`{written}` is too great for a number"));
                self.report(diagnostic.hint("the greatest is about 1.8e308"), length, Some(TokenKind::Number(1.0)));
            }
            _ => {
                let mut diagnostic =
                    Diagnostic::error(code::BAD_NUMBER, format!("`{written}` is neither a number nor a name"));
                diagnostic = if written.chars().any(is_name_start) && !written.contains('.') {
                    diagnostic.hint(format!("a name that begins with a digit is written in quotes, `\"{written}\"`; a product needs its sign, `2*x`"))
                } else {
                    diagnostic
                        .hint("a number is written like `12`, `0.5`, `.5` or `1e-3`, without spaces or commas in it")
                };
                self.report(diagnostic, length + more, Some(TokenKind::Number(1.0)));
            }
        }
    }

    /// `:AND:` and the like.
    fn keyword(&mut self) -> bool {
        let Some(rest) = self.rest().strip_prefix(':') else {
            return false;
        };
        let Some(length) = rest.bytes().position(|byte| !byte.is_ascii_alphabetic() && byte != b' ') else {
            return false;
        };
        if rest.as_bytes().get(length) != Some(&b':') {
            return false;
        }
        let word = rest.get(..length).unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let Some((_, kind)) = KEYWORDS.iter().find(|(name, _)| *name == word) else {
            return false;
        };
        self.push(*kind, length + 2);
        true
    }

    fn sign(&mut self) -> bool {
        let rest = self.rest();
        let Some((written, sign)) = SIGNS.iter().find(|(written, _)| rest.starts_with(written)) else {
            return false;
        };
        self.push(TokenKind::Sign(*sign), written.len());
        true
    }

    fn unknown(&mut self, letter: char) {
        let spelling = if letter.is_control() { format!("{}", letter.escape_unicode()) } else { letter.to_string() };
        // The same sign over and over is one mistake.
        let again = self.rest().chars().take_while(|next| *next == letter).count();
        let message = match again {
            0 | 1 => format!("`{spelling}` has no meaning in an equation"),
            many => format!("`{spelling}` has no meaning in an equation, and stands here {many} times"),
        };
        let diagnostic = Diagnostic::error(code::UNKNOWN_SIGN, message);
        let (hint, meant) = match letter {
            '×' | '·' => ("multiply with `*`", Some(Sign::Times)),
            '÷' => ("divide with `/`", Some(Sign::Over)),
            '–' | '—' => ("subtract with `-`", Some(Sign::Minus)),
            '≤' => ("write `<=`", Some(Sign::LessOrEqual)),
            '≥' => ("write `>=`", Some(Sign::GreaterOrEqual)),
            '≠' => ("write `<>`", Some(Sign::NotEqual)),
            '“' | '”' | '„' => ("write straight quotes, `\"`", None),
            '}' => ("it closes a comment that was not opened with `{`", None),
            '\0' => ("is this a text? Vensim writes text models as .mdl, and binary ones as .vmf and .vmfx", None),
            _ => ("if it belongs to a name, write the whole name in quotes", None),
        };
        self.report(diagnostic.hint(hint), letter.len_utf8() * again.max(1), meant.map(TokenKind::Sign));
    }
}

fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || letter == '\u{feff}'
}

fn is_name_start(letter: char) -> bool {
    letter.is_alphabetic() || matches!(letter, '_' | '$' | '£' | '€')
}

fn is_name_letter(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '$' | '£' | '€' | '\'' | '&' | '%' | '#' | '@')
}
