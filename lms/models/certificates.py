"""Certificates.

| what is asked | where |
|---|---|
| a certificate | `Certificate` by `certificate_id` |
| those of a person, newest first | `ByUserIndex` by `user_id`, `issued_at` |
| the one with a verification code | `ByCodeIndex` by `verification_code` |
| whose renewal opens or which ends in a month (sparse) | `TellIndex` by `tell_month`, `tell_at` |
| those of a course, newest first | `Registered` by `~certificates#<course_id>`, see `models.courses` |
| what was revoked of a month, for badges | `StatusList` by its name, in the same table |
| whether a place of a list is taken | `StatusPlace` by list and place, in the same table |
"""

from __future__ import annotations

from pynamodb.attributes import JSONAttribute, UnicodeAttribute, UTCDateTimeAttribute, VersionAttribute
from pynamodb.indexes import GlobalSecondaryIndex

from core.aws.records import BaseRecord, IndexMeta, IntegerAttribute, Record, TableMeta, table


class CertificatesByUser(GlobalSecondaryIndex["Certificate"]):
    class Meta(IndexMeta):
        index_name = "ByUserIndex"

    user_id = UnicodeAttribute(hash_key=True)
    issued_at = UTCDateTimeAttribute(range_key=True)


class CertificatesByCode(GlobalSecondaryIndex["Certificate"]):
    class Meta(IndexMeta):
        index_name = "ByCodeIndex"

    verification_code = UnicodeAttribute(hash_key=True)


class CertificatesToTell(GlobalSecondaryIndex["Certificate"]):
    class Meta(IndexMeta):
        index_name = "TellIndex"

    tell_month = UnicodeAttribute(hash_key=True)
    tell_at = UTCDateTimeAttribute(range_key=True)


class Certificate(Record):
    """All that is printed, as it was that day. `certificate_id` follows from person, course and cycle.

    `status_index` is its place in the status list of the month in which it was issued. `tell_at` is when the clock
    changes its state next, and `tell_month` the month of that; neither stands there once nothing is to come.
    """

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
    tell_month = UnicodeAttribute(null=True)
    tell_at = UTCDateTimeAttribute(null=True)

    by_user = CertificatesByUser()
    by_code = CertificatesByCode()
    to_tell = CertificatesToTell()


class StatusList(BaseRecord):
    """The places of a list whose certificates were revoked. Its key has a `#`, as no id of a certificate has."""

    class Meta(TableMeta):
        table_name = table("lms_certificates")
        shares_table = True

    key = UnicodeAttribute(hash_key=True, attr_name="certificate_id")
    revoked = JSONAttribute()
    rev = VersionAttribute()


class StatusPlace(BaseRecord):
    """Says that a place is taken: places are drawn at random, so that no counter makes all who complete wait."""

    class Meta(TableMeta):
        table_name = table("lms_certificates")
        shares_table = True

    key = UnicodeAttribute(hash_key=True, attr_name="certificate_id")
