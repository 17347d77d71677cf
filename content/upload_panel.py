"""What `upload.js` and the form without it need to know, wherever files are added."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Sequence

from django.utils.translation import gettext

from content.rules.files import FileType


class UploadPanel(ABC):
    """`rules` is one sentence, shown before anything is chosen; `_step` the address of `start`, `parts` and the others."""

    def __init__(self, types: Sequence[FileType]) -> None:
        self._limits = {ending: file_type.limit for file_type in types for ending in file_type.extensions}

    @abstractmethod
    def _step(self, name: str) -> str: ...

    @property
    def start_url(self) -> str:
        return self._step("start")

    @property
    def parts_url(self) -> str:
        return self._step("parts")

    @property
    def finish_url(self) -> str:
        return self._step("finish")

    @property
    def abort_url(self) -> str:
        return self._step("abort")

    @property
    def accept(self) -> str:
        return ",".join(self._limits)

    @property
    def limits(self) -> str:
        return json.dumps(self._limits)

    @property
    def words(self) -> str:
        return json.dumps(_words())


def _words() -> dict[str, str]:
    return {
        "waiting": gettext("Waiting"),
        "sending": gettext("{sent} of {size}"),
        "offline": gettext("Connection lost. Goes on by itself once it is back."),
        "again": gettext("Interrupted. Trying again…"),
        "checking": gettext("Checking what has arrived…"),
        "done": gettext("Added"),
        "failed": gettext("This did not work. Try again in a moment."),
        "signedOut": gettext("You have been signed out. Sign in again in another tab, then try again."),
        "empty": gettext("This file is empty. Choose it again once it has been saved."),
        "type": gettext("Files of this kind cannot be added. See above which can."),
        "large": gettext("This file is {size}; files of this kind may be up to {limit}."),
        "folder": gettext("Folders cannot be added. Open it and choose the files in it."),
    }
