"""Our own words: no run of seven words in common with the texts that the project started from."""

from __future__ import annotations

import csv
import os
import re
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import nbformat
import nh3
import pytest

from atlas.paths import ROOT

RUN = 7
SEEDS = Path(os.environ.get("ATLAS_SEEDS") or ROOT.parent / "shared" / "seeds")

# Names, titles and official questions are quoted as printed; everything else is said anew.
AS_PRINTED = (
    "Belarus as a partner for the security and stability of Europe, its neighbourhood, and other regions of the world",
    "The security and stability of Europe, its neighbourhood, and other regions of the world",
    "What relevance does Belarus have for Germany with regards to",
    "To what extent is Belarus willing to work with Germany in realising this interest?",
    "How close is Germany and Belarus' current cooperation in this area?",
    "What is the potential for strengthening the partnership between Germany and Belarus in this area?",
    "What in German foreign policy has to change in order to fully exploit this potential?",
    "The EU Needs to Look for Opportunities for Pragmatic Engagement with Minsk",
    "Treaty on Conventional Armed Forces in Europe",
    "01 — The key questions for the Partner-Atlas",
    "Population: 9.449.254. Capital: Minsk",
    "Region: Europe and North America",
    "Potential partner countries: Belarus, Serbia",
)


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", re.sub(r"(?<=\w)['’](?=\w)", "", text.casefold()))


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of seven words, in any punctuation and case."""
    found = words(text)
    return {tuple(found[start : start + RUN]) for start in range(len(found) - RUN + 1)}


def without_names(text: str) -> list[str]:
    """The stretches of a text between the names that are quoted as printed."""
    spoken = " ".join(words(text))
    names = sorted((" ".join(words(name)) for name in AS_PRINTED), key=len, reverse=True)
    return re.split(r"\b(?:" + "|".join(map(re.escape, names)) + r")\b", spoken)


@lru_cache(maxsize=1)
def seeds() -> frozenset[tuple[str, ...]]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    return frozenset(run for text in texts for part in without_names(text) for run in runs(part))


def plain(path: Path) -> str:
    """What a reader reads of a file: the page without its markup, the notebook without its outputs."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        return nh3.clean(text, tags=set(), clean_content_tags={"script", "style"})
    if path.suffix == ".ipynb":
        return "\n".join(cell.source for cell in nbformat.reads(text, as_version=4).cells)
    if path.suffix == ".csv":
        return "\n".join(" ".join(row) for row in csv.reader(text.splitlines()))
    return text


def committed() -> Iterator[Path]:
    """The files in which people write, and the reports made from them."""
    done = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in sorted(done.stdout.splitlines()):
        path = ROOT / name
        written = path.suffix in {".yaml", ".yml", ".md", ".ipynb", ".cff", ".html", ".json", ".py", ".typ", ".j2"}
        table = path.suffix == ".csv" and not name.startswith("data/indicators/")
        if (written or table) and path.exists() and path != Path(__file__).resolve():
            yield path


def shared_runs(text: str) -> set[str]:
    return {" ".join(run) for run in runs(text) & seeds()}


@pytest.fixture
def at_hand() -> None:
    if not list(SEEDS.glob("*.txt")):
        pytest.skip("the seed texts are not at hand: name their folder in the variable ATLAS_SEEDS")


@pytest.mark.usefixtures("at_hand")
def test_no_file_shares_seven_words_in_a_row_with_a_seed() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {', '.join(sorted(shared))}"
        for path in committed()
        if (shared := shared_runs(plain(path)))
    ]
    assert not found, "say it in other words:\n" + "\n".join(found)


@pytest.mark.usefixtures("at_hand")
def test_a_copied_sentence_would_be_found() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in SEEDS.glob("*.txt"))
    sentence = max(text.splitlines(), key=len)
    assert shared_runs(f"<p>We say: {sentence.upper()}</p>")
    assert shared_runs(re.sub(r" ", "\n", sentence).replace("’", "'"))


@pytest.mark.usefixtures("at_hand")
@pytest.mark.parametrize("name", AS_PRINTED)
def test_a_name_as_printed_is_not_taken_for_a_copy(name: str) -> None:
    assert not shared_runs(f"In the chapter, under {name} stands what follows from it")


def test_a_run_survives_another_punctuation() -> None:
    assert runs("One, two – three; four: five (six) seven!") == runs("one two three four five six SEVEN")
