"""The report on two days: one object whose methods are the sections of the notebook."""

from __future__ import annotations

from atlas import __version__, asked, changes, dates, words
from atlas.blocks import Block, Masthead, Stamp, Text
from atlas.data import tables as project_tables
from atlas.language import ENGLISH
from atlas.narrate import changed, method, topics, turned, two_days
from atlas.narrate.subject import Subject


class ChangeReport:
    """Everything that the notebook `change.ipynb` shows about one country.

    Parameters
    ----------
    country : str
        ISO 3166-1 alpha-3 code.
    from_date : str
        The first day, YYYY, YYYY-MM or YYYY-MM-DD, which stands for its last day; empty for the day of the first text.
    to_date : str
        The last day; empty for the newest in the tables. A later one is read as the newest, and the report says so.
    language : str
        `en`.

    Raises
    ------
    WrongUse
        If a parameter is not understood, or the first day does not lie before the last.
    """

    def __init__(self, country: str, from_date: str = "", to_date: str = "", language: str = "en") -> None:
        tables = project_tables()
        tables.country(country)
        asked.one_of("language", language, ENGLISH)
        start, end = changes.span(tables, country, from_date, to_date)
        self.found = changes.compare(country, start, end, tables=tables)
        self.subject = Subject(tables, country, self.found.last, "neighbours", "full")
        self.asked = dates.last_day(to_date) if to_date else end

    def masthead(self) -> list[Block]:
        """The country, the two days, the texts on file on each."""
        name, (start, end) = self.subject.country.name, two_days.days(self.found)
        stamp = {"title": f"{name}: what changed", "language": "en", "country": name, "version": __version__,
                 "data_as_of": self.found.last.as_of.isoformat()}
        lines: list[tuple[str, Text]] = [("First day", f"{start}: {two_days.on_file(self.found.first)}"),
                                         ("Last day", f"{end}: {two_days.on_file(self.found.last)}")]
        late = self.asked > self.found.last.as_of
        return [Stamp(fields=stamp), Masthead(
            country=name, subtitle=f"What changed between {start} and {end}, and why", lines=lines,
            notice=f"{words.capital(words.day(self.asked))} was asked for; the tables end on {end}." if late else None,
            kicker_left="Living Partner Atlas · Two days", kicker_right="")]

    def two_minutes(self) -> list[Block]:
        """The bottom line, and the causes counted; without a claim, the figures of the two days in a few sentences."""
        return changed.opening(self.found, self.subject) or two_days.opening(self.found, self.subject)

    def first_chart(self) -> list[Block]:
        """When the verdicts turned; without a claim, a figure over time."""
        return changed.by_year(self.found, self.subject) if self.found.last.rows else two_days.drawn(
            self.found, self.subject)

    def first_page_end(self) -> list[Block]:
        """Short lists of what turned and what did not."""
        return changed.closing(self.found)

    def matrix(self) -> list[Block]:
        """Every claim by its verdict on the first day and on the last."""
        return changed.matrix(self.found, self.subject)

    def of(self, cause: str) -> list[Block]:
        """Every claim that one cause changed, with both readings."""
        return turned.of_cause(self.found, cause, self.subject.tables)

    def unchanged(self) -> list[Block]:
        """What did not change, counted."""
        return turned.unchanged(self.found)

    def new_texts(self) -> list[Block]:
        """The texts written between the two days, and what has become of their claims."""
        return turned.new_texts(self.found)

    def topics(self) -> list[Block]:
        """What was said otherwise: pairs of claims on the same topic."""
        return topics.told(self.subject)

    def topic_lines(self) -> list[Block]:
        """The topics that two or more texts speak of, one line each."""
        return topics.drawn(self.subject)

    def figures(self) -> list[Block]:
        """The declared figures on both days."""
        return two_days.figures(self.found, self.subject)

    def method(self) -> list[Block]:
        """What the causes mean, and how often each was found."""
        return changed.method(self.found)

    def citations(self) -> list[Block]:
        """Texts and papers."""
        return method.citations(self.subject)

