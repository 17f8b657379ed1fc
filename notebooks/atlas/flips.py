"""Flips: which verdicts an edit or newer figures turn, with the numbers that turned them, before a report is made."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from atlas import dates, library, verdicts, vocabulary, words
from atlas.data import Tables
from atlas.errors import AtlasError, BadData, WrongUse
from atlas.verdicts import Judged


@dataclass(frozen=True)
class Flip:
    """A claim on two states of the data; `before` is missing where it is new, `after` where it is gone."""

    before: Judged | None
    after: Judged | None

    @property
    def row(self) -> Judged:
        """The claim as it is now, or as it was if it is gone."""
        row = self.after or self.before
        assert row is not None
        return row

    @property
    def turn(self) -> str:
        """The two verdicts: "holds → no longer holds"."""
        return " → ".join(vocabulary.VERDICTS[row.verdict].label if row else "not there"
                          for row in (self.before, self.after))

    @property
    def numbers(self) -> str:
        """What the readings that differ say on both sides."""
        if not (self.before and self.after):
            return ""
        said = []
        for name, old, new in (("then", self.before.then, self.after.then), ("now", self.before.now, self.after.now)):
            if old and new and (old.result, old.value, old.period) != (new.result, new.value, new.period):
                said.append(f"{name}: {old.detail} Before the change; after it: {new.detail}")
        return " ".join(said) or "The readings are the same; the claim or its rule is another one."


@dataclass(frozen=True)
class Comparison:
    """Every verdict that differs, how many do not, and the countries whose older files cannot be read by now."""

    flips: list[Flip]
    same: int
    unread: list[str] = field(default_factory=list)


@contextmanager
def earlier(given: str, data: Path) -> Iterator[tuple[str, Tables]]:
    """Provide the data folder as it was committed: the revision and its tables.

    Parameters
    ----------
    given : str
        A revision such as `HEAD` or `v0.1.0`, or a date, which stands for the last commit of that day or before.
    data : Path
        The data folder in its repository.

    Raises
    ------
    WrongUse
        If there is no such revision, or no commit so early.
    AtlasError
        If the folder is in no git repository.
    """
    revision = _revision(given, data)
    packed = _git(data, "archive", "--format=tar", revision, ".").stdout
    with tempfile.TemporaryDirectory(prefix="atlas-") as folder:
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
        yield revision, Tables(Path(folder))


def _revision(given: str, data: Path) -> str:
    if _git(data, "rev-parse", "--git-dir").returncode:
        raise AtlasError(f"{data} is in no git repository, so there is nothing to compare with")
    try:
        day = dates.last_day(given)
    except ValueError:
        found = _git(data, "rev-parse", "--verify", "--quiet", f"{given}^{{commit}}", "--").stdout.decode().split()
        if not found:
            raise WrongUse(f"{given!r} is no revision and no date; expected one such as HEAD, HEAD~3 or 2026-06-30"
                           ) from None
        return found[0]
    found = _git(data, "rev-list", "-1", f"--before={day.isoformat()} 23:59:59", "HEAD").stdout.decode().split()
    if not found:
        raise WrongUse(f"nothing was committed by {words.day(day)}; name a later day")
    return found[0]


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        raise AtlasError("git is not installed; atlas diff compares with what was committed") from None


def between(old: Tables, new: Tables) -> Comparison:
    """Judge every claim on two states of the data folder, each as of its own newest day, and return what differs."""
    flips: list[Flip] = []
    same, unread = 0, []
    for iso3 in sorted({*library.assessed(old.root), *library.assessed(new.root)}):
        after = {row.claim.id: row for row in verdicts.ledger(iso3, tables=new).rows}
        try:
            before = {row.claim.id: row for row in verdicts.ledger(iso3, tables=old).rows}
        except BadData:
            unread.append(iso3)
            continue
        for name in [*after, *(name for name in before if name not in after)]:
            pair = Flip(before.get(name), after.get(name))
            if pair.before and pair.after and pair.before.verdict == pair.after.verdict:
                same += 1
            else:
                flips.append(pair)
    return Comparison(flips, same, unread)


def plain(found: Comparison, against: str) -> str:
    """Write a comparison for the terminal, a claim a paragraph."""
    told = ["\n  ".join(filter(None, (f"{one.row.claim.id}: {one.turn}", one.row.claim.statement, one.numbers)))
            for one in found.flips]
    return "\n".join([*told, _total(found, against)])


def markdown(found: Comparison, against: str) -> str:
    """Write a comparison for a pull request, as a table."""
    lines = [f"### {_total(found, against)}"]
    if found.flips:
        lines += ["", "| claim | verdict | statement | numbers |", "|---|---|---|---|"]
        lines += [f"| {one.row.claim.id} | {one.turn} | {_cell(one.row.claim.statement)} | {_cell(one.numbers)} |"
                  for one in found.flips]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _total(found: Comparison, against: str) -> str:
    new = sum(one.before is None for one in found.flips)
    gone = sum(one.after is None for one in found.flips)
    turned = len(found.flips) - new - gone
    parts = [f"{words.count(turned, 'verdict') if turned else 'no verdict'} would flip against {against}",
             f"{words.count(new, 'claim')} would be new" if new else "",
             f"{words.count(gone, 'claim')} would be gone" if gone else ""]
    unread = f"; not compared, since the present rules cannot read the older files: {', '.join(found.unread)}"
    return words.capital(f"{words.listing(filter(None, parts))}; {words.count(found.same)} as before"
                         f"{unread if found.unread else ''}.")
