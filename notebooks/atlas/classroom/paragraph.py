"""Session one, *From a paragraph to a claim*: a specimen paragraph about any country, and the checks on its claims."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from atlas import agreement, checks, library, vocabulary, words
from atlas.blocks import Block, Prose, Table
from atlas.checks import Clock
from atlas.classroom import coders
from atlas.classroom.answers import Again, check, returned
from atlas.classroom.specimen import Specimen
from atlas.data import tables
from atlas.model import Check

EASY = 0.9
"""A check that this share of all states passes cannot fail in earnest."""
LOOSE = 0.2
"""A tolerance beyond this one makes nearly every figure fit."""


class Lesson:
    """The material of session one for a country.

    Parameters
    ----------
    country : str
        ISO 3166-1 alpha-3 code of any state with yearly counts of people.
    """

    def __init__(self, country: str) -> None:
        self.tables = tables()
        self.country = country
        self.specimen = Specimen(self.tables, country)
        self.assessed = bool(library.of_country(self.tables.root, country))

    def paragraph(self) -> list[Block]:
        """Show the specimen paragraph."""
        return [Prose([[self.specimen.text]])]

    def claims(self) -> list[Block]:
        """Show our own split of the paragraph, numbered."""
        rows = [[piece.key, piece.statement] for piece in self.specimen.pieces]
        return [Table("One way to split the paragraph", ["claim", "statement"], rows)]

    def kinds(self) -> list[Block]:
        """Show the kinds of claims and how to tell them apart."""
        return [Table("Kinds of claims", ["kind", "what it is"], list(map(list, vocabulary.KINDS.items())))]

    @check
    def check_split(self, claims: Sequence[str]) -> str:
        """Check that each sentence holds one predicate and names the country, and that nothing was lost."""
        held: dict[str, int] = {}
        for number, sentence in enumerate(claims, 1):
            found = self.specimen.matters(sentence)
            if len(found) > 1:
                matters = words.listing(self.specimen.about(key) for key in found)
                raise Again(f"Your claim {number} speaks of {matters}. One of them could be true and the other false: "
                            "which verdict would such a sentence get? Give each its own sentence.")
            if not found:
                raise Again(f"Your claim {number} takes up nothing that the paragraph says. Whoever codes a text adds "
                            "no thought of their own: which words of the paragraph does it rest on?")
            if self.specimen.name.casefold() not in sentence.casefold():
                raise Again(f"Your claim {number} does not name its country. A claim is read in a table, far from its "
                            "heading: would a stranger know whom it is about?")
            held.setdefault(found[0], number)
        lost = [piece for piece in self.specimen.pieces if piece.key not in held]
        if lost:
            raise Again(f"None of your claims says anything about {lost[0].about}. Read the {lost[0].where} sentence "
                        f"of the paragraph again. ({words.capital(words.count(len(lost)))} still missing.)")
        return (f"{words.capital(words.count(len(claims), 'claim'))}, one predicate each, and nothing of the "
                "paragraph is lost.")

    @check
    def check_kinds(self, kinds: Mapping[str, str]) -> str:
        """Check the kind that is given to each of our claims."""
        for piece in self.specimen.pieces:
            if piece.key not in kinds:
                raise Again(f"Claim {piece.key} has no kind yet.")
            given = kinds[piece.key]
            if given not in vocabulary.KINDS:
                raise Again(f"{given!r} is no kind of claim; choose a word of the table of kinds.")
            if given != piece.kind:
                raise Again(f"Claim {piece.key} as {given}: {_doubt(given)} Put that question to “{piece.statement}”")
        return "The kind decides what can settle a claim: a count, an outcome, a rival view, or nothing at all."

    @check
    def check_rules(self, rules: Mapping[str, Mapping[str, Any]]) -> str:
        """Check two claims made checkable: about the right thing, able to fail, and borne out by the tables."""
        for key in ("people", "course"):
            if key not in rules:
                raise Again(f"There is no rule for the claim {key!r} yet.")
            self._one_rule(key, dict(rules[key]))
        return "Both rules could fail, and neither does: that is what makes them worth something."

    def _one_rule(self, key: str, given: dict[str, Any]) -> None:
        try:
            rule = Check.model_validate(given)
        except ValidationError as error:
            raise Again(f"The rule for {key!r} cannot be read: {error.errors()[0]['msg']}.") from None
        found = checks.problems(rule, self.tables, self.country)
        if found:
            raise Again(f"The rule for {key!r} has a slip at {found[0][0]}: {found[0][1]}.")
        if not str(rule.keys.get("indicator", "")).startswith("population"):
            raise Again(f"The rule for {key!r} reads {rule.keys.get('indicator', 'no indicator')!r}. That moves for "
                        "other reasons too: which indicator counts what the claim speaks of?")
        if float(rule.keys.get("tolerance", 0)) > LOOSE:
            raise Again(f"The tolerance for {key!r} is so wide that a figure far off would still fit. "
                        "How large an error would you accept from an author who writes “about”?")
        self._able_to_fail(key, rule)
        reading = self._read(rule, self.country)
        if reading.result != "supported":
            raise Again(f"The figures of the paragraph come from the tables, yet your rule for {key!r} says "
                        f"“{reading.result}”: {reading.detail} Does the rule say what the claim says?")

    def _able_to_fail(self, key: str, rule: Check) -> None:
        states = [one.iso3 for one in self.tables.countries.values() if one.kind == "state"]
        results = [self._read(rule, code).result for code in states]
        told = [result for result in results if result != "no_data"]
        if told and sum(result == "supported" for result in told) > EASY * len(told):
            raise Again(f"Your rule for {key!r} is passed by nearly every state of the world. A rule that nobody "
                        "fails tests nothing: what would the figure have to be for the claim to be false?")
        wanted = ("about", "between") if key == "people" else ("rising", "falling")
        if rule.rule not in wanted:
            raise Again(f"The rule {rule.rule!r} does not say what the claim {key!r} says. Does the claim speak of a "
                        "size, of a bound, or of a change between two years?")

    def _read(self, rule: Check, country: str) -> checks.Reading:
        return checks.read(rule, self.tables, country, Clock("now", self.tables.newest))

    def codes(self) -> tuple[list[str | None], list[str | None]]:
        """Return the codes that two invented coders gave to the same claims; None where one left a claim out."""
        return coders.two([piece.kind for piece in self.specimen.pieces] + self._on_file())

    def _on_file(self) -> list[str]:
        found = library.assessments(self.tables, self.country) if self.assessed else []
        return [str(claim.kind) for one in found for claim in one.claims][: coders.UNITS]

    @check
    def check_alpha(self, function: Callable[..., Any]) -> str:
        """Check a function that computes alpha for two coders."""
        coders.judge(function)
        ours = agreement.alpha(self.codes())
        theirs = returned(function, *self.codes(), what="the codes of this session")
        if abs(theirs - ours) > 1e-6:
            raise Again("The function fits the small examples but not the codes of this session: does it lean on "
                        "their length?")
        return f"Alpha is {ours:.2f}. Krippendorff asks for 0.80, and for 0.67 where conclusions are tentative."

    @check
    def check_mixed(self, pair: Sequence[str], rule: str) -> str:
        """Check which two kinds the coders mix up most, and a rule that tells them apart."""
        first, second = self.codes()
        wanted = coders.most_mixed(first, second)
        if frozenset(pair) not in wanted:
            raise Again("Another pair of kinds is mixed up more often. Count the claims on which the two differ, by "
                        "pair.")
        text = rule.casefold()
        if not all(kind in text for kind in pair):
            raise Again("Your rule has to name both kinds, so that a third coder knows when to choose which.")
        if not re.search(r"\b(if|when|unless|whether|as soon as|where)\b", text) or len(text.split()) < 8:
            raise Again("Your rule needs a condition that can be seen in the text: choose this kind if …, the other "
                        "if …")
        return "Now exchange rules with your neighbours and code three claims with theirs: that is the real test."


def _doubt(kind: str) -> str:
    return {
        "fact": "which table would you open, and which number in it would end the argument?",
        "attribution": "who is said to think or want this, and would a quotation settle it?",
        "judgement": "is something weighed here, so that two informed people may differ, or does it say something "
                     "else besides?",
        "causal": "does it say why something is so, so that the event could be real and the reason wrong?",
        "forecast": "on which day could one know whether it came about, and does the sentence speak of that day?",
        "recommendation": "who is told to do something?",
        "norm": "does it say what is good or right, for anybody, whatever anybody does?",
    }[kind]
