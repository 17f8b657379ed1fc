"""The charts of the sections: of a question, an interest, the neighbours, the events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import pandas as pd

from atlas import charts, dates, words
from atlas.blocks import Block
from atlas.charts import Caption
from atlas.data import PeerSet
from atlas.narrate import record
from atlas.narrate.figures import (
    caption_of,
    drawn_as,
    first_page,
    of_claim,
    of_indicator,
    peers_of,
    series_table,
    telling,
    value_in,
    written_on,
)
from atlas.narrate.subject import Subject, measure
from atlas.narrate.titles import course_title
from atlas.phrases import say

MOST = 2
"""Charts of claims under one question."""
PARTNERS = ("DEU", "CHN", "RUS", "USA")
"""Whose trade shares are drawn, for every country alike."""
MIX = {f"electricity_share_{source}_pct": source for source in ("fossil", "nuclear", "hydro", "wind", "solar")}
"""What electricity is made from."""
BY_QUESTION = {"relevance": "gdp_current_usd", "willingness": "unga_distance_to_germany"}
"""The figure drawn for a question under which no claim can be drawn."""


def of_question(subject: Subject, code: str) -> list[Block]:
    """Return the charts of a question: of its leading claims, or of the figures declared for the question."""
    return plan(subject)[code]


@lru_cache(maxsize=4)
def plan(subject: Subject) -> dict[str, list[Block]]:
    """Draw the charts of all five questions so that no figure is drawn twice in a report."""
    taken = {drawn_as(chart) for chart in first_page(subject)}
    made: dict[str, list[Block]] = {}
    for code in subject.tables.questions:
        found = _of_claims(subject, code, taken)
        found += {
            "status_quo": lambda: record.contacts(subject) + trade_shares(subject),
            "potential": lambda: distances(subject),
        }.get(code, list)()
        if not found and code in BY_QUESTION:
            found = of_indicator(subject, BY_QUESTION[code], taken=taken)
            taken |= {drawn_as(chart) for chart in found}
        made[code] = found
    return made


def _of_claims(subject: Subject, code: str, taken: set[str]) -> list[Block]:
    made: list[Block] = []
    for row in telling(subject.ledger.of(code)):
        found = of_claim(subject, row, taken=taken)
        taken |= {drawn_as(chart) for chart in found}
        made += found
        if len(made) >= MOST:
            break
    return made


def trade_shares(subject: Subject) -> list[Block]:
    """Draw the shares of four partners in goods imports at up to four dates."""
    indicator = "import_share_from_partner_pct"
    partners = [iso3 for iso3 in PARTNERS if iso3 != subject.iso3]
    frames = [
        series_table(subject, indicator, [subject.iso3], iso3).assign(label=subject.tables.country(iso3).called)
        for iso3 in partners
    ]
    table = pd.concat(frames, ignore_index=True)
    if table.empty:
        return []
    years = sorted(set(table["period"]))
    newest = int(years[-1])
    chosen = [str(year) for year in (newest - 15, newest - 10, newest - 5, newest) if str(year) in years]
    table = table[table["period"].isin(chosen)]
    last = table[table["period"] == chosen[-1]].sort_values("value", ascending=False)
    shares = list(zip(last["label"].astype(str), last["value"].astype(float), strict=True))
    named = {subject.tables.country(iso3).called: subject.tables.country(iso3) for iso3 in partners}
    title = words.listing(
        say("drawings.from", share=words.amount(value, "%", 0), country=named[name]) for name, value in shares
    )
    imports = say("drawings.imports", country=subject.country, year=chosen[-1], shares=title)
    caption = caption_of(
        subject,
        indicator,
        words.capital(imports),
        "full",
        [],
    )
    home = subject.tables.country("DEU").called
    drawn = charts.slopes(
        table,
        caption,
        highlight=home if home in dict(shares) else shares[0][0],
        country=subject.country.called,
    )
    return [drawn]


def distances(subject: Subject) -> list[Block]:
    """Draw how far each declared indicator is from the country's own best and from the middle of its peers."""
    interest = subject.main.interest if subject.assessments else None
    entries = subject.tables.cards[interest] if interest else [card[0] for card in subject.tables.cards.values()]
    peers = peers_of(subject)
    rows = [
        row for entry in entries if (row := _distance(subject, entry["indicator"], entry.get("partner", ""), peers))
    ]
    if not rows:
        return []
    caption = Caption(
        title=say("drawings.distance.title", country=subject.country, peers=peers.title),
        measure=say("drawings.distance.measure"),
        unit="",
        digits=0,
        source=say("drawings.distance.source"),
        name=f"{subject.iso3}-distance",
        note=say("drawings.distance.note"),
    )
    return [charts.distance(pd.DataFrame(rows), caption, country=subject.country.called)]


def _distance(subject: Subject, indicator: str, partner: str, peers: PeerSet) -> dict[str, object] | None:
    own = series_table(subject, indicator, [subject.iso3], partner)
    if own.empty:
        return None
    one = subject.tables.indicator(indicator)
    newest = own.iloc[own["period"].map(dates.last_day).argmax()]
    others = [
        value_in(subject, indicator, iso3, partner, newest["period"]) for iso3 in peers.members if iso3 != subject.iso3
    ]
    known = [value for value in others if value is not None]
    row: dict[str, object] = {
        "label": measure(subject, indicator, partner),
        "unit": subject.tables.unit(indicator),
        "digits": one.digits,
        "value": newest["value"],
        "period": newest["period"],
    }
    if one.good:
        best = own.iloc[own["value"].argmax() if one.good == "up" else own["value"].argmin()]
        row |= {"best": best["value"], "best_period": best["period"]}
    return row | ({"median": float(pd.Series(known).median())} if len(known) >= 2 else {})


def of_interest(subject: Subject, code: str) -> list[Block]:
    """Draw the chart that an interest calls for, unless a question has drawn it already."""
    taken = {drawn_as(chart) for drawn in plan(subject).values() for chart in drawn}
    name, draw = BY_INTEREST[code]
    found = [] if f"{subject.iso3}-{name}" in taken else draw(subject)
    return [chart for chart in found if drawn_as(chart) not in taken]


def _democracy(subject: Subject) -> list[Block]:
    indicator = "vdem_liberal_democracy"
    codes = [subject.iso3, *(iso3 for iso3 in peers_of(subject).members if iso3 != subject.iso3)]
    table = series_table(subject, indicator, codes)
    own = table[table["iso3"] == subject.iso3]
    if len(own) < 2:
        return []
    caption = caption_of(
        subject,
        indicator,
        course_title(subject, indicator, _lately(own), None),
        "full",
        [],
        scope=peers_of(subject).title,
    )
    return [
        charts.lines(
            table[table["period"] >= "2005"], caption, country=subject.iso3, written=written_on(subject), bounds=(0, 1)
        )
    ]


def _lately(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that a title speaks of: those since 2015, or all where a series ends before."""
    late = table[table["period"] >= "2015"]
    return table if late.empty else late


def _spending(subject: Subject) -> list[Block]:
    return of_indicator(subject, "military_expenditure_pct_gdp")


def _electricity(subject: Subject) -> list[Block]:
    years = sorted({period for name in MIX for period in subject.tables.figures(name, subject.iso3).periods})
    if not years:
        return []
    home = (subject.tables.country("DEU").called, years[-1])
    bars = [(subject.iso3, year, year) for year in years] + [("DEU", years[-1], " ".join(home))] * (
        subject.iso3 != "DEU"
    )
    rows = [
        {"label": label, "part": say(f"drawings.parts.{part}"), "value": value_in(subject, name, iso3, "", year)}
        for iso3, year, label in bars
        for name, part in MIX.items()
    ]
    parts = {
        part: value for name, part in MIX.items() if (value := value_in(subject, name, subject.iso3, "", years[-1]))
    }
    largest = max(parts, key=lambda part: parts[part])
    share = words.amount(parts[largest], "%", 0)
    title = say("drawings.electricity", source=say(f"drawings.power.{largest}"), share=share, year=years[-1])
    caption = caption_of(subject, next(iter(MIX)), title, "full", [])
    caption = replace(caption, measure=say("drawings.by_source"), name=f"{subject.iso3}-electricity")
    return [charts.mix(pd.DataFrame(rows).astype({"value": float}), caption, country=subject.country.called, total=100)]


def _refugees(subject: Subject) -> list[Block]:
    indicator = "refugees_by_origin"
    table = series_table(subject, indicator, [subject.iso3])
    if len(table) < 3 or not table["value"].any():
        return []
    caption = caption_of(
        subject, indicator, course_title(subject, indicator, _lately(table), None), "full", []
    )
    return [
        charts.columns(
            table[table["period"] >= "2005"], caption, country=subject.country.called, written=written_on(subject)
        )
    ]


def multiples(subject: Subject, indicator: str, peers: PeerSet) -> list[Block]:
    """Draw one small chart a peer, each with the country's own line."""
    codes = [subject.iso3, *(iso3 for iso3 in peers.members if iso3 != subject.iso3)]
    table = series_table(subject, indicator, codes)
    table = table[table["period"] >= "2005"]
    own = table[table["iso3"] == subject.iso3]
    if len(own) < 2 or table["iso3"].nunique() < 2:
        return []
    caption = caption_of(subject, indicator, course_title(subject, indicator, own, None), "full", [], scope=peers.title)
    caption = replace(caption, name=f"{caption.name}-neighbours")
    bounds = (0.0, 1.0) if subject.tables.indicator(indicator).unit.startswith("index 0-1") else None
    return [charts.small_multiples(table, caption, country=subject.iso3, bounds=bounds)]


BY_INTEREST: dict[str, tuple[str, Callable[[Subject], list[Block]]]] = {
    "values": ("vdem_liberal_democracy", _democracy),
    "trade": ("import_share_from_partner_pct", trade_shares),
    "security": ("military_expenditure_pct_gdp", _spending),
    "climate": ("electricity", _electricity),
    "migration": ("refugees_by_origin", _refugees),
}
"""The chart that each interest calls for, by what it draws."""
