"""The words and icons by which learners know kinds of lessons, levels and lengths of time."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from lms.enums import DIFFICULTY_LABELS, LESSON_TYPE_LABELS, LessonType

LESSON_ICONS = {
    LessonType.VIDEO: "clapperboard",
    LessonType.TEXT: "book-open",
    LessonType.QUIZ: "circle-question-mark",
    LessonType.DOCUMENT: "file-text",
    LessonType.LINK: "link",
}
DURATION_LABELS = {
    "short": "Up to 15 minutes",
    "medium": "15 to 45 minutes",
    "long": "45 minutes to 2 hours",
    "very_long": "Over 2 hours",
}


def lesson_type_label(lesson_type: str) -> str:
    return gettext(LESSON_TYPE_LABELS.get(lesson_type, lesson_type))


def level_label(level: str | None) -> str:
    return gettext(DIFFICULTY_LABELS[level]) if level in DIFFICULTY_LABELS else ""


def minutes_label(minutes: int) -> str:
    """`25 min`, `1 h 20 min`; empty where nobody said."""
    if minutes <= 0:
        return ""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return gettext("%d min") % rest
    return (
        gettext("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest} if rest else gettext("%d h") % hours
    )


def lessons_label(count: int) -> str:
    return ngettext("%d lesson", "%d lessons", count) % count


def steps_label(count: int) -> str:
    return ngettext("%d step", "%d steps", count) % count


def seconds_label(seconds: int) -> str:
    return minutes_label(-(-seconds // 60))


def rule_of(lesson_type: LessonType) -> str:
    """What a lesson of this kind asks for, as its page prints it."""
    return {
        LessonType.TEXT: gettext("Done once you have had it open for a few seconds, or when you mark it as done."),
        LessonType.DOCUMENT: gettext("Done when you open the document."),
        LessonType.LINK: gettext("Done when you follow the link."),
        LessonType.VIDEO: gettext("Done when you have watched 90% of it, in any order."),
        LessonType.QUIZ: gettext("Done when you pass the quiz."),
    }[lesson_type]
