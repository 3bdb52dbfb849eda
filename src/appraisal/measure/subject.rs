//! Of whom measures are told: a strategy, with the accounts, the terms and the yearly series that there are.

use std::collections::BTreeMap;

use crate::scenario::Perspective;

use super::super::chart::Chart;
use super::super::key::{Comparator, SeriesKey};
use super::super::series::{SeriesDefinition, Terms};

/// A strategy of which measures are told.
#[derive(Clone, Copy)]
pub struct Subject<'s> {
    /// Demands, ledgers and perspectives.
    pub chart: &'s Chart,
    /// Horizon, factors and values.
    pub terms: &'s Terms,
    /// Groups of residents, the most deprived first.
    pub groups: &'s [String],
    /// The series there are.
    pub series: &'s SeriesIndex<'s>,
    /// Whether numbers may be those of several places, added up.
    pub together: bool,
    /// Index of the strategy.
    pub strategy: usize,
}

/// Strategy, comparator, outcome, group and payer.
type Wanted<'s> = (Option<usize>, Comparator, &'s str, &'s str, &'s str);

/// Series by what they are of, whatever their unit and prices.
#[derive(Debug, Clone)]
pub struct SeriesIndex<'s> {
    definitions: &'s [SeriesDefinition],
    indices: BTreeMap<Wanted<'s>, usize>,
}

impl<'s> SeriesIndex<'s> {
    /// The index of these series.
    pub fn new(definitions: &'s [SeriesDefinition]) -> Self {
        let mut indices = BTreeMap::new();
        for (index, SeriesDefinition { key, .. }) in definitions.iter().enumerate() {
            let wanted = (key.strategy, key.comparator, &*key.outcome, &*key.group, &*key.payer);
            indices.entry(wanted).or_insert(index);
        }
        Self { definitions, indices }
    }

    /// The index of a series.
    pub fn index(&self, key: &SeriesKey) -> Option<usize> {
        let wanted = (key.strategy, key.comparator, &*key.outcome, &*key.group, &*key.payer);
        self.indices.get(&wanted).copied()
    }

    /// All series of a strategy, in their order.
    pub(super) fn of(&self, strategy: usize) -> impl Iterator<Item = &'s SeriesKey> {
        self.definitions.iter().map(|definition| &definition.key).filter(move |key| key.strategy == Some(strategy))
    }
}

impl<'s> Subject<'s> {
    /// The series of everybody's money, if there is such a one.
    pub(super) fn series(&self, comparator: Comparator, outcome: &str, group: &str) -> Option<&'s SeriesKey> {
        let index = self.series.indices.get(&(Some(self.strategy), comparator, outcome, group, ""));
        index.map(|index| &self.series.definitions[*index].key)
    }

    /// The perspective that counts QALYs, the first if there are several.
    pub(super) fn social(&self) -> Option<&'s Perspective> {
        self.chart.perspectives.iter().find(|perspective| !perspective.qalys.is_empty())
    }
}
