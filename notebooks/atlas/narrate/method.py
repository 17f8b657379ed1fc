"""Method and sources: how to read a verdict, the full table of claims, the citations."""

from __future__ import annotations

from atlas import language, verdicts, vocabulary, words
from atlas.blocks import Block, Prose, Table, Text, claim, link, pill, strong
from atlas.ledger_text import COLUMNS, as_json
from atlas.narrate.quality import used
from atlas.narrate.subject import Subject, licence
from atlas.phrases import say


def method(subject: Subject) -> list[Block]:
    """Return the table of verdict words that occur, with their meanings."""
    occurring = subject.ledger.counts()
    if not occurring:
        return []
    rows: list[list[Text]] = [
        [[pill(word)], vocabulary.VERDICTS[word].meaning, str(number)] for word, number in occurring.items()
    ]
    columns = [
        {"name": say("heads.verdict"), "width": 2.0},
        {"name": say("heads.meaning"), "width": 5.0},
        {"name": say("heads.claims"), "align": "right", "width": 0.8},
    ]
    return [Table(caption=say("method.verdicts"), columns=columns, rows=rows, compact=True)]


def every_claim(subject: Subject) -> list[Block]:
    """Return the full table of claims, with the CSV that carries every reading."""
    rows = subject.ledger.rows
    if not rows:
        return []
    shown: list[list[Text]] = [
        [
            [claim(row.claim.id)],
            row.claim.short.shown,
            row.assessment.label,
            [pill(row.verdict)],
            _reading(row.then),
            _reading(row.now),
        ]
        for row in rows
    ]
    columns = [
        {"name": say("heads.number"), "width": 0.7},
        {"name": say("heads.claim"), "width": 2.9},
        {"name": say("heads.text"), "width": 1.3},
        {"name": say("heads.verdict"), "width": 2.3},
        {"name": say("heads.then"), "width": 1.5},
        {"name": say("heads.now"), "width": 1.5},
    ]
    names = [name for name in COLUMNS if name not in ("then", "now", "check", "sources")]
    csv = {
        "name": f"{subject.iso3}-claims.csv",
        "columns": names,
        "rows": _in_english(subject, names),
    }
    return [Table(caption=say("method.all_claims"), columns=columns, rows=shown, csv=csv, compact=True)]


def _in_english(subject: Subject, names: list[str]) -> list[list[object]]:
    """Return the rows for machines, which are the same whatever language the report speaks."""
    if language.english():
        rows = subject.ledger.rows
    else:
        with language.spoken(language.LANGUAGES[0]):
            judged = verdicts.ledger(subject.iso3, as_of=subject.day, tables=subject.tables).rows
            known = {row.claim.id for row in subject.ledger.rows}
            return [[as_json(row)[name] for name in names] for row in judged if row.claim.id in known]
    return [[as_json(row)[name] for name in names] for row in rows]


def _reading(reading: object) -> str:
    brief = getattr(reading, "brief", "")
    period = getattr(reading, "period", "")
    year = period.split("/")[-1][:4]
    return f"{brief}, {year}" if brief and year and year not in brief else brief or "–"


def citations(subject: Subject) -> list[Block]:
    """Return the texts assessed, and the papers of every series used."""
    paragraphs: list[Text] = []
    for one in subject.assessments:
        authors = f"{words.listing(one.authors)}: " if one.authors else ""
        source: Text = [link(one.source, one.source)] if one.source.startswith("http") else [say("method.file")]
        dating = say("method.dating", text=words.sentence(one.dating.shown)) if one.dating else ""
        paragraphs.append(
            [
                strong(one.label + ". "),
                f"{authors}{one.title}. {one.publisher}, {words.day(one.written)}. ",
                *source,
                f".{dating}",
            ]
        )
    papers = {
        source.citation or source.title: source
        for name, _, _ in used(subject)
        for source in subject.tables.indicator(name).sources[:1]
    }
    rows: list[list[Text]] = [
        [
            source.named,
            citation,
            [link(say("method.page"), source.url)] if source.url else "–",
            licence(source),
        ]
        for citation, source in sorted(papers.items())
    ]
    columns = [
        {"name": say("heads.publisher"), "width": 2.0},
        {"name": say("heads.citation"), "width": 5.0},
        {"name": say("heads.link"), "width": 0.7},
        {"name": say("heads.licence"), "width": 1.5},
    ]
    table = Table(caption=say("method.sources"), columns=columns, rows=rows, compact=True)
    return [Prose(paragraphs=paragraphs), table] if paragraphs else [table]
