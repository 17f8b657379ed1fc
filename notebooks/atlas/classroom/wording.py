"""Likelihood and confidence in words, the facts of an update, and the checks on what students write."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from atlas import verdicts, words
from atlas.blocks import Block, Table
from atlas.classroom.answers import Again
from atlas.classroom.specimen import Specimen
from atlas.data import Tables

SCALE: dict[str, tuple[int, int]] = {
    "almost no chance": (1, 5), "very unlikely": (5, 20), "unlikely": (20, 45), "roughly even chance": (45, 55),
    "likely": (55, 80), "very likely": (80, 95), "almost certain": (95, 99)}
"""Words for likelihood in per cent, as US analysts are told to use them (Intelligence Community Directive 203)."""
LEVELS = ("high", "moderate", "low")
MOST, LEAST = 120, 60
"""How many words an update may have, and must have to say anything."""
AWAY = 15
"""How many points a likelihood may lie from the first guess without a reason."""
NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"


def base_rate(values: Sequence[float]) -> float:
    """Return the share of steps that went down, as if one more fall and one more rise had been seen."""
    steps = list(pairwise(values))
    return (sum(later < earlier for earlier, later in steps) + 1) / (len(steps) + 2)


class Facts:
    """What an update may rest on: figures of the country and the state of its ledger."""

    def __init__(self, tables: Tables, country: str, specimen: Specimen) -> None:
        self.specimen, self.ledger = specimen, verdicts.ledger(country, tables=tables)
        self.values = [specimen.counts[year] for year in sorted(specimen.counts)]
        self.base = base_rate(self.values)

    @property
    def coming(self) -> int:
        """The year that the likelihood speaks of."""
        return self.specimen.newest + 1

    @cached_property
    def numbers(self) -> dict[str, float]:
        """Every number that an update may use, by what it is."""
        s, steps = self.specimen, len(self.values) - 1
        verdict = self.ledger.counts()
        return {
            f"people in {s.since}, million": s.counts[s.since] / 1e6,
            f"people in {s.newest}, million": s.counts[s.newest] / 1e6,
            "change between the two, per cent": s.change,
            "yearly steps since the series begins": steps,
            "of these, steps down": round(self.base * (steps + 2)) - 1,
            "first guess for another step down, per cent": 100 * self.base,
            "claims on file": len(self.ledger.rows),
            "claims that hold": verdict["holds"],
            "claims that no longer hold": verdict["no_longer_holds"],
            "year before the first": s.since, "newest year": s.newest, "coming year": self.coming,
            "year of the data": self.ledger.as_of.year,
        }

    def show(self) -> list[Block]:
        """Show the facts, and the words for likelihood."""
        rows = [[name, f"{value:.{0 if value == int(value) else 1}f}"] for name, value in self.numbers.items()]
        scale = [[word, f"{low} to {high}"] for word, (low, high) in SCALE.items()]
        right = {"name": "value", "align": "right"}
        return [Table(f"Facts on {self.specimen.the}; people from the World Bank, claims from the ledger of the atlas",
                      ["fact", right], rows),
                Table("Words for likelihood", ["word", {"name": "per cent", "align": "right"}], scale)]


def judge_sentences(likelihood: str, confidence: str, facts: Facts) -> str:
    """Check that likelihood and confidence stand apart, each with what belongs to it."""
    word = _likelihood_word(likelihood)
    if not word:
        raise Again("The sentence of likelihood has no word of the scale. Readers compare words only if all use the "
                    "same ones.")
    if re.search(r"confiden", likelihood, re.I):
        raise Again("How likely something is and how sure you are of that are two things: one can be quite sure of "
                    "an even chance. Take confidence out of the first sentence.")
    given = re.findall(rf"({NUMBER})\s*(?:per ?cent|%)", likelihood)
    if not given:
        raise Again("A word of likelihood means something else to every reader. Put its number beside it, in per cent.")
    low, high = SCALE[word]
    if not low <= float(given[0]) <= high:
        raise Again(f"You write “{word}” and {given[0]} per cent. Look both up in the scale: do they go together?")
    if facts.specimen.name.casefold() not in likelihood.casefold() or str(facts.coming) not in likelihood:
        raise Again("Nobody could tell afterwards whether you were right: of which country and of which year do you "
                    "speak?")
    if abs(float(given[0]) - 100 * facts.base) > AWAY and not re.search(r"because|since|as ", likelihood):
        raise Again("Your number lies far from the first guess. That is allowed, with a reason: what makes the "
                    "coming year unlike the past?")
    if _likelihood_word(confidence) or re.search(r"per ?cent|%", confidence):
        raise Again("The sentence of confidence speaks of likelihood again. It is about your evidence: how good is "
                    "it, and how much?")
    if not re.search(rf"\b({'|'.join(LEVELS)})\b", confidence, re.I) or not re.search(r"confidence", confidence, re.I):
        raise Again("Say in the second sentence whether your confidence is high, moderate or low.")
    if not re.search(r"\b(because|since|as|for)\b", confidence, re.I):
        raise Again("Why this confidence and no other? Name what your evidence rests on, or what it lacks.")
    return "Likelihood with its number, confidence with its reason, in sentences of their own."


def _likelihood_word(text: str) -> str:
    found = [word for word in SCALE if re.search(rf"\b{word}\b", text, re.I)]
    return max(found, key=len, default="")


def judge_update(text: str, likelihood: str, confidence: str, facts: Facts) -> str:
    """Check an update: its length, its two sentences, its source, every number, and what would change the picture."""
    size = len(text.split())
    if size > MOST:
        raise Again(f"The update has {size} words, and whoever reads it has a minute: at most {MOST}. Which sentence "
                    "would nobody miss?")
    if size < LEAST:
        raise Again(f"The update has {size} words. In fewer than {LEAST} there is no room for what was, what is and "
                    "what follows.")
    if likelihood.strip() not in text or confidence.strip() not in text:
        raise Again("Your two sentences of likelihood and confidence are not in the update, word for word.")
    if not re.search(r"world bank|ledger|atlas", text, re.I):
        raise Again("Where do the figures come from? Without a source the reader has to take your word for it.")
    strange = [one for one in re.findall(NUMBER, text.replace(likelihood, "")) if not _known(one, facts)]
    if strange:
        raise Again(f"{strange[0]} is in none of the facts. Take it from the table as it stands there, or leave it "
                    "out.")
    if len(re.findall(NUMBER, text.replace(likelihood, ""))) < 2:
        raise Again("There is hardly a figure in it. Which two numbers carry the message?")
    if not re.search(r"would change|would alter|unless|would have to", text, re.I):
        raise Again("Say in one sentence what would change the picture, so that the reader knows what to watch.")
    wrong = _opposite(text, facts)
    if wrong:
        raise Again(f"You write “{wrong}” of the number of people. Compare the two years of the table again.")
    return f"{size} words, every number accounted for. Read it aloud to somebody who knows nothing of it."


def _known(number: str, facts: Facts) -> bool:
    digits = len(number.partition(".")[2])
    value = float(number.replace(",", ""))
    return any(abs(value - abs(fact)) <= 0.5 * 10**-digits + 1e-9 for fact in facts.numbers.values())


def _opposite(text: str, facts: Facts) -> str:
    pattern = r"population (grew|rose|increased)" if facts.specimen.shrank else r"population (fell|shrank|declined)"
    found = re.search(pattern, text, re.I)
    return words.shorten(found[0], 40) if found else ""
