"""The progress bar: what is running, done and failed, and how long is left; silent when nobody watches."""

from __future__ import annotations

from types import TracebackType

from tqdm import tqdm

_SHAPE = "{n_fmt}/{total_fmt} |{bar}| {elapsed}, {remaining} left{postfix}"
_SHOWN = 6


class Progress:
    """A bar over a number of reports.

    Parameters
    ----------
    total : int
        How many reports are to be made.
    """

    def __init__(self, total: int) -> None:
        self._running: list[str] = []
        self._failed = 0
        self._bar: tqdm = tqdm(total=total, disable=None if total else True, unit="report", bar_format=_SHAPE,
                               dynamic_ncols=True)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 traceback: TracebackType | None) -> None:
        self._bar.close()

    def started(self, name: str) -> None:
        """Show that a report is being made; one that is tried again is shown once."""
        if name not in self._running:
            self._running.append(name)
        self._show()

    def ended(self, name: str, failed: bool) -> None:
        """Show that a report is made, or that it failed."""
        self._running = [one for one in self._running if one != name]
        self._failed += failed
        self._show()
        self._bar.update()

    @property
    def words(self) -> str:
        """What stands behind the bar: `running BLR, CHE; 1 failed`."""
        more = ["…"] if len(self._running) > _SHOWN else []
        running = f"running {', '.join(self._running[:_SHOWN] + more)}" if self._running else ""
        return "; ".join(filter(None, [running, f"{self._failed} failed" if self._failed else ""]))

    def _show(self) -> None:
        self._bar.set_postfix_str(self.words)
