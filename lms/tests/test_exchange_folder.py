from __future__ import annotations

from pathlib import Path

import pytest

from core.testing import ANA, CARL
from lms import store
from lms.enums import CourseStatus
from lms.exchange.bringing import course_id_of
from lms.management.commands import import_course
from lms.services import courses, lessons
from lms.tests import exchange_factories as made
from lms.tests.exchange_factories import run

pytestmark = pytest.mark.usefixtures("cloud")


@pytest.fixture(autouse=True)
def people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_course, "person_by_email", made.people)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return made.folder(tmp_path / "renewals")


def _import(folder: Path, *options: str, owner: str = "carl@x") -> tuple[int, str]:
    return run("import_course", str(folder), "--owner", owner, *options)


def _course_id(folder: Path, tmp_path: Path, owner=CARL) -> str:
    return course_id_of(made.read_one(folder, tmp_path / "scratch"), owner)


def test_a_folder_becomes_a_course(folder: Path, tmp_path: Path) -> None:
    code, said = _import(folder)
    assert code == 0, said
    assert "4 new" in said
    course = store.course_by_id(_course_id(folder, tmp_path))
    assert (course.title, course.status, course.owner_user_id) == (
        "Renewals in practice",
        CourseStatus.DRAFT,
        CARL.user_id,
    )
    assert [one.title for one in courses.sections_of(course)] == ["Basics", "Check"]
    text, link, quiz = store.lessons_of(course.course_id)
    assert text.content["body"] == "Begin **120 days** before.\n\n![A dot](files/dot.png)\n"
    assert text.content["files"]["dot.png"]["key"].startswith(f"lessons/{text.lesson_id}/")
    assert (bool(link.required), bool(quiz.required), int(quiz.duration_seconds)) == (False, True, 180)
    assert int(quiz.content["pass_mark"]) == 60


def test_importing_again_changes_nothing(folder: Path) -> None:
    _import(folder)
    code, said = _import(folder)
    assert (code, "4 unchanged." in said) == (0, True), said


def test_a_changed_lesson_is_changed_and_the_others_are_left(folder: Path, tmp_path: Path) -> None:
    _import(folder)
    (folder / "start" / "text.md").write_text("Begin even earlier.")
    code, said = _import(folder)
    assert (code, "1 changed, 3 unchanged." in said) == (0, True), said
    course_id = _course_id(folder, tmp_path)
    assert store.lessons_of(course_id)[0].content == {"body": "Begin even earlier."}


def test_what_somebody_edited_here_is_kept(folder: Path, tmp_path: Path) -> None:
    _import(folder)
    course_id = _course_id(folder, tmp_path)
    lesson = store.lessons_of(course_id)[0]
    ours = lessons.Fields(title="Our own words", content=lesson.content)
    lessons.edit(course_id=course_id, lesson_id=lesson.lesson_id, fields=ours, seen_rev=lesson.text_rev, by=CARL)
    (folder / "start" / "text.md").write_text("Theirs.")
    code, said = _import(folder)
    assert (code, "somebody has edited it here" in said) == (1, True), said
    assert store.lessons_of(course_id)[0].title == "Our own words"


def test_a_new_lesson_takes_its_place(folder: Path, tmp_path: Path) -> None:
    _import(folder)
    manifest = made.MANIFEST.replace(
        "      - {kind: link", '      - {kind: link, title: First, url: "https://example.org/1"}\n      - {kind: link'
    )
    (folder / "course.yaml").write_text(manifest)
    code, said = _import(folder)
    assert code == 0, said
    titles = [lesson.title for lesson in store.lessons_of(_course_id(folder, tmp_path))]
    assert titles == ["Start early", "First", "Read more", "Check yourself"]


def test_an_import_that_was_cut_off_is_completed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from lms.exchange import bringing

    whole = bringing._mark

    def cut_off(course_id, lesson_id, wanted, by):
        if wanted.title == "Read more":
            raise KeyboardInterrupt
        whole(course_id, lesson_id, wanted, by)

    monkeypatch.setattr(bringing, "_mark", cut_off)
    with pytest.raises(KeyboardInterrupt):
        _import(folder)
    monkeypatch.setattr(bringing, "_mark", whole)
    code, said = _import(folder)
    assert (code, "2 new, 2 unchanged." in said) == (0, True), said


def test_who_may_publish_can_have_it_published_at_once(folder: Path, tmp_path: Path) -> None:
    assert _import(folder, "--publish")[0] == 2
    code, said = _import(folder, "--publish", owner="ana@x")
    assert code == 0, said
    course = store.course_by_id(_course_id(folder, tmp_path, ANA))
    assert (course.status, int(course.version)) == (CourseStatus.PUBLISHED, 1)
    _import(folder, "--publish", owner="ana@x")
    assert int(store.course_by_id(course.course_id).version) == 1


def test_a_dry_run_changes_nothing(folder: Path, tmp_path: Path) -> None:
    code, said = run("import_course", str(folder), "--dry-run")
    assert (code, "3 lessons would be imported" in said) == (0, True), said
    assert store.find_course(_course_id(folder, tmp_path)) is None


def test_an_exported_course_is_the_same_when_it_is_imported(folder: Path, tmp_path: Path) -> None:
    _import(folder)
    first = _course_id(folder, tmp_path)
    code, said = run("export_course", first, str(tmp_path / "out"))
    assert code == 0, said
    exported = made.read_one(tmp_path / "out", tmp_path / "scratch")
    original = made.read_one(folder, tmp_path / "scratch")
    assert exported.facts() == original.facts()
    code, said = _import(tmp_path / "out", owner="cora@x")
    assert (code, "4 new" in said) == (0, True), said


def test_an_export_takes_an_empty_folder(folder: Path, tmp_path: Path) -> None:
    _import(folder)
    code, said = run("export_course", _course_id(folder, tmp_path), str(folder))
    assert (code, "not empty" in said) == (2, True)
    assert run("export_course", "made-up", str(tmp_path / "out"))[0] == 2


def test_ones_own_export_comes_back_to_the_same_lessons(folder: Path, tmp_path: Path) -> None:
    _import(folder)
    course_id = _course_id(folder, tmp_path)
    before = [lesson.lesson_id for lesson in store.lessons_of(course_id)]
    run("export_course", course_id, str(tmp_path / "out"))
    code, said = _import(tmp_path / "out")
    assert (code, "1 changed, 3 unchanged." in said) == (0, True), said
    assert [lesson.lesson_id for lesson in store.lessons_of(course_id)] == before


def test_an_order_that_people_made_here_stays_while_the_source_is_the_same(folder: Path, tmp_path: Path) -> None:
    _import(folder)
    course_id = _course_id(folder, tmp_path)
    first, second, _ = store.lessons_of(course_id)
    lessons.move(
        course_id=course_id, lesson_id=second.lesson_id, section_id=first.section_id, before_id=first.lesson_id, by=CARL
    )
    _import(folder)
    assert [lesson.title for lesson in store.lessons_of(course_id)][:2] == ["Read more", "Start early"]
