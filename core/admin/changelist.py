"""A list in the admin: one page of a store."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.text import capfirst

from core.admin import shapes

PER_PAGE = 20
CURSOR = "after"


class RecordChangeList(ChangeList):
    """`next_cursor` leads to the page after it."""

    next_cursor: str | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = capfirst(str(self.opts.verbose_name_plural))

    def get_filters_params(self, params: Any = None) -> Any:
        found = super().get_filters_params(params)  # type: ignore[misc]
        found.pop(CURSOR, None)
        return found

    @property
    def next_url(self) -> str:
        return self.get_query_string({CURSOR: self.next_cursor}) if self.next_cursor else ""

    @property
    def first_url(self) -> str:
        return self.get_query_string(remove=[CURSOR])

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        self.filter_specs, self.has_filters, *_ = self.get_filters(request)
        self.clear_all_filters_qs = ""
        return self.root_queryset

    def get_results(self, request: HttpRequest) -> None:
        admin, shape = self.model_admin, self.model
        page = admin.page_of(request, self)  # type: ignore[attr-defined]
        self.next_cursor = page.next_cursor
        self.result_list = [shapes.shaped(shape, record) for record in page.items]  # type: ignore[arg-type]
        self.result_count = self.full_result_count = len(self.result_list)
        self.show_full_result_count = self.show_admin_actions = False
        self.can_show_all, self.multi_page = False, False
        self.paginator = Paginator(self.result_list, PER_PAGE)
