"""Home: what matters to this person now."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.http import Request
from accounts.models import Profile
from accounts.permissions import Permission, can
from accounts.person import Person
from accounts.store import profile_of
from content import store
from content.access import items_for_reading
from content.documents import KIND
from content.enums import Freshness, Status
from content.permissions import clauses_for
from content.rows import rows_of
from core import clock
from core.aws.together import read_together
from core.index import index
from core.index.documents import Query
from core.pages import page
from lms.pages.mine import place_of, shown_of, wanted
from metadata.store import with_merged

SHORT = 5


@require_safe
def home(request: Request) -> HttpResponse:
    """At most six requests to DynamoDB, whatever there is: profile, queue, her courses, what she is assigned, items, and
    the names of people and courses together."""
    person, now = request.user, clock.now()
    profile = profile_of(person.user_id)
    mine = with_merged(profile.product_ids) if profile else frozenset()
    may_create, may_approve = can(person, Permission.CONTENT_CREATE), can(person, Permission.CONTENT_APPROVE)
    queue = store.items_in_review(limit=SHORT).items if may_approve else []
    new = _ids(_new(person, mine, now))
    starred, recent = (profile.favourites[:SHORT], profile.recent[:SHORT]) if profile else ([], [])
    drafts, due = (_ids(_in_work(person, now)), _ids(_due(person, now))) if may_create else ([], [])
    readable = items_for_reading(person, list(dict.fromkeys([*new, *starred, *recent, *drafts, *due])))
    place = place_of(person, short=True)
    owners = dict.fromkeys(item.owner_user_id for item in [*readable, *queue])
    found = read_together({Profile: owners, **wanted(place)})
    names = {one.user_id: one.display_name for one in found.many(Profile, owners)}
    rows = {row.content_id: row for row in rows_of(readable, now, names)}
    context = {
        "new": [rows[key] for key in new if key in rows],
        "starred": [rows[key] for key in starred if key in rows],
        "recent": [rows[key] for key in recent if key in rows],
        "due": [rows[key] for key in due if key in rows],
        "drafts": [rows[key] for key in drafts if key in rows and rows[key].work_status],
        "learning": shown_of(place, found),
        "queue": rows_of(queue, now, names),
        "chosen_products": bool(mine),
        "may_create": may_create,
        "may_approve": may_approve,
    }
    return page(request, "portal/home.html", context)


def _ids(query: Query) -> list[str]:
    return [hit.doc_id for hit in index().search(query).hits]


def _new(person: Person, products: frozenset[str], now: datetime) -> Query:
    """What was approved or changed last, of her products if she chose some."""
    return Query(
        allowed=clauses_for(person),
        now=now,
        kinds=frozenset({KIND}),
        filters={"status": frozenset({"Approved"})} | ({"product": products} if products else {}),
        limit=8,
    )


def _in_work(person: Person, now: datetime) -> Query:
    """Her drafts and what of hers waits for review, beside what is live of it or not."""
    return Query(
        allowed=clauses_for(person),
        now=now,
        kinds=frozenset({KIND}),
        filters={"owner": frozenset({person.user_id}), "work": frozenset({Status.DRAFT, Status.IN_REVIEW})},
        limit=SHORT,
    )


def _due(person: Person, now: datetime) -> Query:
    """What has to be looked at again: her own; to those who approve, also what nobody has looked at in time."""
    late = frozenset({Freshness.UNVERIFIED.value})
    mine = {"owner": frozenset({person.user_id}), "freshness": late | {Freshness.DUE_SOON.value}}
    return Query(
        allowed=clauses_for(person),
        now=now,
        kinds=frozenset({KIND}),
        filters={"freshness": late} if can(person, Permission.CONTENT_APPROVE) else mine,
        limit=SHORT,
    )
