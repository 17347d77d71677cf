"""Courses and paths that people are asked to take: assigning, changing, following what they do, reminding them."""

from __future__ import annotations

from lms.services.assignments.changing import cancel, extend, move_with_zone, waive
from lms.services.assignments.following import begin, complete, on_completion, open_paths
from lms.services.assignments.giving import Given, Outcome, assign, give
from lms.services.assignments.orders import COURSE, MANUAL, PATH, Order, Target, When, check, target_of
from lms.services.assignments.reminding import remind

__all__ = [
    "COURSE",
    "MANUAL",
    "PATH",
    "Given",
    "Order",
    "Outcome",
    "Target",
    "When",
    "assign",
    "begin",
    "cancel",
    "check",
    "complete",
    "extend",
    "give",
    "move_with_zone",
    "on_completion",
    "open_paths",
    "remind",
    "target_of",
    "waive",
]
