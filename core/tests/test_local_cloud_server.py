"""The real local cloud, on a port and in a directory of its own."""

from __future__ import annotations

import base64
import hmac
import json
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.request import urlopen

import botocore.session
import pytest
from botocore.config import Config as ClientConfig
from botocore.exceptions import ClientError
from django.conf import settings

from core.aws import mail, queue
from core.aws.local import demo, provision
from core.aws.local.cloud import Cloud
from core.aws.local.config import Config
from core.aws.local.generations import Generations
from core.aws.local.provision.clients import admin_client
from core.aws.policy import QUEUE
from core.outbox import bus

ORIGINS = ["http://127.0.0.1:8000", "http://localhost:8000"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    config = Config(local_dir=tmp_path_factory.mktemp("local-cloud"), cloud_port=free_port(), autosave_seconds=0.5)
    started = Cloud(config)
    started.launch()
    try:
        started.wait()
        yield started
    finally:
        started.stop()


@pytest.fixture(scope="module")
def found(cloud: Cloud) -> dict[str, str]:
    return provision.everything(endpoint=cloud.config.endpoint, portal_origins=ORIGINS)


def as_portal(found: dict[str, str], service: str) -> Any:
    return botocore.session.get_session().create_client(
        service,
        endpoint_url=found["AWS_ENDPOINT_URL"],
        region_name=found["AWS_REGION"],
        aws_access_key_id=found["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=found["AWS_SECRET_ACCESS_KEY"],
        config=ClientConfig(s3={"addressing_style": "path"}),
    )


def everything_there_is(endpoint: str) -> dict[str, Any]:
    dynamodb, cognito = admin_client("dynamodb", endpoint), admin_client("cognito-idp", endpoint)
    pools = cognito.list_user_pools(MaxResults=60)["UserPools"]
    pool_id = pools[0]["Id"]
    clients = cognito.list_user_pool_clients(UserPoolId=pool_id, MaxResults=60)["UserPoolClients"]
    client = {"UserPoolId": pool_id, "ClientId": clients[0]["ClientId"]}
    return {
        "tables": {name: _shape(dynamodb, name) for name in dynamodb.list_tables()["TableNames"]},
        "pools": [pool["Id"] for pool in pools],
        "clients": [entry["ClientId"] for entry in clients],
        "callbacks": cognito.describe_user_pool_client(**client)["UserPoolClient"]["CallbackURLs"],
        "people": {user["Username"]: user["UserStatus"] for user in cognito.list_users(UserPoolId=pool_id)["Users"]},
        "buckets": [bucket["Name"] for bucket in admin_client("s3", endpoint).list_buckets()["Buckets"]],
    }


def _shape(dynamodb: Any, name: str) -> tuple[list[str], str]:
    table = dynamodb.describe_table(TableName=name)["Table"]
    expiry = dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"]["TimeToLiveStatus"]
    return sorted(index["IndexName"] for index in table.get("GlobalSecondaryIndexes", [])), expiry


def test_provisioning_twice_changes_nothing(cloud: Cloud, found: dict[str, str]) -> None:
    before = everything_there_is(cloud.config.endpoint)
    again = provision.everything(endpoint=cloud.config.endpoint, portal_origins=ORIGINS, previous=found)
    assert again == found
    assert everything_there_is(cloud.config.endpoint) == before
    assert before["tables"][settings.TABLES["sessions"]] == (["ByPersonIndex"], "ENABLED")
    assert len(before["people"]) == len(demo.ACCOUNTS)


def test_another_port_is_known_to_the_sign_in_pages(cloud: Cloud, found: dict[str, str]) -> None:
    provision.everything(endpoint=cloud.config.endpoint, portal_origins=["http://127.0.0.1:9999"], previous=found)
    callbacks = everything_there_is(cloud.config.endpoint)["callbacks"]
    assert callbacks == ["http://127.0.0.1:9999/accounts/oidc/cognito/login/callback/"]


def test_demo_people_sign_in_with_their_role(cloud: Cloud, found: dict[str, str]) -> None:
    cognito = admin_client("cognito-idp", cloud.config.endpoint)
    for account in demo.ACCOUNTS:
        groups = cognito.admin_list_groups_for_user(UserPoolId=found["COGNITO_USER_POOL_ID"], Username=account.email)
        assert [group["GroupName"] for group in groups["Groups"]] == [account.group]


def test_portal_can_read_and_write_but_never_scan(found: dict[str, str]) -> None:
    dynamodb = as_portal(found, "dynamodb")
    dynamodb.put_item(TableName=settings.TABLES["profiles"], Item={"user_id": {"S": "someone"}})
    for call in ({"TableName": settings.TABLES["profiles"]}, {"TableName": settings.TABLES["audit_log"]}):
        with pytest.raises(ClientError, match="AccessDenied"):
            dynamodb.scan(**call)
    with pytest.raises(ClientError, match="AccessDenied"):
        dynamodb.delete_table(TableName=settings.TABLES["profiles"])


def test_portal_writes_files_only_where_they_belong(found: dict[str, str]) -> None:
    s3 = as_portal(found, "s3")
    bucket = found["ENABLEMENT_CONTENT_BUCKET"]
    version = s3.put_object(Bucket=bucket, Key="content/1/source/a.txt", Body=b"a")["VersionId"]
    s3.delete_object(Bucket=bucket, Key="content/1/source/a.txt", VersionId=version)
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.put_object(Bucket=bucket, Key="elsewhere/a.txt", Body=b"a")


def test_portal_renews_a_sign_in_and_ends_it(cloud: Cloud, found: dict[str, str]) -> None:
    client_id, secret = found["COGNITO_USER_POOL_CLIENT_ID"], found["COGNITO_USER_POOL_CLIENT_SECRET"]
    email = demo.ACCOUNTS[0].email
    proof = base64.b64encode(hmac.digest(secret.encode(), (email + client_id).encode(), "sha256")).decode()
    signed_in = admin_client("cognito-idp", cloud.config.endpoint).admin_initiate_auth(
        UserPoolId=found["COGNITO_USER_POOL_ID"],
        ClientId=client_id,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": email, "PASSWORD": demo.PASSWORD, "SECRET_HASH": proof},
    )["AuthenticationResult"]
    cognito = as_portal(found, "cognito-idp")
    app = {"ClientId": client_id, "ClientSecret": secret}
    token = signed_in["RefreshToken"]
    assert cognito.get_tokens_from_refresh_token(RefreshToken=token, **app)["AuthenticationResult"]["IdToken"]
    cognito.revoke_token(Token=token, **app)
    with pytest.raises(ClientError):
        cognito.get_tokens_from_refresh_token(RefreshToken=token, **app)


def told(number: int, source: str = bus.SOURCE) -> dict[str, str]:
    return {"Source": source, "DetailType": "content.approved", "Detail": json.dumps({"number": number})}


def heard(box: Any, url: str, tell: Callable[[Any], None]) -> int:
    with patch.object(queue, "client", lambda _service: box):
        return queue.hear(url, tell, wait=1)


def test_the_bus_brings_into_the_queue_what_a_rule_names_and_nothing_else(found: dict[str, str]) -> None:
    events, box = as_portal(found, "events"), as_portal(found, "sqs")
    entries = [told(1), told(2, "somebody.else"), told(3)]
    assert events.put_events(Entries=entries)["FailedEntryCount"] == 0
    seen: list[tuple[str, str, int]] = []

    def tell(envelope: Any) -> None:
        seen.append((envelope["source"], envelope["detail-type"], envelope["detail"]["number"]))

    while heard(box, found["EVENTS_QUEUE_URL"], tell):
        pass
    assert sorted(seen) == [(bus.SOURCE, "content.approved", number) for number in (1, 3)]


def test_what_cannot_be_told_comes_again_and_is_put_aside_in_the_end(cloud: Cloud, found: dict[str, str]) -> None:
    url, box = found["EVENTS_QUEUE_URL"], as_portal(found, "sqs")
    owner = admin_client("sqs", cloud.config.endpoint)
    owner.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "0"})
    try:
        as_portal(found, "events").put_events(Entries=[told(4)])
        tries: list[Any] = []

        def fail(envelope: Any) -> None:
            tries.append(envelope["detail"]["number"])
            raise ZeroDivisionError

        while heard(box, url, fail):
            pass
        aside = owner.get_queue_url(QueueName=f"{QUEUE}-aside")["QueueUrl"]
        (message,) = owner.receive_message(QueueUrl=aside, WaitTimeSeconds=1)["Messages"]
        assert (tries, json.loads(message["Body"])["detail"]) == ([4] * 5, {"number": 4})
    finally:
        owner.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "60"})


def test_portal_reads_its_queue_and_cannot_write_into_it(found: dict[str, str]) -> None:
    box, url = as_portal(found, "sqs"), found["EVENTS_QUEUE_URL"]
    forged = json.dumps({"source": mail.EVENT_SOURCE, "detail-type": mail.BOUNCED, "detail": {}})
    with pytest.raises(ClientError, match="AccessDenied"):
        box.send_message(QueueUrl=url, MessageBody=forged)
    with pytest.raises(ClientError, match="AccessDenied"):
        box.purge_queue(QueueUrl=url)


def test_portal_mails_from_its_own_address_alone_and_is_told_which_message(cloud: Cloud, found: dict[str, str]) -> None:
    ses = as_portal(found, "sesv2")
    body = {"Text": {"Data": "Grüße"}, "Html": {"Data": "<p>Grüße</p>"}}
    content = {"Simple": {"Subject": {"Data": "Zürich – 1"}, "Body": body}}
    to = {"Destination": {"ToAddresses": ["vera@gravyty.com"]}, "Content": content}
    assert ses.send_email(FromEmailAddress=settings.MAIL_FROM, **to)["MessageId"]
    with pytest.raises(ClientError):
        ses.send_email(FromEmailAddress="ceo@gravyty.com", **to)
    with urlopen(f"{cloud.config.endpoint}/_ministack/ses/messages") as answer:
        kept = [one for some in json.load(answer)["messages"].values() for one in some]
    assert [(one["To"], one["Subject"], one["BodyText"]) for one in kept] == [
        (["vera@gravyty.com"], "Zürich – 1", "Grüße")
    ]


def test_provisioning_refuses_a_cloud_that_is_not_local() -> None:
    with pytest.raises(ValueError, match="local cloud"):
        provision.everything(endpoint="https://dynamodb.us-east-1.amazonaws.com", portal_origins=ORIGINS)


def test_kill_keeps_what_was_written_before_the_last_autosave(tmp_path: Path) -> None:
    config = Config(local_dir=tmp_path, cloud_port=free_port(), autosave_seconds=0.2)
    cloud = Cloud(config)
    cloud.launch()
    try:
        cloud.wait()
        ssm = admin_client("ssm", config.endpoint)
        ssm.put_parameter(Name="/kept", Value="yes", Type="String")
        _until(lambda: bool(Generations(config.saves_dir).all()))
        _kill(cloud)
        cloud.launch()
        cloud.wait()
        assert ssm.get_parameter(Name="/kept")["Parameter"]["Value"] == "yes"
    finally:
        cloud.stop()


def test_saving_on_request_is_done_when_it_answers(cloud: Cloud) -> None:
    ssm = admin_client("ssm", cloud.config.endpoint)
    ssm.put_parameter(Name="/asked", Value="saved", Type="String", Overwrite=True)
    assert cloud.save()
    newest, damaged = Generations(cloud.config.saves_dir).newest_intact()
    assert newest is not None
    assert not damaged
    assert "/asked" in (newest / "ssm.json").read_text()


def _kill(cloud: Cloud) -> None:
    assert cloud.process is not None
    os.kill(cloud.process.pid, signal.SIGKILL)
    cloud.process.wait()


def _until(condition: Any, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)
