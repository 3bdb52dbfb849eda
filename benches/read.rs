//! How long it takes to read the shipped model: text to model.
#![allow(clippy::unwrap_used, missing_docs)]

mod shipped;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use engine::notation::vensim;

fn read(criterion: &mut Criterion) {
    let text = shipped::texts().model;
    let mut group = criterion.benchmark_group("read");
    group.throughput(Throughput::Bytes(text.content.len() as u64));
    group.bench_function("prevention.mdl", |bencher| {
        bencher.iter(|| vensim::read(black_box(&text.file), black_box(&text.content)));
    });
    group.finish();
}

criterion_group!(benches, read);
criterion_main!(benches);
