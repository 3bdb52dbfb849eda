//! The README shows what the shipped study really prints.

use std::fs;

use engine::sampling::Design;
use wellspring::report::terminal_table;

use crate::support::{root, shipped, study};

const BEGIN: &str = "<!-- output:begin -->\n```text\n";
const END: &str = "```\n<!-- output:end -->";

#[test]
fn the_readme_shows_the_output_of_its_first_command() {
    let printed = terminal_table(&study(&shipped(), 1_000, Design::LatinHypercube).run(&|_| {}));
    let path = root().join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let begin = readme.find(BEGIN).expect("the README marks where the output begins") + BEGIN.len();
    let end = begin + readme[begin..].find(END).expect("the README marks where the output ends");
    let printed = format!("{}\n", printed.trim_end());
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, format!("{}{printed}{}", &readme[..begin], &readme[end..])).unwrap();
        return;
    }
    assert_eq!(printed, readme[begin..end], "UPDATE=1 cargo test rewrites it");
}
