"""Who may read, write, change and remove what beside an item; and what two people do at once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from accounts.person import Person
from accounts.store import audit_of_target
from content import permissions, store
from content.enums import Status
from content.models import ContentComment, ContentItem
from content.rules.comments import READERS, Talk, review_of
from content.services import comments, drafts, lifecycle, schedule
from content.store import comments as rows
from content.tests.factories import approve, make_item
from core import clock
from core.errors import Invalid, NotFound, PortalError, Refused, Stale
from core.testing import ANA, CARL, CORA, RITA, VERA

pytestmark = pytest.mark.usefixtures("cloud")


def say(
    item: ContentItem, text: str = "Is it current?", *, by: Person = VERA, talk: Talk = READERS, **more: Any
) -> Any:
    return comments.post(content_id=item.content_id, talk=talk, text=text, by=by, **more)


def texts(item: ContentItem) -> list[str]:
    return [one.text for one in rows.every_comment_of(item.content_id)]


def fresh(comment: ContentComment) -> ContentComment:
    return rows.comment_by_id(comment.content_id, comment.comment_id)


def remove(comment: ContentComment, by: Person, reason: str = "") -> None:
    comments.remove(content_id=comment.content_id, comment_id=comment.comment_id, by=by, reason=reason)


def at_once(monkeypatch: pytest.MonkeyPatch, name: str, first: Callable[[], object]) -> None:
    """What somebody else does in the moment before the next write of the store."""
    plain, done = getattr(rows, name), []

    def late(*args: Any, **values: Any) -> None:
        if not done:
            done.append(True)
            first()
        plain(*args, **values)

    monkeypatch.setattr(rows, name, late)


# --- Who may read ---------------------------------------------------------------------------------------------------


def next_version(item: ContentItem, *, submitted: bool = False) -> ContentItem:
    drafts.open_work(content_id=item.content_id, by=CARL)
    if submitted:
        lifecycle.submit(content_id=item.content_id, by=CARL)
    return store.item_by_id(item.content_id, fresh=True)


def discarded() -> ContentItem:
    item = next_version(make_item())
    drafts.discard_work(content_id=item.content_id, by=CARL)
    return store.item_by_id(item.content_id, fresh=True)


def scheduled() -> ContentItem:
    item = make_item(Status.DRAFT)
    later = clock.now() + timedelta(days=30)
    schedule.set_dates(content_id=item.content_id, go_live_at=later, expire_at=None, review_every_days=90, by=CARL)
    lifecycle.submit(content_id=item.content_id, by=CARL)
    approve(item.content_id)
    return store.item_by_id(item.content_id, fresh=True)


READABLE = {
    # who reads what readers say; who what is said about the version; which version that is
    "draft": (lambda: make_item(Status.DRAFT), "", "Carl Ana", 1),
    "in review": (lambda: make_item(Status.IN_REVIEW), "", "Carl Rita Ana", 1),
    "approved": (make_item, "Vera Cora Carl Rita Ana", "Carl Rita Ana", 1),
    "deprecated": (lambda: make_item(Status.DEPRECATED), "Vera Cora Carl Rita Ana", "Carl Rita Ana", 1),
    "expired": (lambda: make_item(Status.EXPIRED), "Carl Rita Ana", "Carl Rita Ana", 1),
    "scheduled": (scheduled, "Carl Rita Ana", "Carl Rita Ana", 1),
    "next in draft": (lambda: next_version(make_item()), "Vera Cora Carl Rita Ana", "Carl Ana", 2),
    "next in review": (
        lambda: next_version(make_item(), submitted=True),
        "Vera Cora Carl Rita Ana",
        "Carl Rita Ana",
        2,
    ),
    "discarded": (discarded, "Vera Cora Carl Rita Ana", "Carl Ana", 2),
    "never written": (make_item, "Vera Cora Carl Rita Ana", "", 7),
}


@pytest.mark.parametrize("state", READABLE)
def test_who_reads_what(state: str) -> None:
    make, readers, reviewers, version = READABLE[state]
    item = make()
    for talk, expected in ((READERS, readers), (review_of(version), reviewers)):
        found = {one.first_name for one in (VERA, CORA, CARL, RITA, ANA) if comments.is_open_to(one, item, talk)}
        assert found == set(expected.split()), talk


@pytest.mark.parametrize("state", READABLE)
def test_what_somebody_may_not_read_she_cannot_answer_change_resolve_or_remove(state: str) -> None:
    make, readers, reviewers, version = READABLE[state]
    item = make()
    for talk, expected in ((READERS, readers), (review_of(version), reviewers)):
        there = ContentComment(item.content_id, talk.thread_id("0" * 26), author_user_id=VERA.user_id, text="Mine.",
                               created_at=clock.now(), updated_at=clock.now())  # fmt: skip
        there.save()
        key = {"content_id": item.content_id, "comment_id": there.comment_id}
        for person in {VERA, CORA, CARL, RITA, ANA} - {
            one for one in (VERA, CORA, CARL, RITA, ANA) if one.first_name in expected
        }:
            for act in (
                lambda by=person, talk=talk: say(item, by=by, talk=talk),
                lambda by=person, key=key: comments.edit(**key, text="x", seen_rev=1, by=by),
                lambda by=person, key=key: comments.resolve(**key, resolved=True, by=by),
                lambda by=person, key=key: comments.remove(**key, reason="x", by=by),
            ):
                with pytest.raises(NotFound):
                    act()
        assert fresh(there).text == "Mine."


@pytest.mark.parametrize(
    ("state", "readers", "review"),
    [
        ("draft", None, True),
        ("in review", None, True),
        ("approved", True, False),
        ("deprecated", True, False),
        ("expired", False, False),
        ("scheduled", False, False),
        ("next in review", True, True),
    ],
)
def test_where_something_can_be_said(state: str, readers: bool | None, review: bool) -> None:
    make, _, _, version = READABLE[state]
    item = make()
    for talk, is_open in ((READERS, readers), (review_of(version), review)):
        if is_open:
            assert say(item, by=ANA, talk=talk).text
        else:
            with pytest.raises(NotFound if is_open is None else Refused):
                say(item, by=ANA, talk=talk)


def test_co_editors_are_in_on_the_review() -> None:
    item = make_item(Status.DRAFT)
    item.editor_ids = [CORA.user_id]
    item.save()
    assert say(item, by=CORA, talk=review_of(1)).author_user_id == CORA.user_id


def test_an_item_that_comes_back_as_a_draft_keeps_its_readers_words_from_its_readers() -> None:
    item = make_item()
    say(item)
    lifecycle.expire(content_id=item.content_id, reason="Old.", by=RITA)
    lifecycle.restore(content_id=item.content_id, by=RITA)
    item = store.item_by_id(item.content_id, fresh=True)
    assert [person.first_name for person in (VERA, CORA, CARL, RITA) if comments.is_open_to(person, item, READERS)] == [
        "Carl"
    ]
    assert permissions.why_closed(item, READERS, clock.now())


# --- What is done ----------------------------------------------------------------------------------------------------


def test_each_write_leaves_its_entry_and_tells_its_event_without_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    item, told = make_item(), []
    monkeypatch.setattr("core.events._tell_all", told.extend)
    first = say(item, "Canary?")
    answer = say(item, "Canary!", by=CARL, parent_id=first.comment_id)
    comments.edit(content_id=item.content_id, comment_id=answer.comment_id, text="Canary.", seen_rev=1, by=CARL)
    for resolved in (True, True, False):
        comments.resolve(content_id=item.content_id, comment_id=first.comment_id, resolved=resolved, by=CARL)
    remove(answer, ANA, "Off topic.")
    assert [event.name.removeprefix("content.comment") for event in told] == [
        "ed", "ed", "_edited", "_resolved", "_reopened", "_removed"
    ]  # fmt: skip
    assert {event.object_id for event in told} == {item.content_id}
    assert told[1].props == {
        "comment_id": answer.comment_id, "conversation": "readers", "version": None, "parent_id": first.comment_id
    }  # fmt: skip
    assert "Canary" not in str([event.to_json() for event in told])
    of_first = [entry.action for entry in audit_of_target(f"comment:{first.audit_id}").items]
    of_answer = audit_of_target(f"comment:{answer.audit_id}").items
    assert of_first == ["comment.reopened", "comment.resolved", "comment.posted"]
    assert [(entry.action, entry.reason) for entry in of_answer] == [
        ("comment.removed", "Off topic."), ("comment.edited", None), ("comment.posted", None)
    ]  # fmt: skip
    assert [entry.action for entry in audit_of_target(f"content:{item.content_id}").items][:1] == ["content.approved"]


def test_a_comment_is_edited_by_whoever_wrote_it_and_says_so() -> None:
    comment = say(make_item())
    key = {"content_id": comment.content_id, "comment_id": comment.comment_id, "seen_rev": int(comment.rev)}
    for person in (CORA, CARL, RITA, ANA):
        with pytest.raises(Refused):
            comments.edit(**key, text="Never.", by=person)
    assert comments.edit(**key, text="Is it current?", by=VERA).edited_at is None, "nothing was changed"
    assert comments.edit(**key, text="Is it still current?", by=VERA).edited_at


def test_who_calls_a_thread_settled() -> None:
    comment = say(make_item())
    key = {"content_id": comment.content_id, "comment_id": comment.comment_id}
    for person in (VERA, CORA):
        with pytest.raises(Refused):
            comments.resolve(**key, resolved=True, by=person)
    for person in (CARL, RITA, ANA):
        assert comments.resolve(**key, resolved=True, by=person).resolved_by == person.user_id
        assert comments.resolve(**key, resolved=False, by=person).resolved_at is None


def test_answers_are_one_level_deep_and_not_resolved_by_themselves() -> None:
    item = make_item()
    first = say(item)
    answer = say(item, "Yes.", by=CARL, parent_id=first.comment_id)
    again = say(item, "Thanks.", parent_id=answer.comment_id)
    assert again.comment_id.startswith(f"{first.comment_id}-") and again.comment_id.count("-") == 2
    with pytest.raises(Invalid):
        comments.resolve(content_id=item.content_id, comment_id=answer.comment_id, resolved=True, by=CARL)


@pytest.mark.parametrize("parent_id", ["made-up", f"readers-{'0' * 26}", f"review-1-{'0' * 26}"])
def test_what_is_not_there_cannot_be_answered(parent_id: str) -> None:
    with pytest.raises((NotFound, Stale)):
        say(make_item(), parent_id=parent_id)


def test_a_readers_answer_never_lands_in_the_review() -> None:
    item = next_version(make_item(), submitted=True)
    about = say(item, by=CARL, talk=review_of(2))
    with pytest.raises(NotFound):
        say(item, by=CARL, talk=READERS, parent_id=about.comment_id)


# --- What is taken back ----------------------------------------------------------------------------------------------


def test_what_nobody_answered_goes_for_good() -> None:
    item = make_item()
    remove(say(item), VERA)
    assert texts(item) == []


def test_what_was_answered_leaves_its_place_until_the_last_answer_goes() -> None:
    item = make_item()
    first = say(item)
    answers = [
        say(item, "Yes.", by=CARL, parent_id=first.comment_id),
        say(item, "No.", by=RITA, parent_id=first.comment_id),
    ]
    remove(first, VERA)
    kept = fresh(first)
    assert (kept.text, kept.author_user_id) == ("", None)
    assert len(texts(item)) == 3
    with pytest.raises(Stale):
        say(item, "Too late.", parent_id=first.comment_id)
    for answer, by in zip(answers, (CARL, RITA), strict=True):
        remove(answer, by)
    assert texts(item) == []


def test_others_comments_are_removed_by_admins_alone_and_with_a_reason() -> None:
    item = make_item()
    comment = say(item)
    for person in (CORA, CARL, RITA):
        with pytest.raises(Refused):
            remove(comment, person, "I want it.")
    with pytest.raises(Invalid) as refused:
        remove(comment, ANA, "  ")
    assert set(refused.value.fields) == {"reason"}
    remove(comment, ANA, "Names a customer.")
    assert texts(item) == []


def test_comments_go_with_their_item() -> None:
    item = make_item(Status.DRAFT)
    for _number in range(3):
        say(item, by=CARL, talk=review_of(1))
    drafts.delete(content_id=item.content_id, by=CARL)
    assert texts(item) == []


# --- At once ---------------------------------------------------------------------------------------------------------


def test_the_same_id_makes_one_comment() -> None:
    item, made_id = make_item(), "0" * 26
    say(item, made_id=made_id)
    with pytest.raises(Stale):
        say(item, made_id=made_id)
    assert len(texts(item)) == 1


def test_the_second_of_two_edits_is_told() -> None:
    comment = say(make_item())
    key = {"content_id": comment.content_id, "comment_id": comment.comment_id, "seen_rev": int(comment.rev), "by": VERA}
    comments.edit(**key, text="First.")
    with pytest.raises(Stale):
        comments.edit(**key, text="Second.")
    assert fresh(comment).text == "First."


def test_an_edit_in_the_same_moment_as_another_loses(monkeypatch: pytest.MonkeyPatch) -> None:
    comment = say(make_item())
    key = {"content_id": comment.content_id, "comment_id": comment.comment_id, "seen_rev": int(comment.rev), "by": VERA}
    at_once(monkeypatch, "save", lambda: comments.edit(**key, text="First."))
    with pytest.raises(Stale):
        comments.edit(**key, text="Second.")
    assert fresh(comment).text == "First."


def test_an_answer_in_the_same_moment_as_its_question_is_removed_is_not_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    item = make_item()
    first = say(item)
    at_once(monkeypatch, "add", lambda: remove(first, VERA))
    with pytest.raises(Stale):
        say(item, "Yes.", by=CARL, parent_id=first.comment_id)
    assert texts(item) == []


def test_a_question_removed_in_the_same_moment_as_it_is_answered_leaves_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    item = make_item()
    first = say(item)
    at_once(monkeypatch, "save", lambda: say(item, "Yes.", by=CARL, parent_id=first.comment_id))
    remove(first, VERA)
    assert texts(item) == ["", "Yes."]


def test_a_question_answered_between_emptying_and_clearing_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once it is empty nobody can answer, so what is cleared has no answer."""
    item = make_item()
    first = say(item)

    def too_late() -> None:
        with suppress(PortalError):
            say(item, "Yes.", by=CARL, parent_id=first.comment_id)

    at_once(monkeypatch, "clear_place", too_late)
    remove(first, VERA)
    assert texts(item) == []


def test_marking_a_thread_while_its_author_edits_it_does_both(monkeypatch: pytest.MonkeyPatch) -> None:
    comment = say(make_item())
    key = {"content_id": comment.content_id, "comment_id": comment.comment_id}
    at_once(monkeypatch, "save", lambda: comments.edit(**key, text="Mended.", seen_rev=int(comment.rev), by=VERA))
    comments.resolve(**key, resolved=True, by=CARL)
    assert fresh(comment).text == "Mended."
    assert fresh(comment).resolved_by == CARL.user_id


def test_nobody_comments_on_an_item_that_is_being_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    item = make_item(Status.DRAFT)
    at_once(monkeypatch, "add", lambda: drafts.delete(content_id=item.content_id, by=CARL))
    with pytest.raises(NotFound):
        say(item, by=CARL, talk=review_of(1))
    assert texts(item) == []
