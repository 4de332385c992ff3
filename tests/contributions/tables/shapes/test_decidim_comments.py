"""Decidim's comments."""

from datetime import date

from cahiers.contributions.tables import recognise
from tests.contributions.tables.samples import as_csv, as_json, opened, said

COMMENT = {
    "id": "7", "created_at": "2026-09-15T10:00:00Z", "body": "D’accord,\nmais pas le soir.", "locale": "fr",
    "author/id": "5", "author/name": "Personne fictive", "alignment": "-1", "depth": "0", "user_group/id": "",
    "commentable_id": "12", "commentable_type": "Decidim::Proposals::Proposal", "root_commentable_url": "https://avis.example/p/12",
}  # fmt: skip


def test_csv():
    reply = {
        **COMMENT,
        "id": "8",
        "depth": "1",
        "commentable_id": "7",
        "commentable_type": "Decidim::Comments::Comment",
        "body": "Si, le soir.",
    }
    table = opened(as_csv([list(COMMENT), list(COMMENT.values()), list(reply.values())]))
    assert recognise(table).name == "decidim_comments"
    one, other = said(table)
    assert (one.text, one.date, one.language) == ("D’accord,\nmais pas le soir.", date(2026, 9, 15), "fr")
    assert one.parent == "https://avis.example/p/12 Decidim::Proposals::Proposal 12"
    assert other.parent == "https://avis.example/p/12 Decidim::Comments::Comment 7"
    assert one.answers == {"alignment": "-1", "depth": "0"}
    assert one.voice == other.voice
    assert "fictive" not in str(one)


def test_json():
    nested = {
        "id": 7,
        "body": "D’accord, mais pas le soir",
        "author": {"id": 5},
        "alignment": 0,
        "depth": 0,
        "commentable_id": 12,
    }
    table = opened(as_json([nested]), "comments.json")
    assert recognise(table).name == "decidim_comments"
    assert said(table)[0].text == "D’accord, mais pas le soir"
