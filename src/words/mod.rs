//! Numbers as people write them: two significant figures, never a false precision, and one rule for what is zero.

pub mod grid;
pub mod rough;

/// What is nearer to zero than this is told as zero, in whatever it is counted: per cent, people, beds, QALYs, years. No count
/// resolves less, and arithmetic leaves such remains where two runs are the same.
pub const LEAST: f64 = 5e-4;

/// The same for pounds: half of one.
pub const LEAST_POUNDS: f64 = 0.5;

/// Where nothing is further from zero than this many times the least, an axis has no scale of its own: it would tell steps
/// apart that are told as zero.
pub const SCALED: f64 = 4.0;

/// The number, or zero if it is nearer to it than `least`. The one rule for what is zero.
pub fn or_zero(value: f64, least: f64) -> f64 {
    if value.abs() < least { 0.0 } else { value }
}

/// The number rounded to two significant figures.
pub fn rounded(value: f64) -> f64 {
    significant(value, 2)
}

/// The number rounded to so many significant figures: in the decimals that people see, and with halves away from zero, as they
/// would round by hand.
pub fn significant(value: f64, figures: usize) -> f64 {
    // The fewest decimals that tell this number from its neighbours: 1.25e-3 for 0.00125.
    let written = format!("{:e}", value.abs());
    let Some((mantissa, exponent)) = written.split_once('e') else { return value };
    let mut digits = mantissa.bytes().filter(u8::is_ascii_digit).map(|digit| u64::from(digit - b'0'));
    let kept = digits.by_ref().take(figures).fold((0, 0), |(kept, count), digit| (kept * 10 + digit, count + 1));
    let Some(next) = digits.next() else { return value };
    let size = kept.0 + u64::from(next >= 5);
    let power = exponent.parse::<i32>().unwrap_or(0) + 1 - kept.1;
    format!("{size}e{power}").parse::<f64>().map_or(value, |rounded| rounded.copysign(value))
}

/// The rounded number as a program would write it, for sentences that quote what somebody wrote: `0.125`, `1500`.
pub fn quoted(value: f64, figures: usize) -> String {
    significant(value, figures).to_string()
}

/// A number with so many decimals at the most, without those that say nothing: `0.3`, `12`.
pub fn decimals(value: f64, most: usize) -> String {
    let text = format!("{value:.most$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// An index or a ratio near one, with two decimals: `0.93`, `−0.02`.
pub fn hundredths(value: f64) -> String {
    fixed(value, 2)
}

/// The nearest whole number: `14,210`, `−3`.
pub fn nearest(value: f64) -> String {
    fixed(value, 0)
}

/// A share of one in per cent with one decimal, where the whole is known that well: `18.2 %`.
pub fn share(value: f64) -> String {
    format!("{} %", fixed(value * 100.0, 1))
}

/// How far a share is from another, with its sign: `+1.2 %`, `−0.4 %`.
pub fn share_apart(value: f64) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    format!("{:+.1} %", value * 100.0).replace('-', "−")
}

/// Two significant figures with a true minus sign: `6,200`, `0.32`, `−41`.
pub fn number(value: f64) -> String {
    plain(or_zero(value, LEAST), "", 1.0, "")
}

/// A number with no unit to count in, such as a setting: two significant figures, however small it is.
pub fn setting(value: f64) -> String {
    plain(value, "", 1.0, "")
}

/// A count with a plus sign before gains.
pub fn signed(value: f64) -> String {
    with_plus(or_zero(value, LEAST), number(value))
}

/// Pounds in the unit that suits their size: `£54m`, `−£1.2bn`, `£41,000`.
pub fn pounds(value: f64) -> String {
    let value = or_zero(value, LEAST_POUNDS);
    let size = rounded(value).abs();
    match size {
        size if size >= 1e9 => plain(value, "£", 1e-9, "bn"),
        size if size >= 1e6 => plain(value, "£", 1e-6, "m"),
        _ => plain(value, "£", 1.0, ""),
    }
}

/// Pounds as a bare number of millions, for columns that say so: `54`, `0.41`, `−390`.
pub fn millions(value: f64) -> String {
    plain(or_zero(value, LEAST_POUNDS), "", 1e-6, "")
}

/// Pounds in millions whatever their size, for a picture that has one unit: `£1,200m`, `−£0.41m`.
pub fn in_millions(value: f64) -> String {
    plain(or_zero(value, LEAST_POUNDS), "£", 1e-6, "m")
}

/// Pounds with a plus sign before gains.
pub fn signed_pounds(value: f64) -> String {
    with_plus(or_zero(value, LEAST_POUNDS), pounds(value))
}

/// A number that is already a percentage: `0.32%`.
pub fn percent(value: f64) -> String {
    plain(or_zero(value, LEAST), "", 1.0, "%")
}

/// The same with a plus sign before gains.
pub fn signed_percent(value: f64) -> String {
    with_plus(or_zero(value, LEAST), percent(value))
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

/// A middle with its interval: `−£380m (−£420m to −£340m)`. An interval whose ends are written like its middle tells nothing
/// and is left out.
pub fn interval(middle: f64, (low, high): (f64, f64), write: impl Fn(f64) -> String) -> String {
    let centre = write(middle);
    match (write(low), write(high)) {
        (low, high) if low == centre && high == centre => centre,
        (low, high) => format!("{centre} ({low} to {high})"),
    }
}

/// How a change in per cent goes, by its sign as it is told: "0.29% lower", "0.1% higher", "unchanged".
pub fn lower(change: f64) -> String {
    match or_zero(change, LEAST) {
        fall if fall < 0.0 => format!("{} lower", percent(-fall)),
        rise if rise > 0.0 => format!("{} higher", percent(rise)),
        0.0 => "unchanged".to_owned(),
        _ => "not known".to_owned(),
    }
}

/// How an amount goes, by its sign as it is told: "42 beds more", "110 admissions fewer", "unchanged".
pub fn more_or_fewer(change: f64, unit: &str) -> String {
    match or_zero(change, LEAST) {
        more if more > 0.0 => format!("{} {unit} more", number(more)),
        fewer if fewer < 0.0 => format!("{} {unit} fewer", number(-fewer)),
        0.0 => "unchanged".to_owned(),
        _ => "not known".to_owned(),
    }
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

/// Digits with commas between thousands; what follows a point is left as it is.
pub fn grouped(digits: &str) -> String {
    let (whole, rest) = match digits.find('.') {
        Some(point) => digits.split_at(point),
        None => (digits, ""),
    };
    let mut text = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + rest
}

fn plain(value: f64, prefix: &str, factor: f64, suffix: &str) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let scaled = rounded(value * factor);
    if scaled == 0.0 {
        return format!("{prefix}0{suffix}");
    }
    // 0.32 has its first figure one place after the point and so needs two decimals; 41 needs none.
    let decimals = (1.0 - scaled.abs().log10().floor()).clamp(0.0, 9.0) as usize;
    let digits = format!("{:.decimals$}", scaled.abs());
    let sign = if scaled < 0.0 { "−" } else { "" };
    format!("{sign}{prefix}{}{suffix}", grouped(&digits))
}

/// So many decimals, a true minus sign, and no sign before what reads as zero.
fn fixed(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let digits = format!("{:.decimals$}", value.abs());
    let is_zero = !digits.contains(|digit: char| ('1'..='9').contains(&digit));
    let sign = if value < 0.0 && !is_zero { "−" } else { "" };
    format!("{sign}{}", grouped(&digits))
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
    fn halves_are_rounded_away_from_zero_in_the_decimals_that_people_see() {
        // By hand. 0.345 is stored a little below and 1.005 too; who reads the file sees neither.
        let two = [0.345, 1.25, -1.25, 994.0, 995.0, 0.1249, 2.5, 7.0, 1e-320].map(rounded);
        assert_eq!(two, [0.35, 1.3, -1.3, 990.0, 1_000.0, 0.12, 2.5, 7.0, 1e-320]);
        assert_eq!([significant(1.005, 3), significant(123_456.0, 1), significant(0.96, 1)], [1.01, 100_000.0, 1.0]);
        assert!(significant(f64::NAN, 2).is_nan() && significant(-0.0, 2).is_sign_negative());
        assert_eq!(significant(f64::NEG_INFINITY, 2), f64::NEG_INFINITY);
    }

    #[test]
    fn decimals_are_fixed_where_the_reader_compares() {
        assert_eq!([0.926, -0.021, -0.004, 1_234.5].map(hundredths), ["0.93", "−0.02", "0.00", "1,234.50"]);
        assert_eq!([14_209.6, -3.2, -0.4, f64::NAN].map(nearest), ["14,210", "−3", "0", "–"]);
        assert_eq!([0.1816, 1.0].map(share), ["18.2 %", "100.0 %"]);
        assert_eq!([0.0123, -0.004, f64::NAN].map(share_apart), ["+1.2 %", "−0.4 %", "–"]);
        assert_eq!([0.3, 12.0, 100.0, 0.123_456_7].map(|value| decimals(value, 6)), ["0.3", "12", "100", "0.123457"]);
        assert_eq!(
            (decimals(100.0, 0), quoted(0.125_04, 3), quoted(1_504.0, 2)),
            ("100".into(), "0.125".into(), "1500".into())
        );
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
    fn an_interval_that_is_written_like_its_middle_is_left_out() {
        assert_eq!(interval(10.0, (9.99, 10.01), number), "10");
        assert_eq!(interval(2.8e8, (2.79e8, 2.81e8), pounds), "£280m");
        assert_eq!(interval(2.8e8, (2.7e8, 2.81e8), pounds), "£280m (£270m to £280m)");
    }

    #[test]
    fn what_nobody_could_count_is_zero_in_every_unit() {
        assert_eq!(signed_percent(-1.1e-8), "0%");
        assert_eq!((pounds(0.043), millions(-0.3), pounds(-0.49)), ("£0".into(), "0".into(), "£0".into()));
        assert_eq!((number(-1e-11), signed(4e-4), lower(-2e-4)), ("0".into(), "0".into(), "unchanged".into()));
        assert_eq!((pounds(0.5), percent(5e-4), setting(1e-4)), ("£0.50".into(), "0.00050%".into(), "0.00010".into()));
    }

    #[test]
    fn the_sign_says_which_way_it_goes() {
        assert_eq!([-0.29, 0.1, 0.0, f64::NAN].map(lower), ["0.29% lower", "0.10% higher", "unchanged", "not known"]);
        let beds = [-42.0, 0.5, -1e-9, f64::NAN].map(|change| more_or_fewer(change, "beds"));
        assert_eq!(beds, ["42 beds fewer", "0.50 beds more", "unchanged", "not known"]);
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
        assert_eq!([5.41e7, -1.2e3, 0.2].map(signed_pounds), ["+£54m", "−£1,200", "£0"]);
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
