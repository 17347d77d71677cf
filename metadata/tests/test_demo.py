from __future__ import annotations

import pytest

from core.testing import ANA
from metadata import demo, store
from metadata.enums import Group
from metadata.services import retiring

pytestmark = pytest.mark.usefixtures("cloud")


def state() -> dict[str, tuple[str, bool, bool]]:
    """By name: what it hangs under, whether it was merged, whether it is archived."""
    options = {option.option_id: option for option in store.all_of(Group.TOPIC_TAG)}
    return {
        option.label: (
            options[option.parent_id].label if option.parent_id else "",
            bool(option.merged_into),
            bool(option.archived_at),
        )
        for option in options.values()
    }


def test_the_demo_has_options_in_every_state_and_once() -> None:
    for _twice in range(2):
        demo.seed(ANA)
    assert state() == {
        "Competitors": ("", False, False),
        "Switching to us": ("Competitors", False, False),
        "Losing to nobody": ("Competitors", False, False),
        "Competition": ("", True, False),
        "Autumn webinar": ("", False, True),
    }
    assert [option.label for option in store.options_of(Group.BADGE)] == [label for label, _hue in demo.BADGES]


def test_what_people_made_of_it_stays() -> None:
    demo.seed(ANA)
    old = next(option for option in store.all_of(Group.TOPIC_TAG) if option.archived_at)
    retiring.restore(option_id=old.option_id, by=ANA)
    demo.seed(ANA)
    assert state()["Autumn webinar"] == ("", False, False)
