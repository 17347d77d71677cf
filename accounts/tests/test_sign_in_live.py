"""The whole way through Cognito's own pages, on the local cloud."""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin

import pytest
import requests

from core.aws.local import demo

PREFERENCES = "/accounts/preferences/"


def hidden_fields(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def sign_in_at_cognito(browser: requests.Session, url: str, email: str, password: str) -> requests.Response:
    login = browser.get(f"{url}/accounts/login/", params={"next": PREFERENCES})
    cognito = browser.post(f"{url}/accounts/login/", data=hidden_fields(login.text))
    action = html.unescape(re.search(r'<form[^>]*action="([^"]*)"', cognito.text).group(1))
    answers = hidden_fields(cognito.text) | {"username": email, "password": password}
    return browser.post(urljoin(cognito.url, action), data=answers)


@pytest.mark.parametrize("account", demo.ACCOUNTS, ids=lambda account: account.group)
def test_demo_account_signs_in_with_its_role_and_out_again(live_portal, account):
    browser = requests.Session()

    page = sign_in_at_cognito(browser, live_portal.url, account.email, demo.PASSWORD)

    assert page.url == f"{live_portal.url}{PREFERENCES}"
    assert account.name in page.text
    assert account.group in page.text
    assert account.email not in page.text
    signed_out = browser.post(f"{live_portal.url}/accounts/logout/", data=hidden_fields(page.text))
    assert [answer.status_code for answer in signed_out.history] == [302, 302]
    assert signed_out.url == f"{live_portal.url}/accounts/login/"
    assert browser.get(f"{live_portal.url}{PREFERENCES}").url.startswith(f"{live_portal.url}/accounts/login/")


def test_wrong_password_stays_at_cognito(live_portal):
    browser = requests.Session()

    page = sign_in_at_cognito(browser, live_portal.url, demo.ACCOUNTS[0].email, "Wrong-1-password")

    assert not page.url.startswith(live_portal.url)
    assert browser.get(f"{live_portal.url}{PREFERENCES}").url.startswith(f"{live_portal.url}/accounts/login/")


def test_portal_is_ready(live_portal):
    answer = requests.get(f"{live_portal.url}/health/ready", timeout=10)

    assert answer.json() == {
        "status": "ok",
        "checks": {"dynamodb": "ok", "s3": "ok", "cognito": "ok", "index": "ok"},
    }
