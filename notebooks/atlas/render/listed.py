"""The list of what can be rendered, with the state of each report and why it is so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from atlas import library, words
from atlas.data import tables
from atlas.render import parameters, plan
from atlas.render.plan import Order

_WIDTH = 60
"""Letters of a report's parameters that are shown, at most."""


def lines(target: Path) -> Iterator[str]:
    """Return one line a report: of the countries, of other notebooks, and of what could be rendered besides.

    Parameters
    ----------
    target : Path
        The folder of reports.
    """
    data = tables()
    for order, state in plan.standing(target):
        count = len(library.of_country(data.root, order.country))
        texts = f"{count:>2} assessment{' ' if count == 1 else 's'}"
        name = data.country(order.country).name
        yield f"{order.country}  {name:<14} {texts}  {state.word:<7}  {state.why}".rstrip()
    for order, state in plan.further(target):
        yield f"{_called(order):<32}  {state.word:<7}  {state.why}".rstrip()
    for notebook in plan.unmade(target):
        yield f"{notebook}: no report yet, for example: atlas render BLR --notebook {notebook}"
    others = sum(one.kind == "state" for one in data.countries.values()) - len(library.assessed())
    yield f"{others} other countries render from data alone, for example: atlas render NOR"


def _called(order: Order) -> str:
    given = " ".join(f"{name}={value}" for name, value in parameters.by_hand(order.parameters).items())
    short = words.shorten(given.replace(",", ", "), _WIDTH).replace(", ", ",")
    return " ".join(filter(None, (order.name, short)))
