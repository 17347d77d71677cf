"""What an Admin does to an account, with the portal's own rights, and what its owner sees of it, on the local cloud."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from accounts.tests.test_sign_in_live import PREFERENCES, hidden_fields, sign_in_at_cognito
from core.aws.local import demo

NEW_ITEM = "/content/new/"
SAM = next(account for account in demo.ACCOUNTS if account.email.startswith("csm@"))
ALEX = next(account for account in demo.ACCOUNTS if account.group == "Admin")


class Admin:
    def __init__(self, url: str) -> None:
        self.url = url
        self.browser = requests.Session()
        sign_in_at_cognito(self.browser, url, ALEX.email, demo.PASSWORD)

    def find(self, email: str) -> str:
        """The address of her page."""
        found = self.browser.get(f"{self.url}/manage/users/", params={"q": email})
        (place,) = {part.split('"')[0] for part in found.text.split('href="/manage/users/')[1:] if part[36:38] == '/"'}
        return f"{self.url}/manage/users/{place}"

    def send(self, form: str, to: str, **values: str) -> requests.Response:
        """Fills in the form of one page and sends it to an address."""
        answer = self.browser.post(to, data=hidden_fields(self.browser.get(form).text) | values)
        assert answer.ok, answer.text
        return answer


@pytest.fixture
def admin(live_portal) -> Iterator[Admin]:
    """Whatever becomes of Sam in a test, afterwards she is as she was."""
    admin = Admin(live_portal.url)
    sam = admin.find(SAM.email)
    yield admin
    admin.send(f"{sam}role/", f"{sam}enable/")
    admin.send(f"{sam}role/", f"{sam}role/", role=SAM.group)


@pytest.fixture
def sam(live_portal) -> requests.Session:
    browser = requests.Session()
    sign_in_at_cognito(browser, live_portal.url, SAM.email, demo.PASSWORD)
    return browser


def test_role_given_and_taken_holds_at_once_without_a_new_sign_in(live_portal, admin, sam):
    place = admin.find(SAM.email)
    theme = f"{live_portal.url}/accounts/theme/"
    answers = []
    for role in ("Contributor", "Viewer"):
        admin.send(f"{place}role/", f"{place}role/", role=role, reason="For the test")
        token = hidden_fields(sam.get(f"{live_portal.url}{PREFERENCES}").text)
        sam.post(theme, data=token | {"theme": "light"})  # a write reads the session afresh, and Cognito with it
        answers.append(sam.get(f"{live_portal.url}{NEW_ITEM}").status_code)
    assert answers == [200, 403]


def test_disabled_account_is_out_and_cannot_come_back_until_it_is_enabled(live_portal, admin, sam):
    place = admin.find(SAM.email)
    admin.send(f"{place}disable/", f"{place}disable/", reason="For the test")

    token = hidden_fields(requests.get(f"{live_portal.url}/accounts/login/").text)
    assert sam.post(f"{live_portal.url}{PREFERENCES}", data=token, allow_redirects=False).status_code in (302, 403)
    again = sign_in_at_cognito(requests.Session(), live_portal.url, SAM.email, demo.PASSWORD)
    assert not again.url.startswith(live_portal.url)

    admin.send(f"{place}role/", f"{place}enable/")
    again = sign_in_at_cognito(requests.Session(), live_portal.url, SAM.email, demo.PASSWORD)
    assert again.url == f"{live_portal.url}{PREFERENCES}"


def test_invitation_and_reset_are_within_the_portals_rights(live_portal, admin):
    invite = f"{live_portal.url}/manage/users/invite/"
    page = admin.send(invite, invite, email="invited.live@gravyty.com", name="Inga Invited", role="Approver")
    assert "Inga Invited" in page.text
    assert "Approver" in page.text
    assert "Invited" in page.text
    again = admin.send(invite, f"{page.url}reset/")
    assert "Invitation sent again" in again.text
    assert "invited.live@gravyty.com" not in admin.browser.get(f"{live_portal.url}/manage/audit/").text
