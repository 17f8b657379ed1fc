"""The build: reports of several countries, each whole or not at all, one failure stopping none of the others."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import nbformat
from tqdm import tqdm

from atlas import dates, ledger_text, library, paths
from atlas.data import Tables, tables
from atlas.errors import AtlasError, BadData, WrongUse, nearest
from atlas.render import document, execute, parameters, pdf
from atlas.render.html import AtlasHTMLExporter
from atlas.render.parameters import Validator


@dataclass(frozen=True)
class Outcome:
    """What became of one report: its files, or why there are none."""

    country: str
    files: list[Path] = field(default_factory=list)
    error: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Order:
    """One report to be made: everything that a worker needs, and nothing that cannot be sent to it."""

    country: str
    notebook: Path
    parameters: Mapping[str, Any]
    formats: frozenset[str]


def render(countries: Sequence[str], *, notebook: str = "country", parameters: Mapping[str, str] | None = None,
           formats: set[str] | None = None, out: Path | None = None, jobs: int | None = None) -> list[Outcome]:
    """Render the reports of some countries.

    Everything given is checked before the first kernel starts; a fault stops the whole build with nothing written.

    Parameters
    ----------
    countries : sequence of str
        ISO 3166-1 alpha-3 codes.
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

    Returns
    -------
    list of Outcome
        In the order of the countries.

    Raises
    ------
    WrongUse
        For a country, notebook or parameter that makes no sense.
    BadData
        If a file behind one of the countries has a fault.
    """
    chosen = frozenset(formats or {"html", "pdf"})
    orders = _orders(countries, find(notebook), parameters or {}, chosen)
    target = out or paths.reports()
    workers = max(1, min(jobs or os.cpu_count() or 1, len(orders)))
    made: dict[str, Outcome] = {}
    with tqdm(total=len(orders), disable=None, unit="report") as bar:
        for outcome in _run(orders, workers, target):
            made[outcome.country] = outcome
            bar.set_postfix_str(f"{outcome.country} {'failed' if outcome.error else 'done'}")
            bar.update()
    return [made[order.country] for order in orders]


def find(name: str) -> Path:
    """Return the notebook of that name; a name is never a path."""
    known = {path.stem: path for path in sorted(paths.NOTEBOOKS.glob("*.ipynb"))}
    if name not in known:
        raise WrongUse(f"{name!r} is no notebook{nearest(name, known)}; there are {', '.join(known)}")
    return known[name]


def _orders(countries: Sequence[str], notebook: Path, given: Mapping[str, str], formats: frozenset[str]) -> list[Order]:
    known = parameters.declared(notebook)
    validators = _validators(tables())
    orders = [Order(iso3, notebook, parameters.checked({"country": iso3, **given}, known, validators), formats)
              for iso3 in dict.fromkeys(countries)]
    files = [path for path in library.files() if path.name.split("-")[0] in countries]
    found = library.problems(tables(), files)
    if found:
        raise BadData(found)
    for order in orders:
        library.assessments(tables(), order.country, order.parameters.get("edition", "all"))
    return orders


def _validators(known: Tables) -> dict[str, Validator]:
    return {"country": known.country, "as_of": _day,
            "peers": lambda name: known.peers(name, "DEU", known.newest),
            "detail": lambda word: _one_of("detail", word, ("brief", "full")),
            "language": lambda word: _one_of("language", word, ("en",))}


def _day(text: str) -> None:
    try:
        if text:
            dates.last_day(text)
    except ValueError as error:
        raise WrongUse(f"as_of: {error}") from None


def _one_of(name: str, word: str, valid: Sequence[str]) -> None:
    if word not in valid:
        raise WrongUse(f"{name}={word!r} is not known{nearest(word, valid)}; expected {' or '.join(valid)}")


def _run(orders: Sequence[Order], workers: int, target: Path) -> Iterator[Outcome]:
    """Yield outcomes as they come; workers send bytes back, only this process writes reports."""
    if workers == 1:
        yield from (_outcome(order, target, None) for order in orders)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        try:
            waiting = {pool.submit(produce, order): order for order in orders}
            for done in as_completed(waiting):
                yield _outcome(waiting[done], target, done)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _outcome(order: Order, target: Path, done: Future[tuple[dict[str, bytes], float]] | None) -> Outcome:
    try:
        made, seconds = done.result() if done else produce(order)
        return Outcome(order.country, write(target / order.country, made), seconds=seconds)
    except AtlasError as error:
        return Outcome(order.country, error=str(error))
    except OSError as error:
        return Outcome(order.country, error=f"cannot write to {target / order.country}: {error.strerror or error}")
    except Exception as error:
        return Outcome(order.country, error=f"{type(error).__name__}: {error}")


def produce(order: Order) -> tuple[dict[str, bytes], float]:
    """Make one report and return its files as bytes, with the seconds that it took."""
    start = time.perf_counter()
    ran = execute.execute(order.notebook, order.parameters)
    stem = order.notebook.stem
    made = {f"{stem}.ipynb": (nbformat.writes(ran) + "\n").encode()}
    if "html" in order.formats:
        made[f"{stem}.html"] = AtlasHTMLExporter().from_notebook_node(ran)[0].encode()
    if "pdf" in order.formats:
        made[f"{stem}.pdf"] = pdf.render(document.read(ran))
    if stem == "country":
        as_of, edition = order.parameters.get("as_of", ""), order.parameters.get("edition", "all")
        made["claims.csv"] = ledger_text.ledger_csv(order.country, as_of=dates.last_day(as_of) if as_of else None,
                                                 edition=edition).encode()
    return made, time.perf_counter() - start


def write(folder: Path, made: Mapping[str, bytes]) -> list[Path]:
    """Write files beside their places, then rename them all: a reader sees the old report or the new one."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = {folder / name: folder / f".{name}.{os.getpid()}" for name in made}
    try:
        for place, draft in beside.items():
            draft.write_bytes(made[place.name])
        for place, draft in beside.items():
            draft.replace(place)
    finally:
        for draft in beside.values():
            draft.unlink(missing_ok=True)
    return list(beside)
