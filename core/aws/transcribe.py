"""Amazon Transcribe: begins to listen to a recording, and says how far it is."""

from __future__ import annotations

from dataclasses import dataclass

from botocore.exceptions import ClientError

from core.aws.clients import client
from core.aws.errors import code_of, translated

EVENT_SOURCE, EVENT_TYPE = "aws.transcribe", "Transcribe Job State Change"
_NO_SUCH_JOB = {"NotFoundException", "BadRequestException"}


@dataclass(frozen=True)
class JobState:
    """`failed_because` is Transcribe's own sentence."""

    ended: bool
    failed_because: str = ""


def start(job: str, *, bucket: str, key: str, language: str, output_key: str) -> None:
    """What it hears is left as JSON under `output_key` of the same bucket. A job that was started already goes on."""
    with translated():
        try:
            client("transcribe").start_transcription_job(
                TranscriptionJobName=job,
                LanguageCode=language,
                Media={"MediaFileUri": f"s3://{bucket}/{key}"},
                OutputBucketName=bucket,
                OutputKey=output_key,
            )
        except ClientError as error:
            if code_of(error) != "ConflictException":
                raise


def state_of(job: str) -> JobState | None:
    """None for a job that is not known there: it never began, or ended more than 90 days ago."""
    with translated():
        try:
            found = client("transcribe").get_transcription_job(TranscriptionJobName=job)["TranscriptionJob"]
        except ClientError as error:
            if code_of(error) in _NO_SUCH_JOB:
                return None
            raise
    status = found["TranscriptionJobStatus"]
    because = found.get("FailureReason") or "No reason was given."
    return JobState(status in ("COMPLETED", "FAILED"), because if status == "FAILED" else "")
