"""A whole course for tests of what comes after it, made by the services inside the portal's own environment."""

from __future__ import annotations

import sys

from accounts.directory import person_by_email
from core.testing import RITA
from lms.enums import LessonType, QuestionType
from lms.rules.quizzes import Option, Question, Quiz
from lms.services import assignments, publishing
from lms.services.assignments import Order
from lms.tests.factories import add_lesson, add_text, make_draft
from lms.tests.media_factories import add_video, film, video_lesson

RIGHT, WRONG = "120 days before", "On the last day"
_QUESTION = Question(
    "q-begin",
    QuestionType.SINGLE,
    "When does a renewal begin?",
    options=(Option("o-late", WRONG), Option("o-early", RIGHT, correct=True)),
)


def make(title: str, *, learner: str = "") -> None:
    """A text, a video and a quiz by the contributor; published, and assigned to `learner`. Prints its address."""
    author = person_by_email("contributor@gravyty.com")
    course_id = make_draft(owner=author, lesson_count=0, title=title).course_id
    add_text(course_id, "Start early", by=author)
    add_video(video_lesson(course_id, title="The first call", by=author), content=film(seconds=3), by=author)
    add_lesson(course_id, LessonType.QUIZ, "Check yourself", Quiz(questions=(_QUESTION,)).to_content(), by=author)
    publishing.publish(course_id=course_id, by=RITA)
    if learner:
        target = assignments.target_of("course", course_id)
        list(assignments.assign(user_ids=[person_by_email(learner).user_id], order=Order(target), by=RITA))
    sys.stdout.write(f"COURSE /learn/courses/{course_id}/\n")
