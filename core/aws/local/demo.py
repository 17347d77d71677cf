"""The people who can sign in to a fresh local cloud. They exist nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "Enablement-1"


@dataclass(frozen=True)
class DemoAccount:
    email: str
    name: str
    group: str


ACCOUNTS = (
    DemoAccount("ae@gravyty.com", "Avery Ellis", "Viewer"),
    DemoAccount("csm@gravyty.com", "Sam Carter", "Viewer"),
    DemoAccount("contributor@gravyty.com", "Casey Morgan", "Contributor"),
    DemoAccount("approver@gravyty.com", "Jordan Reyes", "Approver"),
    DemoAccount("admin@gravyty.com", "Alex Kim", "Admin"),
)
