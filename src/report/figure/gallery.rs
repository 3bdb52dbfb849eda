//! The four pictures that every study needs, with made-up numbers of a realistic size.

use super::{
    Area, Axis, Colour, Dash, Description, Estimate, Figure, Grid, Key, Layer, LegendEntry, Level, Marker,
    NumberFormat, Panel, Texture,
};

const SOURCE: &str =
    "Source: Wellspring, illustrative numbers, 1,000 draws, seed 7. Bands hold 50% and 90% of the draws.";

/// The gallery with the names of its pictures.
pub(super) fn all() -> Vec<(&'static str, Figure)> {
    vec![
        ("demand", demand()),
        ("demand-difference", demand_difference()),
        ("payback", payback()),
        ("money", money()),
        ("strategies", strategies()),
        ("tornado", tornado()),
    ]
}

/// Demand by service: levels against doing nothing and against today.
pub(super) fn demand() -> Figure {
    let services = [
        ("Emergency admissions", "a year, thousands", 182.0, 0.014, 0.06),
        ("A&E attendances", "a year, thousands", 611.0, 0.012, 0.035),
        ("Acute bed days", "a year, thousands", 1_290.0, 0.016, 0.055),
        ("Ambulance incidents", "a year, thousands", 254.0, 0.011, 0.02),
        ("Mental health bed days", "a year, thousands", 148.0, 0.006, 0.045),
        ("Children in care", "children", 4_120.0, 0.005, 0.09),
        ("Adult social care", "people supported", 17_300.0, 0.021, 0.05),
        ("Temporary accommodation", "households", 1_480.0, 0.018, 0.16),
    ];
    let mut panels = Vec::new();
    for (title, unit, today, growth, effect) in services {
        let x = years(0, 10);
        let nothing: Vec<f64> = x.iter().map(|t| today * (1.0 + growth * t)).collect();
        let fan = Fan::around(
            &x,
            |t| today * (1.0 + growth * t - effect * ripening(t)),
            |t| today * effect * 0.35 * ripening(t) + today * 0.006 * t.sqrt(),
        );
        let mut layers = fan.layers(Colour::BLUE, Dash::Solid, None);
        layers.push(line(&x, &nothing, Colour::SLATE, Dash::Dashed, None));
        layers.push(Layer::HorizontalRule { y: today, label: None });
        panels.push(panel(title, Axis::plan_years(2025), Axis::number(unit, NumberFormat::plain()), layers));
    }
    Figure {
        title: "Demand still grows with age, but prevention takes the edge off emergency care from the fourth year".to_string(),
        subtitle: "Demand by service, Lancashire and South Cumbria, strategy “One per cent, protected”".to_string(),
        source_line: SOURCE.to_string(),
        alternative_text: "Eight small charts of demand by service from 2024/25 to 2034/35. In each the strategy's median lies below the do-nothing median from about 2028/29.".to_string(),
        width: 720.0,
        height: 430.0,
        grid: Grid::new(2, 4),
        panels,
        legend: vec![
            LegendEntry::new(Key::Fan(Colour::BLUE), "Strategy: median, 50% and 90% of draws"),
            LegendEntry::new(Key::Line(Colour::SLATE, Dash::Dashed), "Do nothing, median"),
            LegendEntry::new(Key::Rule, "Today (2024/25)"),
        ],
    }
}

/// Demand by service: paired differences, in per cent, on one scale.
pub(super) fn demand_difference() -> Figure {
    let services = [
        ("Emergency admissions", -0.006),
        ("A&E attendances", -0.003),
        ("Acute bed days", -0.005),
        ("Ambulance incidents", -0.001),
        ("Mental health bed days", -0.004),
        ("Children in care", -0.021),
        ("Adult social care", -0.002),
        ("Temporary accommodation", -0.012),
    ];
    let panel_of = |(title, effect): (&str, f64)| {
        let x = years(1, 10);
        let fan = Fan::around(&x, |t| effect * ripening(t), |t| effect.abs() * 0.5 * ripening(t) + 0.0004 * t.sqrt());
        let vertical = Axis::number("", NumberFormat::percent().with_sign());
        panel(title, Axis::plan_years(2025), vertical, fan.layers(Colour::GREEN, Dash::Solid, None))
    };
    Figure {
        title: "Care for children responds first".to_string(),
        subtitle: "Difference from the paired twin, per cent of its demand".to_string(),
        source_line: SOURCE.to_string(),
        alternative_text: "Eight small charts on one scale.".to_string(),
        width: 482.0,
        height: 620.0,
        grid: Grid { rows: 4, columns: 2, same_vertical: true },
        panels: services.into_iter().map(panel_of).collect(),
        legend: vec![LegendEntry::new(Key::Fan(Colour::GREEN), "Median, 50% and 90% of draws")],
    }
}

/// Payback: cumulative net position and the chance of having been repaid, by perspective.
pub(super) fn payback() -> Figure {
    let x = years(1, 10);
    let perspectives = [
        ("Cash", Colour::BLUE, Dash::Solid, -9.4e6, 0.55e6, 0.11),
        ("Fiscal", Colour::VERMILION, Dash::Dashed, -9.0e6, 1.25e6, 0.42),
        ("Social", Colour::GREEN, Dash::DashDot, -8.6e6, 2.1e6, 0.87),
    ];
    let mut net = Vec::new();
    let mut chance = Vec::new();
    for (name, colour, dash, slope, bend, reached) in perspectives {
        let fan = Fan::around(&x, |t| slope * t + bend * t * t * 0.62, |t| 2.0e6 * t.powf(1.25));
        net.extend(fan.layers(colour, dash, Some(name)));
        let probability: Vec<f64> = x.iter().map(|t| reached / (1.0 + (-(t - 7.2) * 0.9).exp())).collect();
        chance.push(Layer::StepLine {
            x: x.clone(),
            y: probability,
            colour,
            dash,
            label: Some(name.to_string()),
            description: Description::named(name),
        });
    }
    let pounds = NumberFormat::million_pounds().with_sign();
    Figure {
        title: "The plan repays society within a decade, and the treasury perhaps; the health service itself should not count on its money back".to_string(),
        subtitle: "Cumulative net position and probability of payback by perspective, twin minus strategy; cash nominal, social in 2024/25 prices, discounted".to_string(),
        source_line: SOURCE.to_string(),
        alternative_text: "Left: cumulative net position falls to about minus 40 million pounds and recovers. Right: probability of payback by year.".to_string(),
        width: 720.0,
        height: 400.0,
        grid: Grid::new(1, 2),
        panels: vec![
            panel("Cumulative net position", Axis::plan_years(2025), Axis::number("£ million", pounds), net),
            panel("Probability of payback by the end of the year", Axis::plan_years(2025), Axis::number("share of draws", NumberFormat::percent()).covering(0.0, 1.0), chance),
        ],
        legend: Vec::new(),
    }
}

/// Where the money goes: one panel a strategy.
pub(super) fn money() -> Figure {
    let x = years(1, 10);
    let strategies =
        [("One per cent, protected", 0.0), ("One per cent, unprotected", 0.24), ("Outcome payments", 0.08)];
    let domains = [
        ("Early years", Colour::BLUE, 14.0e6),
        ("Long-term conditions", Colour::SKY, 11.0e6),
        ("Mental health", Colour::GREEN, 9.0e6),
        ("Housing and warmth", Colour::ORANGE, 8.0e6),
        ("Work and money", Colour::PURPLE, 6.0e6),
    ];
    let mut panels = Vec::new();
    for (index, (title, raid)) in strategies.into_iter().enumerate() {
        let last = index == strategies.len() - 1;
        let label = |name: &str| last.then(|| name.to_string());
        let kept = |t: f64| (t / 3.0).min(1.0) * (1.0 - raid * ((t - 3.0) / 3.0).clamp(0.0, 1.0));
        let mut series: Vec<Area> = domains
            .iter()
            .map(|(name, colour, spend)| Area {
                y: x.iter().map(|&t| spend * kept(t)).collect(),
                colour: *colour,
                texture: Texture::Even,
                label: label(name),
                description: Description::named(name),
            })
            .collect();
        series.push(Area {
            y: x.iter().map(|&t| 48.0e6 * ((t / 3.0).min(1.0) - kept(t))).collect(),
            colour: Colour::GREY,
            texture: Texture::Hatched,
            label: label("Raided"),
            description: Description::named("Raided"),
        });
        let mut layers = vec![Layer::StackedArea { x: x.clone(), series }];
        if index == 1 {
            layers.push(Layer::Annotation {
                x: 6.0,
                y: 42.0e6,
                text: "From 2030/31 a quarter goes back to hospitals".to_string(),
            });
        }
        panels.push(panel(
            title,
            Axis::plan_years(2025),
            Axis::number("£ million a year", NumberFormat::million_pounds()).covering(0.0, 60.0e6),
            layers,
        ));
    }
    Figure {
        title: "Without protection, a quarter of the money returns to hospitals".to_string(),
        subtitle: "Prevention spending by domain, median draw, £ million a year, nominal".to_string(),
        source_line: SOURCE.to_string(),
        alternative_text: "Three stacked area charts, one per strategy.".to_string(),
        width: 720.0,
        height: 340.0,
        grid: Grid { rows: 1, columns: 3, same_vertical: true },
        panels,
        legend: Vec::new(),
    }
}

/// Strategies side by side: rows of strategies, columns of outcomes.
pub(super) fn strategies() -> Figure {
    let names = [
        "One per cent, protected",
        "One per cent, unprotected",
        "One per cent rising to three, protected",
        "Outcome payments",
        "Loan with first call on savings",
    ];
    let rows: Vec<f64> = (0..names.len()).map(|row| row as f64).collect();
    let spread = |middles: [f64; 5], half: f64| -> Vec<Estimate> {
        middles
            .iter()
            .map(|&middle| {
                Estimate::quantiles([
                    middle - 1.9 * half,
                    middle - 0.7 * half,
                    middle,
                    middle + 0.8 * half,
                    middle + 2.3 * half,
                ])
            })
            .collect()
    };
    let exact = |values: [f64; 5]| values.map(Estimate::exact).to_vec();
    let points = |estimates: Vec<Estimate>, colour, marker, name: &str| Layer::Points {
        at: rows.clone(),
        estimates,
        colour,
        marker,
        values: true,
        description: Description::named(name),
    };
    let panel = |title: &str, unit: &str, format: NumberFormat, layers: Vec<Layer>| {
        panel(title, Axis::number(unit, format), Axis::categories(&names), layers)
    };
    let demand =
        points(spread([-0.0031, -0.0024, -0.0066, -0.0019, -0.0029], 0.0009), Colour::BLUE, Marker::Filled, "");
    let cash = points(spread([-41.0e6, -52.0e6, -88.0e6, -18.0e6, -47.0e6], 9.0e6), Colour::BLUE, Marker::Filled, "");
    let qalys =
        points(spread([8_100.0, 6_300.0, 17_400.0, 4_200.0, 7_600.0], 1_500.0), Colour::BLUE, Marker::Filled, "");
    let by_five = points(exact([0.02, 0.01, 0.0, 0.34, 0.02]), Colour::BLUE, Marker::Hollow, "Payback by 2029/30");
    let by_ten = points(exact([0.11, 0.05, 0.08, 0.71, 0.09]), Colour::BLUE, Marker::Filled, "Payback by 2034/35");
    let mut chance = panel("Chance of payback", "share of draws, cash", NumberFormat::percent(), vec![by_five, by_ten]);
    chance.horizontal = chance.horizontal.covering(0.0, 1.0);
    Figure {
        title: "Outcome payments risk least and gain least; rising funds gain most and never repay in cash".to_string(),
        subtitle: "Five strategies after ten years, against their twins, 2024/25 prices".to_string(),
        source_line: SOURCE.to_string(),
        alternative_text: "Five rows of strategies by four columns: demand, cash, QALYs, chance of payback."
            .to_string(),
        width: 720.0,
        height: 350.0,
        grid: Grid::new(1, 4),
        panels: vec![
            panel("Emergency admissions", "change in 2034/35", NumberFormat::percent().with_sign(), vec![demand]),
            panel("Cash", "net position, £ million", NumberFormat::million_pounds().with_sign(), vec![cash]),
            panel("Health", "QALYs gained", NumberFormat::plain(), vec![qalys]),
            chance,
        ],
        legend: vec![
            LegendEntry::new(Key::Interval(Colour::BLUE), "Median, 50% and 90% of draws"),
            LegendEntry::new(Key::Ring(Colour::BLUE), "Payback by 2029/30"),
            LegendEntry::new(Key::Point(Colour::BLUE), "Payback by 2034/35"),
        ],
    }
}

/// Which uncertainty moves the answer: bars from the central result, with whiskers, and bars of one year standing.
pub(super) fn tornado() -> Figure {
    let names = [
        "Scale-up of trial effects",
        "Share of beds backfilled",
        "Uptake in the most deprived fifth",
        "Growth of pay above the deflator",
    ];
    let rows: Vec<f64> = (0..names.len()).map(|row| row as f64).collect();
    let bars = |ends: [f64; 4], colour| Layer::Bars {
        at: rows.clone(),
        estimates: ends
            .iter()
            .map(|&end| Estimate { middle: end, fifty: None, ninety: Some((end - 3.0e6, end + 3.0e6)) })
            .collect(),
        from: -41.0e6,
        colour,
        values: true,
        description: Description::named(if colour == Colour::BLUE { "High" } else { "Low" }),
    };
    let standing = Layer::Bars {
        at: years(1, 10),
        estimates: years(1, 10)
            .iter()
            .map(|t| Estimate {
                middle: 5.2e6 * t.sqrt(),
                fifty: None,
                ninety: Some((4.0e6 * t.sqrt(), 6.6e6 * t.sqrt())),
            })
            .collect(),
        from: 0.0,
        colour: Colour::GREEN,
        values: false,
        description: Description::default(),
    };
    let pounds = NumberFormat::million_pounds;
    Figure {
        title: "What trials promise and beds release decides most".to_string(),
        subtitle: "Cash after ten years when one uncertainty is low or high, £ million, nominal".to_string(),
        source_line: SOURCE.to_string(),
        alternative_text: "A tornado chart of four uncertainties, and bars of cash released by year.".to_string(),
        width: 720.0,
        height: 300.0,
        grid: Grid::new(1, 2),
        panels: vec![
            panel(
                "Cash after ten years",
                Axis::number("£ million", pounds().with_sign()),
                Axis::categories(&names),
                vec![
                    bars([-66.0e6, -58.0e6, -49.0e6, -44.0e6], Colour::VERMILION),
                    bars([-14.0e6, -25.0e6, -35.0e6, -38.0e6], Colour::BLUE),
                    Layer::VerticalRule { x: -41.0e6, label: Some("central".to_string()) },
                ],
            ),
            panel(
                "Cash released",
                Axis::plan_years(2025),
                Axis::number("£ million a year", pounds()),
                vec![standing, Layer::HorizontalRule { y: 18.0e6, label: Some("spending in 2034/35".to_string()) }],
            ),
        ],
        legend: vec![
            LegendEntry::new(Key::Area(Colour::VERMILION, Texture::Even), "Uncertainty at its 5% quantile"),
            LegendEntry::new(Key::Area(Colour::BLUE, Texture::Even), "At its 95% quantile"),
        ],
    }
}

pub(super) fn panel(title: &str, horizontal: Axis, vertical: Axis, layers: Vec<Layer>) -> Panel {
    Panel { title: title.to_string(), horizontal, vertical, layers }
}

pub(super) fn line(x: &[f64], y: &[f64], colour: Colour, dash: Dash, label: Option<&str>) -> Layer {
    Layer::Line {
        x: x.to_vec(),
        y: y.to_vec(),
        colour,
        dash,
        label: label.map(str::to_string),
        description: Description::named(label.unwrap_or_default()),
    }
}

pub(super) fn years(from: i32, to: i32) -> Vec<f64> {
    (from..=to).map(f64::from).collect()
}

// Effects ripen over the years, half of them by the fifth.
fn ripening(t: f64) -> f64 {
    t * t / (25.0 + t * t)
}

/// Quantiles of a made-up ensemble.
struct Fan {
    x: Vec<f64>,
    quantiles: [Vec<f64>; 5],
}

impl Fan {
    fn around(x: &[f64], middle: impl Fn(f64) -> f64, spread: impl Fn(f64) -> f64) -> Fan {
        let at = |z: f64| x.iter().map(|&t| middle(t) + z * spread(t)).collect();
        Fan { x: x.to_vec(), quantiles: [at(-1.64), at(-0.67), at(0.0), at(0.7), at(1.8)] }
    }

    fn layers(&self, colour: Colour, dash: Dash, label: Option<&str>) -> Vec<Layer> {
        let band = |low: usize, high: usize, level| Layer::FanBand {
            x: self.x.clone(),
            low: self.quantiles[low].clone(),
            high: self.quantiles[high].clone(),
            level,
            colour,
        };
        vec![
            band(0, 4, Level::Ninety),
            band(1, 3, Level::Fifty),
            line(&self.x, &self.quantiles[2], colour, dash, label),
        ]
    }
}
