"""Lessons of The Carpentries: `config.yaml`, and a Markdown page per episode with boxes between lines of colons."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from content.importing import frontmatter, labels, markdown
from core.errors import Invalid
from lms.enums import LessonType
from lms.exchange import yaml
from lms.exchange.links import LessonFiles, markdown_with, relative_to
from lms.exchange.packages import Package
from lms.exchange.parcel import Note, Parcel, ParcelLesson, ParcelSection, Reading

_BOX = re.compile(r"^\s*:{3,}\s*(?:\{?\.?(?P<name>[\w-]+)[^:\n]*)?:*\s*$")
_GRID = re.compile(r"^\+-[-+]*\+[ \t]*\n(?:[|+][^\n]*(?:\n|\Z)){2,}", re.MULTILINE)
_ALT = re.compile(
    r"!\[(?P<words>[^\]\n]*)\]\((?P<to>[^)\n]+)\)\{[^}\n]*?(?:alt\s*=\s*(?P<mark>['\"])(?P<alt>.*?)(?P=mark))?[^}\n]*\}"
)
_LABELS = {
    "objectives": "Objectives",
    "questions": "Questions",
    "keypoints": "Key points",
    "prereq": "Prerequisites",
    "callout": "Note",
    "caution": "Caution",
    "checklist": "Checklist",
    "challenge": "Exercise",
    "solution": "Solution",
    "hint": "Hint",
    "spoiler": "More",
    "discussion": "Discuss",
    "testimonial": "Testimonial",
}
_FOR_TEACHERS = {"instructor"}


def holds(package: Package) -> bool:
    return any(_episodes(package, name) for name in package.named("config.yaml", "_config.yml"))


def read(package: Package, scratch: Path) -> Reading:
    """Raises Invalid."""
    name = next(name for name in package.named("config.yaml", "_config.yml") if _episodes(package, name))
    return Reading("Carpentries lesson", [_Lesson(package, name, scratch).parcel()])


def _episodes(package: Package, config: str) -> list[str]:
    folder = posixpath.dirname(config)
    for place in ("episodes", "_episodes"):
        found = package.below(posixpath.join(folder, place))
        pages = [
            name
            for name in found
            if name.endswith(".md") and "/" not in name[len(folder) :].lstrip("/").partition("/")[2]
        ]
        if pages:
            return pages
    return []


class _Lesson:
    def __init__(self, package: Package, config: str, scratch: Path) -> None:
        self.package, self.scratch = package, scratch
        self.folder = posixpath.dirname(config)
        self.values = yaml.load_map(package.text(config), config)
        self.pages = _episodes(package, config)
        self.notes: list[Note] = []

    def parcel(self) -> Parcel:
        title = str(self.values.get("title") or self.package.name)
        sections = [ParcelSection("episodes", "Episodes", tuple(self._lessons(self._ordered(), required=True)))]
        aside = [name for name in self.package.below(posixpath.join(self.folder, "learners")) if name.endswith(".md")]
        if lessons := tuple(self._lessons(aside, required=False)):
            sections.append(ParcelSection("learners", "For learners", lessons))
        for place in ("instructors", "profiles"):
            if self.package.below(posixpath.join(self.folder, place)):
                self.notes.append(Note(title, f"The pages in “{place}” are for teachers and were left out."))
        keywords = str(self.values.get("keywords") or "").split(",")
        return Parcel(
            key=str(self.values.get("source") or title),
            title=title,
            description=self._description(),
            tags=tuple(labels.distinct([" ".join(one.split()) for one in keywords], 8)),
            sections=tuple(sections),
            notes=tuple(self.notes),
        )

    def _ordered(self) -> list[str]:
        named = [str(one) for one in yaml.listed(self.values, "episodes") if isinstance(one, str)]
        place = {name: number for number, name in enumerate(named)}
        return sorted(self.pages, key=lambda name: (place.get(posixpath.basename(name), len(place)), name))

    def _description(self) -> str:
        index = posixpath.join(self.folder, "index.md")
        if index not in self.package:
            return ""
        return markdown.summary_of(frontmatter.split(self.package.text(index))[1])

    def _lessons(self, names: list[str], *, required: bool) -> Iterator[ParcelLesson]:
        for name in names:
            try:
                yield self._lesson(name, required=required)
            except Invalid as error:
                self.notes.append(Note(name, f"It was left out: {error.message}"))

    def _lesson(self, name: str, *, required: bool) -> ParcelLesson:
        facts, text = frontmatter.split(self.package.text(name))
        heading, below = markdown.title_and_text(text)
        title = facts.text("title") or heading or labels.spoken(posixpath.splitext(posixpath.basename(name))[0])
        files = LessonFiles(self.package, self.scratch, title, relative_to(posixpath.dirname(name)))
        body = markdown_with(_plain(below if heading == title else text, files), files)
        self.notes += files.notes
        if not body.strip():
            raise Invalid("the page is empty.")
        minutes = sum(int(one) for one in (facts.text("teaching"), facts.text("exercises")) if one.isdigit())
        return ParcelLesson(
            key=posixpath.basename(name) if required else name[len(self.folder) :].lstrip("/"),
            title=title,
            lesson_type=LessonType.TEXT,
            content={"body": body.strip()},
            required=required,
            duration_seconds=60 * minutes,
            files=files.files,
        )


def _plain(text: str, files: LessonFiles) -> str:
    """Boxes as a bold line before what stands in them; one for teachers goes."""
    boxes = _Boxes(files)
    fence = ""
    for line in _with_tables_as_text(text, files).splitlines():
        mark = re.match(r"\s*(`{3,}|~{3,})", line)
        found = None if fence or mark else _BOX.match(line)
        if mark:
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        if found:
            boxes.border(found["name"])
        else:
            boxes.line(line)
    return _ALT.sub(lambda one: f"![{one['alt'] or one['words']}]({one['to']})", "\n".join(boxes.lines))


def _with_tables_as_text(text: str, files: LessonFiles) -> str:
    """Tables drawn with signs, which only Pandoc reads, keep their form as code does."""

    def drawn(found: re.Match[str]) -> str:
        files.tell("A table drawn with signs is shown as it was typed.")
        return f"~~~~~ text\n{found[0].rstrip()}\n~~~~~\n"

    return _GRID.sub(drawn, text)


class _Boxes:
    def __init__(self, files: LessonFiles) -> None:
        self.lines: list[str] = []
        self._opened: list[str] = []
        self._files = files

    def line(self, line: str) -> None:
        if not _FOR_TEACHERS & set(self._opened):
            self.lines.append(line)

    def border(self, name: str | None) -> None:
        """One with a name opens a box, one without closes the last."""
        if name is None:
            if self._opened:
                self._opened.pop()
            self.line("")
            return
        self._opened.append(name.lower())
        if name.lower() in _FOR_TEACHERS:
            self._files.tell("A box for teachers was left out.")
        label = _LABELS.get(name.lower(), labels.spoken(name))
        for line in ("", f"**{label}**", ""):
            self.line(line)
