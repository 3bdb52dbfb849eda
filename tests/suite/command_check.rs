//! `wellspring check`, `explain`, `completions` and what is said to a command that cannot be understood.

use std::time::{Duration, Instant};

use crate::transcript::{folder, session, wellspring};

const GOOD: &str = "A = 1 ~ Dmnl ~ |
INITIAL TIME = 0 ~ year ~ |
FINAL TIME = 1 ~ year ~ |
TIME STEP = 1 ~ year ~ |
SAVEPER = 1 ~ year ~ |
";

#[test]
fn files_without_a_mistake_are_said_to_have_none() {
    session(
        &[("a.mdl", GOOD), ("b.mdl", GOOD)],
        "
$ wellspring check a.mdl
1 file, no problems
$ wellspring check a.mdl b.mdl
2 files, no problems
$ wellspring check a.mdl --format json
[]
",
    );
}

#[test]
fn mistakes_of_all_files_come_at_once_and_units_last() {
    let bad = format!("{GOOD}B = Women ~ people ~ |\nD = Time ~ people ~ |\n");
    session(
        &[("a.mdl", GOOD), ("bad.mdl", &format!("{GOOD}B = (1 ~ ~ |\n")), ("names.mdl", &bad)],
        "
$ wellspring check a.mdl names.mdl bad.mdl gone.mdl
! error[C001]: there is no file `gone.mdl`
! --> gone.mdl
!  = hint: no file of this folder has a name like it
!
! error[M101]: `Women` is used, but not defined
!  --> names.mdl:6:5
!   |
! 6 | B = Women ~ people ~ |
!   |     ^^^^^
!
! error[M007]: `(` is not closed
!  --> bad.mdl:6:5
!   |
! 6 | B = (1 ~ ~ |
!   |     ^
!   |
!   = hint: type `)` where it ends
!
! warning[M140]: `D` is in people, but its equation gives year
!  --> names.mdl:7:1
!   |
! 7 | D = Time ~ people ~ |
!   | ^
!
! 4 files, 3 errors and 1 warning; `wellspring explain CODE` says more of each code
? 1
",
    );
}

#[test]
fn programs_read_diagnostics_as_json_on_standard_output() {
    let folder = folder(&[("bad.mdl", "B = (1 ~ ~ |\n")]);
    let output = wellspring(folder.path()).args(["check", "--format", "json", "bad.mdl"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stderr.is_empty());
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found[0]["code"], "M007");
    assert_eq!((&found[0]["line"], &found[0]["column"]), (&1.into(), &5.into()));
}

#[test]
fn everything_shipped_is_without_errors() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = wellspring(root)
        .args(["check", "prevention", "one-per-cent", "lancashire-south-cumbria", "E01", "H04", "evidence/system.toml"])
        .args(["evidence/sources.toml", "evidence/deflators.toml", "models/prevention.toml"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_card_is_checked_against_the_model() {
    let card = include_str!("../../evidence/programmes/H04-home-hazards.toml")
        .replace("\"Unit cost[H04]\"", "\"Unit costs[H04]\"");
    let folder = folder(&[("card.toml", &card)]);
    let output = wellspring(folder.path()).args(["check", "card.toml"]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("error[M130]: the model has no constant `Unit costs`"), "{said}");
    assert!(said.contains("did you mean `Unit cost`"), "{said}");
}

#[test]
fn a_scenario_is_checked_with_all_that_it_names() {
    let scenario = include_str!("../../scenarios/one-per-cent.toml").replace("\"H04\", \"E01\"", "\"H4\", \"E01\"");
    let folder = folder(&[("mine.toml", &scenario)]);
    let output = wellspring(folder.path()).args(["check", "mine.toml"]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("error[S016]") && said.contains("did you mean \"H04\"?"), "{said}");
}

#[test]
fn a_page_explains_a_code_and_a_list_names_all() {
    session(
        &[],
        "
$ wellspring explain c010
C010: A study needs at least one draw

Each draw gives every uncertain number one value and runs every strategy once.
Without a draw there is nothing to report.

Example:

    wellspring run one-per-cent --draws 0

What to do:

Ask for one draw or more. Twenty show that a scenario works; a thousand are a
sound basis for what is published.
",
    );
    let folder = folder(&[]);
    let output = wellspring(folder.path()).arg("explain").output().unwrap();
    let list = String::from_utf8(output.stdout).unwrap();
    for page in wellspring::explain::pages() {
        assert!(list.contains(&format!("  {}  {}\n", page.code, page.title)), "{} is not listed", page.code);
    }
}

#[test]
fn completions_know_the_commands() {
    let folder = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = wellspring(folder.path()).args(["completions", shell]).output().unwrap();
        assert!(output.status.success() && String::from_utf8(output.stdout).unwrap().contains("simulate"), "{shell}");
    }
}

#[test]
fn a_command_that_cannot_be_understood_ends_with_two() {
    let folder = folder(&[]);
    for arguments in [&["simulate"][..], &["fly"], &["check"], &["simulate", "prevention", "--integrator", "best"], &[]]
    {
        let output = wellspring(folder.path()).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn help_and_version_are_quick_and_fit_a_hundred_columns() {
    let folder = folder(&[]);
    let version = wellspring(folder.path()).arg("--version").output().unwrap();
    assert_eq!(String::from_utf8(version.stdout).unwrap(), format!("wellspring {}\n", env!("CARGO_PKG_VERSION")));
    for command in [
        &["--help"][..],
        &["run", "--help"],
        &["simulate", "--help"],
        &["check", "--help"],
        &["explain", "-h"],
        &["places", "--help"],
        &["new", "place", "--help"],
    ] {
        let output = wellspring(folder.path()).args(command).output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        let help = String::from_utf8(output.stdout).unwrap();
        assert!(help.contains("Example"), "{command:?}");
        for line in help.lines() {
            assert!(line.chars().count() <= 100, "{command:?}: {line}");
        }
    }
    // The best of some, since the machine may be busy.
    let quickest = (0..10)
        .map(|_| {
            let began = Instant::now();
            wellspring(folder.path()).arg("--help").output().unwrap();
            began.elapsed()
        })
        .min()
        .unwrap();
    assert!(quickest < Duration::from_millis(100), "{quickest:?}");
}
