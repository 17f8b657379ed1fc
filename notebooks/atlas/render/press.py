"""The press: the only writer of reports; a reader sees the old report or the new one, never half of each file."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from atlas.data import tables
from atlas.render import failure, keys, manifest, parameters
from atlas.render.manifest import Row
from atlas.render.plan import Order
from atlas.render.report import Made


def publish(order: Order, made: Made, target: Path) -> tuple[list[Path], str]:
    """Write what came of an order with its row of the manifest; return the files written and what went wrong.

    Parameters
    ----------
    order : Order
    made : Made
        Its files, or the failure that stands in their place.
    target : Path
        The folder of reports.
    """
    try:
        with _undisturbed(), manifest.lock(_folder(target)):
            return _publish(order, made, target)
    except OSError as error:
        return [], f"cannot write to {target / order.country}: {error.strerror or error}"


def write(folder: Path, made: Mapping[str, bytes]) -> list[Path]:
    """Write files beside their places, then rename them all; what a killed build left beside them is removed."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = {folder / name: folder / f".{name}.{os.getpid()}" for name in made}
    for name in made:
        for left in folder.glob(f".{name}.*"):
            left.unlink(missing_ok=True)
    try:
        for place, draft in beside.items():
            draft.write_bytes(made[place.name])
        for place, draft in beside.items():
            draft.replace(place)
    finally:
        for draft in beside.values():
            draft.unlink(missing_ok=True)
    return list(beside)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl-C wait for the moment that writing takes, so that the files of a report and its row stay together."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt


def _folder(target: Path) -> Path:
    target.mkdir(parents=True, exist_ok=True)
    return target


def _publish(order: Order, made: Made, target: Path) -> tuple[list[Path], str]:
    said = made.failure.line if made.failure else ""
    files = dict(made.files)
    if made.failure:
        files[f"{order.notebook}.html"] = _page(order, made.failure, target / order.country)
    try:
        written = write(target / order.country, files)
    except OSError as error:  # the old report is whole; the row says that it is not the one asked for
        said = f"cannot write to {target / order.country}: {error.strerror or error}"
        _record(order, target, {}, "it could not be written")
        return [], said
    _record(order, target, {name: keys.checksum(content) for name, content in files.items()}, said)
    return ([] if said else written), said


def _record(order: Order, target: Path, outputs: Mapping[str, str], error: str) -> None:
    manifest.record(target, order.name, Row("failed" if error else "done", order.parameters, order.parts,
                                            {**_kept(order, target), **outputs} if not error else outputs, error))


def _kept(order: Order, target: Path) -> dict[str, str]:
    """Return files of the same report in a format that was not asked for this time."""
    row = manifest.read(target).get(order.name)
    same = row and row.state == "done" and (row.parts, row.parameters) == (order.parts, order.parameters)
    return {name: made for name, made in row.outputs.items() if (target / order.country / name).is_file()} \
        if row and same else {}


def _page(order: Order, said: failure.Failure, folder: Path) -> bytes:
    again = " ".join(["atlas render", *([order.country] if order.country else []),
                      *([] if order.notebook == "country" else [f"--notebook {order.notebook}"]),
                      *(f"-P {name}={value}" for name, value in parameters.by_hand(order.parameters).items())])
    earlier = [name for name in order.wanted if not name.endswith(".html") and (folder / name).is_file()]
    subject = tables().country(order.country).the if order.country else "the whole atlas"
    return failure.page(subject, said, order.parameters, again, earlier)
