"""How tests ask the pages that correct a document on its way in."""

from django.test import Client

from cahiers.accounts.models import Person
from cahiers.documents.model import Synthesis
from cahiers.notebooks.intake import actions, reading
from cahiers.notebooks.intake.models import ImportDraft
from tests import sample
from tests.accounts.people import NOW
from tests.consultations.teams import Place
from tests.notebooks.intake.conftest import document, dropped
from tests.notebooks.intake.test_views import form


def content(draft: ImportDraft) -> Synthesis:
    draft.refresh_from_db()
    return actions.content(draft)


def send(client: Client, draft: ImportDraft, rest: str, status: int = 302, **values: object) -> str:
    """Where a form leads, or the page that it answers."""
    answer = client.post(f"{draft.get_absolute_url()}{rest}", form(draft, **values))
    assert answer.status_code == status, answer.content.decode()
    return answer["Location"] if status == 302 else answer.content.decode()


def whole(found: Place, author: Person) -> ImportDraft:
    """A bit of everything, as it was read."""
    made = dropped(found, author, document(sample.synthesis(), "json"), "tout.json")
    assert reading.read(draft=made, now=NOW)
    return made
