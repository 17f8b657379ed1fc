"""What every section of a comparison works from: the countries, their figures and their claims."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from atlas import dates, verdicts, words
from atlas.checks import At, Clock
from atlas.chosen import Chosen, region_of
from atlas.data import Country, Indicator, Tables
from atlas.model import FATES
from atlas.verdicts import Judged, Ledger

SPAN = 10
"""Years in the interval beside a value."""
LATE = 2
"""Years by which a figure may lag behind most others before it is marked as older."""
TOO_LATE = 6
"""Years by which it may lag before it is left out of the axis, and said to be."""


@dataclass(frozen=True)
class Figure:
    """The newest value of one indicator and country on the day, with the range of its last years."""

    iso3: str
    value: float
    period: str
    low: float
    high: float
    count: int


@dataclass(frozen=True, eq=False)
class Group:
    """Several countries on one day."""

    tables: Tables
    chosen: Chosen
    day: date

    @cached_property
    def countries(self) -> list[Country]:
        """The countries by name."""
        return sorted((self.tables.country(iso3) for iso3 in self.chosen.codes), key=lambda one: one.name)

    @cached_property
    def ledgers(self) -> dict[str, Ledger]:
        """The ledger of each country; of those chosen by an interest only the texts on it."""
        found = {one.iso3: verdicts.ledger(one.iso3, as_of=self.day, tables=self.tables) for one in self.countries}
        if self.chosen.by != "interest":
            return found
        return {iso3: _on(ledger, self.chosen.interest) for iso3, ledger in found.items()}

    @cached_property
    def regions(self) -> dict[str, str]:
        """The region in which the atlas places each country."""
        return {iso3: region_of(self.tables, iso3, ledger.assessments) for iso3, ledger in self.ledgers.items()}

    @property
    def silent(self) -> list[Country]:
        """The countries without a text on file, which stand here with data only."""
        return [one for one in self.countries if not self.ledgers[one.iso3].assessments]

    @property
    def card(self) -> list[dict[str, Any]]:
        """The declared indicators of the interest."""
        return self.tables.cards[self.chosen.interest]

    def at(self, iso3: str, partner: str = "") -> At:
        """Return where the figures of a country are looked up."""
        return At(self.tables, iso3, Clock("now", self.day), partner)

    @cached_property
    def read(self) -> list[dict[str, Figure]]:
        """For each entry of the card the newest figure of each country that has one, however old it is."""
        return [{found.iso3: found for one in self.countries if (found := self._figure(one.iso3, entry))}
                for entry in self.card]

    @cached_property
    def figures(self) -> list[dict[str, Figure]]:
        """For each entry of the card the figures that can stand on one axis, by country."""
        return [{iso3: one for iso3, one in found.items() if behind(one, found) < TOO_LATE} for found in self.read]

    def _figure(self, iso3: str, entry: dict[str, Any]) -> Figure | None:
        at = self.at(iso3, entry.get("partner", ""))
        if iso3 == at.partner or not (newest := at.values(entry["indicator"])):
            return None
        last = dates.last_day(newest[0].period).year
        past = [value for year, value in at.series(entry["indicator"]).items() if last - SPAN < year <= last]
        past = past or [newest[0].value]
        return Figure(iso3, newest[0].value, newest[0].period, min(past), max(past), len(past))

    def indicator(self, entry: dict[str, Any]) -> Indicator:
        """Return the definition of an entry's indicator."""
        return self.tables.indicator(entry["indicator"])

    def title(self, entry: dict[str, Any]) -> str:
        """Name what an entry measures, for whichever country."""
        title = self.indicator(entry).title.replace("the country", "each country")
        partner = self.tables.country(entry["partner"]) if entry.get("partner") else None
        if partner is None or partner.name[:5] in title:
            return title
        return f"{title} {'from' if 'import' in title.lower() else 'to'} {partner.the}"


def usual(found: dict[str, Figure]) -> str:
    """Return the period that most figures have, the later of two that are as frequent."""
    periods = [one.period for one in found.values()]
    return max(periods, key=lambda period: (periods.count(period), period), default="")


def behind(one: Figure, found: dict[str, Figure]) -> int:
    """Return how many years a figure lags behind those of most others."""
    return dates.last_day(usual(found)).year - dates.last_day(one.period).year


def old(one: Figure, found: dict[str, Figure]) -> bool:
    """Tell whether a figure lags so far behind that it is marked."""
    return behind(one, found) >= LATE


def statements(ledger: Ledger) -> list[Judged]:
    """Return the claims that say what is the case: neither forecasts nor advice."""
    return [row for row in ledger.rows if row.claim.kind not in FATES]


def _on(ledger: Ledger, interest: str) -> Ledger:
    texts = [one for one in ledger.assessments if one.interest == interest]
    known = {one.id for one in texts}
    return Ledger(ledger.country, ledger.as_of, texts, [row for row in ledger.rows if row.assessment.id in known])


def names(countries: list[Country], limit: int = 6) -> str:
    """List countries inside a sentence, at most so many."""
    return words.several([one.the for one in countries], limit)
