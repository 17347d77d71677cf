"""Sets of row numbers as the bits of one whole number: 100,000 documents are 12 KB, and `&` takes microseconds."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator


def pack(bits: bytes | bytearray) -> bytes:
    return zlib.compress(bits, 1)


def unpack(packed: bytes) -> int:
    return int.from_bytes(zlib.decompress(packed), "little")


def of_rows(rows: Iterable[int]) -> int:
    bits = bytearray()
    for row in rows:
        switch(bits, row, on=True)
    return int.from_bytes(bits, "little")


def switch(bits: bytearray, row: int, *, on: bool) -> None:
    place = row >> 3
    if place >= len(bits):
        if not on:
            return
        bits.extend(bytes(place + 1 - len(bits)))
    mask = 1 << (row & 7)
    bits[place] = bits[place] | mask if on else bits[place] & ~mask


def members(bits: int) -> Iterator[int]:
    digits = bin(bits)[:1:-1]
    row = digits.find("1")
    while row >= 0:
        yield row
        row = digits.find("1", row + 1)


class Members:
    """Answers `row in members` without shifting the whole number each time."""

    def __init__(self, bits: int) -> None:
        self._bytes = bits.to_bytes((bits.bit_length() + 7) // 8, "little")

    def __contains__(self, row: int) -> bool:
        place = row >> 3
        return place < len(self._bytes) and bool(self._bytes[place] >> (row & 7) & 1)
