//! Tables of docs/methods/validation.md that are computed: each stands between two marks, and `UPDATE=1 cargo test` writes
//! it anew.

use std::fs;
use std::sync::Mutex;

use crate::support::root;

const PAGE: &str = "docs/methods/validation.md";

/// Tests run at once and all write to one page.
static WRITING: Mutex<()> = Mutex::new(());

/// Fails if a computed table of the page is not this one, or writes it where UPDATE is set.
pub fn compare_table(name: &str, heading: &[&str], rows: &[Vec<String>]) {
    let mut table = format!("| {} |\n|{}\n", heading.join(" | "), "---|".repeat(heading.len()));
    for row in rows {
        assert_eq!(row.len(), heading.len(), "a row of `{name}` does not fit its heading");
        table.push_str(&format!("| {} |\n", row.join(" | ")));
    }
    let (begin, end) = (format!("<!-- {name}:begin -->\n"), format!("<!-- {name}:end -->"));
    let _alone = WRITING.lock().unwrap_or_else(|broken| broken.into_inner());
    let page = fs::read_to_string(root().join(PAGE)).unwrap().replace("\r\n", "\n");
    let from = page.find(&begin).unwrap_or_else(|| panic!("{PAGE} has no {begin}")) + begin.len();
    let to = from + page[from..].find(&end).unwrap_or_else(|| panic!("{PAGE} has no {end}"));
    if std::env::var_os("UPDATE").is_some() {
        fs::write(root().join(PAGE), format!("{}{table}{}", &page[..from], &page[to..])).unwrap();
        return;
    }
    assert_eq!(
        page[from..to],
        table,
        "`{name}` in {PAGE} is not what the model says; UPDATE=1 cargo test writes it anew"
    );
}

/// A whole number in groups of three figures.
pub fn whole(value: f64) -> String {
    let figures = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (place, figure) in figures.chars().enumerate() {
        if place > 0 && (figures.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(figure);
    }
    if value < 0.0 && text != "0" { format!("-{text}") } else { text }
}

/// A share in per cent with its sign.
pub fn percent(share: f64, places: usize) -> String {
    let text = format!("{:+.places$} %", 100.0 * share);
    let zero = format!("{:+.places$} %", -0.0);
    if text == zero { format!("{:.places$} %", 0.0) } else { text }
}

/// Millions of pounds.
pub fn millions(pounds: f64) -> String {
    let value = pounds / 1e6;
    if value.abs() < 20.0 { format!("{value:.1}") } else { whole(value) }
}
