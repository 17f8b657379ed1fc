"""The progress bar: what is running, done and failed, how long is left; nothing where nobody watches."""

from __future__ import annotations

import os
import re
import sys

import pytest

from atlas.render.progress import Progress


def test_it_names_what_is_running_and_counts_what_failed() -> None:
    with Progress(3) as shown:
        assert shown.words == ""
        shown.started("BLR")
        shown.started("CHE")
        assert shown.words == "running BLR, CHE"
        shown.ended("BLR", failed=True)
        assert shown.words == "running CHE; 1 failed"
        shown.ended("CHE", failed=False)
        assert shown.words == "1 failed"


def test_what_is_tried_again_is_shown_once_and_many_are_cut_short() -> None:
    with Progress(9) as shown:
        for name in ("AAA", "AAA", "BBB", "CCC", "DDD", "EEE", "FFF", "GGG"):
            shown.started(name)
        assert shown.words == "running AAA, BBB, CCC, DDD, EEE, FFF, …"


def test_it_is_silent_where_nobody_watches(capfd: pytest.CaptureFixture[str]) -> None:
    with Progress(1) as shown:
        shown.started("BLR")
        shown.ended("BLR", failed=False)
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(os.name != "posix", reason="terminals as POSIX has them")
def test_on_a_terminal_it_says_how_many_are_done_and_how_long_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    import pty
    import termios

    reader, writer = pty.openpty()
    termios.tcsetwinsize(writer, (24, 100))
    with os.fdopen(writer, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        with Progress(2) as shown:
            shown.started("BLR")
            shown.ended("BLR", failed=False)
            shown.started("CHE")
        terminal.flush()
        said = os.read(reader, 10000).decode()
    os.close(reader)
    assert re.search(r"1/2 \|.*\| \d\d:\d\d, \S+ left", said), said
    assert "running CHE" in said
