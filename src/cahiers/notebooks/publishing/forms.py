"""Forms of organisers."""

from django import forms
from django.utils.translation import gettext_lazy

from cahiers.ui.forms import CommandForm


class PublishForm(CommandForm):
    #: Digest of the draft that was looked at.
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    note = forms.CharField(
        label=gettext_lazy("Ce que cette édition a de nouveau"),
        help_text=gettext_lazy("Facultatif : quelques phrases que le public lira au-dessus du cahier."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "fr"}),
    )


class WithdrawForm(CommandForm):
    reason = forms.CharField(
        label=gettext_lazy("Pourquoi la retirer"),
        help_text=gettext_lazy("Le public le lira à l’adresse de cette édition."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "fr"}),
    )
