"""Who may read a notebook."""

from django.db.models import Q

from cahiers.consultations.models import Consultation
from cahiers.consultations.permissions import Visitor, draft_scope, may_read, may_read_drafts
from cahiers.notebooks.models import Notebook, NotebookQuerySet


def may_read_notebook(visitor: Visitor, notebook: Notebook) -> bool:
    """Who may read its consultation, once it is published; before, members whose role extends to its territory."""
    if notebook.is_published:
        return may_read(visitor, notebook.consultation)
    return may_read_drafts(visitor, notebook.consultation, notebook.territory)


def readable_notebooks(visitor: Visitor, consultation: Consultation) -> NotebookQuerySet:
    """Those of the consultation that they may read; the consultation is theirs to read."""
    scope = draft_scope(visitor, consultation, public=Q(live__isnull=False))
    return Notebook.objects.filter(scope, consultation=consultation)
