"""Writes output.csv for every case, from a formula or from PySD, never from the program under test.

    python -m venv venv && venv/bin/pip install "pysd==3.14.*" && venv/bin/python tests/cases/outputs.py
"""
import csv
import math
import shutil
import sys
import tempfile
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")
ROOT = Path(__file__).parent
PYSD = [
    "logistic", "sir", "delays", "smooths", "lookups", "subscripts", "except", "sample-if-true", "trend-forecast",
    "initial", "active-initial", "delay-fixed",
]
CONTROLS = {"INITIAL TIME", "FINAL TIME", "TIME STEP", "SAVEPER"}


def from_pysd(case):
    import pysd

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "model.mdl"
        shutil.copy(ROOT / case / "model.mdl", copy)
        results = pysd.read_vensim(str(copy)).run()
    columns = [name for name in results.columns if name not in CONTROLS and "(" not in name]
    numeric = [name for name in columns if results[name].map(lambda value: isinstance(value, (int, float))).all()]
    rows = [[time] + [float(results[name][time]) for name in numeric] for time in results.index]
    return numeric, rows


def times(last, step):
    return [n * step for n in range(round(last / step) + 1)]


def decay(factor):
    return ["Stock"], [[t, 100 * factor ** round(t / 0.25)] for t in times(10, 0.25)]


def constant(columns, last=1, step=0.5):
    return list(columns), [[t] + list(columns.values()) for t in times(last, step)]


def npv():
    accumulated, factor, rows, step, rate = 5.0, 1.0, [], 0.25, 0.035
    for t in times(10, step):
        stream = 100 + 10 * t
        rows.append([t, (accumulated + stream * step * factor) * 2])
        accumulated += step * stream * factor
        factor += step * (-factor * rate / (1 + rate * step))
    return ["Net present value"], rows


def pulses():
    step = 0.25

    def pulse(t, start, width):
        return float(start < t + step / 2 < start + max(width, step))

    def train(t, start, width, between, end):
        now = t + step / 2
        return float(start < now < end + step and math.fmod(now - start, between) < max(width, step))

    def ramp(t, slope, start, end):
        return slope * (min(t, end) - start) if t > start else 0.0

    columns = {
        "Step": lambda t: 3.0 * (t + step / 2 > 2),
        "Late step": lambda t: 3.0 * (t + step / 2 > 2.2),
        "Pulse": lambda t: pulse(t, 2, 1),
        "Short pulse": lambda t: pulse(t, 3, 0),
        "Uneven pulse": lambda t: pulse(t, 1.1, 0.3),
        "Train": lambda t: train(t, 1, 0.5, 2, 8),
        "Cut train": lambda t: train(t, 1, 1, 2, 7.5),
        "Narrow train": lambda t: train(t, 0.5, 0, 1.5, 10),
        "Crowded train": lambda t: train(t, 1, 2, 1, 5),
        "Ramp": lambda t: ramp(t, 2, 1, 4),
        "Backward ramp": lambda t: ramp(t, 2, 4, 1),
    }
    return list(columns), [[t] + [f(t) for f in columns.values()] for t in times(10, step)]


def functions():
    def row(t):
        x, y = t - 3.25, 2 + math.sin(t)
        chosen = 10 if (x > 0 and y < 2) or x == -1 else (20 if not x <= -2 else 30)
        return {
            "Smaller": min(x, y), "Larger": max(x, y), "Size": abs(x), "Root": math.sqrt(y), "Grown": math.exp(x),
            "Log e": math.log(y), "Log 10": math.log10(y), "Raised": y**x, "Raised also": y**3,
            "Left over": math.fmod(t, 1.5), "Whole": float(math.trunc(x)),
            "Waves": math.sin(x) + math.cos(x) * math.tan(x),
            "Angles": math.asin(x / 10) + math.acos(x / 10) - math.atan(x),
            "Safe": 0 if x == 0 else y / x, "Safe or": 99 if x == 0 else y / x, "Chosen": chosen,
            "Compared": (x != 0) + 2 * (y >= 2), "Signed": -(x**2) + 2, "Played": x,
        }  # fmt: skip

    rows = [(t, row(t)) for t in times(6, 0.25)]
    return list(rows[0][1]), [[t] + [float(value) for value in values.values()] for t, values in rows]


def macros():
    """Each use of SMOOTHED is S(t + dt) = S(t) + dt*(x(t) - S(t))/T with its own S, which begins at x."""
    step, last = 0.5, 6

    def smoothed(x, years):
        values = [x[0]]
        for now in x[:-1]:
            values.append(values[-1] + step * (now - values[-1]) / years)
        return values

    at = times(last, step)
    demand = [8.0 * (t + step / 2 > 1) for t in at]
    slow, fast = smoothed(demand, 4), smoothed(demand, 2)
    doubled = smoothed([2 * x for x in demand], 2)
    columns = {
        "Slow": slow, "Both": [a + b for a, b in zip(slow, doubled)], "Later": smoothed(fast, 2),
        "By age[Young]": fast, "By age[Old]": slow,
    }
    return list(columns), [[t] + [column[n] for column in columns.values()] for n, t in enumerate(at)]


def jumps():
    """Of two points with one x the first counts at x itself, the second from there on."""

    def a(t):
        return 2 * t if t <= 1 else 5 - (t - 1) / 2 if t <= 3 else 4.0

    def b(t):
        return 5 * t if t <= 1 else 5 - 3 * (t - 1) if t <= 2 else 2 + 2 * (t - 2) if t <= 3 else 4.0

    def c(t):
        return 1.0 if t == 0 else 2 + 2 * t / 3 if t < 3 else 4.0 if t == 3 else 7.0

    return ["a", "b", "c"], [[t, a(t), b(t), c(t)] for t in times(3.5, 0.5)]


def sums_of_products():
    size = range(1, 31)

    def a(d, e):
        return d + e / 8

    def y(t, d, e):
        return sum(a(i, j) * a(d, j) * 3 * a(i, e) * (t + i) for i in size for j in size)

    def w(t, d):
        return sum(a(i, j) * (t + d) * (t + i) for i in size for j in size)

    rows = [[t, y(t, 1, 1), y(t, 7, 30), y(t, 30, 30), w(t, 30)] for t in times(1, 1)]
    return ["First", "Mixed", "Last", "Wide"], rows


def train_end():
    # A pulse that is on at the end itself still counts; one step later it does not.
    on = {"p": lambda t: 2 <= t < 3 or 5 <= t < 6 or t == 8, "q": lambda t: 2 <= t < 4 or 5 <= t <= 6}
    return list(on), [[t] + [float(f(t)) for f in on.values()] for t in times(12, 0.25)]


def events():
    # 10 come in evenly each year, and all of it goes as the next begins, by any integrator.
    steps = times(4, 0.0625)
    return ["Fund", "Year begins"], [[t, 10.0 if t else 0.0, 1.0] for t in steps if t == int(t)]


def lookup_events():
    """Jumps as at the beginning of a step, lines as they are: by the formulas that README.md of the case gives."""

    def passed(t, since, most):
        return min(max(t - since, 0), most)

    def row(t):
        stairs = 10 * passed(t, 1.25, 1)
        sloping = passed(t, 0, 1) ** 2 + 2 * passed(t, 1, 2) - passed(t, 1, 2) ** 2 / 4 + passed(t, 3, 9)
        return [
            stairs, stairs, 10 * passed(t, 1.25, 9), sloping + 3 * passed(t, 1.25, 9),
            10 * passed(t, 0, 0.25) + 20 * passed(t, 0.25, 1), 10 * passed(t, 0, 1) + 20 * passed(t, 1, 1),
            3 * t + 4 * (math.floor(t) * 0.25 + passed(t, math.floor(t) + 0.75, 0.25)),
        ]  # fmt: skip

    columns = ["By stairs", "By the clock", "Late", "Sloping", "Forward", "Backward", "Seasons"]
    return columns, [[t] + row(t) for t in times(4, 0.25)]


def sampled_by_step(step=0.25):
    """Sums of what is shown at the beginnings of steps."""
    rows, sums = [], [0.0, 0.0, 0.0, 0.0]
    for t in times(3, step):
        sampled, before_one = 3 * (math.floor(t) + min(t - math.floor(t), 0.5)), min(t, 0.75)
        rows.append([t, sampled, before_one] + sums)
        flows = [sampled, before_one, 2 * before_one, (t + step / 2) * before_one]
        sums = [total + step * flow for total, flow in zip(sums, flows)]
    return ["Sampled", "Before one", "Of Time", "Of a stock", "By another name", "With Time"], rows


def oscillator(step=0.25):
    x, v, rows = 1.0, 0.0, []
    for t in times(20, step):
        rows.append([t, x, v])
        k = [(v, -x)]
        for part in (0.5, 0.5, 1):
            k.append((v + part * step * k[-1][1], -(x + part * step * k[-1][0])))
        x, v = (now + step / 6 * (k[0][i] + 2 * k[1][i] + 2 * k[2][i] + k[3][i]) for i, now in enumerate((x, v)))
    assert max(abs(row[1] - math.cos(row[0])) for row in rows) < 1e-3
    return ["x", "v"], rows


def lookup_readings():
    table, look = [(0, 0), (1, 2), (3, 4)], [(0, 1), (1, 1), (2, 2)]

    def line(a, b, x):
        return a[1] + (b[1] - a[1]) / (b[0] - a[0]) * (x - a[0])

    def inverse(y):
        return 0 if y <= 0 else y / 2 if y <= 2 else y - 1 if y <= 4 else 3

    rows = []
    for t in times(5, 0.5):
        x = t - 1
        beyond = line(table[0], table[1], x) if x < 1 else line(table[1], table[2], x)
        forward = next((y for at, y in look if at >= x), look[-1][1])
        backward = next((y for at, y in reversed(look) if at <= x), look[0][1])
        rows.append([t, beyond, forward, backward, inverse(x)])
    return ["Beyond", "Forward", "Backward", "Inverse"], rows


def of_elements(name, values, elements="ABC"):
    return {f"{name}[{element}]": value for element, value in zip(elements, values)}


def vectors():
    still = {
        **of_elements("Order", [1, 2, 0]), **of_elements("Falling", [0, 2, 1]), **of_elements("Rank", [3, 1, 2]),
        **of_elements("Sorted", [1, 2, 3]), **of_elements("Moved", [1, 2, 3]), "Next": 2,
        **of_elements("Ties", [1, 0, 2]), "Count": 3,
    }
    moving = {"Total": [50, 30, -1], "Least": [20, 30, -1], "Mean": [25, 30, -1]}
    rows = [[t, *still.values(), *(values[t] for values in moving.values())] for t in range(3)]
    return [*still, *moving], rows


FORMULAS = {
    "macros": macros,
    "lookup-jumps": jumps,
    "sums-of-products": sums_of_products,
    "partial-arrays": lambda: constant({"x[A]": 1, "y": 2}),
    "comments-and-units": lambda: constant({"y": 4, "z": 1, "rate": 3}),
    "final-time": lambda: (["s", "FINAL TIME"], [[0, 0, 20], [4, 4, 20], [6, 6, 6]]),
    "lookup-readings": lookup_readings,
    "vectors": vectors,
    "sharing": lambda: constant({
        **of_elements("Same for all", [10 / 3, 14 / 3]), **of_elements("Plenty", [5, 7]),
        **of_elements("By rectangles", [25 / 24, 119 / 24]), **of_elements("Strict", [0, 2, 4], "FGH"),
        **of_elements("Lenient", [0, 2 / 3, 10 / 3], "FGH"),
    }, step=1),
    "hyperbolic": lambda: (list("abcdefg"), [
        [t, math.sinh(1), math.tanh(1), math.pi / 4, 6, math.log(24), math.cosh(t), -6 + 7.3] for t in times(1, 0.5)
    ]),
    "pulse-train-end": train_end,
    "events": events,
    "events-rk4": events,
    "lookup-jumps-rk4": lookup_events,
    "sample-if-true-rk4": sampled_by_step,
    "saved-integration": oscillator,
    "decay": lambda: decay(1 - 0.3 * 0.25),
    "decay-rk4": lambda: decay(sum((-0.075) ** k / math.factorial(k) for k in range(5))),
    "npv": npv,
    "pulses": pulses,
    "functions": functions,
    "other-names": lambda: constant({
        "Force[A1]": 0.5 + 0.5 + 0.375, "Force[A2]": 2 + 1.25 + 0.75, "Force[A3]": 3.5 + 2 + 1.125,
        "Across[A1]": 1, "Across[A2]": 4, "Across[A3]": 7,
    }),
    "mappings": lambda: (
        ["Quality[Pot]", "Quality[Chair]", "Quality[Knife]", "Looks[Pot]", "Looks[Chair]", "Looks[Knife]"],
        [[t, 1 + t, 2 + t, 3 + t, 30, 10, 20] for t in times(1, 0.5)],
    ),
    "mapping-to-sub-ranges": lambda: constant(
        {"Garden[T1]": 5, "Garden[T2]": 4, "Garden[T3]": 15, "Garden[T4]": 8}
    ),
    "constant-tables": lambda: constant({
        "Line[F]": 1, "Line[M]": -2, "Line[X]": 3,
        "Square[A1,F]": 1, "Square[A1,X]": 3, "Square[A2,F]": 4, "Square[A2,X]": 6,
        "Part[A1,F]": 5, "Part[A1,X]": 5, "Part[A2,F]": 7, "Part[A2,X]": 9,
        "Row[F,A1]": 10, "Row[X,A1]": 30, "Row[F,A2]": 40, "Row[M,A2]": 50,
    }),
    "numbers-of-elements": lambda: constant({
        "Place[S1]": 1, "Place[S4]": 4, "Last[S3]": 3, "Last[S4]": 4,
        "First only[S1]": 10, "First only[S2]": 0, "Third": 3, "Weighted": 20,
    }),
    "saveper": lambda: (["Stock", "Step"], [[t, t, float(t >= 0.7)] for t in times(2, 0.5)]),
}


def main():
    wanted = sys.argv[1:] or sorted(path.name for path in ROOT.iterdir() if (path / "model.mdl").exists())
    for case in wanted:
        columns, rows = FORMULAS[case]() if case in FORMULAS else from_pysd(case) if case in PYSD else (None, None)
        if columns is None:
            print(f"{case}: neither a formula nor in the list of PySD's cases")
            continue
        with open(ROOT / case / "output.csv", "w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["time"] + columns)
            writer.writerows([[float(f"{value:.12g}") for value in row] for row in rows])
        print(f"{case}: {len(rows)} rows of {len(columns)}")


main()
