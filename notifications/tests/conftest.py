from __future__ import annotations

from collections.abc import Iterator

import pytest

from accounts.tests.pool import Pool
from core.aws import parameters
from core.aws.local.provision.parameters import new_sealing_key
from notifications.delivery import kinds
from notifications.tests.mailing import Inbox, PostOffice, register


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    """The kinds of these tests alone, and what their people were notified of."""
    before, readers = dict(kinds._kinds), list(kinds._readers)
    yield register()
    kinds._kinds.clear()
    kinds._kinds.update(before)
    kinds._readers[:] = readers


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> PostOffice:
    office = PostOffice()
    monkeypatch.setattr("core.aws.mail.send", office.send)
    return office


@pytest.fixture
def people(cloud, settings) -> Pool:
    made = Pool(cloud("cognito-idp"))
    settings.COGNITO_USER_POOL_ID = made.pool_id
    return made


@pytest.fixture
def sealing_keys(cloud, settings) -> Iterator[None]:
    name = settings.WEBHOOK_SEALING_KEYS_PARAMETER
    cloud("ssm").put_parameter(Name=name, Value=new_sealing_key(), Type="SecureString")
    parameters.forget()
    yield
    parameters.forget()
