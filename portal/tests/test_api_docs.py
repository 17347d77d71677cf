from __future__ import annotations

import re

from django.contrib.staticfiles import finders
from django.test import Client

_ASSET = re.compile(r'(?:src|href)="([^"]*)"')


def test_the_documentation_page_keeps_to_the_strict_policy(cloud):
    """All it loads is our own, and no script or style stands in the page itself."""
    answer = Client().get("/v1/docs")
    page = answer.content.decode()

    assert answer.status_code == 200
    assert "'unsafe" not in answer.headers["Content-Security-Policy"]
    assets = _ASSET.findall(page)
    assert assets
    assert all(asset.startswith("/static/") and finders.find(asset.removeprefix("/static/")) for asset in assets)
    assert re.findall(r"<script(?![^>]* src=)([^>]*)>", page) == [' type="application/json" id="swagger-settings"']
    assert not re.search(r"<style|\sstyle=|\son\w+=", page)
