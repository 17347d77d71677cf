from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from accounts.person import Person
from core import testing
from portal import navigation, styleguide


@pytest.fixture(autouse=True)
def every_route_exists(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The navigation is asked here, not which of its parts are installed."""
    monkeypatch.setattr(
        navigation, "_address", lambda route: f"/{route.replace(':', '/')}/" if route != "home" else "/"
    )
    navigation._addresses.cache_clear()
    yield
    navigation._addresses.cache_clear()


def request_of(person: Person, path: str = "/") -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = person  # type: ignore[assignment]
    return request


def labels(person: Person) -> list[str]:
    shell = navigation.Shell(request_of(person))
    return [str(entry.label) for group in shell.side for entry in group.entries]


@pytest.mark.parametrize(
    ("person", "may", "may_not"),
    [
        (testing.VERA, {"Home", "Library", "Favourites"}, {"New item", "To review", "People"}),
        (testing.CARL, {"New item", "My items"}, {"To review", "People"}),
        (testing.RITA, {"New item", "To review"}, {"People", "Metadata"}),
        (testing.ANA, {"New item", "To review", "People", "Metadata", "Audit log"}, set()),
    ],
)
def test_navigation_shows_what_a_person_may_use(person: Person, may: set[str], may_not: set[str]) -> None:
    shown = set(labels(person))
    assert may <= shown
    assert not may_not & shown


def test_a_phone_has_at_most_four_entries_beside_the_menu() -> None:
    assert [str(entry.label) for entry in navigation.Shell(request_of(testing.RITA)).bottom] == [
        "Home",
        "Library",
        "My learning",
        "Search",
    ]


@pytest.mark.parametrize(
    ("path", "label"), [("/", "Home"), ("/content/review/", "To review"), ("/content/new/", "New item")]
)
def test_exactly_one_entry_is_current(path: str, label: str) -> None:
    shell = navigation.Shell(request_of(testing.ANA, path))
    assert [str(e.label) for group in shell.side for e in group.entries if e.current] == [label]


class Missing(str):
    """Stands in for an unknown variable: writing it out fails."""

    __slots__ = ()

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"the template knows no {name}")

    def __contains__(self, part: object) -> bool:
        return part == "%s"


@pytest.fixture(params=["index", "page"])
def shown(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    engine = engines["django"].engine  # type: ignore[attr-defined]
    monkeypatch.setattr(engine, "string_if_invalid", Missing("%s"))
    return render_to_string(f"styleguide/{request.param}.html", styleguide.context(), request_of(testing.ANA))


def test_components_know_every_variable_that_they_show(shown: str) -> None:
    assert "Enablement Portal" in shown


def test_nothing_is_written_inline_that_the_security_policy_would_refuse(shown: str) -> None:
    assert not re.search(r"<[^>]+\s(?:style|on\w+)=", shown)
    assert "<style" not in shown
    assert re.findall(r"<script(?![^>]*\ssrc=)", shown) == []


def test_what_a_button_has_no_word_for_has_a_label(shown: str) -> None:
    for attributes, body in re.findall(r"<button([^>]*)>(.*?)</button>", shown, re.DOTALL):
        assert "aria-label" in attributes or re.sub(r"<[^>]+>", "", body).strip()


def test_stylesheet_and_scripts_stay_within_their_budget() -> None:
    def packed(name: str) -> int:
        return len(gzip.compress(Path(finders.find(name) or "").read_bytes()))

    assert packed("css/portal.css") <= 20 * 1024
    assert packed("js/portal.js") <= 8 * 1024


def test_style_guide_needs_no_sign_in() -> None:
    assert styleguide.styleguide.login_required is False  # type: ignore[attr-defined]
