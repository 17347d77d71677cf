from __future__ import annotations

from datetime import timedelta

from core import clock
from core.api.models import ApiRequest
from core.aws.records import Delete, Put, find, write
from core.ids import new_id

KEPT = timedelta(hours=24)


def new_request(request_key: str, body_digest: str) -> ApiRequest:
    """Unsaved, for the transaction of what the request makes."""
    now = clock.now()
    return ApiRequest(request_key, body_digest=body_digest, made_id=new_id(), begun_at=now, ttl=now + KEPT)


def request_of(request_key: str) -> ApiRequest | None:
    """None, too, for one that is over and was not swept away yet: it makes room for the next."""
    found = find(ApiRequest, request_key, consistent=True)
    if found and found.ttl <= clock.now():
        write(Delete(found, ApiRequest.begun_at == found.begun_at), audit=())
        return None
    return found


def save_answered(record: ApiRequest) -> None:
    """Raises Stale when the record is another's."""
    ours = ApiRequest.request_key.does_not_exist() | (ApiRequest.made_id == record.made_id)
    write(Put(record, ours), audit=())
