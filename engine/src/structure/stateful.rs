//! Functions with a memory, and those of time, as hidden stocks, held values and pipelines.
//!
//! The definitions are those of Vensim's reference manual. Known differences from it:
//!
//! - These functions may stand anywhere in an expression; Vensim wants DELAY FIXED, DELAY N, SMOOTH N and
//!   SAMPLE IF TRUE directly behind the equal sign.
//! - DELAY N and SMOOTH N are chains of first-order delays like DELAY3 and SMOOTH3, integrated with all other stocks.
//!   Vensim's DELAY N is a discrete function whose output does not depend on the delay time of the present step;
//!   with a constant delay time and Euler's rule both agree.
//! - The order of DELAY N is fixed when the model is read. Where ORDER steps do not fit into a delay time that is known
//!   then, it is lowered with a warning, as Vensim does; a delay time that differs between runs does not change it.
//!
//! And from PySD 3.14, with which results are compared: it knows no NPV; a PULSE of no width never happens there
//! (here, as in Vensim, it lasts one step); it compares Time with the beginning and end of a PULSE without the half step;
//! its DELAY N keeps the delay time with which each step's content entered.

use crate::diagnostic::catalogue::structure as code;
use crate::model::{Expression, Function, TextRange};

use super::expansion::{Expansion, Here};
use super::term::{binary, ternary, unary};
use super::{BinaryOperation, Rule, ScalarId, Term, TernaryOperation, UnaryOperation, VariableKind};

/// A chain longer than this is a slip of the pen.
const GREATEST_ORDER: f64 = 1000.0;

impl Expansion<'_, '_, '_> {
    /// A function of time or with a memory; `terms` are its arguments, `order` that of DELAY N and SMOOTH N.
    pub(super) fn stateful(&mut self, function: Function, terms: Vec<Term>, order: usize, here: &mut Here) -> Term {
        let mut given = terms.into_iter();
        let mut next = || given.next().unwrap_or(Term::Number(f64::NAN));
        let (a, b, c, d) = (next(), next(), next(), next());
        match function {
            Function::Game => a,
            Function::Initial => self.hide("initial", VariableKind::Auxiliary, Rule::Frozen(a), here),
            Function::ActiveInitial => {
                let rule = Rule::Auxiliary { term: a, initial: Some(b) };
                self.hide("active", VariableKind::Auxiliary, rule, here)
            }
            Function::SampleIfTrue => self.sample(a, b, c, here),
            Function::DelayFixed => {
                let rule = Rule::Pipeline { input: a, delay: b, initial: c };
                self.hide("pipeline", VariableKind::Auxiliary, rule, here)
            }
            Function::Delay1 | Function::Delay3 => {
                let input = self.shared(a, "input", here);
                self.delay(input.clone(), b, input, if function == Function::Delay1 { 1 } else { 3 }, here)
            }
            Function::Delay1I => self.delay(a, b, c, 1, here),
            Function::Delay3I => self.delay(a, b, c, 3, here),
            Function::DelayN => self.delay(a, b, c, order, here),
            Function::Smooth | Function::Smooth3 => {
                let input = self.shared(a, "input", here);
                self.smooth(input.clone(), b, input, if function == Function::Smooth { 1 } else { 3 }, here)
            }
            Function::SmoothI => self.smooth(a, b, c, 1, here),
            Function::Smooth3I => self.smooth(a, b, c, 3, here),
            Function::SmoothN => self.smooth(a, b, c, order, here),
            Function::Trend => self.trend(a, b, c, here),
            Function::Forecast => self.forecast(a, b, c, here),
            Function::Npv => self.npv(a, b, c, d, here),
            Function::Step => {
                let begun = binary(BinaryOperation::Greater, self.middle(), b);
                ternary(TernaryOperation::Select, begun, a, Term::Number(0.0))
            }
            Function::Pulse => self.pulse(a, b, here),
            Function::PulseTrain => self.pulse_train(a, b, c, d, here),
            Function::Ramp => self.ramp(a, b, c, here),
            // All others are plain operations and never come here.
            _ => Term::Number(f64::NAN),
        }
    }

    /// The whole number of stages of DELAY N and SMOOTH N.
    pub(super) fn order(
        &mut self,
        function: Function,
        order: &Expression,
        delay: &Expression,
        name_at: TextRange,
        here: &Here,
    ) -> usize {
        let Some(value) = self.fixed.value(order, &here.bound) else {
            let name = self.notes.written(name_at);
            let message = format!("the order of {name} is not known before the simulation begins");
            self.notes.error(code::BAD_ORDER, order.at, message, vec!["write a whole number or a constant".to_owned()]);
            return 1;
        };
        if !(1.0..=GREATEST_ORDER).contains(&value) || value.fract() != 0.0 {
            let name = self.notes.written(name_at);
            let message =
                format!("the order of {name} is {value}, which is no whole number from 1 to {GREATEST_ORDER}");
            self.notes.error(code::BAD_ORDER, order.at, message, Vec::new());
            return 1;
        }
        let mut fitting = value;
        if function == Function::DelayN
            && let Some(time) = self.fixed.value(delay, &here.bound)
        {
            // A whole quotient may come out a hair too small.
            fitting = (time / self.step + 1e-9).floor().clamp(1.0, value);
            if fitting < value {
                let message = format!(
                    "{value} stages of one step do not fit into a delay time of {time}; the order is taken as {fitting}"
                );
                let hint = format!("a delay of order {value} needs TIME STEP of at most {}", time / value);
                self.notes.warning(code::LOWERED_ORDER, name_at, message, vec![hint]);
            }
        }
        fitting as usize
    }

    /// Warns of a delay that is shorter than the step, or whose stages are so short that it grows without bound.
    pub(super) fn warn_of_short_delay(
        &mut self,
        function: Function,
        delay: &Expression,
        order: usize,
        name_at: TextRange,
        here: &Here,
    ) {
        let Some(time) = self.fixed.value(delay, &here.bound) else { return };
        let (name, step) = (self.notes.written(name_at), self.step);
        let (message, longest) = if time < step * (1.0 - 1e-9) {
            (
                format!("the delay time of {name} is {time}, which is shorter than `TIME STEP`, {step}"),
                time / order as f64,
            )
        } else if 2.0 * time < step * order as f64 * (1.0 - 1e-9) {
            let message = format!(
                "the delay time of {name} is {time} for {order} stages: each is shorter than half of `TIME STEP`, {step}, \
                 and what comes out grows without bound"
            );
            (message, time / order as f64)
        } else {
            return;
        };
        let hint = if longest > 0.0 && function != Function::DelayFixed {
            format!("a TIME STEP of at most {longest} keeps it from swinging, a quarter of that makes it accurate")
        } else {
            "it lasts one step; take a shorter TIME STEP, or a longer delay".to_owned()
        };
        self.notes.warning(code::SHORT_DELAY, name_at, message, vec![hint]);
    }

    /// DELAY: a chain of `order` stocks, each emptied at content / (delay time / order).
    ///
    /// `LVk = INTEG(RT(k-1) - RTk, initial * DL)`, `RTk = LVk / DL`, `DL = delay time / order`.
    fn delay(&mut self, input: Term, time: Term, initial: Term, order: usize, here: &mut Here) -> Term {
        let stage = self.stage(time, order, here);
        let initial = self.shared(initial, "initial value", here);
        let content = binary(BinaryOperation::Multiply, initial, stage.clone());
        let mut rate = input;
        for _ in 0..order {
            let level = self.next_hidden();
            // The level comes first and reads the outflow that follows it.
            let outflow = ScalarId(level.0 + 1);
            let flow = binary(BinaryOperation::Subtract, rate, Term::Scalar(outflow));
            self.hide("delay level", VariableKind::Stock, Rule::Stock { initial: content.clone(), flow }, here);
            let term = binary(BinaryOperation::Divide, Term::Scalar(level), stage.clone());
            rate = self.hide("delay rate", VariableKind::Auxiliary, Rule::Auxiliary { term, initial: None }, here);
        }
        rate
    }

    /// SMOOTH: a chain of `order` stocks, each following the one before it.
    ///
    /// `LVk = INTEG((LV(k-1) - LVk) / DL, initial)`, `DL = smooth time / order`.
    fn smooth(&mut self, input: Term, time: Term, initial: Term, order: usize, here: &mut Here) -> Term {
        let stage = self.stage(time, order, here);
        let initial = self.shared(initial, "initial value", here);
        let mut goal = input;
        for _ in 0..order {
            let level = self.next_hidden();
            let gap = binary(BinaryOperation::Subtract, goal, Term::Scalar(level));
            let flow = binary(BinaryOperation::Divide, gap, stage.clone());
            goal = self.hide("smooth level", VariableKind::Stock, Rule::Stock { initial: initial.clone(), flow }, here);
        }
        goal
    }

    /// The time of one stage out of `order`.
    fn stage(&mut self, time: Term, order: usize, here: &Here) -> Term {
        let stage = match (time, order) {
            (time, 1) => time,
            (Term::Number(time), _) => Term::Number(time / order as f64),
            (time, _) => binary(BinaryOperation::Divide, time, Term::Number(order as f64)),
        };
        self.shared(stage, "stage time", here)
    }

    /// SAMPLE IF TRUE: the input while the condition holds, else what it last was.
    ///
    /// As in PySD the sampled input shows at once, not a step later.
    fn sample(&mut self, condition: Term, input: Term, initial: Term, here: &mut Here) -> Term {
        let held = self.next_hidden();
        let visible = ScalarId(held.0 + 1);
        let rule = Rule::Held { initial, next: Term::Scalar(visible) };
        self.hide("held", VariableKind::Auxiliary, rule, here);
        let term = ternary(TernaryOperation::Select, condition, input, Term::Scalar(held));
        self.hide("sample", VariableKind::Auxiliary, Rule::Auxiliary { term, initial: None }, here)
    }

    /// TREND: `ZIDZ(input - AV, time * ABS(AV))`, `AV = INTEG((input - AV) / time, input / (1 + initial * time))`.
    fn trend(&mut self, input: Term, time: Term, initial: Term, here: &mut Here) -> Term {
        let input = self.shared(input, "input", here);
        let time = self.shared(time, "average time", here);
        let growth = binary(BinaryOperation::Multiply, initial, time.clone());
        let factor = binary(BinaryOperation::Add, Term::Number(1.0), growth);
        let start = binary(BinaryOperation::Divide, input.clone(), factor);
        let (average, gap) = self.average(input, time.clone(), start, here);
        let size = unary(UnaryOperation::Abs, average);
        let divisor = binary(BinaryOperation::Multiply, time, size);
        ternary(TernaryOperation::DivideOr, gap, divisor, Term::Number(0.0))
    }

    /// FORECAST: `input * (1 + ZIDZ(input - AV, time * AV) * horizon)`, `AV = INTEG((input - AV) / time, input)`.
    fn forecast(&mut self, input: Term, time: Term, horizon: Term, here: &mut Here) -> Term {
        let input = self.shared(input, "input", here);
        let time = self.shared(time, "average time", here);
        let (average, gap) = self.average(input.clone(), time.clone(), input.clone(), here);
        let divisor = binary(BinaryOperation::Multiply, time, average);
        let trend = ternary(TernaryOperation::DivideOr, gap, divisor, Term::Number(0.0));
        let rise = binary(BinaryOperation::Multiply, trend, horizon);
        binary(BinaryOperation::Multiply, input, binary(BinaryOperation::Add, Term::Number(1.0), rise))
    }

    /// The running average of an input, and how far the input is from it.
    fn average(&mut self, input: Term, time: Term, initial: Term, here: &Here) -> (Term, Term) {
        let average = Term::Scalar(self.next_hidden());
        let gap = binary(BinaryOperation::Subtract, input, average.clone());
        let flow = binary(BinaryOperation::Divide, gap.clone(), time);
        self.hide("average", VariableKind::Stock, Rule::Stock { initial, flow }, here);
        (average, gap)
    }

    /// NPV: `(ACCUM + stream * TIME STEP * df) * factor`, `ACCUM = INTEG(stream * df, initial)`,
    /// `df = INTEG(-df * rate / (1 + rate * TIME STEP), 1)`.
    fn npv(&mut self, stream: Term, rate: Term, initial: Term, factor: Term, here: &mut Here) -> Term {
        let rate = self.shared(rate, "discount rate", here);
        let stream = self.shared(stream, "stream", here);
        let step = Term::Number(self.step);
        let discount = Term::Scalar(self.next_hidden());
        let slowed = binary(BinaryOperation::Multiply, rate.clone(), step.clone());
        let slowed = binary(BinaryOperation::Add, Term::Number(1.0), slowed);
        let fall = binary(BinaryOperation::Multiply, unary(UnaryOperation::Negate, discount.clone()), rate);
        let flow = binary(BinaryOperation::Divide, fall, slowed);
        self.hide("discount factor", VariableKind::Stock, Rule::Stock { initial: Term::Number(1.0), flow }, here);
        let flow = binary(BinaryOperation::Multiply, stream.clone(), discount.clone());
        let accumulated = self.hide("accumulated", VariableKind::Stock, Rule::Stock { initial, flow }, here);
        let present = binary(BinaryOperation::Multiply, binary(BinaryOperation::Multiply, stream, step), discount);
        binary(BinaryOperation::Multiply, binary(BinaryOperation::Add, accumulated, present), factor)
    }

    /// PULSE: 1 from `start` for `width`, at least one step.
    fn pulse(&mut self, start: Term, width: Term, here: &mut Here) -> Term {
        let start = self.shared(start, "start", here);
        let now = self.middle();
        let begun = binary(BinaryOperation::Greater, now.clone(), start.clone());
        let end = binary(BinaryOperation::Add, start, self.at_least_a_step(width));
        let not_over = binary(BinaryOperation::Less, now, end);
        binary(BinaryOperation::And, begun, not_over)
    }

    /// PULSE TRAIN: a pulse from `start` and again every `between`, up to `end` and with it.
    fn pulse_train(&mut self, start: Term, width: Term, between: Term, end: Term, here: &mut Here) -> Term {
        let start = self.shared(start, "start", here);
        let now = self.middle();
        let begun = binary(BinaryOperation::Greater, now.clone(), start.clone());
        // A pulse that is on at the end itself still counts, one step later it does not: Time < end + half a step.
        let over = binary(BinaryOperation::Add, end, Term::Number(self.step));
        let not_over = binary(BinaryOperation::Less, now.clone(), over);
        let since = binary(BinaryOperation::Modulo, binary(BinaryOperation::Subtract, now, start), between);
        let on = binary(BinaryOperation::Less, since, self.at_least_a_step(width));
        binary(BinaryOperation::And, binary(BinaryOperation::And, begun, not_over), on)
    }

    /// RAMP: 0 until `start`, then rising by `slope` until `end`. It follows Time itself, also inside a step, and so it is
    /// written without a comparison with Time where it has no jump.
    fn ramp(&mut self, slope: Term, start: Term, end: Term, here: &Here) -> Term {
        let slope = self.shared(slope, "slope", here);
        let start = self.shared(start, "start", here);
        let end = self.shared(end, "end", here);
        let now = binary(BinaryOperation::Maximum, Term::Time, start.clone());
        let passed =
            binary(BinaryOperation::Subtract, binary(BinaryOperation::Minimum, now, end.clone()), start.clone());
        let rising = binary(BinaryOperation::Multiply, slope.clone(), passed);
        // An end before the start: a jump to `slope * (end - start)` once the start has passed, as in PySD.
        let begun = binary(BinaryOperation::Greater, Term::Time, start.clone());
        let jump =
            binary(BinaryOperation::Multiply, slope, binary(BinaryOperation::Subtract, end.clone(), start.clone()));
        let jumping = ternary(TernaryOperation::Select, begun, jump, Term::Number(0.0));
        let orderly = binary(BinaryOperation::GreaterOrEqual, end, start);
        ternary(TernaryOperation::Select, orderly, rising, jumping)
    }

    fn at_least_a_step(&self, width: Term) -> Term {
        match width {
            Term::Number(width) => Term::Number(width.max(self.step)),
            width => binary(BinaryOperation::Maximum, width, Term::Number(self.step)),
        }
    }

    /// The middle of the present step, so that no comparison with Time hangs on a rounding error.
    ///
    /// "The value does not change except at TIME STEP intervals regardless of the integration technique": the time is that
    /// of the step's beginning, also in the middle of a Runge-Kutta step.
    fn middle(&self) -> Term {
        binary(BinaryOperation::Add, Term::StepTime, Term::Number(self.step / 2.0))
    }
}

/// Where the order stands among the arguments of a delay or smooth that has one.
pub(super) fn order_argument(function: Function) -> Option<usize> {
    matches!(function, Function::DelayN | Function::SmoothN).then_some(3)
}

/// How many stages a delay, a smooth or the like has whose second argument is its time; `None` for all other functions.
pub(super) fn stages(function: Function) -> Option<usize> {
    match function {
        Function::Delay3 | Function::Delay3I | Function::Smooth3 | Function::Smooth3I => Some(3),
        Function::Delay1 | Function::Delay1I | Function::Smooth | Function::SmoothI => Some(1),
        Function::DelayFixed | Function::Trend | Function::Forecast => Some(1),
        _ => None,
    }
}
