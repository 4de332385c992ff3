"""Forms about documents on their way in: each that corrects carries the version that it has seen."""

from collections.abc import Sequence
from typing import Any, Final, cast
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cahiers.consultations.team.forms import TerritoryField
from cahiers.documents.intake import MIB
from cahiers.territories.models import TerritoryQuerySet

MOST_FILES: Final = 40
#: Bytes: a 60-page synthesis with pictures stays under 20 MiB.
LARGEST_FILE: Final = 20 * MIB
#: Value and words of what can be chosen, or a heading and those that stand under it.
Choices = Sequence[tuple[str, Any]]


class Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, none of them empty or too large."""

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":
        sent = data if isinstance(data, (list, tuple)) else [data]
        if len(sent) > MOST_FILES:
            raise ValidationError(gettext("Pas plus de %d documents à la fois.") % MOST_FILES)
        for file in filter(None, sent):
            # Django's words leave out which of forty it is.
            if not file.size:
                raise ValidationError(gettext("« %s » est vide : rien n’est déposé.") % file.name)
        found = [super(FilesField, self).clean(one, initial) for one in sent or [None]]
        for file in found:
            if (file.size or 0) > LARGEST_FILE:
                limit = {"name": file.name, "most": LARGEST_FILE // MIB}
                raise ValidationError(gettext("« %(name)s » pèse plus de %(most)d Mio.") % limit)
        return found


class DropForm(forms.Form):
    documents = FilesField(
        label=_("Documents"),
        help_text=_("Un ou plusieurs, quarante au plus, de 20 Mio au plus chacun."),
        widget=Files,
    )


class SeenForm(forms.Form):
    """What corrects: sent twice it does so once, and never over what its author has not seen."""

    command = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: int, **kwargs: Any) -> None:
        kwargs["initial"] = {"command": uuid4(), "seen": version, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def renew(self, version: int) -> None:
        """Show again what was sent, over what is there now."""
        sent = cast(QueryDict, self.data).copy()
        sent["command"], sent["seen"] = str(uuid4()), str(version)
        self.data = sent


class SituateForm(forms.Form):
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    territory = TerritoryField(
        label=_("Territoire"),
        help_text=_("Son nom ou son code."),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "territoires", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, among: TerritoryQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["territory"]
        assert isinstance(field, TerritoryField)
        field.among = among


def choose(form: forms.Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)
