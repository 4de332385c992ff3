"""Forms that edit a notebook: each carries a command of its own and, but for what is new, the revision seen."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cahiers.documents.normal import tidy
from cahiers.notebooks.actions.revising import LONGEST
from cahiers.notebooks.reception import LARGEST
from cahiers.ui.forms import CommandForm, SeenForm

#: Value and words of what can be chosen, or a heading and those that stand under it.
Choices = Sequence[tuple[str, Any]]


class LineField(forms.CharField):
    """Text that is kept on one line, however it was typed."""

    def __init__(self, **given: Any) -> None:
        super().__init__(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4, "lang": "fr"}), **given)

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value))


class TextForm(SeenForm):
    text = LineField(label=gettext_lazy("Énoncé"))


class StatementForm(CommandForm):
    kind = forms.ChoiceField(label=gettext_lazy("Colonne"), widget=forms.RadioSelect)
    text = LineField(label=gettext_lazy("Énoncé"))
    emphasised = forms.BooleanField(
        label=gettext_lazy("Particulièrement souligné dans les échanges"), required=False
    )

    def __init__(self, *args: Any, kinds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "kind", kinds)


class SplitForm(SeenForm):
    text = forms.CharField(
        label=gettext_lazy("Énoncé"),
        help_text=gettext_lazy(
            "Allez à la ligne (touche Entrée) là où l’énoncé se divise : chaque ligne devient un énoncé."
        ),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "lang": "fr"}),
    )

    def clean_text(self) -> list[str]:
        lines = [line for line in map(tidy, self.cleaned_data["text"].splitlines()) if line]
        if len(lines) < 2:
            raise ValidationError(_("Allez à la ligne là où l’énoncé se divise."))
        return lines


class MergeForm(TextForm):
    #: Codes and revisions of the others: code:uuid, separated by commas.
    others = forms.CharField(widget=forms.HiddenInput)

    def clean_others(self) -> dict[str, UUID]:
        try:
            pairs = [pair.split(":", 1) for pair in self.cleaned_data["others"].split(",")]
            return {code: UUID(revision) for code, revision in pairs}
        except ValueError:
            raise ValidationError(_("Choisissez de nouveau les énoncés à fusionner.")) from None


class MoveForm(SeenForm):
    row = forms.ChoiceField(label=gettext_lazy("Ligne"))
    kind = forms.ChoiceField(label=gettext_lazy("Colonne"), widget=forms.RadioSelect)
    before = forms.ChoiceField(
        label=gettext_lazy("Rang dans sa liste"),
        help_text=gettext_lazy(
            "S’il reste dans la même colonne de la même ligne ; ailleurs, il se met à la fin."
        ),
        required=False,
    )

    def __init__(self, *args: Any, rows: Choices, kinds: Choices, orders: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "row", rows)
        choose(self, "kind", kinds)
        choose(self, "before", orders)
        if not orders:
            del self.fields["before"]


class NameField(forms.CharField):
    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Nom de la ligne"),
            help_text=gettext_lazy("Facultatif : quelques mots qui la distinguent des autres."),
            required=False,
            max_length=200,
        )


class NameForm(SeenForm):
    name = NameField()


class CiteForm(SeenForm):
    numbers = forms.CharField(
        label=gettext_lazy("Numéros"),
        help_text=gettext_lazy("Séparés par des virgules, par exemple : 1, 4."),
        required=False,
        max_length=200,
    )

    def clean_numbers(self) -> list[int]:
        parts = re.split(r"[\s,;]+", self.cleaned_data["numbers"].strip(" ,;"))
        try:
            numbers = [int(part) for part in parts if part]
        except ValueError:
            raise ValidationError(_("Des numéros, séparés par des virgules.")) from None
        if any(not 0 <= number <= LARGEST for number in numbers):
            raise ValidationError(_("Des numéros, séparés par des virgules."))
        return numbers


class RowForm(CommandForm):
    name = NameField()
    before = forms.ChoiceField(label=gettext_lazy("Place"), required=False)

    def __init__(self, *args: Any, orders: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "before", orders)


class MoveRowForm(SeenForm):
    before = forms.ChoiceField(label=gettext_lazy("Place"), required=False)

    def __init__(self, *args: Any, orders: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "before", orders)


def choose(form: forms.Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)
