"""Comments of another platform say what they answer, to who may read it."""

import pytest

from cahiers.consultations.models import Role
from cahiers.contributions.models import Contribution, Status
from tests.consultations.teams import member
from tests.contributions.tables.samples import as_csv, as_xlsx
from tests.contributions.tables.shapes.test_adhocracy import COMMENTS, IDEAS
from tests.contributions.tables.shapes.test_decidim_comments import COMMENT
from tests.contributions.tables.shapes.test_decidim_proposals import OLD

COMMENT = {**COMMENT, "root_commentable_url": OLD["url"]}
REPLY = {
    **COMMENT,
    "id": "8",
    "depth": "1",
    "alignment": "1",
    "commentable_id": "7",
    "commentable_type": "Decidim::Comments::Comment",
    "body": "Si, le soir, avec un car de retour.",
}


def csv_of(*items):
    return as_csv([list(items[0]), *(list(one.values()) for one in items)])


@pytest.fixture
def discussed(imported):
    """A comment and its answer, which came in before the proposal."""
    imported(csv_of(COMMENT, REPLY), "commentaires.csv")
    imported(csv_of(OLD), "propositions.csv")
    return {one.current.text: one for one in Contribution.objects.select_related("current", "consultation")}


def page(client, one):
    return client.get(f"/ecole/contributions/{one.uuid}/").content.decode()


def test_a_comment_says_what_it_answers_and_its_side(client, published, discussed):
    client.force_login(member(published, Role.ORGANISER))
    proposal = Contribution.objects.get(current__title=OLD["title"])
    comment = discussed["D’accord,\nmais pas le soir."]
    reply = discussed["Si, le soir, avec un car de retour."]
    said = page(client, comment)
    assert "En réponse à" in said
    assert str(proposal.uuid) in said
    assert ">contre<" in said
    said = page(client, reply)
    assert str(comment.uuid) in said
    assert ">pour<" in said
    assert "En réponse à" not in page(client, proposal)
    assert client.get("/ecole/contributions/").content.decode().count("En réponse à") == 2


def test_strangers_are_told_of_what_they_may_read_alone(client, published, discussed):
    Contribution.objects.update(status=Status.ACCEPTED, consent="public")
    comment = discussed["D’accord,\nmais pas le soir."]
    assert "En réponse à" in page(client, comment)
    Contribution.objects.filter(current__title=OLD["title"]).update(status=Status.PENDING)
    assert "En réponse à" not in page(client, comment)


def test_a_comment_of_adhocracy_answers_by_reference(client, published, imported):
    client.force_login(member(published, Role.ORGANISER))
    imported(as_xlsx(IDEAS), "idees.xlsx")
    imported(as_xlsx(COMMENTS), "commentaires.xlsx")
    idea = Contribution.objects.get(current__title="Un banc")
    comment = Contribution.objects.get(current__text="Plutôt deux bancs, alors")
    assert str(idea.uuid) in page(client, comment)
