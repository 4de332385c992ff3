"""`cahiers user`: people who can sign in, from the command line."""

import argparse
import sys
from typing import TYPE_CHECKING

from cahiers.language import gettext as _

# Django is imported by the commands when they run, so that the others start without it.
if TYPE_CHECKING:
    from cahiers.accounts.models import Person
    from cahiers.consultations.models import Consultation


class Refused(Exception):
    """What was asked cannot be done; its text says why in one French sentence."""


def add_parsers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    user = commands.add_parser("user", help=_("ajouter, lister ou retirer des personnes"))
    actions = user.add_subparsers(title=_("actions"), dest="action", required=True, metavar="ACTION")

    adding = actions.add_parser("add", help=_("ajouter une personne, ou lui donner un rôle"))
    adding.add_argument("email", metavar=_("ADRESSE"))
    adding.add_argument("--name", default="", metavar=_("NOM"), help=_("par défaut, le début de l’adresse"))
    adding.add_argument(
        "--organiser-of",
        action="append",
        default=[],
        metavar=_("CONCERTATION"),
        dest="slugs",
        help=_("nom de la concertation dans son adresse (répétable)"),
    )
    adding.add_argument("--staff", action="store_true", help=_("gère cette installation : voit et peut tout"))
    adding.set_defaults(run=run_add)

    actions.add_parser("list", help=_("lister les personnes et leurs rôles")).set_defaults(run=run_list)

    removing = actions.add_parser("remove", help=_("supprimer le compte d’une personne"))
    removing.add_argument("email", metavar=_("ADRESSE"))
    removing.set_defaults(run=run_remove)


def run_add(arguments: argparse.Namespace) -> int:
    import django

    django.setup()
    from django.db import transaction

    try:
        with transaction.atomic():
            person = _added(arguments.email, arguments.name, arguments.staff)
            for slug in arguments.slugs:
                _make_organiser(person, _consultation(slug))
    except Refused as refusal:
        return _refuse(refusal)
    roles = f", organise {', '.join(arguments.slugs)}" if arguments.slugs else ""
    print(f"{person.email} peut se connecter{roles}.")
    return 0


def run_list(arguments: argparse.Namespace) -> int:
    import django

    django.setup()
    from django.db.models import Prefetch

    from cahiers.accounts.models import Person
    from cahiers.consultations.models import Membership

    current = Membership.objects.current().select_related("consultation", "territory")
    for person in Person.objects.order_by("email").prefetch_related(Prefetch("memberships", current)):
        roles = [
            f"{held.role} {held.consultation.slug}{f' ({held.territory.name})' if held.territory else ''}"
            f"{' (invitation expirée)' if held.is_lapsed else ''}"
            for held in person.memberships.all()
        ]
        state = ["invitation en attente"] if person.first_login is None else []
        staff = ["installation"] if person.is_staff else []
        print("\t".join((person.email, person.display_name, " ; ".join(staff + roles + state))))
    return 0


def run_remove(arguments: argparse.Namespace) -> int:
    import django

    django.setup()
    from django.utils import timezone

    from cahiers.accounts.models import Person
    from cahiers.consultations.team import actions

    person = Person.objects.filter(email=arguments.email.strip().lower()).first()
    if person is None:
        return _refuse(Refused(f"personne n’a l’adresse {arguments.email}."))
    try:
        actions.delete_account(person=person, by=None, now=timezone.now())
    except actions.LastOrganiser as last:
        slug = last.consultation.slug
        return _refuse(
            Refused(
                f"personne d’autre n’organise « {slug} » : cahiers user add ADRESSE --organiser-of {slug}"
            )
        )
    print(f"{arguments.email} n’a plus de compte.")
    return 0


def _added(email: str, name: str, staff: bool) -> "Person":
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    from cahiers.accounts import actions
    from cahiers.accounts.models import Person

    email = email.strip().lower()
    try:
        Person._meta.get_field("email").run_validators(email)
    except ValidationError:
        raise Refused(f"« {email} » n’est pas une adresse électronique.") from None
    known = Person.objects.filter(email=email).first()
    if known is None:
        name = name.strip() or email.partition("@")[0]
        return actions.register(email=email, display_name=name, staff=staff, by=None, now=timezone.now())
    if staff and not known.is_staff:
        actions.entrust(person=known, by=None, now=timezone.now())
    return known


def _make_organiser(person: "Person", consultation: "Consultation") -> None:
    from django.utils import timezone

    from cahiers.consultations.models import Membership, Role
    from cahiers.consultations.team import actions

    held = Membership.objects.current().filter(person=person, consultation=consultation, territory=None)
    membership = held.select_related("person", "consultation").first()
    if membership is None:
        actions.invite(
            consultation=consultation, email=person.email, role=Role.ORGANISER, by=None, now=timezone.now()
        )
    else:
        membership = actions.assign(membership=membership, role=Role.ORGANISER, by=None, now=timezone.now())
        if membership.is_lapsed:
            actions.invite_again(membership=membership, by=None, now=timezone.now())


def _consultation(slug: str) -> "Consultation":
    from cahiers.consultations.models import Consultation

    found = Consultation.objects.filter(slug=slug).first()
    if found is None:
        known = Consultation.objects.values_list("slug", flat=True)
        raise Refused(
            f"aucune concertation ne s’appelle « {slug} » (il y a : {', '.join(known) or 'aucune'})."
        )
    return found


def _refuse(refusal: Refused) -> int:
    print(refusal, file=sys.stderr)
    return 2
