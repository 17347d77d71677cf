"""The local cloud as a process: begun from its last good save, awaited, ended."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from core.aws.local import environment, network, processes
from core.aws.local.config import Config, StartError
from core.aws.local.generations import AllDamagedError, Generations, check_out
from core.aws.local.server import HEALTH_PATH, SAVE_PATH

_START_SECONDS = 60


class Cloud:
    def __init__(self, config: Config, say: Callable[[str], None] = print) -> None:
        self.config = config
        self.process: subprocess.Popen[bytes] | None = None
        self._say = say

    def launch(self) -> None:
        """Raises StartError when there are saves and none can be read."""
        check_out(self._last_good_save(), self.config.state_dir)
        environ = environment.cloud_environment(self.config, os.environ)
        self.process = processes.start(["-m", "core.aws.local.server"], environ, self.config.cloud_log)

    def wait(self) -> None:
        """Raises StartError when it dies, or does not answer in time."""
        if not network.wait_until(_START_SECONDS, port=self.config.cloud_port, path=HEALTH_PATH, process=self.process):
            raise StartError("The local cloud did not start.", f"See the end of {self.config.cloud_log}.")

    def save(self) -> bool:
        return network.status(self.config.cloud_port, "POST", SAVE_PATH, timeout=60) == 204

    def stop(self) -> None:
        if self.process is not None:
            processes.stop(self.process)

    def _last_good_save(self) -> Path | None:
        saves = Generations(self.config.saves_dir)
        saves.drop_drafts()
        try:
            state, damaged = saves.newest_intact()
        except AllDamagedError:
            raise StartError(
                f"No saved state in {self.config.saves_dir} can be read; nothing was changed.",
                "Put back a copy of that directory, or begin anew with `make reset`.",
            ) from None
        if state is not None and damaged:
            moment = time.strftime("%d %B %H:%M:%S", time.localtime(state.stat().st_mtime))
            names = ", ".join(f"damaged-{save.name}" for save in damaged)
            self._say(f"  The last saved state is damaged (kept as {names}); going on from the one of {moment}.")
            saves.set_aside(damaged)
        return state
