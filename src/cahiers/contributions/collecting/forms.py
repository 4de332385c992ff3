"""What every form asks beside its own questions, and the two that ask the same of everyone: short remark and sheet."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from cahiers.contributions.collecting import places
from cahiers.contributions.models import Consent, Form
from cahiers.contributions.sheets import HEADINGS
from cahiers.territories.models import Territory
from cahiers.ui.forms import CommandForm, LinesField

#: Characters of one text: twenty pages, which nobody types by mistake.
LONGEST = 20_000
#: Links of one sheet.
MOST_LINKS = 10
_BARE = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]|$)", re.I)


class AnswerForm(CommandForm):
    """What every form asks beside its own questions; nothing tells who answers."""

    #: Fields shown folded: people in a hurry leave them.
    FOLDED: ClassVar[tuple[str, ...]] = ("place",)
    #: Which a person never sees, or sees at the end.
    ASIDE: ClassVar[tuple[str, ...]] = ("site", "consent")

    receipt = forms.CharField(widget=forms.HiddenInput, min_length=32, max_length=64)
    stamp = forms.CharField(widget=forms.HiddenInput, max_length=200)
    #: Left empty by people, who do not see it.
    site = forms.CharField(required=False, label=_("Laissez ce champ vide"))
    category = forms.ChoiceField(required=False, label=_("Vous êtes"))
    territory = forms.ModelChoiceField(
        Territory.objects.none(), label=_("Territoire"), empty_label=_("Choisissez")
    )
    place = forms.CharField(
        required=False,
        max_length=200,
        label=_("Établissement"),
        help_text=_("Son nom ou son code UAI."),
    )
    consent = forms.ChoiceField(
        widget=forms.RadioSelect,
        label=_("Qui peut lire votre texte ?"),
        choices=[
            (Consent.PUBLIC, _("Tout le monde, sans mon nom")),
            (Consent.INTERNAL, _("L’équipe de la concertation seule")),
        ],
    )

    def __init__(self, *args: Any, form: Form, stamp: str, **kwargs: Any) -> None:
        kwargs["initial"] = {"receipt": uuid4().hex, "stamp": stamp, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.form = form
        known = form.consultation.method.categories
        asked = [one for one in known if not form.categories or one.key in form.categories]
        self._choose(
            "category", [("", _("Je préfère ne pas le dire")), *((c.key, c.short_label) for c in asked)]
        )
        listed = places.choices(form.consultation)
        field = self.fields["territory"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Territory.objects.filter(pk__in=[one.pk for one in listed]).order_by("path")
        self._choose("territory", [("", field.empty_label), *places.as_tree(listed)])
        if len(listed) == 1:
            self.initial.setdefault("territory", listed[0].pk)

    def _choose(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)

    def _themes(self) -> list[tuple[str, Any]]:
        themes = self.form.consultation.themes.all()
        return [("", _("Sans thème en particulier")), *((theme.key, theme.title) for theme in themes)]

    @property
    def number(self) -> UUID:
        """Of the command, and of the submission that it makes."""
        number: UUID = self.cleaned_data["command"]
        return number

    @property
    def upright(self) -> list[forms.BoundField]:
        """Fields that everyone sees."""
        return [one for one in self.visible_fields() if one.name not in (*self.FOLDED, *self.ASIDE)]

    @property
    def folded(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FOLDED if name in self.fields]

    @property
    def unfolds(self) -> bool:
        """Whether something is wrong, or known already, of what is folded."""
        return any(one.errors or one.value() for one in self.folded)


class ShortForm(AnswerForm):
    """One remark of one of the kinds that the method’s first stage has."""

    FOLDED = ("place", "theme")

    kind = forms.ChoiceField(widget=forms.RadioSelect, label=_("C’est plutôt"))
    text = forms.CharField(
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        label=_("En une ou deux phrases"),
    )
    theme = forms.ChoiceField(required=False, label=_("Thème"))

    field_order = ("kind", "text", "category", "territory", "place", "theme", "consent", "site")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stage = self.form.consultation.method.stages[0]
        self._choose("kind", [(column.kind, column.label) for column in stage.columns])
        self._choose("theme", self._themes())


class SheetForm(AnswerForm):
    """A feedback sheet: two or three lines under one of its headings are enough."""

    FOLDED = ("place", "links")

    theme = forms.ChoiceField(required=False, label=_("Thème"))
    title = forms.CharField(max_length=200, label=_("Titre"))
    links = LinesField(
        rows=2,
        required=False,
        label=_("Liens vers une vidéo, un article…"),
        help_text=_("Un par ligne, commençant par https://"),
    )

    field_order = (
        "title",
        *(heading.key for heading in HEADINGS),
        *("theme", "category", "territory", "place", "links", "consent", "site"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for heading in HEADINGS:
            self.fields[heading.key] = forms.CharField(
                required=False,
                max_length=LONGEST,
                label=heading.label,
                help_text=_("Deux ou trois lignes sous l’un des quatre titres suffisent.")
                if heading is HEADINGS[0]
                else "",
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        self.order_fields(self.field_order)
        self._choose("theme", self._themes())

    def clean_links(self) -> list[str]:
        # As people type them: without what every address begins with.
        links = [f"https://{link}" if _BARE.match(link) else link for link in self.cleaned_data["links"]]
        if len(links) > MOST_LINKS:
            raise forms.ValidationError(_("Dix liens au plus."))
        bad = [link for link in links if not link.startswith(("https://", "http://")) or len(link) > 2000]
        if bad:
            raise forms.ValidationError(
                _("« %s » n’est pas une adresse de page : elle commence par https://") % bad[0][:80]
            )
        return links

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not any(self.parts.values()):
            raise forms.ValidationError(_("Écrivez deux ou trois lignes sous l’un des titres."))
        return cleaned

    @property
    def parts(self) -> dict[str, str]:
        """What was said under each heading that something was said under."""
        said = {heading.key: self.cleaned_data.get(heading.key, "") for heading in HEADINGS}
        return {key: text for key, text in said.items() if text}
