//! What a scenario says of its draws beyond their number: repetitions, what leads, and what moves together.

use crate::evidence::document::{Fields, Located, Reading, number, wrong_kind};
use crate::explain::scenario as code;
use engine::sampling::{Correlation, DesignOptions};

use toml::de::DeValue;

/// More repetitions than this leave too few draws in each.
const MOST_REPLICATES: i64 = 1_000;

/// The design of the draws, with the spans where it names random numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DesignAsked {
    /// What is asked for.
    pub options: DesignOptions,
    /// Every random number that is named in it, in the order of the file.
    pub named: Vec<Located<String>>,
    /// Where `replicates` stands.
    pub replicates_at: Option<engine::diagnostic::Span>,
}

pub(super) fn read(reading: &mut Reading, fields: &mut Fields<'_, '_>) -> DesignAsked {
    let mut asked = DesignAsked::default();
    if let Some(replicates) = fields.whole(reading, "replicates") {
        asked.replicates_at = Some(replicates.span.clone());
        if (1..=MOST_REPLICATES).contains(&replicates.value) {
            asked.options.replicates = replicates.value.unsigned_abs();
        } else {
            reading
                .error(code::OUT_OF_RANGE, replicates.span, format!("`replicates` is {}", replicates.value))
                .hint("write replicates = 16, from 1 to 1000: 8 to 32 tell the error well enough");
        }
    }
    for leader in fields.texts(reading, "leading").unwrap_or_default() {
        if asked.options.leading.contains(&leader.value) {
            reading
                .error(code::WRITTEN_TWICE, leader.span, format!("`{}` leads twice", leader.value))
                .hint("keep the first");
            continue;
        }
        asked.options.leading.push(leader.value.clone());
        asked.named.push(leader);
    }
    let mut tied: Vec<String> = Vec::new();
    for group in fields.tables(reading, "correlation", "the group of correlated uncertainties") {
        if let Some((names, correlation)) = read_group(reading, group, &mut tied) {
            asked.named.extend(names);
            asked.options.groups.push(correlation);
        }
    }
    asked
}

fn read_group(
    reading: &mut Reading,
    mut fields: Fields<'_, '_>,
    tied: &mut Vec<String>,
) -> Option<(Vec<Located<String>>, Correlation)> {
    let at = fields.at().clone();
    fields.need(
        reading,
        "names",
        "names = [\"Unit cost[H01]\", \"Unit cost[E08]\"], as `wellspring evidence` lists them",
    );
    let names = fields.texts(reading, "names");
    let matrix = fields.any("matrix");
    let every_pair = fields.number(reading, "every_pair");
    fields.finish(reading);
    let names = names?;
    let before = reading.count();
    for (index, name) in names.iter().enumerate() {
        if names[..index].iter().any(|earlier| earlier.value == name.value) {
            reading
                .error(code::WRITTEN_TWICE, name.span.clone(), format!("`{}` stands twice in the group", name.value))
                .hint("keep one of the two");
        } else if tied.contains(&name.value) {
            reading
                .error(code::CORRELATION, name.span.clone(), format!("`{}` is in two groups", name.value))
                .hint("put all that moves with it into one group");
        } else {
            tied.push(name.value.clone());
        }
    }
    if names.len() < 2 {
        reading
            .error(code::CORRELATION, at.clone(), "a group of fewer than two has nothing to move with")
            .hint("name two uncertainties at least, or remove the group");
    }
    let (ranks, written) = match (matrix, every_pair) {
        (Some(matrix), None) => (read_matrix(reading, matrix, names.len())?, reading.span(matrix.span())),
        (None, Some(one)) => {
            check_range(reading, &one);
            let row = |i: usize| (0..names.len()).map(|j| if i == j { 1.0 } else { one.value }).collect();
            ((0..names.len()).map(row).collect(), one.span)
        }
        (both, _) => {
            let what = if both.is_some() { "has `matrix` and `every_pair`" } else { "says nothing of how strongly" };
            reading
                .error(code::CORRELATION, at, format!("the group {what}"))
                .hint("write every_pair = 0.5, or matrix = [[1, 0.5], [0.5, 1]], rank correlations both");
            return None;
        }
    };
    if reading.count() > before {
        return None;
    }
    let known = names.iter().map(|name| name.value.clone()).collect();
    match Correlation::new(known, ranks) {
        Ok(correlation) => Some((names, correlation)),
        Err(impossible) => {
            let hint = if every_pair_alike(&impossible.nearest) {
                format!("the nearest that can be: every_pair = {}", impossible.nearest[0][1])
            } else {
                let row =
                    |row: &Vec<f64>| format!("[{}]", row.iter().map(f64::to_string).collect::<Vec<_>>().join(", "));
                let rows: Vec<String> = impossible.nearest.iter().map(row).collect();
                format!("the nearest that can be: matrix = [{}]", rows.join(", "))
            };
            let message = "these correlations cannot all hold at once: some contradict the others";
            reading.error(code::IMPOSSIBLE_CORRELATION, written, message).hint(hint);
            None
        }
    }
}

fn every_pair_alike(ranks: &[Vec<f64>]) -> bool {
    let off = |(i, row): (usize, &Vec<f64>)| row.iter().enumerate().all(|(j, r)| i == j || *r == ranks[0][1]);
    ranks.iter().enumerate().all(off)
}

/// Rows of numbers as they stand; complaints about shape, diagonal, range and symmetry.
fn read_matrix(reading: &mut Reading, value: &toml::Spanned<DeValue<'_>>, size: usize) -> Option<Vec<Vec<f64>>> {
    let DeValue::Array(rows) = value.get_ref() else {
        wrong_kind(reading, value, "`matrix`", "a list of rows, such as [[1, 0.5], [0.5, 1]],", value.get_ref());
        return None;
    };
    let mut matrix: Vec<Vec<Located<f64>>> = Vec::new();
    for row in rows.iter() {
        let DeValue::Array(numbers) = row.get_ref() else {
            wrong_kind(reading, row, "a row of `matrix`", "a list of numbers", row.get_ref());
            return None;
        };
        matrix.push(numbers.iter().map(|one| number(reading, one, "a correlation")).collect::<Option<_>>()?);
    }
    if matrix.len() != size || matrix.iter().any(|row| row.len() != size) {
        let message = format!("the matrix is not {size} by {size}, and there are {size} names");
        reading
            .error(code::CORRELATION, reading.span(value.span()), message)
            .hint("write a row for each name, with a number for each name in it");
        return None;
    }
    for (i, row) in matrix.iter().enumerate() {
        for (j, one) in row.iter().enumerate() {
            if i == j && one.value != 1.0 {
                let message = format!("the correlation of a name with itself is {}", one.value);
                reading.error(code::CORRELATION, one.span.clone(), message).hint("write 1 on the diagonal");
            } else if i != j {
                check_range(reading, one);
            }
            if i > j && one.value != matrix[j][i].value {
                let message = format!("{} here, and {} in the mirrored place", one.value, matrix[j][i].value);
                reading.error(code::CORRELATION, one.span.clone(), message).hint("write the same number in both");
            }
        }
    }
    Some(matrix.into_iter().map(|row| row.into_iter().map(|one| one.value).collect()).collect())
}

fn check_range(reading: &mut Reading, one: &Located<f64>) {
    if !(-1.0..=1.0).contains(&one.value) {
        reading
            .error(code::CORRELATION, one.span.clone(), format!("a correlation of {}", one.value))
            .hint("rank correlations lie between -1 and 1");
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use std::sync::Arc;

    use super::{DesignAsked, read};
    use crate::evidence::document::{Fields, Reading};
    use crate::scenario::CODES;
    use engine::diagnostic::Diagnostics;

    fn asked(text: &str) -> (DesignAsked, Diagnostics) {
        let mut reading = Reading::new(&Arc::from("x.toml"), &CODES);
        let root = reading.parse(text).unwrap();
        let whole = reading.span(0..0);
        let mut fields = Fields::new(&root, whole, "the scenario");
        let asked = read(&mut reading, &mut fields);
        (asked, reading.finish())
    }

    fn messages(text: &str) -> Vec<String> {
        asked(text).1.iter().map(|one| format!("{}: {}", one.code, one.message)).collect()
    }

    #[test]
    fn nothing_said_is_one_design_without_ties() {
        let (asked, found) = asked("");
        assert!(found.is_empty());
        assert_eq!(asked, DesignAsked::default());
        assert_eq!(asked.options.replicates, 1);
    }

    #[test]
    fn a_matrix_and_its_short_form_are_read() {
        let text = "replicates = 16\nleading = [\"b\", \"a\"]\n[[correlation]]\nnames = [\"a\", \"b\"]\nevery_pair = 0.5\n\
                    [[correlation]]\nnames = [\"c\", \"d\"]\nmatrix = [[1, -0.2], [-0.2, 1.0]]";
        let (asked, found) = asked(text);
        assert!(found.is_empty());
        assert_eq!(asked.options.replicates, 16);
        assert_eq!(asked.options.leading, ["b", "a"]);
        assert_eq!(asked.options.groups[0].ranks(), [[1.0, 0.5], [0.5, 1.0]]);
        assert_eq!(asked.options.groups[1].ranks(), [[1.0, -0.2], [-0.2, 1.0]]);
        assert_eq!(asked.named.iter().map(|name| name.value.as_str()).collect::<String>(), "baabcd");
    }

    #[test]
    fn everything_wrong_with_a_group_is_said() {
        let group = |rest: &str| messages(&format!("[[correlation]]\nnames = [\"a\", \"b\", \"c\"]\n{rest}"));
        assert_eq!(group("every_pair = 1.5"), ["S023: a correlation of 1.5"]);
        assert_eq!(group(""), ["S023: the group says nothing of how strongly"]);
        assert_eq!(group("matrix = [[1]]"), ["S023: the matrix is not 3 by 3, and there are 3 names"]);
        assert_eq!(
            group("matrix = [[1, 0.2, 0.3], [0.25, 1, 2], [0.3, 2, 0.9]]"),
            [
                "S023: 0.25 here, and 0.2 in the mirrored place",
                "S023: a correlation of 2",
                "S023: a correlation of 2",
                "S023: the correlation of a name with itself is 0.9"
            ]
        );
        let twice = "[[correlation]]\nnames = [\"a\", \"b\"]\nevery_pair = 0.1\n[[correlation]]\nnames = [\"b\", \"c\"]\nevery_pair = 0.1";
        assert_eq!(messages(twice), ["S023: `b` is in two groups"]);
    }

    #[test]
    fn impossible_correlations_are_answered_with_possible_ones() {
        let text = "[[correlation]]\nnames = [\"a\", \"b\", \"c\"]\nevery_pair = -0.8";
        let found = asked(text).1;
        let one = found.iter().next().unwrap();
        assert_eq!(one.code.0, "S024");
        let offered = one.hints[0].split(": ").nth(1).unwrap();
        assert!(offered.starts_with("every_pair = -0."), "{offered}");
        assert!(asked(&text.replace("every_pair = -0.8", offered)).1.is_empty());
    }
}
