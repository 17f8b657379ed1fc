"""The crew: worker processes that end with the build, whatever ended it, and take their kernels with them."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

from atlas.render import warm

Given = TypeVar("Given")
Result = TypeVar("Result")

_PATIENCE = 10
"""How many seconds a worker has to take leave of its kernel."""


@contextmanager
def workers(count: int) -> Generator[Executor]:
    """Provide a pool of processes for as long as the block lasts.

    Each worker holds the reading end of one pipe. Only this process holds the writing end, so that the end of the
    build closes it: by an error, by Ctrl-C, by `kill -9`. A worker that reads the end stops what it does.

    Parameters
    ----------
    count : int
        How many processes.
    """
    context = get_context("spawn")
    told, telling = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(count, mp_context=context, initializer=_begin, initargs=(told, _invitation()))
    try:
        yield pool
        pool.shutdown()
    except BaseException:
        telling.close()
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    finally:
        telling.close()
        told.close()


def _invitation() -> warm.Invitation | None:
    try:
        return warm.invitation()
    except OSError:  # each worker finds out for itself, and says so
        return None


def _begin(told: Connection, invited: warm.Invitation | None) -> None:
    """Prepare a worker: the terminal's Ctrl-C is for the build to answer, the end of the build for the worker.

    All workers fork their kernels from the one warm process of the build.
    """
    atexit.register(gc.freeze)  # the build waits for its workers to end; see the command
    warm.join(invited)
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, _leave)
    threading.Thread(target=_watch, args=(told,), daemon=True).start()


def _watch(told: Connection) -> None:
    try:
        told.recv()
    except (EOFError, OSError):
        if hasattr(signal, "pthread_kill"):  # to the thread that may be waiting, so that it wakes up
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
            time.sleep(_PATIENCE)
        os._exit(1)


def _leave(*_: object) -> None:
    """Stop what the worker does; what it does takes care of its kernel on the way out."""
    sys.exit(1)


def at_work(work: Callable[[Given], Result], given: Given) -> Result:
    """Do the work in a worker, and end the worker with it when it is told to leave; a pool would have it go on."""
    try:
        return work(given)
    except SystemExit:
        os._exit(1)
