"""The pictures and clips of the demo courses: drawn when they are needed, as those of the library are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import yaml

from content.demo.makers import pictures, videos
from content.demo.makers.brand import Brief
from lms.demo.curriculum import DRAWN
from lms.exchange.packages import Package

_MAKERS = {".png": pictures.make, ".webm": videos.make, ".mp4": videos.make}


def with_drawn(package: Package, scratch: Path) -> Package:
    """With the files that its `drawn.yaml` describes, where it has one."""
    if DRAWN not in package:
        return package
    made = {}
    for name, told in yaml.safe_load(package.text(DRAWN)).items():
        brief = Brief(**{"product": "", **told})
        made[name] = scratch / name
        _MAKERS[made[name].suffix](brief, made[name])
    return replace(package, files={**package.files, **made})
