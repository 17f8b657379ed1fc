"""The plan of a refresh: which indicators are fetched, which are computed anew, which are kept by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atlas.errors import WrongUse, nearest
from atlas.writing.calculations import inputs
from atlas.writing.rows import read_yaml


@dataclass(frozen=True)
class Listed:
    """One indicator as its list declares it."""

    name: str
    group: str
    entry: Mapping[str, Any]

    @property
    def refresh(self) -> Mapping[str, Any]:
        """The declaration of where newer figures come from; empty if they come by hand."""
        declared = self.entry.get("refresh")
        return declared if isinstance(declared, Mapping) else {}

    @property
    def rule(self) -> Mapping[str, Any]:
        """How the indicator is computed from others; empty if it is not, or not anew."""
        declared = self.entry.get("derive", {})
        if "per_head_of" in declared or (self.refresh and "client" not in self.refresh):
            rule: Mapping[str, Any] = self.refresh.get("derive", declared)
            return rule
        return {}

    @property
    def inputs(self) -> list[str]:
        """The indicators that it is computed from."""
        if "per_head_of" in self.rule:
            return [*inputs(self.rule), "population_total"]
        return inputs(self.rule) if self.rule else []


Catalogue = dict[str, Listed]


def catalogue(data: Path) -> Catalogue:
    """Return every listed indicator of a data folder by name."""
    groups = sorted(path.stem for path in (data / "indicators").glob("*.yaml"))
    lists = {group: read_yaml(data / "selection" / "lists" / f"{group}.yaml") for group in groups}
    return {
        name: Listed(name, group, entry) for group, one in lists.items() for name, entry in one["indicators"].items()
    }


@dataclass(frozen=True)
class Plan:
    """What a refresh does.

    Parameters
    ----------
    fetched, computed : list of str
        Indicators; those computed stand after their inputs.
    called : list of str
        Those of the fetched that were not asked for, but own calculations need them of the same day.
    by_hand : list of str
        Indicators of the chosen groups that no client serves.
    """

    fetched: list[str]
    computed: list[str]
    called: list[str]
    by_hand: list[str]


def plan(listed: Catalogue, groups: Collection[str], skip: Collection[str]) -> Plan:
    """Return the plan for some groups, all if none is named.

    Parameters
    ----------
    listed : Catalogue
    groups : collection of str
        Names of groups.
    skip : collection of str
        Indicators to leave as they are, and with them what is computed from them.
    """
    known = list(dict.fromkeys(one.group for one in listed.values()))
    for given, valid in ((groups, known), (skip, list(listed))):
        for name in given:
            if name not in valid:
                raise WrongUse(f"{name!r} is not known{nearest(name, valid)}")
    chosen = [one for one in listed.values() if not groups or one.group in groups]
    asked = {one.name for one in chosen if "client" in one.refresh} - set(skip)
    fetched, computed = _closed(listed, asked, set(skip))
    return Plan(
        fetched=[name for name in listed if name in fetched],
        computed=computed,
        called=[name for name in listed if name in fetched - asked],
        by_hand=[one.name for one in chosen if not one.refresh and not one.rule],
    )


def _closed(listed: Catalogue, asked: set[str], skip: set[str]) -> tuple[set[str], list[str]]:
    """Add what own calculations need until nothing is missing: all inputs of one figure are of one day."""
    fetched, before = set(asked), None
    roots = {name: _roots(listed, name) for name, one in listed.items() if one.rule}
    computed: list[str] = []
    while fetched != before:
        before = set(fetched)
        computed = [name for name, needs in roots.items() if needs & fetched and not (needs | {name}) & skip]
        for name in computed:
            fetched |= {need for need in roots[name] if "client" in listed[need].refresh}
    return fetched, sorted(computed, key=lambda name: (_depth(listed, name), computed.index(name)))


def _roots(listed: Catalogue, name: str) -> set[str]:
    """Return everything that an own calculation rests on, through others too."""
    found: set[str] = set()
    for one in listed[name].inputs:
        found |= {one} | _roots(listed, one)
    return found


def _depth(listed: Catalogue, name: str) -> int:
    return max((1 + _depth(listed, one) for one in listed[name].inputs), default=0)
