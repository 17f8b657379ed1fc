"""Tiny notebooks that do what the test wants, the atlas run on them as a command, and who is left of it afterwards."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from nbformat import v4

DATA = Path(__file__).parent / "tiny"
"""Five countries, AAA to EEE, with hardly any data."""

PARAMETERS = """\
country = "BLR"  # type: str  ISO 3166-1 alpha-3 code
as_of = ""  # type: str  a day
"""

SETUP = """\
from atlas.blocks import Masthead, Note, Stamp
from IPython.display import display
display(Stamp({"title": country, "country": country, "language": "en", "data_as_of": "2025-01-31"}))
display(Masthead(country, "A tiny report"))
"""

MOODY = """\
import json, os, signal, time
from pathlib import Path
mood = json.loads(Path(MOODS).read_text()).get(country)
if mood == "error": raise ValueError("no figure for " + country)
if mood == "sleep": Path(MOODS).with_name(country + " sleeps").touch() or time.sleep(120)
if mood == "die": os.kill(os.getpid(), signal.SIGKILL)
if mood == "kill the workers":
    import psutil
    mine = [one for one in psutil.process_iter(["cmdline", "environ"])
            if (one.info["environ"] or {}).get("ATLAS_TEST_MARK") == os.environ["ATLAS_TEST_MARK"]]
    [worker.kill() for worker in mine if "spawn_main" in " ".join(worker.info["cmdline"])]
    time.sleep(120)
display(Note(f"About {country}."))
"""

# Renders the notebooks of another folder, as the command line would those of the project.
COMMAND = """
import sys
from pathlib import Path
from atlas import cli, paths
paths.NOTEBOOKS = Path(sys.argv.pop(1))
{}
cli.main()
"""


def notebook(*sources: str) -> nbformat.NotebookNode:
    """A notebook with the usual parameters, a masthead and these cells."""
    cells = [v4.new_markdown_cell("# Tiny"), v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}),
             *(v4.new_code_cell(source) for source in (SETUP, *sources))]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    return v4.new_notebook(cells=cells, metadata={
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})


def contents(folder: Path) -> dict[str, bytes]:
    """Every file that a reader may find in a folder; the lock is empty, and nobody's."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name != ".lock"}


class Room:
    """A folder with one notebook, `moody`, whose behaviour the test sets for each country."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.out = folder, folder / "out"
        self.mark = uuid.uuid4().hex
        self.moods()
        source = MOODY.replace("MOODS", repr(str(folder / "moods.json")))
        nbformat.write(notebook(source), folder / "moody.ipynb")

    def moods(self, **moods: str) -> None:
        """Set how the notebook behaves: error, sleep, die, or nothing for good."""
        (self.folder / "moods.json").write_text(json.dumps(moods), encoding="utf-8")

    def start(self, *arguments: str, before: str = "", **options: Any) -> subprocess.Popen[str]:
        """Start `atlas render … --notebook moody`; `before` is Python that is run first."""
        words = ["render", *arguments, "--notebook", "moody", "--to", "html", "--out", str(self.out)]
        options["env"] = {**os.environ, "ATLAS_TEST_MARK": self.mark, "ATLAS_DATA": str(DATA)}
        return subprocess.Popen([sys.executable, "-c", COMMAND.format(before), str(self.folder), *words], text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, **options)

    def render(self, *arguments: str, **options: Any) -> tuple[int, str, str]:
        """Run the command to its end: exit status, what it said, what it said of errors."""
        process = self.start(*arguments, **options)
        said, errors = process.communicate(timeout=120)
        return process.returncode, said, errors

    def asleep(self, country: str) -> bool:
        """Whether the notebook of a country that sleeps has come to its sleep."""
        return (self.folder / f"{country} sleeps").exists()

    def page(self, country: str) -> str:
        """The page of a country."""
        return (self.out / country / "moody.html").read_text(encoding="utf-8")

    def row(self, country: str) -> dict[str, Any]:
        """The row of a country in the manifest."""
        kept = json.loads((self.out / "manifest.json").read_text(encoding="utf-8"))
        return kept["reports"][f"{country}/moody"]

    def drafts(self) -> list[Path]:
        """What was left beside the reports."""
        return [path for path in self.out.rglob(".*") if path.name != ".lock"]

    def left(self) -> list[str]:
        """The processes that a command of this room has left running: builds, workers, kernels."""
        found = []
        for process in Path("/proc").iterdir():
            try:
                if self.mark.encode() in (process / "environ").read_bytes():
                    found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode()[:120])
            except OSError:
                continue
        return [line for line in found if line]


def until(true: Callable[[], Any], seconds: float = 30) -> bool:
    """Wait until something is true, or say that it did not become so."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
