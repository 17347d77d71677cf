"""A Python client as somebody else would have it: generated from the API's own document, used by its own names."""

from __future__ import annotations

import importlib
import json
import pkgutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.api.document import DOCUMENT

NAME = "portal_client"


def generate(directory: Path) -> ModuleType:
    """Into this directory, which has to be on the path already."""
    document, settings = directory / "openapi.json", directory / "settings.yml"
    document.write_text(json.dumps(DOCUMENT))
    settings.write_text("post_hooks: []\n")
    made = subprocess.run(
        [
            *(sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"),
            *("--path", str(document), "--output-path", str(directory / NAME), "--config", str(settings)),
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    assert "will not be generated" not in made.stdout, made.stdout
    importlib.invalidate_caches()
    return importlib.import_module(NAME)


class Program:
    """Somebody's program: `carl.create_content(body=carl.NewItem(…))` gives what came, or raises with the problem."""

    def __init__(self, package: ModuleType, origin: str, token: str, **client: Any) -> None:
        self._client = package.AuthenticatedClient(base_url=origin, token=token, **client)
        self._models = importlib.import_module(f"{NAME}.models")
        self._operations = {
            found.name.rpartition(".")[2]: found.name
            for found in pkgutil.walk_packages(importlib.import_module(f"{NAME}.api").__path__, f"{NAME}.api.")
            if not found.ispkg
        }
        self.etag = ""
        """Of the last answer."""

    def close(self) -> None:
        self._client.get_httpx_client().close()

    def __getattr__(self, name: str) -> Any:
        if name[0].isupper():
            return getattr(self._models, name)
        operation = importlib.import_module(self._operations[name])

        def ask(*args: Any, **values: Any) -> Any:
            answer = operation.sync_detailed(*args, client=self._client, **values)
            assert 200 <= answer.status_code < 300, (name, answer.status_code, answer.content)
            self.etag = answer.headers.get("ETag", "")
            return answer.parsed

        return ask
