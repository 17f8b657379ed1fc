"""The data folder as one object: what a rule or a chart may ask of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from atlas import dates, language, paths, words
from atlas.data import reference, translations
from atlas.data.frame import Frame
from atlas.data.indicators import Figures, Group, Indicator, Source, Value
from atlas.data.reference import Country, Event, Membership, PeerSet, Status
from atlas.errors import WrongUse, nearest
from atlas.phrases import say
from atlas.writing.rows import read_csv

if TYPE_CHECKING:
    import pandas as pd

REACH = 3
"""How many years before the last full year a value of the time may lie."""
_NAMED = 6
"""Countries of a list that are named one by one, at most."""


class Tables(Frame):
    """Everything under `data/` but the assessments, read when first asked for.

    Parameters
    ----------
    root : Path
        The data folder.
    """

    def read(self) -> None:
        """Read everything now, for a process that others are forked from."""
        for group in self.groups.values():
            group.figures("", "")
        for name, kept in (vars(Frame) | vars(Tables)).items():
            if isinstance(kept, cached_property):
                getattr(self, name)

    @cached_property
    def groups(self) -> dict[str, Group]:
        """The files of figures by name."""
        found = map(Group, sorted((self.root / "indicators").glob("*.yaml")))
        return {group.name: group for group in found}

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Every indicator by identifier."""
        return {key: one for group in self.groups.values() for key, one in group.indicators.items()}

    @cached_property
    def countries(self) -> dict[str, Country]:
        """Every country, territory and aggregate by ISO 3166-1 alpha-3 code."""
        return reference.countries(self.root / "reference" / "countries.csv")

    @cached_property
    def shapes(self) -> dict[str, list[list[list[float]]]]:
        """The outlines of countries by code: rings of longitude and latitude."""
        return reference.shapes(self.root / "reference" / "shapes.geojson")

    @cached_property
    def grid(self) -> list[dict[str, str]]:
        """The grid of the first edition: region, interest, country and edition of each cell."""
        return read_csv(self.root / "reference" / "grid.csv")

    @cached_property
    def events(self) -> dict[str, Event]:
        """Every dated event by identifier, oldest first."""
        return reference.events(self.root / "reference" / "events.csv")

    @cached_property
    def memberships(self) -> list[Membership]:
        """Who belongs to which organisation, from when to when."""
        return reference.spans(self.root / "reference" / "memberships.csv", Membership, "organisation")

    @cached_property
    def status(self) -> list[Status]:
        """The state of treaties, programmes and measures."""
        return reference.spans(self.root / "reference" / "status.csv", Status, "instrument")

    @cached_property
    def organisations(self) -> set[str]:
        """Every organisation whose members are on record."""
        return {one.name for one in self.memberships}

    @cached_property
    def instruments(self) -> set[str]:
        """Every treaty, programme and measure whose state is on record."""
        return {one.name for one in self.status}

    @cached_property
    def _borders(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in read_csv(self.root / "reference" / "borders.csv"):
            found.setdefault(row["iso3"], []).append(row["neighbour"])
        return found

    @cached_property
    def _declared_sets(self) -> dict[str, Any]:
        return self._declared("peer_sets")

    @cached_property
    def newest(self) -> date:
        """The newest day that anything in the tables speaks of: what "data as of" means without `as_of`."""
        return max(event.day for event in self.events.values())

    def country(self, iso3: str) -> Country:
        """Return one country, or say which code is nearest."""
        if iso3 in self.countries:
            return self.countries[iso3]
        names = {one.name: one.iso3 for one in self.countries.values()}
        states = [one.iso3 for one in self.countries.values() if one.kind == "state"]
        hint = nearest(iso3, states) or nearest(iso3, names)
        for name, code in names.items():
            hint = hint.replace(f"mean {name}?", f"mean {code} ({name})?")
        for code in self.countries:
            hint = hint.replace(f"mean {code}?", f"mean {code} ({self.countries[code].name})?")
        raise WrongUse(f"{iso3!r} is no country code{hint or '; expected ISO 3166-1 alpha-3, as in BLR or CHE'}")

    def listed(self, codes: Iterable[str], form: str = "dative") -> list[str]:
        """Return the names of countries as they stand inside a sentence, in the order of the alphabet."""
        def place(one: Country) -> str:
            return one.the if language.english() else _plain(one.called)

        return [format(one, form) for one in sorted(map(self.country, codes), key=place)]

    def said(self, english: str, *path: str) -> str:
        """Return a text of the tables in the language that is spoken now; `path` is where its translation stands."""
        return translations.said(self.root, english, *path)

    def title(self, indicator: str) -> str:
        """Return what an indicator measures, in the language that is spoken now."""
        return self.said(self.indicator(indicator).title, "indicators", indicator, "title")

    def unit(self, indicator: str) -> str:
        """Return the unit of an indicator, English to reckon with; `words` writes it in the language spoken now."""
        return translations.unit(self.root, self.indicator(indicator).unit, indicator)

    def what(self, event: Event) -> str:
        """Return what happened, in one line, in the language that is spoken now."""
        return self.said(event.what, "events", event.id, "what")

    def neighbours(self, iso3: str) -> list[str]:
        """Return the countries that share a land border."""
        return self._borders.get(iso3, [])

    def members(self, organisation: str, day: date) -> set[str]:
        """Return who was a member of an organisation on a day."""
        return {
            one.iso3
            for one in self.memberships
            if one.name == organisation and one.status == "member" and one.covers(day)
        }

    @property
    def peer_set_names(self) -> list[str]:
        """Every name that `peers` understands."""
        return [*(name for name in self._declared_sets if name != "computed"), *self._declared_sets.get("computed", {})]

    def peers(self, name: str | Sequence[str], iso3: str, day: date) -> PeerSet:
        """Return a peer set as it stood on a day.

        Parameters
        ----------
        name : str or sequence of str
            A declared set, one of the computed sets, or a list of country codes.
        iso3 : str
            The country whose peers are asked for; it is among the members only if the set holds it.
        day : date
            The day whose memberships count.
        """
        if not isinstance(name, str):
            codes = tuple(name)
            title = words.listing(self.listed(codes)) if len(codes) <= _NAMED else ""
            return PeerSet("listed", title or say("peers.listed"), codes)
        if name in self._declared_sets and name != "computed":
            given = self._declared_sets[name]
            title = self.said(given["title"], "peer_sets", name)
            return PeerSet(name, title, tuple(given["members"]), given.get("definition", ""))
        computed = self._declared_sets.get("computed", {})
        if name not in computed:
            raise WrongUse(f"{name!r} is no peer set{nearest(name, self.peer_set_names)}")
        return PeerSet(
            name,
            self.said(computed[name]["title"], "peer_sets", name),
            tuple(sorted(self._computed(name, iso3, day))),
            computed[name].get("definition", ""),
        )

    def _computed(self, name: str, iso3: str, day: date) -> set[str]:
        if name == "neighbours":
            return set(self.neighbours(iso3))
        if name == "eu_neighbours":
            return set(self.neighbours(iso3)) & self.members("EU", day)
        if name == "region":
            home = self.country(iso3).subregion
            return {one.iso3 for one in self.countries.values() if one.subregion == home and one.kind == "state"}
        if name == "world":
            return {one.iso3 for one in self.countries.values() if one.kind == "state"}
        return self.members(name.upper(), day)

    def series(self, indicator: str, iso3: str, partner: str = "") -> pd.DataFrame:
        """Return one indicator of one country as a table of period, value, source and note, oldest first."""
        return self.groups[self.indicator(indicator).group].series(indicator, iso3, partner)

    def figures(self, indicator: str, iso3: str, partner: str = "") -> Figures:
        """Return one indicator of one country as plain lists, which cost a rule far less than a table."""
        return self.groups[self.indicator(indicator).group].figures(indicator, iso3, partner)

    def has_any(self, indicator: str, iso3: str) -> bool:
        """Tell whether there is a figure of an indicator and country, with whatever partner."""
        return self.groups[self.indicator(indicator).group].has_any(indicator, iso3)

    def indicator(self, name: str) -> Indicator:
        """Return the definition of an indicator, or say which name is nearest."""
        if name not in self.indicators:
            raise WrongUse(f"{name!r} is no indicator{nearest(name, self.indicators)}")
        return self.indicators[name]

    def source(self, indicator: str, name: str) -> Source:
        """Return one source of an indicator."""
        return self.groups[self.indicator(indicator).group].sources[name]

    def sources_behind(self, indicator: str, codes: Iterable[str], partner: str = "",
                       periods: Collection[str] | None = None) -> list[Source]:
        """Return the sources of the preferred figures of some countries, the first country's first.

        Parameters
        ----------
        periods : collection of str, optional
            Only figures of these periods; all of them if not given.
        """
        found: dict[str, None] = {}
        for iso3 in codes:
            figures, seen = self.figures(indicator, iso3, partner), set()
            for period, source in zip(figures.periods, figures.sources, strict=True):
                if period not in seen and (periods is None or period in periods):
                    found[source] = None
                seen.add(period)
        return [self.source(indicator, name) for name in found]

    def values_in(self, indicator: str, iso3: str, partner: str, named: str, last: date = date.max) -> list[Value]:
        """Return the values of the newest period within a named year, month or day, one per source."""
        found = self.figures(indicator, iso3, partner)
        seen = [
            i
            for i, (period, end) in enumerate(zip(found.periods, found.ends, strict=True))
            if end <= last and dates.covers(named, period)
        ]
        return self._newest((indicator, iso3, partner), found, seen)

    def values_by(self, indicator: str, iso3: str, partner: str, day: date, reach: int | None = None) -> list[Value]:
        """Return the newest values not after a day, one per source.

        Parameters
        ----------
        reach : int, optional
            How many years before the last full year a value may lie; unlimited if not given.
        """
        found = self.figures(indicator, iso3, partner)
        oldest = date(day.year - 1 - reach, 1, 1) if reach is not None else date.min
        seen = [i for i, end in enumerate(found.ends) if oldest <= end <= day]
        return self._newest((indicator, iso3, partner), found, seen)

    def _newest(self, name: tuple[str, str, str], found: Figures, seen: Sequence[int]) -> list[Value]:
        """Return the figures of the newest period among the rows seen."""
        if not seen:
            return []
        last = found.periods[max(seen, key=lambda i: found.ends[i])]
        return [
            Value(*name, last, found.values[i], self.source(name[0], found.sources[i]), found.notes[i])
            for i in seen
            if found.periods[i] == last
        ]


def _plain(name: str) -> str:
    """Return a name as it is sorted: without the dots and accents of its letters."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))


@lru_cache(maxsize=4)
def tables(root: Path | None = None) -> Tables:
    """Return the tables of a data folder, the project's own by default; read once a process."""
    return Tables(root or paths.data())
