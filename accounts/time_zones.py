from __future__ import annotations

import functools
import zoneinfo


@functools.cache
def names() -> tuple[str, ...]:
    """`Region/City` and UTC; the old aliases are left out."""
    return (
        "UTC",
        *sorted(
            name
            for name in zoneinfo.available_timezones()
            if "/" in name and not name.startswith(("Etc/", "SystemV/", "US/", "posix/", "right/"))
        ),
    )


def is_known(name: str) -> bool:
    return name in names()
