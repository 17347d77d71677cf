"""Said once each: that a certificate can be renewed, and that it has ended."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from core import clock
from core.errors import Stale
from core.events import Event
from core.testing import ANA, VERA
from lms import store
from lms.models import Certificate
from lms.services import certificate_ends, cycles
from lms.store import certificates as rows
from lms.tests.certificate_factories import DAY, complete, earn, revoked

pytestmark = pytest.mark.usefixtures("cloud")
YEAR = timedelta(days=365)
OPENS = DAY + YEAR - timedelta(days=60)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []
    real = certificate_ends.event_of

    def event_of(name: str, certificate: Certificate, by: object) -> Event:
        told.append((name, certificate.certificate_id))
        return real(name, certificate, by)

    monkeypatch.setattr(certificate_ends, "event_of", event_of)
    return told


def tell(at: datetime) -> int:
    with clock.at(at):
        return certificate_ends.tell_of_ends(at)


def test_each_is_said_once_when_its_day_has_come(said: list[tuple[str, str]]) -> None:
    one = earn(validity_months=12).certificate_id
    assert tell(OPENS - timedelta(seconds=1)) == 0
    assert [tell(OPENS), tell(OPENS), tell(DAY + YEAR - timedelta(seconds=1))] == [1, 0, 0]
    assert [tell(DAY + YEAR), tell(DAY + YEAR + timedelta(days=30))] == [1, 0]
    assert said == [("certificate.expiring", one), ("certificate.expired", one)]
    assert rows.certificate_by_id(one, fresh=True).tell_month is None


def test_of_one_that_ended_while_nobody_looked_the_end_alone_is_said(said: list[tuple[str, str]]) -> None:
    one = earn(validity_months=12).certificate_id
    assert [tell(DAY + YEAR + timedelta(days=200)), tell(DAY + YEAR + timedelta(days=201))] == [1, 0]
    assert said == [("certificate.expired", one)]


def test_nothing_is_said_of_what_never_ends_was_revoked_or_renewed(said: list[tuple[str, str]]) -> None:
    earn(title="For good")
    revoked(earn(title="Taken away", validity_months=12), ANA)
    old = earn(title="Renewed", validity_months=12)
    with clock.at(OPENS):
        cycles.renew(course_id=old.course_id, by=VERA)
    new = complete(store.course_by_id(old.course_id), at=OPENS)
    assert tell(DAY + YEAR) == 0
    assert [row.certificate_id for row in rows.certificates_to_tell("2028-01", DAY + 3 * YEAR)] == [new.certificate_id]
    assert said == []


def test_who_loses_the_race_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    earn(validity_months=12)

    def lost(_certificate: Certificate) -> None:
        raise Stale

    monkeypatch.setattr(rows, "note_told", lost)
    assert tell(OPENS) == 0
