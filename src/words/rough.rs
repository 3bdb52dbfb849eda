//! Numbers as people say them when a rough one will do: one significant figure, or two where the first is small.

use super::{exact, significant};

/// Below this the first figure says too little by itself: 1.4 is not about 1, but 4.1 is about 4.
const SMALL: f64 = 3.0;

/// The number rounded to its first figure, or to two where the first is small.
pub fn rounded(value: f64) -> f64 {
    let first = value.abs() / 10f64.powf(value.abs().log10().floor());
    significant(value, if first < SMALL { 2 } else { 1 })
}

/// So many of something, whichever way it goes: `28,000`, `3`, `0.4`.
pub fn count(value: f64) -> String {
    let rounded = rounded(value.abs());
    if rounded >= 10.0 { exact(rounded as u64) } else { format!("{rounded}") }
}

/// Pounds, whichever way they go: `£400 million`, `£1.4 billion`, `£40,000`.
pub fn pounds(value: f64) -> String {
    let size = rounded(value.abs());
    match size {
        size if size >= 1e9 => format!("£{} billion", rounded(size / 1e9)),
        size if size >= 1e6 => format!("£{} million", rounded(size / 1e6)),
        size => format!("£{}", exact(size as u64)),
    }
}

/// A change in per cent as a share of people: `1 in 480`; nothing where it is too small to tell.
pub fn one_in(percent: f64) -> Option<String> {
    const LEAST: f64 = 1e5;
    let of = rounded(100.0 / percent.abs());
    (of.is_finite() && of <= LEAST)
        .then(|| if of < 1.5 { "all".to_owned() } else { format!("1 in {}", exact(of as u64)) })
}

#[cfg(test)]
mod tests {
    use super::{count, one_in, pounds, rounded};

    #[test]
    fn one_figure_is_kept_or_two_where_the_first_is_small() {
        let written = [4.13e8, 2.96, -1.44, 0.034, 0.0284, 3.5, 0.0].map(rounded);
        assert_eq!(written, [4e8, 3.0, -1.4, 0.03, 0.028, 4.0, 0.0]);
        assert!(rounded(f64::NAN).is_nan() && rounded(f64::INFINITY).is_infinite());
    }

    #[test]
    fn numbers_are_said_as_people_say_them() {
        assert_eq!(
            [4.13e8, 5.7e7, 1.42e9, -41_234.0, 0.0].map(pounds),
            ["£400 million", "£60 million", "£1.4 billion", "£40,000", "£0"]
        );
        assert_eq!([28_412.0, 5_012.0, 3.4, -0.41].map(count), ["28,000", "5,000", "3", "0.4"]);
    }

    #[test]
    fn a_change_too_small_to_tell_is_a_share_of_nobody() {
        assert_eq!(one_in(-0.21).as_deref(), Some("1 in 500"));
        assert_eq!((one_in(0.0), one_in(f64::NAN), one_in(9e-4)), (None, None, None));
        assert_eq!((one_in(100.0).as_deref(), one_in(50.0).as_deref()), (Some("all"), Some("1 in 2")));
    }
}
