"""Running a notebook with parameters, in a folder of its own, without writing it."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from papermill.execute import ERROR_MARKER_TAG, raise_for_execution_errors

from atlas.errors import AtlasError
from atlas.render import warm
from atlas.render.client import WarmEngine, first_line

CELL_SECONDS = 300
"""How long one cell may take."""

NOTEBOOK_SECONDS = 900
"""How long a whole notebook may take."""

_SPARE = ["--IPKernelApp.log_level=50", "--HistoryManager.enabled=False"]
"""Nobody watches this kernel's terminal, and nobody will ask what was typed into it."""

_SILENT = logging.Logger("silent", logging.CRITICAL)
"""What went wrong is raised, in one line; nothing else is to be said about it."""

_ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_TIMES = ("start_time", "end_time", "duration", "input_path", "output_path", "environment_variables")


class Unfinished(AtlasError):
    """A notebook that stopped: `notebook` is what ran of it, `cell` the source of the cell where it stopped."""

    def __init__(self, message: str, notebook: NotebookNode, cell: str) -> None:
        super().__init__(message)
        self.notebook, self.cell = notebook, cell


def execute(notebook: Path, parameters: Mapping[str, Any], *, cell_seconds: float = CELL_SECONDS,
            notebook_seconds: float = NOTEBOOK_SECONDS) -> NotebookNode:
    """Return the notebook as run with parameters; the clock and the folder leave no trace in it.

    Parameters
    ----------
    notebook : Path
    parameters : mapping
        Values by name, as `atlas.render.parameters.checked` returns them.
    cell_seconds, notebook_seconds : float
        How long one cell and all of them may take.

    Raises
    ------
    Unfinished
        If a cell fails, takes too long or loses its kernel, with the cell and the error in one line.
    """
    warm.start()
    given = papermill.execute_notebook(notebook, None, dict(parameters), prepare_only=True, progress_bar=False)
    try:
        ran = WarmEngine.execute_notebook(given, WarmEngine.nb_kernel_name(given), progress_bar=False, log=_SILENT,
                                          execution_timeout=cell_seconds, notebook_timeout=notebook_seconds,
                                          empty_folder=True, shutdown_kernel="immediate", extra_arguments=_SPARE[:])
        raise_for_execution_errors(ran, None)
    except PapermillExecutionError as error:
        cell = first_line(error.source)
        said = _ESCAPES.sub("", first_line(error.evalue))
        message = f"cell {error.exec_count} failed ({cell}): {error.ename}: {said}"
        raise Unfinished(message, _settled(given), error.source) from error
    except AtlasError as error:
        stopped = _last_begun(given)
        raise Unfinished(str(error), _settled(given), stopped) from error
    return _settled(ran)


def _last_begun(run: NotebookNode) -> str:
    """Return the source of the cell at which a run stopped: the first without a finished run behind it."""
    codes = [cell for cell in run.cells if cell.cell_type == "code"]
    waiting = [cell for cell in codes if cell.metadata.get("papermill", {}).get("status") != "completed"]
    return str(waiting[0].source) if waiting else ""


def _settled(ran: NotebookNode) -> NotebookNode:
    """Remove what differs from one run to the next."""
    for key in _TIMES:
        ran.metadata.get("papermill", {}).pop(key, None)
    ran.cells = [cell for cell in ran.cells if ERROR_MARKER_TAG not in cell.metadata.get("tags", ())]
    for cell in ran.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", ()):
            cell["id"] = "injected-parameters"
    return ran
