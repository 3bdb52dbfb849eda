//! Shares of variance from curves that sweep each input at its own frequency.
//!
//! Along a curve every input swings between its bounds, the one of interest fast and the others slowly. What the output
//! swings at the fast frequency and its multiples is the input's own; what it swings slowly is all others'. Cukier RI and
//! others (1973), "Study of the sensitivity of coupled reaction systems to uncertainties in rate coefficients", Journal of
//! Chemical Physics 59(8), 3873-3878; total shares: Saltelli A, Tarantola S, Chan KPS (1999), "A quantitative
//! model-independent method for global sensitivity analysis of model output", Technometrics 41(1), 39-56.

use std::f64::consts::PI;

use engine::sampling::Stream;

use super::fourier::powers;
use super::index::spread;
use super::output::{centred, check, scaled};
use super::resample::unit;
use super::student::two_sided;
use super::{Confidence, IndexKind, NoIndices, SensitivityIndex};

/// The order of rows of a sample: for each input its curves one after another, each of as many points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Curves {
    inputs: usize,
    curves: usize,
    points: usize,
    interference: usize,
}

impl Curves {
    /// Curves of so many points each, for so many inputs. `interference` is M: how many multiples of the fast frequency
    /// count as the input's own, 4 as a rule. `None` unless there are more than 4 M^2 points, which are needed to tell
    /// frequencies apart.
    pub fn new(inputs: usize, curves: usize, points: usize, interference: usize) -> Option<Self> {
        let sound = inputs > 0 && curves > 0 && interference > 0 && points > 4 * interference * interference;
        sound.then_some(Self { inputs, curves, points, interference })
    }

    /// Rows of the whole sample.
    pub fn rows(&self) -> usize {
        self.inputs * self.curves * self.points
    }

    /// The frequency of the input of interest.
    fn fast(&self) -> usize {
        (self.points - 1) / (2 * self.interference)
    }

    /// The frequency of the other inputs, one after another: as far apart as there is room, and so slow that their own
    /// multiples stay below the fast one.
    fn slow(&self, other: usize) -> usize {
        let most = self.fast() / (2 * self.interference);
        let others = self.inputs - 1;
        if most >= others && others > 1 { 1 + other * (most - 1) / (others - 1) } else { 1 + other % most.max(1) }
    }

    /// The rows of inputs to run, each input between 0 and 1. Where a curve begins on each input is a matter of chance:
    /// it depends on the seed, the curve and the input of interest.
    pub fn sample(&self, seed: u64) -> Vec<Vec<f64>> {
        let mut rows = Vec::with_capacity(self.rows());
        for own in 0..self.inputs {
            for curve in 0..self.curves {
                let mut stream = Stream::new(seed, (own * self.curves + curve) as u64, "eFAST curves");
                let begins: Vec<f64> = (0..self.inputs).map(|_| 2.0 * PI * unit(&mut stream)).collect();
                rows.extend((0..self.points).map(|point| {
                    let turn = 2.0 * PI * point as f64 / self.points as f64;
                    let swing = |input: usize| {
                        let frequency =
                            if input == own { self.fast() } else { self.slow(input - usize::from(input > own)) };
                        // A wave whose values are spread evenly from 0 to 1.
                        let wave = (frequency as f64 * turn + begins[input]).sin().asin() / PI;
                        (0.5 + wave).clamp(0.0, 1.0)
                    };
                    (0..self.inputs).map(swing).collect()
                }));
            }
        }
        rows
    }

    /// First and total order of every input. With several curves the estimate is that of their mean spectrum, and the
    /// interval comes from their differences by Student's t; one curve alone cannot tell how far it is off.
    ///
    /// # Errors
    /// The output does not vary, holds what is no number, or has not the sample's rows.
    pub fn indices(&self, output: &[f64], confidence: &Confidence) -> Result<Vec<SensitivityIndex>, NoIndices> {
        check(output, self.rows())?;
        // All curves in one unit, since their spectra are added.
        let (output, _) = scaled(output);
        let mut measures = [Vec::new(), Vec::new()];
        for (input, curves) in output.chunks_exact(self.points * self.curves).enumerate() {
            let spectra: Vec<Spectrum> = curves.chunks_exact(self.points).map(|curve| self.spectrum(curve)).collect();
            let sum = spectra.iter().fold(Spectrum::default(), |sum, one| sum.plus(one));
            if sum.all <= 0.0 {
                return Err(NoIndices::DoesNotVary);
            }
            let parts =
                [(IndexKind::FirstOrder, Spectrum::first as SpectrumShare), (IndexKind::TotalOrder, Spectrum::total)];
            for ((kind, of), measures) in parts.into_iter().zip(&mut measures) {
                let value = of(&sum);
                let each: Vec<f64> = spectra.iter().filter(|one| one.all > 0.0).map(of).collect();
                let interval = (each.len() > 1).then(|| {
                    let error = spread(&each) / (each.len() as f64).sqrt();
                    let half = two_sided(confidence.level, each.len() - 1) * error;
                    [value - half, value + half]
                });
                measures.push(SensitivityIndex::new(kind, input, value).within(interval, confidence.narrow));
            }
        }
        Ok(measures.concat())
    }

    fn spectrum(&self, curve: &[f64]) -> Spectrum {
        // The last frequency, where the length is even, is a half that has no partner; it is left out.
        let powers = powers(&centred(curve), self.points.div_ceil(2));
        let fast = self.fast();
        Spectrum {
            own: (1..=self.interference).filter_map(|multiple| powers.get(multiple * fast)).sum(),
            others: powers.iter().take(fast / 2 + 1).skip(1).sum(),
            all: powers.iter().skip(1).sum(),
        }
    }
}

/// A share read from a spectrum.
type SpectrumShare = fn(&Spectrum) -> f64;

/// How much of an output's swinging is the input's own, how much that of all others.
#[derive(Debug, Clone, Copy, Default)]
struct Spectrum {
    own: f64,
    others: f64,
    all: f64,
}

impl Spectrum {
    fn plus(self, other: &Spectrum) -> Spectrum {
        Spectrum { own: self.own + other.own, others: self.others + other.others, all: self.all + other.all }
    }

    fn first(&self) -> f64 {
        self.own / self.all
    }

    fn total(&self) -> f64 {
        1.0 - self.others / self.all
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::Curves;
    use crate::sensitivity::{Confidence, IndexKind, NoIndices, find};

    /// Sobol's G function: four fifths of the variance from the first input.
    #[test]
    fn own_samples_give_the_known_shares_of_a_product() {
        let a = [0.0, 1.0, 4.5, 9.0];
        let part = |a: f64| 1.0 / 3.0 / (1.0 + a).powi(2);
        let variance: f64 = a.iter().map(|a| 1.0 + part(*a)).product::<f64>() - 1.0;
        let curves = Curves::new(4, 5, 1_025, 4).unwrap();
        let rows = curves.sample(3);
        assert_eq!(rows, curves.sample(3));
        assert!(rows.iter().flatten().all(|x| (0.0..=1.0).contains(x)));
        let output: Vec<f64> = rows
            .iter()
            .map(|x| x.iter().zip(a).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product())
            .collect();
        let found = curves.indices(&output, &Confidence::default()).unwrap();
        for (of, own) in a.iter().enumerate() {
            let first = find(&found, IndexKind::FirstOrder, of).unwrap();
            let total = find(&found, IndexKind::TotalOrder, of).unwrap();
            let share = part(*own) / variance;
            let others: f64 = a.iter().enumerate().filter(|(i, _)| *i != of).map(|(_, a)| 1.0 + part(*a)).product();
            assert!((first.value - share).abs() < 0.02, "{first:?} {share}");
            assert!((total.value - share * others).abs() < 0.03, "{total:?} {}", share * others);
            assert!(first.interval.is_some() && total.interval.is_some());
        }
    }

    #[test]
    fn a_single_curve_has_no_interval_and_too_short_a_curve_is_none() {
        assert!(Curves::new(2, 1, 64, 4).is_none());
        let curves = Curves::new(2, 1, 65, 4).unwrap();
        let output: Vec<f64> = curves.sample(1).iter().map(|x| x[0] + x[1]).collect();
        let found = curves.indices(&output, &Confidence::default()).unwrap();
        assert!(found.iter().all(|one| one.interval.is_none() && !one.resolved));
        assert_eq!(curves.indices(&vec![1.0; 130], &Confidence::default()), Err(NoIndices::DoesNotVary));
    }
}
