"""The frame of the atlas: what it asks and of what, in the small files that people write."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

from atlas.writing.rows import read_yaml


class Frame:
    """The files of the frame, each read when first asked for.

    Parameters
    ----------
    root : Path
        The data folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def interests(self) -> dict[str, Any]:
        """The five interests by code, with their official names."""
        return self._declared("interests")

    @cached_property
    def questions(self) -> dict[str, Any]:
        """The five key questions by code, in their official wording."""
        return self._declared("questions")

    @cached_property
    def cards(self) -> dict[str, list[dict[str, Any]]]:
        """The declared indicators of each interest."""
        return self._declared("cards")

    @cached_property
    def aliases(self) -> dict[str, list[str]]:
        """Other names under which readers look for a state."""
        return self._declared("aliases")

    @cached_property
    def territories(self) -> dict[str, dict[str, Any]]:
        """What is to be known about disputed lines on the map."""
        return self._declared("territory")

    def _declared(self, name: str) -> dict[str, Any]:
        read: dict[str, Any] = read_yaml(self.root / "reference" / f"{name}.yaml")
        return read
