"""Consultations keep their own themes and dates."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from cahiers import methods
from cahiers.consultations.actions import UnknownMethod, UnknownStage, Window, create, publish, withdraw
from cahiers.consultations.models import RESERVED, Consultation, ConsultationTheme, StageWindow
from cahiers.journal.models import Verb
from cahiers.journal.queries import entries_after
from cahiers.territories.actions import add
from cahiers.territories.models import Level

pytestmark = pytest.mark.django_db


def made(now, **given):
    return create(
        **({"slug": "une", "title": "Une", "method_key": "retrospective", "by": None, "now": now} | given)
    )


def test_themes_are_copied_from_the_method(consultation):
    assert consultation.method == methods.get("etats-generaux")
    assert [theme.order for theme in consultation.themes.all()] == [1, 2, 3, 4, 5]


def test_readers_are_handed_its_own_themes(consultation):
    consultation.themes.filter(key="access").update(title="Accéder", aliases=["L’accès"])
    theme = Consultation.objects.get().method.themes[0]
    assert (theme.title, theme.aliases) == ("Accéder", ("L’accès",))


@pytest.mark.parametrize("key", methods.keys())
def test_every_method_makes_a_consultation(now, key):
    assert made(now, slug=key, method_key=key).method == methods.get(key)


def test_unknown_methods_and_stages_are_refused(now):
    with pytest.raises(UnknownMethod):
        made(now, method_key="tirage-au-sort")
    with pytest.raises(UnknownStage):
        made(now, windows={"vote": Window(opens=None, closes=None)})
    assert not Consultation.objects.exists()


def test_stage_windows_are_kept(now):
    window = Window(opens=now, closes=None)
    assert made(now, windows={"review": window}).windows.get().opens == now


def test_making_publishing_and_withdrawing_enter_the_journal_once_each(consultation, now):
    for _ in range(2):
        publish(consultation=consultation, by=None, now=now)
    assert Consultation.objects.published().get() == consultation
    for _ in range(2):
        withdraw(consultation=consultation, by=None, now=now)
    verbs = [entry.verb for entry in entries_after(consultation.uuid)]
    assert verbs == [Verb.CREATE, Verb.PUBLISH, Verb.WITHDRAW]


def test_it_covers_what_lies_below_its_territories(consultation, nation, region, now):
    elsewhere = add(parent=None, level=Level.NATION, name="Ailleurs", by=None, now=now)
    assert [consultation.covers(one) for one in (nation, region, elsewhere)] == [True, True, False]


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"slug": ""},
        *({"slug": slug} for slug in RESERVED),
        {"opens": date(2026, 2, 2), "closes": date(2026, 1, 1)},
    ],
)
def test_the_database_refuses_a_senseless_consultation(now, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        made(now, **wrong)


def test_addresses_are_unique(now, consultation):
    with pytest.raises(IntegrityError), transaction.atomic():
        made(now, slug=consultation.slug)


@pytest.mark.parametrize("wrong", [{"key": "access"}, {"order": 1}, {"title": ""}, {"key": ""}])
def test_the_database_refuses_a_senseless_theme(consultation, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsultationTheme.objects.create(
            **({"consultation": consultation, "key": "sea", "title": "La mer", "order": 6} | wrong)
        )


def test_the_database_refuses_senseless_windows(consultation):
    start = datetime(2026, 10, 1, tzinfo=UTC)
    StageWindow.objects.create(consultation=consultation, stage="diagnosis", opens=start)
    for wrong in (
        {"stage": "diagnosis"},
        {"stage": "projections", "opens": start, "closes": start - timedelta(days=1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            StageWindow.objects.create(consultation=consultation, **wrong)
