"""Select the project's figures from the shared tables: ``python data/selection --from FOLDER``."""

from __future__ import annotations

import argparse
from pathlib import Path

from codebook import write_codebook
from figures import select_published
from package import write_package
from papers import shared_papers, sidecar
from reference import write_reference
from rows import Row, read_yaml, write_csv
from series import COLUMNS, select_group

LISTS = Path(__file__).parent / "lists"
WORLD_GROUPS = ("economy", "trade", "innovation", "security", "migration", "values", "values_sharealike", "energy")


def main() -> None:
    """Read the arguments and write every table with its papers, then the package and the codebook."""
    parser = argparse.ArgumentParser(prog="python data/selection", description=__doc__)
    without = "without it only the package and the codebook are written anew"
    parser.add_argument("--from", dest="shared", type=Path, help=f"folder of the shared tables; {without}")
    parser.add_argument("--to", type=Path, default=LISTS.parents[1], help="data folder to write (default: data)")
    arguments = parser.parse_args()
    if arguments.shared:
        rows = select_indicators(arguments.shared, arguments.to / "indicators")
        named = {row[column] for row in rows for column in ("iso3", "partner")}
        write_reference(LISTS, arguments.shared, arguments.to / "reference", named)
    write_package(arguments.to, read_yaml(LISTS / "sources.yaml")["allowed_licences"])
    write_codebook(arguments.to, LISTS)


def select_indicators(shared: Path, folder: Path) -> list[Row]:
    """Write the indicator groups and return all their rows."""
    every: list[Row] = []
    papers = shared_papers(read_yaml(LISTS / "sources.yaml"), shared)
    for group in WORLD_GROUPS:
        listed = read_yaml(LISTS / f"{group}.yaml")
        rows = select_group(listed, shared)
        write_csv(folder / f"{group}.csv", COLUMNS, rows)
        sidecar(group, listed, rows, papers, folder / f"{group}.csv")
        every += rows
    listed = read_yaml(LISTS / "published.yaml")
    rows, cited = select_published(listed, shared)
    write_csv(folder / "published.csv", COLUMNS, rows)
    sidecar("published", listed, rows, cited, folder / "published.csv")
    return every + rows


if __name__ == "__main__":
    main()
