//! Where the time went, and how many runs a second that was.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use crate::words;
use engine::ensemble::{Stage, Watch};

use super::terminal;

/// The clock of a command, and what each stage took, all threads together.
pub struct Stopwatch {
    began: Instant,
    stages: [AtomicU64; Stage::ALL.len()],
}

impl Stopwatch {
    /// Starts now.
    pub fn new() -> Self {
        Self { began: Instant::now(), stages: Default::default() }
    }

    /// Says where the time went, on standard error.
    pub fn tell(&self) {
        let seconds = |nanoseconds: u64| nanoseconds as f64 * 1e-9;
        let whole = seconds(self.now());
        let stages = Stage::ALL.map(|stage| (stage, seconds(self.stages[index(stage)].load(Ordering::Relaxed))));
        let all: f64 = stages.iter().map(|(_, spent)| spent).sum();
        terminal::remark(&format!("Where the time went: {whole:.2} s by the clock; in all threads together"));
        for (stage, spent) in stages.iter().filter(|(_, spent)| *spent > 0.0) {
            terminal::remark(&format!("  {:<22}{spent:>10.3} s {:>5.1}%", stage.name(), 100.0 * spent / all));
        }
    }
}

impl Watch for Stopwatch {
    fn now(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }

    fn spent(&self, stage: Stage, nanoseconds: u64) {
        self.stages[index(stage)].fetch_add(nanoseconds, Ordering::Relaxed);
    }
}

fn index(stage: Stage) -> usize {
    Stage::ALL.iter().position(|one| *one == stage).expect("every stage is among all of them")
}

/// So many runs in so many seconds: `11,000 runs in 2.1 s: 5,200 runs a second`.
pub fn speed(runs: u64, seconds: f64) -> String {
    let s = if runs == 1 { "" } else { "s" };
    let duration =
        if seconds < 0.1 { format!("{:.0} ms", (seconds * 1e3).max(1.0)) } else { format!("{seconds:.1} s") };
    let rate = words::number(runs as f64 / seconds.max(1e-9));
    format!("{} run{s} in {duration}: {rate} runs a second", words::exact(runs))
}

#[cfg(test)]
mod tests {
    use super::speed;

    #[test]
    fn the_rate_has_two_figures() {
        assert_eq!(speed(11_000, 2.1), "11,000 runs in 2.1 s: 5,200 runs a second");
        assert_eq!(speed(1, 0.004), "1 run in 4 ms: 250 runs a second");
    }
}
