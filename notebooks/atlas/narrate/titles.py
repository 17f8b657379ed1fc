"""The findings that charts carry as their titles, worked out from readings and series."""

from __future__ import annotations

import pandas as pd

from atlas import checks, dates, words
from atlas.checks import Clock
from atlas.checks.reading import Reading
from atlas.model import Check
from atlas.narrate.subject import Subject, measure
from atlas.phrases import say
from atlas.verdicts import Judged


def rank_title(subject: Subject, row: Judged, check: Check) -> str:
    """State where the country stood and stands by one check of a claim, in words computed from its own readings."""
    title = measure(subject, check.keys["indicator"], check.partner or "")
    who = subject.tables.country(check.country or subject.iso3)
    old, new = _readings(subject, row, check)
    then, now = _brief_of(old), _brief_of(new)
    given: dict[str, object] = {"title": title, "country": who, "then": then, "now": now}
    if check.rule in ("above", "below"):
        peers = subject.tables.peers(check.keys["of"], subject.iso3, subject.day).title
        agreed = {"supported": "met", "mixed": "part"}.get(new.result, "missed")
        side = say(f"ranks.{check.rule}_{check.keys.get('by') or 'median'}", peers=peers)
        return words.capital(say(f"titles.side.{agreed}", title=title, country=who, side=side))
    if check.rule == "ratio_to":
        given["then"] = then or now
        return words.capital(say("titles.ratio_two" if now != then else "titles.ratio", **given))
    missed = check.rule if check.rule in ("lowest_in", "highest_in") else ""
    if then and now and then != now and old.result == new.result == "contradicted" and missed:
        return words.capital(say(f"titles.missed.{missed}", **given))
    if then and now and old.brief == new.brief and then != now:
        return words.capital(say("titles.still", **given | {"at": words.at(new.period[:4])}))
    if then and now and then != now:
        return words.capital(say("titles.then_now", **given))
    return words.capital(say("titles.now", title=title, country=who, now=now or then))


def _readings(subject: Subject, row: Judged, check: Check) -> tuple[Reading, Reading]:
    """Read one check on both clocks; the claim's own readings combine all of its checks."""
    written = Clock("then", min(row.assessment.written_day, subject.day), subject.day)
    return (checks.read(check, subject.tables, row.assessment.country, written),
            checks.read(check, subject.tables, row.assessment.country, Clock("now", subject.day)))


def _brief_of(reading: Reading) -> str:
    if reading.result == "no_data":
        return ""
    return f"{reading.brief} {words.at(reading.period[:4])}" if reading.period[:4].isdigit() else reading.brief


def course_title(subject: Subject, indicator: str, table: pd.DataFrame, row: Judged | None, partner: str = "") -> str:
    """State the change between the day of writing, or the first value, and the newest value."""
    own = table.sort_values("period")
    newest = own.iloc[-1]
    before = (
        own.loc[[dates.last_day(period) <= row.assessment.written_day for period in own["period"]]]
        if row
        else own.iloc[:1]
    )
    start = before.iloc[-1] if len(before) and before.iloc[-1]["period"] != newest["period"] else own.iloc[0]
    title = _titled(subject, indicator, str(own["iso3"].iloc[0]), partner)
    write = subject.now.brief
    given: dict[str, object] = {
        "title": title,
        "old": write(indicator, float(start["value"])),
        "new": write(indicator, float(newest["value"])),
        "start": words.at(str(start["period"])),
        "end": words.at(str(newest["period"])),
    }
    if subject.tables.indicator(indicator).unit == "rank":
        ranks = {"old": words.rank(int(start["value"])), "new": words.rank(int(newest["value"]))}
        return words.capital(say("titles.ranks", **given | ranks))
    if given["old"] == given["new"]:
        refugees = subject.tables.indicator(indicator).of_refugees
        return words.capital(say("titles.same_people" if refugees else "titles.same", **given))
    return words.capital(say(f"titles.{'rose' if newest['value'] > start['value'] else 'fell'}", **given))


def _titled(subject: Subject, indicator: str, iso3: str, partner: str) -> str:
    """Name a measure, its partner, and whose it is where it is not the country's own."""
    title = measure(subject, indicator, partner)
    if iso3 == subject.iso3 or subject.tables.country(iso3).kind == "aggregate":
        return title
    return f"{subject.tables.country(iso3).called}: {words.inside(title)}"
