//! What a central value is, in words, and the warning where what is drawn is not what was declared.

use crate::words;
use engine::diagnostic::{Code, Span};
use engine::sampling::{Central, Distribution, Family, Misfit};

use super::document::Reading;

/// The words for what a central value is.
pub const CENTRAL: [(&str, Central); 2] = [("mean", Central::Mean), ("median", Central::Median)];

/// Tells that a mean or median is named for a distribution that makes something of its own of its value; true if it is.
pub fn settled(reading: &mut Reading, code: Code, at: &Span, family: Family) -> bool {
    let settled = !family.has_interval();
    if settled {
        let message =
            format!("`central` says whether the value is a mean or a median, which for `{family}` is settled");
        let free = Family::drawn().iter().filter(|(_, family)| family.has_interval());
        let free: Vec<&str> = free.map(|(name, _)| *name).collect();
        let (last, others) = free.split_last().unwrap_or((&"", &[]));
        let hint = format!("remove it, or write distribution = {} or {last}", others.join(", "));
        reading.error(code, at.clone(), message).hint(hint);
    }
    settled
}

/// Warns that what is drawn is not what was declared, with what is drawn.
pub fn misfits(
    reading: &mut Reading,
    code: Code,
    at: &Span,
    written: &str,
    (misfit, drawn, central): (Misfit, &Distribution, f64),
) {
    let quantile = |share: f64| rounded(drawn.quantile(share));
    let quantiles = format!(
        "of the draws 2.5 % lie below {}, half below {}, 2.5 % above {}",
        quantile(0.025),
        quantile(0.5),
        quantile(0.975)
    );
    let percent = |share: f64| rounded(100.0 * share);
    match misfit {
        Misfit::NoMean { mean } => {
            let message = format!(
                "`{written}`: {central} lies too near an end of its interval to be the mean of it, and is taken for the median: \
                 {quantiles}, and their mean is {}",
                rounded(mean)
            );
            reading
                .warning(code, at.clone(), message)
                .hint("write central = \"median\" if that is what it is, or a mean and an interval that go together");
        }
        Misfit::Ends { below, above } => {
            let message = format!(
                "`{written}`: {} % of the draws lie below its low and {} % above its high, where 2.5 % are meant: {quantiles}",
                percent(below),
                percent(above)
            );
            // The mean of a skewed distribution lies only so far from what one draw in forty passes.
            let too_far = below.max(above) < 0.025;
            let hint = if too_far {
                format!(
                    "beside a low or high that is a bound, {central} is too far from the other end to be the mean: write \
                     central = \"median\" if half of the draws should lie below it, or another end"
                )
            } else {
                "an end that is a bound, or a central value that is an end, fits no 95 % interval: write distribution = \"pert\" if \
                 they are bounds, or other ends"
                    .to_owned()
            };
            reading.warning(code, at.clone(), message).hint(hint);
        }
    }
}

/// Three significant digits, for a sentence; with a power of ten where the zeros would be a line of them.
fn rounded(value: f64) -> String {
    let digits = words::significant(value, 3);
    if digits == 0.0 || (1e-6..1e12).contains(&digits.abs()) { format!("{digits}") } else { format!("{digits:e}") }
}
