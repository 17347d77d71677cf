"""A certificate as an Open Badge 3.0: the documents, and the claims of the token that they are signed as.

Sources: Open Badges 3.0 (1EdTech) with its VC-JWT proof, Verifiable Credentials 2.0 and Bitstring Status List 1.0 (W3C).
"""

from __future__ import annotations

import gzip
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
LIST_BITS = 131_072
"""The least that a status list may hold: one badge is to hide among many."""

Document = dict[str, Any]


@dataclass(frozen=True)
class Issuer:
    issuer_id: str
    name: str
    url: str

    def profile(self) -> Document:
        return {"id": self.issuer_id, "type": ["Profile"], "name": self.name, "url": self.url}


@dataclass(frozen=True)
class Identity:
    """Whose it is: only who knows the address can tell that it is hers."""

    identity_hash: str
    salt: str

    @classmethod
    def of(cls, email: str, salt: str) -> Identity:
        return cls("sha256$" + sha256((email.strip().lower() + salt).encode()).hexdigest(), salt)

    def document(self) -> Document:
        return {
            "type": "IdentityObject",
            "hashed": True,
            "identityHash": self.identity_hash,
            "identityType": "emailAddress",
            "salt": self.salt,
        }


@dataclass(frozen=True)
class Badge:
    """`address` is the public page that verifies it, and its id. `status_list` is where its bit is published."""

    address: str
    achievement_id: str
    title: str
    description: str
    criteria: str
    valid_from: datetime
    valid_until: datetime | None
    identity: Identity | None
    status_list: str | None
    status_index: int | None


def credential(badge: Badge, issuer: Issuer) -> Document:
    made: Document = {
        "@context": [CREDENTIALS, BADGES],
        "id": badge.address,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": issuer.profile(),
        "validFrom": stamp(badge.valid_from),
        "name": badge.title,
        "credentialSubject": _subject(badge),
    }
    if badge.valid_until:
        made["validUntil"] = stamp(badge.valid_until)
    if badge.status_list and badge.status_index is not None:
        made["credentialStatus"] = {
            "id": f"{badge.status_list}#{badge.status_index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(badge.status_index),
            "statusListCredential": badge.status_list,
        }
    return made


def _subject(badge: Badge) -> Document:
    subject: Document = {
        "id": f"{badge.address}#holder",
        "type": ["AchievementSubject"],
        "achievement": {
            "id": badge.achievement_id,
            "type": ["Achievement"],
            "achievementType": "Course",
            "name": badge.title,
            "description": badge.description or badge.title,
            "criteria": {"narrative": badge.criteria},
        },
    }
    if badge.identity:
        subject["identifier"] = [badge.identity.document()]
    return subject


def status_list(address: str, issuer: Issuer, revoked: Iterable[int], *, since: datetime, until: datetime) -> Document:
    """Valid for a short time, so that nobody can pass off an old one in which less was revoked."""
    return {
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.issuer_id,
        "validFrom": stamp(since),
        "validUntil": stamp(until),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded_list(revoked),
        },
    }


def encoded_list(indexes: Iterable[int]) -> str:
    """Bits from the left, compressed, as multibase base64url. Raises IndexError for one that is not in the list."""
    bits = bytearray(LIST_BITS // 8)
    for index in indexes:
        if index < 0:
            raise IndexError(index)
        bits[index // 8] |= 0x80 >> index % 8
    return "u" + urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")


def claims(document: Mapping[str, Any]) -> Document:
    """What is signed: the document itself, with the registered claims that say the same."""
    issuer = document["issuer"]
    registered: Document = {
        "iss": issuer if isinstance(issuer, str) else issuer["id"],
        "jti": document["id"],
        "nbf": seconds(document["validFrom"]),
        "sub": document["credentialSubject"]["id"],
    }
    if "validUntil" in document:
        registered["exp"] = seconds(document["validUntil"])
    return {**document, **registered}


def stamp(moment: datetime) -> str:
    """In whole seconds, as the registered claims are."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def seconds(stamped: str) -> int:
    return int(datetime.fromisoformat(stamped).timestamp())


def list_name(issued_at: datetime) -> str:
    """Certificates of a month share a list, so lists do not fill up."""
    return issued_at.astimezone(UTC).strftime("%Y-%m")
