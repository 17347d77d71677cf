from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from core.errors import Invalid
from lms.exchange import packages, xml, yaml
from lms.exchange.packages import open_package
from lms.tests.exchange_factories import MANIFEST, read_one, zipped


def _open(path: Path, tmp_path: Path) -> packages.Package:
    scratch = tmp_path / "scratch"
    scratch.mkdir(exist_ok=True)
    return open_package(path, scratch)


@pytest.mark.parametrize(
    "name", ["../evil.txt", "a/../../evil.txt", "/etc/evil", "C:\\evil", "..\\evil", "a/./../../b"]
)
def test_an_archive_with_a_path_that_leads_out_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="leads out of it"):
        _open(zipped(tmp_path / "a.zip", {"course.yaml": "x", name: "evil"}), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "scratch"]
    assert not list((tmp_path / "scratch").rglob("*evil*"))


def test_names_of_an_archive_never_reach_the_disk(tmp_path: Path) -> None:
    package = _open(zipped(tmp_path / "a.zip", {"sub/with space & ünï.TXT": "hello"}), tmp_path)
    path = package.path("sub/with space & ünï.TXT")
    assert (path.name, path.read_text()) == ("000001.txt", "hello")


def test_links_in_archives_are_left_out(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE):
            member = tarfile.TarInfo(f"link-{kind.decode()}")
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
    package = _open(tmp_path / "a.tar", tmp_path)
    assert not package.files
    assert len(package.notes) == 3
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as zip_archive:
        info = zipfile.ZipInfo("link")
        info.external_attr = 0o120777 << 16
        zip_archive.writestr(info, "/etc/passwd")
    assert "symbolic link" in _open(tmp_path / "a.zip", tmp_path).notes[0].text


def test_a_link_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "course.yaml").symlink_to("/etc/passwd")
    package = _open(tmp_path / "course", tmp_path)
    assert not package.files
    assert "symbolic link" in package.notes[0].text


def test_a_bomb_is_refused_before_it_has_gone_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "_RATIO_FROM", 1024 * 1024)
    bomb = zipped(tmp_path / "a.zip", {"zeros": b"\0" * 8 * 1024 * 1024})
    with pytest.raises(Invalid, match="out of all proportion"):
        _open(bomb, tmp_path)
    written = sum(path.stat().st_size for path in (tmp_path / "scratch").iterdir())
    assert written <= 2 * 1024 * 1024


def test_an_archive_that_is_too_large_in_all_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MOST_BYTES", 1500)
    with pytest.raises(Invalid, match="larger than"):
        _open(zipped(tmp_path / "a.zip", {"a": "x" * 1000, "b": "x" * 1000}), tmp_path)
    monkeypatch.setattr(packages, "MOST_ENTRIES", 1)
    with pytest.raises(Invalid, match="more than 1 files"):
        _open(zipped(tmp_path / "b.zip", {"a": "x", "b": "x"}), tmp_path)


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.98])
def test_an_archive_that_was_cut_off_is_refused(kept: float, tmp_path: Path) -> None:
    whole = zipped(tmp_path / "whole.zip", {f"{number}.txt": "some words " * 50 for number in range(9)}).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(Invalid, match="damaged"):
        _open(tmp_path / "cut.zip", tmp_path)
    with tarfile.open(tmp_path / "whole.tgz", "w:gz") as archive:
        data = bytes(range(256)) * 400
        member = tarfile.TarInfo("a")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    whole = (tmp_path / "whole.tgz").read_bytes()
    (tmp_path / "cut.tgz").write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(Invalid):
        _open(tmp_path / "cut.tgz", tmp_path)


def test_of_a_name_that_is_there_twice_the_first_counts(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a", "first")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a", "second")
    package = _open(tmp_path / "a.zip", tmp_path)
    assert package.path("a").read_text() == "first"
    assert "twice" in package.notes[0].text


def test_names_that_are_not_utf_8_are_taken_as_they_can_be_read(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w", encoding="latin-1", format=tarfile.GNU_FORMAT) as archive:
        member = tarfile.TarInfo("caf\xe9.txt")
        member.size = 2
        archive.addfile(member, io.BytesIO(b"hi"))
    (name,) = _open(tmp_path / "a.tar", tmp_path).files
    assert name.endswith(".txt")


LAUGHS = (
    """<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><l>&b;</l>"""
)
EXTERNAL = """<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><l>&a;</l>"""


@pytest.mark.parametrize("text", [LAUGHS, EXTERNAL])
def test_entities_are_not_resolved(text: str) -> None:
    with pytest.raises(Invalid, match="entities"):
        xml.parse(text.encode(), "a.xml")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<a>",
        b"\x00\x01",
        b"<?xml version='1.0' encoding='klingon'?><a/>",
        "<a>ä</a>".encode("latin-1"),
        b"<a/>" * 2,
    ],
)
def test_what_is_no_xml_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(Invalid, match="not well-formed"):
        xml.parse(data, "a.xml")


def test_xml_that_is_nested_without_end_is_refused() -> None:
    with pytest.raises(Invalid, match="too deep"):
        xml.parse(b"<a>" * 5000 + b"</a>" * 5000, "a.xml")


def test_yaml_that_refers_to_itself_is_refused() -> None:
    laughs = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    with pytest.raises(Invalid, match="aliases"):
        yaml.load_map(laughs, "course.yaml")
    with pytest.raises(Invalid, match="cannot be read"):
        yaml.load_map("a: !!python/object/apply:os.system [ls]", "course.yaml")


def test_a_text_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MOST_TEXT_BYTES", 10)
    with pytest.raises(Invalid, match="too much for a text"):
        _open(zipped(tmp_path / "a.zip", {"course.yaml": MANIFEST}), tmp_path).text("course.yaml")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("title: Renewals in practice", "title: [a, list]"),
        ("kind: text, title", "kind: hologram, title"),
        ("file: start/text.md", "file: ../../etc/passwd"),
        ("difficulty: intermediate", "difficulty: impossible"),
        ("validity_months: 12", "validity_months: -1"),
        ("tags: [Renewals]", "tags: {a: b}"),
    ],
)
def test_a_manifest_with_a_wrong_value_is_refused_naming_the_place(change: str, said: str, tmp_path: Path) -> None:
    from lms.tests.exchange_factories import FOLDER

    files = {**FOLDER, "course.yaml": MANIFEST.replace(change, said)}
    with pytest.raises(Invalid, match="course.yaml"):
        read_one(zipped(tmp_path / "a.zip", files), tmp_path / "scratch")


def test_the_markup_of_strangers_is_read_whatever_it_is(tmp_path: Path) -> None:
    from lms.exchange.html import to_markdown

    with pytest.raises(Invalid, match="nested too deep"):
        to_markdown("<div>" * 20_000, lambda _: None, print)
    assert to_markdown("<p>a<b>c", lambda _: None, print) == "a**c**"


@pytest.mark.parametrize("wrong", ["5", "true", "[[]]", "{a: 1}", "null"])
@pytest.mark.parametrize("name", ["units", "levels", "abstract", "title", "summary", "uid"])
def test_a_value_of_a_wrong_kind_does_no_harm(name: str, wrong: str, tmp_path: Path) -> None:
    from lms.tests.test_exchange_formats import MODULE

    index = f"{MODULE['start/index.yml']}{name}: {wrong}\n"
    course = read_one(zipped(tmp_path / "a.zip", {**MODULE, "start/index.yml": index}), tmp_path / "scratch")
    assert len(course.lessons) == 2


@pytest.mark.parametrize(
    "wrong", ["{text: [a]}", "{text: x, question_type: riddle}", "5", "{question_type: single, points: .inf}"]
)
def test_a_question_of_a_wrong_kind_is_refused_naming_the_file(wrong: str, tmp_path: Path) -> None:
    from lms.tests.exchange_factories import FOLDER

    files = {**FOLDER, "quiz.yaml": f"questions:\n  - {wrong}\n"}
    with pytest.raises(Invalid, match="quiz.yaml"):
        read_one(zipped(tmp_path / "a.zip", files), tmp_path / "scratch")
