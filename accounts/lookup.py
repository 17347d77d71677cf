"""Finding people in Cognito's pool: by the beginning of a name, by a whole address, by their ids, or many at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property

from accounts.rules import tidy_email
from core.aws import user_pool
from core.aws.user_pool import PoolUser, where
from core.errors import NotFound

MOST_FOUND, MOST_TEXT = 20, 100
_PAGE, _AT_ONCE = 60, 8
_FEW = 40
"""So many are asked for one by one; for more, everybody is listed once."""


def beginning_with(text: str) -> list[PoolUser]:
    """Whose name begins so, or whose address it is, without disabled accounts. At most one page."""
    text = " ".join(text.split())[:MOST_TEXT]
    if not text:
        return []
    if "@" in text:
        user = user_pool.user_by_email(tidy_email(text))
        users = [user] if user else []
    else:
        name = text.title() if text.islower() else text
        users = user_pool.users(condition=where("name", "^=", name), limit=MOST_FOUND).users
    return [user for user in users if user.enabled]


def enabled_among(user_ids: Iterable[str]) -> list[PoolUser]:
    return [user for user in among(user_ids) if user.enabled]


def among(user_ids: Iterable[str]) -> list[PoolUser]:
    """Those of them who have an account, in the order given."""
    wanted = list(dict.fromkeys(user_ids))
    directory, at_once = Directory(len(wanted)), _AT_ONCE if len(wanted) <= _FEW else 1  # everybody is listed once
    with ThreadPoolExecutor(at_once) as pool:
        found = list(pool.map(directory.with_id, wanted))
    return [user for user in found if user]


def everybody() -> Iterator[PoolUser]:
    token = None
    while True:
        page = user_pool.users(token=token, limit=_PAGE)
        yield from page.users
        token = page.token
        if token is None:
            return


class Directory:
    """Looks people up by address or id. For many it lists everybody once, when it is first asked."""

    def __init__(self, expected: int) -> None:
        self._many = expected > _FEW

    @cached_property
    def _known(self) -> dict[str, PoolUser] | None:
        if not self._many:
            return None
        return {key: user for user in everybody() for key in (_key(user.email), user.user_id) if key}

    def find(self, text: str) -> PoolUser | None:
        key = _key(text)
        if "@" not in key:
            return self.with_id(text)
        return self._known.get(key) if self._known is not None else user_pool.user_by_email(key)

    def with_id(self, user_id: str) -> PoolUser | None:
        if self._known is not None:
            return self._known.get(user_id)
        try:
            return user_pool.user_by_id(user_id)
        except NotFound:
            return None


def _key(address: str) -> str:
    """Addresses that look alike are alike, however a keyboard put their accents together."""
    return unicodedata.normalize("NFC", tidy_email(address))
