"""Every address of contributions, and who is let in: one that is not in the table fails here."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from cahiers.consultations.models import Role
from cahiers.contributions import urls
from cahiers.contributions.actions.submitting import Sent, submit_all
from cahiers.contributions.actions.taking import Draft
from cahiers.contributions.models import Channel, Consent, Invited, PaperSheet, ReferenceCount, TableImport
from cahiers.contributions.tables import BadMapping
from tests.accounts.people import NOW
from tests.consultations.teams import Place, member, place

pytestmark = pytest.mark.django_db

#: Roles in one territory, then in all of the consultation; whoever has none comes first.
HOLDERS = ("visitor", "local reader", "local facilitator", "reader", "facilitator", "organiser")
ALL = set(HOLDERS)
TEAM = {"reader", "facilitator", "organiser"}
EDITORS = {"facilitator", "organiser"}
MODERATORS = {"local facilitator", *EDITORS}
ORGANISERS = {"organiser"}
#: Who passes, by what is asked: a form is sent empty.
GET = {
    **dict.fromkeys(
        ("contribute", "thanks", "fill_in", "find_establishment", "portrait", "portrait_table"), ALL
    ),
    **dict.fromkeys(("contributions", "contribution", "download_contributions", "paper_sheet"), ALL),
    # Whoever has the token, whoever they are.
    **dict.fromkeys(("receipt", "correct_said", "erase_said"), ALL),
    **dict.fromkeys(("forms", "form_results", "form_answers", "guests", "reference"), TEAM),
    **dict.fromkeys(("moderation", "moderate", "entries", "entry", "print_sheets"), MODERATORS),
    **dict.fromkeys(
        ("tables", "table_import", "table_columns", "table_progress", "table_rejected"), MODERATORS
    ),
    **dict.fromkeys(("form", "edit_form", "preview_form", "edit_question", "processing_record"), ORGANISERS),
    "erase_contribution": ORGANISERS,
}
POST = {
    **dict.fromkeys(("fill_in", "correct_said", "erase_said", "paper_sheet"), ALL),
    **dict.fromkeys(("withdraw_said", "put_back_said"), ALL),
    **dict.fromkeys(
        ("decide", "undo_moderation", "entry", "entry_undo", "print_sheets", "tables"), MODERATORS
    ),
    **dict.fromkeys(("table_columns", "table_given", "table_names", "table_check", "table_save"), MODERATORS),
    **dict.fromkeys(("table_accept", "table_following", "table_leave", "table_progress"), MODERATORS),
    **dict.fromkeys(("add_guest", "drop_guests", "mark_guest"), EDITORS),
    **dict.fromkeys(("enter_reference", "drop_reference", "remove_reference"), EDITORS),
    **dict.fromkeys(("add_form", "edit_form", "release_form", "close_form", "reopen_form"), ORGANISERS),
    **dict.fromkeys(("duplicate_form", "add_question", "edit_question", "move_question"), ORGANISERS),
    **dict.fromkeys(("remove_question", "put_back_question", "erase_contribution"), ORGANISERS),
}
#: Lead on only once there is something: whoever is let in learns that there is nothing.
NOTHING_THERE = {"table_rejected", "entry_undo"}


def names(patterns: list[URLPattern | URLResolver], above: set[str]) -> Iterator[tuple[str, set[str]]]:
    for one in patterns:
        words = above | {*one.pattern.converters}
        if isinstance(one, URLResolver):
            yield from names(one.url_patterns, words)
        else:
            yield str(one.name), words


ROUTES = dict(names(urls.urlpatterns, set()))


def test_every_address_is_in_the_table():
    assert GET.keys() | POST.keys() == ROUTES.keys()


@pytest.fixture
def found() -> Place:
    return place(published=True)


@pytest.fixture
def pool(found):
    """What stands in addresses, "uuid" by the first letters of their names."""
    consultation, where = found.consultation, found.north
    form = consultation.forms.create(slug="f", kind="questionnaire", title="F", released_at=NOW)
    form.questions.create(key="q", position=1, type="open", text="Quoi ?", kind="irritant")
    draft = Draft(territory=where, channel=Channel.FORM, text="Oui.", consent=Consent.PUBLIC)
    sent = Sent(
        uuid=uuid4(), territory=where, channel=Channel.FORM, form=form, drafts=[draft], receipt="jeton"
    )
    said = submit_all(consultation=consultation, sent=sent, by=None, now=NOW, checked=False)
    table = TableImport.objects.create(
        consultation=consultation, territory=where, name="a.csv", size=1, at=NOW
    )
    guest = Invited.objects.create(consultation=consultation, territory=where, name="Collège")
    number = ReferenceCount.objects.create(consultation=consultation, territory=where, people=3)
    sheet = PaperSheet.objects.create(form=form, number=1, receipt="0" * 64, printed_at=NOW)
    known = {
        "consultation": consultation.slug,
        "slug": "f",
        "key": "q",
        "format": "csv",
        "token": "jeton",
        "code": sheet.code,
        "number": number.pk,
    }
    return known, {"table": table.uuid, "mark_": guest.uuid, "": said.contributions.get().uuid}


@pytest.mark.parametrize("who", HOLDERS)
def test_who_is_let_in(found, pool, who):
    known, uuids = pool
    client = Client()
    if who != "visitor":
        where = found.north if who.startswith("local") else None
        client.force_login(member(found.consultation, Role(who.split()[-1]), where))
    for method, table in ((client.get, GET), (client.post, POST)):
        for name, allowed in table.items():
            uuid = next(uuid for start, uuid in uuids.items() if name.startswith(start))
            given = known | {"uuid": uuid}
            address = reverse(name, kwargs={word: given[word] for word in ROUTES[name]})
            with transaction.atomic():
                try:
                    status = method(address).status_code
                except BadMapping:  # past the door
                    status = 200
                transaction.set_rollback(True)
            assert status != 405, (name, method)
            nothing = status == 404 and name in NOTHING_THERE and who in allowed
            assert (status not in {403, 404} or nothing) == (who in allowed), (name, status)
            # To strangers, what is the team's is not there.
            assert who in allowed or status == (404 if who == "visitor" else 403), (name, status)
