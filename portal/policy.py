from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_SELF = "'self'"
_NOTHING = ["'none'"]


def content_security_policy(s3_origins: Sequence[str], sign_in_origins: Sequence[str]) -> dict[str, Any]:
    """No inline script, no eval, nothing from elsewhere but people's files and the pages that sign them in."""
    return {
        "DIRECTIVES": {
            "default-src": _NOTHING,
            "script-src": [_SELF],
            "style-src": [_SELF],
            "font-src": [_SELF],
            "img-src": [_SELF, "data:", *s3_origins],
            "media-src": [_SELF, *s3_origins],
            "object-src": _NOTHING,
            "frame-src": [_SELF, *s3_origins],
            "connect-src": [_SELF, *s3_origins],
            "form-action": [_SELF, *s3_origins, *sign_in_origins],
            "frame-ancestors": _NOTHING,
            "base-uri": _NOTHING,
            "manifest-src": [_SELF],
        }
    }
