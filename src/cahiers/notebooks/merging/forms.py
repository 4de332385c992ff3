"""Forms about newer versions of documents."""

from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cahiers.notebooks.merging.guessing import Candidate


class NotebookForm(forms.Form):
    """A notebook of its own, or one that is there already."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    notebook = forms.ChoiceField(label=_("Ce document est"), widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, candidates: list[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        #: Whether what is chosen is what would be guessed.
        self.is_guessed = any(
            one.is_likely and str(one.notebook.uuid) == self.initial.get("notebook") for one in candidates[:1]
        )
        self.by_uuid = {str(one.notebook.uuid): one.notebook for one in candidates}
        field = self.fields["notebook"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", gettext("un nouveau cahier")),
            *((str(one.notebook.uuid), _label(one)) for one in candidates),
        ]


def _label(one: Candidate) -> str:
    return ngettext(
        "une nouvelle version de « %(title)s », /%(slug)s/ (%(shared)d énoncé sur %(total)d en commun)",
        "une nouvelle version de « %(title)s », /%(slug)s/ (%(shared)d énoncés sur %(total)d en commun)",
        one.shared,
    ) % {"title": one.notebook.title, "slug": one.notebook.slug, "shared": one.shared, "total": one.total}
