//! Other ways of reading a lookup table: LOOKUP FORWARD, LOOKUP BACKWARD, LOOKUP EXTRAPOLATE and LOOKUP INVERT.
//!
//! Each is the plain reading of another table, or of the same with something added at its ends, so that nothing but straight
//! lines is computed in a run.

use crate::diagnostic::catalogue::structure as code;
use crate::model::{Expression, ExpressionKind, Function, TextRange};

use super::expansion::{Expansion, Here};
use super::names::Found;
use super::term::binary;
use super::{BinaryOperation, LookupId, LookupTable, Term};

impl Expansion<'_, '_, '_> {
    /// A function of a lookup; `None` for all others.
    pub(super) fn reading(
        &mut self,
        function: Function,
        name_at: TextRange,
        arguments: &[Expression],
        here: &mut Here,
    ) -> Option<Term> {
        let (
            Function::LookupForward | Function::LookupBackward | Function::LookupExtrapolate | Function::LookupInvert,
            [table, at],
        ) = (function, arguments)
        else {
            return None;
        };
        let at = self.term(at, here);
        let at = self.shared(at, "argument", here);
        let ExpressionKind::Reference { name, subscripts } = &table.kind else {
            return Some(self.no_table(function, name_at, table.at));
        };
        let found = match self.found(name, subscripts, table.at, here) {
            Some(Found::Table(found)) => found,
            Some(_) => return Some(self.no_table(function, name_at, table.at)),
            None => return Some(Term::Number(f64::NAN)),
        };
        Some(match function {
            Function::LookupExtrapolate => self.extrapolated(found, at),
            _ => Term::Lookup(self.read_otherwise(found, function, table.at), Box::new(at)),
        })
    }

    fn no_table(&mut self, function: Function, name_at: TextRange, at: TextRange) -> Term {
        let name = self.notes.written(name_at);
        let parameters = function.parameters().join(", ");
        let hint = format!("write `{name}({parameters})` with the name of a lookup table first");
        self.notes.error(code::LOOKUP_USE, at, format!("{name} reads a lookup table, and this is none"), vec![hint]);
        Term::Number(f64::NAN)
    }

    /// Beyond its ends the table goes on as straight as in its first and last stretch.
    fn extrapolated(&mut self, table: LookupId, at: Term) -> Term {
        let LookupTable { x, y } = &self.tables[table.0 as usize];
        let slope = |from: usize, to: usize| (y[to] - y[from]) / (x[to] - x[from]);
        let last = x.len().saturating_sub(1);
        let mut read = Term::Lookup(table, Box::new(at.clone()));
        if last == 0 {
            return read;
        }
        let ends =
            [(x[0], slope(0, 1), BinaryOperation::Minimum), (x[last], slope(last - 1, last), BinaryOperation::Maximum)];
        for (end, slope, beyond) in ends.into_iter().filter(|(_, slope, _)| slope.is_finite()) {
            let gap = binary(BinaryOperation::Subtract, at.clone(), Term::Number(end));
            let gap = binary(beyond, gap, Term::Number(0.0));
            read = binary(BinaryOperation::Add, read, binary(BinaryOperation::Multiply, Term::Number(slope), gap));
        }
        read
    }

    /// The table whose plain reading is this one, made once.
    fn read_otherwise(&mut self, table: LookupId, function: Function, at: TextRange) -> LookupId {
        if let Some(made) = self.readings.get(&(table, function)) {
            return *made;
        }
        let LookupTable { x, y } = &self.tables[table.0 as usize];
        let points = || x.iter().copied().zip(y.iter().copied());
        let mut points: Vec<(f64, f64)> = match function {
            // From just behind a point on it is the next one's value.
            Function::LookupForward => {
                let jump = |((x, _), (next, y)): ((f64, f64), (f64, f64))| (x < next).then_some((x.next_up(), y));
                let jumps = points().zip(points().skip(1)).map(jump);
                points()
                    .take(1)
                    .chain(jumps.zip(points().skip(1)).flat_map(|(jump, point)| jump.into_iter().chain([point])))
                    .collect()
            }
            // Up to just before the next point it is this one's value.
            Function::LookupBackward => {
                let jump = |((x, y), (next, _)): ((f64, f64), (f64, f64))| (x < next).then_some((next.next_down(), y));
                let jumps = points().zip(points().skip(1)).map(jump);
                points()
                    .take(1)
                    .chain(jumps.zip(points().skip(1)).flat_map(|(jump, point)| jump.into_iter().chain([point])))
                    .collect()
            }
            _ => points().map(|(x, y)| (y, x)).collect(),
        };
        if function == Function::LookupInvert {
            if points.windows(2).all(|pair| pair[0].0 > pair[1].0) {
                points.reverse();
            }
            if !points.windows(2).all(|pair| pair[0].0 < pair[1].0) {
                let message = "a table whose y neither rises nor falls all the way cannot be read backwards".to_owned();
                let hint = "a y would have several x; write the table that is meant, from y to x".to_owned();
                self.notes.error(code::LOOKUP_USE, at, message, vec![hint]);
            }
        }
        let (x, y) = points.into_iter().unzip();
        let made = LookupId(self.tables.len() as u32);
        self.tables.push(LookupTable { x, y });
        self.readings.insert((table, function), made);
        made
    }
}
