"""What a consultation does with people's data, as sections that a page and a file both show."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext as _

from cahiers.accounts import privacy
from cahiers.consultations.models import Consultation, Role
from cahiers.contributions import retention
from cahiers.contributions.models import Access, Moderation
from cahiers.ui.times import between


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A table: the first cell of each row names what the others say."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def cells(self) -> list[list[tuple[str, str]]]:
        """Each cell of a row after the name of its column."""
        return [list(zip(self.head, row, strict=True)) for row in self.rows]


def record_of(consultation: Consultation) -> tuple[Section, ...]:
    """In the current language; what the publisher of the site has not said stands as to be completed."""
    return (
        _table(_("Traitement"), (_("Point"), _("Réponse")), _about(consultation)),
        _table(_("Finalités, données et durées"), (_("Données"), _("Pour"), _("Durée")), _kept()),
        _table(_("Personnes concernées"), (_("Qui"), _("Comment")), _people(consultation)),
        _table(
            _("Formulaires"), (_("Titre"), _("Qui répond"), _("Lecture"), _("Mention")), _forms(consultation)
        ),
        _table(_("Destinataires"), (_("Qui"), _("Ce qu’il lit")), _readers(consultation)),
        _table(
            _("Retraits faits par la commande de conservation"),
            (_("Données"), _("Durée")),
            ((str(rule.what), str(rule.how_long)) for rule in retention.rules()),
        ),
        _table(_("Sécurité"), (_("Mesure"), _("Ce qu’elle fait")), _measures()),
    )


def as_markdown(consultation: Consultation, sections: Iterable[Section]) -> str:
    lines = ["# " + _("Registre des traitements") + " – " + consultation.title]
    for section in sections:
        lines += ["", "## " + section.title, ""]
        lines += [_line(section.head), _line("---" for _cell in section.head)]
        lines += [_line(row) for row in section.rows]
    return "\n".join(lines) + "\n"


def _line(cells: Iterable[str]) -> str:
    # A bar would end the cell.
    return "| " + " | ".join(" ".join(cell.replace("|", "\\|").split("\n")) for cell in cells) + " |"


def _table(title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Section:
    return Section(title=title, head=head, rows=tuple(rows))


def _about(consultation: Consultation) -> Iterable[tuple[str, str]]:
    legal = settings.LEGAL
    missing = _("à compléter par l’éditeur du site")
    yield _("Concertation"), consultation.title
    yield _("Dates"), between(consultation.opens, consultation.closes) or _("non fixées")
    yield _("Territoires"), ", ".join(one.name for one in consultation.territories.all())
    yield _("Responsable du traitement"), ", ".join(_said(legal, "publisher", "publisher_address")) or missing
    yield _("Contact"), legal["contact"] or missing
    yield _("Protection des données"), legal["data_contact"] or missing
    yield _("Base légale"), legal["basis"] or missing
    yield _("Sous-traitant : hébergement"), ", ".join(_said(legal, "host", "host_address")) or missing
    yield (
        _("Transferts hors de l’Union européenne"),
        _("aucun par le logiciel, qui n’appelle aucun autre site"),
    )


def _said(legal: dict[str, str], *names: str) -> list[str]:
    return [legal[name] for name in names if legal[name]]


def _kept() -> Iterable[tuple[str, str, str]]:
    for line in privacy.lines():
        yield ", ".join(line.data), line.purpose, line.retention


def _people(consultation: Consultation) -> Iterable[tuple[str, str]]:
    categories = ", ".join(one.label for one in consultation.method.categories)
    yield _("Qui contribue"), _("sans compte ni nom ; une catégorie peut être dite : %s") % categories
    yield _("Qui anime une session"), _("nom et fonction, tels que le document les donne")
    yield _("Membres de l’équipe"), _("compte et rôle")


def _forms(consultation: Consultation) -> Iterable[tuple[str, str, str, str]]:
    for form in consultation.forms.order_by("pk"):
        yield (
            form.title,
            str(Access(form.access).label),
            str(Moderation(form.moderation).label),
            form.parental_notice,
        )


def _readers(consultation: Consultation) -> Iterable[tuple[str, str]]:
    yield _("Tous"), _("ce qui est publié")
    members = (
        consultation.memberships.order_by().values_list("role").annotate(n=Count("person", distinct=True))
    )
    counts = dict(members)
    for role in Role:
        if counts.get(role):
            yield f"{role.label} ({counts[role]})", _("ce que son rôle permet, dans son territoire")
    yield _("Gestion de l’installation"), _("tout")


def _measures() -> Iterable[tuple[str, str]]:
    yield _("Connexion"), _("par code à usage unique ou clé d’accès, sans mot de passe")
    yield _("Reçus"), _("seule l’empreinte en est gardée")
    yield _("Journal"), _("chaque action y est notée par identifiants, sans les mots")
    yield _("Relecture"), _("adresses, numéros et noms sont signalés avant publication")
    yield _("Petits nombres"), _("moins de cinq personnes : le nombre est retenu en public")
    yield _("Effacement"), _("partout où les mots sont gardés, en une fois")
