//! Whether people and money are accounted for in every run: beyond rounding, nothing is lost and nothing comes from nowhere.

use crate::appraisal::chart::Chart;
use engine::ensemble::DrawBlock;

/// Looks at every audit and balance of a chart in every run of a block. `lost` is told of each that does not hold: the arm, the
/// name, the lane, and the first time with what is lost then.
pub(super) fn audit(
    chart: &Chart,
    arms: usize,
    times: &[f64],
    block: &DrawBlock,
    lost: &mut dyn FnMut(usize, &str, usize, f64, f64),
) {
    let mut look = |name: &str, amount: &dyn Fn(usize, usize, usize) -> Option<f64>| {
        for arm in 0..arms {
            for lane in 0..block.draws {
                let worst = (0..times.len()).find_map(|report| Some((report, amount(arm, report, lane)?)));
                if let Some((report, value)) = worst {
                    lost(arm, name, lane, times[report], value);
                }
            }
        }
    };
    for (outcome, tolerance, name) in &chart.audits {
        look(name, &|arm, report, lane| {
            let value = block.lanes(arm, *outcome, report)[lane];
            (value.abs() > *tolerance).then_some(value)
        });
    }
    for balance in &chart.balances {
        look(balance.name, &|arm, report, lane| {
            let side = |outcomes: &[usize]| {
                let values = outcomes.iter().map(|outcome| block.lanes(arm, *outcome, report)[lane]);
                values.fold((0.0, 0.0), |(sum, size), value| (sum + value, size + value.abs()))
            };
            let ((one, size), (other, more)) = (side(&balance.one), side(&balance.other));
            ((one - other).abs() > BALANCED * (size + more)).then_some(one - other)
        });
    }
}

/// Sums that differ by less than this part of what is summed differ by rounding.
const BALANCED: f64 = 1e-9;
