"""Each field that can hold something about a person declares what it is for and how long it is kept."""

from django.apps import apps
from django.db import models

from cahiers.accounts.models import Person
from cahiers.accounts.personal_data import declared

#: Free text and keys that are about no person, looked at one by one. A new field is declared, or added here.
IMPERSONAL = {
    "accounts.Person": "password",  # holds the key of sessions alone
    "accounts.SignInCode": "digest",
    "journal.Command": "digest",
    "territories.Territory": "code name slug path time_zone",
    "consultations.Consultation": "slug title description method_key",
    "consultations.ConsultationTheme": "key title aliases",
    "consultations.StageWindow": "stage",
    "meetings.Meeting": "label dates_text",
    "meetings.MeetingDate": "place",
    "meetings.Attendance": "category label",
    "contributions.Submission": "category language",
    "contributions.SavedMapping": "name mapping given",
    "contributions.TableImport": "sha256 structure shape mapping given counts",
    "contributions.ImportedLine": "column",
    "contributions.PaperSheet": "code",
    "contributions.Contribution": "kind category scope language",
    "contributions.Invited": "name category",
    "contributions.ReferenceCount": "category source",
    "contributions.Form": "slug title intro stage categories parental_notice",
    "contributions.Question": "key text help kind options lines condition categories",
    "boards.Board": "code helpers sheets",
    "boards.Round": "stage",
    "boards.Note": "kind",
    "boards.Participant": "category",
    "notebooks.Link": "reason",
    "notebooks.Annex": "media_type sha256",
    "notebooks.ImportedFile": "sha256 format",
    "notebooks.ImportedText": "keys",
    "notebooks.ImportDraft": "sha256 format message chosen",
    "notebooks.Notebook": "slug title territory_text consultation_text",
    "notebooks.NotebookTheme": "title",
    "notebooks.NotebookFeedback": "source_cell",
    "notebooks.RemovedSheet": "source_cell",
    "notebooks.Row": "source_cell stage name theme_text feedback_text",
    "notebooks.RowRevision": "name theme_text feedback_text cited",
    "notebooks.Statement": "source_cell code kind",
    "notebooks.StatementRevision": "kind",
    "notebooks.Edition": "digest places changes",
}
TEXTS = (models.CharField, models.TextField, models.JSONField, models.GenericIPAddressField, models.FileField)


def _can_hold_something_personal(field: models.Field) -> bool:
    if field.is_relation:
        return field.related_model is Person
    return isinstance(field, TEXTS) and not field.choices


def test_no_field_is_undeclared() -> None:
    said = {f"{one.model._meta.label}.{one.field.name}" for one in declared()}
    said |= {f"{model}.{name}" for model, names in IMPERSONAL.items() for name in names.split()}
    undeclared = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("cahiers.")
        for field in (*model._meta.concrete_fields, *model._meta.local_many_to_many)
        if _can_hold_something_personal(field) and f"{model._meta.label}.{field.name}" not in said
    ]
    assert undeclared == []


def test_purpose_and_retention_are_said() -> None:
    assert all(one.purpose and one.retention for one in declared())


def test_no_exception_is_stale() -> None:
    for label, names in IMPERSONAL.items():
        for name in names.split():
            apps.get_model(label)._meta.get_field(name)
