"""What a reader narrows the list of contributions by; the page, its files and the queue of moderators share it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cahiers.consultations.models import Consultation
from cahiers.contributions import search
from cahiers.contributions.collecting.places import as_tree, choices
from cahiers.contributions.models import FEEDBACK, Channel, ContributionQuerySet, Status
from cahiers.contributions.reading.queries import UNSEEN
from cahiers.methods import Method

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise

#: Choices of territories beyond which the list would weigh more than the page.
PLACES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """What keys are called on screen."""

    kinds: dict[str, str]
    categories: dict[str, str]


def labels_of(method: Method) -> Labels:
    kinds = {FEEDBACK: method.feedback.title if method.feedback else _("Retour d’expérience")}
    for stage in method.stages:
        for column in stage.columns:
            kinds.setdefault(column.kind, column.label)
    return Labels(kinds=kinds, categories={one.key: one.short_label for one in method.categories})


class Filters(forms.Form):
    """Whatever is asked that is none of the choices narrows nothing."""

    q = forms.CharField(required=False, max_length=200, label=gettext_lazy("Mots cherchés"))
    theme = forms.ChoiceField(required=False, label=gettext_lazy("Thème"))
    kind = forms.ChoiceField(required=False, label=gettext_lazy("Nature"))
    territory = forms.ChoiceField(required=False, label=gettext_lazy("Territoire"))
    category = forms.ChoiceField(required=False, label=gettext_lazy("Catégorie"))
    channel = forms.ChoiceField(required=False, label=gettext_lazy("Canal"))
    status = forms.ChoiceField(required=False, label=gettext_lazy("État"))

    def __init__(self, request: HttpRequest, consultation: Consultation, *, team: bool) -> None:
        super().__init__(request.GET, auto_id="f_%s")
        method = consultation.method
        self.labels = labels_of(method)
        self.consultation = consultation
        territories = choices(consultation)
        self.paths = {str(one.pk): one.path for one in territories}
        self._offer("theme", [(one.key, one.title) for one in method.themes])
        self._offer("kind", list(self.labels.kinds.items()))
        self._offer("territory", [(str(key), name) for key, name in as_tree(territories)[:PLACES]])
        self._offer("category", list(self.labels.categories.items()))
        self._offer("channel", list(Channel.choices))
        self._offer("status", [one for one in Status.choices if one[0] not in UNSEEN])
        if not team:
            del self.fields["status"]
        self.full_clean()

    def _offer(self, name: str, offered: "list[tuple[str, Words]]") -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Tous")), *offered]

    @property
    def asked(self) -> dict[str, str]:
        """What narrows, by field."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def address(self) -> str:
        """As the end of an address, "" for nothing."""
        return urlencode(self.asked)

    def narrow(self, contributions: ContributionQuerySet) -> ContributionQuerySet:
        asked = self.asked
        found = contributions
        if "theme" in asked:
            found = found.filter(theme__key=asked["theme"])
        for name in ("kind", "category", "channel", "status"):
            if name in asked:
                found = found.filter(**{name: asked[name]})
        if path := self.paths.get(asked.get("territory", "")):
            found = found.filter(territory__path__startswith=path)
        if "q" in asked:
            found = _found(found, asked["q"])
        return found


def _found(contributions: ContributionQuerySet, words: str) -> ContributionQuerySet:
    narrowed = search.search(contributions, words)
    assert isinstance(narrowed, ContributionQuerySet)
    return narrowed
