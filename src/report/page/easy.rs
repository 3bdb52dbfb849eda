//! The easy read: what was found in short sentences, one idea each, with a picture for each point.
//!
//! The form is that of English public bodies: picture on the left, few words on the right, hard words in bold and
//! explained at the end. Numbers are rounded hard: about 1 in 480, about £400 million.

use serde::Serialize;

use crate::answer::Answer;
use crate::answer::fact::{Fact, amount, value};
use crate::answer::read::{lead_service, need, nothing_spent};
use crate::answer::strategy::OfStrategy;
use crate::appraisal::findings::Findings;
use crate::scenario::HardWord;
use crate::words;
use crate::words::rough::{count, one_in, pounds};

use super::pictogram::Pictogram;
use super::template::{Template, TemplateError};

/// What the easy read says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EasyRead {
    /// The title of the whole report.
    pub title: String,
    /// Where.
    pub place: String,
    /// Its parts in order.
    pub parts: Vec<Part>,
    /// The hard words that stand in it, with what they mean.
    pub hard_words: Vec<HardWord>,
    /// The version of this program.
    pub version: &'static str,
}

/// A part with its heading.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// Its heading.
    pub title: &'static str,
    /// Its points in order.
    pub points: Vec<Point>,
}

/// A picture and a few sentences beside it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Point {
    /// The picture, as an element of a page.
    pub picture: String,
    /// The sentences, each in pieces.
    pub sentences: Vec<Vec<Piece>>,
}

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// Its words.
    pub text: String,
    /// Whether it is a hard word that the end explains.
    pub bold: bool,
}

/// Hard words of every easy read; the accounts add those of their plain words.
const HARD_WORDS: [(&str, &str); 3] = [
    ("model", "A set of sums on a computer. It shows what may happen."),
    ("plan", "A way to use the money."),
    ("prevention", "Help that comes early. It stops people getting ill."),
];

/// The page.
///
/// # Errors
/// None that a study can cause: the template ships.
pub fn easy_read(findings: &Findings) -> Result<String, TemplateError> {
    Template::easy().fill(&content(findings))
}

/// What it says, before it is a page.
pub fn content(findings: &Findings) -> EasyRead {
    let parts = vec![
        Part { title: "What this is about", points: about(findings) },
        Part { title: "What we found out", points: found(findings, &Answer::of(findings)) },
        Part { title: "What to keep in mind", points: care() },
    ];
    let used = |word: &str| {
        let mut pieces = parts.iter().flat_map(|part| &part.points).flat_map(|point| point.sentences.iter().flatten());
        pieces.any(|piece| piece.bold && piece.text.starts_with(word))
    };
    EasyRead {
        title: findings.title.clone(),
        place: words::capital(&findings.place),
        hard_words: hard_words(findings).into_iter().filter(|hard| used(&hard.word)).collect(),
        parts,
        version: env!("CARGO_PKG_VERSION"),
    }
}

/// All hard words, in the order of the alphabet.
fn hard_words(findings: &Findings) -> Vec<HardWord> {
    let own = HARD_WORDS.map(|(word, meaning)| HardWord { word: word.to_owned(), meaning: meaning.to_owned() });
    let mut all: Vec<HardWord> = own.into_iter().chain(findings.hard_words.iter().cloned()).collect();
    all.sort_by(|one, other| one.word.cmp(&other.word));
    all
}

fn point(picture: Pictogram, sentences: &[&str]) -> Point {
    let sentences = sentences.iter().filter(|text| !text.is_empty()).map(|text| pieces(text)).collect();
    Point { picture: picture.svg(), sentences }
}

/// Words between stars are hard words.
fn pieces(sentence: &str) -> Vec<Piece> {
    let pieces = sentence.split('*').enumerate();
    pieces
        .filter(|(_, text)| !text.is_empty())
        .map(|(place, text)| Piece { text: text.to_owned(), bold: place % 2 == 1 })
        .collect()
}

fn about(findings: &Findings) -> Vec<Point> {
    let plans = findings.strategies.len();
    let looked = match plans {
        1 => "We looked at one *plan* to do this.".to_owned(),
        plans => format!("We looked at {} *plans* to do this.", words::whole(plans)),
    };
    let money = match findings.first_group() {
        Some(group) => format!("{} has money.", words::capital(group)),
        None => "There is money for care.".to_owned(),
    };
    vec![
        point(Pictogram::Coins, &[&money, "Most of it is used when people are ill."]),
        point(
            Pictogram::Plant,
            &[
                "Some of the money could help people stay well.",
                "This is called *prevention*.",
                "One way is to make cold homes warm.",
            ],
        ),
        point(Pictogram::Ways, &[&looked, &format!("Each one lasts for up to {}.", years(findings))]),
        point(
            Pictogram::Computer,
            &[
                "We used a *model*.",
                &format!("It did the sums {} times.", words::exact(findings.draws)),
                "Each time it used other numbers.",
            ],
        ),
        point(
            Pictogram::Unsure,
            &["No one knows all the numbers for sure.", "So no one can know just what will happen."],
        ),
    ]
}

fn years(findings: &Findings) -> String {
    if findings.horizon == 1 { "1 year".to_owned() } else { format!("{} years", findings.horizon) }
}

fn found(findings: &Findings, answer: &Answer) -> Vec<Point> {
    let Some(of) = answer.healthiest.and_then(|best| answer.strategies.get(best)) else {
        return vec![point(Pictogram::Unsure, &["There was no *plan* to look at."])];
    };
    let unused = answer.healthiest.is_some_and(|best| nothing_spent(findings, best).is_some());
    let mut points = Vec::new();
    if findings.strategies.len() > 1 {
        points.push(point(
            Pictogram::Ways,
            &[
                "We tell you about one *plan* here.",
                "It is the one that adds the most health.",
                "The long report has all of them.",
            ],
        ));
    }
    points.extend([demand(findings, of), happens(findings, of), services(findings, of)].into_iter().flatten());
    points.extend([money(of), who_saves(findings, of), unspent(of, unused)].into_iter().flatten());
    points.extend([repaid(findings, of, unused), repaid_with_health(of)].into_iter().flatten());
    points.extend([health(of), fairness(of), taken(findings, answer)].into_iter().flatten());
    points
}

fn care() -> Vec<Point> {
    vec![
        point(Pictogram::Unsure, &["Our *model* can be wrong.", "Some things are not in it."]),
        point(Pictogram::Stop, &["Do not close a ward because of this.", "Do not use it to plan for next winter."]),
        point(Pictogram::Talk, &["Talk to people before you choose.", "Ask them what they need."]),
    ]
}

/// A probability in sums out of ten, a hundred or a thousand.
fn in_sums(chance: f64) -> String {
    match chance {
        chance if chance <= 0.0 => "in none of our sums".to_owned(),
        chance if chance >= 1.0 => "in all of our sums".to_owned(),
        chance if chance < 0.095 => format!("in about 1 in {} of our sums", count(1.0 / chance)),
        chance if chance > 0.95 => "in nearly all of our sums".to_owned(),
        chance => format!("in about {} in 10 of our sums", (chance * 10.0).round()),
    }
}

/// What the accounts call a service in plain words; none where they have no plain words for it.
fn plainly<'f>(findings: &'f Findings, service: &str) -> Option<&'f str> {
    need(findings, service)?.plain.as_deref()
}

/// The need that changes: need is not what happens.
fn demand(findings: &Findings, of: &OfStrategy) -> Option<Point> {
    let what = plainly(findings, lead_service(findings))?;
    let found = of.change();
    let (middle, (low, high)) = (value(found), found.map_or((f64::NAN, f64::NAN), Fact::ends));
    let after = format!("This is after {}.", years(findings));
    let first = match one_in(middle) {
        Some(share) if middle < 0.0 => format!("The need for {what} falls by about {share}."),
        Some(share) if middle > 0.0 => format!("The need for {what} grows by about {share}."),
        _ => format!("The need for {what} does not change so that we can see it."),
    };
    let range = match (one_in(high), one_in(low)) {
        (Some(few), Some(many)) if high < 0.0 && low < 0.0 && few != many => {
            format!("It could be as few as {few}. It could be as many as {many}.")
        }
        _ if low < 0.0 && high >= 0.0 => "It could also be none at all.".to_owned(),
        _ => String::new(),
    };
    Some(point(Pictogram::Hospital, &[&first, &after, &range]))
}

/// What happens of the need, and how many find no service.
fn happens(findings: &Findings, of: &OfStrategy) -> Option<Point> {
    let need = need(findings, lead_service(findings))?;
    let what = need.plain.as_deref()?;
    let found = of.happening()?.value;
    let first = match one_in(found) {
        Some(share) if found < 0.0 => format!("The count of {what} falls by about {share}."),
        Some(share) if found > 0.0 => format!("The count of {what} grows by about {share}."),
        _ => format!("The count of {what} does not change so that we can see it."),
    };
    let used = need.plain_used.as_deref();
    let beds = match (of.unmet.as_ref().map(|unmet| unmet.value), used) {
        (Some(fewer), Some(used)) if fewer <= -1.0 => {
            format!("About {} more people a year find a {used}.", count(fewer))
        }
        (Some(more), Some(used)) if more >= 1.0 => format!("About {} more people a year find no {used}.", count(more)),
        _ => String::new(),
    };
    let refills = found > value(of.change());
    let fills = match used {
        Some(used) if refills => format!("When a {used} is free, some one else may need it."),
        _ => String::new(),
    };
    Some(point(Pictogram::Hospital, &[&fills, &first, &beds]))
}

/// The service that falls most, where it is another than the first.
fn services(findings: &Findings, of: &OfStrategy) -> Option<Point> {
    let lead = lead_service(findings);
    let falls = of.demands.iter().filter(|one| one.service != lead).filter_map(|one| {
        let percent = one.change.as_ref()?.value;
        let need = need(findings, &one.service)?;
        Some(((need.plain.as_deref()?, need.counted), percent)).filter(|(_, percent)| *percent < 0.0)
    });
    let ((what, counted), percent) = falls.min_by(|one, other| one.1.total_cmp(&other.1))?;
    let share = one_in(percent)?;
    let first = if counted { format!("There may be fewer {what}.") } else { format!("People may need fewer {what}.") };
    Some(point(Pictogram::Services, &[&first, &format!("It could be about {share} fewer.")]))
}

fn money(of: &OfStrategy) -> Option<Point> {
    let (spent, saved) = (amount(of.nominal.spent.as_ref()), amount(of.saved.as_ref()));
    if spent <= 0.0 {
        return None;
    }
    let cost = format!("The *plan* costs about {} in all.", pounds(spent));
    let back = match saved / spent {
        part if part <= 0.0 => "It does not save money.".to_owned(),
        part if part < 1.0 => format!("It saves about {}.", pounds(saved)),
        _ => format!("It saves about {}. That is more than it costs.", pounds(saved)),
    };
    let rest = if saved > 0.0 && saved < spent { "So most of the money does not come back." } else { "" };
    let rest = if saved > 0.5 * spent && saved < spent { "So not all of the money comes back." } else { rest };
    Some(point(Pictogram::Coins, &[&cost, &back, rest]))
}

/// The payer who saves most, as the accounts say it, and how the first group of payers fares beside it.
fn who_saves(findings: &Findings, of: &OfStrategy) -> Option<Point> {
    let saved = of.saved_by.iter().map(|(payer, saved)| (payer, amount(saved.as_ref())));
    let (first, most) = saved.clone().max_by(|one, other| one.1.total_cmp(&other.1))?;
    if most <= 0.0 {
        return None;
    }
    if let Some(group) = findings.group_of(first) {
        return Some(point(Pictogram::Hospital, &[&format!("{} saves the most.", words::capital(group))]));
    }
    let mut sentences = findings.payer(first)?.saves_most.clone();
    if sentences.is_empty() {
        return None;
    }
    if let Some(group) = findings.first_group() {
        let whole: f64 =
            saved.filter(|(payer, _)| findings.group_of(payer) == Some(group)).map(|(_, saved)| saved).sum();
        let fares = if whole < 0.0 { "has to pay more" } else { "saves less" };
        sentences.push(format!("{} {fares}.", words::capital(group)));
    }
    let sentences: Vec<&str> = sentences.iter().map(String::as_str).collect();
    Some(point(Pictogram::Homes, &sentences))
}

fn unspent(of: &OfStrategy, unused: bool) -> Option<Point> {
    let (left, spent) = (amount(of.nominal.unspent.as_ref()), amount(of.nominal.spent.as_ref()));
    (left > 0.05 * spent).then(|| {
        let amount = format!("About {} cannot be used.", pounds(left));
        // Where nothing at all is spent, staff are not what is missing.
        let why = if unused { "There is nobody it can be used for." } else { "It takes time to find and train staff." };
        point(Pictogram::Staff, &[&amount, why])
    })
}

fn repaid(findings: &Findings, of: &OfStrategy, unused: bool) -> Option<Point> {
    if unused {
        let none = ["No money was used.", "So there is nothing to get back.", "The long report says why."];
        return Some(point(Pictogram::Back, &none));
    }
    let own = of.perspectives.first()?;
    let ask = match &own.perspective.plain {
        Some(whose) => format!("Will {whose} get their money back in {}?", years(findings)),
        None => format!("Will the money come back in {}?", years(findings)),
    };
    let answer = match own.at_horizon()?.value {
        chance if chance <= 0.0 => "No. It did not happen in any of our sums.".to_owned(),
        chance => format!("It came back {}.", in_sums(chance)),
    };
    Some(point(Pictogram::Back, &[&ask, &answer]))
}

/// From the widest perspective, where there is more than one.
fn repaid_with_health(of: &OfStrategy) -> Option<Point> {
    let [_, .., widest] = of.perspectives.as_slice() else { return None };
    let answer = match widest.at_horizon()?.value {
        chance if chance <= 0.0 => "Then the *plan* is still not worth the cost.".to_owned(),
        chance => format!("Then the *plan* is worth it {}.", in_sums(chance)),
    };
    Some(point(Pictogram::Clock, &["We can also say that good health is worth money.", &answer]))
}

fn health(of: &OfStrategy) -> Option<Point> {
    let (gained, lost) = (of.gained.as_ref()?.value, value(of.displaced.as_ref()));
    let gain = match gained {
        gained if gained >= 1.0 => format!("People gain about {} years of good health.", count(gained)),
        gained if gained <= -1.0 => format!("People lose about {} years of good health.", count(gained)),
        _ => "People gain next to no years of good health.".to_owned(),
    };
    let mut sentences = vec![gain];
    if lost >= 1.0 {
        sentences.push("But the money came out of care.".to_owned());
        sentences.push(format!("That care could have given about {} years.", count(lost)));
        sentences.push(
            if lost > gained { "So more is lost than gained." } else { "So more is gained than lost." }.to_owned(),
        );
    }
    let sentences: Vec<&str> = sentences.iter().map(String::as_str).collect();
    Some(point(if lost > gained { Pictogram::Balance } else { Pictogram::Heart }, &sentences))
}

fn fairness(of: &OfStrategy) -> Option<Point> {
    let (first, last) = (of.shared.groups.first()?, of.shared.groups.last()?);
    let (poor, rich) = (value(first.gained.as_ref()), value(last.gained.as_ref()));
    let gap = match poor - rich {
        more if more > 0.1 * poor.abs() => "Poor areas gain more health than rich areas.",
        less if less < -0.1 * poor.abs() => "Poor areas gain less health than rich areas.",
        _ => "Poor areas and rich areas gain about the same.",
    };
    // What care loses where the money was taken from is part of the same answer.
    let lost = match (value(first.displaced.as_ref()), value(last.displaced.as_ref())) {
        (poor, rich) if poor > 0.0 && poor - rich > 0.1 * poor => {
            "They also lose more health when care gets less money."
        }
        (poor, _) if poor > 0.0 => "Both also lose health when care gets less money.",
        _ => "",
    };
    let words = ["Some areas are poor. Some are rich.", gap, lost];
    let words: Vec<&str> = words.into_iter().filter(|words| !words.is_empty()).collect();
    Some(point(Pictogram::Homes, &words))
}

/// What is taken back where most is.
fn taken(findings: &Findings, answer: &Answer) -> Option<Point> {
    let most = answer.pressure.as_ref()?.raided.amount();
    (most > 0.0).then(|| {
        let amount = format!("In one *plan* about {} is taken.", pounds(most));
        let when = format!("This can be when {} runs short.", findings.first_group().unwrap_or("money"));
        point(Pictogram::Taken, &["Some money may be taken back.", &when, &amount])
    })
}

#[cfg(test)]
mod tests {
    use super::{content, easy_read, in_sums};
    use crate::report::fixture;

    #[test]
    fn a_chance_is_said_in_sums() {
        assert_eq!(in_sums(0.72), "in about 7 in 10 of our sums");
        assert_eq!(in_sums(0.002), "in about 1 in 500 of our sums");
    }

    #[test]
    fn every_point_has_a_picture_and_words() {
        let content = content(&fixture::findings());
        assert!(content.parts.iter().all(|part| !part.points.is_empty()));
        for point in content.parts.iter().flat_map(|part| &part.points) {
            assert!(point.picture.starts_with("<svg") && point.picture.contains("<title>"));
            assert!(!point.sentences.is_empty());
        }
        assert!(content.hard_words.iter().any(|hard| hard.word == "prevention"));
        let page = easy_read(&fixture::findings()).unwrap_or_default();
        assert!(page.contains("years of good health") && !page.contains("NaN"), "{page}");
    }

    #[test]
    fn findings_of_nothing_are_said_too() {
        let mut bare = fixture::findings();
        bare.series.clear();
        bare.measures.clear();
        bare.payback.clear();
        assert!(easy_read(&bare).is_ok());
        bare.strategies.clear();
        assert!(easy_read(&bare).is_ok_and(|page| page.contains("no <strong>plan</strong>")));
    }
}
