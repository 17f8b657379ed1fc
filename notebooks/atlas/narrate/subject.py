"""What every section of a country report works from: the country, its ledger, its peers and the frame."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from atlas import language, phrases, words
from atlas.blocks import Run, pill
from atlas.checks import At, Clock
from atlas.data import Country, Source, Tables
from atlas.model import ATLAS, SHORT_NAMES, Assessment
from atlas.phrases import say
from atlas.verdicts import Judged, Ledger
from atlas.vocabulary import VERDICTS

Pair = tuple[str, str]
JOINED = {"imports": "from", "exports": "to", "consumption": "from", "trade": "with", "border": "with"}
"""How a partner follows a title with such a noun; behind others, and behind ranks, it stands in brackets."""


@dataclass(frozen=True, eq=False)
class Subject:
    """A country as a report sees it.

    Attributes
    ----------
    ledger : Ledger
        Every claim with its verdict; empty for a country without assessment.
    peers : str
        The peer set that charts compare with where a claim does not name one.
    """

    tables: Tables
    iso3: str
    ledger: Ledger
    peers: str
    detail: str

    @property
    def country(self) -> Country:
        """The country as the atlas names it."""
        return self.tables.country(self.iso3)

    @property
    def day(self) -> date:
        """The day on which `now` is read."""
        return self.ledger.as_of

    @property
    def assessments(self) -> list[Assessment]:
        """The texts on file, oldest first."""
        return self.ledger.assessments

    @property
    def main(self) -> Assessment:
        """The text that the first page is about: the oldest, unless another one is three times as long."""
        longest = max(self.assessments, key=lambda one: len(one.claims))
        first = self.assessments[0]
        return longest if len(longest.claims) > 3 * len(first.claims) else first

    def question(self, code: str) -> str:
        """Name a key question in the language that is spoken now; a name of our own where there is no official one."""
        names = self.tables.questions[code]
        return str(names["name"] if language.english() else names["name_de"] or names["name_own_de"])

    def asked(self, code: str) -> str:
        """Return the wording of a key question in the language that is spoken now; a translation of ours says so."""
        names = self.tables.questions[code]
        if language.english():
            return str(names["question"])
        return str(names["question_de"] or say("questions.own", question=names["question_own_de"]))

    def interest(self, code: str) -> str:
        """Return the official name of an interest in the language that is spoken now."""
        return str(self.tables.interests[code]["name" if language.english() else "name_de"])

    def said_of(self, entry: Mapping[str, Any], field: str) -> str:
        """Return what an entry of a card says in a field, in the language that is spoken now."""
        code = next((name for name, card in self.tables.cards.items() if entry in card), "")
        return self.tables.said(entry[field], "cards", code, entry["indicator"], field)

    @cached_property
    def now(self) -> At:
        """The clock of today, for figures that no claim asks for."""
        return At(self.tables, self.iso3, Clock("now", self.day))

    def partnered(self, partner: str) -> At:
        """The clock of today, looking at figures with one partner."""
        return At(self.tables, self.iso3, Clock("now", self.day), partner)

    @cached_property
    def events(self) -> list[Any]:
        """Every dated event of the country up to the day, oldest first."""
        return [one for one in self.tables.events.values() if self.iso3 in one.countries and one.day <= self.day]


def measure(subject: Subject, indicator: str, partner: str = "") -> str:
    """Name what an indicator measures for this country: whose refugees, imports from whom, trade with whom."""
    title = own(subject.tables.title(indicator), subject.country)
    if not partner:
        return title
    other = subject.tables.country(partner)
    title = own(title, other, "partner")
    if other.called[:5] in title:
        return title
    spoken = subject.tables.indicator(indicator).title.split(" ")
    joined = [] if {"Rank", "nationality"} & {*spoken} else [word for noun, word in JOINED.items() if noun in spoken]
    return say(f"subject.{joined[0]}", title=title, partner=other) if joined else f"{title} ({other.called})"


def own(title: str, country: Country, whose: str = "own") -> str:
    """Let a title that speaks of "the country" name it; with `partner`, one that speaks of "the partner"."""
    for said, form in phrases.words_of(f"subject.{whose}"):
        title = title.replace(said, format(country, form))
    return title


def licence(source: Source) -> str:
    """Name a licence as a reader knows it: "CC BY-SA 4.0", "public domain"."""
    if phrases.has(f"licences.{source.licence_id}"):
        return say(f"licences.{source.licence_id}")
    return re.sub(r"^CC-", "CC ", re.sub(r"-(?=\d)", " ", source.licence_id))


def named(assessment: Assessment) -> str:
    """Name a text inside a sentence: "the KAS chapter of May 2020"."""
    publisher = SHORT_NAMES.get(assessment.publisher, assessment.publisher)
    kind = "chapter" if publisher == "KAS" else "text"
    return say(f"subject.{kind}", publisher=publisher, of=words.of(assessment.written))


def cited(assessment: Assessment) -> str:
    """Cite a text: publisher, date and authors as far as they are known."""
    authors = f" ({words.listing(assessment.authors)})" if assessment.authors else ""
    chapter = ""
    if assessment.interest and assessment.publisher == ATLAS:
        chapter = say("subject.chapter_on", interest=say(f"interests.{assessment.interest}.inside"))
    return f"{assessment.publisher}{chapter}, {words.day(assessment.written)}{authors}"


def where(row: Judged) -> str:
    """Say where a claim stands: publisher and edition, date, place in the text."""
    text = row.assessment
    return " · ".join(filter(None, (text.label, words.day(text.written), located(row.claim.locator))))


def located(locator: str) -> str:
    """Name a place in a text in the language that is spoken now: "relevance, paragraph 2"."""
    for said, here in phrases.words_of("locators"):
        locator = re.sub(rf"\b{said}\b", here, locator)
    return locator


CLAUSES = ("holds", "came_true", "no_longer_holds", "contradicted_then", "contested", "stale", "overtaken", "no_data",
           "not_checkable", "occurred", "did_not_occur", "pending", "unresolvable", "followed", "partly_followed",
           "not_followed", "reversed")
"""The verdicts in the order in which a sentence counts them."""


def tally(rows: Iterable[Judged], verdicts: Sequence[str] = CLAUSES, form: str = "clauses") -> list[str]:
    """Count verdicts as clauses: ["13 hold", "one was contradicted by the data of its own time"].

    `form` is `clauses`, or `short_clauses` for where there is less room.
    """
    found = [row.verdict for row in rows]
    if len(found) > 1 and len(set(found)) == 1:
        return [say("tally.both" if len(found) == 2 else "tally.all", clause=clause(form, found[0], 2))]
    counted = [(word, found.count(word)) for word in verdicts if word in found]
    return [say("tally.counted", count=number, clause=clause(form, word, number)) for word, number in counted]


def clause(form: str, verdict: str, number: int) -> str:
    """Say what became of a claim, or of several, behind what counts them: "holds", "hold"."""
    key = f"{form}.{verdict}" if phrases.has(f"{form}.{verdict}") else f"clauses.{verdict}"
    return say(key, count=number)


def pills(counts: Iterable[tuple[str, int]]) -> list[Run]:
    """Write verdicts with how often each was found: "3 holds"."""
    return [run for word, number in counts for run in (
        pill(word, say("opening.pill", number=number, label=VERDICTS[word].label)), " ")]


def changed_on(row: Judged) -> str:
    """Say since which year a claim reads differently, in brackets; empty where it does not."""
    return f" ({row.since[:4]})" if row.since else ""


def first(rows: Iterable[Judged], *verdicts: str) -> list[Judged]:
    """Return the rows with one of the verdicts, those that carry their assessment first."""
    chosen = [row for row in rows if row.verdict in verdicts]
    return sorted(chosen, key=lambda row: not row.claim.key)
