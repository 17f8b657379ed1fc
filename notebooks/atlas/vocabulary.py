"""The words for verdicts, for what turns them and for kinds of claims: what each is called and means."""

from __future__ import annotations

from dataclasses import dataclass

from atlas import phrases
from atlas.language import foreign
from atlas.phrases import say


@dataclass(frozen=True)
class Verdict:
    """How a verdict is shown: its word and what it means in the language that is spoken now, its glyph, its tone."""

    word: str
    glyph: str
    tone: str

    @property
    def label(self) -> str:
        """What the verdict is called: "no longer holds"."""
        return say(f"verdicts.{self.word}.label")

    @property
    def meaning(self) -> str:
        """What the verdict means, as a sentence."""
        return say(f"verdicts.{self.word}.meaning")


VERDICTS: dict[str, Verdict] = {word: Verdict(word, glyph, tone) for word, glyph, tone in (
    ("holds", "●", "good"),
    ("no_longer_holds", "▲", "changed"),
    ("contradicted_then", "✕", "wrong"),
    ("came_true", "◆", "good"),
    ("contested", "◐", "mixed"),
    ("stale", "◌", "mute"),
    ("overtaken", "□", "mute"),
    ("no_data", "–", "mute"),
    ("not_checkable", "–", "mute"),
    ("occurred", "●", "good"),
    ("did_not_occur", "✕", "wrong"),
    ("pending", "○", "mute"),
    ("unresolvable", "–", "mute"),
    ("followed", "●", "good"),
    ("partly_followed", "◐", "mixed"),
    ("not_followed", "○", "mute"),
    ("reversed", "▲", "changed"),
)}
"""Every verdict, in the order in which they are counted."""


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


@dataclass(frozen=True)
class Cause:
    """Why a claim reads differently on a later day: a name, and what it means."""

    name: str
    meaning: str


CAUSES: dict[str, Cause] = {
    "world": Cause(
        "The world changed", "The newest figure, event or status is another one than before, or a day has come."
    ),
    "data": Cause(
        "The data came in, were revised or ran out",
        "A first figure came, the same was revised, or the last one aged; none of it says that the world changed.",
    ),
    "judgement": Cause(
        "The judgement changed", "No reading turned; a later text says something else on the same matter."
    ),
    "text": Cause("The text was withdrawn", "The claim is no longer made by the text that made it."),
}
"""The causes, of which each change has exactly one."""


@dataclass(frozen=True)
class Way:
    """A way in which a cause acts: the cause, a name, and the rule by which it is told."""

    cause: str
    name: str
    rule: str


WAYS: dict[str, Way] = {
    "figure": Way(
        "world",
        "a newer figure",
        "The figure read at the end is of a later period than the one read before, and it gives another result.",
    ),
    "event": Way(
        "world",
        "a dated event or status",
        "An event, treaty, membership or count of such entries that was not on record on the first day is on record on "
        "the last, and it gives another result.",
    ),
    "deadline": Way(
        "world",
        "a deadline that passed",
        "The day by which a forecast or piece of advice was to come about has passed, and nothing on record bears it "
        "out. That is no proof that nothing happened.",
    ),
    "first": Way(
        "data",
        "a first figure",
        "On the first day the tables had no figure to test the claim with, and later they do. What it measures may "
        "have been so all along.",
    ),
    "edition": Way(
        "data",
        "another value for the same period",
        "The same period is read on both days with another value or from another source.",
    ),
    "source": Way(
        "data",
        "a second source that disagrees",
        "The source read before still gives the same result at the end; beside it stands another for the same period "
        "that does not.",
    ),
    "silence": Way(
        "data",
        "no newer figure",
        "No newer figure turned the claim; the newest one has grown older than the claim bears (its half-life), so "
        "that nobody can say whether it still holds.",
    ),
    "own": Way(
        "judgement",
        "the same publisher says otherwise",
        "A later text of the same publisher holds a claim that is marked as differing from this one on the same topic.",
    ),
    "other": Way(
        "judgement",
        "another publisher says otherwise",
        "A later text of another publisher holds a claim that is marked as differing from this one on the same topic.",
    ),
    "notice": Way(
        "text", "taken back by its publisher", "The publisher withdrew the whole text, by a dated notice."
    ),
    "dropped": Way("text", "left out by a later layer", "A later layer of the text is known to leave the claim out."),
}
"""The ways. A change is put down to the text first, then to a reading (world or data), then to a later judgement."""


def status_word(name: str) -> str:
    """Name the status of a treaty or member in the language that is spoken now: "in force"."""
    return say(f"statuses.{name}") if phrases.has(f"statuses.{name}") else foreign(name)
