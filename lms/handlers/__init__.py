"""What learning does when something happened: a module per noun, each registering itself."""

from lms.handlers import assignments, courses, lessons, options, paths, standing, transcripts

__all__ = ["assignments", "courses", "lessons", "options", "paths", "standing", "transcripts"]
