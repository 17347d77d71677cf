"""IMS Common Cartridge 1.0 to 1.3: the organization of its manifest becomes sections, its resources lessons."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from content.rules.files import file_type_of
from core.errors import Invalid
from lms.enums import LessonType
from lms.exchange import html, qti
from lms.exchange.links import LessonFiles, Link, relative_to
from lms.exchange.packages import Package
from lms.exchange.parcel import Note, Parcel, ParcelLesson, ParcelSection, Reading
from lms.exchange.questions import Questions
from lms.exchange.xml import at, children, parse, text_of

MANIFEST = "imsmanifest.xml"
SCORM = (
    "It is a SCORM package: a program that runs in the browser, not texts and questions. The portal does not run programs of "
    "others. Export the course from its authoring tool as a Common Cartridge, or bring its texts as a folder."
)
_REASONS = {
    "imsdt": "a discussion; the portal has none.",
    "imsbasiclti": "a tool of another site; add a link to it instead.",
    "question-bank": "a bank of questions that no quiz of its own asks.",
    "assignment": "work to be handed in to a teacher.",
}
_BASES = ("$IMS-CC-FILEBASE$", "$IMS_CC_FILEBASE$")
_PAGES = (".html", ".htm", ".xhtml")


@dataclass(frozen=True)
class _Resource:
    key: str
    kind: str
    href: str


@dataclass
class _Folder:
    """A section on its way: nested folders of the manifest become sections that follow each other."""

    key: str
    title: str
    lessons: list[ParcelLesson] = field(default_factory=list)


def holds(package: Package) -> bool:
    return bool(package.named(MANIFEST))


def read(package: Package, scratch: Path) -> Reading:
    """Raises Invalid."""
    name = package.named(MANIFEST)[0]
    manifest = parse(package.data(name), name)
    if manifest.tag != "manifest":
        raise Invalid(f"“{name}” is no manifest.")
    schema = at(manifest, "metadata/schema").lower()
    if "scorm" in schema or any("scormtype" in map(str.lower, one.attrib) for one in manifest.iter("resource")):
        raise Invalid(SCORM)
    parcel = _Cartridge(package, scratch, posixpath.dirname(name), manifest).parcel()
    return Reading(f"IMS Common Cartridge {at(manifest, 'metadata/schemaversion')}".strip(), [parcel])


class _Cartridge:
    def __init__(self, package: Package, scratch: Path, base: str, manifest: Element) -> None:
        self.package, self.scratch, self.base, self.manifest = package, scratch, base, manifest
        self.resources = {one.key: one for one in _resources(manifest, base)}
        self.taken: set[str] = set()
        self.notes: list[Note] = []

    def parcel(self) -> Parcel:
        title = self._from_lom("title") or self.package.name
        folders = [folder for folder in self._folders() if folder.lessons]
        rest = self._rest(required=not folders)
        sections = [ParcelSection(one.key, one.title, tuple(one.lessons)) for one in folders]
        if rest:
            sections.append(ParcelSection("rest", "More" if folders else "Lessons", tuple(rest)))
        return Parcel(
            key=self.manifest.get("identifier") or title,
            title=title,
            description=html.plain(self._from_lom("description")),
            sections=tuple(sections),
            notes=tuple(self.notes),
        )

    def _from_lom(self, name: str) -> str:
        found = self.manifest.find(f"metadata/lom/general/{name}")
        return text_of(next(iter(found), None)) if found is not None else ""

    def _folders(self) -> Iterator[_Folder]:
        for organization in self.manifest.iter("organization"):
            for root in children(organization, "item"):
                if root.get("identifierref"):
                    yield from self._folder(organization, "Lessons")
                    return
                yield from self._folder(root, at(root, "title") or "Lessons")

    def _folder(self, item: Element, title: str) -> Iterator[_Folder]:
        folder = _Folder(item.get("identifier") or title, title)
        inner = []
        for child in children(item, "item"):
            name = at(child, "title")
            if child.get("identifierref"):
                folder.lessons += self._lesson(child.get("identifierref", ""), name)
            if child.find("item") is not None:
                inner.append((child, name))
            elif not child.get("identifierref") and name:
                self.notes.append(Note(name, "A heading with nothing below it was left out."))
        yield folder
        for child, name in inner:
            yield from self._folder(child, name or title)

    def _rest(self, *, required: bool) -> list[ParcelLesson]:
        """What no folder of the manifest names. Files that pages show are with those pages already."""
        found: list[ParcelLesson] = []
        for resource in self.resources.values():
            is_page = resource.kind == "webcontent" and resource.href.lower().endswith(_PAGES)
            if resource.key not in self.taken and (
                is_page or not resource.kind.startswith(("webcontent", "associated"))
            ):
                found += [replace(one, required=required) for one in self._lesson(resource.key, "")]
        return found

    def _lesson(self, key: str, title: str) -> list[ParcelLesson]:
        """None or one. What is wrong with it alone is noted, and the others go on."""
        resource = self.resources.get(key)
        if resource is None or key in self.taken:
            self.notes.append(
                Note(title or key, "It was left out: " + ("it is there twice." if resource else "it is missing."))
            )
            return []
        self.taken.add(key)
        try:
            lesson = self._read(resource, title)
        except Invalid as error:
            self.notes.append(Note(title or key, f"It was left out: {error.message}"))
            return []
        return [lesson] if lesson else []

    def _read(self, resource: _Resource, title: str) -> ParcelLesson | None:
        kind = resource.kind
        if kind.startswith("imswl"):
            return self._web_link(resource, title)
        if kind.startswith("imsqti") and not kind.endswith("question-bank"):
            return self._quiz(resource, title)
        if kind == "webcontent" and resource.href.lower().endswith(_PAGES):
            return self._page(resource, title)
        if kind == "webcontent":
            return self._file(resource, title)
        reason = next(
            (words for part, words in _REASONS.items() if part in kind), "the portal has nothing of its kind."
        )
        if kind.startswith("associated"):
            reason = _REASONS["assignment"]
        self.notes.append(Note(title or self._own_title(resource), f"It was left out: {reason}"))
        return None

    def _own_title(self, resource: _Resource) -> str:
        try:
            return at(parse(self.package.data(resource.href), resource.href), "title") or resource.key
        except Invalid:
            return resource.key

    def _page(self, resource: _Resource, title: str) -> ParcelLesson | None:
        markup = self.package.text(resource.href)
        title = title or html.title_of(markup) or PurePosixPath(resource.href).stem
        files = self._files(resource.href, title)
        body = html.to_markdown(markup, files.rewrite, files.tell, title=title)
        self.notes += files.notes
        if not body:
            self.notes.append(Note(title, "It was left out: the page is empty."))
            return None
        return ParcelLesson(resource.key, title, LessonType.TEXT, {"body": body}, files=files.files)

    def _file(self, resource: _Resource, title: str) -> ParcelLesson | None:
        """A video is a lesson of its own; another file a text that shows or links it."""
        path, name = self.package.path(resource.href), posixpath.basename(resource.href)
        group = file_type_of(name).group
        title = title or name
        if group == "video":
            return ParcelLesson(resource.key, title, LessonType.VIDEO, {"chapters": []}, video=path)
        files = self._files("", title)
        to = files.rewrite(Link(f"/{resource.href}", is_image=group == "image"))
        self.notes += files.notes
        words = title.replace("[", "(").replace("]", ")")
        body = f"{'!' if group == 'image' else ''}[{words}]({to})"
        return ParcelLesson(resource.key, title, LessonType.TEXT, {"body": body}, files=files.files) if to else None

    def _web_link(self, resource: _Resource, title: str) -> ParcelLesson | None:
        root = parse(self.package.data(resource.href), resource.href)
        url = root.find("url")
        address = (url.get("href") or text_of(url)) if url is not None else ""
        if not address.startswith(("http://", "https://")):
            raise Invalid("its link leads to no web address.")
        content = {"url": address, "note": ""}
        return ParcelLesson(resource.key, title or at(root, "title") or address, LessonType.LINK, content)

    def _quiz(self, resource: _Resource, title: str) -> ParcelLesson | None:
        """Canvas puts a fuller version of each quiz beside the one of the standard."""
        fuller = posixpath.join(self.base, "non_cc_assessments", f"{resource.key}.xml.qti")
        name = fuller if fuller in self.package else resource.href
        root = qti.document(self.package, name)
        title = title or qti.title_of(root) or resource.key
        questions, files = Questions(title), self._files(name, title)
        lesson = qti.lessons_of(root, files, questions, key=resource.key, title=title)
        self.notes += [*questions.notes, *files.notes]
        if lesson is None:
            self.notes.append(Note(title, "It was left out: not one of its questions can be asked here."))
        return lesson

    def _files(self, page: str, title: str) -> LessonFiles:
        beside = relative_to(posixpath.dirname(page))

        def find(path: str) -> str | None:
            base = next((base for base in _BASES if path.startswith(base)), None)
            if base is None:
                return beside(path)
            rest = path.removeprefix(base).lstrip("/")
            places = (posixpath.join(self.base, "web_resources", rest), posixpath.join(self.base, rest))
            found = (posixpath.normpath(place) for place in places)
            return next((place for place in found if place in self.package), None)

        return LessonFiles(self.package, self.scratch, title, find)


def _resources(manifest: Element, folder: str) -> Iterator[_Resource]:
    seen: set[str] = set()
    for one in manifest.iter("resource"):
        key, file = one.get("identifier", ""), one.find("file")
        named = one.get("href") or (file.get("href") if file is not None else None)
        href = unquote(named or "")
        if key and key not in seen:  # of two with one identifier the first counts
            seen.add(key)
            yield _Resource(key, one.get("type", ""), posixpath.normpath(posixpath.join(folder, href)))
