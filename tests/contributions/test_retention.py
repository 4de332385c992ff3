"""What was kept long enough is removed, and the report says how much."""

from datetime import timedelta
from uuid import uuid4

import pytest

from cahiers import cli
from cahiers.contributions import retention
from cahiers.contributions.actions import Draft, store
from cahiers.contributions.actions.submitting import Sent, submit_all
from cahiers.contributions.models import Channel, Contribution, KeptOriginal, Status, Submission
from cahiers.contributions.moderating import actions as moderating
from cahiers.contributions.receipts import actions as receipts

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(consultation, region, now):
    draft = Draft(territory=region, channel=Channel.FORM, text="Appelez M. Lerond.")
    sent = Sent(uuid=uuid4(), territory=region, channel=Channel.FORM, drafts=[draft], receipt="x")
    submit_all(consultation=consultation, sent=sent, by=None, now=now)
    return Contribution.objects.get()


def counted(now, **more):
    return {done.rule.key: done.count for done in retention.apply(now=now, **more)}


def test_originals_go_after_three_months(said, now):
    moderating.redact(
        contribution=said,
        words=[("name", "Lerond")],
        seen=moderating.state_of(said),
        command=uuid4(),
        by=None,
        now=now,
    )
    assert counted(now + timedelta(days=90))["originals"] == 0
    later = now + timedelta(days=91)
    assert counted(later, dry_run=True)["originals"] == 1
    assert KeptOriginal.objects.exists()
    assert counted(later)["originals"] == 1
    assert not KeptOriginal.objects.exists()


def test_what_was_withdrawn_is_erased_after_three_months(said, now):
    receipts.withdraw(contribution=said, command=uuid4(), now=now)
    assert counted(now + timedelta(days=89))["withdrawn"] == 0
    assert counted(now + timedelta(days=91))["withdrawn"] == 1
    said.refresh_from_db()
    assert (said.status, said.current.text) == (Status.ERASED, "")
    assert (said.submission.answers, said.submission.receipt) == ({}, None)
    assert counted(now + timedelta(days=92))["withdrawn"] == 0


def test_closed_answers_stay_as_long_as_one_of_the_texts(consultation, region, said, now):
    other = Draft(
        territory=region, channel=Channel.FORM, text="Le préau fuit.", submission=Submission.objects.get()
    )
    [kept] = store(consultation=consultation, drafts=[other], now=now)
    receipts.withdraw(contribution=said, command=uuid4(), now=now)
    counted(now + timedelta(days=91))
    kept.refresh_from_db()
    assert (kept.status, kept.submission.receipt is None) == (Status.ACCEPTED, False)


def test_each_rule_says_what_and_how_long():
    assert all(rule.what and rule.how_long for rule in retention.rules())


def test_a_rule_that_fails_is_told_and_the_others_are_carried_out(said, now, monkeypatch, capsys):
    def fail(now):
        raise RuntimeError("M. Lerond")

    broken = retention.Rule(key="broken", what="Rien", how_long="jamais", due=fail, carry_out=fail)
    monkeypatch.setattr(retention, "OWN", (broken, *retention.OWN))
    done = list(retention.apply(now=now))
    assert [one.error for one in done[:2]] == ["RuntimeError", ""]


def test_the_command_reports(db, capsys):
    assert cli.main(["retention", "--dry-run"]) == 0
    report = capsys.readouterr().out
    assert "(à blanc)" in report
    assert "Mots d’avant un caviardage (trois mois après le caviardage) : 0 à retirer" in report
