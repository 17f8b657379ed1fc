"""Select what has dates: memberships, the status of treaties and measures, events."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from atlas.writing.rows import Row, read_csv

ADDED = Path(__file__).parent / "added"
MEMBERSHIP_COLUMNS = ("iso3", "organisation", "status", "from", "to", "url", "note")
EVENT_COLUMNS = (
    "id", "date", "countries", "partner", "kind", "direction", "what", "label",
    "value", "unit", "source", "url", "second_url", "note",
)
STATUS_COLUMNS = ("iso3", "instrument", "status", "from", "to", "source", "url", "note")
SECOND_SOURCE = re.compile(r";?\s*(?:also|second source:?)\s+(https?://\S+?)(?=;\s|$)")
LONGEST_TITLE = 110
LONGEST_LABEL = 26


class DatedError(Exception):
    """A dated row that does not keep what the tables promise."""


def select_memberships(shared: Path) -> list[Row]:
    """Return who belongs to which organisation, from when to when."""
    rows = [
        {
            "iso3": row["iso3"], "organisation": row["organisation"], "status": row["status"],
            "from": row["from_date"], "to": row["to_date"], "url": row["page_to_verify"], "note": "",
        }
        for row in read_csv(shared / "data" / "memberships_curated.csv")
    ] + read_csv(ADDED / "memberships.csv")
    return sorted(rows, key=lambda row: (row["organisation"], row["iso3"], row["from"]))


def select_events(confirmed: Mapping[str, Any], labels: Mapping[str, str], shared: Path) -> list[Row]:
    """Return the dated events that a cited page confirms.

    Parameters
    ----------
    confirmed : mapping
        Content of ``lists/confirmed.yaml``: events of confidence B that a later page confirms, titles put right.
    labels : mapping
        Content of ``lists/event_labels.yaml``: a few words for the events that a timeline names.
    shared : Path
        Folder of the shared tables.

    Raises
    ------
    DatedError
        If an identifier is used twice, a title or label is too long, or a label names no event.
    """
    taken = read_csv(shared / "atlas" / "events.csv") + read_csv(ADDED / "events.csv")
    respell(taken, confirmed["respelt"])
    sure = [row for row in taken if row["confidence"] == "A"]
    sure += [row | dict(confirmed["events"][row["id"]]) for row in taken if row["id"] in confirmed["events"]]
    rows = sorted((event(row, labels) for row in sure), key=lambda row: (row["date"], row["id"]))
    names = [row["id"] for row in rows]
    twice = sorted({name for name in names if names.count(name) > 1})
    long = [row["id"] for row in rows if len(row["what"]) > LONGEST_TITLE]
    if twice or long:
        raise DatedError(f"events used twice: {twice}; longer than {LONGEST_TITLE} characters: {long}")
    check_labels(labels, names)
    return rows


def respell(rows: list[Row], respelt: Mapping[str, Sequence[str]]) -> None:
    """Put right what an event's title has wrong; fails on the day that the wrong words are gone."""
    titled = {row["id"]: row for row in rows}
    for name, (wrong, right) in respelt.items():
        if wrong not in titled[name]["title"]:
            raise DatedError(f"{name}: {wrong!r} no longer stands in its title; remove it from lists/confirmed.yaml")
        titled[name]["title"] = titled[name]["title"].replace(wrong, right)


def check_labels(labels: Mapping[str, str], names: Collection[str]) -> None:
    """Refuse labels of events that are not taken and labels too long to stand beside a mark."""
    unknown = sorted(set(labels) - set(names))
    long = sorted(name for name, label in labels.items() if len(label) > LONGEST_LABEL)
    if unknown or long:
        raise DatedError(f"labels of no event: {unknown}; longer than {LONGEST_LABEL} characters: {long}")


def event(row: Row, labels: Mapping[str, str]) -> Row:
    """Bring one event into the project's layout; a second page moves from the note to its own column."""
    second = SECOND_SOURCE.search(row["note"])
    return {
        "id": row["id"],
        "date": row["date"],
        "countries": row["iso3"],
        "partner": row["partner"],
        "kind": row["kind"],
        "direction": row["direction"],
        "what": row["title"],
        "label": labels.get(row["id"], ""),
        "value": row["value"],
        "unit": row["unit"],
        "source": row["source_title"],
        "url": row["url"],
        "second_url": second.group(1) if second else "",
        "note": SECOND_SOURCE.sub("", row["note"]).strip("; "),
    }


def select_status(confirmed: Mapping[str, Any], shared: Path) -> list[Row]:
    """Return the state of treaties, programmes and measures by country.

    Parameters
    ----------
    confirmed : mapping
        Content of ``lists/confirmed.yaml``: rows of confidence B that a second table confirms, with what it changes.
    shared : Path
        Folder of the shared tables.
    """
    rows: list[Row] = []
    for row in read_csv(shared / "atlas" / "status.csv") + read_csv(ADDED / "status.csv"):
        change = confirmed["status"].get(f"{row['iso3']} | {row['instrument']} | {row['status']}")
        if row["confidence"] == "A" or change is not None:
            rows += [status(row | dict(change or {}), iso3) for iso3 in row["iso3"].split(";")]
    return sorted(rows, key=lambda row: (row["iso3"], row["instrument"], row["from"], row["status"]))


def status(row: Row, iso3: str) -> Row:
    """Bring one span into the project's layout, for one country."""
    return {
        "iso3": iso3, "instrument": row["instrument"], "status": row["status"], "from": row["from_date"],
        "to": row["to_date"], "source": row["source_title"], "url": row["url"], "note": row["note"],
    }
