"""Running a notebook with parameters, in a folder of its own, without writing it."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from atlas.errors import AtlasError

CELL_SECONDS = 300
"""How long one cell may take."""

_QUIET = "--IPKernelApp.log_level=50"
"""A kernel says on the terminal that it was asked to stop; the reader of a build need not know."""

_ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_TIMES = ("start_time", "end_time", "duration", "input_path", "output_path", "environment_variables")


def execute(notebook: Path, parameters: Mapping[str, Any]) -> NotebookNode:
    """Return the notebook as run with parameters; the clock and the folder leave no trace in it.

    Raises
    ------
    AtlasError
        If a cell fails, takes too long or loses its kernel, with the cell and the error in one line.
    """
    with tempfile.TemporaryDirectory(prefix="atlas-") as folder:
        try:
            ran = papermill.execute_notebook(notebook, None, parameters=dict(parameters), progress_bar=False,
                                             log_output=False, execution_timeout=CELL_SECONDS,
                                             cwd=_made(folder, "work"), config=_private(_made(folder, "sockets")),
                                             extra_arguments=[_QUIET])
        except PapermillExecutionError as error:
            cell = _first_line(error.source)
            said = _ESCAPES.sub("", _first_line(error.evalue))
            raise AtlasError(f"cell {error.exec_count} failed ({cell}): {error.ename}: {said}") from error
        except CellTimeoutError as error:
            raise AtlasError(f"a cell took longer than {CELL_SECONDS} seconds and was stopped") from error
        except DeadKernelError as error:
            raise AtlasError("the kernel died while running the notebook, perhaps for want of memory") from error
    return _settled(ran)


def _made(folder: str, name: str) -> str:
    (Path(folder) / name).mkdir()
    return str(Path(folder) / name)


def _private(folder: str) -> Config:
    """Let kernels talk through sockets in a folder that only this user can open, where the system has such sockets."""
    return Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/k"}}) if os.name == "posix" else Config()


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def _settled(ran: NotebookNode) -> NotebookNode:
    """Remove what differs from one run to the next."""
    for key in _TIMES:
        ran.metadata.get("papermill", {}).pop(key, None)
    for cell in ran.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", ()):
            cell["id"] = "injected-parameters"
    return ran
