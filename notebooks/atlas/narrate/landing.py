"""The landing page: one object whose methods are the sections of the notebook `index.ipynb`."""

from __future__ import annotations

from functools import cached_property

from atlas import __version__, asked, words
from atlas.blocks import Block, Masthead, Prose, Stamp, Table, Text, bar, pill, strong
from atlas.data import tables as project_tables
from atlas.language import ENGLISH
from atlas.narrate import cards, finder, grid, whole, worldmap
from atlas.narrate.standing import STATES, UNKNOWN, Standing, standings
from atlas.verdicts import Judged
from atlas.vocabulary import TONES, VERDICTS


class LandingPage:
    """Everything that the landing page shows about the whole atlas.

    Parameters
    ----------
    as_of : str
        The day on which the data are read, YYYY, YYYY-MM or YYYY-MM-DD; empty for the newest.
    language : str
        `en`.
    states : str
        How the reports of the countries stand, as `atlas render` tells it; empty where nobody did.

    Raises
    ------
    WrongUse
        If a parameter is not understood.
    BadData
        If an assessment has a fault.
    """

    def __init__(self, as_of: str = "", language: str = "en", states: str = "") -> None:
        asked.one_of("language", language, ENGLISH)
        day = asked.day("as_of", as_of)
        self.tables = project_tables()
        self.day = day or self.tables.newest
        self.standings: list[Standing] = standings(self.tables, states, day)

    @cached_property
    def assessed(self) -> list[Standing]:
        """The countries with an assessment."""
        return [one for one in self.standings if one.ledger.assessments]

    @cached_property
    def claims(self) -> list[Judged]:
        """Every claim of every country with its verdict, for whoever reads the atlas as a whole."""
        return [row for one in self.assessed for row in one.ledger.rows]

    def masthead(self) -> list[Block]:
        """Title, what is on file, how old the data are."""
        texts = [one for standing in self.assessed for one in standing.ledger.assessments]
        publishers = len({one.publisher for one in texts})
        years = sorted({one.written[:4] for one in texts})
        filed = words.count(len(self.assessed), "country", "countries")
        facts: list[tuple[str, Text]] = [
            ("On file", f"{words.capital(filed)}, {words.count(len(texts), 'text')} by "
                        f"{words.count(publishers, 'publisher')}, {words.count(len(self.claims), 'claim')}"),
            ("Data as of", words.day(self.day))]
        stamp = {"title": "Living Partner Atlas", "language": "en", "data_as_of": self.day.isoformat(),
                 "version": __version__}
        return [Stamp(fields=stamp),
                Masthead(country="The Living Partner Atlas", subtitle="What has become of what was written about "
                         "Germany’s partners", lines=facts, kicker_left="Assessments with a date",
                         kicker_right=f"Texts of {years[0]} to {years[-1]}" if texts else "")]

    def key(self) -> list[Block]:
        """The key of the bars, with all claims as its example."""
        rows: list[list[Text]] = []
        for tone, (_, meaning) in TONES.items():
            found = [row.verdict for row in self.claims if VERDICTS[row.verdict].tone == tone]
            named = [word for word, verdict in VERDICTS.items() if verdict.tone == tone and word in found]
            if named:
                pills = [run for word in named for run in (pill(word), " ")]
                rows.append([[bar(found)], words.capital(meaning), pills])
        columns = [{"name": "All claims", "width": 1.4, "least": 4.6}, {"name": "In a bar", "width": 2.6, "least": 5.5},
                   {"name": "The verdicts behind it", "width": 4, "least": 10}]
        return [Table(caption=None, columns=columns, rows=rows, compact=True)] if rows else []

    def map(self) -> list[Block]:
        """The world map of chapters by interest."""
        return worldmap.drawn(self.tables, self.assessed)

    def grid(self) -> list[Block]:
        """Five regions by five interests."""
        return grid.grid(self.tables, self.standings)

    def finder(self) -> list[Block]:
        """The table of countries that can be searched and sorted."""
        return [finder.finder(self.tables, self.standings)]

    @cached_property
    def _together(self) -> whole.Whole:
        return whole.Whole(self.claims, self.tables)

    def whole(self) -> list[Block]:
        """What the claims of all countries show together, with how sure it is."""
        return whole.findings(self._together)

    def whole_limits(self) -> list[Block]:
        """What these counts do not show."""
        return whole.limits(self._together)

    def cards(self) -> list[Block]:
        """The declared indicators of each interest."""
        return cards.declared(self.tables)

    def states(self) -> list[Block]:
        """What the states of reports mean, and how many reports are in each."""
        found = [one.state.word for one in self.standings]
        if UNKNOWN in found:
            return [Prose([words.sentence(f"The state of the reports is {UNKNOWN}: {STATES[UNKNOWN]}")])]
        return [Prose([[strong(words.capital(word)), f": {meaning} ({words.count(found.count(word), 'report')})."]
                       for word, meaning in STATES.items() if word in found])]
