"""A report that could not be made: what is said instead of it, where it would have been read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_TEMPLATES = Path(__file__).parent / "templates"
_LONG = 4000


@dataclass(frozen=True)
class Failure:
    """Why there is no report: one line, and the cell that failed where there is one."""

    line: str
    cell: str = ""


def of_error(error: Exception) -> Failure:
    """Return what is to be said of an error of a notebook's run."""
    cell = getattr(error, "cell", "") or getattr(error.__cause__, "source", "")
    return Failure(_one_line(str(error)), str(cell)[:_LONG])


def of_fault(error: Exception) -> Failure:
    """Return what is to be said of an error that nobody foresaw; a full disk is said in the system's words."""
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Failure(_one_line(f"{type(error).__name__}: {said}"))


def page(country: str, failure: Failure, parameters: Mapping[str, Any], again: str, earlier: Sequence[str]) -> bytes:
    """Return the page that stands where the report would be: plain, without script, the same for the same failure.

    Parameters
    ----------
    country : str
        The name of the country, or what else the report is on.
    failure : Failure
    parameters : mapping
        What the notebook was run with.
    again : str
        The command that tries again.
    earlier : sequence of str
        Files in the same folder that an earlier run left there.
    """
    made = _template().render(country=country, failure=failure, parameters=parameters, again=again, earlier=earlier)
    return made.encode()


@cache
def _template() -> Any:
    room = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True)
    return room.get_template("failure.html.j2")


def _one_line(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ", text.strip())[:_LONG]
