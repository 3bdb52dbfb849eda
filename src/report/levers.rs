//! The levers of a mix of programmes, as a scenario writes them.

use crate::study::Mix;

/// Decimals of a share as it is written down.
const DECIMALS: i32 = 4;

/// The levers of the best mix as a scenario writes them, each with its name. Shares are rounded, and the largest of each
/// period takes what rounding leaves, so that they add up.
pub fn mix_levers(found: &Mix) -> Vec<(String, String)> {
    let count = found.labels.len();
    let scale = 10_f64.powi(DECIMALS);
    let periods: Vec<Vec<f64>> = found
        .best
        .plan
        .chunks_exact(count)
        .map(|shares| {
            let mut rounded: Vec<f64> =
                shares.iter().map(|share| (share * found.total * scale).round() / scale).collect();
            let largest = (0..count).reduce(|best, one| if rounded[one] > rounded[best] { one } else { best });
            if let Some(largest) = largest {
                let rest: f64 = (0..count).filter(|one| *one != largest).map(|one| rounded[one]).sum();
                rounded[largest] = ((found.total - rest) * scale).round() / scale;
            }
            rounded
        })
        .collect();
    let labels = found.labels.iter().enumerate();
    labels
        .map(|(programme, label)| {
            let steps: Vec<String> = found
                .periods
                .iter()
                .zip(&periods)
                .map(|((first, _), shares)| format!("{{ from = {first}, value = {} }}", shares[programme]))
                .collect();
            (label.to_string(), format!("[{}]", steps.join(", ")))
        })
        .collect()
}
