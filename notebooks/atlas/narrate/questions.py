"""The five key questions: what was written, how it stands, and what that does not show."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from atlas import words
from atlas.blocks import Block, Claims, Prose, Text, anchor, strong
from atlas.narrate.subject import Subject, cited, named, tally, where
from atlas.phrases import say
from atlas.verdicts import Judged


def written(subject: Subject, code: str) -> list[Block]:
    """Return the official question, and what each text answers, in our words."""
    asked = _asked(subject, code)
    rows = subject.ledger.of(code)
    paragraphs: list[Text] = [[strong(say("questions.question")), f" {words.capital(asked)}"]]
    if not rows:
        paragraphs.append(_silence(subject, code))
    else:
        for assessment in subject.assessments:
            answer = assessment.answer(code)
            mine = [row for row in rows if row.assessment.id == assessment.id]
            if mine:
                paragraphs.append([strong(f"{cited(assessment)}."), " " + _answered(answer, mine)])
    return [Prose(paragraphs=paragraphs)]


def _asked(subject: Subject, code: str) -> str:
    """Return the official question; where no text speaks of an interest, it asks for all five."""
    if not subject.assessments and "{interest}" in subject.asked(code):
        return say("questions.all_interests", country=subject.country)
    return subject.asked(code).format(country=subject.country, interest=_interest(subject))


def _interest(subject: Subject) -> str:
    codes = [one.interest for one in subject.assessments if one.interest]
    return subject.interest(codes[0]) if codes else say("questions.five")


def _silence(subject: Subject, code: str) -> str:
    rest = "" if code == "recommendation" else say("questions.data_alone")
    if not subject.assessments:
        return say("questions.no_assessment") + rest
    if subject.main.known == "whole":
        return say("questions.no_text") + rest
    return say(f"questions.only.{subject.main.known}", text=named(subject.main)) + rest


def _answered(answer: str, rows: list[Judged]) -> str:
    """Say how a text answers a question and how its claims stand."""
    lead = words.sentence(answer) + " " if answer else ""
    return f"{lead}{words.capital(say('nouns.claim', count=len(rows)))}: {words.listing(tally(rows))}."


def claims(subject: Subject, code: str) -> list[Block]:
    """Return the cards of every claim under a question, text by text in order of date."""
    made: list[Block] = []
    rows = sorted(subject.ledger.of(code), key=lambda row: (row.assessment.written_day, row.assessment.id))
    for _, group in groupby(rows, key=lambda row: row.assessment.id):
        made.append(Claims(items=[card(row) for row in group]))
    return made


def card(row: Judged) -> dict[str, Any]:
    """Return everything that a claim's card shows."""
    claim, assessment = row.claim, row.assessment
    return {
        "id": claim.id,
        "anchor": anchor(claim.id),
        "kind": say(f"kinds.{claim.kind}"),
        "statement": claim.statement.shown,
        "where": where(row),
        "verdict": row.verdict,
        "then": row.then.detail if row.then else None,
        "now": row.now.detail if row.now and (not row.then or row.now.detail != row.then.detail) else None,
        "rival": _rival(row),
        "note": row.note or None,
        "sources": _sources(row),
        "reviewed": {
            "author": words.listing(assessment.authors),
            "publisher": assessment.publisher,
            "written": assessment.written,
            "title": assessment.title,
            "url": assessment.source if assessment.source.startswith("http") else "",
        },
    }


def _rival(row: Judged) -> str | None:
    if not row.claim.rival:
        return None
    text = words.sentence(row.claim.rival.text.shown) if row.claim.rival.text else ""
    return " ".join(filter(None, (text, row.rival.detail if row.rival else ""))) or None


def _sources(row: Judged) -> list[str]:
    return [source.rstrip(".") for source in row.sources]


def limits(subject: Subject, code: str) -> list[Block]:
    """Say what the verdicts under a question do not show."""
    rows = subject.ledger.of(code)
    mute = [row for row in rows if row.verdict in ("not_checkable", "no_data", "unresolvable")]
    if not rows:
        return []
    parts = []
    if mute:
        whole = say("questions.of_claims", count=len(rows))
        parts.append(words.capital(say("questions.mute", count=len(mute), whole=whole)))
    judged = [row for row in rows if row.claim.kind == "judgement" and row.then]
    if judged:
        parts.append(say("questions.judged", count=len(judged)))
    causal = [row for row in rows if row.claim.kind == "causal"]
    if causal:
        parts.append(say("questions.causal"))
    if not parts:
        parts.append(say("questions.limit"))
    return [Prose(paragraphs=[[strong(say("questions.not_shown")), " " + " ".join(map(words.sentence, parts))]])]
