"""The options report: one object whose methods are the sections of the notebook."""

from __future__ import annotations

from typing import Any

from atlas.blocks import Block, PageBreak
from atlas.data import tables as project_tables
from atlas.errors import BadData
from atlas.options import acceptance, closing, consequences, file, opening, sliders, trials
from atlas.options.subject import Weighed


class OptionsReport:
    """Everything that the notebook `options.ipynb` shows about the options towards one country.

    Parameters
    ----------
    country : str
        ISO 3166-1 alpha-3 code.
    file : str
        The identifier of an options file; empty for the country's newest.
    weights : str
        A set of the file, or weights or an order of one's own; empty for the first set.
    scenario : str
        A scenario of the file, or `all`; empty for the first.
    draws, seed : int
        How many draws, and where the random numbers start.

    Raises
    ------
    WrongUse
        If a parameter is not understood or the country has no options file.
    BadData
        If the file has a fault.
    """

    def __init__(self, country: str, file: str = "", weights: str = "", scenario: str = "", draws: int = 100_000,
                 seed: int = 1) -> None:
        self.subject = _weighed(country, file, weights, scenario, draws, seed)

    def masthead(self) -> list[Block]:
        """Country, question, weights, scenario, draws, and how much is made up."""
        return opening.masthead(self.subject)

    def in_brief(self) -> list[Block]:
        """The bottom line."""
        return opening.in_brief(self.subject)

    def standings(self) -> list[Block]:
        """How often each option takes each place, as a chart, and the end of the first page."""
        return [*opening.standings(self.subject), PageBreak()]

    def options(self) -> list[Block]:
        """The options, with the case for and against each."""
        return opening.options(self.subject)

    def criteria(self) -> list[Block]:
        """The criteria and what would tell."""
        return opening.criteria(self.subject)

    def ranges(self) -> list[Block]:
        """The consequence table as a chart."""
        return consequences.drawn(self.subject)

    def consequences(self) -> list[Block]:
        """The consequence table with the origin of every cell."""
        return consequences.table(self.subject)

    def silence(self) -> list[Block]:
        """What the text alone would make of it, and a rival reading."""
        return consequences.silence(self.subject)

    def places(self) -> list[Block]:
        """All places with their error and confidence factors."""
        return acceptance.told(self.subject)

    def wins(self) -> list[Block]:
        """Each option against each."""
        return acceptance.wins(self.subject)

    def profiles(self) -> list[Block]:
        """Whose weights put which option first."""
        return acceptance.profiles(self.subject)

    def by_set(self) -> list[Block]:
        """First places by set of weights."""
        return acceptance.by_set(self.subject)

    def tipping(self) -> list[Block]:
        """How far a weight must move before the lead changes."""
        return trials.tips(self.subject)

    def regret(self) -> list[Block]:
        """What is lost in each scenario."""
        return trials.regrets(self.subject)

    def shifts(self) -> list[Block]:
        """What the scenarios move."""
        return consequences.shifts(self.subject)

    def methods(self) -> list[Block]:
        """Other methods, options removed and added."""
        return trials.methods(self.subject)

    def readings(self) -> list[Block]:
        """Other readings of the cells."""
        return trials.readings(self.subject)

    def sliders(self) -> list[Any]:
        """Weights to be moved by hand, in JupyterLab alone."""
        return sliders.sliders(self.subject)

    def who(self) -> list[Block]:
        """Who would choose what."""
        return closing.who(self.subject)

    def facts(self) -> list[Block]:
        """Which facts would move most readers."""
        return closing.facts(self.subject)

    def every_cell(self) -> list[Block]:
        """Every cell with its reason and source."""
        return consequences.every_cell(self.subject)

    def sources(self) -> list[Block]:
        """Text, pages and literature."""
        return closing.sources(self.subject)


def _weighed(country: str, name: str, weights: str, scenario: str, draws: int, seed: int) -> Weighed:
    tables = project_tables()
    tables.country(country)
    file.number("draws", draws)
    file.number("seed", seed)
    path = file.find(tables.root, country, name)
    problems = file.problems(tables, [path])
    if problems:
        raise BadData(problems)
    found = file.read(path)
    return Weighed(tables, found, file.chosen_weights(found, weights), weights.strip(),
                   file.chosen_scenarios(found, scenario), draws, seed)
