"""How what a cell's own subprocesses print reaches the notebook: ipykernel listens on a TCP port for it, we do not."""

from __future__ import annotations

import os
from typing import Any

import zmq
from ipykernel import kernelapp
from ipykernel.iostream import IOPubThread
from zmq.eventloop.zmqstream import ZMQStream


def keep_private(folder: str) -> None:
    """Make the kernel of this process listen in a folder instead."""

    class PrivateThread(IOPubThread):
        _pipe = f"ipc://{folder}/printed"

        def _setup_pipe_in(self) -> None:
            self._pipe_uuid = os.urandom(16)
            pipe = self.socket.context.socket(zmq.PULL)
            pipe.linger = 0
            pipe.bind(self._pipe)
            self._pipe_in = ZMQStream(pipe, self.io_loop)
            self._pipe_in.on_recv(self._handle_pipe_msg)

        def _setup_pipe_out(self) -> tuple[Any, Any]:
            context = zmq.Context()  # that of the parent does not survive the fork
            pipe = context.socket(zmq.PUSH)
            pipe.linger = 3000
            pipe.connect(self._pipe)
            return context, pipe

    vars(kernelapp)["IOPubThread"] = PrivateThread
