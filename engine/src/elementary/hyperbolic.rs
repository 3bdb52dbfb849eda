//! Hyperbolic functions and the gamma function's logarithm: those of the `libm` crate, which is plain Rust and the same on
//! every machine.

/// The hyperbolic sine.
pub fn sinh(x: f64) -> f64 {
    libm::sinh(x)
}

/// The hyperbolic cosine.
pub fn cosh(x: f64) -> f64 {
    libm::cosh(x)
}

/// The hyperbolic tangent.
pub fn tanh(x: f64) -> f64 {
    libm::tanh(x)
}

/// The logarithm of the gamma function.
pub fn gamma_ln(x: f64) -> f64 {
    libm::lgamma(x)
}
