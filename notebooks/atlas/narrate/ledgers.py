"""The ledgers: forecasts and recommendations with their fate."""

from __future__ import annotations

from atlas import words
from atlas.blocks import Block, Prose, Table, Text, link, pill
from atlas.blocks import anchor as anchored
from atlas.narrate.subject import Subject, tally
from atlas.verdicts import Judged

_TITLES = {"forecast": "Forecasts", "recommendation": "Recommendations"}


def ledgers(subject: Subject) -> list[Block]:
    """Return one table of forecasts and one of recommendations, each with a sentence that counts them."""
    made: list[Block] = []
    for kind, title in _TITLES.items():
        rows = sorted(
            (row for row in subject.ledger.rows if row.claim.kind == kind),
            key=lambda row: (row.assessment.written_day, row.claim.id),
        )
        if rows:
            made += [
                Prose(paragraphs=[words.sentence(f"Of {words.count(len(rows), kind)}, {words.listing(tally(rows))}")]),
                _table(title, rows),
            ]
    return made or [
        Prose(
            paragraphs=[
                "The texts on file hold no forecast and no recommendation."
                if subject.assessments
                else "Without an assessment there is nothing to follow up."
            ]
        )
    ]


def _table(title: str, rows: list[Judged]) -> Table:
    columns = [
        {"name": title[:-1], "width": 3.0},
        {"name": "Text", "width": 1.3},
        {"name": "Until", "width": 1.0},
        {"name": "Fate", "width": 2.0},
        {"name": "What is on record", "width": 3.0},
    ]
    shown: list[list[Text]] = [
        [
            [link(row.claim.statement, f"#{anchored(row.claim.id)}")],
            row.assessment.label,
            words.day(row.claim.by) if row.claim.by else "–",
            [pill(row.verdict)],
            row.now.detail
            if row.now and row.verdict not in ("not_followed", "did_not_occur", "pending")
            else row.reason,
        ]
        for row in rows
    ]
    return Table(caption=f"{title} and what became of them", columns=columns, rows=shown, compact=True)
