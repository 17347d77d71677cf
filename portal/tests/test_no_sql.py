from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.db import connection


def test_there_is_no_database():
    assert connection.settings_dict["ENGINE"] == "django.db.backends.dummy"


def test_sql_is_an_error():
    with pytest.raises((ImproperlyConfigured, RuntimeError)):
        User.objects.count()


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/preferences/", "/health", "/nowhere"])
def test_pages_come_without_sql(cloud, client, path, monkeypatch):
    """Any SQL would raise: the dummy backend has no cursor."""
    from core.testing import ANA, sign_in

    assert sign_in(client, ANA).get(path).status_code in (200, 302, 404)
