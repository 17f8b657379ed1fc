"""The country report: one object whose methods are the sections of the notebook."""

from __future__ import annotations

from collections.abc import Iterable

from IPython.display import display

from atlas import asked, verdicts
from atlas.blocks import Block
from atlas.data import tables as project_tables
from atlas.language import LANGUAGES, use
from atlas.narrate import (
    board,
    drawings,
    figures,
    interests,
    ledgers,
    method,
    neighbours,
    opening,
    quality,
    questions,
    since,
)
from atlas.narrate.subject import Subject

DETAILS = ("full", "brief")


def show(blocks: Iterable[Block]) -> None:
    """Display blocks one after the other as the output of a cell."""
    for block in blocks:
        display(block)


class CountryReport:
    """Everything that the notebook `country.ipynb` shows about one country.

    Parameters
    ----------
    country : str
        ISO 3166-1 alpha-3 code.
    edition : str
        `all`, a year, or the identifier of one assessment.
    as_of : str
        The day on which the data are read, YYYY, YYYY-MM or YYYY-MM-DD; empty for the newest.
    peers : str
        The peer set of charts that no claim decides.
    detail : str
        `full`, or `brief` for the first page only.
    language : str
        `en` or `de`.

    Raises
    ------
    WrongUse
        If a parameter is not understood.
    BadData
        If a file of the country has a fault.
    """

    def __init__(
        self,
        country: str,
        edition: str = "all",
        as_of: str = "",
        peers: str = "neighbours",
        detail: str = "full",
        language: str = "en",
    ) -> None:
        tables = project_tables()
        tables.country(country)
        asked.one_of("detail", detail, DETAILS)
        asked.one_of("language", language, LANGUAGES)
        asked.one_of("peers", peers, tables.peer_set_names)
        use(language)
        ledger = verdicts.ledger(country, edition=edition, as_of=asked.day("as_of", as_of), tables=tables)
        self.subject = Subject(tables, country, ledger, peers, detail)

    @property
    def _full(self) -> bool:
        return self.subject.detail == "full"

    def masthead(self) -> list[Block]:
        """Country, interests, texts with date and author, the source's own notice."""
        return opening.masthead(self.subject)

    def two_minutes(self) -> list[Block]:
        """The bottom line and the five questions in five rows; without assessment, the data in a few sentences."""
        return opening.two_minutes(self.subject) or interests.at_a_glance(self.subject)

    def first_chart(self) -> list[Block]:
        """The one chart of the first page."""
        return figures.first_page(self.subject)

    def first_page_end(self) -> list[Block]:
        """What held, what changed, what cannot be told, and what would change the picture."""
        return opening.closing(self.subject)

    def board(self) -> list[Block]:
        """One square a claim, and the two clocks against each other."""
        return board.board(self.subject) if self._full else []

    def events(self) -> list[Block]:
        """What happened since, in sentences."""
        return since.told(self.subject) if self._full else []

    def event_charts(self) -> list[Block]:
        """The signed timeline and the status strips."""
        return since.drawn(self.subject) if self._full else []

    def written(self, question: str) -> list[Block]:
        """The official question, and what each text answers."""
        return questions.written(self.subject, question) if self._full else []

    def drawn(self, question: str) -> list[Block]:
        """The charts of a question."""
        return drawings.of_question(self.subject, question) if self._full else []

    def claims(self, question: str) -> list[Block]:
        """Every claim under a question with its readings, and what they do not show."""
        return questions.claims(self.subject, question) + questions.limits(self.subject, question) if self._full else []

    def neighbours(self) -> list[Block]:
        """The country among its neighbours, in a sentence."""
        return neighbours.told(self.subject) if self._full else []

    def neighbour_charts(self) -> list[Block]:
        """Small multiples on common axes."""
        return neighbours.drawn(self.subject) if self._full else []

    def ledgers(self) -> list[Block]:
        """Forecasts and recommendations with their fate."""
        return ledgers.ledgers(self.subject) if self._full else []

    def other_interests(self) -> list[Block]:
        """The interests that no text speaks of, from data alone."""
        return interests.others(self.subject) if self._full else []

    def quality(self) -> list[Block]:
        """Coverage, age, closed statistics, sources in conflict, licence."""
        return quality.quality(self.subject) if self._full else []

    def method(self) -> list[Block]:
        """How to read a verdict."""
        return method.method(self.subject) if self._full else []

    def fact_box(self) -> list[Block]:
        """The claims of the fact box."""
        return self.claims("fact_box")

    def every_claim(self) -> list[Block]:
        """The full table of claims."""
        return method.every_claim(self.subject) if self._full else []

    def citations(self) -> list[Block]:
        """Texts and papers."""
        return method.citations(self.subject) if self._full else []
