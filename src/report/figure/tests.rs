//! Figures hold what they promise: no word covers another or is cut, whatever the numbers; the same figure gives the
//! same bytes; numbers stand where they belong.

use resvg::usvg::{Group, Node, roxmltree};

use super::gallery::{self, line, panel, years};
use super::{
    Area, Axis, Colour, Dash, Description, Drawing, Estimate, Figure, FigureError, Grid, Key, Layer, LegendEntry,
    Level, Marker, NumberFormat, PALETTE, Panel, TextBox, Texture, draw, png, raster, svg,
};

// Screen pixels to the point.
const PIXELS: f64 = 96.0 / 72.0;

/// With GALLERY naming a folder, `cargo test gallery` writes the pictures there, to be looked at.
#[test]
fn the_gallery_can_be_drawn() {
    for (name, figure) in gallery::all().into_iter().chain(hard_cases()) {
        let drawing = draw(&figure).unwrap();
        let pixels = png(&drawing.svg, 1.0).unwrap();
        assert!(pixels.starts_with(b"\x89PNG"), "{name}");
        if let Some(folder) = std::env::var_os("GALLERY") {
            let folder = std::path::PathBuf::from(folder);
            std::fs::write(folder.join(format!("{name}.svg")), &drawing.svg).unwrap();
            let large = png(&drawing.svg, 1.0).unwrap();
            std::fs::write(folder.join(format!("{name}.png")), large).unwrap();
        }
    }
}

#[test]
fn no_word_covers_another_or_is_cut() {
    for (name, figure) in gallery::all().into_iter().chain(hard_cases()) {
        let drawing = draw(&figure).unwrap_or_else(|error| panic!("{name}: {error}"));
        check_texts(name, &figure, &drawing.text_boxes);
    }
}

#[test]
fn no_word_covers_another_at_any_size() {
    for (name, figure) in gallery::all().into_iter().chain(hard_cases()) {
        for width in [260.0, 333.0, 420.0, 555.0, 700.0, 1_000.0] {
            for height in [180.0, 240.0, 333.0, 480.0, 800.0] {
                let figure = Figure { width, height, ..figure.clone() };
                let name = format!("{name} {width} by {height}");
                match draw(&figure) {
                    Ok(drawing) => check_texts(&name, &figure, &drawing.text_boxes),
                    Err(FigureError::NoRoom { .. }) => {}
                    Err(error) => panic!("{name}: {error}"),
                }
            }
        }
    }
}

/// The same check with the words as resvg shapes and draws them, so that our own measuring is not its own judge.
#[test]
fn no_drawn_word_covers_another_or_is_cut() {
    for (name, figure) in gallery::all().into_iter().chain(hard_cases()) {
        let drawing = draw(&figure).unwrap();
        let drawn = drawn_texts(&drawing);
        assert_eq!(drawn.len(), drawing.text_boxes.len(), "{name}");
        check_texts(name, &figure, &drawn);
    }
}

#[test]
fn measured_words_are_as_wide_as_drawn_ones() {
    let drawing = draw(&gallery::payback()).unwrap();
    for (measured, drawn) in drawing.text_boxes.iter().zip(drawn_texts(&drawing)) {
        assert_eq!(measured.text, drawn.text);
        // Ink stops short of the advance by the side bearings, less than a fifth of a letter's size.
        let difference = (measured.right - measured.left) - (drawn.right - drawn.left);
        let allowed = 0.2 * (measured.bottom - measured.top) + 0.02 * (measured.right - measured.left);
        assert!((-0.3..=allowed).contains(&difference), "{}: {difference}", measured.text);
    }
}

#[test]
fn the_document_names_and_describes_itself() {
    let mut figure = gallery::demand();
    figure.title = "A < B & \"C\"".to_string();
    let text = svg(&figure).unwrap();
    let document = roxmltree::Document::parse(&text).unwrap();
    let root = document.root_element();
    assert_eq!(root.attribute("viewBox"), Some("0 0 7200 4300"));
    assert_eq!(root.attribute("width"), Some("720pt"));
    assert_eq!(root.attribute("height"), Some("430pt"));
    assert_eq!(root.attribute("role"), Some("img"));
    let child = |name: &str| root.children().find(|node| node.has_tag_name(name)).and_then(|node| node.text());
    assert_eq!(child("title"), Some("A < B & \"C\""));
    assert_eq!(child("desc"), Some(figure.alternative_text.as_str()));
    for word in root.descendants().filter(|node| node.has_tag_name("text")) {
        assert_eq!(word.attribute("font-family"), Some("Noto Sans, Arial, sans-serif"));
        let content = word.text().unwrap();
        assert_eq!(content, content.trim());
    }
    let size: Vec<&str> = root
        .descendants()
        .filter(|node| node.text() == Some("A < B & \"C\""))
        .filter_map(|node| node.attribute("font-size"))
        .collect();
    assert_eq!(size, ["150"], "letters are drawn ten times as large, as is everything");
}

#[test]
fn the_same_figure_gives_the_same_bytes() {
    for (name, figure) in gallery::all() {
        let once = svg(&figure).unwrap();
        let again = std::thread::spawn(move || svg(&figure).unwrap()).join().unwrap();
        assert_eq!(once, again, "{name}");
        assert_eq!(png(&once, 0.5).unwrap(), png(&again, 0.5).unwrap(), "{name}");
    }
}

#[test]
fn numbers_stand_where_they_belong() {
    let vertical = Axis::number("", NumberFormat::plain()).covering(0.0, 100.0);
    let rising = line(&[1.0, 2.0, 3.0], &[0.0, 50.0, 100.0], Colour::BLUE, Dash::Solid, None);
    let text = svg(&single(panel("", Axis::plan_years(2025), vertical, vec![rising]))).unwrap();
    let document = roxmltree::Document::parse(&text).unwrap();
    let points = |colour: &str| -> Vec<Vec<(f64, f64)>> {
        let lines = document.descendants().filter(|node| node.attribute("stroke") == Some(colour));
        lines.filter_map(|node| node.attribute("points")).map(coordinates).collect()
    };
    let grid = points("#E4E6E9");
    let (lowest, highest) = (grid[0][0], grid[grid.len() - 1][1]);
    let middle = ((lowest.0 + highest.0) / 2.0, (lowest.1 + highest.1) / 2.0);
    let path = &points("#0072B2")[0];
    for (found, expected) in path.iter().zip([lowest, middle, highest]) {
        assert!((found.0 - expected.0).abs() <= 1.0 && (found.1 - expected.1).abs() <= 1.0);
    }
}

/// Strategies that do nothing lie on one point of the equity plane: each name finds a room of its own all the same.
#[test]
fn names_of_many_points_in_one_place_all_find_a_room() {
    let mut figure = Figure { width: 700.0, height: 480.0, ..gallery::money() };
    figure.panels.truncate(1);
    let (x, y) = (years(0, 20), [0.0; 21]);
    let mut layers = vec![line(&x, &y, Colour::BLUE, Dash::Solid, None)];
    layers.extend((0..12).map(|position| {
        let text = format!("Ring-fenced, savings reinvested ({position})");
        Layer::Annotation { x: 10.0, y: 0.0, text }
    }));
    figure.panels[0].layers = layers;
    let drawing = draw(&figure).unwrap();
    check_texts("one place", &figure, &drawing.text_boxes);
    let written = drawing.text_boxes.iter().filter(|one| one.text.starts_with("Ring-fenced")).count();
    assert_eq!(written, 12);
}

#[test]
fn what_cannot_be_drawn_is_an_error() {
    let good = gallery::payback();
    let none = Figure { panels: Vec::new(), ..good.clone() };
    assert_eq!(svg(&none), Err(FigureError::NoPanels));
    let small = Figure { grid: Grid::new(1, 1), ..good.clone() };
    assert_eq!(svg(&small), Err(FigureError::GridTooSmall { panels: 2, rows: 1, columns: 1 }));
    for width in [f64::NAN, -5.0, 0.0, 1e9] {
        let figure = Figure { width, ..good.clone() };
        assert!(matches!(svg(&figure), Err(FigureError::BadSize { .. })));
    }
    let cramped = Figure { height: 120.0, ..good.clone() };
    assert!(matches!(svg(&cramped), Err(FigureError::NoRoom { .. })));
    let narrow = Figure { width: 90.0, height: 2_000.0, ..good };
    assert!(matches!(svg(&narrow), Err(FigureError::NoRoom { .. })));
    let empty_places = Figure { grid: Grid::new(usize::MAX, usize::MAX), ..gallery::payback() };
    assert!(svg(&empty_places).is_ok());
    let mark = Layer::Points {
        at: vec![5.0],
        estimates: vec![Estimate::exact(1.0)],
        colour: Colour::BLUE,
        marker: Marker::Filled,
        values: false,
        description: Description::default(),
    };
    let rows = Panel { vertical: Axis::categories(&["only"]), ..plain("Rows", vec![mark]) };
    let error = FigureError::NoSuchCategory { panel: "Rows".to_string(), position: 5.0, categories: 1 };
    assert_eq!(svg(&single(rows)), Err(error));
    let uneven = single(plain("Uneven", vec![line(&[1.0, 2.0], &[1.0], Colour::BLUE, Dash::Solid, None)]));
    let error = FigureError::UnequalLengths { panel: "Uneven".to_string(), layer: 1, expected: 2, found: 1 };
    assert_eq!(svg(&uneven), Err(error));
}

#[test]
fn a_panel_without_numbers_says_so() {
    for layers in [
        vec![],
        vec![line(&[], &[], Colour::BLUE, Dash::Solid, Some("gone"))],
        vec![line(&[1.0, 2.0], &[f64::NAN; 2], Colour::BLUE, Dash::Dashed, Some("gone"))],
        vec![
            Layer::StackedArea { x: vec![], series: vec![] },
            Layer::HorizontalRule { y: 3.0, label: Some("today".to_string()) },
        ],
    ] {
        let drawing = draw(&single(plain("Nothing here", layers))).unwrap();
        let words: Vec<&str> = drawing.text_boxes.iter().map(|text| text.text.as_str()).collect();
        assert!(words.contains(&"No data") && !words.contains(&"gone"), "{words:?}");
    }
}

#[test]
fn whatever_the_numbers_there_is_a_picture_or_an_error() {
    let odd = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        7.5,
        1e-320,
        1e-9,
        1e9,
        1e15,
        -1e18,
        1e299,
        -1e305,
        f64::MAX,
        f64::MIN,
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
    ];
    for &a in &odd {
        for &b in &odd {
            for layers in odd_layers(a, b) {
                check_odd(a, b, plain("Odd numbers", layers.clone()));
                let years = Axis::plan_years(2025);
                let over_years = Panel { horizontal: years, ..plain("Odd years", layers.clone()) };
                check_odd(a, b, over_years);
                let rows = Axis::categories(&["first", "second", "third"]);
                check_odd(a, b, Panel { vertical: rows, ..plain("Odd rows", layers) });
            }
        }
    }
}

fn check_odd(a: f64, b: f64, panel: Panel) {
    let figure = single(panel);
    let name = format!("{} {a:e} {b:e}", figure.panels[0].title);
    match draw(&figure) {
        Ok(drawing) => check_texts(&name, &figure, &drawing.text_boxes),
        Err(FigureError::NoRoom { .. } | FigureError::NoSuchCategory { .. }) => {}
        Err(error) => panic!("{name}: {error}"),
    }
}

/// Every kind of layer holding both numbers, on both axes where it has two.
fn odd_layers(a: f64, b: f64) -> Vec<Vec<Layer>> {
    let x = vec![1.0, 2.0, 3.0];
    let y = vec![a, b, a];
    let estimate = Estimate { middle: a, fifty: None, ninety: Some((b, a)) };
    vec![
        vec![
            Layer::FanBand {
                x: x.clone(),
                low: y.clone(),
                high: vec![b, b, a],
                level: Level::Ninety,
                colour: Colour::BLUE,
            },
            line(&x, &y, Colour::BLUE, Dash::DashDot, Some("line")),
            Layer::HorizontalRule { y: b, label: Some("rule".to_string()) },
        ],
        vec![line(&[a, b], &[1.0, 2.0], Colour::BLUE, Dash::Dotted, Some("line"))],
        vec![
            Layer::StepLine {
                x: x.clone(),
                y: y.clone(),
                colour: Colour::GREEN,
                dash: Dash::Dashed,
                label: None,
                description: Description::default(),
            },
            Layer::VerticalRule { x: a, label: None },
        ],
        vec![Layer::StackedArea {
            x: x.clone(),
            series: vec![
                Area {
                    y: y.clone(),
                    colour: Colour::SKY,
                    texture: Texture::Hatched,
                    label: Some("one".to_string()),
                    description: Description::default(),
                },
                Area {
                    y: vec![b, a, 1.0],
                    colour: Colour::GREY,
                    texture: Texture::Even,
                    label: Some("two".to_string()),
                    description: Description::default(),
                },
            ],
        }],
        vec![Layer::Bars {
            at: vec![a, 2.0],
            estimates: vec![estimate; 2],
            from: b,
            colour: Colour::ORANGE,
            values: true,
            description: Description::default(),
        }],
        vec![Layer::Points {
            at: vec![1.0, b],
            estimates: vec![estimate; 2],
            colour: Colour::ORANGE,
            marker: Marker::Hollow,
            values: true,
            description: Description::default(),
        }],
    ]
}

/// Figures that invite overlap: crowded line ends, long words, narrow panels, single points.
fn hard_cases() -> Vec<(&'static str, Figure)> {
    let x = years(0, 20);
    let crowd: Vec<Layer> = (0..9)
        .map(|number| {
            let y: Vec<f64> = x.iter().map(|t| t * (1.0 + f64::from(number) * 0.002)).collect();
            let label = format!("Strategy number {number}, with its full name");
            line(&x, &y, PALETTE[number as usize % 6], Dash::Solid, Some(&label))
        })
        .collect();
    let mut rules: Vec<Layer> = (0..5)
        .map(|number| Layer::HorizontalRule {
            y: 10.0 + f64::from(number) * 0.1,
            label: Some(format!("level {number}")),
        })
        .collect();
    rules.push(line(&x, &x, Colour::BLUE, Dash::Solid, Some("demand")));
    rules.push(Layer::VerticalRule { x: 5.0, label: Some("election".to_string()) });
    rules.push(Layer::Annotation { x: 10.0, y: 10.0, text: "Half way there & <back>".to_string() });
    let long = Figure {
        title: "A very long title ".repeat(12),
        subtitle: "Unitswithoutanybreak".repeat(12),
        source_line: "Source with a long list of works. ".repeat(14),
        legend: (1..=9)
            .map(|number| LegendEntry::new(Key::Rule, &format!("meaning {number} {}", "long ".repeat(number))))
            .collect(),
        height: 620.0,
        ..gallery::money()
    };
    let alone = vec![
        Layer::FanBand { x: vec![1.0], low: vec![-2.0], high: vec![4.0], level: Level::Ninety, colour: Colour::BLUE },
        line(&[1.0], &[1.0], Colour::BLUE, Dash::Solid, Some("one year")),
    ];
    let constant = vec![line(&x, &[4_120.0; 21], Colour::BLUE, Dash::Solid, Some("unchanged"))];
    let narrow = Figure {
        width: 380.0,
        height: 330.0,
        grid: Grid::new(2, 4),
        subtitle: String::new(),
        legend: Vec::new(),
        title: "Narrow".to_string(),
        ..gallery::demand()
    };
    let by_name = Layer::Bars {
        at: vec![0.0, 1.0, 2.0],
        estimates: [3.0, 2.0, -1.0].map(Estimate::exact).to_vec(),
        from: 0.0,
        colour: Colour::BLUE,
        values: false,
        description: Description::default(),
    };
    let standing = Panel {
        horizontal: Axis::categories(&["Most deprived fifth", "Middle", "Least deprived fifth"]),
        ..plain("By place", vec![by_name])
    };
    vec![
        ("crowd", single(plain("Crowd", crowd))),
        ("rules", single(plain("Rules", rules))),
        ("long", long),
        ("alone", single(plain("Alone", alone))),
        ("constant", single(plain("Constant", constant))),
        ("narrow", narrow),
        ("standing", single(standing)),
    ]
}

fn plain(title: &str, layers: Vec<Layer>) -> Panel {
    panel(
        title,
        Axis::number("plan year", NumberFormat::plain()),
        Axis::number("thousand people", NumberFormat::plain()),
        layers,
    )
}

fn single(panel: Panel) -> Figure {
    Figure {
        panels: vec![panel],
        grid: Grid::new(1, 1),
        width: 480.0,
        height: 300.0,
        legend: Vec::new(),
        ..gallery::demand()
    }
}

fn check_texts(name: &str, figure: &Figure, texts: &[TextBox]) {
    assert!(!texts.is_empty(), "{name}");
    for (position, text) in texts.iter().enumerate() {
        let inside = text.left >= 4.0
            && text.top >= 4.0
            && text.right <= figure.width - 4.0
            && text.bottom <= figure.height - 4.0;
        assert!(inside, "{name}: {text:?} is cut");
        for other in &texts[position + 1..] {
            let apart = text.right <= other.left
                || other.right <= text.left
                || text.bottom <= other.top
                || other.bottom <= text.top;
            assert!(apart, "{name}: {text:?} covers {other:?}");
        }
    }
}

/// The ink of every text in the picture, in points.
fn drawn_texts(drawing: &Drawing) -> Vec<TextBox> {
    let mut texts = Vec::new();
    gather(raster::read(&drawing.svg).unwrap().root(), &mut texts);
    texts
}

fn gather(group: &Group, texts: &mut Vec<TextBox>) {
    for node in group.children() {
        match node {
            Node::Group(group) => gather(group, texts),
            Node::Text(text) => {
                let ink = text.flattened().abs_bounding_box();
                let point = |length: f32| f64::from(length) / PIXELS;
                texts.push(TextBox {
                    text: text.chunks().iter().map(|chunk| chunk.text()).collect(),
                    left: point(ink.left()),
                    top: point(ink.top()),
                    right: point(ink.right()),
                    bottom: point(ink.bottom()),
                });
            }
            _ => {}
        }
    }
}

fn coordinates(points: &str) -> Vec<(f64, f64)> {
    let pair = |text: &str| {
        let (x, y) = text.split_once(',').unwrap();
        (x.parse().unwrap(), y.parse().unwrap())
    };
    points.split_whitespace().map(pair).collect()
}
