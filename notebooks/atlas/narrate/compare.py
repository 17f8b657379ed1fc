"""The comparison: one object whose methods are the sections of the notebook."""

from __future__ import annotations

from atlas import __version__, asked, chosen, words
from atlas.blocks import Block, Masthead, PageBreak, Prose, Stamp, Text
from atlas.data import tables as project_tables
from atlas.language import ENGLISH
from atlas.narrate import axes, caveats, shares
from atlas.narrate.group import Group

NAMED = 3
"""Countries that are named in the title, at most."""
OPEN = "A comparison"
"""The title where there are more of them."""


class CompareReport:
    """Everything that the notebook `compare.ipynb` shows about several countries.

    Parameters
    ----------
    countries : str
        Codes with commas between them; empty to choose by region or interest.
    interest : str
        Whose indicators are drawn; alone it also chooses the countries.
    region : str
        One of the five regions of the atlas; empty for none.
    as_of : str
        The day on which the data are read; empty for the newest.
    language : str
        `en`.

    Raises
    ------
    WrongUse
        If a parameter is not understood, or the countries are chosen in two ways at once.
    """

    def __init__(self, countries: str = "", interest: str = "security", region: str = "", as_of: str = "",
                 language: str = "en") -> None:
        tables = project_tables()
        asked.one_of("language", language, ENGLISH)
        day = min(asked.day("as_of", as_of) or tables.newest, tables.newest)
        self.group = Group(tables, chosen.choose(tables, countries, interest, region), day)

    def masthead(self) -> list[Block]:
        """What is compared, whose indicators, on which day."""
        group = self.group
        interest = group.tables.interests[group.chosen.interest]
        short = str(interest["short"])
        how = {"countries": "", "region": group.chosen.region, "interest": short}[group.chosen.by]
        few = words.listing(one.name for one in group.countries) if len(group.countries) <= NAMED else OPEN
        title = how or few
        count = words.count(len(group.countries), "country", "countries")
        named = title if title == OPEN else f"Comparison: {title}"
        stamp = {"title": named, "language": "en", "country": named, "version": __version__,
                 "data_as_of": group.day.isoformat()}
        lines: list[tuple[str, Text]] = [
            ("Countries", words.listing(one.name for one in group.countries)),
            ("Indicators", f"those declared for the interest “{interest['name']}”"),
            ("Data as of", words.day(group.day))]
        return [Stamp(fields=stamp), Masthead(
            country=title, subtitle=f"{words.capital(count)} on common axes, without a ranking", lines=lines,
            kicker_left="Living Partner Atlas · Comparison", kicker_right=f"Interest: {short.lower()}")]

    def two_minutes(self) -> list[Block]:
        """The bottom line: how far apart the countries are, and what their claims have come to."""
        told = [*axes.spread(self.group), shares.bottom_line(self.group)]
        return [Prose(paragraphs=[" ".join(told)], lead=True)]

    def first_chart(self) -> list[Block]:
        """The first declared indicator."""
        return axes.drawn(self.group, first=True)

    def first_page_end(self) -> list[Block]:
        """What may not be compared, in a few lines, and the end of the page."""
        return [*caveats.brief(self.group), PageBreak()]

    def measures(self) -> list[Block]:
        """What each indicator measures, and what it does not show."""
        return axes.told(self.group)

    def charts(self) -> list[Block]:
        """The other declared indicators."""
        return axes.drawn(self.group, first=False)

    def claims(self) -> list[Block]:
        """How many claims there are, and how many of them can be tested."""
        return shares.told(self.group)

    def claim_shares(self) -> list[Block]:
        """The verdicts as shares, where there are enough, and the kinds of claims."""
        return shares.drawn(self.group)

    def caveats(self) -> list[Block]:
        """What may not be compared."""
        return caveats.told(self.group)

    def table(self) -> list[Block]:
        """Every figure."""
        return axes.table(self.group)

    def citations(self) -> list[Block]:
        """Texts and papers."""
        return [*shares.texts(self.group), *axes.papers(self.group)]
