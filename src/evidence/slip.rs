//! Numbers as people write them and files cannot have them: with a per cent sign, with commas, with a sign of money.

/// What to write in place of such a number, if it is one.
pub fn meant(written: &str) -> Option<String> {
    let plain = written.trim().trim_start_matches('£').trim_end_matches(',').trim();
    if let Some(number) = plain.strip_suffix('%') {
        let value: f64 = without_commas(number.trim()).unwrap_or_else(|| number.trim().to_owned()).parse().ok()?;
        // Without what a division by a hundred leaves behind the digits that were written.
        let share: f64 = format!("{:.12}", value / 100.0).parse().ok()?;
        return Some(format!("write {share}: a share is a part of one, without a per cent sign"));
    }
    if let Some(number) = without_commas(plain) {
        let why = if plain.matches(',').count() == 1 && number.contains('.') {
            "a decimal point, and no comma"
        } else {
            "no commas in numbers"
        };
        return Some(format!("write {number}: {why}"));
    }
    let number = plain.len() < written.trim().len() && plain.parse::<f64>().is_ok();
    number.then(|| format!("write {plain}: no sign of money in numbers"))
}

/// A number without its commas: those of thousands fall away, and one before the decimals becomes a point.
fn without_commas(written: &str) -> Option<String> {
    let (sign, digits) = match written.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", written),
    };
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, decimals) = match digits.split_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (digits, None),
    };
    let parts: Vec<&str> = whole.split(',').collect();
    if parts.len() < 2 || !parts.iter().all(|part| all_digits(part)) || decimals.is_some_and(|part| !all_digits(part)) {
        return None;
    }
    let thousands = parts[0].len() <= 3 && parts[0] != "0" && parts[1..].iter().all(|part| part.len() == 3);
    match (thousands, decimals, parts.as_slice()) {
        (true, Some(decimals), _) => Some(format!("{sign}{}.{decimals}", parts.concat())),
        (true, None, _) => Some(format!("{sign}{}", parts.concat())),
        (false, None, [whole, decimals]) => Some(format!("{sign}{whole}.{decimals}")),
        _ => None,
    }
}

/// The first such number in a line of a file, outside quotes and comments, with its offset in the line.
pub fn in_line(line: &str) -> Option<(usize, &str, String)> {
    let belongs = |letter: char| letter.is_ascii_digit() || "-.,%£".contains(letter);
    let mut quoted = false;
    let mut start = None;
    for (offset, letter) in line.char_indices().chain([(line.len(), ' ')]) {
        quoted ^= letter == '"';
        let inside = !quoted && belongs(letter);
        match (start, inside) {
            (None, true) => start = Some(offset),
            (Some(from), false) => {
                let written = line[from..offset].trim_end_matches(',');
                if let Some(meant) = meant(written) {
                    return Some((from, written, meant));
                }
                start = None;
            }
            _ => {}
        }
        if letter == '#' && !quoted {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{in_line, meant};

    #[test]
    fn numbers_of_everyday_life_are_known_with_what_was_meant() {
        for (written, expected) in [
            ("1%", "write 0.01: a share is a part of one, without a per cent sign"),
            ("0.2 %", "write 0.002: a share is a part of one, without a per cent sign"),
            ("70,000", "write 70000: no commas in numbers"),
            ("5,450,000,000", "write 5450000000: no commas in numbers"),
            ("0,01", "write 0.01: a decimal point, and no comma"),
            ("12,5", "write 12.5: a decimal point, and no comma"),
            ("£70000", "write 70000: no sign of money in numbers"),
        ] {
            assert_eq!(meant(written).as_deref(), Some(expected), "{written}");
        }
        for written in ["1", "0.01", "1,2,3", "abc", "", "-", "1e5", "%"] {
            assert_eq!(meant(written), None, "{written}");
        }
    }

    #[test]
    fn a_line_is_searched_outside_quotes_and_comments() {
        let found = in_line("\"Share of 1% [A]\" = [{ from = 1, value = 1% }] # 70,000");
        assert_eq!(found.map(|(at, written, _)| (at, written)), Some((41, "1%")));
        assert_eq!(in_line("values = [0.1, 0.2, 3] # 70,000"), None);
        assert_eq!(in_line("qaly = [70,000]").map(|(_, written, _)| written), Some("70,000"));
    }
}
