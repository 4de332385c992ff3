"""What moderators send."""

from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from cahiers.contributions.models import Contribution, ContributionQuerySet, Revision
from cahiers.contributions.moderating.actions import Impossible
from cahiers.contributions.moderating.deeds import Asked
from cahiers.contributions.moderating.redaction import edits
from cahiers.contributions.sentences import span_of
from cahiers.ui.forms import CommandForm

#: Contributions in one sending: a page's.
MOST = 25
DEEDS = ("accept", "hide", "put_back", "redact", "unredact", "dismiss", "merge", "part")


class DeedForm(CommandForm):
    """A button, with all that may go with it; each contribution brings the state that was seen, under its uuid."""

    reason = forms.CharField(required=False, max_length=500)
    words = forms.CharField(required=False, max_length=2000)
    sentences = forms.RegexField(r"^\s*\d{1,4}\s*(?:[-–à]\s*\d{1,4}\s*)?$", required=False)
    other = forms.UUIDField(required=False)


def chosen_of(sent: QueryDict, mine: ContributionQuerySet) -> tuple[str, list[tuple[Contribution, UUID]]]:
    """Which button was pressed, and what for: one contribution, where it bears a number, or those that are ticked."""
    for deed in DEEDS:
        if value := sent.get(deed):
            numbers = sent.getlist("chosen") if value == "chosen" else [value]
            return deed, _with_states(sent, mine, numbers[:MOST])
    return "", []


def _with_states(
    sent: QueryDict, mine: ContributionQuerySet, numbers: Iterable[str]
) -> list[tuple[Contribution, UUID]]:
    states: dict[UUID, UUID] = {}
    for number in numbers:
        try:
            states[UUID(number)] = UUID(sent.get(f"seen_{number}", ""))
        except ValueError:
            continue
    found = mine.filter(uuid__in=states).select_related("current").order_by("pk")
    return [(one, states[one.uuid]) for one in found]


def asked_of(deed: str, form: DeedForm, sent: QueryDict, mine: ContributionQuerySet, said: Revision) -> Asked:
    """Raises Impossible, in a sentence, where what goes with the button leads to nothing."""
    given = form.cleaned_data
    flags = [int(key) for key in sent.getlist("flag") if key.isdecimal()]
    other = None
    if deed == "merge":
        other = mine.filter(uuid=given["other"]).first() if given["other"] else None
        if other is None:
            raise Impossible(_("Choisissez d’abord de laquelle c’est la copie."))
    if deed == "dismiss" and not flags:
        raise Impossible(_("Cochez d’abord ce qui ne dit rien de personne."))
    words = _words(form, said) if deed == "redact" else []
    return Asked(deed=deed, reason=given["reason"], words=words, flags=flags, other=other)


def _words(form: DeedForm, said: Revision) -> list[tuple[str, str]]:
    """Chosen by typing them, or by the numbers of sentences; none for all that is flagged."""
    words, numbers = form.cleaned_data["words"].strip(), form.cleaned_data["sentences"].strip()
    if words:
        if not any(edits(one, [("other", words)]) for one in said.said.values()):
            raise Impossible(_("Ces mots ne sont pas dans le texte : recopiez-les tels quels."))
        return [("other", words)]
    if numbers:
        ends = [int(one) for one in "".join(c if c.isdigit() else " " for c in numbers).split()]
        span = span_of(said.text, ends[0], ends[-1])
        if span is None:
            raise Impossible(_("Aucune phrase du texte ne porte ce numéro."))
        return [("other", said.text[slice(*span)])]
    return []
