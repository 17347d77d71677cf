"""Requests that must not be made twice, by their `Idempotency-Key`.

| what is asked | where |
|---|---|
| what became of a request with this key | `ApiRequest` by a digest of person, address and key |
"""

from __future__ import annotations

from pynamodb.attributes import TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute

from core.aws import records
from core.aws.records import BaseRecord, table


class ApiRequest(BaseRecord):
    """It is written in the transaction that the request makes: where it is, the thing is there.

    `made_id` is the id that was meant for the thing. `answer` is missing for as long as nobody was answered; it is sealed
    with the key, since an answer may hold what is shown this once.
    """

    class Meta(records.TableMeta):
        table_name = table("api_requests")
        transient = True

    request_key = UnicodeAttribute(hash_key=True)
    body_digest = UnicodeAttribute()
    made_id = UnicodeAttribute()
    begun_at = UTCDateTimeAttribute()
    answer = UnicodeAttribute(null=True)
    ttl = TTLAttribute()
