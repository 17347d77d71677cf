"""The portal's own key: an IAM user with the policy of production, so a missing right shows on the first local run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError
from django.conf import settings

from core.aws.local.provision.clients import admin_client
from core.aws.policy import Place, policy_document

USER_NAME = "enablement-portal"
_POLICY_NAME = "least-privilege"


def ensure(endpoint: str, *, tables: list[str], user_pool_id: str, previous: Mapping[str, str]) -> dict[str, str]:
    iam = admin_client("iam", endpoint)
    account = admin_client("sts", endpoint).get_caller_identity()["Account"]
    place = Place(region=settings.AWS_REGION, account=account, user_pool_id=user_pool_id)
    _user(iam)
    _policy(iam, document(place, tables))
    return _key(iam, previous)


def document(place: Place, tables: list[str]) -> dict[str, Any]:
    return policy_document(
        place,
        tables=tables,
        append_only=[table for table in tables if table == settings.TABLES["audit_log"]],
        prefixes={
            settings.ENABLEMENT_CONTENT_BUCKET: ["content/"],
            settings.LMS_MEDIA_BUCKET: ["media/", "courses/", "lessons/"],
        },
    )


def _user(iam: Any) -> None:
    try:
        iam.get_user(UserName=USER_NAME)
    except ClientError:
        iam.create_user(UserName=USER_NAME)


def _policy(iam: Any, wanted: dict[str, Any]) -> None:
    try:
        found = iam.get_user_policy(UserName=USER_NAME, PolicyName=_POLICY_NAME)["PolicyDocument"]
    except ClientError:
        found = None
    if found != wanted:
        iam.put_user_policy(UserName=USER_NAME, PolicyName=_POLICY_NAME, PolicyDocument=json.dumps(wanted))


def _key(iam: Any, previous: Mapping[str, str]) -> dict[str, str]:
    """A secret is shown only once, so a key whose secret we no longer know makes room for a new one."""
    known = previous.get("AWS_ACCESS_KEY_ID", "")
    existing = [key["AccessKeyId"] for key in iam.list_access_keys(UserName=USER_NAME)["AccessKeyMetadata"]]
    if known in existing and previous.get("AWS_SECRET_ACCESS_KEY"):
        return {name: previous[name] for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
    for key in existing:
        iam.delete_access_key(UserName=USER_NAME, AccessKeyId=key)
    made = iam.create_access_key(UserName=USER_NAME)["AccessKey"]
    return {"AWS_ACCESS_KEY_ID": made["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": made["SecretAccessKey"]}
