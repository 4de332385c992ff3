"""What a member can do in a consultation, as a short list of links."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from cahiers.consultations.models import Consultation
from cahiers.consultations.permissions import Visitor, is_member, may_manage, may_manage_some, may_read_drafts
from cahiers.contributions.intake.access import may_take_in
from cahiers.meetings.access import may_write_some


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    label: str
    address: str


def tasks_of(visitor: Visitor, consultation: Consultation) -> list[Task]:
    """Empty for a stranger; costs what permissions do, one query."""
    if not is_member(visitor, consultation):
        return []
    offered = []
    if may_write_some(visitor, consultation):
        offered += [(_("Importer des documents"), "imports"), (_("Ajouter une session"), "add_meeting")]
        offered.append((_("Modérer les contributions"), "moderation"))
    if may_take_in(visitor, consultation):
        offered += [(_("Importer des tableaux"), "tables"), (_("Saisir courrier, appels, papier"), "entries")]
    if may_manage_some(visitor, consultation):
        offered.append((_("Inviter quelqu’un"), "invite"))
    offered.append((_("Voir l’équipe"), "team"))
    if may_read_drafts(visitor, consultation):
        offered += [(_("Formulaires et réponses"), "forms"), (_("Invitations à contribuer"), "guests")]
    if may_manage(visitor, consultation):
        offered.append((_("Régler la concertation"), "settings"))
        offered.append((_("Registre des traitements"), "processing_record"))
    return [Task(label=label, address=reverse(name, args=[consultation.slug])) for label, name in offered]
