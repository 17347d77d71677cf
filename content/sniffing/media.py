"""Pictures, films and recordings: the mark at their beginning, and whether their end is there."""

from __future__ import annotations

from collections.abc import Iterator

from content.sniffing.source import CUT_OFF, Source, TooMuch, not_a

_MOST_BOXES = 200
_STILL_PICTURES = (b"heic", b"heix", b"mif1", b"avif", b"msf1")
_OLD_QUICKTIME = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")


def png(source: Source) -> str:
    if not source.head.startswith(b"\x89PNG\r\n\x1a\n"):
        return not_a("a PNG picture", source.head)
    return "" if b"IEND" in source.tail else CUT_OFF


def jpeg(source: Source) -> str:
    if not source.head.startswith(b"\xff\xd8\xff"):
        return not_a("a JPEG picture", source.head)
    return "" if b"\xff\xd9" in source.tail else CUT_OFF


def gif(source: Source) -> str:
    if not source.head.startswith((b"GIF87a", b"GIF89a")):
        return not_a("a GIF picture", source.head)
    return "" if source.tail.rstrip(b"\0").endswith(b";") else CUT_OFF


def webp(source: Source) -> str:
    return _riff(source, b"WEBP", "a WebP picture")


def wav(source: Source) -> str:
    return _riff(source, b"WAVE", "a WAV recording")


def webm(source: Source) -> str:
    is_webm = source.head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in source.head[:64]
    return "" if is_webm else not_a("a WebM video", source.head)


def mp3(source: Source) -> str:
    return (
        "" if source.head.startswith(b"ID3") or _is_mpeg_frame(source.head) else not_a("an MP3 recording", source.head)
    )


def mp4(source: Source) -> str:
    if source.head[4:8] != b"ftyp" or source.head[8:12] in _STILL_PICTURES:
        return not_a("an MP4 video or recording", source.head)
    return _boxes_problem(source)


def quicktime(source: Source) -> str:
    if source.head[4:8] not in (b"ftyp", *_OLD_QUICKTIME) or source.head[8:12] in _STILL_PICTURES:
        return not_a("a QuickTime video", source.head)
    return _boxes_problem(source)


def _is_mpeg_frame(head: bytes) -> bool:
    """Eleven bits of synchronisation, then a version, a layer and a bit rate that are not the reserved ones."""
    if len(head) < 3 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    return head[1] & 0x18 != 0x08 and head[1] & 0x06 != 0 and head[2] & 0xF0 != 0xF0


def _riff(source: Source, form: bytes, expected: str) -> str:
    head = source.head
    if head[:4] != b"RIFF" or head[8:12] != form:
        return not_a(expected, head)
    declared = int.from_bytes(head[4:8], "little")
    streamed = declared in (0, 0xFFFFFFFF)  # written before its length was known
    return CUT_OFF if not streamed and declared + 8 > source.size + 1 else ""


def _boxes_problem(source: Source) -> str:
    """The file is a row of boxes that say how long they are; the one named `moov` is its table of contents."""
    names = set()
    try:
        for name, end in _boxes(source):
            names.add(name)
            if end > source.size:
                return CUT_OFF
    except TooMuch:
        return ""
    return "" if b"moov" in names else CUT_OFF


def _boxes(source: Source) -> Iterator[tuple[bytes, int]]:
    at = 0
    for _ in range(_MOST_BOXES):
        header = source.range(at, 16) if at + 16 > len(source.head) else source.head[at : at + 16]
        if len(header) < 8:
            return
        length, name = int.from_bytes(header[:4], "big"), header[4:8]
        if length == 1:
            length = int.from_bytes(header[8:16], "big")
        end = source.size if length == 0 else at + length
        yield name, end
        if length != 0 and length < 8:
            return
        at = end
    yield b"moov", source.size  # too many to follow: they were whole so far
