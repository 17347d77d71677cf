"""Writes a parcel as a folder that `folder` reads: a manifest, and a folder for each lesson with its text, quiz or video."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from lms.enums import LessonType
from lms.exchange import yaml
from lms.exchange.folder import FORMAT, MANIFEST
from lms.exchange.parcel import Parcel, ParcelLesson

_PAGE = {
    "description": "description",
    "outcomes": "outcomes",
    "suite": "product_suite",
    "product": "product",
    "concept": "product_concept",
    "tags": "tags",
    "badge": "badge",
    "difficulty": "difficulty_level",
    "minutes": "duration_override",
    "prerequisites": "prerequisite_ids",
    "related_items": "related_item_ids",
    "validity_months": "validity_months",
}
"""Name in the manifest -> name in a parcel; left out where there is nothing."""


def write(parcel: Parcel, folder: Path) -> None:
    """`folder` is empty."""
    manifest: dict[str, Any] = {"format": FORMAT, "key": parcel.key, "title": parcel.title}
    manifest |= {name: _plain(value) for name, own in _PAGE.items() if (value := getattr(parcel, own))}
    manifest |= {"self_marking": parcel.self_marking, "certificate": parcel.certificate}
    manifest["renewal_window_days"] = parcel.renewal_window_days
    if parcel.thumbnail:
        manifest["thumbnail"] = _copied(parcel.thumbnail, folder, f"thumbnail{parcel.thumbnail.suffix}")
    numbers = iter(range(1, len(parcel.lessons) + 1))
    manifest["sections"] = [
        {
            "key": section.key,
            "title": section.title,
            "lessons": [_lesson(lesson, next(numbers), folder) for lesson in section.lessons],
        }
        for section in parcel.sections
    ]
    (folder / MANIFEST).write_text(yaml.dump(manifest))


def _lesson(lesson: ParcelLesson, number: int, root: Path) -> dict[str, Any]:
    home = f"lessons/{number:02d}-{slugify(lesson.title)[:60] or lesson.lesson_type.value}"
    told: dict[str, Any] = {"key": lesson.key, "kind": lesson.lesson_type.value, "title": lesson.title}
    told |= {"description": lesson.description} if lesson.description else {}
    told |= {} if lesson.required else {"required": False}
    told |= {"seconds": lesson.duration_seconds} if lesson.duration_seconds else {}
    for file in lesson.files:
        _copied(file.path, root, f"{home}/files/{file.name}")
    return told | _own(lesson, home, root)


def _own(lesson: ParcelLesson, home: str, root: Path) -> dict[str, Any]:
    content = lesson.content
    if lesson.lesson_type is LessonType.TEXT:
        return {"file": _written(content["body"], root, f"{home}/text.md")}
    if lesson.lesson_type is LessonType.QUIZ:
        return {"file": _written(yaml.dump(content), root, f"{home}/quiz.yaml")}
    if lesson.lesson_type is LessonType.VIDEO:
        return _video(lesson, home, root)
    names: Mapping[str, str] = {"item": "content_id"} if lesson.lesson_type is LessonType.DOCUMENT else {"url": "url"}
    return {name: content[own] for name, own in {**names, "note": "note"}.items() if content.get(own)}


def _video(lesson: ParcelLesson, home: str, root: Path) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if lesson.video:
        told["file"] = _copied(lesson.video, root, f"{home}/video{lesson.video.suffix}")
    if lesson.captions:
        told["captions"] = [
            {
                "language": one.language,
                "file": _copied(one.path, root, f"{home}/captions.{one.language}{one.path.suffix}"),
            }
            for one in lesson.captions
        ]
    chapters = lesson.content.get("chapters")
    return told | ({"chapters": [list(one) for one in chapters]} if chapters else {})


def _written(text: str, root: Path, name: str) -> str:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return name


def _copied(source: Path, root: Path, name: str) -> str:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, path)
    return name


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
