"""QTI 1.2 as Canvas, Moodle, Blackboard and Common Cartridges write it: assessments of items with one or more responses."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element

from core.errors import Invalid
from lms.exchange import html
from lms.exchange.links import LessonFiles, Link, relative_to
from lms.exchange.packages import Package
from lms.exchange.parcel import Parcel, ParcelLesson, ParcelSection, Reading
from lms.exchange.questions import Questions, number_and_tolerance, with_remarks
from lms.exchange.xml import at, parse, text_of

_NOT_ASKED = {
    "essay": "an essay, which a person has to read.",
    "essay_question": "an essay, which a person has to read.",
    "file_upload_question": "it asks for a file.",
    "text_only_question": "a text without a question.",
    "calculated_question": "its numbers are computed anew for everybody.",
    "fill_in_multiple_blanks_question": "it has several blanks.",
    "pattern_match": "its answers are patterns, and answers here are words.",
}


@dataclass
class Item:
    """What the markup of an item comes to."""

    key: str
    kind: str
    text: str
    points: float
    responses: list[Element]
    rights: dict[str, list[str]] = field(default_factory=dict)
    explanation: str = ""
    remarks: dict[str, str] = field(default_factory=dict)
    multiple: bool = False
    uses_patterns: bool = False


def holds_assessment(root: Element) -> bool:
    return root.tag == "questestinterop"


def lessons_of(root: Element, files: LessonFiles, questions: Questions, *, key: str, title: str) -> ParcelLesson | None:
    """All items of the document as one quiz; None when none of them can be asked here."""
    for item in root.iter("item"):
        _ask(_read(item, files), questions)
    attempts = _metadata(root.find("assessment"), "cc_maxattempts", "qmd_maximumattempts")
    limit = int(attempts) if attempts.isdigit() and 0 < int(attempts) <= 100 else 0
    return questions.lesson(key, title, files.files, attempt_limit=limit)


def title_of(root: Element) -> str:
    for tag in ("assessment", "objectbank", "section", "item"):
        found = root.find(tag)
        if found is not None and found.get("title"):
            return str(found.get("title"))
    return ""


def document(package: Package, name: str) -> Element:
    """Raises Invalid when it is not QTI 1.2."""
    root = parse(package.data(name), name)
    if root.tag in {"assessmentItem", "assessmentTest", "qti-assessment-item", "qti-assessment-test"}:
        raise Invalid(f"“{name}” is QTI 2 or 3. Export it as QTI 1.2, which Canvas, Moodle and Blackboard can.")
    if not holds_assessment(root):
        raise Invalid(f"“{name}” holds no questions in QTI 1.2.")
    return root


def _read(item: Element, files: LessonFiles) -> Item:
    presentation = item.find("presentation")
    body = presentation if presentation is not None else item
    responses = [
        one for one in body.iter() if one.tag in {"response_lid", "response_str", "response_num", "response_grp"}
    ]
    inside = {id(part) for response in responses for part in response.iter("material")}
    materials = [one for one in body.iter("material") if id(one) not in inside]
    points = _metadata(item, "points_possible", "cc_weighting", "qmd_weighting")
    read = Item(
        key=item.get("ident", ""),
        kind=_metadata(item, "question_type", "cc_profile").removeprefix("cc.").partition(".v0")[0],
        text="\n\n".join(filter(None, (_words(one, files) for one in materials))) or item.get("title", ""),
        points=_number(points) if points else 1,
        responses=responses,
        multiple=any(one.get("rcardinality", "").lower() == "multiple" for one in responses),
    )
    _read_processing(item, read, files)
    return read


def _read_processing(item: Element, read: Item, files: LessonFiles) -> None:
    feedback = {one.get("ident", ""): _words(one, files) for one in item.iter("itemfeedback")}
    general = []
    for condition in item.iter("respcondition"):
        shown = [feedback.get(one.get("linkrefid", ""), "") for one in condition.iter("displayfeedback")]
        named = list(_named(condition))
        if _is_right(condition):
            for response, value in named:
                read.rights.setdefault(response, []).append(value)
            low, high = _bound(condition, "vargte", "vargt"), _bound(condition, "varlte", "varlt")
            if low and high:
                read.rights["~range"] = [f"[{low}, {high}]"]
            read.uses_patterns |= any(True for tag in ("varsubstring", "varsubset") for _ in condition.iter(tag))
            general += shown
        elif len(named) == 1 and shown:
            read.remarks[named[0][1]] = " ".join(filter(None, shown))
        elif condition.find("conditionvar/other") is not None and not any(
            one.get("linkrefid", "").endswith("incorrect_fb") for one in condition.iter("displayfeedback")
        ):
            general += shown
    read.explanation = "\n\n".join(dict.fromkeys(filter(None, general)))


def _is_right(condition: Element) -> bool:
    """It gives points."""
    scores = [_number(text_of(one)) for one in condition.iter("setvar") if one.get("action", "Set") in {"Set", "Add"}]
    return any(score > 0 for score in scores) or condition.get("title", "").lower() == "correct"


def _bound(condition: Element, *tags: str) -> str:
    return next((text_of(one) for tag in tags for one in condition.iter(tag)), "")


def _named(condition: Element) -> Iterator[tuple[str, str]]:
    """Responses and the values that the condition asks for; what stands within a `not` is asked to be absent."""
    absent = {id(one) for part in condition.iter("not") for one in part.iter("varequal")}
    for one in condition.iter("varequal"):
        if id(one) not in absent:
            yield one.get("respident", ""), "".join(one.itertext()).strip()


def _ask(item: Item, questions: Questions) -> None:
    more: dict[str, Any] = {"points": item.points, "explanation": item.explanation}
    if item.kind in _NOT_ASKED or item.uses_patterns:
        questions.leave_out(item.text, _NOT_ASKED.get(item.kind, _NOT_ASKED["pattern_match"]))
    elif not item.responses:
        questions.leave_out(item.text, "it has nothing to answer.")
    elif len(item.responses) > 1 or item.responses[0].tag == "response_grp":
        _match(item, questions, more)
    elif item.responses[0].tag == "response_lid":
        _choose(item, questions)
    else:
        _type(item, questions, more)


def _choose(item: Item, questions: Questions) -> None:
    right = {value for values in item.rights.values() for value in values}
    labels = [(one.get("ident", ""), _label(one)) for one in item.responses[0].iter("response_label")]
    remarks = [(text, item.remarks.get(ident, "")) for ident, text in labels]
    questions.choice(
        item.key,
        item.text,
        [(text, ident in right) for ident, text in labels],
        multiple=item.multiple,
        points=item.points,
        explanation=with_remarks(item.explanation, remarks),
    )


def _type(item: Item, questions: Questions, more: dict[str, Any]) -> None:
    accepted = [value for response, values in item.rights.items() if response != "~range" for value in values]
    if item.kind in {"numerical_question", "numeric"} or item.responses[0].tag == "response_num":
        _number_question(item, questions, accepted, more)
    elif not accepted:
        questions.leave_out(item.text, _NOT_ASKED["essay"])
    else:
        questions.short_text(item.key, item.text, accepted, **more)


def _number_question(item: Item, questions: Questions, accepted: list[str], more: dict[str, Any]) -> None:
    interval = next(iter(item.rights.get("~range", ())), "")
    found = number_and_tolerance(interval or (accepted[0] if accepted else ""))
    if found is None:
        questions.leave_out(item.text, "its answer is not a number.")
        return
    questions.numeric(item.key, item.text, *found, **more)


def _match(item: Item, questions: Questions, more: dict[str, Any]) -> None:
    labels = {
        one.get("ident", ""): _label(one) for response in item.responses for one in response.iter("response_label")
    }
    pairs, used = [], set()
    for response in item.responses:
        right = next(iter(item.rights.get(response.get("ident", ""), ())), "")
        left = _label(response) or response.get("ident", "")
        if right in labels:
            pairs.append((left, labels[right]))
            used.add(labels[right])
    if len(pairs) < len(item.responses):
        questions.leave_out(item.text, "for some of its parts no right answer is given.")
        return
    misleading = [text for text in dict.fromkeys(labels.values()) if text not in used]
    questions.matching(item.key, item.text, pairs, misleading, **more)


def _label(element: Element) -> str:
    """Plain words of an option, or of what is to be matched."""
    material = element.find("material")
    if material is None:
        material = element.find(".//material") if element.tag == "response_label" else None
    return html.plain(" ".join("".join(one.itertext()) for one in material)) if material is not None else ""


def _words(element: Element, files: LessonFiles) -> str:
    """Of materials, as Markdown."""
    texts = (_text(one, files) for one in element.iter("mattext"))
    pictures = (files.rewrite(Link(one.get("uri", ""), is_image=True)) for one in element.iter("matimage"))
    return "\n\n".join([*filter(None, texts), *(f"![]({address})" for address in pictures if address)])


def _text(element: Element, files: LessonFiles) -> str:
    text = "".join(element.itertext())
    is_html = "html" in element.get("texttype", "") or ("<" in text and element.get("texttype") is None)
    return html.to_markdown(text, files.rewrite, files.tell) if is_html else text.strip()


def _metadata(element: Element | None, *labels: str) -> str:
    """The first of these fields that is there; of an assessment its own, not those of its items."""
    if element is None:
        return ""
    near = [element.find("qtimetadata"), element.find("itemmetadata")]
    for label in labels:
        for metadata in filter(lambda one: one is not None, near):
            for entry in metadata.iter("qtimetadatafield"):  # type: ignore[union-attr]
                if at(entry, "fieldlabel") == label:
                    return at(entry, "fieldentry")
    return ""


def _number(text: str) -> float:
    try:
        return float(Decimal(text.strip()))
    except (InvalidOperation, ValueError):
        return 0


def read_package(package: Package, scratch: Path) -> Reading:
    """Documents by themselves: each becomes a course of one quiz."""
    parcels = []
    for name in documents(package):
        root = document(package, name)
        title = title_of(root) or PurePosixPath(name).stem
        files = LessonFiles(package, scratch, title, relative_to(posixpath.dirname(name)))
        questions = Questions(title)
        assessment = root.find("assessment")
        key = (assessment.get("ident") if assessment is not None else "") or PurePosixPath(name).stem
        lesson = lessons_of(root, files, questions, key=key, title=title)
        section = ParcelSection("quiz", "Quiz", (lesson,) if lesson else ())
        parcels.append(Parcel(key, title, sections=(section,), notes=(*questions.notes, *files.notes)))
    return Reading("QTI 1.2", parcels)


def documents(package: Package) -> list[str]:
    return [name for name in sorted(package.files) if name.endswith((".xml", ".qti")) and _is_qti(package, name)]


def holds(package: Package) -> bool:
    return bool(documents(package))


def _is_qti(package: Package, name: str) -> bool:
    with package.path(name).open("rb") as source:
        head = source.read(4096)
    return any(mark in head for mark in (b"questestinterop", b"assessmentItem", b"assessmentTest", b"qti-assessment"))
