from __future__ import annotations

from django.urls import include, path, register_converter

from content.enums import Move
from content.views import comments, items, library, moves, picking, versions

app_name = "content"


class MoveConverter:
    regex = "|".join(move.value for move in Move if move is not Move.APPROVE)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(MoveConverter, "move")

urlpatterns = [
    path("", library.library, name="library"),
    path("new/", items.new, name="new"),
    path("mine/", items.mine, name="mine"),
    path("favourites/", items.favourites, name="favourites"),
    path("review/", moves.queue, name="review"),
    path("pick/", picking.pick, name="pick"),
    path("<slug:content_id>/", items.item, name="item"),
    path("<slug:content_id>/edit/", items.edit, name="edit"),
    path("<slug:content_id>/new-version/", items.open_version, name="open-version"),
    path("<slug:content_id>/discard/", items.discard, name="discard"),
    path("<slug:content_id>/delete/", items.delete, name="delete"),
    path("<slug:content_id>/dates/", items.dates, name="dates"),
    path("<slug:content_id>/favourite/", items.favourite, name="favourite"),
    path("<slug:content_id>/unstar/", items.unstar, name="unstar"),
    path("<slug:content_id>/review/", moves.review, name="judge"),
    path("<slug:content_id>/open/", items.open_item, name="open"),
    path("<slug:content_id>/<move:move>/", moves.move, name="move"),
    path("<slug:content_id>/history/", versions.history, name="history"),
    path("<slug:content_id>/used-by/", items.used_by, name="used-by"),
    path("<slug:content_id>/versions/", versions.versions, name="versions"),
    path("<slug:content_id>/versions/compare/", versions.compare, name="compare"),
    path("<slug:content_id>/versions/<int:number>/", versions.version, name="version"),
    path("<slug:content_id>/versions/<int:number>/restore/", versions.restore_version, name="restore-version"),
    path("<slug:content_id>/comments/", comments.comments, name="comments"),
    path("<slug:content_id>/comments/<slug:comment_id>/", comments.comment, name="comment"),
    path("<slug:content_id>/comments/<slug:comment_id>/resolve/", comments.resolve, name="comment-resolve"),
    path("<slug:content_id>/comments/<slug:comment_id>/remove/", comments.remove, name="comment-remove"),
    path("<slug:content_id>/files/", include("content.file_urls")),
]
