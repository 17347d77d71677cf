"""The Django admin over the records: every table, by keys and indexes, through the services."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.db import models
from django.test import Client
from django.urls import reverse

from accounts import services
from accounts.models import SessionRecord
from accounts.store import audit_of_actor
from accounts.tests.pool import Pool
from content import store
from content.enums import Status
from content.models import ContentItem
from content.tests.factories import make_item, suite
from core import clock
from core.admin.shapes import KEY, key_of, parts_of
from core.aws import metering
from core.aws.records import Put, all_records, put_unread, write
from core.jobs.models import JobState
from core.outbox.models import DEAD, OutboxEvent
from core.testing import ANA, CARL, RITA, VERA, sign_in
from metadata.enums import Group
from metadata.store import named, option_by_id

SHAPES = {model.__name__: (model, made) for model, made in admin.site._registry.items()}


@pytest.fixture
def ana(cloud: Callable[[str], Any], settings: Any) -> Client:
    settings.COGNITO_USER_POOL_ID = Pool(cloud("cognito-idp")).pool_id
    services.ensure_profile(by=ANA)
    return sign_in(Client(), ANA)


def page(name: str, kind: str = "changelist", *args: str) -> str:
    return reverse(f"admin:{name}_{kind}", args=[quote(arg) for arg in args])


def test_every_table_has_its_admin() -> None:
    shown = {made.record.Meta.table_name for _, made in SHAPES.values()}
    assert {record.Meta.table_name for record in all_records()} == shown


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_is_its_record(name: str) -> None:
    model, made = SHAPES[name]
    fields = {field.name: field for field in model._meta.get_fields()}
    assert set(fields) - {KEY} == set(made.record.get_attributes())
    assert isinstance(fields[KEY], models.CharField)
    assert not model._meta.managed


@pytest.mark.parametrize("name", SHAPES)
def test_every_list_opens_empty_and_by_a_key_that_is_not_there(ana: Client, name: str) -> None:
    address = page(f"{SHAPES[name][0]._meta.label_lower.replace('.', '_')}")
    assert ana.get(address).status_code == 200
    assert ana.get(address, {"q": "made-up"}).status_code == 200
    assert ana.get(address, {"unknown": "x"}).status_code in (200, 302)
    assert "record_key" not in ana.get(page_of_missing(address)).content.decode()


def page_of_missing(address: str) -> str:
    return f"{address}made-up_7Cnone/change/"


SIGN_IN = ("/accounts/login/", "/admin/login/?next=")
"""The second leads on to the first."""


def addresses() -> list[str]:
    """Of all its pages."""
    kinds = {"changelist": (), "add": (), "change": ("made-up",), "delete": ("made-up",), "history": ("made-up",)}
    names = [model._meta.label_lower.replace(".", "_") for model, _ in SHAPES.values()]
    found = [page(name, kind, *args) for name in names for kind, args in kinds.items()]
    return [*found, "/admin/", "/admin/content/", "/admin/jsi18n/", "/admin/r/1/2/", "/admin/nothing/", "/admin/logout/",
            "/admin/password_change/", "/admin/login/", "/admin/autocomplete/"]  # fmt: skip


@pytest.mark.parametrize("person", [VERA, CARL, RITA])
def test_it_is_closed_to_all_others(cloud: object, person: object) -> None:
    client, nobody = sign_in(Client(), person), Client()  # type: ignore[arg-type]
    for address in addresses():
        for method in ("get", "post"):
            assert getattr(client, method)(address).status_code in (403, 404, 405), address
            assert getattr(nobody, method)(address).headers["Location"].startswith(SIGN_IN), address


def test_the_first_page_names_every_table(ana: Client) -> None:
    text = ana.get("/admin/").content.decode()
    assert all(str(model._meta.verbose_name_plural).capitalize() in text for model, _ in SHAPES.values())


def test_an_attempt_is_written_down(cloud: object) -> None:
    sign_in(Client(), VERA).get(page("content_contentitemshape"))
    (entry,) = audit_of_actor(VERA.user_id).items
    assert (entry.action, entry.result) == ("manage.attempted", "denied")


def test_a_list_is_one_query_of_an_index_and_goes_on_by_cursor(ana: Client) -> None:
    for number in range(22):
        make_item(Status.DRAFT, title=f"Item {number:02d}")
    meter = metering.start()
    first = ana.get(page("content_contentitemshape"), {"status": "Draft"})
    assert meter.calls <= 2  # the session, and the page
    text = first.content.decode()
    assert "Item 21" in text
    assert "Item 01" not in text
    onward = first.context["cl"].next_url
    assert "Item 01" in ana.get(page("content_contentitemshape") + onward).content.decode()


def test_jobs_and_waiting_events_are_listed_without_a_key(ana: Client) -> None:
    write(Put(JobState(name="audit.seal", runs=3)), audit=())
    event = OutboxEvent(shard=DEAD, event_id="01lost", event={"name": "test.lost"}, at=clock.now(), tries=9)
    write(Put(event), audit=())
    assert "audit.seal" in ana.get(page("core_jobstateshape")).content.decode()
    assert "01lost" in ana.get(page("core_outboxeventshape"), {"shard": DEAD}).content.decode()
    assert "01lost" not in ana.get(page("core_outboxeventshape")).content.decode()


def test_every_page_of_hundreds_of_records_is_one_query_and_none_is_left_out(ana: Client) -> None:
    item = make_item(Status.DRAFT)
    made = [ContentItem(**item.attribute_values | {"content_id": f"copy-{number:04d}"}) for number in range(300)]
    put_unread(made)
    address, seen, onward = page("content_contentitemshape"), list[str](), "?status=Draft"
    while onward:
        meter = metering.start()
        shown = ana.get(address + onward).context["cl"]
        asked = {name: calls for name, calls in meter.by_table.items() if name != SessionRecord.Meta.table_name}
        assert asked == {ContentItem.Meta.table_name: 1}
        seen, onward = [*seen, *(one.content_id for one in shown.result_list)], shown.next_url
    assert len(seen) == 301
    assert set(seen) == {item.content_id, *(one.content_id for one in made)}


def test_the_search_takes_a_key_or_the_key_of_an_index(ana: Client) -> None:
    item = make_item(Status.APPROVED, title="Price is too high")
    for text in (item.content_id, f"owner_user_id:{CARL.user_id}", f"product_suite:{item.product_suite}"):
        assert "Price is too high" in ana.get(page("content_contentitemshape"), {"q": text}).content.decode()


def test_an_option_is_added_changed_and_deleted_through_its_service(ana: Client) -> None:
    answer = ana.post(page("metadata_optionshape", "add"), {"group_key": "topic_tag", "label": "Renewal"})
    assert answer.status_code == 302
    option_id = str(named(Group.TOPIC_TAG, "renewal"))
    address = page("metadata_optionshape", "change", option_id)
    form = ana.get(address).context["adminform"].form
    told = {"label": "Renewals", "color": "teal", "seen_rev": form.initial["seen_rev"]}
    assert ana.post(address, told).status_code == 302
    assert option_by_id(option_id).label == "Renewals"
    stale = ana.post(address, told | {"label": "Too late"})
    assert stale.status_code == 200
    assert "Somebody else changed this option" in stale.content.decode()
    assert "Too late" in stale.content.decode()
    history = ana.get(page("metadata_optionshape", "history", option_id)).content.decode()
    assert "Ana Admin" in history
    assert ana.post(page("metadata_optionshape", "delete", option_id), {"post": "yes"}).status_code == 302
    assert named(Group.TOPIC_TAG, "renewals") is None


def test_what_a_service_refuses_stands_beside_its_field(ana: Client) -> None:
    suite("Advancement")
    answer = ana.post(page("metadata_optionshape", "add"), {"group_key": "product_suite", "label": "ADVANCEMENT"})
    assert "There is already an option with this name" in answer.context["adminform"].form.errors["label"][0]


def test_an_item_in_use_is_not_deleted_without_an_answer(ana: Client) -> None:
    item = make_item(Status.APPROVED)
    option = page("metadata_optionshape", "delete", str(item.product_suite))
    assert ana.post(option, {"post": "yes"}).status_code == 403
    assert option_by_id(str(item.product_suite))


def test_a_version_is_changed_while_it_is_a_draft_and_never_after(ana: Client) -> None:
    draft, approved = make_item(Status.DRAFT, title="Draft"), make_item(Status.APPROVED, title="Live")
    address = page("content_contentversionshape", "change", f"{draft.content_id}|1")
    rev = ana.get(address).context["adminform"].form.initial["seen_rev"]
    assert ana.post(address, {"title": "Better", "summary": "s", "seen_rev": rev}).status_code == 302
    assert store.version_of(draft.content_id, 1).title == "Better"
    frozen = page("content_contentversionshape", "change", f"{approved.content_id}|1")
    assert ana.get(frozen).status_code == 200
    assert ana.post(frozen, {"title": "Never"}).status_code == 403


def test_ending_a_session_signs_that_browser_out(ana: Client) -> None:
    services.ensure_profile(by=VERA)
    vera = sign_in(Client(), VERA)
    listed = ana.get(page("accounts_sessionrecordshape"), {"q": f"user_id:{VERA.user_id}"})
    (shown,) = listed.context["cl"].result_list
    assert (
        "data" not in ana.get(page("accounts_sessionrecordshape", "change", shown.pk)).context["adminform"].form.fields
    )
    assert ana.post(page("accounts_sessionrecordshape", "delete", shown.pk), {"post": "yes"}).status_code == 302
    assert vera.get("/").status_code == 302


def test_the_audit_log_is_only_read(ana: Client) -> None:
    make_item(Status.DRAFT)
    listed = ana.get(page("accounts_auditentryshape"))
    entry = listed.context["cl"].result_list[0]
    assert ana.get(page("accounts_auditentryshape", "change", entry.pk)).status_code == 200
    for kind in ("change", "delete"):
        assert ana.post(page("accounts_auditentryshape", kind, entry.pk), {"post": "yes"}).status_code == 403
    assert ana.get(page("accounts_auditentryshape", "add")).status_code == 403


def test_a_key_survives_the_way_through_an_address() -> None:
    for made in (made for _, made in SHAPES.values()):
        names = [name for name in (made.record._hash_keyname, made.record._range_keyname) if name]
        record = made.record(**{name: 7 if name == "version" else f"a#{name}" for name in names})
        assert parts_of(key_of(record), made.record) == tuple(getattr(record, name) for name in names)
