"""Forms about a consultation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cahiers import methods
from cahiers.consultations.actions import Window
from cahiers.territories.addresses import slug_of
from cahiers.territories.models import Level
from cahiers.ui.forms import CommandForm, DayInput, LinesField, MomentInput, SeenForm


class Settings(forms.Form):
    """What can be told of a consultation when it is made, and changed later."""

    title = forms.CharField(label=_("Titre"), max_length=300, widget=forms.TextInput(attrs={"lang": "fr"}))
    slug = forms.CharField(
        label=_("Adresse"),
        help_text=_("Quelques mots, par exemple : ecole-et-numerique. Vide : faite du titre."),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    description = forms.CharField(
        label=_("Présentation"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5, "lang": "fr"}),
    )
    opens = forms.DateField(label=_("Premier jour"), required=False, widget=DayInput())
    closes = forms.DateField(label=_("Dernier jour"), required=False, widget=DayInput())

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        opens, closes = given.get("opens"), given.get("closes")
        if opens and closes and closes < opens:
            self.add_error("closes", _("Le dernier jour vient avant le premier."))
        if "slug" in given and "title" in given:
            given["slug"] = slug_of(given["slug"] or given["title"])
            if not given["slug"]:
                self.add_error("slug", _("Une adresse compte au moins une lettre ou un chiffre."))
        return given


class NewForm(Settings, CommandForm):
    method_key = forms.ChoiceField(label=_("Méthode"), widget=forms.RadioSelect)
    field_order = ("command", "method_key", "title", "slug", "description", "opens", "closes")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["method_key"]
        assert isinstance(field, forms.ChoiceField)
        installed = methods.keys()
        field.choices = [(key, _told(methods.get(key))) for key in installed]


class SettingsForm(Settings, SeenForm):
    field_order = ("command", "seen", "title", "slug", "description", "opens", "closes")

    def __init__(self, *args: Any, published: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if published:
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = _(
                "Elle ne change plus une fois la concertation publiée : des courriers la citent."
            )


class WindowsForm(SeenForm):
    """Two moments a stage, in the time zone that is current."""

    def __init__(self, *args: Any, stages: tuple[methods.Stage, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stages = stages
        for stage in stages:
            for end, label in (("opens", _("%s : ouvre le")), ("closes", _("%s : ferme le"))):
                self.fields[f"{stage.key}-{end}"] = forms.DateTimeField(
                    label=label % stage.title, required=False, widget=MomentInput()
                )

    def clean(self) -> dict[str, Any]:
        for stage in self.stages:
            opens, closes = (self.cleaned_data.get(f"{stage.key}-{end}") for end in ("opens", "closes"))
            if opens and closes and closes <= opens:
                self.add_error(f"{stage.key}-closes", _("L’étape fermerait avant d’ouvrir."))
        return self.cleaned_data

    def windows(self) -> dict[str, Window]:
        return {
            stage.key: Window(
                opens=self.cleaned_data[f"{stage.key}-opens"], closes=self.cleaned_data[f"{stage.key}-closes"]
            )
            for stage in self.stages
        }


class SearchForm(forms.Form):
    """Which territories to show."""

    q = forms.CharField(
        label=_("Nom ou code"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    niveau = forms.ChoiceField(
        label=_("Niveau"), required=False, choices=[("", _("Tous les niveaux")), *Level.choices]
    )


class ThemeFields(forms.Form):
    title = forms.CharField(label=_("Titre"), max_length=300, widget=forms.TextInput(attrs={"lang": "fr"}))
    aliases = LinesField(
        label=_("Autres titres"),
        help_text=_("Un par ligne : titres abrégés que les documents emploient, pour les reconnaître."),
        required=False,
    )
    place = forms.TypedChoiceField(label=_("Place"), coerce=int)

    def set_places(self, count: int) -> None:
        field = self.fields["place"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(number, str(number)) for number in range(1, count + 1)]


class NewThemeForm(ThemeFields, CommandForm):
    pass


class ThemeForm(ThemeFields, SeenForm):
    pass


def _told(method: methods.Method) -> str:
    return f"{method.title} : {' → '.join(stage.title for stage in method.stages)}"
