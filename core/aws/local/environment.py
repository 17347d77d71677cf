"""The environment in which the portal, its commands and the cloud run here.

Nothing of the developer's own AWS set-up passes through: no profile, key or endpoint of a real account.
"""

from __future__ import annotations

import os
import secrets
import shlex
from collections.abc import Mapping
from pathlib import Path

from core.aws.local.config import Config

_LOOPBACK = "127.0.0.1,localhost"


def base(config: Config, environ: Mapping[str, str]) -> dict[str, str]:
    """What is known before the cloud is filled."""
    clean = {name: value for name, value in environ.items() if not name.startswith(("AWS_", "COGNITO_"))}
    bypass = ",".join(filter(None, [environ.get("NO_PROXY") or environ.get("no_proxy"), _LOOPBACK]))
    return clean | local_settings(config) | {"NO_PROXY": bypass, "no_proxy": bypass, "PYTHONUNBUFFERED": "1"}


def local_settings(config: Config) -> dict[str, str]:
    return {
        "PORTAL_LOCAL": "1",
        "DEBUG": "1" if config.debug else "0",
        "PORT": str(config.port),
        "LOCAL_DIR": str(config.local_dir),
        "LOCAL_CLOUD_PORT": str(config.cloud_port),
        "SECRET_KEY": _secret_key(config.local_dir / "secret_key"),
        "STATIC_ROOT": str(config.local_dir / "static"),
        "AWS_REGION": config.region,
        "AWS_DEFAULT_REGION": config.region,
        "AWS_ENDPOINT_URL": config.endpoint,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }


def portal_environment(config: Config, environ: Mapping[str, str]) -> dict[str, str]:
    """The base and what provisioning found out. `DEBUG` and ports are those of this start, not of the file."""
    return read_env(config.env_file) | base(config, environ)


def cloud_environment(config: Config, environ: Mapping[str, str]) -> dict[str, str]:
    temporary = config.local_dir / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    return base(config, environ) | {
        "AUTH": "true",
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(config.cloud_port),
        "MINISTACK_HOST": "127.0.0.1",
        "MINISTACK_REGION": config.region,
        "PERSIST_STATE": "1",
        "STATE_DIR": str(config.state_dir),
        "SAVES_DIR": str(config.saves_dir),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(config.local_dir / "cloud" / "s3"),
        "TMPDIR": str(temporary),
        "LAMBDA_EXECUTOR": "local",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
        "AUTOSAVE_SECONDS": str(config.autosave_seconds),
    }


def read_env(path: Path) -> dict[str, str]:
    """Reads `KEY=value` lines, quoted as a shell would need them; a missing file is an empty one."""
    if not path.exists():
        return {}
    pairs = (line.partition("=") for line in path.read_text().splitlines() if line and not line.startswith("#"))
    return {name: "".join(shlex.split(value)) for name, _, value in pairs}


def write_env(path: Path, values: Mapping[str, str]) -> None:
    """Readable for its owner only, and replaced as a whole or not at all."""
    lines = "".join(f"{name}={shlex.quote(value)}\n" for name, value in sorted(values.items()))
    if path.exists() and path.read_text() == lines:
        return
    _write_private(path, lines)


def _secret_key(path: Path) -> str:
    if not path.exists() or not path.read_text().strip():
        _write_private(path, secrets.token_urlsafe(48))
    return path.read_text().strip()


def _write_private(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)
