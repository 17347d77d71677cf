"""What a video really is: its length and format, read from a few ranges of its bytes and never from its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, cast

from pymediainfo import MediaInfo

from content.sniffing.source import SeekableSource, Source, TooMuch
from core.errors import Invalid

_AT_ONCE = 512 * 1024
"""Each range is a request to S3: few large ones are quicker than many small ones."""
_PLAYED = {"AVC", "VP8", "VP9", "AV1"}
"""What all present browsers decode."""
_LONGEST_SECONDS = 12 * 60 * 60


@dataclass(frozen=True)
class Video:
    """`duration_seconds` is 0 where the file does not say, as recordings made in a browser may not."""

    duration_seconds: int
    codec: str
    width: int
    height: int
    sound: bool


def probe(name: str, size: int, read: Callable[[int, int], bytes]) -> Video:
    """Raises Invalid for what is no video, or none that browsers play."""
    try:
        source = cast("IO[bytes]", SeekableSource(Source(size, read)))
        found = MediaInfo.parse(source, buffer_size=_AT_ONCE)
    except TooMuch:
        raise Invalid(
            f"“{name}” was not added: it is built so that its length cannot be found. Convert it to MP4."
        ) from None
    pictures = found.video_tracks
    if not pictures:
        raise Invalid(f"“{name}” was not added: there is no picture in it. Choose a video, or convert it to MP4 again.")
    track = pictures[0]
    if track.format not in _PLAYED:
        raise Invalid(
            f"“{name}” was not added: browsers do not play its format ({track.format}). Convert it to MP4 (H.264)."
        )
    seconds = _seconds(found.general_tracks[0].duration or track.duration)
    if seconds > _LONGEST_SECONDS:
        raise Invalid(
            f"“{name}” was not added: it says that it lasts longer than twelve hours. Divide it into several."
        )
    return Video(seconds, str(track.format), int(track.width or 0), int(track.height or 0), bool(found.audio_tracks))


def _seconds(milliseconds: object) -> int:
    """Whole ones, at least one: a video without a length would never be watched to its end."""
    value = float(str(milliseconds or 0))
    return max(1, round(value / 1000)) if value > 0 else 0
