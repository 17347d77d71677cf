"""`make reset`: the local data goes, and nothing else."""

from __future__ import annotations

import shutil

from core.aws.local.announce import say
from core.aws.local.config import Config, StartError
from core.aws.local.lock import Lock


def wipe(config: Config) -> int:
    if not config.local_dir.exists():
        say(f"Nothing to reset: {config.local_dir} does not exist.")
        return 0
    if not config.lock_file.exists():
        raise StartError(
            f"{config.local_dir} was not made by `make run`, so it is left alone.",
            "Check LOCAL_DIR, or delete it yourself.",
        )
    with Lock(config.lock_file):
        shutil.rmtree(config.local_dir)
    say(f"Deleted {config.local_dir}. The next `make run` begins anew.")
    return 0
