"""Learning paths: making them, putting their steps in order, publishing them, and taking them."""

from __future__ import annotations

from lms.services.paths.lifecycle import may_move, move, problems_of
from lms.services.paths.steps import (
    add_step,
    change_step,
    place_step,
    remove_step,
    shift_step,
    steps_of,
    waive_step,
)
from lms.services.paths.taking import Taking, begin, course_completed, load, read_item, settle
from lms.services.paths.writing import Fields, authored, check_sees_draft, create, edit, fields_of, readable

__all__ = [
    "Fields",
    "Taking",
    "add_step",
    "authored",
    "begin",
    "change_step",
    "check_sees_draft",
    "course_completed",
    "create",
    "edit",
    "fields_of",
    "load",
    "may_move",
    "move",
    "place_step",
    "problems_of",
    "read_item",
    "readable",
    "remove_step",
    "settle",
    "shift_step",
    "steps_of",
    "waive_step",
]
