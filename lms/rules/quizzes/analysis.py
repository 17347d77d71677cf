"""How the questions of a quiz did, from attempts without names.

Difficulty is the share of those asked who had a question wholly right. Discrimination is the point-biserial correlation
of having it right with the share of points earned on all the others (the rest score, so that no question is compared
with itself): near 0 the question tells nothing about who knows the matter, below 0 it misleads those who do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from lms.enums import QuestionType
from lms.rules.quizzes.answers import Answer
from lms.rules.quizzes.grading import is_right
from lms.rules.quizzes.quiz import Question
from lms.rules.quizzes.text import normalised
from lms.rules.quizzes.words import told

BUCKETS = 10
FEW = 10
"""Below so many answers, numbers about a question say little."""
_PAIRS_LEAST = 2


@dataclass(frozen=True)
class Sat:
    """A graded attempt: the questions it asked, with answer and points earned of each."""

    questions: Sequence[Question]
    answers: Mapping[str, Answer]
    marks: Mapping[str, int]
    passed: bool

    @property
    def earned(self) -> int:
        return sum(self.marks.get(one.question_id, 0) for one in self.questions)

    @property
    def total(self) -> int:
        return sum(one.points for one in self.questions)

    def rest_share(self, question: Question) -> Fraction | None:
        """Of the points of all other questions; None where there is no other."""
        total = self.total - question.points
        return Fraction(self.earned - self.marks.get(question.question_id, 0), total) if total else None


@dataclass(frozen=True)
class Item:
    """`asked` counts attempts in which it stood as it stands now."""

    question: Question
    asked: int
    answered: int
    right: int
    discrimination: float | None
    wrong: str
    wrong_count: int

    @property
    def share(self) -> int:
        """Percent who had it right, rounded."""
        return round(100 * self.right / self.asked) if self.asked else 0

    @property
    def few(self) -> bool:
        return self.asked < FEW


@dataclass(frozen=True)
class Analysis:
    count: int
    passed: int
    mean: int
    buckets: tuple[int, ...]
    items: tuple[Item, ...]


def analyse(attempts: Sequence[Sat]) -> Analysis:
    """`attempts` newest first. A question that was changed is counted since then."""
    newest: dict[str, Question] = {}
    for sat in attempts:
        for question in sat.questions:
            newest.setdefault(question.question_id, question)
    shares = [Fraction(sat.earned, sat.total) for sat in attempts if sat.total]
    return Analysis(
        count=len(attempts),
        passed=sum(sat.passed for sat in attempts),
        mean=round(100 * sum(shares) / len(shares)) if shares else 0,
        buckets=distribution(shares),
        items=tuple(_item(question, attempts) for question in newest.values()),
    )


def distribution(shares: Iterable[Fraction]) -> tuple[int, ...]:
    """How many scored from 0 up to 10 %, up to 20 % …; all points are in the last."""
    counts = Counter(min(BUCKETS - 1, int(share * BUCKETS)) for share in shares)
    return tuple(counts[bucket] for bucket in range(BUCKETS))


def point_biserial(right: Sequence[bool], rest: Sequence[Fraction]) -> float | None:
    """None where one of the two does not vary."""
    if len(right) < _PAIRS_LEAST or len(set(right)) == 1 or len(set(rest)) == 1:
        return None
    count, hits = len(right), sum(right)
    mean = sum(rest, Fraction(0)) / count
    of_right = sum((value for hit, value in zip(right, rest, strict=True) if hit), Fraction(0)) / hits
    of_wrong = sum((value for hit, value in zip(right, rest, strict=True) if not hit), Fraction(0)) / (count - hits)
    variance = sum(((value - mean) ** 2 for value in rest), Fraction(0)) / count
    spread = sqrt(Fraction(hits * (count - hits), count * count))
    return float(of_right - of_wrong) * spread / sqrt(variance)


def wrong_choices(question: Question, answer: Answer) -> list[str]:
    """What of an answer was wrong, in words that can be counted."""
    kind = question.question_type
    if not answer or is_right(question, answer):
        return []
    if kind is QuestionType.MULTIPLE and isinstance(answer, list):
        return told(question, [one for one in answer if one not in question.correct_ids])
    if kind is QuestionType.MATCHING and isinstance(answer, dict):
        wrong = {left: right for left, right in answer.items() if not _belong(question, left, right)}
        return told(question, wrong)
    if kind is QuestionType.ORDERING:
        return [", ".join(told(question, answer))]
    if kind in {QuestionType.SHORT_TEXT, QuestionType.NUMERIC}:
        return [normalised(str(answer))]
    return told(question, answer)


def _belong(question: Question, left: str, right: object) -> bool:
    chosen, wanted = question.by_id.get(str(right)), question.by_id.get(left)
    return chosen is not None and wanted is not None and chosen.match == wanted.match


def _item(question: Question, attempts: Sequence[Sat]) -> Item:
    asked = [sat for sat in attempts if question in sat.questions]
    given = [sat.answers.get(question.question_id) for sat in asked]
    right = [is_right(question, answer) for answer in given]
    pairs = [(hit, sat.rest_share(question)) for hit, sat in zip(right, asked, strict=True)]
    compared = [(hit, rest) for hit, rest in pairs if rest is not None]
    wrong = Counter(choice for answer in given for choice in wrong_choices(question, answer)).most_common(1)
    return Item(
        question=question,
        asked=len(asked),
        answered=sum(bool(answer) for answer in given),
        right=sum(right),
        discrimination=point_biserial([hit for hit, _ in compared], [rest for _, rest in compared]),
        wrong=wrong[0][0] if wrong else "",
        wrong_count=wrong[0][1] if wrong else 0,
    )
