"""Small files of every kind, and broken ones, made here."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

EBML = b"\x1a\x45\xdf\xa3"
VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nGood morning\n"
SRT = b"1\n00:00:01,000 --> 00:00:04,000\nGood morning\n"


def pdf(text: str = "hello") -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\n% " + text.encode() + b"\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def zipped(*members: str, content: str = "x") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            archive.writestr(member, content)
    return made.getvalue()


def office(folder: str, *more: str) -> bytes:
    return zipped("[Content_Types].xml", "_rels/.rels", f"{folder}document.xml", *more)


def png() -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")
    )


def jpeg() -> bytes:
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xda\x00\x02\x12\x34\xff\xd9"


def gif() -> bytes:
    return b"GIF89a\x01\x00\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02L\x01\x00;"


def riff(form: bytes) -> bytes:
    body = form + b"fmt " + bytes(40)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def boxes(*named: bytes, brand: bytes = b"isom") -> bytes:
    made = _box(b"ftyp", brand + bytes(4))
    return made + b"".join(_box(name, bytes(24)) for name in named)


def webm() -> bytes:
    return EBML + b"\x9f\x42\x86\x81\x01\x42\x82\x84webm" + bytes(40)


def _box(name: bytes, body: bytes) -> bytes:
    return (8 + len(body)).to_bytes(4, "big") + name + body
