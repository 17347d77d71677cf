"""Video, captions and transcripts of lessons."""

from __future__ import annotations

from django.urls import path

from lms.views import media, playing, thumbnails, transcripts

_LESSON = "courses/<slug:course_id>/lessons/<slug:lesson_id>/"
_DRAFT = "manage/<slug:course_id>/lessons/<slug:lesson_id>/video/"

_PICTURE = "manage/<slug:course_id>/thumbnail/"

urlpatterns = [
    path("courses/<slug:course_id>/thumbnail/", thumbnails.thumbnail, name="thumbnail"),
    path(_PICTURE, thumbnails.manage, name="manage-thumbnail"),
    path(_PICTURE + "start/", thumbnails.start, name="thumbnail-start"),
    path(_PICTURE + "parts/", thumbnails.parts, name="thumbnail-parts"),
    path(_PICTURE + "finish/", thumbnails.finish, name="thumbnail-finish"),
    path(_PICTURE + "abort/", thumbnails.abort, name="thumbnail-abort"),
    path(_PICTURE + "returned/", thumbnails.returned, name="thumbnail-returned"),
    path(_PICTURE + "remove/", thumbnails.remove, name="thumbnail-remove"),
    path(_LESSON + "video/", playing.play, name="play"),
    path(_LESSON + "captions/<slug:language>.vtt", playing.captions, name="captions"),
    path(_LESSON + "transcript/<slug:language>.txt", playing.transcript_text, name="transcript-text"),
    path(_DRAFT, media.video, name="manage-video"),
    path(_DRAFT + "start/", media.start, name="video-start"),
    path(_DRAFT + "parts/", media.parts, name="video-parts"),
    path(_DRAFT + "finish/", media.finish, name="video-finish"),
    path(_DRAFT + "abort/", media.abort, name="video-abort"),
    path(_DRAFT + "returned/", media.returned, name="video-returned"),
    path(_DRAFT + "chapters/", media.chapters, name="video-chapters"),
    path(_DRAFT + "play/", playing.play_draft, name="video-play"),
    path(_DRAFT + "captions/", transcripts.add, name="captions-add"),
    path(_DRAFT + "captions/<slug:language>.vtt", playing.draft_captions, name="captions-draft"),
    path(_DRAFT + "captions/<slug:language>/remove/", transcripts.remove, name="captions-remove"),
    path(_DRAFT + "captions/<slug:language>/keep/", transcripts.keep, name="captions-keep"),
    path(_DRAFT + "transcribe/", transcripts.transcribe, name="transcribe"),
    path(_DRAFT + "transcript/<slug:language>/", transcripts.edit, name="transcript-edit"),
]
