//! The position reached in an equation's tokens, and what is reported from there.

use std::sync::Arc;

use crate::diagnostic::catalogue::notation as code;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::model::{Equation, LeftSide, Name, TextRange};

use super::entries::slice;
use super::macros::Macros;
use super::tokens::{NOT_AVAILABLE, Sign, Token, TokenKind, Tokens};

/// The equation cannot be read further; why has been reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stopped;

/// A position in the tokens of one equation.
pub(super) struct Cursor<'a> {
    file: &'a Arc<str>,
    text: &'a str,
    field: TextRange,
    tokens: Vec<Token>,
    next: usize,
    gaps: bool,
    found: &'a mut Diagnostics,
    /// The macros that may be used.
    pub macros: &'a Macros,
    /// Whether this is an equation of a macro.
    pub in_macro: bool,
    /// What is defined, once that is read.
    pub left: Option<LeftSide>,
    /// The equations that uses of macros were written out to.
    pub inner: Vec<Equation>,
    /// The macros used so far, by name, once for each use.
    pub used: Vec<Name>,
    /// Something was wrong; the equation is not to be used.
    pub flawed: bool,
    /// How deep in brackets and signs the reading is.
    pub depth: usize,
}

impl<'a> Cursor<'a> {
    pub fn new(
        file: &'a Arc<str>,
        text: &'a str,
        field: TextRange,
        tokens: Tokens,
        found: &'a mut Diagnostics,
        macros: &'a Macros,
    ) -> Self {
        Self {
            file,
            text,
            field,
            tokens: tokens.tokens,
            next: 0,
            gaps: tokens.gaps,
            found,
            macros,
            in_macro: false,
            left: None,
            inner: Vec::new(),
            used: Vec::new(),
            flawed: tokens.flawed,
            depth: 0,
        }
    }

    /// The name of the file.
    pub fn file(&self) -> &'a str {
        self.file
    }

    pub fn peek(&self) -> Option<Token> {
        self.tokens.get(self.next).copied()
    }

    /// The token `ahead` positions after the next, with its position.
    pub fn token_at(&self, ahead: usize) -> Option<Token> {
        self.tokens.get(self.next + ahead).copied()
    }

    /// The token `ahead` positions after the next.
    pub fn peek_at(&self, ahead: usize) -> Option<TokenKind> {
        self.tokens.get(self.next + ahead).map(|token| token.kind)
    }

    pub fn is_at_end(&self) -> bool {
        self.next >= self.tokens.len()
    }

    pub fn advance(&mut self) {
        self.next += 1;
    }

    pub fn is_sign(&self, sign: Sign) -> bool {
        self.peek_at(0) == Some(TokenKind::Sign(sign))
    }

    /// Takes the sign if it is next.
    pub fn take(&mut self, sign: Sign) -> Option<TextRange> {
        let token = self.peek().filter(|token| token.kind == TokenKind::Sign(sign))?;
        self.advance();
        Some(token.at)
    }

    /// The name that the tokens begin with, if they do.
    pub fn first_name(&self) -> Option<Name> {
        let token = self.tokens.first()?;
        let TokenKind::Name { quoted } = token.kind else { return None };
        Some(self.name_at(token.at, quoted))
    }

    /// Whether the tokens define a subscript range.
    pub fn is_range(&self) -> bool {
        let second = self.tokens.get(1).map(|token| token.kind);
        matches!(second, Some(TokenKind::Sign(Sign::Colon | Sign::Equivalent)))
    }

    /// Where `1,5` stands, without a space, whose comma is next.
    pub fn is_decimal_comma(&self) -> Option<TextRange> {
        self.decimal_comma(self.next.checked_sub(1)?)
    }

    /// The same, if its first number is `ahead` positions after the next token.
    pub fn decimal_comma_at(&self, ahead: usize) -> Option<TextRange> {
        self.decimal_comma(self.next + ahead)
    }

    fn decimal_comma(&self, first: usize) -> Option<TextRange> {
        let [before, comma, after] = self.tokens.get(first..first + 3)? else { return None };
        let kinds = (before.kind, comma.kind, after.kind);
        let (TokenKind::Number(_), TokenKind::Sign(Sign::Comma), TokenKind::Number(_)) = kinds else { return None };
        let close = before.at.end == comma.at.start && comma.at.end == after.at.start;
        let digits = |at: TextRange| slice(self.text, at).bytes().all(|byte| byte.is_ascii_digit());
        (close && digits(before.at) && digits(after.at))
            .then_some(TextRange { start: before.at.start, end: after.at.end })
    }

    /// Takes a name if one is next; the flag tells whether it stands in quotes.
    pub fn take_name(&mut self) -> Option<(Name, bool, TextRange)> {
        let token = self.peek()?;
        let TokenKind::Name { quoted } = token.kind else {
            return None;
        };
        self.advance();
        Some((self.name_at(token.at, quoted), quoted, token.at))
    }

    /// Takes a number with its signs, or `:NA:`.
    pub fn take_number(&mut self) -> Option<(f64, TextRange)> {
        let mut ahead = 0;
        let mut factor = 1.0;
        let start = self.peek()?.at.start;
        loop {
            let token = self.tokens.get(self.next + ahead)?;
            ahead += 1;
            let number = match token.kind {
                TokenKind::Sign(Sign::Minus) => {
                    factor = -factor;
                    continue;
                }
                TokenKind::Sign(Sign::Plus) => continue,
                TokenKind::Sign(Sign::NotAvailable) => NOT_AVAILABLE,
                TokenKind::Number(number) => number,
                _ => return None,
            };
            let end = token.at.end;
            self.next += ahead;
            return Some((factor * number, TextRange { start, end }));
        }
    }

    fn name_at(&self, at: TextRange, quoted: bool) -> Name {
        let written = slice(self.text, at);
        if quoted { Name::new(written) } else { Name::new(&written.replace('\\', " ")) }
    }

    /// What stands at `at`, on one line.
    pub fn written(&self, at: TextRange) -> String {
        let words = slice(self.text, at).replace("\\\n", " ").replace("\\\r\n", " ");
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The text between two positions.
    pub fn between(&self, start: usize, end: usize) -> &str {
        slice(self.text, TextRange { start, end })
    }

    /// Where the last token taken ends.
    pub fn last_end(&self) -> usize {
        self.last().map_or(self.field.start, |token| token.at.end)
    }

    pub fn last(&self) -> Option<Token> {
        self.next.checked_sub(1).and_then(|last| self.tokens.get(last)).copied()
    }

    pub fn whole(&self) -> TextRange {
        let start = self.tokens.first().map_or(self.field.start, |token| token.at.start);
        TextRange { start, end: self.tokens.last().map_or(self.field.end, |token| token.at.end) }
    }

    pub fn span(&self, at: TextRange) -> Span {
        Span::new(self.file, at.start, at.end)
    }

    /// Adds what is wrong; reading may go on, though not to a usable equation.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.flawed = self.flawed || diagnostic.severity == crate::diagnostic::Severity::Error;
        self.found.push(diagnostic);
    }

    /// Adds an error at `at`; reading may go on.
    pub fn error(&mut self, code: Code, at: TextRange, message: impl Into<String>, hint: impl Into<String>) {
        let diagnostic = Diagnostic::error(code, message).at(self.span(at)).hint(hint);
        self.report(diagnostic);
    }

    /// Adds an error at `at`; reading ends here. Where something was left out before, that may be why, and nothing is added.
    pub fn stop<T>(
        &mut self,
        code: Code,
        at: TextRange,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Result<T, Stopped> {
        if !self.gaps {
            self.error(code, at, message, hint);
        }
        self.flawed = true;
        Err(Stopped)
    }

    /// Adds an error at the next token, or after the last one; `wanted` says what should stand there.
    pub fn stop_at_next<T>(&mut self, code: Code, wanted: &str, hint: impl Into<String>) -> Result<T, Stopped> {
        match self.peek() {
            Some(token) => {
                let written = self.written(token.at);
                self.stop(code, token.at, format!("{wanted} is missing before `{written}`"), hint)
            }
            None => {
                let (at, written) = match self.last() {
                    Some(token) => (token.at, self.written(token.at)),
                    None => (self.whole(), String::new()),
                };
                self.stop(code, at, format!("{wanted} is missing after `{written}`"), hint)
            }
        }
    }

    /// Takes a closing bracket. If the equation ends first, the one that opened at `opened` is reported.
    pub fn close(&mut self, sign: Sign, opened: TextRange, code: Code, wanted: &str) -> Result<TextRange, Stopped> {
        if let Some(at) = self.take(sign) {
            return Ok(at);
        }
        let bracket = if sign == Sign::SquareClose { "]" } else { ")" };
        if self.is_at_end() {
            let opening = self.written(opened);
            return self.stop(
                code::OPEN_BRACKET,
                opened,
                format!("`{opening}` is not closed"),
                format!("type `{bracket}` where it ends"),
            );
        }
        self.stop_at_next(code, wanted, format!("type `{bracket}` or what else belongs here"))
    }
}
