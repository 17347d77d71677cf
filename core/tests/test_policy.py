from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any

import pytest

from core.aws.policy import Place, operator_document, policy_document

PLACE = Place(region="us-east-1", account="123456789012", user_pool_id="us-east-1_pool")
JOB = "arn:aws:transcribe:us-east-1:123456789012:transcription-job/"
TABLE = "arn:aws:dynamodb:us-east-1:123456789012:table/"


@pytest.fixture
def policy() -> dict[str, Any]:
    return policy_document(
        PLACE,
        tables=["content_registry", "audit_log"],
        append_only=["audit_log"],
        prefixes={"files": ["content/"]},
        sender="portal@example.com",
    )


def allows(policy: dict[str, Any], action: str, resource: str) -> bool:
    """As IAM decides: a deny wins, and what nothing allows is denied."""
    effects = {
        statement["Effect"]
        for statement in policy["Statement"]
        if action in statement["Action"] and any(fnmatchcase(resource, pattern) for pattern in statement["Resource"])
    }
    return effects == {"Allow"}


@pytest.mark.parametrize(
    ("action", "resource", "allowed"),
    [
        ("dynamodb:GetItem", f"{TABLE}content_registry", True),
        ("dynamodb:Query", f"{TABLE}content_registry/index/StatusIndex", True),
        ("dynamodb:DeleteItem", f"{TABLE}content_registry", True),
        ("dynamodb:Scan", f"{TABLE}content_registry", False),
        ("dynamodb:Scan", f"{TABLE}content_registry/index/StatusIndex", False),
        ("dynamodb:DeleteTable", f"{TABLE}content_registry", False),
        ("dynamodb:GetItem", f"{TABLE}someone_elses", False),
        ("dynamodb:PutItem", f"{TABLE}audit_log", True),
        ("dynamodb:Query", f"{TABLE}audit_log/index/ByActorIndex", True),
        ("dynamodb:UpdateItem", f"{TABLE}audit_log", False),
        ("dynamodb:DeleteItem", f"{TABLE}audit_log", False),
        ("dynamodb:BatchWriteItem", f"{TABLE}audit_log", False),
        ("s3:PutObject", "arn:aws:s3:::files/content/1/source/deck.pdf", True),
        ("s3:GetObjectVersion", "arn:aws:s3:::files/content/1/source/deck.pdf", True),
        ("s3:PutObject", "arn:aws:s3:::files/elsewhere/deck.pdf", False),
        ("s3:DeleteBucket", "arn:aws:s3:::files", False),
        ("ssm:GetParameter", "arn:aws:ssm:us-east-1:123456789012:parameter/enablement-portal/google/client-id", True),
        ("ssm:GetParameter", "arn:aws:ssm:us-east-1:123456789012:parameter/other/secret", False),
        ("cognito-idp:AdminGetUser", "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_pool", True),
        ("cognito-idp:AdminGetUser", "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_other", False),
        ("cognito-idp:AdminAddUserToGroup", "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_pool", True),
        ("cognito-idp:AdminDeleteUser", "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_pool", False),
        (
            "cognito-idp:AdminSetUserPassword",
            "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_pool",
            False,
        ),
        ("transcribe:StartTranscriptionJob", f"{JOB}lesson-1-en-2", True),
        ("transcribe:GetTranscriptionJob", f"{JOB}lesson-1-en-2", True),
        ("transcribe:DeleteTranscriptionJob", f"{JOB}lesson-1-en-2", False),
        ("sqs:ReceiveMessage", "arn:aws:sqs:us-east-1:123456789012:enablement-portal-events", True),
        ("sqs:ReceiveMessage", "arn:aws:sqs:us-east-1:123456789012:another", False),
        ("sqs:SendMessage", "arn:aws:sqs:us-east-1:123456789012:enablement-portal-events", False),
        ("cognito-idp:DeleteUserPool", "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_pool", False),
    ],
)
def test_policy_allows_what_the_portal_does_and_no_more(
    policy: dict[str, Any], action: str, resource: str, allowed: bool
) -> None:
    assert allows(policy, action, resource) is allowed


def test_no_statement_allows_everything(policy: dict[str, Any]) -> None:
    for statement in policy["Statement"]:
        assert not any(action.endswith("*") for action in statement["Action"])
        assert "*" not in statement["Resource"] or (
            statement["Sid"] in {"Transcription", "Mail"} and statement["Condition"]
        )


def test_what_is_heard_goes_into_our_own_buckets_alone(policy: dict[str, Any]) -> None:
    statement = next(one for one in policy["Statement"] if one["Sid"] == "Transcription")
    assert statement["Condition"]["StringEqualsIfExists"] == {"transcribe:OutputBucketName": ["files"]}


def test_nothing_append_only_leaves_no_empty_statement() -> None:
    policy = policy_document(PLACE, tables=["content_registry"], append_only=[], prefixes={})
    assert all(statement["Resource"] for statement in policy["Statement"])


@pytest.mark.parametrize("may_restore", [False, True])
def test_operator_reads_everything_and_writes_only_to_restore(may_restore: bool) -> None:
    policy = operator_document(PLACE, tables=["content_registry"], buckets=["files"], may_restore=may_restore)
    pool = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_pool"
    assert allows(policy, "dynamodb:Scan", f"{TABLE}content_registry")
    assert allows(policy, "s3:ListBucketVersions", "arn:aws:s3:::files")
    assert allows(policy, "cognito-idp:ListUsers", pool)
    writing = (
        ("dynamodb:BatchWriteItem", f"{TABLE}content_registry"),
        ("s3:PutObject", "arn:aws:s3:::files/content/1/source/deck.pdf"),
        ("cognito-idp:AdminCreateUser", pool),
    )
    assert {allows(policy, *one) for one in writing} == {may_restore}
    assert not allows(policy, "dynamodb:DeleteTable", f"{TABLE}content_registry")
    assert not allows(policy, "dynamodb:Scan", f"{TABLE}someone_elses")


def test_mail_is_sent_from_one_address_and_without_one_not_at_all(policy: dict[str, Any]) -> None:
    (mail,) = (statement for statement in policy["Statement"] if statement["Sid"] == "Mail")
    assert mail["Action"] == ["ses:SendEmail"]
    assert mail["Condition"] == {"StringEqualsIfExists": {"ses:FromAddress": "portal@example.com"}}
    without = policy_document(PLACE, tables=["t"], append_only=[], prefixes={})
    assert "Mail" not in {statement["Sid"] for statement in without["Statement"]}
