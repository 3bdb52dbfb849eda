//! Sharing a supply among claimants, ALLOCATE AVAILABLE and ALLOCATE BY PRIORITY.
//!
//! Each claimant has a curve: the part of its request that it would still take at a price, falling from all to nothing around
//! its priority. What is shared out is the sum over claimants at the price at which it equals the supply; who asks for less
//! than there is gets what it asks for. The price is found by halving the interval that holds it, and the shares are scaled
//! so that they add up to the supply. By priority, each curve is a straight fall that begins at the priority and is as
//! wide as `width`: so no one gets anything before all whose priority is higher by more than that have all they ask for.

use super::expansion::{Expansion, Here};
use super::term::{binary, ternary, unary};
use super::{BinaryOperation, Rule, Term, TernaryOperation, UnaryOperation, VariableKind};

/// Halvings of the interval that the price lies in: as far as a double can tell prices apart.
const HALVINGS: usize = 52;

/// The shape of a claimant's curve, as Vensim numbers them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Curve {
    /// A straight fall, of this width around the priority.
    Rectangular,
    /// The integral of a triangle.
    Triangular,
    /// The integral of a bell curve; the width is its standard deviation.
    Normal,
    /// The integral of a two-sided exponential curve; the width is its scale.
    Exponential,
    /// A straight fall that ends at the priority less the width.
    ByPriority,
}

impl Curve {
    /// The curve of this type of a priority profile.
    pub(super) fn numbered(number: f64) -> Option<Self> {
        [(1.0, Self::Rectangular), (2.0, Self::Triangular), (3.0, Self::Normal), (4.0, Self::Exponential)]
            .into_iter()
            .find_map(|(own, curve)| (own == number).then_some(curve))
    }

    /// How many widths from the priority the curve ends, as far as a double can tell.
    fn reach(self) -> f64 {
        match self {
            Self::Rectangular | Self::Triangular => 0.5,
            Self::Normal => 8.5,
            Self::Exponential => 37.0,
            Self::ByPriority => 1.0,
        }
    }

    /// The part of a request that is still taken at `z` widths below the priority.
    fn taken(self, z: &Term) -> Term {
        let number = Term::Number;
        let within = |low: f64, z: Term, high: f64| {
            let z = binary(BinaryOperation::Maximum, z, number(low));
            binary(BinaryOperation::Minimum, z, number(high))
        };
        match self {
            Self::ByPriority => within(0.0, z.clone(), 1.0),
            Self::Rectangular => within(0.0, binary(BinaryOperation::Add, z.clone(), number(0.5)), 1.0),
            Self::Triangular => {
                // 2 (1/2 - |z|)² lie beyond z on its side of the peak.
                let side = binary(BinaryOperation::Subtract, number(0.5), unary(UnaryOperation::Abs, z.clone()));
                let side = binary(BinaryOperation::Maximum, side, number(0.0));
                let beyond = binary(
                    BinaryOperation::Multiply,
                    number(2.0),
                    binary(BinaryOperation::Multiply, side.clone(), side),
                );
                on_its_side(z, beyond)
            }
            Self::Normal => unary(UnaryOperation::NormalBelow, z.clone()),
            Self::Exponential => {
                let size = unary(UnaryOperation::Negate, unary(UnaryOperation::Abs, z.clone()));
                let beyond = binary(BinaryOperation::Multiply, number(0.5), unary(UnaryOperation::Exp, size));
                on_its_side(z, beyond)
            }
        }
    }
}

/// What lies beyond `z`, seen from below.
fn on_its_side(z: &Term, beyond: Term) -> Term {
    let above = binary(BinaryOperation::Greater, z.clone(), Term::Number(0.0));
    let rest = binary(BinaryOperation::Subtract, Term::Number(1.0), beyond.clone());
    ternary(TernaryOperation::Select, above, rest, beyond)
}

impl Expansion<'_, '_, '_> {
    /// ALLOCATE BY PRIORITY.
    pub(super) fn shared_by_priority(
        &mut self,
        requests: Vec<Term>,
        priorities: Vec<Term>,
        width: Term,
        supply: Term,
        here: &Here,
    ) -> Vec<Term> {
        let curves = vec![Curve::ByPriority; requests.len()];
        let widths = vec![width; requests.len()];
        self.shared_by_profile(requests, &curves, priorities, widths, supply, here)
    }

    /// ALLOCATE AVAILABLE.
    pub(super) fn shared_by_profile(
        &mut self,
        requests: Vec<Term>,
        curves: &[Curve],
        priorities: Vec<Term>,
        widths: Vec<Term>,
        supply: Term,
        here: &Here,
    ) -> Vec<Term> {
        let ends = |sign: BinaryOperation| -> Vec<Term> {
            let end = |claimant: usize| {
                let reach =
                    binary(BinaryOperation::Multiply, Term::Number(curves[claimant].reach()), widths[claimant].clone());
                binary(sign, priorities[claimant].clone(), reach)
            };
            (0..requests.len()).map(end).collect()
        };
        let (lows, highs) = (ends(BinaryOperation::Subtract), ends(BinaryOperation::Add));
        let mut low = self.gathered(BinaryOperation::Minimum, lows, here);
        let mut high = self.gathered(BinaryOperation::Maximum, highs, here);
        let mut shares = Vec::new();
        for halving in 0..=HALVINGS {
            let sum = binary(BinaryOperation::Add, low.clone(), high.clone());
            // At last the end at which not too much is taken, so that who comes later has nothing, not a rounding error.
            let price = match halving {
                HALVINGS => high.clone(),
                _ => self.step_of("price", binary(BinaryOperation::Multiply, Term::Number(0.5), sum), here),
            };
            shares.clear();
            for (claimant, request) in requests.iter().enumerate() {
                let gap = binary(BinaryOperation::Subtract, priorities[claimant].clone(), price.clone());
                let z = self.step_of("distance", binary(BinaryOperation::Divide, gap, widths[claimant].clone()), here);
                shares.push(binary(BinaryOperation::Multiply, request.clone(), curves[claimant].taken(&z)));
            }
            if halving == HALVINGS {
                break;
            }
            let taken = self.gathered(BinaryOperation::Add, shares.clone(), here);
            // Too much is taken: the price is higher.
            let more = self.step_of("too much", binary(BinaryOperation::Greater, taken, supply.clone()), here);
            low = self.step_of("low", ternary(TernaryOperation::Select, more.clone(), price.clone(), low), here);
            high = self.step_of("high", ternary(TernaryOperation::Select, more, high, price), here);
        }
        let shares: Vec<Term> = shares.into_iter().map(|share| self.step_of("share", share, here)).collect();
        let taken = self.gathered(BinaryOperation::Add, shares.clone(), here);
        let scale = ternary(TernaryOperation::DivideOr, supply.clone(), taken, Term::Number(0.0));
        let scale = self.step_of("scale", scale, here);
        let asked = self.gathered(BinaryOperation::Add, requests.clone(), here);
        let enough = self.step_of("enough", binary(BinaryOperation::LessOrEqual, asked, supply), here);
        let got = |(request, share): (&Term, Term)| {
            let scaled = binary(BinaryOperation::Multiply, share, scale.clone());
            let scaled = binary(BinaryOperation::Minimum, scaled, request.clone());
            ternary(TernaryOperation::Select, enough.clone(), request.clone(), scaled)
        };
        requests.iter().zip(shares).map(got).collect()
    }

    fn step_of(&mut self, what: &str, term: Term, here: &Here) -> Term {
        self.hide(what, VariableKind::Auxiliary, Rule::Auxiliary { term, initial: None }, here)
    }

    fn gathered(&mut self, operation: BinaryOperation, terms: Vec<Term>, here: &Here) -> Term {
        let folded = self.folded(operation, terms, Term::Number(0.0), here);
        self.step_of("together", folded, here)
    }
}
