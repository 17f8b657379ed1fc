"""What a machine has to give: the memory that a command takes, and how busy others keep it."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

MEGABYTE = 1_000_000


def peak(command: Sequence[str | Path], every: float = 0.1) -> tuple[float, str]:
    """Run a command and return the most megabytes that its processes held at once, and what was counted.

    Memory that processes share is counted once where the system tells (PSS, on Linux), else in each (RSS).
    """
    most, kind = 0.0, "RSS"
    with subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        whole = psutil.Process(running.pid)
        while running.poll() is None:
            held, kind = _held(whole)
            most = max(most, held)
            time.sleep(every)
    if running.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}: exit status {running.returncode}")
    return most / MEGABYTE, kind


def _held(whole: psutil.Process) -> tuple[float, str]:
    held, kind = 0, "RSS"
    try:
        family = [whole, *whole.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0, kind
    for one in family:
        try:
            found = one.memory_full_info()
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
        kind = "PSS" if hasattr(found, "pss") else "RSS"
        held += getattr(found, "pss", found.rss)
    return held, kind


def busy(seconds: float = 5) -> float:
    """Return how many per cent of the processors' time others take."""
    return psutil.cpu_percent(interval=seconds)
