"""What turned, claim by claim with both readings; what did not; and the texts that came in between."""

from __future__ import annotations

from collections import Counter
from typing import Any

from atlas import words
from atlas.blocks import Block, Claims, Prose, Table, Text, anchor, pill, strong
from atlas.changes import Change, Comparison, Pair
from atlas.checks import Reading
from atlas.data import Tables
from atlas.narrate.changed import measured
from atlas.narrate.subject import pills, tally, where
from atlas.phrases import say
from atlas.verdicts import Judged
from atlas.vocabulary import WAYS

EXAMPLES = 4
"""Claims named in a sentence, at most."""


def of_cause(found: Comparison, cause: str, tables: Tables) -> list[Block]:
    """Return a sentence that counts, and one card a claim in order of date; a sentence alone where there is none."""
    mine = sorted(found.of(cause), key=lambda one: (one.when or "9", one.pair.after.claim.id))
    if not found.last.rows:
        return []
    if not mine:
        return [Prose(paragraphs=[_none(found, cause)])]
    ways = Counter(WAYS[one.way].name for one in mine)
    lead = f"{words.capital(words.count(len(mine), 'claim'))} turned for this reason"
    if len(ways) == 1:
        told = f"{lead}, {'' if len(mine) == 1 else 'all '}by {next(iter(ways))}."
    else:
        told = f"{lead}: {words.listing(f'{words.count(count)} by {name}' for name, count in ways.most_common())}."
    return [Prose(paragraphs=[told]), Claims(items=[card(one, tables) for one in mine])]


def _none(found: Comparison, cause: str) -> str:
    if cause == "data":
        return ("No claim turned for this reason: no first figure came in, no second source or edition parts the two "
                "readings, and no figure that a claim needs ran out.")
    if cause == "judgement":
        return "No claim turned for this reason alone. Where texts speak of the same matter is shown further below."
    if cause == "text":
        return "No text on file is known to have been withdrawn, or to leave out a claim of an earlier layer."
    return "No claim turned for this reason."


def card(one: Change, tables: Tables) -> dict[str, Any]:
    """Return the card of a change: both verdicts, both readings, and what turned it."""
    before, after, claim = one.pair.before, one.pair.after, one.pair.after.claim
    new: list[Any] = [" · later text, read from its own day"] if one.pair.new else []
    return {
        "id": claim.id, "anchor": anchor(claim.id), "kind": say(f"kinds.{claim.kind}"), "statement": claim.statement,
        "where": [where(after), *new, " · was ", pill(before.verdict), " "],
        "verdict": after.verdict,
        "then": [strong(f"{words.capital(words.day(one.pair.start))}. "), _read_before(one)],
        "now": _read_after(one), "rival": None, "note": _turned_by(one, tables), "sources": _sources(one),
    }


def _read_before(one: Change) -> str:
    reading = _shown(one, one.pair.before)
    return reading.detail if reading else one.pair.before.reason


def _read_after(one: Change) -> Text | None:
    after = one.pair.after
    if one.cause == "judgement" and one.by:
        return [strong(f"{one.by.assessment.label}. "), one.by.claim.statement]
    reading = _shown(one, after)
    detail = reading.detail if reading else ""
    reason = "" if after.reason.rstrip(".") in detail else after.reason
    told = " ".join(filter(None, (detail, reason)))
    return [strong("On the last day. "), told] if told else None


def _shown(one: Change, row: Judged) -> Reading | None:
    """Return the reading that a card shows: the one that turned on the clock of the time, else all scopes of now."""
    if one.flip and one.flip.clock == "then":
        return one.flip.before if row is one.pair.before else one.flip.after
    return row.now or row.then


def _turned_by(one: Change, tables: Tables) -> str:
    way, evidence = WAYS[one.way], measured(one, tables)
    if one.cause == "judgement":
        return f"The reading is as before; {way.name}."
    if one.way == "silence":
        aged = f"; since {words.day(one.when)} it is older than the claim bears" if one.when else ""
        return words.sentence(f"{evidence or 'no figure is left'}{aged}")
    since = "so since " if one.pair.after.since and one.when == one.pair.after.since and "→" in evidence else ""
    dated = f" ({since}{words.day(one.when)})" if one.when and words.day(one.when) not in evidence else ""
    scope = f", read as ‘{one.flip.scope}’" if one.flip and one.flip.scope and "→" in evidence else ""
    told = f"Turned by {way.name}{dated}{scope}{': ' + evidence if evidence else ''}."
    if one.by:
        told += f" {one.by.assessment.label} says otherwise too: {words.sentence(one.by.claim.statement)}"
    return told


def _sources(one: Change) -> list[str]:
    readings = [one.flip.before, one.flip.after] if one.flip else [one.pair.after.now]
    return list(dict.fromkeys(source.rstrip(".") for read in readings if read for source in read.sources))


def unchanged(found: Comparison) -> list[Block]:
    """Count what reads as before, and what of it moved without turning."""
    if not found.same:
        return [Prose(paragraphs=["Every claim reads differently."])] if found.changes else []
    moved = [pair for pair in found.same if _moved(pair)]
    total = len(found.same) + len(found.changes)
    told = [f"{words.capital(words.count(len(found.same)))} of {words.count(total, 'claim')} "
            f"{'reads' if len(found.same) == 1 else 'read'} on both days the same: "
            f"{words.listing(tally(pair.after for pair in found.same))}."]
    if moved:
        shown = words.several([f"‘{pair.after.claim.short}’ ({_brief(pair.before.now)} → {_brief(pair.after.now)})"
                               for pair in sorted(moved, key=lambda pair: not pair.after.claim.key)], EXAMPLES)
        told.append(f"Behind {words.count(len(moved))} of them stands a newer figure that leaves the verdict as it "
                    f"was: {shown}.")
    return [Prose(paragraphs=[" ".join(told)])]


def _moved(pair: Pair) -> bool:
    before, after = pair.before.now, pair.after.now
    return bool(before and after and before.value is not None and after.value is not None and after.unit != "count"
                and before.period != after.period and before.brief != after.brief)


def _brief(reading: Reading | None) -> str:
    return reading.brief if reading else ""


def new_texts(found: Comparison) -> list[Block]:
    """Return the texts written after the first day, with what has become of their claims."""
    if not found.new:
        return [Prose(paragraphs=["No text was written between the two days."])] if found.last.rows else []
    rows: list[list[Text]] = []
    for one in found.new:
        mine = [row for row in found.last.rows if row.assessment.id == one.id]
        turned = sum(change.pair.after.assessment.id == one.id for change in found.changes)
        counts = found.last.counts(mine)
        rows.append([one.label, words.day(one.written), str(len(mine)), str(turned),
                     pills(counts.most_common(3)) or "–"])
    columns = [{"name": "Text", "width": 1.9}, {"name": "Written", "width": 1.4},
               {"name": "Claims", "align": "right", "width": 0.7},
               {"name": "Turned since", "align": "right", "width": 0.9},
               {"name": "Most frequent verdicts", "width": 3.6}]
    lead = (f"{words.capital(words.count(len(found.new), 'text'))} "
            f"{'was' if len(found.new) == 1 else 'were'} written after the first day. A claim that was not yet made "
            "cannot have changed since then, so each is compared with its own day of writing.")
    return [Prose(paragraphs=[lead]),
            Table(caption="Later texts", columns=columns, rows=rows, compact=True)]

