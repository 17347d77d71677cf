"""To whom a comment is news: those whom it concerns and who may read that conversation at that moment."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts import services as accounts
from accounts.person import Person
from content import store as items
from content.enums import Status
from content.models import ContentComment, ContentItem
from content.rules.comments import READERS, Talk, place_of, review_of
from content.services import comments, drafts, lifecycle
from content.tests.factories import approve, make_item
from core import clock
from core.api.testing import settle
from core.events import Event
from core.testing import ANA, CARL, CAST, CORA, RITA, VERA, sign_in
from notifications import handlers, pages
from notifications.enums import Kind
from notifications.services import errands, following, inbox
from notifications.services import people as roles
from notifications.store import inbox as store

COMMENT, FOLLOWED = "comment", "comment_followed"


@pytest.fixture(autouse=True)
def cast(cloud: object, monkeypatch: pytest.MonkeyPatch) -> None:
    for person in CAST:
        accounts.ensure_profile(by=person)
        settle(person)
    monkeypatch.setattr(roles, "approvers", lambda: [RITA.user_id])


def say(
    item: ContentItem, by: Person, *, talk: Talk = READERS, parent: ContentComment | None = None, heard: bool = True
) -> ContentComment:
    made = comments.post(
        content_id=item.content_id, talk=talk, text="Canary?", by=by, parent_id=parent.comment_id if parent else None
    )
    if heard:
        hear(made, by)
    return made


def hear(comment: ContentComment, by: Person) -> None:
    place = place_of(comment.comment_id)
    assert place
    props = {
        "comment_id": comment.comment_id,
        "conversation": place.talk.conversation.value,
        "version": place.talk.version,
    }
    handlers.tell(Event("content.commented", comment.content_id, by.user_id, props))
    errands.finish_all()


def told(person: Person) -> list[tuple[str, int]]:
    return sorted((one.kind, int(one.times)) for one in store.page_of(person.user_id).items)


def rows(person: Person) -> list[pages.Row]:
    return pages.rows_of(person, store.page_of(person.user_id).items)


def in_review() -> ContentItem:
    item = make_item()
    drafts.open_work(content_id=item.content_id, by=CARL)
    lifecycle.submit(content_id=item.content_id, by=CARL)
    return items.item_by_id(item.content_id, fresh=True)


def test_a_question_reaches_the_owner_and_leads_to_itself() -> None:
    item = make_item(title="Pricing")
    asked = say(item, VERA)
    assert (told(CARL), told(VERA), told(CORA), told(RITA)) == ([(COMMENT, 1)], [], [], [])
    (row,) = rows(CARL)
    assert (row.title, row.sentence) == ("Pricing", "Vera Viewer commented")
    assert row.path == f"/content/{item.content_id}/comments/?of=readers&at={asked.comment_id}#{asked.comment_id}"


def test_an_answer_reaches_whoever_wrote_in_that_thread_and_nobody_of_another() -> None:
    item = make_item()
    asked = say(item, VERA)
    say(item, CORA)
    say(item, CARL, parent=asked)
    assert told(VERA) == [(COMMENT, 1)]
    assert told(CORA) == []
    assert rows(VERA)[0].sentence == "Carl Contributor answered"


def test_repeats_in_a_thread_are_one_that_counts_them() -> None:
    item = make_item()
    asked = say(item, VERA)
    say(item, CORA, parent=asked)
    say(item, VERA, parent=asked)
    assert told(CARL) == [(COMMENT, 3)]
    assert told(VERA) == [(COMMENT, 1)], "without what she said herself"
    assert rows(CARL)[0].sentence == "3 new comments"


def test_questions_of_an_hour_are_one_notification_for_the_owner_and_for_followers() -> None:
    item = make_item()
    following.follow(target=f"content:{item.content_id}", by=CORA)
    for _number in range(3):
        say(item, VERA)
    assert told(CARL) == [(COMMENT, 3)]
    assert told(CORA) == [(FOLLOWED, 3)]


def test_followers_hear_of_what_readers_say_apart_from_those_whom_it_concerns() -> None:
    item = make_item()
    for person in (CORA, CARL):
        following.follow(target=f"content:{item.content_id}", by=person)
    say(item, VERA)
    assert told(CORA) == [(FOLLOWED, 1)]
    assert told(CARL) == [(COMMENT, 1)]


def test_a_review_is_news_to_its_makers_and_to_approvers_who_talk_about_it() -> None:
    item = in_review()
    for person in (VERA, CORA, RITA):
        following.follow(target=f"content:{item.content_id}", by=person)
    said = say(item, RITA, talk=review_of(2))
    assert told(CARL) == [(COMMENT, 1)]
    say(item, CARL, talk=review_of(2))
    say(item, CARL, talk=review_of(2), parent=said)
    assert told(RITA) == [(COMMENT, 2)]
    assert told(VERA) == told(CORA) == told(ANA) == []


@pytest.mark.parametrize("submitted", [True, False])
def test_a_review_never_reaches_who_may_see_the_live_item_alone(submitted: bool) -> None:
    """Whoever has written in it and may not read it any more, too."""
    item = in_review()
    for person in (VERA, CORA):
        ContentComment(item.content_id, review_of(2).thread_id(person.user_id.replace("sub-", "").rjust(26, "0")),
                       author_user_id=person.user_id, text="Once a Contributor.", created_at=clock.now(), updated_at=clock.now()).save()  # fmt: skip
    asked = say(item, RITA, talk=review_of(2), heard=False)
    if not submitted:
        lifecycle.request_changes(content_id=item.content_id, reason="Page 2.", by=RITA)
    hear(asked, RITA)
    answer = say(item, CARL, talk=review_of(2), parent=asked)
    assert answer
    assert told(VERA) == told(CORA) == []
    assert bool(told(RITA)) == submitted, "Approvers do not see what is being changed"


def test_what_is_hidden_afterwards_is_named_no_more_and_mailed_to_nobody() -> None:
    item = in_review()
    say(item, RITA, talk=review_of(2), heard=False)
    said = say(item, CARL, talk=review_of(2))
    assert told(RITA) == [(COMMENT, 1)]
    lifecycle.withdraw(content_id=item.content_id, by=CARL)
    (row,) = rows(RITA)
    assert row.is_gone and (row.path, row.sentence) == ("", "")
    assert pages.lines_for(RITA, [row.notification_id]) == []
    lifecycle.submit(content_id=item.content_id, by=CARL)
    approve(item.content_id)
    (row,) = rows(RITA)
    assert row.path.endswith(f"#{said.comment_id}"), "decided, it is history that Approvers read"


def test_a_thread_is_counted_apart_from_what_is_said_where_she_may_not_read() -> None:
    item = in_review()
    asked = say(item, VERA)
    for _number in range(3):
        say(item, CARL, talk=review_of(2))
    say(item, CARL, parent=asked)
    assert told(VERA) == [(COMMENT, 1)]


def test_what_was_taken_back_before_it_was_told_is_no_news() -> None:
    item = make_item()
    asked = say(item, VERA, heard=False)
    comments.remove(content_id=item.content_id, comment_id=asked.comment_id, by=VERA)
    hear(asked, VERA)
    assert told(CARL) == []


def test_retired_and_muted_are_silent() -> None:
    item = make_item()
    asked = say(item, VERA)
    inbox.set_muted(kinds=[Kind.COMMENT], by=VERA)
    say(item, CARL, parent=asked)
    assert told(VERA) == []
    late = say(item, CORA, parent=asked, heard=False)
    lifecycle.expire(content_id=item.content_id, reason="Old.", by=RITA)
    inbox.set_muted(kinds=[], by=VERA)
    hear(late, CORA)
    assert told(VERA) == []


def test_a_draft_is_talked_about_among_its_makers() -> None:
    item = make_item(Status.DRAFT)
    item.editor_ids = [CORA.user_id]
    item.save()
    say(item, CORA, talk=review_of(1))
    assert told(CARL) == [(COMMENT, 1)]
    assert told(RITA) == []


def test_a_notification_holds_no_word_of_the_comment(client) -> None:
    item = make_item()
    say(item, VERA)
    with clock.at(clock.now() + timedelta(minutes=1)):
        body = sign_in(client, CARL).get("/notifications/").text
    assert "Vera Viewer commented" in body
    assert "Canary" not in body
    assert "Canary" not in str(store.page_of(CARL.user_id).items[0].attribute_values)
