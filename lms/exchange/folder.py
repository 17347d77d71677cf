"""Our own form: a folder with a manifest, `course.yaml`, and a folder per lesson. `docs/learning/exchange.md` describes it."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.errors import Invalid
from lms.enums import Difficulty, LessonType
from lms.exchange import yaml
from lms.exchange.fields import Reader
from lms.exchange.links import LessonFiles, own_markdown_with, relative_to
from lms.exchange.packages import Package
from lms.exchange.parcel import Captions, Note, Parcel, ParcelLesson, ParcelSection, Reading
from lms.rules.quizzes import Question, Quiz
from lms.rules.quizzes.quiz import Option

FORMAT = "enablement-course/1"
MANIFEST = "course.yaml"


def holds(package: Package) -> bool:
    return bool(package.named(MANIFEST, "course.yml"))


def read(package: Package, scratch: Path) -> Reading:
    """One course per manifest; of several, one that cannot be read does not hold up the others. Raises Invalid."""
    manifests = package.named(MANIFEST, "course.yml")
    parcels: list[Parcel] = []
    refusals: list[Note] = []
    for name in manifests:
        try:
            parcels.append(_Folder(package, name, scratch).parcel())
        except Invalid as error:
            if len(manifests) == 1:
                raise
            refusals.append(Note(name, error.message))
    return Reading("folder with a manifest", parcels, refusals=refusals)


class _Folder:
    def __init__(self, package: Package, manifest: str, scratch: Path) -> None:
        self.package, self.manifest, self.scratch = package, manifest, scratch
        self.folder = posixpath.dirname(manifest)
        self.notes: list[Note] = []
        self.keys: set[str] = set()

    def parcel(self) -> Parcel:
        given = Reader(yaml.load_map(self.package.text(self.manifest), self.manifest), self.manifest)
        form = given.text("format", FORMAT)
        if form != FORMAT:
            raise Invalid(f"{self.manifest} is of the form “{form}”; this portal reads “{FORMAT}”.")
        sections = tuple(self._section(one, number) for number, one in enumerate(given.maps("sections"), start=1))
        thumbnail = given.text("thumbnail")
        parcel = Parcel(
            key=given.text("key") or posixpath.basename(self.folder) or self.package.name,
            title=given.needed("title"),
            thumbnail=self._path(thumbnail) if thumbnail else None,
            sections=sections,
            **_page(given),
        )
        return parcel.noting(*self.notes)

    def _section(self, values: Mapping[str, Any], number: int) -> ParcelSection:
        given = Reader(values, f"{self.manifest}, section {number}")
        title = given.needed("title")
        lessons = [
            self._lesson(Reader(one, f"{self.manifest}, section {number}, lesson {place}"), f"{number}-{place}")
            for place, one in enumerate(given.maps("lessons"), start=1)
        ]
        return ParcelSection(self._key(given, f"section-{number}"), title, tuple(lessons))

    def _key(self, given: Reader, otherwise: str) -> str:
        key = given.text("key") or otherwise
        if key in self.keys:
            raise Invalid(f"{given.where}: the key “{key}” is there twice.")
        self.keys.add(key)
        return key

    def _lesson(self, given: Reader, place: str) -> ParcelLesson:
        kind = given.needed("kind")
        if kind not in list(LessonType):
            raise Invalid(f"{given.where}: there is no kind of lesson called “{kind}”.")
        source = given.text("file")
        lesson = ParcelLesson(
            key=self._key(given, source or f"lesson-{place}"),
            title=given.needed("title"),
            lesson_type=LessonType(kind),
            description=given.text("description"),
            required=given.flag("required", True),
            duration_seconds=given.number("seconds") or 60 * (given.number("minutes") or 0),
        )
        return _READERS[lesson.lesson_type](self, given, lesson)

    def _text(self, given: Reader, lesson: ParcelLesson) -> ParcelLesson:
        source = self._within(given.needed("file"))
        files = self._files(source, lesson)
        body = own_markdown_with(self.package.text(source), files)
        self.notes += files.notes
        return replace(lesson, content={"body": body}, files=files.files)

    def _quiz(self, given: Reader, lesson: ParcelLesson) -> ParcelLesson:
        source = self._within(given.needed("file"))
        quiz = _quiz_from(yaml.load_map(self.package.text(source), source), source)
        files = self._files(source, lesson)
        quiz = replace(quiz, questions=tuple(_with_files(question, files) for question in quiz.questions))
        self.notes += files.notes
        return replace(lesson, content=quiz.to_content(), files=files.files)

    def _video(self, given: Reader, lesson: ParcelLesson) -> ParcelLesson:
        source = given.text("file")
        captions = [Reader(one, given.where) for one in given.maps("captions")]
        return replace(
            lesson,
            content={"chapters": _chapters(given)},
            video=self._path(source) if source else None,
            captions=tuple(Captions(one.text("language", "en"), self._path(one.needed("file"))) for one in captions),
        )

    def _document(self, given: Reader, lesson: ParcelLesson) -> ParcelLesson:
        return replace(lesson, content={"content_id": given.text("item"), "note": given.text("note")})

    def _link(self, given: Reader, lesson: ParcelLesson) -> ParcelLesson:
        return replace(lesson, content={"url": given.text("url"), "note": given.text("note")})

    def _files(self, source: str, lesson: ParcelLesson) -> LessonFiles:
        return LessonFiles(self.package, self.scratch, lesson.title, relative_to(posixpath.dirname(source)))

    def _within(self, name: str) -> str:
        """Where a file named in the manifest lies in the package. Raises Invalid."""
        path = posixpath.normpath(posixpath.join(self.folder, name))
        if path.startswith(("..", "/")) or path not in self.package:
            raise Invalid(f"{self.manifest} names “{name}”, which is not there.")
        return path

    def _path(self, name: str) -> Path:
        return self.package.path(self._within(name))


_READERS = {
    LessonType.TEXT: _Folder._text,
    LessonType.QUIZ: _Folder._quiz,
    LessonType.VIDEO: _Folder._video,
    LessonType.DOCUMENT: _Folder._document,
    LessonType.LINK: _Folder._link,
}


def _page(given: Reader) -> dict[str, Any]:
    difficulty = given.text("difficulty")
    if difficulty and difficulty not in list(Difficulty):
        raise Invalid(f"{given.where}: “difficulty” must be one of {', '.join(Difficulty)}.")
    window = given.number("renewal_window_days", 3650)
    return {
        "description": given.text("description"),
        "outcomes": given.texts("outcomes"),
        "product_suite": given.text("suite"),
        "product": given.text("product"),
        "product_concept": given.text("concept"),
        "tags": given.texts("tags"),
        "badge": given.text("badge"),
        "difficulty_level": difficulty,
        "duration_override": given.number("minutes", 100_000),
        "prerequisite_ids": given.texts("prerequisites"),
        "related_item_ids": given.texts("related_items"),
        "self_marking": given.flag("self_marking", True),
        "certificate": given.flag("certificate", True),
        "validity_months": given.number("validity_months", 1200),
        "renewal_window_days": 60 if window is None else window,
    }


def _chapters(given: Reader) -> list[list[Any]]:
    found = []
    for one in given.list("chapters"):
        if (
            not isinstance(one, list)
            or len(one) != 2
            or isinstance(one[0], bool)
            or not isinstance(one[0], int | float)
        ):
            raise Invalid(f"{given.where}: a chapter is written [seconds, title].")
        found.append([int(one[0]), str(one[1])])
    return found


def _quiz_from(values: Mapping[str, Any], source: str) -> Quiz:
    """Ids may be left out. Raises Invalid."""
    listed = Reader(values, source).maps("questions")
    questions = [_question(Reader(one, f"{source}, question {number}"), number) for number, one in enumerate(listed, 1)]
    try:
        return Quiz.from_content({**values, "questions": questions})
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise Invalid(f"“{source}” is not a quiz as docs/learning/exchange.md describes it ({error}).") from error


def _question(given: Reader, number: int) -> dict[str, Any]:
    """As `Question.from_content` takes it, with texts that are texts."""
    options = [Reader(one, given.where) for one in given.maps("options")]
    texts = {
        name: given.written(name) for name in ("text", "explanation", "number", "tolerance") if name in given.values
    }
    return {
        "question_id": given.text("question_id") or f"q{number}",
        "question_type": given.needed("question_type"),
        "points": given.number("points") or 1,
        "options": [_option(one, place) for place, one in enumerate(options, start=1)],
        "accepted": given.texts("accepted"),
        **texts,
    }


def _option(given: Reader, place: int) -> dict[str, Any]:
    return {
        "option_id": given.text("option_id") or f"o{place}",
        "text": given.written("text"),
        "correct": given.flag("correct", False),
        "match": given.written("match"),
    }


def _with_files(question: Question, files: LessonFiles) -> Question:
    options = tuple(_option_with(option, files) for option in question.options)
    return replace(
        question,
        text=own_markdown_with(question.text, files),
        explanation=own_markdown_with(question.explanation, files),
        options=options,
    )


def _option_with(option: Option, files: LessonFiles) -> Option:
    return replace(option, text=own_markdown_with(option.text, files))
