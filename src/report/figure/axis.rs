//! What an axis measures and how its numbers are written.

use super::NumberFormat;

/// An axis: what it measures, on which scale, and how much it must show.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// What is measured, with its unit. Empty where that is plain.
    pub title: String,
    /// How places on it are named.
    pub scale: Scale,
    /// The axis covers at least this range, beside all the data; `Some((0.0, 0.0))` asks for zero to be shown.
    pub cover: Option<(f64, f64)>,
}

/// How places on an axis are named.
#[derive(Debug, Clone, PartialEq)]
pub enum Scale {
    /// Round numbers.
    Number(NumberFormat),
    /// Plan years: 1 is the year that begins in `first`, written 2025/26.
    PlanYears {
        /// The calendar year in which plan year 1 begins.
        first: i32,
    },
    /// Named rows (or columns), numbered from 0; on a vertical axis the first is on top.
    Categories(Vec<String>),
}

impl Axis {
    /// An axis of numbers.
    pub fn number(title: &str, format: NumberFormat) -> Axis {
        Axis { title: title.to_string(), scale: Scale::Number(format), cover: None }
    }

    /// An axis of plan years without a title.
    pub fn plan_years(first: i32) -> Axis {
        Axis { title: String::new(), scale: Scale::PlanYears { first }, cover: None }
    }

    /// An axis of named rows without a title.
    pub fn categories(names: &[&str]) -> Axis {
        let names = names.iter().map(|name| name.to_string()).collect();
        Axis { title: String::new(), scale: Scale::Categories(names), cover: None }
    }

    /// The same axis, showing at least this range.
    pub fn covering(mut self, low: f64, high: f64) -> Axis {
        self.cover = Some((low, high));
        self
    }

    pub(super) fn category_names(&self) -> Option<&[String]> {
        match &self.scale {
            Scale::Categories(names) => Some(names),
            Scale::Number(_) | Scale::PlanYears { .. } => None,
        }
    }
}
