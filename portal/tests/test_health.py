from __future__ import annotations

import pytest

from core import clock
from portal import readiness

pytestmark = pytest.mark.urls("portal.tests.urls")


@pytest.fixture(autouse=True)
def nothing_known_yet(monkeypatch):
    monkeypatch.setattr(readiness, "_last", (0.0, {}))


def test_health_tells_the_time_and_asks_nothing(client):
    response = client.get("/health")

    assert response.json()["status"] == "ok"
    assert abs((clock.parse(response.json()["timestamp"]) - clock.now()).total_seconds()) < 60
    assert "portal_session" not in response.cookies


def test_ready_when_everything_answers(cloud, client, monkeypatch):
    monkeypatch.setitem(readiness.CHECKS, "cognito", lambda: None)

    response = client.get("/health/ready")

    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "checks": {"dynamodb": "ok", "s3": "ok", "cognito": "ok", "index": "ok"},
    }


@pytest.mark.parametrize("name", ["dynamodb", "s3", "cognito", "index"])
def test_not_ready_when_one_fails_and_why_is_not_told(client, monkeypatch, name):
    def fails():
        raise RuntimeError("secret address")

    for check in readiness.CHECKS:
        monkeypatch.setitem(readiness.CHECKS, check, fails if check == name else lambda: None)

    response = client.get("/health/ready")

    assert response.status_code == 503
    assert response.json()["checks"][name] == "failed"
    assert list(response.json()["checks"].values()).count("ok") == 3
    assert "secret" not in response.text


def test_readiness_is_remembered_for_some_seconds(client, monkeypatch):
    asked = []
    for check in readiness.CHECKS:
        monkeypatch.setitem(readiness.CHECKS, check, lambda: asked.append(1))

    client.get("/health/ready")
    client.get("/health/ready")

    assert len(asked) == len(readiness.CHECKS)
