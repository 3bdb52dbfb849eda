//! The accounts of a study cut down to what some outcomes need, and each outcome as one number a draw.
//!
//! Yearly numbers come from the appraisal's own reckoning, so that an outcome of an experiment is the number behind the
//! findings of a study, draw by draw.

use crate::appraisal::assemble::is_spending;
use crate::appraisal::chart::{Balance, Chart, Entry};
use crate::appraisal::findings::{Comparator, Happening, SeriesKey, change_of};
use crate::appraisal::payback::{payback_year, trough};
use crate::appraisal::reckoning::{PRESENT, Plan, Terms, plans};
use crate::appraisal::total::adds;
use crate::equity::gradient::{Gradient, Group};
use crate::explain::study as code;
use crate::quantity::FinancialYear;
use crate::scenario::Measure;
use engine::diagnostic::{Diagnostic, nearest};
use engine::model::hyphenated;

use super::outcome::{OutcomeLabel, OutcomeName};

/// How an outcome follows from yearly numbers, by the places of their series.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Reduction {
    /// The number of a plan year, counted from 0.
    Year(usize, usize),
    /// All years together.
    Sum(usize),
    /// All years together, each times its factor.
    Weighted(usize, Vec<f64>),
    /// 1 if the net position is paid back by the end of this plan year and something was spent (the series in the middle),
    /// else 0.
    PaidBackBy(usize, Vec<usize>, usize),
    /// How far below nothing the net position falls.
    TroughDepth(usize),
    /// How many years it stays there.
    TroughLength(usize),
    /// A change in per cent of the level without it; the series of the change itself first.
    Percent { percent: usize, change: usize, level: usize, year: usize },
    /// The slope of rates over groups, the most deprived first; in relation to the mean if `relative`.
    Slope { groups: Vec<usize>, last: bool, relative: bool },
}

/// Outcomes that were found, before the accounts are cut down.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) labels: Vec<OutcomeLabel>,
    /// For each outcome and strategy.
    pub(super) reductions: Vec<Vec<Reduction>>,
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

/// Outcome and group of the series of one group of people.
type LineOf<'a> = Box<dyn Fn(&str) -> (String, String) + 'a>;

impl Vocabulary<'_> {
    /// Every outcome that can be asked for of a strategy, as it is written, without years.
    pub(super) fn all(&self) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        let mut add = |name: &str, group: &str| {
            let written = if group.is_empty() { name.to_owned() } else { format!("{name}:{}", hyphenated(group)) };
            if !all.contains(&written) {
                all.push(written);
            }
        };
        for plan in plans(self.chart, self.terms).iter().filter(|plan| plan.key.strategy == Some(0)) {
            let key = &plan.key;
            let group = if key.group.is_empty() { &key.payer } else { &key.group };
            match key.outcome.as_str() {
                PRESENT => add("net-present-value", group),
                "net" => {
                    for name in ["net", "net-at-horizon", "payback", "trough-depth", "trough-length"] {
                        add(name, group);
                    }
                }
                name => add(name, group),
            }
            if self.is_flow(&key.outcome) {
                add(&format!("total-{}", key.outcome), group);
                if key.unit == "QALY" && group.is_empty() {
                    add(&format!("discounted-{}", key.outcome), "");
                }
            }
        }
        if self.groups.len() > 1 {
            let health = self.health().into_iter();
            for told in self.chart.demand.iter().map(|entry| entry.id.clone()).chain(health) {
                add("slope-index", &told);
                add("relative-index", &told);
            }
        }
        all
    }

    /// Finds outcomes by their names; what is not found is said of the name's place among them.
    pub(super) fn find(&self, names: &[OutcomeName]) -> Result<Found, Vec<(usize, Diagnostic)>> {
        let every = plans(self.chart, self.terms);
        let mut found = Found { labels: Vec::new(), reductions: Vec::new(), keys: Vec::new() };
        let mut wrong = Vec::new();
        for (place, name) in names.iter().enumerate() {
            let before = found.keys.len();
            let by_strategy: Result<Vec<(OutcomeLabel, Reduction)>, Diagnostic> =
                (0..self.terms.strategies).map(|strategy| self.one(name, strategy, &every, &mut found.keys)).collect();
            match by_strategy {
                Ok(mut by_strategy) if !by_strategy.is_empty() => {
                    found.labels.push(by_strategy[0].0.clone());
                    found.reductions.push(by_strategy.drain(..).map(|(_, reduction)| reduction).collect());
                }
                Ok(_) => {}
                Err(diagnostic) => {
                    found.keys.truncate(before);
                    wrong.push((place, diagnostic));
                }
            }
        }
        if wrong.is_empty() { Ok(found) } else { Err(wrong) }
    }

    fn one(
        &self,
        name: &OutcomeName,
        strategy: usize,
        every: &[Plan],
        keys: &mut Vec<SeriesKey>,
    ) -> Result<(OutcomeLabel, Reduction), Diagnostic> {
        let mut slot = |key: &SeriesKey| match keys.iter().position(|known| known == key) {
            Some(at) => at,
            None => {
                keys.push(key.clone());
                keys.len() - 1
            }
        };
        if let "slope-index" | "relative-index" = name.name.as_str() {
            return self.slope(name, strategy, every, &mut slot);
        }
        let total = name.name.strip_prefix("total-").filter(|id| self.is_flow(id));
        let discounted = name.name.strip_prefix("discounted-").filter(|id| self.is_flow(id));
        let series = match name.name.as_str() {
            "net-at-horizon" | "payback" | "payback-by-year" | "trough-depth" | "trough-length" => "net",
            "net-present-value" => PRESENT,
            other => total.or(discounted).unwrap_or(other),
        };
        let key = self.series(every, strategy, series, name).ok_or_else(|| self.unknown(name, every))?;
        if discounted.is_some() && key.unit != "QALY" {
            return Err(self.unknown(name, every));
        }
        let year = || -> Result<usize, Diagnostic> {
            let year = name.year.unwrap_or(self.terms.horizon);
            if year <= self.terms.horizon {
                return Ok(year);
            }
            let message =
                format!("`{}` asks for plan year {year}, and the study ends with {}", name.written, self.terms.horizon);
            Err(Diagnostic::error(code::NO_OUTCOME, message).hint("name an earlier year, or lengthen horizon_years"))
        };
        let spending = |slot: &mut dyn FnMut(&SeriesKey) -> usize| -> Vec<usize> {
            let ledgers = every.iter().filter(|plan| is_spending(&plan.key, self.chart, strategy));
            ledgers.map(|plan| slot(&plan.key)).collect()
        };
        let whole = |reduction: Reduction| -> Result<Reduction, Diagnostic> {
            match name.year {
                None => Ok(reduction),
                Some(year) => {
                    let message = format!("`{}` is of the whole horizon, not of plan year {year}", name.name);
                    Err(Diagnostic::error(code::NO_OUTCOME, message).hint(format!("leave out `@{year}`")))
                }
            }
        };
        let (reduction, outcome, unit) = match name.name.as_str() {
            "net-at-horizon" | "net-present-value" => (whole(Reduction::Sum(slot(key)))?, name.name.clone(), "GBP"),
            "trough-depth" => (whole(Reduction::TroughDepth(slot(key)))?, name.name.clone(), "GBP"),
            "trough-length" => (whole(Reduction::TroughLength(slot(key)))?, name.name.clone(), "years"),
            "payback" | "payback-by-year" => (
                Reduction::PaidBackBy(slot(key), spending(&mut slot), year()?),
                "payback-by-year".to_owned(),
                "share of draws",
            ),
            _ if total.is_some() => (whole(Reduction::Sum(slot(key)))?, name.name.clone(), key.unit.as_str()),
            _ if discounted.is_some() => {
                let factors = self.terms.health_factors.clone();
                (whole(Reduction::Weighted(slot(key), factors))?, name.name.clone(), key.unit.as_str())
            }
            _ => {
                let year = year()? - 1;
                let parts = self.together.then(|| parts(every, key)).flatten();
                let reduction = match parts {
                    Some((change, level)) => {
                        Reduction::Percent { percent: slot(key), change: slot(change), level: slot(level), year }
                    }
                    None => Reduction::Year(slot(key), year),
                };
                (reduction, key.outcome.clone(), key.unit.as_str())
            }
        };
        if self.together && !adds(&key.unit) && !matches!(reduction, Reduction::Percent { .. }) {
            let message = format!("`{}` does not add up over places: it is told in `{}`", name.written, key.unit);
            return Err(Diagnostic::error(code::NO_OUTCOME, message)
                .hint("ask for it place by place, with places = [...] in the sweep"));
        }
        let yearly = match &reduction {
            Reduction::Year(_, year) | Reduction::Percent { year, .. } => Some(year + 1),
            Reduction::PaidBackBy(_, _, year) => Some(*year),
            _ => None,
        };
        let priced = !matches!(reduction, Reduction::TroughLength(_) | Reduction::PaidBackBy(..));
        let label = OutcomeLabel {
            written: name.written.clone(),
            outcome,
            comparator: key.comparator.name().to_owned(),
            group: key.group.clone(),
            payer: key.payer.clone(),
            year: yearly.map_or_else(String::new, |year| self.year_label(year)),
            unit: unit.to_owned(),
            price_base: if priced { key.price_base.name(self.prices) } else { String::new() },
            holds: matches!(reduction, Reduction::PaidBackBy(..)),
            called: String::new(),
            beside: Vec::new(),
        };
        Ok((self.called(label), reduction))
    }

    /// The label with what the accounts call its outcome, and of a demand with what says what becomes of it.
    fn called(&self, mut label: OutcomeLabel) -> OutcomeLabel {
        for need in &self.chart.needs {
            if ["demand", "demand-change"].contains(&label.outcome.as_str()) && label.group == need.service {
                label.called.clone_from(&need.name);
                let change = need.happens.iter().map(Happening::change);
                label.beside = change.chain(need.unmet.iter().map(|unmet| unmet.ledger.clone())).collect();
            }
            let known = need.happenings().into_iter();
            let mut known = known.filter(|one| one.ledger == label.outcome || one.change() == label.outcome);
            if let Some(one) = known.next() {
                label.called.clone_from(&one.name);
            }
        }
        label
    }

    fn slope(
        &self,
        name: &OutcomeName,
        strategy: usize,
        every: &[Plan],
        slot: &mut dyn FnMut(&SeriesKey) -> usize,
    ) -> Result<(OutcomeLabel, Reduction), Diagnostic> {
        let service = self.chart.demand.iter().find(|entry| hyphenated(&entry.id) == hyphenated(&name.group));
        let health = self.health().filter(|id| hyphenated(id) == hyphenated(&name.group));
        let (told, unit, line): (&str, String, LineOf<'_>) = match (service, &health) {
            (Some(entry), _) => {
                let line = |group: &str| ("demand".to_owned(), format!("{}, {group}", entry.id));
                (&entry.id, format!("{} per resident", entry.unit), Box::new(line))
            }
            (None, Some(id)) => {
                let line = |group: &str| (id.clone(), group.to_owned());
                (id, "QALY per resident".to_owned(), Box::new(line))
            }
            (None, None) => return Err(self.unknown(name, every)),
        };
        let groups: Option<Vec<usize>> = self
            .groups
            .iter()
            .map(|group| {
                let (outcome, group) = line(group);
                let wanted = |key: &SeriesKey| {
                    key.strategy == Some(strategy)
                        && key.comparator == Comparator::Twin
                        && key.outcome == outcome
                        && key.group == group
                };
                every.iter().find(|plan| wanted(&plan.key)).map(|plan| slot(&plan.key))
            })
            .collect();
        let groups = groups.filter(|groups| groups.len() > 1).ok_or_else(|| self.unknown(name, every))?;
        let relative = name.name == "relative-index";
        let label = OutcomeLabel {
            written: name.written.clone(),
            outcome: name.name.clone(),
            comparator: Comparator::Twin.name().to_owned(),
            group: told.to_owned(),
            payer: String::new(),
            year: String::new(),
            unit: if relative { "ratio".to_owned() } else { unit },
            price_base: String::new(),
            holds: false,
            called: String::new(),
            beside: Vec::new(),
        };
        Ok((label, Reduction::Slope { groups, last: service.is_some(), relative }))
    }

    /// The series of this outcome that a name means: a return before a level, a level before what the financing does.
    fn series<'p>(
        &self,
        every: &'p [Plan],
        strategy: usize,
        outcome: &str,
        name: &OutcomeName,
    ) -> Option<&'p SeriesKey> {
        let wanted = hyphenated(&name.group);
        let group = |key: &SeriesKey| {
            let (group, payer) = (hyphenated(&key.group), hyphenated(&key.payer));
            (group == wanted && payer.is_empty()) || (payer == wanted && group.is_empty())
        };
        let order = [Comparator::Twin, Comparator::Level, Comparator::Financing, Comparator::DoNothing];
        let order = order.iter().filter(|one| name.comparator.is_none_or(|wanted| wanted == **one));
        order
            .filter_map(|comparator| {
                every.iter().map(|plan| &plan.key).find(|key| {
                    key.strategy == Some(strategy)
                        && key.outcome == outcome
                        && key.comparator == *comparator
                        && group(key)
                })
            })
            .next()
    }

    /// Says that there is no such outcome, and offers the nearest.
    fn unknown(&self, name: &OutcomeName, every: &[Plan]) -> Diagnostic {
        let all = self.all();
        let message = format!("there is no outcome `{}`", name.written);
        let diagnostic = Diagnostic::error(code::NO_OUTCOME, message);
        if name.name == "cost-per-qaly" {
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
            let told = format!("`{typed}` is not told against `{}`", name.comparator.map_or("none", Comparator::name));
            return diagnostic.hint(format!("{told}; leave out the comparator"));
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

    fn is_flow(&self, ledger: &str) -> bool {
        self.chart.ledger(ledger).is_some_and(|entry| entry.measure != Measure::Stock)
    }

    fn health(&self) -> Option<String> {
        self.chart.perspectives.iter().find_map(|perspective| perspective.qalys.first()).cloned()
    }

    fn year_label(&self, year: usize) -> String {
        FinancialYear::beginning(self.first_year - 1 + year as i32).to_string()
    }
}

/// Of a change in per cent the change itself and the level that holds it.
fn parts<'p>(every: &'p [Plan], key: &SeriesKey) -> Option<(&'p SeriesKey, &'p SeriesKey)> {
    let whole = key.outcome.strip_suffix("-change").filter(|_| key.unit == "percent")?;
    let find = |comparator| {
        every.iter().map(|plan| &plan.key).find(|other| {
            other.strategy == key.strategy
                && other.comparator == comparator
                && other.outcome == whole
                && other.group == key.group
                && other.payer == key.payer
        })
    };
    Some((find(Comparator::Twin)?, find(Comparator::Level)?))
}

/// The chart with only what these series need; what arms follow stays.
pub(super) fn cut_down(chart: &Chart, keys: &[SeriesKey]) -> Chart {
    let perspectives: Vec<_> = chart
        .perspectives
        .iter()
        .filter(|one| {
            let named = |key: &SeriesKey| {
                let net = ["net", "cumulative-net", PRESENT].contains(&key.outcome.as_str());
                net && (key.group == one.id || key.group.starts_with(&format!("{}, ", one.id)))
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
        keys.iter().any(|key| {
            let demand = ["demand", "demand-change"].contains(&key.outcome.as_str());
            demand && (key.group == entry.id || key.group.starts_with(&format!("{}, ", entry.id)))
        })
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
        plan_money: None,
        perspectives,
        audits,
        balances,
        twin_cost,
        outcomes,
    }
}

/// The series of a chart that was cut down, in the order of the keys.
pub(super) fn needed(chart: &Chart, terms: &Terms, keys: &[SeriesKey]) -> Vec<Plan> {
    let every = plans(chart, terms);
    let find = |key: &SeriesKey| every.iter().find(|plan| &plan.key == key).cloned();
    keys.iter().map(|key| find(key).expect("what a series needs was kept")).collect()
}

impl Reduction {
    /// The outcome of one draw. `numbers` holds the yearly numbers of each series, `[year * draws + draw]`, summed over
    /// places; `alone` says that they are of one place. `residents` are those of the groups.
    pub(super) fn of(&self, numbers: &[Vec<f64>], draws: usize, draw: usize, alone: bool, residents: &[f64]) -> f64 {
        let path = |series: usize| numbers[series].iter().skip(draw).step_by(draws).copied();
        let year = |series: usize, year: usize| numbers[series][year * draws + draw];
        match self {
            Self::Year(series, at) => year(*series, *at),
            Self::Sum(series) => path(*series).sum(),
            Self::Weighted(series, factors) => path(*series).zip(factors).map(|(number, factor)| number * factor).sum(),
            Self::PaidBackBy(series, spending, by) => {
                let net: Vec<f64> = path(*series).collect();
                let spent = spending.iter().any(|ledger| path(*ledger).any(|amount| amount > 0.0));
                f64::from(payback_year(&net, spent).is_some_and(|paid| paid <= *by))
            }
            Self::TroughDepth(series) => trough(&path(*series).collect::<Vec<_>>()).depth,
            Self::TroughLength(series) => trough(&path(*series).collect::<Vec<_>>()).length as f64,
            Self::Percent { percent, change, level, year: at } => {
                if alone {
                    return year(*percent, *at);
                }
                let twin = year(*level, *at) - year(*change, *at);
                if twin == 0.0 { 0.0 } else { 100.0 * year(*change, *at) / twin }
            }
            Self::Slope { groups, last, relative } => {
                let rate = |series: usize| -> f64 {
                    if *last { path(series).last().unwrap_or(0.0) } else { path(series).sum() }
                };
                let groups: Vec<Group> = groups
                    .iter()
                    .zip(residents)
                    .map(|(series, people)| Group {
                        people: *people,
                        rate: if *people > 0.0 { rate(*series) / people } else { 0.0 },
                    })
                    .collect();
                let gradient = Gradient::of(&groups);
                let found =
                    gradient.and_then(|one| if *relative { one.relative_index() } else { Some(one.slope_index()) });
                found.unwrap_or(f64::NAN)
            }
        }
    }
}
