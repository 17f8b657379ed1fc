"""The verdict board: one square a claim, and the two clocks against each other."""

from __future__ import annotations

from atlas import words
from atlas.blocks import Block, Board, Prose, Table
from atlas.narrate.subject import Subject, tally
from atlas.phrases import say

RESULTS = ("supported", "contradicted", "mixed", "no_data")


def board(subject: Subject) -> list[Block]:
    """Return a sentence on all claims, and the board with its matrix of counts."""
    rows = subject.ledger.rows
    if not rows:
        return [Prose(paragraphs=[say("board.none", country=subject.country)])]
    tested = [row for row in rows if row.then]
    texts = words.capital(say("board.texts", count=len(subject.assessments), country=subject.country))
    text = say("board.told", count=len(rows), texts=texts, told=words.listing(tally(rows)))
    groups = [
        (
            subject.question(code) if code in subject.tables.questions else say("board.fact_box"),
            [
                {"id": row.claim.id, "verdict": row.verdict, "short": row.claim.short.shown}
                for row in subject.ledger.of(code)
            ],
        )
        for code in [*subject.tables.questions, "fact_box"]
    ]
    return (
        [Prose(paragraphs=[text]), Board(groups=[one for one in groups if one[1]], matrix=matrix(subject))]
        if tested
        else [Prose(paragraphs=[text]), Board(groups=[one for one in groups if one[1]])]
    )


def matrix(subject: Subject) -> Table:
    """Return the counts of readings: rows as of the day of writing, columns as of now."""
    tested = [row for row in subject.ledger.rows if row.then and row.now]
    counts = {
        (then, now): sum(row.then.result == then and row.now.result == now for row in tested if row.then and row.now)
        for then in RESULTS
        for now in RESULTS
    }
    shown = [
        [say(f"results.{then}"), *(str(counts[then, now] or "–") for now in RESULTS)]
        for then in RESULTS
        if any(counts[then, now] for now in RESULTS)
    ]
    columns = [
        {"name": say("board.corner"), "width": 2.0},
        *({"name": say(f"results.{now}"), "align": "right", "width": 1.0} for now in RESULTS),
    ]
    return Table(
        caption=words.capital(say("board.matrix", count=len(tested))),
        columns=columns,
        rows=shown,
        compact=True,
    )
