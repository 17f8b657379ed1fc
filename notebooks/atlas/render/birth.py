"""How a process just forked from the warm one becomes a kernel."""

from __future__ import annotations

import atexit
import ctypes
import importlib.util
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import forkserver

_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Birth:
    """What is sent to a process just forked; the forkserver calls `_bootstrap` in it."""

    arguments: Sequence[str]
    environment: Mapping[str, str]
    folder: str
    litter: str

    def _bootstrap(self, owner: int) -> int:
        """Become a kernel; ends with it."""
        _stand_alone(owner, self.litter)
        os.environ.clear()
        os.environ.update(self.environment, JPY_PARENT_PID=str(os.getppid()))
        time.tzset()
        os.chdir(self.folder)
        if numpy := sys.modules.get("numpy"):
            numpy.random.seed()  # else all kernels would draw the same numbers
        return _run(self.arguments, self.litter)


def _stand_alone(owner: int, litter: str) -> None:
    """Leave the warm process: a session, standard streams and signals of one's own, and an end with the owner."""
    os.setsid()
    inherited = forkserver.get_inherited_fds() or []
    for number, given in enumerate(inherited, start=1):
        os.dup2(given, number)
        os.close(given)
    os.close(vars(forkserver._forkserver)["_forkserver_alive_fd"])  # a kernel does not keep the warm process alive
    vars(forkserver._forkserver).update(vars(forkserver.ForkServer()))
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if sys.platform == "linux":  # for a kernel so deep in C that it does not hear of its owner's end
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    threading.Thread(target=_follow, args=(owner, litter), name="atlas-owner", daemon=True).start()


def _follow(owner: int, litter: str) -> None:
    """Wait until the owner is gone, however it went, then take the whole process group along."""
    os.read(owner, 1)
    if litter:
        shutil.rmtree(litter, ignore_errors=True)
    os.killpg(0, signal.SIGKILL)


def _run(arguments: Sequence[str], private: str) -> int:
    """Run a kernel as `python -m ipykernel_launcher` does, the farewells of a process included."""
    from ipykernel import kernelapp  # heavy, and needed in the kernel only

    from atlas.render import iopub

    if private:
        iopub.keep_private(private)
    launcher = importlib.util.find_spec("ipykernel_launcher")
    sys.argv = [str(launcher and launcher.origin), *arguments]
    sys.path[:] = [place for place in sys.path if place]  # the kernel adds its own folder, further down
    code = 0
    try:
        kernelapp.launch_new_instance(argv=list(arguments))
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    return code
