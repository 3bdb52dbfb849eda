//! Where the time of a study goes, told to whoever wants to know.
//!
//! Nothing below the command line has a clock. Whoever measures gives one, and is told what it showed.

/// What a study spends its time on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Files found, read and checked.
    Reading,
    /// Models bound and compiled.
    Compiling,
    /// What nature chooses in each draw.
    Sampling,
    /// The runs themselves.
    Simulating,
    /// Runs set against each other: ledgers, net positions, changes of demand.
    Appraising,
    /// The numbers of all draws put away and found again.
    Storing,
    /// Many draws as a few numbers.
    Quantiles,
    /// Tables and pictures drawn.
    Pictures,
    /// Files written.
    Writing,
}

impl Stage {
    /// All of them, in the order in which a study passes through them.
    pub const ALL: [Stage; 9] = [
        Stage::Reading,
        Stage::Compiling,
        Stage::Sampling,
        Stage::Simulating,
        Stage::Appraising,
        Stage::Storing,
        Stage::Quantiles,
        Stage::Pictures,
        Stage::Writing,
    ];

    /// As people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reading => "reading and checking",
            Self::Compiling => "compiling",
            Self::Sampling => "sampling",
            Self::Simulating => "simulating",
            Self::Appraising => "appraising",
            Self::Storing => "storing",
            Self::Quantiles => "quantiles",
            Self::Pictures => "tables and pictures",
            Self::Writing => "writing",
        }
    }
}

/// A stopwatch that many threads may press at once.
pub trait Watch: Sync {
    /// Nanoseconds since some moment of its own choice.
    fn now(&self) -> u64;

    /// So many nanoseconds of one thread went into a stage.
    fn spent(&self, stage: Stage, nanoseconds: u64);
}

/// Nobody wants to know.
#[derive(Debug, Clone, Copy)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn now(&self) -> u64 {
        0
    }

    fn spent(&self, _: Stage, _: u64) {}
}

/// The time of one thread, stage after stage.
pub struct Lap<'w> {
    watch: &'w dyn Watch,
    began: u64,
}

impl<'w> Lap<'w> {
    /// The first stage begins now.
    pub fn begin(watch: &'w dyn Watch) -> Self {
        Self { watch, began: watch.now() }
    }

    /// A stage ends, and the next one begins.
    pub fn end(&mut self, stage: Stage) {
        let now = self.watch.now();
        self.watch.spent(stage, now.saturating_sub(self.began));
        self.began = now;
    }
}
