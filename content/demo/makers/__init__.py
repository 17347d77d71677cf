"""Makes the files of the demo library: real ones of each kind, small, and fit to be looked at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from content.demo.makers import decks, documents, pdfs, pictures, sheets, sounds, videos
from content.demo.makers.brand import Brief

_MAKERS: dict[str, Callable[[Brief, Path], None]] = {
    ".pptx": decks.make,
    ".pdf": pdfs.make,
    ".docx": documents.make,
    ".xlsx": sheets.make,
    ".png": pictures.make,
    ".wav": sounds.make_wav,
    ".mp3": sounds.make_mp3,
    ".mp4": videos.make,
    ".webm": videos.make,
}


def make(brief: Brief, name: str, folder: Path) -> list[Path]:
    """The file of that name, and its captions where it is a clip or a recording."""
    path = folder / name
    _MAKERS[path.suffix](brief, path)
    spoken = brief.content.get("scenes") or brief.content.get("lines")
    if not spoken:
        return [path]
    pace = videos.seconds_a_scene(brief) if "scenes" in brief.content else sounds.SECONDS_A_LINE
    captions = path.with_suffix(".vtt")
    captions.write_text(sounds.captions(spoken, pace), encoding="utf-8")
    return [path, captions]
