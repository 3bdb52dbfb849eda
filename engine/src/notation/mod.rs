//! How models are written down: text to model and back.

pub mod vensim;
