"""Words for a library that reads like one: titles, summaries and articles, the same for the same seed."""

from __future__ import annotations

from random import Random

SUITES = {
    "Advancement": ("Giving Days", "Raise", "Gratitude"),
    "Admissions": ("Enroll", "Yield", "Visit"),
    "Alumni": ("Reunion", "Mentoring", "Directory"),
    "Success": ("Onboarding", "Renewals", "Insights"),
}
HUES = ("coral", "sky", "violet", "teal")
MOMENTS = ("Discovery", "Demo", "Price", "Security", "Renewal", "Competition", "Rollout", "Training")
TAGS = (
    *("pricing", "security", "roadmap", "integration", "migration", "reporting", "mobile", "payments", "privacy"),
    *("accessibility", "events", "volunteers", "texting", "email", "forms", "data", "support", "legal", "case study"),
)
RARE_TAG = "board meeting"

_KINDS = ("Deck", "One-pager", "Battlecard", "Playbook", "Answers", "Recording", "Checklist", "Comparison", "Story")
_THINGS = (
    "first call",
    "renewal",
    "security review",
    "budget",
    "rollout",
    "migration",
    "price talk",
    "pilot",
    "handover",
)
_WHO = (
    "a small college",
    "a large university",
    "a foundation",
    "a first-time buyer",
    "a lapsed customer",
    "a new dean",
)
_SENTENCES = (
    "Start with what changed for them since the last conversation, and say it in their words.",
    "Price comes up early; name the range, then ask what a missed year would cost.",
    "The integration reads the student system every night and writes nothing back without consent.",
    "Renewal is won in the first ninety days, so agree on one number that shows it works.",
    "When security asks for a report, send the current one and offer a call with the team.",
    "Do not compare features; compare the week that a person has with and without it.",
    "The pilot ends with a decision that both sides wrote down before it began.",
)


def title(random: Random, product: str) -> str:
    return f"{random.choice(_KINDS)}: {product}, the {random.choice(_THINGS)} with {random.choice(_WHO)}"


def summary(random: Random) -> str:
    return " ".join(random.sample(_SENTENCES, 2))


def article(random: Random) -> str:
    """About three kilobytes of Markdown."""
    parts = []
    for heading in random.sample(_THINGS, 5):
        points = "\n".join(f"- {sentence}" for sentence in random.sample(_SENTENCES, 3))
        parts.append(f"## The {heading}\n\n{' '.join(random.sample(_SENTENCES, 4))}\n\n{points}\n")
    return "\n".join(parts)


_GIVEN = (
    "Avery Blake Casey Devon Emery Frankie Harper Jamie Kendall Logan Morgan Noel Parker Quinn Reese Rowan Sage Taylor"
)
_FAMILY = "Adeyemi Bauer Castillo Dubois Eriksen Farrell García Hansen Ito Jankowski Kaur Lindqvist Müller Nguyen Okafor Petrov"


def person(random: Random) -> str:
    return f"{random.choice(_GIVEN.split())} {random.choice(_FAMILY.split())}"
