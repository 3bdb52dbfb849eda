//! What was found, in a few plain sentences: what falls, whether it pays back, who gains, what is given up for it, and
//! what pressure and stopping take away.

use crate::appraisal::findings::{Comparator, Findings, PriceBase};
use crate::appraisal::measure::cost_per_qaly::{COST_PER_QALY, NET_COST};
use crate::appraisal::measure::totals::total_outcome;
use crate::appraisal::statistic::{Estimate, Statistic};
use crate::scenario::Role;

use super::reading::{
    self, Savings, chance_by, change, change_in, happening_change_in, happening_in, lead_service, measured, need,
    need_name, payers, total, total_of,
};
use crate::words::{self, lower};

/// The sentences, most important first. Each says its perspective and its horizon.
pub fn headlines(findings: &Findings) -> Vec<String> {
    if findings.strategies.is_empty() {
        return vec!["No strategy is compared with doing nothing.".to_owned()];
    }
    let sentences = [
        demand(findings),
        happens(findings),
        payback(findings),
        gainers(findings),
        health(findings),
        pressure(findings),
    ];
    sentences.into_iter().flatten().chain(wrong(findings)).collect()
}

fn quoted(findings: &Findings, strategy: usize) -> String {
    format!("“{}”", findings.strategies[strategy].name)
}

fn years(findings: &Findings) -> String {
    let years = findings.horizon;
    format!("{} year{}", words::whole(years), if years == 1 { "" } else { "s" })
}

/// The strategies with the least and the greatest of some number.
fn span(findings: &Findings, number: impl Fn(usize) -> f64) -> Option<(usize, usize)> {
    let known: Vec<usize> = (0..findings.strategies.len()).filter(|strategy| number(*strategy).is_finite()).collect();
    let least = known.iter().copied().min_by(|one, other| number(*one).total_cmp(&number(*other)))?;
    // `max_by` takes the last of equals; the first reads better.
    let most = known.iter().rev().copied().max_by(|one, other| number(*one).total_cmp(&number(*other)))?;
    Some((least, most))
}

fn demand(findings: &Findings) -> Option<String> {
    let (lead, year) = (lead_service(findings), findings.horizon);
    let effect = |strategy: usize| change_in(findings, strategy, lead, year).middle;
    let (most, least) = span(findings, effect)?;
    let found = change_in(findings, most, lead, year);
    let mut text = format!(
        "Demand: in plan year {year} prevention leaves {} {} ({} to {}) under {}",
        words::inside(need_name(findings, lead)),
        lower(found.middle),
        words::signed_percent(found.low),
        words::signed_percent(found.high),
        quoted(findings, most),
    );
    if least != most {
        text += &format!(" and {} under {}", lower(effect(least)), quoted(findings, least));
    }
    let falls = findings.services.iter().filter_map(|(service, _)| {
        let percent = change_in(findings, most, service, year).middle;
        (percent < 0.0).then_some((service, percent))
    });
    if let Some((service, percent)) = falls.min_by(|one, other| one.1.total_cmp(&other.1))
        && service != lead
    {
        let name = words::inside(need_name(findings, service));
        text += &format!("; it does most for {name}, {}", lower(percent));
    }
    Some(text + ".")
}

/// What becomes of the need, which is another thing where beds or staff are short: what happens, what is in use, what finds
/// no service.
fn happens(findings: &Findings) -> Option<String> {
    let (need, year) = (need(findings, lead_service(findings))?, findings.horizon);
    let mut parts = Vec::new();
    if let Some(happens) = &need.happens {
        let found = |strategy: usize| happening_change_in(findings, strategy, happens, year);
        let effect = |strategy: usize| found(strategy).middle;
        let (least, most) = span(findings, effect)?;
        let (low, high) = found(least).ends();
        let mut part = format!(
            "{} {} ({} to {}) under {}",
            words::inside(&happens.name),
            lower(effect(least)),
            words::signed_percent(low),
            words::signed_percent(high),
            quoted(findings, least)
        );
        if least != most {
            let (low, high) = found(most).ends();
            part += &format!(
                " and {} ({} to {}) under {}",
                lower(effect(most)),
                words::signed_percent(low),
                words::signed_percent(high),
                quoted(findings, most)
            );
        }
        parts.push(part);
    }
    for happening in need.used.iter().chain(&need.unmet) {
        let found = |strategy: usize| happening_in(findings, strategy, happening, year).middle;
        let Some((least, most)) = span(findings, found) else { continue };
        let told = |strategy: usize| {
            let change = words::more_or_fewer(found(strategy), happening.unit.as_str());
            format!("{change} under {}", quoted(findings, strategy))
        };
        let mut part = format!("{}, {}", words::inside(&happening.name), told(least));
        if least != most {
            part += &format!(" and {}", told(most));
        }
        parts.push(part);
    }
    (!parts.is_empty())
        .then(|| format!("What happens of it in plan year {year} because of prevention: {}.", parts.join("; ")))
}

fn payback(findings: &Findings) -> Option<String> {
    let mut parts = Vec::new();
    for perspective in &findings.perspectives {
        let chance = |strategy: usize| {
            chance_by(findings, strategy, &perspective.id, findings.horizon).map_or(f64::NAN, |estimate| estimate.value)
        };
        let Some((least, most)) = span(findings, chance) else { continue };
        let (low, high) = (chance(least), chance(most));
        let found = if low == high {
            format!("in {} of any strategy", words::share_of_draws(low))
        } else {
            let (low, high) = (words::share_of_draws(low), words::share_of_draws(high));
            format!("from {low} ({}) to {high} ({})", quoted(findings, least), quoted(findings, most))
        };
        parts.push(format!("{}, {found}", words::inside(&perspective.name)));
    }
    let told = (!parts.is_empty()).then(|| format!("Payback within {}: {}.", years(findings), parts.join("; ")));
    let sentences: Vec<String> = told.into_iter().chain(unspent(findings)).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// Strategies that spend nothing in any draw, and why.
fn unspent(findings: &Findings) -> Vec<String> {
    let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
    for strategy in 0..findings.strategies.len() {
        let Some(why) = reading::nothing_spent(findings, strategy) else { continue };
        match reasons.iter_mut().find(|(known, _)| *known == why) {
            Some((_, who)) => who.push(quoted(findings, strategy)),
            None => reasons.push((why, vec![quoted(findings, strategy)])),
        }
    }
    let sentence = |(why, who): (&str, Vec<String>)| {
        format!("Nothing was spent under {}, because {why}: there is nothing to be paid back.", words::list(&who))
    };
    reasons.into_iter().map(sentence).collect()
}

fn gainers(findings: &Findings) -> Option<String> {
    let saved = |strategy: usize| {
        -total(findings, strategy, Comparator::Twin, findings.ledger(Role::ServiceCost), PriceBase::Nominal)
    };
    let (_, most) = span(findings, saved)?;
    let whole = saved(most);
    if whole.is_nan() || whole <= 0.0 {
        return None;
    }
    let mut by_payer: Vec<(String, f64)> = payers(findings)
        .into_iter()
        .map(|payer| {
            let saved = -total_of(
                findings,
                most,
                Comparator::Twin,
                findings.ledger(Role::ServiceCost),
                &payer,
                PriceBase::Nominal,
            );
            (payer, saved)
        })
        .collect();
    by_payer.sort_by(|one, other| other.1.total_cmp(&one.1));
    let savings = Savings::of(findings, by_payer.iter().map(|(payer, saved)| (payer.as_str(), *saved)));
    let first: Vec<String> = by_payer
        .iter()
        .filter(|(payer, saved)| *saved > 0.0 && findings.group_of(payer).is_none())
        .take(2)
        .map(|(payer, saved)| format!("{} {}", words::inside(&words::payer(payer)), savings.share(*saved)))
        .collect();
    let mut text = format!(
        "Who gains: prevention saves all payers together {} in {}, in the money of each year, under {}",
        words::pounds(whole),
        years(findings),
        quoted(findings, most)
    );
    if !first.is_empty() {
        text += &format!(": {} {},", words::list(&first), savings.whole());
        if let Some((group, saved)) = &savings.group {
            text += &match words::or_zero(*saved, words::LEAST_POUNDS) {
                0.0 => format!(" {group} nothing"),
                saved if saved > 0.0 => format!(" {group} {}", savings.share(saved)),
                more => format!(" while {group} pays {} more", words::pounds(-more)),
            };
        } else {
            text.truncate(text.trim_end_matches(',').len());
        }
    }
    let spent = total(findings, most, Comparator::Level, findings.ledger(Role::Spending), PriceBase::Nominal);
    Some(format!("{text}; its programmes cost {}.", words::pounds(spent)))
}

fn health(findings: &Findings) -> Option<String> {
    let gained = |strategy| {
        measured(findings, strategy, Comparator::Twin, &total_outcome(findings.ledger(Role::QalysGained)), "").middle
    };
    let lost = |strategy| {
        measured(findings, strategy, Comparator::Financing, &total_outcome(findings.ledger(Role::QalysDisplaced)), "")
            .middle
    };
    let (_, most) = span(findings, gained)?;
    let mut text = format!(
        "Health: prevention gains {} QALYs in {} under {}",
        words::number(gained(most)),
        years(findings),
        quoted(findings, most)
    );
    let given_up = lost(most);
    if given_up.is_finite() && given_up != 0.0 {
        text += &format!(
            "; taking the money from care loses {} there, which payback does not count",
            words::number(given_up)
        );
    }
    Some(text + ".")
}

/// What was taken back under pressure, and what stopping early costs.
fn pressure(findings: &Findings) -> Option<String> {
    let raided =
        |strategy| total(findings, strategy, Comparator::Level, findings.ledger(Role::Raid), PriceBase::Nominal);
    let (_, most) = span(findings, raided)?;
    let mut text = if raided(most) > 0.0 {
        let moved = total(findings, most, Comparator::Level, reading::moved(findings), PriceBase::Nominal);
        format!(
            "Pressure: deficits take back {} of the {} moved ({}) in {} under {}",
            words::pounds(raided(most)),
            words::pounds(moved),
            words::chance(raided(most) / moved),
            years(findings),
            quoted(findings, most)
        )
    } else {
        "Pressure: no strategy has money taken back".to_owned()
    };
    let lead = lead_service(findings);
    let effect = |strategy| change_in(findings, strategy, lead, findings.horizon).middle;
    let stopped = (0..findings.strategies.len()).find(|strategy| stops_early(findings, *strategy));
    let going_on = span(findings, effect).map(|(most, _)| most);
    if let (Some(stopped), Some(going_on)) = (stopped, going_on)
        && stopped != going_on
        && change(findings, stopped, lead).is_some()
    {
        text += &format!(
            ". Stopping: {} in plan year {} is {} under {}, against {} under {}",
            words::inside(need_name(findings, lead)),
            findings.horizon,
            lower(effect(stopped)),
            quoted(findings, stopped),
            lower(effect(going_on)),
            quoted(findings, going_on)
        );
    }
    Some(text + ".")
}

/// Whether spending in the last year is less than a tenth of what it once was.
fn stops_early(findings: &Findings, strategy: usize) -> bool {
    let spending = findings
        .find(Some(strategy), Comparator::Level, findings.ledger(Role::Spending), "", "", PriceBase::Nominal)
        .map(|series| series.years.iter().map(|year| year.mean.value).collect::<Vec<_>>());
    spending.is_some_and(|years| {
        let peak = years.iter().copied().fold(0.0, f64::max);
        years.last().is_some_and(|last| *last < 0.1 * peak)
    })
}

/// Draws left out and runs that went wrong.
fn wrong(findings: &Findings) -> Vec<String> {
    let mut sentences = Vec::new();
    if findings.draws_left_out > 0 {
        sentences.push(format!(
            "Left out: {} of {} draws, in which some result is no number.",
            words::exact(findings.draws_left_out),
            words::exact(findings.draws)
        ));
    }
    if !findings.faults.is_empty() {
        let shown: Vec<String> = findings
            .faults
            .iter()
            .take(3)
            .map(|fault| {
                let runs = if fault.runs == 1 { "run" } else { "runs" };
                let place = if findings.places.is_empty() { String::new() } else { format!(", {}", fault.place) };
                format!("{} in {} {runs} of “{}”{place}", fault.variable, words::exact(fault.runs), fault.arm)
            })
            .collect();
        let rest = findings.faults.len() - shown.len();
        let more = if rest == 0 { String::new() } else { format!(" and {rest} more") };
        sentences.push(format!("Went wrong: {}{more}; faults.csv has them all.", shown.join("; ")));
    }
    sentences
}

/// What [`cost_per_qaly`] is called, by the perspective whose cost it is: "net social cost per QALY gained".
pub(super) fn net_cost_per_qaly(findings: &Findings) -> String {
    let known = findings.measures.iter().find(|measure| measure.outcome == NET_COST);
    known.map_or_else(|| "net cost per QALY gained".to_owned(), |one| format!("net {} cost per QALY gained", one.group))
}

/// What counts in it.
pub(super) const COUNTED: &str =
    "what is spent, less what services save and the capacity they release, over the QALYs gained";

/// The mean cost per QALY of a strategy: `Ok` what it is, `Err` why there is none.
pub(super) fn cost_per_qaly(findings: &Findings, strategy: usize) -> Result<f64, &'static str> {
    let group = findings.measures.iter().find(|one| one.outcome == COST_PER_QALY || one.outcome == NET_COST);
    let group = group.map_or("", |one| one.group.as_str());
    let mean = |outcome| {
        let measure = findings.measure(strategy, Comparator::Twin, outcome, group)?;
        measure.estimate(Statistic::Mean).filter(|mean| mean.value.is_finite())
    };
    let (ratio, cost) = (mean(COST_PER_QALY), mean(NET_COST));
    match (ratio, cost) {
        (Some(told), _) | (None, Some(told)) if is_noise(told) => Err(UNRESOLVED),
        (Some(ratio), _) => Ok(ratio.value),
        (None, None) => Err("–"),
        (None, Some(cost)) if cost.value < 0.0 => Err(ALONE),
        _ => Err("no health gained"),
    }
}

/// Why there is no cost per QALY where services save more than is spent.
pub(super) const ALONE: &str = "money alone repays";

/// Why none is told where so few draws do not tell whether there is any.
pub(super) const UNRESOLVED: &str = "not resolved";

/// Whether the 95% interval of a mean holds zero, so that other draws might turn its sign. One draw has no interval, and is told
/// as it is.
fn is_noise(mean: Estimate) -> bool {
    mean.error.is_finite() && mean.value.abs() <= NORMAL_95 * mean.error
}

/// The normal distribution's quantile at 0.975.
const NORMAL_95: f64 = 1.96;

#[cfg(test)]
mod tests {
    use super::{ALONE, UNRESOLVED, cost_per_qaly, headlines};
    use crate::appraisal::findings::Findings;
    use crate::appraisal::statistic::Estimate;
    use crate::report::trial;

    /// 41,000 with an error of 900 is told. With an error of 21,000 its 95% interval is -160 to 82,160, and with one of 20,900
    /// it is 36 to 81,964.
    #[test]
    fn a_cost_per_qaly_within_its_error_is_not_told() {
        let with = |outcome: &str, mean: Estimate| {
            let mut findings = trial::findings();
            if outcome == "net-cost" {
                findings.measures.retain(|one| one.outcome != "cost-per-qaly");
            }
            for measure in findings.measures.iter_mut().filter(|one| one.outcome == outcome) {
                measure.estimates[0].1 = mean;
            }
            cost_per_qaly(&findings, 0)
        };
        let ratio = |error| with("cost-per-qaly", Estimate { value: 41_000.0, error });
        assert_eq!([900.0, 20_900.0, f64::NAN].map(ratio), [Ok(41_000.0); 3]);
        assert_eq!([21_000.0, 5e5].map(ratio), [Err(UNRESOLVED); 2]);
        // Nor is it told that money alone repays where that may be noise.
        let cost = |error| with("net-cost", Estimate { value: -4e6, error });
        assert_eq!((cost(2e6), cost(2.1e6)), (Err(ALONE), Err(UNRESOLVED)));
    }

    #[test]
    fn the_sentences_say_what_was_found() {
        let found = headlines(&trial::findings()).join("\n");
        for part in [
            "need for emergency admission 0.30% lower (−0.33% to −0.27%) under “Kept safe”",
            "emergency admissions that happen 0.050% higher (+0.045% to +0.055%) under “Kept safe”",
            "beds in use, 2.0 beds more under “Kept safe”; emergency need that finds no bed, 120 admissions fewer under",
            "it does most for children looked after, 2.0% lower",
            "Payback within five years: cash, in no draw of any strategy; society, in every draw of any strategy.",
            "saves all payers together £30m in five years",
            "children’s services 83% of it",
            ", the NHS 17%",
            "loses 6,000 there",
            "deficits take back £50m of the £280m moved (18%) in five years under “Left open”",
            "Left out: 1 of 100 draws",
            "Beds in 1 run of “Kept safe”",
        ] {
            assert!(found.contains(part), "`{part}` is not in\n{found}");
        }
    }

    /// Two payers save 58 and 29 and the NHS pays 17 more, which leaves 70: 58 of 70 would be 83 %, and both 124 %.
    #[test]
    fn shares_are_of_what_is_saved_and_come_to_no_more_than_a_whole() {
        let mut findings = trial::findings();
        for series in findings.series.iter_mut().filter(|series| series.key.outcome == "service-cost") {
            let amount = match series.key.payer.as_str() {
                "NHS acute" => 17e6,
                "Childrens services" => -58e6,
                _ => 17e6 - 58e6 - 29e6,
            };
            series.years.iter_mut().for_each(|year| *year = trial::summary(amount));
        }
        for strategy in 0..2 {
            let found = findings.series.iter().find(|one| one.key.payer == "NHS acute").cloned();
            let mut work = found.unwrap_or_else(|| unreachable!());
            work.key.payer = "Work and pensions".to_owned();
            work.key.strategy = Some(strategy);
            work.years.iter_mut().for_each(|year| *year = trial::summary(-29e6));
            findings.series.push(work);
        }
        findings.series.sort_by(|one, other| one.key.cmp(&other.key));
        let found = headlines(&findings).join("\n");
        let told = "saves all payers together £350m in five years, in the money of each year, under “Kept safe”: children’s \
                    services 67% and work and pensions 33% of the £440m that some payers save, while the NHS pays £85m more";
        assert!(found.contains(told), "{found}");
    }

    #[test]
    fn where_nothing_is_spent_no_payback_is_told() {
        let mut findings = trial::findings();
        for label in &mut findings.strategies {
            label.nothing_spent = Some("nobody is eligible".to_owned());
        }
        let found = headlines(&findings).join("\n");
        assert!(!found.contains("Payback within"), "{found}");
        let told = "Nothing was spent under “Kept safe” and “Left open”, because nobody is eligible: there is nothing to be paid back.";
        assert!(found.contains(told), "{found}");
        // Where one of two spends, its chance is told alone.
        findings.strategies[0].nothing_spent = None;
        let found = headlines(&findings).join("\n");
        assert!(found.contains("Payback within five years: cash, in no draw"), "{found}");
        assert!(found.contains("Nothing was spent under “Left open”, because"), "{found}");
    }

    #[test]
    fn findings_of_nothing_are_said_without_a_panic() {
        let mut bare = trial::findings();
        bare.series.clear();
        bare.measures.clear();
        bare.payback.clear();
        assert!(!headlines(&bare).is_empty());
        let none = Findings { strategies: Vec::new(), ..bare };
        assert_eq!(headlines(&none), ["No strategy is compared with doing nothing."]);
    }
}
