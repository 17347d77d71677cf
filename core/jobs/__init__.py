"""What is done by the clock: each job registers with its pace, and whoever comes first does it, one at a time."""

from core.jobs.registry import Job, daily, every, job, jobs

__all__ = ["Job", "daily", "every", "job", "jobs"]
