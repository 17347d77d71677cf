"""`python -m core.aws.local [run | manage ARGUMENTS… | reset]`"""

from __future__ import annotations

import os
import sys

from core.aws.local import announce, supervise
from core.aws.local.config import Config, StartError
from core.aws.local.environment import portal_environment
from core.aws.local.reset import wipe


def _manage(config: Config, arguments: list[str]) -> int:
    """Runs a management command in the environment of the running portal."""
    if not config.env_file.exists():
        raise StartError("There is no local cloud yet.", "Start it with `make run`, then try again.")
    os.execve(sys.executable, [sys.executable, "manage.py", *arguments], portal_environment(config, os.environ))


def main(arguments: list[str]) -> int:
    command, rest = (arguments[0], arguments[1:]) if arguments else ("run", [])
    try:
        config = Config.from_environment(os.environ)
        if command == "run":
            return supervise.run(config)
        if command == "manage":
            return _manage(config, rest)
        if command == "reset":
            return wipe(config)
        raise StartError(f"There is no command {command!r}.", "Use run, manage or reset.")
    except StartError as problem:
        announce.problem(problem)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
