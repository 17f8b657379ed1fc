"""One report: from an order to the bytes of its files, or to what went wrong; nothing is written here."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat

from atlas import dates, language, ledger_text
from atlas.data import tables
from atlas.errors import AtlasError
from atlas.render import document, execute, failure, html, keys, pdf, prose
from atlas.render.failure import Failure
from atlas.render.plan import COUNTRY, Order

_THREADS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS",
                          "NUMEXPR_MAX_THREADS"), "1")
_ALONE = threading.Lock()
"""Running a notebook changes the folder of the process: one report at a time in each."""


@dataclass(frozen=True)
class Made:
    """What came of an order: the bytes of its files by name, or a failure with the notebook as far as it ran."""

    files: Mapping[str, bytes]
    seconds: float = 0.0
    failure: Failure | None = None


def produce(order: Order) -> Made:
    """Make one report; what goes wrong with it is said in what is returned, and stops nobody else."""
    start = time.perf_counter()
    try:
        with _ALONE, _one_thread(), tempfile.TemporaryDirectory(prefix="atlas-") as folder:
            made = _files(order, Path(folder))
        return Made(made, time.perf_counter() - start)
    except AtlasError as error:
        return Made(_as_far(order, error), time.perf_counter() - start, failure.of_error(error))
    except Exception as error:  # a fault in a template or in a library costs one report, not the build
        return Made({}, time.perf_counter() - start, failure.of_fault(error))


def produce_far(order: Order) -> Made:
    """Make one report on another machine, if package, versions and data are the same there."""
    root = tables().root
    here = {**keys.shared(root), **keys.own(root, order.country, order.source)}
    why = keys.difference(order.parts, here)
    if why:
        return Made({}, failure=Failure(f"the worker on the cluster differs from this machine in {why}"))
    return produce(order)


def _files(order: Order, folder: Path) -> dict[str, bytes]:
    """Return the files of a report; what needs no kernel is done beside it."""
    notebook = folder / f"{order.notebook}.ipynb"
    notebook.write_bytes(order.source)
    with ThreadPoolExecutor(1, thread_name_prefix="atlas-beside") as beside:
        claims = beside.submit(_beside, order)
        ran = execute.execute(notebook, order.parameters, **order.limits)
        made = claims.result()
        read = document.read(ran)
        if "pdf" in order.formats:  # the compiler works while the page is written
            printed = beside.submit(pdf.render, read)
        made[notebook.name] = _text(ran)
        if "html" in order.formats:
            made[f"{order.notebook}.html"] = html.render(read).encode()
        if "pdf" in order.formats:
            made[f"{order.notebook}.pdf"] = printed.result()
    return made


def _beside(order: Order) -> dict[str, bytes]:
    """Judge the claims, and get the exporters ready for the notebook's own prose."""
    made: dict[str, bytes] = {}
    if order.notebook == COUNTRY:
        as_of = order.parameters.get("as_of", "")
        made["claims.csv"] = ledger_text.ledger_csv(order.country, as_of=dates.last_day(as_of) if as_of else None,
                                                    edition=order.parameters.get("edition", "all")).encode()
    if "html" in order.formats:
        html.prepare()
    if "pdf" in order.formats:
        cells = nbformat.reads(order.source.decode(), as_version=4).cells
        with language.spoken(order.parameters.get("language", language.LANGUAGES[0])):
            prose.to_typst([document.prose_of(cell)["source"] for cell in cells if cell.cell_type == "markdown"])
        pdf.forget()  # before anything is prepared, which would be forgotten too
        pdf.prepare()
    return made


def _as_far(order: Order, error: AtlasError) -> dict[str, bytes]:
    """Return the notebook up to the cell that failed, if it came that far."""
    ran = getattr(error, "notebook", None)
    return {f"{order.notebook}.ipynb": _text(ran)} if ran is not None else {}


def _text(ran: nbformat.NotebookNode) -> bytes:
    return (nbformat.writes(ran) + "\n").encode()


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let numeric libraries of the kernel use one thread: reports side by side do not fight, sums come out the same."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(_THREADS)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
