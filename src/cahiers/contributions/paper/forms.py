"""A form as the team enters what was said elsewhere, sheet after sheet."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cahiers.contributions.collecting.forms import AnswerForm
from cahiers.contributions.collecting.views import KINDS
from cahiers.contributions.models import Channel, Form, PaperSheet
from cahiers.ui.forms import DayInput

#: By which what has no screen comes in.
CHANNELS: Final = (Channel.PAPER, Channel.LETTER, Channel.PHONE)
#: What the next entry begins with.
KEPT: Final = ("channel", "territory", "category", "consent", "said_on")
MOST_SHEETS: Final = 200


class SheetField(forms.CharField):
    """The number of a printed sheet of the form, or its short address."""

    form: Form

    def clean(self, value: Any) -> PaperSheet | None:
        written = super().clean(value).strip().lower()
        if not written:
            return None
        key = (
            {"number": int(written)} if written.isdecimal() and len(written) < 9 else {"code": written[-10:]}
        )
        found: PaperSheet | None = self.form.sheets.filter(**key).select_related("submission").first()
        if found is None:
            raise forms.ValidationError(_("Aucune fiche imprimée de ce formulaire ne porte ce numéro."))
        return found


def entry_form(form: Form, data: Any, kept: dict[str, Any]) -> AnswerForm:
    """The form's own fields, without what protects it from strangers, and how what it says came in."""
    filled = KINDS[form.kind](data, form=form, stamp="-", initial=kept)
    del filled.fields["stamp"], filled.fields["site"]
    number = SheetField(
        label=gettext_lazy("N° de fiche"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "autofocus": True}),
    )
    number.form = form
    filled.fields["sheet"] = number
    filled.fields["channel"] = forms.ChoiceField(
        label=gettext_lazy("Canal"),
        choices=[(one.value, one.label) for one in CHANNELS],
        widget=forms.RadioSelect,
        initial=Channel.PAPER,
    )
    filled.fields["said_on"] = forms.DateField(
        label=gettext_lazy("Dit le"),
        required=False,
        widget=DayInput(),
        help_text=gettext_lazy("Si ce n’est pas aujourd’hui."),
    )
    filled.order_fields(["sheet", *(name for name in filled.fields if name not in {"sheet", *KEPT}), *KEPT])
    return filled


class PrintForm(forms.Form):
    count = forms.IntegerField(
        label=gettext_lazy("Nombre de fiches"),
        min_value=1,
        max_value=MOST_SHEETS,
        initial=20,
        help_text=gettext_lazy("Deux cents au plus. Chacune a son numéro et son talon."),
    )
