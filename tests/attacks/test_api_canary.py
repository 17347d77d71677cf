"""What of learning is hidden from somebody leaves no trace in any answer that her programs get."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from accounts.person import Person
from core.api.testing import ApiClient
from core.testing import CARL, CORA, RITA, VERA
from portal.api import api
from tests.attacks.test_learning_canary import CANARY, Made, made  # noqa: F401  (a fixture)

pytestmark = pytest.mark.usefixtures("api_keys")
_PARTS = {"number": "1", "language": "en", "name": "picture.png", "question_id": "q-secret", "user_id": VERA.user_id}
_PARTS |= {"group": "topic_tag", "kind": "course", "code": "AAAA-BBBB"}
_NOUNS = ("course_id", "lesson_id", "path_id", "step_id", "thing_id")


def _addresses(made: Made) -> Iterator[str]:  # noqa: F811
    """Every GET of the document with every id that could lead to it; ids of other things are those of courses, too."""
    things = [{"course_id": one, "lesson_id": lesson} for one, every in made.courses.items() for lesson in every]
    things += [{"path_id": one, "step_id": step} for one, every in made.paths.items() for step in (*every, "none")]
    for path, methods in api.get_openapi_schema()["paths"].items():
        wanted = set(re.findall(r"{(\w+)}", path))
        for known in things if wanted else things[:1]:
            some_id = next(iter(known.values()))
            parts = dict.fromkeys(wanted, some_id) | _PARTS | known
            if "get" in methods and wanted & set(_NOUNS) <= set(known) | {"thing_id"}:
                yield path.removeprefix("/v1/").format(**parts)


@pytest.mark.parametrize("person", [VERA, CORA], ids=lambda person: person.name)
def test_no_answer_names_what_is_hidden(made: Made, person: Person) -> None:  # noqa: F811
    client = ApiClient(person)
    addresses = list(dict.fromkeys(_addresses(made)))
    assert len(addresses) > 200
    for address in addresses:
        answer = client.get(address)
        assert CANARY not in answer.content.decode(), address
        assert answer.status_code < 500, address


@pytest.mark.parametrize("person", [VERA, CORA], ids=lambda person: person.name)
@pytest.mark.parametrize("probe", ["title", "lesson", "body", "answer", "because", "path", "item"])
def test_no_list_finds_it(made: Made, person: Person, probe: str) -> None:  # noqa: F811
    client = ApiClient(person)
    for address in ("search", "search/suggestions", "courses", "paths", "content"):
        answer = client.get(address, {"q": CANARY + probe})
        assert CANARY not in answer.content.decode(), address
        assert not answer.json()["items"], address


def test_the_canary_is_there_for_its_owner(made: Made) -> None:  # noqa: F811
    for course_id in made.courses:
        assert CANARY in ApiClient(CARL).get(f"courses/{course_id}/draft").content.decode()
    for path_id in made.paths:
        assert ApiClient(RITA).get(f"paths/{path_id}/draft").status_code == 200
