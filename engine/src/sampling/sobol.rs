//! Sobol' points: draws that fill all that is possible evenly, in many uncertainties at once.
//!
//! Sobol' IM (1967), "On the distribution of points in a cube and the approximate evaluation of integrals", USSR
//! Computational Mathematics and Mathematical Physics 7(4), 86-112, with the direction numbers of Joe S, Kuo FY (2008),
//! "Constructing Sobol' sequences with better two-dimensional projections", SIAM Journal on Scientific Computing 30,
//! 2635-2654, in the order of Antonov IA, Saleev VM (1979) (Gray code), and the scrambling of Owen AB (1995),
//! "Randomly permuted (t,m,s)-nets and (t,s)-sequences".
//!
//! The first 2^k points are even in a way that no other number of points is: take powers of two.

use super::scramble::Scramble;
use super::stream::{Purpose, Stream, open_unit};

/// Dimensions for which Joe and Kuo give direction numbers.
pub const DIMENSIONS: usize = 21_201;

/// Their numbers, packed; joe_kuo/README.md tells how. Nothing is read of it but the dimension asked for.
static PACKED: &[u8] = include_bytes!("joe_kuo/directions.bin");

/// How many primitive polynomials over two elements there are of degree 1, 2, ... 18.
const POLYNOMIALS: [usize; 18] = [1, 1, 2, 2, 6, 6, 18, 16, 48, 60, 176, 144, 630, 756, 1_800, 2_048, 7_710, 7_776];

/// Columns kept of each generating matrix: the index of a point has no more digits.
const COLUMNS: usize = 64;

/// One dimension of the sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sobol {
    directions: [u64; COLUMNS],
}

impl Sobol {
    /// A dimension, the first of which is 0; `None` from [`DIMENSIONS`] on. Low dimensions are the best spread in pairs,
    /// so what matters most belongs there.
    pub fn new(dimension: usize) -> Option<Self> {
        let mut m = [1_u64; COLUMNS];
        if dimension > 0 {
            let (degree, mut offset) = locate(dimension)?;
            let inner = take(&mut offset, degree - 1);
            for (i, m) in m.iter_mut().enumerate().take(degree).skip(1) {
                *m = (take(&mut offset, i) << 1) | 1;
            }
            for i in degree..COLUMNS {
                // m_i = 2 a_1 m_(i-1) + 4 a_2 m_(i-2) + ... + 2^s m_(i-s) + m_(i-s), added without carrying.
                let mut next = m[i - degree] ^ m[i - degree].wrapping_shl(degree as u32);
                for k in 1..degree {
                    if (inner >> (degree - 1 - k)) & 1 == 1 {
                        next ^= m[i - k] << k;
                    }
                }
                m[i] = next;
            }
        }
        Some(Self { directions: std::array::from_fn(|i| m[i] << (COLUMNS - 1 - i)) })
    }

    /// The binary digits of a point after the point, the first of them highest: the number times 2^64. Point 0 is 0.
    pub fn digits(&self, index: u64) -> u64 {
        let gray = index ^ (index >> 1);
        (0..COLUMNS).filter(|i| (gray >> i) & 1 == 1).fold(0, |digits, i| digits ^ self.directions[i])
    }

    /// A point as it is, from 0 (the first) to below 1. For use in a study, scramble it: see [`scrambled`].
    pub fn point(&self, index: u64) -> f64 {
        (self.digits(index) >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }
}

/// A scrambled point: coordinate `dimension` of point `index` in the sequence that belongs to `seed`, strictly between
/// 0 and 1, a multiple of 2^-53; `None` from [`DIMENSIONS`] on. Another seed is an independent scrambling.
///
/// It reads the direction numbers anew for each point: for a column of points, see [`column`].
pub fn point(seed: u64, index: u64, dimension: usize) -> Option<f64> {
    Some(scrambled(&Sobol::new(dimension)?, &scramble_of(seed, dimension), index))
}

/// The first `points` scrambled points of a dimension: the same numbers as [`point`] gives.
pub fn column(seed: u64, points: u64, dimension: usize) -> Option<Vec<f64>> {
    let (sobol, scramble) = (Sobol::new(dimension)?, scramble_of(seed, dimension));
    Some((0..points).map(|index| scrambled(&sobol, &scramble, index)).collect())
}

/// A point of a dimension under a scrambling.
pub(super) fn scrambled(sobol: &Sobol, scramble: &Scramble, index: u64) -> f64 {
    open_unit(scramble.digits(sobol.digits(index)))
}

fn scramble_of(seed: u64, dimension: usize) -> Scramble {
    Scramble::new(&mut Stream::keyed(Purpose::Dimension, seed, dimension as u64, ""))
}

/// The degree of a dimension's polynomial and the bit at which its numbers begin.
fn locate(dimension: usize) -> Option<(usize, usize)> {
    let mut before = dimension - 1;
    let mut offset = 0;
    for (i, count) in POLYNOMIALS.into_iter().enumerate() {
        let degree = i + 1;
        let bits = i * (degree + 2) / 2;
        if before < count {
            return Some((degree, offset + before * bits));
        }
        before -= count;
        offset += count * bits;
    }
    None
}

/// The number in the next `width` bits.
fn take(offset: &mut usize, width: usize) -> u64 {
    let bits = *offset..*offset + width;
    *offset = bits.end;
    bits.fold(0, |number, bit| (number << 1) | u64::from((PACKED[bit / 8] >> (7 - bit % 8)) & 1))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{DIMENSIONS, PACKED, Sobol, column, locate, point};

    const NEAR: &str = include_str!("../../../tests/reference/sobol/near.csv");
    const FAR: &str = include_str!("../../../tests/reference/sobol/far.csv");

    #[test]
    fn the_points_are_those_of_scipy_and_salib() {
        let dimensions: Vec<Sobol> = (0..20).map(|dimension| Sobol::new(dimension).unwrap()).collect();
        assert_eq!(NEAR.lines().count(), 256);
        for (index, line) in NEAR.lines().enumerate() {
            for (dimension, number) in line.split(',').enumerate() {
                let number: f64 = number.parse().unwrap();
                assert_eq!(dimensions[dimension].point(index as u64), number, "point {index}, dimension {dimension}");
            }
        }
    }

    #[test]
    fn far_dimensions_are_those_of_scipy() {
        assert!(FAR.lines().count() > 60);
        for line in FAR.lines().skip(1) {
            let mut numbers = line.split(',').map(|number| number.parse::<usize>().unwrap());
            let dimension = numbers.next().unwrap();
            let sobol = Sobol::new(dimension).unwrap();
            for (index, number) in numbers.enumerate() {
                assert_eq!(sobol.point(index as u64), number as f64 / 256.0, "point {index}, dimension {dimension}");
            }
        }
        assert!(FAR.lines().any(|line| line.starts_with("21200,")));
    }

    #[test]
    fn every_dimension_is_packed_and_no_bit_is_left() {
        let (degree, offset) = locate(DIMENSIONS - 1).unwrap();
        let end = offset + (degree - 1) * (degree + 2) / 2;
        assert_eq!(end.div_ceil(8), PACKED.len());
        assert_eq!(locate(DIMENSIONS), None);
        assert_eq!(point(1, 0, DIMENSIONS), None);
    }

    /// In every elementary interval of 2^-k there is one of the first 2^k points, of the next 2^k, and so on.
    #[test]
    fn blocks_of_two_to_the_k_have_one_point_in_each_interval() {
        for dimension in [0, 1, 2, 17, 400, 9_999, DIMENSIONS - 1] {
            let numbers = column(5, 4_096, dimension).unwrap();
            for k in 0..=12 {
                for block in numbers.chunks(1 << k) {
                    let mut seen = vec![false; 1 << k];
                    for x in block {
                        assert!(*x > 0.0 && *x < 1.0);
                        let cell = (x * f64::from(1 << k)) as usize;
                        assert!(!std::mem::replace(&mut seen[cell], true), "dimension {dimension}, k {k}");
                    }
                }
            }
        }
    }

    /// The first two dimensions: every rectangle of area 2^-k, whatever its shape, has one of 2^k points.
    #[test]
    fn the_first_two_dimensions_fill_every_rectangle() {
        let (x, y) = (column(6, 1_024, 0).unwrap(), column(6, 1_024, 1).unwrap());
        for k in 0..=10 {
            for block in 0..(1_024 >> k) {
                for wide in 0..=k {
                    let mut seen = vec![false; 1 << k];
                    for i in (block << k)..((block + 1) << k) {
                        let cell = ((x[i] * f64::from(1 << wide)) as usize) << (k - wide)
                            | (y[i] * f64::from(1 << (k - wide))) as usize;
                        assert!(!std::mem::replace(&mut seen[cell], true));
                    }
                }
            }
        }
    }

    /// The root mean square error, over scramblings, of a smooth function of five uncertainties with interactions.
    fn error(points: u64) -> f64 {
        let scramblings = 40;
        let squares: f64 = (0..scramblings)
            .map(|seed| {
                let columns: Vec<Vec<f64>> = (0..5).map(|d| column(seed, points, d).unwrap()).collect();
                let sum: f64 = (0..points as usize)
                    .map(|i| {
                        columns
                            .iter()
                            .map(|column| 1.0 + (column[i] - 0.5) + (column[i] - 0.5).powi(3))
                            .product::<f64>()
                    })
                    .sum();
                (sum / points as f64 - 1.0).powi(2)
            })
            .sum();
        (squares / scramblings as f64).sqrt()
    }

    /// Owen (1997), "Scrambled net variance for integrals of smooth functions": the error falls as n^-3/2, up to
    /// logarithms, where chance would have n^-1/2. From 64 to 4,096 points it must fall by more than 64^1.2 = 147 times.
    #[test]
    fn the_error_of_a_mean_falls_faster_than_the_number_of_points() {
        let (few, many) = (error(64), error(4_096));
        assert!(few / many > 147.0, "{few} to {many}");
        // At random its standard deviation would be about 0.09 at 64 draws.
        assert!(few < 0.02);
    }

    /// Correlations of one point's coordinates over scramblings, and of columns of different scramblings.
    #[test]
    fn scramblings_are_independent() {
        let n = 4_000_u64;
        let coordinates =
            |index, dimension| -> Vec<f64> { (0..n).map(|seed| point(seed, index, dimension).unwrap()).collect() };
        let pairs = [
            (coordinates(0, 0), coordinates(1, 0)),
            (coordinates(0, 0), coordinates(0, 1)),
            (coordinates(2, 3), coordinates(5, 4)),
            (column(1, n, 3).unwrap(), column(2, n, 4).unwrap()),
        ];
        for (pair, (a, b)) in pairs.iter().enumerate() {
            let sum: f64 = a.iter().zip(b).map(|(x, y)| (x - 0.5) * (y - 0.5)).sum();
            // Points 0 and 1 lie in different halves under every scrambling: there the correlation is -1/2 and more.
            let (correlation, expected) = (sum * 12.0 / n as f64, if pair == 0 { -0.75 } else { 0.0 });
            assert!((correlation - expected).abs() < 4.0 / (n as f64).sqrt(), "{pair}: {correlation}");
        }
        // One point alone is uniform over scramblings.
        let mut alone = coordinates(7, 11);
        alone.sort_by(f64::total_cmp);
        let distance =
            alone.iter().enumerate().map(|(i, x)| (x - (i as f64 + 0.5) / n as f64).abs()).fold(0.0, f64::max);
        assert!(distance < 1.95 / (n as f64).sqrt(), "{distance}");
    }
}
