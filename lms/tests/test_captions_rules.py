from __future__ import annotations

import pysubs2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Invalid
from lms.rules import captions
from lms.rules.captions import Segment
from lms.rules.media import read_chapters, write_chapters

SRT = "1\n00:00:01,000 --> 00:00:04,000\n<i>Grüße</i> {\\an8}an alle\n\n2\n00:00:03,500 --> 00:00:06,000\nBis bald\nund danke\n"
SPOKEN = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60).filter(
    str.strip
)
SEGMENTS = st.lists(
    st.builds(
        lambda start, length, text: Segment(start, start + length, " ".join(text.split())),
        st.integers(0, 10_000_000),
        st.integers(1, 20_000),
        SPOKEN,
    ),
    min_size=1,
    max_size=30,
)


def test_webvtt_is_read_with_its_times_and_without_its_dress() -> None:
    file = (
        b"\xef\xbb\xbfWEBVTT - talk\r\n\r\nNOTE by hand\r\n\r\nSTYLE\r\n::cue { color: red }\r\n\r\n"
        b"7\r\n00:01.500 --> 00:03.000 align:start\r\n<v Ann>Good <b>morning</b> &amp; hi\r\n\r\n"
        b"100:00:01.000 --> 100:00:02.000\r\n2 < 3\r\n"
    )
    with pytest.raises(Invalid, match="end after it begins"):
        captions.read("talk.vtt", file)  # a hundred hours are no video
    found = captions.read("talk.vtt", file.replace(b"100:", b"01:"))
    assert found == [Segment(1500, 3000, "Good morning & hi"), Segment(3_601_000, 3_602_000, "2 < 3")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_subrip_is_read_in_the_encodings_that_programs_write(encoding: str, newline: str) -> None:
    found = captions.read("talk.SRT", SRT.replace("\n", newline).encode(encoding))
    assert found == [Segment(1000, 4000, "Grüße an alle"), Segment(3500, 6000, "Bis bald\nund danke")]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("talk.txt", b"hello", r"\.vtt \(WebVTT\) or \.srt"),
        ("talk", b"WEBVTT\n", r"\.vtt \(WebVTT\) or \.srt"),
        ("talk.vtt", b"1\n00:00:01,000 --> 00:00:04,000\nx\n", "begin with the word WEBVTT"),
        ("talk.vtt", b"WEBVTT\n\nhello there\n", "holds no captions"),
        ("talk.srt", b"hello there\n", "holds no captions"),
        ("talk.srt", b"", "holds no captions"),
        ("talk.srt", b"MZ\x90\x00\x03\x00\x00\x00" + bytes(200), "cannot be read|no text file|holds no captions"),
        ("talk.srt", b"1\n-00:00:01,000 --> 00:00:04,000\nx\n", "before the beginning"),
        ("talk.vtt", b"WEBVTT\n\n00:05.000 --> 00:02.000\nback\n", "“back” at 0:05 must end after it begins"),
        ("talk.vtt", b"WEBVTT\n\n00:05.000 --> 00:05.000\nnever\n", "must end after it begins"),
        ("talk.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n<b></b>\n", "no text in it"),
        ("talk.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"x" * 3000, "longer than 2000 characters"),
        ("talk.srt", b"x" * (captions.MOST_BYTES + 1), "larger than 1 MB"),
    ],
)
def test_what_are_no_captions_is_refused_in_words(name: str, data: bytes, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        captions.read(name, data)


def test_lines_may_overlap_and_are_put_in_order() -> None:
    mixed = b"WEBVTT\n\n00:05.000 --> 00:09.000\nB\n\n00:01.000 --> 00:06.000\nA\n"
    assert [one.text for one in captions.read("a.vtt", mixed)] == ["A", "B"]


def test_too_many_lines_and_too_much_text_are_refused() -> None:
    with pytest.raises(Invalid, match="up to 5000 lines"):
        captions.checked(Segment(at, at + 1, "x") for at in range(captions.MOST_SEGMENTS + 1))
    with pytest.raises(Invalid, match="300 KB"):
        captions.checked(Segment(at, at + 1, "é" * 1500) for at in range(200))


@given(SEGMENTS)
def test_what_is_written_as_webvtt_reads_as_the_same(segments: list[Segment]) -> None:
    kept = captions.checked(segments)
    again = pysubs2.SSAFile.from_string(captions.to_vtt(kept), format_="vtt").events
    assert [(one.start, one.end) for one in again] == [(one.start, one.end) for one in kept]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "a\n\n00:01.000 --> 00:09.000\nforged", "NOTE x", "WEBVTT", "STYLE", "-->"]
)
def test_no_text_becomes_a_tag_or_another_cue(text: str) -> None:
    written = captions.to_vtt([Segment(0, 1000, text)])
    assert "<script" not in written
    assert sum(" --> " in line for line in written.splitlines()) == 1


@given(st.integers(0, captions.LATEST))
def test_a_time_reads_as_it_was_written(at: int) -> None:
    assert captions.read_time(captions.write_time(at)) == at


@pytest.mark.parametrize(
    ("text", "at"),
    [("1:05", 65_000), ("01:05.2", 65_200), ("1:00:00,5", 3_600_500), (" 0:09.001 ", 9_001)]
    + [(bad, None) for bad in ("", "5", "1:60", "-1:00", "1:0a", "1:2:3:4", "\u0661:00")],
)
def test_times_are_read_as_people_write_them(text: str, at: int | None) -> None:
    assert captions.read_time(text) == at


def word(text: str, start: float, end: float) -> dict[str, object]:
    return {
        "type": "pronunciation",
        "start_time": str(start),
        "end_time": str(end),
        "alternatives": [{"content": text}],
    }


def stop(text: str) -> dict[str, object]:
    return {"type": "punctuation", "alternatives": [{"content": text}]}


def test_what_transcribe_hears_becomes_sentences() -> None:
    items = [word("Renew", 0.5, 0.9), word("early", 1.0, 1.4), stop("."), word("Always", 2, 2.5)]
    found = captions.from_transcribe({"results": {"items": items}})
    assert found == [Segment(500, 1400, "Renew early."), Segment(2000, 2500, "Always")]


def test_the_segments_that_transcribe_gives_are_taken_as_they_are() -> None:
    spoken = [{"start_time": "0.0", "end_time": "2.5", "transcript": "Renew <early> & often."}]
    assert captions.from_transcribe({"results": {"audio_segments": spoken}}) == [Segment(0, 2500, "Renew & often.")]


def test_silence_is_said_to_be_silence() -> None:
    with pytest.raises(Invalid):
        captions.from_transcribe({"results": {"items": [], "transcripts": [{"transcript": ""}]}})


def test_chapters_are_read_and_written_as_people_know_them() -> None:
    found = read_chapters("1:02:03 - Late\n\n00:00 Why\n  2:30 – What  changes ", 4000)
    assert found == [[0, "Why"], [150, "What changes"], [3723, "Late"]]
    assert read_chapters(write_chapters(found)) == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Why", "Line 1 is no chapter"),
        ("0:00 Why\n0:61 How", "Line 2 is no chapter"),
        ("0:00", "Line 1 is no chapter"),
        ("0:00 Why\n00:00 How", "time of another"),
        ("10:00 How", "after the video has ended"),
        ("0:00 " + "x" * 200, "longer than 120"),
        ("\n".join(f"{n // 60}:{n % 60:02} x" for n in range(101)), "up to 100"),
    ],
)
def test_what_is_no_list_of_chapters_is_refused_by_its_line(text: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        read_chapters(text, 300 if "10:00" in text else 0)
