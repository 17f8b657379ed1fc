"""An assessment's YAML file, read with errors that name file, line and field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from atlas.errors import BadData, Problem, nearest
from atlas.model import Assessment, Claim, Fate, Rival


class _Loader(yaml.CBaseLoader):
    """Reads every scalar as text, so that no country is `false` and no month becomes a sum."""


def read(path: Path) -> Assessment:
    """Read one assessment file.

    Parameters
    ----------
    path : Path
        A YAML file; its stem must be the identifier of the assessment.

    Returns
    -------
    Assessment

    Raises
    ------
    BadData
        With every problem of the file: line, field, what was found and what was expected.
    """
    text = path.read_text(encoding="utf-8")
    name = f"data/assessments/{path.name}"
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        given = loader.construct_document(node) if node else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        raise BadData([Problem(name, mark.line + 1 if mark else 0, "", f"not valid YAML: {problem}")]) from None
    problems = [Problem(name, line, field, "given twice; keep one") for field, line in _twice(node)]
    try:
        assessment = Assessment.model_validate(given)
    except ValidationError as error:
        raise BadData(problems + [_problem(name, node, one) for one in error.errors()]) from None
    problems += _identifiers(name, node, assessment, path.stem)
    if problems:
        raise BadData(problems)
    return assessment


def line_of(path: Path, *place: str | int) -> int:
    """Return the line on which a field of a YAML file stands, 1-based; the nearest parent where it is absent."""
    return _line(yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader), place)


def _line(node: Any, place: tuple[str | int, ...]) -> int:
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


def _problem(name: str, node: Any, error: Any) -> Problem:
    place = tuple(error["loc"])
    field = ".".join(str(step) for step in place)
    message = error["msg"].removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        message = f"unknown key{nearest(str(place[-1]), _fields(place))}"
    elif error["type"] == "missing":
        message = "missing; this field is needed"
    elif error["type"] == "literal_error":
        expected = error["ctx"]["expected"]
        choices = [word.strip("' ") for word in expected.replace(" or ", ", ").split(",")]
        message = f"{error['input']!r} is not known; expected {expected}{nearest(str(error['input']), choices)}"
    elif error["type"] == "string_pattern_mismatch":
        message = f"{error['input']!r} is no ISO 3166-1 alpha-3 code (three capital letters)"
    return Problem(name, _line(node, place), field, message)


def _fields(place: tuple[Any, ...]) -> list[str]:
    names: dict[Any, type[BaseModel]] = {"rival": Rival, "outcomes": Fate}
    owner: type[BaseModel] = Claim if "claims" in place else Assessment
    for step in place[:-1]:
        owner = names.get(step, owner)
    return list(owner.model_fields)


def _identifiers(name: str, node: Any, assessment: Assessment, stem: str) -> list[Problem]:
    problems = []
    if assessment.id != stem:
        problems.append(
            Problem(
                name, _line(node, ("id",)), "id", f"{assessment.id!r} differs from the file name; expected {stem!r}"
            )
        )
    seen: set[str] = set()
    for i, claim in enumerate(assessment.claims):
        line = _line(node, ("claims", i, "id"))
        if claim.id in seen:
            problems.append(
                Problem(name, line, f"claims.{i}.id", f"{claim.id!r} is used twice; identifiers are unique")
            )
        if not claim.id.startswith(assessment.id + "-"):
            problems.append(
                Problem(name, line, f"claims.{i}.id", f"{claim.id!r} must begin with {assessment.id + '-'!r}")
            )
        seen.add(claim.id)
    return problems
