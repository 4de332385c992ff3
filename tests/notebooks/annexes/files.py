"""Files that go with things, sent or attached."""

from io import BytesIO
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from cahiers.accounts.models import Person
from cahiers.consultations.actions import publish as publish_consultation
from cahiers.meetings.models import Meeting
from cahiers.notebooks.actions import publish
from cahiers.notebooks.annexes import actions
from cahiers.notebooks.annexes.models import Annex
from cahiers.notebooks.models import Notebook
from tests.accounts.people import NOW

SLIDES = b"%PDF-1.4 des diapositives"


def attached(to: Notebook | Meeting, author: Person, data: bytes = SLIDES, **given: object) -> Annex:
    told = {"title": "Le diaporama", "name": "diapos.pdf", "public": False, "size": len(data)} | given
    return actions.attach(to=to, stream=BytesIO(data), by=author, now=NOW, **told)  # type: ignore[arg-type]


def sent(data: bytes = SLIDES, name: str = "diapos.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="text/html")


def seen(annex: Annex) -> dict[str, object]:
    annex.refresh_from_db()
    return {"command": uuid4(), "seen": actions.state_of(annex)}


def made_public(notebook: Notebook) -> None:
    publish_consultation(consultation=notebook.consultation, by=None, now=NOW)
    publish(notebook=notebook, by=None, now=NOW)


def body(answer: object) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def annex_list(notebook: Notebook) -> str:
    return f"{notebook.consultation.get_absolute_url()}annexes/"
