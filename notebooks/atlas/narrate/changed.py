"""What changed, counted: the bottom line, the causes, the years and the matrix of verdicts."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from atlas import charts, vocabulary, words
from atlas.blocks import Block, PageBreak, Prose, Table, Text, Trio, soft, strong
from atlas.changes import Change, Comparison, Pair
from atlas.charts import Caption
from atlas.data import Tables
from atlas.model import FATES
from atlas.narrate.subject import Subject
from atlas.narrate.two_days import days
from atlas.vocabulary import CAUSES, WAYS

SOURCE = "Source: the claims of the texts on file, read against the tables on both days."
STATES = {"judgement": "said otherwise since", "text": "withdrawn"}
"""What a claim can become besides a verdict."""
MUTE = (("not_checkable", "not_checkable"), ("unresolvable", "unresolvable"))
"""What no figure and no day can turn."""
FEWEST = 3
"""Years that the chart by year needs."""


def opening(found: Comparison, subject: Subject) -> list[Block]:
    """Return the bottom line and the table of causes; nothing where there is no claim."""
    if not found.last.rows:
        return []
    lead: list[Block] = [Prose(paragraphs=[bottom_line(found, subject)], lead=True)]
    return [*lead, causes(found, subject)] if found.changes else lead


def bottom_line(found: Comparison, subject: Subject) -> str:
    """Say in a few sentences how many claims read differently, why, and since when."""
    told = [_old(found, subject), _young(found), _turn(found), _years(found)]
    return " ".join(filter(None, told))


def _old(found: Comparison, subject: Subject) -> str:
    start, end = days(found)
    pairs = [one for one in found.same if not one.new]
    turned = [one for one in found.changes if not one.pair.new]
    known = len(pairs) + len(turned)
    if not known:
        return f"On {start} no text on {subject.country.the} was on file; each claim is read from its own day on."
    texts = words.count(len(found.first.assessments), "text")
    lead = f"On {start} {texts} on {subject.country.the} made {words.count(known, 'claim')}"
    if not turned:
        every = "it reads" if known == 1 else "all of them read"
        return f"{lead}. Nothing changed: on {end} {every} as before."
    return f"{lead}; on {end} {words.count(len(turned))} of them {_read(len(turned))} differently. {_why(turned)}"


def _read(number: int) -> str:
    return "reads" if number == 1 else "read"


def _why(turned: list[Change]) -> str:
    """Count the causes as one sentence."""
    counts = Counter(one.cause for one in turned)
    clauses = {"world": "the world changed", "data": "the data came in, were revised or ran out",
               "judgement": "a later text says otherwise", "text": "the text was withdrawn"}
    if len(counts) == 1:
        return words.sentence(f"In {'every' if len(turned) > 1 else 'this one'} case {clauses[next(iter(counts))]}")
    return words.sentence("The cause: " + words.listing(
        f"{clauses[cause]} ({counts[cause]})" for cause in CAUSES if counts[cause]))


def _young(found: Comparison) -> str:
    if not found.new:
        return ""
    turned = sum(one.pair.new for one in found.changes)
    count = turned + sum(one.new for one in found.same)
    texts = words.capital(words.count(len(found.new), "later text"))
    adds = "adds" if len(found.new) == 1 else "add"
    some = f"{words.count(turned)} of these already {_read(turned)}" if turned else "none of these reads"
    rest = f"{some} differently than on the day of writing"
    return f"{texts} {adds} {words.count(count, 'claim')}; {rest}."


def _turn(found: Comparison) -> str:
    """Name the most frequent turn, where one stands out."""
    turns = Counter((one.pair.before.verdict, one.state) for one in found.changes)
    if len(found.changes) < 2:
        return ""
    (before, after), number = turns.most_common(1)[0]
    if number < 2:
        return ""
    return f"The most frequent turn was from ‘{label(before)}’ to ‘{label(after)}’ ({number})."


def _years(found: Comparison) -> str:
    years = Counter(one.when[:4] for one in found.changes if one.when)
    if len(found.changes) < 4 or not years:
        return ""
    year, number = years.most_common(1)[0]
    return f"Most turned in {year} ({number})." if number > 1 else ""


def label(state: str) -> str:
    """Name a verdict or another state of a claim."""
    return STATES.get(state) or vocabulary.VERDICTS[state].label


def causes(found: Comparison, subject: Subject) -> Table:
    """Return the four causes with their counts, and an example of each."""
    rows: list[list[Text]] = []
    for code, cause in CAUSES.items():
        mine = leading(found.of(code))
        ways = Counter(WAYS[one.way].name for one in mine)
        shown = words.listing(f"{name} ({number})" for name, number in ways.most_common()) or "none on record"
        rows.append([cause.name, str(len(mine)), words.capital(shown), example(mine[0], subject) if mine else "–"])
    columns = [{"name": "Cause", "width": 1.8}, {"name": "Claims", "align": "right", "width": 0.7},
               {"name": "In which way", "width": 2.4}, {"name": "For example", "width": 2.6}]
    return Table(caption=None, columns=columns, rows=rows, compact=True)


def leading(turned: list[Change]) -> list[Change]:
    """Order changes: claims that carry their text first, those with a date before those without."""
    return sorted(turned, key=lambda one: (not one.pair.after.claim.key, not one.when))


def example(one: Change, subject: Subject) -> str:
    """Name a change in a few words, with the number or date that made it."""
    evidence = measured(one, subject.tables)
    return f"‘{one.pair.after.claim.short}’" + (f": {evidence}" if evidence else "")


def measured(one: Change, tables: Tables) -> str:
    """Return the number that turned a claim with what it measures, or the date that did."""
    evidence = number(one)
    if one.flip and one.flip.indicator and "→" in evidence:
        title = tables.indicator(one.flip.indicator).title
        return f"{title if title[1:2].isupper() else title[:1].lower() + title[1:]}, {evidence}"
    return evidence


def number(one: Change) -> str:
    """Return the number that turned a claim, or the date that did."""
    flip = one.flip
    if one.way == "silence" and one.pair.after.now and one.pair.after.now.period:
        return f"nothing newer than {words.day(one.pair.after.now.period.split('/')[-1][:4])}"
    if one.cause == "judgement" and one.by:
        return f"‘{one.by.claim.short}’ ({one.by.assessment.label})"
    if flip and flip.indicator and one.way != "deadline" and flip.before.brief != flip.after.brief and flip.after.brief:
        return f"{flip.before.brief or 'no figure'} → {flip.after.brief}"
    return words.day(one.when) if one.when else ""


def by_year(found: Comparison, subject: Subject) -> list[Block]:
    """Draw in which years the verdicts turned."""
    counted = Counter(int(one.when[:4]) for one in found.changes if one.when)
    years = range(min([found.first.as_of.year, *counted]), found.last.as_of.year + 1)
    if not counted or len(years) < FEWEST:
        return []
    table = pd.DataFrame({"period": [str(year) for year in years], "value": [float(counted[year]) for year in years]})
    most = max(counted, key=lambda year: (counted[year], -year))
    total = sum(counted.values())
    title = (f"{words.capital(words.count(counted[most]))} of {words.count(total, 'change')} that can be dated "
             f"{'belongs' if counted[most] == 1 else 'belong'} to {most}")
    caption = Caption(title=title, measure="Claims that turned, by the year of the figure or event that turned them",
                      unit="", digits=0, source=SOURCE, name=f"{subject.iso3}-turned-by-year", size="first_page")
    marks = [(one.written, one.label) for one in subject.assessments if len(subject.assessments) <= 6]
    return [charts.columns(table, caption, country=subject.country.name, written=marks)]


def closing(found: Comparison) -> list[Block]:
    """Return the short lists of the first page, and its end."""
    kept = [pair for pair in found.same if pair.after.verdict in ("holds", "came_true", "occurred", "followed")]
    kept.sort(key=lambda pair: not pair.after.claim.key)
    kept = list({pair.after.claim.short: pair for pair in reversed(kept)}.values())[::-1]
    other = [one for code in ("data", "judgement", "text") for one in leading(found.of(code))]
    lists: list[tuple[str, list[tuple[str, Text, str | None]]]] = [
        ("The world changed", _items(leading(found.of("world")))), ("Another cause", _items(other)),
        ("As before", [(pair.after.verdict, pair.after.claim.short, pair.after.claim.id) for pair in kept[:3]])]
    shown = [(head, items) for head, items in lists if items]
    return [*([Trio(columns=shown)] if shown else []), PageBreak()]


def _items(turned: list[Change]) -> list[tuple[str, Text, str | None]]:
    once = {one.pair.after.claim.short: one for one in reversed(turned)}  # layers may repeat a claim
    shown = [one for one in turned if once[one.pair.after.claim.short] is one]
    return [(one.pair.after.verdict, [one.pair.after.claim.short, soft(f" {number(one)}")], one.pair.after.claim.id)
            for one in shown[:3]]


def matrix(found: Comparison, subject: Subject) -> list[Block]:
    """Draw the claims counted by verdict on the first day and on the last: statements, then forecasts and advice."""
    pairs = _pairs(found)
    if not pairs:
        return []
    mute = sum(_cell(pair, found) in MUTE for pair in pairs)
    left = f" {words.capital(words.count(mute, 'claim'))} that nobody can test, on either day, " \
           f"{'is' if mute == 1 else 'are'} left out." if mute else ""
    made: list[Block] = [Prose(paragraphs=[_reading(found, days(found)[0]) + left])]
    for name, fates in (("statement", False), ("forecast or recommendation", True)):
        cells = Counter(_cell(pair, found) for pair in pairs if bool(pair.after.claim.kind in FATES) == fates)
        cells = Counter({cell: count for cell, count in cells.items() if cell not in MUTE})
        if cells:
            made.append(_matrix(cells, found, subject, name))
    return made


def _cell(pair: Pair, found: Comparison) -> tuple[str, str]:
    state = next((one.state for one in found.changes if one.pair is pair), pair.after.verdict)
    return pair.before.verdict, state


def _matrix(cells: Counter[tuple[str, str]], found: Comparison, subject: Subject, name: str) -> Block:
    order = [*vocabulary.VERDICTS, *STATES]
    rows = [word for word in order if any(before == word for before, _ in cells)]
    across = [word for word in order if any(after == word for _, after in cells)]
    table = pd.DataFrame([[cells[before, after] for after in across] for before in rows],
                         index=[_head(word) for word in rows], columns=[_head(word) for word in across])
    still = sum(number for (before, after), number in cells.items() if before == after)
    plural = {"statement": "statements"}.get(name, "forecasts and recommendations")
    end = days(found)[1]
    whole = words.count(cells.total(), name, plural)
    title = (f"{words.capital(words.count(still))} of {whole} {_read(still)} on {end} as on the first day"
             if cells.total() > 1 else f"One {name}: {'the same verdict' if still else 'another verdict'} on {end}")
    caption = Caption(title=title, measure=f"{words.capital(plural)} by verdict", unit="", digits=0, source=SOURCE,
                      name=f"{subject.iso3}-{plural.split()[0]}-on-two-days",
                      note="Framed: the same verdict on both days")
    return charts.matrix(table, caption, down="first day", across=f"on {end}")


def _head(state: str) -> str:
    return {"stale": "not renewed"}.get(state, label(state))


def _reading(found: Comparison, start: str) -> str:
    told = (f"The first day is {start} for {words.count(sum(not p.new for p in _pairs(found)), 'claim')}"
            if any(not pair.new for pair in _pairs(found)) else "")
    young = sum(pair.new for pair in _pairs(found))
    if young:
        told += f"{'; ' if told else 'The first day is '}for {words.count(young)} in later texts " \
                f"{'it is ' if told else ''}the day on which the text was written"
    gone = f"; {words.count(len(found.gone), 'claim')} had been withdrawn before and is left out" if found.gone else ""
    return words.sentence(told + gone)


def _pairs(found: Comparison) -> list[Pair]:
    return [*(one.pair for one in found.changes), *found.same]


def method(found: Comparison) -> list[Block]:
    """Return the table of causes and ways: the rule of each, and how often it was found."""
    counts = Counter(one.way for one in found.changes)
    rows: list[list[Text]] = [[CAUSES[way.cause].name, words.capital(way.name), way.rule, str(counts[code])]
                              for code, way in WAYS.items()]
    columns = [{"name": "Cause", "width": 1.6}, {"name": "Way", "width": 1.8}, {"name": "Rule", "width": 4.4},
               {"name": "Claims", "align": "right", "width": 0.8}]
    told = ("A change has one cause. The text is asked first, then the readings, then later texts: a claim that a "
            "figure turned counts under the figure even where a later text says otherwise too, and its card names it.")
    once = ("The tables hold each figure in one edition, the newest at hand. What an author saw on the day may have "
            "been revised since; that shows only where two sources or editions stand side by side for one period.")
    meanings: list[Text] = [[strong(f"{cause.name}. "), cause.meaning] for cause in CAUSES.values()]
    return [Prose(paragraphs=[*meanings, told, once]),
            Table(caption="Causes and ways, with the rule of each", columns=columns, rows=rows, compact=True)]
