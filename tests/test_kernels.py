"""Kernels: fresh for each notebook though forked from one warm process, private, and gone when their owner is."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import nbformat
import papermill
import psutil
import pytest
from jupyter_client.manager import AsyncKernelManager
from nbformat import NotebookNode, v4

from atlas import paths
from atlas.errors import AtlasError
from atlas.render import client, execute, kernels, warm

pytestmark = pytest.mark.skipif(not warm.possible(), reason="kernels are not forked on this system")

HEAVY = {"IPython", "ipykernel", "jinja2", "jupyter_client", "matplotlib", "nbconvert", "nbformat", "numpy", "pandas",
         "papermill", "pydantic", "typst", "yaml", "zmq", "distributed", "atlas.render.build", "atlas.data"}


@pytest.fixture
def notebook(tmp_path: Path) -> Callable[..., Path]:
    """Write a notebook of some cells: `notebook("1 + 1")`."""

    def write(*sources: str) -> Path:
        cells = [v4.new_code_cell(source, id=f"cell-{number}") for number, source in enumerate(sources)]
        named = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        path = tmp_path / "some.ipynb"
        nbformat.write(v4.new_notebook(cells=cells, metadata=named), path)
        return path

    return write


def said(ran: NotebookNode) -> Any:
    """What the last cell printed, as JSON."""
    return json.loads(ran.cells[-1].outputs[0].text)


def eventually(happened: Callable[[], bool], seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while not happened() and time.monotonic() < end:
        time.sleep(0.02)
    return happened()


def alone(work: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine in a thread of its own: a browser test of the same process leaves its loop running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


STATE = """
import json, os, sys, warnings, random, matplotlib, numpy, pandas, atlas.narrate
from atlas.data import tables
print(json.dumps([
    "leaked" in globals(), matplotlib.rcParams["font.size"], pandas.get_option("display.max_rows"),
    os.environ.get("LEAKED"), os.listdir(), len(sys.path), len(warnings.filters), len(tables().countries),
    hasattr(atlas.narrate, "leaked"), int(numpy.get_printoptions()["precision"])]))
"""
LEAK = """
import os, sys, warnings, matplotlib, numpy, pandas, atlas.narrate
from atlas.data import tables
leaked = atlas.narrate.leaked = True
os.environ["LEAKED"] = "1"
open("leaked", "w").close()
os.chdir("/")
sys.path.append("/leaked")
warnings.simplefilter("error")
matplotlib.rcParams["font.size"] = 99
pandas.set_option("display.max_rows", 7)
numpy.set_printoptions(precision=2)
tables().countries.clear()
"""


def test_nothing_leaks_from_one_notebook_to_the_next(notebook: Callable[..., Path]) -> None:
    before = said(execute.execute(notebook(STATE), {}))
    execute.execute(notebook(LEAK), {})
    assert said(execute.execute(notebook(STATE), {})) == before
    assert before[0] is False and before[3] is None and before[4] == []


def test_each_kernel_draws_its_own_random_numbers(notebook: Callable[..., Path]) -> None:
    draw = notebook("import numpy, random; print([numpy.random.random(), random.random()])")
    first, second = (said(execute.execute(draw, {})) for _ in range(2))
    assert first[0] != second[0] and first[1] != second[1]


PRIVATE = """
import json, os, psutil, sys
folder = os.path.dirname(sys.argv[sys.argv.index("-f") + 1])
warm = psutil.Process(os.getppid())
print(json.dumps([[one.laddr for p in (psutil.Process(), warm) for one in p.net_connections("inet")],
    oct(os.stat(folder).st_mode)[-3:], len(psutil.Process().net_connections("unix")) >= 5,
    warm.num_threads(), "papermill" in sys.modules or "nbconvert" in sys.modules, folder]))
"""


def test_a_kernel_listens_on_no_port_and_its_folder_is_private(notebook: Callable[..., Path]) -> None:
    ports, mode, sockets, threads, heavy, folder = said(execute.execute(notebook(PRIVATE), {}))
    assert ports == [] and mode == "700" and sockets
    assert threads == 1, "a process with threads must not fork"
    assert not heavy, "a kernel needs nothing of what runs notebooks"
    assert not Path(folder).exists()


def test_a_long_path_to_temporary_files_costs_time_not_the_report(notebook: Callable[..., Path],
                                                                  tmp_path: Path) -> None:
    long = tmp_path / ("long" * 25)
    long.mkdir()
    done = subprocess.run([sys.executable, "-c", OWNER, notebook("print(1)")], capture_output=True, text=True,
                          env={**os.environ, "TMPDIR": str(long)}, timeout=60, check=False)
    assert done.returncode == 0 and "AF_UNIX path too long" in done.stderr and done.stderr.count("\n") == 1, done.stderr
    assert list(long.iterdir()) == []


SHOWN = ("country = 'BLR'", "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2])\nplt.show()",
         "import pandas as pd\npd.DataFrame({'a': [1, 2]})",
         "import sys\nprint(country, sys.argv[1], sys.path)\nprint('warned', file=sys.stderr)",
         "import threading, os\nfrom IPython.display import Markdown\nMarkdown('**bold**')", "!echo from a shell",
         "import multiprocessing as m\nchild = m.get_context('fork').Process(target=print, args=['from a child'])\n"
         "child.start(); child.join()",
         "import matplotlib\n(matplotlib.rcParams['backend'], threading.current_thread().name, __name__)",
         "from IPython import get_ipython\ntype(get_ipython()).__name__, 1 / 3, globals().keys() >= {'country'}")


def outputs(ran: NotebookNode) -> list[Any]:
    return [cell.get("outputs") for cell in ran.cells]


@pytest.mark.slow
def test_papermill_takes_the_engine_and_gives_what_its_own_gives(notebook: Callable[..., Path], tmp_path: Path) -> None:
    ours, own = (papermill.execute_notebook(notebook(*SHOWN), None, engine_name=name, progress_bar=False)
                 for name in ("atlas", None))
    assert outputs(ours) == outputs(own)
    assert ours.metadata.language_info == own.metadata.language_info


@pytest.mark.slow
def test_the_command_papermill_gives_the_same_report_with_either_engine(tmp_path: Path) -> None:
    report, ours = paths.NOTEBOOKS / "country.ipynb", tmp_path / "ours.ipynb"
    command = [Path(sys.executable).with_name("papermill"), "--engine", "atlas", report, ours, "-p", "country", "CHE",
               "-p", "detail", "brief", "--no-progress-bar"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr
    own = papermill.execute_notebook(report, None, {"country": "CHE", "detail": "brief"}, progress_bar=False)
    assert outputs(nbformat.read(ours, 4)) == outputs(own)
    assert "Switzerland" in json.dumps(own)


@pytest.mark.parametrize(("last", "error"), [
    ("2", None),
    ("1 / 0", papermill.PapermillExecutionError),
    ("import os; os._exit(3)", AtlasError),
    ("import time; time.sleep(60)", AtlasError),
])
def test_the_executed_notebook_is_written_once_up_to_a_failing_cell(
    notebook: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: str, error: Any
) -> None:
    written: list[int] = []
    honest = client.write_ipynb
    for module in (papermill.execute, papermill.engines, client):
        monkeypatch.setattr(module, "write_ipynb", lambda nb, path: path and (written.append(1), honest(nb, path)))
    out = tmp_path / "out.ipynb"
    given: dict[str, Any] = {"engine_name": "atlas", "progress_bar": False, "execution_timeout": 2}
    path = notebook("print('before')", last, "print('after')")
    if error:
        with pytest.raises(error):
            papermill.execute_notebook(path, out, **given)
    else:
        papermill.execute_notebook(path, out, **given)
    assert written == [1]
    texts = [one.get("text") for cell in nbformat.read(out, 4).cells for one in cell.get("outputs", [])]
    assert "before\n" in texts and ("after\n" in texts) is (error is None)


@pytest.mark.parametrize(("source", "limits", "line"), [
    ("while True: pass", {"cell_seconds": 0.5},
     "a cell took longer than 0.5 seconds and was stopped in cell 2 (while True: pass)"),
    ("while True: pass", {"notebook_seconds": 0.7},
     "the notebook took longer than 0.7 seconds and was stopped in cell 2 (while True: pass)"),
    ("os.kill(os.getpid(), 9)", {},
     "the kernel died in cell 2 (os.kill(os.getpid(), 9)): it was killed, as happens when memory runs out"),
    ("os.abort()", {}, "the kernel died in cell 2 (os.abort()): Aborted"),
    ("os._exit(4)", {}, "the kernel died in cell 2 (os._exit(4)): exit status 4"),
    ("1 / 0", {}, "cell 2 failed (1 / 0): ZeroDivisionError: division by zero"),
])
def test_a_notebook_that_does_not_end_well_ends_in_one_line(
    notebook: Callable[..., Path], tmp_path: Path, source: str, limits: dict[str, float], line: str
) -> None:
    warm.start()
    pid = tmp_path / "pid"
    with pytest.raises(AtlasError) as error:
        tell = f"import os; print(open({str(pid)!r}, 'w').write(str(os.getpid())))"
        execute.execute(notebook(tell, source), {}, **limits)
    assert str(error.value) == line
    assert eventually(lambda: gone(int(pid.read_text())))


OWNER = """
import sys
from pathlib import Path
from atlas.render import execute
execute.execute(Path(sys.argv[1]), {})
"""
BUSY = """
import json, os, re, subprocess, sys
child = subprocess.Popen(["sleep", "300"])
with open("%s.part", "w") as file:
    json.dump([os.getpid(), child.pid, os.getppid(), os.path.dirname(os.getcwd())], file)
os.rename("%s.part", "%s")
"""


@pytest.mark.slow
@pytest.mark.parametrize(("number", "work"), [
    (signal.SIGKILL, "while True: pass"),
    (signal.SIGINT, "while True: pass"),
    (signal.SIGKILL, "re.match('(a+)+$', 'a' * 60 + 'b')"),
], ids=["killed", "Ctrl-C", "killed while the kernel is deaf"])
def test_no_kernel_outlives_its_owner(notebook: Callable[..., Path], tmp_path: Path, number: int, work: str) -> None:
    told = tmp_path / "told"
    path = notebook(BUSY.replace("%s", str(told)) + work)
    owner = subprocess.Popen([sys.executable, "-c", OWNER, path], stderr=subprocess.DEVNULL, start_new_session=True)
    assert eventually(told.exists, 30)
    kernel, child, server, folder = json.loads(told.read_text())
    owner.send_signal(number)
    owner.wait(10)
    assert eventually(lambda: all(map(gone, (kernel, server))))
    if work.startswith("while"):
        assert eventually(lambda: gone(child) and not Path(folder).exists())
    elif not gone(child):
        psutil.Process(child).kill()


WARM = "import os; print(os.getppid())"


def test_a_warm_process_that_was_killed_is_replaced(notebook: Callable[..., Path], tmp_path: Path) -> None:
    server = said(execute.execute(notebook(WARM), {}))
    dies = notebook(f"import os, signal, time; os.kill({server}, signal.SIGKILL); time.sleep(60)")
    with pytest.raises(AtlasError, match="the kernel died in cell 1"):
        execute.execute(dies, {})
    assert said(execute.execute(notebook(WARM), {})) != server


def test_other_data_are_read_anew(notebook: Callable[..., Path], tmp_path: Path,
                                  monkeypatch: pytest.MonkeyPatch) -> None:
    count = notebook("from atlas import library, paths; print(len(library.files()))")
    number = said(execute.execute(count, {}))
    (tmp_path / "assessments").mkdir()
    monkeypatch.setenv("ATLAS_DATA", str(tmp_path))
    assert number > 0 and said(execute.execute(count, {})) == 0
    before = warm._state()
    (tmp_path / "assessments" / "new.yaml").touch()
    assert warm._state() != before


@pytest.mark.slow
def test_workers_share_the_warm_process_of_their_owner(notebook: Callable[..., Path]) -> None:
    path = notebook(WARM)
    mine = said(execute.execute(path, {}))
    with ProcessPoolExecutor(1, get_context("spawn"), warm.join, (warm.invitation(),)) as pool:
        assert said(pool.submit(execute.execute, path, {}).result()) == mine


def test_a_kernel_can_be_interrupted_restarted_and_told_to_stop(tmp_path: Path) -> None:
    async def use() -> list[Any]:
        manager = kernels.PrivateKernelManager(kernel_name="python3")
        await manager.start_kernel(cwd=str(tmp_path))
        talk = manager.client()
        talk.start_channels()
        await talk.wait_for_ready(timeout=20)
        asyncio.get_running_loop().call_later(0.3, lambda: os.kill(manager.provisioner.pid, signal.SIGINT))
        interrupted = await talk.execute_interactive("import time; kept = 1; time.sleep(60)", timeout=20)
        first = manager.provisioner.pid
        await manager.restart_kernel()
        await talk.wait_for_ready(timeout=20)
        forgotten = await talk.execute_interactive("kept", timeout=20)
        second = manager.provisioner.pid
        await talk.execute_interactive("import atexit; atexit.register(open, 'farewell', 'w')", timeout=20)
        talk.stop_channels()
        await manager.shutdown_kernel()
        errors = [one["content"]["ename"] for one in (interrupted, forgotten)]
        return [*errors, gone(first), gone(second), first != second]

    assert alone(use()) == ["KeyboardInterrupt", "NameError", True, True, True]
    assert (tmp_path / "farewell").exists()


def test_a_kernel_that_cannot_start_is_said_in_one_line(notebook: Callable[..., Path],
                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(execute, "_SPARE", ["--IPKernelApp.shell_port=none"])
    with pytest.raises(AtlasError, match=r"^the kernel died before it was ready, perhaps for want of memory$"):
        execute.execute(notebook("1"), {})


def test_other_programs_find_the_provisioner_by_its_name(tmp_path: Path) -> None:
    async def use() -> int | None:
        manager = AsyncKernelManager(kernel_name="python3", connection_file=str(tmp_path / "kernel.json"))
        manager.kernel_spec.metadata["kernel_provisioner"] = {"provisioner_name": "atlas-provisioner"}
        await manager.start_kernel(extra_arguments=["--IPKernelApp.log_level=50"])
        parent = psutil.Process(manager.provisioner.pid).ppid()
        await manager.shutdown_kernel(now=True)
        return parent

    warm.start()
    assert alone(use()) == warm._server()._forkserver_pid


def test_where_no_kernel_can_be_forked_an_ordinary_one_serves_and_says_so_once(
    notebook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    kernels._say.cache_clear()
    monkeypatch.setattr(warm, "possible", lambda: False)
    path = notebook("import os; print(os.getppid())")
    with caplog.at_level(logging.WARNING, "atlas"):
        ran = [execute.execute(path, {}) for _ in range(2)]
    assert [one.cells[0].outputs[0].text for one in ran] == [f"{os.getpid()}\n"] * 2
    assert caplog.messages == ["atlas: the kernel starts the ordinary, slower way: "
                               "this system cannot fork a process safely"]


@pytest.mark.parametrize(("command", "options", "why"), [
    (["/usr/bin/python3", "-m", "ipykernel_launcher"], {}, "is not the Python of this process"),
    ([sys.executable, "-m", "xeus"], {}, "is not the Python of this process"),
    ([sys.executable, "-m", "ipykernel_launcher"], {"stdout": 1}, "it was asked for with stdout"),
    ([sys.executable, "-m", "ipykernel_launcher"], {"env": {"MPLBACKEND": "pdf"}}, "reads only at its start"),
])
def test_what_only_a_new_process_can_do_is_left_to_one(command: list[str], options: dict[str, Any], why: str) -> None:
    assert why in kernels._hindrance(command, {"env": dict(os.environ), **options})


@pytest.mark.parametrize("arguments", [["--help"], ["render", "--help"], ["--version"]], ids=" ".join)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    script = ("import sys; sys.argv[1:] = sys.argv[2:]\nfrom atlas.cli import main\n"
              "try: main(prog_name='atlas')\nexcept SystemExit: print('\\n'.join(sys.modules), file=sys.stderr)")
    done = subprocess.run([sys.executable, "-c", script, "-", *arguments], capture_output=True, text=True, check=True)
    assert "atlas" in done.stdout
    assert HEAVY & set(done.stderr.split()) == set()
