"""Mail through SES: one message to one address, once.

SES knows no way to say the same thing twice without sending it twice. So nothing is tried again here, and who calls is
told what is known of a message that failed: that it did not go out, that it never will, or that nobody can say.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr

from botocore.exceptions import BotoCoreError, ClientError, ConnectTimeoutError, EndpointConnectionError
from django.conf import settings

from core.aws.clients import client
from core.aws.errors import code_of
from core.errors import PortalError, Unavailable

EVENT_SOURCE, BOUNCED, COMPLAINED = "aws.ses", "Email Bounced", "Email Complaint Received"
_BUSY = {
    *("TooManyRequestsException", "Throttling", "ThrottlingException", "ServiceUnavailableException"),
    *(
        "LimitExceededException",
        "SendingPausedException",
        "AccountSuspendedException",
        "MailFromDomainNotVerifiedException",
    ),
}
_NOT_CONNECTED = (EndpointConnectionError, ConnectTimeoutError)


class NotAccepted(PortalError):
    """SES does not take this message, and will not take it later."""

    message = "The mail was not accepted."


class Unanswered(PortalError):
    """It was handed over and no answer came: it may have gone out."""

    message = "Nobody said whether the mail was sent."


@dataclass(frozen=True)
class Mail:
    """`tags` come back with what SES tells of it later: letters, digits, `-` and `_` only."""

    to: str
    subject: str
    text: str
    html: str
    headers: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)


def send(mail: Mail) -> None:
    """Raises Unavailable when it was not sent and may be later, NotAccepted, and Unanswered."""
    try:
        client("sesv2").send_email(**_request(mail))
    except ClientError as error:
        code = code_of(error)
        if code in _BUSY:
            raise Unavailable from error
        if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0) >= 500:
            raise Unanswered from error
        raise NotAccepted(code or None) from error
    except _NOT_CONNECTED as error:
        raise Unavailable from error
    except BotoCoreError as error:
        raise Unanswered from error


def is_configured() -> bool:
    return bool(settings.MAIL_FROM)


def sender_address() -> str:
    return parseaddr(settings.MAIL_FROM)[1]


def digest(address: str) -> str:
    """What is kept of an address that does not take mail: enough to know it again, of no use to anybody else."""
    return hmac.new(_key(settings.SECRET_KEY), address.strip().casefold().encode(), hashlib.sha256).hexdigest()[:32]


@functools.cache
def _key(secret: str) -> bytes:
    return hashlib.sha256(b"core.aws.mail:" + secret.encode()).digest()


def _request(mail: Mail) -> dict[str, object]:
    wanted: dict[str, object] = {
        "FromEmailAddress": settings.MAIL_FROM,
        "Destination": {"ToAddresses": [mail.to]},
        "Content": {
            "Simple": {
                "Subject": _part(mail.subject),
                "Body": {"Text": _part(mail.text), "Html": _part(mail.html)},
                "Headers": [{"Name": name, "Value": value} for name, value in mail.headers.items()],
            }
        },
        "EmailTags": [{"Name": name, "Value": value} for name, value in mail.tags.items()],
    }
    if settings.MAIL_CONFIGURATION_SET:
        wanted["ConfigurationSetName"] = settings.MAIL_CONFIGURATION_SET
    return wanted


def _part(text: str) -> dict[str, str]:
    return {"Data": text, "Charset": "UTF-8"}
