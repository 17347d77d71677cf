"""Objects in S3: links that let a browser send and fetch bytes itself, and the little the server asks about them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from botocore.exceptions import ClientError
from django.conf import settings

from core.aws.clients import client
from core.aws.errors import code_of, translated
from core.errors import NotFound

_CHUNK = 1024 * 1024
_NOT_THERE = {"400", "404", "InvalidArgument", "InvalidRange", "416", "NoSuchKey", "NoSuchVersion"}


@dataclass(frozen=True)
class Facts:
    size: int
    mime: str
    etag: str
    version: str | None


@dataclass(frozen=True)
class Part:
    number: int
    etag: str
    size: int


@dataclass(frozen=True)
class PostForm:
    """Where a plain HTML form sends a file, and the hidden fields that must stand before the file field."""

    url: str
    fields: dict[str, str]


def put_url(bucket: str, key: str, *, mime: str, size: int) -> str:
    """Type and length are signed: S3 refuses anything else."""
    params = {"Bucket": bucket, "Key": key, "ContentType": mime, "ContentLength": size}
    return _signed("put_object", params, settings.PRESIGNED_UPLOAD_EXPIRY_SECONDS)


def post_form(bucket: str, prefix: str, *, redirect: str, most_bytes: int, lives_seconds: int) -> PostForm:
    """For a browser without JavaScript: S3 takes the name from the file and sends the browser on to `redirect`."""
    fields = {"success_action_redirect": redirect}
    conditions = [["starts-with", "$key", prefix], ["content-length-range", 1, most_bytes], fields]
    with translated():
        made = client("s3").generate_presigned_post(
            bucket, prefix + "${filename}", Fields=dict(fields), Conditions=conditions, ExpiresIn=lives_seconds
        )
    return PostForm(made["url"], made["fields"])


def get_url(
    bucket: str,
    key: str,
    *,
    version: str | None,
    mime: str,
    filename: str,
    inline: bool,
    cached_seconds: int = 0,
) -> str:
    """`cached_seconds` is how long her browser may keep what it fetched; nothing is kept unless that is said."""
    params = {
        "Bucket": bucket,
        "Key": key,
        "ResponseContentType": mime,
        "ResponseContentDisposition": disposition(filename, inline=inline),
        "ResponseCacheControl": f"private, max-age={cached_seconds}" if cached_seconds else "private, no-store",
    }
    return _signed("get_object", params | _pinned(version), settings.PRESIGNED_DOWNLOAD_EXPIRY_SECONDS)


def disposition(filename: str, *, inline: bool) -> str:
    """RFC 6266: the real name in UTF-8, and a plain one for what cannot read that."""
    plain = unicodedata.normalize("NFKD", filename).encode("ascii", "ignore").decode()
    plain = "".join("_" if ch in '"\\%;' or not ch.isprintable() else ch for ch in plain).strip()
    if not plain or plain.startswith("."):
        plain = f"file{plain}"
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"


def head(bucket: str, key: str, version: str | None = None) -> Facts:
    """Raises NotFound."""
    with _there():
        found = client("s3").head_object(Bucket=bucket, Key=key, **_pinned(version))
    return Facts(int(found["ContentLength"]), found.get("ContentType", ""), found["ETag"], _version(found))


def read_range(bucket: str, key: str, version: str | None, start: int, length: int) -> bytes:
    """A few bytes to look at; never a file to hand on. Raises NotFound."""
    with _there():
        wanted = f"bytes={start}-{start + length - 1}"
        found = client("s3").get_object(Bucket=bucket, Key=key, Range=wanted, **_pinned(version))
        return bytes(found["Body"].read())


def copy(bucket: str, key: str, version: str | None, to: str) -> str | None:
    """Within the bucket, made by S3 itself; gives the version of the copy. Raises NotFound."""
    source = {"Bucket": bucket, "Key": key, **_pinned(version)}
    with _there():
        return _version(client("s3").copy_object(Bucket=bucket, Key=to, CopySource=source))


def put_file(bucket: str, key: str, path: Path, *, mime: str) -> Facts:
    """For commands that bring files along; people's files go from their browser straight to S3."""
    with translated(), path.open("rb") as body:
        done = client("s3").put_object(Bucket=bucket, Key=key, Body=body, ContentType=mime)
    return Facts(path.stat().st_size, mime, done["ETag"], _version(done))


def get_file(bucket: str, key: str, version: str | None, path: Path) -> None:
    """For commands that take files along. Raises NotFound."""
    with _there(), path.open("wb") as copy_of_it:
        found = client("s3").get_object(Bucket=bucket, Key=key, **_pinned(version))
        for chunk in found["Body"].iter_chunks(_CHUNK):
            copy_of_it.write(chunk)


def put_bytes(bucket: str, key: str, body: bytes, *, mime: str) -> Facts:
    """For small things that the server makes itself."""
    with translated():
        done = client("s3").put_object(Bucket=bucket, Key=key, Body=body, ContentType=mime)
    return Facts(len(body), mime, done["ETag"], _version(done))


def delete(bucket: str, key: str, version: str | None) -> None:
    with translated():
        client("s3").delete_object(Bucket=bucket, Key=key, **_pinned(version))


def start_parts(bucket: str, key: str, *, mime: str) -> str:
    """Gives the id of the upload in parts."""
    with translated():
        return str(client("s3").create_multipart_upload(Bucket=bucket, Key=key, ContentType=mime)["UploadId"])


def part_url(bucket: str, key: str, upload_id: str, *, number: int, size: int) -> str:
    params = {"Bucket": bucket, "Key": key, "UploadId": upload_id, "PartNumber": number, "ContentLength": size}
    return _signed("upload_part", params, settings.PRESIGNED_UPLOAD_EXPIRY_SECONDS)


def parts_of(bucket: str, key: str, upload_id: str) -> list[Part]:
    """Those that have arrived, by number. Raises NotFound when the upload was completed or aborted."""
    with translated():
        pages = client("s3").get_paginator("list_parts").paginate(Bucket=bucket, Key=key, UploadId=upload_id)
        found = [part for page in pages for part in page.get("Parts", ())]
    return [Part(int(part["PartNumber"]), part["ETag"], int(part["Size"])) for part in found]


def complete_parts(bucket: str, key: str, upload_id: str, parts: Sequence[Part]) -> str | None:
    """Gives the object's version. Raises NotFound when the upload was completed or aborted."""
    listed = [{"PartNumber": part.number, "ETag": part.etag} for part in parts]
    with translated():
        done = client("s3").complete_multipart_upload(
            Bucket=bucket, Key=key, UploadId=upload_id, MultipartUpload={"Parts": listed}
        )
    return _version(done)


def abort_parts(bucket: str, key: str, upload_id: str) -> None:
    """What was completed or aborted already stays so."""
    try:
        with translated():
            client("s3").abort_multipart_upload(Bucket=bucket, Key=key, UploadId=upload_id)
    except NotFound:
        return


def _signed(operation: str, params: dict[str, Any], seconds: int) -> str:
    with translated():
        return str(client("s3").generate_presigned_url(operation, Params=params, ExpiresIn=seconds))


def _pinned(version: str | None) -> dict[str, str]:
    return {"VersionId": version} if version else {}


def _version(answer: dict[str, Any]) -> str | None:
    return answer.get("VersionId") or None


@contextmanager
def _there() -> Iterator[None]:
    """S3 has many words for an object that is not there; a HEAD has only its status."""
    with translated():
        try:
            yield
        except ClientError as error:
            if code_of(error) in _NOT_THERE:
                raise NotFound() from error
            raise
