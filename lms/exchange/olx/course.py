"""Chapters become sections; of each unit its texts become a lesson, its problems a quiz, its videos a lesson each.

The problems of a graded subsection are one quiz together, with the pass mark of the course.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from xml.etree.ElementTree import Element

from content.importing import markdown
from core.errors import Invalid
from lms.enums import LessonType
from lms.exchange import html
from lms.exchange.links import LessonFiles
from lms.exchange.olx.problems import ask
from lms.exchange.olx.tree import COURSE, Tree
from lms.exchange.olx.videos import in_static, video
from lms.exchange.packages import Package
from lms.exchange.parcel import Note, Parcel, ParcelLesson, ParcelSection, Reading
from lms.exchange.questions import Questions
from lms.exchange.xml import inner, parse

_DEEPEST = 12
_GROUPS = {"vertical", "wrapper", "problemset", "videosequence"}
_REASONS = {
    "discussion": "a discussion; the portal has none.",
    "poll": "a poll; the portal has none.",
    "survey": "a survey; the portal has none.",
    "lti": "a tool of another site; add a link to it instead.",
    "lti_consumer": "a tool of another site; add a link to it instead.",
    "openassessment": "work that others assess.",
    "library_content": "questions drawn from a library that is not in the package.",
    "split_test": "an experiment that shows different people different things.",
    "drag-and-drop-v2": "a drag-and-drop exercise.",
    "staffgradedxblock": "work to be handed in to a teacher.",
}


def holds(package: Package) -> bool:
    return any(_is_course(package, name) for name in package.named(COURSE))


def read(package: Package, scratch: Path) -> Reading:
    """Raises Invalid."""
    name = next(name for name in package.named(COURSE) if _is_course(package, name))
    return Reading("Open edX course (OLX)", [_Course(Tree(package, name.rpartition("/")[0]), scratch).parcel()])


def _is_course(package: Package, name: str) -> bool:
    """Not every `course.xml` is one; of a broken one the reader tells what is wrong."""
    try:
        return parse(package.data(name), name).tag == "course"
    except Invalid:
        return b"<course" in package.path(name).read_bytes()[:4096]


@dataclass
class _Unit:
    """What a vertical comes to while it is read, in its order."""

    title: str
    place: str
    lessons: list[ParcelLesson] = field(default_factory=list)
    texts: list[tuple[Element, str]] = field(default_factory=list)
    problems: list[Element] = field(default_factory=list)


class _Course:
    def __init__(self, tree: Tree, scratch: Path) -> None:
        self.tree, self.scratch = tree, scratch
        self.notes: list[Note] = []
        self.pass_mark = 80
        self.keys: set[str] = set()

    def parcel(self) -> Parcel:
        root = self.tree.root()
        title = root.get("display_name") or root.get("course") or "Open edX course"
        self.pass_mark = self._pass_mark(root) or self.pass_mark
        image = in_static(self.tree, root.get("course_image", "")) if root.get("course_image") else ""
        about = self.tree.text("about/short_description.html") or self.tree.text("about/overview.html")
        sections = tuple(self._chapter(chapter) for chapter in self._children(root, "chapter"))
        if root.get("start") or root.get("end") or any(one.get("due") for one in root.iter()):
            self.notes.append(Note(title, "Its dates were not taken; dates are given when a course is assigned."))
        return Parcel(
            key="+".join(filter(None, (root.get("org"), root.get("course"), root.get("url_name")))) or title,
            title=title,
            description=markdown.summary_of(html.to_markdown(about, lambda _: "", lambda _: None)),
            thumbnail=self.tree.package.files.get(image),
            sections=tuple(one for one in sections if one.lessons),
            notes=tuple(self.notes),
        )

    def _pass_mark(self, root: Element) -> int:
        cutoffs = self.tree.grading(root).get("GRADE_CUTOFFS")
        shares = (
            [one for one in (cutoffs or {}).values() if isinstance(one, int | float) and isfinite(one)]
            if isinstance(cutoffs, dict)
            else []
        )
        return min(max(round(100 * min(shares)), 1), 100) if shares else 0

    def _children(self, element: Element, *tags: str) -> list[Element]:
        problems: list[tuple[str, str]] = []
        found = list(self.tree.children(element, problems))
        self.notes += [Note(where, f"It was left out: {why}") for where, why in problems]
        others = [one for one in found if tags and one.tag not in tags and one.tag not in {"wiki", "textbook"}]
        self.notes += [self._left_out(one) for one in others]
        return [one for one in found if not tags or one.tag in tags]

    def _left_out(self, element: Element) -> Note:
        reason = _REASONS.get(element.tag, f"the portal has nothing of its kind ({element.tag}).")
        return Note(element.get("display_name") or element.get("url_name") or element.tag, f"It was left out: {reason}")

    def _chapter(self, chapter: Element) -> ParcelSection:
        subsections = self._children(chapter, "sequential", "videosequence", *_GROUPS)
        lessons: list[ParcelLesson] = []
        for one in subsections:
            name = one.get("display_name", "") if len(subsections) > 1 else ""
            lessons += self._subsection(one, name)
        title = chapter.get("display_name") or "Chapter"
        return ParcelSection(self._key(chapter.get("url_name") or title), title, tuple(lessons))

    def _subsection(self, subsection: Element, name: str) -> list[ParcelLesson]:
        """`name` becomes the description of its lessons, where a chapter has several subsections."""
        graded = subsection.get("graded", "").lower() == "true"
        title = subsection.get("display_name") or "Unit"
        units = [subsection] if subsection.tag in _GROUPS - {"videosequence"} else self._children(subsection)
        lessons: list[ParcelLesson] = []
        pooled: list[Element] = []
        for element in units:
            unit = _Unit(element.get("display_name") or title, name)
            self._collect(element, unit, 0, pooled if graded else None)
            self._close(unit)
            lessons += unit.lessons
        if pooled:
            lessons += self._quiz(pooled, title, f"{subsection.get('url_name') or title}/graded", name)
        return lessons

    def _collect(self, element: Element, unit: _Unit, depth: int, pooled: list[Element] | None) -> None:
        if depth > _DEEPEST:
            raise Invalid("It is nested too deep.")
        if element.tag in _GROUPS or element.tag == "sequential":
            for child in self._children(element):
                self._collect(child, unit, depth + 1, pooled)
        elif element.tag == "html":
            self._close_quiz(unit)
            unit.texts.append((element, self._markup(element)))
        elif element.tag == "problem":
            if pooled is None:
                self._close_text(unit)
                unit.problems.append(element)
            else:
                pooled.append(element)
        elif element.tag == "video":
            self._close(unit)
            self._add_video(element, unit)
        else:
            self.notes.append(self._left_out(element))

    def _markup(self, element: Element) -> str:
        filename = element.get("filename")
        if not filename:
            return inner(element)
        name = self.tree.at("html", f"{filename.replace(':', '/')}.html")
        if name in self.tree.package:
            return self.tree.package.text(name)
        self.notes.append(Note(element.get("display_name") or filename, f"It was left out: {name} is missing."))
        return ""

    def _close(self, unit: _Unit) -> None:
        self._close_text(unit)
        self._close_quiz(unit)

    def _close_text(self, unit: _Unit) -> None:
        parts, unit.texts = unit.texts, []
        files = self._files(unit.title)
        texts = [html.to_markdown(markup, files.rewrite, files.tell, title=unit.title) for _, markup in parts]
        self.notes += files.notes
        if body := "\n\n".join(filter(None, texts)):
            key = self._key(parts[0][0].get("url_name") or f"{unit.title}/text")
            unit.lessons.append(
                ParcelLesson(key, unit.title, LessonType.TEXT, {"body": body}, unit.place, files=files.files)
            )

    def _close_quiz(self, unit: _Unit) -> None:
        problems, unit.problems = unit.problems, []
        if not problems:
            return
        title = unit.title
        if unit.lessons or len(problems) == 1:
            title = (problems[0].get("display_name") or title) if len(problems) == 1 else f"{title}: questions"
        unit.lessons += self._quiz(problems, title, problems[0].get("url_name") or f"{title}/quiz", unit.place)

    def _quiz(self, problems: list[Element], title: str, key: str, place: str) -> list[ParcelLesson]:
        questions, files = Questions(title), self._files(title)
        for problem in problems:
            ask(problem, files, questions)
        lesson = questions.lesson(self._key(f"quiz/{key}"), title, files.files, pass_mark=self.pass_mark)
        self.notes += [*questions.notes, *files.notes]
        if lesson is None:
            self.notes.append(Note(title, "The quiz was left out: not one of its questions can be asked here."))
            return []
        return [ParcelLesson(**{**lesson.__dict__, "description": place})]

    def _add_video(self, element: Element, unit: _Unit) -> None:
        title = element.get("display_name") or unit.title
        found = video(element, self.tree, title if title.lower() != "video" else unit.title)
        self.notes += found.notes
        if found.lesson:
            key = self._key(f"video/{found.lesson.key}")
            unit.lessons.append(ParcelLesson(**{**found.lesson.__dict__, "key": key, "description": unit.place}))

    def _key(self, key: str) -> str:
        """Of two with one name the second is numbered."""
        number, free = 1, key
        while free in self.keys:
            number += 1
            free = f"{key}+{number}"
        self.keys.add(free)
        return free

    def _files(self, title: str) -> LessonFiles:
        return LessonFiles(self.tree.package, self.scratch, title, lambda path: in_static(self.tree, path))
