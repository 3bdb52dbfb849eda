//! Could a restriction of a box be chance? The quasi-p-value of each.

/// The chance that at least `hits` of `cases` are of interest where each is with probability `share` (a one-sided
/// binomial test, as in Bryant BP, Lempert RJ (2010), "Thinking inside the box", Technol Forecast Soc Change 77: 34-49).
/// Not a true p-value: the restriction was found on the same cases.
pub(super) fn at_least(hits: usize, cases: usize, share: f64) -> f64 {
    if hits == 0 || share >= 1.0 {
        return 1.0;
    }
    if share <= 0.0 {
        return 0.0;
    }
    let n = cases as f64;
    let log = |k: f64| {
        libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0)
            + k * share.ln()
            + (n - k) * (-share).ln_1p()
    };
    (hits..=cases).fold(0.0, |sum, k| sum + log(k as f64).exp()).min(1.0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::at_least;

    #[test]
    fn coins() {
        assert!((at_least(2, 3, 0.5) - 0.5).abs() < 1e-14);
        assert!((at_least(10, 10, 0.5) - 0.5f64.powi(10)).abs() < 1e-17);
        assert_eq!(at_least(0, 5, 0.2), 1.0);
    }
}
