"""A notebook that stops leaves what ran of it, and the cell at which it stopped."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from atlas.render import execute
from tinies import notebook

STOPS = {
    "an error": ("1/0", "ZeroDivisionError"),
    "a limit": ("import time; time.sleep(30)", "took longer than 2 seconds"),
    "a dead kernel": ("import os; os.kill(os.getpid(), 9)", "the kernel died"),
}


@pytest.mark.parametrize("why", STOPS)
def test_what_ran_is_kept_up_to_the_cell_that_stopped_it(why: str, tmp_path: Path) -> None:
    source, said = STOPS[why]
    path = tmp_path / "tiny.ipynb"
    nbformat.write(notebook("print('before')", source, "print('after')"), path)
    with pytest.raises(execute.Unfinished, match=said) as stopped:
        execute.execute(path, {}, cell_seconds=2)
    assert stopped.value.cell == source
    printed = {cell.source: [out.get("text", "").strip() for out in cell.outputs]
               for cell in stopped.value.notebook.cells if cell.cell_type == "code"}
    assert printed["print('before')"] == ["before"] and printed["print('after')"] == []
