//! Words inside a panel: each goes to the place where it hides least and covers no other word.

use super::canvas::{Anchor, Canvas, Rect};
use super::lettering::{self, ASCENT, DESCENT, Face};
use super::lines::Point;
use super::{Colour, FigureError};

/// A block of text with a place to choose.
pub(super) struct Note {
    pub lines: Vec<String>,
    pub face: Face,
    pub colour: Colour,
    width: f64,
}

impl Note {
    pub fn new(text: &str, face: Face, colour: Colour, most: f64) -> Result<Note, FigureError> {
        let lines = lettering::wrap(text, face, most)?;
        let width = lettering::widest(&lines, face)?;
        Ok(Note { lines, face, colour, width })
    }

    pub fn height(&self) -> f64 {
        (self.lines.len().max(1) - 1) as f64 * self.face.leading() + (ASCENT + DESCENT) * self.face.size
    }

    pub fn width(&self) -> f64 {
        self.width
    }

    /// The room taken with its middle at this point.
    pub fn around(&self, middle: Point) -> Rect {
        let (across, down) = (self.width / 2.0, self.height() / 2.0);
        Rect { left: middle.0 - across, top: middle.1 - down, right: middle.0 + across, bottom: middle.1 + down }
    }
}

/// The best of several rooms within `bounds`: free of text, crossing as little of what is drawn as can be, and the
/// first of equals.
pub(super) fn best_room(canvas: &Canvas, drawn: &[Point], bounds: &Rect, rooms: &[Rect]) -> Option<Rect> {
    let mut best: Option<(usize, Rect)> = None;
    for room in rooms {
        let room = pushed_into(room, bounds);
        if room.left < bounds.left || room.top < bounds.top || !canvas.is_free(&room.grown(1.0)) {
            continue;
        }
        let near = room.grown(1.0);
        let crossed = drawn.iter().filter(|&&point| near.holds(point)).count();
        if best.is_none_or(|(least, _)| crossed < least) {
            best = Some((crossed, room));
        }
    }
    best.map(|(_, room)| room)
}

/// Writes the note in its room, on a thin veil where it crosses something drawn.
pub(super) fn write(canvas: &mut Canvas, note: &Note, room: &Rect, drawn: &[Point]) -> Result<(), FigureError> {
    if drawn.iter().any(|&point| room.holds(point)) {
        canvas.rectangle(&room.grown(0.8), Colour::WHITE, 0.75)?;
    }
    let at = ((room.left + room.right) / 2.0, room.top + ASCENT * note.face.size);
    let (anchor, x) = if note.lines.len() > 1 { (Anchor::Start, room.left) } else { (Anchor::Middle, at.0) };
    canvas.paragraph(&note.lines, (x, at.1), anchor, note.face, note.colour)
}

fn pushed_into(room: &Rect, bounds: &Rect) -> Rect {
    let right = (bounds.right - room.right).min(0.0) + (bounds.left - room.left).max(0.0);
    let down = (bounds.bottom - room.bottom).min(0.0) + (bounds.top - room.top).max(0.0);
    Rect { left: room.left + right, top: room.top + down, right: room.right + right, bottom: room.bottom + down }
}
