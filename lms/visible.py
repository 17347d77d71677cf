"""What learning tells an Admin who asks who can see a course or a path."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import visibility
from accounts.visibility import Noun, Subject
from lms import permissions, store
from lms.enums import COURSE_STATUS_LABELS
from lms.permissions import Authored
from lms.store.paths import path_by_id


def _course(course_id: str) -> Subject:
    return _subject(store.course_by_id(course_id), reverse("lms:course", args=[course_id]))


def _path(path_id: str) -> Subject:
    return _subject(path_by_id(path_id), reverse("lms:path", args=[path_id]))


def _subject(thing: Authored, url: str) -> Subject:
    state = gettext(COURSE_STATUS_LABELS[thing.status])
    involved = {str(thing.owner_user_id): gettext("owns it")}
    return Subject(str(thing.title), url, state, permissions.fields_of(thing), involved)


visibility.register("course", Noun(_("Course"), _course, permissions.clauses_for))
visibility.register("path", Noun(_("Path"), _path, permissions.clauses_for))
