"""Modules as Microsoft Learn writes them: an `index.yml` that names units, a YAML file per unit, its text in `includes`."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from content.importing import frontmatter, labels, markdown
from core.errors import Invalid
from lms.enums import Difficulty, LessonType
from lms.exchange import learn_markdown, yaml
from lms.exchange.links import LessonFiles
from lms.exchange.packages import Package
from lms.exchange.parcel import Itinerary, Note, Parcel, ParcelLesson, ParcelSection, Reading
from lms.exchange.questions import Questions, with_remarks

_MIME = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*#{1,3}\s*YamlMime:\s*(\w+)")
_BARE = re.compile(r"^(\s*(?:title|description|summary):[ \t]+)([^\s'\"|>\[{#&*!%@`][^\n]*:[ \t][^\n]*)$", re.MULTILINE)
_NUMBER = re.compile(r"^\d+[-_]")
_SHORT = 400
_LEVELS = {
    "beginner": Difficulty.BEGINNER,
    "intermediate": Difficulty.INTERMEDIATE,
    "advanced": Difficulty.ADVANCED,
}


def holds(package: Package) -> bool:
    return any(True for _ in _of_kind(package, "Module", "ModuleUnit", "LearningPath"))


def read(package: Package, scratch: Path) -> Reading:
    """A course per module; a path for each learning path. A module that cannot be read does not hold up the others."""
    parcels: list[Parcel] = []
    refusals: list[Note] = []
    modules: dict[str, str] = {}
    for name in _of_kind(package, "Module"):
        try:
            module = _Module(package, name, scratch)
            parcels.append(module.parcel())
        except Invalid as error:
            refusals.append(Note(name, error.message))
            continue
        for known in (module.values.get("uid"), module.title, posixpath.basename(posixpath.dirname(name))):
            modules.setdefault(_folded(known), parcels[-1].key)
    paths, notes = _paths(package, modules)
    return Reading("Learn modules in YAML", parcels, paths, notes, refusals)


def _of_kind(package: Package, *kinds: str) -> Iterator[str]:
    for name in sorted(package.files):
        if name.endswith((".yml", ".yaml")):
            with package.path(name).open("rb") as source:
                found = _MIME.match(source.read(200))
            if found and found[1].decode() in kinds:
                yield name


def _paths(package: Package, modules: Mapping[str, str]) -> tuple[list[Itinerary], list[Note]]:
    paths, notes = [], []
    for name in _of_kind(package, "LearningPath"):
        try:
            values = _load(package, name)
        except Invalid as error:
            notes.append(Note(name, error.message))
            continue
        title = _text(values, "title") or name
        named = [str(one) for one in yaml.listed(values, "modules") if one]
        notes += [
            Note(title, f"Its module “{one}” is not in the package.") for one in named if _folded(one) not in modules
        ]
        keys = tuple(dict.fromkeys(modules[_folded(one)] for one in named if _folded(one) in modules))
        key = _text(values, "uid") or posixpath.dirname(name) or title
        paths.append(Itinerary(key, title, markdown.summary_of(_text(values, "summary")), keys))
    return paths, notes


class _Module:
    def __init__(self, package: Package, name: str, scratch: Path) -> None:
        self.package, self.name, self.scratch = package, name, scratch
        self.folder = posixpath.dirname(name)
        self.values = _load(package, name)
        self.title = _text(self.values, "title") or labels.spoken(posixpath.basename(self.folder)) or "Module"
        self.notes: list[Note] = []
        self.taken: set[str] = set()

    def parcel(self) -> Parcel:
        metadata = self.values.get("metadata") if isinstance(self.values.get("metadata"), dict) else {}
        levels = [str(one).lower() for one in yaml.listed(self.values, "levels")]
        lessons = [lesson for name in self._units() for lesson in self._unit(name)]
        abstract = _text(self.values, "abstract")
        summary = _text(self.values, "summary") or _text(metadata, "description") or markdown.summary_of(abstract)
        return Parcel(
            key=_text(self.values, "uid") or self.folder or self.title,
            title=self.title,
            description=summary,
            outcomes=tuple(re.findall(r"^\s*[-*]\s+(.+?)\s*$", abstract, re.MULTILINE)),
            difficulty_level=next((_LEVELS[one].value for one in levels if one in _LEVELS), ""),
            sections=(ParcelSection("units", "Units", tuple(lessons)),),
            notes=tuple(self.notes),
        )

    def _units(self) -> list[str]:
        """In the order that the module says; in that of the files' numbers where it does not."""
        there = [name for name in _of_kind(self.package, "ModuleUnit") if posixpath.dirname(name) == self.folder]
        by_uid: dict[str, str] = {}
        for name in there:
            try:
                by_uid[_text(_load(self.package, name), "uid")] = name
            except Invalid:
                continue  # told when its turn comes
        named = [by_uid[uid] for one in yaml.listed(self.values, "units") if (uid := str(one or "")) and uid in by_uid]
        rest = sorted((name for name in there if name not in named), key=_numbered)
        return [*named, *rest]

    def _unit(self, name: str) -> Iterator[ParcelLesson]:
        try:
            values = _load(self.package, name)
        except Invalid as error:
            self.notes.append(Note(name, f"It was left out: {error.message}"))
            return
        title = self._unit_title(values) or posixpath.splitext(posixpath.basename(name))[0]
        key = _text(values, "uid") or posixpath.basename(name)
        minutes = values.get("durationInMinutes")
        seconds = 60 * minutes if isinstance(minutes, int) and 0 < minutes < 10_000 else 0
        files = LessonFiles(self.package, self.scratch, title)
        body = self._body(_text(values, "content"), self.folder, files, title)
        quiz = values.get("quiz")
        lead = body if isinstance(quiz, dict) and len(body) < _SHORT and not files.files else ""
        if body and not lead:
            yield ParcelLesson(key, title, LessonType.TEXT, {"body": body}, duration_seconds=seconds, files=files.files)
        elif not body and not quiz:
            self.notes.append(Note(title, "The unit was left out: it has no text."))
        self.notes += files.notes
        self.notes += [
            Note(title, f"“{one}” was left out.") for one in ("tasks", "azureSandbox", "labModal") if values.get(one)
        ]
        if isinstance(quiz, dict):
            taken = bool(body) and not lead
            yield from self._quiz(quiz, title, key, lead=lead, taken=taken)

    def _unit_title(self, values: Mapping[str, Any]) -> str:
        """Units are written as copies of each other: a title that was forgotten to be changed is often right beside it."""
        title, other = _text(values, "title"), _text(values.get("metadata"), "title")
        if title in self.taken and other:
            title = other
        self.taken.add(title)
        return title

    def _body(self, content: str, folder: str, files: LessonFiles, title: str) -> str:
        def included(name: str) -> str:
            path = self._included(posixpath.normpath(posixpath.join(folder, name)))
            if path is None:
                files.tell(f"The text it includes is missing: {name}")
                return ""
            _, text = frontmatter.split(self.package.text(path))
            files.look_from(posixpath.dirname(path))
            text = learn_markdown.plain(text, files, lambda more: self._code(posixpath.dirname(path), more))
            heading, below = markdown.title_and_text(text)
            return below if _folded(heading) == _folded(title) or _is_opening(text, heading) else text

        return learn_markdown.with_includes(content, included, files).strip()

    def _included(self, path: str) -> str | None:
        """Units that were numbered anew often name their text by its old number."""
        if path in self.package:
            return path
        bare = _NUMBER.sub("", posixpath.basename(path))
        beside = [
            one
            for one in self.package.below(posixpath.dirname(path))
            if _NUMBER.sub("", posixpath.basename(one)) == bare
        ]
        return beside[0] if len(beside) == 1 else None

    def _code(self, folder: str, name: str) -> str | None:
        path = posixpath.normpath(posixpath.join(folder, name))
        return self.package.text(path) if path in self.package else None

    def _quiz(self, quiz: Mapping[str, Any], title: str, key: str, *, lead: str, taken: bool) -> Iterator[ParcelLesson]:
        """A short text before it is its description; after a longer one, which is a lesson, it has its own title."""
        own = _text(quiz, "title") or "Check your knowledge"
        questions = Questions(title)
        for number, one in enumerate(yaml.listed(quiz, "questions"), start=1):
            if not isinstance(one, dict):
                questions.leave_out(str(one), "it cannot be read.")
                continue
            choices = [choice for choice in yaml.listed(one, "choices") if isinstance(choice, dict)]
            options = [(_option(choice), choice.get("isCorrect") is True) for choice in choices]
            remarks = [(_option(choice), _text(choice, "explanation")) for choice in choices]
            several = sum(correct for _, correct in options) > 1
            more: dict[str, Any] = {"explanation": with_remarks("", remarks), "multiple": several}
            questions.choice(f"{key}/{number}", _text(one, "content"), options, **more)
        lesson = questions.lesson(f"{key}/quiz", own if taken else title)
        self.notes += questions.notes
        if lesson:
            yield replace(lesson, description=markdown.summary_of(lead))


def _load(package: Package, name: str) -> dict[str, Any]:
    """People forget the quotes around a title with a colon; then there is only one thing that it can mean. Raises Invalid."""
    text = package.text(name)
    try:
        return yaml.load_map(text, name)
    except Invalid:
        mended = _BARE.sub(lambda found: f"{found[1]}{json.dumps(found[2].strip(), ensure_ascii=False)}", text)
        return yaml.load_map(mended, name)


def _option(choice: Mapping[str, Any]) -> str:
    return _text(choice, "content")


def _is_opening(text: str, heading: str) -> bool:
    """The first heading of an included page is its title; the unit's own stands above."""
    first = text.lstrip().partition("\n")[0]
    return bool(heading) and first.startswith("# ")


def _numbered(name: str) -> tuple[int, str]:
    found = re.match(r"(\d+)", posixpath.basename(name))
    return (int(found[1]) if found else 10_000, name)


def _folded(text: Any) -> str:
    """Letters and digits only: people name a module without its commas and hyphens."""
    return " ".join(re.findall(r"\w+", str(text or "").replace("_", " "))).casefold()


def _text(values: Any, name: str) -> str:
    value = values.get(name) if isinstance(values, Mapping) else None
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
