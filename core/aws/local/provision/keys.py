"""The portal's own key: an IAM user with the policy of production, so a missing right shows on the first local run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError
from django.conf import settings

from core.aws.local.provision.clients import admin_client
from core.aws.mail import sender_address
from core.aws.policy import Place, operator_document, policy_document

USER_NAME = "enablement-portal"
OPERATOR_NAME = "enablement-portal-operator"
_POLICY_NAME = "least-privilege"


def ensure(endpoint: str, *, tables: list[str], user_pool_id: str, previous: Mapping[str, str]) -> dict[str, str]:
    iam = admin_client("iam", endpoint)
    account = admin_client("sts", endpoint).get_caller_identity()["Account"]
    place = Place(region=settings.AWS_REGION, account=account, user_pool_id=user_pool_id)
    return _key_of(iam, USER_NAME, document(place, tables), previous)


def ensure_operator(
    endpoint: str, *, tables: list[str], user_pool_id: str, previous: Mapping[str, str]
) -> dict[str, str]:
    """The key of who exports and restores; the portal is never given it."""
    iam = admin_client("iam", endpoint)
    account = admin_client("sts", endpoint).get_caller_identity()["Account"]
    place = Place(region=settings.AWS_REGION, account=account, user_pool_id=user_pool_id)
    buckets = [settings.ENABLEMENT_CONTENT_BUCKET, settings.LMS_MEDIA_BUCKET]
    wanted = operator_document(place, tables=tables, buckets=buckets, may_restore=True)
    return _key_of(iam, OPERATOR_NAME, wanted, previous)


def document(place: Place, tables: list[str]) -> dict[str, Any]:
    return policy_document(
        place,
        tables=tables,
        append_only=[settings.TABLES[kept] for kept in ("audit_log", "events") if settings.TABLES[kept] in tables],
        prefixes={
            settings.ENABLEMENT_CONTENT_BUCKET: ["content/"],
            settings.LMS_MEDIA_BUCKET: ["media/", "courses/", "lessons/"],
        },
        sender=sender_address(),
    )


def _key_of(iam: Any, name: str, wanted: dict[str, Any], previous: Mapping[str, str]) -> dict[str, str]:
    try:
        iam.get_user(UserName=name)
    except ClientError:
        iam.create_user(UserName=name)
    _policy(iam, name, wanted)
    return _key(iam, name, previous)


def _policy(iam: Any, name: str, wanted: dict[str, Any]) -> None:
    try:
        found = iam.get_user_policy(UserName=name, PolicyName=_POLICY_NAME)["PolicyDocument"]
    except ClientError:
        found = None
    if found != wanted:
        iam.put_user_policy(UserName=name, PolicyName=_POLICY_NAME, PolicyDocument=json.dumps(wanted))


def _key(iam: Any, name: str, previous: Mapping[str, str]) -> dict[str, str]:
    """A secret is shown only once, so a key whose secret we no longer know makes room for a new one."""
    known = previous.get("AWS_ACCESS_KEY_ID", "")
    existing = [key["AccessKeyId"] for key in iam.list_access_keys(UserName=name)["AccessKeyMetadata"]]
    if known in existing and previous.get("AWS_SECRET_ACCESS_KEY"):
        return {name: previous[name] for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
    for key in existing:
        iam.delete_access_key(UserName=name, AccessKeyId=key)
    made = iam.create_access_key(UserName=name)["AccessKey"]
    return {"AWS_ACCESS_KEY_ID": made["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": made["SecretAccessKey"]}
