"""What notebooks hold of words that are to be erased: statements, editions, documents on their way in."""

import json
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db.models import Model, Q, QuerySet

from cahiers.contributions.erasing import Words
from cahiers.documents.normal import tidy
from cahiers.notebooks.intake import files
from cahiers.notebooks.merging import keeping
from cahiers.notebooks.models import (
    EarlierDraft,
    Edition,
    ImportDraft,
    ImportedFile,
    Notebook,
    Row,
    RowRevision,
    Statement,
    StatementRevision,
)

#: Stands where the words stood; in the language of documents.
INSTEAD = "[texte effacé]"
#: Shorter words are anybody's: erased where they are the whole of what rests on the contribution, not elsewhere.
LEAST = 12


def forget(words: Words, now: datetime) -> None:
    """Every revision, edition, draft and imported text of the consultation that holds the words, whole."""
    notebooks = Notebook.objects.filter(consultation__contributions__uuid__in=words.contributions).distinct()
    texts = forms_of(words.texts)
    long = tuple(text for text in texts if len(text) >= LEAST)
    cited = StatementRevision.objects.filter(
        statement__citations__contribution__uuid__in=words.contributions
    ).distinct()
    _blank_statements(cited, texts)
    if not long:
        return
    inside = StatementRevision.objects.filter(row__theme__notebook__in=notebooks)
    _blank_statements(inside.filter(_holding("text", long)), long)
    _blank(RowRevision.objects.filter(theme__notebook__in=notebooks), ("name", "feedback_text"), long)
    _blank(Row.objects.filter(theme__notebook__in=notebooks), ("name", "feedback_text"), long)
    _blank_editions(Edition.objects.filter(notebook__in=notebooks), long)
    consultations = set(notebooks.values_list("consultation", flat=True))
    _blank(ImportedFile.objects.filter(consultation__in=consultations), ("warnings",), long)
    _blank_drafts(ImportDraft.objects.filter(consultation__in=consultations), long)
    keeping.forget(long)


def forms_of(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts as they may stand in a notebook: as they are, on one line, line by line; the longest first."""
    found = set()
    for text in texts:
        found |= {text, tidy(text), *(tidy(line) for line in text.splitlines())}
    return tuple(sorted(filter(None, found), key=len, reverse=True))


def without(value: Any, texts: Iterable[str]) -> Any:
    """The same value, JSON or text, with INSTEAD in the place of each of the texts."""
    if isinstance(value, str):
        for text in texts:
            value = value.replace(text, INSTEAD)
        return value
    if isinstance(value, list):
        return [without(one, texts) for one in value]
    if isinstance(value, dict):
        return {key: without(one, texts) for key, one in value.items()}
    return value


def _blank_statements(revisions: QuerySet[StatementRevision], texts: tuple[str, ...]) -> None:
    """Revisions without the words; a statement that said nothing else is in the notebook no more."""
    for revision in revisions.select_related("statement"):
        text = without(revision.text, texts) if revision.text not in texts else INSTEAD
        if text == revision.text:
            continue
        emptied = tidy(text.replace(INSTEAD, "")) == ""
        # By queryset: a revision is never changed, but for this.
        present = revision.present and not emptied
        StatementRevision.objects.filter(pk=revision.pk).update(text=text, present=present)
        if emptied:
            Statement.objects.filter(current__uuid=revision.uuid).update(present=False)


def _blank(rows: QuerySet[Any], fields: tuple[str, ...], texts: tuple[str, ...]) -> None:
    for row in rows.iterator(chunk_size=200):
        changed = {
            name: new for name in fields if (new := without(getattr(row, name), texts)) != getattr(row, name)
        }
        if changed:
            _update(row, **changed)


def _blank_editions(editions: QuerySet[Edition], texts: tuple[str, ...]) -> None:
    """Frozen texts without the words, and the digest of what they are now; statements keep their places."""
    for edition in editions.iterator(chunk_size=10):
        kept = json.loads(edition.text)
        new = without(kept, texts)
        if new == kept:
            continue
        text = json.dumps(new, ensure_ascii=False, separators=(",", ":"))
        _update(edition, text=text, digest=sha256(text.encode()).hexdigest())


def _blank_drafts(drafts: QuerySet[ImportDraft], texts: tuple[str, ...]) -> None:
    """Drafts without the words; the file that was dropped cannot be blanked, and is removed."""
    for draft in drafts.filter(Q(read__isnull=False)).iterator(chunk_size=10):
        if without(draft.read, texts) != draft.read or without(draft.corrected, texts) != draft.corrected:
            _update(draft, read=without(draft.read, texts), corrected=without(draft.corrected, texts))
            files.remove(draft.uuid)
    _blank(EarlierDraft.objects.filter(draft__in=drafts), ("corrected",), texts)


def _holding(field: str, texts: tuple[str, ...]) -> Q:
    found = Q(pk__in=())
    for text in texts:
        found |= Q(**{f"{field}__contains": text})
    return found


def _update(row: Model, **changed: Any) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**changed)
