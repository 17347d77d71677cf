from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.rules.certificates import normal_code
from lms.services.certificates import MOST_REASON

_LONGEST = 100


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Verification code"),
        max_length=_LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("28 letters and digits, as printed on the certificate. Capitals, dashes and spaces do not matter."),
    )

    def clean_code(self) -> str:
        code = normal_code(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(_("That is not a complete code. It has 28 letters and digits."))
        return code


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Kept in the audit log, and shown to the holder. Whoever verifies the certificate does not see it."
        ),
    )
