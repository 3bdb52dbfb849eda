//! How far a study is, on standard error.

use std::io::IsTerminal;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::words;

use super::stopwatch::speed;
use super::terminal;

/// The progress of the draws of a study.
pub struct Progress {
    bar: ProgressBar,
    draws: u64,
    places: u64,
    quiet: bool,
    began: Instant,
}

impl Progress {
    /// No draw of any place done yet. A bar is shown on a terminal only, and not if it should be quiet.
    pub fn new(draws: u64, places: u64, quiet: bool) -> Self {
        let seen = !quiet && std::io::stderr().is_terminal();
        let target = if seen { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(draws * places), target);
        let style = ProgressStyle::with_template("{bar:40} {pos} of {len} draws, {eta} left");
        bar.set_style(style.expect("the template is well formed"));
        Self { bar, draws, places, quiet, began: Instant::now() }
    }

    /// Some more draws are done.
    pub fn advance(&self, draws: u64) {
        self.bar.inc(draws);
    }

    /// The work was cut off: the bar goes.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }

    /// All draws are done: the bar goes, a line stays.
    pub fn finish(&self, runs: u64) {
        self.bar.finish_and_clear();
        if !self.quiet {
            let seconds = self.began.elapsed().as_secs_f64();
            let draws = words::exact(self.draws);
            let s = if self.draws == 1 { "" } else { "s" };
            let places = if self.places == 1 { String::new() } else { format!(" of {} places", self.places) };
            terminal::remark(&format!("{draws} draw{s}{places}, {}", speed(runs, seconds)));
        }
    }
}
