"""Home: what matters to this person now."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from accounts.http import Request
from accounts.permissions import Permission, can
from accounts.person import Person
from accounts.store import names_of, profile_of
from content import store
from content.access import items_for_reading
from content.documents import KIND
from content.enums import Freshness
from content.permissions import clauses_for
from content.rows import rows_of
from core import clock
from core.index import index
from core.index.documents import Query
from core.pages import page
from metadata.store import with_merged

SHORT = 5


@require_GET
def home(request: Request) -> HttpResponse:
    """At most five requests to DynamoDB, whatever there is: profile, drafts, queue, items, names."""
    person, now = request.user, clock.now()
    profile = profile_of(person.user_id)
    mine = with_merged(profile.product_ids) if profile else frozenset()
    drafts = store.items_owned_by(person.user_id, limit=20).items if can(person, Permission.CONTENT_CREATE) else []
    queue = store.items_in_review(limit=SHORT).items if can(person, Permission.CONTENT_APPROVE) else []
    new = [hit.doc_id for hit in index().search(_new(person, mine, now)).hits]
    starred, recent = (profile.favourites[:SHORT], profile.recent[:SHORT]) if profile else ([], [])
    due = (
        [hit.doc_id for hit in index().search(_due(person, now)).hits] if can(person, Permission.CONTENT_CREATE) else []
    )
    readable = items_for_reading(person, list(dict.fromkeys([*new, *starred, *recent, *due])))
    in_work = [item for item in drafts if item.work_status][:SHORT]
    names = names_of(item.owner_user_id for item in [*readable, *queue, *in_work])
    rows = {row.content_id: row for row in rows_of(readable, now, names)}
    context = {
        "new": [rows[key] for key in new if key in rows],
        "starred": [rows[key] for key in starred if key in rows],
        "recent": [rows[key] for key in recent if key in rows],
        "due": [rows[key] for key in due if key in rows],
        "drafts": rows_of(in_work, now, names),
        "queue": rows_of(queue, now, names),
        "chosen_products": bool(mine),
        "may_create": can(person, Permission.CONTENT_CREATE),
        "may_approve": can(person, Permission.CONTENT_APPROVE),
    }
    return page(request, "portal/home.html", context)


def _new(person: Person, products: frozenset[str], now: datetime) -> Query:
    """What was approved or changed last, of her products if she chose some."""
    return Query(
        allowed=clauses_for(person),
        now=now,
        kinds=frozenset({KIND}),
        filters={"status": frozenset({"Approved"})} | ({"product": products} if products else {}),
        limit=8,
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
