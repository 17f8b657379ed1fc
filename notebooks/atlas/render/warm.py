"""The warm process: it has imported and read what a kernel needs, and forks kernels from itself."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
import threading
import weakref
from collections.abc import Mapping
from dataclasses import dataclass, replace
from multiprocessing import connection, forkserver
from pathlib import Path
from typing import Any

from atlas import paths
from atlas.render.birth import Birth

PRELOAD = "atlas.render.preload"
START_SECONDS = 60
"""How long the warm process may take to answer; its first answer waits for what it imports."""

_AT_START = ("ATLAS_", "LANG", "LC_", "MPL", "PYTHON")
"""Variables that are read when Python or a library starts, too late for a kernel that is forked."""


def possible() -> bool:
    """Say whether kernels can be forked here; the libraries of macOS do not survive a fork, Windows has none."""
    return os.name == "posix" and sys.platform != "darwin"


def start() -> None:
    """Start the warm process without waiting for it: call it early, and the imports of both run side by side."""
    if possible():
        with contextlib.suppress(OSError):  # said when a kernel has to start the slower way
            _server()


class Server(forkserver.ForkServer):
    """A forkserver of our own, so that other uses of multiprocessing in the same program are left alone.

    Its process ends with the process that started it, or when this object and its last kernel are forgotten.
    """

    _forkserver_address: Any
    _forkserver_alive_fd: Any
    _forkserver_pid: int | None

    def __init__(self, state: str) -> None:
        super().__init__()
        self.state = state
        self.joined = False
        self.set_forkserver_preload([PRELOAD])

    def ensure_running(self) -> None:
        """Start the process, once, unless it belongs to somebody else; a dead one is not raised again."""
        if not self.joined and self._forkserver_pid is None:
            super().ensure_running()
            weakref.finalize(self, os.close, self._forkserver_alive_fd).atexit = False

    @property
    def lives(self) -> bool:
        """Whether the process has not ended, as far as this one can know."""
        try:
            return self.joined or self._forkserver_pid is None or not os.waitpid(self._forkserver_pid, os.WNOHANG)[0]
        except ChildProcessError:  # we are a copy of the process that started it
            return False


@dataclass(frozen=True)
class Invitation:
    """What another process of ours needs to fork its kernels from the same warm process."""

    address: Any
    key: Any
    state: str


_lock = threading.Lock()
_servers: list[Server] = []


def invitation() -> Invitation | None:
    """Return what a worker needs to share the warm process of this one, which must outlive the worker."""
    if not possible():
        return None
    server = _server()
    return Invitation(server._forkserver_address, getattr(server, "_forkserver_authkey", None), server.state)


def join(invited: Invitation | None) -> None:
    """Fork the kernels of this process from the warm process of another one."""
    if invited is None:
        return
    server = Server(invited.state)
    server.joined = True
    vars(server).update(_forkserver_address=invited.address, _forkserver_authkey=invited.key,
                        _forkserver_alive_fd=os.open(os.devnull, os.O_RDONLY | os.O_CLOEXEC))
    with _lock:
        _servers[:] = [server]


def _server() -> Server:
    """Return a running warm process that has read the package and the data as they are now."""
    with _lock:
        state = _state()
        if not _servers or _servers[0].state != state or not _servers[0].lives:
            _servers[:] = [Server(state)]  # kernels of the old one keep it alive
        _servers[0].ensure_running()
        return _servers[0]


def _state() -> str:
    """Return a word that changes with the package, the data and what is read at start."""
    data = paths.data()
    folders = [paths.PACKAGE, *(data / name for name in ("indicators", "reference", "assessments"))]
    files = sorted(entry for folder in folders for entry in _entries(folder))
    return repr((str(data), files, sorted(_read_at_start(os.environ).items())))


def _entries(folder: Path) -> list[tuple[str, int, int]]:
    found: list[tuple[str, int, int]] = []
    if folder.is_dir():
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir():
                    found += _entries(Path(entry.path)) if entry.name != "__pycache__" else []
                else:
                    about = entry.stat()
                    found.append((entry.path, about.st_mtime_ns, about.st_size))
    return found


def _read_at_start(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(_AT_START)}


def fits(environment: Mapping[str, str]) -> bool:
    """Say whether a kernel with these variables may be forked from a process started with ours."""
    return _read_at_start(environment) == _read_at_start(os.environ)


class Kernel:
    """A forked kernel, seen from its owner; it offers what jupyter_client uses of `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, server: Server, pid: int, status: int, life: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._server = server
        self._status = status
        self._life = life

    def poll(self) -> int | None:
        """Return the exit status, negative for a signal, or None while the kernel runs."""
        return self.wait(0)

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for the end, at most so many seconds."""
        if self.returncode is None and connection.wait([self._status], timeout):
            try:
                self.returncode = forkserver.read_signed(self._status)
            except (OSError, EOFError):  # the warm process was killed, and its kernels with it
                self.returncode = -signal.SIGKILL
            os.close(self._status)
            os.close(self._life)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Stop the kernel at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the kernel to stop."""
        self.send_signal(signal.SIGTERM)


def launch(birth: Birth) -> Kernel:
    """Fork a kernel from the warm process, starting that if need be.

    Raises
    ------
    OSError, EOFError
        If the warm process does not answer.
    """
    birth = replace(birth, folder=birth.folder or str(Path.cwd()))
    try:
        return _forked(_server(), birth)
    except (ConnectionError, EOFError, FileNotFoundError):  # it was killed, or its owner has gone: take another
        with _lock:
            _servers.clear()
        return _forked(_server(), birth)


def _forked(server: Server, birth: Birth) -> Kernel:
    streams = [_stream(1), _stream(2)]
    try:
        status, life = server.connect_to_new_process(streams)
    finally:
        for one in streams:
            os.close(one)
    try:
        with open(life, "wb", closefd=False) as pipe:
            pipe.write(pickle.dumps({}) + pickle.dumps(birth))
        if not connection.wait([status], START_SECONDS):
            raise TimeoutError(f"the warm process gave no kernel within {START_SECONDS} seconds")
        return Kernel(server, forkserver.read_signed(status), status, life)
    except BaseException:
        os.close(status)
        os.close(life)
        raise


def _stream(number: int) -> int:
    """Return a copy of a standard stream, or of nowhere if this process has none."""
    try:
        return os.dup(number)
    except OSError:
        return os.open(os.devnull, os.O_WRONLY)
