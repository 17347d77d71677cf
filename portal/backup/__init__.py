"""A whole environment in one directory, and back: records, files, people. See docs/backup.md and ADR 9."""
