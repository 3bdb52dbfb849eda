//! Residents of each group of the accounts when the runs begin: by their heads a return is spread over the groups.

use crate::scenario::Accounts;
use engine::diagnostic::Diagnostics;
use engine::structure::Structure;

use super::lookup::find;
use super::sharing::at_the_start;

/// Residents of each group as the runs begin, the most deprived first; none if the accounts do not name a population.
pub(super) fn residents(structure: &Structure, accounts: &Accounts, found: &mut Diagnostics) -> Vec<(String, f64)> {
    let Some(population) = &accounts.population else { return Vec::new() };
    let scalars = find(structure, population, std::slice::from_ref(&accounts.ranges.group), found);
    let values = at_the_start(structure, scalars.iter().map(|(scalar, _)| *scalar).collect());
    let mut residents: Vec<(String, f64)> = Vec::new();
    for (scalar, group) in scalars {
        let people = values.get(&scalar).copied().unwrap_or(0.0);
        match residents.iter_mut().find(|(known, _)| *known == group) {
            Some((_, sum)) => *sum += people,
            None => residents.push((group, people)),
        }
    }
    residents
}
