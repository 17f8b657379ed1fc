"""The options files: where they are, reading one, and everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import BaseModel

from atlas import library, paths, typed_file
from atlas.data import Tables
from atlas.errors import BadData, Problem, WrongUse, nearest
from atlas.options import weights
from atlas.options.model import Cell, Criterion, Option, OptionsFile, Page, Scenario, Shift, WeightSet
from atlas.typed_file import Place

FOLDER = "options"
NUMBERS = {"draws": (1_000, 2_000_000), "seed": (0, 2**32 - 1)}
"""Between which numbers the draws and the seed may lie."""


def files(root: Path | None = None) -> list[Path]:
    """Return the options files in order of their names."""
    return sorted(((root or paths.data()) / FOLDER).glob("*.yaml"))


def countries(root: Path | None = None) -> list[str]:
    """Return the codes of the countries that have an options file."""
    return sorted({path.name[:3] for path in files(root)})


def of_country(root: Path, country: str) -> list[Path]:
    """Return the options files of one country in order of their names."""
    return [path for path in files(root) if path.name.startswith(country + "-")]


def find(root: Path, country: str, name: str = "") -> Path:
    """Return the options file of a country: the one named, or the newest, which is the last by name.

    Raises
    ------
    WrongUse
        If there is none, naming what there is.
    """
    mine = {path.stem: path for path in of_country(root, country)}
    if not mine:
        known = ", ".join(path.stem for path in files(root)) or "none yet"
        raise WrongUse(f"no policy options are on file for {country}; data/options has {known}")
    if name and name not in mine:
        raise WrongUse(f"file={name!r} is no options file of {country}{nearest(name, mine)}; there are "
                       f"{', '.join(mine)}")
    return mine[name] if name else list(mine.values())[-1]


def read(path: Path) -> OptionsFile:
    """Read one options file.

    Raises
    ------
    BadData
        With every problem of the file: line, field, what was found and what was expected.
    """
    return typed_file.read(path, f"data/{FOLDER}/{path.name}", OptionsFile, _fields, _within)


def check(path: Path, weighing: str = "", scenario: str = "") -> None:
    """Check what a report is asked for, before it is made.

    Raises
    ------
    WrongUse
        For a name that the file does not know.
    BadData
        If the file has a fault.
    """
    found = read(path)
    chosen_scenarios(found, scenario)
    chosen_weights(found, weighing)


def number(name: str, given: int) -> None:
    """Refuse a number of draws or a seed outside of its bounds."""
    low, high = NUMBERS[name]
    if not low <= given <= high:
        raise WrongUse(f"{name}={given} is out of bounds; expected {low:,} to {high:,}")


def chosen_weights(found: OptionsFile, text: str) -> weights.Weighing:
    """Return the weights that are allowed; without a text those of the first set of the file."""
    names = [one.id for one in found.criteria]
    return weights.parse(text or found.weight_sets[0].id, names, {one.id: one.text for one in found.weight_sets})


def chosen_scenarios(found: OptionsFile, name: str) -> list[Scenario]:
    """Return the scenario of a name, the first of the file without one, all of them for `all`."""
    known = found.named("scenarios")
    if name == "all":
        return list(found.scenarios)
    if name and name not in known:
        raise WrongUse(f"scenario={name!r} is not in this file{nearest(name, known)}; there are "
                       f"{', '.join(known)}, and all")
    return [known[name]] if name else found.scenarios[:1]


def problems(tables: Tables, chosen: Iterable[Path]) -> list[Problem]:
    """Return every fault of some options files: file, line, field, what was expected."""
    found: list[Problem] = []
    for path in chosen:
        try:
            one = read(path)
        except BadData as error:
            found += error.problems
            continue
        name = f"data/{FOLDER}/{path.name}"
        found += [Problem(name, typed_file.line_of(path, *place), typed_file.dotted(place), said)
                  for place, said in _outside(tables, one)]
    return found


def _fields(place: Place) -> list[str]:
    owners: dict[str | int, type[BaseModel]] = {
        "options": Option, "criteria": Criterion, "cells": Cell, "scenarios": Scenario, "shifts": Shift,
        "weight_sets": WeightSet, "pages": Page}
    owner: type[BaseModel] = OptionsFile
    for step in place[:-1]:
        owner = owners.get(step, owner)
    return list(owner.model_fields)


def _within(found: OptionsFile, stem: str) -> list[tuple[Place, str]]:
    """Say which names of a file do not fit each other."""
    said = typed_file.misnamed(found.id, stem)
    for kind in ("options", "criteria", "scenarios", "weight_sets", "pages"):
        names = [one.id for one in getattr(found, kind)]
        said += [((kind, i, "id"), f"{name!r} is used twice; identifiers are unique")
                 for i, name in enumerate(names) if name in names[:i]]
    return [*said, *_cells(found), *_shifts(found), *_weights(found)]


def _cells(found: OptionsFile) -> Iterator[tuple[Place, str]]:
    seen: set[tuple[str, str]] = set()
    for i, cell in enumerate(found.cells):
        yield from _named(("cells", i, "option"), cell.option, found.named("options"), "option")
        yield from _named(("cells", i, "criterion"), cell.criterion, found.named("criteria"), "criterion")
        yield from _pages(("cells", i), cell.pages, found)
        if (cell.option, cell.criterion) in seen:
            yield ("cells", i), f"{cell.option} under {cell.criterion} is given twice; keep one"
        if cell.origin == "text" and cell.option in found.named("options") and not (
                found.named("options")[cell.option].in_text):
            yield ("cells", i, "origin"), f"{cell.option!r} is not in the text; its cells come from a source or a panel"
        seen.add((cell.option, cell.criterion))


def _shifts(found: OptionsFile) -> Iterator[tuple[Place, str]]:
    for i, scenario in enumerate(found.scenarios):
        for j, shift in enumerate(scenario.shifts):
            place: Place = ("scenarios", i, "shifts", j)
            yield from _named((*place, "criterion"), shift.criterion, found.named("criteria"), "criterion")
            yield from _pages(place, shift.pages, found)
            for k, option in enumerate(shift.options):
                yield from _named((*place, "options", k), option, found.named("options"), "option")


def _weights(found: OptionsFile) -> Iterator[tuple[Place, str]]:
    for i, one in enumerate(found.weight_sets):
        if one.weights and one.order:
            yield ("weight_sets", i), "needs weights or order, not both"
            continue
        try:
            weights.parse(one.id, [criterion.id for criterion in found.criteria], {one.id: one.text})
        except WrongUse as error:
            yield ("weight_sets", i, "weights" if one.weights else "order"), str(error).removeprefix("weights: ")


def _named(place: Place, given: str, valid: Iterable[str], what: str) -> Iterator[tuple[Place, str]]:
    names = list(valid)
    if given not in names:
        yield place, f"{given!r} is no {what} of this file{nearest(given, names)}"


def _pages(place: Place, given: list[str], found: OptionsFile) -> Iterator[tuple[Place, str]]:
    for k, page in enumerate(given):
        yield from _named((*place, "pages", k), page, found.named("pages"), "page")


def _outside(tables: Tables, found: OptionsFile) -> Iterator[tuple[Place, str]]:
    """Say which names of a file stand for nothing in the rest of the data."""
    try:
        tables.country(found.country)
    except WrongUse as error:
        yield ("country",), str(error)
    else:
        if not found.id.startswith(found.country + "-"):
            yield ("id",), f"{found.id!r} must begin with {found.country + '-'!r}"
    known = [path.stem for path in library.files(tables.root)]
    if found.assessment not in known:
        yield ("assessment",), f"{found.assessment!r} is no assessment on file{nearest(found.assessment, known)}"
    every = [(("cells", i), cell) for i, cell in enumerate(found.cells)] + [
        (("scenarios", i, "shifts", j), shift) for i, one in enumerate(found.scenarios)
        for j, shift in enumerate(one.shifts)]
    for place, one in every:
        for field, given, valid in (("events", one.events, tables.events), ("indicators", one.indicators,
                                                                           tables.indicators)):
            for k, name in enumerate(given):
                if name.partition(":")[0] not in valid:  # an indicator may name a partner: share_of_goods_trade:RUS
                    yield (*place, field, k), f"{name!r} is no {field[:-1]} in the data{nearest(name, valid)}"
