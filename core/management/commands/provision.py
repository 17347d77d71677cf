from __future__ import annotations

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.aws.local import environment, network, provision
from core.aws.local.config import Config
from core.aws.local.server import HEALTH_PATH


class Command(BaseCommand):
    help = "Makes tables, buckets, user pool, demo accounts and the portal's key in the local cloud. Safe to repeat."
    requires_system_checks: list[str] = []  # they would import every page first

    def handle(self, **_options: Any) -> None:
        config = Config.from_environment(os.environ)
        origins = [f"http://{host}:{config.port}" for host in ("127.0.0.1", "localhost")]
        if not network.wait_until(60, port=config.cloud_port, path=HEALTH_PATH):
            raise CommandError(f"The local cloud does not answer on port {config.cloud_port}.")
        try:
            found = provision.everything(
                endpoint=config.endpoint, portal_origins=origins, previous=environment.read_env(config.env_file)
            )
        except RuntimeError as error:
            raise CommandError(str(error)) from error
        environment.write_env(config.env_file, environment.local_settings(config) | found)
        operator = provision.operator_key(
            endpoint=config.endpoint,
            user_pool_id=found["COGNITO_USER_POOL_ID"],
            previous=environment.read_env(config.operator_file),
        )
        environment.write_env(config.operator_file, operator)
