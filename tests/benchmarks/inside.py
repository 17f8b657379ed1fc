"""What is measured inside one warm process: the cells as a script, a notebook executed, a PDF set."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
from ways import NOTEBOOK


def script(country: str, times: int) -> list[float]:
    """Run the code of the notebook in this process, its outputs made and caught, as often as asked."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    from atlas.data import tables

    tables().read()
    shell = InteractiveShell.instance()
    cells = [cell for cell in nbformat.read(NOTEBOOK, 4).cells if cell.cell_type == "code"]

    def once() -> None:
        for cell in cells:
            with capture_output():
                found = shell.run_cell(cell.source)
            found.raise_error()
            if "parameters" in cell.metadata.get("tags", ()):
                shell.push({"country": country})

    return _repeated(once, times)


def notebook(country: str, times: int) -> list[float]:
    """Execute the notebook as the build does, in a fresh kernel each time."""
    from atlas.render import execute

    return _repeated(lambda: execute.execute(NOTEBOOK, {"country": country}), times)


def pdf(folder: str, times: int) -> list[float]:
    """Get ready as a build does beside the kernel, then set the PDFs of the notebooks in a folder: seconds of each.

    Each is set once, however often is asked for: the compiler remembers what it has set before.
    """
    from atlas.render import document, prose
    from atlas.render import pdf as printed

    read = [nbformat.read(path, 4) for path in sorted(Path(folder).glob("*/country.ipynb"))]

    def ready() -> None:
        prose.to_typst([cell.source for cell in read[0].cells if cell.cell_type == "markdown"])
        printed.prepare()

    return [_seconds(ready), *(_seconds(lambda one=one: printed.render(document.read(one))) for one in read)]


def _repeated(work: Callable[[], object], times: int) -> list[float]:
    work()  # what is done once a process is not what is compared
    return [_seconds(work) for _ in range(times)]


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    print(json.dumps({"script": script, "notebook": notebook, "pdf": pdf}[sys.argv[1]](sys.argv[2], int(sys.argv[3]))))
