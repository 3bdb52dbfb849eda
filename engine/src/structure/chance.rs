//! Numbers by chance inside a run: RANDOM UNIFORM and its like.
//!
//! Each call in each element has its own row of numbers: a function of the seed, the draw, the variable's name and the step,
//! so that no other variable, order or thread changes it. A number holds through a step, as Vensim's do. What is cut off
//! at the least and the greatest value is drawn anew, which here is the quantile between the two cuts.

use crate::model::{Expression, Function, Name};

use super::expansion::{Expansion, Here};
use super::term::{binary, ternary, unary};
use super::{BinaryOperation, Noise, NoiseId, Term, TernaryOperation, UnaryOperation};

impl Expansion<'_, '_, '_> {
    /// A function of chance; `None` for all others.
    pub(super) fn chance(&mut self, function: Function, arguments: &[Expression], here: &mut Here) -> Option<Term> {
        let (of_size, seed) = match (function, arguments) {
            (Function::Random01, []) => return Some(self.noise(None, here)),
            (Function::RandomUniform | Function::RandomNormal | Function::RandomExponential, [of_size @ .., seed]) => {
                (of_size, seed)
            }
            _ => return None,
        };
        let mut terms = Vec::new();
        for argument in of_size {
            let term = self.term(argument, here);
            terms.push(self.shared(term, "argument", here));
        }
        let u = self.noise(Some(seed), here);
        Some(match (function, terms.as_slice()) {
            (Function::RandomUniform, [least, greatest]) => {
                let width = binary(BinaryOperation::Subtract, greatest.clone(), least.clone());
                binary(BinaryOperation::Add, least.clone(), binary(BinaryOperation::Multiply, width, u))
            }
            (Function::RandomNormal, [least, greatest, mean, deviation]) => {
                self.normal(u, least, greatest, mean, deviation, here)
            }
            (_, [least, greatest, shift, stretch]) => self.exponential(u, least, greatest, shift, stretch, here),
            _ => Term::Number(f64::NAN),
        })
    }

    /// The next source of chance of a scalar.
    fn noise(&mut self, seed: Option<&Expression>, here: &Here) -> Term {
        let own = |name: &Noise| name.name.rsplit_once(' ').is_some_and(|(label, _)| label == here.label);
        let before = self.noises.iter().rev().take_while(|noise| own(noise)).count();
        // A seed that is not known beforehand is as none.
        let seed = seed.and_then(|seed| self.fixed.value(seed, &here.bound)).unwrap_or(0.0);
        let of_model = self.fixed.drafts.find(&Name::new("NOISE SEED")).and_then(|variable| {
            self.fixed.constants.get(self.fixed.drafts.draft(variable).first.0 as usize).copied().flatten()
        });
        let seed = seed.to_bits() ^ of_model.unwrap_or(0.0).to_bits().rotate_left(32);
        let noise = NoiseId(self.noises.len() as u32);
        self.noises.push(Noise { name: format!("{} {}", here.label, before + 1), seed });
        Term::Noise(noise)
    }

    /// A normal number between two cuts: `mean + deviation * Q(F(a) + u (F(b) - F(a)))`, from the side on which the cuts lie,
    /// so that far out there is still something to tell apart.
    fn normal(&mut self, u: Term, least: &Term, greatest: &Term, mean: &Term, deviation: &Term, here: &Here) -> Term {
        let score = |at: &Term| {
            let gap = binary(BinaryOperation::Subtract, at.clone(), mean.clone());
            binary(BinaryOperation::Divide, gap, deviation.clone())
        };
        let (low, high) = (self.shared(score(least), "low", here), self.shared(score(greatest), "high", here));
        let above = binary(BinaryOperation::Greater, low.clone(), Term::Number(0.0));
        let above = self.shared(above, "side", here);
        let below = |expansion: &mut Self, own: &Term, other: &Term| {
            let mirrored = unary(UnaryOperation::Negate, other.clone());
            let score = ternary(TernaryOperation::Select, above.clone(), mirrored, own.clone());
            expansion.shared(unary(UnaryOperation::NormalBelow, score), "chance", here)
        };
        let (from, to) = (below(self, &low, &high), below(self, &high, &low));
        let between = binary(BinaryOperation::Subtract, to, from.clone());
        let rank = binary(BinaryOperation::Add, from, binary(BinaryOperation::Multiply, u, between));
        let score = self.shared(unary(UnaryOperation::NormalQuantile, rank), "score", here);
        let mirrored = unary(UnaryOperation::Negate, score.clone());
        let score = ternary(TernaryOperation::Select, above, mirrored, score);
        let value =
            binary(BinaryOperation::Add, mean.clone(), binary(BinaryOperation::Multiply, deviation.clone(), score));
        // Without a deviation it is the mean.
        let varies = binary(BinaryOperation::NotEqual, deviation.clone(), Term::Number(0.0));
        within(least, ternary(TernaryOperation::Select, varies, value, mean.clone()), greatest)
    }

    /// `shift - stretch ln(s)`, where `s`, the chance of more, lies evenly between those of the two cuts.
    fn exponential(
        &mut self,
        u: Term,
        least: &Term,
        greatest: &Term,
        shift: &Term,
        stretch: &Term,
        here: &Here,
    ) -> Term {
        let more = |expansion: &mut Self, at: &Term| {
            let gap = binary(BinaryOperation::Subtract, at.clone(), shift.clone());
            let gap = binary(BinaryOperation::Divide, gap, stretch.clone());
            let gap = binary(BinaryOperation::Maximum, gap, Term::Number(0.0));
            expansion.shared(unary(UnaryOperation::Exp, unary(UnaryOperation::Negate, gap)), "chance", here)
        };
        let (most, fewest) = (more(self, least), more(self, greatest));
        let between = binary(BinaryOperation::Subtract, most, fewest.clone());
        let chance = binary(BinaryOperation::Add, fewest, binary(BinaryOperation::Multiply, u, between));
        let drop = binary(BinaryOperation::Multiply, stretch.clone(), unary(UnaryOperation::Ln, chance));
        within(least, binary(BinaryOperation::Subtract, shift.clone(), drop), greatest)
    }
}

/// Not beyond the cuts, not even by rounding.
fn within(least: &Term, value: Term, greatest: &Term) -> Term {
    let value = binary(BinaryOperation::Maximum, value, least.clone());
    binary(BinaryOperation::Minimum, value, greatest.clone())
}
