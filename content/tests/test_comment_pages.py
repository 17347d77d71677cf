"""The page of comments, with and without HTMX; what comes of bad input, double clicks and long conversations."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from accounts.person import Person
from accounts.services import ensure_profile
from bench.recording import recorded
from content.enums import Status
from content.models import ContentItem
from content.rules.comments import READERS, review_of
from content.services import comments, drafts
from content.store import comments as rows
from content.tests.factories import make_item
from core import clock
from core.testing import ANA, CARL, CAST, CORA, RITA, VERA, as_htmx, sign_in

BUDGET = 4


@pytest.fixture
def item(cloud: object) -> ContentItem:
    for person in CAST:
        ensure_profile(by=person)
    return make_item()


def address(item: ContentItem, rest: str = "") -> str:
    return f"/content/{item.content_id}/comments/{rest}"


def say(item: ContentItem, text: str, *, by: Person = VERA, minutes: int = 0, **more: Any) -> Any:
    with clock.at(clock.now() + timedelta(minutes=minutes)):
        return comments.post(content_id=item.content_id, **{"talk": READERS, "text": text, "by": by} | more)


def as_(person: Person) -> Client:
    return sign_in(Client(), person)


def texts(item: ContentItem) -> list[str]:
    return [one.text for one in rows.every_comment_of(item.content_id)]


def shown(body: str) -> list[str]:
    return [
        unescape(re.sub(r"<[^>]+>", "", one))
        for one in re.findall(r'class="comment-text"[^>]*>(.*?)</p>', body, re.DOTALL)
    ]


def test_the_page_of_an_item_shows_the_way_and_loads_them_when_they_are_reached(item: ContentItem) -> None:
    body = as_(VERA).get(f"/content/{item.content_id}/").text
    assert f'hx-get="{address(item)}" hx-trigger="revealed"' in body
    assert f'<a href="{address(item)}">' in body
    part = as_(VERA).get(address(item), headers=as_htmx()).text
    assert part.lstrip().startswith('<div class="talk" id="talk">')
    assert "<html" not in part


def test_a_question_is_posted_and_leads_to_itself(item: ContentItem) -> None:
    answer = as_(VERA).post(address(item), {"text": "Is this price still valid for Canada?"})
    (made,) = rows.every_comment_of(item.content_id)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{address(item)}?of=readers&at={made.comment_id}#{made.comment_id}"
    assert "Is this price still valid for Canada?" in as_(CORA).get(answer.headers["Location"]).text


def test_htmx_gets_the_conversation_again_with_what_was_posted(item: ContentItem) -> None:
    first = say(item, "Is it current?")
    answer = as_(CARL).post(address(item), {"text": "Yes.", "parent_id": first.comment_id}, headers=as_htmx())
    assert answer.status_code == 200
    assert shown(answer.text) == ["Is it current?", "Yes."]
    assert 'hx-swap-oob="beforeend:#toasts"' in answer.text


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(
    ("text", "words"),
    [("", "Write something first."), ("  \n ", "Write something first."), ("\x07", "Write something first."), ("a\x00b", "Null characters are not allowed."),
     ("\u200b", "Write something first."), ("a<b" * 700, "Use at most 2,000 characters; this has 2,100.")],
)  # fmt: skip
@pytest.mark.parametrize("answers", [False, True])
def test_what_is_refused_is_said_beside_the_text_which_stays(
    item: ContentItem, text: str, words: str, answers: bool, htmx: bool
) -> None:
    first = say(item, "Is it current?")
    told = {"text": text, "parent_id": first.comment_id if answers else ""}
    answer = as_(VERA).post(address(item), told, headers=as_htmx() if htmx else {})
    assert answer.status_code == (422 if htmx else 400)
    assert words in answer.text
    areas = re.findall(r"<textarea[^>]*>(.*?)</textarea>", answer.text, re.DOTALL)
    assert unescape(areas[0 if answers else -1]).strip() == text.strip()
    assert ('<details class="reply" open>' in answer.text) == answers
    assert texts(item) == ["Is it current?"]


def test_a_form_that_is_sent_twice_makes_one_comment_and_answers_alike(item: ContentItem) -> None:
    vera = as_(VERA)
    ticket = re.search(r'name="ticket" value="(\w+)"', vera.get(address(item)).text)
    told = {"text": "Is it current?", "ticket": ticket[1] if ticket else ""}
    places = [vera.post(address(item), told).headers["Location"] for _click in range(3)]
    assert len(set(places)) == 1
    assert texts(item) == ["Is it current?"]
    vera.post(address(item), told | {"text": "Another question, from the same page."})
    as_(CORA).post(address(item), told)
    assert len(texts(item)) == 3


def test_two_clicks_in_the_same_moment_make_one_comment(item: ContentItem, monkeypatch: pytest.MonkeyPatch) -> None:
    vera, told, plain, done = as_(VERA), {"text": "Is it current?", "ticket": "t1"}, rows.add, []

    def late(*args: Any, **values: Any) -> None:
        if not done:
            done.append(True)
            as_(VERA).post(address(item), told)
        plain(*args, **values)

    monkeypatch.setattr(rows, "add", late)
    assert vera.post(address(item), told).status_code == 303
    assert texts(item) == ["Is it current?"]


def test_an_answer_to_what_was_removed_meanwhile_keeps_its_text_and_can_stand_alone(item: ContentItem) -> None:
    first = say(item, "Is it current?")
    comments.remove(content_id=item.content_id, comment_id=first.comment_id, by=VERA)
    for headers, status in (({}, 409), (as_htmx(), 422)):
        told = {"text": "Yes, until May.", "parent_id": first.comment_id}
        answer = as_(CARL).post(address(item), told, headers=headers)
        assert answer.status_code == status
        assert 'id="talk-text"' in answer.text and ">Yes, until May.</textarea>" in answer.text
        assert "was removed meanwhile" in answer.text
    assert texts(item) == []


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("a\nb", "a\nb"),
        ("see https://x.org/?a=1&b=2.", '<a href="https://x.org/?a=1&amp;b=2" rel="noopener noreferrer nofollow">'),
        ("javascript:alert(1)", "javascript:alert(1)</p>"),
        ('https://x.org/"onmouseover="alert(1)', "https://x.org/</a>&quot;onmouseover=&quot;alert(1)</p>"),
        ("data:text/html,x [a](javascript:alert(1))", "[a](javascript:alert(1))"),
        ("هل السعر صالح؟", 'dir="auto">هل السعر صالح؟'),
        ("{{ item.title }} {% now %}", "{{ item.title }} {% now %}"),
    ],
)
def test_a_text_is_shown_as_it_is_with_links_that_lead_somewhere(item: ContentItem, text: str, html: str) -> None:
    say(item, text)
    body = as_(CORA).get(address(item)).text
    assert html in body
    assert "<script>alert" not in body
    assert not re.search(r'<a [^>]*(javascript|onmouseover="alert|data:)', body)


# --- Changing, removing, resolving -----------------------------------------------------------------------------------


def test_an_edit_that_comes_second_shows_both_texts(item: ContentItem) -> None:
    comment = say(item, "First text.")
    page = address(item, f"{comment.comment_id}/")
    vera, rev = as_(VERA), int(comment.rev)
    assert "First text." in vera.get(page).text
    comments.edit(
        content_id=item.content_id, comment_id=comment.comment_id, text="From the phone.", seen_rev=rev, by=VERA
    )
    answer = vera.post(page, {"text": "From the desk.", "seen_rev": rev})
    assert answer.status_code == 409
    assert "From the phone." in answer.text and ">\nFrom the desk.</textarea>" in answer.text
    again = re.search(r'name="seen_rev" value="(\d+)"', answer.text)
    assert vera.post(page, {"text": "From the desk.", "seen_rev": again[1] if again else 0}).status_code == 303
    body = vera.get(address(item)).text
    assert shown(body) == ["From the desk."] and "edited" in body


@pytest.mark.parametrize("text", ["", "a" * 2001])
def test_an_edit_that_is_refused_keeps_its_text(item: ContentItem, text: str) -> None:
    comment = say(item, "First text.")
    answer = as_(VERA).post(address(item, f"{comment.comment_id}/"), {"text": text, "seen_rev": int(comment.rev)})
    assert answer.status_code == 400
    assert f">\n{text}</textarea>" in answer.text
    assert texts(item) == ["First text."]


def test_buttons_are_for_those_who_may_press_them(item: ContentItem) -> None:
    comment = say(item, "Is it current?")
    expected = {VERA: (1, 1, 0), CORA: (0, 0, 0), CARL: (0, 0, 1), RITA: (0, 0, 1), ANA: (0, 1, 1)}
    for person, found in expected.items():
        body = as_(person).get(address(item)).text
        ways = (
            f'{comment.comment_id}/"',
            f'{comment.comment_id}/remove/"',
            f'action="{address(item, comment.comment_id)}/resolve/"',
        )
        assert tuple(body.count(one) for one in ways) == found, person.name


def test_a_resolved_thread_is_folded_and_can_be_opened_again(item: ContentItem) -> None:
    comment = say(item, "Is it current?")
    carl, there = as_(CARL), address(item, f"{comment.comment_id}/resolve/")
    assert carl.post(there, {"resolved": "1"}).status_code == 303
    body = as_(VERA).get(address(item)).text
    assert "Resolved by Carl Contributor" in body
    assert "<details>" in body
    assert "<details open>" in as_(VERA).get(address(item, f"?at={comment.comment_id}")).text
    answer = carl.post(f"{there}?of=readers", {"resolved": "0"}, headers=as_htmx())
    assert answer.status_code == 200 and "Resolved by" not in answer.text


def test_a_comment_is_removed_after_a_look_at_it_and_its_place_says_so(item: ContentItem) -> None:
    first = say(item, "Names a customer.")
    say(item, "Please do not.", by=CARL, parent_id=first.comment_id)
    there, ana = address(item, f"{first.comment_id}/remove/"), as_(ANA)
    assert "Names a customer." in ana.get(there).text
    refused = ana.post(there, {"reason": " "})
    assert (refused.status_code, "Say why" in refused.text) == (400, True)
    assert ana.post(there, {"reason": "Confidential."}).status_code == 303
    body = as_(CORA).get(address(item)).text
    assert "Names a customer." not in body and "Removed" in body and shown(body) == ["Please do not."]
    assert as_(VERA).get(there).status_code == 404


# --- Long conversations ----------------------------------------------------------------------------------------------


@pytest.fixture
def long(item: ContentItem) -> list[str]:
    """Forty threads, the tenth of them with forty answers."""
    made = []
    for number in range(40):
        first = say(item, f"Question {number}", minutes=number * 3)
        made.append(first.comment_id)
        if number == 10:
            made += [
                say(item, f"Answer {one}", minutes=number * 3 + one, parent_id=first.comment_id).comment_id
                for one in range(40)
            ]
    return made


def way(body: str, rel: str) -> str:
    found = re.search(rf'rel="{rel}" href="([^"]+)"', body)
    return unescape(found[1]) if found else ""


def test_all_of_a_long_conversation_is_reached_forwards_and_backwards(item: ContentItem, long: list[str]) -> None:
    vera, page, there = as_(VERA), address(item), []
    while page:
        body = vera.get(page).text
        there.append(shown(body))
        page, last = way(body, "next"), page
    expected = [f"Question {number}" for number in range(11)] + [f"Answer {one}" for one in range(40)]
    expected += [f"Question {number}" for number in range(11, 40)]
    heads = [
        text
        for number, some in enumerate(there)
        for text in some[1 if number and some[1].startswith("Answer") else 0 :]
    ]
    assert heads == expected
    back = [shown(vera.get(last).text)]
    page = way(vera.get(last).text, "prev")
    while page:
        body = vera.get(page).text
        back.insert(0, shown(body))
        page = way(body, "prev")
    assert {text for some in back for text in some} == set(expected)


def test_the_newest_are_one_step_away_and_the_beginning_too(item: ContentItem, long: list[str]) -> None:
    vera = as_(VERA)
    assert "Newest" in vera.get(address(item)).text
    body = vera.get(address(item, "?of=readers&newest=1")).text
    assert shown(body)[-1] == "Question 39" and "Newest" not in body and "From the beginning" in body


def test_a_thread_that_goes_on_is_headed_by_its_question(item: ContentItem, long: list[str]) -> None:
    body = as_(VERA).get(way(as_(VERA).get(address(item)).text, "next")).text
    assert shown(body)[0] == "Question 10"
    assert "Earlier answers stand on the page before" in body


@pytest.mark.parametrize("number", [0, 10, 30, 50, 79])
def test_a_link_to_any_comment_shows_it_with_its_thread(item: ContentItem, long: list[str], number: int) -> None:
    body = as_(VERA).get(address(item, f"?of=readers&at={long[number]}")).text
    assert f'id="{long[number]}"' in body
    assert f'id="{long[number][:34]}"' in body


@pytest.mark.parametrize("query", ["?cursor=x", "?before=x:y:z", "?of=readers&cursor=%00"])
def test_a_made_up_cursor_is_refused_in_words(item: ContentItem, query: str) -> None:
    answer = as_(VERA).get(address(item, query))
    assert answer.status_code == 400 and "Start again from the first page" in answer.text


def test_a_cursor_of_readers_opens_nothing_of_a_review(item: ContentItem, long: list[str]) -> None:
    drafts.open_work(content_id=item.content_id, by=CARL)
    onward = way(as_(CARL).get(address(item)).text, "next").replace("of=readers", "of=review-2")
    assert as_(CARL).get(onward).status_code == 400


@pytest.mark.parametrize(
    "query", ["?at=made-up", "?at=readers-00000000000000000000000000", "?newest=1", "?newest=made-up", "?at=%00"]
)
def test_a_link_to_what_is_not_there_shows_the_conversation(item: ContentItem, query: str) -> None:
    say(item, "Is it current?")
    assert as_(VERA).get(address(item, query)).status_code == 200


@pytest.mark.parametrize("query", ["?of=made-up", "?of=review-7", "?of=review", "?of=review-0", "?of=%00"])
def test_a_conversation_that_there_is_not_is_missing(item: ContentItem, query: str) -> None:
    assert as_(VERA).get(address(item, query)).status_code == 404


def test_pages_of_comments_make_four_requests(item: ContentItem, long: list[str]) -> None:
    drafts.open_work(content_id=item.content_id, by=CARL)
    say(item, "Look at page 2.", by=CARL, talk=review_of(2))
    carl = as_(CARL)
    onward = way(carl.get(address(item)).text, "next")
    for page in (address(item), address(item, "?of=review"), onward, address(item, f"?of=readers&at={long[79]}"),
                 address(item, "?of=readers&newest=1"), address(item, "?of=review-1")):  # fmt: skip
        for headers in ({}, as_htmx()):
            with recorded() as calls:
                assert carl.get(page, headers=headers).status_code == 200
            assert len(calls) <= BUDGET, (page, [call.operation for call in calls])


def test_conversations_are_offered_to_those_who_may_read_them(item: ContentItem) -> None:
    drafts.open_work(content_id=item.content_id, by=CARL)
    for person, sees in ((VERA, False), (CORA, False), (CARL, True), (RITA, False), (ANA, True)):
        assert ("Review of version 2" in as_(person).get(address(item)).text) == sees, person.name


def test_a_version_leads_to_what_was_said_in_its_review(item: ContentItem) -> None:
    way_there = f'href="{address(item)}?of=review-1"'
    for person, sees in ((VERA, False), (CORA, False), (CARL, True), (RITA, True), (ANA, True)):
        assert (way_there in as_(person).get(f"/content/{item.content_id}/versions/1/").text) == sees, person.name


def test_a_first_draft_has_its_review_alone(item: ContentItem) -> None:
    draft = make_item(Status.DRAFT)
    answer = as_(CARL).post(address(draft), {"text": "Where are the numbers from?"})
    assert "of=review-1" in answer.headers["Location"]
    assert "Readers" not in as_(CARL).get(address(draft)).context["page"].title
