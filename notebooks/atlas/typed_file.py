"""A YAML file that people type, read with errors that name file, line, field and the nearest valid name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from atlas.errors import BadData, Problem, nearest

ModelT = TypeVar("ModelT", bound=BaseModel)
Place = tuple[str | int, ...]
"""The way from the top of a file to a field: names of keys, numbers of list items."""


class _Loader(yaml.CBaseLoader):
    """Reads every scalar as text, so that no country is `false` and no month becomes a sum."""


def read(path: Path, name: str, model: type[ModelT], fields: Callable[[Place], list[str]],
         more: Callable[[ModelT, str], list[tuple[Place, str]]]) -> ModelT:
    """Read one file.

    Parameters
    ----------
    path : Path
        The YAML file.
    name : str
        What the file is called in an error: `data/assessments/BLR-2020-security.yaml`.
    model : type
        The pydantic model of the whole file.
    fields : callable
        Returns the valid names beside an unknown key, given its place.
    more : callable
        Returns what else is wrong with a file that fits the model, given it and the stem of the file's name.

    Raises
    ------
    BadData
        With every problem of the file: line, field, what was found and what was expected.
    """
    node, given = _parsed(path, name)
    problems = [Problem(name, line, field, "given twice; keep one") for field, line in _twice(node)]
    try:
        found = model.model_validate(given)
    except ValidationError as error:
        raise BadData(problems + [_problem(name, node, one, fields) for one in error.errors()]) from None
    problems += [Problem(name, _line(node, place), dotted(place), message) for place, message in more(found, path.stem)]
    if problems:
        raise BadData(problems)
    return found


def _parsed(path: Path, name: str) -> tuple[Any, Any]:
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        node = loader.get_single_node()
        return node, loader.construct_document(node) if node else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        raise BadData([Problem(name, mark.line + 1 if mark else 0, "", f"not valid YAML: {problem}")]) from None


def dotted(place: Place) -> str:
    """Write a place as people read it.

    >>> dotted(("claims", 0, "kind"))
    'claims.0.kind'
    """
    return ".".join(map(str, place))


def line_of(path: Path, *place: str | int) -> int:
    """Return the line on which a field of a YAML file stands, 1-based; the nearest parent where it is absent."""
    return _line(yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader), place)


def misnamed(given: str, stem: str) -> list[tuple[Place, str]]:
    """Say that the identifier of a file is not its name."""
    return [] if given == stem else [(("id",), f"{given!r} differs from the file name; expected {stem!r}")]


def _line(node: Any, place: Place) -> int:
    line = node.start_mark.line + 1 if node else 1
    for step in place:
        if isinstance(node, yaml.MappingNode):
            found = [(key, value) for key, value in node.value if key.value == step]
            if not found:
                continue
            line, node = found[0][0].start_mark.line + 1, found[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
    return line


def _twice(node: Any) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    if isinstance(node, yaml.MappingNode):
        names = [key.value for key, _ in node.value]
        found += [
            (key.value, key.start_mark.line + 1) for i, (key, _) in enumerate(node.value) if key.value in names[:i]
        ]
        for _, value in node.value:
            found += _twice(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            found += _twice(value)
    return found


def _problem(name: str, node: Any, error: Any, fields: Callable[[Place], list[str]]) -> Problem:
    place = tuple(error["loc"])
    message = error["msg"].removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        message = f"unknown key{nearest(str(place[-1]), fields(place))}"
    elif error["type"] == "missing":
        message = "missing; this field is needed"
    elif error["type"] == "literal_error":
        expected = error["ctx"]["expected"]
        choices = [word.strip("' ") for word in expected.replace(" or ", ", ").split(",")]
        message = f"{error['input']!r} is not known; expected {expected}{nearest(str(error['input']), choices)}"
    elif error["type"] == "string_pattern_mismatch":
        message = f"{error['input']!r} is no ISO 3166-1 alpha-3 code (three capital letters)"
    return Problem(name, _line(node, place), dotted(place), message)
