"""Forms about files that go with something."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cahiers.documents.intake import MIB
from cahiers.notebooks.intake.forms import Choices, choose
from cahiers.notebooks.intake.forms import SeenForm as VersionForm
from cahiers.ui.forms import CommandForm, SeenForm


class AnnexFields(forms.Form):
    title = forms.CharField(
        label=_("Titre"),
        help_text=_("Vide : le nom du fichier."),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"lang": "fr"}),
    )
    public = forms.BooleanField(
        label=_("Offrir ce fichier à tout le monde, une fois publié ce à quoi il est joint"), required=False
    )


class AnnexForm(AnnexFields, SeenForm):
    pass


class NewAnnexForm(AnnexFields, CommandForm):
    file = forms.FileField(label=_("Fichier"))
    field_order = ("file", "title", "public")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = settings.ANNEX_MAX_BYTES // MIB
        self.fields["file"].help_text = gettext("De %d Mio au plus.") % most

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if (file.size or 0) > settings.ANNEX_MAX_BYTES:
            raise ValidationError(too_large())
        return file


class KeepForm(AnnexFields, VersionForm):
    """A dropped file that becomes an annex."""

    to = forms.ChoiceField(label=_("Joindre à"))
    field_order = ("to", "title", "public")

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "to", places)


def too_large() -> str:
    return gettext("Ce fichier pèse plus de %d Mio.") % (settings.ANNEX_MAX_BYTES // MIB)
