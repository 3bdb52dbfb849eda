//! The study that the benches measure.

use wellspring::study::StudyTexts;

/// All texts of the study `one-per-cent`.
pub fn texts() -> StudyTexts {
    StudyTexts::shipped("one-per-cent").unwrap()
}
