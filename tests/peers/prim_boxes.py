"""Boxes of PRIM as the EMA Workbench finds them, for tests/reference/prim.

    pip install ema_workbench==2.5.3
    python tests/peers/prim_boxes.py tests/reference/prim

Writes sample.csv (four uniform inputs, one input of three categories, and whether the case is of interest) and
trajectory.csv (each box on the way: its kind of goal, cases, cases of interest, and limits).
"""

import csv
import pathlib
import sys

import numpy as np
import pandas as pd
from ema_workbench.analysis import prim

CASES = 1_000
INPUTS = ["a", "b", "c", "d"]


def sample():
    """Cases of interest lie at a < 0.5 and b > 0.4, not in category `north`, with some noise."""
    random = np.random.Generator(np.random.PCG64(1999))
    frame = pd.DataFrame(random.random((CASES, 4)).round(6), columns=INPUTS)
    frame["e"] = random.choice(["north", "south", "west"], CASES)
    inside = (frame.a < 0.5) & (frame.b > 0.4) & (frame.e != "north")
    flipped = random.random(CASES) < 0.04
    return frame, (inside ^ flipped).to_numpy()


def trajectory(frame, interest, goal):
    """Each box of the first search, with its limits."""
    search = prim.Prim(frame, interest, threshold=0.1, obj_function=goal)
    box = search.find_box()
    for step, limits in enumerate(box.box_lims):
        row = box.peeling_trajectory.iloc[step]
        ends = [format(limits.loc[end, name], ".9g") for name in INPUTS for end in (0, 1)]
        yield [goal.name.lower(), int(row["n"]), int(row["k"]), *ends, "|".join(sorted(limits.loc[0, "e"]))]


def main(folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    frame, interest = sample()
    frame.assign(interest=interest.astype(int)).to_csv(folder / "sample.csv", index=False, lineterminator="\n")
    with open(folder / "trajectory.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["goal", "cases", "of_interest", *(f"{name}_{end}" for name in INPUTS for end in ("low", "high")), "e"])
        for goal in (prim.PRIMObjectiveFunctions.LENIENT1, prim.PRIMObjectiveFunctions.ORIGINAL):
            writer.writerows(trajectory(frame, interest, goal))


if __name__ == "__main__":
    main(sys.argv[1])
