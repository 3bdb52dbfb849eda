//! What the draws of a study cost beside its runs: a column of many draws summarised, and the shares of a whole study.
//!
//! Criterion's elements are draws. The last line tells how the time of a study of 100,000 runs is spread over its stages,
//! all threads together: `shares: sampling=1.2% storing=0.8% ...`. `SHARE_DRAWS=500 cargo bench --bench report` asks for
//! another number of draws.
#![allow(clippy::unwrap_used, missing_docs)]

mod shipped;

use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group};
use engine::ensemble::{Stage, Watch};
use engine::sampling::uniform;
use wellspring::appraisal::statistic::{Summariser, summarise_all};
use wellspring::appraisal::store::InMemory;
use wellspring::study::{Overrides, prepare};

/// Draws of 11 arms that make 100,000 runs.
const DRAWS: u64 = 9_091;
/// Plan years of a series.
const YEARS: usize = 10;

fn quantiles(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("quantiles");
    for draws in [1_000, 10_000, 100_000] {
        let columns: Vec<f64> = (0..YEARS * draws).map(|draw| uniform(1, draw as u64, "draw") - 0.5).collect();
        let mut summariser = Summariser::default();
        group.throughput(Throughput::Elements((YEARS * draws) as u64));
        group.sample_size(20);
        group.bench_function(BenchmarkId::new("a series of ten years", draws), |bencher| {
            bencher.iter(|| summarise_all(black_box(&columns), draws, &mut summariser));
        });
    }
    group.finish();
}

/// The clock of the shares.
struct Clock {
    began: Instant,
    stages: Vec<AtomicU64>,
}

impl Watch for Clock {
    fn now(&self) -> u64 {
        self.began.elapsed().as_nanos() as u64
    }

    fn spent(&self, stage: Stage, nanoseconds: u64) {
        let place = Stage::ALL.iter().position(|one| *one == stage).unwrap();
        self.stages[place].fetch_add(nanoseconds, Ordering::Relaxed);
    }
}

fn shares() {
    let draws = std::env::var("SHARE_DRAWS").ok().map_or(DRAWS, |draws| draws.parse().unwrap());
    let (study, _) = prepare(&shipped::texts(), &Overrides { draws: Some(draws), ..Overrides::default() }).unwrap();
    let clock = Clock { began: Instant::now(), stages: Stage::ALL.iter().map(|_| AtomicU64::new(0)).collect() };
    black_box(study.run_within(&InMemory, &|_| (), &clock).unwrap());
    let spent: Vec<f64> = clock.stages.iter().map(|stage| stage.load(Ordering::Relaxed) as f64).collect();
    let all: f64 = spent.iter().sum();
    let told: Vec<String> = Stage::ALL
        .iter()
        .zip(&spent)
        .filter(|(_, spent)| **spent > 0.0)
        .map(|(stage, spent)| format!("{}={:.1}%", stage.name(), 100.0 * spent / all))
        .collect();
    println!("shares: {}", told.join(" "));
}

criterion_group!(benches, quantiles);

fn main() {
    benches();
    Criterion::default().configure_from_args().final_summary();
    shares();
}
