//! Events keep to the beginning of a step: what jumps with Time does not jump inside a Runge-Kutta step.
//!
//! A Runge-Kutta step looks at the middle and the end of the step too. A condition such as `MODULO(Time, 1) < TIME STEP/2`
//! holds at the step's beginning alone, so that of what it lets through a sixth would arrive; and of a stock that is emptied
//! at a rate of `Stock/TIME STEP` three eighths would stay. Hence three rules:
//!
//! 1. **Where a number is compared, rounded or wrapped round, the Time it is computed from is that of the step's beginning.**
//!    What a condition lets through goes on with Time itself, and so does MODULO between its jumps: how often the base fits
//!    is found at the beginning, and the remainder grows on from there. So does a lookup table between its jumps: what it jumps
//!    is what it had jumped at the beginning, and what it rises along its lines goes on. Stocks are looked at where the step
//!    looks at them.
//! 2. **What is divided by TIME STEP is moved in this step as a whole, and is what it was at the step's beginning**, stocks
//!    and all: a product with such a quotient is held through the step.
//! 3. **What is sampled is sampled at the step's beginning**: SAMPLE IF TRUE looks at its condition and its input there, stocks
//!    and all, and shows one value through the step.
//!
//! So an event does by Runge-Kutta what it does by Euler's rule, and what is smooth keeps the order of the rule. Euler's rule
//! sees nothing but the beginning, and nothing is changed for it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::kernel::Integrator;
use crate::model::Name;
use crate::structure::{
    BinaryOperation, LookupId, LookupTable, Rule, Scalar, ScalarId, Structure, Term, TernaryOperation, UnaryOperation,
    Variable, VariableId, VariableKind,
};

/// The same model with its events held through each step, for an integrator that looks into a step.
pub(super) fn events_held(structure: &Structure, integrator: Integrator) -> Cow<'_, Structure> {
    if integrator == Integrator::Euler {
        return Cow::Borrowed(structure);
    }
    let mut held = structure.clone();
    let mut events = Events::new(structure);
    let samplers = samplers(structure);
    for &ScalarId(index) in &structure.step_order {
        let index = index as usize;
        if let Rule::Auxiliary { term, .. } = &mut held.scalars[index].rule {
            events.per_step[index] = events.is_per_step(term);
            *term = if samplers.contains(&index) { events.at_beginning(term, Held::All) } else { events.hold(term) };
            events.by_time[index] = events.moves(term, Held::Time);
            events.by_all[index] = events.moves(term, Held::All);
        }
    }
    for scalar in &mut held.scalars {
        if let Rule::Stock { flow: later, .. } | Rule::Held { next: later, .. } | Rule::Pipeline { input: later, .. } =
            &mut scalar.rule
        {
            *later = events.hold(later);
        }
    }
    events.add_twins(structure, &mut held);
    held.lookups.extend(events.lines);
    Cow::Owned(held)
}

/// Scalars that show what a SAMPLE IF TRUE holds: the held value becomes what they are at a step's beginning.
fn samplers(structure: &Structure) -> BTreeSet<usize> {
    let visible = structure.scalars.iter().filter_map(|scalar| match scalar.rule {
        Rule::Held { next: Term::Scalar(visible), .. } => Some(visible.0 as usize),
        _ => None,
    });
    visible.collect()
}

/// How a table reads whose argument goes on inside a step.
#[derive(Debug, Clone, Copy)]
enum Table {
    /// It has no jump.
    Unbroken,
    /// All that it does is to jump.
    Stairs,
    /// It jumps, and what it rises and falls between its jumps is a table of its own.
    Broken(LookupId),
}

/// What a table rises and falls between its jumps, from zero at its first point; nothing if it has no jump. A jump lies
/// between two points with no number between them: one x twice, or two neighbours, as LOOKUP FORWARD and BACKWARD have them.
fn between_jumps(table: &LookupTable) -> Option<LookupTable> {
    let LookupTable { x, y } = table;
    let mut jumps = false;
    let mut risen = 0.0;
    let mut line = |index: usize| {
        if let Some(before) = index.checked_sub(1) {
            let rise = y[index] - y[before];
            if x[index] <= x[before].next_up() || !rise.is_finite() {
                jumps = jumps || rise != 0.0;
            } else {
                risen += rise;
            }
        }
        risen
    };
    let y = (0..x.len()).map(&mut line).collect();
    jumps.then(|| LookupTable { x: x.clone(), y })
}

/// What is taken as it was at the step's beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Held {
    /// Time.
    Time,
    /// Time and stocks.
    All,
}

struct Events<'a> {
    /// The tables of the model.
    lookups: &'a [LookupTable],
    /// How those read that were asked for.
    tables: BTreeMap<LookupId, Table>,
    /// Tables that are added to those of the model.
    lines: Vec<LookupTable>,
    /// Of each scalar, whether it is TIME STEP, or that times something, under another name too.
    steps: Vec<bool>,
    /// Of each scalar, whether it changes inside a step because Time does.
    by_time: Vec<bool>,
    /// Of each scalar, whether it changes inside a step because Time or a stock does.
    by_all: Vec<bool>,
    /// Of each scalar, whether it is something divided by TIME STEP.
    per_step: Vec<bool>,
    /// Scalars that are wanted as at the step's beginning, and the ids of those twins.
    twins: BTreeMap<(Held, ScalarId), ScalarId>,
    /// The same in the order of their ids.
    wanted: Vec<(Held, ScalarId)>,
}

impl<'a> Events<'a> {
    fn new(structure: &'a Structure) -> Self {
        let none = vec![false; structure.scalars.len()];
        let mut events = Self {
            lookups: &structure.lookups,
            tables: BTreeMap::new(),
            lines: Vec::new(),
            steps: none.clone(),
            by_time: none.clone(),
            by_all: structure.scalars.iter().map(|scalar| matches!(scalar.rule, Rule::Stock { .. })).collect(),
            per_step: none,
            twins: BTreeMap::new(),
            wanted: Vec::new(),
        };
        if let Some(step) = structure.scalar(&Name::new("TIME STEP"), &[]) {
            events.steps[step.0 as usize] = true;
        }
        for &ScalarId(index) in &structure.initial_order {
            let index = index as usize;
            if let Rule::Auxiliary { term, .. } | Rule::Frozen(term) = &structure.scalars[index].rule {
                events.steps[index] = events.steps[index] || events.is_step(term);
            }
        }
        events
    }

    /// A term in which whatever jumps is held.
    fn hold(&mut self, term: &Term) -> Term {
        use BinaryOperation::{
            Add, And, Equal, Greater, GreaterOrEqual, Less, LessOrEqual, Modulo, NotEqual, Or, Subtract,
        };
        match term {
            Term::Number(_) | Term::Scalar(_) | Term::Noise(_) | Term::Time | Term::StepTime => term.clone(),
            Term::Products(_) if !self.is_per_step(term) => term.clone(),
            _ if self.is_per_step(term) => self.at_beginning(term, Held::All),
            Term::Unary(UnaryOperation::Truncate | UnaryOperation::Not, _)
            | Term::Binary(Less | LessOrEqual | Greater | GreaterOrEqual | Equal | NotEqual | And | Or, _, _) => {
                self.at_beginning(term, Held::Time)
            }
            Term::Binary(Modulo, a, base) => {
                let (now, base) = (self.hold(a), Box::new(self.at_beginning(base, Held::Time)));
                if !self.moves(&now, Held::Time) {
                    return Term::Binary(Modulo, Box::new(now), base);
                }
                let then = Box::new(self.at_beginning(&now, Held::Time));
                let since = Term::Binary(Subtract, Box::new(now), then.clone());
                Term::Binary(Add, Box::new(since), Box::new(Term::Binary(Modulo, then, base)))
            }
            Term::Ternary(TernaryOperation::Select, condition, yes, no) => {
                let condition = self.at_beginning(condition, Held::Time);
                let (yes, no) = (self.hold(yes), self.hold(no));
                Term::Ternary(TernaryOperation::Select, Box::new(condition), Box::new(yes), Box::new(no))
            }
            Term::Lookup(table, at) => {
                let now = self.hold(at);
                self.read(*table, now)
            }
            _ => parts(term, &mut |part| self.hold(part)),
        }
    }

    /// A table read at `now`: as it was at the step's beginning, and what it has risen since then along its lines.
    fn read(&mut self, table: LookupId, now: Term) -> Term {
        let read = |table: LookupId, at: &Term| Term::Lookup(table, Box::new(at.clone()));
        let kind = self.table(table);
        if matches!(kind, Table::Unbroken) || !self.moves(&now, Held::Time) {
            return read(table, &now);
        }
        let then = self.at_beginning(&now, Held::Time);
        let at_beginning = read(table, &then);
        let Table::Broken(lines) = kind else { return at_beginning };
        let since = Term::Binary(BinaryOperation::Subtract, Box::new(read(lines, &now)), Box::new(read(lines, &then)));
        Term::Binary(BinaryOperation::Add, Box::new(at_beginning), Box::new(since))
    }

    /// How a table reads; what it is between its jumps is made once.
    fn table(&mut self, table: LookupId) -> Table {
        if let Some(known) = self.tables.get(&table) {
            return *known;
        }
        let kind = match self.lookups.get(table.0 as usize).and_then(between_jumps) {
            None => Table::Unbroken,
            Some(LookupTable { y, .. }) if y.iter().all(|risen| *risen == 0.0) => Table::Stairs,
            Some(lines) => {
                self.lines.push(lines);
                Table::Broken(LookupId((self.lookups.len() + self.lines.len() - 1) as u32))
            }
        };
        self.tables.insert(table, kind);
        kind
    }

    /// A term as it was at the step's beginning.
    fn at_beginning(&mut self, term: &Term, held: Held) -> Term {
        match term {
            Term::Time => Term::StepTime,
            Term::Scalar(scalar) => Term::Scalar(self.twin(*scalar, held)),
            Term::Products(lists) => {
                let twins = lists.iter().map(|list| list.iter().map(|scalar| self.twin(*scalar, held)).collect());
                Term::Products(twins.collect())
            }
            // Inside a comparison a quotient by TIME STEP is what it is elsewhere.
            _ if held == Held::Time && self.is_per_step(term) => self.at_beginning(term, Held::All),
            _ => parts(term, &mut |part| self.at_beginning(part, held)),
        }
    }

    /// What holds a scalar as it was at the step's beginning: itself, if it does not change inside a step.
    fn twin(&mut self, scalar: ScalarId, held: Held) -> ScalarId {
        if !self.scalar_moves(scalar, held) {
            return scalar;
        }
        let next = ScalarId((self.by_all.len() + self.wanted.len()) as u32);
        let wanted = &mut self.wanted;
        *self.twins.entry((held, scalar)).or_insert_with(|| {
            wanted.push((held, scalar));
            next
        })
    }

    /// Whether a term is a product with something that is divided by TIME STEP.
    fn is_per_step(&self, term: &Term) -> bool {
        match term {
            Term::Scalar(scalar) => self.scalar_is_per_step(*scalar),
            Term::Products(lists) => {
                lists.iter().flat_map(|list| list.iter()).any(|scalar| self.scalar_is_per_step(*scalar))
            }
            Term::Unary(UnaryOperation::Negate, a) => self.is_per_step(a),
            Term::Binary(BinaryOperation::Multiply, a, b) => self.is_per_step(a) || self.is_per_step(b),
            Term::Binary(BinaryOperation::Divide, a, b) | Term::Ternary(TernaryOperation::DivideOr, a, b, _) => {
                self.is_step(b) || self.is_per_step(a)
            }
            Term::Binary(BinaryOperation::Power, a, power) => self.is_step(a) && is_below_zero(power),
            _ => false,
        }
    }

    fn scalar_is_per_step(&self, scalar: ScalarId) -> bool {
        self.per_step.get(scalar.0 as usize).copied().unwrap_or(false)
    }

    /// Whether a term is TIME STEP, or a product with it.
    fn is_step(&self, term: &Term) -> bool {
        use BinaryOperation::{Divide, Maximum, Minimum, Multiply};
        match term {
            Term::Scalar(scalar) => self.steps.get(scalar.0 as usize).copied().unwrap_or(false),
            Term::Binary(Multiply | Minimum | Maximum, a, b) => self.is_step(a) || self.is_step(b),
            Term::Binary(Divide, a, _) => self.is_step(a),
            _ => false,
        }
    }

    /// Whether a term changes inside a step.
    fn moves(&self, term: &Term, held: Held) -> bool {
        match term {
            Term::Time => true,
            Term::Number(_) | Term::Noise(_) | Term::StepTime => false,
            Term::Scalar(scalar) => self.scalar_moves(*scalar, held),
            Term::Products(lists) => {
                lists.iter().flat_map(|list| list.iter()).any(|scalar| self.scalar_moves(*scalar, held))
            }
            Term::Unary(_, a) | Term::Lookup(_, a) => self.moves(a, held),
            Term::Binary(_, a, b) => self.moves(a, held) || self.moves(b, held),
            Term::Ternary(_, a, b, c) => self.moves(a, held) || self.moves(b, held) || self.moves(c, held),
        }
    }

    fn scalar_moves(&self, scalar: ScalarId, held: Held) -> bool {
        let moving = if held == Held::Time { &self.by_time } else { &self.by_all };
        match moving.get(scalar.0 as usize) {
            Some(moves) => *moves,
            // A twin that holds Time alone may read stocks.
            None => {
                let twin = self.wanted.get(scalar.0 as usize - moving.len());
                held == Held::All && twin.is_some_and(|(of, _)| *of == Held::Time)
            }
        }
    }

    /// Gives every twin that is wanted its rule, and its position right behind the scalar it is the twin of.
    fn add_twins(&mut self, structure: &Structure, held: &mut Structure) {
        let mut done = 0;
        // The rule of a twin may want others.
        while let Some(&(how, scalar)) = self.wanted.get(done) {
            done += 1;
            // All at the beginning is what the modeller wrote, there; Time at the beginning goes with what is held anyway.
            let from = if how == Held::All { structure } else { &*held };
            let rule = match from.scalars[scalar.0 as usize].rule.clone() {
                Rule::Auxiliary { term, initial } => Rule::Auxiliary { term: self.at_beginning(&term, how), initial },
                Rule::Stock { .. } => Rule::Beginning(scalar),
                still => still,
            };
            let original = &structure.variables[structure.scalars[scalar.0 as usize].variable.0 as usize];
            let variable = Variable {
                name: Name::new(&format!("{} at the beginning of the step", structure.label(scalar))),
                dimensions: Vec::new(),
                kind: VariableKind::Auxiliary,
                first: ScalarId(held.scalars.len() as u32),
                count: 1,
                bounds: (None, None),
                hidden: true,
                ..original.clone()
            };
            held.scalars.push(Scalar { variable: VariableId(held.variables.len() as u32), rule });
            held.variables.push(variable);
        }
        let twins = |scalar: ScalarId| [Held::All, Held::Time].map(|how| self.twins.get(&(how, scalar)).copied());
        for order in [&mut held.initial_order, &mut held.step_order] {
            *order =
                order.iter().flat_map(|&one| std::iter::once(one).chain(twins(one).into_iter().flatten())).collect();
        }
    }
}

/// Whether a term is a number below zero, as it is written.
fn is_below_zero(term: &Term) -> bool {
    match term {
        Term::Number(number) => *number < 0.0,
        Term::Unary(UnaryOperation::Negate, a) => matches!(**a, Term::Number(number) if number > 0.0),
        _ => false,
    }
}

/// A term with each of its parts replaced.
fn parts(term: &Term, replace: &mut impl FnMut(&Term) -> Term) -> Term {
    let mut part = |part: &Term| Box::new(replace(part));
    match term {
        Term::Number(_) | Term::Scalar(_) | Term::Products(_) | Term::Noise(_) | Term::Time | Term::StepTime => {
            term.clone()
        }
        Term::Unary(operation, a) => Term::Unary(*operation, part(a)),
        Term::Binary(operation, a, b) => Term::Binary(*operation, part(a), part(b)),
        Term::Ternary(operation, a, b, c) => Term::Ternary(*operation, part(a), part(b), part(c)),
        Term::Lookup(table, at) => Term::Lookup(*table, part(at)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use std::sync::Arc;

    use crate::kernel::{Integrator, reference};
    use crate::model::Bindings;
    use crate::structure::{Structure, build};

    fn model(text: &str) -> Structure {
        let times = "INITIAL TIME = 0 ~~|\nFINAL TIME = 4 ~~|\nTIME STEP = 0.0625 ~~|\nSAVEPER = 1 ~~|\n";
        let text = Arc::from(format!("{{UTF-8}}\n{text}\n{times}"));
        let (model, problems) = crate::notation::vensim::read(&Arc::from("model.mdl"), &text);
        assert!(!problems.has_errors(), "{problems:?}");
        build(&model, &Bindings::default()).unwrap_or_else(|problems| panic!("{problems:?}")).0
    }

    fn column(structure: &Structure, label: &str, integrator: Integrator) -> Vec<f64> {
        let all = reference::simulate(structure, integrator, &[]);
        let index = all.labels.iter().position(|own| own == label).unwrap();
        all.values.chunks(all.labels.len()).map(|row| row[index]).collect()
    }

    /// A fund of 10 a year that is emptied as each year begins, told in several ways.
    #[test]
    fn a_fund_is_emptied_by_runge_kutta_as_by_euler_however_the_year_is_told() {
        let tellings = [
            "IF THEN ELSE(MODULO(Time, 1) < TIME STEP/2, 1, 0) ~~|",
            "IF THEN ELSE(Into the year < TIME STEP/2, 1, 0) ~~|\nInto the year = Time - INTEGER(Time) ~~|",
            "IF THEN ELSE(Clock - Whole < TIME STEP/2, 1, 0) ~~|\nClock = Time + 0*Fund ~~|\nWhole = INTEGER(Clock) ~~|",
            "1 - MIN(1, INTEGER(MODULO(Time, 1)/TIME STEP)) ~~|",
            "PULSE TRAIN(0, 0, 1, 99) ~~|",
            "IF THEN ELSE(Time = INTEGER(Time) :AND: :NOT: Never, 1, 0) ~~|\nNever = Time > 1000 ~~|",
        ];
        let emptyings = [
            "Year begins*Fund/TIME STEP",
            "Fund*(Year begins/TIME STEP)",
            "IF THEN ELSE(Year begins = 1, Fund/TIME STEP, 0)",
            "Steps in a year*Year begins*ZIDZ(Fund, 1)",
            "Outflow",
            "Year begins*Fund/dt",
            "Year begins*Fund/MAX(TIME STEP, 0.001)",
            "Year begins*Fund/(TIME STEP/1)",
            "Year begins*Fund*TIME STEP^(-1)",
        ];
        for (begins, empties) in tellings.iter().flat_map(|begins| emptyings.map(|empties| (begins, empties))) {
            let structure = model(&format!(
                "Year begins = {begins}\nFund = INTEG(10 - {empties}, 0) ~~|\nSteps in a year = 1/TIME STEP ~~|\n\
                 Outflow = Year begins*Most ~~|\nMost = Fund/TIME STEP ~~|\ndt = TIME STEP ~~|"
            ));
            for integrator in [Integrator::Euler, Integrator::Rk4] {
                let fund = column(&structure, "Fund", integrator);
                assert_eq!(fund[0], 0.0);
                assert!(fund[1..].iter().all(|fund| (fund - 10.0).abs() < 1e-12), "{begins}: {integrator:?} {fund:?}");
            }
        }
    }

    /// A table that is nothing but stairs, and a sampler, give a stock what Euler's rule gives it, to the bit where the sums are
    /// whole: however the argument or the condition is told, and whether or not the stairs fall on a step.
    #[test]
    fn stairs_and_samples_are_those_of_eulers_rule() {
        let flows = [
            "Stairs(Time) ~~|",
            "Stairs(Clock) ~~|\nClock = Whole + Time - INTEGER(Time) ~~|\nWhole = INTEGER(Time) ~~|",
            "WITH LOOKUP(2*Time, ((0,8),(3.1,8),(3.1,16),(9,16))) ~~|",
            "LOOKUP FORWARD(Points, Time) ~~|",
            "LOOKUP BACKWARD(Points, Time) ~~|",
            "LOOKUP EXTRAPOLATE(Stairs, Time) ~~|",
            "SAMPLE IF TRUE(MODULO(Time, 0.5) < 0.2, Time, 16) ~~|",
            "SAMPLE IF TRUE(Level < 2.03, Level, 16) ~~|\nLevel = INTEG(1, 0) ~~|",
            "3*Twice ~~|\nTwice = 2*SAMPLE IF TRUE(Got < 9, Time, 16) ~~|",
            "SAMPLE IF TRUE(Stairs(Time) > 0, Stairs(Time), 16) ~~|",
        ];
        for flow in flows {
            let structure = model(&format!(
                "Got = INTEG(Flow, 0) ~~|\nFlow = {flow}\nStairs((0,16),(1,16),(1,32),(2.03,32),(2.03,0),(4,0)) ~~|\n\
                 Points((0,16),(0.7,32),(2,16),(3.5,0)) ~~|"
            ));
            let by = |integrator| column(&structure, "Got", integrator);
            let (euler, runge_kutta) = (by(Integrator::Euler), by(Integrator::Rk4));
            assert!(euler[4] > 0.0);
            // Runge-Kutta adds sixths, so the last bits differ.
            for (a, b) in euler.iter().zip(&runge_kutta) {
                assert!((a - b).abs() < 1e-12 * a.abs().max(1.0), "{flow}: {euler:?} {runge_kutta:?}");
            }
        }
    }

    /// 2t until 1, then 5 - (t - 1)/2: what is reported is the table itself, to the bit; and whole steps of it are exact but for the
    /// one after the jump, in which the first point's side still counts.
    #[test]
    fn a_broken_line_goes_on_between_its_jumps() {
        let structure =
            model("Flow = WITH LOOKUP(Time, ((0,0.1),(1,2.1),(1,5.3),(3,4.3))) ~~|\nGot = INTEG(Flow, 0) ~~|");
        let (flow, got) = (column(&structure, "Flow", Integrator::Rk4), column(&structure, "Got", Integrator::Rk4));
        assert_eq!(flow, column(&structure, "Flow", Integrator::Euler));
        assert_eq!(flow[..2], [0.1, 2.1]);
        // 0.1 + 1; then the mean of 5.3 and 4.8 less a step of the jump of 3.2; the mean of 4.8 and 4.3; 4.3.
        for (found, expected) in got.iter().zip([0.0, 1.1, 6.15 - 0.2, 10.7 - 0.2, 15.0 - 0.2]) {
            assert!((found - expected).abs() < 1e-12, "{got:?}");
        }
    }

    #[test]
    fn what_is_smooth_keeps_its_order_through_a_wrap_of_modulo() {
        // The seasons by MODULO and without it are one curve, so their integrals are one too, to rounding.
        let structure = model(
            "By modulo = INTEG(SIN(2*3.14159265358979*MODULO(Time + 0.03, 1)), 0) ~~|\n\
             Plain = INTEG(SIN(2*3.14159265358979*(Time + 0.03)), 0) ~~|\n\
             Ramped = INTEG(RAMP(2, 1.03, 3), 0) ~~|",
        );
        let (by_modulo, plain) =
            (column(&structure, "By modulo", Integrator::Rk4), column(&structure, "Plain", Integrator::Rk4));
        for (a, b) in by_modulo.iter().zip(&plain) {
            assert!((a - b).abs() < 1e-9, "{a} {b}");
        }
        // 2 (t - 1.03)² / 2 at 2 and 3; only the step in which the ramp begins is not exact.
        let ramped = column(&structure, "Ramped", Integrator::Rk4);
        assert!((ramped[2] - 0.97 * 0.97).abs() < 1e-3 && (ramped[3] - 1.97 * 1.97).abs() < 1e-3, "{ramped:?}");
    }
}
