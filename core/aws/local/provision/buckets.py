"""Buckets: versioned, private, and open to uploads from the portal's own pages."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError
from django.conf import settings

from core.aws.local.provision.clients import admin_client

_PRIVATE = {
    "BlockPublicAcls": True,
    "IgnorePublicAcls": True,
    "BlockPublicPolicy": True,
    "RestrictPublicBuckets": True,
}


def ensure(endpoint: str, portal_origins: list[str]) -> None:
    s3 = admin_client("s3", endpoint)
    existing = {bucket["Name"] for bucket in s3.list_buckets()["Buckets"]}
    for bucket in (settings.ENABLEMENT_CONTENT_BUCKET, settings.LMS_MEDIA_BUCKET):
        if bucket not in existing:
            s3.create_bucket(Bucket=bucket, **_location())
        if s3.get_bucket_versioning(Bucket=bucket).get("Status") != "Enabled":
            s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        if _found(s3.get_public_access_block, "PublicAccessBlockConfiguration", bucket) != _PRIVATE:
            s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=_PRIVATE)
        rules = cors_rules(portal_origins)
        if _found(s3.get_bucket_cors, "CORSRules", bucket) != rules:
            s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": rules})


def cors_rules(origins: list[str]) -> list[dict[str, Any]]:
    return [
        {
            "AllowedMethods": ["GET", "HEAD", "PUT"],
            "AllowedOrigins": origins,
            "AllowedHeaders": ["*"],
            "ExposeHeaders": ["ETag", "x-amz-version-id", "Content-Range", "Accept-Ranges"],
            "MaxAgeSeconds": 3000,
        }
    ]


def _location() -> dict[str, Any]:
    """us-east-1 is the one region that must not be named."""
    if settings.AWS_REGION == "us-east-1":
        return {}
    return {"CreateBucketConfiguration": {"LocationConstraint": settings.AWS_REGION}}


def _found(read: Any, member: str, bucket: str) -> Any:
    try:
        return read(Bucket=bucket)[member]
    except ClientError:
        return None
