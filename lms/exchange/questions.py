"""Questions of other systems as questions of ours. What cannot be asked here is left out, with a note that says why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from content.importing import markdown
from lms.enums import LessonType, QuestionType
from lms.exchange.parcel import Attached, Note, ParcelLesson, digest_of
from lms.rules.quizzes import Option, Question, Quiz
from lms.rules.quizzes.checks import lacks
from lms.rules.quizzes.quiz import MOST_OPTION_TEXT, MOST_POINTS, MOST_QUESTION_TEXT, MOST_QUESTIONS, true_false
from lms.rules.quizzes.text import normalised

_TRUE_FALSE = {"true": True, "false": False, "t": True, "f": False}


class Questions:
    """Collects them. `where` names the quiz in notes."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.questions: list[Question] = []
        self.notes: list[Note] = []
        self._number = 0

    def choice(
        self, key: str, text: str, options: Sequence[tuple[str, bool]], *, multiple: bool = False, **more: Any
    ) -> None:
        """True or false, when these are the two options."""
        given = [(normalised(words), correct) for words, correct in options]
        if not multiple and sorted(words for words, _ in given) in (["false", "true"], ["f", "t"]):
            answer = next((_TRUE_FALSE[words] for words, correct in given if correct), None)
            if answer is not None:
                self._add(key, QuestionType.TRUE_FALSE, text, options=true_false(answer), **more)
                return
        made = tuple(
            Option(f"o{place}", self._option_text(words), correct=correct)
            for place, (words, correct) in enumerate(options, start=1)
        )
        self._add(key, QuestionType.MULTIPLE if multiple else QuestionType.SINGLE, text, options=made, **more)

    def short_text(self, key: str, text: str, accepted: Iterable[str], **more: Any) -> None:
        answers = tuple(dict.fromkeys(one.strip() for one in accepted if one.strip()))
        self._add(key, QuestionType.SHORT_TEXT, text, accepted=answers, **more)

    def numeric(self, key: str, text: str, number: str, tolerance: str = "0", **more: Any) -> None:
        self._add(key, QuestionType.NUMERIC, text, number=number, tolerance=tolerance, **more)

    def matching(
        self, key: str, text: str, pairs: Sequence[tuple[str, str]], misleading: Iterable[str] = (), **more: Any
    ) -> None:
        """`misleading` are right sides that belong to nothing."""
        sides = [*pairs, *(("", right) for right in misleading)]
        made = tuple(
            Option(f"o{place}", self._option_text(left), match=self._option_text(right))
            for place, (left, right) in enumerate(sides, start=1)
        )
        self._add(key, QuestionType.MATCHING, text, options=made, **more)

    def tell(self, text: str) -> None:
        self.notes.append(Note(self.where, f"Question {self._number + 1}: {text}"))

    def leave_out(self, text: str, reason: str) -> None:
        self._number += 1
        words = markdown.cut(" ".join(text.split()), 60)
        self.notes.append(Note(self.where, f"Question {self._number} (“{words}”) was left out: {reason}"))

    def lesson(self, key: str, title: str, files: tuple[Attached, ...] = (), **settings: Any) -> ParcelLesson | None:
        """None when nothing is left to ask."""
        if not self.questions:
            return None
        quiz = Quiz(questions=tuple(self.questions[:MOST_QUESTIONS]), **settings)
        if len(self.questions) > MOST_QUESTIONS:
            self.notes.append(
                Note(self.where, f"A quiz has up to {MOST_QUESTIONS} questions; the others were left out.")
            )
        return ParcelLesson(key=key, title=title, lesson_type=LessonType.QUIZ, content=quiz.to_content(), files=files)

    def _add(
        self, key: str, kind: QuestionType, text: str, *, points: float = 1, explanation: str = "", **own: Any
    ) -> None:
        self._number += 1
        question = Question(
            question_id=self._free_id(key or str(self._number)),
            question_type=kind,
            text=self._cut(text.strip()),
            points=self._points(points),
            explanation=self._cut(explanation.strip()),
            **own,
        )
        if reason := lacks(question):
            self._number -= 1
            self.leave_out(text, reason)
        else:
            self.questions.append(question)

    def _free_id(self, key: str) -> str:
        question_id = f"q-{digest_of(key)[:12]}"
        if any(one.question_id == question_id for one in self.questions):
            question_id = f"q-{digest_of([key, self._number])[:12]}"
        return question_id

    def _points(self, points: float) -> int:
        """Whole ones, at least one."""
        kept = min(max(round(points), 1), MOST_POINTS)
        if kept != points:
            self.notes.append(Note(self.where, f"Question {self._number}: its points, {points:g}, are {kept} here."))
        return kept

    def _cut(self, text: str) -> str:
        if len(text) > MOST_QUESTION_TEXT:
            self.notes.append(
                Note(self.where, f"Question {self._number}: a text was cut at {MOST_QUESTION_TEXT} characters.")
            )
        return markdown.cut(text, MOST_QUESTION_TEXT)

    def _option_text(self, text: str) -> str:
        return markdown.cut(" ".join(text.split()), MOST_OPTION_TEXT)


def with_remarks(explanation: str, remarks: Iterable[tuple[str, str]]) -> str:
    """What was said to single answers, after what is said to everybody."""
    lines = [
        f"- **{' '.join(answer.split())}**: {' '.join(words.split())}" for answer, words in remarks if words.strip()
    ]
    return "\n\n".join(part for part in (explanation.strip(), "\n".join(lines)) if part)


def number_and_tolerance(answer: str, tolerance: str = "") -> tuple[str, str] | None:
    """Of an answer as other systems write them: `5`, `5` with `10%`, a range such as `[1, 5]` or `1..5`."""
    ends = re.fullmatch(r"[\[(]?\s*([^,\s.]*(?:\.\d+)?)\s*(?:,|\.\.)\s*([^,\s]+?)\s*[\])]?", answer.strip())
    try:
        if ends and (answer.strip()[:1] in "[(" or ".." in answer):
            low, high = Decimal(ends[1]), Decimal(ends[2])
            return _written((low + high) / 2), _written(abs(high - low) / 2)
        number = Decimal(answer.strip())
        share = tolerance.strip().removesuffix("%")
        allowed = Decimal(share) if share else Decimal(0)
    except (InvalidOperation, ValueError):
        return None
    if not number.is_finite() or not allowed.is_finite():
        return None
    return _written(number), _written(abs(number * allowed / 100) if tolerance.strip().endswith("%") else abs(allowed))


def _written(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
