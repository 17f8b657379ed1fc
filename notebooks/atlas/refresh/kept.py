"""Finished downloads, kept for a day so that an interrupted run goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

DAY = 24 * 3600
_PAPERS = {"url": str, "kind": str, "retrieved": str, "sha256": str, "at": float}


@dataclass(frozen=True)
class Answer:
    """A complete answer of a publisher, with the day on which it was fetched."""

    url: str
    kind: str
    body: bytes
    retrieved: str

    @property
    def sha256(self) -> str:
        """The checksum of the body."""
        return hashlib.sha256(self.body).hexdigest()


class Kept:
    """A folder of finished downloads.

    Parameters
    ----------
    folder : Path
        Made when the first download is kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, url: str, kind: str) -> Answer | None:
        """Return a download of the last day that is as it was written, or nothing."""
        papers, body = self._places(url)
        try:
            told, content = json.loads(papers.read_text(encoding="utf-8")), body.read_bytes()
        except (OSError, ValueError):
            return None
        if not isinstance(told, dict) or any(not isinstance(told.get(key), sort) for key, sort in _PAPERS.items()):
            return None
        answer = Answer(url, kind, content, told["retrieved"])
        fresh = 0 <= time.time() - told["at"] < DAY
        whole = (told["url"], told["kind"], told["sha256"]) == (url, kind, answer.sha256)
        return answer if fresh and whole else None

    def keep(self, answer: Answer) -> None:
        """Keep a finished download; the papers come last, so that a half-written one does not count."""
        self.folder.mkdir(parents=True, exist_ok=True)
        papers, body = self._places(answer.url)
        told = {key: value for key, value in asdict(answer).items() if key != "body"}
        told |= {"sha256": answer.sha256, "at": time.time()}
        for path, content in ((body, answer.body), (papers, json.dumps(told).encode())):
            new = path.with_suffix(path.suffix + ".new")
            new.write_bytes(content)
            new.replace(path)

    def forget(self, url: str) -> None:
        """Remove one download."""
        for path in self._places(url):
            path.unlink(missing_ok=True)

    def drop(self) -> None:
        """Remove every download, once its figures are written."""
        for path in self.folder.glob("*"):
            path.unlink(missing_ok=True)

    def _places(self, url: str) -> tuple[Path, Path]:
        name = hashlib.sha256(url.encode()).hexdigest()[:32]
        return self.folder / f"{name}.json", self.folder / f"{name}.body"
