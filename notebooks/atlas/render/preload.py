"""What a forked kernel finds done: the warm process imports this, and nothing else ever does.

A forkserver can only be told what to import. So this module, unlike all others, works when it is imported.
"""

import contextlib
import gc
import os
import signal

signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the owner, which ends this process too
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
os.environ.update(dict.fromkeys(_THREADS, "1"))  # a process with threads must not fork
os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")  # as ipykernel does
os.environ["JPY_PARENT_PID"] = str(os.getpid())  # whose end a kernel looks out for; read when ipykernel is imported

os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # else the debugger, which comes with ipykernel, talks

import ipykernel.debugger  # noqa: E402
import ipykernel.kernelapp  # noqa: E402
import ipykernel.zmqshell  # noqa: E402, F401
import IPython.core.completerlib  # noqa: E402
import IPython.extensions.storemagic  # noqa: E402, F401
import matplotlib.backends.backend_svg  # noqa: E402
import matplotlib.pyplot  # noqa: E402, F401
import tornado.platform.asyncio  # noqa: E402, F401

import atlas.narrate  # noqa: E402, F401
from atlas.charts import style  # noqa: E402
from atlas.data import tables  # noqa: E402

with contextlib.suppress(Exception):  # a faulty file is reported by the kernel that needs it
    known = tables()
    for group in known.groups.values():
        group.frame  # noqa: B018
    known.countries, known.events, known.memberships, known.status, known.indicators  # noqa: B018
    with style.house():
        style.width("", 9)

gc.collect()
gc.freeze()  # what is never visited is never copied
