"""Running the cells of a notebook in a warm kernel, within limits of time, writing once."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbclient.util import run_sync
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager
from papermill.iorw import write_ipynb
from papermill.log import logger

from atlas.errors import AtlasError
from atlas.render.kernels import PrivateKernelManager

_NOT_FOR_THE_CLIENT = ("input_path", "timeout", "startup_timeout")
_KILLED = -9  # Windows has no such signal, nor a name for it


class Limits:
    """How long one cell and the whole notebook may take, in seconds; the clock runs from the making of it."""

    def __init__(self, cell: float | None, notebook: float | None) -> None:
        self.cell = cell
        self.notebook = notebook
        self._end = time.monotonic() + (notebook or float("inf"))

    def left(self, _: Any = None) -> float:
        """Return how long a cell that starts now may take; -1 for as long as it likes."""
        seconds = min(self.cell or float("inf"), max(self._end - time.monotonic(), 0.001))
        return seconds if seconds < float("inf") else -1

    @property
    def reached(self) -> str:
        """What took too long, now that something did."""
        if time.monotonic() >= self._end:
            return f"the notebook took longer than {self.notebook:g} seconds"
        return f"a cell took longer than {self.cell or 0:g} seconds"


class WarmClient(PapermillNotebookClient):
    """papermill's client, which says in one line why a cell did not end."""

    limits: Limits

    async def async_execute_cell(self, cell: NotebookNode, cell_index: int, **options: Any) -> NotebookNode:
        """Run one cell.

        Raises
        ------
        AtlasError
            If the cell, or the notebook with it, takes too long, or the kernel dies.
        """
        try:
            return await super().async_execute_cell(cell, cell_index, **options)
        except (CellTimeoutError, DeadKernelError) as error:
            self.nb_man.cell_exception(cell, cell_index=cell_index, exception=error)
            number = sum(one.cell_type == "code" for one in self.nb.cells[:cell_index + 1])
            where = f"cell {number} ({first_line(cell.source)})"
            if isinstance(error, CellTimeoutError):
                raise AtlasError(f"{self.limits.reached} and was stopped in {where}") from error
            raise AtlasError(f"the kernel died in {where}{self._cause()}") from error

    execute_cell = run_sync(async_execute_cell)

    def _cause(self) -> str:
        process = getattr(self.km.provisioner, "process", None) if self.km else None
        status = process.poll() if process else None
        if status == _KILLED:
            return ": it was killed, as happens when memory runs out"
        return "" if status is None else f": {signal.strsignal(-status) if status < 0 else f'exit status {status}'}"


class WarmEngine(NBClientEngine):
    """Runs a notebook in a kernel forked for it alone."""

    @classmethod
    def execute_notebook(cls, nb: NotebookNode, kernel_name: str, output_path: str | None = None,
                         **options: Any) -> NotebookNode:
        """Run a notebook; papermill writes it at the end or after a failing cell, this only if neither will be.

        Parameters
        ----------
        nb : NotebookNode
        kernel_name : str
        output_path : str, optional
            Where the notebook goes if the kernel dies or a limit is reached.
        options
            What papermill's own engine takes, and the options of `execute_managed_notebook`.
        """
        try:
            return super().execute_notebook(nb, kernel_name, output_path=None, **options)
        except BaseException:
            if output_path:
                write_ipynb(nb, output_path)
            raise

    @classmethod
    def execute_managed_notebook(cls, nb_man: NotebookExecutionManager, kernel_name: str, *,
                                 execution_timeout: float | None = None, notebook_timeout: float | None = None,
                                 start_timeout: float = 60, empty_folder: bool = False, **options: Any) -> None:
        """Run the cells.

        Parameters
        ----------
        nb_man : NotebookExecutionManager
        kernel_name : str
        execution_timeout, notebook_timeout : float, optional
            Seconds that one cell, and all of them, may take.
        start_timeout : float
            Seconds that the kernel may take to start.
        empty_folder : bool
            Whether the kernel works in a folder of its own, which goes with it.
        options
            Traits of nbclient's `NotebookClient`.

        Raises
        ------
        AtlasError
            If a limit is reached or the kernel dies.
        """
        limits = Limits(execution_timeout, notebook_timeout)
        given = {"log": logger} | {name: value for name, value in options.items() if name not in _NOT_FOR_THE_CLIENT}
        client = WarmClient(nb_man, kernel_name=kernel_name, kernel_manager_class=PrivateKernelManager,
                            startup_timeout=start_timeout, timeout_func=limits.left, **given)
        client.limits = limits
        client.km = client.create_kernel_manager()
        client.execute(env=_unattended(), **({"cwd": client.km.empty_folder()} if empty_folder else {}))


def _unattended() -> dict[str, str]:
    """Return the variables for a kernel at which nobody sits, even if a Jupyter server started this process."""
    return {name: value for name, value in os.environ.items() if name != "JPY_SESSION_NAME"}


def first_line(text: str) -> str:
    """Return the first line that is not empty."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")
