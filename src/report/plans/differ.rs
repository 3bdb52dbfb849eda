//! A plan less another: draw by draw where the draws are the same, else by their means.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::appraisal::findings::SeriesKey;
use crate::appraisal::key::NET;
use crate::appraisal::payback::payback_years;
use crate::appraisal::statistic::{Estimate, Statistic, mean, summarise};
use crate::quantity::FinancialYear;
use crate::scenario::Roles;
use crate::study::Kept;

use super::line::{LineKey, PAYBACK};
use super::{Estimates, Plan, Years};

/// The draws of a plan.
#[derive(Debug, Clone)]
pub struct Drawn {
    kept: Arc<Kept>,
    /// The plan's series among those kept.
    places: BTreeMap<LineKey, usize>,
    /// For each sound draw whether the strategy spends anything.
    spent: Vec<bool>,
    /// Labels of plan years.
    labels: Vec<String>,
}

impl Drawn {
    /// The draws of a strategy among those kept; `labels` are those of the plan years, and `prices`
    /// the year of the real ones.
    pub fn new(kept: Arc<Kept>, strategy: usize, labels: Vec<String>, prices: FinancialYear, roles: &Roles) -> Self {
        let own = |key: &SeriesKey| LineKey::of(key, prices, roles).filter(|_| key.strategy == Some(strategy));
        let all = kept.series.iter().enumerate();
        let places = all.filter_map(|(place, series)| Some((own(&series.key)?, place))).collect();
        let spent = kept.spent.get(strategy).cloned().unwrap_or_default();
        Self { kept, places, spent, labels }
    }

    /// The draws of a line that are sound in the other plan too, year by year.
    fn line(&self, key: &LineKey, other: &Self) -> Option<BTreeMap<&str, Vec<f64>>> {
        let values = &self.kept.series[*self.places.get(key)?].values;
        let both: Vec<bool> =
            self.kept.sound.iter().zip(&other.kept.sound).filter(|(own, _)| **own).map(|(_, b)| *b).collect();
        let year = |year: &[f64]| year.iter().zip(&both).filter(|(_, both)| **both).map(|(value, _)| *value).collect();
        let years = values.chunks_exact(both.len().max(1)).map(year);
        Some(self.labels.iter().map(String::as_str).zip(years).collect())
    }

    /// For each year and draw, 1 where it has paid back by the end of that year, else 0.
    fn paid(&self, key: &LineKey, other: &Self) -> Option<BTreeMap<&str, Vec<f64>>> {
        let net = self.places.keys().find(|one| one.outcome == NET && one.group == key.group)?;
        let yearly = self.line(net, other)?;
        let both = self.kept.sound.iter().zip(&other.kept.sound).filter(|(own, _)| **own).map(|(_, both)| *both);
        let spent: Vec<bool> = self.spent.iter().zip(both).filter(|(_, both)| *both).map(|(spent, _)| *spent).collect();
        let numbers: Vec<f64> = self.labels.iter().flat_map(|label| yearly[label.as_str()].iter().copied()).collect();
        let paid = payback_years(&numbers, &spent);
        let by =
            |year: usize| paid.iter().map(|paid| f64::from(u8::from(paid.is_some_and(|paid| paid <= year)))).collect();
        Some(self.labels.iter().enumerate().map(|(place, label)| (label.as_str(), by(place + 1))).collect())
    }
}

/// A plan less the first.
#[derive(Debug, Clone)]
pub struct Difference {
    /// The place of the plan among those compared.
    pub plan: usize,
    /// Whether it was taken draw by draw.
    pub paired: bool,
    /// Its lines, over the years that all plans have.
    pub lines: BTreeMap<LineKey, Years>,
}

impl Difference {
    /// `plan`, which is in this `place`, less `first`: draw by draw if they are `alike` and both have their draws.
    pub(super) fn new(place: usize, plan: &Plan, first: &Plan, alike: bool, years: &[String]) -> Self {
        let drawn = if alike { plan.drawn.as_ref().zip(first.drawn.as_ref()) } else { None };
        let both = plan.found.lines.iter().filter_map(|(key, own)| Some((key, own, first.found.lines.get(key)?)));
        let lines = both.filter_map(|(key, own, firsts)| {
            let line = match drawn {
                Some((own, firsts)) => paired(key, own, firsts, years)?,
                None => of_means(own, firsts, years),
            };
            Some((key.clone(), line))
        });
        Self { plan: place, paired: drawn.is_some(), lines: lines.collect() }
    }
}

fn paired(key: &LineKey, own: &Drawn, first: &Drawn, years: &[String]) -> Option<Years> {
    let (ours, firsts) = if key.outcome == PAYBACK {
        (own.paid(key, first)?, first.paid(key, own)?)
    } else {
        (own.line(key, first)?, first.line(key, own)?)
    };
    let line = years.iter().filter_map(|year| {
        let pairs = ours.get(year.as_str())?.iter().zip(firsts.get(year.as_str())?);
        let less: Vec<f64> = pairs.map(|(own, first)| own - first).collect();
        let estimates = if key.outcome == PAYBACK {
            vec![(Statistic::Probability, mean(&less))]
        } else {
            summarise(&less).rows().to_vec()
        };
        Some((year.clone(), estimates))
    });
    Some(line.collect())
}

/// Means and probabilities subtract; quantiles do not, and without the draws no error is known.
fn of_means(own: &Years, first: &Years, years: &[String]) -> Years {
    let line = years.iter().filter_map(|year| {
        let (own, first) = (own.get(year)?, first.get(year)?);
        let less = |statistic: Statistic| {
            let value = estimate(own, statistic)?.value - estimate(first, statistic)?.value;
            Some((statistic, Estimate { value, error: f64::NAN }))
        };
        let estimates: Estimates = [Statistic::Mean, Statistic::Probability].into_iter().filter_map(less).collect();
        Some((year.clone(), estimates))
    });
    line.collect()
}

/// The estimate of one statistic.
pub(crate) fn estimate(estimates: &Estimates, wanted: Statistic) -> Option<Estimate> {
    estimates.iter().find(|(statistic, _)| *statistic == wanted).map(|(_, estimate)| *estimate)
}
