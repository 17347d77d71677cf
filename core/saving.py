"""How a form takes what a service refuses: the person's input stays, and she reads why beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.forms import Form

from core.errors import Invalid, Stale


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
