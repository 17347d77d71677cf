"""What the portal may do in its cloud, and nothing more: the IAM policy of its role on AWS and of its key here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

PARAMETER_ROOT = "/enablement-portal"
QUEUE = "enablement-portal-events"

_APPEND = ["DescribeTable", "GetItem", "BatchGetItem", "Query", "PutItem", "ConditionCheckItem"]
_WRITE = [*_APPEND, "UpdateItem", "DeleteItem", "BatchWriteItem"]
# Whatever else is attached to the role: no request ever scans, and no table disappears.
_NEVER = ["Scan", "PartiQLSelect", "DeleteTable"]
_REWRITE = ["UpdateItem", "DeleteItem", "BatchWriteItem", "PartiQLUpdate", "PartiQLDelete"]


@dataclass(frozen=True)
class Place:
    region: str
    account: str
    user_pool_id: str

    def arn(self, service: str, resource: str) -> str:
        return f"arn:aws:{service}:{self.region}:{self.account}:{resource}"


def policy_document(
    place: Place,
    *,
    tables: Sequence[str],
    append_only: Sequence[str],
    prefixes: dict[str, Sequence[str]],
    sender: str = "",
) -> dict[str, Any]:
    """`append_only` names those of the tables that keep what was written; `prefixes` the open ones of each bucket.

    `sender` is the one address from which mail is sent; without it none may be.
    """
    statements = [
        *_tables(place, [table for table in tables if table not in append_only], append_only),
        *_files(prefixes),
        _allow("People", _named("cognito-idp", _PEOPLE), [place.arn("cognito-idp", f"userpool/{place.user_pool_id}")]),
        _allow("Parameters", _named("ssm", _PARAMETERS), [place.arn("ssm", f"parameter{PARAMETER_ROOT}/*")]),
        _allow("Events", ["events:PutEvents"], [place.arn("events", "event-bus/default")]),
        _transcription(sorted(prefixes)),
        _allow("Queue", _named("sqs", _QUEUE), [place.arn("sqs", QUEUE)]),
        _mail(sender),
    ]
    # IAM takes no statement about nothing.
    return {"Version": "2012-10-17", "Statement": [statement for statement in statements if statement["Resource"]]}


def operator_document(
    place: Place, *, tables: Sequence[str], buckets: Sequence[str], may_restore: bool
) -> dict[str, Any]:
    """For the person, never the portal, who exports an environment and, if she may, restores one: see ADR 9."""
    name = "Restore" if may_restore else "Export"
    objects = [f"arn:aws:s3:::{bucket}/*" for bucket in buckets]
    pool = [place.arn("cognito-idp", f"userpool/{place.user_pool_id}")]
    keys = [place.arn("ssm", f"parameter{PARAMETER_ROOT}/badges/*")]
    wanted: tuple[tuple[str, str, tuple[list[str], list[str]], list[str]], ...] = (
        ("Tables", "dynamodb", (["DescribeTable", "Scan", "Query"], ["BatchWriteItem"]), _table_arns(place, tables)),
        ("Buckets", "s3", (["ListBucketVersions"], []), [f"arn:aws:s3:::{bucket}" for bucket in buckets]),
        ("Files", "s3", (["GetObject", "GetObjectVersion"], _PUT_FILES), objects),
        ("People", "cognito-idp", (_READ_PEOPLE, _MAKE_PEOPLE), pool),
        ("Keys", "ssm", (["GetParameter"], ["PutParameter"]), keys),
    )
    statements = [
        _allow(f"{name}{what}", _named(service, [*reading, *(writing if may_restore else [])]), resources)
        for what, service, (reading, writing), resources in wanted
    ]
    return {"Version": "2012-10-17", "Statement": statements}


_PUT_FILES = ["PutObject", "DeleteObject", "DeleteObjectVersion"]
_READ_PEOPLE = ["ListUsers", "ListGroups", "ListUsersInGroup", "DescribeUserPoolClient"]
_MAKE_PEOPLE = [
    "AdminCreateUser",
    "AdminUpdateUserAttributes",
    "AdminSetUserPassword",
    "AdminAddUserToGroup",
    "AdminDisableUser",
    "AdminLinkProviderForUser",
    "CreateGroup",
]

# Nobody's account is deleted, no password is set and no address changed from here.
_PEOPLE = [
    "AdminGetUser",
    "AdminListGroupsForUser",
    "ListUsers",
    "ListUsersInGroup",
    "AdminCreateUser",
    "AdminAddUserToGroup",
    "AdminRemoveUserFromGroup",
    "AdminEnableUser",
    "AdminDisableUser",
    "AdminResetUserPassword",
    "AdminUserGlobalSignOut",
]
_TRANSCRIPTION = ["StartTranscriptionJob", "GetTranscriptionJob"]
_QUEUE = ["ReceiveMessage", "DeleteMessage"]
_PARAMETERS = ["GetParameter", "GetParameters", "GetParametersByPath"]
_FILE = [
    "GetObject",
    "GetObjectVersion",
    "PutObject",
    "DeleteObject",
    "DeleteObjectVersion",
    "AbortMultipartUpload",
    "ListMultipartUploadParts",
]


def _transcription(buckets: Sequence[str]) -> dict[str, Any]:
    """IAM knows no resource for starting a job; what it hears may go into our own buckets alone."""
    allowed = _allow("Transcription", _named("transcribe", _TRANSCRIPTION), ["*"] if buckets else [])
    return allowed | {"Condition": {"StringEqualsIfExists": {"transcribe:OutputBucketName": list(buckets)}}}


def _mail(sender: str) -> dict[str, Any]:
    """From this address alone. Of the identity that was verified for it nothing is said: it may be the domain's."""
    allowed = _allow("Mail", ["ses:SendEmail"], ["*"] if sender else [])
    return allowed | {"Condition": {"StringEqualsIfExists": {"ses:FromAddress": sender}}}


def _tables(place: Place, writable: Sequence[str], append_only: Sequence[str]) -> list[dict[str, Any]]:
    every = [*writable, *append_only]
    return [
        _allow("Tables", _named("dynamodb", _WRITE), _table_arns(place, writable)),
        _allow("AppendOnlyTables", _named("dynamodb", _APPEND), _table_arns(place, append_only)),
        _deny("NoScan", _named("dynamodb", _NEVER), _table_arns(place, every)),
        _deny("NoRewrite", _named("dynamodb", _REWRITE), _table_arns(place, append_only)),
    ]


def _files(prefixes: dict[str, Sequence[str]]) -> list[dict[str, Any]]:
    objects = [f"arn:aws:s3:::{bucket}/{prefix}*" for bucket, opened in prefixes.items() for prefix in opened]
    buckets = [f"arn:aws:s3:::{bucket}" for bucket in prefixes]
    return [
        _allow("Files", _named("s3", _FILE), objects),
        # Without it S3 answers 403 for an object that is not there, and a failed upload would look like a broken cloud.
        _allow("MissingFiles", ["s3:ListBucket"], buckets),
    ]


def _table_arns(place: Place, tables: Sequence[str]) -> list[str]:
    return [place.arn("dynamodb", f"table/{table}{suffix}") for table in tables for suffix in ("", "/index/*")]


def _named(service: str, actions: Sequence[str]) -> list[str]:
    return [f"{service}:{action}" for action in actions]


def _allow(name: str, actions: list[str], resources: list[str]) -> dict[str, Any]:
    return {"Sid": name, "Effect": "Allow", "Action": actions, "Resource": resources}


def _deny(name: str, actions: list[str], resources: list[str]) -> dict[str, Any]:
    return {"Sid": name, "Effect": "Deny", "Action": actions, "Resource": resources}
