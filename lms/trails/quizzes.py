"""What quizzes tell the audit log: what managers did with attempts, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import trail
from accounts.permissions import Permission, can
from accounts.person import Person
from accounts.trail import Noun, Thing
from lms.services.quiz_managing import QUIZ, place_of
from lms.store.quizzes import lessons_named

WORDS = {
    "quiz.attempt_voided": _("set an attempt aside"),
    "quiz.attempt_regraded": _("graded an attempt again"),
}


def _described(viewer: Person, object_ids: Sequence[str]) -> Mapping[str, Thing]:
    if not can(viewer, Permission.COURSES_AUTHOR_ALL):
        return {}
    places = {object_id: place_of(object_id) for object_id in object_ids}
    titles = {(one.course_id, one.lesson_id): one.title for one in lessons_named(places.values())}
    return {
        object_id: Thing(titles[place], reverse("lms:quiz-attempts", args=place))
        for object_id, place in places.items()
        if place in titles
    }


trail.register(QUIZ, Noun(_("Quiz"), WORDS, _described))
