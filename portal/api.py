"""`/v1`, put together from a router per app. What all of its routes have in common is in `core/api`."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from accounts.api.audit import router as audit
from accounts.api.me import router as me
from accounts.api.people import router as people
from accounts.api.teams import router as teams
from accounts.api.who_sees import router as who_sees
from analytics.api.events import router as events
from analytics.api.numbers import items as usage
from analytics.api.numbers import router as analytics
from content.api.comments import router as content_comments
from content.api.favourites import router as favourites
from content.api.files import router as content_files
from content.api.items import router as content
from content.api.moves import router as content_moves
from content.api.ownership import router as ownership
from content.api.past import router as content_past
from content.api.work import router as content_work
from core.api.bodies import StrictParser
from core.api.portal_api import PortalAPI
from lms.api.assignments import router as assignments
from lms.api.attempts import router as attempts
from lms.api.certificates import router as certificates
from lms.api.courses import router as courses
from lms.api.draft_captions import router as draft_captions
from lms.api.draft_lessons import router as draft_lessons
from lms.api.draft_media import router as draft_media
from lms.api.draft_quizzes import router as draft_quizzes
from lms.api.drafts import router as drafts
from lms.api.lessons import router as lessons
from lms.api.path_drafts import router as path_drafts
from lms.api.paths import router as paths
from lms.api.progress import router as progress
from lms.api.quiz_managing import router as quiz_managing
from lms.api.standing import router as standing
from lms.api.teams import router as managed_teams
from metadata.api.merges import router as merges
from metadata.api.options import router as metadata
from notifications.api.channels import router as channels
from notifications.api.inbox import router as notifications
from notifications.api.preferences import router as notification_preferences
from notifications.api.subscriptions import router as subscriptions
from portal.routes.jobs import router as jobs
from portal.routes.preferences import router as preferences
from search.api.search import router as search
from webhooks.api.webhooks import router as webhooks

DESCRIPTION = """
What a person can do on the portal's pages, her programs can do here, under the same permissions.

* **Who you are** is said by `Authorization: Bearer …`: a Cognito ID token, or an access token that you
  make under “Access tokens” in the portal. What you may not see does not exist for you: `404`.
* **Errors** are problem documents (RFC 9457): `code` for programs, `detail` for people.
* **Lists** are `{"items": […], "next_cursor": …}`; the cursor goes into `?cursor=` and belongs to its list and to you.
* **Versions**: an answer's `ETag` goes into `If-None-Match` to be told that nothing changed (`304`), and into `If-Match`
  when you change what you have read (`428` without, `412` when somebody else was first).
* **Creating**: send an `Idempotency-Key`, new for each thing: the same request sent again makes nothing new, and is answered
  as before (`Idempotent-Replayed: true`).
* **Bodies** are JSON in UTF-8. Unknown fields and parameters are refused; moments are ISO 8601 with a zone.
* **Limits**: `RateLimit-Limit`, `RateLimit-Remaining`, `RateLimit-Reset`, and `Retry-After` with a `429`.
"""


class PersonThrottle(BaseThrottle):
    """Ninja asks it once it is known who asks. What it counts is counted for her pages, too."""

    def allow_request(self, request: HttpRequest) -> bool:
        limiter: Any = request.limiter  # type: ignore[attr-defined]
        limiter.check_person(request)
        return True


api = PortalAPI(
    title="Enablement Portal",
    version="1",
    description=DESCRIPTION,
    urls_namespace="v1",
    parser=StrictParser(),
    throttle=[PersonThrottle()],
    servers=[{"url": "/"}],
)
api.add_router("me", me)
api.add_router("me/favourites", favourites)
for part in (content, content_work, content_files, content_moves, content_past, content_comments):
    api.add_router("content", part)
api.add_router("metadata", merges)
api.add_router("metadata", metadata)
api.add_router("courses", drafts)  # before those of learners: one of its addresses would be a course's there
api.add_router("courses", draft_lessons)
api.add_router("courses", draft_quizzes)
api.add_router("courses", draft_media)
api.add_router("courses", draft_captions)
api.add_router("courses", quiz_managing)
api.add_router("courses", courses)
api.add_router("courses", lessons)
api.add_router("courses", attempts)
api.add_router("paths", path_drafts)  # before those of learners, as above
api.add_router("paths", paths)
api.add_router("progress", progress)
api.add_router("assignments", assignments)
api.add_router("standing-assignments", standing)
api.add_router("certificates", certificates)
api.add_router("teams", managed_teams)
api.add_router("notifications/preferences", notification_preferences)  # before an inbox of which it might be a row
api.add_router("notifications", notifications)
api.add_router("subscriptions", subscriptions)
api.add_router("search", search)
api.add_router("me", preferences)
api.add_router("admin/users", people)
api.add_router("admin/users", ownership)
api.add_router("admin/teams", teams)
api.add_router("admin/audit", audit)
api.add_router("admin/who-can-see", who_sees)
api.add_router("admin/webhooks", webhooks)
api.add_router("admin/channels", channels)
api.add_router("admin", jobs)
api.add_router("events", events)
api.add_router("admin/analytics", analytics)
api.add_router("content", usage)
