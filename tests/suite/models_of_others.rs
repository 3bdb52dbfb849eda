//! Models as others write them: what is said of those that cannot be read, how large they may be, and that reading takes
//! time in proportion to their length.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use engine::diagnostic::Diagnostics;
use engine::kernel::{Integrator, LaneInputs, Outcome, Request, compile, reference};
use engine::model::{Bindings, Name};
use engine::notation::vensim;
use engine::structure::{Structure, build};

use crate::transcript::{folder, session, wellspring};

const TIMES: &str =
    "INITIAL TIME = 0 ~ Year ~ |\nFINAL TIME = 1 ~ Year ~ |\nTIME STEP = 1 ~ Year ~ |\nSAVEPER = 1 ~ Year ~ |\n";

fn structure(text: &str) -> Result<(Structure, Diagnostics), Diagnostics> {
    let text: Arc<str> = format!("{{UTF-8}}\n{text}{TIMES}").into();
    let (model, mut found) = vensim::read(&"model.mdl".into(), &text);
    match build(&model, &Bindings::default()) {
        Ok((structure, warnings)) => {
            found.extend(warnings);
            found.into_result(structure)
        }
        Err(errors) => {
            found.extend(errors);
            Err(found)
        }
    }
}

fn codes(text: &str) -> Vec<&'static str> {
    let found = match structure(text) {
        Ok((_, warnings)) => warnings,
        Err(errors) => errors,
    };
    found.iter().map(|one| one.code.0).collect()
}

#[test]
fn a_variable_may_be_called_like_an_element_and_it_is_told_which_is_meant() {
    let text = "D: A, B ~~|\na[D] = 2, 3 ~~|\ny = a[A]*10 ~~|\n";
    assert!(codes(text).contains(&"M102"));
    let (structure, found) = structure(text).unwrap();
    assert!(!found.has_errors());
    let run = reference::simulate(&structure, Integrator::Euler, &[]);
    let place = run.labels.iter().position(|label| label == "y").unwrap();
    assert_eq!(run.values[place], 20.0);
}

/// The lines for each of so many numbers.
fn lines(many: usize, line: impl Fn(usize) -> String) -> String {
    (0..many).fold(String::new(), |mut text, number| {
        let _ = writeln!(text, "{}", line(number));
        text
    })
}

#[test]
fn reading_takes_time_in_proportion_to_the_length_of_a_model() {
    type Written = fn(usize) -> String;
    let models: [(&str, Written); 10] = [
        ("a chain forwards", |n| {
            lines(n, |i| if i == 0 { "v0 = 1 ~ u ~ |".into() } else { format!("v{i} = v{} ~ u ~ |", i - 1) })
        }),
        ("a chain backwards", |n| {
            lines(n, |i| if i + 1 == n { format!("v{i} = 1 ~ u ~ |") } else { format!("v{i} = v{} ~ u ~ |", i + 1) })
        }),
        ("stocks", |n| lines(n, |i| format!("s{i} = INTEG(s{}, 1) ~ u ~ |", (i + 1) % n))),
        ("unit factors", |n| {
            let factors: Vec<String> = (0..n).map(|i| format!("u{i}")).collect();
            format!("a = 1 ~ {} ~ |\nb = 1/a ~ 1/({}) ~ |\n", factors.join("*"), factors.join("*"))
        }),
        ("unknown names", |n| lines(n, |i| format!("a{i} = lost{i} ~ u ~ |"))),
        ("circles", |n| lines(n, |i| format!("c{i} = c{} + c0 ~ u ~ |", (i + 1) % n))),
        ("macros", |n| {
            let defined = lines(n, |i| format!(":MACRO: M{i}(x)\nM{i} = INTEG(x, 0) ~ x ~ |\n:END OF MACRO:"));
            defined + &lines(n, |i| format!("m{i} = M{i}(Time) ~ u ~ |"))
        }),
        ("ranges", |n| lines(n, |i| format!("R{i}: R{i}a, R{i}b ~~|\nx{i}[R{i}a] = 1 ~ u ~ |"))),
        ("other names", |n| {
            let names = lines(n, |i| format!("R{} <-> R{} ~~|", n - i, n - i - 1));
            format!("R0: A, B ~~|\n{names}x[R{n}] = 1 ~ u ~ |\n")
        }),
        ("exceptions", |n| {
            let out: Vec<String> = (1..n).map(|i| format!("[A{i}]")).collect();
            format!("D: (A1-A{n}) ~~|\nx[D] :EXCEPT: {} = 1 ~ u ~ |\n", out.join(","))
        }),
    ];
    for (what, written) in models {
        let best_of_three = |many: usize| {
            let text = written(many);
            let once = |_| {
                let began = Instant::now();
                drop(structure(&text));
                began.elapsed()
            };
            (0..3).map(once).min().unwrap()
        };
        // Eight times the length takes some eight times as long; were it the square, it would take sixty-four times.
        let (short, long) = (best_of_three(1_000), best_of_three(8_000));
        assert!(
            long < short.max(Duration::from_millis(4)) * 32,
            "{what}: {short:?} for a thousand, {long:?} for eight thousand"
        );
    }
}

#[test]
fn a_hundred_thousand_chained_variables_are_read_and_ordered() {
    let text =
        lines(100_000, |i| if i == 0 { "v0 = 1 ~ u ~ |".into() } else { format!("v{i} = v{} + 1 ~ u ~ |", i - 1) });
    let began = Instant::now();
    let (structure, _) = structure(&text).unwrap();
    assert_eq!(structure.step_order.len(), 99_999);
    // Two seconds is the aim of an optimised build on a free machine.
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
}

#[test]
fn what_is_too_large_is_refused_at_once_with_its_number() {
    let dimensions = |many: usize| {
        let ranges = lines(many, |i| format!("R{i}: (r{i}a1-r{i}a100) ~~|"));
        let names: Vec<String> = (0..many).map(|i| format!("R{i}")).collect();
        format!("{ranges}x[{}] = 1 ~ u ~ |\n", names.join(","))
    };
    let doubled = lines(40, |i| match i {
        0 => "R0: A, B ~~|".to_owned(),
        _ => format!("R{i}: R{}, R{} ~~|", i - 1, i - 1),
    });
    let counted = lines(60, |i| format!("R{i}: (q{i}a1-q{i}a90000) ~~|"));
    let terms = "D: (A1-A3000) ~~|\nx[D] = 1 ~ u ~ |\ny[D] = SUM(MAX(x[D], x[D!])) ~ u ~ |\n".to_owned();
    let macros = ":MACRO: M0(x)\nM0 = x + 1 ~ u ~ |\n:END OF MACRO:\n".to_owned()
        + &lines(40, |i| format!(":MACRO: M{0}(x)\nM{0} = M{i}(x) + M{i}(x) ~ u ~ |\n:END OF MACRO:", i + 1))
        + "y = M40(1) ~ u ~ |\n";
    for (text, code, number) in [
        (dimensions(4), "M143", "100 x 100 x 100 x 100 = 100000000"),
        (dimensions(6), "M143", "1000000000000"),
        (counted, "M143", "200000"),
        (doubled, "M108", "twice"),
        (terms, "M143", "5000000"),
        (macros, "M025", "100000"),
    ] {
        let began = Instant::now();
        let found = structure(&text).unwrap_err();
        let told =
            found.iter().find(|one| one.code.0 == code).unwrap_or_else(|| panic!("{code} is not among {found:?}"));
        assert!(told.message.contains(number), "{}", told.message);
        assert!(found.iter().count() <= 202, "{} messages", found.iter().count());
        assert!(began.elapsed() < Duration::from_secs(30), "{number}: {:?}", began.elapsed());
    }
}

#[test]
fn the_time_axis_and_the_table_have_their_limits() {
    let files = [
        (
            "steps.mdl",
            "{UTF-8}\na = INTEG(1, 0) ~ u ~ |\nFINAL TIME = 1e308 ~ u ~ |\nINITIAL TIME = 0 ~ u ~ |\nSAVEPER = 1e300 ~ u ~ |\nTIME STEP = 1e300 ~ u ~ |\n",
        ),
        (
            "table.mdl",
            "{UTF-8}\nD: (A1-A100) ~~|\na[D] = INTEG(1, 0) ~ u ~ |\nFINAL TIME = 1e6 ~ u ~ |\nINITIAL TIME = 0 ~ u ~ |\nSAVEPER = 1 ~ u ~ |\nTIME STEP = 1 ~ u ~ |\n",
        ),
    ];
    let work = folder(&files);
    for (file, said) in [
        ("steps.mdl", "from 0 to 1e308 into 100000000 steps; at most 10000000 are computed"),
        ("table.mdl", "1000001 rows of 104 numbers; at most 50000000 numbers are kept"),
    ] {
        let output = wellspring(work.path()).args(["simulate", file]).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(1) && told.contains(said), "{told}");
    }
}

#[test]
fn a_line_of_nothing_but_unknown_signs_gets_a_bounded_number_of_messages() {
    assert_eq!(codes(&format!("{} ~~|\n", "\0".repeat(8_000)))[0], "M013");
    // Each sign another than the one before it.
    let found = codes(&format!("x = {} ~~|\n", "?;@".repeat(8_000)));
    assert_eq!((found.len(), found.iter().filter(|code| **code == "M031").count()), (101, 1), "{found:?}");
}

#[test]
fn a_large_sum_of_products_is_the_same_in_the_kernel_as_in_the_reference() {
    let text = "D: (A1-A30) ~~|\nE: (B1-B30) ~~|\na[D,E] = D + E/8 + Time ~ u ~ |\ny[D,E] = SUM(a[D!,E!]*a[D,E!]*a[D!,E]) ~ u ~ |\n";
    let (structure, _) = structure(text).unwrap();
    let names = |elements: [&str; 2]| elements.map(Name::new);
    let outcomes = [["A1", "B1"], ["A9", "B30"]]
        .map(|elements| Outcome::Level(structure.scalar(&Name::new("y"), &names(elements)).unwrap()));
    let request = Request {
        varying: vec![structure.scalar(&Name::new("TIME STEP"), &[]).unwrap()],
        driven: vec![],
        outcomes: outcomes.to_vec(),
        report_times: vec![0.0, 1.0],
        integrator: Integrator::Euler,
    };
    let inputs = LaneInputs { lanes: 1, constants: &[1.0], paths: &[], years: 0, draws: &[] };
    let expected = reference::run(&structure, &request, inputs);
    let mut found = vec![0.0; expected.len()];
    compile(&structure, &request).run(inputs, &mut found);
    assert_eq!(found, expected);
    assert!(expected.iter().all(|value| *value > 0.0));
    // 900 sums of 900 products, written out, would be more than a million terms.
    assert!(structure.scalars.len() < 5_000, "{}", structure.scalars.len());
}

#[test]
fn words_for_one_unit_are_those_of_the_settings() {
    let settings = |line: &str| {
        format!(
            "\\\\\\---/// Sketch information - do not modify anything except names\nV300  Do not put anything below this section - it will be ignored\n///---\\\\\\\n:L\u{7f}<%^E!@\n1:Current.vdfx\n{line}\n15:0,0,0,0,0,0\n"
        )
    };
    let model = "a = 5 ~ Ghectare ~ |\nb = 6 ~ Ghectares*share/yr ~ |\nc = a + b ~ Ghectares ~ |\n";
    let found = |lines: &str| {
        let text: Arc<str> = format!("{{UTF-8}}\n{model}{TIMES}\n{}", settings(lines)).into();
        let (read, found) = vensim::read(&"model.mdl".into(), &text);
        assert!(found.is_empty());
        assert_eq!(vensim::read(&"again.mdl".into(), &vensim::write(&read).into()).0.unit_synonyms, read.unit_synonyms);
        let (_, warnings) = build(&read, &Bindings::default()).unwrap();
        warnings.iter().map(|one| one.message.clone()).collect::<Vec<_>>()
    };
    assert_eq!(found("22:Ghectare,Ghectares\n22:Dmnl,share\n22:yr,Dmnl"), Vec::<String>::new());
    assert_eq!(found("22:Ghectare,Ghectares\n22:Dmnl,share"), ["this adds ghectare and ghectare/yr"]);
    assert_eq!(found("15:0")[0], "this adds ghectare and ghectares*share/yr");
}

#[test]
fn what_is_wrong_in_the_text_and_in_the_rest_of_the_model_is_told_together() {
    // `Rate` cannot be read and so is not called unknown; `Ratio` is, and a subscript too many.
    let text =
        "D: A, B ~~|\nx[D] = 1 ~ u ~ |\nRate = 2 3 ~ u ~ |\np = Rate*2 ~ u ~ |\nq = Ratio*2 ~ u ~ |\nr = x ~ u ~ |\n";
    assert_eq!(codes(text), ["M012", "M101", "M104"]);
    // Elements of a range that cannot be read may be anything.
    assert_eq!(codes("D: A, , B ~~|\nx[A] = 1 ~ u ~ |\ny = x[A] ~ u ~ |\nz = lost ~ u ~ |\n"), ["M024", "M101"]);
    // Of an entry without a name nobody knows what it defines.
    assert_eq!(codes("= 5 ~ u ~ |\nz = lost ~ u ~ |\n"), ["M006"]);
}

#[test]
fn what_is_offered_can_be_typed() {
    let model = format!(
        "{{UTF-8}}\nBeds = INTEG(Built - Closed, Beds at first) ~ beds ~ |\nBuilt = 5 ~ beds/Year ~ |\nClosed = Beds/Life of a bed ~ beds/Year ~ |\nLife of a bed = 20 ~ Year ~ |\nBeds at first = 100 ~ beds ~ |\n{TIMES}"
    );
    session(
        &[("beds.mdl", &model)],
        r#"
$ wellspring simulate beds.mdl --set "Closedd=1" --quiet
! error[M130]: the model has no constant `Closedd`
!  --> --set:1:1
!   |
! 1 | Closedd=1
!   | ^^^^^^^^^
!   |
!   = hint: `Closed` is near, but is no constant; it follows from `Life of a bed`, `Built` and `Beds at first`, which can be set
? 1
$ wellspring simulate beds.mdl --set "Beds=1" --quiet
! error[M131]: `Beds` cannot be set: it is a stock
!  --> --set:1:1
!   |
! 1 | Beds=1
!   | ^^^^^^
!   |
!   = hint: only constants can be set; it is defined at line 2 of beds.mdl
!   = hint: it follows from `Built`, `Beds at first` and `Life of a bed`, which can be set
? 1
$ wellspring simulate beds.mdl --set "Life of a bed=10" --set "Beds at first=50" --vars Beds
time,Beds
0,50
1,50
"#,
    );
}

#[test]
fn a_file_in_xml_says_what_it_is_under_any_name() {
    let xml =
        "<?xml version=\"1.0\"?>\n<xmile version=\"1.0\" xmlns=\"http://docs.oasis-open.org/xmile/ns/XMILE/v1.0\"/>\n";
    let files = ["model.xmile", "model.stmx", "model.xml", "model.mdl"];
    let work = folder(&files.map(|name| (name, xml)));
    for name in files {
        for command in ["simulate", "check"] {
            let output = wellspring(work.path()).args([command, name]).output().unwrap();
            let told = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(1), "{command} {name}: {told}");
            assert!(told.contains("error[M033]") && told.contains("is XMILE"), "{command} {name}: {told}");
        }
    }
}
