//! Lines in pieces: gaps at missing numbers, dashes, steps, and the slanted lines of a hatched area.

use super::Dash;

/// A place on paper, in points from the top left corner.
pub(super) type Point = (f64, f64);

/// The stretches of points between missing ones.
pub(super) fn unbroken<T: Copy>(items: impl IntoIterator<Item = Option<T>>) -> Vec<Vec<T>> {
    let mut runs = vec![Vec::new()];
    for item in items {
        match (item, runs.last_mut()) {
            (Some(point), Some(run)) => run.push(point),
            _ => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// A stair through points: each height holds around its point and changes halfway to the next.
pub(super) fn stairs(points: &[Point]) -> Vec<Point> {
    let mut path = Vec::new();
    for (index, &(x, y)) in points.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| points.get(index));
        let after = points.get(index + 1);
        path.push((before.map_or(x, |before| (before.0 + x) / 2.0), y));
        path.push((after.map_or(x, |after| (after.0 + x) / 2.0), y));
    }
    path
}

/// The drawn pieces of a line with this dash.
pub(super) fn dashed(points: &[Point], dash: Dash) -> Vec<Vec<Point>> {
    // Lengths of stroke and gap in turn, in points.
    let pattern: &[f64] = match dash {
        Dash::Solid => return vec![points.to_vec()],
        Dash::Dashed => &[5.5, 3.5],
        Dash::Dotted => &[1.8, 2.4],
        Dash::DashDot => &[7.0, 2.6, 1.8, 2.6],
    };
    let mut pieces = Vec::new();
    let mut piece: Vec<Point> = points.first().copied().into_iter().collect();
    let (mut turn, mut left) = (0, pattern[0]);
    for pair in points.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        loop {
            let length = (to.0 - from.0).hypot(to.1 - from.1);
            if length <= left {
                left -= length;
                piece.push(to);
                break;
            }
            let share = left / length;
            from = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
            piece.push(from);
            if turn % 2 == 0 {
                pieces.push(std::mem::take(&mut piece));
            }
            turn = (turn + 1) % pattern.len();
            left = pattern[turn];
            piece = vec![from];
        }
    }
    if turn % 2 == 0 && piece.len() > 1 {
        pieces.push(piece);
    }
    pieces
}

/// Slanted lines `apart` points from each other that fill a polygon.
pub(super) fn hatching(polygon: &[Point], apart: f64) -> Vec<[Point; 2]> {
    // Lines of constant x + y: 45 degrees. Crossings of one line with the outline, in pairs, are its inner pieces.
    let sums = polygon.iter().map(|point| point.0 + point.1);
    let lowest = sums.clone().fold(f64::INFINITY, f64::min);
    let highest = sums.fold(f64::NEG_INFINITY, f64::max);
    let step = apart * std::f64::consts::SQRT_2;
    let mut strokes = Vec::new();
    // Counted from the page's corner, so that hatching in neighbouring areas is aligned.
    let mut line = (lowest / step).floor() + 0.5;
    while line * step < highest {
        let sum = line * step;
        let mut crossings: Vec<f64> = Vec::new();
        for (index, &from) in polygon.iter().enumerate() {
            let to = polygon[(index + 1) % polygon.len()];
            let (start, end) = (from.0 + from.1 - sum, to.0 + to.1 - sum);
            if (start < 0.0) != (end < 0.0) {
                crossings.push(from.0 + (to.0 - from.0) * start / (start - end));
            }
        }
        crossings.sort_by(f64::total_cmp);
        for pair in crossings.chunks_exact(2) {
            strokes.push([(pair[0], sum - pair[0]), (pair[1], sum - pair[1])]);
        }
        line += 1.0;
    }
    strokes
}

/// Points along a line no further than `apart` from each other, to see what it crosses.
pub(super) fn sampled(points: &[Point], apart: f64) -> Vec<Point> {
    let mut samples: Vec<Point> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let length = (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1);
        let steps = (length / apart).ceil().max(1.0);
        samples.extend(between(pair[0], pair[1], steps as usize));
    }
    samples
}

/// The ends of this many equal steps from one point to another.
pub(super) fn between(from: Point, to: Point, steps: usize) -> Vec<Point> {
    let share = |step: usize| step as f64 / steps as f64;
    let at = |share: f64| (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
    (1..=steps).map(|step| at(share(step))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_numbers_break_a_line() {
        let runs = unbroken([None, Some(1), Some(2), None, None, Some(3)]);
        assert_eq!(runs, [vec![1, 2], vec![3]]);
    }

    #[test]
    fn stairs_change_halfway() {
        let path = stairs(&[(0.0, 1.0), (2.0, 5.0)]);
        assert_eq!(path, [(0.0, 1.0), (1.0, 1.0), (1.0, 5.0), (2.0, 5.0)]);
    }

    #[test]
    fn dashes_cover_their_share_of_the_line() {
        let pieces = dashed(&[(0.0, 0.0), (60.0, 0.0), (90.0, 0.0)], Dash::Dashed);
        let drawn: f64 = pieces.iter().map(|piece| piece[piece.len() - 1].0 - piece[0].0).sum();
        assert_eq!(pieces.len(), 10);
        assert!((drawn - 55.0).abs() < 1e-9, "{drawn}");
    }

    #[test]
    fn hatching_stays_inside() {
        let square = [(10.0, 10.0), (30.0, 10.0), (30.0, 30.0), (10.0, 30.0)];
        let strokes = hatching(&square, 3.0);
        assert!(strokes.len() > 5);
        for (x, y) in strokes.into_iter().flatten() {
            assert!((10.0 - 1e-9..=30.0 + 1e-9).contains(&x) && (10.0 - 1e-9..=30.0 + 1e-9).contains(&y));
        }
    }
}
