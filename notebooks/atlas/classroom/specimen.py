"""A paragraph in the manner of an assessment, written by rule for any country, and the claims that it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from atlas import words
from atlas.data import Tables
from atlas.errors import WrongUse

SPAN = 10
"""Over how many years the change in the number of people is told."""


@dataclass(frozen=True)
class Piece:
    """One claim of the paragraph: what it is about, its statement and kind, where it stands, what gives it away."""

    key: str
    about: str
    statement: str
    kind: str
    where: str
    sign: str


class Specimen:
    """The paragraph on one country. Its figures come from the tables; its opinions are invented for class.

    Parameters
    ----------
    tables : Tables
    country : str
        ISO 3166-1 alpha-3 code.
    """

    def __init__(self, tables: Tables, country: str) -> None:
        self.tables, self.country = tables, country
        self.name, self.the = tables.country(country).name, tables.country(country).the
        if tables.country(country).kind != "state":
            raise WrongUse(f"{self.the} is no state; a class works on one, as in UKR")
        found = tables.figures("population_total", country).preferred
        self.counts = {int(period): value for period, value in found.items() if len(period) == 4}
        if len(self.counts) <= SPAN:
            raise WrongUse(f"{country} has too few counts of people for a session; choose a larger state, as in UKR")

    @property
    def newest(self) -> int:
        """The newest year with a count of people."""
        return max(self.counts)

    @property
    def since(self) -> int:
        """The year from which the change is told."""
        return self.newest - SPAN

    @property
    def people(self) -> str:
        """How many people the country has, in words."""
        return words.people(self.counts[self.newest]).replace("\xa0", " ")

    @property
    def change(self) -> float:
        """The change in the number of people, in per cent."""
        return 100 * (self.counts[self.newest] / self.counts[self.since] - 1)

    @property
    def shrank(self) -> bool:
        """Whether there are fewer people than at the start."""
        return self.change < 0

    @property
    def borders(self) -> str:
        """With how many states it has a border, in words."""
        number = len(self.tables.neighbours(self.country))
        return f"borders {words.count(number, 'state')}" if number else "borders no other state by land"

    @property
    def due(self) -> int:
        """The year that the forecast names."""
        return self.newest + SPAN

    @property
    def went(self) -> str:
        """What the number of people has done."""
        return "fallen" if self.shrank else "grown"

    @property
    def fewer(self) -> str:
        """What the forecast expects."""
        return "fewer" if self.shrank else "more"

    @property
    def reason(self) -> str:
        """The reason that the paragraph gives, in a sentence about the country."""
        return "the young have moved away" if self.shrank else "families stay large and others move in"

    @property
    def text(self) -> str:
        """The paragraph."""
        the = words.capital(self.the)
        return (f"{the} has about {self.people} and {self.borders}, and it is an important partner for Germany. "
                f"Since {self.since} the number of its people has {self.went}, because {self.reason}. "
                "Its government says that it wants closer ties with Berlin, and every country may choose its friends "
                f"freely. By {self.due} {self.the} will have {self.fewer} people than today, so Germany should open "
                "a second consulate there soon.")

    @cached_property
    def pieces(self) -> list[Piece]:
        """The claims of the paragraph, in its order."""
        the, verb = words.capital(self.the), "fell" if self.shrank else "grew"
        return [
            Piece("people", "how many people there are", f"{the} has about {self.people}.", "fact", "first",
                  r"million|inhabitants|\d[\d,.]*\s+people"),
            Piece("borders", "the borders", f"{the} {self.borders}.", "fact", "first", r"border|neighbour|land"),
            Piece("partner", "its weight for Germany", f"{the} is an important partner for Germany.",
                  "judgement", "first", r"important|partner|weight|matters"),
            Piece("course", "how the number of people has changed",
                  f"The number of people in {self.the} has {self.went} since {self.since}.",
                  "fact", "second",
                  rf"since|{self.since}|fell|fallen|grew|grown|shrunk|shrank|declin|risen|rose"),
            Piece("reason", "the reason for that change",
                  f"The number of people in {self.the} {verb} because {self.reason}.",
                  "causal", "second", r"because|due to|reason|cause|moved away|families|led to|owing"),
            Piece("wish", "what its government says",
                  f"The government of {self.the} says that it wants closer ties with Berlin.",
                  "attribution", "third", r"government|says|wants|closer ties|berlin"),
            Piece("right", "what every country may do",
                  f"Like every country, {self.the} may choose its friends freely.",
                  "norm", "third", r"\bmay\b|choose|free|right to|entitled"),
            Piece("outlook", "what the coming years bring",
                  f"By {self.due} {self.the} will have {self.fewer} people than today.",
                  "forecast", "fourth", rf"\bwill\b|{self.due}|going to"),
            Piece("advice", "what Germany is told to do",
                  f"Germany should open a second consulate in {self.the} soon.",
                  "recommendation", "fourth", r"should|ought|consulate|must"),
        ]

    def about(self, key: str) -> str:
        """Say what a claim is about."""
        return next(piece.about for piece in self.pieces if piece.key == key)

    def matters(self, sentence: str) -> list[str]:
        """Return which claims of the paragraph a sentence takes up; a reason has its effect in it, and that is one."""
        found = [piece.key for piece in self.pieces if re.search(piece.sign, _bare(sentence, self.name), re.I)]
        return [key for key in found if not (key == "course" and "reason" in found)]


def _bare(sentence: str, name: str) -> str:
    """Return a sentence without the country's name, which may hold a telling syllable itself."""
    return re.sub(re.escape(name), "", sentence, flags=re.I)
