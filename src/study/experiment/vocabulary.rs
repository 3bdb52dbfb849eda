//! The outcomes of a study by their names, and its accounts cut down to what some outcomes need.
//!
//! Outcomes are found in the catalogue of measures, so that an outcome of an experiment is the number behind the findings of a
//! study, draw by draw.

use crate::appraisal::chart::{Balance, Chart, Entry, Happening};
use crate::appraisal::key::{Comparator, DEMAND, DEMAND_CHANGE, SeriesKey, change_of};
use crate::appraisal::measure::cost_per_qaly::COST_PER_QALY;
use crate::appraisal::measure::lifetime::LIFETIME_COST_PER_QALY;
use crate::appraisal::measure::payback::{PAYBACK, PAYBACK_BY_YEAR};
use crate::appraisal::measure::reduction::Reduction;
use crate::appraisal::measure::{Measure, MeasureKey, SeriesIndex, Subject, Telling, catalogue};
use crate::appraisal::series::{SeriesDefinition, Terms, series_definitions};
use crate::explain::study as code;
use crate::quantity::FinancialYear;
use engine::diagnostic::{Diagnostic, nearest};
use engine::model::hyphenated;

use super::outcome::{OutcomeLabel, OutcomeName};

/// An outcome of a strategy: how it follows from yearly numbers, and where these stand among the series of all outcomes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reduced {
    pub(super) reduction: Reduction,
    /// The indices of the series that it needs.
    pub(super) series: Vec<usize>,
}

/// Outcomes that were found, before the accounts are cut down.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) labels: Vec<OutcomeLabel>,
    /// For each whether the findings of a run tell it, year by year or as a whole.
    pub(super) reported: Vec<bool>,
    /// For each outcome and strategy.
    pub(super) reductions: Vec<Vec<Reduced>>,
    /// The series that the reductions speak of.
    pub(super) keys: Vec<SeriesKey>,
}

/// What a study can be asked for.
pub(super) struct Vocabulary<'s> {
    pub(super) chart: &'s Chart,
    pub(super) terms: &'s Terms,
    /// Groups of residents, the most deprived first.
    pub(super) groups: Vec<String>,
    /// Whether several places are added up.
    pub(super) together: bool,
    /// The calendar year in which plan year 1 begins.
    pub(super) first_year: i32,
    /// The year whose prices are the real ones.
    pub(super) prices: FinancialYear,
}

/// What the names of some measures are written like beside their outcome.
const ALSO: [(&str, &str); 1] = [(PAYBACK, PAYBACK_BY_YEAR)];

impl Vocabulary<'_> {
    fn subject<'s>(&'s self, series: &'s SeriesIndex<'s>, strategy: usize) -> Subject<'s> {
        let Self { chart, terms, groups, together, .. } = self;
        Subject { chart, terms, groups, series, together: *together, strategy }
    }

    /// Every outcome that can be asked for of a strategy, as it is written, without years.
    pub(super) fn all(&self) -> Vec<String> {
        let every = series_definitions(self.chart, self.terms);
        let measures = catalogue(&self.subject(&SeriesIndex::new(&every), 0));
        let mut all: Vec<String> = Vec::new();
        for measure in measures.iter().filter(|measure| has_draws(measure)) {
            let key = &measure.key;
            let group = if key.group.is_empty() { &key.payer } else { &key.group };
            let name = ALSO.iter().find(|(_, outcome)| key.outcome == *outcome).map_or(&*key.outcome, |(name, _)| name);
            let written = if group.is_empty() { name.to_owned() } else { format!("{name}:{}", hyphenated(group)) };
            if !all.contains(&written) {
                all.push(written);
            }
        }
        all
    }

    /// Finds outcomes by their names; what is not found is said of the name's index among them.
    pub(super) fn find(&self, names: &[OutcomeName]) -> Result<Found, Vec<(usize, Diagnostic)>> {
        let every = series_definitions(self.chart, self.terms);
        let index = SeriesIndex::new(&every);
        let measures: Vec<Vec<Measure>> =
            (0..self.terms.strategies).map(|strategy| catalogue(&self.subject(&index, strategy))).collect();
        let mut found = Found { labels: Vec::new(), reported: Vec::new(), reductions: Vec::new(), keys: Vec::new() };
        let mut wrong = Vec::new();
        for (index, name) in names.iter().enumerate() {
            let by_strategy: Result<Vec<Measure>, Diagnostic> =
                measures.iter().map(|measures| self.one(name, measures, &every)).collect();
            match by_strategy {
                Ok(by_strategy) if !by_strategy.is_empty() => {
                    found.labels.push(self.label(name, &by_strategy[0]));
                    found.reported.push(by_strategy[0].reported || by_strategy[0].key.year.is_some());
                    let reduced = by_strategy.into_iter().map(|measure| found.reduced(measure));
                    let reduced = reduced.collect();
                    found.reductions.push(reduced);
                }
                Ok(_) => {}
                Err(diagnostic) => wrong.push((index, diagnostic)),
            }
        }
        if wrong.is_empty() { Ok(found) } else { Err(wrong) }
    }

    /// The measure that a name means, in the year that it means.
    fn one(&self, name: &OutcomeName, measures: &[Measure], every: &[SeriesDefinition]) -> Result<Measure, Diagnostic> {
        let measure = meant(name, measures).ok_or_else(|| self.unknown(name, every))?;
        let measure = match name.year {
            None => measure.clone(),
            Some(year) if year > self.terms.horizon && measure.key.year.is_some() => {
                let last = self.terms.horizon;
                let message = format!("`{}` asks for plan year {year}, and the study ends with {last}", name.written);
                return Err(Diagnostic::error(code::NO_OUTCOME, message)
                    .hint("name an earlier year, or lengthen horizon_years"));
            }
            Some(year) => measure.in_year(year).ok_or_else(|| {
                let message = format!("`{}` is of the whole horizon, not of plan year {year}", name.name);
                Diagnostic::error(code::NO_OUTCOME, message).hint(format!("leave out `@{year}`"))
            })?,
        };
        let percent = matches!(measure.reduction, Reduction::Percent { .. });
        if let Some(key) = measure.needs.iter().find(|key| self.together && !percent && !key.unit.adds()) {
            let message = format!("`{}` does not add up over places: it is told in `{}`", name.written, key.unit);
            return Err(Diagnostic::error(code::NO_OUTCOME, message)
                .hint("ask for it place by place, with places = [...] in the sweep"));
        }
        Ok(measure)
    }

    /// What the result files tell of an outcome.
    fn label(&self, name: &OutcomeName, measure: &Measure) -> OutcomeLabel {
        let key = &measure.key;
        let yearly = key.year.is_some();
        let mut label = OutcomeLabel {
            written: name.written.clone(),
            outcome: key.outcome.clone(),
            comparator: key.comparator.name().to_owned(),
            group: key.group.clone(),
            payer: key.payer.clone(),
            year: key.year.map_or_else(String::new, |year| self.year_label(year)),
            unit: measure.unit.clone(),
            price_base: measure.price_base.name(self.prices),
            holds: measure.telling == Telling::Chance,
            called: if yearly { measure.name.clone() } else { String::new() },
            beside: Vec::new(),
        };
        // Beside a demand stands what becomes of it.
        let demanded = [DEMAND, DEMAND_CHANGE].contains(&label.outcome.as_str());
        for need in self.chart.needs.iter().filter(|need| demanded && need.service == label.group) {
            let change = need.happens.iter().map(Happening::change);
            label.beside = change.chain(need.unmet.iter().map(|unmet| unmet.ledger.clone())).collect();
        }
        label
    }

    /// Says that there is no such outcome, and offers the nearest.
    fn unknown(&self, name: &OutcomeName, every: &[SeriesDefinition]) -> Diagnostic {
        let all = self.all();
        let message = format!("there is no outcome `{}`", name.written);
        let diagnostic = Diagnostic::error(code::NO_OUTCOME, message);
        if name.name == COST_PER_QALY || name.name == LIFETIME_COST_PER_QALY {
            return diagnostic
                .hint("a ratio of means has no value in a draw; ask for net-present-value, or for its parts");
        }
        let typed = if name.group.is_empty() {
            name.name.clone()
        } else {
            format!("{}:{}", name.name, hyphenated(&name.group))
        };
        let prefix = format!("{}:", name.name);
        let groups: Vec<&str> = all.iter().filter_map(|known| known.strip_prefix(&prefix)).collect();
        if all.contains(&typed) {
            let reason =
                format!("`{typed}` is not told against `{}`", name.comparator.map_or("none", Comparator::name));
            return diagnostic.hint(format!("{reason}; leave out the comparator"));
        }
        if let Some(near) = nearest(&typed, all.iter().map(String::as_str)) {
            return diagnostic.hint(format!("did you mean `{near}`?"));
        }
        if !groups.is_empty() {
            let some: Vec<String> = groups.iter().take(8).map(|group| format!("`{}:{group}`", name.name)).collect();
            return diagnostic.hint(format!("there is {}", some.join(", ")));
        }
        let mut names: Vec<&str> = every.iter().map(|plan| plan.key.outcome.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        diagnostic.hint(format!(
            "there is `net-at-horizon:cash`, `payback:cash@5`, `demand-change:emergency-admissions@10`, and for each of these \
             `total-...`: {}",
            names.join(", ")
        ))
    }

    fn year_label(&self, year: usize) -> String {
        FinancialYear::beginning(self.first_year - 1 + year as i32).to_string()
    }
}

impl Found {
    /// A measure with its series among those of all outcomes.
    fn reduced(&mut self, measure: Measure) -> Reduced {
        let series = measure.needs.into_iter().map(|key| match self.keys.iter().position(|known| *known == key) {
            Some(at) => at,
            None => {
                self.keys.push(key);
                self.keys.len() - 1
            }
        });
        Reduced { series: series.collect(), reduction: measure.reduction }
    }
}

/// Whether each draw has it. A ratio of means is of all draws together.
fn has_draws(measure: &Measure) -> bool {
    !matches!(measure.telling, Telling::RatioOfMeans(_))
}

/// The measure that a name means: of the comparator that it says, or a return before a level, a level before what the
/// financing does.
fn meant<'m>(name: &OutcomeName, measures: &'m [Measure]) -> Option<&'m Measure> {
    let outcome = ALSO.iter().find(|(also, _)| name.name == *also).map_or(&*name.name, |(_, outcome)| outcome);
    let wanted = hyphenated(&name.group);
    let group = |key: &MeasureKey| {
        let (group, payer) = (hyphenated(&key.group), hyphenated(&key.payer));
        (group == wanted && payer.is_empty()) || (payer == wanted && group.is_empty())
    };
    let known = measures.iter().filter(|one| one.key.outcome == outcome && has_draws(one) && group(&one.key));
    let known: Vec<&Measure> = known.collect();
    let order = Comparator::ALL.iter().filter(|one| name.comparator.is_none_or(|wanted| wanted == **one));
    order.filter_map(|comparator| known.iter().find(|one| one.key.comparator == *comparator)).next().copied()
}

/// The chart with only what these series need; what arms follow stays.
pub(super) fn cut_down(chart: &Chart, keys: &[SeriesKey]) -> Chart {
    let perspectives: Vec<_> = chart
        .perspectives
        .iter()
        .filter(|one| {
            let named = |key: &SeriesKey| {
                key.is_net() && (key.group == one.id || key.group.starts_with(&format!("{}, ", one.id)))
            };
            keys.iter().any(named)
        })
        .cloned()
        .collect();
    let counted = |id: &str| {
        perspectives
            .iter()
            .any(|one| [&one.costs, &one.gains, &one.qalys].into_iter().flatten().any(|other| other == id))
    };
    let demanded = |entry: &Entry| {
        keys.iter()
            .any(|key| key.is_demand() && (key.group == entry.id || key.group.starts_with(&format!("{}, ", entry.id))))
    };
    let mut kept: Vec<usize> = Vec::new();
    let mut moved = |old: usize| match kept.iter().position(|one| *one == old) {
        Some(at) => at,
        None => {
            kept.push(old);
            kept.len() - 1
        }
    };
    let mut entry = |entry: &Entry| {
        let mut entry = entry.clone();
        for line in &mut entry.lines {
            line.outcomes.iter_mut().for_each(|outcome| *outcome = moved(*outcome));
        }
        entry
    };
    let demand = chart.demand.iter().filter(|one| demanded(one)).map(&mut entry).collect();
    let wanted = |one: &&Entry| {
        let change = change_of(&one.id);
        counted(&one.id) || keys.iter().any(|key| key.outcome == one.id || (one.relative && key.outcome == change))
    };
    let ledgers = chart.ledgers.iter().filter(wanted).map(&mut entry).collect();
    let twin_cost = chart.twin_cost.iter().map(|outcome| moved(*outcome)).collect();
    // Whatever is asked for, people and money are accounted for in the runs that tell it.
    let audits =
        chart.audits.iter().map(|(outcome, tolerance, name)| (moved(*outcome), *tolerance, name.clone())).collect();
    let balances = chart.balances.iter().map(|balance| Balance {
        name: balance.name,
        one: balance.one.iter().map(|outcome| moved(*outcome)).collect(),
        other: balance.other.iter().map(|outcome| moved(*outcome)).collect(),
    });
    let balances = balances.collect();
    let outcomes = kept.iter().map(|outcome| chart.outcomes[*outcome]).collect();
    Chart {
        demand,
        needs: chart.needs.clone(),
        ledgers,
        roles: chart.roles.clone(),
        plan_money: None,
        to_come: chart.to_come.clone(),
        perspectives,
        organisations: Vec::new(),
        audits,
        balances,
        twin_cost,
        outcomes,
    }
}

/// The series of a chart that was cut down, in the order of the keys.
pub(super) fn needed(chart: &Chart, terms: &Terms, keys: &[SeriesKey]) -> Vec<SeriesDefinition> {
    let every = series_definitions(chart, terms);
    let find = |key: &SeriesKey| every.iter().find(|plan| &plan.key == key).cloned();
    keys.iter().map(|key| find(key).expect("what a series needs was kept")).collect()
}
