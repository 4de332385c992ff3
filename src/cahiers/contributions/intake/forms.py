"""Forms about tables on their way in."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cahiers.consultations.models import Consultation
from cahiers.consultations.team.forms import TerritoryField
from cahiers.contributions.intake import columns, matching
from cahiers.contributions.intake.matching import Unknown
from cahiers.contributions.intake.models import SavedMapping
from cahiers.contributions.models import Channel, Consent
from cahiers.contributions.tables import Column
from cahiers.territories.models import Territory, TerritoryQuerySet

#: Bytes of one file: a national survey stays under 100 MiB. Larger ones are for the command line.
LARGEST: Final = 200 << 20
#: Channels that a table may have come by.
CHANNELS: Final = (
    Channel.IMPORT, Channel.SURVEY, Channel.FORM, Channel.LETTER, Channel.PHONE, Channel.PAPER,
)  # fmt: skip


class DropForm(forms.Form):
    table = forms.FileField(
        label=gettext_lazy("Tableau"),
        help_text=gettext_lazy("CSV, XLSX, ODS, JSON ou ZIP, de 200 Mio au plus."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ods,.json,.zip"}),
    )
    structure = forms.FileField(
        label=gettext_lazy("Structure LimeSurvey"),
        help_text=gettext_lazy("Facultatif : le fichier .lss, pour lire les réponses en toutes lettres."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".lss"}),
    )
    saved = forms.ModelChoiceField(
        SavedMapping.objects.none(),
        label=gettext_lazy("Correspondance"),
        required=False,
        empty_label=gettext_lazy("Celle que le tableau propose"),
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["saved"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = consultation.table_mappings.all()
        if not field.queryset.exists():
            del self.fields["saved"]

    def clean_table(self) -> "UploadedFile[bytes]":
        sent: UploadedFile[bytes] = self.cleaned_data["table"]
        if (sent.size or 0) > LARGEST:
            raise forms.ValidationError(
                _("Ce fichier est trop lourd pour cette page : voyez la ligne de commande.")
            )
        return sent


class GivenForm(forms.Form):
    """What holds for the whole file."""

    table = forms.TypedChoiceField(label=gettext_lazy("Feuille ou tableau"), coerce=int)
    territory = TerritoryField(
        label=gettext_lazy("Territoire"),
        help_text=gettext_lazy("D’où vient ce qui ne nomme aucun lieu ; rien n’est rattaché hors de lui."),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "territoires", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Nature des textes"),
        help_text=gettext_lazy("Là où une colonne ne la dit pas."),
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("Canal"), choices=[(one.value, one.label) for one in CHANNELS]
    )
    consent = forms.ChoiceField(
        label=gettext_lazy("Qui peut lire ces textes ?"),
        help_text=gettext_lazy(
            "Selon ce qui a été annoncé aux personnes quand elles ont répondu ; une colonne d’accord, si vous la"
            " choisissez, décide ligne par ligne."
        ),
        choices=Consent.choices,
    )
    reads_before = forms.BooleanField(label=gettext_lazy("Les relire avant de les publier"), required=False)
    month_first = forms.BooleanField(
        label=gettext_lazy("Les dates disent le mois avant le jour"), required=False
    )

    def __init__(
        self,
        *args: Any,
        consultation: Consultation,
        among: TerritoryQuerySet,
        tables: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        territory = self.fields["territory"]
        assert isinstance(territory, TerritoryField)
        territory.among = among
        _choose(self, "kind", columns.kinds(consultation))
        _choose(self, "table", list(enumerate(tables)))
        if len(tables) == 1:
            self.fields["table"].widget = forms.HiddenInput()


class ColumnsForm(forms.Form):
    """A role for each of a few columns."""

    def __init__(
        self,
        *args: Any,
        consultation: Consultation,
        shown: Sequence[Column],
        roles: dict[int, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.shown = shown
        offered = columns.choices(consultation)
        for column in shown:
            self.fields[f"c{column.index}"] = forms.ChoiceField(
                label=column.name, required=False, choices=offered, initial=roles[column.index]
            )

    @property
    def lines(self) -> list[tuple[Column, forms.BoundField]]:
        return [(column, self[f"c{column.index}"]) for column in self.shown]

    @property
    def roles(self) -> dict[int, str]:
        return {column.index: self.cleaned_data[f"c{column.index}"] for column in self.shown}


class NamesForm(forms.Form):
    """What each of a few unknown names stands for; what is left empty stays unknown."""

    IGNORE = "-"

    def __init__(
        self,
        *args: Any,
        consultation: Consultation,
        within: TerritoryQuerySet,
        shown: Sequence[tuple[int, Unknown]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.shown = shown
        self._known = {
            matching.CATEGORY: [(one.key, one.short_label) for one in consultation.method.categories],
            matching.THEME: [(one.key, one.title) for one in consultation.themes.all()],
            matching.KIND: columns.kinds(consultation),
        }
        near = within.filter(
            uuid__in=[key for _at, one in shown for key in one.near if one.target == "territory"]
        )
        self._places = {str(one.uuid): one for one in near}
        for at, one in shown:
            self.fields[f"n{at}"] = self._field(one, within)

    def _field(self, one: Unknown, within: TerritoryQuerySet) -> forms.Field:
        first = one.near[0] if one.near else ""
        if one.target != matching.TERRITORY:
            offered = [
                ("", _("À choisir")),
                (self.IGNORE, _("Ne pas en tenir compte")),
                *self._known[one.target],
            ]
            return forms.ChoiceField(label=one.text, required=False, choices=offered, initial=first)
        field = PlaceField(label=one.text, required=False, max_length=200)
        field.among = within
        if place := self._places.get(first):
            field.initial = place.code or place.name
            named = ", ".join(
                f"{self._places[key].name} ({self._places[key].code})"
                for key in one.near[:3]
                if key in self._places
            )
            field.help_text = _("Proche de : %s") % named
        return field

    @property
    def lines(self) -> list[tuple[Unknown, forms.BoundField]]:
        return [(one, self[f"n{at}"]) for at, one in self.shown]

    @property
    def chosen(self) -> Iterable[tuple[str, str, str]]:
        """Target, text and key of each that was answered."""
        for at, one in self.shown:
            said = self.cleaned_data.get(f"n{at}")
            if isinstance(said, Territory):
                yield one.target, one.text, str(said.uuid)
            elif said == self.IGNORE:
                yield one.target, one.text, ""
            elif said:
                yield one.target, one.text, said


class PlaceField(TerritoryField):
    """A territory, or "-" for none."""

    def clean(self, value: Any) -> Any:
        return NamesForm.IGNORE if str(value).strip() == NamesForm.IGNORE else super().clean(value)


class SaveForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Garder cette correspondance sous le nom"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def _choose(form: forms.Form, name: str, offered: Sequence[tuple[Any, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(offered)
