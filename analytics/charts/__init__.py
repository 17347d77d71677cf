"""Drawings of numbers as geometry: pure functions that know neither colours nor words of the portal.

Every place is a percentage of the drawing's box, from its upper left corner, as text that stands in an attribute of SVG
as it is: so a drawing has whatever width there is, its letters stay as large as the page's, and no style is inline.
"""

from __future__ import annotations
