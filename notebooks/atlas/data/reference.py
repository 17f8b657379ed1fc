"""Reference tables: countries and their neighbours, peer sets, memberships, status and events."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from atlas import cases, dates, words
from atlas.language import english, foreign
from atlas.writing.rows import read_csv


@dataclass(frozen=True)
class Country:
    """A country as the atlas names it."""

    iso3: str
    iso2: str
    name: str
    name_de: str
    article: str
    capital: str
    continent: str
    subregion: str
    kind: str
    latitude: str = ""
    longitude: str = ""
    article_de: str = ""

    @property
    def called(self) -> str:
        """The name alone, in the language that is spoken now: "Netherlands", "Niederlande"."""
        return self.name if english() else self.name_de or foreign(self.name)

    @property
    def the(self) -> str:
        """The name inside a sentence: "the Netherlands", "Chile", "die Niederlande"."""
        if not english():
            return cases.declined(self.called, self.article_de, "nominative")
        return f"{self.article} {self.name}" if self.article else self.name

    def __format__(self, form: str) -> str:
        """Write the name as a phrase of a catalogue asks: a case, a place, `of`, `name` for the name alone.

        `subject` is the name before a colon, alone in German.

        English has the genitive and one form for all else: `format(country, "dative")` is "the Netherlands".
        """
        if form == "name":
            return self.called
        if english() or not form:
            return words.possessive(self.the) if form == "genitive" else self.the
        if form == "subject":
            return self.called
        return (cases.declined if form in cases.CASES else cases.placed)(self.called, self.article_de, form)


@dataclass(frozen=True)
class PeerSet:
    """A named set of countries, declared before looking."""

    name: str
    title: str
    members: tuple[str, ...]
    definition: str = ""


@dataclass(frozen=True)
class Span:
    """Something that is so from one date to another, either of which may be open or known by year only."""

    iso3: str
    name: str
    status: str
    start: str
    end: str
    source: str
    url: str
    note: str

    def covers(self, day: date) -> bool:
        """Tell whether it is so on that day; a start known by month counts from the month's last day."""
        return (not self.start or dates.last_day(self.start) <= day) and (
            not self.end or day < dates.last_day(self.end)
        )


SpanT = TypeVar("SpanT", bound=Span)


class Membership(Span):
    """A country's place in an organisation."""


class Status(Span):
    """The state of a treaty, programme or measure towards a country."""


@dataclass(frozen=True)
class Event:
    """A dated, sourced event; `when` is its date as far as it is known, `label` a few words for some events."""

    id: str
    when: str
    countries: tuple[str, ...]
    partner: str
    kind: str
    direction: str
    what: str
    label: str
    source: str
    url: str
    note: str

    @property
    def day(self) -> date:
        """The latest day that the date allows."""
        return dates.last_day(self.when)


def countries(path: Path) -> dict[str, Country]:
    """Read the table of countries by ISO 3166-1 alpha-3 code."""
    fields = Country.__dataclass_fields__
    return {row["iso3"]: Country(**{name: row.get(name, "") for name in fields}) for row in read_csv(path)}


def shapes(path: Path) -> dict[str, list[list[list[float]]]]:
    """Read the outlines of countries: rings of longitude and latitude by code; a hole runs the other way round."""
    read = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {one["properties"]["iso3"]: [ring for polygon in one["geometry"]["coordinates"] for ring in polygon]
            for one in read}


def spans(path: Path, made: type[SpanT], name: str) -> list[SpanT]:
    """Read a table of dated spans; `name` is the column that says what the span is about."""
    return [
        made(
            iso3=iso3,
            name=row[name],
            status=row["status"],
            start=row["from"],
            end=row["to"],
            source=row.get("source", ""),
            url=row.get("url", ""),
            note=row.get("note", ""),
        )
        for row in read_csv(path)
        for iso3 in row["iso3"].split(";")
    ]


def events(path: Path) -> dict[str, Event]:
    """Read the dated events by identifier, oldest first."""
    rows = sorted(read_csv(path), key=lambda row: (dates.last_day(row["date"]), row["id"]))
    return {
        row["id"]: Event(
            id=row["id"],
            when=row["date"],
            countries=tuple(row["countries"].split(";")),
            partner=row["partner"],
            kind=row["kind"],
            direction=row["direction"],
            what=row["what"],
            label=row["label"],
            source=row["source"],
            url=row["url"],
            note=row["note"],
        )
        for row in rows
    }
