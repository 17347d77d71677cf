"""MiniStack with autosave: by itself it keeps tables and accounts in memory until it is stopped politely.

A save runs in a forked child, which sees memory frozen at that moment, so requests go on being answered meanwhile.
`POST /_local/save` saves at once and answers when everything is on the disk.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import time
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from types import ModuleType
from typing import Any

from core.aws.local import mending
from core.aws.local.generations import Generations
from core.aws.local.leash import die_with_parent

logger = logging.getLogger("local-cloud")

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

SAVE_PATH = "/_local/save"
HEALTH_PATH = "/_ministack/health"
_TICK_SECONDS = 0.25
_CHILD_PATIENCE_SECONDS = 20
_MOST_PATIENCE_SECONDS = 15 * 60
_READING = (
    "Get", "List", "Describe", "Query", "Scan", "BatchGet", "TransactGet", "Head", "AdminGet", "AdminList",
)  # fmt: skip


def may_change_state(method: str, target: str) -> bool:
    """`target` is the X-Amz-Target header, for example `DynamoDB_20120810.PutItem`."""
    if method in {"GET", "HEAD", "OPTIONS"}:
        return False
    return not target.rpartition(".")[2].startswith(_READING)


class Autosave:
    def __init__(self, cloud: ModuleType, generations: Generations, interval: float) -> None:
        self._cloud = cloud
        self._generations = generations
        self._interval = interval
        self._unsaved = False
        self._not_before = 0.0
        self._patience: float = _CHILD_PATIENCE_SECONDS
        self._saving = asyncio.Lock()

    def around(self, inner: Application) -> Application:
        async def application(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "lifespan":
                ticking = asyncio.create_task(self._tick())
                await inner(scope, receive, send)
                ticking.cancel()
            elif scope["type"] == "http" and scope["path"] == SAVE_PATH and scope["method"] == "POST":
                await self._answer_save(send)
            else:
                await self._serve(inner, scope, receive, send)

        return application

    async def _serve(self, inner: Application, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await inner(scope, receive, send)
        finally:
            headers = dict(scope.get("headers", ()))
            if may_change_state(scope.get("method", ""), headers.get(b"x-amz-target", b"").decode("latin-1")):
                self._unsaved = True

    async def _answer_save(self, send: Send) -> None:
        saved = await self._save_in_child()
        await send({"type": "http.response.start", "status": 204 if saved else 500, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(_TICK_SECONDS)
            if self._unsaved and time.monotonic() >= self._not_before:
                await self._save_in_child()

    async def _save_in_child(self) -> bool:
        async with self._saving:
            began = time.monotonic()
            self._unsaved = False
            child = self._fork()
            done = await _code_of(child, self._patience)
            took, saved = time.monotonic() - began, done == 0
            # A machine that is busy, or a state that has grown, is given longer the next time.
            self._patience = (
                max(_CHILD_PATIENCE_SECONDS, 4 * took) if saved else min(2 * self._patience, _MOST_PATIENCE_SECONDS)
            )
            self._unsaved |= not saved
            # A large state takes long to write: at most a quarter of the time goes into saving. What failed is due.
            self._not_before = time.monotonic() + max(self._interval, 3 * took if saved else 0)
            if done is None:
                self._generations.drop_drafts()  # the child's own: there is one at a time
                print(f"  Saving the local cloud took longer than {took:.0f} seconds; it tries again.", flush=True)
            elif not saved:
                print("  The local cloud could not be saved; it tries again. Is the disk full?", flush=True)
            return saved

    def _fork(self) -> int:
        parent = os.getpid()
        child = os.fork()
        if child:
            return child
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            die_with_parent(parent, signal.SIGKILL)
            os.closerange(3, 65536)  # above all the listening socket
            self.save()
            status = 0
        except BaseException:
            logger.exception("saving failed")
        finally:
            os._exit(status)

    def save(self) -> None:
        self._generations.save(self._write)

    def _write(self, directory: Path) -> None:
        persistence = self._cloud.persistence
        persistence.STATE_DIR = str(directory)
        for name, get_state in self._cloud._build_persistence_save_dict().items():
            state = get_state()
            if state is None:
                continue
            persistence.save_state(name, state)
            if not (directory / f"{name}.json").exists():  # it logs its errors instead of raising them
                raise OSError(f"the state of {name} was not written")


async def _code_of(child: int, patience: float) -> int | None:
    """None for one that did not come to an end in so many seconds, and was made to."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        pid, status = os.waitpid(child, os.WNOHANG)  # noqa: ASYNC222  (it does not wait)
        if pid:
            return os.waitstatus_to_exitcode(status)
        await asyncio.sleep(0.02)
    # A thread held a lock while we forked, and in the child nobody will ever release it.
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)  # noqa: ASYNC222  (it is dead already)
    return None


def main() -> None:
    import ministack.app as cloud
    from ministack.core import persistence
    from ministack.services import s3

    mending.mend(s3)
    cloud.persistence = persistence
    generations = Generations(Path(os.environ["SAVES_DIR"]))
    autosave = Autosave(cloud, generations, float(os.environ["AUTOSAVE_SECONDS"]))
    cloud.app = autosave.around(cloud.app)
    cloud.save_all = lambda _services: autosave.save()  # the last save, when it is stopped
    cloud.main()


if __name__ == "__main__":
    main()
