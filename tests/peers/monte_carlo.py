"""Write tests/reference/monte_carlo/: a sample, and the errors of its mean and quantiles as scipy reckons them.

    pip install numpy==2.4.6 scipy==1.17.1
    python tests/peers/monte_carlo.py
"""

import json
import pathlib

import numpy as np
from scipy import stats

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "reference" / "monte_carlo"
DRAWS = 2000
ONE_STANDARD_ERROR = stats.norm.cdf([-1, 1])


def of_quantile(x, p):
    n = len(x)
    times = stats.binom(n, p)
    # Draw l (counted from 1) lies above the quantile with probability P(fewer than l draws below it).
    low = max(k for k in range(1, n + 1) if times.cdf(k - 1) <= 0.025)
    high = min(k for k in range(1, n + 1) if times.sf(k - 1) <= 0.025)
    # Vehtari and others (2021), section 4: the ranks one standard error to either side, from the beta distribution.
    below, above = stats.beta(n * p + 1, n * (1 - p) + 1).ppf(np.round(ONE_STANDARD_ERROR, 7))
    first, last = max(int(np.floor(below * n)), 1), min(int(np.ceil(above * n)), n)
    return {
        "p": p,
        "quantile_type7": float(np.quantile(x, p)),
        "l": low,
        "u": high,
        "ci95": [float(x[low - 1]), float(x[high - 1])],
        "coverage": float(times.cdf(high - 1) - times.cdf(low - 1)),
        "mcse": float((x[last - 1] - x[first - 1]) / 2),
        "truth": float(np.exp(stats.norm.ppf(p))),
    }


def main():
    x = np.sort(np.random.Generator(np.random.PCG64(20)).lognormal(0, 1, DRAWS))
    np.savetxt(FOLDER / "lognormal_2000.csv", x, fmt="%.17g")
    wilson = [
        {"yes": yes, "draws": n, "ci95": list(stats.binomtest(yes, n).proportion_ci(0.95, method="wilson"))}
        for yes, n in [(0, 50), (3, 40), (700, 1000), (1024, 1024)]
    ]
    student = [{"degrees": d, "width95": float(stats.t.ppf(0.975, d))} for d in (1, 2, 7, 15, 31, 1000)]
    found = {
        "n": DRAWS,
        "mean": float(x.mean()),
        "mcse_mean": float(x.std(ddof=1) / np.sqrt(DRAWS)),
        "quantiles": [of_quantile(x, p) for p in (0.05, 0.25, 0.5, 0.75, 0.95)],
        "wilson": wilson,
        "student": student,
    }
    (FOLDER / "reference.json").write_text(json.dumps(found, indent=1) + "\n")


main()
