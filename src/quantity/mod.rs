//! Money, years, rates: numbers that know what they are.
