"""Questions written as text: GIFT, as Moodle writes it, and Aiken.

Both are read as far as they have a meaning here; each question that has none is named with the reason, and the others
are taken. Feedback to single answers goes into the explanation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from lms.enums import QuestionType
from lms.rules.quizzes.checks import lacks
from lms.rules.quizzes.quiz import MOST_QUESTIONS, Option, Question, true_false

NewId = Callable[[], str]
LARGEST = 200_000
"""Characters of a whole text."""
_LONGEST = 20_000
"""Characters of one question. Nothing here looks twice at the same letter, so that no text takes long."""
_AIKEN_OPTION = re.compile(r"([A-Z])[.)]\s+(.*)")
_AIKEN_ANSWER = re.compile(r"ANSWER:\s*([A-Z])\s*", re.IGNORECASE)
_TITLE = re.compile(r"::(.*?)(?<!\\)::", re.DOTALL)
_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_WEIGHT = re.compile(r"%(-?\d+(?:\.\d+)?)%")
_BRACE = re.compile(r"(?<!\\)[{}]")
_MARK = re.compile(r"(?<!\\)([=~])")
_ESCAPED = re.compile(r"\\([~=#{}:\\])")
_TRUTH = {"t": True, "true": True, "f": False, "false": False}


@dataclass(frozen=True)
class Taken:
    """`refused` says for each question that was not taken which it was, and why."""

    questions: tuple[Question, ...]
    refused: tuple[str, ...]


class _Refusal(ValueError):
    pass


def read(text: str, new_id: NewId) -> Taken:
    """Either format; which one it is can be seen."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")[:LARGEST]
    aiken = any(_AIKEN_ANSWER.fullmatch(line.strip()) for line in plain.split("\n"))
    blocks = list(_aiken_blocks(plain) if aiken else _gift_blocks(plain))
    questions, refused = [], []
    for number, block in enumerate(blocks[:MOST_QUESTIONS], start=1):
        try:
            if len(block) > _LONGEST:
                raise _Refusal("It is too long, or its braces are never closed.")
            question = _aiken(block, new_id) if aiken else _gift(block, new_id)
            if reason := lacks(question):
                raise _Refusal(reason)
            questions.append(question)
        except _Refusal as refusal:
            refused.append(f"Question {number}, “{_shortened(block)}”: {refusal}")
    if len(blocks) > MOST_QUESTIONS:
        refused.append(f"Only the first {MOST_QUESTIONS} questions were read.")
    return Taken(tuple(questions), tuple(refused))


def _aiken_blocks(text: str) -> Iterator[str]:
    block: list[str] = []
    for line in text.split("\n"):
        if line.strip():
            block.append(line.strip())
        if _AIKEN_ANSWER.fullmatch(line.strip()):
            yield "\n".join(block)
            block = []
    if block:
        yield "\n".join(block)


def _aiken(block: str, new_id: NewId) -> Question:
    lines = block.split("\n")
    answer = _AIKEN_ANSWER.fullmatch(lines[-1])
    if answer is None:
        raise _Refusal("It has no line “ANSWER:”.")
    asked = [line for line in lines[:-1] if not _AIKEN_OPTION.fullmatch(line)]
    found = [match for line in lines[:-1] if (match := _AIKEN_OPTION.fullmatch(line))]
    letter = answer[1].upper()
    options = tuple(Option(new_id(), match[2].strip(), correct=match[1] == letter) for match in found)
    return Question(new_id(), QuestionType.SINGLE, "\n".join(asked), options=options)


def _gift_blocks(text: str) -> Iterator[str]:
    """Separated by empty lines; comments and categories are left out. An answer block may hold empty lines."""
    kept = [line for line in text.split("\n") if not line.lstrip().startswith(("//", "$CATEGORY"))]
    block: list[str] = []
    opened = 0
    for part in re.split(r"\n[^\S\n]*\n", "\n".join(kept)):
        block.append(part)
        opened += sum(1 if brace == "{" else -1 for brace in _BRACE.findall(part))
        if opened <= 0:
            yield from filter(None, ["\n".join(block).strip()])
            block, opened = [], 0
    yield from filter(None, ["\n".join(block).strip()])


def _in_braces(body: str) -> tuple[str, str, str]:
    """What stands before, in and after the first pair of braces."""
    first = _BRACE.search(body)
    closing = _BRACE.search(body, first.end()) if first and first[0] == "{" else None
    if first is None or closing is None or closing[0] == "{":
        raise _Refusal("It has no answers in braces.")
    return body[: first.start()], body[first.end() : closing.start()], body[closing.end() :]


def _gift(block: str, new_id: NewId) -> Question:
    before, answers, after = _in_braces(_untitled(block))
    before, after = _plain(before), _plain(after.strip('"; \n'))
    text = f"{before} _____ {after}" if after else before
    inside, _, general = answers.strip().partition("####")
    question = Question(new_id(), QuestionType.SINGLE, text, explanation=_plain(general))
    return _with_answers(question, inside.strip(), new_id)


def _with_answers(question: Question, inside: str, new_id: NewId) -> Question:
    if not inside:
        raise _Refusal("It asks for an essay, which nobody grades here.")
    word = inside.split("#", 1)[0].strip().casefold()
    if word in _TRUTH:
        return replace(question, question_type=QuestionType.TRUE_FALSE, options=true_false(_TRUTH[word]))
    if inside.startswith("#"):
        return _numeric(question, inside[1:].strip())
    answers = _answers(inside)
    if all("->" in text for _, text, _ in answers):
        return _matching(question, answers, new_id)
    question = _explained(question, [(text, note) for _, text, note in answers])
    if all(mark == "=" for mark, _, _ in answers):
        return _short_text(question, answers)
    return _choices(question, answers, new_id)


def _answers(inside: str) -> list[tuple[str, str, str]]:
    """Mark, text with its weight, and feedback of each."""
    parts = _MARK.split(inside)[1:]
    if not parts:
        raise _Refusal("Its answers are not marked with = or ~.")
    return [(mark, *_noted(text)) for mark, text in zip(parts[::2], parts[1::2], strict=True)]


def _noted(text: str) -> tuple[str, str]:
    answer, *note = re.split(r"(?<!\\)#", text, maxsplit=1)
    return answer.strip(), _plain(note[0]) if note else ""


def _numeric(question: Question, inside: str) -> Question:
    first = next((part for part in _MARK.split(inside) if part.strip() not in {"", "=", "~"}), "")
    value = _WEIGHT.sub("", _noted(first)[0]).strip()
    if ".." in value:
        low, high = (float(_number(one)) for one in value.split("..", 1))
        middle, off = f"{(low + high) / 2:g}", f"{abs(high - low) / 2:g}"
    else:
        middle, _, off = value.partition(":")
    return replace(question, question_type=QuestionType.NUMERIC, number=_number(middle), tolerance=_number(off or "0"))


def _number(text: str) -> str:
    if not re.fullmatch(r"[+-]?(\d{1,15}(\.\d{1,15})?|\.\d{1,15})", text.strip(), re.ASCII):
        raise _Refusal(f"“{text.strip()[:40]}” is not a number.")
    return text.strip()


def _matching(question: Question, answers: list[tuple[str, str, str]], new_id: NewId) -> Question:
    pairs = [text.split("->", 1) for _, text, _ in answers]
    options = tuple(Option(new_id(), _plain(left), match=_plain(right)) for left, right in pairs)
    return replace(question, question_type=QuestionType.MATCHING, options=options)


def _short_text(question: Question, answers: list[tuple[str, str, str]]) -> Question:
    """Only what is wholly right; `*` stands for anything and is left out."""
    accepted = tuple(_plain(_WEIGHT.sub("", text)) for _, text, _ in answers if _weight(text, 100) >= 100)
    if any("*" in one for one in accepted):
        raise _Refusal("An accepted answer with * for any letters cannot be taken over.")
    return replace(question, question_type=QuestionType.SHORT_TEXT, accepted=accepted)


def _choices(question: Question, answers: list[tuple[str, str, str]], new_id: NewId) -> Question:
    single = sum(mark == "=" for mark, _, _ in answers)
    options = tuple(
        Option(new_id(), _plain(_WEIGHT.sub("", text)), correct=mark == "=" or (not single and _weight(text, 0) > 0))
        for mark, text, _ in answers
    )
    kind = QuestionType.SINGLE if single == 1 else QuestionType.MULTIPLE
    return replace(question, question_type=kind, options=options)


def _weight(text: str, usual: float) -> float:
    found = _WEIGHT.search(text)
    return float(found[1]) if found else usual


def _explained(question: Question, notes: list[tuple[str, str]]) -> Question:
    told = [f"- {_plain(_WEIGHT.sub('', text))}: {note}" for text, note in notes if note]
    return replace(question, explanation="\n".join(filter(None, [question.explanation, *told])))


def _plain(text: str) -> str:
    """Without what says how it is written, and without the marks before special letters."""
    bare = _ESCAPED.sub(r"\1", _FORMAT.sub("", text).replace("\\n", "\n"))
    return "\n".join(" ".join(line.split()) for line in bare.strip().split("\n"))


def _untitled(block: str) -> str:
    title = _TITLE.match(block)
    return block[title.end() :] if title else block


def _shortened(block: str) -> str:
    line = " ".join(_untitled(block[:_LONGEST]).split())
    return f"{line[:60]}…" if len(line) > 60 else line
