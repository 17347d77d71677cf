"""Quizzes as plain text: GIFT as Moodle reads it, and Aiken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from core.errors import Invalid
from lms.exchange import html
from lms.exchange.packages import Package
from lms.exchange.parcel import Parcel, ParcelSection, Reading
from lms.exchange.questions import Questions, number_and_tolerance, with_remarks

_AIKEN = re.compile(r"^ANSWER:\s*[A-Z]\s*$", re.MULTILINE | re.IGNORECASE)
_GIFT = re.compile(r"(?<!\\)\{(?:\s*[=~#]|\s*(?:T|F|TRUE|FALSE)\b|[^{}]*?(?<!\\)[=~]|\s*\})")
_OPTION = re.compile(r"^([A-Z])[.)]\s*(.+)$", re.IGNORECASE)
_ESCAPED = {f"\\{sign}": chr(0xE100 + place) for place, sign in enumerate("~=#{}:\\")} | {"\\n": "\n"}
_ANSWER = re.compile(r"(?P<mark>[=~])\s*(?:%(?P<weight>-?\d+(?:\.\d+)?)%)?(?P<text>[^=~]*)")
_TEXTS = (".txt", ".gift", ".aiken")


@dataclass(frozen=True)
class _Answer:
    """`weight` is in percent; None where none was said."""

    text: str
    right: bool
    weight: float | None
    remark: str


def holds(package: Package) -> bool:
    texts = [name for name in package.files if name.lower().endswith(_TEXTS)]
    return bool(texts) and len(texts) == len(package.files) and any(_kind(package, name) for name in texts)


def read(package: Package, scratch: Path) -> Reading:
    """A course for each file."""
    parcels = []
    for name in sorted(package.files):
        kind = _kind(package, name)
        if kind:
            parcels.append(_parcel(package.text(name), PurePosixPath(name).name, kind))
    return Reading("Quizzes in plain text", parcels)


def _kind(package: Package, name: str) -> str:
    try:
        text = package.text(name)
    except Invalid:
        return ""
    return "Aiken" if _AIKEN.search(text) else "GIFT" if _GIFT.search(_without_comments(text)) else ""


def _parcel(text: str, name: str, kind: str) -> Parcel:
    title = PurePosixPath(name).stem
    questions = Questions(title)
    if kind == "Aiken":
        _read_aiken(text, questions)
    else:
        for block in re.split(r"\n\s*\n", _without_comments(text)):
            if block.strip() and not block.lstrip().startswith("$CATEGORY"):
                _read_gift(block.strip(), questions)
    lesson = questions.lesson("quiz", title)
    section = ParcelSection("quiz", "Quiz", (lesson,) if lesson else ())
    return Parcel(name, title, sections=(section,), notes=tuple(questions.notes))


def _read_aiken(text: str, questions: Questions) -> None:
    asked: list[str] = []
    options: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        answer = re.fullmatch(r"ANSWER:\s*([A-Z])", line, re.IGNORECASE)
        option = _OPTION.match(line)
        if answer:
            right = answer[1].upper()
            words = " ".join(asked).replace("<", "\\<")
            questions.choice("", words, [(one, letter == right) for letter, one in options.items()])
            asked, options = [], {}
        elif option and asked:
            options[option[1].upper()] = option[2]
        else:
            asked.append(line)
    if asked:
        questions.leave_out(" ".join(asked), "it has no line that says the answer.")


def _without_comments(text: str) -> str:
    return re.sub(r"^[ \t]*//[^\n]*$", "", text, flags=re.MULTILINE)


def _read_gift(block: str, questions: Questions) -> None:
    for escaped, kept in _ESCAPED.items():
        block = block.replace(escaped, kept)
    title, block = _title(block)
    start, end = block.find("{"), block.rfind("}")
    if start < 0 or end < start:
        questions.leave_out(_restored(block), "it is a text without a question.")
        return
    before, inside, after = block[:start], block[start + 1 : end].strip(), block[end + 1 :].strip().strip('";')
    text = _text(_with_gap(before.rstrip(), after)) or title
    inside, _, closing = inside.partition("####")
    _ask(text, inside.strip(), _text(closing), questions)


def _with_gap(before: str, after: str) -> str:
    """The answer's place within a sentence; below a whole one it has none."""
    if not after or (after in ".?!" and before.endswith((".", "?", "!", ":"))):
        return before
    return f"{before} ____{'' if after in '.,;?!' else ' '}{after}"


def _title(block: str) -> tuple[str, str]:
    found = re.match(r"::(.*?)::", block, re.DOTALL)
    return (_restored(found[1]).strip(), block[found.end() :].strip()) if found else ("", block)


def _ask(text: str, inside: str, closing: str, questions: Questions) -> None:
    truth = re.match(r"(TRUE|T|FALSE|F)\s*(?:#|$)", inside)
    answers = list(_answers(inside))
    if truth:
        remarks = [_text(part) for part in inside.split("#")[1:]]
        is_true = truth[1].startswith("T")
        explanation = "\n\n".join(filter(None, [closing, *remarks]))
        questions.choice("", text, [("True", is_true), ("False", not is_true)], explanation=explanation)
    elif not inside:
        questions.leave_out(text, "an essay, which a person has to read.")
    elif inside.startswith("#"):
        _numeric(text, inside[1:], closing, questions)
    elif answers and all("->" in one.text for one in answers):
        pairs = [tuple(_text(side) for side in one.text.split("->", 1)) for one in answers]
        misleading = [right for left, right in pairs if not left]
        questions.matching("", text, [(left, right) for left, right in pairs if left], misleading, explanation=closing)
    else:
        _choose(text, answers, closing, questions)


def _choose(text: str, answers: list[_Answer], closing: str, questions: Questions) -> None:
    shown = [(html.plain(_text(one.text)), one) for one in answers]
    explanation = with_remarks(closing, [(words, one.remark) for words, one in shown if words != "*"])
    if all(one.right for one in answers):
        accepted = [words for words, one in shown if one.weight in (None, 100) and words != "*"]
        questions.short_text("", text, accepted, explanation=explanation)
        return
    several = not any(one.right for one in answers)
    options = [(words, one.right or (several and (one.weight or 0) > 0)) for words, one in shown]
    if not several and any((one.weight or 0) > 0 for _, one in shown if not one.right):
        questions.tell("An answer that was half right there is wrong here.")
    questions.choice("", text, options, multiple=several, explanation=explanation)


def _numeric(text: str, inside: str, closing: str, questions: Questions) -> None:
    """The answer that gives all the points."""
    answers = [one for one in _answers(inside) if one.right and one.weight in (None, 100)]
    given, _, remark = (answers[0].text, "", answers[0].remark) if answers else inside.partition("~")[0].partition("#")
    number, _, tolerance = given.strip().partition(":") if ".." not in given else (given.strip(), "", "")
    found = number_and_tolerance(number, tolerance)
    if found is None:
        questions.leave_out(text, "its answer is not a number.")
        return
    explanation = "\n\n".join(filter(None, [closing, _text(remark)]))
    questions.numeric("", text, *found, explanation=explanation)


def _answers(inside: str) -> Iterator[_Answer]:
    for found in _ANSWER.finditer(inside):
        text, _, remark = found["text"].partition("#")
        weight = float(found["weight"]) if found["weight"] else None
        yield _Answer(text.strip(), found["mark"] == "=", weight, _text(remark))


def _text(text: str) -> str:
    """In Markdown, whatever format it says it has."""
    found = re.match(r"\s*\[(html|moodle|plain|markdown)\]", text)
    form, text = (found[1], text[found.end() :]) if found else ("", text)
    text = _restored(text).strip()
    if form == "html" or (form in ("", "moodle") and re.search(r"</?[a-z]+[^<>]*>", text)):
        return html.to_markdown(text, lambda _: None, lambda _: None)
    return " ".join(text.split()) if form != "markdown" else text


def _restored(text: str) -> str:
    for escaped, kept in _ESCAPED.items():
        if kept != "\n":
            text = text.replace(kept, escaped[1:])
    return text
