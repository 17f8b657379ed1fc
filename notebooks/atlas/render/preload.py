"""What a forked kernel finds done: the warm process imports this, because a forkserver can only be told to import."""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import signal
import sys

LIBRARIES = ("ipykernel.kernelapp", "ipykernel.zmqshell", "ipykernel.debugger", "IPython.core.completerlib",
             "IPython.extensions.storemagic", "tornado.platform.asyncio", "matplotlib.pyplot",
             "matplotlib.backends.backend_svg", "atlas.narrate", "atlas.options.report", "atlas.render.iopub")
"""What a kernel imports as it starts, and what every notebook imports."""

SETTINGS = {
    "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",  # with threads, none may fork
    "MPLBACKEND": os.environ.get("MPLBACKEND", "module://matplotlib_inline.backend_inline"),  # as ipykernel does
    "JPY_PARENT_PID": str(os.getpid()),  # whose end a kernel looks out for
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # else the debugger, which comes with ipykernel, talks
}
"""Variables that libraries read when they are imported."""


def prepare() -> None:
    """Import and read what kernels need; starts no thread and opens no socket, so that the process may fork."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the owner, whose end is the end of this process too
    os.environ.update(SETTINGS)
    for name in LIBRARIES:
        importlib.import_module(name)
    with contextlib.suppress(Exception):  # a faulty file is reported by the kernel that needs it
        _read()
    gc.collect()
    gc.freeze()  # what is never visited is never copied


def _read() -> None:
    data, style, checks, blocks, phrases = (importlib.import_module(f"atlas.{name}")
                                   for name in ("data", "charts.style", "checks.registry", "blocks", "phrases"))
    phrases.catalogue("en")
    data.tables().read()
    for rule in checks.RULES:
        checks.form(rule)
    blocks.Prose(["Ready."])._repr_mimebundle_()  # the template of all blocks is compiled with the first
    with style.house():
        style.width("", 9)


if any("multiprocessing.forkserver" in word for word in sys.orig_argv):
    prepare()
