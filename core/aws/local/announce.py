"""What `make run` says."""

from __future__ import annotations

import sys

from core.aws.local import demo
from core.aws.local.config import Config, StartError


def say(text: str) -> None:
    print(text, flush=True)


def problem(error: StartError) -> None:
    print(f"\n  {error.reason}\n  {error.remedy}\n", file=sys.stderr, flush=True)


def ready(config: Config, seconds: float) -> None:
    width = max(len(account.email) for account in demo.ACCOUNTS)
    accounts = "\n".join(f"    {a.email:<{width}}  {a.group:<11}  {a.name}" for a in demo.ACCOUNTS)
    say(
        f"\n  The Enablement Portal is ready at {config.origin}  (after {seconds:.1f} s)\n"
        f"\n  Sign in as one of these; the password of each is {demo.PASSWORD}\n\n{accounts}\n"
        f"\n  Local cloud {config.endpoint}, data in {config.local_dir}"
        f"\n  Stop with Ctrl-C; everything is kept for the next start.\n"
    )
