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
from cahiers.documents.model import Synthesis
from cahiers.documents.normal import tidy
from cahiers.methods import Method
from cahiers.notebooks.intake.corrections import Destination
from cahiers.notebooks.reception import LARGEST
from cahiers.territories.models import TerritoryQuerySet

MOST_FILES: Final = 40
#: Bytes: a 60-page synthesis with pictures stays under 20 MiB.
LARGEST_FILE: Final = 20 * MIB
LONGEST_TEXT: Final = 20_000
LONGEST_TITLE: Final = 1_000
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


class ItemForm(SeenForm):
    text = forms.CharField(
        label=_("Énoncé"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "fr"}),
    )
    emphasised = forms.BooleanField(label=_("Particulièrement souligné dans les échanges"), required=False)
    kind = forms.ChoiceField(label=_("Colonne"), widget=forms.RadioSelect)
    row = forms.ChoiceField(label=_("Ligne"))

    def __init__(self, *args: Any, kinds: Choices, rows: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "kind", kinds)
        choose(self, "row", rows)

    def ask_nothing(self) -> None:
        """Accept any text: the item is to be set aside as it is."""
        for name in ("text", "kind", "row"):
            self.fields[name].required = False

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        return line(text) if self.fields["text"].required else text


class DestinationForm(SeenForm):
    """A theme, a column, and a row by its number."""

    theme = forms.ChoiceField(label=_("Thème"))
    column = forms.ChoiceField(label=_("Colonne"))
    row = forms.IntegerField(
        label=_("Ligne"),
        help_text=_("Son numéro dans ce tableau ; vide : une nouvelle ligne, à la fin."),
        min_value=1,
        required=False,
    )

    def __init__(self, *args: Any, synthesis: Synthesis, method: Method, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.synthesis = synthesis
        choose(self, "theme", theme_choices(synthesis))
        columns = [
            (stage.title, [(f"{stage.key} {column.kind}", column.plural) for column in stage.columns])
            for stage in method.stages
        ]
        choose(self, "column", columns)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "theme" in given and "column" in given and given.get("row"):
            stage = given["column"].split(" ")[0]
            rows = len(self.synthesis.themes[int(given["theme"])].stages.get(stage, ()))
            if given["row"] > rows:
                self.add_error("row", gettext("Ce tableau n’a que %d lignes.") % rows)
        return given

    def destination(self) -> Destination:
        """Of a valid form."""
        stage, kind = self.cleaned_data["column"].split(" ")
        row = self.cleaned_data["row"]
        return Destination(
            theme=int(self.cleaned_data["theme"]), stage=stage, kind=kind, row=row - 1 if row else None
        )


class PlaceForm(DestinationForm):
    text = ItemForm.declared_fields["text"]
    emphasised = ItemForm.declared_fields["emphasised"]

    def clean_text(self) -> str:
        return line(self.cleaned_data["text"])


class ThemeForm(SeenForm):
    key = forms.ChoiceField(label=_("Thème de la concertation"), required=False)
    number = forms.IntegerField(
        label=_("Numéro"),
        help_text=_("Celui que le document lui donne, s’il en donne un."),
        min_value=0,
        max_value=LARGEST,
        required=False,
    )
    title = forms.CharField(label=_("Titre"), max_length=LONGEST_TITLE, required=False)

    def __init__(self, *args: Any, method: Method, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = ("", gettext("Aucun : un thème propre à ce document"))
        choose(self, "key", [none, *((theme.key, theme.title) for theme in method.themes)])

    def clean_title(self) -> str:
        return tidy(self.cleaned_data["title"])


def theme_choices(synthesis: Synthesis) -> list[tuple[str, str]]:
    return [
        (str(index), theme.title or gettext("Sans titre")) for index, theme in enumerate(synthesis.themes)
    ]


def line(text: str) -> str:
    """On one line. Raises ValidationError where nothing is left."""
    tidied = tidy(text)
    if not tidied:
        raise ValidationError(gettext("Écrivez l’énoncé, ou mettez-le de côté."))
    return tidied


def choose(form: forms.Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)
