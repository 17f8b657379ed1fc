"""What every publisher's client needs: an answer as JSON, numbers and keys without doubt, the result of a download."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from atlas.errors import Refused
from atlas.refresh.kept import Answer
from atlas.writing.calculations import Series

DECLARED = "compare with the declaration in data/selection/lists"
INCOMPLETE = "try again; if it stays so, the publisher has changed its format"


@dataclass(frozen=True)
class Download:
    """One series as its publisher gives it today: values by country and year, and its papers."""

    values: Series
    version: str
    url: str
    retrieved: str
    sha256: str

    @property
    def papers(self) -> dict[str, str]:
        """What the sidecar says of the download."""
        return {"retrieved": self.retrieved, "version": self.version, "url": self.url, "sha256": self.sha256}


def download(values: Series, version: str, answers: Iterable[Answer]) -> Download:
    """Return a download from the answers that it took; several pages have one checksum, over theirs in order."""
    pages = list(answers)
    if not values:
        raise Refused(pages[0].url, "no figure in the answer", DECLARED)
    sums = [page.sha256 for page in pages]
    checksum = sums[0] if len(sums) == 1 else hashlib.sha256("".join(sums).encode()).hexdigest()
    return Download(values, version, pages[0].url, min(page.retrieved for page in pages), checksum)


def as_json(answer: Answer) -> Any:
    """Return the content of an answer in JSON."""
    try:
        return json.loads(answer.body.decode("utf-8-sig"), parse_constant=_no_constant)
    except ValueError:
        begin = answer.body[:30].decode("utf-8", "replace")
        raise Refused(answer.url, f"no JSON, or not all of it (begins with {begin!r})", INCOMPLETE) from None


def mapping(answer: Answer, given: Any, *needed: str) -> Mapping[str, Any]:
    """Return a part of the answer as a mapping that has the fields that we need."""
    missing = [name for name in needed if not isinstance(given, Mapping) or name not in given]
    if missing or not isinstance(given, Mapping):
        raise Refused(answer.url, f"an answer without {', '.join(missing) or 'fields'}", INCOMPLETE)
    return given


def number(answer: Answer, given: Any) -> float:
    """Return a finite number, given as number or as text."""
    try:
        if isinstance(given, bool):
            raise TypeError
        value = float(given)
    except (TypeError, ValueError):
        value = math.nan
    if not math.isfinite(value):
        raise Refused(answer.url, f"{given!r} where a number should be", INCOMPLETE)
    return value


def count(answer: Answer, given: Any, most: int = 1_000_000_000) -> int:
    """Return a whole number from nought to a limit."""
    value = number(answer, given)
    if value != int(value) or not 0 <= value <= most:
        raise Refused(answer.url, f"{given!r} where a whole number up to {most:,} should be", INCOMPLETE)
    return int(value)


def year(answer: Answer, given: Any) -> str:
    """Return a year as four digits."""
    text = str(given)
    if len(text) != 4 or not text.isdigit():
        raise Refused(answer.url, f"{text!r} where a year should be", DECLARED)
    return text


def put(answer: Answer, values: Series, iso3: str, period: str, value: float) -> None:
    """Add a value, and refuse a second one for the same country and year."""
    if (iso3, period) in values:
        raise Refused(answer.url, f"{iso3} {period} stands twice in the answer", DECLARED)
    values[iso3, period] = value


def _no_constant(text: str) -> float:
    raise ValueError(text)
