"""One field for choosing things by their names: options, people, items, courses.

A `Source` knows the things and answers whoever types at an address of its own. Without scripts the form shows all of a
short list; of a long one what is chosen, what was found, and a search whose button shows the form again as it stands.
`picker.js` makes a combobox of the same controls, and they stay what is sent.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Protocol, cast

from django import forms
from django.forms.utils import ErrorDict
from django.http import JsonResponse, QueryDict
from django.utils.translation import gettext_lazy as _

MOST_LISTED = 60
"""So many stand in a form; of a longer list she looks for what she wants."""
MOST_FOUND = 30
MAX_QUERY = 200


@dataclass(frozen=True)
class Choice:
    """`path` says where it stands, or what else tells it from others of its name."""

    value: str
    label: str
    path: str = ""
    hue: str = ""


@dataclass(frozen=True)
class Found:
    """`more`: there are others, which a longer text would find."""

    choices: Sequence[Choice] = ()
    more: bool = False


class Source(Protocol):
    """Things that one person may choose from."""

    @property
    def url(self) -> str:
        """Where the browser asks, with `q` for what she types."""
        ...

    def found(self, text: str, most: int) -> Found: ...

    def named(self, values: Sequence[str], kept: Collection[str]) -> Mapping[str, Choice]:
        """Those of the values that can stand in the form; `kept` stood there before, whatever became of them.

        The choice's own value may be another one: that of what stands in its place now.
        """
        ...


class Nothing:
    """For a field whose form was not told of any source."""

    url = ""

    def found(self, text: str, most: int) -> Found:
        return Found()

    def named(self, values: Sequence[str], kept: Collection[str]) -> Mapping[str, Choice]:
        return {}


class PickField(forms.Field):
    """One thing by its id; empty text where there is none. `empty` are the words for that."""

    widget: Any = forms.Select
    several = False
    default_error_messages = {"invalid_choice": _("Choose one of those that are offered.")}

    def __init__(self, *, source: Source | None = None, empty: Any = "", hint: Any = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.source: Source = source or Nothing()
        self.empty, self.hint = empty, hint
        self.kept: list[str] = []
        self._named: dict[str, Choice | None] = {}

    def __deepcopy__(self, memo: dict[int, Any]) -> PickField:
        """Each form knows for itself what was named to it: the next one is another person's."""
        copied: PickField = super().__deepcopy__(memo)
        copied.kept, copied._named = [], {}
        return copied

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> Picker:
        self.kept = texts_in(form.get_initial_for_field(self, field_name))
        return Picker(form, self, field_name)

    def named(self, values: Sequence[str]) -> dict[str, Choice]:
        """Each value is asked for once, however often the form is looked at."""
        if unknown := [value for value in values if value not in self._named]:
            self._named |= dict.fromkeys(unknown) | dict(self.source.named(unknown, self.kept))
        return {value: choice for value in values if (choice := self._named[value])}

    def clean(self, value: Any) -> Any:
        wanted = texts_in(value)
        if self.required and not wanted:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        named = self.named(wanted)
        if len(named) < len(wanted):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return self._cleaned(list(dict.fromkeys(named[one].value for one in wanted)))

    def _cleaned(self, values: list[str]) -> Any:
        return values[0] if values else ""


class PickSeveralField(PickField):
    """A list of ids."""

    widget = forms.CheckboxSelectMultiple
    several = True

    def _cleaned(self, values: list[str]) -> Any:
        return values


class Picker(forms.BoundField):
    """The field as its template shows it (`_components/picker.html`)."""

    field: PickField

    @property
    def several(self) -> bool:
        return self.field.several

    @property
    def source_url(self) -> str:
        return self.field.source.url

    @cached_property
    def text(self) -> str:
        """What was looked for by the form's own search."""
        return str(self.form.data.get(f"text_{self.html_name}", "")).strip()[:MAX_QUERY]

    @cached_property
    def chosen(self) -> list[Choice]:
        return list(self.field.named(texts_in(self.value())).values())

    @cached_property
    def _found(self) -> Found:
        return self.field.source.found(self.text, MOST_FOUND if self.text else MOST_LISTED)

    @property
    def listed(self) -> bool:
        """All that there is stands in the form."""
        return not self.text and not self._found.more

    @property
    def in_vain(self) -> bool:
        return bool(self.text and not self._found.choices)

    @cached_property
    def offered(self) -> list[tuple[Choice, bool]]:
        """Each with whether it is chosen. A long list begins with those that are; a short one keeps its order."""
        chosen = {choice.value: choice for choice in self.chosen}
        found = {choice.value: choice for choice in self._found.choices} if self.listed or self.text else {}
        every = found | chosen if self.listed else chosen | found
        return [(choice, value in chosen) for value, choice in every.items()]


class PickingForm(forms.Form):
    """A form with pickers: to look for something shows it again as it stands, and judges nothing.

    `sources` are by field, for those whose source depends on the person or the thing.
    """

    def __init__(self, *args: Any, sources: Mapping[str, Source] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, source in (sources or {}).items():
            cast(PickField, self.fields[name]).source = source

    @property
    def searching(self) -> bool:
        return self.is_bound and any(str(name).startswith("find_") for name in self.data)

    @property
    def errors(self) -> ErrorDict:
        return ErrorDict() if self.searching else super().errors

    def is_valid(self) -> bool:
        return not self.searching and super().is_valid()


def texts_in(value: Any) -> list[str]:
    """Of a form's value, whatever the field's kind: each once, without empty ones."""
    values = [value] if isinstance(value, str) else list(value or ())
    return list(dict.fromkeys(str(one) for one in values if one))


def asked(query: QueryDict) -> str:
    return query.get("q", "").strip()[:MAX_QUERY]


def answer(found: Found, *, create: bool = False) -> JsonResponse:
    """What `picker.js` reads. `create`: what she typed is not there yet, and she may make it."""
    choices = [asdict(choice) for choice in found.choices]
    return JsonResponse({"choices": choices, "more": found.more, "create": create})
