"""Videos of Open edX: one that lies in the package becomes a video, one on another site a link."""

from __future__ import annotations

import json
import posixpath
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from lms.enums import LessonType
from lms.exchange.olx.tree import Tree
from lms.exchange.parcel import Captions, Note, ParcelLesson

_TAKEN = (".vtt", ".srt")
_ADDRESS = "https://www.youtube.com/watch?v="


@dataclass(frozen=True)
class Found:
    lesson: ParcelLesson | None
    notes: tuple[Note, ...] = ()


def video(element: Element, tree: Tree, title: str) -> Found:
    key = element.get("url_name") or title
    sources = _sources(element)
    here = next((name for one in sources if (name := in_static(tree, one)) in tree.package), None)
    captions, notes = _captions(element, tree, title)
    if here:
        path = tree.package.path(here)
        content: dict[str, Any] = {"chapters": []}
        return Found(ParcelLesson(key, title, LessonType.VIDEO, content, video=path, captions=captions), tuple(notes))
    if captions:
        notes.append(Note(title, "Its captions were left out: the video is on another site."))
    url = _youtube(element) or next((one for one in sources if one.startswith(("http://", "https://"))), "")
    if not url:
        return Found(None, (*notes, Note(title, "The video was left out: its file is not in the package.")))
    notes.append(Note(title, f"The video is on another site; a link leads there: {url}"))
    return Found(ParcelLesson(key, title, LessonType.LINK, {"url": url, "note": "Watch the video."}), tuple(notes))


def in_static(tree: Tree, address: str) -> str:
    """Where a file of the course lies in the package, however its texts call it."""
    name = address.partition("?")[0]
    for mark in ("/static/", "@asset+block@", "@asset+block/"):
        name = name.rpartition(mark)[2]
    place = tree.at("static", name.lstrip("/").removeprefix("static/"))
    if place not in tree.package:
        place = tree.at("static", name.lstrip("/").replace(" ", "_").replace("@", "/"))
    return place


def _sources(element: Element) -> list[str]:
    listed = _json(element.get("html5_sources", ""))
    sources = [str(one) for one in listed] if isinstance(listed, list) else []
    sources += [one.get("src", "") for one in element.iter("source")]
    return [one for one in [*sources, element.get("source", "")] if one]


def _youtube(element: Element) -> str:
    old = [part.partition(":") for part in element.get("youtube", "").split(",")]
    known = element.get("youtube_id_1_0") or next((name for speed, _, name in old if speed.startswith("1.0")), "")
    return _ADDRESS + known if known and known.replace("-", "").replace("_", "").isalnum() else ""


def _captions(element: Element, tree: Tree, title: str) -> tuple[tuple[Captions, ...], list[Note]]:
    named = {one.get("language", "en"): one.get("src", "") for one in element.iter("transcript")}
    listed = _json(element.get("transcripts", ""))
    named |= {str(key): str(value) for key, value in listed.items()} if isinstance(listed, dict) else {}
    found, notes = [], []
    for language, source in sorted(named.items()):
        place = in_static(tree, source)
        if place in tree.package and posixpath.splitext(place)[1].lower() in _TAKEN:
            found.append(Captions(language.split("-")[0].lower(), tree.package.path(place)))
        else:
            notes.append(Note(title, f"Captions were left out: {source} is missing, or neither WebVTT nor SubRip."))
    return tuple(found), notes


def _json(text: str) -> object:
    try:
        return json.loads(text or "null")
    except (ValueError, RecursionError):
        return None
