"""Forms about a team."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cahiers.consultations.models import Role
from cahiers.territories.models import Level, Territory, TerritoryQuerySet

#: Territories that the page offers by name; all others can be typed.
OFFERED = 60


class TerritoryField(forms.CharField):
    """A territory by its name or code, among those that it is given: a list of every school would not fit a page."""

    among: TerritoryQuerySet

    def clean(self, value: Any) -> Territory | None:
        text = super().clean(value)
        if not text:
            return None
        found = list(self.among.filter(Q(name__iexact=text) | Q(code__iexact=text))[:6])
        if not found:
            raise ValidationError(_("Aucun territoire de la concertation ne s’appelle « %s ».") % text)
        if len(found) > 1:
            codes = ", ".join(
                f"{one.get_level_display()} {one.name} ({one.code or one.path})" for one in found
            )
            raise ValidationError(_("Plusieurs territoires s’appellent ainsi, donnez le code : %s.") % codes)
        return found[0]


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Rôle"), choices=Role, widget=forms.RadioSelect)

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class InvitationForm(RoleForm):
    email = forms.EmailField(
        label=_("Adresse électronique"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    display_name = forms.CharField(
        label=_("Nom"),
        help_text=_("Facultatif : la personne peut le changer."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    territory = TerritoryField(
        label=_("Territoire"),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "territoires", "autocomplete": "off"}),
    )
    field_order = ("email", "display_name", "role", "territory")

    def __init__(self, *args: Any, among: TerritoryQuerySet, whole: bool, **kwargs: Any) -> None:
        """`among`: territories where one may invite; `whole`: whether one may invite in the whole consultation too."""
        super().__init__(*args, **kwargs)
        field = self._territory_field()
        field.among = among
        field.required = not whole
        field.help_text = (
            _("Son nom ou son code ; le rôle vaut aussi en dessous. Vide : toute la concertation.")
            if whole
            else _("Son nom ou son code ; le rôle vaut aussi en dessous.")
        )

    def offered(self) -> Sequence[str]:
        """Names to choose from where scripts run or not; the highest territories, in tree order."""
        highest = [level.value for level in Level if level.depth <= Level.ACADEMY.depth]
        among = self._territory_field().among.filter(level__in=highest)
        return list(among.values_list("name", flat=True)[:OFFERED])

    def _territory_field(self) -> TerritoryField:
        field = self.fields["territory"]
        assert isinstance(field, TerritoryField)
        return field
