//! How long it takes to make the shipped model ready: names bound and order found, then straight-line arithmetic.
#![allow(clippy::unwrap_used, missing_docs)]

mod shipped;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use engine::kernel::{Integrator, Outcome, Request, compile};
use engine::model::Name;
use engine::notation::vensim;
use engine::structure::{ScalarId, Structure, build};
use wellspring::study::{Overrides, prepare};

fn ready(criterion: &mut Criterion) {
    let texts = shipped::texts();
    let (study, _) = prepare(&texts, &Overrides::default()).unwrap();
    let (model, _) = vensim::read(&texts.model.file, &texts.model.content);
    let mut group = criterion.benchmark_group("compile");
    group.sample_size(20);
    group.bench_function("structure", |bencher| {
        bencher.iter(|| build(black_box(&model), black_box(&study.places[0].bindings)).unwrap());
    });
    let request = demand_and_cost(&study.places[0].structure);
    group.bench_function("program", |bencher| {
        bencher.iter(|| compile(black_box(&study.places[0].structure), black_box(&request)));
    });
    group.bench_function("whole study", |bencher| {
        bencher.iter(|| prepare(black_box(&texts), &Overrides::default()).unwrap());
    });
    group.finish();
}

/// Yearly demand and service cost over ten years, with nothing that varies between runs.
fn demand_and_cost(structure: &Structure) -> Request {
    let of = |name: &str| {
        let (_, variable) = structure.variable(&Name::new(name)).unwrap();
        (variable.first.0..variable.first.0 + variable.count as u32).map(|scalar| Outcome::Integral(ScalarId(scalar)))
    };
    Request {
        varying: Vec::new(),
        driven: Vec::new(),
        outcomes: of("Demand").chain(of("Service cost")).collect(),
        report_times: (0..=10).map(f64::from).collect(),
        integrator: Integrator::Euler,
    }
}

criterion_group!(benches, ready);
criterion_main!(benches);
