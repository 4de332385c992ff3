"""Moderators decide, say why, and can come back on it; redacted words are only in what is kept for a time."""

from uuid import uuid4

import pytest

from cahiers.contributions.actions import Draft, submit
from cahiers.contributions.models import Channel, Contribution, Flag, KeptOriginal, Revision, Status
from cahiers.contributions.moderating import actions
from cahiers.journal.queries import entries_after

pytestmark = pytest.mark.django_db
TEXT = "Écrivez à M. Lerond, 06 12 34 56 78, qui sait."


@pytest.fixture
def said(consultation, region, now):
    def said(text=TEXT):
        draft = Draft(territory=region, channel=Channel.FORM, text=text)
        return submit(consultation=consultation, draft=draft, by=None, now=now)

    return said


def decide(action, contribution, now, **more):
    contribution.refresh_from_db()
    seen = more.pop("seen", actions.state_of(contribution))
    action(contribution=contribution, seen=seen, command=uuid4(), by=None, now=now, **more)
    contribution.refresh_from_db()


def test_what_tells_who_someone_is_waits_to_be_read(said):
    one, other = said(), said("Le réseau tombe.")
    assert (one.status, other.status) == (Status.PENDING, Status.ACCEPTED)
    assert [flag.kind for flag in Flag.objects.filter(contribution=one)] == ["name", "phone"]


def test_it_is_accepted_hidden_for_a_reason_and_put_back(said, now):
    one = said()
    decide(actions.accept, one, now)
    assert one.status == Status.ACCEPTED
    decide(actions.hide, one, now, reason="Met en cause une personne.")
    assert (one.status, one.hidden_because) == (Status.HIDDEN, "Met en cause une personne.")
    decide(actions.put_back, one, now)
    assert (one.status, one.hidden_because) == (Status.PENDING, "")
    with pytest.raises(actions.Impossible):
        decide(actions.hide, one, now, reason=" ")


def test_the_second_of_two_moderators_sees_what_the_first_decided(said, now):
    one = said()
    seen = actions.state_of(one)
    decide(actions.accept, one, now)
    with pytest.raises(actions.Changed):
        decide(actions.hide, one, now, seen=seen, reason="Doublon")


def test_redacted_words_are_nowhere_else_and_come_back(said, now):
    one = said()
    words = [(flag.kind, flag.words_of(one.current)) for flag in Flag.objects.all()]
    decide(actions.redact, one, now, words=words)
    assert Revision.objects.get().text == "Écrivez à M. [nom], [téléphone], qui sait."
    assert not Flag.objects.exists()
    assert KeptOriginal.objects.get().kept_until.isoformat() == "2026-12-30"
    decide(actions.unredact, one, now)
    assert Contribution.objects.get().current.text == TEXT
    assert not KeptOriginal.objects.exists()


def test_copies_are_put_together_and_parted(said, now):
    one, other = said("Le réseau tombe."), said("Le réseau tombe !")
    decide(actions.merge, other, now, other=one)
    assert list(Contribution.objects.standing()) == [one]
    with pytest.raises(actions.Impossible):
        decide(actions.merge, one, now, other=other)
    decide(actions.part, other, now)
    assert Contribution.objects.standing().count() == 2


def test_a_copy_is_counted_once_its_original_no_longer_is(said, now):
    one, other = said("Le réseau tombe."), said("Le réseau tombe !")
    decide(actions.merge, other, now, other=one)
    for gone in (Status.HIDDEN, Status.WITHDRAWN):
        Contribution.objects.filter(pk=one.pk).update(status=gone)
        assert list(Contribution.objects.standing()) == [other]


def test_each_decision_is_in_the_journal(said, consultation, now):
    one = said()
    decide(actions.accept, one, now)
    decide(actions.redact, one, now, words=[("name", "Lerond")])
    assert [entry.verb for entry in entries_after(consultation.uuid)][-3:] == ["submit", "accept", "redact"]


def test_titles_and_links_are_looked_at_and_redacted_too(consultation, region, now):
    draft = Draft(
        territory=region,
        channel=Channel.FORM,
        title="Merci à mme lerond",
        text="Elle répare les postes.",
        links=("https://exemple.fr/ecrire?a=jeanne.lerond@exemple.fr", "https://exemple.fr/postes"),
    )
    one = submit(consultation=consultation, draft=draft, by=None, now=now)
    assert one.status == Status.PENDING
    assert sorted((flag.place, flag.words_of(one.current)) for flag in one.flags.all()) == [
        ("links", "jeanne.lerond@exemple.fr"),
        ("title", "lerond"),
    ]
    words = [(flag.kind, flag.words_of(one.current)) for flag in one.flags.all()]
    decide(actions.redact, one, now, words=words)
    said = Contribution.objects.get().current
    assert (said.title, said.links, one.links) == (
        "Merci à mme [nom]",
        ["https://exemple.fr/postes"],
        said.links,
    )
    decide(actions.unredact, one, now)
    said = Contribution.objects.get().current
    assert (said.title, tuple(said.links), tuple(one.links)) == (draft.title, draft.links, draft.links)


def test_words_that_it_does_not_say_are_not_redacted(said, now):
    with pytest.raises(actions.Impossible):
        decide(actions.redact, said(), now, words=[("name", "Leron")])
