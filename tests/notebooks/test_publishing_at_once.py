"""Six who publish the same notebook at the same instant: one makes the edition, the others are told."""

from cahiers.demo.loader import load
from cahiers.notebooks.actions import NothingChanged, publish
from cahiers.notebooks.models import Edition, Notebook
from tests.crowds import NOW, play, together


def scene() -> None:
    load(now=NOW)  # where the database is not the demo's already
    notebooks = Notebook.objects.select_related("consultation")
    notebook = notebooks.filter(consultation__slug="ecole-et-numerique-2026").first()
    before = [*notebook.editions.values_list("number", flat=True)]
    Edition.objects.filter(notebook=notebook).update(withdrawn_at=NOW)
    Notebook.objects.filter(pk=notebook.pk).update(live=None)

    def write(_number: int) -> str:
        found = notebooks.get(pk=notebook.pk)
        try:
            publish(notebook=found, by=None, now=NOW)
        except NothingChanged:
            return "nothing"
        return "published"

    # In words: what stopped one of them is to be read, where it is none of these.
    assert sorted(map(repr, together(6, write))) == ["'nothing'"] * 5 + ["'published'"]
    assert [*notebook.editions.values_list("number", flat=True)] == [*before, before[-1] + 1]


def test_six_who_publish_at_once_make_one_edition(demonstrated, tmp_path):
    play(scene, demonstrated, tmp_path)
