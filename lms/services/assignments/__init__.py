"""Courses and paths that people are asked to take: assigning, changing, following what they do, reminding them."""

from __future__ import annotations

from lms.services.assignments.changing import cancel, extend, move_with_zone, waive
from lms.services.assignments.following import begin, complete, on_completion
from lms.services.assignments.giving import Given, Outcome, assign
from lms.services.assignments.orders import Order, Target, When, target_of
from lms.services.assignments.reminding import remind

__all__ = [
    "Given",
    "Order",
    "Outcome",
    "Target",
    "When",
    "assign",
    "begin",
    "cancel",
    "complete",
    "extend",
    "move_with_zone",
    "on_completion",
    "remind",
    "target_of",
    "waive",
]
