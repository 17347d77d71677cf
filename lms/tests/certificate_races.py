"""Races for a certificate, run inside the portal's own environment: real threads, the portal's rights, the local cloud.

Prints one line of JSON: what became of each race.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from accounts.models import AuditEntry
from accounts.store import audit_of_target
from core import clock
from core.errors import PortalError
from core.events import Event, listens_to
from core.testing import ANA, CORA, RITA, VERA
from lms.models import Certificate
from lms.services import badges, certificate_files, certificates, cycles, learning
from lms.store import certificates as rows
from lms.store import learning as progress
from lms.tests.certificate_factories import earn
from lms.tests.factories import lesson_ids, make_course

AT_ONCE = 6
_heard: list[str] = []


def run() -> None:
    listens_to("certificate.*")(_hear)
    races: tuple[Callable[[], dict[str, Any]], ...] = (completions, renewals, revocations, drawings)
    sys.stdout.write(f"RACES {json.dumps({race.__name__: race() for race in races})}\n")


def completions() -> dict[str, Any]:
    """The last lesson is completed in several tabs at once."""
    course = make_course(lesson_count=1)
    (lesson_id,) = lesson_ids(course)
    _heard.clear()
    _together(lambda _: learning.complete_lesson(course_id=course.course_id, lesson_id=lesson_id, by=VERA))
    (made,) = _hers(course.course_id)
    return {"told": list(_heard), "audited": len(_entries(made, "certificate.issued"))}


def renewals() -> dict[str, Any]:
    """The learner renews while somebody assigns her the course to be done anew."""
    first = earn(validity_months=1, at=clock.now())

    def act(number: int) -> Any:
        if number % 2:
            return cycles.open_next(user_id=VERA.user_id, course_id=first.course_id, by=RITA)
        return cycles.renew(course_id=first.course_id, by=VERA)

    opened = _together(act)
    kept = progress.cycles_over(VERA.user_id, first.course_id)
    return {"opened": sorted({int(one.cycle) for one in opened}), "kept": [int(one.cycle) for one in kept]}


def revocations() -> dict[str, Any]:
    """Two certificates of a month are revoked at once, each by two tabs."""
    two = [earn(person, at=clock.now()) for person in (VERA, CORA)]
    _heard.clear()
    _together(lambda number: _revoked(two[number % 2]), 4)
    listed = rows.revoked_in(badges.rules.list_name(two[0].issued_at))
    return {
        "told": sorted(_heard),
        "listed": all(int(one.status_index) in listed for one in two),
        "audited": [len(_entries(one, "certificate.revoked")) for one in two],
    }


def drawings() -> dict[str, Any]:
    """The PDF is asked for in several tabs before it was ever drawn; each thread has its own way to the bucket."""
    made = earn(at=clock.now())
    links = _together(lambda _: certificate_files.link(certificate_id=made.certificate_id, by=VERA), 3)
    stored = rows.certificate_by_id(made.certificate_id, fresh=True)
    return {"places": len({link.split("?")[0] for link in links}), "kept": bool(stored.certificate_s3_key)}


def _revoked(certificate: Certificate) -> Certificate:
    return certificates.revoke(certificate_id=certificate.certificate_id, reason="For the test.", by=ANA)


def _hers(course_id: str) -> list[Certificate]:
    return [one for one in rows.certificates_of(VERA.user_id).items if one.course_id == course_id]


def _entries(certificate: Certificate, action: str) -> list[AuditEntry]:
    found = audit_of_target(f"certificate:{certificate.certificate_id}").items
    return [entry for entry in found if entry.action == action]


def _hear(event: Event) -> None:
    _heard.append(event.name)


def _together(act: Callable[[int], Any], count: int = AT_ONCE) -> list[Any]:
    """All of them at the same moment; those that were told to come again are left out."""
    gate = Barrier(count)

    def wait_and_act(number: int) -> Any:
        gate.wait()
        try:
            return act(number)
        except PortalError:
            return None

    with ThreadPoolExecutor(count) as pool:
        return [one for one in pool.map(wait_and_act, range(count)) if one is not None]
