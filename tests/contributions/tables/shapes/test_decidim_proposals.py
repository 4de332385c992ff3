"""Decidim's proposals of 2020 and of 0.30."""

# ruff: noqa: E501 - rows of exports read best on one line

from datetime import date

from cahiers.contributions.tables import recognise
from tests.contributions.tables.samples import as_csv, as_json, as_zip, opened, proposed, said

OLD = {
    "id": "12", "category/id": "3", "category/name/fr": "Égal accès", "category/name/en": "Equal access", "scope/id": "2",
    "scope/name/fr": "Mayenne", "participatory_space/id": "1", "participatory_space/url": "https://avis.example/processes/ecole",
    "component/id": "4", "title": "Un accès par village", "body": "<p>Une salle ouverte le soir,<br>avec <a href=\"https://plan.example/1\">ce plan</a>.</p>",
    "state": "accepted", "reference": "AV-PROP-2020-09-12", "answer/fr": "Oui.", "supports": "41", "endorsements/total_count": "3",
    "comments": "2", "attachments": "0", "followers": "5", "published_at": "2020-09-14 08:00:00 UTC",
    "url": "https://avis.example/processes/ecole/f/4/proposals/12", "meeting_urls": "https://avis.example/m/1, https://avis.example/m/2",
    "related_proposals": "", "is_amend": "false", "original_proposal/title": "", "original_proposal/url": "",
}  # fmt: skip
NEW = {
    "id": "12", "author/id": "5", "author/name": "Personne fictive", "author/url": "https://avis.example/profiles/x",
    "taxonomies/id": "3, 4", "taxonomies/name": '{"fr"=>"Égal accès", "en"=>"Equal access"}, {"fr"=>"Mayenne", "en"=>"Mayenne"}',
    "participatory_space/id": "1", "component/id": "4", "title/fr": "'=Un accès par village", "title/machine_translations/en": "One access",
    "body/en": "", "body/fr": "'- une salle ouverte le soir", "body/machine_translations/en": "an open room", "address": "", "state": "accepted",
    "reference": "AV-PROP-2026-09-12", "votes": "41", "likes/total_count": "3", "published_at": "2026-09-14T08:00:00Z",
    "url": "https://avis.example/p/12", "meeting_urls": "", "withdrawn": "false", "created_at": "2026-09-13T08:00:00Z",
}  # fmt: skip


def test_2020():
    table = opened(as_csv([list(OLD), list(OLD.values())], separator=","))
    assert recognise(table).name == "decidim_proposals"
    (one,) = said(table)
    assert one.text == "Une salle ouverte le soir,\navec ce plan."
    assert (one.title, one.theme_text, one.territory_text, one.date) == (
        "Un accès par village",
        "Égal accès",
        "Mayenne",
        date(2020, 9, 14),
    )
    assert one.links == (
        OLD["url"],
        "https://avis.example/m/1",
        "https://avis.example/m/2",
        "https://plan.example/1",
    )
    assert one.stands_for == 1
    assert one.answers["supports"] == "41"
    assert one.kind == "lever"


def test_since_0_30():
    table = opened(as_csv([list(NEW), list(NEW.values())]))
    assert recognise(table).name == "decidim_proposals"
    mapping = proposed(table)
    assert mapping.texts[0].columns == ("body/fr", "body/en", "body/machine_translations/en")
    (one,) = said(table)
    assert (one.title, one.text, one.language) == (
        "=Un accès par village",
        "- une salle ouverte le soir",
        "fr",
    )
    assert one.theme_text == "Égal accès, Mayenne"
    assert "fictive" not in str(one)


def test_json_is_the_same_as_csv():
    nested = {
        "id": 12, "title": {"fr": "Un accès", "machine_translations": {"en": "x"}}, "body": {"fr": "Une salle ouverte"},
        "component": {"id": 4}, "state": "accepted", "reference": "AV-12", "published_at": "2026-09-14T08:00:00Z",
        "taxonomies": {"name": [{"fr": "Égal accès", "en": "x"}]}, "url": "https://avis.example/p/12",
    }  # fmt: skip
    flat = {
        "id": "12", "title/fr": "Un accès", "title/machine_translations/en": "x", "body/fr": "Une salle ouverte", "component/id": "4",
        "state": "accepted", "reference": "AV-12", "published_at": "2026-09-14T08:00:00Z",
        "taxonomies/name": '{"fr"=>"Égal accès", "en"=>"x"}', "url": "https://avis.example/p/12",
    }  # fmt: skip
    (one,) = said(opened(as_json([nested]), "proposals.json"))
    (other,) = said(opened(as_csv([list(flat), list(flat.values())])))
    assert one._replace(line=0) == other._replace(line=0)


def test_two_sites_with_the_same_number():
    other = {**OLD, "reference": "XX-PROP-2020-09-12"}
    assert (
        said(opened(as_csv([list(OLD), list(OLD.values())])))[0].key
        != said(opened(as_csv([list(OLD), list(other.values())])))[0].key
    )


def test_the_open_data_zip():
    comments = [
        ["id", "body", "alignment", "depth", "commentable_id"],
        ["1", "D’accord, le soir surtout", "1", "0", "12"],
    ]
    data = as_zip(
        avis_example_open_data_proposals__csv=as_csv([list(OLD), list(OLD.values())]),
        avis_example_open_data_comments__csv=as_csv(comments),
        README__md="# Données ouvertes",
    )
    tables = opened(data, "open-data.zip").tables
    assert {recognise(table).name for table in tables} == {"decidim_proposals", "decidim_comments"}
