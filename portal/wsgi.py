"""The portal as a WSGI application. What the first request would wait for is made here, before it comes."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()


def _warm_up() -> None:
    from core.aws.clients import client

    _ = get_resolver().url_patterns
    for service in ("dynamodb", "s3", "cognito-idp"):
        client(service)


_warm_up()
