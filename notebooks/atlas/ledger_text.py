"""The ledger as JSON, CSV and plain text, in the keys that `atlas claims` promises."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

from atlas import vocabulary, words
from atlas.verdicts import Judged, Ledger, ledger

COLUMNS = [
    "id",
    "country",
    "edition",
    "publisher",
    "interest",
    "question",
    "kind",
    "statement",
    "written",
    "verdict",
    "then",
    "now",
    "check",
    "sources",
    "note",
]


def as_json(row: Judged) -> dict[str, Any]:
    """Return a row in exactly the keys that `atlas claims --json` promises."""
    claim, assessment = row.claim, row.assessment
    shown = [one.model_dump(exclude_defaults=True) for one in claim.check] or [
        {"verdict": fate.verdict, "when": fate.when.model_dump(exclude_defaults=True)} for fate in claim.outcomes
    ]
    return {
        "id": claim.id,
        "country": assessment.country,
        "edition": assessment.edition,
        "publisher": assessment.publisher,
        "interest": assessment.interest,
        "question": claim.question,
        "kind": claim.kind,
        "statement": claim.statement,
        "written": assessment.written,
        "verdict": row.verdict,
        "then": row.then.as_json() if row.then else None,
        "now": row.now.as_json() if row.now else None,
        "check": shown or None,
        "sources": row.sources,
        "note": row.note,
    }


def as_csv(found: Ledger) -> str:
    """Return a ledger as CSV text, one row a claim, the readings spread over columns."""
    parts = ("result", "value", "unit", "period", "comparator", "detail")
    names = [
        name
        for column in COLUMNS
        for name in ([f"{column}_{part}" for part in parts] if column in ("then", "now") else [column])
    ]
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    for row in found.rows:
        given = as_json(row)
        flat = {key: given[key] for key in COLUMNS if key not in ("then", "now")}
        for clock in ("then", "now"):
            flat |= {f"{clock}_{part}": (given[clock] or {}).get(part) for part in parts}
        flat["check"] = "; ".join(_rule_text(one) for one in given["check"] or [])
        flat["sources"] = "; ".join(given["sources"])
        writer.writerow(flat)
    return text.getvalue()


def _rule_text(given: dict[str, Any]) -> str:
    if "when" in given:
        return f"{given['verdict']} when {_rule_text(given['when'])}"
    keys = ", ".join(f"{key}: {value}" for key, value in given.items() if key != "rule")
    return f"{given['rule']}({keys})"


def ledger_csv(country: str, *, as_of: date | None = None, edition: str = "all") -> str:
    """Return the ledger of a country as CSV text."""
    return as_csv(ledger(country, edition=edition, as_of=as_of))


def as_text(found: Ledger) -> str:
    """Return a ledger as plain text: a line a claim and a line of totals."""
    if not found.rows:
        return f"No assessment of {found.country} is on file; atlas render {found.country} reports from data alone."
    width = max(len(row.claim.id) for row in found.rows)
    said = [(row.claim, vocabulary.VERDICTS[row.verdict]) for row in found.rows]
    lines = [f"{claim.id:<{width}}  {word.glyph} {word.label:<24}  {claim.statement}" for claim, word in said]
    totals = words.listing(f"{count} {vocabulary.VERDICTS[word].label}" for word, count in found.counts().items())
    return "\n".join([*lines, f"{len(found.rows)} claims as of {words.day(found.as_of)}: {totals}"])
