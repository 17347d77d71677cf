"""What pickers of options offer, whom they answer, and what becomes of a value that is no longer offered."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from bench.recording import recorded
from core import clock
from core.picker import MOST_LISTED, PickingForm
from core.testing import ANA, CARL, RITA, VERA, sign_in
from metadata import store
from metadata.enums import Group
from metadata.models import Option
from metadata.picking import OptionField, OptionsField, OptionSource
from metadata.rules import names
from metadata.services import merging, options, retiring
from metadata.services.options import Fields

pytestmark = pytest.mark.usefixtures("cloud")


class Form(PickingForm):
    suite = OptionField(Group.PRODUCT_SUITE, required=False)
    tags = OptionsField(Group.TOPIC_TAG, required=False)


def make(label: str, group: Group = Group.TOPIC_TAG, parent: str | None = None, color: str | None = None) -> Option:
    return options.create(group=group, fields=Fields(label, parent, color), by=ANA)


def labels(text: str, group: Group = Group.TOPIC_TAG, most: int = 30) -> list[str]:
    return [choice.label for choice in OptionSource(group).found(text, most).choices]


def sent(**values: Any) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


@pytest.mark.parametrize("typed", ["cafe", "CAFÉ", "Cafe\u0301", "  ｃａｆｅ ", "fé", "bar café"])
def test_neither_case_nor_accents_nor_width_matter(typed: str) -> None:
    make("Café bar")
    make("Diner")
    assert labels(typed) == ["Café bar"]


def test_its_own_name_counts_before_a_word_of_it_and_that_before_what_stands_above() -> None:
    region = make("Price")
    make("Region", parent=region.option_id)
    make("List price")
    make("Prices abroad")
    assert labels("price") == ["Price", "Prices abroad", "List price", "Region"]


def test_it_is_found_by_what_it_was_called_and_by_what_was_merged_into_it() -> None:
    kept = make("Fundraising")
    options.edit(option_id=kept.option_id, fields=Fields("Giving"), seen_rev=kept.rev, by=ANA)
    merging.merge(source_id=make("Donations").option_id, target_id=kept.option_id, by=ANA)
    assert labels("fundraising") == labels("donat") == ["Giving"]


def test_a_choice_says_where_it_stands_and_has_the_colour_of_what_is_above() -> None:
    suite = make("Advance", Group.PRODUCT_SUITE, color="sky")
    make("Giving", Group.PRODUCT, suite.option_id)
    (choice,) = OptionSource(Group.PRODUCT).found("advance giv", 30).choices
    assert (choice.label, choice.path, choice.hue) == ("Giving", "Advance", "sky")


def test_archived_and_merged_ones_are_not_offered() -> None:
    retiring.archive(option_id=make("Old").option_id, by=ANA)
    merging.merge(source_id=make("Twin").option_id, target_id=make("One").option_id, by=ANA)
    assert labels("") == ["One"]


def test_a_parent_is_looked_for_outside_of_what_hangs_under_it() -> None:
    top = make("Top")
    make("Below", parent=top.option_id)
    make("Beside")
    assert [one.label for one in OptionSource(Group.TOPIC_TAG, top.option_id, below=True).found("", 30).choices] == [
        "Beside"
    ]


def test_what_was_archived_stays_where_it_stood_and_can_be_chosen_nowhere_else() -> None:
    old = make("Old").option_id
    retiring.archive(option_id=old, by=ANA)
    kept = Form(sent(tags=[old]), initial={"tags": [old]})
    assert kept.is_valid() and kept.cleaned_data["tags"] == [old]
    assert [(choice.label, chosen) for choice, chosen in kept["tags"].offered] == [("Old (archived)", True)]
    assert not Form(sent(tags=[old])).is_valid()


def test_what_was_merged_while_the_form_was_open_is_what_it_stands_for_now() -> None:
    source, target = make("Twin").option_id, make("One").option_id
    merging.merge(source_id=source, target_id=target, by=ANA)
    form = Form(sent(tags=[source, target]))
    assert form.is_valid() and form.cleaned_data["tags"] == [target]


@pytest.mark.parametrize("value", ["made-up", "\x00", "x" * 5000, "name:topic_tag:one"])
def test_nothing_else_can_be_chosen(value: str) -> None:
    suite = make("Advance", Group.PRODUCT_SUITE).option_id
    assert not Form(sent(suite=value)).is_valid()
    assert not Form(sent(tags=[suite])).is_valid()


def test_without_scripts_a_long_list_is_searched_by_a_button_and_nothing_is_lost() -> None:
    made = [make(f"Tag {number:03}") for number in range(MOST_LISTED + 1)]
    chosen = made[40].option_id
    before = Form(initial={"tags": [chosen]})
    assert not before["tags"].listed and [choice.value for choice, _ in before["tags"].offered] == [chosen]
    found = Form(sent(tags=[chosen], text_tags="tag 00", find_tags="1"))
    assert not found.is_valid() and not found.errors
    offered = found["tags"].offered
    assert offered[0][0].value == chosen and len(offered) == 11
    assert Form(sent(tags=["made-up"], text_tags="nothing", find_tags="1"))["tags"].in_vain


def test_a_short_list_stands_in_the_form_in_its_order() -> None:
    first, second = make("First"), make("Second")
    form = Form(initial={"tags": [second.option_id]})
    assert form["tags"].listed
    assert [(choice.value, chosen) for choice, chosen in form["tags"].offered] == [
        (first.option_id, False),
        (second.option_id, True),
    ]


def test_everybody_who_is_signed_in_is_answered_and_admins_may_make_what_is_missing(client: Client) -> None:
    make("Renewal")
    for person in (VERA, CARL, RITA):
        answer = sign_in(client, person).get("/metadata/pick/?group=topic_tag&q=new").json()
        assert [choice["label"] for choice in answer["choices"]] == ["Renewal"]
        assert answer["create"] is False
    sign_in(client, ANA)
    assert client.get("/metadata/pick/?group=topic_tag&q=new").json()["create"] is True
    assert client.get("/metadata/pick/?group=topic_tag&q=%20RENEWAL").json()["create"] is False
    assert client.get("/metadata/pick/?group=nonsense").status_code == 404


def test_an_admin_makes_an_option_on_the_way_and_only_once(client: Client) -> None:
    sign_in(client, ANA)
    address = "/metadata/pick/?group=topic_tag"
    made = [client.post(address, {"label": label}).json()["choices"][0] for label in ("Pilot", " pilot ")]
    assert made[0] == made[1] and made[0]["label"] == "Pilot"
    assert labels("") == ["Pilot"]
    assert sign_in(client, RITA).post(address, {"label": "Mine"}).status_code == 403
    retiring.archive(option_id=made[0]["value"], by=ANA)
    anew = sign_in(client, ANA).post(address, {"label": "PILOT"}).json()["choices"][0]
    assert anew["value"] != made[0]["value"]  # what is archived has given its name back
    assert client.post(address, {"label": "   "}).status_code == 400


def test_a_thousand_options_are_one_request_a_minute_and_none_to_whoever_types(client: Client) -> None:
    with Option.batch_write() as batch:
        for number in range(1_200):
            batch.save(_option(number))
    store.forget()
    with recorded() as calls:
        assert len(store.all_of(Group.TOPIC_TAG)) == 1_200
    assert [call.operation for call in calls] == ["Query"]
    sign_in(client, VERA).get("/metadata/pick/?group=topic_tag")
    with recorded() as calls:
        answer = client.get("/metadata/pick/?group=topic_tag&q=tag 11").json()
    assert (len(answer["choices"]), answer["more"], calls) == (30, True, [])


def _option(number: int) -> Option:
    label = f"Tag {number:04}"
    return Option(
        f"tag{number:04}", group_key="topic_tag", sort_order_label=label, label=label, slug=f"tag-{number:04}",
        sort_order=number, created_at=clock.now(), updated_at=clock.now(), created_by=ANA.user_id, updated_by=ANA.user_id,
    )  # fmt: skip


@given(st.text(max_size=60), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_whoever_finds_by_the_key_finds_by_any_writing_of_it(label: str, form: Any) -> None:
    key = names.search_key(label)
    assert names.search_key(unicodedata.normalize(form, label)) == key
    assert names.search_key(names.comparison_key(label)) == key
