"""Teaches MiniStack what S3 does where the portal needs it.

A read of one version of an object honours Range and the response-* parameters: without it a download that names its
version opens in the browser instead of being saved, and a film cannot be wound. And the name of a file that a plain
form sends is UTF-8.
"""

from __future__ import annotations

from typing import Any

Answer = tuple[int, dict[str, str], bytes]
FormPart = tuple[str, str | None, dict[str, str], bytes]


def mend(s3: Any) -> None:
    """`s3` is MiniStack's module; what it has no words for is left as it answers."""
    plain_read = s3._get_object
    plain_form = s3._parse_multipart_form

    def read(bucket: str, key: str, headers: dict[str, str], query: dict[str, Any] | None = None) -> Answer:
        status, said, body = plain_read(bucket, key, headers, query)
        if status != 200 or not query or not s3._qp(query, "versionId", ""):
            return status, said, body
        if "range" in headers:
            status, said, body = _sliced(s3._parse_range(headers["range"], len(body)), said, body)
        s3._apply_response_overrides(said, query)
        return status, said, body

    def form(content_type: str, body: bytes) -> list[FormPart]:
        return [(name, _utf8(filename), *rest) for name, filename, *rest in plain_form(content_type, body)]

    s3._get_object = read
    s3._parse_multipart_form = form


def _sliced(wanted: tuple[int, int] | None, said: dict[str, str], body: bytes) -> Answer:
    if wanted is None:
        return 416, {"Content-Range": f"bytes */{len(body)}"}, b""
    start, end = wanted
    part = body[start : end + 1]
    told = {"Content-Range": f"bytes {start}-{end}/{len(body)}", "Content-Length": str(len(part))}
    # A checksum is of the whole object: beside a part of it clients would call it wrong.
    kept = {name: value for name, value in said.items() if not name.lower().startswith("x-amz-checksum")}
    return 206, {name: value for name, value in kept.items() if name.lower() != "content-length"} | told, part


def _utf8(filename: str | None) -> str | None:
    try:
        return filename.encode("latin-1").decode() if filename else filename
    except UnicodeError:
        return filename
