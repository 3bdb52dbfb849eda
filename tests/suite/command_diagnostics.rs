//! A folder for every diagnostic of commands and files: a session that shows it, beside the files that it needs.

use std::fs;
use std::path::{Path, PathBuf};

use engine::diagnostic::Page;
use engine::diagnostic::catalogue::run;
use wellspring::explain::{command, sensitivity};

use crate::transcript::{diagnostics, play};

#[test]
fn every_code_of_commands_has_a_session_that_shows_it() {
    sessions("C", command::PAGES);
}

#[test]
fn every_code_of_samples_has_a_session_that_shows_it() {
    sessions("I", sensitivity::PAGES);
}

#[test]
fn every_code_of_one_run_has_a_session_that_shows_it() {
    let folders = diagnostics("M");
    let commands = command::PAGES.iter().filter(|page| page.code.0.starts_with('M'));
    let mut codes: Vec<&str> = run::PAGES.iter().chain(commands).map(|page| page.code.0).collect();
    codes.sort_unstable();
    let own = |folder: &PathBuf| codes.contains(&&*folder.file_name().unwrap().to_string_lossy());
    show(&folders.into_iter().filter(own).collect::<Vec<_>>(), &codes);
}

fn sessions(letter: &str, pages: &[Page]) {
    let folders = diagnostics(letter);
    let names: Vec<String> =
        folders.iter().map(|folder| folder.file_name().unwrap().to_string_lossy().into_owned()).collect();
    let own = pages.iter().map(|page| page.code.0).filter(|code| code.starts_with(letter));
    let codes: Vec<&str> = own.collect();
    assert_eq!(names, codes);
    show(&folders, &codes);
}

fn show(folders: &[PathBuf], codes: &[&str]) {
    assert_eq!(folders.len(), codes.len());
    let mut wrong = Vec::new();
    for (folder, &code) in folders.iter().zip(codes) {
        let expected = fs::read_to_string(folder.join("transcript.txt")).unwrap();
        // A device that is always full, or never ends, is Linux's own.
        if expected.contains("/dev/") && !Path::new("/dev/full").exists() {
            continue;
        }
        // Of a program without Parquet.
        if code == command::NO_PARQUET.0 && cfg!(feature = "parquet") {
            continue;
        }
        let work = tempfile::tempdir().unwrap();
        copy(folder, work.path());
        let said = play(work.path(), &expected);
        // A failure that is told as JSON has its code there.
        let shown = [format!("[{code}]"), format!("\"code\": \"{code}\"")];
        assert!(shown.iter().any(|shown| said.contains(shown)), "{code} is not shown:\n{said}");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(folder.join("transcript.txt"), &said).unwrap();
        } else if said != expected {
            wrong.push(said);
        }
    }
    assert!(wrong.is_empty(), "UPDATE=1 rewrites what is expected\n{}", wrong.join("\n"));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else if name != "transcript.txt" {
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}
