"""Tables and lists read and written, cell by cell as text."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

Row = dict[str, str]
COLUMNS = ("indicator", "iso3", "partner", "period", "value", "source", "note")
FIRST_YEAR = 2000
"""World series begin here."""
SIGNIFICANT = 7


def read_csv(path: Path) -> list[Row]:
    """Return the rows of a CSV file, every cell as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write rows with Unix line ends and no index."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, lineterminator="\n", extrasaction="raise")
    writer.writeheader()
    writer.writerows(rows)
    write_text(path, buffer.getvalue())


def read_yaml(path: Path) -> Any:
    """Return the content of a YAML file."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def write_yaml(path: Path, content: Mapping[str, Any], comment: str) -> None:
    """Write a mapping in its own order, under a comment line that says where it comes from."""
    body = yaml.safe_dump(dict(content), sort_keys=False, allow_unicode=True, width=110)
    write_text(path, f"# {comment}\n{body}")


def write_text(path: Path, text: str) -> None:
    """Write text as UTF-8 and make the folder when it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))


def sha256(path: Path) -> str:
    """Return the checksum of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def plain_number(value: float, digits: int) -> str:
    """Write a number without exponent, two decimals beyond what its source deserves.

    Examples
    --------
    >>> plain_number(1.3960001, 1)
    '1.396'
    >>> plain_number(64409987140.0, -7)
    '64409990000'
    """
    exact = Decimal(f"{value:.{SIGNIFICANT}g}")
    rounded = round(exact, max(digits, 0) + 2)
    text = f"{rounded:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def slug(text: str) -> str:
    """Turn a name into lower-case words joined by underscores, fit for an identifier.

    Examples
    --------
    >>> slug("Konrad-Adenauer-Stiftung (KAS)")
    'konrad_adenauer_stiftung_kas'
    """
    plain = text.lower()
    for letter, ascii_form in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        plain = plain.replace(letter, ascii_form)
    kept = "".join(character if character.isascii() and character.isalnum() else " " for character in plain)
    return "_".join(kept.split())


def sort_rows(rows: Iterable[Row]) -> list[Row]:
    """Sort rows by indicator, country, partner, period and source."""
    return sorted(rows, key=lambda row: (*(row[column] for column in COLUMNS[:4]), row["source"], row["note"]))
