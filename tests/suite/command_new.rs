//! `wellspring new workbook`, `new place --from` and `new scenario`: files that a planner fills in, and what is made of them.

use std::fs;

use crate::transcript::{folder, play, wellspring};

#[test]
fn a_workbook_that_nobody_changed_makes_the_file_that_new_place_makes() {
    let place = folder(&[]);
    let said = play(
        place.path(),
        "$ wellspring new workbook \"My town\" --like burnley\n$ wellspring new place --from my-town.xlsx --out read\n\
         $ wellspring new place \"My town\" --like burnley --out begun\n",
    );
    assert!(said.contains("my-town.xlsx holds the figures of Burnley"), "{said}");
    assert!(said.contains("figures still of Burnley"), "{said}");
    let read = |file: &str| fs::read_to_string(place.path().join(file)).unwrap();
    assert_eq!(read("read/my-town.toml"), read("begun/my-town.toml"));
}

#[test]
fn a_workbook_is_the_same_bytes_every_time_and_never_replaced() {
    let place = folder(&[]);
    let session = "$ wellspring new workbook Ambleside\n$ wellspring new workbook Ambleside --out b\n\
        $ wellspring new workbook ambleside\n";
    let said = play(place.path(), session);
    assert!(said.contains("[C021]"), "{said}");
    let read = |file: &str| fs::read(place.path().join(file)).unwrap();
    assert!(read("ambleside.xlsx") == read("b/ambleside.xlsx"));
}

#[test]
fn a_new_scenario_has_no_problem_and_tells_every_lever() {
    let place = folder(&[]);
    for (name, like) in [("My plan", "one-per-cent"), ("All of us", "all-together-fairer")] {
        let output = wellspring(place.path()).args(["new", "scenario", name, "--like", like]).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let said = play(place.path(), "$ wellspring check my-plan.toml all-of-us.toml\n");
    assert!(said.contains("2 files, no problems"), "{said}");
    let text = fs::read_to_string(place.path().join("my-plan.toml")).unwrap();
    assert!(text.contains("name = \"my-plan\"\ntitle = \"My plan\""), "{text}");
    for lever in ["Top slice share of the NHS budget", "Ring fence strength", "Targeting gradient"] {
        assert!(text.contains(&format!("# \"{lever}\" = ")), "{lever}");
    }
}

#[test]
fn a_new_scenario_is_about_the_place_that_is_named() {
    let place = folder(&[]);
    let said = play(place.path(), "$ wellspring new scenario Ours --place blackpool\n$ wellspring check ours.toml\n");
    assert!(said.contains("1 file, no problems"), "{said}");
    assert!(fs::read_to_string(place.path().join("ours.toml")).unwrap().contains("\nplace = \"blackpool\"\n"));
}
