"""An assessment's YAML file, read with errors that name file, line and field."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel

from atlas import typed_file
from atlas.model import Assessment, Claim, Fate, Rival
from atlas.typed_file import Place


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
    return typed_file.read(path, f"data/assessments/{path.name}", Assessment, _fields, _identifiers)


def _fields(place: Place) -> list[str]:
    names: dict[str | int, type[BaseModel]] = {"rival": Rival, "outcomes": Fate}
    owner: type[BaseModel] = Claim if "claims" in place else Assessment
    for step in place[:-1]:
        owner = names.get(step, owner)
    return list(owner.model_fields)


def _identifiers(assessment: Assessment, stem: str) -> list[tuple[Place, str]]:
    problems = typed_file.misnamed(assessment.id, stem)
    seen: set[str] = set()
    for i, claim in enumerate(assessment.claims):
        place: Place = ("claims", i, "id")
        if claim.id in seen:
            problems.append((place, f"{claim.id!r} is used twice; identifiers are unique"))
        if not claim.id.startswith(assessment.id + "-"):
            problems.append((place, f"{claim.id!r} must begin with {assessment.id + '-'!r}"))
        seen.add(claim.id)
    return problems
