"""Courses follow the options that they name."""

from __future__ import annotations

from lms import uses
from lms.documents.courses import COURSE
from lms.services import relabel
from metadata import references

references.register(references.Holder(COURSE, uses.shown, uses.all_uses, uses.address, uses.left_bare, relabel.follow))
