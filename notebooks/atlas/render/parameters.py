"""The parameters of a notebook: what they are, and whether what was given makes sense, before any kernel starts."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atlas.errors import AtlasError, WrongUse, nearest

Validator = Callable[[Any], object]
"""Raises WrongUse for a value that makes no sense."""

_WORDS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


@dataclass(frozen=True)
class Parameter:
    """One parameter as the notebook declares it."""

    name: str
    type: str
    default: Any
    help: str


def declared(notebook: Path) -> dict[str, Parameter]:
    """Read what a notebook's cell tagged `parameters` declares, without running it."""
    import papermill  # takes a second or two; a build with nothing to do goes without

    try:
        found = papermill.inspect_notebook(notebook)
    except Exception as error:
        raise AtlasError(f"{notebook.name} cannot be read as a notebook: {error}") from error
    return {name: _parameter(notebook, about) for name, about in found.items()}


def _parameter(notebook: Path, about: Mapping[str, str]) -> Parameter:
    try:
        default = ast.literal_eval(about["default"])
    except (ValueError, SyntaxError):
        said = f"the default of {about['name']} is no plain value: {about['default']}"
        raise AtlasError(f"{notebook.name}: {said}") from None
    kind = about["inferred_type_name"].strip(" ;,.")
    return Parameter(about["name"], type(default).__name__ if kind == "None" else kind, default, about["help"])


def checked(given: Mapping[str, Any], known: Mapping[str, Parameter],
            validators: Mapping[str, Validator]) -> dict[str, Any]:
    """Return parameters in the types that the notebook declares.

    Parameters
    ----------
    given : mapping
        Values by name, as text from the command line or already typed.
    known : mapping
        What `declared` returned.
    validators : mapping
        What to ask about the value of a parameter of that name.

    Raises
    ------
    WrongUse
        For an unknown name, a value of another type, or a value that a validator refuses.
    """
    for name in given:
        if name not in known:
            hint = nearest(name, known) or f"; it takes {', '.join(known)}"
            raise WrongUse(f"{name!r} is no parameter of this notebook{hint}")
    values = {name: _typed(known[name], value) for name, value in given.items()}
    for name, value in values.items():
        if name in validators:
            validators[name](value)
    return values


def by_hand(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters that are typed with `-P`: all but the country, and what the build says by itself."""
    return {name: value for name, value in values.items() if name not in ("country", "states")}


def _typed(parameter: Parameter, value: Any) -> Any:
    expected = {"str": str, "int": int, "float": float, "bool": bool}.get(parameter.type, type(parameter.default))
    if type(value) is expected:
        return value
    try:
        if not isinstance(value, str):
            raise ValueError
        if expected is bool:
            return _WORDS[value.casefold()]
        return expected(value) if expected in (int, float) else ast.literal_eval(value)
    except (ValueError, KeyError, SyntaxError):
        wanted = parameter.help or expected.__name__
        raise WrongUse(f"{parameter.name}={value!r} is no {expected.__name__}; expected {wanted}, "
                       f"as in {parameter.name}={parameter.default}") from None
