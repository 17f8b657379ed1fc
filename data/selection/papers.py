"""The papers of the shared sources: provenance and licence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from atlas.writing.rows import Row, read_csv


def shared_papers(decisions: Mapping[str, Any], shared: Path) -> dict[str, dict[str, Any]]:
    """Return the papers of the shared sources and of our own calculations."""
    rows = {row["source_id"]: row for row in read_csv(shared / "data" / "sources.csv")}
    papers = {name: shared_paper(rows[name], choice) for name, choice in decisions["sources"].items()}
    own = {name: {"version": "", "url": "", "retrieved": ""} | dict(entry) for name, entry in decisions["own"].items()}
    return papers | {name: {key: entry[key] for key in PAPER_KEYS} for name, entry in own.items()}


PAPER_KEYS = ("publisher", "title", "citation", "version", "url", "retrieved", "licence", "licence_id", "note")


def shared_paper(row: Row, choice: Mapping[str, str]) -> dict[str, Any]:
    """Bring one row of the shared source table into the sidecar's form."""
    date = re.search(r"\d{4}-\d{2}-\d{2}", row["retrieved_as"])
    copied = f"copied from {row['title']} ({row['publisher']})" if row["title"] != choice["title"] else ""
    note = "; ".join(part for part in (row["notes"], row["trust"], copied) if part)
    return {
        "publisher": choice["publisher"],
        "title": choice["title"],
        "citation": row["citation"],
        "version": re.sub(r"@([0-9a-f]{8})[0-9a-f]{32}", r"@\1", row["repo_commit_path"]),
        "url": row["url"],
        "retrieved": date.group() if date else "",
        "licence": row["licence"],
        "licence_id": choice["licence_id"],
        "note": f"{choice['decision']} {note}".strip() if "decision" in choice else note,
    }
