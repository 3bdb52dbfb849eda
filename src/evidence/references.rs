//! What every figure refers to: the register of sources, and the prices of one year in those of another.

use std::sync::Arc;

use engine::diagnostic::Diagnostics;

use super::deflators::Deflators;
use super::sources::SourceRegistry;

/// What every figure refers to: sources and deflators.
#[derive(Debug, Clone, PartialEq)]
pub struct References {
    /// Where numbers come from.
    pub sources: SourceRegistry,
    /// Prices of one year in prices of another.
    pub deflators: Deflators,
}

impl References {
    /// Reads `sources.toml` and `deflators.toml`, each given by its name and its text.
    ///
    /// # Errors
    /// Everything that is wrong with either.
    pub fn read(sources: (&Arc<str>, &str), deflators: (&Arc<str>, &str)) -> Result<(Self, Diagnostics), Diagnostics> {
        let (sources, mut found) = SourceRegistry::read(sources.0, sources.1)?;
        let (deflators, more) = Deflators::read(deflators.0, deflators.1, &sources)?;
        found.extend(more);
        Ok((Self { sources, deflators }, found))
    }
}
