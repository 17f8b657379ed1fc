"""Kernels for notebooks: forked from the warm process where that can be, reached through private sockets."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from queue import Empty
from typing import Any, cast

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from traitlets import Unicode

from atlas.errors import AtlasError
from atlas.render import warm
from atlas.render.birth import Birth

PROVISIONER = "atlas-provisioner"

_LAUNCHERS = (["-m", "ipykernel_launcher"], ["-Xfrozen_modules=off", "-m", "ipykernel_launcher"])
_UNDERSTOOD = {"cwd", "env", "extra_arguments", "kernel_id"}
_SOCKET_LETTERS = 80
"""A path of a socket has at most some hundred bytes, the name included."""


@cache
def _say(why: str) -> None:
    logging.getLogger("atlas").warning("atlas: the kernel starts the ordinary, slower way: %s", why)


class WarmProvisioner(LocalProvisioner):
    """Forks Python kernels from the warm process; starts any other the ordinary way, and says so once."""

    litter = Unicode(help="A folder that the kernel removes if its owner dies without doing so.").tag(config=True)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel and return where it can be reached."""
        why = _hindrance(cmd, kwargs)
        if not why:
            birth = Birth(cmd[cmd.index("ipykernel_launcher") + 1:], dict(kwargs["env"]),
                          str(kwargs.get("cwd") or ""), self.litter)
            try:
                kernel = await asyncio.to_thread(warm.launch, birth)
                self.process = cast(Any, kernel)  # as good as the Popen that is expected
                self.pid = self.pgid = kernel.pid  # it leads a group of its own
                self.cwd = kwargs.get("cwd")
                await self._listening()
                return self.connection_info
            except Exception as error:
                why = f"the warm process failed ({error or type(error).__name__})"
        _say(why)
        return await super().launch_kernel(cmd, **kwargs)

    async def _listening(self) -> None:
        """Wait for the kernel's sockets: whoever calls too early is only let in a tenth of a second later."""
        at: dict[str, Any] = {**self.connection_info}
        if at.get("transport") == "ipc":
            doors = [f"{at['ip']}-{at[f'{name}_port']}" for name in ("shell", "iopub", "stdin", "control", "hb")]
            await self._until(lambda: all(map(os.path.exists, doors)), 5)

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel and the processes that it started, unless it has ended."""
        if self.process and self.process.poll() is None:
            await super().send_signal(signum)

    async def kill(self, restart: bool = False) -> None:
        """Stop the kernel and return when it is gone."""
        await super().kill(restart)
        await self._gone(1)

    async def shutdown_requested(self, restart: bool = False) -> None:
        """Give a kernel that was asked to stop the moment that it needs; the caller looks only ten times a second."""
        await self._gone(0.5)

    async def _gone(self, seconds: float) -> None:
        await self._until(lambda: False, seconds)

    async def _until(self, done: Callable[[], bool], seconds: float) -> None:
        end = time.monotonic() + seconds
        while self.process and self.process.poll() is None and not done() and time.monotonic() < end:
            await asyncio.sleep(0.002)


def _hindrance(command: list[str], options: dict[str, Any]) -> str:
    """Say why a kernel cannot be forked; empty if it can."""
    if not warm.possible():
        return "this system cannot fork a process safely"
    if command[0] != sys.executable or not any(command[1:1 + len(one)] == one for one in _LAUNCHERS):
        return f"{' '.join(command[:3])} is not the Python of this process"
    others = sorted(name for name, value in options.items() if name not in _UNDERSTOOD and value is not None)
    if others:
        return f"it was asked for with {', '.join(others)}"
    if not warm.fits(options.get("env") or {}):
        return "it was given variables that Python reads only at its start"
    return ""


class PromptKernelClient(AsyncKernelClient):
    """Starts when the kernel answers, without listening for a fifth of a second for messages that do not concern it."""

    async def _async_wait_for_ready(self, timeout: float | None = None) -> None:
        end = time.monotonic() + (timeout or float("inf"))
        while time.monotonic() < end:
            self.kernel_info()
            with contextlib.suppress(Empty):
                reply = await self.shell_channel.get_msg(timeout=1)
                if reply["msg_type"] == "kernel_info_reply":
                    await self.iopub_channel.get_msg(timeout=0.2)  # outputs arrive too
                    self._handle_kernel_info_reply(reply)
                    return
            if not await self._async_is_alive():
                raise AtlasError("the kernel died before it was ready, perhaps for want of memory")
        raise AtlasError(f"the kernel was not ready within {timeout:g} seconds")

    wait_for_ready = _async_wait_for_ready


class PrivateKernelManager(AsyncKernelManager):
    """Manages one kernel whose sockets and key lie in a folder that only this user can open; nothing is on TCP."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.client_factory = PromptKernelClient
        short = len(os.fsencode(tempfile.gettempdir())) < _SOCKET_LETTERS
        self._room = tempfile.TemporaryDirectory(prefix="atlas-", dir=None if short else "/tmp",
                                                 ignore_cleanup_errors=True)
        self.connection_file = f"{self._room.name}/kernel.json"
        if os.name == "posix":
            self.transport = "ipc"
            self.ip = f"{self._room.name}/k"

    @property
    def kernel_spec(self) -> KernelSpec | None:
        """The kernel asked for, forked unless its own description names another way to start it."""
        spec = super().kernel_spec
        if spec:
            how = {"provisioner_name": PROVISIONER, "config": {"litter": self._room.name}}
            spec.metadata.setdefault("kernel_provisioner", how)
        return spec

    def empty_folder(self) -> str:
        """Return a new folder that goes when the kernel goes."""
        return tempfile.mkdtemp(dir=self._room.name)

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart=restart)
        if not restart:
            self._room.cleanup()
