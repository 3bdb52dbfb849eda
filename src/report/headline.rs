//! What was found, in a few plain sentences: what falls, whether it pays back, who gains, what is given up for it, and
//! what pressure and stopping take away.

use crate::answer::Answer;
use crate::answer::cost_per_qaly::{CostPerQaly, cost_is_of};
use crate::answer::demand::DemandChange;
use crate::answer::fact::{Clock, Fact, Under, amount};
use crate::answer::faults::WhatWentWrong;
use crate::answer::happens::{Becomes, Happens};
use crate::answer::health::Health;
use crate::answer::payback::Repaid;
use crate::answer::pressure::Pressure;
use crate::answer::read::clock;
use crate::answer::savings::{Gainers, Savings};
use crate::appraisal::findings::Findings;
use crate::words::{self, lower};

/// The sentences, most important first. Each says its perspective and its horizon.
pub fn headlines(findings: &Findings) -> Vec<String> {
    sentences(findings, &Answer::of(findings))
}

/// What a study says, in sentences; `findings` has the names.
pub fn sentences(findings: &Findings, answer: &Answer) -> Vec<String> {
    if findings.strategies.is_empty() {
        return vec!["No strategy is compared with doing nothing.".to_owned()];
    }
    let sentences = [
        answer.demand.as_ref().map(|found| demand(findings, found)),
        answer.happens.as_ref().map(|found| happens(findings, found)),
        payback(findings, &answer.payback),
        answer.gainers.as_ref().map(|found| gainers(findings, found)),
        answer.health.as_ref().map(|found| health(findings, found)),
        answer.pressure.as_ref().map(|found| pressure(findings, found)),
    ];
    sentences.into_iter().flatten().chain(wrong(&answer.faults)).collect()
}

fn quoted(findings: &Findings, strategy: usize) -> String {
    format!("“{}”", findings.strategies[strategy].name)
}

fn years(findings: &Findings) -> String {
    let years = findings.horizon;
    format!("{} year{}", words::whole(years), if years == 1 { "" } else { "s" })
}

/// For how long gains and losses of health are counted: "over a lifetime", or "in 10 years" where the model ends at the horizon.
pub(super) fn on_clock(findings: &Findings) -> String {
    match clock(findings) {
        Clock::Lifetime => "over a lifetime".to_owned(),
        Clock::Horizon => format!("in {}", years(findings)),
    }
}

fn demand(findings: &Findings, found: &DemandChange) -> String {
    let (low, high) = found.most.fact.ends();
    let mut text = format!(
        "Demand: in plan year {} prevention leaves {} {} ({} to {}) under {}",
        found.year,
        words::inside(&found.name),
        lower(found.most.fact.value),
        words::signed_percent(low),
        words::signed_percent(high),
        quoted(findings, found.most.strategy),
    );
    if let Some(least) = &found.least {
        text += &format!(" and {} under {}", lower(least.fact.value), quoted(findings, least.strategy));
    }
    if let Some((name, fact)) = &found.beside {
        text += &format!("; it does most for {}, {}", words::inside(name), lower(fact.value));
    }
    text + "."
}

/// What becomes of the need, which is another thing where beds or staff are short: what happens, what is in use, what finds
/// no service.
fn happens(findings: &Findings, found: &Happens) -> String {
    let wording = |one: &Under, how: &dyn Fn(&Fact) -> String| {
        format!("{} under {}", how(&one.fact), quoted(findings, one.strategy))
    };
    let part = |becomes: &Becomes, between: &str, how: &dyn Fn(&Fact) -> String| {
        let most = becomes.most.as_ref().map_or_else(String::new, |most| format!(" and {}", wording(most, how)));
        format!("{}{between} {}{most}", words::inside(&becomes.what.name), wording(&becomes.least, how))
    };
    let change = |fact: &Fact| {
        let (low, high) = fact.ends();
        format!("{} ({} to {})", lower(fact.value), words::signed_percent(low), words::signed_percent(high))
    };
    let happens = found.happens.iter().map(|becomes| part(becomes, "", &change));
    let beside = found
        .beside
        .iter()
        .map(|becomes| part(becomes, ",", &|fact: &Fact| words::more_or_fewer(fact.value, becomes.what.unit.as_str())));
    let parts: Vec<String> = happens.chain(beside).collect();
    format!("What happens of it in plan year {} because of prevention: {}.", found.year, parts.join("; "))
}

fn payback(findings: &Findings, found: &Repaid) -> Option<String> {
    let mut parts = Vec::new();
    for chances in &found.chances {
        let (low, high) = (chances.least.fact.value, chances.most.fact.value);
        let wording = if low == high {
            format!("in {} of any strategy", words::share_of_draws(low))
        } else {
            let (least, most) = (chances.least.strategy, chances.most.strategy);
            let (low, high) = (words::share_of_draws(low), words::share_of_draws(high));
            format!("from {low} ({}) to {high} ({})", quoted(findings, least), quoted(findings, most))
        };
        parts.push(format!("{}, {wording}", words::inside(&chances.perspective.name)));
    }
    let wording = (!parts.is_empty()).then(|| format!("Payback within {}: {}.", years(findings), parts.join("; ")));
    let unspent = found.unspent.iter().map(|(why, who)| {
        let who: Vec<String> = who.iter().map(|strategy| quoted(findings, *strategy)).collect();
        format!("Nothing was spent under {}, because {why}: there is nothing to be paid back.", words::list(&who))
    });
    let sentences: Vec<String> = wording.into_iter().chain(unspent).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// A part as a share of what is saved by those who save.
pub(super) fn share(savings: &Savings, part: f64) -> String {
    words::chance(part / savings.gross)
}

/// What shares are of: "of it" where nobody pays more that would show in a share, else "of the £70m that some payers save".
pub(super) fn whole(savings: &Savings) -> String {
    match savings.beyond_net() {
        None => "of it".to_owned(),
        Some(gross) => format!("of the {} that some payers save", words::pounds(gross)),
    }
}

fn gainers(findings: &Findings, found: &Gainers) -> String {
    let first: Vec<String> = found
        .single
        .iter()
        .take(2)
        .map(|(payer, saved)| format!("{} {}", words::inside(&words::payer(payer)), share(&found.savings, saved.value)))
        .collect();
    let mut text = format!(
        "Who gains: prevention saves all payers together {} in {}, in the money of each year, under {}",
        words::pounds(found.whole.value),
        years(findings),
        quoted(findings, found.strategy)
    );
    if !first.is_empty() {
        text += &format!(": {} {}", words::list(&first), whole(&found.savings));
        if let Some(group) = &found.group {
            let name = &group.name;
            text += &match group.as_displayed() {
                0.0 => format!(", {name} nothing"),
                saved if saved > 0.0 => format!(", {name} {}", share(&found.savings, saved)),
                more => format!(", while {name} pays {} more", words::pounds(-more)),
            };
        }
    }
    format!("{text}; its programmes cost {}.", words::pounds(amount(found.spent.as_ref())))
}

fn health(findings: &Findings, found: &Health) -> String {
    let mut text = format!(
        "Health: prevention gains {} QALYs {} under {}",
        words::number(found.gained.value),
        on_clock(findings),
        quoted(findings, found.strategy)
    );
    if let Some(within) = &found.within {
        text += &format!(", and {} in {}", words::number(within.value), years(findings));
    }
    if let Some(displaced) = &found.displaced {
        text += &format!(
            "; taking the money from care loses {} there, which payback does not count",
            words::number(displaced.value)
        );
    }
    text + "."
}

/// What was taken back under pressure, and what stopping early costs.
fn pressure(findings: &Findings, found: &Pressure) -> String {
    let raided = &found.raided;
    let mut text = if raided.amount() > 0.0 {
        format!(
            "Pressure: deficits take back {} of the {} moved ({}) in {} under {}",
            words::pounds(raided.amount()),
            words::pounds(raided.whole()),
            words::chance(raided.amount() / raided.whole()),
            years(findings),
            quoted(findings, raided.strategy)
        )
    } else {
        "Pressure: no strategy has money taken back".to_owned()
    };
    if let Some(stopping) = &found.stopping {
        text += &format!(
            ". Stopping: {} in plan year {} is {} under {}, against {} under {}",
            words::inside(&stopping.name),
            stopping.year,
            lower(stopping.stopped.fact.value),
            quoted(findings, stopping.stopped.strategy),
            lower(stopping.going_on.fact.value),
            quoted(findings, stopping.going_on.strategy)
        );
    }
    text + "."
}

/// Draws left out and runs that went wrong.
fn wrong(found: &WhatWentWrong) -> Vec<String> {
    let mut sentences = Vec::new();
    if found.left_out > 0 {
        sentences.push(format!(
            "Left out: {} of {} draws, in which some result is no number.",
            words::exact(found.left_out),
            words::exact(found.draws)
        ));
    }
    if !found.first.is_empty() {
        let listed: Vec<String> = found
            .first
            .iter()
            .map(|fault| {
                let runs = if fault.runs == 1 { "run" } else { "runs" };
                let place = if found.by_place { format!(", {}", fault.place) } else { String::new() };
                format!("{} in {} {runs} of “{}”{place}", fault.variable, words::exact(fault.runs), fault.arm)
            })
            .collect();
        let more = if found.more == 0 { String::new() } else { format!(" and {} more", found.more) };
        sentences.push(format!("Went wrong: {}{more}; faults.csv has them all.", listed.join("; ")));
    }
    sentences
}

/// What the cost per QALY is called, by the perspective whose cost it is: "net social cost per QALY gained".
pub(super) fn net_cost_per_qaly(findings: &Findings) -> String {
    match cost_is_of(findings) {
        Some(perspective) => format!("net {perspective} cost per QALY gained"),
        None => "net cost per QALY gained".to_owned(),
    }
}

/// What counts in it.
pub(super) const COUNTED: &str =
    "what is spent, less what services save and the capacity they release, over the QALYs gained";

/// The mean cost per QALY of a strategy: `Ok` what it is, `Err` why there is none.
pub(super) fn cost_per_qaly(findings: &Findings, strategy: usize) -> Result<f64, &'static str> {
    displayed_cost(&CostPerQaly::of(findings, strategy))
}

/// The same of what a study says.
pub(super) fn displayed_cost(cost: &CostPerQaly) -> Result<f64, &'static str> {
    match cost {
        CostPerQaly::Evaluated(ratio) => Ok(ratio.value),
        CostPerQaly::Unresolved(_) => Err(UNRESOLVED),
        CostPerQaly::RepaidByMoney(_) => Err(ALONE),
        CostPerQaly::NoHealth(_) => Err("no health gained"),
        CostPerQaly::NotKnown => Err("–"),
    }
}

/// Why there is no cost per QALY where services save more than is spent.
pub(super) const ALONE: &str = "money alone repays";

/// Why none is told where so few draws do not tell whether there is any.
pub(super) const UNRESOLVED: &str = "not resolved";

#[cfg(test)]
mod tests {
    use super::{ALONE, UNRESOLVED, cost_per_qaly, headlines};
    use crate::appraisal::findings::Findings;
    use crate::appraisal::statistic::Estimate;
    use crate::report::fixture;

    /// 41,000 with an error of 900 is told. With an error of 21,000 its 95% interval is -160 to 82,160, and with one of 20,900
    /// it is 36 to 81,964.
    #[test]
    fn a_cost_per_qaly_within_its_error_is_not_told() {
        let with = |outcome: &str, mean: Estimate| {
            let mut findings = fixture::findings();
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
        let found = headlines(&fixture::findings()).join("\n");
        for part in [
            "need for emergency admission 0.30% lower (−0.33% to −0.27%) under “Kept safe”",
            "emergency admissions that happen 0.050% higher (+0.045% to +0.055%) under “Kept safe”",
            "beds in use, 2.0 beds more under “Kept safe”; emergency need that finds no bed, 130 admissions fewer under",
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
        let mut findings = fixture::findings();
        for series in findings.series.iter_mut().filter(|series| series.key.outcome == "service-cost") {
            let amount = match series.key.payer.as_str() {
                "NHS acute" => 17e6,
                "Childrens services" => -58e6,
                _ => 17e6 - 58e6 - 29e6,
            };
            series.years.iter_mut().for_each(|year| *year = fixture::summary(amount));
        }
        for strategy in 0..2 {
            let found = findings.series.iter().find(|one| one.key.payer == "NHS acute").cloned();
            let mut work = found.unwrap_or_else(|| unreachable!());
            work.key.payer = "Work and pensions".to_owned();
            work.key.strategy = Some(strategy);
            work.years.iter_mut().for_each(|year| *year = fixture::summary(-29e6));
            findings.series.push(work);
        }
        findings.series.sort_by(|one, other| one.key.cmp(&other.key));
        let found = headlines(&findings).join("\n");
        let wording = "saves all payers together £350m in five years, in the money of each year, under “Kept safe”: children’s \
                    services 67% and work and pensions 33% of the £440m that some payers save, while the NHS pays £85m more";
        assert!(found.contains(wording), "{found}");
    }

    #[test]
    fn where_nothing_is_spent_no_payback_is_told() {
        let mut findings = fixture::findings();
        for label in &mut findings.strategies {
            label.nothing_spent = Some("nobody is eligible".to_owned());
        }
        let found = headlines(&findings).join("\n");
        assert!(!found.contains("Payback within"), "{found}");
        let wording = "Nothing was spent under “Kept safe” and “Left open”, because nobody is eligible: there is nothing to be paid back.";
        assert!(found.contains(wording), "{found}");
        // Where one of two spends, its chance is told alone.
        findings.strategies[0].nothing_spent = None;
        let found = headlines(&findings).join("\n");
        assert!(found.contains("Payback within five years: cash, in no draw"), "{found}");
        assert!(found.contains("Nothing was spent under “Left open”, because"), "{found}");
    }

    #[test]
    fn findings_of_nothing_are_said_without_a_panic() {
        let mut bare = fixture::findings();
        bare.series.clear();
        bare.measures.clear();
        bare.payback.clear();
        assert!(!headlines(&bare).is_empty());
        let none = Findings { strategies: Vec::new(), ..bare };
        assert_eq!(headlines(&none), ["No strategy is compared with doing nothing."]);
    }
}
