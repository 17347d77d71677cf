"""Files: sent straight to S3 and attached here; fetched straight from S3 by links that are made here.

What is done to the files of a draft names the file, and disturbs nobody who writes beside it: no `If-Match` is asked for.
"""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Query, Router, Status
from pydantic import Field

from accounts.http import Request
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from content.api.schemas import ID, ItemDraft
from content.services import files, uploads
from core.api.schemas import Input, Number, Output

router = Router(tags=["Library: files"], auth=Bearer(Area.CONTENT))

_FILE = "/{content_id}/draft/files/{file_id}"
Token = Annotated[str, Field(max_length=4000, description="`token` of the upload.")]


class Announced(Input):
    name: str = Field(max_length=1000, examples=["pricing.pdf"])
    size: Number = Field(ge=0, le=2**53, description="Bytes.", examples=[48213])


class Upload(Output):
    """Send the file with `PUT` to `url` with these `headers`; or, where there are `parts`, each to its own address."""

    token: str
    name: str = Field(description="As it will be kept.")
    size: int
    mime: str
    url: str
    headers: dict[str, str]
    parts: int = Field(description="0 for a file that is sent at once.")
    part_size: int = Field(description="Bytes of each but the last.")


class PartsWanted(Input):
    token: Token
    numbers: list[Annotated[Number, Field(ge=1, le=10_000)]] = Field(min_length=1, max_length=50, examples=[[1, 2]])


class PartUrl(Output):
    number: int
    url: str


class PartUrls(Output):
    items: list[PartUrl]


class Arrival(Input):
    token: Token
    s3_version: str = Field("", max_length=1100, description="`x-amz-version-id` of the answer to your `PUT`.")


class UploadTicket(Input):
    token: Token


class FileStep(Input):
    step: Literal[-1, 1] = Field(description="-1 is up. The item opens with its first file.")


class WantedFile(Input):
    file_id: str = Field(min_length=1, max_length=200, examples=[ID])
    version: int | None = Field(None, ge=1, le=10**9, description="The live one, unless told.")
    inline: bool = Field(False, description="For showing it in a page; not counted as a download.")


class Link(Output):
    """Short-lived: to be followed now, and asked for anew."""

    url: str


@router.post("/{content_id}/upload-url", response=Upload, operation_id="startUpload", summary="Where to send a file")
def upload_url(request: Request, content_id: str, body: Announced) -> Upload:
    """From 50 MB on it is sent in parts."""
    plan = uploads.start_upload(content_id=content_id, name=body.name, size=body.size, by=request.user)
    return Upload.model_validate(plan)


@router.post(
    "/{content_id}/upload-url/parts", response=PartUrls, operation_id="signParts", summary="Where to send these parts"
)
def upload_parts(request: Request, content_id: str, body: PartsWanted) -> PartUrls:
    urls = uploads.sign_parts(content_id=content_id, token=body.token, numbers=body.numbers, by=request.user)
    return PartUrls(items=[PartUrl(number=number, url=url) for number, url in urls.items()])


@router.delete(
    "/{content_id}/upload-url", response={204: None}, operation_id="abortUpload", summary="Give up a file in parts"
)
def upload_abort(request: Request, content_id: str, token: Query[Token]) -> Status[None]:
    uploads.abort(content_id=content_id, token=token, by=request.user)
    return Status(204, None)


@router.post("/{content_id}/attach", response=ItemDraft, operation_id="attachFile", summary="Attach what has arrived")
def attach(request: Request, content_id: str, body: Arrival) -> ItemDraft:
    """Looks at what lies in S3; a file of the same name is replaced. Doing it twice comes to the same."""
    uploads.finish(content_id=content_id, token=body.token, s3_version=body.s3_version, by=request.user)
    return ItemDraft.now(request, content_id)


@router.delete(_FILE, response=ItemDraft, operation_id="removeFile", summary="Take a file out of the draft")
def file_remove(request: Request, content_id: str, file_id: str) -> ItemDraft:
    """Earlier versions keep it."""
    files.detach(content_id=content_id, file_id=file_id, by=request.user)
    return ItemDraft.now(request, content_id)


@router.post(
    f"{_FILE}/move", response=ItemDraft, operation_id="moveFile", summary="Move it among the files of the draft"
)
def file_move(request: Request, content_id: str, file_id: str, body: FileStep) -> ItemDraft:
    files.move(content_id=content_id, file_id=file_id, step=body.step, by=request.user)
    return ItemDraft.now(request, content_id)


@router.get(
    "/{content_id}/download-url",
    response=Link,
    auth=Bearer(Area.CONTENT, fresh=True),
    operation_id="getDownloadUrl",
    summary="A link to a file",
)
def download_url(request: Request, content_id: str, wanted: Query[WantedFile]) -> Link:
    """Made for you at this moment; anybody who has it can use it for some minutes."""
    return Link(url=files.download_link(content_id=content_id, by=request.user, **vars(wanted)))
