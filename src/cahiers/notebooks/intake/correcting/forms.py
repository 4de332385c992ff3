"""Forms that correct what was understood of a document."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cahiers.documents.model import Feedback, Synthesis
from cahiers.documents.normal import tidy
from cahiers.meetings.forms import MeetingForm
from cahiers.methods import Column, Method, Stage
from cahiers.notebooks.editing.sheets import SheetFields
from cahiers.notebooks.intake.corrections.places import Destination
from cahiers.notebooks.intake.forms import Choices, SeenForm, choose
from cahiers.notebooks.intake.pages import ASIDE
from cahiers.notebooks.reception import LARGEST
from cahiers.ui.forms import LinesField

LONGEST_TEXT: Final = 20_000
LONGEST_TITLE: Final = 1_000
#: In the place of a column: a feedback sheet of its own.
SHEET: Final = "sheet"


class NumbersField(forms.CharField):
    """Whole numbers, separated by commas."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> tuple[int, ...]:
        parts = [part for part in re.split(r"[\s,;]+", super().clean(value)) if part]
        if not all(part.isascii() and part.isdigit() and int(part) <= LARGEST for part in parts):
            raise ValidationError(gettext("Des numéros, séparés par des virgules."))
        return tuple(map(int, parts))


class TextForm(SeenForm):
    text = forms.CharField(
        label=_("Énoncé"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "fr"}),
    )
    emphasised = forms.BooleanField(label=_("Particulièrement souligné dans les échanges"), required=False)

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        return line(text) if self.fields["text"].required else text


class ItemForm(TextForm):
    kind = forms.ChoiceField(label=_("Colonne"), widget=forms.RadioSelect)
    row = forms.ChoiceField(label=_("Ligne"))
    rank = forms.IntegerField(
        label=_("Rang"),
        help_text=_("Parmi les énoncés de sa colonne, dans cette ligne."),
        min_value=1,
        required=False,
    )

    def __init__(self, *args: Any, kinds: Choices, rows: Choices, beside: int, **kwargs: Any) -> None:
        """`beside` is how many items its cell holds."""
        super().__init__(*args, **kwargs)
        choose(self, "kind", kinds)
        choose(self, "row", rows)
        if beside < 2:
            del self.fields["rank"]

    def ask_nothing(self) -> None:
        """Accept any text: the item is to be set aside as it is."""
        for name in self.fields.keys() - SeenForm.base_fields.keys():
            self.fields[name].required = False


class NewItemForm(TextForm):
    kind = forms.ChoiceField(label=_("Colonne"), widget=forms.RadioSelect)
    row = forms.IntegerField(
        label=_("Ligne"),
        help_text=_("Son numéro dans ce tableau ; vide : une nouvelle ligne, à la fin."),
        min_value=1,
        required=False,
    )

    def __init__(self, *args: Any, kinds: Choices, rows: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "kind", kinds)
        self.rows = rows

    def clean_row(self) -> int | None:
        row: int | None = self.cleaned_data["row"]
        if row and row > self.rows:
            raise ValidationError(gettext("Ce tableau n’a que %d lignes.") % self.rows)
        return row


class DestinationForm(SeenForm):
    """A theme, a column, and a row by its number."""

    theme = forms.ChoiceField(label=_("Thème"))
    column = forms.ChoiceField(label=_("Colonne"))
    row = NewItemForm.declared_fields["row"]

    def __init__(self, *args: Any, synthesis: Synthesis, method: Method, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.synthesis = synthesis
        choose(self, "theme", theme_choices(synthesis))
        choose(self, "column", column_choices(method))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "theme" in given and " " in given.get("column", "") and given.get("row"):
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
    """The same for words that no cell holds; they may be a feedback sheet too."""

    text = TextForm.declared_fields["text"]
    emphasised = TextForm.declared_fields["emphasised"]
    field_order = ("text", "emphasised", "theme", "column", "row")

    def __init__(self, *args: Any, method: Method, **kwargs: Any) -> None:
        super().__init__(*args, method=method, **kwargs)
        if method.feedback:
            sheet = (method.feedback.title, [(SHEET, gettext("Une nouvelle fiche"))])
            choose(self, "column", [*column_choices(method), sheet])

    def clean_text(self) -> str:
        return paragraphs(self.cleaned_data["text"])

    def sheet(self) -> Feedback | None:
        """Of a valid form; None where it asks for a statement."""
        if self.cleaned_data["column"] != SHEET:
            return None
        return Feedback(number=None, scope=None, text=self.cleaned_data["text"], links=())


class RowForm(SeenForm):
    name = forms.CharField(
        label=_("Nom de la ligne"),
        help_text=_("Facultatif : quelques mots qui la distinguent des autres."),
        required=False,
        max_length=LONGEST_TITLE,
        widget=forms.TextInput(attrs={"lang": "fr"}),
    )
    feedback = NumbersField(
        label=_("Retours d’expérience cités"),
        help_text=_("Leurs numéros, séparés par des virgules, par exemple : 1, 4."),
        required=False,
        max_length=LONGEST_TITLE,
    )
    feedback_text = LinesField(
        label=_("Notes à la place des numéros"), help_text=_("Une par ligne."), required=False, rows=3
    )

    def clean_name(self) -> str | None:
        return tidy(self.cleaned_data["name"]) or None

    def clean_feedback_text(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["feedback_text"])


class SplitForm(SeenForm):
    """For each kind that the row holds, the first of its items that goes to the new row."""

    def __init__(self, *args: Any, kinds: Mapping[str, tuple[str, Choices]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, (label, choices) in kinds.items():
            stays = ("", gettext("Rien ne passe dans la nouvelle ligne"))
            self.fields[kind] = forms.ChoiceField(label=label, required=False, choices=[stays, *choices])
        self.kinds = tuple(kinds)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not any(given[kind] for kind in self.kinds):
            raise ValidationError(gettext("Choisissez où commence la nouvelle ligne."))
        return given

    def at(self) -> dict[str, int]:
        """Index by kind; of a valid form."""
        return {kind: int(self.cleaned_data[kind]) for kind in self.kinds if self.cleaned_data[kind]}


class MoveRowForm(SeenForm):
    theme = forms.ChoiceField(label=_("Thème"))
    row = forms.IntegerField(
        label=_("Place dans le tableau"),
        help_text=_("Le numéro qu’elle y portera ; vide : à la fin."),
        min_value=1,
        required=False,
    )

    def __init__(self, *args: Any, synthesis: Synthesis, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "theme", theme_choices(synthesis))


class CarryRowForm(SeenForm):
    """For each kind that the row holds, the column of another stage where its items go."""

    def __init__(self, *args: Any, held: Sequence[Column], stage: Stage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Nothing is chosen for a kind that the stage has not: two lists would run together unseen.
        offered = [
            ("", gettext("Choisissez une colonne")),
            *((one.kind, one.plural) for one in stage.columns),
        ]
        for column in held:
            self.fields[column.kind] = forms.ChoiceField(
                label=column.plural,
                choices=offered,
                initial=column.kind if column.kind in stage.kinds else "",
            )
        self.held = tuple(column.kind for column in held)
        self.fields["row"] = MoveRowForm.base_fields["row"]

    def kinds(self) -> dict[str, str]:
        """Of a valid form."""
        return {kind: self.cleaned_data[kind] for kind in self.held}


class TickForm(SeenForm):
    """Doubts by their numbers."""

    ticked = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, *args: Any, doubts: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "ticked", [(str(number), str(number)) for number in range(1, doubts + 1)])


class SheetForm(SheetFields, SeenForm):
    theme = forms.ChoiceField(label=_("Thème"))

    def __init__(self, *args: Any, synthesis: Synthesis, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "theme", theme_choices(synthesis))
        # A document may hold a sheet that is a link alone.
        self.fields["text"].required = False

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        told = given.get("text") or given.get("links") or self.data.get("do") == ASIDE
        if not self.errors and not told:
            self.add_error("text", gettext("Écrivez ce que dit la fiche, ou donnez son lien."))
        return given

    def sheet(self) -> Feedback:
        """Of a valid form."""
        given = self.cleaned_data
        return Feedback(
            number=given["number"],
            scope=tidy(given["scope"]) or None,
            text=given["text"],
            links=tuple(given["links"]),
        )


class SessionForm(SeenForm):
    """A session form but its days and its participants, which are lines of their own."""

    label = MeetingForm.declared_fields["label"]
    dates_text = MeetingForm.declared_fields["dates_text"]
    format = MeetingForm.declared_fields["format"]
    facilitators = MeetingForm.declared_fields["facilitators"]

    def clean_label(self) -> str:
        return tidy(self.cleaned_data["label"])


class HeadForm(SeenForm):
    territory = forms.CharField(
        label=_("Le territoire, comme le document le nomme"),
        required=False,
        max_length=LONGEST_TITLE,
        widget=forms.TextInput(attrs={"lang": "fr"}),
    )
    consultation = forms.CharField(
        label=_("La concertation, comme le document la nomme"),
        required=False,
        max_length=LONGEST_TITLE,
        widget=forms.TextInput(attrs={"lang": "fr"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        return given | {name: tidy(given.get(name)) or None for name in ("territory", "consultation")}


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

    def clean_key(self) -> str | None:
        return self.cleaned_data["key"] or None

    def clean_title(self) -> str:
        return tidy(self.cleaned_data["title"])


def theme_choices(synthesis: Synthesis) -> list[tuple[str, str]]:
    return [
        (str(index), theme.title or gettext("Sans titre")) for index, theme in enumerate(synthesis.themes)
    ]


def column_choices(method: Method) -> list[tuple[str, Any]]:
    return [
        (stage.title, [(f"{stage.key} {column.kind}", column.plural) for column in stage.columns])
        for stage in method.stages
    ]


def line(text: str) -> str:
    """On one line. Raises ValidationError where nothing is left."""
    return " ".join(paragraphs(text).split("\n"))


def paragraphs(text: str) -> str:
    """One a line. Raises ValidationError where nothing is left."""
    tidied = "\n".join(filter(None, map(tidy, text.splitlines())))
    if not tidied:
        raise ValidationError(gettext("Écrivez l’énoncé, ou mettez-le de côté."))
    return tidied
