"""How long a hundred thousand draws take: ``python tests/benchmarks/options.py [--runs 5]``."""

from __future__ import annotations

import argparse
import platform
import statistics
import time

import numpy as np

from atlas.data import tables
from atlas.options import file, smaa
from atlas.options.weights import Weighing


def main() -> None:
    """Print the median seconds for the options on Belarus, without and with an order of importance."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--draws", type=int, default=100_000)
    given = parser.parse_args()
    found = file.read(file.find(tables().root, "BLR"))
    spans = np.array([[cell.span if (cell := found.cell(option.id, criterion.id)) else (-2, 2)
                       for criterion in found.criteria] for option in found.options])
    scores = smaa.between(spans[None, :, :, 0], spans[None, :, :, 1])
    print(f"{platform.machine()}, Python {platform.python_version()}, {given.draws:,} draws, bar 2 s")
    for name, weighing in (("any weights", Weighing(len(found.criteria))),
                           ("an order", file.chosen_weights(found, "values_first"))):
        seconds = []
        for _ in range(given.runs):
            start = time.perf_counter()
            result = smaa.run(scores, weighing.draw, given.draws)
            seconds.append(time.perf_counter() - start)
        print(f"{name:<12} {statistics.median(seconds):.2f} s, standard error at most {100 * result.error:.2f} points")


if __name__ == "__main__":
    main()
