//! Need and what happens of it: what every medium says of both is what the tables hold by key, and one cost per QALY
//! stands everywhere.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::PathBuf;
use std::sync::OnceLock;

use calamine::{Data, Range, Reader, Xlsx, open_workbook_from_rs};
use engine::sampling::{Design, NORMAL_95};
use tempfile::TempDir;

use crate::support::{shipped, study, text};
use crate::transcript::{folder, wellspring};

const NEED: &str = "Need for emergency admission";
const HAPPENS: &str = "Emergency admissions that happen";
const DRAWS: u64 = 6;
const LAST: &str = "2034/35";

/// What a run left: its folder, and what it said in the terminal.
struct Results {
    _place: TempDir,
    path: PathBuf,
    said: String,
    /// By file, strategy, comparator, outcome, group, year and statistic.
    numbers: BTreeMap<[String; 7], f64>,
    /// The Monte Carlo errors of those that have one, by the same keys.
    errors: BTreeMap<[String; 7], f64>,
}

fn run(scenario: &str, draws: u64) -> Results {
    let place = folder(&[]);
    let arguments = ["run", scenario, "--draws", &draws.to_string(), "--quiet", "--out", "one"];
    let output = wellspring(place.path()).args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let path = place.path().join("one");
    let (mut numbers, mut errors) = (BTreeMap::new(), BTreeMap::new());
    for file in ["demand.csv", "system.csv", "summary.csv", "ranking.csv"] {
        // Of one draw there is no ranking.
        let Ok(mut reader) = csv::Reader::from_path(path.join(file)) else {
            assert_eq!((file, draws), ("ranking.csv", 1));
            continue;
        };
        let heads = reader.headers().unwrap().clone();
        for record in reader.records() {
            let record = record.unwrap();
            let of = |name: &str| record[heads.iter().position(|head| head == name).unwrap()].to_owned();
            let rest = ["strategy", "comparator", "outcome", "group", "year", "statistic"].map(of);
            let [strategy, comparator, outcome, group, year, statistic] = rest;
            if !of("payer").is_empty() {
                continue;
            }
            let Ok(value) = of("value").parse() else { continue };
            let key = [file.to_owned(), strategy, comparator, outcome, group, year, statistic];
            if let Ok(error) = of("mc_error").parse() {
                errors.insert(key.clone(), error);
            }
            numbers.insert(key, value);
        }
    }
    let said = String::from_utf8(output.stdout).unwrap();
    Results { _place: place, path, said, numbers, errors }
}

fn results(scenario: &str) -> &'static Results {
    static FUND: OnceLock<Results> = OnceLock::new();
    static ONE: OnceLock<Results> = OnceLock::new();
    let held = if scenario == "one-per-cent" { &ONE } else { &FUND };
    held.get_or_init(|| run(scenario, DRAWS))
}

impl Results {
    fn of(&self, file: &str, strategy: &str, outcome: &str, group: &str, year: &str, statistic: &str) -> f64 {
        self.against("twin", file, strategy, outcome, group, year, statistic)
    }

    #[allow(clippy::too_many_arguments)]
    fn against(
        &self,
        comparator: &str,
        file: &str,
        strategy: &str,
        outcome: &str,
        group: &str,
        year: &str,
        statistic: &str,
    ) -> f64 {
        let key = [file, strategy, comparator, outcome, group, year, statistic].map(str::to_owned);
        *self.numbers.get(&key).unwrap_or_else(|| panic!("no row {key:?}"))
    }

    fn need(&self, strategy: &str, statistic: &str) -> f64 {
        self.of("demand.csv", strategy, "demand-change", "Emergency admissions", LAST, statistic)
    }

    fn happens(&self, strategy: &str, statistic: &str) -> f64 {
        self.of("system.csv", strategy, "admissions-change", "", LAST, statistic)
    }

    /// What is told of the cost of a QALY to society: the number, or why there is none.
    fn cost_per_qaly(&self, strategy: &str) -> Result<f64, &'static str> {
        let key = |outcome: &str| ["summary.csv", strategy, "twin", outcome, "social", "", "mean"].map(str::to_owned);
        let (ratio, net) = (key("cost-per-qaly"), key("net-cost"));
        let told = if self.numbers.contains_key(&ratio) { &ratio } else { &net };
        match self.numbers[told] {
            value if value.abs() <= NORMAL_95 * self.errors[told] => Err("not resolved"),
            value if *told == ratio => Ok(value),
            value if value < 0.0 => Err("money alone repays"),
            value => panic!("{strategy}: {value} and no cost per QALY"),
        }
    }

    /// Ids and names of the strategies, by the scenario's own file.
    fn strategies(&self, scenario: &str) -> Vec<(String, String)> {
        let read: toml::Table = text(&format!("scenarios/{scenario}.toml")).content.parse().unwrap();
        let all = read["strategy"].as_array().unwrap();
        all.iter()
            .map(|one| (one["id"].as_str().unwrap().to_owned(), one["name"].as_str().unwrap().to_owned()))
            .collect()
    }

    /// The sentences of the terminal, without the ends of its lines.
    fn sentences(&self) -> String {
        self.said.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Two significant figures, by itself and not by the program: `0.95`, `1.0`, `12`, `2,800`.
fn two(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let exponent: i32 = format!("{value:.1e}").split('e').nth(1).unwrap().parse().unwrap();
    let rounded: f64 = format!("{value:.1e}").parse().unwrap();
    let digits = format!("{:.*}", usize::try_from(1 - exponent).unwrap_or(0), rounded);
    let (whole, rest) = digits.split_once('.').map_or((digits.as_str(), String::new()), |(w, r)| (w, format!(".{r}")));
    let mut told = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            told.push(',');
        }
        told.push(digit);
    }
    told + &rest
}

fn signed_percent(value: f64) -> String {
    match value {
        value if value.abs() < 5e-4 => "0%".to_owned(),
        value if value < 0.0 => format!("−{}%", two(-value)),
        value => format!("+{}%", two(value)),
    }
}

fn lower(value: f64) -> String {
    match value {
        value if value.abs() < 5e-4 => "unchanged".to_owned(),
        value if value < 0.0 => format!("{}% lower", two(-value)),
        value => format!("{}% higher", two(value)),
    }
}

fn interval(of: impl Fn(&str) -> f64) -> String {
    let [middle, low, high] = ["median", "p05", "p95"].map(|statistic| signed_percent(of(statistic)));
    if middle == low && middle == high { middle } else { format!("{middle} ({low} to {high})") }
}

#[test]
fn numbers_of_the_test_are_written_as_by_hand() {
    assert_eq!([0.948, 1.017, 41.4, 2_808.3, 0.0046].map(two), ["0.95", "1.0", "41", "2,800", "0.0046"]);
    assert_eq!((signed_percent(-1.1e-8), lower(0.22)), ("0%".to_owned(), "0.22% higher".to_owned()));
}

/// With one draw a change is worked out from the levels by hand: the difference to the twin over the twin, which is the
/// strategy less the difference.
#[test]
fn what_happens_is_told_paired_and_in_per_cent_of_the_twin() {
    let one = run("one-per-cent", 1);
    let mut compared = 0;
    for (id, _) in one.strategies("one-per-cent") {
        for ledger in ["admissions", "beds-in-use"] {
            for year in ["2025/26", "2029/30", LAST] {
                let difference = one.of("system.csv", &id, ledger, "", year, "mean");
                let level = one.against("none", "system.csv", &id, ledger, "", year, "mean");
                let told = one.of("system.csv", &id, &format!("{ledger}-change"), "", year, "mean");
                let by_hand = 100.0 * difference / (level - difference);
                assert!((told - by_hand).abs() <= 1e-9 * by_hand.abs().max(1e-6), "{id} {ledger}: {told}, {by_hand}");
                compared += usize::from(difference != 0.0);
            }
        }
    }
    assert!(compared > 10, "{compared}");
}

/// The pooled fund: two strategies that lower need alike, of which one fills the beds again.
#[test]
fn strategies_alike_in_need_can_differ_in_what_happens() {
    let found = results("better-care-fund");
    let (planned, kept) = (|of: &dyn Fn(&str) -> f64| of("planned"), |of: &dyn Fn(&str) -> f64| of("promise-kept"));
    let need = |id: &str| found.need(id, "mean");
    let happens = |id: &str| found.happens(id, "mean");
    assert!(
        (planned(&need) - kept(&need)).abs() < 0.1 * planned(&need).abs(),
        "{} {}",
        need("planned"),
        need("promise-kept")
    );
    assert!(kept(&happens) > 0.6 * planned(&happens), "{} {}", happens("planned"), happens("promise-kept"));
    assert!(kept(&happens) > 0.6 * kept(&need), "{} {}", happens("promise-kept"), need("promise-kept"));
}

#[test]
fn the_terminal_says_need_and_what_happens_by_key() {
    for scenario in ["better-care-fund", "one-per-cent"] {
        let found = results(scenario);
        for (heading, of) in [
            (
                format!("{NEED} against the twin"),
                Box::new(|id: &str, s: &str| found.need(id, s)) as Box<dyn Fn(&str, &str) -> f64>,
            ),
            (format!("{HAPPENS} against the twin"), Box::new(|id: &str, s: &str| found.happens(id, s))),
        ] {
            let section: Vec<&str> =
                found.said.lines().skip_while(|line| !line.starts_with(&heading)).take(14).collect();
            assert!(!section.is_empty(), "{heading}: {}", found.said);
            for (id, name) in found.strategies(scenario) {
                let told = interval(|statistic| of(&id, statistic));
                // A name that is longer than its column is broken.
                let start: String = name.chars().take(if name.len() > 36 { 24 } else { 36 }).collect();
                let row = section.iter().find(|line| line.starts_with(&start));
                assert!(row.is_some_and(|row| row.ends_with(&told)), "{id}: {told}\n{}", section.join("\n"));
            }
        }
        // The sentences name the strategies at both ends, with the direction by the sign.
        let said = found.sentences();
        let ids = found.strategies(scenario);
        let by = |of: &dyn Fn(&str) -> f64| {
            let mut ids: Vec<&(String, String)> = ids.iter().collect();
            ids.sort_by(|one, other| of(&one.0).total_cmp(&of(&other.0)));
            (ids[0].clone(), ids[ids.len() - 1].clone())
        };
        let (least, most) = by(&|id| found.happens(id, "median"));
        let first = format!(
            "{} {} ({} to {}) under “{}”",
            HAPPENS.replace('E', "e"),
            lower(found.happens(&least.0, "median")),
            signed_percent(found.happens(&least.0, "p05")),
            signed_percent(found.happens(&least.0, "p95")),
            least.1
        );
        assert!(said.contains(&first), "{first}\n{said}");
        let last = format!("{} (", lower(found.happens(&most.0, "median")));
        assert!(said.contains(&last), "{last}\n{said}");
        let (least, _) = by(&|id| found.need(id, "median"));
        let need = format!("need for emergency admission {}", lower(found.need(&least.0, "median")));
        assert!(said.contains(&need), "{need}\n{said}");
        assert!(!said.contains("leaves emergency admissions"), "{said}");
    }
}

#[test]
fn strategies_are_ranked_on_what_happens_beside_need() {
    let found = results("better-care-fund");
    let said = found.sentences();
    for (outcome, group, title) in [
        ("demand-change", "Emergency admissions", "Lower need for emergency admission in plan year 10:"),
        ("admissions-change", "", "Lower emergency admissions that happen in plan year 10:"),
        ("unmet-need", "", "Lower emergency need that finds no bed in plan year 10, admissions:"),
    ] {
        assert!(said.contains(title), "{title}\n{said}");
        let pair =
            |statistic: &str| found.against("promise-kept", "ranking.csv", "planned", outcome, group, LAST, statistic);
        let file = if outcome == "demand-change" { "demand.csv" } else { "system.csv" };
        let mean = |id: &str| found.of(file, id, outcome, group, LAST, "mean");
        let by_hand = mean("planned") - mean("promise-kept");
        assert!((pair("mean") - by_hand).abs() < 1e-9 * by_hand.abs().max(1.0), "{outcome}");
    }
}

/// The cells of a row of the report's table with this caption, by their column's heading: what is read, and the number.
fn cells(page: &str, caption: &str, name: &str) -> BTreeMap<String, (String, Option<f64>)> {
    let at = page.find(caption).unwrap_or_else(|| panic!("no table {caption}"));
    let table = &page[at..at + page[at..].find("</table>").unwrap()];
    let plain = |html: &str| {
        let mut told = String::new();
        let mut inside = false;
        for letter in html.chars() {
            match letter {
                '<' => inside = true,
                '>' => inside = false,
                letter if !inside => told.push(letter),
                _ => {}
            }
        }
        told.replace("&#x2f;", "/").replace("&amp;", "&")
    };
    let heads: Vec<String> =
        table.split("<th scope=\"col\">").skip(1).map(|part| plain(part.split("</th>").next().unwrap())).collect();
    let row = table.split("<tr>").find(|row| row.contains(&format!("<th scope=\"row\">{name}</th>"))).unwrap();
    let values = row.split("<td>").skip(1).map(|cell| {
        let cell = cell.split("</td>").next().unwrap();
        let value = cell.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()?.parse().ok());
        (plain(cell), value)
    });
    heads.into_iter().skip(1).zip(values).collect()
}

#[test]
fn the_page_says_need_what_happens_and_one_cost_per_qaly_by_key() {
    for scenario in ["better-care-fund", "one-per-cent"] {
        let found = results(scenario);
        let page = fs::read_to_string(found.path.join("report.html")).unwrap();
        for (id, name) in found.strategies(scenario) {
            let row = cells(&page, "What each strategy does in ten years", &name);
            let column = |begins: &str| {
                let (_, cell) = row
                    .iter()
                    .find(|(head, _)| head.starts_with(begins))
                    .unwrap_or_else(|| panic!("{begins}: {row:?}"));
                cell.clone()
            };
            assert_eq!(column(NEED), (interval(|s| found.need(&id, s)), Some(found.need(&id, "median"))), "{id}");
            assert_eq!(
                column(HAPPENS),
                (interval(|s| found.happens(&id, s)), Some(found.happens(&id, "median"))),
                "{id}"
            );
            let unmet = found.of("system.csv", &id, "unmet-need", "", LAST, "mean");
            assert_eq!(column("Emergency need that finds no bed").1, Some(unmet), "{id}");
            let beds = found.of("system.csv", &id, "beds-in-use", "", LAST, "mean");
            assert_eq!(column("Beds in use").1, Some(beds), "{id}");

            // One definition: what a QALY costs society, net, is what it must be worth for society to be repaid.
            let cost = column("Net social cost per QALY gained");
            let believed = cells(&page, "What would have to be true within ten years", &name);
            let (_, worth) = believed.iter().find(|(head, _)| head.ends_with("if a QALY is worth")).unwrap();
            assert_eq!(cost.1, worth.1, "{id}");
            let net = found.of("summary.csv", &id, "net-cost", "social", "", "mean");
            let gained = found.of("summary.csv", &id, "discounted-qalys-gained", "", "", "mean");
            match found.cost_per_qaly(&id) {
                Ok(told) => {
                    assert_eq!(cost.1, Some(told), "{id}");
                    assert!((told - net / gained).abs() < 1e-6 * told, "{id}: {told} and {net} / {gained}");
                }
                Err("not resolved") => {
                    assert_eq!((cost.0, worth.0.clone()), ("not resolved".into(), "not resolved".into()))
                }
                Err(why) => assert_eq!((cost.0, worth.0.clone()), (why.to_owned(), format!("nothing: {why}"))),
            }
        }
    }
}

/// The terminal's, the page's and the decision's cost per QALY, and the present value that turns at it, are one.
#[test]
fn a_decision_rests_on_the_cost_per_qaly_that_a_run_tells() {
    let mut texts = shipped();
    texts.scenario = text("scenarios/better-care-fund.toml");
    let study = study(&texts, DRAWS, Design::LatinHypercube);
    let (found, decided) = (study.run(&|_| {}), study.sample_decision(&|_| {}).unwrap());
    let mut compared = 0;
    for (strategy, label) in found.strategies.iter().enumerate() {
        let mean = |numbers: &[f64]| numbers.iter().sum::<f64>() / numbers.len() as f64;
        let of = |outcome: &str, group: &str| {
            let twin = wellspring::appraisal::findings::Comparator::Twin;
            let measure = found.measure(strategy, twin, outcome, group)?;
            Some(measure.estimate(wellspring::appraisal::statistic::Statistic::Mean)?.value)
        };
        // Doing nothing comes first there.
        let (cost, effect) = (mean(&decided.costs[strategy + 1]), mean(&decided.effects[strategy + 1]));
        // With the financing, what is left of cost is that of payers whose money nobody withdraws.
        let [costs, effects] = &decided.with_financing;
        let (left, health) = (mean(&costs[strategy + 1]), mean(&effects[strategy + 1]));
        let against = wellspring::appraisal::findings::Comparator::DoNothing;
        let net_of = |outcome: &str, group: &str| {
            let measure = found.measure(strategy, against, outcome, group).unwrap();
            measure.estimate(wellspring::appraisal::statistic::Statistic::Mean).unwrap().value
        };
        let (worth, all) = (net_of("net-social-benefit", "social"), net_of("net-qalys", ""));
        assert!((health - all).abs() < 1e-6 * effect.abs(), "{}: {health} and {all}", label.id);
        assert!((worth - (70_000.0 * health - left)).abs() < 1e-6 * worth.abs().max(1e6), "{}: {worth}", label.id);
        let net = of("lifetime-net-cost", "social").unwrap();
        assert!((net - cost).abs() < 1e-6 * cost.abs().max(1e6), "{}: {net} and {cost}", label.id);
        if let Some(ratio) = of("lifetime-cost-per-qaly", "social") {
            assert!((ratio - cost / effect).abs() < 1e-6 * ratio, "{}: {ratio}", label.id);
            // At that value of a QALY the mean present value is zero.
            let present = of("lifetime-net-present-value", "social").unwrap();
            let leading = 70_000.0;
            assert!((present - (leading - ratio) * effect).abs() < 1e-6 * present.abs().max(1e6), "{}", label.id);
            compared += 1;
        }
    }
    assert!(compared > 0);
}

#[test]
fn the_easy_read_says_need_and_what_happens_by_key() {
    for scenario in ["better-care-fund", "one-per-cent"] {
        let found = results(scenario);
        let page = fs::read_to_string(found.path.join("easy-read.html")).unwrap();
        // The plan that it tells is the one that gains most health.
        let gained = |id: &str| found.of("summary.csv", id, "lifetime-qalys-gained", "", "", "median");
        let ids = found.strategies(scenario);
        let (id, _) = ids.iter().rev().max_by(|one, other| gained(&one.0).total_cmp(&gained(&other.0))).unwrap();
        for (what, change) in [("need for", found.need(id, "median")), ("count of", found.happens(id, "median"))] {
            // One figure, or two where the first is 1 or 2, as people say it.
            let of = 100.0 / change.abs();
            let first = of / 10f64.powf(of.log10().floor());
            let of: f64 = if first < 3.0 { format!("{of:.1e}") } else { format!("{of:.0e}") }.parse().unwrap();
            let told = match change {
                _ if of > 1e5 => format!("The {what} <strong>emergency stays</strong> does not change"),
                change if change < 0.0 => {
                    format!("The {what} <strong>emergency stays</strong> falls by about 1 in {}", two(of))
                }
                _ => format!("The {what} <strong>emergency stays</strong> grows by about 1 in {}", two(of)),
            };
            assert!(page.contains(&told), "{scenario} {id}: {told} ({change})");
        }
        assert!(!page.contains("stops about"), "{scenario}");
    }
}

fn sheet(found: &Results, name: &str) -> Range<Data> {
    let bytes = fs::read(found.path.join("plan.xlsx")).unwrap();
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    book.worksheet_range(name).unwrap()
}

#[test]
fn the_workbook_says_need_what_happens_and_the_cost_per_qaly_by_key() {
    for scenario in ["better-care-fund", "one-per-cent"] {
        let found = results(scenario);
        let (demand, compare) = (sheet(found, "Demand"), sheet(found, "Compare"));
        let told = |row: &[Data], column: usize| row.get(column).map(ToString::to_string).unwrap_or_default();
        for (id, name) in found.strategies(scenario) {
            for (what, change) in [(NEED, found.need(&id, "median")), (HAPPENS, found.happens(&id, "median"))] {
                let row =
                    demand.rows().find(|row| told(row, 0) == name && told(row, 1) == what && told(row, 3) == LAST);
                let found: f64 = told(row.unwrap(), 10).parse().unwrap();
                assert!(found == change || (found == 0.0 && change.abs() < 5e-4), "{id}, {what}: {found} and {change}");
                let band = compare.rows().position(|row| told(row, 0).starts_with(what)).unwrap();
                let row = compare.rows().skip(band + 1).find(|row| told(row, 0) == name).unwrap();
                let found: f64 = told(row, 3).parse().unwrap();
                assert!(found == change || (found == 0.0 && change.abs() < 5e-4), "{id}, {what}: {found} and {change}");
            }
            let band =
                compare.rows().position(|row| told(row, 0).starts_with("Net social cost per QALY gained")).unwrap();
            let row = compare.rows().skip(band + 1).find(|row| told(row, 0) == name).unwrap();
            match found.cost_per_qaly(&id) {
                Ok(cost) => assert_eq!(told(row, 3).parse::<f64>().unwrap(), cost, "{id}"),
                Err(why) => assert_eq!(told(row, 3), why, "{id}"),
            }
        }
    }
}

/// A grid of three shares, the middle of which is the tenth that was meant; and a need that is measured alone.
#[test]
fn a_sweep_of_a_need_says_what_to_measure_beside_it() {
    const SWEEP: &str = "\n[sweep]\noutcomes = [\"demand-change:emergency-admissions@10\"]\nstrategies = [\"from-growth\"]\n\n\
        [[sweep.over]]\nlever = \"Ring fence strength\"\nrange = { from = 0.1, to = 0.7, steps = 3 }\n";
    let scenario = format!("{}{SWEEP}", text("scenarios/one-per-cent.toml").content);
    let also = scenario.replace("admissions@10\"]", "admissions@10\", \"admissions-change@10\", \"unmet-need@10\"]");
    assert_ne!(scenario, also);
    let place = folder(&[("need.toml", &scenario), ("both.toml", &also)]);
    let sweep = |name: &str| {
        let arguments = ["sweep", name, "--draws", "2", "--quiet", "--out", "swept"];
        let output = wellspring(place.path()).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let note = "`demand-change:emergency-admissions@10` is the need for emergency admission, not what happens of it: measure \
                `admissions-change` and `unmet-need` beside it.";
    let said = sweep("./need.toml");
    assert!(said.contains(note), "{said}");
    let table = fs::read_to_string(place.path().join("swept/sweep.csv")).unwrap();
    assert!(table.contains(",0.4,mean,"), "{table}");
    let said = sweep("./both.toml");
    assert!(!said.contains("not what happens of it") && said.contains("admissions-change@10: "), "{said}");
    let table = fs::read_to_string(place.path().join("swept/sweep.csv")).unwrap();
    assert!(table.contains(",twin,admissions-change,,,2034/35,percent,,0.4,mean,"), "{table}");
}
