"""How a form takes what a service refuses: the person's input stays, and she reads why beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from django.forms import Form
from django.http import QueryDict

from core.errors import Invalid, Stale


class EditingForm(Form):
    """For what somebody else may save meanwhile; its field `seen_rev` says what she had before her."""

    stale = False

    def compared_with(self, rev: int | str) -> None:
        """What was saved meanwhile stands beside the form now: to save it again is a decision."""
        data = cast(QueryDict, self.data).copy()
        data["seen_rev"] = str(rev)
        self.data = data


@contextmanager
def saving(form: Form) -> Iterator[None]:
    """Turns Invalid and Stale into errors of the form; afterwards ask `form.errors`, and `status_for(form)`."""
    try:
        yield
    except Stale as stale:
        form.add_error(None, stale.message)
        form.stale = True  # type: ignore[attr-defined]
    except Invalid as invalid:
        for name, sentence in invalid.fields.items():
            form.add_error(name if name in form.fields else None, sentence)
        if not invalid.fields:
            form.add_error(None, invalid.message)


def status_for(form: Form) -> int:
    """200 for a form that was not sent yet, 409 for one that lost a race, 400 for one with errors."""
    if getattr(form, "stale", False):
        return Stale.status
    return Invalid.status if form.is_bound and form.errors else 200
