//! Sessions at the terminal, compared with what was said and done.
//!
//! `$ wellspring ...` is a command; what follows is its standard output, then its standard error with `! ` before each
//! line, then `? code` unless it ended with 0; `$ NAME=VALUE wellspring ...` sets its environment. `$ cat FILE` shows a file,
//! `$ ls FOLDER` what is in a folder, `$ link FILE NAME` gives a file another name, `$ hold FILE` locks one as another run
//! would, `$ grow FILE MB` makes one of that length, `$ cut FILE BYTES COPY` copies it without its last bytes, and
//! `$ pipe FILE` makes a pipe.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A folder to work in, with these files.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// The program, to be run in a folder, without colours.
pub fn wellspring(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wellspring"));
    command.current_dir(folder).env_remove("CLICOLOR_FORCE").env("NO_COLOR", "1");
    command
}

/// Runs a session in a folder with these files and expects it word for word.
#[track_caller]
pub fn session(files: &[(&str, &str)], expected: &str) {
    let expected = expected.trim_start_matches('\n');
    let folder = folder(files);
    let said = play(folder.path(), expected);
    assert!(said == expected, "expected:\n{expected}\nbut it is:\n{said}");
}

/// Runs the commands of a session, and writes it down as it went.
pub fn play(folder: &Path, session: &str) -> String {
    let mut said = String::new();
    let mut held = Vec::new();
    for line in session.lines().filter_map(|line| line.strip_prefix("$ ")) {
        said.push_str(&format!("$ {line}\n"));
        let words = words(line);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["wellspring", arguments @ ..] => {
                let output = wellspring(folder).args(arguments).output().unwrap();
                heard(&mut said, &output);
            }
            [setting, "wellspring", arguments @ ..] => {
                let (name, value) = setting.split_once('=').unwrap();
                let output = wellspring(folder).env(name, value).args(arguments).output().unwrap();
                heard(&mut said, &output);
            }
            #[cfg(unix)]
            ["link", file, name] => std::os::unix::fs::symlink(folder.join(file), folder.join(name)).unwrap(),
            ["cat", file] => said.push_str(&fs::read_to_string(folder.join(file)).unwrap()),
            ["ls", name] => {
                let mut names: Vec<String> = fs::read_dir(folder.join(name))
                    .unwrap()
                    .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                    .collect();
                names.sort();
                said.push_str(&format!("{}\n", names.join("  ")));
            }
            // As long as a film, and as empty.
            ["grow", file, megabytes] => {
                File::create(folder.join(file)).unwrap().set_len(megabytes.parse::<u64>().unwrap() << 20).unwrap();
            }
            ["cut", file, bytes, copy] => {
                let whole = fs::read(folder.join(file)).unwrap();
                let (left, copy) = (whole.len() - bytes.parse::<usize>().unwrap(), folder.join(copy));
                fs::create_dir_all(copy.parent().unwrap()).unwrap();
                fs::write(copy, &whole[..left]).unwrap();
            }
            ["pipe", file] => {
                assert!(Command::new("mkfifo").arg(folder.join(file)).status().unwrap().success());
            }
            ["hold", file] => {
                let file = File::open(folder.join(file)).unwrap();
                file.lock().unwrap();
                held.push(file);
            }
            other => panic!("no such command: {other:?}"),
        }
    }
    said
}

/// The words of a command; quotes keep some together.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = None;
    for letter in line.chars() {
        match (letter, quoted) {
            ('"' | '\'', None) => quoted = Some(letter),
            (_, Some(quote)) if letter == quote => quoted = None,
            (' ', None) => words.push(String::new()),
            _ => words.last_mut().unwrap().push(letter),
        }
    }
    words
}

/// The folders of tests/diagnostics whose names begin with this.
pub fn diagnostics(beginning: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let folders = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let begins = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().starts_with(beginning);
    let mut folders: Vec<PathBuf> = folders.filter(begins).collect();
    folders.sort();
    folders
}

/// What a command said on both streams, and how it ended.
fn heard(said: &mut String, output: &Output) {
    said.push_str(&String::from_utf8_lossy(&output.stdout));
    for line in String::from_utf8_lossy(&output.stderr).lines() {
        said.push_str(format!("! {line}").trim_end());
        said.push('\n');
    }
    match output.status.code() {
        Some(0) => {}
        Some(code) => said.push_str(&format!("? {code}\n")),
        None => said.push_str("? killed\n"),
    }
}
