"""What people say beside an item."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Query, Router, Status
from pydantic import BaseModel, ConfigDict, Field

from accounts.http import Request
from accounts.store import names_of
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from content import access
from content.api.schemas import PERSON_ID
from content.enums import Conversation
from content.models import ContentComment
from content.rules import comments as rules
from content.services import comments
from content.store import comments as store
from core.api import etags
from core.api.answering import created
from core.api.idempotency import made_id, once
from core.api.schemas import Cursor, Flag, Id, IfMatch, Input, Listing, Output

router = Router(tags=["Library: comments"], auth=Bearer(Area.COMMENTS))

AT_ONCE = 100
COMMENT_ID = "readers-01jd2v7m3s8q4k6w9x0y1z2a3b"
_ALL, _ONE = "/{content_id}/comments", "/{content_id}/comments/{comment_id}"
CommentText = Annotated[str, Field(max_length=rules.MAX_TEXT, examples=["Is this price still valid for Canada?"])]
Reason = Annotated[str, Field(max_length=rules.MAX_REASON, description="For Admins, about somebody else's.")]
Version = Annotated[
    int | None, Field(ge=1, le=10**9 - 1, description="Of which a review is, or was; null for the one in work.")
]


class WantedComments(BaseModel):
    model_config = ConfigDict(frozen=True)

    conversation: Conversation = Conversation.READERS
    version: Version = None
    cursor: Cursor = ""


class NewComment(Input):
    text: CommentText
    conversation: Conversation = Conversation.READERS
    parent_id: Id | None = Field(None, description="The thread that it answers in.", examples=[COMMENT_ID])


class CommentEdit(Input):
    text: CommentText


class Resolution(Input):
    resolved: Annotated[Flag, Field(description="False opens the thread again.")] = True


class CommentOut(Output):
    comment_id: str = Field(examples=[COMMENT_ID])
    content_id: str
    conversation: Conversation
    version: int | None = Field(description="Of which a review was.")
    parent_id: str | None = Field(description="The thread that it answers in.")
    author_user_id: str | None = Field(examples=[PERSON_ID])
    author_name: str
    text: str
    created_at: datetime
    edited_at: datetime | None
    removed: bool = Field(description="It had been answered: its place is left, and nothing else.")
    resolved_at: datetime | None
    resolved_by: str | None

    @classmethod
    def of(cls, comment: ContentComment, names: dict[str, str]) -> CommentOut:
        place = rules.place_of(comment.comment_id)
        assert place is not None, "only ids of comments are ever written"
        return cls(
            conversation=place.talk.conversation,
            version=place.talk.version,
            parent_id=place.parent_id,
            author_name=names.get(comment.author_user_id or "", ""),
            removed=comment.removed_at is not None,
            **{name: getattr(comment, name) for name in _ITS_OWN},
        )


_ITS_OWN = (
    *("comment_id", "content_id", "author_user_id", "text", "created_at", "edited_at"),
    *("resolved_at", "resolved_by"),
)


class CommentList(Listing[CommentOut]):
    pass


_RESOLVED = Resolution()


@router.get(_ALL, response=CommentList, operation_id="listComments", summary="A conversation, oldest thread first")
def listed(request: Request, content_id: str, wanted: Query[WantedComments]) -> CommentList:
    """Each thread is followed by its answers."""
    item, talk = access.talk_for_reading(request.user, content_id, _key(wanted.conversation, wanted.version))
    found = store.stretch_after(item.content_id, talk, wanted.cursor or None, limit=AT_ONCE)
    names = names_of(one.author_user_id for one in found.comments)
    return CommentList(items=[CommentOut.of(one, names) for one in found.comments], next_cursor=found.later)


def _again(request: Request, made: str) -> Status[CommentOut]:
    """For one that was posted and not answered. Of a review's: while its version is in work still."""
    new = NewComment.model_validate_json(request.body)
    content_id = str(request.resolver_match.kwargs["content_id"]) if request.resolver_match else ""
    item, talk = access.talk_for_reading(request.user, content_id, _key(new.conversation, None))
    parent = rules.place_of(new.parent_id or "")
    comment_id = rules.reply_id(parent.thread_id, made) if parent else talk.thread_id(made)
    return _made(request, item.content_id, comment_id)


@router.post(_ALL, response={201: CommentOut}, operation_id="postComment", summary="Ask, answer or say something")
@once(_again)
def post(request: Request, content_id: str, new: NewComment) -> Status[CommentOut]:
    item, talk = access.talk_for_reading(request.user, content_id, _key(new.conversation, None))
    made = comments.post(
        content_id=item.content_id,
        talk=talk,
        text=new.text,
        parent_id=new.parent_id,
        made_id=made_id(request),
        by=request.user,
    )
    return _made(request, content_id, made.comment_id)


@router.get(_ONE, response=CommentOut, operation_id="getComment", summary="A comment")
def one(request: Request, content_id: str, comment_id: str) -> CommentOut:
    return _now(request, content_id, comment_id)


@router.patch(_ONE, response=CommentOut, operation_id="editComment", summary="Change what you wrote")
def edit(request: Request, content_id: str, comment_id: str, if_match: IfMatch, change: CommentEdit) -> CommentOut:
    with etags.matching():
        seen = etags.seen(if_match)
        comments.edit(content_id=content_id, comment_id=comment_id, text=change.text, seen_rev=seen, by=request.user)
    return _now(request, content_id, comment_id)


@router.delete(_ONE, response={204: None}, operation_id="removeComment", summary="Take back what you wrote")
def remove(request: Request, content_id: str, comment_id: str, if_match: IfMatch, reason: Reason = "") -> Status[None]:
    """Admins remove anybody's, with a reason. One that was answered leaves its place."""
    with etags.matching():
        seen = etags.seen(if_match)
        comments.remove(content_id=content_id, comment_id=comment_id, reason=reason, seen_rev=seen, by=request.user)
    return Status(204, None)


@router.post(
    f"{_ONE}/resolve",
    response=CommentOut,
    operation_id="resolveComment",
    summary="Call a question settled, or open again",
)
def resolve(
    request: Request, content_id: str, comment_id: str, if_match: IfMatch, body: Resolution = _RESOLVED
) -> CommentOut:
    """Of a whole thread, by its first comment; for who looks after the item, Approvers and Admins."""
    with etags.matching():
        seen = etags.seen(if_match)
        comments.resolve(
            content_id=content_id, comment_id=comment_id, resolved=body.resolved, seen_rev=seen, by=request.user
        )
    return _now(request, content_id, comment_id)


def _key(conversation: Conversation, version: int | None) -> str:
    if conversation is Conversation.READERS:
        return conversation.value
    return rules.review_of(version).key if version else conversation.value


def _made(request: Request, content_id: str, comment_id: str) -> Status[CommentOut]:
    return created(request, f"content/{content_id}/comments/{comment_id}", _now(request, content_id, comment_id))


def _now(request: Request, content_id: str, comment_id: str) -> CommentOut:
    """As it stands after a write."""
    _, comment = comments.find(content_id, comment_id, request.user)
    etags.revision(request, int(comment.rev))
    return CommentOut.of(comment, names_of([comment.author_user_id]))
