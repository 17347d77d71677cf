"""The form of a record in the admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from core.saving import saving

SEEN = "seen_rev"


class RecordForm(forms.ModelForm):  # type: ignore[type-arg]
    """Valid once the service has taken what it holds: so a refusal stands beside the field, and nothing typed is lost.

    `perform` is given by the admin. It is called once, by whoever first asks whether the form is valid.
    """

    perform: Callable[[RecordForm], None] | None = None
    stale = False
    seen_rev = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        record = getattr(self.instance, "record", None)
        self.initial[SEEN] = getattr(record, "text_rev", getattr(record, "rev", None))

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors and self.perform:
            with saving(self):  # type: ignore[arg-type]
                self.perform(self)

    def validate_unique(self) -> None:
        """The store's business: the form's own way would be a query in SQL."""

    validate_constraints = validate_unique
