"""What a person sends at once comes in at once, once; and it is forgotten on demand."""

from dataclasses import replace
from uuid import uuid4, uuid5

import pytest

from cahiers.contributions.actions import ConsultationClosed, Draft
from cahiers.contributions.actions.submitting import Sent, fingerprint, submit_all
from cahiers.contributions.erasing import Words, erase, register
from cahiers.contributions.models import Channel, Contribution, Revision, Status, Submission
from cahiers.contributions.sheets import text_of
from cahiers.journal.actions import CommandReused
from cahiers.journal.queries import entries_after

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(region):
    uuid = uuid4()
    drafts = [
        Draft(
            uuid=uuid5(uuid, kind), territory=region, channel=Channel.FORM, kind=kind, text=f"Ceci est {kind}"
        )
        for kind in ("irritant", "strength")
    ]
    return Sent(
        uuid=uuid,
        territory=region,
        channel=Channel.FORM,
        answers={"q1": ["oui"]},
        drafts=drafts,
        receipt="jeton",
        category="users",
    )


def test_all_comes_in_once(consultation, sent, now):
    first = submit_all(consultation=consultation, sent=sent, by=None, now=now)
    assert submit_all(consultation=consultation, sent=sent, by=None, now=now) == first
    assert Contribution.objects.filter(submission=first).count() == Contribution.objects.count() == 2
    assert first.receipt == fingerprint("jeton")
    assert entries_after(consultation.uuid).filter(subject=sent.uuid).count() == 1


def test_the_same_number_with_other_answers_is_refused(consultation, sent, now):
    submit_all(consultation=consultation, sent=sent, by=None, now=now)
    with pytest.raises(CommandReused):
        submit_all(consultation=consultation, sent=replace(sent, answers={}), by=None, now=now)


def test_nothing_comes_in_when_closed_unless_it_was_held_up(consultation, sent, now):
    late = now.replace(year=2027)
    with pytest.raises(ConsultationClosed):
        submit_all(consultation=consultation, sent=sent, by=None, now=late)
    assert not Submission.objects.exists()
    submit_all(consultation=consultation, sent=sent, by=None, now=late, checked=False)
    assert Contribution.objects.count() == 2


def test_erased_words_are_nowhere_and_other_rooms_are_told(consultation, sent, now, monkeypatch):
    submission = submit_all(consultation=consultation, sent=sent, by=None, now=now)
    monkeypatch.setattr("cahiers.contributions.erasing._holders", [])
    told: list[Words] = []
    register(lambda words, at: told.append(words))
    said = list(Contribution.objects.all())
    for _ in range(2):
        erase(contributions=said, submission=submission, by=None, now=now)
    assert set(Revision.objects.values_list("text", flat=True)) == {""}
    assert {one.status for one in Contribution.objects.all()} == {Status.ERASED}
    assert [set(words.texts) for words in told] == [{"Ceci est irritant", "Ceci est strength"}]
    submission.refresh_from_db()
    assert (submission.answers, submission.receipt) == ({}, None)
    assert entries_after(consultation.uuid).filter(verb="erase").count() == 2


def test_a_sheet_says_its_parts_in_order():
    assert text_of({"failed": "Le son", "context": " En classe "}) == (
        "Contexte : En classe\nCe qui n’a pas marché : Le son"
    )
