"""The verdict board: one square a claim, and the two clocks against each other."""

from __future__ import annotations

from atlas import words
from atlas.blocks import Block, Board, Prose, Table
from atlas.narrate.subject import Subject, tally

RESULTS = ("supported", "contradicted", "mixed", "no_data")
LABELS = {"supported": "supported", "contradicted": "contradicted", "mixed": "mixed", "no_data": "no data"}


def board(subject: Subject) -> list[Block]:
    """Return a sentence on all claims, and the board with its matrix of counts."""
    rows = subject.ledger.rows
    if not rows:
        return [
            Prose(
                paragraphs=[
                    f"No assessment of {subject.country.the} is on file, so there is no claim to test. The "
                    "sections below show what the data say on each question."
                ]
            )
        ]
    tested = [row for row in rows if row.then]
    text = (
        f"{words.count(len(subject.assessments), 'text').capitalize()} on {subject.country.the} "
        f"{'make' if len(subject.assessments) > 1 else 'makes'} {words.count(len(rows), 'claim')}. Taken together, "
        f"{words.listing(tally(rows))}."
    )
    groups = [
        (
            question["name"],
            [{"id": row.claim.id, "verdict": row.verdict, "short": row.claim.short} for row in subject.ledger.of(code)],
        )
        for code, question in [*subject.questions.items(), ("fact_box", {"name": "Fact box"})]
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
        [LABELS[then], *(str(counts[then, now] or "–") for now in RESULTS)]
        for then in RESULTS
        if any(counts[then, now] for now in RESULTS)
    ]
    columns = [
        {"name": "When written ↓   Now →", "width": 2.0},
        *({"name": LABELS[now], "align": "right", "width": 1.0} for now in RESULTS),
    ]
    return Table(
        caption=f"The {words.count(len(tested))} claims with a reading on both clocks, counted",
        columns=columns,
        rows=shown,
        compact=True,
    )
