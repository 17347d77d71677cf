"""The base of every admin page over a record. What it shows comes from keys and indexes, what it saves goes to services."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.views.decorators.csrf import csrf_protect

from core.admin import listing, shapes
from core.admin.changelist import CURSOR, PER_PAGE, RecordChangeList
from core.admin.forms import SEEN, RecordForm
from core.aws.records import BaseRecord, find
from core.errors import Refused
from core.paging import Page

_READ_ONLY = "This table is for reading here."


class RecordAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Subclasses name their `record`, what they list `by`, and what they let be changed: `editable` and `creatable`.

    Whoever wants writing overrides `create`, `change` or `remove`, which call services; without, it is for reading.
    """

    record: ClassVar[type[BaseRecord]]
    by: ClassVar[Sequence[listing.By]] = ()
    editable: ClassVar[Sequence[str]] = ()
    creatable: ClassVar[Sequence[str]] = ()
    hidden: ClassVar[Sequence[str]] = ()
    removable: ClassVar[bool] = False
    long_texts: ClassVar[Sequence[str]] = ()
    choices: ClassVar[Mapping[str, Callable[[], listing.Choices]]] = {}

    form = RecordForm
    actions = None
    sortable_by = ()
    search_fields = (shapes.KEY,)
    list_per_page = PER_PAGE
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False
    change_list_template = "admin/record_list.html"
    object_history_template = "admin/record_history.html"

    def __init_subclass__(cls) -> None:
        cls.list_filter = tuple(listing.filter_of(one, first=one is cls.by[0]) for one in cls.by)
        if hasattr(cls, "record"):
            names = ", ".join(f"{name}:…" for name in listing.searchable(cls.record))
            key = " | ".join(filter(None, (cls.record._hash_keyname, cls.record._range_keyname)))
            cls.search_help_text = f"A key ({key}){f', or what an index knows: {names}' if names else ''}"

    # --- What a subclass may say -------------------------------------------------------------------------------------
    def create(self, request: HttpRequest, values: Mapping[str, Any]) -> str:
        """Gives the key of what was made."""
        raise Refused(_READ_ONLY)

    def change(self, request: HttpRequest, record: Any, values: Mapping[str, Any], seen_rev: int) -> None:
        raise Refused(_READ_ONLY)

    def remove(self, request: HttpRequest, record: Any) -> None:
        raise Refused(_READ_ONLY)

    def history_of(self, request: HttpRequest, record: Any) -> Sequence[Any]:
        return ()

    # --- Lists -------------------------------------------------------------------------------------------------------
    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return RecordChangeList

    def page_of(self, request: HttpRequest, changelist: Any) -> Page[Any]:
        cursor = request.GET.get(CURSOR) or None
        if text := request.GET.get("q", "").strip():
            return listing.found(self.record, text, cursor, PER_PAGE)
        chosen = [(by, spec.value()) for by, spec in zip(self.by, changelist.filter_specs, strict=False)]
        asked = [one for one in chosen if one[0].name in request.GET] or chosen
        if not asked or asked[0][1] is None:
            return Page([], None)
        by, value = asked[0]
        return by.page(str(value), cursor, PER_PAGE)

    def get_preserved_filters(self, request: HttpRequest) -> str:
        return ""

    # --- One record --------------------------------------------------------------------------------------------------
    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        try:
            key = shapes.parts_of(object_id, self.record)
        except ValueError:
            return None
        record = find(self.record, *key, consistent=True)
        return shapes.shaped(self.model, record) if record else None

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return list(self.creatable)
        editable = self.editable if self.has_change_permission(request, obj) else ()
        return [*editable, *self._rest(), *([SEEN] if editable else [])]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [] if obj is None else self._rest()

    def _rest(self) -> list[str]:
        return [name for name in self.record.get_attributes() if name not in (*self.editable, *self.hidden)]

    def _may_edit(self, obj: Any) -> bool:
        return obj is None or obj.record is None or self.may_edit(obj.record)

    def may_edit(self, record: Any) -> bool:
        """Some records change in some states only."""
        return True

    # --- Who may -----------------------------------------------------------------------------------------------------
    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_staff)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_staff)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_staff and self.creatable)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_staff and self.editable and self._may_edit(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_staff and self.removable)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs["fields"] = list(self.editable if change else self.creatable)
        made = super().get_form(request, obj, change, **kwargs)
        perform = self._changes(request, obj) if change else self._creates(request)
        return type("Form", (made,), {"perform": lambda _self, form=None: perform(form or _self)})

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, models.TextField) and db_field.name not in self.long_texts:
            kwargs["widget"] = forms.TextInput(attrs={"class": "vTextField"})
        if db_field.name in self.choices:
            return self._choice(db_field)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def _choice(self, db_field: Any) -> forms.Field:
        found = self.choices[db_field.name]()
        if isinstance(db_field, models.JSONField):
            return forms.MultipleChoiceField(choices=found, required=False, label=capfirst(db_field.verbose_name))
        given = [("", "---------"), *found] if db_field.blank else found
        return forms.ChoiceField(choices=given, required=not db_field.blank, label=capfirst(db_field.verbose_name))

    # --- Writing -----------------------------------------------------------------------------------------------------
    def _changes(self, request: HttpRequest, obj: Any) -> Callable[[Any], None]:
        def perform(form: Any) -> None:
            values = {name: form.cleaned_data[name] for name in self.editable}
            self.change(request, obj.record, values, int(form.data.get(SEEN) or 0))

        return perform

    def _creates(self, request: HttpRequest) -> Callable[[Any], None]:
        def perform(form: Any) -> None:
            key = self.create(request, {name: form.cleaned_data[name] for name in self.creatable})
            setattr(form.instance, shapes.KEY, key)

        return perform

    @method_decorator(csrf_protect)
    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return self._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[attr-defined,no-any-return]

    @method_decorator(csrf_protect)
    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        return self._delete_view(request, object_id, extra_context)  # type: ignore[attr-defined,no-any-return]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Done when the form was asked whether it is valid."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """There is none."""

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.remove(request, obj.record)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        return [str(obj) for obj in objs], {str(self.model._meta.verbose_name_plural): len(objs)}, set(), []

    # --- The audit log is the history --------------------------------------------------------------------------------
    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any: ...

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any: ...

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any: ...

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined,no-any-return]
        context = {"entries": self.history_of(request, obj.record), "title": str(obj), "object": obj, "opts": self.opts}
        context |= self.admin_site.each_context(request) | (extra_context or {})
        return TemplateResponse(request, self.object_history_template, context)
