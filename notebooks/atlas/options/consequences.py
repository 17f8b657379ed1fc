"""The consequence table: what each option would do, and by whose word."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from atlas import charts, words
from atlas.blocks import Block, Prose, Run, Table, Text, link, soft, strong
from atlas.options.model import BEST, WORST, Cell, Scenario
from atlas.options.subject import Array, Weighed, cited
from atlas.options.wording import ORIGINS, score, span

Bounds = tuple[Array, Array]
"""The lowest and the highest scores, options by criteria."""


def drawn(subject: Weighed) -> list[Block]:
    """Return the chart of all ranges."""
    rows = [{"row": subject.criteria[j].short, "column": subject.options[i].short, "low": cell.span[0],
             "high": cell.span[1], "origin": cell.origin} for j in range(len(subject.criteria))
            for i in range(len(subject.options)) if (cell := subject.cells.get((i, j)))]
    panel = subject.count("panel")
    title = (f"{panel} of {subject.size} cells are made up, because neither the text nor another source speaks"
             if panel > subject.count("text") else
             f"The text fills {subject.count('text')} of {subject.size} cells, others have to fill the rest")
    caption = subject.caption(title, "Range of scores by option and criterion, from −2 to +2", "ranges")
    return [charts.ranges(pd.DataFrame(rows), caption, low=WORST, high=BEST,
                          ends=("worse for the stated aim", "better"),
                          origins=[(name, said) for name, said in ORIGINS.items() if subject.count(name)])]


def table(subject: Weighed) -> list[Block]:
    """Return the table of all ranges, each with its origin."""
    rows: list[list[Text]] = [
        [one.short, *(_short(subject.cells.get((i, j))) for i in range(len(subject.options)))]
        for j, one in enumerate(subject.criteria)]
    columns = [{"name": "Criterion", "width": 1.3}, *({"name": one.short, "width": 1} for one in subject.options)]
    csv = {"name": f"{subject.file.id}-cells.csv",
           "columns": ["option", "criterion", "low", "high", "origin", "why", "locator", "sources"],
           "rows": [[subject.options[i].id, subject.criteria[j].id, *cell.span, cell.origin, cell.why, cell.locator,
                     "; ".join(address for _, address in cited(subject, cell))]
                    for (i, j), cell in sorted(subject.cells.items())]}
    return [Table(caption="Consequences, with the origin of every cell", columns=columns, rows=rows, compact=True,
                  note=subject.footer, csv=csv)]


def _short(cell: Cell | None) -> Text:
    if cell is None:
        return [f"{span(WORST, BEST)} ", strong("nobody says")]
    mark: dict[str, Run] = {"text": soft("text"), "source": soft("source"), "panel": strong("PANEL")}
    return [f"{span(*cell.span)} ", mark[cell.origin]]


def silence(subject: Weighed) -> list[Block]:
    """Say what the text alone would make of the options: its author's view once more."""
    paragraphs: list[Text] = []
    told = [i for i, one in enumerate(subject.options) if one.in_text]
    paragraphs.append(f"Of the cells of its own options {subject.text} fills {subject.count('text')} of "
                      f"{len(told) * len(subject.criteria)}. {' '.join(_balance(subject, i) for i in told)}")
    alone = subject.run(only(subject, "text"), subject.scenarios[:1], subject.weighing, subject.side, told)
    lead = int(np.argmax(alone.first))
    silent = [subject.name(i) for i in told if not any(
        cell.origin == "text" and sum(cell.span) > 0 for (a, _), cell in subject.cells.items() if a == i)]
    unfair = (f" About {words.listing(silent)} it says nothing favourable at all, which may be the finding of its "
              "author or a gap in the text." if silent else "")
    paragraphs.append([strong("A score from these cells alone would only restate the author. "),
                       f"With everything else set to nought for all options, {subject.name(told[lead])} comes first in "
                       f"{words.percent(alone.first[lead])} of the draws.{unfair} That is why other sources, and where "
                       "there are none the panel, fill the rest of the table."])
    paragraphs.append([strong("A rival reading. "), subject.file.rival])
    return [Prose(paragraphs=paragraphs)]


def _balance(subject: Weighed, option: int) -> str:
    """Count what the text says of an option: "Of isolation it says three things against it; it is silent on eight."."""
    sums = [round(sum(cell.span), 9) for (i, _), cell in subject.cells.items() if i == option and cell.origin == "text"]
    parts = [(sum(one > 0 for one in sums), "for it"), (sum(one < 0 for one in sums), "against it"),
             (sum(one == 0 for one in sums), "neither way")]
    told = words.listing(f"{words.count(number, 'thing')} {what}" for number, what in parts if number)
    silent = len(subject.criteria) - len(sums)
    return f"Of {subject.name(option)} it says {told or 'nothing'}; it is silent on {words.count(silent)}."


def only(subject: Weighed, origin: str) -> Bounds:
    """Return the bounds of the cells of one origin, nought everywhere else."""
    nought = np.zeros_like(subject.bounds[0])
    return _reread(subject, (nought, nought), lambda cell: cell.span if cell.origin == origin else None)


def certain(subject: Weighed) -> Bounds:
    """Return the bounds if what the text calls possible were read as sure to come."""
    sure = {"may help": (0.0, BEST), "may harm": (WORST, 0.0)}
    return _reread(subject, subject.bounds, lambda cell: sure.get(str(cell.direction)))


def halved(subject: Weighed) -> Bounds:
    """Return the bounds if every effect in the text were read as half as large."""
    def half(cell: Cell) -> tuple[float, float] | None:
        low, high = cell.span
        return (low / 2, high / 2) if cell.origin == "text" else None

    return _reread(subject, subject.bounds, half)


def unknown(subject: Weighed) -> Bounds:
    """Return the bounds if nobody stood in where there is no source."""
    return _reread(subject, subject.bounds, lambda cell: (WORST, BEST) if cell.origin == "panel" else None)


def _reread(subject: Weighed, start: Bounds, span: Callable[[Cell], tuple[float, float] | None]) -> Bounds:
    """Return bounds in which some cells are read otherwise; where `span` gives nothing, they stay as at the start."""
    low, high = (end.copy() for end in start)
    for key, cell in subject.cells.items():
        low[key], high[key] = span(cell) or (low[key], high[key])
    return low, high


def every_cell(subject: Weighed) -> list[Block]:
    """Return every cell with its reason and its source, one table an option."""
    columns = [{"name": "Criterion", "width": 1.5}, {"name": "Score", "width": 0.9}, {"name": "Origin", "width": 0.9},
               {"name": "Why", "width": 3.2}, {"name": "From", "width": 2.7}]
    return [Table(caption=f"{one.name}{'' if one.in_text else ' (not in the text)'}", columns=columns,
                  rows=list(_rows(subject, i)), compact=True) for i, one in enumerate(subject.options)]


def _rows(subject: Weighed, option: int) -> Iterator[list[Text]]:
    for j, criterion in enumerate(subject.criteria):
        cell = subject.cells.get((option, j))
        if cell is None:
            yield [criterion.short, span(WORST, BEST), strong("nobody says"), "–", "–"]
            continue
        origin: Text = strong("PANEL") if cell.origin == "panel" else cell.origin
        yield [criterion.short, span(*cell.span), origin, cell.why, _from(subject, cell)]


def _from(subject: Weighed, cell: Cell) -> Text:
    if cell.origin == "panel":
        return "our example; replace it"
    runs: list[Run] = [f"{subject.assessment.publisher} {subject.assessment.edition}, {cell.locator}"] \
        if cell.locator else []
    for said, address in cited(subject, cell):
        runs += ["; "] * bool(runs) + [link(said, address) if address else said]
    return runs


def shifts(subject: Weighed) -> list[Block]:
    """Return what each scenario moves, one table a scenario that moves anything."""
    columns = [{"name": "Options", "width": 2}, {"name": "Criterion", "width": 1.4},
               {"name": "By", "width": 0.6, "align": "right"}, {"name": "Origin", "width": 0.8},
               {"name": "Why", "width": 2.6}]
    return [Table(caption=f"{one.name}: what it moves", columns=columns, rows=list(_moves(subject, one)), compact=True)
            for one in subject.file.scenarios if one.shifts]


def _moves(subject: Weighed, scenario: Scenario) -> Iterator[list[Text]]:
    for shift in scenario.shifts:
        everyone = len(shift.options) == len(subject.options)
        who = "every option" if everyone else words.listing(
            one.short for one in subject.options if one.id in shift.options)
        yield [who, subject.file.named("criteria")[shift.criterion].short, score(shift.by),
               strong("PANEL") if shift.origin == "panel" else shift.origin, shift.why]
