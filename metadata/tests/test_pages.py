"""The management pages asked the same: do they work, for whom not, by which method not, what if the thing is missing."""

from __future__ import annotations

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.person import Person
from bench.recording import recorded
from core.testing import ANA, CARL, CORA, RITA, VERA, as_htmx, sign_in
from metadata import store
from metadata.enums import Group
from metadata.services import merging, options, retiring
from metadata.services.options import Fields
from metadata.tests.test_options import make, rename, tree

pytestmark = pytest.mark.usefixtures("cloud")

HOME = "/manage/metadata/"
NOBODYS = "01hidden000000000000000000"
GETS = [
    "",
    "?group=badge",
    "new/",
    "merges/",
    "import/",
    "export/",
    "export/?format=json",
    "{id}/",
    "{id}/merge/",
    "{id}/delete/",
]
POSTS = [
    "new/",
    "place/",
    "import/",
    "{id}/",
    "{id}/up/",
    "{id}/down/",
    "{id}/merge/",
    "{id}/archive/",
    "{id}/restore/",
    "{id}/delete/",
]
POSTS += ["merges/{id}/continue/", "merges/{id}/undo/"]


@pytest.fixture
def ana() -> Client:
    return sign_in(Client(), ANA)


def seen_rev(page: str) -> str:
    found = re.search(r'name="seen_rev" value="(\d+)"', page)
    assert found
    return found[1]


@pytest.mark.parametrize("address", GETS)
def test_every_page_opens_for_an_admin(ana: Client, address: str) -> None:
    tag = make("Talk track")
    assert ana.get(HOME + address.format(id=tag.option_id)).status_code == 200


@pytest.mark.parametrize("person", [VERA, CARL, CORA, RITA], ids=lambda person: person.name)
def test_the_whole_area_is_closed_to_everybody_else(person: Person) -> None:
    tag, client = make("Secret word"), sign_in(Client(), person)
    for send, addresses in ((client.get, GETS), (client.post, POSTS)):
        for address in addresses:
            for option_id in (tag.option_id, NOBODYS):
                answer = send(HOME + address.format(id=option_id))
                assert answer.status_code == 403, address
                assert b"Secret word" not in answer.content
    assert tree() == [("Secret word", 0)]
    assert b"/manage/metadata/" not in client.get("/").content


def test_a_sign_in_is_wanted() -> None:
    for address in GETS:
        assert Client().get(HOME + address.format(id=NOBODYS)).status_code == 302


@pytest.mark.parametrize("address", ["?group=nothing", f"{NOBODYS}/", f"{NOBODYS}/merge/", f"{NOBODYS}/delete/"])
def test_what_is_missing_is_missing(ana: Client, address: str) -> None:
    assert ana.get(HOME + address).status_code == 404


@pytest.mark.parametrize("address", ["{id}/up/", "{id}/archive/", "{id}/restore/", "place/", "merges/{id}/undo/"])
def test_a_link_changes_nothing(ana: Client, address: str) -> None:
    assert ana.get(HOME + address.format(id=make("Tag").option_id)).status_code == 405


def test_an_admin_makes_an_option(ana: Client) -> None:
    above = make("Objections")
    answer = ana.post(f"{HOME}new/?group=topic_tag", {"label": "Price", "parent_id": above.option_id, "color": "teal"})
    assert answer.status_code == 303
    assert tree() == [("Objections", 0), ("Price", 1)]
    assert "Price" in ana.get(answer["Location"]).content.decode()


def test_a_taken_name_keeps_the_input_and_leads_to_its_holder(ana: Client) -> None:
    holder = make("Price list")
    answer = ana.post(f"{HOME}new/?group=topic_tag", {"label": "PRICE  list", "color": "rose"})
    body = answer.content.decode()
    assert answer.status_code == 400
    assert "PRICE  list" in body
    assert f"{HOME}{holder.option_id}/" in body


@pytest.mark.parametrize(
    "wrong",
    [{"label": ""}, {"label": "x" * 200}, {"label": "X", "color": "blue"}, {"label": "X", "parent_id": NOBODYS}],
)
def test_wrong_input_makes_nothing(ana: Client, wrong: dict[str, str]) -> None:
    assert ana.post(f"{HOME}new/?group=topic_tag", wrong).status_code == 400
    assert tree() == []


def test_an_edit_renames_and_tells(ana: Client) -> None:
    tag = make("Price list")
    address = f"{HOME}{tag.option_id}/"
    seen = seen_rev(ana.get(address).content.decode())
    assert ana.post(address, {"label": "Prices", "seen_rev": seen}).status_code == 303
    body = ana.get(address).content.decode()
    assert "price-list" in body
    assert "changed it" in body


def test_a_stale_edit_shows_both(ana: Client) -> None:
    tag = make("First")
    address = f"{HOME}{tag.option_id}/"
    seen = seen_rev(ana.get(address).content.decode())
    rename(tag.option_id, "Hers")
    answer = ana.post(address, {"label": "Mine", "seen_rev": seen})
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "Hers" in body
    assert 'value="Mine"' in body
    assert ana.post(address, {"label": "Mine", "seen_rev": seen_rev(body)}).status_code == 303
    assert store.option_by_id(tag.option_id).label == "Mine"


def test_buttons_put_options_in_order_with_and_without_script(ana: Client) -> None:
    for label in ("One", "Two", "Three"):
        made = make(label)
    plain = ana.post(f"{HOME}{made.option_id}/up/")
    assert plain.status_code == 303
    swapped = ana.post(f"{HOME}{made.option_id}/up/", headers=as_htmx()).content.decode()
    assert "<html" not in swapped
    assert tree() == [("Three", 0), ("One", 0), ("Two", 0)]
    first = store.options_of(Group.TOPIC_TAG)[0].option_id
    ana.post(f"{HOME}place/?group=topic_tag", {"option": first, "before": ""})
    assert tree() == [("One", 0), ("Two", 0), ("Three", 0)]


def test_a_fragment_is_the_same_as_that_part_of_the_page(ana: Client) -> None:
    make("One"), make("Two")
    address = f"{HOME}?group=topic_tag"
    strip = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"').sub
    fragment = strip("", ana.get(address, headers=as_htmx()).content.decode())
    assert "<html" not in fragment
    assert fragment.strip() in strip("", ana.get(address).content.decode())


def test_a_name_is_found_whatever_its_case(ana: Client) -> None:
    make("Price list"), make("Renewal")
    body = ana.get(f"{HOME}?group=topic_tag&q=PRICE").content.decode()
    assert "Price list" in body
    assert "Renewal" not in body


def test_long_shelves_come_in_pages(ana: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("metadata.shelf.PER_PAGE", 2)
    for number in range(5):
        make(f"Tag {number}")
    seen, address = [], f"{HOME}?group=topic_tag"
    while address:
        body = ana.get(address).content.decode()
        seen += re.findall(r">(Tag \d)</a>", body)
        following = re.search(r'rel="next" href="([^"]+)"', body)
        address = following[1].replace("&amp;", "&") if following else ""
    assert seen == [f"Tag {number}" for number in range(5)]
    assert ana.get(f"{HOME}?group=topic_tag&cursor=edited").status_code == 400


def test_an_archived_option_is_offered_no_more_and_comes_back(ana: Client) -> None:
    tag = make("Battlecard")
    ana.post(f"{HOME}{tag.option_id}/archive/")
    form = sign_in(Client(), CARL).get("/content/new/?kind=article").content.decode()
    assert "Battlecard" not in form
    assert "Archived" in ana.get(f"{HOME}?group=topic_tag").content.decode()
    ana.post(f"{HOME}{tag.option_id}/restore/")
    assert "Battlecard" in sign_in(Client(), CARL).get("/content/new/?kind=article").content.decode()


def test_a_merge_is_shown_first_done_and_undone(ana: Client) -> None:
    old, new = make("Old"), make("New")
    address = f"{HOME}{old.option_id}/merge/"
    assert "You can undo it" in ana.get(f"{address}?into={new.option_id}").content.decode()
    assert store.option_by_id(old.option_id).merged_into is None
    ana.post(address, {"into": new.option_id})
    assert ana.get(f"{HOME}{old.option_id}/")["Location"] == f"{HOME}{new.option_id}/"
    body = ana.get(f"{HOME}merges/").content.decode()
    undo = re.search(r'action="([^"]+/undo/)"', body)
    assert undo
    assert ana.post(undo[1]).status_code == 303
    assert store.option_by_id(old.option_id).merged_into is None
    assert ana.post(undo[1]).status_code == 403


def test_a_merge_that_cannot_be_says_why(ana: Client) -> None:
    above = make("Above")
    below = make("Below", parent=above.option_id)
    answer = ana.get(f"{HOME}{below.option_id}/merge/?into={above.option_id}")
    assert "hangs under the other" in answer.content.decode()
    assert ana.post(f"{HOME}{below.option_id}/merge/", {"into": above.option_id}).status_code == 403
    assert ana.post(f"{HOME}{below.option_id}/merge/", {"into": below.option_id}).status_code == 400


def test_nothing_is_made_on_the_way_to_merge_into_it_and_what_hangs_under_it_is_told_apart(ana: Client) -> None:
    above = make("Above")
    below = make("Below", parent=above.option_id)
    address = f"{HOME}{above.option_id}/merge/"
    page = ana.get(address).content.decode()
    source = re.search(r'data-source="([^"]+)"', page)
    assert source
    assert ana.get(html.unescape(source[1]) + "&q=Elsewhere").json() == {"choices": [], "more": False, "create": False}
    for answer in (ana.get(f"{address}?into={below.option_id}"), ana.post(address, {"into": below.option_id})):
        assert answer.status_code in (200, 400)
        assert "“Below” hangs under it" in answer.content.decode()
    assert store.option_by_id(above.option_id).merged_into is None


def test_a_name_is_found_without_its_accents(ana: Client) -> None:
    make("Fünf Fragen")
    make("Sechs")
    body = ana.get(f"{HOME}?group=topic_tag&q=funf").content.decode()
    assert "Fünf Fragen" in body and "Sechs" not in body


def test_the_log_calls_what_was_merged_by_its_own_name(ana: Client) -> None:
    merging.merge(source_id=make("Twin").option_id, target_id=make("One").option_id, by=ANA)
    body = ana.get("/manage/audit/?action=metadata.merged").content.decode()
    assert re.findall(r'· Option</span> <span class="audit-thing">([^<]*)', body) == ["Twin"]


def test_an_unused_option_is_deleted_after_a_question(ana: Client) -> None:
    tag = make("Mistake")
    assert "cannot be undone" in ana.get(f"{HOME}{tag.option_id}/delete/").content.decode()
    assert ana.post(f"{HOME}{tag.option_id}/delete/").status_code == 303
    assert tree() == []


def upload(client: Client, data: bytes, name: str = "options.csv") -> str:
    return client.post(f"{HOME}import/", {"file": SimpleUploadedFile(name, data)}).content.decode()


def test_a_file_is_shown_first_and_then_brought_in(ana: Client) -> None:
    make("Old")
    text = "group,label,color\ntopic_tag,New,teal\ntopic_tag,Old,rose\ntopic_tag,new,\n"
    body = upload(ana, text.encode())
    assert "same name as row 2" in body
    assert tree() == [("Old", 0)]
    answer = ana.post(f"{HOME}import/", {"text": text, "is_json": ""})
    assert "same name as row 2" in answer.content.decode()
    assert tree() == [("Old", 0), ("New", 0)]
    again = upload(ana, text.encode())
    assert "Bring in" not in again


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\xff\xfe\xfa", "not written in UTF-8"),
        (b"a,b\n1,2", "is missing"),
        (b"x" * 300_000, "larger than"),
    ],
)
def test_a_bad_file_is_refused_in_words(ana: Client, data: bytes, says: str) -> None:
    answer = ana.post(f"{HOME}import/", {"file": SimpleUploadedFile("options.csv", data)})
    assert answer.status_code == 400
    assert says in answer.content.decode()


def test_what_is_exported_changes_nothing_when_it_comes_back(ana: Client) -> None:
    suite = make("=1+1", Group.PRODUCT_SUITE)
    make("Giving Days", Group.PRODUCT, suite.option_id)
    retiring.archive(option_id=make("Gone").option_id, by=ANA)
    for kind in ("csv", "json"):
        exported = ana.get(f"{HOME}export/?format={kind}")
        assert "attachment" in exported["Content-Disposition"]
        body = upload(ana, exported.content, f"metadata.{kind}")
        assert "<strong>3</strong> as they are" in body
        assert "Bring in" not in body


def test_slugs_and_earlier_slugs_lead_to_the_list(ana: Client) -> None:
    tag = make("Price list")
    rename(tag.option_id, "Prices")
    for word in ("price-list", "prices"):
        answer = ana.get(f"/content/?tag={word}&sort=title")
        assert answer["Location"] == f"/content/?tag={tag.option_id}&sort=title"
    other = make("Costs")
    merging.merge(source_id=tag.option_id, target_id=other.option_id, by=ANA)
    assert ana.get("/content/?tag=price-list")["Location"] == f"/content/?tag={other.option_id}"
    assert ana.get("/content/?tag=never-heard").status_code == 200


def test_a_shelf_is_one_query_of_each_group(ana: Client) -> None:
    for number in range(30):
        make(f"Tag {number}")
    with recorded() as calls:
        ana.get(f"{HOME}?group=topic_tag")
    assert [call.operation for call in calls] == ["Query"] * len(Group)


def test_names_are_shown_as_they_are_written(ana: Client) -> None:
    options.create(group=Group.TOPIC_TAG, fields=Fields("<b>&\"'"), by=ANA)
    body = ana.get(f"{HOME}?group=topic_tag").content.decode()
    assert "<b>&" not in body
    assert "&lt;b&gt;" in body
