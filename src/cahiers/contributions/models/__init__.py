"""What people said, the forms that asked for it, and what moderation knows of it."""

from cahiers.contributions.intake.models import ImportedLine, SavedMapping, TableImport
from cahiers.contributions.models.contribution import (
    FEEDBACK,
    Channel,
    Consent,
    Contribution,
    ContributionQuerySet,
    Immutable,
    Revision,
    Status,
    Submission,
)
from cahiers.contributions.models.form import (
    Access,
    Form,
    FormKind,
    Moderation,
    Question,
    QuestionType,
    in_words,
)
from cahiers.contributions.models.moderation import Flag, FlagKind, FlagPlace, KeptOriginal
from cahiers.contributions.models.outreach import Invited, ReferenceCount
from cahiers.contributions.paper.models import PaperSheet

__all__ = [
    "FEEDBACK",
    "Access",
    "Channel",
    "Consent",
    "Contribution",
    "ContributionQuerySet",
    "Flag",
    "FlagKind",
    "FlagPlace",
    "Form",
    "FormKind",
    "Immutable",
    "ImportedLine",
    "Invited",
    "KeptOriginal",
    "Moderation",
    "PaperSheet",
    "Question",
    "QuestionType",
    "ReferenceCount",
    "Revision",
    "SavedMapping",
    "Status",
    "Submission",
    "TableImport",
    "in_words",
]
