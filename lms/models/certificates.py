"""Certificates.

| what is asked | where |
|---|---|
| a certificate | `Certificate` by `certificate_id` |
| those of a person, newest first | `ByUserIndex` by `user_id`, `issued_at` |
| the one with a verification code | `ByCodeIndex` by `verification_code` |
"""

from __future__ import annotations

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.indexes import GlobalSecondaryIndex

from core.aws.records import IndexMeta, IntegerAttribute, Record, TableMeta, table


class CertificatesByUser(GlobalSecondaryIndex["Certificate"]):
    class Meta(IndexMeta):
        index_name = "ByUserIndex"

    user_id = UnicodeAttribute(hash_key=True)
    issued_at = UTCDateTimeAttribute(range_key=True)


class CertificatesByCode(GlobalSecondaryIndex["Certificate"]):
    class Meta(IndexMeta):
        index_name = "ByCodeIndex"

    verification_code = UnicodeAttribute(hash_key=True)


class Certificate(Record):
    """All that is printed, as it was that day. `certificate_id` follows from person, course and cycle."""

    class Meta(TableMeta):
        table_name = table("lms_certificates")

    certificate_id = UnicodeAttribute(hash_key=True)
    user_id = UnicodeAttribute()
    course_id = UnicodeAttribute()
    course_version = IntegerAttribute()
    cycle = IntegerAttribute(default=1)
    template_id = UnicodeAttribute()
    issued_at = UTCDateTimeAttribute()
    valid_until = UTCDateTimeAttribute(null=True)
    certificate_s3_bucket = UnicodeAttribute(null=True)
    certificate_s3_key = UnicodeAttribute(null=True)
    verification_code = UnicodeAttribute()
    holder_name = UnicodeAttribute()
    title = UnicodeAttribute()
    duration_minutes = IntegerAttribute(default=0)
    renewal_window_days = IntegerAttribute(default=60)
    status_index = IntegerAttribute(null=True)
    revoked_at = UTCDateTimeAttribute(null=True)
    revoked_by = UnicodeAttribute(null=True)
    revoked_reason = UnicodeAttribute(null=True)
    superseded_by = UnicodeAttribute(null=True)

    by_user = CertificatesByUser()
    by_code = CertificatesByCode()
