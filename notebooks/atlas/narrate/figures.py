"""Which chart shows what: from a claim, a question or an interest to the figure that is drawn."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd

from atlas import charts, dates, words
from atlas.blocks import Block, Text
from atlas.charts import Caption
from atlas.checks import At, Clock
from atlas.checks.ranks import Panel, panel_of
from atlas.checks.reading import Reading
from atlas.data import PeerSet, Tables
from atlas.model import Check
from atlas.narrate.subject import Subject, licence, measure
from atlas.narrate.titles import course_title, rank_title
from atlas.phrases import say
from atlas.verdicts import Judged

RANKS = {
    "lowest_in": "among",
    "highest_in": "among",
    "rank_in": "among",
    "above": "of",
    "below": "of",
    "ratio_to": "of",
}
"""The rules that compare with peers, and the key under which each names them."""
CLAIMED = {"about": "value", "at_least": "value", "at_most": "value", "share_of": "value"}
"""The rules whose claimed number can be drawn as a line."""
_CITED = 2
"""Pages that a chart names in full, at most."""
TELLING = (
    "contradicted_then",
    "no_longer_holds",
    "contested",
    "holds",
    "stale",
    "came_true",
    "reversed",
    "not_followed",
    "partly_followed",
    "followed",
    "occurred",
    "did_not_occur",
    "pending",
)
"""Which verdicts make a chart worth its place, most telling first."""


@lru_cache(maxsize=4)
def first_page(subject: Subject) -> list[Block]:
    """Return the one chart of the first page."""
    if not subject.assessments:
        return of_indicator(subject, "gdp_per_capita_ppp_constant_intl", size="first_page")
    main = [row for row in subject.ledger.rows if row.assessment.id == subject.main.id]
    for row in telling([*main, *subject.ledger.rows]):
        drawn = of_claim(subject, row, size="first_page")
        if drawn:
            return drawn
    card = subject.tables.cards[subject.main.interest or "values"]
    return of_indicator(subject, card[0]["indicator"], size="first_page")


def _name(subject: Subject, indicator: str, partner: str = "", country: str = "") -> str:
    return "-".join(filter(None, (subject.iso3, indicator, partner, country)))


def drawn_as(chart: Block) -> str:
    """Return what a chart draws, so that none is drawn twice."""
    return str(getattr(chart, "csv_name", "")).split(".")[0]


def telling(rows: Sequence[Judged]) -> list[Judged]:
    """Order rows by how much a chart of them would tell: key claims first, then by verdict; each once."""
    unique = {row.claim.id: row for row in rows if row.verdict in TELLING and _measured(row)}
    return sorted(unique.values(), key=lambda row: (not row.claim.key, _is_rank(row), TELLING.index(row.verdict)))


def _measured(row: Judged) -> list[Check]:
    """Return the checks of a claim, or of its outcomes, that read an indicator."""
    checks = row.claim.check or [fate.when for fate in row.claim.outcomes]
    return [
        check for check in checks if "indicator" in check.keys and not check.fixed and "regime" not in str(check.keys)
    ]


def _is_rank(row: Judged) -> bool:
    """Tell whether the figure is a printed rank, which makes a poor line."""
    return "rank" in str(_measured(row)[0].keys["indicator"])


def of_claim(subject: Subject, row: Judged, size: str = "full", taken: Container[str] = ()) -> list[Block]:
    """Draw the figure behind a claim: among peers where it names them, else over time; empty where it has none.

    A figure that is `taken` stands elsewhere in the report, and is not drawn again.
    """
    for check in _measured(row):
        if _name(subject, check.keys["indicator"], check.partner or "", check.country or "") in taken:
            return []
        drawn = _among(subject, row, check, size) if check.rule in RANKS else _over_time(subject, row, check, size)
        if drawn:
            return drawn
    return []


def _at(subject: Subject, check: Check, name: Any, day: date) -> At:
    return At(
        subject.tables, check.country or subject.iso3, Clock(name, day), check.partner or "", check.period, check.fixed
    )


def _among(subject: Subject, row: Judged, check: Check, size: str) -> list[Block]:
    indicator, among = check.keys["indicator"], check.keys[RANKS[check.rule]]
    then = panel_of(_at(subject, check, "then", min(row.assessment.written_day, subject.day)), indicator, among)
    now = panel_of(_at(subject, check, "now", subject.day), indicator, among)
    if isinstance(now, Reading):
        return []
    earlier = then if isinstance(then, Panel) and then.period != now.period else None
    codes = list(dict.fromkeys([*now.values, *(earlier.values if earlier else {}), *now.peers.members]))
    table = pd.DataFrame(
        [
            {
                "iso3": iso3,
                "label": subject.tables.country(iso3).called,
                "now": now.values.get(iso3),
                "then": earlier.values.get(iso3) if earlier else None,
            }
            for iso3 in codes
        ]
    )
    caption = caption_of(
        subject,
        indicator,
        rank_title(subject, row, check),
        size,
        [row],
        scope=now.peers.title,
        partner=check.partner or "",
        codes=codes,
    )
    return [
        charts.dots(
            table.astype({"now": float, "then": float}),
            caption,
            country=check.country or subject.iso3,
            then=earlier.period if earlier else "",
            now=now.period,
        )
    ]


def _over_time(subject: Subject, row: Judged, check: Check, size: str) -> list[Block]:
    indicator = check.keys["indicator"]
    claimed = None
    if check.rule in CLAIMED and check.keys.get("of") is None:
        value = float(check.keys[CLAIMED[check.rule]])
        printed = check.rule in ("about", "share_of")
        label = say("figures.text" if printed else "figures.bound", value=subject.now.brief(indicator, value))
        claimed = (value, label)
    table = series_table(subject, indicator, [check.country or subject.iso3], check.partner or "")
    if len(table) < 3:
        return []
    caption = caption_of(
        subject,
        indicator,
        course_title(subject, indicator, table, row, check.partner or ""),
        size,
        [row],
        partner=check.partner or "",
        country=check.country or "",
    )
    return [
        charts.lines(
            table, caption, country=check.country or subject.iso3, written=written_on(subject, row), claimed=claimed
        )
    ]


def written_on(subject: Subject, row: Judged | None = None) -> list[tuple[str, str]]:
    """Return the dates to mark: of one claim's text, or of all texts."""
    if row:
        return [(row.assessment.written, say("figures.written", day=words.day(row.assessment.written)))]
    return [(one.written, one.label) for one in subject.assessments]


def series_table(subject: Subject, indicator: str, codes: Iterable[str], partner: str = "") -> pd.DataFrame:
    """Return an indicator of several countries in long form: iso3, label, period, value; preferred source only."""
    rows = [
        (iso3, subject.tables.country(iso3).called, period, value)
        for iso3 in codes
        for period, value in subject.tables.figures(indicator, iso3, partner).preferred.items()
        if dates.last_day(period) <= subject.day
    ]
    return pd.DataFrame(rows, columns=["iso3", "label", "period", "value"]).astype({"value": float})


def of_indicator(subject: Subject, indicator: str, size: str = "full", taken: Container[str] = ()) -> list[Block]:
    """Draw an indicator of the country among its peers, now and five years before, unless it is `taken`."""
    if _name(subject, indicator) in taken:
        return []
    peers = peers_of(subject)
    now = panel_of(subject.now, indicator, list(peers.members), 0.3)
    if isinstance(now, Reading):
        return []
    early = str(int(now.period[:4]) - 5)
    codes = list(dict.fromkeys([subject.iso3, *peers.members]))
    table = pd.DataFrame(
        [
            {
                "iso3": iso3,
                "label": subject.tables.country(iso3).called,
                "now": now.values.get(iso3),
                "then": value_in(subject, indicator, iso3, "", early),
            }
            for iso3 in codes
        ]
    )
    place = 1 + sum(value > now.values[subject.iso3] for value in now.values.values())
    title = words.capital(
        say(
            "figures.had",
            title=measure(subject, indicator),
            country=subject.country,
            standing=words.standing(place, len(now.values)),
            at=words.at(now.period),
        )
    )
    caption = caption_of(subject, indicator, title, size, [], scope=peers.title, codes=codes)
    return [
        charts.dots(
            table.astype({"now": float, "then": float}), caption, country=subject.iso3, then=early, now=now.period
        )
    ]


def value_in(subject: Subject, indicator: str, iso3: str, partner: str, period: str) -> float | None:
    """Return the value of one period, preferred source first."""
    found = subject.tables.values_in(indicator, iso3, partner, period)
    return found[0].value if found else None


def peers_of(subject: Subject) -> PeerSet:
    """Return the declared peers, or the region where the country has none."""
    peers = subject.tables.peers(subject.peers, subject.iso3, subject.day)
    return peers if set(peers.members) - {subject.iso3} else subject.tables.peers("region", subject.iso3, subject.day)


def caption_of(
    subject: Subject,
    indicator: str,
    title: str,
    size: str,
    rows: Sequence[Judged],
    *,
    scope: str = "",
    partner: str = "",
    country: str = "",
    codes: Sequence[str] = (),
) -> Caption:
    """Return the words around a chart of one indicator; `codes` are the countries drawn where there are several."""
    one = subject.tables.indicator(indicator)
    whose = f", {subject.tables.country(country).called}" if country and country != subject.iso3 else ""
    return Caption(
        title=title,
        measure=measure(subject, indicator, partner) + whose,
        unit=subject.tables.unit(indicator),
        digits=one.digits,
        source=source_line(subject.tables, indicator, sorted(
            codes or [country or subject.iso3], key=lambda iso3: iso3 != subject.iso3), partner),
        name=_name(subject, indicator, partner, country),
        scope=scope,
        pills=[(row.claim.id, row.verdict) for row in rows],
        size=size,
    )


def source_line(tables: Tables, indicator: str, codes: Iterable[str], partner: str = "") -> Text:
    """Name the source of the figures drawn; where each figure has a page of its own, the publishers."""
    found = tables.sources_behind(indicator, codes, partner) or tables.indicator(indicator).sources[:1]
    named = [f"{one.named}, {one.title} ({licence(one)})" for one in found]
    if len(named) <= _CITED:
        return say("figures.source", source=words.sentence("; ".join(named)))
    publishers = list(dict.fromkeys(one.named for one in found))
    licences = words.listing(dict.fromkeys(map(licence, found)))
    return say("figures.pages", count=len(found), publishers=words.several(publishers, 3), licences=licences)
