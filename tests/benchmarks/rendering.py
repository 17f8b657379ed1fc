"""The bars of rendering, ours beside the plain loop in one run: `python tests/benchmarks/rendering.py`.

The plain loop is what the manuals of its tools say: for each country papermill, `jupyter nbconvert --to html`, and
Chromium to print the page. Prints a Markdown table on standard output, progress on standard error.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import memory
import ways
from printed import Row, machine, table
from ways import atlas, timed

LONG = ("BLR", "CHE", "RUS", "SRB", "UKR")
SHORT = ("AFG", "BRA", "COL", "DZA", "GHA", "IND", "IRQ", "JPN", "KAZ", "KEN",
         "MAR", "MEX", "NER", "NGA", "PER", "SAU", "TUN", "URY", "VNM", "ZAF")
ATLAS = (*LONG, *SHORT)
"""Twenty-five reports, the countries of the atlas of 2020: five with many claims, twenty with few."""
SAMPLE = ("BLR", "SRB", "KAZ", "ZAF")
"""The reports that stand for the plain loop unless all are run."""
R_MARKDOWN = 6.3
"""Seconds that R Markdown took for a like report, HTML only, on two cores; R is not among our tools: not run here."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


@dataclass
class Bench:
    """Measurements of one run; what several bars need is measured once, the two ways by turns."""

    folder: Path
    browser: str
    runs: int
    full: bool
    steps: dict[str, list[float]] = field(default_factory=dict)
    plainly: dict[str, list[float]] = field(default_factory=dict)
    ours: dict[str, list[float]] = field(default_factory=dict)

    def say(self, text: str) -> None:
        """Tell whoever waits what is being measured."""
        print(f"{text} (load {os.getloadavg()[0]:.1f})", file=sys.stderr, flush=True)

    def take_turns(self) -> None:
        """Make the same reports both ways, again and again, so that what else the machine does falls on both."""
        for turn in range(self.runs):
            if turn == 0 or not self.full:
                for country in ATLAS if self.full else SAMPLE:
                    self._plain(country)
            for name, countries in (("25 reports", ATLAS), ("one report", ("BLR",))):
                self.say(f"atlas: {name}")
                self.ours.setdefault(name, []).append(timed(atlas(countries, self.new(), "--force")))

    def _plain(self, country: str) -> None:
        self.say(f"plain loop: {country}")
        steps = ways.plain(country, self.new(), self.browser)
        for name, seconds in steps.items():
            self.steps.setdefault(name, []).append(seconds)
        self.plainly.setdefault(country, []).append(sum(steps.values()))

    def median(self, what: str, command: Callable[[], Sequence[str | Path]], runs: int = 0) -> float:
        """Return the median of several runs of a command; it is asked for anew each time."""
        self.say(what)
        return statistics.median(timed(command()) for _ in range(runs or self.runs))

    def step(self, name: str) -> str:
        """Say what a step of the plain loop takes."""
        return f"{statistics.median(self.steps[name]):.1f} s, {name}"

    def new(self) -> Path:
        """Return a folder of its own for one build."""
        return Path(tempfile.mkdtemp(dir=self.folder))

    @cached_property
    def loop(self) -> float:
        """Seconds of the plain loop over the whole atlas: all run, or each kind's mean times its number."""
        taken = {country: statistics.median(seconds) for country, seconds in self.plainly.items()}
        kinds = (statistics.mean(taken[one] for one in kind if one in taken) * len(kind) for kind in (LONG, SHORT))
        return sum(kinds)

    def inside(self, *arguments: str | Path) -> list[float]:
        """Return what a warm process of its own measured."""
        self.say(f"inside: {' '.join(map(str, arguments))}")
        command = [sys.executable, ways.HERE / "inside.py", *arguments, str(max(5, self.runs))]
        found: list[float] = json.loads(subprocess.check_output(list(map(str, command)), text=True))
        return found


def rows(bench: Bench) -> Iterator[Row]:
    """Measure every bar, in the order of the design."""
    marked = "" if bench.full else f", scaled from {len(SAMPLE)}"
    whole, alone = (statistics.median(seconds) for seconds in bench.ours.values())
    yield times("25 reports, HTML and PDF", whole, bench.loop, 10, marked)
    yield times("one report alone, cold start", alone, statistics.median(bench.plainly["BLR"]), 3)
    yield Row("R Markdown, a like report, HTML only", f"{alone:.1f} s", f"{R_MARKDOWN} s, not run here",
              f"{R_MARKDOWN / alone:.1f}x", "ahead", alone < R_MARKDOWN)
    yield unchanged(bench)
    yield execution(bench)
    yield pages(bench)
    yield held(bench)
    yield growth(bench)


def times(bar: str, ours: float, plain: float, least: float, marked: str = "") -> Row:
    """Return a bar that asks to be so many times faster than the plain loop."""
    faster = plain / ours
    return Row(bar, f"{ours:.1f} s", f"{plain:.0f} s{marked}", f"{faster:.1f}x", f"{least}x", faster >= least)


def unchanged(bench: Bench) -> Row:
    """Build the whole atlas again although nothing changed."""
    out = bench.new()
    timed(atlas(ATLAS, out))
    again = bench.median("atlas: nothing changed", lambda: atlas(ATLAS, out), max(5, bench.runs))
    faster = bench.loop / again
    return Row("nothing changed, 25 reports", f"{again:.2f} s", f"{bench.loop:.0f} s", f"{faster:.0f}x",
               "100x, under 2 s", faster >= 100 and again < 2)


def execution(bench: Bench) -> Row:
    """Execute the notebook, and run the same cells as a script in one warm process."""
    script = statistics.median(bench.inside("script", "BLR"))
    ours = statistics.median(bench.inside("notebook", "BLR"))
    return Row(f"execution against a warm script ({script:.2f} s)", f"{ours:.2f} s", bench.step("papermill"),
               f"{ours / script:.2f}x", "at most 1.6x", ours <= 1.6 * script)


def pages(bench: Bench) -> Row:
    """Set the PDFs of executed notebooks, and get ready for the first, as a build does while the kernel runs."""
    out = bench.new()
    timed(atlas(LONG, out, "--force", "--to", "html"))
    ready, *each = bench.inside("pdf", out)
    longest = max(each)
    name = f"PDF from an executed notebook, {ready:.2f} s to get ready"
    return Row(name, f"{statistics.median(each):.2f} s", bench.step("Chromium"),
               f"{longest:.2f} s at most", "under 0.5 s each", longest < 0.5)


def held(bench: Bench) -> Row:
    """Watch the memory of two workers over the whole atlas."""
    bench.say("memory of two workers")
    most, kind = memory.peak(atlas(ATLAS, bench.new(), "--force", "--jobs", "2"))
    one, _ = memory.peak(ways.executing("BLR", bench.new()))
    return Row("memory, two workers", f"{most / 1000:.2f} GB {kind}", f"{one / 1000:.2f} GB, one papermill",
               f"{most / 1000:.2f} GB", "under 1.5 GB", most < 1500)


def growth(bench: Bench) -> Row:
    """Build more and more reports: what the last ones cost against the first."""
    numbers = (25, 100, 195) if bench.full else (10, 20, 40)
    runs, chosen = 1 if bench.full else bench.runs, states()
    small, middle, large = (
        bench.median(f"atlas: {number} reports", lambda n=number: atlas(chosen[:n], bench.new(), "--force"), runs)
        for number in numbers)
    early, late = (middle - small) / (numbers[1] - numbers[0]), (large - middle) / (numbers[2] - numbers[1])
    return Row(f"{' / '.join(map(str, numbers))} reports", f"{small:.0f} / {middle:.0f} / {large:.0f} s", "–",
               f"{early:.2f} s, then {late:.2f} s each", "linear", late <= 1.2 * early)


def states() -> list[str]:
    """Return the codes of all states in a fixed order that mixes large and small, assessed and not."""
    with (ways.ROOT / "data" / "reference" / "countries.csv").open(encoding="utf-8") as file:
        codes = sorted(row["iso3"] for row in csv.DictReader(file) if row["kind"] == "state")
    return [code for start in range(7) for code in codes[start::7]]


def main() -> None:
    """Measure, and print the table with what it was measured on."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="medians of how many runs (default 3)")
    parser.add_argument("--full", action="store_true", help="all 25 reports by the plain loop; 25, 100, 195 by ours")
    parser.add_argument("--browser", default=next(filter(None, map(shutil.which, BROWSERS)), ""), help="which Chromium")
    given = parser.parse_args()
    if not given.browser:
        parser.error("no Chromium found: apt-get install chromium, or name one with --browser")
    ways.environment()
    busy = memory.busy()
    with tempfile.TemporaryDirectory(prefix="atlas-bench-") as folder:
        bench = Bench(Path(folder), given.browser, given.runs, given.full)
        bench.take_turns()
        found = list(rows(bench))
    shares = "; ".join(map(bench.step, bench.steps))
    print(table(found))
    print(f"\nMedians of {given.runs} runs. {machine(given.browser)}. A report by the plain loop: {shares}. "
          f"Before it began, the processors were {busy:.0f} % busy with other work.")


if __name__ == "__main__":
    main()
