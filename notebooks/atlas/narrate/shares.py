"""How the claims on several countries fared: as shares where there are enough, as counts everywhere."""

from __future__ import annotations

import pandas as pd

from atlas import charts, words
from atlas.blocks import Block, Note, Prose, Table, Text, strong
from atlas.charts import Caption
from atlas.data import Country
from atlas.narrate.group import Group, names, statements
from atlas.narrate.subject import cited
from atlas.verdicts import Judged

ENOUGH = 10
"""Tested statements below which shares would look like more than they are."""
PARTS = {
    "holds or came true": ("holds", "came_true"),
    "no longer holds": ("no_longer_holds", "overtaken"),
    "contradicted at the time": ("contradicted_then",),
    "contested": ("contested",),
    "untested": ("stale", "no_data", "not_checkable"),
}
"""The parts of a bar; the last is what no reading of both times can tell."""
UNTESTED = PARTS["untested"]


def tested(rows: list[Judged]) -> list[Judged]:
    """Return the statements that have a reading of their time and of now."""
    return [row for row in rows if row.verdict not in UNTESTED]


def _enough(group: Group) -> list[Country]:
    return [one for one in group.countries if len(tested(statements(group.ledgers[one.iso3]))) >= ENOUGH]


def _few(group: Group) -> list[Country]:
    enough = _enough(group)
    return [one for one in group.countries if one not in enough and one not in group.silent]


def bottom_line(group: Group) -> str:
    """Say how many claims are on file, and of how many countries shares can be shown."""
    spoken = len(group.countries) - len(group.silent)
    if not spoken:
        return "No text on any of them is on file, so there are data only."
    claims = sum(len(ledger.rows) for ledger in group.ledgers.values())
    short = group.tables.interests[group.chosen.interest]["short"].lower()
    on = f" on {short}" if group.chosen.by == "interest" else ""
    whom = (f"{'both' if spoken == 2 else 'all ' + words.count(spoken)}" if not group.silent else
            f"{words.count(spoken)} of the {words.count(len(group.countries))}")
    text = f"Texts{on} are on file for {whom}, with {words.count(claims, 'claim')}"
    shown = _held(group)
    return words.sentence(f"{text}; {shown}" if shown else f"{text}, too few on each country to be shown as shares")


def _held(group: Group) -> str:
    """State the range of the share that holds, among the countries with enough tested statements."""
    shares = sorted((sum(row.verdict in PARTS["holds or came true"] for row in rows) / len(rows), one.iso3, len(rows))
                    for one in _enough(group) for rows in [tested(statements(group.ledgers[one.iso3]))])
    if not shares:
        return ""
    (low, one, number), (high, other, more) = shares[0], shares[-1]
    text = (f"{words.amount(100 * low, '%', 0)} of the {number} tested statements on {group.tables.country(one).the} "
            "hold or came true")
    if one == other:
        return text
    among = "" if len(shares) == 2 else "; the other countries with enough of them lie between"
    return f"{text}, {words.amount(100 * high, '%', 0)} of the {more} on {group.tables.country(other).the}{among}"


def told(group: Group) -> list[Block]:
    """Say how many statements there are to test and of whom shares are shown."""
    if len(group.silent) == len(group.countries):
        return [Note(text="No text on these countries is on file; everything here is data alone.")]
    enough, few, silent = _enough(group), _few(group), group.silent
    text = [f"A share is shown from {words.count(ENOUGH)} tested statements on; forecasts and advice are counted in "
            "the table, not in the bars."]
    text.append(f"That is so for {names(enough, 12)}." if enough else "No country reaches that number.")
    if few:
        counted = words.several([f"{one.the} ({len(tested(statements(group.ledgers[one.iso3])))})" for one in few], 20)
        text.append(f"Too few for a share, with the number of tested statements: {counted}.")
    if silent:
        text.append(f"Without a text, with data only: {names(silent, 20)}.")
    blocks: list[Block] = [Prose(paragraphs=[" ".join(text)])]
    if enough:
        least = min(len(tested(statements(group.ledgers[one.iso3]))) for one in enough)
        blocks.append(Note(text=(
            f"Small numbers: with {words.count(least)} statements, one more or less moves a share by "
            f"{words.amount(100 / least, '%', 0)}. The texts were not drawn by lot, and they do not ask the same of "
            "each country; a difference between two bars says nothing on which country is the better partner, or which "
            "author the better one."), tone="warn"))
    return blocks


def drawn(group: Group) -> list[Block]:
    """Draw the shares, and return the table of kinds."""
    if len(group.silent) == len(group.countries):
        return []
    return [*_bars(group), _kinds(group)]


def _bars(group: Group) -> list[Block]:
    enough = _enough(group)
    if not enough:
        return []
    rows = {one.name: statements(group.ledgers[one.iso3]) for one in enough}
    table = pd.DataFrame([[sum(row.verdict in words_ for row in mine) for words_ in PARTS.values()]
                          for mine in rows.values()], index=list(rows), columns=list(PARTS))
    caption = Caption(
        title=_title(table), measure="Statements by what became of them", unit="", digits=0,
        source="Source: the claims of the texts on file, read against the tables.", name="compare-verdicts",
        note="Countries by name. Untested: nobody can, no figure, or none recent enough")
    return [charts.tallies(table, caption)]


def _title(table: pd.DataFrame) -> str:
    total, holding = int(table.to_numpy().sum()), int(table[next(iter(PARTS))].sum())
    whose = words.count(len(table), "country", "countries")
    return f"{words.capital(words.count(holding))} of {words.count(total, 'statement')} on {whose} hold or came true"


def _kinds(group: Group) -> Table:
    columns = [{"name": "Country", "width": 1.7}, {"name": "Texts", "align": "right", "width": 0.8},
               {"name": "Known", "width": 1.6}, {"name": "Facts", "align": "right", "width": 0.8},
               {"name": "Judgements", "align": "right", "width": 1.3},
               {"name": "Forecasts, advice", "align": "right", "width": 1.3},
               {"name": "Tested statements", "align": "right", "width": 1.2}]
    rows: list[list[Text]] = []
    for one in group.countries:
        ledger = group.ledgers[one.iso3]
        stated = statements(ledger)
        facts = sum(row.claim.kind == "fact" for row in stated)
        known = list(dict.fromkeys(text.known for text in ledger.assessments))
        rows.append([one.name, str(len(ledger.assessments)), words.listing(known) or "data only", str(facts),
                     str(len(stated) - facts), str(len(ledger.rows) - len(stated)), str(len(tested(stated)))])
    return Table(caption="Texts and kinds of claims", columns=columns, rows=rows, compact=True,
                 note="Judgements: with attributions, causes and norms. Known: how much of the texts was seen.")


def uneven(group: Group) -> list[str]:
    """Say what makes the claims of the countries unlike: how much is known, how many, of which kind, on what."""
    told = []
    partly = [one for one in group.countries if any(t.known != "whole" for t in group.ledgers[one.iso3].assessments)]
    if partly:
        told.append(f"Of at least one text only the opening or the abstract is known for {names(partly, 12)}; what the "
                    "rest says may stand better or worse")
    counts = {one.the: len(group.ledgers[one.iso3].rows) for one in group.countries if one not in group.silent}
    if len(counts) > 1 and max(counts.values()) > min(counts.values()):
        low, high = min(counts, key=lambda key: counts[key]), max(counts, key=lambda key: counts[key])
        told.append(f"The number of claims runs from {counts[low]} on {low} to {counts[high]} on {high}")
    interests = {one.interest for ledger in group.ledgers.values() for one in ledger.assessments if one.interest}
    if len(interests) > 1:
        shown = words.listing(sorted(str(group.tables.interests[code]["short"]).lower() for code in interests))
        told.append(f"The texts speak of different interests: {shown}")
    return told


def texts(group: Group) -> list[Block]:
    """List the texts."""
    lines: list[Text] = []
    for one in group.countries:
        mine = group.ledgers[one.iso3].assessments
        if mine:
            lines.append([strong(f"{one.name}. "), words.sentence("; ".join(cited(text) for text in mine))])
    return [Prose(paragraphs=lines)] if lines else []
