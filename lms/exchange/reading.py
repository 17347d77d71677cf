"""From a path to what it holds. The kind is told by what is inside, never by a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.errors import Invalid
from lms.exchange import carpentries, cartridge, folder, gift, mslearn, olx, qti
from lms.exchange.packages import Package
from lms.exchange.parcel import Reading
from lms.exchange.shaping import shaped


@dataclass(frozen=True)
class Format:
    """`holds` looks into a package, `read` makes parcels of it; both raise Invalid."""

    holds: Callable[[Package], bool]
    read: Callable[[Package, Path], Reading]


FORMATS = (
    Format(folder.holds, folder.read),
    Format(olx.holds, olx.read),
    Format(cartridge.holds, cartridge.read),
    Format(mslearn.holds, mslearn.read),
    Format(carpentries.holds, carpentries.read),
    Format(qti.holds, qti.read_package),
    Format(gift.holds, gift.read),
)
_ELSEWHERE = {
    "moodle_backup.xml": "It is a backup of Moodle. Export the course there as an IMS Common Cartridge.",
    "cmi5.xml": "It is a cmi5 package: a program that runs elsewhere. Bring its texts as a folder.",
    "tincan.xml": "It is an xAPI package: a program that runs elsewhere. Bring its texts as a folder.",
}
UNKNOWN = (
    "It is none of the kinds of courses that can be taken over: an Open edX course (OLX), an IMS Common Cartridge, QTI 1.2 "
    "quizzes, Learn modules in YAML, a Carpentries lesson, GIFT or Aiken quizzes, or a folder with a course.yaml."
)


def read(package: Package, scratch: Path) -> Reading:
    """Raises Invalid with a sentence."""
    for form in FORMATS:
        if form.holds(package):
            return shaped(form.read(package, scratch), package)
    known = (reason for name, reason in _ELSEWHERE.items() if package.named(name))
    raise Invalid(next(known, UNKNOWN if not _is_cmi5(package) else _ELSEWHERE["cmi5.xml"]))


def _is_cmi5(package: Package) -> bool:
    """Whatever its file is called."""
    for name in package.files:
        if name.endswith(".xml"):
            with package.path(name).open("rb") as source:
                if b"<courseStructure" in source.read(2048):
                    return True
    return False
