"""Judgement lines: the matters that two or more texts on a country speak of, text by text."""

from __future__ import annotations

from itertools import groupby

import pandas as pd

from atlas import charts, words
from atlas.blocks import Block, Prose, Table, Text, pill
from atlas.charts import Caption
from atlas.model import SHORT_NAMES
from atlas.narrate.subject import Subject, where
from atlas.verdicts import Judged

ORDER = ("judgement", "attribution", "causal", "forecast", "fact", "norm", "recommendation")
"""Which kind of claim speaks for its text on a topic, where it makes several."""
ROWS = 22
"""Texts in one chart, at most: more go into another."""
_PROPER = {
    **{word: word.upper() for word in ("eu", "un", "us", "uk", "nato", "au", "oecd")},
    **{word: word.capitalize() for word in (
        "german", "russian", "european", "french", "american", "chinese", "balkan", "hungary", "nord", "stream")},
}
"""Words of topics that are written with capitals."""


def name(topic: str) -> str:
    """Write a topic as it stands in the files for readers.

    >>> name("eu-leverage"), name("course-of-war")
    ('EU leverage', 'Course of war')
    """
    return words.capital(" ".join(_PROPER.get(word, word) for word in topic.split("-")))


def shared(subject: Subject) -> dict[str, list[Judged]]:
    """Return the topics that two or more texts speak of, each with one claim a text, oldest first.

    Topics on which a text says something else than an earlier one come first, then those with most texts.
    """
    answered = {row.claim.differs_from for row in subject.ledger.rows if row.claim.differs_from}
    named = sorted((row for row in subject.ledger.rows if row.claim.topic), key=lambda row: row.claim.topic)
    found = {topic: _speakers(list(rows), answered) for topic, rows in groupby(named, key=lambda row: row.claim.topic)}
    several = {topic: rows for topic, rows in found.items() if len(rows) > 1}
    return dict(sorted(several.items(), key=lambda one: (not _differs(one[1]), -len(one[1]), one[0])))


def _speakers(rows: list[Judged], answered: set[str]) -> list[Judged]:
    best: dict[str, Judged] = {}
    for row in sorted(rows, key=lambda row: (not (row.claim.differs_from or row.claim.id in answered),
                                             ORDER.index(row.claim.kind), not row.claim.key, row.claim.id)):
        best.setdefault(row.assessment.id, row)
    return sorted(best.values(), key=lambda row: (row.assessment.written_day, row.assessment.id))


def _differs(rows: list[Judged]) -> bool:
    return any(row.claim.differs_from for row in rows)


def told(subject: Subject) -> list[Block]:
    """Say on how many topics texts meet, and set side by side what a later one says otherwise."""
    found = shared(subject)
    if not found:
        why = (f"No two texts on {subject.country.the} speak of the same matter." if len(subject.assessments) > 1 else
               f"Only one text on {subject.country.the} is on file, so no two can be compared.")
        return [Prose(paragraphs=[why])] if subject.assessments else []
    later = [row for row in subject.ledger.rows if row.claim.differs_from]
    count = words.capital(words.count(len(found), "topic"))
    other = (f"{words.count(len(later), 'claim')} {'says' if len(later) == 1 else 'say'} something else than an "
             "earlier one; which of the two the data bear out is told by their verdicts" if later
             else "no claim is marked as saying something else than an earlier one")
    lead = f"{count} {'is' if len(found) == 1 else 'are'} spoken of by two or more texts. {words.sentence(other)}"
    return [Prose(paragraphs=[lead]), *([_pairs(subject, later)] if later else [])]


def _pairs(subject: Subject, later: list[Judged]) -> Table:
    rows: list[list[Text]] = [[name(row.claim.topic), _said(subject.ledger.row(row.claim.differs_from)), _said(row)]
                              for row in sorted(later, key=lambda row: row.assessment.written_day)]
    columns = [{"name": "Matter", "width": 1.2}, {"name": "Earlier", "width": 3}, {"name": "Later", "width": 3}]
    return Table(caption="Said otherwise: the same matter in two texts", columns=columns, rows=rows, compact=True)


def _said(row: Judged) -> Text:
    return [f"{where(row).split(' · ')[0]}, {words.day(row.assessment.written)}: {row.claim.statement} ",
            pill(row.verdict)]


def drawn(subject: Subject) -> list[Block]:
    """Draw the topics as lines, in as many charts as they need."""
    parts: list[dict[str, list[Judged]]] = [{}]
    for topic, rows in shared(subject).items():
        if parts[-1] and sum(map(len, parts[-1].values())) + len(rows) > ROWS:
            parts.append({})
        parts[-1][topic] = rows
    return [_chart(subject, part, i) for i, part in enumerate(parts) if part]


def _chart(subject: Subject, part: dict[str, list[Judged]], number: int) -> Block:
    table = pd.DataFrame([
        {"topic": name(topic), "date": row.assessment.written, "said": row.claim.short,
         "who": SHORT_NAMES.get(row.assessment.publisher, row.assessment.publisher),
         "differs": bool(row.claim.differs_from)}
        for topic, rows in part.items() for row in rows])
    caption = Caption(title=_title(subject, part), measure="What texts say on the same matter", unit="", digits=0,
                      source="Source: the texts on file, one claim of each, in our words.",
                      name=f"{subject.iso3}-topics-{number + 1}")
    return charts.topics(table, caption, country=subject.country.name)


def _title(subject: Subject, part: dict[str, list[Judged]]) -> str:
    other = [row for rows in part.values() for row in rows if row.claim.differs_from]
    if other:
        row = other[0]
        before = subject.ledger.row(row.claim.differs_from)
        own = "the same publisher" if row.assessment.publisher == before.assessment.publisher else "another publisher"
        return (f"{name(row.claim.topic)}: ‘{before.claim.short}’ in {before.assessment.written[:4]}, by {own} "
                f"‘{row.claim.short}’ in {row.assessment.written[:4]}")
    texts = {row.assessment.id for rows in part.values() for row in rows}
    topic = words.count(len(part), "topic")
    return f"{words.capital(topic)} on which {words.count(len(texts), 'text')} can be read side by side"
