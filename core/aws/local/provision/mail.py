"""Mail: the portal's own sender, as somebody verifies it once on AWS."""

from __future__ import annotations

from core.aws.local.provision.clients import admin_client
from core.aws.mail import sender_address


def ensure(endpoint: str) -> None:
    ses = admin_client("sesv2", endpoint)
    known = {identity["IdentityName"] for identity in ses.list_email_identities()["EmailIdentities"]}
    if sender_address() and sender_address() not in known:
        ses.create_email_identity(EmailIdentity=sender_address())
