//! A template: how a page looks, shipped or a person's own.

use std::fmt;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

const SHIPPED: &str = include_str!("report.html");
const EASY: &str = include_str!("easy.html");

/// The text of a template that is known to be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    text: String,
}

/// What is wrong with a template, and in which line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    /// What is wrong.
    pub message: String,
    /// The bytes of the template that are at fault, where that is known.
    pub range: Option<std::ops::Range<usize>>,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the template cannot be followed: {}", self.message)
    }
}

impl std::error::Error for TemplateError {}

impl Template {
    /// The template of the report that ships.
    pub fn shipped() -> Self {
        Self { text: SHIPPED.to_owned() }
    }

    /// The template of the easy read.
    pub(super) fn easy() -> Self {
        Self { text: EASY.to_owned() }
    }

    /// Reads a template; what it asks for is only known when it is filled.
    ///
    /// # Errors
    /// The text is no template.
    pub fn read(text: &str) -> Result<Self, TemplateError> {
        environment().template_from_str(text).map_err(|problem| located(&problem))?;
        Ok(Self { text: text.to_owned() })
    }

    /// The page.
    ///
    /// # Errors
    /// The template asks for what is not there, or for what cannot be done.
    pub fn fill(&self, content: &impl Serialize) -> Result<String, TemplateError> {
        let environment = environment();
        let template = environment.template_from_str(&self.text).map_err(|problem| located(&problem))?;
        let value = minijinja::Value::from(Serde(content));
        template.render(value).map_err(|problem| located(&problem))
    }
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    // A name that is misspelt is a mistake, and not an empty place in the page.
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let mut syntax = SyntaxConfig::builder();
    let syntax = syntax.trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(syntax.expect("the usual signs of a template differ from each other"));
    environment.set_debug(true);
    environment
}

fn located(problem: &minijinja::Error) -> TemplateError {
    let kind = problem.kind().to_string();
    let message = problem.detail().map_or(kind.clone(), |detail| format!("{kind}: {detail}"));
    TemplateError { message, range: problem.range() }
}

#[cfg(test)]
mod tests {
    use super::Template;

    #[test]
    fn the_shipped_templates_are_some() {
        assert!(Template::read(super::SHIPPED).is_ok() && Template::read(super::EASY).is_ok());
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let found = Template::read("<p>{% if %}</p>").map_err(|error| error.range.is_some());
        assert_eq!(found, Err(true));
        let misspelt = Template::read("<p>{{ titel }}</p>").and_then(|template| template.fill(&[("title", "x")]));
        assert!(misspelt.is_err());
    }

    #[test]
    fn text_is_escaped() {
        #[derive(serde::Serialize)]
        struct Content {
            title: &'static str,
        }
        let page = Template::read("<p>{{ title }}</p>").and_then(|one| one.fill(&Content { title: "A & <b>" }));
        assert_eq!(page.as_deref(), Ok("<p>A &amp; &lt;b&gt;</p>"));
    }
}
