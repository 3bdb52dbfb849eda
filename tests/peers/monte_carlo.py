"""Write tests/reference/monte_carlo/: a sample, its mean and quantiles as numpy and scipy reckon them, and widths of Student's t.

    pip install numpy==2.4.6 scipy==1.17.1
    python tests/peers/monte_carlo.py
"""

import json
import pathlib

import numpy as np
from scipy import stats

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "reference" / "monte_carlo"
DRAWS = 2000


def main():
    x = np.sort(np.random.Generator(np.random.PCG64(20)).lognormal(0, 1, DRAWS))
    np.savetxt(FOLDER / "lognormal_2000.csv", x, fmt="%.17g")
    student = [{"degrees": d, "width95": float(stats.t.ppf(0.975, d))} for d in (1, 2, 7, 15, 31, 1000)]
    found = {
        "n": DRAWS,
        "mean": float(x.mean()),
        "mcse_mean": float(x.std(ddof=1) / np.sqrt(DRAWS)),
        "quantiles": [
            {"p": p, "quantile_type7": float(np.quantile(x, p))} for p in (0.05, 0.25, 0.5, 0.75, 0.95)
        ],
        "student": student,
    }
    (FOLDER / "reference.json").write_text(json.dumps(found, indent=1) + "\n")


main()
