//! Runs whose every number is written down: a block of draws as the engine hands it on.

use std::sync::Arc;

use engine::ensemble::{Arm, DrawBlock, RunPlan, Setting, run};
use engine::kernel::{Integrator, Outcome, Request, compile};
use engine::model::Bindings;
use engine::notation::vensim;
use engine::structure::{ScalarId, Structure, build};

/// Draws of such a block.
pub(super) const DRAWS: usize = 3;

/// Each line is what the draw that is under way says of it.
fn structure(lines: usize, years: usize) -> Structure {
    let names: Vec<String> = (0..lines).map(|line| format!("L{line}")).collect();
    let text = format!(
        "{{UTF-8}}
        Line: {}~~|
        Draw= 0~~|
        First[Line]= 0~~|
        Second[Line]= 0~~|
        Third[Line]= 0~~|
        Number[Line]= IF THEN ELSE(Draw = 0, First[Line], IF THEN ELSE(Draw = 1, Second[Line], Third[Line]))~~|
        INITIAL TIME= -1~~|
        FINAL TIME= {}~~|
        TIME STEP= 1~~|
        SAVEPER= 1~~|",
        names.join(", "),
        years - 1
    );
    let (model, problems) = vensim::read(&Arc::from("lines.mdl"), &Arc::from(text));
    assert!(!problems.has_errors(), "{problems:?}");
    build(&model, &Bindings::default()).unwrap().0
}

/// The block in which a line of an arm has these numbers in a draw: one as each year begins, from the base year on, and one
/// at the end of the last.
pub(super) fn block(
    arms: usize,
    lines: usize,
    years: usize,
    number: &dyn Fn(usize, usize, usize) -> Vec<f64>,
) -> DrawBlock {
    let structure = structure(lines, years);
    let place = |label: &str| {
        let mut all = (0..structure.scalars.len() as u32).map(ScalarId);
        all.find(|scalar| structure.label(*scalar) == label).unwrap()
    };
    let every = |name: &str| (0..lines).map(|line| place(&format!("{name}[L{line}]"))).collect::<Vec<_>>();
    let driven: [Vec<ScalarId>; DRAWS] = ["First", "Second", "Third"].map(every);
    let arm = |arm: usize| {
        let mut settings = Vec::new();
        for (draw, scalars) in driven.iter().enumerate() {
            for (line, scalar) in scalars.iter().enumerate() {
                let path = number(arm, line, draw);
                assert_eq!(path.len(), years + 1);
                let path = path.windows(2).map(|ends| (ends[0], ends[1])).collect();
                settings.push((*scalar, Setting::Path(path)));
            }
        }
        Arm { name: format!("Arm {arm}"), settings, follows: None }
    };
    let draw = place("Draw");
    let request = Request {
        varying: vec![draw],
        driven: driven.iter().flatten().copied().collect(),
        outcomes: every("Number").into_iter().map(Outcome::Level).collect(),
        report_times: (0..=years).map(|year| year as f64 - 1.0).collect(),
        integrator: Integrator::Euler,
    };
    let plan = RunPlan {
        structure: &structure,
        program: &compile(&structure, &request),
        request: &request,
        arms: &(0..arms).map(arm).collect::<Vec<_>>(),
        sampled: &[draw],
        sampler: &|draw: u64, values: &mut [f64]| values[0] = draw as f64,
        draws: DRAWS as u64,
    };
    run(&plan, &|block| block, &|_| {}).remove(0)
}
