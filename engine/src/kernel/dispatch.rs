//! Which of the processor's instruction sets carries the program out; every one gives the same bits.
//!
//! The only unsafe code of the kernel: calling the versions compiled for wider vectors, where the processor has them.
#![allow(unsafe_code)]

use std::fmt;

use crate::kernel::instruction::{Instruction, Memory, execute};

/// A width of vectors that the kernel was compiled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InstructionSet(Width);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Width {
    Baseline,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl InstructionSet {
    /// What every processor of this kind has.
    pub const BASELINE: Self = Self(Width::Baseline);

    /// Those that this processor has, narrowest first.
    pub fn available() -> Vec<Self> {
        #[cfg_attr(not(target_arch = "x86_64"), allow(unused_mut))]
        let mut sets = vec![Self::BASELINE];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") {
                sets.push(Self(Width::Avx2));
                if is_x86_feature_detected!("avx512f") {
                    sets.push(Self(Width::Avx512));
                }
            }
        }
        sets
    }

    /// The widest that this processor has, or the one named in the environment's `WELLSPRING_ISA` (`baseline`, `avx2` or
    /// `avx512`) if it has that.
    pub fn chosen() -> Self {
        let widest = Self::available().last().copied().unwrap_or(Self::BASELINE);
        Self::wished().ok().flatten().unwrap_or(widest)
    }

    /// The one named in the environment's `WELLSPRING_ISA`, if it names any.
    ///
    /// # Errors
    /// It names none that this processor has: what it names.
    pub fn wished() -> Result<Option<Self>, String> {
        let wish = std::env::var_os("WELLSPRING_ISA").unwrap_or_default().to_string_lossy().into_owned();
        if wish.is_empty() {
            return Ok(None);
        }
        Self::available().into_iter().find(|set| set.name() == wish).map(Some).ok_or(wish)
    }

    /// `baseline`, `avx2` or `avx512`.
    pub fn name(self) -> &'static str {
        match self.0 {
            Width::Baseline => "baseline",
            #[cfg(target_arch = "x86_64")]
            Width::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Width::Avx512 => "avx512",
        }
    }

    /// Carries out instructions one after another.
    #[inline]
    pub(super) fn execute(self, instructions: &[Instruction], memory: Memory<'_>) {
        match self.0 {
            Width::Baseline => execute_baseline(instructions, memory),
            // SAFETY: only `available` makes an `InstructionSet` of this width, after asking the processor for it.
            #[cfg(target_arch = "x86_64")]
            Width::Avx2 => unsafe { execute_avx2(instructions, memory) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Width::Avx512 => unsafe { execute_avx512(instructions, memory) },
        }
    }
}

impl fmt::Display for InstructionSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Stamps the one loop over instructions for a set of the processor's features.
macro_rules! stamp {
    ($(#[$feature:meta])* $name:ident) => {
        $(#[$feature])*
        fn $name(instructions: &[Instruction], memory: Memory<'_>) {
            execute(instructions, memory);
        }
    };
}

stamp!(execute_baseline);
stamp!(
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    execute_avx2
);
stamp!(
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,avx512f")]
    execute_avx512
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_processor_has_the_baseline_and_names_are_told_apart() {
        let sets = InstructionSet::available();
        assert_eq!(sets[0], InstructionSet::BASELINE);
        assert!(sets.windows(2).all(|pair| pair[0] < pair[1] && pair[0].name() != pair[1].name()));
        assert!(sets.contains(&InstructionSet::chosen()));
    }
}
