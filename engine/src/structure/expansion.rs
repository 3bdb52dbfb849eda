//! What is known while equations are spread over their elements, and where the one being spread stands.
//!
//! Files above this one teach [`Expansion`] to read: names, expressions, sums, vectors, tables, and functions of each kind.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::catalogue::structure as code;
use crate::model::{Function, Name, TextRange};

use super::contractions::Contractions;
use super::fixed::Fixed;
use super::notes::Notes;
use super::ranges::{ElementId, RangeId};
use super::{LookupId, LookupTable, Noise, Rule, ScalarId, Term, VariableId, VariableKind};

/// Chains and folds longer than this are cut into hidden auxiliaries, so that no term is too deep to walk.
pub(super) const LONGEST_CHAIN: usize = 48;

/// All equations together, written out for each element, have no more terms than this; a term takes some fifty bytes.
pub(super) const MOST_TERMS: usize = 5_000_000;

/// Turns the equations of a model into rules, one for each scalar.
pub(super) struct Expansion<'a, 'm, 'n> {
    pub(super) fixed: Fixed<'a, 'm>,
    pub(super) notes: &'n mut Notes<'m>,
    /// TIME STEP.
    pub(super) step: f64,
    /// Scalars that belong to the functions with a memory, after all others.
    pub(super) hidden: Vec<Hidden>,
    pub(super) tables: Vec<LookupTable>,
    pub(super) noises: Vec<Noise>,
    /// Tables made of others: read in another way.
    pub(super) readings: HashMap<(LookupId, Function), LookupId>,
    /// What functions of a vector give for all its elements, by the byte at which they stand and where other ranges stand.
    pub(super) vectors: HashMap<VectorAt, Option<Vec<Term>>>,
    /// Tables written inside equations, by the byte at which they stand.
    pub(super) inline: HashMap<usize, LookupId>,
    /// Names that nothing is called by, each with where it is used.
    pub(super) unknown: BTreeMap<Name, Vec<TextRange>>,
    /// Elements that are used and that no equation defines, each with where it is used first.
    pub(super) missing: BTreeMap<VariableId, BTreeMap<usize, TextRange>>,
    pub(super) contractions: Contractions,
    /// Terms written out so far, and whether it was told that they are too many.
    pub(super) terms: usize,
    pub(super) too_many: bool,
}

/// A call of a function of a vector: the byte at which it stands, and at which elements the other ranges stand.
pub(super) type VectorAt = (usize, Vec<(RangeId, ElementId)>);

/// A scalar that is not the modeller's.
pub(super) struct Hidden {
    pub(super) name: String,
    pub(super) at: TextRange,
    pub(super) owner: ScalarId,
    pub(super) kind: VariableKind,
    pub(super) rule: Rule,
}

/// Where an expression is read: whose it is, and at which elements the ranges stand.
#[derive(Clone)]
pub(super) struct Here {
    pub(super) owner: ScalarId,
    pub(super) label: String,
    pub(super) at: TextRange,
    /// For how many elements the equation is.
    pub(super) siblings: usize,
    pub(super) bound: Vec<(RangeId, ElementId)>,
    pub(super) summed: Vec<(RangeId, ElementId)>,
}

impl Here {
    pub(super) fn new(
        owner: ScalarId,
        label: String,
        at: TextRange,
        siblings: usize,
        bound: Vec<(RangeId, ElementId)>,
    ) -> Self {
        Self { owner, label, at, siblings, bound, summed: Vec::new() }
    }
}

impl<'a, 'm, 'n> Expansion<'a, 'm, 'n> {
    pub(super) fn new(fixed: Fixed<'a, 'm>, tables: Vec<LookupTable>, step: f64, notes: &'n mut Notes<'m>) -> Self {
        Self {
            fixed,
            notes,
            step,
            hidden: Vec::new(),
            tables,
            noises: Vec::new(),
            readings: HashMap::new(),
            vectors: HashMap::new(),
            inline: HashMap::new(),
            unknown: BTreeMap::new(),
            missing: BTreeMap::new(),
            contractions: Contractions::default(),
            terms: 0,
            too_many: false,
        }
    }

    pub(super) fn too_many_terms(&mut self, at: TextRange) {
        // Once for the whole model.
        if !self.too_many {
            self.too_many = true;
            let message = format!("the equations, written out for each element, have more than {MOST_TERMS} terms");
            let hint = "use fewer elements; a SUM of products of variables alone is not written out".to_owned();
            self.notes.error(code::TOO_LARGE, at, message, vec![hint]);
        }
    }

    /// A term that may be used more than once: itself if it is simple, else a hidden auxiliary that holds it.
    pub(super) fn shared(&mut self, term: Term, what: &str, here: &Here) -> Term {
        match term {
            Term::Number(_) | Term::Scalar(_) | Term::Noise(_) | Term::Time | Term::StepTime => term,
            _ => self.hide(what, VariableKind::Auxiliary, Rule::Auxiliary { term, initial: None }, here),
        }
    }

    /// A hidden scalar with this rule.
    pub(super) fn hide(&mut self, what: &str, kind: VariableKind, rule: Rule, here: &Here) -> Term {
        let scalar = ScalarId(self.fixed.drafts.scalars + self.hidden.len() as u32);
        let name = format!("{} {what} {}", here.label, self.hidden.len() + 1);
        self.hidden.push(Hidden { name, at: here.at, owner: here.owner, kind, rule });
        Term::Scalar(scalar)
    }

    /// The id that the next hidden scalar will have.
    pub(super) fn next_hidden(&self) -> ScalarId {
        ScalarId(self.fixed.drafts.scalars + self.hidden.len() as u32)
    }
}
