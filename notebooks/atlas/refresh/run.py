"""A refresh from end to end: plan, fetch, compute, compare, and only then write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from atlas.errors import AtlasError
from atlas.refresh import replace
from atlas.refresh.clients import BASES, CLIENTS
from atlas.refresh.compare import Change, Merged, check_unit, merge
from atlas.refresh.figures import Newer, places
from atlas.refresh.plan import Catalogue, Plan, catalogue, plan
from atlas.refresh.web import Web
from atlas.writing.codebook import write_codebook
from atlas.writing.package import write_package
from atlas.writing.rows import COLUMNS, FIRST_YEAR, Row, read_csv, read_yaml, sort_rows, write_csv
from atlas.writing.sidecar import write_sidecar


@dataclass(frozen=True)
class Outcome:
    """What a refresh found, and which files it wrote."""

    listed: Catalogue
    plan: Plan
    changes: list[Change]
    same: Counter[str]
    written: list[str]


def refresh(
    data: Path,
    web: Web,
    groups: Collection[str] = (),
    *,
    skip: Collection[str] = (),
    accept_vanished: bool = False,
    dry_run: bool = False,
    told: Callable[[str], None] = lambda said: None,
) -> Outcome:
    """Bring groups of indicators up to date, or change nothing at all.

    Parameters
    ----------
    data : Path
        The data folder.
    web : Web
        Asks the publishers.
    groups : collection of str
        Groups of indicators, all if empty.
    skip : collection of str
        Indicators to leave as they are.
    accept_vanished : bool
        Drop values that the publisher no longer has; else they are kept.
    dry_run : bool
        Find the changes, write nothing.
    told : callable
        Is told what is being fetched.

    Raises
    ------
    Refused
        If an answer is missing or cannot be used.
    """
    with _alone(web.kept.folder):
        if not dry_run and replace.finish(data):
            told("finished writing what an earlier run had begun")
        listed = catalogue(data)
        made = plan(listed, groups, skip)
        groups = {one.group for one in listed.values()}
        tables = {group: read_csv(data / "indicators" / f"{group}.csv") for group in groups}
        newer = _gather(data, Newer(listed, tables), made, web, told)
        merged = _compare(newer, made, accept_vanished)
        changes = [change for one in merged.values() for change in one.changes]
        same = Counter({name: one.same for name, one in merged.items()})
        written = [] if dry_run else _write(data, newer, merged)
        if not dry_run:
            web.kept.drop()
    return Outcome(listed, made, changes, same, written)


def _alone(folder: Path) -> Any:
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder.with_name(f"{folder.name}.lock"), timeout=0)
    try:
        return lock.acquire()
    except Timeout:
        raise AtlasError("another atlas refresh is running; wait until it is done") from None


def _gather(data: Path, newer: Newer, made: Plan, web: Web, told: Callable[[str], None]) -> Newer:
    known = places(read_csv(data / "reference" / "countries.csv"))
    sets = read_yaml(data / "reference" / "peer_sets.yaml")
    years = (FIRST_YEAR - 1, date.today().year)  # growth needs the year before
    for number, name in enumerate(made.fetched, start=1):
        one = newer.listed[name]
        told(f"{number} of {len(made.fetched)}: {name} from {one.refresh['client']}")
        within = one.refresh.get("within")
        asked = dict(one.refresh) | ({"within": sets[within]["members"]} if isinstance(within, str) else {})
        with web.series():
            fetched = CLIENTS[asked["client"]](asked, web, BASES[asked["client"]], years)
            newer.add(name, fetched, known, _lists(data, one.group).get("corrections", []))
            check_unit(name, newer.old(name), newer.rows[name], newer.papers[name])
    for name in made.computed:
        newer.compute(name)
    return newer


def _compare(newer: Newer, made: Plan, accept_vanished: bool) -> dict[str, Merged]:
    merged = {}
    for name in (*made.fetched, *made.computed):
        merged[name] = merge(newer.listed[name].group, newer.old(name), newer.rows[name], accept_vanished)
    return merged


def _write(data: Path, newer: Newer, merged: Mapping[str, Merged]) -> list[str]:
    """Write the groups that were touched, then package and codebook, and put them all in place at once."""
    lists = data / "selection" / "lists"
    new = replace.stage(data)
    try:
        for group in sorted({newer.listed[name].group for name in merged}):
            _write_group(data, new, group, newer, merged)
        write_package(new, read_yaml(lists / "sources.yaml")["allowed_licences"])
        write_codebook(new, lists)
        names = replace.differing(data, new)
        replace.commit(data, new, names)
    finally:
        replace.discard(data)
    return names


def _write_group(data: Path, new: Path, group: str, newer: Newer, merged: Mapping[str, Merged]) -> None:
    path = new / "indicators" / f"{group}.csv"
    before = read_yaml(path.with_suffix(".yaml"))
    rows: list[Row] = [row for row in newer.tables[group] if row["indicator"] not in merged]
    rows += [row for name, one in merged.items() if newer.listed[name].group == group for row in one.rows]
    write_csv(path, COLUMNS, sort_rows(rows))
    anew = {name: one["refreshed"] for name, one in before["indicators"].items() if "refreshed" in one}
    anew |= {name: papers for name, papers in newer.papers.items() if newer.listed[name].group == group}
    papers = before["sources"] | _papers(data, newer.listed, anew)
    write_sidecar(group, _lists(data, group), rows, papers, path, anew)


def _papers(data: Path, listed: Catalogue, anew: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Return the papers of the sources of newer figures, with the editions and the last day of what came from each."""
    fresh = read_yaml(data / "selection" / "lists" / "sources.yaml").get("fresh", {})
    return {
        source: {
            "publisher": entry["publisher"],
            "title": entry["title"],
            "citation": entry["citation"],
            "version": ", ".join(sorted({anew[name]["version"] for name in names} - {""})),
            "url": entry.get("url", ""),
            "retrieved": max((anew[name]["retrieved"] for name in names), default=""),
            "licence": entry["licence"],
            "licence_id": entry["licence_id"],
            "note": " ".join(entry[key] for key in ("decision", "note") if key in entry),
        }
        for source, entry in fresh.items()
        for names in [[name for name in anew if listed[name].refresh.get("source") == source]]
    }


def _lists(data: Path, group: str) -> dict[str, Any]:
    content: dict[str, Any] = read_yaml(data / "selection" / "lists" / f"{group}.yaml")
    return content
