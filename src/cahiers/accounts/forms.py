"""Forms about signing in and one's account."""

import re

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=_("Adresse électronique"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class CodeForm(forms.Form):
    """Spaces and dashes that people type or paste between the digits are no mistake."""

    digits = forms.CharField(
        label=_("Code à six chiffres"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "digits"}
        ),
    )

    def clean_digits(self) -> str:
        digits = re.sub(r"[\s.\-]", "", self.cleaned_data["digits"])
        if not re.fullmatch(r"[0-9]{6}", digits):
            raise ValidationError(_("Le code compte six chiffres."))
        return digits


class ProfileForm(forms.Form):
    display_name = forms.CharField(
        label=_("Nom"),
        help_text=_("Celui que voient vos collègues."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Langue"),
        choices=[("", _("Celle que je choisis en bas des pages")), *settings.LANGUAGES],
        required=False,
        widget=forms.RadioSelect,
    )
