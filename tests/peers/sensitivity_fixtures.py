"""Samples of two test functions and their sensitivity indices by SALib, numpy and scipy.

    python3 -m venv peers && peers/bin/pip install SALib==1.6.0 numpy scipy
    peers/bin/python tests/peers/sensitivity_fixtures.py FOLDER

It writes the kind of files that tests/reference/sensitivity/ holds, to be compared by the same tests: samples and outputs as
compressed tables of 17 digits, indices as JSON. Samples are drawn by SALib, so another version may draw others; the indices belong
to the sample that is written beside them.
"""

import gzip
import json
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
from SALib.analyze import delta, fast, morris, pawn, rbd_fast, sobol
from SALib.sample import fast_sampler, latin
from SALib.sample import morris as trajectories
from SALib.sample import sobol as saltelli
from scipy.stats import rankdata

FOLDER = Path(sys.argv[1])
SHARES = np.array([0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0])


def ishigami(x):
    return np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def sobol_g(x):
    return np.prod((np.abs(4.0 * x - 2.0) + SHARES) / (1.0 + SHARES), axis=1)


def problem(inputs, low, high):
    return {"num_vars": inputs, "names": [f"x{i + 1}" for i in range(inputs)], "bounds": [[low, high]] * inputs}


FUNCTIONS = {
    "ishigami": (ishigami, problem(3, -np.pi, np.pi)),
    "sobolg": (sobol_g, problem(8, 0.0, 1.0)),
}


def write_table(name, values):
    rows = np.asarray(values).reshape(len(values), -1)
    lines = (",".join(f"{cell:.17g}" for cell in row) for row in rows)
    # No time of writing in the file, so that the same numbers are the same bytes.
    with open(FOLDER / f"{name}.csv.gz", "wb") as out, gzip.GzipFile("", "wb", 9, out, mtime=0) as packed:
        packed.write(("\n".join(lines) + "\n").encode())


def plain(value):
    """What JSON can hold; no number becomes null."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(inner) for inner in value]
    if isinstance(value, (bool, str)) or value is None:
        return value
    number = float(value)
    if not np.isfinite(number):
        return None
    return int(number) if isinstance(value, (int, np.integer)) else number


def write_indices(name, **indices):
    (FOLDER / f"{name}.json").write_text(json.dumps(plain(indices), indent=1))


def sample(name, function, points):
    output = FUNCTIONS[function][0](points)
    write_table(f"{name}_X", points)
    write_table(f"{name}_Y", output)
    return output


def laid_out():
    for name, function, base, second in [
        ("ishigami", "ishigami", 1024, True),
        ("ishigami_first", "ishigami", 256, False),
        ("sobolg", "sobolg", 512, True),
    ]:
        about = FUNCTIONS[function][1]
        points = saltelli.sample(about, base, calc_second_order=second, scramble=False)
        output = sample(f"sobol_{name}", function, points)
        found = sobol.analyze(about, output, calc_second_order=second, seed=1)
        write_indices(f"sobol_{name}_indices", N=base, calc_second_order=second, **found)
    for function, levels in [("ishigami", 4), ("sobolg", 6)]:
        about = FUNCTIONS[function][1]
        points = trajectories.sample(about, 64, num_levels=levels, seed=1)
        output = sample(f"morris_{function}", function, points)
        found = morris.analyze(about, points, output, num_levels=levels, seed=1)
        write_indices(f"morris_{function}_indices", num_levels=levels, **found)
    about = FUNCTIONS["ishigami"][1]
    output = sample("efast_ishigami", "ishigami", fast_sampler.sample(about, 1000, M=4, seed=1))
    write_indices("efast_ishigami", N=1000, M=4, **fast.analyze(about, output, M=4, seed=1))


def whole_delta(points, output):
    """Delta and first order of the whole sample: what SALib publishes are means over resamples."""
    rows = len(output)
    classes = round(min(np.ceil(rows ** (2 / (7 + np.tanh((1500 - rows) / 500)))), 48))
    ends = np.linspace(0, rows, classes + 1)
    grid = np.linspace(output.min(), output.max(), 100)
    inputs = points.T
    return {
        "N": rows,
        "M": classes,
        "delta_hat": [delta.calc_delta(output, grid, column, ends) for column in inputs],
        "S1": [delta.sobol_first(output, column, ends) for column in inputs],
    }


def residual(column, others):
    design = np.column_stack([np.ones(len(column)), others])
    return column - design @ np.linalg.lstsq(design, column, rcond=None)[0]


def partial(points, output):
    each = range(points.shape[1])
    left = [(residual(points[:, j], np.delete(points, j, 1)), residual(output, np.delete(points, j, 1))) for j in each]
    return [np.corrcoef(x, y)[0, 1] for x, y in left]


def coefficients(points, output):
    scaled = (points - points.mean(0)) / points.std(0)
    return np.linalg.lstsq(scaled, (output - output.mean()) / output.std(), rcond=None)[0]


def given():
    about = FUNCTIONS["ishigami"][1]
    points = latin.sample(about, 1000, seed=1)
    output = sample("lhs_ishigami", "ishigami", points)
    write_indices("pawn_ishigami", S=10, **pawn.analyze(about, points, output, S=10, seed=1))
    write_indices("rbd_fast_ishigami", M=10, **rbd_fast.analyze(about, points, output, M=10, seed=1))
    write_indices("delta_ishigami", **delta.analyze(about, points, output, seed=1))
    write_indices("delta_dhat_ishigami", **whole_delta(points, output))
    levels = [0, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 1]
    write_indices("quantiles_type7_ishigami_lhs", q=levels, type7=np.quantile(output, levels))

    points = latin.sample(FUNCTIONS["sobolg"][1], 1000, seed=1)
    output = sample("lhs_sobolg", "sobolg", points)
    ranked, ranks = np.apply_along_axis(rankdata, 0, points), rankdata(output)
    write_indices(
        "rank_measures_sobolg",
        spearman=[np.corrcoef(column, ranks)[0, 1] for column in ranked.T],
        pcc=partial(points, output),
        prcc=partial(ranked, ranks),
        src=coefficients(points, output),
        srrc=coefficients(ranked, ranks),
    )


def known():
    """The indices of both functions by their formulas."""
    first = 0.5 * (1 + 0.1 * np.pi**4 / 5) ** 2
    second, together = 49 / 8, 0.01 * np.pi**8 * (1 / 18 - 1 / 50)
    variance = first + second + together
    parts = 1 / 3 / (1 + SHARES) ** 2
    spread = np.prod(1 + parts) - 1
    total = [part * np.prod(1 + np.delete(parts, j)) / spread for j, part in enumerate(parts)]
    write_indices(
        "analytic_truth",
        ishigami={
            "S1": [first / variance, second / variance, 0.0],
            "ST": [(first + together) / variance, second / variance, together / variance],
        },
        sobol_g={"S1": parts / spread, "ST": total},
    )


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    laid_out()
    given()
    known()
    write_indices("meta", **{name: version(name) for name in ("SALib", "numpy", "scipy")})
