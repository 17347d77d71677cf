"""Video, captions and transcripts of lessons."""

from __future__ import annotations

from django.urls import path

from lms.views import media, playing, transcripts

_LESSON = "courses/<str:course_id>/lessons/<str:lesson_id>/"
_DRAFT = "manage/<str:course_id>/lessons/<str:lesson_id>/video/"

urlpatterns = [
    path(_LESSON + "video/", playing.play, name="play"),
    path(_LESSON + "captions/<str:language>.vtt", playing.captions, name="captions"),
    path(_LESSON + "transcript/<str:language>.txt", playing.transcript_text, name="transcript-text"),
    path(_DRAFT, media.video, name="manage-video"),
    path(_DRAFT + "start/", media.start, name="video-start"),
    path(_DRAFT + "parts/", media.parts, name="video-parts"),
    path(_DRAFT + "finish/", media.finish, name="video-finish"),
    path(_DRAFT + "abort/", media.abort, name="video-abort"),
    path(_DRAFT + "returned/", media.returned, name="video-returned"),
    path(_DRAFT + "chapters/", media.chapters, name="video-chapters"),
    path(_DRAFT + "play/", playing.play_draft, name="video-play"),
    path(_DRAFT + "captions/", transcripts.add, name="captions-add"),
    path(_DRAFT + "captions/<str:language>.vtt", playing.draft_captions, name="captions-draft"),
    path(_DRAFT + "captions/<str:language>/remove/", transcripts.remove, name="captions-remove"),
    path(_DRAFT + "captions/<str:language>/keep/", transcripts.keep, name="captions-keep"),
    path(_DRAFT + "transcribe/", transcripts.transcribe, name="transcribe"),
    path(_DRAFT + "transcript/<str:language>/", transcripts.edit, name="transcript-edit"),
]
