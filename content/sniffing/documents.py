"""PDF, Office files and archives."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath

from content.sniffing.source import CUT_OFF, SeekableSource, Source, TooMuch, looks_like_markup, not_a

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_NAMES = {"ppt/": "a PowerPoint presentation", "word/": "a Word document", "xl/": "an Excel workbook"}


def pdf(source: Source) -> str:
    start = source.head[:1024].find(b"%PDF-")
    if start < 0 or looks_like_markup(source.head[:start]):
        return not_a("a PDF", source.head)
    return "" if b"%%EOF" in source.tail else CUT_OFF


def office(folder: str) -> Callable[[Source], str]:
    def check(source: Source) -> str:
        if source.head.startswith(_OLD_OFFICE):
            return (
                "it is protected with a password or in an old Office format. "
                "Remove the password, or save it in today's format, then add it again."
            )
        members, problem = _members(source, _NAMES[folder])
        if problem:
            return problem
        return _office_problem(folder, members)

    return check


def archive(source: Source) -> str:
    members, problem = _members(source, "a zip archive")
    if problem:
        return problem
    if any(_leaves_its_folder(member) for member in members):
        return "it would put files outside the folder it is opened in. Make the archive again, then add that."
    return ""


def _office_problem(folder: str, members: list[str]) -> str:
    if "[Content_Types].xml" not in members or not any(member.startswith(folder) for member in members):
        actual = next((name for start, name in _NAMES.items() if any(m.startswith(start) for m in members)), None)
        return not_a(_NAMES[folder], b"PK\x03\x04") if not actual else f"it is {actual} by another name. Rename it."
    if any("vbaproject" in member.lower() for member in members):
        return "it holds macros. Save it without macros, then add it again."
    return ""


def _members(source: Source, expected: str) -> tuple[list[str], str]:
    if not source.head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return [], not_a(expected, source.head)
    try:
        with zipfile.ZipFile(SeekableSource(source)) as opened:
            return opened.namelist(), ""
    except TooMuch:
        return [], "it holds too many files to be checked. Divide it into smaller ones."
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return [], CUT_OFF


def _leaves_its_folder(member: str) -> bool:
    path = PurePosixPath(member.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in path.parts[0] if path.parts else False
