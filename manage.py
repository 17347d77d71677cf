#!/usr/bin/env python
"""Django's command line."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> None:
    """On a laptop, where nothing says otherwise, commands work on the portal that `make run` serves."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    if "SECRET_KEY" not in os.environ and "AWS_ENDPOINT_URL" not in os.environ:
        from core.aws.local import environment

        local = Path(os.environ.get("LOCAL_DIR", Path(__file__).parent / ".local")) / "cloud.env"
        os.environ.update(environment.read_env(local))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
