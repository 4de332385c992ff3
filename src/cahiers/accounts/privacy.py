"""The page that says what is kept about people: each line is declared by the model that keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cahiers.accounts.personal_data import declared

#: What readers call each personal field.
WORDS: Final[Mapping[str, str | Promise]] = {
    "journal.Entry.actor": _("Auteur d’une action, par un identifiant"),
    "journal.Entry.subject": _("Objet d’une action, par un identifiant"),
    "accounts.Person.email": _("Adresse électronique"),
    "accounts.Person.display_name": _("Nom"),
    "accounts.Person.language": _("Langue"),
    "accounts.Person.joined_at": _("Date de création du compte"),
    "accounts.Person.first_login": _("Date de la première connexion"),
    "accounts.Person.last_login": _("Date de la dernière connexion"),
    "accounts.Person.is_staff": _("Gestion de l’installation"),
    "accounts.Person.is_active": _("Compte ouvert ou fermé"),
    "accounts.Person.uuid": _("Identifiant du compte"),
    "accounts.SignInCode.person": _("Compte pour lequel un code est demandé"),
    "accounts.SignInCode.address": _("Empreinte de l’adresse qui demande un code"),
    "accounts.Passkey.person": _("Personne à qui est une clé d’accès"),
    "accounts.Passkey.credential": _("Identifiant d’une clé d’accès"),
    "accounts.Passkey.public_key": _("Moitié publique d’une clé d’accès"),
    "accounts.Passkey.signatures": _("Nombre d’emplois d’une clé d’accès"),
    "accounts.Passkey.name": _("Nom donné à une clé d’accès"),
    "accounts.Passkey.added_at": _("Date d’ajout d’une clé d’accès"),
    "accounts.Passkey.used_at": _("Date du dernier emploi d’une clé d’accès"),
    "accounts.Tally.key": _("Empreinte de l’adresse ou du réseau"),
    "consultations.Membership.person": _("Membre d’une équipe"),
    "consultations.Membership.role": _("Rôle dans l’équipe"),
    "consultations.Membership.territory": _("Territoire du rôle"),
    "consultations.Membership.since": _("Début du rôle"),
    "consultations.Membership.until": _("Fin du rôle"),
    "consultations.Membership.answer_by": _("Date où expire une invitation"),
    "meetings.Meeting.facilitators_note": _("Remarque sur l’animation d’une session"),
    "meetings.Facilitator.name": _("Nom d’une personne qui anime"),
    "meetings.Facilitator.role": _("Sa fonction"),
    "meetings.Facilitator.note": _("Ce qui en est précisé"),
    "meetings.Attendance.note": _("Détail des participants à une session"),
    "boards.Board.untreated": _("Ce qui n’a pu être traité en séance"),
    "boards.Note.author": _("Empreinte de l’appareil qui a écrit une note"),
    "boards.Vote.voter": _("Empreinte de l’appareil qui a voté"),
    "boards.Participant.device": _("Empreinte d’un appareil présent en séance"),
    "contributions.Invited.way": _("Comment une organisation a été invitée"),
    "contributions.PaperSheet.receipt": _("Empreinte du reçu d’une fiche papier"),
    "contributions.TableImport.name": _("Nom d’un tableau importé"),
    "contributions.TableImport.problems": _("Cases d’un tableau à corriger"),
    "contributions.TableImport.refusal": _("Pourquoi un tableau importé ne se lit pas"),
    "contributions.TableImport.unknown": _("Noms de lieux et de groupes d’un tableau"),
    "contributions.TableImport.names": _("Ce que désignent les noms d’un tableau"),
    "contributions.TableImport.by": _("Qui importe un tableau"),
    "contributions.SavedMapping.names": _("Ce que désignent les noms d’une correspondance gardée"),
    "contributions.ImportedLine.identifier": _("Identifiant d’une ligne sur une autre plateforme"),
    "contributions.ImportedLine.address": _("Adresse d’une ligne sur une autre plateforme"),
    "contributions.ImportedLine.parent": _("Identifiant de ce qu’une ligne commente"),
    "contributions.Submission.answers": _("Réponses fermées à un questionnaire"),
    "contributions.Submission.receipt": _("Empreinte d’un reçu"),
    "contributions.Contribution.hidden_because": _("Raison pour laquelle un texte est masqué"),
    "contributions.Revision.title": _("Titre d’une contribution"),
    "contributions.Revision.parts": _("Parties d’une fiche"),
    "contributions.KeptOriginal.words": _("Texte d’avant un caviardage"),
    "meetings.DeletedMeeting.form": _("Fiche d’une session supprimée"),
    "contributions.Contribution.voice_key": _("Clé d’une voix, sous pseudonyme"),
    "contributions.Contribution.links": _("Liens d’une contribution"),
    "contributions.Revision.scope": _("Portée d’une contribution"),
    "contributions.Revision.links": _("Liens d’une version d’une contribution"),
    "contributions.Revision.text": _("Texte d’une contribution"),
    "notebooks.ImportedFile.imported_by": _("Auteur d’un import"),
    "notebooks.ImportedFile.name": _("Nom d’un document importé"),
    "notebooks.ImportedFile.warnings": _("Passages non placés d’un document importé"),
    "notebooks.ImportedText.text": _("Texte d’un document tel qu’il fut importé"),
    "notebooks.ImportDraft.name": _("Nom d’un document déposé"),
    "notebooks.ImportDraft.by": _("Qui dépose un document"),
    "notebooks.ImportDraft.read": _("Document tel qu’il a été lu"),
    "notebooks.ImportDraft.corrected": _("Document tel qu’il est corrigé"),
    "notebooks.EarlierDraft.corrected": _("Document avant une correction"),
    "notebooks.Edition.text": _("Texte d’une édition"),
    "notebooks.Edition.note": _("Note d’une édition"),
    "notebooks.Edition.published_by": _("Qui publie une édition"),
    "notebooks.Edition.withdrawn_because": _("Raison du retrait d’une édition"),
    "notebooks.Annex.title": _("Titre d’un fichier joint"),
    "notebooks.Annex.name": _("Nom d’un fichier joint"),
    "notebooks.Annex.by": _("Qui joint un fichier"),
    "notebooks.StatementRevision.text": _("Texte d’un énoncé"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Data that are kept for the same purpose, as long."""

    data: list[str]
    purpose: str
    retention: str


def lines() -> list[Line]:
    """In the current language and the rooms' order; a field without words goes by its name in the code."""
    found: dict[tuple[str, str], Line] = {}
    for one in declared():
        key = (one.purpose, one.retention)
        line = found.setdefault(key, Line(data=[], purpose=one.purpose, retention=one.retention))
        name = f"{one.model._meta.label}.{one.field.name}"
        line.data.append(str(WORDS.get(name, name)))
    return list(found.values())


def page(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "accounts/privacy.html",
        {
            "legal": settings.LEGAL,
            "lines": lines(),
            "session_days": settings.SESSION_COOKIE_AGE // (24 * 3600),
        },
    )
