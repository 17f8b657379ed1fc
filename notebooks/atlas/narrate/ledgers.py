"""The ledgers: forecasts and recommendations with their fate."""

from __future__ import annotations

from atlas import words
from atlas.blocks import Block, Prose, Table, Text, link, pill
from atlas.blocks import anchor as anchored
from atlas.narrate.subject import Subject, tally
from atlas.phrases import say
from atlas.verdicts import Judged

KINDS = ("forecast", "recommendation")


def ledgers(subject: Subject) -> list[Block]:
    """Return one table of forecasts and one of recommendations, each with a sentence that counts them."""
    made: list[Block] = []
    for kind in KINDS:
        rows = sorted(
            (row for row in subject.ledger.rows if row.claim.kind == kind),
            key=lambda row: (row.assessment.written_day, row.claim.id),
        )
        if rows:
            made += [
                Prose(
                    paragraphs=[
                        words.sentence(say(f"ledgers.{kind}.of", count=len(rows), told=words.listing(tally(rows))))
                    ]
                ),
                _table(kind, rows),
            ]
    return made or [
        Prose(
            paragraphs=[
                say("ledgers.none" if subject.assessments else "ledgers.no_text")
            ]
        )
    ]


def _table(kind: str, rows: list[Judged]) -> Table:
    columns = [
        {"name": say(f"ledgers.{kind}.one"), "width": 3.0},
        {"name": say("heads.text"), "width": 1.3},
        {"name": say("heads.until"), "width": 1.0},
        {"name": say("heads.fate"), "width": 2.0},
        {"name": say("heads.on_record"), "width": 3.0},
    ]
    shown: list[list[Text]] = [
        [
            [link(row.claim.statement.shown, f"#{anchored(row.claim.id)}")],
            row.assessment.label,
            words.day(row.claim.by) if row.claim.by else "–",
            [pill(row.verdict)],
            row.now.detail
            if row.now and row.verdict not in ("not_followed", "did_not_occur", "pending")
            else row.reason,
        ]
        for row in rows
    ]
    return Table(caption=say(f"ledgers.{kind}.caption"), columns=columns, rows=shown, compact=True)
