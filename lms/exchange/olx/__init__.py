"""Open edX courses as their Studio exports them (OLX)."""

from lms.exchange.olx.course import holds, read

__all__ = ["holds", "read"]
