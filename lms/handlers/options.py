"""Courses follow the options that they name, and their owners."""

from __future__ import annotations

from lms import uses
from lms.documents.courses import COURSE
from lms.services import ownership, relabel  # noqa: F401  (registers what people own)
from metadata import references

references.register(references.Holder(COURSE, uses.shown, uses.all_uses, uses.address, uses.left_bare, relabel.follow))
