"""The survey: every claim on file beside every other, counted by interest, by kind and by what it speaks of."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from atlas import library, verdicts
from atlas.data import Tables
from atlas.data import tables as project_tables
from atlas.verdicts import Judged

TESTED = ("holds", "no_longer_holds", "contradicted_then", "came_true", "contested", "stale")
"""The verdicts of claims that the data could speak on."""
FORMS = {
    "superlative or rank": {"lowest_in", "highest_in", "rank_in", "rank_among_parts"},
    "membership, treaty or event": {"member_of", "party_to", "event", "count_is"},
    "trend": {"rising", "falling", "flat"},
    "comparison": {"above", "below", "ratio_to", "closer_to"},
    "level or share": {"about", "at_least", "at_most", "between", "share_of"},
}
"""What a claim asserts, told by the rule of its first check."""
_Z = 1.96


@dataclass(frozen=True)
class Share:
    """How many of how many, with what is not known about it.

    Attributes
    ----------
    low, high : float
        Bounds of the 95 % interval by Wilson's score method, in per cent, as if claims were drawn at random.
    least, most : float
        The smallest and the largest share that is left when any one country is taken away, in per cent.
    """

    name: str
    count: int
    of: int
    low: float
    high: float
    least: float
    most: float
    countries: int

    @property
    def percent(self) -> float:
        """The share in per cent."""
        return 100 * self.count / self.of

    def apart(self, other: Share) -> bool:
        """Say whether two intervals do not touch, so that their order is more than chance would make."""
        return self.low > other.high or other.low > self.high


def claims(as_of: date | None = None, tables: Tables | None = None) -> list[Judged]:
    """Judge every claim on file.

    Parameters
    ----------
    as_of : date, optional
        The day on which `now` is read; the newest day in the data if not given.
    tables : Tables, optional
        The project's own tables if not given.
    """
    data = tables or project_tables()
    return [row for iso3 in library.assessed(data.root)
            for row in verdicts.ledger(iso3, as_of=as_of, tables=data).rows]


def tested(rows: Iterable[Judged]) -> list[Judged]:
    """Return the claims that the data could speak on."""
    return [row for row in rows if row.verdict in TESTED]


def at_risk(rows: Iterable[Judged]) -> list[Judged]:
    """Return the claims that were supported when written and could have changed since.

    A figure printed for a named year stays what it was; a claim without a newer reading tells nothing of change.
    """
    return [row for row in rows if row.then and row.now and row.then.result == "supported"
            and row.now.result != "no_data" and not all(one.fixed for one in row.claim.check)]


def turned(row: Judged) -> bool:
    """Say whether the newest data contradict a claim."""
    return bool(row.now and row.now.result == "contradicted")


def bears_out(row: Judged) -> bool:
    """Say whether the newest data bear a claim out, whatever those of its time said."""
    return bool(row.now and row.now.result == "supported")


def share(name: str, rows: Sequence[Judged], test: Callable[[Judged], bool]) -> Share:
    """Count how many claims pass a test.

    Raises
    ------
    ValueError
        If there are no claims.
    """
    if not rows:
        raise ValueError(f"no claims to count for {name}")
    passed = [test(row) for row in rows]
    places = sorted({row.assessment.country for row in rows})
    left = [[good for row, good in zip(rows, passed, strict=True) if row.assessment.country != iso3]
            for iso3 in places]
    without = [100 * sum(one) / len(one) for one in left if one] or [100 * sum(passed) / len(passed)]
    return Share(name, sum(passed), len(rows), *wilson(sum(passed), len(rows)), min(without), max(without), len(places))


def by(rows: Iterable[Judged], key: Callable[[Judged], str], test: Callable[[Judged], bool],
       fewest: int = 8) -> list[Share]:
    """Count by group, the largest share first; groups with fewer claims than `fewest` or no name are left out."""
    groups: dict[str, list[Judged]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    found = [share(name, group, test) for name, group in groups.items() if name and len(group) >= fewest]
    return sorted(found, key=lambda one: (-one.percent, one.name))


def interest(row: Judged) -> str:
    """Return the interest of the chapter that makes a claim; empty for texts that have none."""
    return row.assessment.interest or ""


def form(row: Judged) -> str:
    """Return what a claim asserts, told by the rule of its first check; empty without one."""
    rule = row.claim.check[0].rule if row.claim.check else ""
    return next((name for name, rules in FORMS.items() if rule in rules), "")


SUBJECTS = {
    "military": ("military_", "armed_forces", "arms_", "ucdp_", "zapad_", "territory_", "global_peace"),
    "migration": ("frontex_", "asylum_", "refugees_", "idps", "immigrant_", "emigrant_", "germany_first_", "returns_",
                  "arrivals_", "registered_", "share_of_labour", "venezuelans_", "internally_", "forcibly_"),
    "energy": ("gas_", "natural_gas_", "oil_", "crude_", "lng_", "co2_", "energy_", "primary_energy_", "renewable_",
               "electricity_", "net_import_", "total_energy_", "share_of_gas", "share_of_crude", "carbon_",
               "world_share_", "world_rank_"),
}
"""Subjects that cut across the files of figures, by how their indicators begin."""


def subject_of(tables: Tables) -> Callable[[Judged], str]:
    """Return a function that tells the subject of a claim: what the indicator of its first check is about.

    Claims that rest on an event, a membership or a treaty, and single published figures on other matters, have none.
    """
    def subject(row: Judged) -> str:
        name = row.claim.check[0].keys.get("indicator") if row.claim.check else None
        if not isinstance(name, str):
            return ""
        found = next((one for one, starts in SUBJECTS.items() if name.startswith(starts)), "")
        group = tables.indicator(name).group.partition("_")[0]
        return found or {"trade": "trade", "economy": "economy", "values": "values"}.get(group, "")

    return subject


def wilson(count: int, of: int) -> tuple[float, float]:
    """Return the 95 % interval of a share in per cent by Wilson's score method.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).

    >>> [round(bound, 1) for bound in wilson(5, 10)]
    [23.7, 76.3]
    """
    part, square = count / of, _Z * _Z
    middle = part + square / (2 * of)
    reach = _Z * math.sqrt(part * (1 - part) / of + square / (4 * of * of))
    low, high = (middle - reach) / (1 + square / of), (middle + reach) / (1 + square / of)
    return 100 * max(low, 0.0), 100 * min(high, 1.0)
