"""The build: reports of several countries, each whole or not at all, one failure stopping none of the others."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from atlas import library, paths
from atlas.data import tables
from atlas.render import plan, warm
from atlas.render.plan import Order


@dataclass(frozen=True)
class Outcome:
    """What became of one report: its files, or why there are none; an unchanged one was not made again."""

    report: str
    files: list[Path] = field(default_factory=list)
    error: str = ""
    seconds: float = 0.0
    unchanged: bool = False


def render(countries: Sequence[str], *, notebook: str = "country", parameters: Mapping[str, str] | None = None,
           formats: set[str] | None = None, out: Path | None = None, jobs: int | None = None, force: bool = False,
           cluster: str | None = None, limits: Mapping[str, float] | None = None) -> list[Outcome]:
    """Render the reports of some countries, as far as they are not there already.

    Everything given is checked before the first kernel starts; a fault stops the whole build with nothing written.

    Parameters
    ----------
    countries : sequence of str
        ISO 3166-1 alpha-3 codes; none for a notebook on the whole atlas.
    notebook : str
        The name of a notebook in `notebooks/`, without its ending.
    parameters : mapping, optional
        Other parameters of the notebook, as text.
    formats : set of str, optional
        `html`, `pdf`; both by default. The executed notebook and the claims are always written.
    out : Path, optional
        The folder that gets one folder a country; `reports/` by default.
    jobs : int, optional
        How many reports at a time; one a core by default.
    force : bool
        Whether reports that are as they would be made are made all the same.
    cluster : str, optional
        The address of a dask scheduler whose workers make the reports.
    limits : mapping, optional
        `cell_seconds` and `notebook_seconds`: how long a cell and a notebook may take.

    Returns
    -------
    list of Outcome
        In the order of the countries; a single one for a notebook on the whole atlas.

    Raises
    ------
    WrongUse
        For a country, notebook or parameter that makes no sense.
    BadData
        If a file behind one of the countries has a fault.
    """
    library.forget()
    tables.cache_clear()
    target = out or paths.reports()
    orders = plan.orders(countries, notebook, parameters or {}, formats or plan.FORMATS, limits, target)
    states = plan.states(orders, target)
    fresh = [] if force else [order for order in orders if states[order.name].word == "fresh"]
    todo = [order for order in orders if order not in fresh]
    if todo and not cluster:
        warm.start()  # it reads and imports while this process does the same
    plan.check(todo)
    made = {order.name: _unchanged(order, target) for order in fresh}
    if todo:
        made |= _make(todo, target, jobs or os.cpu_count() or 1, cluster)
    return [made[order.name] for order in orders]


def _unchanged(order: Order, target: Path) -> Outcome:
    return Outcome(order.label, [target / order.country / name for name in order.wanted], unchanged=True)


def _make(orders: Sequence[Order], target: Path, jobs: int, cluster: str | None) -> dict[str, Outcome]:
    """Make reports; workers send bytes back, only this process writes."""
    # What runs a notebook takes seconds to import; a build with nothing to do goes without.
    from atlas.render import press, progress, run

    made: dict[str, Outcome] = {}
    with progress.Progress(len(orders)) as shown:
        def told(order: Order) -> None:
            shown.started(order.label)

        results = run.far(orders, cluster, told) if cluster else run.local(orders, jobs, told)
        with closing(results):
            for order, one in results:
                files, error = press.publish(order, one, target)
                made[order.name] = Outcome(order.label, files, error, one.seconds)
                shown.ended(order.label, bool(error))
    return made
