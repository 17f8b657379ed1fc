"""Session two, *Then and now*: what can be checked, two clocks, scopes and sources, and the checks on the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import product
from typing import Any

from atlas import library, verdicts, words
from atlas.blocks import Block, Table
from atlas.checks import Reading
from atlas.classroom import charted, scopes
from atlas.classroom.answers import Again, check, outcome, returned
from atlas.classroom.specimen import Specimen
from atlas.data import tables
from atlas.data.tables import REACH
from atlas.verdicts import Judged

RESULTS = ("supported", "contradicted", "mixed", "no_data")
CLOCKS: tuple[tuple[dict[int, float], str, str], ...] = (
    ({2017: 3.0, 2018: 4.0, 2019: 5.0, 2020: 6.0, 2021: 7.0}, "2020-05", "every year, written in May 2020"),
    ({2017: 3.0, 2018: 4.0, 2021: 7.0}, "2020-05", "a series without the years 2019 and 2020, written in May 2020"),
    ({2009: 1.0, 2021: 7.0}, "2020-05", "a series whose last figure was eleven years old, written in May 2020"),
    ({2019: 5.0, 2020: 6.0}, "2021-12", "a text of December 2021"),
)


class Lesson:
    """The material of session two for a country.

    Parameters
    ----------
    country : str
        ISO 3166-1 alpha-3 code of a state, with an assessment on file or without.
    """

    def __init__(self, country: str) -> None:
        self.tables, self.country = tables(), country
        self.specimen = Specimen(self.tables, country)
        self.ledger = verdicts.ledger(country, tables=self.tables)

    @cached_property
    def statements(self) -> dict[str, tuple[str, bool]]:
        """Statements to be sorted, each with whether anything could settle it: from the file, and two of our own."""
        open_ones = [row for row in self.ledger.rows if row.claim.not_checkable or row.claim.unresolvable][:3]
        tested = [row for row in self._tested if row.claim.kind == "fact" and row.verdict != "no_data"][:4]
        found = [(str(row.claim.statement), row in tested) for row in (*tested[:2], *open_ones, *tested[2:])]
        found.insert(1, (f"It is right that {self.specimen.the} decides on its alliances alone.", False))
        found.append((f"{words.capital(self.specimen.the)} has more people than Germany.", True))
        return {f"c{number}": one for number, one in enumerate(found, 1)}

    def to_sort(self) -> list[Block]:
        """Show the statements to be sorted."""
        rows = [[key, text] for key, (text, _) in self.statements.items()]
        return [Table("Could anything settle it?", ["claim", "statement"], rows)]

    @check
    def check_sorted(self, answer: Mapping[str, bool]) -> str:
        """Check which statements somebody could test."""
        for key, (text, right) in self.statements.items():
            if key not in answer:
                raise Again(f"Claim {key} is not sorted yet.")
            if bool(answer[key]) and not right:
                raise Again(f"You say that {key} can be checked. Name the table, event or document that would prove "
                            f"it wrong, and the day to look at it: “{text}”")
            if right and not answer[key]:
                raise Again(f"You say that nothing could settle {key}. Is there really no figure, event or list that "
                            f"would make it false? “{text}”")
        return "Not checkable is no blame: norms and motives belong in a text. They only cannot be refuted by a table."

    @check
    def check_then(self, function: Callable[..., Any]) -> str:
        """Check a function that reads a series as its author could."""
        for series, written, what in CLOCKS:
            theirs = outcome(function, dict(series), written, what=what)
            ours = _then(series, written)
            if theirs != ours:
                raise Again(_late(series, written, theirs, ours, what))
        return "The author is read with the figures of their time, and nobody is blamed for what came later."

    def readings(self) -> list[tuple[str, str, str]]:
        """Return identifier, reading of then and reading of now of every claim that was tested on both clocks."""
        return [(row.claim.id, row.then.result, row.now.result) for row in self._tested if row.then and row.now]

    def tested(self) -> list[Block]:
        """Show the claims that were tested on both clocks, with both readings and without the verdict."""
        rows = [[row.claim.id, row.claim.short, *(one.result.replace("_", " ") for one in (row.then, row.now) if one)]
                for row in self._tested]
        return [Table("Readings on two clocks", ["claim", "in short", "then", "now"], rows[:12],
                      f"Twelve of {len(rows)} claims; lesson.readings() has them all." if len(rows) > 12 else None)]

    @property
    def _tested(self) -> list[Judged]:
        return [row for row in self.ledger.rows if row.then and row.now]

    @check
    def check_verdict(self, function: Callable[..., Any]) -> str:
        """Check a function that turns two readings into a verdict, for every pair of readings."""
        for then, now in product(RESULTS, RESULTS):
            ours = verdicts.truth(Reading(then, ""), Reading(now, ""))  # type: ignore[arg-type]
            theirs = returned(function, then, now, what=f"then {then}, now {now}")
            if theirs != ours:
                raise Again(_unjust(then, now, str(theirs)))
        return (f"Sixteen pairs of readings, {words.count(len(set(self._by_hand)), 'verdict')} in this country's "
                "ledger by hand.")

    @property
    def _by_hand(self) -> list[str]:
        return [verdicts.truth(row.then, row.now) for row in self._tested if row.then and row.now]

    @check
    def check_differing(self, answer: Mapping[str, str] | Sequence[str]) -> str:
        """Check for which claims the verdict by hand differs from the ledger's."""
        ours = {row.claim.id for row, hand in zip(self._tested, self._by_hand, strict=True) if row.verdict != hand}
        theirs = set(answer) - {"none"}
        if extra := sorted(theirs - ours):
            raise Again(f"For {extra[0]} the ledger says what your own function says. Compare the two words, not the "
                        "readings.")
        if ours - theirs:
            raise Again(f"{words.capital(words.count(len(ours - theirs), 'claim'))} more differ from the ledger. Go "
                        "through all readings, not only those that the table shows.")
        return ("Nothing differs here." if not ours else
                f"{words.capital(words.count(len(ours), 'claim'))} differ: time has passed over the figure, or over "
                "the thing itself.")

    @cached_property
    def cases(self) -> dict[str, tuple[dict[str, float | None], str]]:
        """Peer sets for Belarus and for the country, by name: the figures by code, and whose place is asked."""
        return scopes.cases(self.tables, self.country)

    @check
    def check_lowest(self, function: Callable[..., Any]) -> str:
        """Check a function that says whether a country has the lowest figure of a set."""
        scopes.judge(function)
        return "It says yes, no, or that too little is known."

    @check
    def check_scopes(self, answer: Mapping[str, bool | str], agree: bool) -> str:
        """Check the answers for every case, and whether those for Belarus agree."""
        ours = {name: scopes.lowest(figures, code) for name, (figures, code) in self.cases.items()}
        for name, right in ours.items():
            if name not in answer:
                raise Again(f"There is no answer yet for {name}.")
            if answer[name] != ("unknown" if right is None else right):
                raise Again(f"The answer for {name} is not what your function says of those figures. Did it get the "
                            "figures of that case, and the code of its country? Write “unknown” where it says None.")
        said = {right for name, right in ours.items() if name.startswith("Belarus") and right is not None}
        if agree != (len(said) == 1):
            raise Again("Look along the six lines for Belarus again: does every scope and every source say the same?")
        if len(said) == 1:
            return "The answer survives every scope and source: the sentence is as firm as it sounds."
        return ("One sentence, and the answer hangs on what “region” means and on who counts: that is what "
                "*contested* says.")

    @cached_property
    def printed(self) -> float:
        """The count of people that a text on the country prints, or else the figure of the tables, rounded."""
        boxes = [one.fact_box.get("population", "") for one in library.assessments(self.tables, self.country)]
        digits = ["".join(filter(str.isdigit, text)) for text in boxes]
        found = [float(text) for text in digits if len(text) > 5]
        return found[0] if found else round(self.specimen.counts[self.specimen.newest], -5)

    @cached_property
    def ways(self) -> dict[str, float]:
        """How many people there are, counted in three ways."""
        counts = self.specimen.counts
        whole, head = (self.tables.figures(f"gdp{part}_current_usd", self.country).preferred
                       for part in ("", "_per_capita"))
        year = max((one for one in whole if one in head), default="")
        found = {"in 2019, before the first texts": counts[2019],
                 f"in {self.specimen.newest}, the newest": counts[self.specimen.newest]}
        if year:
            found[f"in {year}, as its GDP divided by its GDP a head"] = whole[year] / head[year]
        return found

    @check
    def check_needed(self, function: Callable[..., Any]) -> str:
        """Check a function that says how wide a tolerance has to be for every way of counting to fit."""
        for claimed, ways, what in ((100.0, [100.0, 90.0], "a claim of 100 and counts of 100 and 90"),
                                    (100.0, [101.0, 104.0], "a claim of 100 and counts of 101 and 104"),
                                    (200.0, [190.0, 210.0, 230.0], "a claim of 200 and counts of 190, 210 and 230")):
            theirs = float(returned(function, claimed, ways, what=what))
            ours = max(abs(way / claimed - 1) for way in ways)
            if abs(theirs - ours) > 1e-9:
                raise Again(_narrow(theirs, ours, claimed, ways, what))
        ours = max(abs(way / self.printed - 1) for way in self.ways.values())
        return (f"The printed count needs a tolerance of {100 * ours:.1f} per cent to fit all ways of counting. "
                "Whether that is much depends on what was claimed: a count, or “about”.")

    def bad_chart(self) -> Any:
        """Draw the chart to be repaired."""
        return charted.bad(self.specimen)

    def drawn(self, function: Callable[..., Any]) -> Any:
        """Draw with a student's function."""
        return charted.image(charted.by_student(function, self.specimen))

    @check
    def check_chart(self, function: Callable[..., Any]) -> str:
        """Check the axes that a student's function has drawn."""
        return charted.judge(function, self.specimen)

    @check
    def check_alt(self, text: str) -> str:
        """Check a text for readers who cannot see the chart."""
        return charted.judge_alt(text, self.specimen)


def _then(series: Mapping[int, float], written: str) -> float | None:
    last = date.fromisoformat(f"{written}-01").year - 1
    seen = [year for year in series if last - REACH <= year <= last]
    return series[max(seen)] if seen else None


def _late(series: Mapping[int, float], written: str, theirs: Any, ours: Any, what: str) -> str:
    year = int(written[:4])
    if theirs is None:
        return (f"For {what} your function gives nothing back, although the author could have known a figure: how far "
                "back does it look?")
    later = [one for one, value in series.items() if value == theirs and one >= year]
    if later:
        return (f"For {what} your function reads the figure of {later[0]}. Could anybody know a year's figure "
                "before that year was over?")
    if ours is None:
        return (f"For {what} your function still gives a figure. How old may a figure be before it says nothing about "
                "the time?")
    return (f"For {what} the result is {theirs!r}. Write the years on a line, mark the day of writing, and look at "
            "what lies before it.")


def _unjust(then: str, now: str, theirs: str) -> str:
    pair = f"then {then.replace('_', ' ')}, now {now.replace('_', ' ')}"
    if theirs not in ("holds", "no_longer_holds", "contradicted_then", "came_true", "contested", "stale", "no_data"):
        return f"For {pair} your function says {theirs!r}, which is no verdict of the table."
    if "mixed" in (then, now):
        return (f"For {pair} you say {theirs}. Where sources or scopes disagree on either clock, can there be a plain "
                "answer?")
    if then == "no_data":
        return f"For {pair} you say {theirs}. What do you know about the day on which the text was written?"
    if then == "supported" and now == "contradicted":
        return (f"For {pair} you say {theirs}. Was the author wrong, or did something change afterwards? Be fair to "
                "who could not know.")
    if now == "no_data":
        return (f"For {pair} you say {theirs}. Nothing newer is known: does the old reading become true, false, or "
                "only old?")
    return f"For {pair} you say {theirs}. Read the line of the table for these two readings again."


def _narrow(theirs: float, ours: float, claimed: float, ways: Sequence[float], what: str) -> str:
    if abs(theirs - 100 * ours) < 1e-6:
        return "That is right in per cent. The rule wants a share: one per cent is 0.01."
    if abs(theirs - max(way / claimed - 1 for way in ways)) < 1e-9:
        return f"For {what} a count below the claim slips through. Is being too low less wrong than being too high?"
    if abs(theirs - max(abs(claimed / way - 1) for way in ways)) < 1e-9:
        return ("You measure the distance against each count. The tolerance belongs to the claim: what stands below "
                "the line?")
    return (f"For {what} the result is {theirs:.3f}. Which of the counts lies farthest from the claim, and how far, "
            "as a share of it?")
