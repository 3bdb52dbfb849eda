//! What the next effect costs: strategies in order of cost, the dominated ones named, the ratio of each step.
//!
//! Cantor SB (1994), "Cost-effectiveness analysis, extended dominance, and ethics", Med Decis Making 14: 259-265.

use super::consequences::{Consequences, average, sum};
use crate::appraisal::statistic::{Estimate, mean};

/// A strategy in the incremental analysis.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The strategy.
    pub strategy: usize,
    /// Its mean cost, pounds.
    pub cost: Estimate,
    /// Its mean effect.
    pub effect: Estimate,
    /// Where it stands.
    pub standing: Standing,
}

/// Where a strategy stands among the others.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// The cheapest strategy that nothing dominates: the others are compared to it.
    First,
    /// On the frontier of efficient strategies.
    Efficient {
        /// The efficient strategy before it.
        after: usize,
        /// What it costs more, paired.
        cost: Estimate,
        /// What it brings more, paired.
        effect: Estimate,
        /// The incremental cost-effectiveness ratio, pounds for one effect, with its error by the delta method.
        ratio: Estimate,
    },
    /// Another costs no more and brings no less.
    Dominated {
        /// That other.
        by: usize,
    },
    /// A mixture of two others brings as much for less.
    ExtendedDominated {
        /// Those two.
        by: (usize, usize),
    },
}

/// The incremental analysis, in the order of mean cost (of equals, the more effective first, then the one named first).
pub fn incremental(consequences: &Consequences) -> Vec<Step> {
    let strategies = consequences.strategies();
    let cost: Vec<f64> = (0..strategies).map(|one| average(consequences.costs(one))).collect();
    let effect: Vec<f64> = (0..strategies).map(|one| average(consequences.effects(one))).collect();
    let mut order: Vec<usize> = (0..strategies).collect();
    order.sort_by(|one, other| {
        cost[*one].total_cmp(&cost[*other]).then(effect[*other].total_cmp(&effect[*one])).then(one.cmp(other))
    });
    let mut standing: Vec<Option<Standing>> = vec![None; strategies];
    let mut frontier: Vec<usize> = Vec::new();
    for one in &order {
        // Whoever stands earlier costs no more.
        match frontier.last() {
            Some(last) if effect[*last] >= effect[*one] => standing[*one] = Some(Standing::Dominated { by: *last }),
            _ => frontier.push(*one),
        }
    }
    let ratio = |one: usize, other: usize| (cost[other] - cost[one]) / (effect[other] - effect[one]);
    // Ratios must rise along the frontier; whoever makes them fall is a waste between two others.
    let mut efficient: Vec<usize> = Vec::new();
    let mut wasteful: Vec<usize> = Vec::new();
    for one in frontier {
        while let [.., before, last] = efficient[..]
            && ratio(last, one) <= ratio(before, last)
        {
            efficient.pop();
            wasteful.push(last);
        }
        efficient.push(one);
    }
    for one in wasteful {
        let next = efficient.iter().position(|other| cost[*other] > cost[one]).unwrap_or(efficient.len() - 1).max(1);
        standing[one] = Some(Standing::ExtendedDominated { by: (efficient[next - 1], efficient[next]) });
    }
    for (index, one) in efficient.iter().enumerate() {
        let step = match index.checked_sub(1).and_then(|before| efficient.get(before)) {
            None => Standing::First,
            Some(before) => step(consequences, *before, *one),
        };
        standing[*one] = Some(step);
    }
    order
        .into_iter()
        .map(|strategy| Step {
            strategy,
            cost: mean(consequences.costs(strategy)),
            effect: mean(consequences.effects(strategy)),
            standing: standing[strategy].clone().expect("every strategy is dominated or efficient"),
        })
        .collect()
}

fn step(consequences: &Consequences, after: usize, strategy: usize) -> Standing {
    let difference = |own: &[f64], other: &[f64]| own.iter().zip(other).map(|(a, b)| a - b).collect::<Vec<f64>>();
    let costs = difference(consequences.costs(strategy), consequences.costs(after));
    let effects = difference(consequences.effects(strategy), consequences.effects(after));
    let (cost, effect) = (mean(&costs), mean(&effects));
    let value = cost.value / effect.value;
    let n = costs.len() as f64;
    // Costs less the ratio times effects have mean zero.
    let squares = sum(costs.iter().zip(&effects).map(|(cost, effect)| (cost - value * effect).powi(2)));
    let error = (squares / (n * (n - 1.0))).sqrt() / effect.value.abs();
    Standing::Efficient { after, cost, effect, ratio: Estimate { value, error } }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::{Standing, incremental};
    use crate::sensitivity::decision::Consequences;
    use crate::sensitivity::decision::fixture::normals;

    fn certain(rows: &[(f64, f64)]) -> Consequences {
        let costs = rows.iter().map(|row| vec![row.0; 2]).collect();
        Consequences::new(costs, rows.iter().map(|row| vec![row.1; 2]).collect()).unwrap()
    }

    /// Worked by hand: B is dominated by A; D lies above the line from A to E, at 4,000 where the line asks 3,000.
    #[test]
    fn dominance_and_extended_dominance() {
        let found =
            incremental(&certain(&[(0.0, 0.0), (50.0, -0.1), (30_000.0, 10.0), (20_000.0, 5.0), (60_000.0, 12.0)]));
        let order: Vec<usize> = found.iter().map(|step| step.strategy).collect();
        assert_eq!(order, [0, 1, 3, 2, 4]);
        assert_eq!(found[0].standing, Standing::First);
        assert_eq!(found[1].standing, Standing::Dominated { by: 0 });
        assert_eq!(found[2].standing, Standing::ExtendedDominated { by: (0, 2) });
        let Standing::Efficient { after: 0, ratio, .. } = found[3].standing else { panic!("{:?}", found[3]) };
        assert_eq!((ratio.value, ratio.error), (3_000.0, 0.0));
        let Standing::Efficient { after: 2, ratio, .. } = found[4].standing else { panic!("{:?}", found[4]) };
        assert_eq!(ratio.value, 15_000.0);
    }

    #[test]
    fn twins_are_dominated_by_the_first() {
        let found = incremental(&certain(&[(1.0, 1.0), (1.0, 1.0)]));
        assert_eq!(found[1].standing, Standing::Dominated { by: 0 });
    }

    /// The delta method's error is the spread of the ratio over samples.
    #[test]
    fn the_error_of_a_ratio_is_its_spread_over_seeds() {
        let (mut ratios, mut stated) = (Vec::new(), 0.0);
        for seed in 0..40 {
            let cost: Vec<f64> = normals(seed, 400, "cost").iter().map(|z| 1_000.0 + 300.0 * z).collect();
            let effect = normals(seed, 400, "effect").iter().map(|z| 0.5 + 0.2 * z).collect();
            let found =
                incremental(&Consequences::new(vec![vec![0.0; 400], cost], vec![vec![0.0; 400], effect]).unwrap());
            let Standing::Efficient { ratio, .. } = found[1].standing else { panic!("{found:?}") };
            ratios.push(ratio.value);
            stated += ratio.error / 40.0;
        }
        let mean = ratios.iter().sum::<f64>() / 40.0;
        let spread = (ratios.iter().map(|ratio| (ratio - mean).powi(2)).sum::<f64>() / 39.0).sqrt();
        assert!((0.7..1.4).contains(&(stated / spread)), "{stated} {spread}");
    }
}
