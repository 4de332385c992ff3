"""Who did what to a notebook and to its statements, when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cahiers.accounts.models import Person
from cahiers.journal.models import Entry, Verb
from cahiers.notebooks.models import Edition, Notebook, Row, RowRevision, Statement, StatementRevision
from cahiers.ui.addresses import address

#: Latest revisions that a statement's page shows.
SHOWN = 20

DEEDS: dict[str, str | Promise] = {
    Verb.CREATE: gettext_lazy("Ajout"),
    Verb.EDIT: gettext_lazy("Correction"),
    Verb.MOVE: gettext_lazy("Déplacement"),
    Verb.SPLIT: gettext_lazy("Division"),
    Verb.MERGE: gettext_lazy("Fusion"),
    Verb.DELETE: gettext_lazy("Suppression"),
    Verb.RESTORE: gettext_lazy("Retour en arrière"),
    Verb.IMPORT: gettext_lazy("Import"),
    Verb.ATTACH: gettext_lazy("Ajout d’une annexe"),
    Verb.CITE: gettext_lazy("Appui sur une contribution"),
    Verb.PUBLISH: gettext_lazy("Publication"),
    Verb.WITHDRAW: gettext_lazy("Retrait de la publication"),
    # In a meeting.
    Verb.VOTE: gettext_lazy("Vote"),
    Verb.REVEAL: gettext_lazy("Dévoilement"),
    Verb.HIDE: gettext_lazy("Masquage"),
    Verb.ERASE: gettext_lazy("Effacement"),
}


#: Done to an edition, whose number they take.
OF_EDITIONS: dict[str, str | Promise] = {
    Verb.PUBLISH: gettext_lazy("Publication de l’édition %s"),
    Verb.WITHDRAW: gettext_lazy("Retrait de l’édition %s"),
    Verb.RESTORE: gettext_lazy("Rétablissement de l’édition %s"),
}
#: Done to a notebook, not to what it holds.
OF_THE_WHOLE = (Verb.IMPORT, Verb.PUBLISH, Verb.WITHDRAW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A revision of a statement: what was done, by whom; `other` is the statement that it was done to first."""

    revision: StatementRevision
    deed: str
    who: str
    other: Statement | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An entry about a notebook: what was done to which thing, by whom; `link` leads there, "" for the notebook."""

    at: datetime
    deed: str
    who: str
    thing: str
    text: str
    link: str


def steps_of(statement: Statement) -> list[Step]:
    """The latest revisions, last first, in four queries; those where others' moves shifted it are left out."""
    revisions = list(statement.revisions.select_related("row").order_by("-number")[: SHOWN + 1])
    entries = {
        entry.command: entry
        for entry in Entry.objects.filter(command__in={one.command for one in revisions if one.command})
    }
    names = names_of(entries.values())
    subjects = {entry.subject for entry in entries.values()} - {statement.uuid}
    others = {one.uuid: one for one in Statement.objects.filter(uuid__in=subjects)} if subjects else {}
    steps = []
    for revision, before in zip(revisions, [*revisions[1:], None], strict=True):
        entry = entries.get(revision.command)
        if entry is not None and entry.subject != statement.uuid and _only_shifted(before, revision):
            continue
        steps.append(
            Step(
                revision=revision,
                deed=_deed(before, revision, entry),
                who=names.get(entry.actor, "") if entry and entry.actor else "",
                other=others.get(entry.subject) if entry else None,
            )
        )
    return steps[:SHOWN]


def journal_of(notebook: Notebook, *, drafts: bool) -> QuerySet[Entry]:
    """Entries about the notebook or, with `drafts`, about its rows, statements and annexes too; last first."""
    about = Q(subject=notebook.uuid)
    if drafts:
        about |= Q(subject__in=Statement.objects.filter(row__theme__notebook=notebook).values("uuid"))
        about |= Q(subject__in=Row.objects.filter(theme__notebook=notebook).values("uuid"))
        about |= Q(subject__in=notebook.annexes.values("uuid"))
    return Entry.objects.filter(about).order_by("-position")


def lines_of(entries: Iterable[Entry], *, named: bool) -> list[Line]:
    """In four queries, whatever the number; who did it only where `named`."""
    entries = list(entries)
    editions = _editions(entries)
    things = _things([entry.after for entry in entries if entry.after and entry.verb not in OF_THE_WHOLE])
    names = names_of(entries) if named else {}
    lines = []
    for entry in entries:
        thing, text, link = things.get(entry.after, ("", "", "")) if entry.after else ("", "", "")
        lines.append(
            Line(
                at=entry.at,
                deed=_done(entry, editions),
                who=names.get(entry.actor, "") if entry.actor else "",
                thing=thing,
                text=text,
                link=link,
            )
        )
    return lines


def _done(entry: Entry, editions: Mapping[UUID | None, int]) -> str:
    number = editions.get(entry.after or entry.before)
    if number is not None and entry.verb in OF_EDITIONS:
        return str(OF_EDITIONS[entry.verb]) % number
    return str(DEEDS.get(entry.verb, entry.get_verb_display()))


def _editions(entries: Iterable[Entry]) -> dict[UUID | None, int]:
    """Numbers of those that were published, withdrawn or shown again; no query for none."""
    touched = (entry.after or entry.before for entry in entries if entry.verb in OF_EDITIONS)
    made = {uuid for uuid in touched if uuid}
    return dict(Edition.objects.filter(uuid__in=made).values_list("uuid", "number")) if made else {}


def _things(made: list[UUID]) -> dict[UUID, tuple[str, str, str]]:
    """What each of these revisions is of, what it says, and where that is read; no query for none."""
    if not made:
        return {}
    things: dict[UUID, tuple[str, str, str]] = {}
    for one in StatementRevision.objects.filter(uuid__in=made).select_related("statement"):
        things[one.uuid] = (_("Énoncé"), one.text, address("statement", one.statement.code))
    rows = RowRevision.objects.filter(uuid__in=made).select_related("row__theme__notebook__consultation")
    for other in rows:
        # Where everyone who reads the journal may go; the row's own page is for those who edit.
        notebook, order = other.row.theme.notebook, other.row.theme.order
        theme = address("theme", notebook.consultation.slug, notebook.slug, order)
        things[other.uuid] = (_("Ligne"), other.name or "", f"{theme}#{other.row.stage}")
    return things


def names_of(entries: Iterable[Entry]) -> dict[UUID | None, str]:
    """Who acted, by uuid, as they are called."""
    actors = {entry.actor for entry in entries if entry.actor is not None}
    known = dict(Person.objects.filter(uuid__in=actors).values_list("uuid", "display_name"))
    gone = _("Quelqu’un dont le compte est supprimé")
    return {actor: known.get(actor, gone) for actor in actors}


def author_of(revision: StatementRevision | RowRevision) -> str:
    """Who made it; "" where nobody signed in did."""
    if revision.command is None:
        return ""
    return next(iter(names_of(Entry.objects.filter(command=revision.command)).values()), "")


def _deed(before: StatementRevision | None, revision: StatementRevision, entry: Entry | None) -> str:
    if revision.command is None:
        return _("Import")
    if entry is None:
        return ""
    if entry.verb == Verb.EDIT and before is not None and before.text == revision.text:
        return _("Souligné") if revision.emphasised else _("N’est plus souligné")
    return str(DEEDS.get(entry.verb, ""))


def _only_shifted(before: StatementRevision | None, revision: StatementRevision) -> bool:
    return before is not None and before.state | {"position": 0} == revision.state | {"position": 0}


def subject_of(command: UUID) -> Statement | Row | None:
    """What an edit was about, with its theme."""
    entry = Entry.objects.filter(command=command).first()
    if entry is None:
        return None
    statement = Statement.objects.select_related("row__theme__notebook__consultation")
    row = Row.objects.select_related("theme__notebook__consultation")
    return statement.filter(uuid=entry.subject).first() or row.filter(uuid=entry.subject).first()
