//! A decision tree over the inputs: which questions, asked in turn, part the cases of interest from the others.
//!
//! Breiman L, Friedman JH, Olshen RA, Stone CJ (1984), "Classification and Regression Trees": splits by the Gini index,
//! pruned by cost and complexity, the size taken by ten-fold cross-validation and the rule of one standard error.

use rayon::prelude::*;

use super::case::{Input, Limits, check};
use crate::sensitivity::decision::error::DecisionError;

/// How a tree is grown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TreeSettings {
    /// A leaf holds at least this share of all cases.
    pub least_mass: f64,
    /// At most this many questions on the way to a leaf.
    pub deepest: usize,
}

impl Default for TreeSettings {
    fn default() -> Self {
        Self { least_mass: 0.05, deepest: 6 }
    }
}

/// A pruned tree as its leaves.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// Leaves in the order of the tree, first answers first.
    pub leaves: Vec<Leaf>,
    /// The share of cases put into the wrong class, in cross-validation, and its standard error.
    pub wrong: (f64, f64),
}

/// The cases that give the same answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    /// One for each input, as a box.
    pub limits: Vec<Limits>,
    /// Cases in it.
    pub cases: usize,
    /// Cases of interest in it.
    pub of_interest: usize,
}

/// Grows a tree and prunes it.
///
/// # Errors
/// As [`discover`](super::discover), but for the number of cases of interest, which may be any.
pub fn grow(inputs: &[Input], interest: &[bool], settings: &TreeSettings) -> Result<Tree, DecisionError> {
    check(inputs, interest)?;
    if !(settings.least_mass > 0.0 && settings.least_mass <= 0.5) {
        return Err(DecisionError::OutOfRange { what: "least share of a leaf", allowed: "above 0 and at most 0.5" });
    }
    let n = interest.len();
    let of = |keep: &dyn Fn(usize) -> bool| {
        let cases: Vec<u32> = (0..n as u32).filter(|case| keep(*case as usize)).collect();
        let least = ((settings.least_mass * cases.len() as f64).ceil() as usize).max(1);
        let sorted = inputs.iter().map(|input| sorted(input, &cases)).collect();
        Grower { inputs, interest, least, deepest: settings.deepest }.node(&cases, sorted, 0)
    };
    let full = of(&|_| true);
    let prices = prices(&full, n);
    // The price between two prunings stands for both (Breiman and others, section 8.5).
    let middles: Vec<f64> = (0..prices.len())
        .map(|index| match prices.get(index + 1) {
            Some(next) => (prices[index].max(0.0) * next).sqrt(),
            None => f64::INFINITY,
        })
        .collect();
    let wrongs: Vec<Vec<usize>> = (0..FOLDS)
        .into_par_iter()
        .map(|fold| {
            let tree = of(&|case| case % FOLDS != fold);
            let rest = n - (n + FOLDS - 1 - fold) / FOLDS;
            let judge = |price: &f64| {
                let pruned = tree.clone().pruned(*price, rest);
                (fold..n).step_by(FOLDS).filter(|case| pruned.answer(inputs, *case) != interest[*case]).count()
            };
            middles.iter().map(judge).collect()
        })
        .collect();
    let share = |index: usize| wrongs.iter().map(|fold| fold[index]).sum::<usize>() as f64 / n as f64;
    let error = |share: f64| (share * (1.0 - share) / n as f64).sqrt();
    let shares: Vec<f64> = (0..prices.len()).map(share).collect();
    let least = shares.iter().copied().fold(f64::INFINITY, f64::min);
    // The smallest tree that is within one standard error of the best.
    let taken = (0..prices.len()).rev().find(|index| shares[*index] <= least + error(least)).unwrap_or(0);
    let mut leaves = Vec::new();
    full.pruned(prices[taken], n).gather(inputs.iter().map(Input::whole).collect(), &mut leaves);
    Ok(Tree { leaves, wrong: (shares[taken], error(shares[taken])) })
}

const FOLDS: usize = 10;

/// A question about one input: yes goes left.
#[derive(Debug, Clone)]
enum Question {
    AtMost(f64),
    OneOf(Vec<bool>),
}

#[derive(Debug, Clone)]
struct Node {
    cases: usize,
    hits: usize,
    split: Option<(usize, Question, Box<Node>, Box<Node>)>,
}

struct Grower<'a> {
    inputs: &'a [Input],
    interest: &'a [bool],
    least: usize,
    deepest: usize,
}

impl Grower<'_> {
    fn node(&self, cases: &[u32], sorted: Vec<Vec<u32>>, depth: usize) -> Node {
        let hits = self.hits(cases);
        let mut node = Node { cases: cases.len(), hits, split: None };
        if depth == self.deepest || hits == 0 || hits == cases.len() || cases.len() < 2 * self.least {
            return node;
        }
        let mut best: Option<(f64, usize, Question)> = None;
        for (input, order) in sorted.iter().enumerate() {
            if let Some((gain, question)) = self.best_question(input, order, cases, hits)
                && best.as_ref().is_none_or(|(most, ..)| gain > *most)
            {
                best = Some((gain, input, question));
            }
        }
        let Some((_, input, question)) = best else { return node };
        let yes = |case: &u32| question.holds(&self.inputs[input], *case as usize);
        let (left, right): (Vec<u32>, Vec<u32>) = cases.iter().copied().partition(yes);
        let (lefts, rights) = sorted.into_iter().map(|order| order.into_iter().partition::<Vec<u32>, _>(yes)).unzip();
        let left = Box::new(self.node(&left, lefts, depth + 1));
        let right = Box::new(self.node(&right, rights, depth + 1));
        node.split = Some((input, question, left, right));
        node
    }

    fn hits(&self, cases: &[u32]) -> usize {
        cases.iter().filter(|case| self.interest[**case as usize]).count()
    }

    /// The question about an input that makes the two parts purest, by how much Gini's index falls.
    fn best_question(&self, input: usize, order: &[u32], cases: &[u32], hits: usize) -> Option<(f64, Question)> {
        let (n, k) = (cases.len() as f64, hits as f64);
        let impure = |cases: f64, hits: f64| hits * (cases - hits) / cases;
        let gain = |left: usize, hit: usize| {
            let (left, hit) = (left as f64, hit as f64);
            impure(n, k) - impure(left, hit) - impure(n - left, k - hit)
        };
        let allowed = |left: usize| left >= self.least && cases.len() - left >= self.least;
        let mut best: Option<(f64, Question)> = None;
        let mut offer = |gain: f64, question: &dyn Fn() -> Question| {
            if gain > 1e-12 && best.as_ref().is_none_or(|(most, _)| gain > *most) {
                best = Some((gain, question()));
            }
        };
        match &self.inputs[input] {
            Input::Numbers(values) => {
                let value = |index: usize| values[order[index] as usize];
                let mut hit = 0;
                for left in 1..order.len() {
                    hit += usize::from(self.interest[order[left - 1] as usize]);
                    if allowed(left) && value(left - 1) < value(left) {
                        offer(gain(left, hit), &|| Question::AtMost((value(left - 1) + value(left)) / 2.0));
                    }
                }
            }
            Input::Categories { of_case, count } => {
                let (mut held, mut hit) = (vec![0_usize; *count], vec![0_usize; *count]);
                for case in cases {
                    held[of_case[*case as usize] as usize] += 1;
                    hit[of_case[*case as usize] as usize] += usize::from(self.interest[*case as usize]);
                }
                // Sorted by their share of interest, one of the cuts between neighbours is the best of all partings.
                let mut names: Vec<usize> = (0..*count).filter(|name| held[*name] > 0).collect();
                let share = |name: usize| hit[name] as f64 / held[name] as f64;
                names.sort_by(|one, other| share(*one).total_cmp(&share(*other)).then(one.cmp(other)));
                let (mut left, mut hits) = (0, 0);
                for index in 1..names.len() {
                    left += held[names[index - 1]];
                    hits += hit[names[index - 1]];
                    if allowed(left) {
                        offer(gain(left, hits), &|| {
                            let mut kept = vec![false; *count];
                            names[..index].iter().for_each(|name| kept[*name] = true);
                            Question::OneOf(kept)
                        });
                    }
                }
            }
        }
        best
    }
}

impl Question {
    fn holds(&self, input: &Input, case: usize) -> bool {
        match (self, input) {
            (Self::AtMost(most), Input::Numbers(values)) => values[case] <= *most,
            (Self::OneOf(kept), Input::Categories { of_case, .. }) => kept[of_case[case] as usize],
            _ => false,
        }
    }
}

impl Node {
    /// Cases in the wrong class if this were a leaf.
    fn mistakes(&self) -> usize {
        self.hits.min(self.cases - self.hits)
    }

    /// Mistakes of all leaves below, and how many leaves there are.
    fn below(&self) -> (usize, usize) {
        match &self.split {
            None => (self.mistakes(), 1),
            Some((_, _, left, right)) => {
                let (one, other) = (left.below(), right.below());
                (one.0 + other.0, one.1 + other.1)
            }
        }
    }

    /// Without the branches that spare less than `price` (as a share of `n` cases) for each further leaf.
    fn pruned(mut self, price: f64, n: usize) -> Node {
        while let Some(weakest) = self.weakest(n).filter(|weakest| *weakest <= price) {
            self.cut(weakest, n);
        }
        self
    }

    /// The least price at which some branch is not worth its leaves.
    fn weakest(&self, n: usize) -> Option<f64> {
        let (_, _, left, right) = self.split.as_ref()?;
        let own = self.price(n);
        Some([left.weakest(n), right.weakest(n)].into_iter().flatten().fold(own, f64::min))
    }

    fn price(&self, n: usize) -> f64 {
        let (mistakes, leaves) = self.below();
        (self.mistakes() - mistakes) as f64 / n as f64 / (leaves - 1) as f64
    }

    fn cut(&mut self, price: f64, n: usize) {
        if self.split.is_some() && self.price(n) <= price {
            self.split = None;
        }
        if let Some((_, _, left, right)) = &mut self.split {
            left.cut(price, n);
            right.cut(price, n);
        }
    }

    fn answer(&self, inputs: &[Input], case: usize) -> bool {
        match &self.split {
            None => 2 * self.hits > self.cases,
            Some((input, question, left, right)) => {
                if question.holds(&inputs[*input], case) {
                    left.answer(inputs, case)
                } else {
                    right.answer(inputs, case)
                }
            }
        }
    }

    fn gather(&self, limits: Vec<Limits>, leaves: &mut Vec<Leaf>) {
        let Some((input, question, left, right)) = &self.split else {
            leaves.push(Leaf { limits, cases: self.cases, of_interest: self.hits });
            return;
        };
        let (mut yes, mut no) = (limits.clone(), limits);
        match (question, &mut yes[*input], &mut no[*input]) {
            (Question::AtMost(most), Limits::Range { high, .. }, Limits::Range { low, .. }) => {
                (*high, *low) = (*most, *most);
            }
            (Question::OneOf(kept), Limits::Kept(yes), Limits::Kept(no)) => {
                for (name, is_left) in kept.iter().enumerate() {
                    yes[name] &= is_left;
                    no[name] &= !is_left;
                }
            }
            _ => {}
        }
        left.gather(yes, leaves);
        right.gather(no, leaves);
    }
}

/// The prices at which the tree loses a branch, from 0 up.
fn prices(full: &Node, n: usize) -> Vec<f64> {
    let mut prices = vec![0.0];
    let mut tree = full.clone().pruned(0.0, n);
    while let Some(price) = tree.weakest(n) {
        tree.cut(price, n);
        prices.push(price);
    }
    prices
}

fn sorted(input: &Input, cases: &[u32]) -> Vec<u32> {
    let Input::Numbers(values) = input else { return Vec::new() };
    let mut order = cases.to_vec();
    order.sort_by(|one, other| values[*one as usize].total_cmp(&values[*other as usize]).then(one.cmp(other)));
    order
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{TreeSettings, grow};
    use crate::sensitivity::decision::discovery::{Input, Limits};
    use crate::sensitivity::decision::fixture::uniforms;

    #[test]
    fn the_questions_that_made_the_classes_are_found_and_no_other() {
        let n = 2_000;
        let (x, idle, kind) = (uniforms(1, n, "x"), uniforms(1, n, "idle"), uniforms(1, n, "kind"));
        let kind: Vec<u32> = kind.iter().map(|u| (u * 3.0) as u32).collect();
        let noise = uniforms(1, n, "noise");
        let interest: Vec<bool> = (0..n).map(|i| (x[i] > 0.6 && kind[i] != 1) != (noise[i] < 0.1)).collect();
        let inputs = [Input::Numbers(idle), Input::Numbers(x), Input::Categories { of_case: kind, count: 3 }];
        let tree = grow(&inputs, &interest, &TreeSettings::default()).unwrap();
        assert_eq!(tree.leaves.len(), 3, "{tree:?}");
        let leaf = tree.leaves.iter().find(|leaf| 2 * leaf.of_interest > leaf.cases).unwrap();
        assert_eq!(leaf.limits[2], Limits::Kept(vec![true, false, true]));
        let Limits::Range { low, .. } = leaf.limits[1] else { panic!("a number") };
        assert!((low - 0.6).abs() < 0.02, "{low}");
        assert!((tree.wrong.0 - 0.1).abs() < 0.02, "{:?}", tree.wrong);
        assert_eq!(tree.leaves.iter().map(|leaf| leaf.cases).sum::<usize>(), n);
    }

    #[test]
    fn noise_alone_grows_no_tree() {
        let (x, noise) = (uniforms(2, 1_000, "x"), uniforms(2, 1_000, "noise"));
        let interest: Vec<bool> = noise.iter().map(|u| *u < 0.3).collect();
        let tree = grow(&[Input::Numbers(x)], &interest, &TreeSettings::default()).unwrap();
        assert_eq!(tree.leaves.len(), 1);
    }
}
