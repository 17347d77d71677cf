"""Django's storages on S3, for files that the server makes itself."""

from __future__ import annotations

from typing import Any

import boto3
from storages.backends.s3 import S3Storage

from core.aws import clients


class PrivateStorage(S3Storage):
    """Nobody reads its objects without a presigned link. What is saved under a name again is written over."""

    @property
    def connection(self) -> Any:
        with clients.making():
            return super().connection

    def _create_session(self) -> boto3.Session:
        with clients.making() as session:
            return boto3.Session(botocore_session=session)
