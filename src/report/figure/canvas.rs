//! The sheet that plotters draws on: points in, SVG out, ten drawing units to the point so that curves stay smooth.

use plotters::backend::{DrawingBackend, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontDesc, FontFamily, RGBAColor, RGBColor, ShapeStyle, TextStyle};

use super::lettering::{self, ASCENT, DESCENT, FAMILY, Face};
use super::lines::{self, Point};
use super::{Colour, Dash, Figure, FigureError};

// plotters' coordinates are whole numbers also in SVG; a tenth of a point is finer than any printer's eye.
const UNITS_PER_POINT: f64 = 10.0;
// plotters writes a font size of this share of the size it is given.
const PLOTTERS_FONT_SHARE: f64 = 1.24;
// plotters lowers a text anchored at its top by this share of its size.
const PLOTTERS_TOP_SHIFT: f64 = 0.76;

/// A rectangle on paper, in points from the top left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rect {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Rect {
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    pub fn overlaps(&self, other: &Rect) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    pub fn holds(&self, point: Point) -> bool {
        (self.left..=self.right).contains(&point.0) && (self.top..=self.bottom).contains(&point.1)
    }

    pub fn grown(&self, by: f64) -> Rect {
        Rect { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }
}

/// Where a text stands, from its highest ascender to its lowest descender, in points from the top left corner.
#[derive(Debug, Clone, PartialEq)]
pub struct TextBox {
    /// The text.
    pub text: String,
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

/// Which part of a text stands at the place given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pen {
    pub colour: Colour,
    pub width: f64,
    pub dash: Dash,
}

impl Pen {
    pub fn solid(colour: Colour, width: f64) -> Pen {
        Pen { colour, width, dash: Dash::Solid }
    }
}

/// A sheet of paper being drawn on.
pub(super) struct Canvas<'a> {
    backend: SVGBackend<'a>,
    texts: Vec<TextBox>,
}

impl<'a> Canvas<'a> {
    /// A white sheet whose SVG is written into `buffer`.
    pub fn new(buffer: &'a mut String, width: f64, height: f64) -> Result<Canvas<'a>, FigureError> {
        let size = (unit(width) as u32, unit(height) as u32);
        let mut canvas = Canvas { backend: SVGBackend::with_string(buffer, size), texts: Vec::new() };
        let sheet = Rect { left: 0.0, top: 0.0, right: width, bottom: height };
        canvas.rectangle(&sheet, Colour::WHITE, 1.0)?;
        Ok(canvas)
    }

    pub fn line(&mut self, points: &[Point], pen: Pen) -> Result<(), FigureError> {
        let style = stroke(pen.colour, pen.width);
        for piece in lines::dashed(points, pen.dash) {
            let path: Vec<(i32, i32)> = piece.iter().map(|&point| pixel(point)).collect();
            if path.len() > 1 {
                self.backend.draw_path(path, &style).map_err(refused)?;
            }
        }
        Ok(())
    }

    pub fn polygon(&mut self, points: &[Point], colour: Colour, opacity: f64) -> Result<(), FigureError> {
        let corners: Vec<(i32, i32)> = points.iter().map(|&point| pixel(point)).collect();
        self.backend.fill_polygon(corners, &fill(colour, opacity)).map_err(refused)
    }

    pub fn rectangle(&mut self, rect: &Rect, colour: Colour, opacity: f64) -> Result<(), FigureError> {
        let (upper_left, lower_right) = (pixel((rect.left, rect.top)), pixel((rect.right, rect.bottom)));
        self.backend.draw_rect(upper_left, lower_right, &fill(colour, opacity), true).map_err(refused)
    }

    pub fn disc(&mut self, centre: Point, radius: f64, colour: Colour) -> Result<(), FigureError> {
        self.backend.draw_circle(pixel(centre), unit(radius) as u32, &fill(colour, 1.0), true).map_err(refused)
    }

    /// Writes one line of text, its baseline at the place given.
    pub fn text(
        &mut self,
        text: &str,
        at: Point,
        anchor: Anchor,
        face: Face,
        colour: Colour,
    ) -> Result<(), FigureError> {
        let text = lettering::printable(text);
        if text.trim().is_empty() {
            return Ok(());
        }
        let across = match anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let size = face.size * UNITS_PER_POINT * PLOTTERS_FONT_SHARE;
        let font = FontDesc::new(FontFamily::Name(FAMILY), size, face.style());
        let ink = RGBColor(colour.0, colour.1, colour.2);
        let style = TextStyle::from(font).color(&ink).pos(Pos::new(across, VPos::Top));
        let top = at.1 - PLOTTERS_TOP_SHIFT * face.size;
        self.backend.draw_text(&text, &style, pixel((at.0, top))).map_err(refused)?;
        let room = text_room(&text, at, anchor, face)?;
        let Rect { left, top, right, bottom } = room;
        self.texts.push(TextBox { text, left, top, right, bottom });
        Ok(())
    }

    /// Writes lines of text below each other, the first baseline at the place given.
    pub fn paragraph(
        &mut self,
        lines: &[String],
        at: Point,
        anchor: Anchor,
        face: Face,
        colour: Colour,
    ) -> Result<(), FigureError> {
        for (number, line) in lines.iter().enumerate() {
            let baseline = at.1 + number as f64 * face.leading();
            self.text(line, (at.0, baseline), anchor, face, colour)?;
        }
        Ok(())
    }

    /// Whether no text stands in this place.
    pub fn is_free(&self, room: &Rect) -> bool {
        !self.texts.iter().any(|text| {
            let taken = Rect { left: text.left, top: text.top, right: text.right, bottom: text.bottom };
            taken.overlaps(room)
        })
    }

    /// Ends the drawing; the texts written, with their places.
    pub fn finish(mut self) -> Result<Vec<TextBox>, FigureError> {
        self.backend.present().map_err(refused)?;
        Ok(std::mem::take(&mut self.texts))
    }
}

/// The room one line of text takes, its baseline at the place given.
pub(super) fn text_room(text: &str, at: Point, anchor: Anchor, face: Face) -> Result<Rect, FigureError> {
    let width = lettering::width(text, face)?;
    let left = match anchor {
        Anchor::Start => at.0,
        Anchor::Middle => at.0 - width / 2.0,
        Anchor::End => at.0 - width,
    };
    let (top, bottom) = (at.1 - ASCENT * face.size, at.1 + DESCENT * face.size);
    Ok(Rect { left, top, right: left + width, bottom })
}

/// plotters' SVG with its true size, its title and its description.
pub(super) fn dressed(raw: &str, figure: &Figure) -> String {
    let body = raw.split_once(">\n").map_or("", |(_, body)| body);
    let (width, height) = (unit(figure.width), unit(figure.height));
    let (points_wide, points_high) = (f64::from(width) / UNITS_PER_POINT, f64::from(height) / UNITS_PER_POINT);
    let title = escaped(&figure.title);
    let description = escaped(&figure.alternative_text);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{points_wide}pt\" height=\"{points_high}pt\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" stroke-linejoin=\"round\">\n\
         <title>{title}</title>\n<desc>{description}</desc>\n{}",
        tight(body)
    )
}

/// plotters puts line breaks around the words of a text, which some programs count as spaces.
fn tight(body: &str) -> String {
    let mut text = String::with_capacity(body.len());
    for line in body.lines() {
        text.push_str(line);
        if !line.starts_with("<text ") {
            text.push('\n');
        }
    }
    text.replace("\n</text>", "</text>")
}

fn escaped(text: &str) -> String {
    lettering::printable(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn unit(length: f64) -> i32 {
    (length * UNITS_PER_POINT).round() as i32
}

fn pixel(point: Point) -> (i32, i32) {
    (unit(point.0), unit(point.1))
}

fn stroke(colour: Colour, width: f64) -> ShapeStyle {
    let stroke_width = unit(width).max(1) as u32;
    ShapeStyle { color: RGBAColor(colour.0, colour.1, colour.2, 1.0), filled: false, stroke_width }
}

fn fill(colour: Colour, opacity: f64) -> ShapeStyle {
    ShapeStyle { color: RGBAColor(colour.0, colour.1, colour.2, opacity), filled: true, stroke_width: 0 }
}

fn refused(error: impl std::fmt::Display) -> FigureError {
    FigureError::Backend { reason: error.to_string() }
}
