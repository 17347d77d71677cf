"""Product clips: one still of brand colour for each entry of `scenes`, with a bar that shows how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
from PIL import Image, ImageDraw

from content.demo.makers.brand import COMPANY, INK, PAPER, Brief, font, mixed, write_lines

SECONDS_A_SCENE = 1.5
_RATE = 8
_SIZE = (640, 360)
_ENCODERS = {
    ".mp4": ("libx264", {"preset": "veryfast", "crf": "28"}),
    ".webm": ("libvpx", {"deadline": "realtime", "cpu-used": "8"}),
}


def make(brief: Brief, path: Path) -> None:
    codec, options = _ENCODERS[path.suffix]
    container_options = {"movflags": "+faststart"} if path.suffix == ".mp4" else {}
    with av.open(str(path), "w", container_options=container_options) as container:
        container.metadata["title"] = brief.title
        stream: Any = container.add_stream(codec, rate=_RATE, options=options)
        stream.width, stream.height = _SIZE
        stream.pix_fmt, stream.bit_rate = "yuv420p", 200_000
        stream.codec_context.thread_count = 1  # more of them only wait for one another on so small a picture
        for image in _frames(brief):
            container.mux(stream.encode(av.VideoFrame.from_image(image)))
        container.mux(stream.encode(None))


def _frames(brief: Brief) -> Iterator[Image.Image]:
    scenes = brief.content["scenes"]
    per_scene = round(seconds_a_scene(brief) * _RATE)
    for number, scene in enumerate(scenes):
        still = _still(brief, scene, number)
        for step in range(per_scene):
            frame = still.copy()
            share = (number * per_scene + step + 1) / (len(scenes) * per_scene)
            ImageDraw.Draw(frame).rectangle((0, 350, round(640 * share), 360), fill=PAPER)
            yield frame


def seconds_a_scene(brief: Brief) -> float:
    return float(brief.content.get("seconds", SECONDS_A_SCENE))


def _still(brief: Brief, scene: str, number: int) -> Image.Image:
    image = Image.new("RGB", _SIZE, mixed(brief.color, INK, 0.25 + 0.12 * (number % 5)))
    draw = ImageDraw.Draw(image)
    draw.ellipse((430, -120, 800, 250), fill=mixed(brief.color, PAPER, 0.15))
    draw.text((36, 28), f"{COMPANY}  |  {brief.product or brief.suite}", font=font(16), fill=PAPER)
    if number == 0:
        write_lines(draw, (36, 110), brief.title, size=32, width=400, color=PAPER)
        write_lines(draw, (36, 270), scene, size=18, width=560, color=PAPER)
    else:
        write_lines(draw, (36, 130), scene, size=30, width=500, color=PAPER)
    return image
