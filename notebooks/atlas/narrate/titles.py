"""The findings that charts carry as their titles, worked out from readings and series."""

from __future__ import annotations

import pandas as pd

from atlas import checks, dates, words
from atlas.checks import Clock
from atlas.checks.reading import Reading
from atlas.model import Check
from atlas.narrate.subject import Subject, measure
from atlas.verdicts import Judged


def rank_title(subject: Subject, row: Judged, check: Check) -> str:
    """State where the country stood and stands by one check of a claim, in words computed from its own readings."""
    title = measure(subject, check.keys["indicator"], check.partner or "")
    who = subject.tables.country(check.country or subject.iso3).the
    old, new = _readings(subject, row, check)
    then, now = _brief_of(old), _brief_of(new)
    if check.rule in ("above", "below"):
        side = "above" if check.rule == "above" else "below"
        peers = subject.tables.peers(check.keys["of"], subject.iso3, subject.day).title
        agreed = {"supported": "is", "mixed": "is in part"}.get(new.result, "is not")
        return words.capital(
            f"{title}: {who} {agreed} {side} {'the median of ' if check.keys.get('by') != 'every' else ''}{peers}"
        )
    if check.rule == "ratio_to":
        return words.capital(
            f"{title} as a ratio to others: {who} stood at {then or now}" + (f" and {now}" if now != then else "")
        )
    missed = {"lowest_in": ", not the lowest,", "highest_in": ", not the highest,"}.get(check.rule, "")
    if then and now and then != now and old.result == new.result == "contradicted" and missed:
        return words.capital(f"{title}: {who} was {then}{missed} and {now}")
    if then and now and old.brief == new.brief and then != now:
        return words.capital(f"{title}: {who} was {then} and still {words.at(new.period[:4])}")
    if then and now and then != now:
        return words.capital(f"{title}: {who} was {then} and {now}")
    return words.capital(f"{title}: {who} is {now or then}")


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
    say = subject.now.brief
    old, new = say(indicator, float(start["value"])), say(indicator, float(newest["value"]))
    if subject.tables.indicator(indicator).unit == "rank":
        return words.capital(
            f"{title}: {words.rank(int(start['value']))} {words.at(str(start['period']))}, "
            f"{words.rank(int(newest['value']))} {words.at(str(newest['period']))}"
        )
    if old == new:
        was = "were" if title.startswith("Refugees") else "was"
        when, earlier = (words.at(str(one["period"])) for one in (newest, start))
        return words.capital(f"{title} {was} {new} {when}, as {earlier}")
    verb = "rose" if newest["value"] > start["value"] else "fell"
    return words.capital(
        f"{title} {verb} from {old} {words.at(str(start['period']))} to {new} {words.at(str(newest['period']))}"
    )


def _titled(subject: Subject, indicator: str, iso3: str, partner: str) -> str:
    """Name a measure, its partner, and whose it is where it is not the country's own."""
    title = measure(subject, indicator, partner)
    if iso3 == subject.iso3 or subject.tables.country(iso3).kind == "aggregate":
        return title
    return f"{subject.tables.country(iso3).name}: {words.inside(title)}"
