//! Numbers as people write them: two significant figures, never a false precision.

use super::figure::grouped;

/// The number rounded to two significant figures.
pub fn rounded(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    format!("{value:.1e}").parse().unwrap_or(value)
}

/// Two significant figures with a true minus sign: `6,200`, `0.32`, `−41`.
pub fn number(value: f64) -> String {
    plain(value, "", 1.0, "")
}

/// The same with a plus sign before gains.
pub fn signed(value: f64) -> String {
    with_plus(value, number(value))
}

/// Pounds in the unit that suits their size: `£54m`, `−£1.2bn`, `£41,000`.
pub fn pounds(value: f64) -> String {
    let size = rounded(value).abs();
    match size {
        size if size >= 1e9 => plain(value, "£", 1e-9, "bn"),
        size if size >= 1e6 => plain(value, "£", 1e-6, "m"),
        _ => plain(value, "£", 1.0, ""),
    }
}

/// Pounds as a bare number of millions, for columns that say so: `54`, `0.41`, `−390`.
pub fn millions(value: f64) -> String {
    plain(value, "", 1e-6, "")
}

/// A percentage nearer to nought than this is told as 0%: no count of people or visits resolves it.
const LEAST_PERCENT: f64 = 5e-4;

/// A number that is already a percentage: `0.32%`.
pub fn percent(value: f64) -> String {
    plain(if value.abs() < LEAST_PERCENT { 0.0 } else { value }, "", 1.0, "%")
}

/// The same with a plus sign before gains.
pub fn signed_percent(value: f64) -> String {
    if value.abs() < LEAST_PERCENT { percent(value) } else { with_plus(value, percent(value)) }
}

/// A probability as a percentage: never 0 or 100 unless all draws agree.
pub fn chance(probability: f64) -> String {
    let percent = probability * 100.0;
    match percent {
        p if !p.is_finite() => "–".to_owned(),
        p if p > 0.0 && p < 1.0 => "<1%".to_owned(),
        p if p < 100.0 && p > 99.0 => ">99%".to_owned(),
        p => format!("{p:.0}%"),
    }
}

/// In how many of the draws something holds, in a sentence: `no draw`, `every draw`, `78% of draws`.
pub fn share_of_draws(probability: f64) -> String {
    match probability {
        0.0 => "no draw".to_owned(),
        1.0 => "every draw".to_owned(),
        p => format!("{} of draws", chance(p)),
    }
}

/// In how many of the draws something holds at the most, in a sentence: `at most 12% of draws`, `under 1% of draws`.
pub fn at_most_of_draws(probability: f64) -> String {
    let percent = probability * 100.0;
    if percent > 0.0 && percent < 1.0 {
        return "under 1% of draws".to_owned();
    }
    format!("at most {} of draws", chance(probability))
}

/// A middle with its interval: `−£380m (−£420m to −£340m)`.
pub fn interval(middle: f64, (low, high): (f64, f64), write: impl Fn(f64) -> String) -> String {
    format!("{} ({} to {})", write(middle), write(low), write(high))
}

/// A small whole number as a word.
pub fn whole(count: usize) -> String {
    const WORDS: [&str; 13] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

/// A count of things that are exact, with its thousands separated: `1,000`.
pub fn exact(count: u64) -> String {
    grouped(&count.to_string())
}

/// `a`, `a and b`, `a, b and c`.
pub fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The sentence with its first letter a capital.
pub fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// The name inside a sentence: without its capital, unless the word is an abbreviation such as `A&E` or `GP`.
pub fn inside(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() && second != '&' => {
            first.to_lowercase().collect::<String>() + letters.as_str()
        }
        _ => name.to_owned(),
    }
}

/// A payer's name for a reader. Names in a model's text hold no apostrophe, so it is put back here.
pub fn payer(name: &str) -> String {
    name.replace("Childrens ", "Children’s ")
}

fn plain(value: f64, prefix: &str, factor: f64, suffix: &str) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let shown = rounded(value * factor);
    if shown == 0.0 {
        return format!("{prefix}0{suffix}");
    }
    // 0.32 has its first figure one place after the point and so needs two decimals; 41 needs none.
    let decimals = (1.0 - shown.abs().log10().floor()).clamp(0.0, 9.0) as usize;
    let digits = format!("{:.decimals$}", shown.abs());
    let sign = if shown < 0.0 { "−" } else { "" };
    format!("{sign}{prefix}{}{suffix}", grouped(&digits))
}

fn with_plus(value: f64, text: String) -> String {
    if rounded(value) > 0.0 && value.is_finite() { format!("+{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_figures_are_enough() {
        let written: Vec<String> =
            [6_237.0, 41.4, 0.3214, 9.96, 0.00217, 3.0, -41.2, 99.6, 0.0, f64::NAN].map(number).to_vec();
        assert_eq!(written, ["6,200", "41", "0.32", "10", "0.0022", "3.0", "−41", "100", "0", "–"]);
    }

    #[test]
    fn thousands_of_a_count_are_set_apart() {
        assert_eq!((exact(7), exact(1_000), exact(1_234_567)), ("7".into(), "1,000".into(), "1,234,567".into()));
    }

    #[test]
    fn the_most_draws_are_said_without_two_bounds() {
        assert_eq!(at_most_of_draws(0.002), "under 1% of draws");
        assert_eq!(at_most_of_draws(0.12), "at most 12% of draws");
    }

    #[test]
    fn pounds_take_the_unit_of_their_size() {
        let written: Vec<String> = [5.41e7, -1.23e9, 9.996e8, 41_234.0, 0.0, 412_000.0].map(pounds).to_vec();
        assert_eq!(written, ["£54m", "−£1.2bn", "£1.0bn", "£41,000", "£0", "£410,000"]);
        assert_eq!(millions(412_000.0), "0.41");
    }

    #[test]
    fn intervals_read_as_a_sentence_would() {
        let written = interval(-3.84e8, (-4.2e8, -3.4e8), pounds);
        assert_eq!(written, "−£380m (−£420m to −£340m)");
        assert_eq!(interval(-0.32, (-0.5, 0.0), signed_percent), "−0.32% (−0.50% to 0%)");
    }

    #[test]
    fn a_chance_is_certain_only_if_all_draws_agree() {
        let written: Vec<String> = [0.0, 0.001, 0.015, 0.5, 0.9991, 1.0].map(chance).to_vec();
        assert_eq!(written, ["0%", "<1%", "2%", "50%", ">99%", "100%"]);
        assert_eq!(share_of_draws(0.0), "no draw");
    }

    #[test]
    fn signs_go_with_gains_and_losses_only() {
        assert_eq!(signed(12.3), "+12");
        assert_eq!(signed_percent(0.0), "0%");
        assert_eq!(signed_percent(-0.0), "0%");
    }

    #[test]
    fn names_lose_their_capital_inside_a_sentence_unless_they_are_abbreviations() {
        assert_eq!(inside("Emergency admissions"), "emergency admissions");
        assert_eq!(inside("A&E attendances"), "A&E attendances");
        assert_eq!(inside("GP consultations"), "GP consultations");
        assert_eq!(inside("NHS acute"), "NHS acute");
        assert_eq!(capital("from growth"), "From growth");
    }

    #[test]
    fn lists_end_with_and() {
        let parts = |count: usize| ["a", "b", "c"].iter().take(count).map(|s| (*s).to_owned()).collect::<Vec<_>>();
        assert_eq!(list(&parts(1)), "a");
        assert_eq!(list(&parts(3)), "a, b and c");
    }
}
