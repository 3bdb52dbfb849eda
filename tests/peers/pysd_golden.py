"""The prevention model through PySD, an independent engine, kept as a golden file.

    cargo run --release --example bound_model -- tests/peers/golden.toml bound.mdl
    python3 tests/peers/pysd_golden.py bound.mdl tests/regression/pysd-prevention.csv.gz

and for draws 0, 1 and 2 with their number behind the first command, and in the name of the file: pysd-prevention-0.csv.gz. It
needs Python 3 with pysd 3.14, which does not run this model under numpy 2 (pip install 'pysd==3.14.*' 'numpy<2'
'xarray==2024.2.*'), and takes up to ten minutes a file. The test that compares (tests/suite/golden_pysd.rs) needs no Python: it
reads the settings and the hash of the equations from the golden file.

The file holds comments first (`# key: value`; each `# set: name = number` is a constant that was set in every element),
then one row for each element of each variable, `name[element,element]` and its value at the beginning of each year.
"""

import gzip
import hashlib
import io
import re
import sys

import numpy as np
import pysd

# A plan in which every equation is active. The cost of the twin is a stand-in, high enough that savings are reinvested in
# some payers and years and not in others.
SETTINGS = {
    "Top slice share of the NHS budget": 0.01,
    "Share of growth to prevention": 0.02,
    "Share of top slice from growth": 0.5,
    "Ring fence strength": 0.5,
    "Share of realised savings reinvested": 0.002,
    "Twin known": 1,
    "Twin cumulative service cost": 2e9,
    "Programme share": 0.08,
    "Targeting gradient": 0.5,
    "Contribution to pooled fund": 0.001,
    "Contribution in money": 2e4,
    "Partner contribution": 1e6,
    "Investment standard": 0.5,
    "Capital limit": 0.1,
    "Share of underspend carried over": 0.25,
    "Commitment length": 4,
    "Community led share": 0.3,
    "Loan share of plan": 0.25,
    "Loan interest rate": 0.04,
    "Loan term": 8,
    "Outcome contract share": 0.3,
    "Payment by activity": 0.2,
    "Digital by default": 0.3,
    "Housing acts on distress": 1,
    "Share of cut that falls on beds": 0.001,
    "Backfill": 0.3,
    "Ward size": 1.5,
    "Greatest growth of beds": 0.2,
    "Greatest occupancy": 0.93,
    "Avoidable share": 0.004,
    "Share of staff free to hire": 0.012,
    "Real pay award": 0.005,
    "Council budget in plan year 1": 1e8,
    "Real growth of council budgets": 0.01,
}

# Nearer than this to the next ward, two engines could rightly close another number of wards.
CLEAR_OF_A_WARD = 1e-9


def words(text):
    """One variable or element, however its words are parted."""
    return " ".join(text.replace('"', "").split())


def label(column):
    """PySD's `Name[Q1, Age 0 to 4]` as this project writes it: `Name[Q1,Age 0 to 4]`."""
    found = re.fullmatch(r"(.*?)\[(.*)\]", column)
    if not found:
        return words(column)
    return words(found[1]) + "[" + ",".join(words(part) for part in found[2].split(",")) + "]"


def fingerprint(text):
    """The equations of a model as one number that changes when they do: without units and comments, and without the
    constants that are set here."""
    equations = (" ".join(entry.split("~")[0].split()) for entry in text.split("|"))
    kept = [equation for equation in equations if equation and "****" not in equation]
    kept = [equation for equation in kept if re.split(r"[\[=]", equation)[0].strip() not in SETTINGS]
    return hashlib.sha256("\n".join(kept).encode()).hexdigest()


def quoted(text):
    return '"' + text + '"' if "," in text else text


def main(model_path, golden_path):
    model_text = open(model_path, encoding="utf-8").read()
    model = pysd.read_vensim(model_path)
    names = [name for name in model.doc["Real Name"] if name != "Time"]
    ranges = set(model.subscripts) if hasattr(model, "subscripts") else set()
    names = [name for name in names if name not in ranges]
    steps = np.arange(-1, 20 + 1 / 32, 1 / 16)
    result = model.run(params=SETTINGS, return_columns=names, return_timestamps=steps)
    yearly = result.iloc[::16]
    times = list(yearly.index)
    assert times == list(range(-1, 21)), times
    columns = {label(column): yearly[column].to_numpy(dtype=float) for column in yearly.columns}
    wrong = [name for name, values in columns.items() if not np.isfinite(values).all()]
    assert not wrong, f"not finite: {wrong}"

    # Wards close in whole steps: no step may hang on the last bits. Slack is never below 0, so nothing hangs on the first.
    wards = result["Lasting slack"].to_numpy() / SETTINGS["Ward size"]
    near = np.abs(wards - np.round(wards))
    near[wards < 0.5] = 1
    assert near.min() > CLEAR_OF_A_WARD, f"a ward step is {near.min()} away: change Ward size"
    assert wards.max() > 2, f"no ward closes: at most {wards.max()} are empty"
    assert columns["Cumulative raided"][-1] > 0 and columns["Cumulative returned"][-1] > 0

    text = io.StringIO()
    text.write("# source: tests/peers/pysd_golden.py\n")
    text.write(f"# engine: PySD {pysd.__version__}\n")
    text.write(f"# equations sha256: {fingerprint(model_text)}\n")
    for name, value in SETTINGS.items():
        text.write(f"# set: {name} = {value!r}\n")
    text.write("variable," + ",".join(f"{time:g}" for time in times) + "\n")
    for name, values in columns.items():
        text.write(quoted(name) + "," + ",".join(f"{value:.10g}" for value in values) + "\n")
    with open(golden_path, "wb") as file:
        # Without a name or a date, so that the same numbers give the same bytes.
        with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:
            packed.write(text.getvalue().encode())
    print(f"{len(columns)} columns, nearest ward step {near.min():.3g} wards away, most empty {wards.max():.3g}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
