from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings

from content.rules import files as rules
from content.services import uploads
from content.tests import samples
from content.tests.test_files_uploads import a_draft
from core.errors import Invalid
from core.testing import CARL

pytestmark = pytest.mark.usefixtures("cloud")

Client = Callable[[str], Any]


def test_a_large_file_goes_in_parts_and_is_joined_at_the_end(cloud: Client) -> None:
    content_id, content = a_draft(), samples.pdf("x" * (6 * rules.MB))
    with patch.object(rules, "MULTIPART_FROM", rules.MB), patch("content.services.tickets.PART_SIZE", 5 * rules.MB):
        plan = uploads.start_upload(content_id=content_id, name="big.pdf", size=len(content), by=CARL)
        assert (plan.parts, plan.url) == (2, "")
        urls = uploads.sign_parts(content_id=content_id, token=plan.token, numbers=[2, 1], by=CARL)
        assert list(urls) == [1, 2]
        with pytest.raises(Invalid):
            uploads.sign_parts(content_id=content_id, token=plan.token, numbers=[3], by=CARL)
        key = f"content/{content_id}/source/big.pdf"
        _send_part(cloud, key, 1, content[: 5 * rules.MB])
        with pytest.raises(Invalid, match="not arrived completely"):
            uploads.finish(content_id=content_id, token=plan.token, by=CARL)
        _send_part(cloud, key, 2, content[5 * rules.MB :])
        for _ in range(2):
            version = uploads.finish(content_id=content_id, token=plan.token, by=CARL)
    assert [file.size for file in version.files] == [len(content)]


def test_a_cancelled_upload_leaves_no_parts_behind(cloud: Client) -> None:
    content_id = a_draft()
    plan = uploads.start_upload(content_id=content_id, name="big.pdf", size=60 * rules.MB, by=CARL)
    for _ in range(2):
        uploads.abort(content_id=content_id, token=plan.token, by=CARL)
    left = cloud("s3").list_multipart_uploads(Bucket=settings.ENABLEMENT_CONTENT_BUCKET)
    assert not left.get("Uploads")


def _send_part(cloud: Client, key: str, number: int, content: bytes) -> None:
    (open_upload,) = cloud("s3").list_multipart_uploads(Bucket=settings.ENABLEMENT_CONTENT_BUCKET)["Uploads"]
    cloud("s3").upload_part(
        Bucket=settings.ENABLEMENT_CONTENT_BUCKET,
        Key=key,
        UploadId=open_upload["UploadId"],
        PartNumber=number,
        Body=content,
    )
