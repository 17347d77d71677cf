from __future__ import annotations

import pytest

from content import store
from content.preview import Preview, preview_of
from content.tests import samples
from content.tests.test_files_uploads import a_draft, add
from core.testing import CARL

pytestmark = pytest.mark.usefixtures("cloud")


def preview_with(*files: tuple[str, bytes]) -> Preview:
    content_id = a_draft()
    for name, content in files:
        add(content_id, name, content)
    return preview_of(CARL, store.item_by_id(content_id), store.version_of(content_id, 1))


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", samples.pdf(), "pdf"),
        ("a.png", samples.png(), "image"),
        ("a.webm", samples.webm(), "video"),
        ("a.wav", samples.riff(b"WAVE"), "audio"),
        ("a.pptx", samples.office("ppt/"), "none"),
        ("a.md", b"# Words", "none"),
        ("a.vtt", samples.VTT, "none"),
    ],
)
def test_the_first_file_decides_what_the_page_shows(name: str, content: bytes, kind: str) -> None:
    assert preview_with((name, content), ("z.png", samples.png())).kind == kind


def test_a_draft_without_files_has_nothing_to_show() -> None:
    shown = preview_with()
    assert (shown.kind, shown.file, shown.files) == ("none", None, [])


def test_what_could_carry_code_is_offered_for_download_only() -> None:
    shown = preview_with(("a.pdf", samples.pdf()), ("a.md", b"<b>x</b>"), ("a.zip", samples.zipped("x.txt")))
    assert [bool(file.inline_url) for file in shown.files] == [True, False, False]


def test_captions_belong_to_the_film_of_their_name() -> None:
    shown = preview_with(
        ("Talk.webm", samples.webm()),
        ("talk.vtt", samples.VTT),
        ("talk.es.vtt", samples.VTT),
        ("other.vtt", samples.VTT),
        ("talk.srt", samples.SRT),
    )
    assert [(track.label, track.language) for track in shown.tracks] == [("Captions", "en"), ("ES", "es")]


def test_links_name_the_version_that_is_looked_at() -> None:
    shown = preview_with(("a.pdf", samples.pdf()))
    assert shown.file and shown.file.url.endswith(f"/files/{shown.file.file_id}/?version=1")
