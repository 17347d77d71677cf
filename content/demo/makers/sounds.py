"""Call recordings: two soft voices of plain tones that take turns, one turn for each entry of `lines`."""

from __future__ import annotations

import math
import struct
import wave
from fractions import Fraction
from pathlib import Path

import av

from content.demo.makers.brand import Brief

_RATE = 22_050
SECONDS_A_LINE = 1.5
_PITCHES = (196.0, 261.6)


def make_wav(brief: Brief, path: Path) -> None:
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(_RATE // 2)
        sound.writeframes(_samples(len(brief.content["lines"]), _RATE // 2))


def make_mp3(brief: Brief, path: Path) -> None:
    with av.open(str(path), "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=_RATE, layout="mono")
        stream.bit_rate = 32_000
        container.metadata["title"] = brief.title
        samples = _samples(len(brief.content["lines"]), _RATE)
        frame = av.AudioFrame(format="s16", layout="mono", samples=len(samples) // 2)
        frame.planes[0].update(samples)
        frame.sample_rate, frame.time_base, frame.pts = _RATE, Fraction(1, _RATE), 0
        for piece in av.AudioResampler("s16p", "mono", _RATE).resample(frame):
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))


def captions(lines: list[str], seconds_a_line: float = SECONDS_A_LINE) -> str:
    """WebVTT, one cue a line."""
    cues = [
        f"{_stamp(number * seconds_a_line)} --> {_stamp((number + 1) * seconds_a_line)}\n{line}\n"
        for number, line in enumerate(lines)
    ]
    return "WEBVTT\n\n" + "\n".join(cues)


def _stamp(seconds: float) -> str:
    return f"00:{int(seconds // 60):02d}:{seconds % 60:06.3f}"


def _samples(lines: int, rate: int) -> bytes:
    """Each line a hum of its speaker that swells and fades, so that it neither clicks nor tires."""
    per_line = round(SECONDS_A_LINE * rate)
    pieces = []
    for pitch in _PITCHES:
        step = 2 * math.pi * pitch / rate
        hum = [
            round(5200 * math.sin(math.pi * i / per_line) * (math.sin(step * i) + 0.3 * math.sin(2 * step * i)))
            for i in range(per_line)
        ]
        pieces.append(struct.pack(f"<{per_line}h", *hum))
    return b"".join(pieces[number % len(pieces)] for number in range(lines))
