"""A client generated from the API's document does the whole journey on the running portal, with Cognito's own tokens."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from core.aws.local import demo
from core.aws.local.provision.clients import admin_client
from core.live import LivePortal
from tests.api import journey
from tests.api.generated import Program, generate


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Any:
    directory: Path = tmp_path_factory.mktemp("client")
    with pytest.MonkeyPatch.context() as changed:
        changed.syspath_prepend(str(directory))
        yield generate(directory)


def program(live: LivePortal, package: ModuleType, group: str) -> Program:
    account = next(account for account in demo.ACCOUNTS if account.group == group)
    return Program(package, live.url, id_token_of(live, account.email), httpx_args={"trust_env": False})


def id_token_of(live: LivePortal, email: str) -> str:
    lines = (live.local_dir / "cloud.env").read_text().splitlines()
    found = dict(line.split("=", 1) for line in lines if "=" in line)
    client_id, secret = found["COGNITO_USER_POOL_CLIENT_ID"], found["COGNITO_USER_POOL_CLIENT_SECRET"]
    proof = base64.b64encode(hmac.digest(secret.encode(), (email + client_id).encode(), "sha256")).decode()
    signed_in = admin_client("cognito-idp", live.cloud_url).admin_initiate_auth(
        UserPoolId=found["COGNITO_USER_POOL_ID"],
        ClientId=client_id,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": email, "PASSWORD": demo.PASSWORD, "SECRET_HASH": proof},
    )
    return str(signed_in["AuthenticationResult"]["IdToken"])


def send(url: str, headers: Mapping[str, str], body: bytes) -> str:
    answer = httpx.put(url, headers=dict(headers), content=body, trust_env=False)
    assert answer.status_code == 200, answer.text
    return str(answer.headers["x-amz-version-id"])


def test_a_generated_client_does_the_whole_journey(live_portal: LivePortal, package: ModuleType) -> None:
    programs = [program(live_portal, package, group) for group in ("Contributor", "Approver", "Viewer")]
    carl, rita, vera = programs
    link = journey.library(carl, rita, vera, send)
    assert httpx.get(link, trust_env=False).content == journey.PDF
    certificate_id = journey.learning(carl, rita, vera)
    leads_to = str(vera.get_certificate_download_url(certificate_id).url)
    assert httpx.get(leads_to, trust_env=False).content.startswith(b"%PDF")
    for one in programs:
        one.close()
