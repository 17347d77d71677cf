"""What a player reports of a video while it plays.

The page of a lesson gets a signed pass, which says what may be reported about: the person, the lesson, the version and
cycle, the video and its length. So a report needs one read, of her row, and one write, which asks whether learners
still read that version. Where they do not, or the video is watched to its end, the longer way is taken.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from django.core import signing
from django.utils.translation import gettext

from accounts.person import Person
from core import clock
from core.aws.records import Put
from core.errors import Invalid, NotFound, Stale
from core.events import Event, telling
from core.ids import new_id
from lms import store
from lms.enums import ProgressStatus
from lms.models import LessonProgress
from lms.rules import coverage
from lms.rules.coverage import Ranges, Report, Watched
from lms.rules.media import media_key_of
from lms.services import learning
from lms.services.learning import Learning
from lms.store import learning as rows_store

_SALT = "video-pass"
_LIVES = 12 * 60 * 60
_QUARTER = 25


@dataclass(frozen=True)
class Pass:
    """`player` names the page load: the later one is the greater. `issued` is in seconds."""

    user: str
    course: str
    lesson: str
    version: int
    cycle: int
    duration: int
    media_key: str
    player: str
    issued: float


@dataclass(frozen=True)
class Said:
    """As the browser sent it, checked for shape alone."""

    seq: int
    position: int
    ranges: Ranges


@dataclass(frozen=True)
class Heard:
    percent: int
    completed: bool
    finished: bool = False


def pass_for(taken: Learning, lesson_id: str, lesson: Mapping[str, Any]) -> str:
    """Empty for a video whose length nobody knows: nothing can be said of how much of it was watched."""
    length = length_of(lesson)
    if not length:
        return ""
    now = clock.now()
    return signing.dumps(
        asdict(
            Pass(
                user=taken.person.user_id,
                course=taken.outline.course_id,
                lesson=lesson_id,
                version=taken.outline.version,
                cycle=taken.cycle,
                duration=length,
                media_key=media_key_of(lesson),
                player=f"{int(now.timestamp() * 1000):015d}.{new_id()}",
                issued=now.timestamp(),
            )
        ),
        salt=_SALT,
    )


def length_of(lesson: Mapping[str, Any]) -> int:
    """Seconds, as the file says; not what its author says the lesson takes."""
    content = lesson["content"]
    known = content.get("duration_seconds") or (lesson.get("duration_seconds") if "length_known" not in content else 0)
    return math.floor(known or 0)


def report(*, token: str, said: Said, by: Person) -> Heard:
    """Raises Invalid, Stale or NotFound, with a sentence for the person, for what cannot be taken."""
    allowed = _opened(token, by)
    row = rows_store.lesson_row(by.user_id, allowed.course, allowed.lesson)
    if row is None or int(row.cycle) != allowed.cycle:
        raise Stale(gettext("This page belongs to an earlier time. Reload it to go on."))
    before = int(row.progress_percentage)
    _put(row, allowed, said)
    if row.status != ProgressStatus.COMPLETED and int(row.progress_percentage) >= coverage.THRESHOLD:
        return _the_long_way(allowed, said, by)
    try:
        with telling(*_quarters(allowed, before, int(row.progress_percentage))):
            rows_store.save(Put(row), rows_store.course_is_there(allowed.course, allowed.version))
    except Stale:
        return _the_long_way(allowed, said, by)
    return Heard(int(row.progress_percentage), row.status == ProgressStatus.COMPLETED)


def _opened(token: str, by: Person) -> Pass:
    try:
        allowed = Pass(**signing.loads(token, salt=_SALT))
    except (signing.BadSignature, TypeError) as error:
        raise Invalid(gettext("This did not come from the page of a lesson.")) from error
    if allowed.user != by.user_id:
        raise NotFound()
    if clock.now().timestamp() - allowed.issued > _LIVES:
        raise Stale(gettext("This page has been open for too long. Reload it to go on."))
    return allowed


def _the_long_way(allowed: Pass, said: Said, by: Person) -> Heard:
    """Everything read afresh: the course was published anew, another report came first, or this one completes."""

    def change(row: LessonProgress) -> None:
        _put(row, allowed, said)
        if int(row.progress_percentage) >= coverage.THRESHOLD:
            row.status = ProgressStatus.COMPLETED.value

    taken = learning.load(by, allowed.course, fresh=True)
    lesson = store.published_lesson(allowed.course, taken.outline.version, taken.entry(allowed.lesson).lesson_id)
    if media_key_of(lesson) != allowed.media_key or taken.cycle != allowed.cycle:
        raise Stale(gettext("The video of this lesson was replaced. Reload the page to see the new one."))
    taken = learning.record(course_id=allowed.course, lesson_id=allowed.lesson, change=change, by=by)
    row = taken.rows[allowed.lesson]
    return Heard(int(row.progress_percentage), row.status == ProgressStatus.COMPLETED, taken.finished)


def _put(row: LessonProgress, allowed: Pass, said: Said) -> None:
    """A replaced video is watched from nothing, unless the lesson was done."""
    completed = row.status == ProgressStatus.COMPLETED
    now = clock.now()
    if row.media_key != allowed.media_key and not completed:
        row.ranges, row.position, row.player, row.seq, row.beat_at = None, 0, None, 0, None
        row.progress_percentage, row.grace = 0, None
    row.media_key = allowed.media_key
    since = max(filter(None, (row.beat_at, datetime.fromtimestamp(allowed.issued, UTC))))
    player = allowed.player
    told = Report(player, said.seq, said.position, said.ranges, (now - since).total_seconds())
    before = watched_of(row)
    after = coverage.taken_in(before, told, allowed.duration)
    if after == before:
        return
    row.ranges = [list(stretch) for stretch in coverage.kept(after.ranges)]
    row.position, row.player, row.seq, row.beat_at = after.position, after.player, after.seq, now
    row.grace = after.grace
    row.last_accessed_at = now
    percent = coverage.percent_of(after.ranges, allowed.duration)
    row.progress_percentage = 100 if completed else max(int(row.progress_percentage), percent)


def watched_of(row: LessonProgress) -> Watched:
    grace = coverage.GRACE if row.grace is None else int(row.grace)
    return Watched(ranges_of(row), int(row.position), row.player or "", int(row.seq), grace)


def ranges_of(row: LessonProgress) -> Ranges:
    return tuple((int(start), int(end)) for start, end in row.ranges or ())


def _quarters(allowed: Pass, before: int, after: int) -> list[Event]:
    """At every quarter, not at every report."""
    if before // _QUARTER == after // _QUARTER:
        return []
    props: dict[str, str | int | bool | None] = {
        "course_id": allowed.course,
        "version": allowed.version,
        "percent": after,
    }
    return [Event("video.progressed", allowed.lesson, allowed.user, props)]
