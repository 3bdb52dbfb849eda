//! What a study says against the tables that it writes: every fact of the answer is the number of the cell that its key names.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;

use wellspring::answer::Answer;
use wellspring::answer::fact::{Fact, FactKey};
use wellspring::appraisal::findings::Findings;
use wellspring::report;
use wellspring::report::OfPlaces;
use wellspring::words;

use crate::support::every_scenario;

/// What a row of a table is of: the table, the columns of its key, and the statistic.
type Cell = Vec<String>;

/// Every number of the tables that a run writes, by what it is of.
fn cells(findings: &Findings) -> HashMap<Cell, f64> {
    let columns = ["place", "strategy", "comparator", "outcome", "group", "payer", "year", "price_base", "statistic"];
    let mut all = HashMap::new();
    for table in report::tables_of(findings, OfPlaces::Read).iter().filter(|table| table.file != "faults.csv") {
        let text = table.csv();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().unwrap().clone();
        let at = |name: &str| header.iter().position(|one| one == name).unwrap();
        let places: Vec<usize> = columns.iter().map(|name| at(name)).collect();
        for row in reader.records() {
            let row = row.unwrap();
            let Ok(value) = row[at("value")].parse::<f64>() else { continue };
            let key = std::iter::once(table.file.to_string()).chain(places.iter().map(|place| row[*place].to_owned()));
            assert!(all.insert(key.collect(), value).is_none(), "{}: two rows of one key: {row:?}", table.file);
        }
    }
    all
}

/// The sum of the cells that a key names, of one statistic; how many there are, and the sum of their sizes.
fn looked_up(cells: &HashMap<Cell, f64>, findings: &Findings, key: &FactKey, statistic: &str) -> (f64, usize, f64) {
    let rows = key.rows(findings);
    let found = rows.iter().map(|row| {
        let values = row.iter().map(|(_, value)| value.clone());
        let cell: Cell = std::iter::once(key.table.to_owned()).chain(values).chain([statistic.to_owned()]).collect();
        *cells.get(&cell).unwrap_or_else(|| panic!("{}: no row {cell:?}", findings.name))
    });
    found.fold((0.0, 0, 0.0), |(sum, count, size), value| (sum + value, count + 1, size + value.abs()))
}

fn is_the_cell(cells: &HashMap<Cell, f64>, findings: &Findings, fact: &Fact) {
    let (mut value, mut count, mut size) = (fact.constant, 0, fact.constant.abs());
    for term in &fact.of {
        let (sum, rows, of) = looked_up(cells, findings, &term.key, term.key.statistic.name());
        value += term.factor * sum;
        count += rows;
        size += of;
    }
    assert!(count > 0, "{}: {fact:?} is of no row", findings.name);
    // One cell is the fact to the bit; sums may be rounded in another order.
    let room = if count == 1 && fact.constant == 0.0 { 0.0 } else { 1e-9 * size };
    assert!(
        (fact.value - value).abs() <= room,
        "{}: {} told, {value} in the tables: {fact:?}",
        findings.name,
        fact.value
    );
    let Some((low, high)) = fact.interval else { return };
    let [term] = fact.of.as_slice() else { panic!("an interval of a sum: {fact:?}") };
    let ends = term.key.ends().map(|end| term.factor * looked_up(cells, findings, &term.key, end).0);
    let (least, most) = if term.factor < 0.0 { (ends[1], ends[0]) } else { (ends[0], ends[1]) };
    assert_eq!((low, high), (least, most), "{}: {fact:?}", findings.name);
}

#[test]
fn every_fact_of_the_answer_is_the_cell_that_its_key_names() {
    for ran in every_scenario() {
        let findings = &ran.findings;
        let (cells, answer) = (cells(findings), Answer::of(findings));
        let facts = answer.facts();
        // Of each strategy at least demand, health, money and payback.
        assert!(facts.len() > 20 * findings.strategies.len(), "{}: {} facts", ran.name, facts.len());
        facts.iter().for_each(|fact| is_the_cell(&cells, findings, fact));
    }
}

/// Every way in which a number is told.
fn told(value: f64) -> [String; 8] {
    [
        words::number(value),
        words::percent(value),
        words::percent(value.abs()),
        words::signed_percent(value),
        words::number(value.abs()),
        words::pounds(value.abs()),
        words::chance(value),
        words::signed(value),
    ]
}

/// The numbers of a sentence, as they stand in it, without what stands between quotation marks, which is a name.
fn numbers(sentence: &str) -> Vec<String> {
    let mut bare = String::new();
    let mut depth = 0;
    for letter in sentence.chars() {
        match letter {
            '“' => depth += 1,
            '”' => depth -= 1,
            _ if depth == 0 => bare.push(letter),
            _ => {}
        }
    }
    let of_number = |letter: char| letter.is_ascii_digit() || "−+<>£.,%".contains(letter);
    let mut found = Vec::new();
    for word in bare.split_whitespace() {
        let word = word.trim_matches(|letter: char| "();:,.".contains(letter));
        // A pence or a unit of pounds stands at the number.
        let digits = word.trim_end_matches("bn").trim_end_matches(['m', 'p']);
        if digits.contains(|letter: char| letter.is_ascii_digit()) && digits.chars().all(of_number) {
            found.push(word.trim_end_matches('p').to_owned());
        }
    }
    found
}

/// What is told of a study beside facts: shares of one fact in another, counts of draws, runs and years.
fn beside_facts(findings: &Findings, answer: &Answer) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    if let Some(found) = &answer.gainers {
        all.extend(told(found.savings.gross));
        let parts =
            found.single.iter().map(|(_, saved)| saved.value).chain(found.group.as_ref().map(|one| one.as_displayed()));
        parts.for_each(|part| all.extend(told(found.share(part))));
        // What a group pays more is told as it is.
        all.extend(found.group.as_ref().map(|group| words::pounds(group.as_displayed().abs())));
    }
    if let Some(found) = &answer.pressure {
        for one in [&found.raided, &found.unspent] {
            all.extend(told(one.amount() / one.whole()));
        }
    }
    all.extend(answer.comes_back.iter().flat_map(|found| told(100.0 * found.part())));
    let ends = answer.equity.ends.iter();
    all.extend(ends.flat_map(|ends| told(ends.most_deprived.fact.value / ends.least_deprived.fact.value)));
    all.extend(answer.strategies.iter().flat_map(|of| &of.demands).flat_map(|of| told(of.grows())));
    let counts = [findings.draws, findings.draws_left_out, findings.horizon as u64];
    all.extend(counts.into_iter().chain(findings.faults.iter().map(|fault| fault.runs)).map(words::exact));
    all.extend((0..=findings.faults.len().max(findings.strategies.len())).map(|count| count.to_string()));
    all
}

#[test]
fn every_number_of_a_headline_or_of_a_title_is_that_of_a_fact() {
    let mut seen = 0;
    for ran in every_scenario() {
        let findings = &ran.findings;
        let answer = Answer::of(findings);
        let mut known = beside_facts(findings, &answer);
        for fact in answer.facts() {
            known.extend(told(fact.value));
            fact.interval.into_iter().for_each(|(low, high)| known.extend(told(low).into_iter().chain(told(high))));
        }
        let titles = report::figures(findings).into_iter().map(|(_, figure)| figure.title);
        for sentence in report::headlines(findings).into_iter().chain(titles) {
            for number in numbers(&sentence) {
                assert!(known.contains(&number), "{}: {number} is of no fact: {sentence}", ran.name);
                seen += 1;
            }
        }
    }
    // At least the change of demand, its ends and the savings of each study.
    assert!(seen > 200, "{seen} numbers");
}

#[test]
fn numbers_are_found_in_a_sentence_and_names_are_not() {
    let sentence =
        "In plan year 10 “2% for 5 years” saves £1.2bn (−0.30% to +1,500), <1% of it; 12p comes back, A2 not.";
    assert_eq!(numbers(sentence), ["10", "£1.2bn", "−0.30%", "+1,500", "<1%", "12"]);
}

/// What writes sentences asks the answer, and never the findings.
#[test]
fn what_writes_sentences_looks_nothing_up_in_the_findings() {
    let files = ["headline.rs", "ranking.rs", "terminal/study.rs", "page/easy.rs", "workbook/cover.rs"];
    let room = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report");
    for file in files {
        let text = fs::read_to_string(room.join(file)).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap();
        for looked_up in
            ["findings.find(", ".find(Some(", ".measure(", "findings.series", "findings.measures", "findings.payback"]
        {
            assert!(
                !text.contains(looked_up),
                "{file} looks up `{looked_up}` for itself; src/answer has a place for it"
            );
        }
    }
}
