"""The ornament of certificates, in the manner of banknotes: rosettes and ribbons of fine lines that cross.

It is one SVG, `static/img/certificate.svg`: laid under the PDF, and under the page that looks like it. `manage.py
draw_certificate` writes it from the design tokens' colours. Units are tenths of a millimetre on A4 landscape.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

WIDTH, HEIGHT, BAND = 2970, 2100, 820
_CENTRE = (410, 800)
_SPARK = "M0 -{r}C{c} -{c} {c} -{c} {r} 0 {c} {c} {c} {c} 0 {r} -{c} {c} -{c} {c} -{r} 0 -{c} -{c} -{c} -{c} 0 -{r}Z"

Point = tuple[float, float]


def svg(colours: Mapping[str, str]) -> str:
    """`colours` names those of the tokens that it is drawn in."""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="297mm" height="210mm">',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{colours["paper"]}"/>',
            *_corner(colours),
            f'<rect width="{BAND}" height="{HEIGHT}" fill="{colours["band"]}"/>',
            *_ribbon(colours),
            *_rosettes(colours),
            *_brand(colours),
            f'<rect x="{BAND}" width="12" height="{HEIGHT}" fill="{colours["gold"]}"/>',
            "</svg>\n",
        ]
    )


def _rosettes(colours: Mapping[str, str]) -> Iterator[str]:
    """The seal: three rosettes, one in another, and the portal's spark in their middle."""
    x, y = _CENTRE
    for radius, depth, lobes, turns, colour in (
        (300, 0.16, 24, 6, colours["line"]),
        (222, 0.28, 16, 6, colours["line-light"]),
        (128, 0.42, 10, 5, colours["line-light"]),
    ):
        curve = _closed(_petals(radius, depth, lobes))
        for turn in range(turns):
            angle = 360 / lobes / turns * turn
            yield (
                f'<path d="{curve}" transform="translate({x} {y}) rotate({angle:.2f})" '
                f'fill="none" stroke="{colour}" stroke-width="2"/>'
            )
    yield f'<circle cx="{x}" cy="{y}" r="66" fill="{colours["band"]}" stroke="{colours["gold"]}" stroke-width="3"/>'
    yield f'<path d="{_spark(46)}" transform="translate({x} {y})" fill="{colours["gold"]}"/>'


def _ribbon(colours: Mapping[str, str]) -> Iterator[str]:
    """Waves down both edges of the band, each a little later than the last."""
    for middle, width in ((58, 30), (BAND - 58, 30)):
        for phase in range(5):
            points = [
                (middle + width * math.sin(step * math.pi / 3 + phase * math.pi / 5), step * HEIGHT / 96)
                for step in range(-2, 99)
            ]
            yield f'<path d="{_open(points)}" fill="none" stroke="{colours["line"]}" stroke-width="1.5"/>'


def _corner(colours: Mapping[str, str]) -> Iterator[str]:
    """A large pale rosette that the paper's corner cuts."""
    curve = _closed(_petals(620, 0.18, 28))
    for turn in range(5):
        angle = 360 / 28 / 5 * turn
        yield (
            f'<path d="{curve}" transform="translate({WIDTH - 40} 60) rotate({angle:.2f})" '
            f'fill="none" stroke="{colours["pale"]}" stroke-width="2"/>'
        )


def _brand(colours: Mapping[str, str]) -> Iterator[str]:
    """The mark of the portal, as on its pages."""
    yield '<g transform="translate(330 130) scale(5.8)">'
    yield f'<path d="M8 19.5V12a6 6 0 0 1 12 0v7.5" fill="none" stroke="{colours["paper"]}" stroke-width="2.4" stroke-linecap="round"/>'
    yield f'<path d="m14 10.5 1.3 3.2 3.2 1.3-3.2 1.3-1.3 3.2-1.3-3.2L9.5 15l3.2-1.3z" fill="{colours["gold"]}"/>'
    yield "</g>"


def _petals(radius: float, depth: float, lobes: int) -> list[Point]:
    steps = lobes * 4
    angles = [2 * math.pi * step / steps for step in range(steps)]
    lengths = [radius * (1 - depth + depth * math.cos(lobes * angle)) for angle in angles]
    return [(length * math.cos(angle), length * math.sin(angle)) for angle, length in zip(angles, lengths, strict=True)]


def _closed(points: list[Point]) -> str:
    return _through([points[-1], *points, points[0], points[1]]) + "Z"


def _open(points: list[Point]) -> str:
    return _through(points)


def _through(points: list[Point]) -> str:
    """A smooth curve through all but the first and the last point (Catmull-Rom, as cubic Béziers)."""
    path = [f"M{points[1][0]:.0f} {points[1][1]:.0f}"]
    for before, start, end, after in zip(points, points[1:], points[2:], points[3:], strict=False):
        first = [start[axis] + (end[axis] - before[axis]) / 6 for axis in (0, 1)]
        second = [end[axis] - (after[axis] - start[axis]) / 6 for axis in (0, 1)]
        numbers = [first[0] - start[0], first[1] - start[1], second[0] - start[0], second[1] - start[1]]
        path.append("c" + " ".join(f"{number:.1f}" for number in [*numbers, end[0] - start[0], end[1] - start[1]]))
    return "".join(path)


def _spark(radius: int) -> str:
    return _SPARK.format(r=radius, c=round(radius * 0.18))
