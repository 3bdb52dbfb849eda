//! The report and the easy read: sound pages, the same numbers as the tables, and words that are easy to read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use tempfile::TempDir;
use wellspring::report::page::easy;

use crate::support::{findings, scenario, scenarios};
use crate::transcript::{folder, wellspring};

/// The most that a report may weigh, in bytes.
const MOST_BYTES: usize = 3_000_000;

/// A small study, run once for all tests.
fn results() -> &'static PathBuf {
    static RESULTS: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = RESULTS.get_or_init(|| {
        let place = folder(&[]);
        let output = wellspring(place.path())
            .args(["run", "one-per-cent", "--draws", "4", "--quiet", "--out", "one"])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let path = place.path().join("one");
        (place, path)
    });
    path
}

fn page(name: &str) -> String {
    fs::read_to_string(results().join(name)).unwrap()
}

/// A tag of a page: its name, the text between its brackets, and whether it closes.
struct Tag<'p> {
    name: &'p str,
    whole: &'p str,
    closes: bool,
    /// Where what follows it begins.
    end: usize,
}

/// All tags in order, without those inside styles; panics where one is not closed.
fn tags(page: &str) -> Vec<Tag<'_>> {
    let mut tags: Vec<Tag> = Vec::new();
    let mut at = 0;
    while let Some(start) = page[at..].find('<').map(|found| at + found) {
        let length = page[start..].find('>').unwrap_or_else(|| panic!("a tag without end: {:.60}", &page[start..]));
        let whole = &page[start + 1..start + length];
        let closes = whole.starts_with('/');
        let name = whole.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap_or_default();
        at = start + length + 1;
        assert_eq!(whole.matches('"').count() % 2, 0, "an open quote in <{whole}>");
        tags.push(Tag { name, whole, closes, end: at });
        if name == "style" && !closes {
            at += page[at..].find("</style>").unwrap();
        }
    }
    tags
}

fn attribute<'p>(tag: &Tag<'p>, name: &str) -> Option<&'p str> {
    let found = tag.whole.find(&format!(" {name}=\""))? + name.len() + 3;
    tag.whole[found..].split('"').next()
}

/// The elements of a name: the text between their tags. Elements of one name do not stand in each other here.
fn elements<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let mut found = Vec::new();
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut at = 0;
    while let Some(start) = page[at..].find(&open).map(|start| at + start) {
        let inside = start + page[start..].find('>').unwrap() + 1;
        at = inside;
        if page[start + open.len()..].starts_with([' ', '>']) {
            let end = inside + page[inside..].find(&close).unwrap();
            found.push(&page[inside..end]);
            at = end;
        }
    }
    found
}

#[test]
fn both_pages_are_whole_and_need_nothing_from_elsewhere() {
    for name in ["report.html", "easy-read.html"] {
        let page = page(name);
        assert!(
            page.starts_with("<!DOCTYPE html>\n<html lang=\"en-GB\">")
                || page.trim_start().starts_with("<!DOCTYPE html>")
        );
        assert!(page.len() < MOST_BYTES, "{name} has {} bytes", page.len());
        let mut open: Vec<&str> = Vec::new();
        let mut ids = BTreeSet::new();
        let mut level = 0;
        for tag in tags(&page) {
            assert_ne!(tag.name, "script", "{name}");
            if tag.closes {
                assert_eq!(open.pop(), Some(tag.name), "{name}: </{}> closes another", tag.name);
                continue;
            }
            let alone = ["!DOCTYPE", "meta", "link", "br", "img", "hr", "input"].contains(&tag.name);
            if !alone && !tag.whole.ends_with('/') {
                open.push(tag.name);
            }
            if let Some(id) = attribute(&tag, "id") {
                assert!(ids.insert(id.to_owned()), "{name}: the id {id} stands twice");
            }
            for loads in ["src", "href", "xlink:href", "srcset", "action", "poster"] {
                let outside = attribute(&tag, loads).is_some_and(|address| !address.starts_with('#'));
                assert!(!outside, "{name}: <{}>", tag.whole);
            }
            assert!(!tag.whole.contains(" on") || attribute(&tag, "onclick").is_none(), "{name}: <{}>", tag.whole);
            if let Some(heading) = tag.name.strip_prefix('h').and_then(|digit| digit.parse::<u32>().ok()) {
                assert!(heading <= level + 1, "{name}: a heading of level {heading} after one of level {level}");
                level = heading;
            }
        }
        assert!(open.is_empty(), "{name}: {open:?} are never closed");
        assert_eq!(elements(&page, "h1").len(), 1, "{name}");
        assert_eq!(elements(&page, "main").len(), 1, "{name}");
        assert!(!page.contains("url(") && !page.contains("@import") && !page.contains("NaN"), "{name}");
        let place = results().parent().unwrap().to_string_lossy().into_owned();
        assert!(!page.contains(&place), "{name} tells a path of the machine");
        for tag in tags(&page) {
            for points_to in ["aria-labelledby", "href"] {
                for id in attribute(&tag, points_to).unwrap_or_default().split_whitespace() {
                    assert!(ids.contains(id.trim_start_matches('#')), "{name}: nothing is called {id}");
                }
            }
        }
    }
}

#[test]
fn every_picture_says_what_it_shows_and_has_its_numbers() {
    let page = page("report.html");
    let figures = elements(&page, "figure");
    assert!(figures.len() >= 15, "{}", figures.len());
    for figure in &figures {
        let svg = elements(figure, "svg");
        assert_eq!(svg.len(), 1);
        let (title, told) = (elements(svg[0], "title")[0], elements(svg[0], "desc")[0]);
        assert!(title.len() > 20 && told.len() > 40, "{title}: {told}");
        assert!(told.contains(|letter: char| letter.is_ascii_digit()), "{told}");
        assert!(elements(figure, "figcaption")[0].contains(title), "{title}");
        assert!(!elements(figure, "table").is_empty(), "no table behind: {title}");
    }
    for table in elements(&page, "table") {
        assert_eq!(elements(table, "caption").len(), 1, "{table:.200}");
        for tag in tags(table).iter().filter(|tag| tag.name == "th" && !tag.closes) {
            assert!(matches!(attribute(tag, "scope"), Some("col" | "row")), "<{}>", tag.whole);
        }
    }
    for picture in elements(&self::page("easy-read.html"), "svg") {
        assert_eq!(elements(picture, "title").len(), 1, "{picture:.80}");
    }
}

#[test]
fn the_numbers_are_those_of_the_tables() {
    let mut known = BTreeSet::new();
    for file in ["demand.csv", "payback.csv", "money.csv", "health.csv", "system.csv", "summary.csv"] {
        let mut reader = csv::Reader::from_path(results().join(file)).unwrap();
        let column = reader.headers().unwrap().iter().position(|name| name == "value").unwrap();
        known.extend(reader.records().map(|record| record.unwrap()[column].to_owned()));
    }
    let page = page("report.html");
    let figures: Vec<Tag> = tags(&page).into_iter().filter(|tag| tag.name == "figure" && !tag.closes).collect();
    let mut compared = 0;
    for figure in figures {
        let name = attribute(&figure, "id").unwrap().trim_start_matches("figure-");
        // The others hold sums of several rows.
        if !["demand", "payback", "quintiles", "strategies", "equity"].iter().any(|kind| name.starts_with(kind)) {
            continue;
        }
        let whole = &page[figure.end..figure.end + page[figure.end..].find("</figure>").unwrap()];
        for tag in tags(whole).iter().filter(|tag| tag.name == "data" && !tag.closes) {
            let value = attribute(tag, "value").unwrap();
            assert!(known.contains(value), "{name}: {value} is in no table");
            compared += 1;
        }
    }
    assert!(compared > 2_000, "{compared}");
}

#[test]
fn a_person_may_bring_a_template() {
    let place = folder(&[(
        "mine.html",
        "<h1>{{ title }}</h1>{% for section in sections if section.id == \"payback\" %}{{ section.title }}{% endfor %}\n",
    )]);
    let arguments = ["run", "one-per-cent", "--draws", "1", "--quiet", "--template", "mine.html", "--out", "one"];
    let output = wellspring(place.path()).args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let page = fs::read_to_string(place.path().join("one/report.html")).unwrap();
    assert_eq!(page, "<h1>One per cent of the NHS budget to prevention</h1>When it pays back, and for whom");

    fs::write(place.path().join("mine.html"), "<h1>{{ titel }}</h1>").unwrap();
    let output = wellspring(place.path()).args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("error[C028]") && said.contains("mine.html:1:"), "{said}");
    assert!(place.path().join("one/report.html").exists(), "the old folder stays");
}

/// Syllables of a word: groups of vowels, without a silent e at the end. Numbers count a syllable for each digit that is read.
fn syllables(word: &str) -> usize {
    let letters: Vec<char> = word.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect();
    if letters.iter().any(char::is_ascii_digit) {
        return letters.iter().filter(|letter| ('1'..='9').contains(*letter)).count().max(1);
    }
    let vowel = |letter: char| "aeiouy".contains(letter);
    let mut groups = 0;
    for (place, letter) in letters.iter().enumerate() {
        if vowel(*letter) && (place == 0 || !vowel(letters[place - 1])) {
            groups += 1;
        }
    }
    let silent = letters.len() > 2 && letters.ends_with(&['e']) && !letters.ends_with(&['l', 'e']);
    let vowel_before = letters.len() > 1 && vowel(letters[letters.len() - 2]);
    let silent_ed =
        letters.len() > 3 && letters.ends_with(&['e', 'd']) && !matches!(letters[letters.len() - 3], 't' | 'd');
    if (silent && !vowel_before || silent_ed) && groups > 1 { groups - 1 } else { groups.max(1) }
}

/// Sentences of a text.
fn sentences(text: &str) -> Vec<Vec<&str>> {
    let ends = |word: &str| word.ends_with(['.', '?', '!', ':']);
    let mut sentences = vec![Vec::new()];
    for word in text.split_whitespace() {
        if word.contains(|letter: char| letter.is_alphanumeric()) {
            sentences.last_mut().unwrap().push(word);
        }
        if ends(word) {
            sentences.push(Vec::new());
        }
    }
    sentences.retain(|words| !words.is_empty());
    sentences
}

/// The Flesch-Kincaid grade (Kincaid and others 1975): years of school that a text asks for.
fn grade(text: &str) -> f64 {
    let sentences = sentences(text);
    let words: Vec<&str> = sentences.iter().flatten().copied().collect();
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    0.39 * words.len() as f64 / sentences.len() as f64 + 11.8 * syllables as f64 / words.len() as f64 - 15.59
}

#[test]
fn the_grade_is_that_of_texts_with_a_known_one() {
    assert_eq!(
        ["the", "hospital", "people", "care", "stopped", "prevention", "£40", "area"].map(syllables),
        [1, 3, 2, 1, 1, 3, 1, 2]
    );
    // 6 words, 1 sentence, 6 syllables: 0.39 x 6 + 11.8 - 15.59 = -1.45.
    assert!((grade("The cat sat on the mat.") + 1.45).abs() < 1e-9);
    assert!(grade("Multifactorial epidemiological considerations necessitate interdisciplinary collaboration.") > 20.0);
}

/// The easy read of a shipped scenario, as plain words.
fn easy_words(name: &str) -> String {
    let content = easy::content(&findings(&scenario(name), 2));
    let mut words = String::new();
    for point in content.parts.iter().flat_map(|part| &part.points) {
        for sentence in &point.sentences {
            words.extend(sentence.iter().map(|piece| piece.text.as_str()));
            words.push('\n');
        }
    }
    words.extend(content.hard_words.iter().map(|hard| format!("{}\n", hard.meaning)));
    words
}

#[test]
fn the_easy_read_of_every_shipped_scenario_is_easy_to_read() {
    let names = scenarios();
    let mut wrong = Vec::new();
    let mut grades = BTreeMap::new();
    for name in &names {
        let words = easy_words(name);
        let found = grade(&words);
        grades.insert(name.as_str(), found);
        if found > 5.0 {
            wrong.push(format!("{name}: grade {found:.1}"));
        }
        for sentence in sentences(&words) {
            if sentence.len() > 15 {
                wrong.push(format!("{name}: {} words: {}", sentence.len(), sentence.join(" ")));
            }
        }
        for word in ["NaN", "inf", "not known", "{", "*"] {
            assert!(!words.split_whitespace().any(|own| own == word), "{name}: {words}");
        }
    }
    println!("{grades:#?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
