"""Django's storages on S3, for files that the server makes itself."""

from __future__ import annotations

import functools
from typing import Any

import boto3
from storages.backends.s3 import S3Storage

from core.aws import clients


class PrivateStorage(S3Storage):
    """Nobody reads its objects without a presigned link. What is saved under a name again is written over."""

    @property
    def connection(self) -> Any:
        """One for each thread, made one at a time."""
        with clients.making():
            return super().connection

    def _create_session(self) -> boto3.Session:
        return _session()


@functools.cache
def _session() -> boto3.Session:
    """Just one: each adds its own to the session under it, which minds when that is there already."""
    with clients.making() as session:
        return boto3.Session(botocore_session=session)
