"""The run: orders through the executors of concurrent.futures, here or on a cluster, and what came of each."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any

from atlas.errors import AtlasError
from atlas.render import crew
from atlas.render.failure import Failure
from atlas.render.plan import Order
from atlas.render.report import Made, produce, produce_far

Results = Generator[tuple[Order, Made], None, None]
Told = Callable[[Order], None]
"""Is called with an order when it is given to a worker."""

_CONNECT_SECONDS = 5
_KILLED = Made({}, failure=Failure("the worker was killed, perhaps for want of memory"))


class Here(Executor):
    """Does the work at once, in this process: one report is sooner done than a worker started."""

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do the work and return it as done."""
        done: Future[Any] = Future()
        done.set_result(work(*args, **kwargs))
        return done


def local(orders: Sequence[Order], jobs: int, told: Told) -> Results:
    """Yield what came of orders as it comes, from processes of this machine.

    When a worker is killed, those at work with it are tried again, each alone, so that only the one that brings its
    worker down fails.
    """
    left = deque(orders)
    while left:
        suspects: list[Order] = []
        count = min(jobs, len(left))
        with crew.workers(count) if count > 1 else Here() as executor:
            yield from _through(executor, left, count, _safely if count > 1 else produce, told, suspects)
        for order in suspects:
            alone: list[Order] = []
            with crew.workers(1) as executor:
                yield from _through(executor, deque([order]), 1, _safely, told, alone)
            yield from ((each, _KILLED) for each in alone)


def far(orders: Sequence[Order], address: str, told: Told) -> Results:
    """Yield what came of orders as it comes, from the workers of a dask cluster; they need the same atlas and data.

    Raises
    ------
    AtlasError
        If dask is not installed, nobody answers at the address, or the cluster has no workers.
    """
    with _client(address) as client:
        count = len(client.scheduler_info(n_workers=-1)["workers"])
        if not count:
            raise AtlasError(f"the scheduler at {address} has no workers; start some: dask worker {address}")
        lost: list[Order] = []
        yield from _through(client.get_executor(pure=False, retries=1), deque(orders), count, produce_far, told, lost)
        yield from ((order, _KILLED) for order in lost)


def _safely(order: Order) -> Made:
    return crew.at_work(produce, order)


def _through(executor: Executor, left: deque[Order], width: int, work: Callable[[Order], Made], told: Told,
             suspects: list[Order]) -> Results:
    """Keep as many orders at work as there are workers; stop giving out when one was killed."""
    running: dict[Future[Made], Order] = {}
    while (left and not suspects) or running:
        while left and not suspects and len(running) < width:
            order = left.popleft()
            told(order)
            try:
                running[executor.submit(work, order)] = order
            except BrokenProcessPool:
                suspects.append(order)
        for done in wait(running, return_when=FIRST_COMPLETED).done:
            order, made = running.pop(done), _result(done)
            if made is None:
                suspects.append(order)
            else:
                yield order, made


def _result(done: Future[Made]) -> Made | None:
    """Return what was made, or nothing if the worker is gone."""
    try:
        return done.result()
    except (BrokenProcessPool, CancelledError):
        return None
    except Exception as error:
        if type(error).__name__ == "KilledWorker":  # dask's word for it; its class is not there without dask
            return None
        return Made({}, failure=Failure(f"{type(error).__name__}: {error}"))


@contextmanager
def _client(address: str) -> Generator[Any]:
    try:
        from distributed import Client  # an extra: most people have no cluster
    except ImportError:
        raise AtlasError("--cluster needs dask: pip install 'living-partner-atlas[cluster]'") from None
    try:
        client = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise AtlasError(f"no scheduler answers at {address}: {error}; start one: dask scheduler") from None
    with client:
        yield client
