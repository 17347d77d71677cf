"""What people say beside an item, as a page of its own and as the part of it that other pages load."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import Request
from content import access
from content.comment_forms import CommentEditForm, CommentForm, RemoveCommentForm
from content.comments_page import address, address_of, talk_page
from content.models import ContentItem
from content.rules import comments as rules
from content.rules.comments import Place, Talk
from content.services import comments as service
from core.errors import NotFound
from core.ids import new_id
from core.pages import go, page
from core.saving import saving, status_for
from core.tickets import made_once

_UNPROCESSABLE = 422
"""A form with errors that HTMX is to put in its place: see `htmx:beforeSwap` in portal.js."""


@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: Request, content_id: str) -> HttpResponse:
    item, talk = access.talk_for_reading(request.user, content_id, request.GET.get("of", ""))
    form = CommentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with saving(form):
            made = _post(request, item, talk, **form.cleaned_data)
        if not form.errors:
            return _said(request, item, talk, made)
    return _talk(request, item, talk, request.GET, form)


def _post(request: Request, item: ContentItem, talk: Talk, text: str, parent_id: str) -> Place:
    """Once, however often the form is sent."""
    parent = rules.place_of(parent_id)
    if parent_id and (parent is None or parent.talk != talk):
        raise NotFound
    made_id = made_once(
        request,
        talk.key,
        parent_id,
        text,
        make=lambda made_id: service.post(
            content_id=item.content_id,
            talk=talk,
            text=text,
            parent_id=parent_id or None,
            made_id=made_id,
            by=request.user,
        ),
    )
    thread_id = parent.thread_id if parent else talk.thread_id(made_id)
    return Place(talk, thread_id, rules.reply_id(thread_id, made_id) if parent else thread_id)


def _said(request: Request, item: ContentItem, talk: Talk, made: Place) -> HttpResponse:
    """A new thread stands among the newest; an answer on the page that she is on."""
    if not request.htmx:
        return go(request, address_of(item.content_id, made))
    shown = request.GET if made.is_reply else QueryDict("newest=1")
    return _talk(request, item, talk, shown, CommentForm(), said=gettext("Posted"))


def _talk(
    request: Request, item: ContentItem, talk: Talk, asked: QueryDict, form: CommentForm, *, said: str = ""
) -> HttpResponse:
    model = talk_page(request.user, item, talk, asked, form, said=said)
    status = _UNPROCESSABLE if request.htmx and form.errors else status_for(form)
    context = {"item": item, "page": model, "form": form, "ticket": new_id()}
    return page(request, "content/comments.html", context, fragment="talk", status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: Request, content_id: str, comment_id: str) -> HttpResponse:
    """Changing one's own. What was saved meanwhile stands beside what she wrote."""
    item, found = access.own_comment(request.user, content_id, comment_id)
    initial = {"text": found.text, "seen_rev": int(found.rev)}
    form = CommentEditForm(request.POST if request.method == "POST" else None, initial=initial)
    place = _place(comment_id)
    if form.is_valid():
        with saving(form):
            service.edit(content_id=content_id, comment_id=comment_id, by=request.user, **form.cleaned_data)
        if not form.errors:
            messages.success(request, gettext("Saved"))
            return go(request, address_of(content_id, place))
        if form.stale:
            _, found = access.own_comment(request.user, content_id, comment_id)
            form.compared_with(int(found.rev))
    context = {"item": item, "comment": found, "form": form, "back": address_of(content_id, place)}
    return page(request, "content/comment_edit.html", context, status=status_for(form))


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: Request, content_id: str, comment_id: str) -> HttpResponse:
    item, found = access.comment_for_removing(request.user, content_id, comment_id)
    own, place = found.author_user_id == request.user.user_id, _place(comment_id)
    form = RemoveCommentForm(request.POST if request.method == "POST" else None, own=own)
    if form.is_valid():
        with saving(form):
            service.remove(content_id=content_id, comment_id=comment_id, by=request.user, **form.cleaned_data)
        if not form.errors:
            messages.success(request, gettext("Comment removed"))
            return go(request, address(content_id, place.talk, at=place.comment_id))
    context = {"item": item, "comment": found, "form": form, "own": own, "back": address_of(content_id, place)}
    return page(request, "content/comment_remove.html", context, status=status_for(form))


@require_POST
def resolve(request: Request, content_id: str, comment_id: str) -> HttpResponse:
    resolved, place = request.POST.get("resolved") != "0", _place(comment_id)
    service.resolve(content_id=content_id, comment_id=comment_id, resolved=resolved, by=request.user)
    said = gettext("Resolved") if resolved else gettext("Open again")
    if request.htmx:
        item, talk = access.talk_for_reading(request.user, content_id, place.talk.key)
        return _talk(request, item, talk, request.GET, CommentForm(), said=said)
    messages.success(request, said)
    return go(request, address_of(content_id, place))


def _place(comment_id: str) -> Place:
    place = rules.place_of(comment_id)
    if place is None:
        raise NotFound
    return place
