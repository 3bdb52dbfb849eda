//! How many runs of the shipped study are made in a second: 256 draws of do nothing, five twins and five strategies.
//!
//! Criterion's elements are runs; a run is one draw of one of them, from the base year to the horizon, with the
//! appraisal of it.
#![allow(clippy::unwrap_used, missing_docs)]

mod shipped;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use wellspring::study::{Overrides, prepare};

const DRAWS: u64 = 256;

fn ensemble(criterion: &mut Criterion) {
    let (study, _) = prepare(&shipped::texts(), &Overrides { draws: Some(DRAWS), ..Overrides::default() }).unwrap();
    let mut group = criterion.benchmark_group("ensemble");
    group.sample_size(10);
    group.throughput(Throughput::Elements(DRAWS * study.places[0].arms.len() as u64));
    group.bench_function("one-per-cent, 256 draws", |bencher| {
        bencher.iter(|| black_box(&study).run(&|_| ()));
    });
    group.finish();
}

criterion_group!(benches, ensemble);
criterion_main!(benches);
