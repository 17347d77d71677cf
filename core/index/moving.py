"""What the clock alone changes: the terms that end or begin between two moments, in either direction."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

Changes = dict[tuple[str, str], tuple[set[int], set[int]]]

_BOUNDARIES = """
SELECT document, name, value, since, until FROM timed WHERE since > :first AND since <= :last
UNION
SELECT document, name, value, since, until FROM timed WHERE until > :first AND until <= :last
"""


def changes_between(db: sqlite3.Connection, then: int, now: int) -> Changes:
    """For each term the documents that lost it and those that gained it.

    The periods of one term of one document neither overlap nor touch, so one that spans both moments has no other
    with a boundary between them.
    """
    changes: Changes = defaultdict(lambda: (set(), set()))
    if then == now:
        return changes
    between = {"first": min(then, now), "last": max(then, now)}
    for document, name, value, since, until in db.execute(_BOUNDARIES, between):
        ended, begun = changes[name, value]
        if since <= now < until:
            begun.add(document)
        else:
            ended.add(document)
    for ended, begun in changes.values():
        ended -= begun
    return changes
