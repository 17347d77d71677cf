"""What `make run` may be told by the environment, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


class StartError(Exception):
    """A reason to stop, and what to do about it: both are sentences for the person at the terminal."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


@dataclass(frozen=True)
class Config:
    local_dir: Path
    port: int = 8000
    cloud_port: int = 4566
    region: str = "us-east-1"
    debug: bool = True
    demo_data: bool = True
    autosave_seconds: float = 2.0

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Config:
        return cls(
            local_dir=Path(environ.get("LOCAL_DIR") or ROOT / ".local").resolve(),
            port=_port(environ, "PORT", cls.port),
            cloud_port=_port(environ, "LOCAL_CLOUD_PORT", cls.cloud_port),
            region=environ.get("AWS_REGION") or cls.region,
            debug=_switch(environ, "DEBUG"),
            demo_data=_switch(environ, "DEMO_DATA"),
            autosave_seconds=float(environ.get("LOCAL_CLOUD_AUTOSAVE_SECONDS") or cls.autosave_seconds),
        )

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.cloud_port}"

    @property
    def state_dir(self) -> Path:
        """What MiniStack reads when it starts, and where it keeps its signing keys."""
        return self.local_dir / "cloud" / "state"

    @property
    def saves_dir(self) -> Path:
        return self.local_dir / "cloud" / "saves"

    @property
    def env_file(self) -> Path:
        return self.local_dir / "cloud.env"

    @property
    def operator_file(self) -> Path:
        """The key of who exports and restores; commands read it, the portal never does."""
        return self.local_dir / "operator.env"

    @property
    def lock_file(self) -> Path:
        return self.local_dir / "run.lock"

    @property
    def cloud_log(self) -> Path:
        return self.local_dir / "logs" / "cloud.log"

    @property
    def seeded_marker(self) -> Path:
        return self.local_dir / "demo-data"


def _switch(environ: Mapping[str, str], name: str) -> bool:
    """On unless it is switched off."""
    return (environ.get(name) or "1").strip().lower() in {"1", "true", "yes", "on"}


def _port(environ: Mapping[str, str], name: str, default: int) -> int:
    text = (environ.get(name) or str(default)).strip()
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise StartError(f"{name}={text} is not a port.", f"Set {name} to a number from 1 to 65535.")
    return int(text)
