"""`make run`: starts the local cloud, fills it, serves the portal, and watches both until it is told to stop."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import time
from types import FrameType

from core.aws.local import announce, environment, network, processes
from core.aws.local.cloud import Cloud
from core.aws.local.config import ROOT, Config, StartError
from core.aws.local.lock import Lock
from core.index.sqlite import SqliteIndex

_PORTAL_START_SECONDS = 60
_WATCH_SECONDS = 0.3
_RESTARTS_PER_MINUTE = 3
_WORKER_PAUSE_SECONDS = 5


class Stop(BaseException):
    """Ctrl-C or SIGTERM."""


def run(config: Config) -> int:
    with Lock(config.lock_file) as lock:
        supervisor = Supervisor(config, lock)
        for wanted in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(wanted, _stop)
        try:
            supervisor.start()
            return supervisor.watch()
        except Stop:
            announce.say("\n  Stopping…")
            return 0
        finally:
            _ignore_signals()
            supervisor.stop()


def _stop(_number: int, _frame: FrameType | None) -> None:
    _ignore_signals()
    raise Stop


def _ignore_signals() -> None:
    """While stopping, so that an impatient second Ctrl-C does not cut off the saving."""
    for wanted in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(wanted, signal.SIG_IGN)


class Supervisor:
    def __init__(self, config: Config, lock: Lock) -> None:
        self.config = config
        self.lock = lock
        self.cloud = Cloud(config, announce.say)
        self.portal: subprocess.Popen[bytes] | None = None
        self.worker: subprocess.Popen[bytes] | None = None
        self.commands: list[subprocess.Popen[bytes]] = []
        self._restarts: list[float] = []
        self._worker_began = 0.0

    def start(self) -> None:
        began = time.monotonic()
        announce.say("  Starting the local cloud and the portal…")
        processes.end_left_behind(self.lock.left_behind.get("children", []))
        network.require_free_ports(self.config)
        self.lock.record(address=self.config.origin)
        self._launch_cloud()
        provisioning = self._command("provision")  # it waits for the cloud, and gets its own start-up done meanwhile
        self.cloud.wait()
        self._finish(provisioning)
        if not self.config.debug:
            self._finish(self._command("collectstatic", "--noinput", "--verbosity=0"))
        self._start_portal()  # it starts up while the demo data goes in
        self._bring_up_to_date()
        if not network.wait_until(_PORTAL_START_SECONDS, port=self.config.port, path="/health", process=self.portal):
            raise StartError("The portal did not start.", "What it said stands above.")
        self._start_worker()
        announce.ready(self.config, time.monotonic() - began)

    def watch(self) -> int:
        while True:
            time.sleep(_WATCH_SECONDS)
            if self.portal is not None and self.portal.poll() is not None:
                announce.say(f"\n  The portal stopped by itself ({_how(self.portal)}). What it said stands above.")
                if not self.config.debug or self.portal.returncode < 0:
                    return 1
                self._mend()
            if self.worker is not None and self.worker.poll() is not None:
                self._start_worker()
            if self.cloud.process is not None and self.cloud.process.poll() is not None:
                self._restart_cloud()

    def stop(self) -> None:
        for process in (*self.commands, self.worker, self.portal):
            if process is not None:
                processes.stop(process)
        self.cloud.stop()
        if self.cloud.process is not None:
            announce.say("  Stopped. Everything is saved.")

    def _launch_cloud(self) -> None:
        self.cloud.launch()
        self._record()

    def _restart_cloud(self) -> None:
        now = time.monotonic()
        self._restarts = [moment for moment in self._restarts if now - moment < 60] + [now]
        if len(self._restarts) > _RESTARTS_PER_MINUTE:
            raise StartError("The local cloud keeps stopping.", f"See the end of {self.config.cloud_log}.")
        announce.say(f"  The local cloud stopped ({_how(self.cloud.process)}); starting it again.")
        self._launch_cloud()
        self.cloud.wait()
        self._reindex()
        announce.say("  The local cloud is back.")

    def _mend(self) -> None:
        """A slip saved while the portal reloads must not end everything."""
        announce.say("  It starts again when you have changed the code.")
        broken = _last_change()
        while _last_change() == broken:
            time.sleep(1)
        self._start_portal()

    def _start_portal(self) -> None:
        arguments = [
            *("-m", "gunicorn", "portal.wsgi:application", "--bind", f"127.0.0.1:{self.config.port}"),
            *("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket"),
            *("--graceful-timeout", "5", "--log-level", "error"),
            # A token that is too long is refused by the portal, which says so, and not by the server, which does not.
            *("--limit-request-field_size", "16380"),
        ]
        if self.config.debug:
            arguments.append("--reload")
        self.portal = processes.start(arguments, self._portal_environment())
        self._record()

    def _start_worker(self) -> None:
        """It ends when the code changes, and must not be started in a row while that is broken."""
        if time.monotonic() - self._worker_began > _WORKER_PAUSE_SECONDS:
            self._worker_began = time.monotonic()
            self.worker = processes.start(["manage.py", "work"], self._portal_environment())
            self._record()

    def _bring_up_to_date(self) -> None:
        # The marker names the pool, so a cloud that lost everything is filled again.
        marker, pool = self.config.seeded_marker, self._portal_environment()["COGNITO_USER_POOL_ID"]
        is_seeded = marker.exists() and marker.read_text() == pool
        if self.config.demo_data and not is_seeded and _exists("seed_demo"):
            announce.say("  First start: adding the demo data…")
            self._finish(self._command("seed_demo"))
            if self.cloud.save():
                marker.write_text(pool)
        elif self.lock.was_stopped_uncleanly or SqliteIndex(self.config.local_dir / "search.db").stale:
            self._reindex()

    def _reindex(self) -> None:
        """After a crash the tables may be some seconds behind the search index, which is saved at once."""
        announce.say("  Rebuilding the search index…")
        self._finish(self._command("reindex"))

    def _command(self, *arguments: str) -> subprocess.Popen[bytes]:
        process = processes.start(["manage.py", *arguments], self._portal_environment())
        self.commands.append(process)
        return process

    def _finish(self, process: subprocess.Popen[bytes]) -> None:
        while process.poll() is None:
            time.sleep(0.02)
        self.commands.remove(process)
        if process.returncode:
            name = str(process.args[2])  # type: ignore[index]
            raise StartError(f"`manage.py {name}` failed ({_how(process)}).", "What it said stands above.")

    def _portal_environment(self) -> dict[str, str]:
        return environment.portal_environment(self.config, os.environ)

    def _record(self) -> None:
        ours = (self.cloud.process, self.portal, self.worker)
        self.lock.record(children=[process.pid for process in ours if process is not None])


def _last_change() -> float:
    sources = (folder.rglob("*.py") for folder in ROOT.iterdir() if folder.is_dir() and not folder.name.startswith("."))
    return max(path.stat().st_mtime for path in itertools.chain.from_iterable(sources))


def _exists(command: str) -> bool:
    return any(ROOT.glob(f"*/management/commands/{command}.py"))


def _how(process: subprocess.Popen[bytes] | None) -> str:
    code = process.returncode if process is not None else 0
    return f"exit {code}" if code >= 0 else signal.Signals(-code).name
