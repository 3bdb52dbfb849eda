//! Every example that any `--help` shows is a command that there is, and the files and names in it are what they stand for.

use std::fs;
use std::path::Path;

use clap::{CommandFactory, Parser};
use serde_json::Value;
use wellspring::cli::arguments::{Arguments, Command};

use crate::transcript::{folder, wellspring};

const MODEL: &str = "{UTF-8}
Place: Young, Old ~ ~ |
Infected[Place] = INTEG(Contact rate[Place], 1) ~ people ~ |
Contact rate[Place] = 0.5 ~ people/year ~ |
Room temperature = 20 ~ degree ~ |
INITIAL TIME = 0 ~ year ~ |
FINAL TIME = 2 ~ year ~ |
TIME STEP = 0.5 ~ year ~ |
SAVEPER = 1 ~ year ~ |
";

/// The examples below a command, each as it is typed.
fn examples(command: &clap::Command, found: &mut Vec<String>) {
    let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let lines = help.lines().map(str::trim_start).filter(|line| line.starts_with("wellspring "));
    // What follows several spaces says what it does.
    found.extend(lines.map(|line| line.split("   ").next().unwrap_or_default().trim_end().to_owned()));
    command.get_subcommands().for_each(|below| examples(below, found));
}

/// The words of an example, as a shell makes them of it.
fn words(example: &str) -> Vec<String> {
    let command = example.split(" > ").next().unwrap_or_default().replace("cards/*.toml", "cards/my-card.toml");
    let mut words = vec![String::new()];
    let mut quoted = false;
    for letter in command.chars() {
        match letter {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().unwrap().push(letter),
        }
    }
    words
}

#[test]
fn every_example_of_every_help_runs() {
    let card = include_str!("../../evidence/programmes/H04-home-hazards.toml")
        .replace("\"H04\"", "\"Z01\"")
        .replace("[H04", "[Z01");
    let place = include_str!("../../evidence/places/blackpool.toml");
    let study = include_str!("../../scenarios/one-per-cent.toml");
    let files = folder(&[
        ("teacup.mdl", MODEL),
        ("sir.mdl", MODEL),
        ("my-model.mdl", include_str!("../../models/prevention.mdl")),
        ("my-card.toml", &card),
        ("cards/my-card.toml", &card),
        ("my-town.toml", place),
        ("places/my-place.toml", place),
        ("studies/my-town.toml", study),
        ("studies/protection.toml", study),
        ("studies/plan-a.toml", study),
        ("studies/plan-b.toml", study),
        ("examples/sir/sir.toml", include_str!("../../examples/sir/sir.toml")),
        ("examples/sir/sir.mdl", include_str!("../../examples/sir/sir.mdl")),
    ]);
    let files = files.path();
    let mut all = Vec::new();
    examples(&Arguments::command(), &mut all);
    assert!(all.len() > 45, "{all:#?}");
    for example in &all {
        let words = words(example);
        let typed = Arguments::try_parse_from(&words).unwrap_or_else(|wrong| panic!("{example}\n{wrong}"));
        match typed.command {
            // Their runs take long: what they name must be there.
            Command::Run(asked) => scenario(files, example, &asked.scenario),
            Command::Decide(asked) => scenario(files, example, &asked.scenario),
            Command::Sweep(asked) => scenario(files, example, &asked.scenario),
            Command::Optimise(asked) => scenario(files, example, &asked.scenario),
            Command::Loops(asked) => {
                let strategy = asked.strategy.map_or_else(String::new, |id| format!(":{id}"));
                scenario(files, example, &format!("{}{strategy}", asked.scenario));
            }
            Command::Compare(asked) => {
                let scenarios = asked.plans.iter().filter(|plan| !plan.starts_with("out/"));
                scenarios.for_each(|plan| scenario(files, example, plan));
            }
            Command::Sensitivity(asked) => asked.scenario.iter().for_each(|one| scenario(files, example, one)),
            // They join what other commands have written.
            Command::Merge(_) => {}
            Command::New(_) if example.contains("--from") => {
                // A workbook that was begun and not filled in is told, cell by cell; its name is all that the example has of it.
                begun(files, &["new", "workbook", "My town"], "my-town.xlsx");
                let output = wellspring(files).args(&words[1..]).output().unwrap();
                let said = String::from_utf8_lossy(&output.stderr);
                assert!(output.status.code() != Some(2) && !said.contains("error[C001]"), "{example}\n{said}");
            }
            Command::New(_) => {
                let _ = ["toml", "xlsx"].map(|ending| fs::remove_file(files.join("my-town").with_extension(ending)));
                runs(files, example, &words);
            }
            _ => runs(files, example, &words),
        }
    }
}

fn runs(files: &Path, example: &str, words: &[String]) {
    let output = wellspring(files).args(&words[1..]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{example}\n{said}");
}

/// Makes a file by a command, unless it is there.
fn begun(files: &Path, command: &[&str], file: &str) {
    if !files.join(file).exists() {
        assert!(wellspring(files).args(command).output().unwrap().status.success(), "{command:?}");
    }
}

/// A scenario that an example names, perhaps with a strategy after a colon.
fn scenario(files: &Path, example: &str, named: &str) {
    let (name, strategy) = named.split_once(':').map_or((named, None), |(name, id)| (name, Some(id)));
    let output = wellspring(files).args(["check", name]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{example}\n{said}");
    if let Some(id) = strategy {
        let output = wellspring(files).args(["scenarios", name, "--json"]).output().unwrap();
        let shown: Value = serde_json::from_slice(&output.stdout).unwrap();
        let ids = shown["scenario"]["strategies"].as_array().unwrap();
        assert!(ids.iter().any(|one| one == id), "{example}: `{name}` has no strategy `{id}`");
    }
}
