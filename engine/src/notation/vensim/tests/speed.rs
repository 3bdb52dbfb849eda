//! Large files, and files of nothing but mistakes, take time in proportion to their length.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use super::{read, sound};

/// Generous: the aim is well under a second, and what this guards against is time that grows with the square.
const LIMIT: Duration = Duration::from_secs(10);

#[test]
fn fifty_thousand_lines_are_read_at_once() {
    let mut text = String::from("{UTF-8}\n");
    for number in 0..10_000 {
        let _ = write!(
            text,
            "Stock {number}[Quintile] = INTEG(Inflow {number}[Quintile] - MAX(0, Stock {number}[Quintile]/Time to leave),\n\t1.5e3)\n\t~\tpeople\n\t~\tOne of many.\n\t|\n"
        );
    }
    let start = Instant::now();
    let model = sound(&text);
    println!("{} lines, {} bytes: {:?}", text.lines().count(), text.len(), start.elapsed());
    assert_eq!(model.equations().count(), 10_000);
    assert!(start.elapsed() < LIMIT);
}

#[test]
fn mistakes_without_end_are_read_at_once() {
    for mistake in [
        "{",
        "\"",
        "~",
        "|",
        "[",
        "(",
        "'",
        ":MACRO: ",
        "A = 1 ~ u ~ c\n",
        "A = 1 ~ ~ ~",
        "A = {\n",
        "\\\n",
        "****\n",
        "A=1~\nB=1~",
        ":END OF MACRO:",
    ] {
        let text = mistake.repeat(20_000);
        let start = Instant::now();
        let (_, found) = read(&text);
        assert!(
            start.elapsed() < LIMIT,
            "{mistake:?} takes {:?} for {} diagnostics",
            start.elapsed(),
            found.iter().count()
        );
    }
}
