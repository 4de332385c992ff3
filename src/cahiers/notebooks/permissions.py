"""Who may read a notebook."""

from cahiers.consultations.permissions import Visitor, may_read, sees_drafts
from cahiers.notebooks.models import Notebook


def may_read_notebook(visitor: Visitor, notebook: Notebook) -> bool:
    """Who may read its consultation once it is published; before, those who run the installation."""
    return may_read(visitor, notebook.consultation) and (notebook.is_published or sees_drafts(visitor))
