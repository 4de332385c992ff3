"""The form of a meeting, as the template has it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from cahiers.consultations.team.forms import TerritoryField
from cahiers.documents import model
from cahiers.documents.dates import read_dates
from cahiers.documents.normal import tidy
from cahiers.documents.session_form import is_note_about_facilitators, read_facilitator, surveyed_in
from cahiers.meetings.models import MeetingFormat
from cahiers.methods import Category, Method
from cahiers.territories.models import TerritoryQuerySet
from cahiers.ui.forms import DayInput, LinesField, SeenForm

#: What databases keep, and more than any hall holds.
LARGEST = 1_000_000


class MeetingForm(SeenForm):
    """All of the form but its days and its participants, which are lines of their own."""

    label = forms.CharField(
        label=_("Nom de la session"),
        help_text=_("Par exemple : Collèges du bassin d’Ormance. Vide : le nom du territoire."),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"lang": "fr"}),
    )
    territory = TerritoryField(
        label=_("Territoire"),
        help_text=_("Son nom ou son code."),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "territoires", "autocomplete": "off"}),
    )
    dates_text = LinesField(
        label=_("Dates et lieux"),
        help_text=_("Une par ligne, comme vous l’écririez : « 12 octobre 2026, collège des Tilleuls »."),
        required=False,
        max_length=2_000,
        rows=3,
    )
    format = forms.ChoiceField(
        label=_("Format"),
        required=False,
        choices=[("", _("Non précisé")), *MeetingFormat.choices],
        widget=forms.RadioSelect,
    )
    facilitators = LinesField(
        label=_("Animation"),
        help_text=_("Une personne par ligne : Nom (précision), fonction."),
        required=False,
        rows=3,
    )

    def __init__(self, *args: Any, among: TerritoryQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["territory"]
        assert isinstance(field, TerritoryField)
        field.among = among


class DayForm(forms.Form):
    """A day or a run of days as it was read, to be put right."""

    #: What a list of mistakes calls the line.
    title = ""

    start = forms.DateField(label=_("Du"), required=False, widget=DayInput())
    end = forms.DateField(label=_("Au"), required=False, widget=DayInput())
    place = forms.CharField(label=_("Lieu"), required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        start, end = given.get("start"), given.get("end")
        if (end or given.get("place")) and not start and "start" not in self.errors:
            self.add_error("start", _("Il manque le premier jour."))
        elif start and end and end < start:
            self.add_error("end", _("Le dernier jour vient avant le premier."))
        return given

    def day(self) -> model.MeetingDate | None:
        given = self.cleaned_data
        start = given["start"]
        if start is None:
            return None
        return model.MeetingDate(start=start, end=given["end"] or start, place=tidy(given["place"]) or None)


class AttendanceForm(forms.Form):
    """A line of participants."""

    checked = forms.BooleanField(label=_("Présents à la session"), required=False)
    count = forms.IntegerField(label=_("Nombre"), required=False, min_value=0, max_value=LARGEST)
    establishments = forms.IntegerField(
        label=_("Établissements"), required=False, min_value=0, max_value=LARGEST
    )
    surveyed = forms.IntegerField(
        label=_("Dont réponses à une enquête"), required=False, min_value=0, max_value=LARGEST
    )
    note = forms.CharField(label=_("Détail"), required=False, max_length=2_000)

    def __init__(self, data: Any, *, prefix: str, line: model.Participant, category: Category | None) -> None:
        names = ("checked", "count", "establishments", "surveyed", "note")
        super().__init__(data, prefix=prefix, initial={name: getattr(line, name) for name in names})
        self.line = line
        self.title = category.short_label if category else line.label
        if category and not category.counts_establishments and line.establishments is None:
            del self.fields["establishments"]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        count, surveyed = given.get("count"), given.get("surveyed")
        if surveyed is not None and count is not None and surveyed > count:
            self.add_error("surveyed", _("Plus de réponses que de personnes."))
        return given

    def participant(self) -> model.Participant:
        """What is said of a survey in the detail counts too, as in documents."""
        given = self.cleaned_data
        note = tidy(given["note"] or "") or None
        surveyed = given["surveyed"]
        return replace(
            self.line,
            checked=given["checked"],
            count=given["count"],
            establishments=given.get("establishments"),
            surveyed=surveyed_in(note) if surveyed is None else surveyed,
            note=note,
        )


def lines_of(form: model.Meeting | None, method: Method) -> list[tuple[model.Participant, Category | None]]:
    """Lines of participants to fill in: those of the method in its order, then any other that the meeting has."""
    held = list(form.participants) if form else []
    lines: list[tuple[model.Participant, Category | None]] = []
    for category in method.categories:
        found = next((line for line in held if line.category == category.key), None)
        if found is not None:
            held.remove(found)
        lines.append((found or _blank(category), category))
    return [*lines, *((line, None) for line in held)]


def told_by(given: dict[str, Any], held: model.Meeting | None) -> model.Meeting:
    """The session form that was filled in; lines of dates that did not change mean what they meant."""
    lines = tuple(given["dates_text"])
    people, note = facilitators_of(given["facilitators"], held)
    return model.Meeting(
        label=given["label"],
        dates_text=lines,
        dates=held.dates if held and held.dates_text == lines else days_of(lines),
        format=cast(model.MeetingFormat | None, given["format"] or None),
        facilitators=people,
        facilitators_note=note,
        participants=held.participants if held else (),
    )


def facilitators_of(
    lines: Sequence[str], held: model.Meeting | None
) -> tuple[tuple[model.Facilitator, ...], str | None]:
    """People, and what stands in the place of names ("Voir les annexes"); a line that was there means what it meant."""
    known = {written(person): person for person in held.facilitators} if held else {}
    notes = [line for line in lines if line not in known and _is_note(line, held)]
    people = tuple(known.get(line) or read_facilitator(line) for line in lines if line not in notes)
    return people, " ".join(notes) or None


def written(person: model.Facilitator) -> str:
    """The line that reads as that person."""
    note = f" ({person.note})" if person.note else ""
    return f"{person.name}{note}" + (f", {person.role}" if person.role else "")


def days_of(lines: Sequence[str]) -> tuple[model.MeetingDate, ...]:
    return read_dates([lines])[0]


def _blank(category: Category) -> model.Participant:
    return model.Participant(
        category=category.key, label=category.label, checked=False, count=None, establishments=None, note=None
    )


def _is_note(line: str, held: model.Meeting | None) -> bool:
    return bool(held and line == held.facilitators_note) or is_note_about_facilitators(line)
