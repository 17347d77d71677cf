"""Problems of Open edX as questions: a problem may ask several, each below the text that leads to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, tostring

from lms.exchange import html
from lms.exchange.links import LessonFiles
from lms.exchange.questions import Questions, number_and_tolerance, with_remarks
from lms.exchange.xml import inner, text_of

_HINTS = {"choicehint", "optionhint", "correcthint", "stringequalhint", "regexphint", "compoundhint"}
_GROUPS = {"choicegroup", "checkboxgroup", "radiogroup", "optioninput", "textline", "formulaequationinput"}
_ASIDE = {"solution", "demandhint", "script", "style"} | _HINTS
_FORMS = {"additional_answer", "responseparam"} | _GROUPS


@dataclass
class _Asking:
    """What is known while a problem is walked through. `before` is the text that the next question follows."""

    key: str
    name: str
    points: float
    files: LessonFiles
    questions: Questions
    closing: str = ""
    before: list[str] = field(default_factory=list)
    count: int = 0

    def markdown(self, markup: str) -> str:
        return html.to_markdown(markup, self.files.rewrite, self.files.tell, title=self.name)


def ask(problem: Element, files: LessonFiles, questions: Questions) -> None:
    name = problem.get("display_name", "")
    asking = _Asking(problem.get("url_name", ""), name, _points(problem), files, questions)
    asking.closing = _closing(problem, asking)
    _walk(problem, asking)
    if not asking.count:
        questions.leave_out(name or text_of(problem), "there is nothing in it to answer.")
    if limit := problem.get("max_attempts"):
        files.tell(f"“{name}” may be tried {limit} times there; attempts here are counted for the quiz as a whole.")


def _walk(element: Element, asking: _Asking) -> None:
    for child in element:
        if child.tag in _RESPONSES:
            _respond(child, asking)
        elif child.tag.endswith("response"):
            asking.count += 1
            text = html.plain("".join(asking.before))
            asking.before.clear()
            asking.questions.leave_out(text or asking.name, f"the portal has no questions of its kind ({child.tag}).")
        elif child.tag in _ASIDE:
            continue
        elif any(one.tag.endswith("response") for one in child.iter()):
            asking.before.append(child.text or "")
            _walk(child, asking)
        else:
            asking.before.append(tostring(child, encoding="unicode", method="html"))
        if (child.tail or "").strip():
            asking.before.append(child.tail or "")


def _respond(response: Element, asking: _Asking) -> None:
    asking.count += 1
    own = [f"<div>{inner(one)}</div>" for one in response if one.tag not in _FORMS | _ASIDE]
    labels = [f"<p>{one.get('label')}</p>" for one in response.iter() if one.get("label")]
    text = asking.markdown("".join([*asking.before, *own, *labels])) or asking.name
    asking.before.clear()
    key = f"{asking.key}/{asking.count}"
    _RESPONSES[response.tag](response, key, text, asking)


def _more(asking: _Asking, remarks: list[tuple[str, str]]) -> dict[str, Any]:
    return {"points": asking.points, "explanation": with_remarks(asking.closing, remarks)}


def _choices(response: Element, key: str, text: str, asking: _Asking) -> None:
    given = list(response.iter("choice"))
    options = [(_option(one), one.get("correct", "").lower() == "true") for one in given]
    remarks = [(_option(one), _hint(one)) for one in given]
    multiple = response.tag == "choiceresponse"
    asking.questions.choice(key, text, options, multiple=multiple, **_more(asking, remarks))


def _dropdown(response: Element, key: str, text: str, asking: _Asking) -> None:
    for place, group in enumerate(response.iter("optioninput"), start=1):
        given = list(group.iter("option"))
        options = [(_option(one), one.get("correct", "").lower() == "true") for one in given]
        if not given:  # as it was written once: options="('a','b')" correct="a"
            names = [one.strip().strip("'\"") for one in group.get("options", "").strip("() ").split(",")]
            options = [(name, name == group.get("correct", "")) for name in names if name]
        remarks = [(_option(one), _hint(one)) for one in given]
        asking.questions.choice(f"{key}/{place}" if place > 1 else key, text, options, **_more(asking, remarks))


def _numeric(response: Element, key: str, text: str, asking: _Asking) -> None:
    answer = response.get("answer", "")
    parameters = [one for one in response.iter("responseparam") if one.get("type", "tolerance") == "tolerance"]
    found = number_and_tolerance(answer, parameters[0].get("default", "") if parameters else "")
    if found is None:
        asking.questions.leave_out(text, f"its answer “{answer}” is computed.")
        return
    if response.find("additional_answer") is not None:
        asking.files.tell("A number has one right answer here; further ones were left out.")
    asking.questions.numeric(key, text, *found, **_more(asking, [(answer, _hint(response))]))


def _string(response: Element, key: str, text: str, asking: _Asking) -> None:
    if "regexp" in response.get("type", ""):
        asking.questions.leave_out(text, "its answer is a pattern, and answers here are words.")
        return
    others = (one.get("answer") or text_of(one) for one in response.iter("additional_answer"))
    accepted = [*response.get("answer", "").split("_or_"), *others]
    hints = [(one.get("answer", ""), text_of(one)) for one in response.iter("stringequalhint")]
    asking.questions.short_text(key, text, accepted, **_more(asking, [(accepted[0], _hint(response)), *hints]))


def _closing(problem: Element, asking: _Asking) -> str:
    """The explanation, and the hints that were to be had on demand: here both come with the result."""
    solutions = [asking.markdown(inner(one)) for one in problem.iter("solution")]
    hints = [f"- {html.plain(inner(one))}" for one in problem.iter("hint")]
    if hints:
        asking.files.tell("Hints on demand are shown with the result here.")
    texts = [_without_heading(text) for text in solutions]
    return "\n\n".join(filter(None, [*texts, "\n".join(["**Hints**", "", *hints]) if hints else ""]))


def _without_heading(text: str) -> str:
    first, _, rest = text.partition("\n")
    return rest.strip() if first.strip("#* ").lower() in {"explanation", "explanation:"} else text


def _option(element: Element) -> str:
    """Its words without the hint that stands within it."""
    parts = [element.text or ""]
    for child in element:
        if child.tag not in _HINTS:
            parts.append(" ".join(child.itertext()) or child.get("alt", ""))
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())


def _hint(element: Element) -> str:
    return " ".join(text_of(child) for child in element if child.tag in _HINTS and child.tag != "stringequalhint")


def _points(problem: Element) -> float:
    try:
        return float(problem.get("weight") or 1)
    except ValueError:
        return 1


_RESPONSES: dict[str, Callable[[Element, str, str, _Asking], None]] = {
    "multiplechoiceresponse": _choices,
    "truefalseresponse": _choices,
    "choiceresponse": _choices,
    "optionresponse": _dropdown,
    "numericalresponse": _numeric,
    "stringresponse": _string,
}
