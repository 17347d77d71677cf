"""What the people of the demo did, day by day: asked one another to take courses, took them, answered quizzes.

Each step is a use of a service at its moment, and looks first whether it was taken already. One that is refused, since
people have done something else meanwhile, is left out: what they did stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.enums import Role
from accounts.person import Person
from core.errors import NotFound
from lms import store
from lms.demo.answering import answers
from lms.demo.curriculum import Errand, Study, school
from lms.demo.making import Stage
from lms.enums import LessonType, ProgressStatus
from lms.rules.outline import Entry
from lms.services import assignments, attempts, learning, paths
from lms.services.assignments import people
from lms.services.assignments.orders import When
from lms.store import assignments as assignment_store
from lms.store import quizzes as quiz_store
from lms.store.learning import path_progress

_FRIDAY = 4
_BETWEEN_ATTEMPTS = timedelta(minutes=75)


@dataclass(frozen=True)
class Step:
    """`take` says whether something was done."""

    moment: datetime
    take: Callable[[], bool]


def steps(stage: Stage) -> list[Step]:
    """The earliest first. Courses and paths are there by then."""
    found = [step for errand in school().errands for step in _of_errand(stage, errand)]
    found += [step for study in school().studies for step in _of_study(stage, study)]
    return sorted(found, key=lambda step: step.moment)


def _of_errand(stage: Stage, errand: Errand) -> Iterator[Step]:
    moment = stage.ago(errand.days_ago)
    yield Step(moment, lambda: _assign(stage, errand))
    if errand.waived:
        yield Step(stage.ago(errand.waived.days_ago), lambda: _waive(stage, errand))


def _assign(stage: Stage, errand: Errand) -> bool:
    """Each once, even if it was taken back: people do not get again what somebody has spared them."""
    by, target = stage.cast[errand.by], _target(stage, errand)
    before = {one.user_id for one in assignment_store.assignments_to(target.target_id)}
    when = When(day=_due(stage, errand)) if errand.due or errand.due_in is not None else When()
    order = assignments.Order(target, when, note=errand.note)
    asked = [user_id for user_id in _whom(stage, errand, by) if user_id not in before]
    return bool(list(assignments.assign(user_ids=asked, order=order, by=by)))


def _target(stage: Stage, errand: Errand) -> assignments.Target:
    if errand.path:
        return assignments.target_of(assignments.PATH, f"demo-path-{errand.path}")
    return assignments.target_of(assignments.COURSE, stage.course_id(errand.course))


def _whom(stage: Stage, errand: Errand, by: Person) -> list[str]:
    if errand.role:
        return list(people.with_role(Role(errand.role), by=by))
    return [stage.cast[name].user_id for name in errand.to]


def _due(stage: Stage, errand: Errand) -> date:
    today = stage.now.date()
    if errand.due == "friday":
        return today + timedelta(days=(_FRIDAY - today.weekday() - 1) % 7 + 1)
    return today + timedelta(days=errand.due_in or 0)


def _waive(stage: Stage, errand: Errand) -> bool:
    assert errand.waived
    target, done = _target(stage, errand).key, False
    for name in errand.to:
        for one in assignment_store.open_for(stage.cast[name].user_id, target):
            where = {"user_id": one.user_id, "assignment_id": one.assignment_id}
            assignments.waive(**where, reason=errand.waived.reason, by=stage.cast[errand.by])
            done = True
    return done


def _of_study(stage: Stage, study: Study) -> Iterator[Step]:
    first, last = (stage.ago(days) for days in study.days)
    if study.read:
        yield Step(first, lambda: _read(stage, study))
        return
    entries = list(_entries(stage, study))
    for number, entry in enumerate(entries):
        moment = first + (last - first) * number / max(len(entries) - 1, 1) + timedelta(minutes=11 * number)
        if stage.lesson_id(study.course, study.stops_at) == entry.lesson_id:
            yield Step(moment, lambda entry=entry: _look(stage, study, entry))  # type: ignore[misc]
        elif entry.lesson_type is LessonType.QUIZ:
            yield from _answered(stage, study, entry, moment)
        else:
            yield Step(moment, lambda entry=entry: _complete(stage, study, entry))  # type: ignore[misc]


def _entries(stage: Stage, study: Study) -> Iterator[Entry]:
    """The lessons that she takes, up to the one at which she stops."""
    course_id = stage.course_id(study.course)
    skipped = {stage.lesson_id(study.course, key) for key in study.skip}
    outline = store.outline_of(course_id, int(store.course_by_id(course_id).version))
    for entry in outline.lessons:
        if entry.lesson_id not in skipped:
            yield entry
        if entry.lesson_id == stage.lesson_id(study.course, study.stops_at):
            return


def _answered(stage: Stage, study: Study, entry: Entry, moment: datetime) -> Iterator[Step]:
    keys = {stage.lesson_id(study.course, key): wrong for key, wrong in study.wrong.items()}
    for number, wrong in enumerate(keys.get(entry.lesson_id, [[]]), start=1):

        def take(number: int = number, wrong: Sequence[str] = wrong) -> bool:
            return _attempt(stage, study, entry, number, wrong)

        yield Step(moment + (number - 1) * _BETWEEN_ATTEMPTS, take)


def _taking(stage: Stage, study: Study) -> learning.Learning | None:
    """None for a course that she has finished since, and perhaps begun anew."""
    taking = learning.load(stage.cast[study.person], stage.course_id(study.course), fresh=True)
    return None if taking.finished or taking.cycle > 1 else taking


def _complete(stage: Stage, study: Study, entry: Entry) -> bool:
    taking = _taking(stage, study)
    if taking is None or taking.standing(entry.lesson_id).status is ProgressStatus.COMPLETED:
        return False
    where = {"course_id": taking.outline.course_id, "lesson_id": entry.lesson_id}
    learning.complete_lesson(**where, by=taking.person)
    return True


def _look(stage: Stage, study: Study, entry: Entry) -> bool:
    taking = _taking(stage, study)
    if taking is None or entry.lesson_id in taking.rows:
        return False
    learning.open_lesson(course_id=taking.outline.course_id, lesson_id=entry.lesson_id, by=taking.person)
    return True


def _attempt(stage: Stage, study: Study, entry: Entry, number: int, wrong: Sequence[str]) -> bool:
    taking = _taking(stage, study)
    if taking is None or len(attempts.mine(taking, entry.lesson_id)) >= number:
        return False
    where = {"course_id": taking.outline.course_id, "lesson_id": entry.lesson_id}
    attempt = attempts.start(**where, by=taking.person)
    quiz = quiz_store.quiz_at(attempt.course_id, int(attempt.course_version), attempt.lesson_id)
    posted = answers(attempt, quiz, wrong)
    attempts.submit(**where, number=int(attempt.number), posted=posted, by=taking.person)
    return True


def _read(stage: Stage, study: Study) -> bool:
    """Opens the item of one of the path's steps, as its page does."""
    person, path_id = stage.cast[study.person], f"demo-path-{study.path}"
    taking = paths.load(person, path_id, fresh=True)
    number = next((one for one, step in enumerate(taking.steps, start=1) if step.step_id == study.read), 0)
    if not number:
        raise NotFound()
    item_id = taking.steps[number - 1].targets[0].target_id
    row = path_progress(person.user_id, path_id, fresh=True)
    if row and item_id in (row.read_items or ()):
        return False
    paths.read_item(path_id=path_id, number=number, content_id=item_id, by=person)
    return True
