"""What learning does when something happened: a module per noun, each registering itself."""

from lms.handlers import assignments, attempts, courses, lessons, options, paths, transcripts

__all__ = ["assignments", "attempts", "courses", "lessons", "options", "paths", "transcripts"]
