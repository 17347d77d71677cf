"""What each number means, in the words that stand beside it. docs/analytics.md says the same at length."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Definition:
    title: Any
    means: Any


DEFINITIONS: Mapping[str, Definition] = {
    "people": Definition(
        _("Active people"), _("People who did anything in the portal, by page or program; each once in the range.")
    ),
    "sign_ins": Definition(_("Sign-ins"), _("How often somebody signed in.")),
    "views": Definition(
        _("Views"),
        _(
            "Pages of items looked at. A person's looks at one item within 30 minutes are one view; its own editors and"
            " versions that are not live do not count. Each day (UTC) begins anew."
        ),
    ),
    "viewers": Definition(
        _("People reached"), _("People who viewed, downloaded or opened an item; each once in the range.")
    ),
    "downloads": Definition(
        _("Downloads"), _("Files downloaded and links followed, counted as views are: once in 30 minutes.")
    ),
    "found": Definition(_("Found by search"), _("How often the item was opened from the results of a search.")),
    "searches": Definition(
        _("Searches"),
        _("Searches with words. What is searched while typing counts when nothing else is searched for a minute."),
    ),
    "in_vain": Definition(_("Searches without results"), _("Searches that found nothing that the person may see.")),
    "clicks": Definition(_("Results opened"), _("Results of searches that were opened; each result of a search once.")),
    "starts": Definition(_("Begun"), _("Courses and paths that somebody began.")),
    "completions": Definition(_("Completed"), _("Courses and paths that somebody completed.")),
    "started": Definition(_("Begun"), _("People who began it; over a range each once.")),
    "completed": Definition(_("Completed"), _("People who completed it; over a range each once.")),
    "lessons_done": Definition(_("Lessons completed"), _("Lessons that somebody completed.")),
    "quizzes": Definition(_("Quizzes handed in"), _("Attempts at quizzes that were graded.")),
    "passes": Definition(_("Passed"), _("Attempts at quizzes that were passed.")),
    "failures": Definition(_("Not passed"), _("Attempts at quizzes that were not passed.")),
    "certificates": Definition(_("Certificates"), _("Certificates that were issued.")),
    "assignments": Definition(_("Assigned"), _("Courses and paths that somebody was asked to take.")),
    "became_overdue": Definition(_("Became overdue"), _("Assignments whose due date passed before they were done.")),
    "approvals": Definition(_("Approved"), _("Versions of items that were approved.")),
    "verifications": Definition(_("Verified"), _("Items that somebody confirmed to be still correct.")),
    "assigned": Definition(
        _("Assigned"),
        _("Assignments made in the range that were neither waived nor cancelled since."),
    ),
    "begun": Definition(_("Begun"), _("Of those, the ones that were begun up to now.")),
    "met": Definition(_("Completed"), _("Of those, the ones that were completed up to now.")),
    "never_used": Definition(
        _("Never used"), _("Items that were live before the range began and that nobody viewed or downloaded in it.")
    ),
    "stale": Definition(
        _("Stale"),
        _("Live items whose review is overdue, or that were live for 90 days and not viewed or downloaded in them."),
    ),
    "overdue": Definition(
        _("Overdue"),
        _("Assignments of a team's members that are open and came due in the last 180 days, at this moment."),
    ),
    "behind": Definition(_("People behind"), _("Members of the team with at least one overdue assignment.")),
}
