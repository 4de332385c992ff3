"""When forms take answers, what is said when they do not, and what was held up on its way."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cahiers.consultations.models import StageWindow
from cahiers.contributions.collecting import stamps
from cahiers.contributions.collecting.windows import takes, why_not
from cahiers.contributions.models import Contribution, Moderation, Status
from tests.pages import Page

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 5, 8, tzinfo=UTC)


def address(form):
    return f"/{form.consultation.slug}/contribuer/{form.slug}/"


def test_its_own_window(short, now):
    short.opens = AT
    assert why_not(short, now) == "Ce formulaire ouvre le 5\u00a0octobre 2026 à 10\u00a0h."
    assert takes(short, AT)
    short.closes = AT + timedelta(hours=1)
    assert (
        why_not(short, short.closes) == "Ce formulaire est fermé depuis le 5\u00a0octobre 2026 à 11\u00a0h."
    )


def test_its_stage_s(short, now):
    short.stage = "diagnosis"
    StageWindow.objects.create(consultation=short.consultation, stage="diagnosis", opens=AT)
    assert why_not(short, now) == "Ce formulaire ouvre le 5\u00a0octobre 2026 à 10\u00a0h."
    assert takes(short, AT)


@pytest.mark.parametrize(
    ("opens", "closes", "said"),
    [
        (date(2026, 10, 2), None, "La concertation ouvre le 2\u00a0octobre 2026."),
        (date(2026, 9, 1), date(2026, 9, 30), "La concertation est close."),
    ],
)
def test_the_consultation_s(short, now, opens, closes, said):
    short.consultation.opens, short.consultation.closes = opens, closes
    assert why_not(short, now) == said


def test_hours_are_those_of_the_place(short, nation, now):
    nation.time_zone = "America/Martinique"
    nation.save()
    short.opens = AT
    assert (
        why_not(short, now)
        == "Ce formulaire ouvre le 5\u00a0octobre 2026 à 4\u00a0h, heure de la Martinique."
    )


def test_what_was_held_up_is_taken_read_first_and_told(client, short, fill, now):
    short.moderation = Moderation.AFTER
    short.closes = now - timedelta(hours=1)
    short.save()
    held = fill(short, stamp=stamps.stamp(short.pk, now - timedelta(hours=47)))
    told = client.post(address(short), held, headers={"X-Cahiers-Outbox": "1"}).json()
    assert "après la fermeture" in told["message"]
    assert Contribution.objects.get().status == Status.PENDING


def test_what_was_held_up_too_long_is_not_taken(client, short, fill, now):
    short.closes = now - timedelta(hours=1)
    short.save()
    held = fill(short, stamp=stamps.stamp(short.pk, now - timedelta(hours=49)))
    answer = client.post(address(short), held)
    assert "n’a pas été pris" in answer.content.decode()
    assert not Contribution.objects.exists()


def test_a_page_kept_for_a_week_is_taken_while_it_is_open(client, short, fill, now):
    client.post(address(short), fill(short, stamp=stamps.stamp(short.pk, now - timedelta(days=7))))
    assert Contribution.objects.count() == 1


def test_another_form_s_stamp_is_none(client, short, sheet, fill, now):
    client.post(address(short), fill(short, stamp=stamps.stamp(sheet.pk, now - timedelta(minutes=1))))
    assert not Contribution.objects.exists()


def test_nobody_answers_in_a_second(client, short, fill, now):
    asked = fill(short, stamp=stamps.stamp(short.pk, now - timedelta(seconds=1)))
    answer = client.post(address(short), asked)
    assert answer.status_code == 422
    # The page says so with the same stamp: a moment later it is taken.
    assert f'value="{asked["stamp"]}"' in answer.content.decode()


def test_a_form_of_the_team_is_the_team_s(client, short):
    short.access = "members"
    short.save()
    assert client.get(address(short)).status_code == 404


def test_a_consultation_that_is_not_published_has_no_public_form(client, short):
    short.consultation.published_at = None
    short.consultation.save()
    assert client.get(address(short)).status_code == 404


def test_pages_stay_light_and_ask_little(client, short, sheet, nation, now, django_assert_max_num_queries):
    from cahiers.territories.actions import add
    from cahiers.territories.models import Level

    for number in range(110):
        add(parent=nation, level=Level.DEPARTMENT, name=f"Département {number}", by=None, now=now)
    for place, most in ((address(short), 9), (address(sheet), 9), ("/ecole/contribuer/", 5), ("/ecole/", 9)):
        with django_assert_max_num_queries(most):
            page = Page(client.get(place).content.decode())
        assert page.weight <= 8192, place
        assert page.elements <= 350, place
        assert not page.inline
