"""Select the project's figures from the shared tables: ``python data/selection --from FOLDER``."""

from __future__ import annotations

import argparse
from pathlib import Path

from figures import select_published
from papers import shared_papers
from reference import write_reference
from series import select_group

from atlas.writing.codebook import write_codebook
from atlas.writing.package import write_package
from atlas.writing.rows import COLUMNS, Row, read_yaml, write_csv
from atlas.writing.sidecar import write_sidecar

LISTS = Path(__file__).parent / "lists"
WORLD_GROUPS = ("economy", "trade", "innovation", "security", "migration", "values", "values_sharealike", "energy")


def main() -> None:
    """Read the arguments and write every table with its papers, then the package and the codebook."""
    parser = argparse.ArgumentParser(prog="python data/selection", description=__doc__)
    without = "without it only the package and the codebook are written anew"
    parser.add_argument("--from", dest="shared", type=Path, help=f"folder of the shared tables; {without}")
    parser.add_argument("--to", type=Path, default=LISTS.parents[1], help="data folder to write (default: data)")
    parser.add_argument("--over-newer", action="store_true", help="replace figures that `atlas refresh` brought")
    arguments = parser.parse_args()
    if arguments.shared:
        newer = refreshed_groups(arguments.to / "indicators")
        if newer and not arguments.over_newer:
            parser.error(f"{', '.join(newer)}: brought up to date by `atlas refresh`; --over-newer goes back")
        rows = select_indicators(arguments.shared, arguments.to / "indicators")
        named = {row[column] for row in rows for column in ("iso3", "partner")}
        write_reference(LISTS, arguments.shared, arguments.to / "reference", named)
    write_package(arguments.to, read_yaml(LISTS / "sources.yaml")["allowed_licences"])
    write_codebook(arguments.to, LISTS)


def refreshed_groups(folder: Path) -> list[str]:
    """Return the groups that hold figures newer than the shared tables."""
    sidecars = {path.stem: read_yaml(path) for path in sorted(folder.glob("*.yaml"))}
    return [name for name, one in sidecars.items() if any("refreshed" in each for each in one["indicators"].values())]


def select_indicators(shared: Path, folder: Path) -> list[Row]:
    """Write the indicator groups and return all their rows."""
    every: list[Row] = []
    papers = shared_papers(read_yaml(LISTS / "sources.yaml"), shared)
    for group in WORLD_GROUPS:
        listed = read_yaml(LISTS / f"{group}.yaml")
        rows = select_group(group, listed, shared)
        write_csv(folder / f"{group}.csv", COLUMNS, rows)
        write_sidecar(group, listed, rows, papers, folder / f"{group}.csv")
        every += rows
    listed = read_yaml(LISTS / "published.yaml")
    rows, cited = select_published(listed, shared)
    write_csv(folder / "published.csv", COLUMNS, rows)
    write_sidecar("published", listed, rows, cited, folder / "published.csv")
    return every + rows


if __name__ == "__main__":
    main()
