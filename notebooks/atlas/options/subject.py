"""What every section of an options report works from: the file, the weights, the scenarios, the draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from atlas import assessment_file, words
from atlas.blocks import Text
from atlas.charts import Caption
from atlas.data import Country, Tables
from atlas.model import Assessment
from atlas.options import smaa
from atlas.options.model import BEST, WORST, Cell, Criterion, Evidence, Option, OptionsFile, Scenario
from atlas.options.weights import Weighing

Array = np.ndarray[Any, Any]
SIDE = 20_000
"""Draws behind the smaller tables, at most; the main table takes as many as asked for."""


@dataclass(frozen=True, eq=False)
class Weighed:
    """Options, the weights that are allowed, and what follows.

    Attributes
    ----------
    asked : str
        The parameter `weights` as given.
    """

    tables: Tables
    file: OptionsFile
    weighing: Weighing
    asked: str
    scenarios: Sequence[Scenario]
    draws: int
    seed: int

    @property
    def country(self) -> Country:
        """The country as the atlas names it."""
        return self.tables.country(self.file.country)

    @property
    def options(self) -> list[Option]:
        """The options in the order of the file."""
        return self.file.options

    @property
    def criteria(self) -> list[Criterion]:
        """The criteria in the order of the file."""
        return self.file.criteria

    def name(self, option: int) -> str:
        """The name of an option inside a sentence."""
        return words.inside(self.options[option].name)

    @property
    def shorts(self) -> list[str]:
        """What the options are called in charts."""
        return [one.short for one in self.options]

    @cached_property
    def assessment(self) -> Assessment:
        """The text whose options these are."""
        return assessment_file.read(self.tables.root / "assessments" / f"{self.file.assessment}.yaml")

    @property
    def text(self) -> str:
        """What the text is called inside a sentence."""
        return f"the {self.assessment.publisher} text of {words.day(self.assessment.written)}"

    @cached_property
    def cells(self) -> dict[tuple[int, int], Cell]:
        """The cells by the numbers of their option and criterion."""
        found = {(i, j): self.file.cell(a.id, b.id) for i, a in enumerate(self.options)
                 for j, b in enumerate(self.criteria)}
        return {key: cell for key, cell in found.items() if cell is not None}

    @property
    def size(self) -> int:
        """How many cells the table has."""
        return len(self.options) * len(self.criteria)

    def count(self, origin: str) -> int:
        """How many cells are of one origin."""
        return sum(cell.origin == origin for cell in self.cells.values())

    @cached_property
    def bounds(self) -> tuple[Array, Array]:
        """The lowest and highest scores, options by criteria; where nobody says anything, the whole scale."""
        low, high = (np.full((len(self.options), len(self.criteria)), end) for end in (WORST, BEST))
        for key, cell in self.cells.items():
            low[key], high[key] = cell.span
        return low, high

    def shifted(self, bounds: tuple[Array, Array], scenarios: Sequence[Scenario]) -> tuple[Array, Array]:
        """Return bounds as some scenarios move them, scenarios by options by criteria, within the scale."""
        low, high = (np.clip(np.stack([end + self._shift(one) for one in scenarios]), WORST, BEST) for end in bounds)
        return low, high

    def _shift(self, scenario: Scenario) -> Array:
        found = np.zeros((len(self.options), len(self.criteria)))
        names = [one.id for one in self.criteria]
        for shift in scenario.shifts:
            for i, option in enumerate(self.options):
                if option.id in shift.options:
                    found[i, names.index(shift.criterion)] += shift.by
        return found

    @cached_property
    def middle(self) -> Array:
        """The middles of the ranges, averaged over the scenarios in use: options by criteria."""
        low, high = self.shifted(self.bounds, self.scenarios)
        return ((low + high) / 2).mean(axis=0)

    def run(self, bounds: tuple[Array, Array], scenarios: Sequence[Scenario], weighing: Weighing, draws: int,
            keep: Sequence[int] | None = None) -> smaa.Acceptability:
        """Draw with other bounds, scenarios, weights or options than those in use."""
        low, high = self.shifted(bounds, scenarios)
        kept = list(range(len(self.options))) if keep is None else list(keep)
        return smaa.run(smaa.between(low[:, kept], high[:, kept]), weighing.draw, draws, self.seed)

    @cached_property
    def result(self) -> smaa.Acceptability:
        """What the draws say with the weights and scenarios in use."""
        return self.run(self.bounds, self.scenarios, self.weighing, self.draws)

    @property
    def side(self) -> int:
        """Draws behind a smaller table."""
        return min(self.draws, SIDE)

    @cached_property
    def order(self) -> list[int]:
        """The options by their share of first places, the largest first."""
        return [int(i) for i in np.argsort(-self.result.first, kind="stable")]

    @property
    def weights_said(self) -> str:
        """The weights in use, in words."""
        known = self.file.named("weight_sets")
        one = known.get(self.asked or self.file.weight_sets[0].id)
        return f"{one.name} ({one.what})" if one else f"as given: {self.asked}"

    @property
    def scenario_said(self) -> str:
        """The scenarios in use, in words."""
        names = [one.name for one in self.scenarios]
        return names[0] if len(names) == 1 else f"each as likely: {words.listing(names)}"

    def caption(self, title: str, measure: str, name: str, unit: str = "", digits: int = 0, note: str = "") -> Caption:
        """Return the words around a chart; the footer always says how much of it is made up."""
        return Caption(title=title, measure=measure, unit=unit, digits=digits, source=self.footer,
                       name=f"{self.file.id}-{name}", note=note)

    @property
    def footer(self) -> Text:
        """The source line of every chart and table."""
        panel = self.count("panel")
        made_up = (f" PANEL: {panel} of {self.size} cells are a made-up example, not findings." if panel else "")
        return (f"Source: {self.assessment.publisher} {self.assessment.edition} ({self.count('text')} cells), other "
                f"sources ({self.count('source')}); own calculation.{made_up}")

    def frame(self, values: Array) -> pd.DataFrame:
        """Return an array as a table whose rows are the options in use."""
        return pd.DataFrame(values, index=self.shorts)


def cited(subject: Weighed, one: Evidence) -> list[tuple[str, str]]:
    """Return what a cell rests on as (words, address)."""
    events = [subject.tables.events[name] for name in one.events]
    pages = subject.file.named("pages")
    return [*((f"{event.source}, {words.day(event.when)}", event.url) for event in events),
            *(_figure(subject, name) for name in one.indicators),
            *((f"{pages[name].publisher}: {pages[name].title}, {words.day(pages[name].date)}", pages[name].url)
              for name in one.pages)]


def _figure(subject: Weighed, name: str) -> tuple[str, str]:
    """Name an indicator with its newest figure for the country, and who published it."""
    indicator, _, partner = name.partition(":")
    about = subject.tables.indicator(indicator)
    found = subject.tables.values_by(indicator, subject.file.country, partner, subject.tables.newest)
    if not found:
        return f"{about.title} ({about.sources[0].publisher})", about.sources[0].url
    newest = found[0]
    said = words.amount(newest.value, about.unit, about.digits)
    return f"{newest.source.publisher}: {about.title}, {said} ({words.day(newest.period)})", newest.source.url
