"""What authors say about a video: its captions, its chapters, whether a machine is to listen to it."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from content.file_forms import FinishForm
from lms.rules.captions import MOST_BYTES
from lms.rules.media import LANGUAGES
from lms.services.transcripts import MOST_LABEL


class VideoFinishForm(FinishForm):
    transcribe = forms.BooleanField(required=False)
    language = forms.ChoiceField(choices=tuple(LANGUAGES.items()), required=False)


class TranscribeForm(forms.Form):
    """Also stands beside the place where a video is dropped, and then says what to do once it is there."""

    language = forms.ChoiceField(label=_("Language that is spoken"), choices=tuple(LANGUAGES.items()))


class CaptionsForm(forms.Form):
    file = forms.FileField(
        label=_("Caption file"),
        help_text=_("WebVTT (.vtt) or SubRip (.srt), up to 1 MB."),
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=tuple(LANGUAGES.items()))
    label = forms.CharField(
        label=_("Label"),
        required=False,
        max_length=MOST_LABEL,
        help_text=_("What learners choose in the player, such as “English (simple)”."),
    )

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 1 MB, which no captions are."))
        return file


class ChaptersForm(forms.Form):
    stale = False

    chapters = forms.CharField(
        label=_("Chapters"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": "00:00 Why it matters"}),
        help_text=_("One a line: the time it begins, then its title."),
    )
    seen_rev = forms.IntegerField(widget=forms.HiddenInput)
