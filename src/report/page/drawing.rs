//! A figure's drawing as a page needs it: without its words around, which the page writes itself, and as short as can be.

use crate::report::figure::{self, Figure, FigureError};

/// The widest figure, in points, whose words can still be read on an A4 sheet held upright.
pub const UPRIGHT: f64 = 780.0;

/// Height that title, subtitle and source of a figure take, in points.
const WORDS: f64 = 52.0;

/// What is cut off a drawing's margins, in its own units of a tenth of a point.
const SIDE: f64 = 180.0;
const TOP: f64 = 200.0;
const BOTTOM: f64 = 100.0;

/// The drawing as an element of a page; its title and description are named after `name`.
///
/// # Errors
/// It cannot be drawn.
pub fn for_page(name: &str, figure: &Figure) -> Result<String, FigureError> {
    let bare = Figure {
        title: String::new(),
        subtitle: String::new(),
        source_line: String::new(),
        height: (figure.height - WORDS).max(60.0),
        ..figure.clone()
    };
    // A figure that needs the height after all has it.
    let svg = figure::svg(&bare).or_else(|_| figure::svg(&Figure { height: figure.height, ..bare.clone() }))?;
    let body = svg.split_once("</desc>\n").map_or("", |(_, body)| body);
    let view_box = within(attribute(&svg, "viewBox").unwrap_or("0 0 10 10"));
    let (title, description) = (escaped(&figure.title), escaped(&figure.alternative_text));
    Ok(format!(
        "<svg role=\"img\" viewBox=\"{view_box}\" aria-labelledby=\"{name}-t {name}-d\" stroke-linejoin=\"round\">\
         <title id=\"{name}-t\">{title}</title><desc id=\"{name}-d\">{description}</desc>\n{}",
        short(body)
    ))
}

/// The part of the drawing inside its margins, which the page has of its own.
fn within(view_box: &str) -> String {
    let sides: Vec<f64> = view_box.split(' ').filter_map(|side| side.parse().ok()).collect();
    match sides.as_slice() {
        [_, _, wide, high] => format!("{SIDE} {TOP} {} {}", wide - 2.0 * SIDE, high - TOP - BOTTOM),
        _ => view_box.to_owned(),
    }
}

/// What every drawing says again and again, left out: full opacity, blanks and line ends between elements.
fn short(body: &str) -> String {
    let mut text = body.replace(" opacity=\"1\"", "").replace("\"/>\n", "\"/>").replace("</text>\n", "</text>");
    text = text.replace("stroke-opacity=\"1\" ", "").replace(" stroke=\"none\"", "");
    text = text.replace("font-family=\"Noto Sans\" ", "");
    text.replace(" \"/>", "\"/>")
}

fn attribute<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let from = text.find(&format!("{name}=\""))? + name.len() + 2;
    let length = text[from..].find('"')?;
    Some(&text[from..from + length])
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
