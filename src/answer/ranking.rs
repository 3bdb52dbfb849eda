//! Which strategy is better, outcome by outcome, and whether the draws can tell.

use crate::appraisal::findings::{Findings, PriceBase};
use crate::appraisal::measure::net::NET_AT_HORIZON;
use crate::appraisal::pairs::Ranking;
use crate::appraisal::statistic::Statistic;
use crate::quantity::Unit;
use crate::words;

use super::fact::{Against, Clock, Fact, FactKey, Facts, Period, RANKING_TABLE, Resolved};

/// The strategy that leads by an outcome, and the one that comes next.
#[derive(Debug, Clone, PartialEq)]
pub struct Leads {
    /// The outcome by its name.
    pub name: String,
    /// In what it is counted.
    pub unit: Unit,
    /// The plan year it is of; none for the whole horizon.
    pub year: Option<usize>,
    /// Whether its name leaves open in which money it is; a present value says so by its name.
    pub says_prices: bool,
    /// Which leads.
    pub leader: usize,
    /// Which comes next.
    pub next: usize,
    /// How much better the first is than the second, the mean over shared draws, with the interval of 95%.
    pub by: Fact,
    /// In which share of draws it is better.
    pub better_in: Fact,
    /// In which share of draws it is better than doing nothing, where that is ranked too and does not lead.
    pub over_nothing: Option<Fact>,
    /// Whether the two are level: whether nobody could count what is between them.
    pub level: bool,
    /// Pairs of strategies that the draws do not tell apart.
    pub unresolved: usize,
    /// All pairs that were compared.
    pub pairs: usize,
}

impl Leads {
    /// None where it is not known which leads.
    pub fn of(findings: &Findings, ranking: &Ranking) -> Option<Self> {
        let (next, ahead) = ranking.next()?;
        let leader = ranking.decision.leader;
        let least = if ranking.unit == Unit::Pounds { words::LEAST_POUNDS } else { words::LEAST };
        let first = leader.min(next);
        let key = |statistic| FactKey {
            table: RANKING_TABLE,
            place: findings.place_id.clone(),
            strategy: Some(first),
            against: Against::Strategy(leader.max(next)),
            outcome: ranking.outcome.clone(),
            group: ranking.group.clone(),
            payer: String::new(),
            period: ranking.year.map_or(Period::OverHorizon, Period::InYear),
            clock: Clock::Horizon,
            statistic,
            prices: if statistic == Statistic::Mean { ranking.price_base } else { PriceBase::None },
        };
        // The table has the one that comes first in the scenario less the other, and there less may be better.
        let as_in_table = (leader == first) == ranking.more_is_better;
        let difference = if as_in_table { ahead.difference } else { -ahead.difference };
        let by = Fact::known(key(Statistic::Mean), difference)?;
        let by = if as_in_table { by } else { by.less() };
        let share = if leader == first { ahead.above.value } else { 1.0 - ahead.above.value };
        let better_in = Fact::known(key(Statistic::Probability), share)?;
        let better_in = if leader == first { better_in } else { better_in.otherwise() };
        let nothing = findings.strategies.len();
        let over_nothing =
            (leader < nothing).then(|| ranking.decision.against.get(nothing).copied().flatten()).flatten();
        let over_nothing = over_nothing.and_then(|ahead| {
            let key =
                FactKey { strategy: Some(leader), against: Against::Strategy(nothing), ..key(Statistic::Probability) };
            Fact::known(key, ahead.above.value)
        });
        Some(Self {
            over_nothing,
            name: if ranking.name.is_empty() { ranking.outcome.clone() } else { ranking.name.clone() },
            unit: ranking.unit.clone(),
            year: ranking.year,
            says_prices: ranking.year.is_none() && ranking.outcome == NET_AT_HORIZON,
            leader,
            next,
            by: by.between(ahead.low, ahead.high).resolved(if ahead.is_resolved() {
                Resolved::Yes
            } else {
                Resolved::No
            }),
            // As the comparison has it, whichever comes first.
            better_in: Fact { value: ahead.above.value, ..better_in },
            level: words::or_zero(ahead.difference, least) == 0.0,
            unresolved: ranking.unresolved(),
            pairs: ranking.pairs.len(),
        })
    }

    /// In which money it is.
    pub fn prices(&self) -> PriceBase {
        self.by.of.first().map_or(PriceBase::None, |term| term.key.prices)
    }
}

impl Facts for Leads {
    fn facts<'a>(&'a self, all: &mut Vec<&'a Fact>) {
        self.by.facts(all);
        self.better_in.facts(all);
        self.over_nothing.facts(all);
    }
}
