"""Where each country stands: its chapters, its verdicts, the age of its figures and the state of its report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from atlas import dates, library, verdicts
from atlas.data import Country, Tables
from atlas.errors import WrongUse
from atlas.model import ATLAS, Assessment
from atlas.verdicts import Judged, Ledger

UNKNOWN = "not known"
"""The state of every report where nobody told it: a notebook run by hand."""
STATES = {
    "fresh": "as it would be made now",
    "stale": "something that it is made from has changed since it was made",
    "failed": "the last attempt to make it did not succeed; its page says why",
    "missing": "not made yet",
    UNKNOWN: "this page was made by hand, so nobody told it",
}
"""The states of a report, and what each means."""


@dataclass(frozen=True)
class State:
    """How a report stands, and in which formats it is there."""

    word: str = UNKNOWN
    formats: tuple[str, ...] = ("html", "pdf")

    def has(self, ending: str) -> bool:
        """Tell whether a file may be linked; a report that failed has a page that says so, and no more."""
        return self.word != "missing" and (ending == "html" or (self.word != "failed" and ending in self.formats))


@dataclass(frozen=True, eq=False)
class Standing:
    """One country with its ledger and the state of its report."""

    country: Country
    ledger: Ledger
    state: State

    @property
    def iso3(self) -> str:
        """The country's code."""
        return self.country.iso3

    @property
    def page(self) -> str:
        """Where its report lies, seen from the landing page; empty where there is none."""
        return f"{self.iso3}/country.html" if self.state.has("html") else ""

    @cached_property
    def chapters(self) -> list[Assessment]:
        """The chapters of the Partner-Atlas, oldest first."""
        return [one for one in self.ledger.assessments if one.publisher == ATLAS and one.interest]

    @cached_property
    def interests(self) -> list[str]:
        """The interests that chapters speak of, in the order of the chapters."""
        return list(dict.fromkeys(str(one.interest) for one in self.chapters))

    @property
    def region(self) -> str:
        """The region of the atlas; empty for a country without a chapter."""
        return next((one.region for one in self.chapters if one.region), "")

    def on(self, interest: str) -> list[Judged]:
        """Return the claims of the chapters on an interest."""
        return [row for row in self.ledger.rows if row.assessment in self.chapters
                and row.assessment.interest == interest]

    @cached_property
    def years(self) -> list[int]:
        """The years of the figures that its claims are read from now, oldest first.

        Only claims that read an indicator count, and of a span its end; events and treaties have no age.
        """
        read = [row.now.end for row in self.ledger.rows
                if row.now and row.now.period and any("indicator" in check.keys for check in row.claim.check)]
        return sorted(dates.last_day(period).year for period in read)


def told(states: str) -> dict[str, State]:
    """Read what the build tells a notebook about other reports.

    >>> told("BLR:fresh:html+pdf CHE:failed:html")["CHE"].word
    'failed'

    Raises
    ------
    WrongUse
        If the text has another form.
    """
    found = {}
    for part in states.split():
        iso3, _, rest = part.partition(":")
        word, _, formats = rest.partition(":")
        if word not in STATES or not formats:
            raise WrongUse(f"states: {part!r} is not understood; expected code:state:formats, as in BLR:fresh:html+pdf")
        found[iso3] = State(word, tuple(formats.split("+")))
    return found


def standings(tables: Tables, states: str, as_of: date | None) -> list[Standing]:
    """Return every country that has an assessment or a report, by name.

    Parameters
    ----------
    states : str
        What the build tells; empty where nobody did, and then no state is known.
    as_of : date, optional
        The day on which the data are read; the newest if not given.
    """
    known = told(states)
    absent = State("missing", ()) if states else State()
    codes: Sequence[str] = sorted({*library.assessed(tables.root), *known})
    found = [Standing(tables.country(iso3), verdicts.ledger(iso3, as_of=as_of, tables=tables), known.get(iso3, absent))
             for iso3 in codes]
    return sorted(found, key=lambda one: one.country.name)
