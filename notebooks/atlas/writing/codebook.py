"""Write the codebook ``data/README.md`` from the sidecars, so that the two can never disagree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from atlas.writing.package import DEFINITIONS
from atlas.writing.rows import read_yaml, write_text
from atlas.writing.sidecar import told

CITED_ONE_BY_ONE = "published"


def write_codebook(data: Path, lists: Path) -> None:
    """Fill the tables into the prose of ``lists/codebook.md``.

    Parameters
    ----------
    data : Path
        The data folder.
    lists : Path
        The folder of lists.
    """
    groups = [read_yaml(path) for path in sorted((data / "indicators").glob("*.yaml"))]
    files = read_yaml(data / "reference" / "reference.yaml")["files"]
    listed, sources = read_yaml(lists / "published.yaml"), read_yaml(lists / "sources.yaml")
    parts = {
        "files": file_table(groups, files),
        "columns": column_table(files),
        "licences": table(("identifier", "means"), sources["allowed_licences"].items()),
        "decisions": decision_list(sources["sources"] | sources.get("fresh", {})),
        "cite_only": ", ".join(sorted(listed["cite_only"])),
        "corrections": correction_list(
            one for group in groups for one in read_yaml(lists / f"{group['group']}.yaml").get("corrections", ())
        ),
        "left_out": left_out_list(read_yaml(lists / "trade.yaml")["left_out"]),
        "clients": client_table(groups),
        "indicators": "\n\n".join(indicator_section(group) for group in groups),
        "sources": source_table(groups),
    }
    text = (lists / "codebook.md").read_text(encoding="utf-8")
    for name, part in parts.items():
        text = text.replace(f"<!-- {name} -->", part)
    write_text(data / "README.md", text)


def file_table(groups: Iterable[Mapping[str, Any]], files: Mapping[str, Any]) -> str:
    """List every file with its title, source and licence."""
    rows = [
        (
            f"indicators/{group['group']}.csv",
            group["title"],
            f"{len(group['indicators'])} indicators, {len(group['sources'])} sources, see below",
            ", ".join(sorted({source["licence_id"] for source in group["sources"].values()})),
        )
        for group in groups
    ]
    rows += [
        (f"reference/{name}", entry["title"], entry["source"], entry["licence_id"]) for name, entry in files.items()
    ]
    return table(("file", "what", "source", "licence"), rows)


def column_table(files: Mapping[str, Any]) -> str:
    """List every column of every table."""
    rows = [("indicators/*.csv", name, text) for name, text in DEFINITIONS.items()]
    rows += [
        (f"reference/{file}", column, text)
        for file, entry in files.items()
        for column, text in entry.get("columns", {}).items()
    ]
    return table(("file", "column", "definition"), rows)


def decision_list(sources: Mapping[str, Mapping[str, str]]) -> str:
    """List what we decided where the licence of a source was not plain."""
    return "\n".join(f"- `{name}`: {entry['decision']}" for name, entry in sources.items() if "decision" in entry)


def correction_list(corrections: Iterable[Mapping[str, Any]]) -> str:
    """List corrections with their reasons."""
    return "\n".join(
        f"- `{entry['indicator']}`, {entry['iso3']}, {entry['period']}: {entry['reason']}" for entry in corrections
    )


def left_out_list(cases: Iterable[Mapping[str, Any]]) -> str:
    """List the partner shares that are left out, with the reason."""
    return "\n".join(
        f"- {case['iso3']}, {' and '.join(case['flows'])} shares from {case['since']}: {case['why']}" for case in cases
    )


def client_table(groups: Iterable[Mapping[str, Any]]) -> str:
    """List the indicators that `atlas refresh` brings up to date, with where it asks."""
    rows = [
        (group["group"], f"`{name}`", told(entry["refresh"]), entry.get("refreshed", {}).get("retrieved", ""))
        for group in groups
        for name, entry in group["indicators"].items()
        if "refresh" in entry
    ]
    return table(("group", "indicator", "from", "last on"), rows)


def indicator_section(group: Mapping[str, Any]) -> str:
    """List the indicators of one group."""
    rows = [
        (f"`{name}`", entry["title"], entry["unit"], entry["definition"], entry["digits"], entry["good"] or "")
        for name, entry in group["indicators"].items()
    ]
    return f"### {group['title']}: `{group['group']}`\n\n" + table(
        ("indicator", "title", "unit", "definition and trap", "decimals", "good"), rows
    )


def source_table(groups: Iterable[Mapping[str, Any]]) -> str:
    """List the sources of the series; pages cited one by one stay in their sidecar."""
    series = [group for group in groups if group["group"] != CITED_ONE_BY_ONE]
    sources = {name: entry for group in series for name, entry in group["sources"].items()}
    rows = [
        (f"`{name}`", entry["citation"], entry["url"], entry["licence"], entry["note"])
        for name, entry in sorted(sources.items())
    ]
    return table(("source", "citation", "page", "licence", "note"), rows)


def table(head: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> str:
    """Write a Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(str(cell).replace("|", "/").replace("\n", " ") for cell in row) + " |" for row in rows]
    return "\n".join(lines)
