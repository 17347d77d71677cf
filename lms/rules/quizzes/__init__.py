"""Quizzes: what their authors write, what is asked of a learner, and what her answers are worth.

| module | what it says |
|---|---|
| `quiz` | settings and questions, as a lesson's `content` holds them |
| `checks` | what is still missing before learners can have it |
| `drawing` | which questions an attempt asks, in which order |
| `answers` | answers as people give them, read strictly |
| `grading` | points |
| `attempts` | limits, deadlines, the score that counts |
| `analysis` | how questions did |
"""

from lms.rules.quizzes.checks import missing
from lms.rules.quizzes.quiz import Option, Question, Quiz

__all__ = ["Option", "Question", "Quiz", "missing"]
