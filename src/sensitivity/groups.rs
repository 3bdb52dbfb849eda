//! Inputs that are varied together and have one index between them.

/// Which inputs move together. Without groups each input is one of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Groups {
    of_input: Vec<usize>,
    count: usize,
}

impl Groups {
    /// Each of so many inputs alone.
    pub fn single(inputs: usize) -> Self {
        Self { of_input: (0..inputs).collect(), count: inputs }
    }

    /// The group of each input, as numbers without gaps from 0; `None` if a number is left out.
    pub fn new(of_input: Vec<usize>) -> Option<Self> {
        let count = of_input.iter().max().map_or(0, |last| last + 1);
        (0..count).all(|group| of_input.contains(&group)).then_some(Self { of_input, count })
    }

    /// How many groups there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// How many inputs there are.
    pub fn inputs(&self) -> usize {
        self.of_input.len()
    }

    /// The group of an input.
    pub fn of(&self, input: usize) -> usize {
        self.of_input[input]
    }

    /// How many inputs are in a group.
    pub fn size(&self, group: usize) -> usize {
        self.of_input.iter().filter(|own| **own == group).count()
    }
}

#[cfg(test)]
mod tests {
    use super::Groups;

    #[test]
    fn groups_have_no_gaps() {
        assert_eq!(Groups::new(vec![0, 2]), None);
        let groups = Groups::new(vec![1, 0, 1]).map(|groups| (groups.count(), groups.inputs(), groups.size(1)));
        assert_eq!(groups, Some((2, 3, 2)));
        assert_eq!(Groups::single(4).count(), 4);
    }
}
