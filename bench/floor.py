"""The least that a page can cost: its own DynamoDB requests made with bare botocore, and its rows in a bare template.

No model, permission, index, label, time zone, translation, navigation, header or compression: what lies above it is
ours. The client is botocore's as it comes; the template engine is the one that the portal uses.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import botocore.session
from botocore import xform_name
from botocore.config import Config
from django.conf import settings
from django.template import Context, Engine

from bench.recording import Call

_SHOWN = {settings.TABLES[name] for name in ("content", "content_versions")}

_TEMPLATE = """<!doctype html><title>Floor</title><ul>{% for row in rows %}<li id="{{ row.content_id.S }}">
<a href="/content/{{ row.content_id.S }}/">{{ row.title.S }}</a><p>{{ row.summary.S }}</p><p>{{ row.body.S }}</p>
<span>{{ row.product_suite.S }}</span><span>{{ row.product_concept.S }}</span><span>{{ row.status.S }}</span>
<span>{{ row.kind.S }}</span><time>{{ row.updated_at.S }}</time></li>{% endfor %}</ul>"""


@functools.cache
def _bare_client() -> Any:
    return botocore.session.get_session().create_client("dynamodb", config=Config(parameter_validation=False))


def floor(calls: Sequence[Call]) -> Callable[[], bytes]:
    client = _bare_client()
    asked = [(getattr(client, xform_name(call.operation)), call.params) for call in calls]
    template = Engine().from_string(_TEMPLATE)

    def answer() -> bytes:
        rows = [row for ask, params in asked for row in _rows(ask(**params), params)]
        return str(template.render(Context({"rows": rows}))).encode()

    return answer


def _rows(answer: dict[str, Any], params: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "Responses" in answer:
        for table, items in answer["Responses"].items():
            if table in _SHOWN:
                yield from items
    elif params["TableName"] in _SHOWN:
        yield from answer.get("Items", [answer.get("Item", {})])
