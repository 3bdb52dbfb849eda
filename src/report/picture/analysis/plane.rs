//! The cost-effectiveness plane: clouds of draws, and the line below which an effect is worth its cost.

use std::sync::Arc;

use super::super::super::figure::{
    Axis, Colour, Dash, Description, Estimate, Figure, Grid, Key, Layer, LegendEntry, Marker, NumberFormat,
};
use super::super::{colour, panel};
use super::{Caption, largest, name, pounds_format};
use crate::sensitivity::decision::Cloud;
use crate::table::{Columns, Table};
use crate::words;

/// At most this many points a strategy are drawn, evenly spaced over the draws.
const POINTS: usize = 400;

/// Clouds against the reference strategy, with the line on which one effect costs `worth` pounds.
pub fn plane(
    clouds: &[Cloud],
    names: &[String],
    reference: usize,
    effect: &str,
    worth: f64,
    caption: &Caption,
) -> Figure {
    let mut layers = Vec::new();
    let mut reach: (f64, f64) = (0.0, 0.0);
    let mut most: f64 = 0.0;
    for cloud in clouds {
        let points = cloud.thinned(POINTS);
        let (x, y): (Vec<f64>, Vec<f64>) = points.into_iter().unzip();
        reach = x.iter().fold(reach, |(low, high), x| (low.min(*x), high.max(*x)));
        most = most.max(largest(y.iter().copied()));
        layers.push(Layer::Dots { x, y, colour: colour(cloud.strategy) });
    }
    // The line ends where the clouds do, to the side or upward.
    let end = |side: f64| if worth > 0.0 { side.clamp(-most / worth, most / worth) } else { side };
    let ends = [end(reach.0), end(reach.1)];
    layers.push(Layer::Line {
        x: ends.to_vec(),
        y: ends.iter().map(|x| x * worth).collect(),
        colour: Colour::SLATE,
        dash: Dash::Dashed,
        label: Some(format!("{} a {effect}", words::pounds(worth))),
        description: Description::named(&format!("{} a {effect}", words::pounds(worth))),
    });
    for cloud in clouds {
        layers.push(Layer::Points {
            at: vec![cloud.effect.value],
            estimates: vec![Estimate::exact(cloud.cost.value)],
            colour: colour(cloud.strategy),
            marker: Marker::Filled,
            values: false,
            description: Description::default(),
        });
    }
    let worthwhile = |cloud: &Cloud| {
        let n = cloud.costs.len().max(1) as f64;
        cloud.costs.iter().zip(&cloud.effects).filter(|(cost, effect)| worth * **effect >= **cost).count() as f64 / n
    };
    let surest =
        clouds.iter().map(|cloud| (cloud, worthwhile(cloud))).reduce(|one, two| if two.1 > one.1 { two } else { one });
    let title = match surest {
        Some((cloud, share)) => format!(
            "{} is worth its cost in {} at {} a {effect}",
            quoted(names, cloud.strategy),
            words::share_of_draws(share),
            words::pounds(worth)
        ),
        None => "No strategy to compare".to_owned(),
    };
    let sentences: Vec<String> = clouds
        .iter()
        .map(|cloud| {
            format!(
                "{}: {} {effect}s more for {} more on average, dearer and better in {}, cheaper and better in {}",
                name(names, cloud.strategy),
                words::number(cloud.effect.value),
                words::pounds(cloud.cost.value),
                words::share_of_draws(cloud.dearer_better.value),
                words::share_of_draws(cloud.cheaper_better.value)
            )
        })
        .collect();
    let meaning = |cloud: &Cloud| format!("{}: mean, and draws", name(names, cloud.strategy));
    Figure {
        title,
        subtitle: format!(
            "What each strategy costs and brings more than {}, draw by draw, {}; below the line it is worth its cost",
            quoted(names, reference),
            caption.subject
        ),
        source_line: caption.source.clone(),
        alternative_text: format!("{}.", sentences.join("; ")),
        width: 700.0,
        height: 430.0,
        grid: Grid::new(1, 1),
        panels: vec![panel(
            "",
            Axis::number(&format!("{effect}s more"), NumberFormat::plain()).covering(0.0, 0.0),
            Axis::number("costs more", pounds_format(most)).covering(0.0, 0.0),
            layers,
        )],
        legend: clouds
            .iter()
            .map(|cloud| LegendEntry::new(Key::Point(colour(cloud.strategy)), &meaning(cloud)))
            .collect(),
    }
}

/// The numbers behind [`plane`]: every draw of every strategy.
pub fn table_of_plane<'f>(clouds: &'f [Cloud], names: &[String], reference: usize, file: &str) -> Table<'f> {
    /// A draw of a strategy.
    struct Row {
        strategy: Arc<str>,
        draw: usize,
        cost: f64,
        effect: f64,
    }
    let columns = Columns::new()
        .words("strategy", |row: &Row| &row.strategy)
        .same("against", name(names, reference))
        .whole("draw", |row| row.draw)
        .number("costs_more", |row| row.cost)
        .number("effects_more", |row| row.effect);
    let named: Vec<(&Cloud, Arc<str>)> =
        clouds.iter().map(|cloud| (cloud, name(names, cloud.strategy).into())).collect();
    let rows = move || {
        named.clone().into_iter().flat_map(|(cloud, strategy)| {
            let draws = cloud.costs.iter().zip(&cloud.effects).enumerate();
            draws.map(move |(draw, (cost, effect))| Row {
                strategy: Arc::clone(&strategy),
                draw,
                cost: *cost,
                effect: *effect,
            })
        })
    };
    Table::each(file, columns, rows)
}

fn quoted(names: &[String], strategy: usize) -> String {
    format!("“{}”", name(names, strategy))
}
