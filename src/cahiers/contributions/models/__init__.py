"""What people said, the forms that asked for it, and what moderation knows of it."""

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
from cahiers.contributions.models.form import Access, Form, FormKind, Moderation, Question, QuestionType, in_words
from cahiers.contributions.models.moderation import Flag, FlagKind, KeptOriginal

__all__ = [
    "FEEDBACK",
    "Access",
    "Channel",
    "Consent",
    "Contribution",
    "ContributionQuerySet",
    "Flag",
    "FlagKind",
    "Form",
    "FormKind",
    "Immutable",
    "KeptOriginal",
    "Moderation",
    "Question",
    "QuestionType",
    "Revision",
    "Status",
    "Submission",
    "in_words",
]
