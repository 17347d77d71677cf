"""What is hidden from somebody leaves no trace anywhere that she can look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts import services as people
from accounts.person import SYSTEM, Person
from content.enums import Kind, Status
from content.models import StoredFile
from content.rules.comments import READERS, review_of
from content.services import comments, drafts, files, lifecycle, schedule
from content.store.comments import every_comment_of
from content.tests.factories import approve, fields, make_item, walk
from core import clock
from core.testing import ANA, CARL, CORA, RITA, VERA, as_htmx
from metadata.enums import Group
from metadata.services import ensure_option

CANARY = "zqxanary"
CONTROL = "zqxbn"  # begins a word that is nowhere
HIDDEN_FROM = {
    "Draft": (VERA, CORA, RITA),
    "InReview": (VERA, CORA),
    "Expired": (VERA, CORA),
    "Scheduled": (VERA, CORA),
    "NextDraft": (VERA, CORA, RITA),
    "Discarded": (VERA, CORA, RITA),
}
TALKS = ("", "?of=readers", "?of=review", "?of=review-1", "?of=review-2", "?of=review-2&newest=1")
PROBES = (
    CANARY,
    f"{CANARY}title",
    CANARY[:5],
    f"{CANARY}titel",
    f'"{CANARY}title"',
    f"{CANARY}body OR price",
    f"{CANARY}file",
    f"{CANARY}tag",
    f"{CANARY}said",
)


def _file(name: str) -> StoredFile:
    key = f"content/x/source/{name}"
    return StoredFile(
        file_id=f"of-{name[:4]}",
        name=name,
        mime="application/pdf",
        group="pdf",
        size=9,
        key=key,
        s3_version="v",
        etag="e",
    )


def _hide(state: str) -> str:
    """An item that says the canary wherever it can, as far as its state is hidden."""
    tag = ensure_option(group=Group.TOPIC_TAG, label=f"{CANARY}tag", by=SYSTEM)
    secret = fields(
        f"{CANARY}title", summary=f"{CANARY}summary", body=f"{CANARY}body", tags=(tag,), change_note=f"{CANARY}note"
    )
    over = state in ("NextDraft", "Discarded")
    plain = fields("Seen by all", body="Nothing to hide.")
    item = drafts.create(kind=Kind.FILE, fields=plain if over else secret, by=CARL)
    content_id = str(item.content_id)
    files.attach(content_id=content_id, version=1, file=_file("seen.pdf" if over else f"{CANARY}file.pdf"), by=CARL)
    comments.post(
        content_id=content_id, talk=review_of(1), text="Nothing to hide." if over else f"{CANARY}said", by=CARL
    )
    if state == "Scheduled":
        later = clock.now() + timedelta(days=9)
        schedule.set_dates(content_id=content_id, go_live_at=later, expire_at=None, review_every_days=90, by=CARL)
        walk(content_id, Status.IN_REVIEW)
        approve(content_id)
    elif over:
        walk(content_id, Status.APPROVED)
        version = drafts.open_work(content_id=content_id, by=CARL)
        drafts.edit(content_id=content_id, fields=secret, seen_rev=version.text_rev, by=CARL)
        files.attach(content_id=content_id, version=2, file=_file(f"{CANARY}file.pdf"), by=CARL)
        said = comments.post(content_id=content_id, talk=review_of(2), text=f"{CANARY}said", by=CARL)
        comments.post(content_id=content_id, talk=review_of(2), text=f"{CANARY}so", parent_id=said.comment_id, by=ANA)
        comments.post(content_id=content_id, talk=READERS, text="Nothing to hide.", by=VERA)
        if state == "Discarded":
            drafts.discard_work(content_id=content_id, by=CARL)
    else:
        walk(content_id, Status(state))
    return content_id


@pytest.fixture(scope="module")
def hidden(shared_cloud: object) -> Iterator[dict[str, str]]:
    """By state; with what could give each away: a favourite of it, an item that links to it, one that it replaces."""
    made = {state: _hide(state) for state in HIDDEN_FROM}
    for state, content_id in made.items():
        for person in HIDDEN_FROM[state]:
            people.toggle_favourite(by=person, content_id=content_id, on=True)
            people.remember_opened(by=person, content_id=content_id)
        make_item(title=f"Links {state}", body=f"See [this](/content/{content_id}/).")
    visible = make_item(title="Was replaced")
    target = make_item(title=f"{CANARY}title")
    lifecycle.deprecate(content_id=visible.content_id, reason="Old.", replacement_id=target.content_id, by=RITA)
    lifecycle.expire(content_id=target.content_id, reason="Gone.", by=RITA)
    yield made | {"Replaced": visible.content_id}


def _addresses(hidden: dict[str, str]) -> Iterator[str]:
    yield from ("/", "/content/", "/content/favourites/", "/search/", "/accounts/preferences/", "/no/such/page/")
    for status in ("Draft", "InReview", "Approved", "Deprecated", "Expired", "Scheduled", "Nonsense"):
        yield f"/content/?status={status}"
        yield f"/search/?status={status}&retired=1"
    yield from (f"/content/?owner={CARL.user_id}", "/content/?type=pdf", "/content/?sort=title&view=cards")
    for content_id in hidden.values():
        yield from (
            f"/content/{content_id}/{page}" for page in ("", "history/", "versions/", "versions/1/", "used-by/")
        )
        yield from (f"/content/{content_id}/{page}" for page in ("versions/2/", "versions/compare/?a=1&b=2", "open/"))
        yield from (f"/content/{content_id}/{page}" for page in ("edit/", "submit/", "restore/", "delete/", "dates/"))
        yield from (f"/content/{content_id}/comments/{of}" for of in TALKS)
        for one in every_comment_of(content_id):
            yield from (
                f"/content/{content_id}/comments/{place}" for place in (f"?at={one.comment_id}", f"{one.comment_id}/")
            )
            yield f"/content/{content_id}/comments/{one.comment_id}/remove/"
        yield f"/content/{content_id}/files/of-{CANARY[:4]}/"


def _said(answer: Any) -> str:
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return headers + answer.content.decode()


@pytest.mark.parametrize("person", [VERA, CORA], ids=lambda person: person.name)
def test_no_page_names_what_is_hidden(hidden: dict[str, str], person: Person, clients: dict[str, Client]) -> None:
    for address in _addresses(hidden):
        for headers in ({}, as_htmx()):
            answer = clients[person.name].get(address, headers=headers)
            assert CANARY not in _said(answer), address
            assert answer.status_code < 500


@pytest.mark.parametrize("person", [VERA, CORA], ids=lambda person: person.name)
@pytest.mark.parametrize("probe", PROBES)
def test_a_search_for_it_answers_as_one_for_a_word_that_nobody_wrote(
    hidden: dict[str, str], person: Person, clients: dict[str, Client], probe: str
) -> None:
    for page in ("/search/", "/search/suggest/", "/content/"):
        for headers in ({}, as_htmx()):
            found, control = (
                _without_tokens(clients[person.name].get(page, {"q": asked, "retired": "1"}, headers=headers), asked)
                for asked in (probe, probe.replace(CANARY[:5], CONTROL))
            )
            assert found == control, page


def _without_tokens(answer: Any, asked: str) -> str:
    said = re.sub(r'value="[\w-]{64}"|"X-CSRFToken": "[^"]+"', "", answer.content.decode())
    return said.replace(CONTROL if CONTROL in asked else CANARY[:5], "")


def test_an_approver_sees_no_draft_of_others(hidden: dict[str, str], clients: dict[str, Client]) -> None:
    for state in ("Draft", "NextDraft", "Discarded"):
        for page in (
            *(f"comments/{of}" for of in TALKS),
            "",
            "versions/",
            "versions/2/",
            "history/",
            "versions/compare/?a=1&b=2",
        ):
            answer = clients[RITA.name].get(f"/content/{hidden[state]}/{page}")
            assert CANARY not in answer.content.decode(), (state, page)


def test_counts_and_facets_leave_out_what_is_hidden(hidden: dict[str, str], clients: dict[str, Client]) -> None:
    seen = {person.name: clients[person.name].get("/search/", {"q": CANARY, "retired": "1"}) for person in (VERA, ANA)}
    assert "0 results" in seen[VERA.name].content.decode()
    assert "0 results" not in seen[ANA.name].content.decode()
    assert f"{CANARY}tag" in clients[ANA.name].get("/content/", {"status": "Draft"}).content.decode()


def test_the_canary_is_there_for_its_owner(hidden: dict[str, str], clients: dict[str, Client]) -> None:
    """Else the tests above would pass for want of anything to find."""
    for state in ("Draft", "InReview", "Expired", "Scheduled"):
        body = clients[CARL.name].get(f"/content/{hidden[state]}/").content.decode()
        for place in ("title", "summary", "file.pdf", "tag"):
            assert f"{CANARY}{place}" in body, (state, place)
        assert f"{CANARY}said" in clients[CARL.name].get(f"/content/{hidden[state]}/comments/?of=review-1").text
    for state in ("NextDraft", "Discarded"):
        assert f"{CANARY}said" in clients[CARL.name].get(f"/content/{hidden[state]}/comments/?of=review-2").text
    assert f"{CANARY}title" in clients[CARL.name].get(f"/content/{hidden['NextDraft']}/versions/2/").content.decode()
