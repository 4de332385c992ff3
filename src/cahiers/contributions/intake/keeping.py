"""How long files and names of tables are kept, and what an erasure takes out of them."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cahiers.contributions.erasing import Words
from cahiers.contributions.intake import files, reading
from cahiers.contributions.intake.lines import read
from cahiers.contributions.intake.models import OPEN, ImportedLine, State, TableImport
from cahiers.contributions.intake.undoing import taken_away
from cahiers.contributions.retention import Rule
from cahiers.contributions.tables import Unreadable
from cahiers.contributions.tables.bodies import plain

#: After the import or its abandon; and after which one that nobody came back to is taken for abandoned.
REJECTED: Final = timedelta(days=7)
ABANDONED: Final = timedelta(days=30)


def _late(now: datetime) -> QuerySet[TableImport]:
    ended = Q(ended_at__lt=now - REJECTED) & (~Q(problems=[]) | Q(following__isnull=False))
    return TableImport.objects.filter(ended | Q(state__in=OPEN, at__lt=now - ABANDONED))


def _carry_out(now: datetime) -> int:
    count = 0
    for found in _late(now):
        forget_files(found, now)
        count += 1
    return count


RULE: Final = Rule(
    key="tables",
    what=_("Tableaux déposés et lignes à reprendre"),
    how_long=_("un mois sans import, sept jours après l’import"),
    due=lambda now: _late(now).count(),
    carry_out=_carry_out,
)


def forget_files(found: TableImport, now: datetime) -> None:
    """Its files and the cells that its problems show; one that is open is left, and undone if it was all or nothing."""
    if found.is_open:
        for _gone in taken_away(found):
            pass
        found.state, found.ended_at = State.LEFT, now
    found.problems, found.unknown, found.refusal, found.following = [], [], "", None
    found.save(update_fields=["state", "ended_at", "problems", "unknown", "refusal", "following"])
    files.remove(found.uuid)


def forget(words: Words, now: datetime) -> None:
    """Tables and rejected lines of the same consultations that hold the words are removed whole."""
    # By line and file alone the words cannot be found again, once the file is gone.
    lines = ImportedLine.objects.filter(contribution__uuid__in=words.contributions)
    lines.update(identifier="", parent="", address="")
    where = TableImport.objects.filter(consultation__contributions__uuid__in=words.contributions).distinct()
    texts = {text for text in words.texts if text}
    for found in where.filter(
        Q(state__in=OPEN) | ~Q(problems=[]) | Q(following__isnull=False)
    ).select_related("consultation"):
        if _holds(found, texts):
            forget_files(found, now)


def _holds(found: TableImport, texts: set[str]) -> bool:
    """Whether a cell says one of these; a file that cannot be read any more is taken to."""
    if any(one[2] and any(text.startswith(one[2].rstrip("…")) for text in texts) for one in found.problems):
        return True
    try:
        if found.has_file:
            with reading.tables(found) as known:
                if any(_says(table.rows(), texts) for table in known):
                    return True
        if not files.exists(found.uuid, files.REJECTED):
            return False
        with files.opened(found.uuid, files.REJECTED) as stream:
            return _says(read(stream, "lignes.csv").rows(), texts)
    except (Unreadable, OSError):
        return True


def _says(rows: "object", texts: set[str]) -> bool:
    return any(
        cell in texts or plain(cell)[0] in texts
        for line in rows  # type: ignore[attr-defined]
        for cell in line.cells
        if cell
    )
