"""The whole library and the whole of learning, by programs alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from content.tests.samples import pdf

PDF = pdf("Answers to the price being too high")
Send = Callable[[str, Mapping[str, str], bytes], str]
"""Puts the bytes where an upload says, and gives the version that S3 answers."""


def library(carl: Any, rita: Any, vera: Any, send: Send) -> str:
    """Create, upload, attach, submit, approve, search, download; gives the item's id and where its file is."""
    suite = vera.list_options("product_suite").items[0].option_id
    fields = {"summary": "Five answers that hold.", "product_suite": suite}
    new = carl.NewItem(kind=carl.Kind.FILE, title="Answers about prices", **fields)
    item = carl.create_content(body=new, idempotency_key="the-one")
    assert carl.create_content(body=new, idempotency_key="the-one").content_id == item.content_id
    plan = carl.start_upload(item.content_id, body=carl.Announced(name="Answers.pdf", size=len(PDF)))
    version = send(plan.url, plan.headers.to_dict(), PDF)
    draft = carl.attach_file(item.content_id, body=carl.Arrival(token=plan.token, s3_version=version))
    assert (draft.files[0].name, draft.missing) == ("Answers.pdf", [])
    carl.submit(item.content_id, if_match=carl.etag)
    assert item.content_id in [one.content_id for one in rita.list_reviews().items]
    rita.get_content(item.content_id)
    rita.approve(item.content_id, if_match=rita.etag, body=rita.OwnReason())
    found = vera.search(q="prices")
    assert item.content_id in str(found.to_dict())
    file_id = vera.get_content(item.content_id).files[0].file_id
    return str(vera.get_download_url(item.content_id, file_id=file_id).url)


def learning(carl: Any, rita: Any, vera: Any) -> str:
    """Author, publish, read, answer, finish; gives the id of the certificate."""
    suite = vera.list_options("product_suite").items[0].option_id
    course_id = carl.create_course(
        body=carl.NewCourse(title="Talking about prices", description="How.", product_suite=suite)
    ).course_id
    text = carl.NewLesson(title="Read this", kind=carl.LessonType.TEXT, body="Talk about *value*.")
    carl.create_lesson(course_id, body=text)
    quiz = carl.create_lesson(course_id, body=carl.NewLesson(title="Quiz", kind=carl.LessonType.QUIZ))
    right = carl.NewQuestionOption(text="Value", correct=True)
    wrong = carl.NewQuestionOption(text="The price", correct=False)
    question = carl.NewQuestion(kind=carl.QuestionType.SINGLE, text="Talk about what?", options=[wrong, right])
    carl.add_question(course_id, quiz.lesson_id, body=question)
    rita.get_course_draft(course_id)
    rita.publish_course(course_id, if_match=rita.etag, body=rita.Publishing())

    assert course_id in [one.course_id for one in vera.list_courses().items]
    lessons = [lesson for section in vera.list_lessons(course_id).sections for lesson in section.lessons]
    reading, asking = lessons[0].lesson_id, lessons[1].lesson_id
    vera.visit_lesson(course_id, reading)
    vera.mark_lesson_done(course_id, reading)
    vera.visit_lesson(course_id, asking)
    sheet = vera.start_attempt(course_id, asking)
    (asked,) = sheet.questions
    chosen = next(one.value for one in asked.options if one.text == "Value")
    answer = vera.Answer(rev=int(time.time() * 1000), values=[chosen])
    vera.save_answer(course_id, asking, sheet.number, asked.question_id, body=answer)
    vera.submit_attempt(course_id, asking, sheet.number)
    assert vera.get_progress(course_id).progress.percent == 100
    (certificate,) = [one for one in vera.list_certificates().items if one.course_id == course_id]
    assert vera.verify_certificate(certificate.verification_code).holds
    return str(certificate.certificate_id)
