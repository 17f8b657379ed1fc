"""The words for verdicts and kinds of claims: label, glyph, tone and meaning of each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """How a verdict is shown: its label, its glyph, its tone and what it means."""

    label: str
    glyph: str
    tone: str
    meaning: str


VERDICTS: dict[str, Verdict] = {
    "holds": Verdict("holds", "●", "good", "Supported by the data of its time, and by the newest."),
    "no_longer_holds": Verdict(
        "no longer holds", "▲", "changed", "Supported by the data of its time; the newest data say otherwise."
    ),
    "contradicted_then": Verdict(
        "contradicted at the time",
        "✕",
        "wrong",
        "The data of its own time said otherwise, and the newest do not bear it out.",
    ),
    "came_true": Verdict("came true", "◆", "good", "Not so by the data of its time, but so by the newest."),
    "contested": Verdict(
        "contested", "◐", "mixed", "Sources, scopes or parts of the claim point in different directions."
    ),
    "stale": Verdict(
        "supported then, not renewed",
        "◌",
        "mute",
        "Supported by the data of its time; nothing recent enough tells whether it is still so.",
    ),
    "overtaken": Verdict("overtaken", "□", "mute", "What it speaks of has ceased to exist."),
    "no_data": Verdict("no data", "–", "mute", "No figure in the tables can test it."),
    "not_checkable": Verdict(
        "not checkable", "–", "mute", "A norm, a motive, a counterfactual or too vague to be tested by anybody."
    ),
    "occurred": Verdict("occurred", "●", "good", "The forecast event is on record by its deadline."),
    "did_not_occur": Verdict("did not occur", "✕", "wrong", "The deadline passed without the event."),
    "pending": Verdict("pending", "○", "mute", "The deadline has not passed."),
    "unresolvable": Verdict("cannot be resolved", "–", "mute", "Worded so that no outcome could settle it."),
    "followed": Verdict("followed", "●", "good", "What was advised is on record."),
    "partly_followed": Verdict("partly followed", "◐", "mixed", "Part of what was advised is on record."),
    "not_followed": Verdict("not followed", "○", "mute", "Nothing on record shows that it was done."),
    "reversed": Verdict("reversed", "▲", "changed", "Policy went the other way."),
}


TONES: dict[str, tuple[str, str]] = {
    "good": ("●", "held or came about"),
    "changed": ("▲", "no longer so, or reversed"),
    "wrong": ("✕", "contradicted at the time, or did not occur"),
    "mixed": ("◐", "contested or in part"),
    "mute": ("–", "open, not renewed or beyond testing"),
}
"""The five tones that verdicts come in, for bars that have room for no more: glyph and words of each."""


KINDS: dict[str, str] = {
    "fact": "can be looked up or counted",
    "attribution": "what somebody is said to think or want",
    "judgement": "a weighing, such as important or stable",
    "causal": "one thing because of another",
    "forecast": "what will or may come",
    "recommendation": "what ought to be done",
    "norm": "what is good or right",
}
"""The kinds of claims, and how to tell them apart."""
