"""Pack the direction numbers of Joe and Kuo (2008) as engine/src/sampling/joe_kuo/directions.bin.

    pip install scipy==1.17.1
    python tests/peers/joe_kuo.py

scipy carries the published table new-joe-kuo-6.21201 as an array. The layout of the packed file is told in
engine/src/sampling/joe_kuo/README.md. The first points of scipy's own sequence are written beside the tests, so that the
packed numbers are judged by another reader of the same table.
"""

import pathlib

import numpy as np
import scipy.stats
from scipy.stats import qmc

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "src" / "sampling" / "joe_kuo"


def degree(polynomial):
    return int(polynomial).bit_length() - 1


def main():
    table = np.load(pathlib.Path(scipy.stats.__file__).parent / "_sobol_direction_numbers.npz")
    bits = []

    def put(number, width):
        bits.extend((int(number) >> place) & 1 for place in reversed(range(width)))

    last = 1
    for polynomial, numbers in zip(table["poly"][1:], table["vinit"][1:]):
        s = degree(polynomial)
        assert last <= s, "polynomials rise in degree"
        last = s
        # The leading and the last coefficient of a primitive polynomial are 1.
        put((int(polynomial) >> 1) & ((1 << (s - 1)) - 1), s - 1)
        for i, number in enumerate(numbers[:s], start=1):
            assert number % 2 == 1 and number < 2**i
            put(int(number) >> 1, i - 1)
    bits += [0] * (-len(bits) % 8)
    packed = np.packbits(np.array(bits, dtype=np.uint8))
    (HERE / "directions.bin").write_bytes(packed.tobytes())
    print(len(packed), "bytes")

    # Of 64 dimensions from the first to the last, the points 0 to 255 in units of 1/256, a row a dimension.
    dimensions = sorted({round(21200 * (k / 63) ** 3) for k in range(64)})
    points = qmc.Sobol(21201, scramble=False).random(256)[:, dimensions]
    lines = ["dimension," + ",".join(str(i) for i in range(256))]
    for dimension, column in zip(dimensions, points.T):
        lines.append(f"{dimension}," + ",".join(str(int(x * 256)) for x in column))
    (ROOT / "tests" / "reference" / "sobol" / "far.csv").write_text("\n".join(lines) + "\n")


main()
