"""Downloads: the same state gives the same bytes, under the right name."""

from io import BytesIO

import pytest

from cahiers.documents import formats
from cahiers.documents.normal import equal
from cahiers.notebooks.actions import publish
from cahiers.notebooks.exports import LABELS, downloads
from cahiers.notebooks.models import Notebook, StatementRevision
from cahiers.notebooks.queries import synthesis_of

pytestmark = pytest.mark.django_db

ADDRESS = "/ecole/cote-d-aubrac/telecharger/"


@pytest.mark.parametrize("name", formats.writer_names())
def test_every_format_downloads_the_same_bytes_twice(client, public_notebook, name):
    from django.core.cache import cache

    answers = []
    for _ in range(2):
        cache.clear()
        answers.append(client.get(ADDRESS + name))
    first, second = answers
    assert first.status_code == 200
    assert first.content == second.content != b""
    assert first.headers["ETag"] == second.headers["ETag"]
    assert first.headers["Content-Type"].startswith(formats.writer(name).media_type.partition(";")[0])
    assert (
        first.headers["Content-Disposition"] == f'attachment; filename="ecole-cote-d-aubrac-edition-1.{name}"'
    )


@pytest.mark.parametrize("name", ["json", "docx", "odt", "xlsx"])
def test_what_is_downloaded_reads_back_as_the_notebook(client, public_notebook, name):
    data = client.get(ADDRESS + name).content
    read = formats.reader(name).read(BytesIO(data), public_notebook.consultation.method)
    assert equal(read, synthesis_of(Notebook.objects.select_related("consultation").get()))


def test_who_has_it_already_is_sent_nothing(client, public_notebook):
    etag = client.get(ADDRESS + "json").headers["ETag"]
    again = client.get(ADDRESS + "json", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_another_state_has_another_etag(client, public_notebook, now):
    before = client.get(ADDRESS + "json").headers["ETag"]
    StatementRevision.objects.filter(text="Entraide").update(text="Coopération")
    assert client.get(ADDRESS + "json").headers["ETag"] == before
    publish(notebook=public_notebook, by=None, now=now)
    after = client.get(ADDRESS + "json")
    assert after.headers["ETag"] != before
    assert "Coopération" in after.content.decode()


def test_every_built_in_format_is_called_as_people_call_it():
    assert [label for _, label in downloads()] == list(LABELS.values())
