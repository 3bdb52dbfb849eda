//! A model of others gets the same report: the shipped model under other names, and with accounts that say less.
//!
//! Every ledger, service, payer and perspective of the shipped model gets another name, as a model of others would have. The
//! words of the report and the numbers behind its pictures must be the same but for these names. What a model does not keep
//! is not told, and breaks nothing.

use std::collections::BTreeSet;

use toml::Value;
use wellspring::appraisal::findings::Findings;
use wellspring::report::figure::behind;
use wellspring::report::{self, page::easy};
use wellspring::study::{Overrides, StudyTexts, Text, prepare};

use crate::support::shipped;

/// Payers as the shipped model calls them, and as this one does: in the same order of the alphabet, in which payers are told, and in
/// no name of a random number.
const PAYERS: [(&str, &str); 4] = [
    ("NHS commissioner", "MID planners"),
    ("NHS acute", "MID hospitals"),
    ("Justice", "Law and order"),
    ("Work and pensions", "Work and benefits"),
];

/// The names of the shipped model beside those of this one, the longest first, so that one inside another is not torn.
fn names() -> Vec<(String, String)> {
    let accounts: Value = toml::from_str(&shipped().accounts.content).unwrap();
    let of = |kind: &str, key: &str| -> Vec<String> {
        accounts[kind].as_array().unwrap().iter().map(|one| one[key].as_str().unwrap().to_owned()).collect()
    };
    let numbered = |kind: &str, key: &str, called: &str| -> Vec<(String, String)> {
        of(kind, key).into_iter().enumerate().map(|(number, id)| (id, format!("{called}{number:02}"))).collect()
    };
    let mut all = numbered("ledger", "id", "own-book-");
    all.extend(numbered("demand", "service", "Own service "));
    // As long as the old ones, for they head columns.
    all.extend(
        [("cash", "till"), ("fiscal", "purses"), ("social", "common")].map(|(a, b)| (a.to_owned(), b.to_owned())),
    );
    all.extend(PAYERS.map(|(old, new)| (old.to_owned(), new.to_owned())));
    all.sort_by_key(|(old, _)| std::cmp::Reverse(old.len()));
    all
}

/// The accounts under other names: of ledgers, services, perspectives and payers, and not the words that say what they are.
fn renamed_accounts(accounts: &str, names: &[(String, String)]) -> String {
    const NAMING: [&str; 15] = [
        "id", "to_come", "happens", "used", "unmet", "moved", "sources", "savings", "uses", "costs", "gains", "qalys",
        "payers", "service", "name",
    ];
    let line = |line: &str| {
        let names_something = line.split_once(" = ").is_some_and(|(key, _)| NAMING.contains(&key));
        let mut line = line.to_owned();
        if names_something {
            names.iter().for_each(|(old, new)| line = line.replace(&format!("\"{old}\""), &format!("\"{new}\"")));
        }
        line + "\n"
    };
    accounts.lines().map(line).collect()
}

fn ran(texts: &StudyTexts) -> Findings {
    let overrides = Overrides { draws: Some(3), ..Overrides::default() };
    let (study, _) = prepare(texts, &overrides).unwrap_or_else(|found| panic!("{found:?}"));
    study.run(&|_| {})
}

/// What a person reads of findings: the terminal, the headlines, the easy read, and the numbers behind each picture.
fn told(findings: &Findings) -> Vec<(String, String)> {
    let mut told = vec![
        ("terminal".to_owned(), report::terminal_table(findings).split_whitespace().collect::<Vec<_>>().join(" ")),
        ("headlines".to_owned(), report::headlines(findings).join("\n")),
        ("easy read".to_owned(), easy::easy_read(findings).unwrap()),
    ];
    for (name, figure) in report::figures(findings) {
        let words = format!("{}\n{}\n{}", figure.title, figure.subtitle, figure.alternative_text);
        told.push((name, format!("{words}\n{:?}", behind(&figure))));
    }
    told
}

/// Rows of all tables, without an order: that of the tables is by names.
fn rows(findings: &Findings) -> BTreeSet<String> {
    let tables = report::tables(findings);
    tables.iter().flat_map(|table| table.csv().lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[test]
fn other_names_change_nothing_but_the_names() {
    let (shipped, names) = (shipped(), names());
    let mut other = shipped.clone();
    other.accounts = Text::new(&shipped.accounts.file, &renamed_accounts(&shipped.accounts.content, &names));
    let payers = |text: &Text| {
        let content = PAYERS.iter().fold(text.content.to_string(), |text, (old, new)| text.replace(old, new));
        Text::new(&text.file, &content)
    };
    for text in [&mut other.model, &mut other.accounts, &mut other.scenario] {
        *text = payers(text);
    }
    other.evidence = shipped.evidence.iter().map(payers).collect();
    let back = |text: &str| {
        names.iter().fold(text.to_owned(), |text, (old, new)| {
            let inside = |name: &str| name[..1].to_lowercase() + &name[1..];
            let first = |name: &str| name[..1].to_uppercase() + &name[1..];
            text.replace(new, old).replace(&inside(new), &inside(old)).replace(&first(new), &first(old))
        })
    };
    let (own, others) = (ran(&shipped), ran(&other));
    assert_eq!(others.services.len(), own.services.len());
    assert!(others.services.iter().all(|(service, _)| service.starts_with("Own service")), "{:?}", others.services);
    for ((name, own), (_, others)) in told(&own).into_iter().zip(told(&others)) {
        assert!(own.len() > 100, "{name}: {own}");
        assert_eq!(back(&others), back(&own), "{name}");
    }
    let back = |rows: BTreeSet<String>| -> BTreeSet<String> { rows.iter().map(|row| back(row)).collect() };
    let (own, others) = (back(rows(&own)), back(rows(&others)));
    let apart: Vec<&String> = own.symmetric_difference(&others).take(6).collect();
    assert!(apart.is_empty() && own.len() > 10_000, "{apart:#?}");
}

#[test]
fn accounts_that_say_less_are_told_less_of() {
    let mut bare = shipped();
    let said = |line: &&str| {
        let key = line.split_once(" = ").map_or("", |(key, _)| key);
        !["role", "lead", "plain", "plain_used", "to_come", "happens", "used", "unmet", "group"].contains(&key)
            || line.contains("Quintile")
    };
    let kept: String = bare.accounts.content.lines().filter(said).map(|line| format!("{line}\n")).collect();
    bare.accounts = Text::new(&bare.accounts.file, &kept);
    let findings = ran(&bare);
    // Nobody says which service leads: the first does.
    assert_eq!(findings.roles.lead(), findings.services[0].0);
    let told = told(&findings);
    for (name, words) in &told {
        assert!(!words.contains("NaN"), "{name}: {words}");
    }
    let of = |name: &str| &told.iter().find(|(known, _)| known == name).unwrap().1;
    assert!(!of("easy read").contains("The NHS") && !of("easy read").contains("find a bed"), "{}", of("easy read"));
    assert!(!of("headlines").contains("the NHS"), "{}", of("headlines"));
}
