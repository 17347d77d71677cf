"""What was agreed when an upload began. It travels signed through the browser, so the server keeps nothing of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.core import signing

from accounts.person import Person
from content.rules.files import PART_SIZE
from core.errors import Invalid, Refused

_SALT = "content.upload"
_LIVES_SECONDS = 24 * 60 * 60  # a large file over a slow line; what S3 accepts with it lives minutes


@dataclass(frozen=True)
class Ticket:
    """`place` is what the file is for, `revision` the state of it that the file is added to.

    `key` is where the file goes; without a `name` it is the folder, and a plain form names the file.
    """

    place: str
    revision: int
    user_id: str
    key: str
    name: str = ""
    size: int = 0
    mime: str = ""
    upload_id: str = ""

    @property
    def parts(self) -> int:
        return -(-self.size // PART_SIZE) if self.upload_id else 0

    def part_size(self, number: int) -> int:
        return PART_SIZE if number < self.parts else self.size - PART_SIZE * (self.parts - 1)


def seal(ticket: Ticket) -> str:
    return signing.dumps(asdict(ticket), salt=_SALT, compress=True)


def unseal(token: str, place: str, by: Person) -> Ticket:
    """Raises Invalid for one that is too old or was edited, Refused for somebody else's or one for another place."""
    try:
        ticket = Ticket(**signing.loads(token, salt=_SALT, max_age=_LIVES_SECONDS))
    except signing.SignatureExpired as error:
        raise Invalid("This upload was started too long ago. Add the file again.") from error
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise Invalid("This upload cannot be completed, because its ticket was changed. Add the file again.") from error
    if ticket.user_id != by.user_id:
        raise Refused("This upload was started by somebody else. Add the file again.")
    if ticket.place != place:
        raise Refused("This upload was started for another item. Add the file again.")
    return ticket
