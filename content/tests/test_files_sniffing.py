from __future__ import annotations

import pytest

from content import sniffing
from content.rules.files import FILE_TYPES, file_type_of
from content.tests import samples
from core.errors import Invalid

GOOD = {
    "deck.pptx": samples.office("ppt/"),
    "note.docx": samples.office("word/"),
    "prices.xlsx": samples.office("xl/"),
    "page.pdf": samples.pdf(),
    "rows.csv": "name,price\nZoë,1\n".encode(),
    "excel.csv": "name,price\nZoë,1\n".encode("cp1252"),
    "wide.csv": "name,price\nZoë,1\n".encode("utf-16"),
    "note.txt": b"plain words",
    "page.md": "# Héading\n\n<p align=center>fine</p>".encode(),
    "dot.png": samples.png(),
    "dot.jpg": samples.jpeg(),
    "dot.JPEG": samples.jpeg(),
    "dot.gif": samples.gif(),
    "dot.webp": samples.riff(b"WEBP"),
    "talk.mp4": samples.boxes(b"moov", b"mdat"),
    "talk.m4v": samples.boxes(b"mdat", b"moov"),
    "talk.mov": samples.boxes(b"moov", brand=b"qt  "),
    "talk.webm": samples.webm(),
    "talk.mp3": b"ID3\x04" + bytes(40),
    "bare.mp3": b"\xff\xfb\x90\x64" + bytes(40),
    "talk.m4a": samples.boxes(b"moov", brand=b"M4A "),
    "talk.wav": samples.riff(b"WAVE"),
    "talk.vtt": samples.VTT,
    "marked.vtt": b"\xef\xbb\xbf" + samples.VTT,
    "talk.srt": samples.SRT,
    "all.zip": samples.zipped("a.txt", "folder/b.txt"),
}

BAD = {
    "program.pdf": (b"MZ\x90\x00" + bytes(60), "a Windows program"),
    "page.pdf.pdf": (b"<!doctype html><script>alert(1)</script>", "a web page"),
    "cut.pdf": (samples.pdf()[:-7], "its end is missing"),
    "polyglot.pdf": (b"<html>" + samples.pdf(), "a web page"),
    "nothing.pdf": (bytes(100), "it holds nothing"),
    "cut.docx": (samples.office("word/")[:-30], "its end is missing"),
    "macros.docx": (samples.office("word/", "word/vbaProject.bin"), "macros"),
    "secret.xlsx": (b"\xd0\xcf\x11\xe0" + bytes(600), "password"),
    "sheet.docx": (samples.office("xl/"), "an Excel workbook by another name"),
    "plain.pptx": (samples.zipped("a.txt"), "an Office file or a zip archive"),
    "half.pptx": (samples.zipped("ppt/slides/slide1.xml"), "by another name"),
    "slip.zip": (samples.zipped("../../evil.sh"), "outside the folder"),
    "backslip.zip": (samples.zipped("..\\..\\evil.sh"), "outside the folder"),
    "absolute.zip": (samples.zipped("/etc/passwd"), "outside the folder"),
    "text.zip": (b"not an archive", "something else"),
    "page.txt": (b"\xef\xbb\xbf  <HTML><body>", "a web page"),
    "drawing.csv": (b"<svg onload=alert(1)>", "a web page or drawing"),
    "script.md": (b"<script>alert(1)</script>", "a web page"),
    "binary.txt": (b"abc\x00def", "something else"),
    "picture.txt": (samples.png(), "a PNG picture"),
    "old.md": ("# Zoë".encode("cp1252"), "UTF-8"),
    "odd.txt": (b"\xff\xfea\x00b", "UTF-8"),
    "drawing.png": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", "drawing with code"),
    "cut.png": (samples.png()[:-12], "its end is missing"),
    "cut.jpg": (samples.jpeg()[:-2], "its end is missing"),
    "cut.gif": (samples.gif()[:-1], "its end is missing"),
    "cut.webp": (samples.riff(b"WEBP")[:-9], "its end is missing"),
    "sound.webp": (samples.riff(b"WAVE"), "something else"),
    "cut.mp4": (samples.boxes(b"moov", b"mdat")[:-5], "its end is missing"),
    "empty.mp4": (samples.boxes(b"mdat"), "its end is missing"),
    "photo.mp4": (samples.boxes(b"moov", brand=b"heic"), "a video or a recording"),
    "film.webm": (samples.EBML + b"\x42\x82\x88matroska", "Matroska"),
    "noise.mp3": (b"\xff\xff\xff\xff", "something else"),
    "words.vtt": (b"WEBVTTX\n", "WEBVTT"),
    "older.vtt": (b"WEBVTT\n\n\xe9", "UTF-8"),
    "words.srt": (b"no times here", "no times"),
}


def look(name: str, content: bytes) -> None:
    sniffing.check(name, file_type_of(name), len(content), lambda start, length: content[start : start + length])


@pytest.mark.parametrize("name", GOOD)
def test_what_is_what_its_name_says_is_taken(name: str) -> None:
    look(name, GOOD[name])


@pytest.mark.parametrize("name", BAD)
def test_what_is_something_else_or_cut_off_is_refused_by_name(name: str) -> None:
    content, because = BAD[name]
    with pytest.raises(Invalid) as refused:
        look(name, content)
    assert f"“{name}”" in refused.value.message
    assert because in refused.value.message


@pytest.mark.parametrize("mime", [file_type.mime for file_type in FILE_TYPES])
@pytest.mark.parametrize("content", [b"", b"\0", b"\xff" * 9, b"PK\x03\x04", b"RIFF", b"\0\0\0\x01ftyp"])
def test_no_scrap_of_a_file_breaks_the_check(mime: str, content: bytes) -> None:
    file_type = next(one for one in FILE_TYPES if one.mime == mime)
    try:
        sniffing.check("scrap", file_type, len(content), lambda start, length: content[start : start + length])
    except Invalid as refused:
        assert refused.message


def test_a_large_archive_is_read_by_its_list_only() -> None:
    content = samples.zipped("big.bin", content="".join(chr(33 + at * 7919 % 90) for at in range(3_000_000)))
    asked: list[int] = []

    def read(start: int, length: int) -> bytes:
        asked.append(length)
        return content[start : start + length]

    sniffing.check("all.zip", file_type_of("all.zip"), len(content), read)
    assert sum(asked) < 200_000
