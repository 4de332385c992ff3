"""Notebooks: themes, stages' rows, statements, the revisions of both, and editions."""

from cahiers.notebooks.annexes.models import Annex
from cahiers.notebooks.citations.models import Citation, Link, Sameness
from cahiers.notebooks.intake.models import EarlierDraft, ImportDraft
from cahiers.notebooks.merging.models import ImportedText
from cahiers.notebooks.models.edition import Edition, EditionQuerySet
from cahiers.notebooks.models.imported import ImportedFile, Placed
from cahiers.notebooks.models.notebook import (
    RESERVED,
    Notebook,
    NotebookMeeting,
    NotebookQuerySet,
    NotebookTheme,
)
from cahiers.notebooks.models.sheets import NotebookFeedback, RemovedSheet
from cahiers.notebooks.models.statements import (
    CODE_LETTERS,
    STEP,
    Past,
    Row,
    RowFeedback,
    RowRevision,
    Statement,
    StatementRevision,
    short_code,
)

__all__ = [
    "CODE_LETTERS",
    "RESERVED",
    "STEP",
    "Annex",
    "Citation",
    "EarlierDraft",
    "Edition",
    "EditionQuerySet",
    "ImportDraft",
    "ImportedFile",
    "ImportedText",
    "Link",
    "Notebook",
    "NotebookFeedback",
    "NotebookMeeting",
    "NotebookQuerySet",
    "NotebookTheme",
    "Past",
    "Placed",
    "RemovedSheet",
    "Row",
    "RowFeedback",
    "RowRevision",
    "Sameness",
    "Statement",
    "StatementRevision",
    "short_code",
]
