//! What is drawn for a figure is what its file declares: 2.5 % of the draws beyond each end, and the central value.

use std::collections::BTreeMap;

use engine::sampling::{Central, Distribution, Family, MISFIT};
use wellspring::cli::library::shipped_references;
use wellspring::evidence::{EvidenceFile, Figure, Numbers};
use wellspring::shipped::{Shipped, evidence};

fn shipped() -> Vec<(EvidenceFile, usize)> {
    let references = shipped_references();
    let one = |shipped: &Shipped| {
        let text = shipped.text();
        let (file, found) = EvidenceFile::read(&text.file, &text.content, &references).unwrap();
        (file, found.iter().count())
    };
    evidence().map(one).collect()
}

/// The families whose low and high are a 95 % interval.
fn interval(figure: &Figure) -> Option<(Family, f64, (f64, f64), &Distribution)> {
    let family = figure.family?;
    let with_interval = [Family::Normal, Family::Lognormal, Family::Beta, Family::Gamma];
    let central = match &figure.numbers {
        Numbers::One(value) if !figure.common_factor => *value,
        _ => 1.0,
    };
    with_interval.contains(&family).then_some(())?;
    Some((family, central, figure.range?, figure.distribution.as_ref()?))
}

/// Where an end is a bound of what can be, no draw lies beyond it, and nothing more is asked of it.
fn is_bound(family: Family, end: f64) -> bool {
    (end == 0.0 && matches!(family, Family::Beta | Family::Gamma)) || (end == 1.0 && family == Family::Beta)
}

#[test]
fn every_shipped_figure_is_drawn_as_it_is_declared() {
    let mut seen = 0;
    let mut wrong = BTreeMap::new();
    assert!(shipped().iter().all(|(_, warnings)| *warnings == 0));
    for (file, _) in &shipped() {
        for figure in &file.figures {
            let Some((family, central, (low, high), drawn)) = interval(figure) else { continue };
            seen += 1;
            let label = format!("{} {} {central} ({low} to {high}) {family}", file.id, figure.label);
            let (below, above) = (drawn.below(low), 1.0 - drawn.below(high));
            for (end, share) in [(low, below), (high, above)] {
                if !is_bound(family, end) && (share - 0.025).abs() > MISFIT {
                    wrong.insert(label.clone(), format!("{below} below, {above} above"));
                }
            }
            let own = if family == Family::Lognormal { Central::Median } else { Central::Mean };
            let drawn_central = match figure.central.unwrap_or(own) {
                Central::Mean => drawn.mean(),
                Central::Median => drawn.quantile(0.5),
            };
            if (drawn_central - central).abs() > 1e-9 * central.abs() {
                wrong.insert(label, format!("its central value comes out as {drawn_central}"));
            }
        }
    }
    assert!(seen > 900, "{seen}");
    assert!(wrong.is_empty(), "{} of {seen}: {wrong:#?}", wrong.len());
}
