"""How fast the same program runs in numpy, vectorised over runs.

`cargo bench --bench ceiling` leaves in its folder (target/tmp/ceiling) the compiled program of each model as straight-line
text, the numbers it was given, what came out, and how long a run took. This script turns that text into numpy, each statement
one operation over all runs, checks that the same comes out, and times it by CPU time on one thread:

    pip install numpy
    OMP_NUM_THREADS=1 python benches/peers/numpy_form.py target/tmp/ceiling/prevention 64 256 1024

Numbers after the folder are runs at a time; the fastest counts. It needs Python 3.10 and numpy, and is not part of the tests.
"""

import re
import struct
import sys
import time

import numpy as np


def read_array(path):
    with open(path, "rb") as file:
        return np.frombuffer(file.read(), dtype="<f8")


def interpolate(x, y, at):
    left = np.clip(np.searchsorted(x, at, side="right") - 1, 0, len(x) - 2)
    slope = (y[left + 1] - y[left]) / (x[left + 1] - x[left])
    inside = y[left] + (at - x[left]) * slope
    return np.where(at < x[0], y[0], np.where(at >= x[-1], y[-1], inside))


def divide_or(a, b, c):
    return np.where(np.abs(b) < 1e-6, c, np.divide(a, b))


FUNCTIONS = {
    "add": "({0} + {1})", "subtract": "({0} - {1})", "multiply": "({0} * {1})", "divide": "np.divide({0}, {1})",
    "power": "np.power({0}, {1})", "modulo": "np.fmod({0}, {1})",
    "minimum": "np.where({0} < {1}, {0}, {1})", "maximum": "np.where({0} > {1}, {0}, {1})",
    "less": "({0} < {1}) * 1.0", "less_or_equal": "({0} <= {1}) * 1.0",
    "equal": "({0} == {1}) * 1.0", "not_equal": "({0} != {1}) * 1.0",
    "and": "(({0} != 0) & ({1} != 0)) * 1.0", "or": "(({0} != 0) | ({1} != 0)) * 1.0",
    "not": "({0} == 0) * 1.0", "negate": "(-{0})", "abs": "np.abs({0})", "sqrt": "np.sqrt({0})",
    "exp": "np.exp({0})", "ln": "np.log({0})", "truncate": "np.trunc({0})", "sin": "np.sin({0})",
    "cos": "np.cos({0})", "tan": "np.tan({0})", "arcsin": "np.arcsin({0})", "arccos": "np.arccos({0})",
    "arctan": "np.arctan({0})", "select": "np.where({0} != 0, {1}, {2})",
    "select_less": "np.where({0} < {1}, {2}, {3})", "select_less_or_equal": "np.where({0} <= {1}, {2}, {3})",
    "divide_or": "divide_or({0}, {1}, {2})", "lookup": "interpolate({0}, {1}, {2})",
}
# What numpy computes faster by a function of its own than by a choice, where no number is missing.
FUNCTIONS["minimum"] = "np.minimum({0}, {1})"
FUNCTIONS["maximum"] = "np.maximum({0}, {1})"


def read_formula(text, at, names):
    """Reads one formula, and says where it ends."""
    word = re.compile(r"\s*&?([A-Za-z_0-9]+)").match(text, at)
    at = word.end()
    if at >= len(text) or text[at] != "(":
        return names.get(word.group(1), word.group(1)), at
    operands = []
    while text[at] != ")":
        operand, at = read_formula(text, at + 1, names)
        operands.append(operand)
    return FUNCTIONS[word.group(1)].format(*operands), at + 1


def number(text):
    text = text.strip()
    bits = re.fullmatch(r"f64::from_bits\((0x[0-9a-f]+)\)", text)
    if bits:
        return repr(struct.unpack("<d", int(bits.group(1), 16).to_bytes(8, "little"))[0]).replace("nan", "np.nan").replace("inf", "np.inf")
    return text.removesuffix("_f64")


def operand(text):
    """A slot, a local name, or a number that all runs share."""
    spread = re.fullmatch(r"splat\((.*)\)", text.strip())
    return number(spread.group(1)) if spread else text.strip()


def statement(line):
    target, body = line.strip().removesuffix(";").split(" = ", 1)
    target = target.removeprefix("let ")
    if not body.startswith("{"):
        return f"    {target} = {operand(body)}"
    parts = [part.strip() for part in body.strip("{} ").split(";")]
    names = dict((name.removeprefix("let ").strip(), operand(value)) for name, value in (part.split(" = ", 1) for part in parts[:-1]))
    formula, _ = read_formula(parts[-1], 0, names)
    return f"    {target} = {formula}"


def numpy_form(text):
    """The passes as Python functions, and the frame of the run as it is written."""
    out = ["import numpy as np"]
    for name, body in re.findall(r"unsafe fn (\w+)\(k: &mut \[V; KEPT\].*?\{ unsafe \{\n(.*?)\n?\}\}\n", text, re.S):
        out.append(f"def {name}(k, time, found):")
        out.extend(statement(line) for line in body.split("\n") if line.strip())
        out.append("    return")
    return "\n".join(out)


class Frame:
    """What stands around the passes: inputs, initial values, and which outcomes are kept before or after them."""

    def __init__(self, text):
        def one(pattern):
            return re.search(pattern, text).group(1)

        def array(name):
            inside = re.search(rf"static {name}: \[\w+; \d+\] = \[(.*?)\];", text, re.S).group(1)
            return [eval(number(item), {"np": np}) for item in inside.split(",") if item.strip()]

        self.kept = int(one(r"const KEPT: usize = (\d+)"))
        self.row = int(one(r"const TIME_ROW: usize = (\d+)"))
        self.initial = float(number(one(r"const INITIAL: f64 = (.*?);")))
        self.step = float(number(one(r"const STEP: f64 = (.*?);")))
        self.times = np.array(array("TIME_NUMBERS")).reshape(-1, self.row) if self.row else np.zeros((10**6, 0))
        self.reports = [int(step) for step in array("REPORT_STEPS")]
        self.tables = {name: np.array(array(name)) for name in re.findall(r"static ([XY]\d+):", text)}
        self.last = int(one(r"for step in 0\.\.=(\d+)_usize"))
        self.varying = [(int(p), int(s)) for s, p in re.findall(r"k\[(\d+)\] = load\(constants\.add\((\d+) \*", text)]
        drive = r"k\[(\d+)\] = drive\(paths, (\d+), years, lanes, first, {}, "
        self.driven_at_start = [(int(p), int(s)) for s, p in re.findall(drive.format("INITIAL"), text)]
        self.driven = [(int(p), int(s)) for s, p in re.findall(drive.format("now"), text)]
        block = text[text.index("start(k, time"):text.index("for step in 0..=")]
        self.cells = [(int(cell), operand(source)) for cell, source in re.findall(r"k\[(\d+)\] = (.*?);\n", block)]
        frame = text[text.index("for step in 0..="):]
        store = r"store\(out\.add\(\((\d+) \* \d+ \+ report\) \* lanes \+ first\), (.*?)\);\n"
        before, after = frame.split("report(k, time, &mut found);", 1)
        self.before = [(int(outcome), operand(source)) for outcome, source in re.findall(store, before)]
        self.after = [(int(outcome), int(source[6:-1])) for outcome, source in re.findall(store, after)]


def drive(paths, place, years, now, initial):
    elapsed = now - np.floor(initial)
    year = min(max(np.floor(elapsed + 1e-9), 0.0), years - 1.0)
    fraction = min(max(elapsed - year, 0.0), 1.0)
    beginning, end = paths[(place * years + int(year)) * 2], paths[(place * years + int(year)) * 2 + 1]
    return beginning + (end - beginning) * fraction


def run(frame, passes, constants, paths, years):
    k = [None] * frame.kept
    found = [None] * (len(frame.after) + len(frame.before))
    out = np.empty((len(frame.before) + len(frame.after), len(frame.reports), constants.shape[1]))
    for place, slot in frame.varying:
        k[slot] = constants[place]
    for place, slot in frame.driven_at_start:
        k[slot] = drive(paths, place, years, frame.initial, frame.initial)
    passes["start"](k, frame.times[0], found)
    for cell, source in frame.cells:
        k[cell] = eval(source, {"k": k, "time": frame.times[0], "np": np})
    for step in range(frame.last + 1):
        for place, slot in frame.driven:
            k[slot] = drive(paths, place, years, frame.initial + step * frame.step, frame.initial)
        time_row = frame.times[step] if frame.row else None
        if step not in frame.reports:
            passes["pass_0"](k, time_row, found)
            continue
        report = frame.reports.index(step)
        for outcome, source in frame.before:
            out[outcome, report] = eval(source, {"k": k, "time": time_row, "np": np})
        passes["report"](k, time_row, found)
        for outcome, place in frame.after:
            out[outcome, report] = found[place]
    return out


def main():
    stem, sizes = sys.argv[1], [int(size) for size in sys.argv[2:]] or [256]
    with open(f"{stem}.rs", encoding="utf-8") as file:
        text = file.read()
    text = text[text.index("const KEPT: usize"):]
    frame = Frame(text)
    space = {"np": np, "divide_or": divide_or, "interpolate": interpolate, **frame.tables}
    exec(compile(numpy_form(text), "numpy form", "exec"), space)
    with open(f"{stem}.timing", encoding="utf-8") as file:
        lanes, years, block = file.read().split()
    lanes, years, block = int(lanes), int(years), float(block)
    constants = read_array(f"{stem}.constants").reshape(-1, lanes)
    paths = read_array(f"{stem}.paths").reshape(-1, lanes)
    expected = read_array(f"{stem}.out").reshape(-1, len(frame.reports), lanes)
    np.seterr(all="ignore")
    found = run(frame, space, constants, paths, years)
    # Audits hold nothing but rounding, which no two orders of arithmetic share; everything else is far larger.
    largest = np.abs(expected).max(axis=(1, 2))
    counted = largest > 1e-4
    difference = (np.abs(found - expected).max(axis=(1, 2))[counted] / largest[counted]).max()
    print(f"{counted.sum()} outcomes; largest difference: {difference:.1e} of an outcome's largest value")
    assert difference < 1e-9, "the numpy form computes something else"
    best = np.inf
    for size in sizes:
        wide = [np.ascontiguousarray(np.resize(array.T, (size, len(array))).T) for array in (constants, paths)]
        turns = []
        for _ in range(3):
            begun = time.process_time()
            run(frame, space, *wide, years)
            turns.append((time.process_time() - begun) * 1e6 / size)
        best = min(best, sorted(turns)[1])
        print(f"numpy, {size} runs at a time: {sorted(turns)[1]:.1f} us a run")
    print(f"block program: {block:.1f} us a run; numpy takes {best / block:.1f} times as long")


if __name__ == "__main__":
    main()
