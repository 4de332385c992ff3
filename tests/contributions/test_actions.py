"""What people say is taken in once, verbatim, while the consultation is open."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from cahiers.consultations.actions import create
from cahiers.contributions.actions import ConsultationClosed, Draft, OutsideConsultation, submit
from cahiers.contributions.models import Channel, Consent, Contribution, Immutable, Revision
from cahiers.journal.actions import CommandReused
from cahiers.journal.models import Entry
from cahiers.journal.queries import entries_after
from cahiers.territories.actions import add
from cahiers.territories.models import Level
from tests.constraints import checked

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(region):
    return Draft(
        territory=region,
        channel=Channel.FORM,
        text="  Verbatim ;\nmême les fôtes ",
        links=("https://a.example",),
    )


def test_it_is_kept_verbatim_with_its_journal_entry(consultation, draft, now):
    contribution = submit(consultation=consultation, draft=draft, by=None, now=now)
    assert contribution.current.text == draft.text
    assert (contribution.links, contribution.consent) == (["https://a.example"], Consent.UNKNOWN)
    entry = entries_after(consultation.uuid).last()
    assert (entry.subject, entry.command, entry.verb) == (draft.uuid, draft.uuid, "submit")


def test_the_journal_holds_no_text(consultation, draft, now):
    submit(consultation=consultation, draft=draft, by=None, now=now)
    texts = {field.name for field in Entry._meta.get_fields() if field.get_internal_type() == "TextField"}
    assert texts == {"verb"}


def test_sent_twice_it_is_taken_in_once(consultation, draft, now):
    first = submit(consultation=consultation, draft=draft, by=None, now=now)
    assert submit(consultation=consultation, draft=draft, by=None, now=now) == first
    assert Contribution.objects.count() == Revision.objects.count() == 1
    assert entries_after(consultation.uuid).filter(subject=draft.uuid).count() == 1


def test_the_same_id_with_other_words_is_refused(consultation, draft, now):
    submit(consultation=consultation, draft=draft, by=None, now=now)
    with pytest.raises(CommandReused):
        submit(consultation=consultation, draft=replace(draft, text="Autre chose"), by=None, now=now)


@pytest.mark.parametrize(
    "day", [datetime(2026, 8, 31, 12, tzinfo=UTC), datetime(2026, 12, 2, 12, tzinfo=UTC)]
)
def test_before_and_after_the_consultation_it_is_refused(consultation, draft, day):
    with pytest.raises(ConsultationClosed):
        submit(consultation=consultation, draft=draft, by=None, now=day)
    assert not Contribution.objects.exists()


def test_what_belongs_elsewhere_is_refused(consultation, draft, now):
    other = create(slug="autre", title="Autre", method_key="retrospective", by=None, now=now)
    elsewhere = add(parent=None, level=Level.NATION, name="Ailleurs", by=None, now=now)
    for wrong in ({"territory": elsewhere}, {"theme": other.themes.first()}, {"kind": "keep"}):
        with pytest.raises(OutsideConsultation):
            submit(consultation=consultation, draft=replace(draft, **wrong), by=None, now=now)


def test_revisions_are_immutable(consultation, draft, now):
    contribution = submit(consultation=consultation, draft=draft, by=None, now=now)
    contribution.current.text = "Réécrit"
    with pytest.raises(Immutable):
        contribution.current.save()


def test_a_contribution_can_be_deleted_with_its_revisions(consultation, draft, now):
    submit(consultation=consultation, draft=draft, by=None, now=now).delete()
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"channel": "smoke"}, {"consent": "maybe"}, {"kind": ""}, {"stands_for": 0}, {"current": uuid4()}],
)
def test_the_database_refuses_a_senseless_contribution(consultation, draft, now, wrong):
    contribution = submit(consultation=consultation, draft=draft, by=None, now=now)
    with pytest.raises(IntegrityError), checked():
        Contribution.objects.filter(pk=contribution.pk).update(**wrong)


def test_revision_numbers_are_unique(consultation, draft, now):
    contribution = submit(consultation=consultation, draft=draft, by=None, now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.create(contribution=contribution, number=1, text="", at=now)
